"""What the writer's core is told, and what it asks for: two closed unions.

Times are milliseconds of one monotonic clock. Pure values; no behaviour. They are structs, not tuples:
two kinds without fields must not be equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct

from isg_protocol.graph import Change, FileEntry
from isg_protocol.message import Fact, VersionEvent

Issues = list[tuple[int, str]]
"""(line, reason) of what could not be read; line 0 is the file as a whole."""

# --- events ------------------------------------------------------------------------------------------


class Arrived(Struct, frozen=True):
    """A message of the `facts` channel."""

    fact: Fact


class Taken(Struct, frozen=True):
    """The facts of a Take are the linker's now; `lines` and `issues` are of the file."""

    path: str
    lines: int
    issues: Issues


class Refused(Struct, frozen=True):
    """The facts of a Take cannot be read; the linker holds none of that file."""

    path: str
    reason: str


class Idle(Struct, frozen=True):
    """No message waits at this moment."""


class Committed(Struct, frozen=True):
    """A Commit is visible. `changed`: as a new version, with these changes, `counts` nodes in each file
    that changed, and these totals. `linked_ms` is when the graph was linked and the writing began."""

    version: int
    changed: bool
    changes: list[Change]
    counts: Mapping[str, int]
    nodes: int
    edges: int
    linked_ms: float = 0.0


class Synced(Struct, frozen=True):
    """Versions up to this one are on disk."""

    version: int


class Subscribed(Struct, frozen=True):
    """Somebody has just begun to listen, and knows nothing yet."""


class Stop(Struct, frozen=True):
    """Take what has arrived, then end in order."""


class Tick(Struct, frozen=True):
    """Time has passed."""


Event = Arrived | Taken | Refused | Idle | Committed | Synced | Subscribed | Stop | Tick

# --- effects -----------------------------------------------------------------------------------------


class Take(Struct, frozen=True):
    """Give a file's facts to the linker; answered by Taken or Refused at once."""

    path: str
    facts: bytes


class Drop(Struct, frozen=True):
    """Take a file from the linker."""

    path: str


class FileWork(NamedTuple):
    """One file to write. `facts` None keeps what is stored of it, b"" leaves it without."""

    entry: FileEntry
    revision: int
    facts: bytes | None
    text: bytes | None


class Commit(Struct, frozen=True):
    """Link, and write one transaction; answered by Committed at once. `scan` is (root, source, skipped)
    where a whole scan ends in it."""

    files: list[FileWork]
    gone: list[str]
    covered: int
    received: int
    scan: tuple[str | None, str, list[tuple[str, str]]] | None


class Publish(Struct, frozen=True):
    """Tell everyone who listens."""

    event: VersionEvent


class Sync(Struct, frozen=True):
    """Bring what is visible to disk, beside other work; answered by Synced."""


class CheckReaders(Struct, frozen=True):
    """Free what dead readers hold."""


class Finish(Struct, frozen=True):
    """Mark the end in order, and leave the durable copy."""


class Note(Struct, frozen=True):
    """One line for the log."""

    event: str
    why: str


class Exit(Struct, frozen=True):
    """End with this status."""

    status: int


Effect = Take | Drop | Commit | Publish | Sync | CheckReaders | Finish | Note | Exit
