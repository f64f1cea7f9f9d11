"""R2, R7: what the watcher issues, to whom, and when it issues it again, as lists of effects."""

from __future__ import annotations

from hashlib import blake2b

import msgspec

from isg_protocol import limit
from isg_protocol.message import Fact, Gone, ParseJob, Quarantined, RelayJob, ScanDone, StopJob
from isg_services.watcher.core import (
    JOB_LOST_AFTER_MS,
    SETTLE_SCAN_MS,
    WRITER_SILENT_MS,
    WatcherCore,
)
from isg_services.watcher.event import (
    AnswerSync,
    Changed,
    Covered,
    Disturbed,
    Effect,
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
)
from isg_services.watcher.ledger import EPOCH_SHIFT, SCAN_KEY

FIRST = 1 << EPOCH_SHIFT
STAMP = (10, 1, 1)
_fact_of = msgspec.msgpack.Decoder(Fact)


def digest(text: bytes) -> bytes:
    return blake2b(text, digest_size=16).digest()


def read(path: str, text: bytes, stamp: tuple[int, int, int] = STAMP) -> FileRead:
    return FileRead(path, text, digest(text), stamp)


def beat(covered: int = 0, received: int = 0, pending: int = 0, pid: int = 7) -> WriterBeat:
    return WriterBeat(pid, covered, received, pending)


def job(path: str, count: int, text: bytes, floor: int, attempt: int = 1, behind: int = 0) -> ParseJob:
    return ParseJob(
        path=path,
        revision=FIRST + count,
        floor=FIRST + floor,
        digest=digest(text),
        text=text,
        size=10,
        mtime_ns=1,
        attempt=attempt,
        behind=behind,
    )


def relayed(effect: Effect) -> Fact:
    assert isinstance(effect, SendJob)
    assert isinstance(effect.job, RelayJob)
    return _fact_of.decode(effect.job.fact)


def started(once: bool = False, **files: bytes) -> WatcherCore:
    """A core whose first scan found these files, wholly covered."""
    core = WatcherCore(root="/tree", source="/tree", once=once)
    core.handle(beat(), 0)
    core.handle(Scanned({f"{name}.rs": STAMP for name in files}, []), 0)
    for name, text in files.items():
        core.handle(read(f"{name}.rs", text), 0)
    assert core.handle(beat(covered=core.last, received=core.last), 1) == ([] if once else [LoadKnown()])
    core.handle(Known({f"{name}.rs": digest(text) for name, text in files.items()}), 1)
    assert not core.pending
    return core


def test_nothing_is_read_before_the_writer_has_given_an_epoch() -> None:
    core = WatcherCore(root="/tree", source="/tree")
    assert core.handle(WorkerReady(b"w", 1, None), 0) == []
    assert core.handle(Changed(["a.rs"]), 0) == []
    assert core.handle(SyncAsked((b"q", b"1")), 0) == []
    effects = core.handle(beat(received=(3 << EPOCH_SHIFT) | 9), 0)
    assert effects[:3] == [KeepEpoch(4), LoadKnown(), Scan()]


def test_an_epoch_is_above_the_last_watchers_even_if_the_writer_never_heard_of_it() -> None:
    core = WatcherCore(root="/tree", source="/tree", kept_epoch=9)
    assert core.handle(beat(received=3 << EPOCH_SHIFT), 0)[0] == KeepEpoch(10)


def test_a_first_scan_issues_every_file_and_then_its_end() -> None:
    core = WatcherCore(root="/tree", source="/src")
    core.handle(beat(), 0)
    assert core.handle(Scanned({"a.rs": STAMP}, [("b.rs", "is not UTF-8 at byte 3")]), 0) == [
        ReadFile("a.rs")
    ]
    assert core.handle(read("a.rs", b"fn a() {}"), 0) == []
    assert core.handle(WorkerReady(b"w1", 1, None), 1) == [
        SendJob(b"w1", job("a.rs", 1, b"fn a() {}", floor=1, behind=1))
    ]
    (effect,) = core.handle(WorkerReady(b"w2", 2, None), 1)
    assert relayed(effect) == ScanDone(
        revision=FIRST + 2,
        floor=FIRST + 1,
        root="/tree",
        paths=["a.rs"],
        skipped=[("b.rs", "is not UTF-8 at byte 3")],
        source="/src",
    )


def test_a_file_goes_to_the_worker_that_read_it_last_if_that_one_is_idle() -> None:
    core = started(a=b"1")
    for worker, pid in ((b"w1", 1), (b"w2", 2)):
        core.handle(WorkerReady(worker, pid, None), 2)
    served = []
    for text in (b"2", b"3", b"4"):
        core.handle(Changed(["a.rs"]), 3)
        (effect,) = [e for e in core.handle(read("a.rs", text), 3) if isinstance(e, SendJob)]
        served.append(effect.worker)
        done = ("a.rs", effect.job.revision) if isinstance(effect.job, ParseJob) else None
        core.handle(WorkerReady(effect.worker, 1 if effect.worker == b"w1" else 2, done), 4)
    assert len(set(served)) == 1


def test_bytes_that_did_not_change_are_never_issued() -> None:
    core = started(a=b"1")
    core.handle(WorkerReady(b"w", 1, None), 2)
    assert core.handle(Changed(["a.rs"]), 2) == [ReadFile("a.rs")]
    assert core.handle(read("a.rs", b"1", (10, 99, 1)), 2) == []
    assert not core.pending


def test_a_changed_file_goes_to_the_waiting_worker_at_once() -> None:
    core = started(a=b"1")
    core.handle(WorkerReady(b"w", 1, None), 2)
    core.handle(Changed(["a.rs"]), 2)
    (effect,) = core.handle(read("a.rs", b"2"), 2)
    assert isinstance(effect, SendJob)
    assert effect.worker == b"w"
    assert isinstance(effect.job, ParseJob)
    assert (effect.job.path, effect.job.text, effect.job.revision) == ("a.rs", b"2", core.last)


def test_a_snapshot_that_holds_the_same_bytes_spares_the_job() -> None:
    core = WatcherCore(root="/tree", source="/tree")
    core.handle(beat(), 0)
    core.handle(Known({"a.rs": digest(b"1"), "gone.rs": digest(b"x")}), 0)
    core.handle(WorkerReady(b"w", 1, None), 0)
    (read_a, gone) = core.handle(Scanned({"a.rs": STAMP}, []), 0)
    assert read_a == ReadFile("a.rs")
    assert relayed(gone) == Gone(path="gone.rs", revision=FIRST + 1, floor=FIRST + 1)
    core.handle(read("a.rs", b"1"), 0)
    assert set(core.pending) == {"gone.rs", SCAN_KEY}


def test_a_change_that_no_worker_has_got_yet_just_becomes_another() -> None:
    core = started(a=b"1")
    last = core.last
    for text in (b"2", b"3"):
        core.handle(Changed(["a.rs"]), 2)
        core.handle(read("a.rs", text), 2)
    (effect,) = core.handle(WorkerReady(b"w", 1, None), 3)
    assert isinstance(effect, SendJob)
    assert isinstance(effect.job, ParseJob)
    assert (effect.job.revision, effect.job.text, effect.job.supersedes) == (last + 1, b"3", [])
    assert core.handle(WorkerReady(b"v", 2, None), 3) == []


def test_a_newer_change_names_the_sent_ones_that_it_supersedes() -> None:
    core = started(a=b"1", b=b"1")
    last = core.last
    for worker in (b"u", b"v", b"w"):
        core.handle(WorkerReady(worker, 1, None), 2)
    jobs = []
    for path, text in (("a.rs", b"2"), ("b.rs", b"2"), ("a.rs", b"3")):
        core.handle(Changed([path]), 3)
        (effect,) = core.handle(read(path, text), 3)
        assert isinstance(effect, SendJob)
        assert isinstance(effect.job, ParseJob)
        jobs.append((effect.job.revision - last, effect.job.floor - last, effect.job.supersedes))
    assert jobs == [(1, 1, []), (2, 1, []), (3, 1, [last + 1])]
    core.handle(Covered(last + 1), 4)
    assert core.pending["a.rs"].chain == []


def test_a_file_that_is_gone_is_taken_back_once() -> None:
    core = started(a=b"1")
    core.handle(WorkerReady(b"w", 1, None), 2)
    core.handle(Changed(["a.rs"]), 2)
    (effect,) = core.handle(FileGone("a.rs"), 2)
    assert relayed(effect) == Gone(path="a.rs", revision=core.last, floor=core.last)
    core.handle(Changed(["a.rs"]), 3)
    assert core.handle(FileGone("a.rs"), 3) == []


def test_a_file_that_cannot_be_taken_counts_as_gone_and_is_named() -> None:
    core = started(a=b"1")
    core.handle(WorkerReady(b"w", 1, None), 2)
    core.handle(Changed(["a.rs"]), 2)
    note, effect = core.handle(FileRefused("a.rs", "is not UTF-8 at byte 0"), 2)
    assert note == Note("file-refused", "a.rs", "is not UTF-8 at byte 0")
    assert isinstance(relayed(effect), Gone)
    core.handle(Changed(["a.rs"]), 3)
    assert core.handle(FileRefused("a.rs", "is not UTF-8 at byte 0"), 3) == []


def test_a_job_whose_worker_died_is_issued_again_as_the_next_attempt() -> None:
    core = started(a=b"1")
    core.handle(WorkerReady(b"w", 1, None), 2)
    core.handle(Changed(["a.rs"]), 2)
    core.handle(read("a.rs", b"2"), 2)
    assert core.handle(WorkerGone(b"w"), 3) == [ReadFile("a.rs")]
    assert core.handle(read("a.rs", b"2"), 3) == []
    (effect,) = core.handle(WorkerReady(b"v", 2, None), 4)
    assert isinstance(effect, SendJob)
    assert isinstance(effect.job, ParseJob)
    assert (effect.job.revision, effect.job.attempt) == (core.last, 2)


def test_a_job_that_never_reached_its_worker_costs_no_attempt() -> None:
    core = started(a=b"1")
    core.handle(WorkerReady(b"w", 1, None), 2)
    core.handle(Changed(["a.rs"]), 2)
    core.handle(read("a.rs", b"2"), 2)
    core.handle(WorkerGone(b"w", reached=False), 3)
    assert core.pending["a.rs"].attempt == 1


def test_a_file_that_ends_all_its_workers_is_quarantined_until_its_bytes_change() -> None:
    core = started(a=b"1")
    core.handle(Changed(["a.rs"]), 2)
    core.handle(read("a.rs", b"poison"), 2)
    for attempt in range(limit.JOB_ATTEMPTS_MAX):
        worker = b"w%d" % attempt
        core.handle(WorkerReady(worker, 10 + attempt, None), 3)
        effects = core.handle(WorkerGone(worker), 4)
        if ReadFile("a.rs") in effects:
            core.handle(read("a.rs", b"poison"), 4)
    (effect,) = core.handle(WorkerReady(b"last", 99, None), 5)
    fact = relayed(effect)
    assert isinstance(fact, Quarantined)
    assert (fact.path, fact.revision, fact.digest) == ("a.rs", core.last, digest(b"poison"))
    core.handle(WorkerReady(b"last", 99, ("", fact.revision)), 6)
    core.handle(Covered(core.last), 6)
    core.handle(Changed(["a.rs"]), 7)
    assert core.handle(read("a.rs", b"poison"), 7) == []
    core.handle(Changed(["a.rs"]), 8)
    (effect,) = core.handle(read("a.rs", b"healthy"), 8)
    assert isinstance(effect, SendJob)
    assert isinstance(effect.job, ParseJob)
    assert effect.job.attempt == 1


def test_a_worker_past_its_deadline_is_killed_and_its_job_goes_to_another() -> None:
    core = started(a=b"1")
    core.handle(WorkerReady(b"w", 41, None), 2)
    core.handle(Changed(["a.rs"]), 2)
    core.handle(read("a.rs", b"2"), 2)
    late = limit.JOB_DEADLINE_MS + 3
    core.handle(beat(covered=core.covered, received=core.last), 2)
    core.handle(beat(covered=core.covered, received=core.last), 500)
    for now in range(1000, late, 500):
        core.handle(beat(covered=core.covered, received=core.last), now)
    assert core.handle(Tick(), late) == [KillWorker(41), ReadFile("a.rs")]


def test_a_deadline_rests_while_the_writer_is_silent() -> None:
    core = started(a=b"1")
    core.handle(WorkerReady(b"w", 41, None), 2)
    core.handle(Changed(["a.rs"]), 2)
    core.handle(read("a.rs", b"2"), 2)
    late = limit.JOB_DEADLINE_MS + WRITER_SILENT_MS
    assert core.handle(Tick(), late) == [Probe(b"w", 41)]
    core.handle(beat(covered=core.covered, received=core.last), late)
    assert core.handle(Tick(), late + 1) == []


def test_a_worker_that_asks_again_with_its_job_unseen_gets_it_again() -> None:
    core = started(a=b"1")
    core.handle(WorkerReady(b"w", 1, None), 2)
    core.handle(Changed(["a.rs"]), 2)
    core.handle(read("a.rs", b"2"), 2)
    assert core.handle(WorkerReady(b"w", 1, None), 3) == []
    assert core.handle(WorkerReady(b"w", 1, None), 2 + JOB_LOST_AFTER_MS) == [ReadFile("a.rs")]
    (effect,) = core.handle(read("a.rs", b"2"), 2 + JOB_LOST_AFTER_MS)
    assert isinstance(effect, SendJob)


def test_a_writer_that_lost_what_was_covered_is_given_the_whole_source_again() -> None:
    core = started(a=b"1")
    old = core.epoch
    effects = core.handle(beat(covered=0, received=0, pid=8), 5)
    assert effects == [KeepEpoch(old + 1), LoadKnown(), Scan()]
    assert not core.files
    assert core.handle(Known(None), 5) == []
    assert core.handle(Scanned({"a.rs": STAMP}, []), 6) == [ReadFile("a.rs")]
    core.handle(read("a.rs", b"1"), 7)
    assert core.pending["a.rs"].revision >> EPOCH_SHIFT == old + 1


def test_what_a_dead_writer_had_received_is_issued_again_to_the_next() -> None:
    core = started(a=b"1")
    core.handle(WorkerReady(b"w", 1, None), 2)
    core.handle(Changed(["a.rs"]), 2)
    core.handle(read("a.rs", b"2"), 2)
    core.handle(WorkerReady(b"w", 1, ("a.rs", core.last)), 3)
    assert core.handle(beat(covered=core.covered, received=core.last), 4) == []
    assert core.handle(beat(covered=core.covered, received=core.covered, pid=8), 5) == [
        LoadKnown(),
        ReadFile("a.rs"),
    ]


def test_a_fact_lost_on_the_way_is_issued_again_after_quiet_heartbeats() -> None:
    core = started(a=b"1")
    core.handle(WorkerReady(b"w", 1, None), 2)
    core.handle(Changed(["a.rs"]), 2)
    core.handle(read("a.rs", b"2"), 2)
    core.handle(WorkerReady(b"w", 1, ("a.rs", core.last)), 3)
    beats = limit.REISSUE_AFTER_MS // limit.HEARTBEAT_MS
    seen = [core.handle(beat(covered=core.covered, received=core.last - 1), 10 + n) for n in range(beats + 1)]
    assert sum(effects == [ReadFile("a.rs")] for effects in seen) == 1


def test_a_snapshot_that_differs_from_the_table_is_mended() -> None:
    core = started(a=b"1", b=b"1")
    effects = core.handle(Known({"a.rs": digest(b"1"), "b.rs": digest(b"old"), "c.rs": digest(b"1")}), 2)
    assert ReadFile("b.rs") in effects
    assert set(core.pending) == {"c.rs"}


def test_a_disturbance_scans_now_and_once_more_when_it_has_settled() -> None:
    core = started(a=b"1")
    assert core.handle(Disturbed("a batch of 900 changes"), 100) == [Scan()]
    core.handle(Scanned({"a.rs": STAMP}, []), 101)
    assert core.handle(Tick(), 102) == []
    assert core.handle(Tick(), 100 + SETTLE_SCAN_MS) == [Scan()]


def test_a_periodic_scan_also_holds_the_table_against_the_snapshot() -> None:
    core = started(a=b"1")
    assert core.handle(Tick(), limit.RESCAN_INTERVAL_MS) == [Scan()]
    assert core.handle(Scanned({"a.rs": STAMP}, []), limit.RESCAN_INTERVAL_MS) == [LoadKnown()]


def test_a_scan_that_fails_concludes_nothing() -> None:
    core = started(a=b"1")
    core.handle(Disturbed("the root vanished"), 2)
    assert core.handle(ScanFailed("/tree does not exist"), 2) == [
        Note("scan-failed", "", "/tree does not exist")
    ]
    assert set(core.files) == {"a.rs"}
    assert core.handle(Tick(), 2 + SETTLE_SCAN_MS) == [Scan()]


def test_a_sync_is_answered_with_the_revision_of_what_its_scan_found() -> None:
    core = started(a=b"1")
    asker = (b"q", b"1")
    assert core.handle(SyncAsked(asker), 2) == [Scan()]
    assert core.handle(Scanned({"a.rs": (11, 2, 1)}, []), 2) == [ReadFile("a.rs")]
    assert core.handle(read("a.rs", b"22", (11, 2, 1)), 2) == [AnswerSync(asker, core.last, None)]
    assert core.handle(SyncAsked(asker), 3) == [Scan()]
    core.handle(Covered(core.last), 3)
    assert core.handle(Scanned({"a.rs": (11, 2, 1)}, []), 3) == [AnswerSync(asker, core.last, None)]


def test_a_sync_waits_until_the_first_scan_is_covered_and_held_against_the_snapshot() -> None:
    core = WatcherCore(root="/tree", source="/tree")
    asker = (b"q", b"1")
    core.handle(beat(), 0)
    core.handle(SyncAsked(asker), 0)
    core.handle(Scanned({"a.rs": STAMP}, []), 0)
    core.handle(Scanned({"a.rs": STAMP}, []), 0)
    assert core.handle(read("a.rs", b"1"), 0) == []
    assert core.handle(Covered(core.last), 1) == [LoadKnown()]
    late_fact_of_an_older_watcher = Known({"a.rs": digest(b"0")})
    assert core.handle(late_fact_of_an_older_watcher, 1)[1:] == [ReadFile("a.rs")]
    assert core.handle(read("a.rs", b"1"), 1) == [AnswerSync(asker, core.last, None)]


def test_a_sync_that_comes_during_a_scan_waits_for_the_next() -> None:
    core = started(a=b"1")
    first, second = (b"q", b"1"), (b"q", b"2")
    assert core.handle(SyncAsked(first), 2) == [Scan()]
    assert core.handle(SyncAsked(second), 2) == []
    assert core.handle(Scanned({"a.rs": STAMP}, []), 2) == [Scan()]
    answers = core.handle(Scanned({"a.rs": STAMP}, []), 2)
    assert [answer.asker for answer in answers if isinstance(answer, AnswerSync)] == [first, second]


def test_a_one_shot_source_tells_its_progress_and_finishes_when_all_is_covered() -> None:
    core = WatcherCore(root=None, source="dump.txt", once=True)
    core.handle(beat(), 0)
    core.handle(Scanned({"a.rs": (0, 0, 0)}, []), 0)
    core.handle(read("a.rs", b"1"), 0)
    core.handle(WorkerReady(b"w", 1, None), 0)
    effects = core.handle(WorkerReady(b"w", 1, ("a.rs", FIRST + 1)), 1)
    assert effects[0] == Progress(1, 1)
    assert isinstance(relayed(effects[1]), ScanDone)
    assert core.handle(WorkerReady(b"w", 1, ("", FIRST + 2)), 1) == []
    assert core.handle(Covered(FIRST + 2), 2) == [Finish(), SendJob(b"w", StopJob())]


def test_an_empty_source_is_a_scan_without_files() -> None:
    core = WatcherCore(root=None, source="-", once=True)
    core.handle(beat(), 0)
    core.handle(WorkerReady(b"w", 1, None), 0)
    (effect,) = core.handle(Scanned({}, []), 0)
    fact = relayed(effect)
    assert isinstance(fact, ScanDone)
    assert (fact.paths, fact.root) == ([], None)
