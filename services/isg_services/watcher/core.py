"""What the watcher knows and decides: which file is issued as which revision, to whom, and until when.

Owns the table of files (path → digest last issued), the table of what is issued and not yet covered, the
queue before the workers, and every rule about re-issuing, deadlines, quarantine and rescans. Invariants:
revisions only grow, through restarts (epoch) and within one (count); at most one revision of a path is
pending; a change is pending until the writer says that it is covered, so whatever is lost on the way is
issued again; bytes with an unchanged digest are never issued.

Deliberately absent: clock, sockets, files, threads (shell.py), and what a source is (source/).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

import msgspec
from isg_protocol import limit
from isg_protocol.message import (
    Fact,
    Gone,
    ParseJob,
    Quarantined,
    RelayJob,
    ScanDone,
    StopJob,
    Watermark,
)

from isg_services.watcher.event import (
    AnswerSync,
    Changed,
    Covered,
    Disturbed,
    Effect,
    Event,
    FileGone,
    FileRead,
    FileRefused,
    Finish,
    KeepEpoch,
    KillWorker,
    Known,
    LoadKnown,
    Note,
    Probe,
    Progress,
    ReadFile,
    Scan,
    ScanFailed,
    Scanned,
    SendJob,
    Stamp,
    SyncAsked,
    Tick,
    WorkerGone,
    WorkerReady,
    WriterBeat,
    WriterStopped,
)

EPOCH_SHIFT = 32
SCAN_KEY = "\0scan"
"""The key of a ScanDone among the pending; no path holds a zero byte."""
READ_AHEAD_FILES_MIN = 4
"""So many texts at least may wait for a worker; twice as many as there are workers otherwise."""
JOB_LOST_AFTER_MS = 1_000
"""A worker that asks again so long after its job was sent has never got it."""
PROBE_AFTER_MS = 250
IDLE_SILENCE_MS = 2_000
"""An idle worker says so every HEARTBEAT_MS; one that does not is asked after."""
WRITER_SILENT_MS = 4 * limit.HEARTBEAT_MS
"""A writer that links does not beat, and a full channel holds its parsers up: their deadlines rest."""
SETTLE_SCAN_MS = 100
"""A second scan so long after a disturbance: a watch takes up new directories a little late."""
STORY_EVENTS = 64

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


@dataclass(slots=True)
class Flight:
    """The job a worker has."""

    key: str
    revision: int
    sent_ms: int


@dataclass(slots=True)
class Worker:
    pid: int
    heard_ms: int
    flight: Flight | None = None


@dataclass
class WatcherCore:
    """The rules above. `root` is the watched directory (None: a dump); `once` ends after one scan;
    `kept_epoch` is the last epoch that a watcher of this workspace wrote down, and `is_sure` that there
    was none besides, so that a one-shot scan need not wait for the writer's first word."""

    root: str | None
    source: str
    once: bool = False
    kept_epoch: int = 0
    is_sure: bool = False
    epoch: int = 0
    covered: int = 0
    last: int = 0
    files: dict[str, Issued] = field(default_factory=dict)
    pending: dict[str, Pending] = field(default_factory=dict)
    workers: dict[bytes, Worker] = field(default_factory=dict)
    story: deque[str] = field(default_factory=lambda: deque(maxlen=STORY_EVENTS))

    def __post_init__(self) -> None:
        self._idle: dict[bytes, None] = {}
        self._dirty: dict[str, None] = {}
        self._reading: set[str] = set()
        self._again: set[str] = set()
        self._texts: dict[str, FileRead] = {}
        self._queue: deque[str] = deque()
        self._chained: set[str] = set()
        self._syncs: list[tuple[bytes, bytes]] = []
        self._skipped: list[tuple[str, str]] = []
        self._refused: dict[str, str] = {}
        self._scanning = False
        self._scan_again = False
        self._scan_ended = False
        self._verify = False
        self._verified = False
        self._finished = False
        self._rescan_ms: int | None = None
        self._settle_ms: int | None = None
        self._writer_pid: int | None = None
        self._writer_heard_ms = 0
        self._writer_pending = 0
        self._quiet_beats = 0
        self._parsed = 0
        self._rust_files = 0

    def handle(self, event: Event, now_ms: int) -> list[Effect]:
        """Take one event in; returns what is to be done, in order. Times are of one monotonic clock."""
        out: list[Effect] = []
        match event:
            case WriterBeat():
                self._hear_writer(event, now_ms, out)
            case Covered(covered):
                self._cover(covered, out)
            case WriterStopped():
                self._writer_pid = 0  # of no process: whoever beats next is another writer
            case Known(digests):
                self._compare(digests, out)
            case Scanned():
                self._take_scan(event, now_ms, out)
            case ScanFailed(reason):
                self._scanning = False
                self._rescan_ms = now_ms + limit.REISSUE_AFTER_MS
                out.append(Note("scan-failed", "", reason))
                out += [AnswerSync(asker, 0, reason) for asker in self._syncs]
                self._syncs.clear()
            case FileRead():
                self._take_file(event)
            case FileGone(path):
                self._reading.discard(path)
                self._refused.pop(path, None)
                self._lose(path)
            case FileRefused(path, reason):
                self._reading.discard(path)
                if self._refused.get(path) != reason:
                    out.append(Note("file-refused", path, reason))
                self._refused[path] = reason
                self._lose(path)
            case Changed(paths):
                self._dirty.update(dict.fromkeys(paths))
            case Disturbed(reason):
                self._remember(f"{now_ms} disturbed: {reason}")
                self._want_scan(out)
                self._settle_ms = now_ms + SETTLE_SCAN_MS
            case WorkerReady():
                self._hear_worker(event, now_ms, out)
            case WorkerGone(worker, reached):
                self._lose_worker(worker, reached, out)
            case SyncAsked(asker):
                self._syncs.append(asker)
                self._want_scan(out)
            case Tick():
                self._tick(now_ms, out)
        self._move(now_ms, out)
        return out

    # --- the writer

    def _hear_writer(self, beat: WriterBeat, now_ms: int, out: list[Effect]) -> None:
        if now_ms - self._writer_heard_ms > WRITER_SILENT_MS:
            for worker in self.workers.values():
                if worker.flight is not None:
                    worker.flight.sent_ms = now_ms
        self._writer_heard_ms = now_ms
        seen = max(beat.received, beat.covered) >> EPOCH_SHIFT
        if self.epoch == 0 or seen > self.epoch:
            self._begin_epoch(seen, out)
        elif beat.pid != self._writer_pid and self._writer_pid is not None:
            # What the last writer had received and not committed is lost with it.
            self._remember(f"{now_ms} writer {beat.pid} in place of {self._writer_pid}")
            for key, pending in self.pending.items():
                if pending.handed_ms is not None:
                    self._reissue(key, pending)
            out.append(LoadKnown())
        moved = (
            beat.pid != self._writer_pid
            or beat.covered > self.covered
            or beat.pending != self._writer_pending
        )
        self._quiet_beats = 0 if moved or self._busy() else self._quiet_beats + 1
        self._writer_pid = beat.pid
        self._writer_pending = beat.pending
        self._cover(beat.covered, out)
        if self._quiet_beats * limit.HEARTBEAT_MS >= limit.REISSUE_AFTER_MS:
            self._quiet_beats = 0
            self._heal()

    def _begin_epoch(self, seen: int, out: list[Effect]) -> None:
        """A new count above everything the writer, or a watcher before this one, has ever used."""
        self.epoch = max(seen, self.kept_epoch, self.epoch) + 1
        self.kept_epoch = self.epoch
        self.last = self.epoch << EPOCH_SHIFT
        self.pending.clear()
        self.files.clear()
        self._texts.clear()
        self._queue.clear()
        self._chained.clear()
        self._scan_ended = False
        self._verified = False
        out.append(KeepEpoch(self.epoch))
        if not self.once:
            out.append(LoadKnown())
        self._want_scan(out)

    def _cover(self, covered: int, out: list[Effect]) -> None:
        self.covered = max(self.covered, covered)
        done = []
        for key, pending in self.pending.items():  # in the order of revisions
            if pending.revision > self.covered:
                break
            done.append(key)
        for key in done:
            del self.pending[key]
            self._chained.discard(key)
            self._texts.pop(key, None)
            if key == SCAN_KEY:
                self._finished = self.once
                # From here on the writer takes nothing of an older watcher; before, it may have.
                out.append(Finish() if self.once else LoadKnown())
        for key in sorted(self._chained):
            pending = self.pending[key]
            pending.chain = [revision for revision in pending.chain if revision > self.covered]
            if not pending.chain:
                self._chained.discard(key)

    def _busy(self) -> bool:
        """Whether something still moves towards the writer, so that waiting is no sign of a loss."""
        return bool(
            self._dirty
            or self._reading
            or self._queue
            or any(w.flight is not None for w in self.workers.values())
        )

    def _heal(self) -> None:
        """The writer is well, waits for nothing more from us, and does not cover: something was lost."""
        for key, pending in self.pending.items():
            self._remember(f"reissued {key} as {pending.revision}")
            self._reissue(key, pending)

    def _compare(self, digests: dict[str, bytes] | None, out: list[Effect]) -> None:
        """Hold the table against the snapshot. Before the first scan the snapshot is the table."""
        self._verified = self._verified or (self._scan_ended and SCAN_KEY not in self.pending)
        if digests is None:
            return
        if not self.files and not self._scan_ended:
            self.files = {path: Issued(digest, None) for path, digest in digests.items()}
            return
        if not self._scan_ended:
            return
        for path in list(self.files):
            if path not in self.pending and digests.get(path) != self.files[path].digest:
                out.append(Note("reissued", path, "the snapshot holds other bytes"))
                del self.files[path]
                self._dirty[path] = None
        for path in sorted(digests.keys() - self.files.keys() - self.pending.keys() - self._dirty.keys()):
            self.files[path] = Issued(b"", None)
            self._lose(path)

    # --- the source

    def _want_scan(self, out: list[Effect]) -> None:
        if self.epoch == 0:
            return  # the first heartbeat scans anyway
        if self._scanning:
            self._scan_again = True
            return
        self._scanning = True
        out.append(Scan())

    def _take_scan(self, scan: Scanned, now_ms: int, out: list[Effect]) -> None:
        self._scanning = False
        self._rescan_ms = now_ms + limit.RESCAN_INTERVAL_MS
        self._skipped = scan.skipped
        there = scan.stamps.keys()
        for path, stamp in scan.stamps.items():
            issued = self.files.get(path)
            if issued is None or issued.stamp != stamp:
                self._dirty[path] = None
        for path in self._refused.keys() - there:
            del self._refused[path]
        for path in sorted(self.files.keys() - there):
            self._lose(path)
        self._rust_files = sum(1 for path in there if path.endswith(".rs"))
        if self._verify:
            self._verify = False
            out.append(LoadKnown())
        if self._scan_again:
            self._scan_again = False
            self._want_scan(out)

    def _take_file(self, read: FileRead) -> None:
        path = read.path
        self._reading.discard(path)
        self._refused.pop(path, None)
        issued = self.files.get(path)
        pending = self.pending.get(path)
        again = path in self._again
        self._again.discard(path)
        if issued is not None and issued.digest == read.digest:
            issued.stamp = read.stamp
            if not again or pending is None or pending.fact is not None:
                return
            pending.handed_ms = None
        else:
            self.files[path] = Issued(read.digest, read.stamp)
            self._issue(path, read.digest, None)
        self._texts[path] = read
        self._enqueue(path)

    def _lose(self, path: str) -> None:
        """The file is not there: what was issued of it is taken back."""
        self._again.discard(path)
        self._dirty.pop(path, None)
        self._texts.pop(path, None)
        if self.files.pop(path, None) is None:
            return
        pending = self._issue(path, b"", None)
        pending.fact = Gone(path=path, revision=pending.revision, floor=0)
        self._enqueue(path)

    def _issue(self, key: str, digest: bytes, fact: Fact | None) -> Pending:
        """Stamp a change. One that no worker has got yet just becomes another, unless a scan's end has
        told of it; otherwise the new one goes to the end of the pending, which keeps them in order."""
        before = self.pending.get(key)
        scan = self.pending.get(SCAN_KEY)
        if before is not None and not before.sent and (scan is None or before.revision > scan.revision):
            before.digest, before.fact, before.attempt = digest, fact, 1
            return before
        self.last += 1
        made = Pending(self.last, digest, fact)
        if before is not None:
            made.chain = [*before.chain, before.revision]
            self._chained.add(key)
            del self.pending[key]
        self.pending[key] = made
        return made

    def _enqueue(self, key: str) -> None:
        pending = self.pending[key]
        if not pending.queued:
            pending.queued = True
            self._queue.append(key)

    def _reissue(self, key: str, pending: Pending) -> None:
        """The same revision once more."""
        pending.handed_ms = None
        if pending.fact is not None:
            self._enqueue(key)
        elif key not in self._texts:
            self._again.add(key)
            self._dirty[key] = None

    # --- the workers

    def _hear_worker(self, ready: WorkerReady, now_ms: int, out: list[Effect]) -> None:
        worker = self.workers.get(ready.worker)
        if worker is None or worker.pid != ready.pid:
            worker = self.workers[ready.worker] = Worker(ready.pid, now_ms)
        worker.heard_ms = now_ms
        flight = worker.flight
        if flight is not None:
            if ready.done is not None and ready.done[1] == flight.revision:
                self._hand_over(flight, now_ms, out)
            elif now_ms - flight.sent_ms < JOB_LOST_AFTER_MS:
                return  # it asked before the job reached it
            else:
                pending = self.pending.get(flight.key)
                if pending is not None and pending.revision == flight.revision:
                    self._reissue(flight.key, pending)
            worker.flight = None
        self._idle[ready.worker] = None

    def _hand_over(self, flight: Flight, now_ms: int, out: list[Effect]) -> None:
        pending = self.pending.get(flight.key)
        if pending is not None and pending.revision == flight.revision:
            pending.handed_ms = now_ms
        if self.once and flight.key.endswith(".rs"):
            self._parsed += 1
            out.append(Progress(min(self._parsed, self._rust_files), self._rust_files))

    def _lose_worker(self, identity: bytes, reached: bool, out: list[Effect]) -> None:
        worker = self.workers.pop(identity, None)
        self._idle.pop(identity, None)
        if worker is None or worker.flight is None:
            return
        key = worker.flight.key
        pending = self.pending.get(key)
        if pending is None or pending.revision != worker.flight.revision:
            return
        if pending.fact is None and reached:
            pending.attempt += 1
            if pending.attempt > limit.JOB_ATTEMPTS_MAX:
                reason = f"quarantined: it ended {limit.JOB_ATTEMPTS_MAX} parsers"
                pending.fact = Quarantined(
                    path=key, revision=pending.revision, floor=0, digest=pending.digest, reason=reason
                )
                out.append(Note("quarantined", key, reason))
        self._reissue(key, pending)

    def _tick(self, now_ms: int, out: list[Effect]) -> None:
        if self.epoch == 0 and self.once and self.is_sure:
            self._begin_epoch(0, out)
        writer_is_well = now_ms - self._writer_heard_ms <= WRITER_SILENT_MS
        for identity, worker in list(self.workers.items()):
            flight = worker.flight
            if flight is not None:
                age = now_ms - flight.sent_ms
                if age > limit.JOB_DEADLINE_MS and writer_is_well:
                    self._remember(f"{now_ms} {flight.key} outlasted worker {worker.pid}")
                    out.append(KillWorker(worker.pid))
                    self._lose_worker(identity, True, out)
                elif age > PROBE_AFTER_MS:
                    out.append(Probe(identity, worker.pid))
            elif now_ms - worker.heard_ms > IDLE_SILENCE_MS:
                out.append(Probe(identity, worker.pid))
        if self.once:
            return
        if self._settle_ms is not None and now_ms >= self._settle_ms:
            self._settle_ms = None
            self._want_scan(out)
        if self._rescan_ms is not None and now_ms >= self._rescan_ms:
            self._rescan_ms = None
            self._verify = True
            self._want_scan(out)

    # --- the road to the writer

    def _move(self, now_ms: int, out: list[Effect]) -> None:
        """Read what is dirty, end a scan, answer who waits, and give every idle worker a job."""
        if self.epoch == 0:
            return
        room = max(READ_AHEAD_FILES_MIN, 2 * len(self.workers)) - len(self._texts) - len(self._reading)
        while room > 0 and self._dirty:
            path = next(iter(self._dirty))
            del self._dirty[path]
            self._reading.add(path)
            out.append(ReadFile(path))
            room -= 1
        if not (self._scanning or self._dirty or self._reading):
            self._settle(out)
        while self._idle and self._queue:
            job = self._next_job()
            if job is None:
                continue
            identity = next(iter(self._idle))
            del self._idle[identity]
            key, pending_revision, message = job
            self.workers[identity].flight = Flight(key, pending_revision, now_ms)
            out.append(SendJob(identity, message))
        if self._finished:
            out += [SendJob(identity, StopJob()) for identity in self._idle]
            self._idle.clear()

    def _settle(self, out: list[Effect]) -> None:
        """Everything that the source holds is issued: a first scan is complete, and syncs have their
        revision."""
        if not self._scan_ended:
            self._scan_ended = True
            pending = self._issue(SCAN_KEY, b"", None)
            pending.fact = ScanDone(
                revision=pending.revision,
                floor=0,
                root=self.root,
                paths=sorted(self.files),
                skipped=sorted({*self._skipped, *self._refused.items()}),
                source=self.source,
            )
            self._enqueue(SCAN_KEY)
        if self._syncs and self._verified:
            newest = next(reversed(self.pending.values())).revision if self.pending else self.covered
            out += [AnswerSync(asker, newest, None) for asker in self._syncs]
            self._syncs.clear()

    def _next_job(self) -> tuple[str, int, ParseJob | RelayJob] | None:
        """The next thing to send; None when the head of the queue has become void."""
        key = self._queue.popleft()
        pending = self.pending.get(key)
        if pending is None or not pending.queued:
            return None
        pending.queued = False
        if pending.handed_ms is not None:
            return None
        floor = self._floor()
        if pending.fact is not None:
            pending.sent = True
            pending.fact.floor = floor
            if not isinstance(pending.fact, ScanDone | Watermark):
                pending.fact.supersedes = pending.chain
            return key, pending.revision, RelayJob(fact=msgspec.Raw(_encode(pending.fact)))
        read = self._texts.pop(key, None)
        if read is None or read.digest != pending.digest:
            return None
        pending.sent = True
        job = ParseJob(
            path=key,
            revision=pending.revision,
            floor=floor,
            digest=read.digest,
            text=read.text,
            size=read.stamp[0],
            mtime_ns=read.stamp[1],
            attempt=pending.attempt,
            supersedes=pending.chain,
        )
        return key, pending.revision, job

    def _floor(self) -> int:
        """The lowest revision that is not covered."""
        lowest = next(iter(self.pending.values())).revision if self.pending else self.last + 1
        return min([lowest, *(self.pending[key].chain[0] for key in self._chained)])

    def _remember(self, line: str) -> None:
        self.story.append(line)
