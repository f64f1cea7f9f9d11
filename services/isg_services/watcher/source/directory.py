"""The files of a source directory: which there are, by what they are known to change, and their bytes.

Owns the walk. Invariants: the same tree gives the same `Scan` in the same order; nothing outside the root is
read; nothing but a regular file is opened; a bad file or directory becomes a `Skipped` and never ends the
walk. Deliberately absent: hashing, watching, and what the bytes mean.

Links: a link to a file is a file of its own name, as it is to the compiler, when it leads to a regular file
inside the root. A link to a directory is followed when that lies inside the root, contains neither the link
nor another link on the way to it, and so can make no loop.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from isg_services.watcher.source.file import (
    GONE,
    Skipped,
    SourceFile,
    escape,
    is_relevant_name,
    settle_text,
    too_large,
)
from isg_services.watcher.source.ignore import Filter
from isg_services.watcher.source.limit import DIRECTORY_DEPTH_MAX, SOURCE_FILE_BYTES_MAX

Stamp = tuple[int, int, int]
"""(size in bytes, mtime in ns, inode): a file whose stamp is unchanged is taken to be unchanged."""

_OPEN_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_OPEN_BINARY: Final = getattr(os, "O_BINARY", 0)
_OUTSIDE: Final = "links to a place outside the source"


@dataclass(frozen=True, slots=True)
class Scan:
    """The relevant files below a root, sorted by path, and those that are not taken, sorted likewise."""

    stamps: dict[str, Stamp]
    skipped: list[Skipped]


def scan(root: str, rules: Filter | None = None) -> Scan:
    """Walk `root`. `rules` are those of the root, where the caller has them already.

    Raises OSError when the root itself cannot be listed."""
    walk = _Walk(root, rules or Filter(root))
    walk.directory("", root, depth=0)
    walk.skipped.sort(key=lambda skipped: (skipped.path, skipped.reason))
    return Scan(dict(sorted(walk.stamps.items())), walk.skipped)


def stat_scan(root: str, rules: Filter | None = None) -> dict[str, Stamp]:
    """`scan` for those who only ask what has changed: path to stamp, sorted by path."""
    return scan(root, rules).stamps


def stat_file(root: str, path: str) -> Stamp | Skipped | None:
    """The stamp of one file, with the rules of `scan` for links, kinds and sizes but not those of `Filter`;
    None where there is no such file, or something that is no file."""
    full = os.path.join(root, path)
    try:
        status = os.lstat(full)
        if stat.S_ISLNK(status.st_mode):
            if not _is_inside(os.path.realpath(full), os.path.realpath(root)):
                return Skipped(escape(path), _OUTSIDE)
            status = os.stat(full)
    except PermissionError:
        return Skipped(escape(path), "cannot be read: permission denied")
    except (OSError, ValueError):
        return None
    return _stamp(path, status)


def read(root: str, path: str) -> SourceFile | Skipped:
    """The text of one file of a scan, or why it cannot be taken (`GONE` when it has vanished since)."""
    try:
        descriptor = os.open(os.path.join(root, path), _OPEN_FLAGS | _OPEN_BINARY)
    except (FileNotFoundError, NotADirectoryError):
        return Skipped(escape(path), GONE)
    except OSError as error:
        return Skipped(escape(path), f"cannot be read: {_cause(error)}")
    with os.fdopen(descriptor, "rb") as file:
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                return Skipped(escape(path), "is not a regular file")
            if status.st_size > SOURCE_FILE_BYTES_MAX:
                return Skipped(escape(path), too_large(status.st_size))
            data = file.read(SOURCE_FILE_BYTES_MAX + 1)
        except OSError as error:
            return Skipped(escape(path), f"cannot be read: {_cause(error)}")
    return settle_text(path, data)


def read_all(root: str, found: Scan) -> Iterator[SourceFile | Skipped]:
    """Every file of a scan in its order; those that have vanished since are left out."""
    for path in found.stamps:
        file = read(root, path)
        if not (isinstance(file, Skipped) and file.reason == GONE):
            yield file


class _Walk:
    def __init__(self, root: str, rules: Filter) -> None:
        self.stamps: dict[str, Stamp] = {}
        self.skipped: list[Skipped] = []
        self._rules = rules
        self._real_root = os.path.realpath(root)
        self._in_link = False

    def directory(self, path: str, full: str, depth: int) -> None:
        """List one directory; `path` is relative to the root, and empty for it."""
        try:
            with os.scandir(full) as listing:
                entries = list(listing)
        except OSError as error:
            if not path:
                raise
            self.skipped.append(Skipped(escape(path) + "/", f"cannot be listed: {_cause(error)}"))
            return
        below = path + "/" if path else ""
        for entry in sorted(entries, key=lambda entry: entry.name):
            self._entry(entry, path, below + entry.name, depth)

    def _entry(self, entry: os.DirEntry[str], parent: str, path: str, depth: int) -> None:
        try:
            is_directory = entry.is_dir(follow_symlinks=False)
            is_link = not is_directory and entry.is_symlink()
            if is_link and entry.is_dir():
                self._linked_directory(path, entry.path, depth)
            elif is_directory:
                self._subdirectory(path, entry.path, depth)
            elif is_relevant_name(entry.name) and self._is_named(path):
                if not self._rules.ignores(parent, path):
                    self._file(entry, path, is_link)
        except OSError as error:
            # It can vanish at any time, which is no news; anything else is.
            if not isinstance(error, FileNotFoundError):
                self.skipped.append(Skipped(escape(path), f"cannot be read: {_cause(error)}"))

    def _subdirectory(self, path: str, full: str, depth: int) -> None:
        if not self._is_named(path, "/") or not self._rules.wants_directory(path):
            return
        if depth >= DIRECTORY_DEPTH_MAX:
            self.skipped.append(Skipped(path + "/", f"lies deeper than {DIRECTORY_DEPTH_MAX} directories"))
            return
        self.directory(path, full, depth + 1)

    def _linked_directory(self, path: str, full: str, depth: int) -> None:
        real = os.path.realpath(full)
        here = os.path.realpath(os.path.dirname(full))
        if self._in_link or not _is_inside(real, self._real_root) or _is_inside(here, real):
            return
        self._in_link = True
        try:
            self._subdirectory(path, full, depth)
        finally:
            self._in_link = False

    def _file(self, entry: os.DirEntry[str], path: str, is_link: bool) -> None:
        if is_link and not _is_inside(os.path.realpath(entry.path), self._real_root):
            self.skipped.append(Skipped(path, _OUTSIDE))
            return
        stamp = _stamp(path, entry.stat())
        if isinstance(stamp, Skipped):
            self.skipped.append(stamp)
        elif stamp is not None:
            self.stamps[path] = stamp

    def _is_named(self, path: str, end: str = "") -> bool:
        """Whether a path has a name in UTF-8; the graph, JSON and LMDB keys know no others."""
        if path.isascii():
            return True
        try:
            path.encode()
        except UnicodeEncodeError:
            self.skipped.append(Skipped(escape(path) + end, "its name is not UTF-8"))
            return False
        return True


def _stamp(path: str, status: os.stat_result) -> Stamp | Skipped | None:
    if not stat.S_ISREG(status.st_mode):
        return None
    if status.st_size > SOURCE_FILE_BYTES_MAX:
        return Skipped(escape(path), too_large(status.st_size))
    return (status.st_size, status.st_mtime_ns, status.st_ino)


def _is_inside(real: str, real_root: str) -> bool:
    return real == real_root or real.startswith(real_root.rstrip(os.sep) + os.sep)


def _cause(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
