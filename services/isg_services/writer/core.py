"""What the writer knows and decides: which facts count, what is covered, when a version is made.

Everything that affects these decisions is in this file; the shell holds no rule. Invariants: of a path
only the highest revision counts, in whatever order and however often its facts arrive; `covered` is told
only after the commit that holds all of it; before a first whole scan is complete nothing is committed, so
that an interrupted replacement leaves the old graph whole. Absent: clocks, sockets, the linker, LMDB.

Revisions and floors are those of isg_protocol.message. A batch is what has arrived since the last commit.
It is committed once no message waits and either every revision up to the highest has arrived and nothing is
behind it, or its window (BATCH_WINDOW_MS, of a burst BURST_WINDOW_MS) is over: a lone save waits for nobody,
and under load batches grow by themselves.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from isg_protocol import limit
from isg_protocol.graph import FileEntry
from isg_protocol.message import (
    Fact,
    FileUpdate,
    Gone,
    Heartbeat,
    Parsed,
    Published,
    Quarantined,
    ScanDone,
    Stopped,
    Watermark,
)
from isg_services.writer.event import (
    Arrived,
    CheckReaders,
    Commit,
    Committed,
    Drop,
    Effect,
    Event,
    Exit,
    FileWork,
    Finish,
    Idle,
    Issues,
    Note,
    Publish,
    Refused,
    Stop,
    Subscribed,
    Sync,
    Synced,
    Take,
    Taken,
    Tick,
)

EPOCH_SHIFT = 32
"""A revision is `epoch << EPOCH_SHIFT | count`."""
STORY_LINES = 64
READERS_CHECKED_MS = 1_000


class Start(NamedTuple):
    """What a core begins with.

    pid            of the writer's process
    version, covered, received, durable_version   as the environment has them
    nodes, edges   totals
    entries        path → what is known of the file; `revisions` path → the revision that brought it
    hold           commit nothing before a whole scan is complete
    once           end after that commit
    """

    pid: int
    version: int = 0
    covered: int = 0
    received: int = 0
    durable_version: int = 0
    nodes: int = 0
    edges: int = 0
    entries: tuple[tuple[FileEntry, int], ...] = ()
    hold: bool = False
    once: bool = False


Stamps = tuple[int, int, int]
"""When a change was noticed, read and parsed, in nanoseconds; zeros where no watch noticed it."""


class _Waiting(NamedTuple):
    """A file of the batch: its work, and when its facts arrived. `moved`: other bytes than before."""

    work: FileWork
    arrived_ms: float
    moved: bool
    stamps: Stamps = (0, 0, 0)


class WriterCore:
    """Orders facts by revision and decides when a version is published."""

    def __init__(self, start: Start, now_ms: float) -> None:
        self.pid = start.pid
        self.version = start.version
        self.durable_version = start.durable_version
        self.covered = start.covered
        """Everything up to here is in the committed version."""
        self.received = start.received
        self.epoch = max(start.received, start.covered) >> EPOCH_SHIFT
        self.run = max(start.covered, self.epoch << EPOCH_SHIFT)
        """Everything of this epoch up to here has arrived, or is superseded by what has."""
        self.entered = self.run == start.covered
        """The scan that an epoch begins with is in the committed version."""
        self.nodes = start.nodes
        self.edges = start.edges
        self.entries = {entry.path: entry for entry, _ in start.entries}
        self.revisions = {entry.path: revision for entry, revision in start.entries}
        """The highest revision of each path, of those that are gone too."""
        self.hold = start.hold
        self.once = start.once
        self.batch: dict[str, _Waiting] = {}
        self.gone: dict[str, float] = {}
        self.scan: ScanDone | None = None
        self.stopping = False
        self.ended = False
        self.story: deque[str] = deque(maxlen=STORY_LINES)
        self._above: set[int] = set()
        """Revisions that have arrived above the watermark."""
        self._quarantined = {entry.path for entry, _ in start.entries if _is_quarantine(entry.issues)}
        self._behind = 0
        """How many changes the watcher had at hand behind the newest fact."""
        self._first_ms: float | None = None
        """When the batch's first message arrived."""
        self._beat_ms = now_ms
        self._readers_ms = now_ms + READERS_CHECKED_MS
        self._unsynced_ms: float | None = None
        self._syncing = False

    def handle(self, event: Event, now_ms: float) -> list[Effect]:
        """Take one event; what is to be done about it, in order."""
        out: list[Effect] = []
        match event:
            case Arrived(fact):
                self._hear(fact, now_ms, out)
            case Taken(path, lines, issues):
                self._describe(path, lines, issues)
            case Refused(path, reason):
                self._quarantine(path, reason)
                out.append(Note("refused", f"{path}: {reason}"))
            case Idle():
                self._settle(now_ms, out)
            case Committed():
                self._publish(event, now_ms, out)
            case Synced(version):
                self.durable_version = max(self.durable_version, version)
                self._syncing = False
            case Subscribed():
                out.append(self._beat(now_ms))
            case Stop():
                self.stopping = True
                self._tell(now_ms, "stop")
            case Tick():
                self._tick(now_ms, out)
        return out

    def wait_ms(self, now_ms: float) -> float:
        """How long the shell may wait for a message before the next Tick and Idle."""
        due = [self._beat_ms, self._readers_ms]
        if self._first_ms is not None and not self._held():
            due.append(self._first_ms + self._window_ms())
        if self._unsynced_ms is not None and not self._syncing:
            due.append(self._unsynced_ms + limit.SYNC_INTERVAL_MS)
        return max(0.0, min(due) - now_ms)

    # --- facts

    def _hear(self, fact: Fact, now_ms: float, out: list[Effect]) -> None:
        revision = fact.floor if isinstance(fact, Watermark) else fact.revision
        if revision >> EPOCH_SHIFT < self.epoch:
            return  # of a watcher whose successor has scanned since
        if revision >> EPOCH_SHIFT > self.epoch:
            self._enter(revision >> EPOCH_SHIFT)
        repeated = revision <= self.run
        self._pass(fact.floor - 1)
        self._begin_batch(now_ms)
        if isinstance(fact, Watermark):
            return
        self._tell(now_ms, f"{type(fact).__name__} {getattr(fact, 'path', '')} {fact.revision}")
        self._mark(fact.revision)
        if repeated:
            return  # it is here, or what came in its place (of a path that is gone, maybe before a restart)
        if isinstance(fact, ScanDone):
            if self.scan is None or self.scan.revision < fact.revision:
                self.scan = fact
                self._drop_unlisted(fact, now_ms, out)
            return
        for superseded in fact.supersedes:
            self._mark(superseded)
        if fact.revision <= self.revisions.get(fact.path, 0):
            return  # overtaken by a newer one
        self.revisions[fact.path] = fact.revision
        if isinstance(fact, Gone):
            self._drop(fact.path, now_ms, out)
        elif isinstance(fact, Quarantined):
            entry = FileEntry(fact.path, fact.digest, 0, 0, 0, [])
            self._begin_file(FileWork(entry, fact.revision, b"", None), now_ms)
            self._quarantine(fact.path, fact.reason)
            out.append(Drop(fact.path))
        else:
            self._take(fact, now_ms, out)

    def _take(self, fact: Parsed, now_ms: float, out: list[Effect]) -> None:
        path = fact.path
        known = self.entries.get(path)
        entry = FileEntry(path, fact.digest, fact.size, fact.mtime_ns, 0, [])
        if known is not None and known.digest == fact.digest and path not in self._quarantined:
            entry.lines, entry.issues = known.lines, known.issues
            waiting = self.batch.get(path)
            if waiting is not None:
                # These bytes are of this very batch: they stay in it, under the newer revision.
                work = waiting.work._replace(entry=entry, revision=fact.revision)
                self.batch[path] = waiting._replace(work=work)
                self.entries[path] = entry
            elif entry != known:
                self._begin_file(FileWork(entry, fact.revision, None, None), now_ms, moved=False)
            return
        self._quarantined.discard(path)
        self._behind = fact.behind
        stamps = (fact.seen_ns, fact.read_ns, fact.parsed_ns)
        self._begin_file(FileWork(entry, fact.revision, fact.facts, fact.text), now_ms, stamps=stamps)
        out.append(Take(path, fact.facts))

    def _begin_file(
        self, work: FileWork, now_ms: float, moved: bool = True, stamps: Stamps = (0, 0, 0)
    ) -> None:
        path = work.entry.path
        self.gone.pop(path, None)
        self.entries[path] = work.entry
        self.batch[path] = _Waiting(work, now_ms, moved, stamps)

    def _describe(self, path: str, lines: int, issues: Issues) -> None:
        entry = self.batch[path].work.entry
        entry.lines, entry.issues = lines, issues

    def _quarantine(self, path: str, reason: str) -> None:
        """The file is known and covered, has no items, and says why."""
        waiting = self.batch[path]
        waiting.work.entry.issues = [(0, reason)]
        self.batch[path] = waiting._replace(work=waiting.work._replace(facts=b"", text=None))
        self._quarantined.add(path)

    def _drop(self, path: str, now_ms: float, out: list[Effect]) -> None:
        self.batch.pop(path, None)
        self._quarantined.discard(path)
        if self.entries.pop(path, None) is not None:
            self.gone[path] = now_ms
            out.append(Drop(path))

    def _drop_unlisted(self, scan: ScanDone, now_ms: float, out: list[Effect]) -> None:
        """What a whole scan does not list is gone, unless something newer is known of it."""
        listed = set(scan.paths)
        for path in [path for path in self.entries if path not in listed]:
            if self.revisions.get(path, 0) <= scan.revision:
                self.revisions[path] = scan.revision
                self._drop(path, now_ms, out)

    # --- what is covered

    @property
    def watermark(self) -> int:
        """Everything up to here has arrived, or is superseded by what has. It enters an epoch only with
        the whole scan that this begins with: what the last watcher saw and we never heard of is in that."""
        return self.run if self.entered or self._scan_is_complete() else self.covered

    def _enter(self, epoch: int) -> None:
        """The first word of another watcher."""
        self.epoch = epoch
        self.run = epoch << EPOCH_SHIFT
        # Told with the next heartbeat: a watcher of an older epoch, whose facts are refused from now on,
        # begins one above it.
        self.received = max(self.received, self.run)
        self.entered = False
        self.scan = None
        self._above.clear()

    def _mark(self, revision: int) -> None:
        self.received = max(self.received, revision)
        if revision > self.run:
            self._above.add(revision)
            self._pass(self.run)

    def _pass(self, revision: int) -> None:
        """Everything up to this revision is here or needless; and what follows on it without a gap."""
        if revision > self.run:
            self.run = revision
            self._above = {above for above in self._above if above > revision}
        while self.run + 1 in self._above:
            self.run += 1
            self._above.remove(self.run)

    def _scan_is_complete(self) -> bool:
        """All up to the scan has arrived, and everything that it lists is known."""
        scan = self.scan
        return (
            scan is not None
            and self.run >= scan.revision
            and all(
                path in self.entries or self.revisions.get(path, 0) > scan.revision for path in scan.paths
            )
        )

    def _held(self) -> bool:
        return self.hold and not self._scan_is_complete()

    # --- batches

    def _begin_batch(self, now_ms: float) -> None:
        if self._first_ms is None:
            self._first_ms = now_ms

    def _settle(self, now_ms: float, out: list[Effect]) -> None:
        """No message waits: commit if this is a good moment, and end if it is time."""
        if self.ended:
            return
        if self._is_due(now_ms) and not self._held():
            self._commit(out)
        elif self.stopping:
            self._end(out)

    def _is_due(self, now_ms: float) -> bool:
        if self._first_ms is None:
            return False
        if not (self.batch or self.gone or self.watermark > self.covered or self._scan_is_complete()):
            self._first_ms = None
            return False
        window_over = now_ms >= self._first_ms + self._window_ms()
        return self.stopping or window_over or not (self._above or self._behind)

    def _window_ms(self) -> int:
        return limit.BURST_WINDOW_MS if self._behind else limit.BATCH_WINDOW_MS

    def _commit(self, out: list[Effect]) -> None:
        scan = self.scan
        if scan is not None and not self._scan_is_complete():
            scan = None
        out.append(
            Commit(
                files=[waiting.work for waiting in self.batch.values()],
                gone=list(self.gone),
                covered=self.watermark,
                received=self.received,
                scan=None if scan is None else (scan.root, scan.source, scan.skipped),
            )
        )

    def _publish(self, done: Committed, now_ms: float, out: list[Effect]) -> None:
        """A commit is visible: tell of it, and begin the next batch."""
        began_ms = self._first_ms if self._first_ms is not None else now_ms
        moved = {path: w.arrived_ms for path, w in self.batch.items() if w.moved} | self.gone
        stages = {path: _stages_us(w, done.linked_ms, now_ms) for path, w in self.batch.items() if w.moved}
        # What is covered was decided with the commit; nothing can have arrived since.
        self.covered = self.watermark
        self.version, self.nodes, self.edges = done.version, done.nodes, done.edges
        scanned = self._scan_is_complete()
        if scanned:
            self.hold, self.entered, self.scan = False, True, None
        self.batch, self.gone, self._first_ms, self._behind = {}, {}, None, 0
        if self._unsynced_ms is None:
            self._unsynced_ms = now_ms
        self._tell(now_ms, f"committed {done.version} covered {self.covered}")
        if done.changed:
            changes = done.changes[: limit.CHANGES_PUBLISHED_MAX]
            out.append(
                Publish(
                    Published(
                        version=done.version,
                        covered=self.covered,
                        files=[
                            FileUpdate(
                                path=path,
                                nodes=done.counts.get(path, 0),
                                elapsed_ms=now_ms - at_ms,
                                stages_us=stages.get(path, []),
                            )
                            for path, at_ms in moved.items()
                        ],
                        changes=[(c.change, c.id.hex(), c.symbol, c.file) for c in changes],
                        change_count=len(done.changes),
                        nodes=done.nodes,
                        edges=done.edges,
                        seconds=(now_ms - began_ms) / 1000,
                        at_ns=int(now_ms * 1_000_000),
                    )
                )
            )
        else:
            out.append(self._beat(now_ms))
        if self.stopping or (self.once and scanned):
            self._end(out)

    def _end(self, out: list[Effect]) -> None:
        """The graph that is left is a whole one: a held batch is not part of it."""
        self.ended = True
        out += [Finish(), Publish(Stopped(version=self.version)), Exit(0)]

    # --- time

    def _tick(self, now_ms: float, out: list[Effect]) -> None:
        if now_ms >= self._beat_ms:
            out.append(self._beat(now_ms))
        if now_ms >= self._readers_ms:
            self._readers_ms = now_ms + READERS_CHECKED_MS
            out.append(CheckReaders())
        if (
            self._unsynced_ms is not None
            and not self._syncing
            and now_ms >= self._unsynced_ms + limit.SYNC_INTERVAL_MS
        ):
            self._syncing = True
            self._unsynced_ms = None
            out.append(Sync())

    def _beat(self, now_ms: float) -> Publish:
        self._beat_ms = now_ms + limit.HEARTBEAT_MS
        return Publish(
            Heartbeat(
                version=self.version,
                covered=self.covered,
                received=self.received,
                durable_version=self.durable_version,
                pending=len(self.batch) + len(self.gone),
                pid=self.pid,
            )
        )

    def _tell(self, now_ms: float, line: str) -> None:
        self.story.append(f"{now_ms:.0f} {line}")


def _is_quarantine(issues: Iterable[tuple[int, str]]) -> bool:
    return any(line == 0 for line, _ in issues)


def _stages_us(waiting: _Waiting, linked_ms: float, now_ms: float) -> list[int]:
    """How long each of message.STAGES took; nothing for a change that no watch noticed."""
    seen, read, parsed = waiting.stamps
    if not seen:
        return []
    before_us = (seen / 1000, read / 1000, parsed / 1000)
    points = [*before_us, waiting.arrived_ms * 1000, linked_ms * 1000, now_ms * 1000]
    return [max(0, round(after - before)) for before, after in pairwise(points)]
