"""Where the watcher's files come from: a directory on disk, or the files of a dump in memory.

Owns reading and hashing, so that the core is told digests and stamps. Invariant: the stamp of a file is
taken before its bytes are read, so that a change in between leaves a stamp that a later scan sees to
differ. Deliberately absent: what is relevant or readable (source/).
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Protocol

from isg_services.watcher.event import (
    NO_STAMP,
    FileGone,
    FileRead,
    FileRefused,
    ScanFailed,
    Scanned,
)
from isg_services.watcher.source.directory import read, scan, stat_file
from isg_services.watcher.source.file import GONE, Skipped
from isg_services.watcher.source.ignore import Filter
from isg_services.watcher.source.open_source import Source

DIGEST_BYTES = 16


class Origin(Protocol):
    """A source as the shell asks it."""

    @property
    def root(self) -> str | None:
        """The directory that files are relative to; None for a dump."""
        ...

    def scan(self) -> Scanned | ScanFailed: ...
    def read(self, path: str) -> FileRead | FileGone | FileRefused: ...


class Tree:
    """A directory. `root` is its absolute path."""

    def __init__(self, root: str) -> None:
        self.root: str | None = root
        self._root = root
        self._rules: Filter | None = None

    @property
    def rules(self) -> Filter:
        if self._rules is None:
            self._rules = Filter(self._root)
        return self._rules

    def scan(self) -> Scanned | ScanFailed:
        """Every scan reads the ignore files anew."""
        self._rules = None
        try:
            found = scan(self._root, self.rules)
        except OSError as error:
            return ScanFailed(f"{self._root} cannot be read: {(error.strerror or str(error)).lower()}")
        return Scanned(found.stamps, [(skipped.path, skipped.reason) for skipped in found.skipped])

    def read(self, path: str) -> FileRead | FileGone | FileRefused:
        stamp = stat_file(self._root, path)
        if stamp is None or not self.rules.wants_file(path):
            return FileGone(path)
        if isinstance(stamp, Skipped):
            return FileRefused(path, stamp.reason)
        file = read(self._root, path)
        if isinstance(file, Skipped):
            return FileGone(path) if file.reason == GONE else FileRefused(path, file.reason)
        return FileRead(path, file.text, digest(file.text), stamp)


class Dump:
    """The files of a dump, or a single file: held in memory, never changing."""

    def __init__(self, source: Source) -> None:
        self.root: str | None = source.root if source.kind == "file" else None
        self._stamps = source.stamps
        self._texts: dict[str, bytes] = {}
        self._skipped: list[tuple[str, str]] = []
        for entry in source.entries():
            if isinstance(entry, Skipped):
                self._skipped.append((entry.path, entry.reason))
            else:
                self._texts[entry.path] = entry.text

    def scan(self) -> Scanned | ScanFailed:
        return Scanned({path: self._stamps.get(path, NO_STAMP) for path in self._texts}, self._skipped)

    def read(self, path: str) -> FileRead | FileGone | FileRefused:
        text = self._texts.get(path)
        if text is None:
            return FileGone(path)
        return FileRead(path, text, digest(text), self._stamps.get(path, NO_STAMP))


def origin(source: Source) -> Origin:
    """The origin of an opened source."""
    return Tree(source.root) if source.kind == "directory" else Dump(source)


def digest(text: bytes) -> bytes:
    """What tells one content of a file from another."""
    return blake2b(text, digest_size=DIGEST_BYTES).digest()
