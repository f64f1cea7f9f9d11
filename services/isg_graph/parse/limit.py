"""Every bound of extraction, with its unit. Reaching one is an `Issue`, or, inside a macro, tokens kept unread."""

from __future__ import annotations

ISSUES_PER_FILE_MAX = 50
"""Issues listed for a file; the rest are counted in the last one."""

ITEMS_PER_FILE_MAX = 100_000
"""Items kept of a file."""

ITEM_DEPTH_LEVELS_MAX = 32
"""Modules, impls, bodies and wrappers inside each other."""

NODE_DEPTH_LEVELS_MAX = 128
"""Expressions, patterns, types and use trees inside each other within one item. A level costs up to three
interpreter frames, and a caller needs its own: well below the interpreter's limit of 1,000."""

MACRO_DEPTH_LEVELS_MAX = 6
"""Macro arguments read inside macro arguments."""

MACRO_TOKENS_BYTES_MAX = 65_536
"""A macro's tokens are read as code up to this size, and kept unread beyond."""

RECOVERY_JOINS_MAX = 64
"""Pieces of a broken file that are tried together, for strings and blocks that span several."""

RECOVERY_PIECES_MAX = 20_000
"""Pieces a broken file is split into."""
