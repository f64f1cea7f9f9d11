"""Following the versions a writer publishes: what a subscriber makes of a channel that may lose messages.

The Clone pattern, without a socket or a clock: subscribe, learn the present version, then drop what is
not newer. Invariants: versions only grow; a publication that was lost shows, at the latest with the next
heartbeat, as one that is not `complete`. Nothing a peer may send raises.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

import msgspec

from isg_protocol.envelope import EVENT, unseal
from isg_protocol.error import WireError
from isg_protocol.message import FileUpdate, Heartbeat, Published, VersionEvent

_DECODER = msgspec.msgpack.Decoder(VersionEvent)


@dataclass(frozen=True, slots=True)
class Publication:
    """One version that became visible; reads as an object (`.version`) and as a mapping (`["version"]`,
    `dict(publication)`).

    `complete` False: something between the version before and this one was missed; where a heartbeat
    healed it, this only says where the graph is now (`files` and `changes` empty). `change_count` may
    exceed `len(changes)`, which is cut at CHANGES_PUBLISHED_MAX; each change is (change, id in hex,
    symbol, file). `covered` is the revision up to which every saved change is in this version. `seconds`
    is the time the writer took.
    """

    version: int
    covered: int
    complete: bool = True
    files: list[FileUpdate] = field(default_factory=list)
    changes: list[tuple[str, str, str, str | None]] = field(default_factory=list)
    change_count: int = 0
    nodes: int = 0
    edges: int = 0
    seconds: float = 0.0

    def keys(self) -> Iterator[str]:
        return (each.name for each in fields(self))

    def __getitem__(self, name: str) -> Any:
        try:
            return getattr(self, name)
        except AttributeError:
            raise KeyError(name) from None


class Follower:
    """What has been seen of a workspace's versions.

    `since` makes everything newer than it count. Without it the first word tells where we begin: a
    heartbeat counts for nothing, a publication counts when it is newer than `seen`, the newest version
    known from elsewhere. `version` is the newest known, None until something is heard; `stopped` tells
    that the writer said it exits (another may come).
    """

    def __init__(self, since: int | None = None, seen: int = 0) -> None:
        self.version = since
        self.stopped = False
        self._seen = seen

    def heard(self, frames: list[bytes]) -> Publication | None:
        """The publication that these frames amount to, if any."""
        event = _read(frames)
        if event is None:
            return None
        if not isinstance(event, Published | Heartbeat):
            self.stopped = True
            return None
        self.stopped = False
        known = self.version
        first = known is None
        if known is None:
            known = max(self._seen, event.version) if isinstance(event, Heartbeat) else self._seen
        self.version = max(known, event.version)
        if event.version <= known:
            return None
        if isinstance(event, Heartbeat):
            return Publication(event.version, event.covered, complete=False)
        return Publication(
            event.version,
            event.covered,
            complete=first or event.version == known + 1,
            files=event.files,
            changes=event.changes,
            change_count=event.change_count,
            nodes=event.nodes,
            edges=event.edges,
            seconds=event.seconds,
        )


def _read(frames: list[bytes]) -> VersionEvent | None:
    try:
        envelope, body = unseal(frames)
        event: VersionEvent = _DECODER.decode(body)
    except (WireError, msgspec.MsgspecError, RecursionError, ValueError):
        return None
    return event if envelope.kind == EVENT else None
