"""What the watcher has issued: the digest of every file, and every change that is not covered yet.

Owns revisions, their epochs, the floor, and the making of jobs. Invariants: revisions only grow; at most
one revision of a path is pending, and it names the sent ones in whose place it came; the pending stand in
the order of their revisions; a job's floor is the lowest revision that is not covered.

Deliberately absent: who gets a job, and when one is issued again (core.py).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from isg_protocol.message import Fact, ParseJob, RelayJob, ScanDone, Watermark
from isg_services.watcher.event import FileRead, Stamp

EPOCH_SHIFT = 32
SCAN_KEY = "\0scan"
"""The key of a ScanDone among the pending; no path holds a zero byte."""

_encode = msgspec.msgpack.Encoder().encode


@dataclass(slots=True)
class Issued:
    """A file as it was last issued, or found in the snapshot."""

    digest: bytes
    stamp: Stamp | None


@dataclass(slots=True)
class Pending:
    """A change that is not covered yet. `fact` is what is relayed; None: the file is to be parsed.
    `chain` are earlier revisions of the path that were sent and are not covered; `sent` tells that a
    worker has ever got this one, `queued` that it waits for one, `handed_ms` when a worker had done it."""

    revision: int
    digest: bytes
    fact: Fact | None = None
    chain: list[int] = field(default_factory=list)
    attempt: int = 1
    sent: bool = False
    queued: bool = False
    handed_ms: int | None = None


class Outgoing(NamedTuple):
    """A job, and what it is of."""

    key: str
    revision: int
    job: ParseJob | RelayJob


class Ledger:
    """The tables above. `files` and `pending` are for reading; they are changed by the methods."""

    def __init__(self) -> None:
        self.epoch = 0
        self.covered = 0
        self.last = 0
        self.files: dict[str, Issued] = {}
        self.pending: dict[str, Pending] = {}
        self.texts: dict[str, FileRead] = {}
        """The bytes of the queued parse jobs."""
        self._queue: deque[str] = deque()
        self._chained: set[str] = set()

    @property
    def has_jobs(self) -> bool:
        return bool(self._queue)

    @property
    def newest(self) -> int:
        """The revision that covers everything issued so far."""
        return next(reversed(self.pending.values())).revision if self.pending else self.covered

    def begin(self, epoch: int) -> None:
        """Count from the start of a new epoch; whatever was issued before is void."""
        self.epoch = epoch
        self.covered = 0
        self.last = epoch << EPOCH_SHIFT
        self.files.clear()
        self.pending.clear()
        self.texts.clear()
        self._queue.clear()
        self._chained.clear()

    def cover(self, covered: int) -> list[str]:
        """Everything up to this revision is published; returns the keys that are pending no more."""
        self.covered = max(self.covered, covered)
        done = []
        for key, pending in self.pending.items():
            if pending.revision > self.covered:
                break
            done.append(key)
        for key in done:
            del self.pending[key]
            self._chained.discard(key)
            self.texts.pop(key, None)
        for key in sorted(self._chained):
            pending = self.pending[key]
            pending.chain = [revision for revision in pending.chain if revision > self.covered]
            if not pending.chain:
                self._chained.discard(key)
        return done

    def issue(self, key: str, digest: bytes) -> Pending:
        """Stamp a change. One that no worker has got yet just becomes another, unless a scan's end has
        told of it; otherwise the new one goes to the end of the pending, which keeps them in order."""
        before = self.pending.get(key)
        scan = self.pending.get(SCAN_KEY)
        if before is not None and not before.sent and (scan is None or before.revision > scan.revision):
            before.digest, before.fact, before.attempt = digest, None, 1
            return before
        self.last += 1
        made = Pending(self.last, digest)
        if before is not None:
            made.chain = [*before.chain, before.revision]
            self._chained.add(key)
            del self.pending[key]
        self.pending[key] = made
        return made

    def enqueue(self, key: str, text: FileRead | None = None) -> None:
        """Let a pending change wait for a worker, if it does not yet; with its bytes, to be parsed."""
        if text is not None:
            self.texts[key] = text
        pending = self.pending[key]
        if not pending.queued:
            pending.queued = True
            self._queue.append(key)

    def dequeue(self, unread: int = 0) -> Outgoing | None:
        """The next job; None when the head of the queue has become void. `unread`: changes that are not even
        in the queue yet."""
        key = self._queue.popleft()
        pending = self.pending.get(key)
        if pending is None or not pending.queued:
            return None
        pending.queued = False
        if pending.handed_ms is not None:
            return None
        if pending.fact is None:
            return self._parse(key, pending, len(self._queue) + unread)
        pending.sent = True
        pending.fact.floor = self._floor()
        if not isinstance(pending.fact, ScanDone | Watermark):
            pending.fact.supersedes = pending.chain
        return Outgoing(key, pending.revision, RelayJob(fact=msgspec.Raw(_encode(pending.fact))))

    def _parse(self, key: str, pending: Pending, behind: int) -> Outgoing | None:
        read = self.texts.pop(key, None)
        if read is None or read.digest != pending.digest:
            return None
        pending.sent = True
        job = ParseJob(
            path=key,
            revision=pending.revision,
            floor=self._floor(),
            digest=read.digest,
            text=read.text,
            size=read.stamp[0],
            mtime_ns=read.stamp[1],
            attempt=pending.attempt,
            supersedes=pending.chain,
            seen_ns=read.seen_ns,
            read_ns=read.read_ns,
            behind=behind,
        )
        return Outgoing(key, pending.revision, job)

    def _floor(self) -> int:
        """The lowest revision that is not covered."""
        lowest = next(iter(self.pending.values())).revision if self.pending else self.last + 1
        return min([lowest, *(self.pending[key].chain[0] for key in self._chained)])
