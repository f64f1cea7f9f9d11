"""What a SOURCE argument means: a directory, a single Rust file, a dump, or standard input.

Owns that decision, and the words of every failure to open a source. Invariant: whatever `open_source` returns
can be read to its end without an error; what is bad inside it comes out as `Skipped`. A fifo is read like a
file (a shell's `<(command)` is one); devices and sockets are refused.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final, Literal

from isg_services.watcher.source.directory import Scan, Stamp, read, read_all, scan
from isg_services.watcher.source.dump import DumpContents, NoMarkers, read_dump
from isg_services.watcher.source.file import Skipped, SourceFile, escape
from isg_services.watcher.source.limit import DUMP_BYTES_MAX

Kind = Literal["directory", "file", "dump"]

_HOW: Final = (
    "isg ingest DIRECTORY, isg ingest FILE.rs, isg ingest DUMP.txt, or a dump piped into isg ingest -"
)


class SourceUnreadable(Exception):
    """The source as a whole cannot be read (exit 6). `hint` is the next command or step."""

    def __init__(self, message: str, hint: str = _HOW) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True)
class Source:
    """An opened source.

    `root` is absolute (`-` for standard input): the directory, or the dump, or the directory of a single
    file. `stamps` are those of the files on disk, by path; a dump has none. `form` names a dump's form."""

    kind: Kind
    root: str
    stamps: dict[str, Stamp] = field(default_factory=dict)
    form: str | None = None
    _scan: Scan | None = None
    _contents: DumpContents | None = None

    @property
    def files_total(self) -> int:
        """How many `entries` there are, but for files that vanish while they are read."""
        if self._contents is not None:
            return len(self._contents.files) + len(self._contents.skipped)
        return len(self.stamps) + (len(self._scan.skipped) if self._scan is not None else 0)

    def entries(self) -> Iterator[SourceFile | Skipped]:
        """Every file, or why it is not taken: first what was found bad, then the files in the source's order.
        A directory is read while this runs."""
        if self._contents is not None:
            yield from self._contents.skipped
            yield from self._contents.files
        elif self._scan is not None:
            yield from self._scan.skipped
            yield from read_all(self.root, self._scan)


def open_source(argument: str, stdin: BinaryIO) -> Source:
    """Open a SOURCE; `stdin` (binary) is read for `-` alone.

    Raises `SourceUnreadable`."""
    if argument == "-":
        return _dump("-", _bounded(stdin, "standard input"), "standard input")
    if not argument:
        raise SourceUnreadable("the source has an empty name")
    name = escape(argument)
    try:
        status = os.stat(argument)
    except FileNotFoundError as error:
        missing = "is a link to nothing" if os.path.islink(argument) else "does not exist"
        raise SourceUnreadable(f"{name} {missing}", _nearest(argument)) from error
    except (OSError, ValueError) as error:
        raise _unreadable(name, error) from error
    path = os.path.abspath(argument)
    if os.path.basename(path) == "Cargo.toml" and stat.S_ISREG(status.st_mode):
        path, status = os.path.dirname(path), os.stat(os.path.dirname(path))
    if stat.S_ISDIR(status.st_mode):
        return _directory(path, name)
    if not stat.S_ISREG(status.st_mode) and not stat.S_ISFIFO(status.st_mode):
        raise SourceUnreadable(f"{name} is neither a file nor a directory")
    if path.endswith(".rs") and stat.S_ISREG(status.st_mode):
        return _single(path, name, status)
    return _dump(path, _file_bytes(path, name), name)


def _directory(path: str, name: str) -> Source:
    try:
        found = scan(path)
    except OSError as error:
        raise _unreadable(name, error) from error
    return Source("directory", path, found.stamps, _scan=found)


def _single(path: str, name: str, status: os.stat_result) -> Source:
    root, file_name = os.path.split(path)
    file = read(root, file_name)
    if isinstance(file, Skipped):
        raise SourceUnreadable(f"{name} {file.reason}")
    stamps = {file_name: (status.st_size, status.st_mtime_ns, status.st_ino)}
    return Source("file", root, stamps, _contents=DumpContents([file], [], "file"))


def _dump(root: str, data: bytes, name: str) -> Source:
    try:
        contents = read_dump(data)
    except NoMarkers as error:
        raise SourceUnreadable(f"{name}: {error.message}", f"{error.hint}: {_HOW}") from error
    return Source("dump", root, form=contents.form, _contents=contents)


def _file_bytes(path: str, name: str) -> bytes:
    """The bytes of a file or fifo. A fifo is opened without waiting for a writer that may never come."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            is_fifo = stat.S_ISFIFO(os.fstat(descriptor).st_mode)
            if is_fifo:
                os.set_blocking(descriptor, True)
            data = _bounded(file, name)
    except OSError as error:
        raise _unreadable(name, error) from error
    if is_fifo and not data:
        raise SourceUnreadable(f"{name} is a pipe into which nothing was written")
    return data


def _bounded(file: BinaryIO, name: str) -> bytes:
    try:
        data = file.read(DUMP_BYTES_MAX + 1)
    except OSError as error:
        raise _unreadable(name, error) from error
    if len(data) > DUMP_BYTES_MAX:
        raise SourceUnreadable(
            f"{name} is larger than {DUMP_BYTES_MAX} bytes",
            "ingest the directory itself: isg ingest DIRECTORY",
        )
    return data


def _unreadable(name: str, error: Exception) -> SourceUnreadable:
    if isinstance(error, PermissionError):
        return SourceUnreadable(
            f"{name} cannot be read: permission denied", f"make it readable (chmod u+r {name}), then again"
        )
    cause = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return SourceUnreadable(f"{name} cannot be read: {cause.lower()}")


def _nearest(argument: str) -> str:
    """The next command after a name that does not exist: with what its directory holds that is like it."""
    from difflib import get_close_matches

    directory, name = os.path.split(argument.rstrip("/"))
    try:
        there = os.listdir(directory or ".")
    except OSError:
        above = os.path.dirname(directory) or "."
        return f"{escape(directory)} does not exist either; look with: ls {escape(above)}"
    near = get_close_matches(name, there, n=1)
    if near:
        return f"isg ingest {escape(os.path.join(directory, near[0]))}"
    return f"look with: ls {escape(directory or '.')}"
