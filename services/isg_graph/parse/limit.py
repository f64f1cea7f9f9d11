"""Every bound of extraction, with its unit. Reaching one is an `Issue`, or, inside a macro, tokens kept
unread."""

from __future__ import annotations

ISSUES_PER_FILE_MAX = 50
"""Issues listed for a file; the rest are counted in the last one."""

ITEMS_PER_FILE_MAX = 100_000
"""Items kept of a file."""

NODE_DEPTH_LEVELS_MAX = 200
"""Nesting within one file: an expression or an item counts two, a pattern, a type or a link of a chain one.
It bounds both the recursion here (up to three interpreter frames a level, of the 1,000 an interpreter has)
and the depth of the encoded body, which others walk."""

CHAIN_LINKS_MAX = 48
"""Links of `a.b().c()` or `a + b + c` nested in each other; a longer chain is cut by synthetic `let`s."""

ELSE_IF_BRANCHES_MAX = 48
"""`else if` branches nested in each other; those beyond stand side by side."""

MACRO_DEPTH_LEVELS_MAX = 6
"""Macro arguments read inside macro arguments."""

MACRO_TOKENS_BYTES_MAX = 65_536
"""A macro's tokens are read as code up to this size, and kept unread beyond."""

MACRO_UNREAD_BYTES_MAX = 131_072
"""Macro text of one file that was read as code in vain (errors cost up to 40 times a parse); once it is
spent, only macros that need no parse of their own are read."""

RECOVERY_JOINS_MAX = 64
"""Pieces of a broken file that are tried together, for strings and blocks that span several."""

RECOVERY_VAIN_JOINS_MAX = 1_000
"""Joined pieces of one broken file that may turn out broken too; beyond, each piece stands for itself."""

RECOVERY_PIECES_MAX = 20_000
"""Pieces a broken file is split into."""
