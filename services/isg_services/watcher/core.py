"""What the watcher decides: what is read, who gets which job, and what is issued again when.

Owns every rule about scans, re-issuing, deadlines, quarantine and syncs; what is issued stands in the
ledger. Invariants: a change is pending until the writer says that it is covered, so whatever is lost on
the way is issued again; bytes with an unchanged digest are never issued; a sync is answered only with
what a scan begun after it found.

Deliberately absent: clock, sockets, files, threads (shell.py), and what a source is (source/).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from isg_protocol import limit
from isg_protocol.message import Gone, Quarantined, ScanDone, StopJob
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
    SyncAsked,
    Tick,
    WorkerGone,
    WorkerReady,
    WriterBeat,
    WriterStopped,
)
from isg_services.watcher.ledger import EPOCH_SHIFT, SCAN_KEY, Issued, Ledger, Pending

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
    ledger: Ledger = field(default_factory=Ledger)
    workers: dict[bytes, Worker] = field(default_factory=dict)
    story: deque[tuple[int, str, str]] = field(default_factory=lambda: deque(maxlen=STORY_EVENTS))

    def __post_init__(self) -> None:
        self._idle: dict[bytes, None] = {}
        self._served: dict[str, bytes] = {}
        """Who read a file last, and so has most of it at hand (isg_graph.parse.memo)."""
        self._dirty: dict[str, None] = {}
        self._reading: set[str] = set()
        self._again: set[str] = set()
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

    @property
    def epoch(self) -> int:
        return self.ledger.epoch

    @property
    def covered(self) -> int:
        return self.ledger.covered

    @property
    def last(self) -> int:
        return self.ledger.last

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way that time decides about, but for the next periodic scan."""
        return not (
            self.once or self._busy() or self.pending or self._scanning or self._settle_ms is not None
        )

    @property
    def files(self) -> dict[str, Issued]:
        return self.ledger.files

    @property
    def pending(self) -> dict[str, Pending]:
        return self.ledger.pending

    def handle(self, event: Event, now_ms: int) -> list[Effect]:
        """Take one event in; returns what is to be done, in order. Times are of one monotonic clock."""
        out: list[Effect] = []
        if not isinstance(event, Tick):
            self.story.append((now_ms, type(event).__name__, str(getattr(event, "path", ""))))
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
            case Disturbed(_, settle):
                self._want_scan(out)
                if settle:
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
        if self.epoch == 0 or seen > self.epoch or self._is_behind(beat):
            self._begin_epoch(seen, out)
        elif beat.pid != self._writer_pid and self._writer_pid is not None:
            # What the last writer had received and not committed is lost with it.
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

    def _is_behind(self, beat: WriterBeat) -> bool:
        """Whether this is a new writer that knows less than an earlier one had covered: its graph was
        damaged, and begun again. Then so is everything here."""
        return beat.pid != self._writer_pid and beat.covered < self.covered

    def _begin_epoch(self, seen: int, out: list[Effect]) -> None:
        """A new count above everything the writer, or a watcher before this one, has ever used."""
        self.kept_epoch = max(seen, self.kept_epoch, self.epoch) + 1
        self.ledger.begin(self.kept_epoch)
        self._scan_ended = False
        self._verified = False
        out.append(KeepEpoch(self.epoch))
        if not self.once:
            out.append(LoadKnown())
        self._want_scan(out)

    def _cover(self, covered: int, out: list[Effect]) -> None:
        if SCAN_KEY in self.ledger.cover(covered):
            self._finished = self.once
            # From here on the writer takes nothing of an older watcher; before, it may have.
            out.append(Finish() if self.once else LoadKnown())

    def _busy(self) -> bool:
        """Whether something still moves towards the writer, so that waiting is no sign of a loss."""
        return bool(
            self._dirty
            or self._reading
            or self.ledger.has_jobs
            or any(w.flight is not None for w in self.workers.values())
        )

    def _heal(self) -> None:
        """The writer is well, waits for nothing more from us, and does not cover: something was lost."""
        for key, pending in self.pending.items():
            self._reissue(key, pending)

    def _compare(self, digests: dict[str, bytes] | None, out: list[Effect]) -> None:
        """Hold the table against the snapshot. Before the first scan the snapshot is the table."""
        self._verified = self._verified or (self._scan_ended and SCAN_KEY not in self.pending)
        if digests is None:
            return
        if not self.files and not self._scan_ended:
            self.files.update({path: Issued(digest, None) for path, digest in digests.items()})
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
            self.ledger.issue(path, read.digest)
        self.ledger.enqueue(path, read)

    def _lose(self, path: str) -> None:
        """The file is not there: what was issued of it is taken back."""
        self._again.discard(path)
        self._dirty.pop(path, None)
        self.ledger.texts.pop(path, None)
        self._served.pop(path, None)
        if self.files.pop(path, None) is None:
            return
        pending = self.ledger.issue(path, b"")
        pending.fact = Gone(path=path, revision=pending.revision, floor=0)
        self.ledger.enqueue(path)

    def _reissue(self, key: str, pending: Pending) -> None:
        """The same revision once more."""
        pending.handed_ms = None
        if pending.fact is not None:
            self.ledger.enqueue(key)
        elif key not in self.ledger.texts:
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
        ahead = len(self.ledger.texts) + len(self._reading)
        room = max(READ_AHEAD_FILES_MIN, 2 * len(self.workers)) - ahead
        while room > 0 and self._dirty:
            path = next(iter(self._dirty))
            del self._dirty[path]
            self._reading.add(path)
            out.append(ReadFile(path))
            room -= 1
        if not (self._scanning or self._dirty or self._reading):
            self._settle(out)
        while self._idle and self.ledger.has_jobs:
            outgoing = self.ledger.dequeue(len(self._dirty) + len(self._reading))
            if outgoing is None:
                continue
            identity = self._served.get(outgoing.key, b"")
            if identity not in self._idle:
                identity = next(iter(self._idle))
            self._served[outgoing.key] = identity
            del self._idle[identity]
            self.workers[identity].flight = Flight(outgoing.key, outgoing.revision, now_ms)
            out.append(SendJob(identity, outgoing.job))
        if self._finished:
            out += [SendJob(identity, StopJob()) for identity in self._idle]
            self._idle.clear()

    def _settle(self, out: list[Effect]) -> None:
        """Everything that the source holds is issued: a first scan is complete, and syncs have their
        revision."""
        if not self._scan_ended:
            self._scan_ended = True
            pending = self.ledger.issue(SCAN_KEY, b"")
            pending.fact = ScanDone(
                revision=pending.revision,
                floor=0,
                root=self.root,
                paths=sorted(self.files),
                skipped=sorted({*self._skipped, *self._refused.items()}),
                source=self.source,
            )
            self.ledger.enqueue(SCAN_KEY)
        if self._syncs and self._verified:
            out += [AnswerSync(asker, self.ledger.newest, None) for asker in self._syncs]
            self._syncs.clear()
