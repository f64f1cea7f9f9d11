"""The bounds of reading a source. Reaching one names the file, or the source; nothing is cut silently."""

from __future__ import annotations

from typing import Final

SOURCE_FILE_BYTES_MAX: Final = 8 * 1024 * 1024
"""A larger file is skipped by name. Generated Rust of that size would hold a parser for seconds."""

DUMP_BYTES_MAX: Final = 1024 * 1024 * 1024
"""A larger dump is refused as a whole: it is held in memory once."""

LOOKAHEAD_FACTOR_MAX: Final = 8
LOOKAHEAD_FLOOR_BYTES: Final = 64 * 1024 * 1024
"""A dump of N bytes is read ahead of itself, to settle doubtful markers, by at most
`LOOKAHEAD_FACTOR_MAX * N + LOOKAHEAD_FLOOR_BYTES` in all; past it every marker counts as one."""

IGNORE_FILE_BYTES_MAX: Final = 1024 * 1024
"""A larger `.gitignore` is not read."""

DIRECTORY_DEPTH_MAX: Final = 128
"""Directories nested deeper are named as skipped."""
