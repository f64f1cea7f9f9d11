"""One file of a source, or the reason why it is not taken.

Owns the rules that hold for every kind of source alike: which paths are relevant, which are refused, and
what text a file may hold. Pure: no file is opened here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from isg_services.watcher.source.limit import SOURCE_FILE_BYTES_MAX

GONE: Final = "is no longer there"
"""The reason of a `Skipped` for a file that vanished between being listed and being read."""

NEVER_DIRECTORIES: Final = frozenset({"target", ".git"})

_UTF8_BOM: Final = b"\xef\xbb\xbf"
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """`path` is relative to the source's root, with `/`; `text` is UTF-8 without a byte order mark."""

    path: str
    text: bytes


@dataclass(frozen=True, slots=True)
class Skipped:
    """A relevant file (or a directory, ending in `/`) that is not taken. `path` is printable: bytes that are
    not UTF-8 stand escaped (`\\xff`)."""

    path: str
    reason: str


def is_relevant(path: str) -> bool:
    """Whether a file of this path, relative and with `/`, is Rust source or a Cargo manifest outside of
    `target/` and `.git/`. Knows nothing of `.gitignore`."""
    if not is_relevant_name(path):
        return False
    return ("target/" not in path and ".git/" not in path) or NEVER_DIRECTORIES.isdisjoint(
        path.split("/")[:-1]
    )


def is_relevant_name(path: str) -> bool:
    """The part of `is_relevant` that looks at the file's name alone."""
    return path.endswith((".rs", "/Cargo.toml")) or path == "Cargo.toml"


def settle_path(written: str) -> tuple[str, str | None]:
    """The relative path that a dump's marker means, and why it is refused (None: it is not).

    `\\` separates when there is no `/`. A leading `./` and doubled separators are dropped. Refused paths come
    back as written."""
    if _CONTROL.search(written):
        return escape(written), "its path holds control characters"
    path = written if "/" in written else written.replace("\\", "/")
    if path.startswith("/"):
        return written, "its path is absolute"
    if _DRIVE.match(path):
        return written, "its path names a drive"
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if ".." in parts:
        return written, "its path leaves the source with `..`"
    if not parts:
        return written, "its path is empty"
    return "/".join(parts), None


def settle_text(path: str, data: bytes | memoryview) -> SourceFile | Skipped:
    """The file with its byte order mark dropped, or why its text cannot be taken."""
    if len(data) > SOURCE_FILE_BYTES_MAX:
        return Skipped(path, too_large(len(data)))
    text = bytes(data).removeprefix(_UTF8_BOM)
    if not text.isascii():
        try:
            text.decode()
        except UnicodeDecodeError as error:
            return Skipped(path, f"is not UTF-8 at byte {error.start}")
    return SourceFile(path, text)


def too_large(size: int) -> str:
    return f"is larger than {SOURCE_FILE_BYTES_MAX} bytes ({size})"


def escape(path: str) -> str:
    """`path` with undecodable bytes and control characters as `\\x..`, fit for a terminal and for JSON."""
    printable = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return _CONTROL.sub(lambda found: f"\\x{ord(found.group()):02x}", printable)
