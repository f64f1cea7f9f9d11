"""What the watcher's core is told, and what it asks for: two closed unions.

Paths are relative to the source's root, with `/`. Times are milliseconds of one monotonic clock. A
*worker* is a parser's identity on the `jobs` channel. Pure values; no behaviour.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from isg_protocol.message import Job

Stamp = tuple[int, int, int]
"""(size in bytes, mtime in ns, inode) of a file; `NO_STAMP` for a file of a dump."""
NO_STAMP: Stamp = (0, 0, 0)

# --- events ------------------------------------------------------------------------------------------


class WriterBeat(NamedTuple):
    """A heartbeat: the writer is alive and has come so far."""

    pid: int
    covered: int
    received: int
    pending: int


class Covered(NamedTuple):
    """A publication: everything up to this revision is in it."""

    covered: int


class WriterStopped(NamedTuple):
    """The writer has drained and exits."""


class Known(NamedTuple):
    """The digests by path that the current snapshot holds; None when there is no snapshot to read."""

    digests: dict[str, bytes] | None


class Scanned(NamedTuple):
    """A whole scan: every file there is with its stamp, and what was left out, as (path, reason)."""

    stamps: Mapping[str, Stamp]
    skipped: list[tuple[str, str]]


class ScanFailed(NamedTuple):
    """The source cannot be read as a whole now: nothing is concluded from that."""

    reason: str


class FileRead(NamedTuple):
    """A file's bytes, their BLAKE2b-128, and the stamp taken before the reading; when a watch noticed the
    change (0: none did) and when the bytes were there."""

    path: str
    text: bytes
    digest: bytes
    stamp: Stamp
    seen_ns: int = 0
    read_ns: int = 0


class FileGone(NamedTuple):
    """There is no such file any more."""

    path: str


class FileRefused(NamedTuple):
    """The file is there, but cannot be taken; it counts as not there."""

    path: str
    reason: str


class Changed(NamedTuple):
    """The watch says that these files are dirty."""

    paths: list[str]


class Disturbed(NamedTuple):
    """Changes may have been missed (a large batch, a new directory, an error): only a scan tells; and one
    more, soon after, unless the watch is no part of it (`settle`)."""

    reason: str
    settle: bool = True


class WorkerReady(NamedTuple):
    """A parser asks for a job. `done` is the last one's path ("" for what it relayed) and revision."""

    worker: bytes
    pid: int
    done: tuple[str, int] | None


class WorkerGone(NamedTuple):
    """A parser's process is dead; or, not `reached`, its last job could not be delivered to it."""

    worker: bytes
    reached: bool = True


class SyncAsked(NamedTuple):
    """Someone wants to know which revision covers all that was saved before. `asker` is opaque."""

    asker: tuple[bytes, bytes]


class Tick(NamedTuple):
    """Time has passed."""


Event = (
    WriterBeat | Covered | WriterStopped | Known | Scanned | ScanFailed | FileRead | FileGone | FileRefused
    | Changed | Disturbed | WorkerReady | WorkerGone | SyncAsked | Tick
)  # fmt: skip

# --- effects -----------------------------------------------------------------------------------------


class KeepEpoch(NamedTuple):
    """Write the epoch down before anything is stamped with it."""

    epoch: int


class LoadKnown(NamedTuple):
    """Read the digests of the current snapshot; answered by Known."""


class Scan(NamedTuple):
    """Scan the whole source; answered by Scanned or ScanFailed."""


class ReadFile(NamedTuple):
    """Read one file; answered by FileRead, FileGone or FileRefused."""

    path: str


class SendJob(NamedTuple):
    """Give a worker its job; answered by WorkerGone where that is impossible."""

    worker: bytes
    job: Job


class Probe(NamedTuple):
    """Is this process still alive? Answered by WorkerGone if not."""

    worker: bytes
    pid: int


class KillWorker(NamedTuple):
    """End a worker that does not come back from its job."""

    pid: int


class AnswerSync(NamedTuple):
    asker: tuple[bytes, bytes]
    revision: int
    error: str | None


class Progress(NamedTuple):
    """So many Rust files of a scan are through the parsers."""

    done: int
    total: int


class Finish(NamedTuple):
    """A one-shot source is wholly published."""


class Note(NamedTuple):
    """Something for the log."""

    event: str
    path: str
    reason: str


Effect = (
    KeepEpoch | LoadKnown | Scan | ReadFile | SendJob | Probe | KillWorker | AnswerSync | Progress | Finish
    | Note
)  # fmt: skip
