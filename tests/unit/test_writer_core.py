"""R2, R7, R9: what the writer makes of its messages, in whatever order, however often, whenever killed.

The core alone: events in, effects out. No clock, no socket, no storage.
"""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from isg_protocol import limit
from isg_protocol.graph import Change, FileEntry
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
from isg_services.writer.core import READERS_CHECKED_MS, Start, WriterCore
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

EPOCH = 1 << 32
FIRST = EPOCH + 1


def parsed(path: str, revision: int, content: str = "", floor: int = FIRST) -> Parsed:
    text = (content or f"{path}@{revision}").encode()
    return Parsed(
        path=path, revision=EPOCH + revision, floor=floor, digest=text.rjust(16)[:16], size=len(text),
        mtime_ns=revision, facts=b"facts " + text, text=b"text " + text,
    )  # fmt: skip


def gone(path: str, revision: int, floor: int = FIRST) -> Gone:
    return Gone(path=path, revision=EPOCH + revision, floor=floor)


def scan_done(revision: int, *paths: str, floor: int = FIRST, root: str | None = "/p") -> ScanDone:
    return ScanDone(
        revision=EPOCH + revision, floor=floor, root=root, paths=list(paths), skipped=[], source="/p"
    )


def entry_of(fact: Parsed, lines: int = 3, issues: list[tuple[int, str]] | None = None) -> FileEntry:
    return FileEntry(fact.path, fact.digest, fact.size, fact.mtime_ns, lines, issues or [])


def work_of(fact: Parsed) -> FileWork:
    return FileWork(entry_of(fact), fact.revision, fact.facts, fact.text)


class World:
    """The shell's part: answers effects as the real one does, and keeps what they leave."""

    def __init__(self, **start: object) -> None:
        """Unless told otherwise: in an epoch whose scan is committed."""
        start = {"covered": EPOCH, "received": EPOCH} | start
        self.core = WriterCore(Start(pid=7, **start), 0)  # type: ignore[arg-type]
        self.version = self.core.version
        self.files: dict[str, bytes] = {entry.path: entry.digest for entry in self.core.entries.values()}
        self.linked: dict[str, bytes] = dict.fromkeys(self.files, b"")
        self.done: list[Effect] = []
        self.covered: list[int] = []

    def tell(self, event: Event, now_ms: float = 0) -> list[Effect]:
        """One event; all effects that it has in the end, in order."""
        found: list[Effect] = []
        for effect in self.core.handle(event, now_ms):
            found.append(effect)
            answer = self._carry_out(effect)
            if answer is not None:
                found += self.tell(answer, now_ms)
        return found

    def hear(self, *facts: Fact, now_ms: float = 0) -> list[Effect]:
        return [effect for fact in facts for effect in self.tell(Arrived(fact), now_ms)]

    def _carry_out(self, effect: Effect) -> Event | None:
        match effect:
            case Take(path, facts):
                if facts == b"facts unreadable":
                    self.linked.pop(path, None)
                    return Refused(path, "no facts")
                self.linked[path] = facts
                return Taken(path, 3, [])
            case Drop(path):
                self.linked.pop(path, None)
            case Commit():
                moved = bool(effect.gone) or any(work.facts is not None for work in effect.files)
                for path in effect.gone:
                    self.files.pop(path, None)
                self.files |= {work.entry.path: work.entry.digest for work in effect.files}
                self.version += moved
                self.covered.append(effect.covered)
                changes = [Change("added", b"\1" * 16, "a::b", "a.rs")] if moved else []
                return Committed(self.version, moved, changes, {w.entry.path: 2 for w in effect.files}, 5, 6)
        return None


def commits(effects: list[Effect]) -> list[Commit]:
    return [effect for effect in effects if isinstance(effect, Commit)]


def published(effects: list[Effect]) -> list[object]:
    return [effect.event for effect in effects if isinstance(effect, Publish)]


def beat(**given: int) -> Heartbeat:
    values = {"version": 0, "covered": 0, "received": 0, "durable_version": 0, "pending": 0, "pid": 7}
    return Heartbeat(**values | given)


# --- one save --------------------------------------------------------------------------------------------


def test_a_lone_save_is_taken_and_committed_as_soon_as_no_message_waits() -> None:
    core = WriterCore(Start(pid=7, version=4, covered=EPOCH, received=EPOCH), 0)
    fact = parsed("a.rs", 1)
    assert core.handle(Arrived(fact), 100) == [Take("a.rs", fact.facts)]
    assert core.handle(Taken("a.rs", 3, [(2, "odd")]), 100) == []
    expected = FileWork(entry_of(fact, 3, [(2, "odd")]), FIRST, fact.facts, fact.text)
    assert core.handle(Idle(), 100) == [
        Commit(files=[expected], gone=[], covered=FIRST, received=FIRST, scan=None)
    ]
    change = Change("body", b"\2" * 16, "a::f", "a.rs")
    assert core.handle(Committed(5, True, [change], {"a.rs": 9}, 30, 40), 103) == [
        Publish(
            Published(
                version=5,
                covered=FIRST,
                files=[FileUpdate(path="a.rs", nodes=9, elapsed_ms=3)],
                changes=[("body", "02" * 16, "a::f", "a.rs")],
                change_count=1,
                nodes=30,
                edges=40,
                seconds=0.003,
                at_ns=103_000_000,
            )
        )
    ]
    assert core.handle(Idle(), 104) == []


def test_a_change_that_a_watch_noticed_says_how_long_each_stage_took() -> None:
    core = WriterCore(Start(pid=7, version=4, covered=EPOCH, received=EPOCH), 0)
    fact = parsed("a.rs", 1)
    fact.seen_ns, fact.read_ns, fact.parsed_ns = 90_000_000, 91_000_000, 97_500_000
    core.handle(Arrived(fact), 100)
    core.handle(Taken("a.rs", 3, []), 100)
    core.handle(Idle(), 100)
    change = Change("body", b"\2" * 16, "a::f", "a.rs")
    (effect,) = core.handle(Committed(5, True, [change], {"a.rs": 9}, 30, 40, linked_ms=102.0), 103)
    assert isinstance(effect, Publish)
    assert isinstance(effect.event, Published)
    assert effect.event.files[0].stages_us == [1_000, 6_500, 2_500, 2_000, 1_000]


def test_a_save_without_other_bytes_only_moves_what_is_covered() -> None:
    first = parsed("a.rs", 1, "same")
    world = World(version=3, entries=((entry_of(first), first.revision),))
    again = parsed("a.rs", 2, "same", floor=EPOCH + 2)
    assert world.hear(again) == []
    effects = world.tell(Idle())
    assert commits(effects) == [
        Commit([FileWork(entry_of(again), again.revision, None, None)], [], EPOCH + 2, EPOCH + 2, None)
    ]
    assert published(effects) == [beat(version=3, covered=EPOCH + 2, received=EPOCH + 2)]


def test_the_longest_change_list_is_cut_in_its_publication_and_counted_whole() -> None:
    core = WriterCore(Start(pid=7), 0)
    core.handle(Arrived(gone("a.rs", 1)), 0)
    count = limit.CHANGES_PUBLISHED_MAX + 5
    changes = [Change("added", n.to_bytes(16, "big"), f"a::{n}", None) for n in range(count)]
    (effect,) = core.handle(Committed(1, True, changes, {}, count, 0), 0)
    assert isinstance(effect, Publish)
    assert isinstance(effect.event, Published)
    assert (len(effect.event.changes), effect.event.change_count) == (limit.CHANGES_PUBLISHED_MAX, count)


def test_facts_that_cannot_be_read_quarantine_their_file_and_nothing_else() -> None:
    world = World()
    bad = parsed("bad.rs", 1, "unreadable")
    effects = world.hear(bad, parsed("good.rs", 2))
    assert Note("refused", "bad.rs: no facts") in effects
    (commit,) = commits(world.tell(Idle()))
    quarantined, good = commit.files
    assert (quarantined.entry.issues, quarantined.facts, quarantined.text) == ([(0, "no facts")], b"", None)
    assert good == work_of(parsed("good.rs", 2))
    assert commit.covered == EPOCH + 2


def test_a_quarantined_file_is_covered_has_no_items_and_is_taken_again_when_it_can_be() -> None:
    world = World()
    world.hear(
        Quarantined(path="a.rs", revision=FIRST, floor=FIRST, digest=b"a".rjust(16), reason="too slow")
    )
    (commit,) = commits(world.tell(Idle()))
    assert commit.files == [
        FileWork(FileEntry("a.rs", b"a".rjust(16), 0, 0, 0, [(0, "too slow")]), FIRST, b"", None)
    ]
    assert commit.covered == FIRST
    fact = parsed("a.rs", 2, "a")
    assert fact.digest == b"a".rjust(16)
    assert world.hear(fact) == [Take("a.rs", fact.facts)]


# --- order and repetition --------------------------------------------------------------------------------


def test_an_older_revision_never_undoes_a_newer_one() -> None:
    world = World()
    new, old = parsed("a.rs", 3), parsed("a.rs", 1)
    world.hear(new)
    assert world.hear(old) == []
    assert world.hear(gone("a.rs", 2)) == []
    (commit,) = commits(world.tell(Idle()))
    assert commit.files == [work_of(new)]
    assert commit.gone == []
    assert commit.covered == EPOCH + 3


def test_a_file_that_is_gone_does_not_come_back_by_what_was_said_before() -> None:
    world = World()
    world.hear(parsed("a.rs", 1))
    world.tell(Idle())
    world.hear(gone("a.rs", 3))
    assert world.hear(parsed("a.rs", 2)) == []
    (commit,) = commits(world.tell(Idle()))
    assert (commit.files, commit.gone) == ([], ["a.rs"])
    assert world.files == {}


def test_a_restarted_writer_drops_what_the_last_one_has_already_taken() -> None:
    fact = parsed("a.rs", 5)
    world = World(covered=EPOCH + 5, received=EPOCH + 5, entries=((entry_of(fact), fact.revision),))
    assert world.hear(parsed("a.rs", 4, "older")) == []
    assert world.hear(fact) == []
    assert world.hear(parsed("gone_since.rs", 4)) == [], "no trace of it is left but what is covered"
    assert commits(world.tell(Idle(), limit.BATCH_WINDOW_MS)) == []


def test_what_is_repeated_is_taken_once() -> None:
    world = World()
    fact = parsed("a.rs", 1)
    assert len([e for e in world.hear(fact, fact, fact) if isinstance(e, Take)]) == 1
    assert len(commits(world.tell(Idle()))) == 1
    assert world.hear(fact) == []
    assert commits(world.tell(Idle(), 50)) == []


def test_a_batch_waits_its_window_for_a_revision_that_is_missing_and_no_longer() -> None:
    world = World()
    world.hear(parsed("b.rs", 2), now_ms=10)
    assert world.tell(Idle(), 10) == []
    assert world.core.wait_ms(10) == 0, "the first heartbeat is due"
    world.tell(Tick(), 10)
    assert world.core.wait_ms(10.5) == limit.BATCH_WINDOW_MS - 0.5
    (commit,) = commits(world.tell(Idle(), 10 + limit.BATCH_WINDOW_MS))
    assert commit.covered == EPOCH, "the missing one is not covered"
    world.hear(parsed("a.rs", 1), now_ms=20)
    (commit,) = commits(world.tell(Idle(), 20))
    assert commit.covered == EPOCH + 2
    assert [work.entry.path for work in commit.files] == ["a.rs"]


def test_a_burst_is_one_commit_and_its_last_save_waits_for_nobody() -> None:
    world = World()
    for number, behind in ((1, 2), (2, 1)):
        fact = parsed(f"{number}.rs", number)
        fact.behind = behind
        world.hear(fact, now_ms=10)
        assert commits(world.tell(Idle(), 10 + limit.BATCH_WINDOW_MS)) == []
    world.hear(parsed("3.rs", 3), now_ms=13)
    (commit,) = commits(world.tell(Idle(), 13))
    assert [work.entry.path for work in commit.files] == ["1.rs", "2.rs", "3.rs"]


def test_a_burst_that_does_not_go_on_is_committed_at_its_window() -> None:
    world = World()
    fact = parsed("a.rs", 1)
    fact.behind = 7
    world.hear(fact, now_ms=10)
    assert commits(world.tell(Idle(), 10 + limit.BURST_WINDOW_MS - 1)) == []
    assert len(commits(world.tell(Idle(), 10 + limit.BURST_WINDOW_MS))) == 1


def test_a_floor_passes_revisions_that_will_never_come() -> None:
    world = World()
    world.hear(parsed("a.rs", 9, floor=EPOCH + 4))
    world.tell(Idle(), limit.BATCH_WINDOW_MS)
    assert world.covered == [EPOCH + 3]
    world.hear(Watermark(floor=EPOCH + 8))
    world.tell(Idle(), limit.BATCH_WINDOW_MS)
    assert world.covered == [EPOCH + 3, EPOCH + 7]
    world.hear(gone("z.rs", 8))
    world.tell(Idle())
    assert world.covered[-1] == EPOCH + 9


def test_a_superseded_revision_is_covered_by_what_came_in_its_place_and_not_before() -> None:
    world = World()
    newer = parsed("a.rs", 3)
    newer.supersedes = [FIRST]
    world.hear(parsed("b.rs", 2))
    world.tell(Idle(), limit.BATCH_WINDOW_MS)
    assert world.covered == [EPOCH]
    world.hear(newer)
    world.tell(Idle(), limit.BATCH_WINDOW_MS)
    assert world.covered == [EPOCH, EPOCH + 3]


def test_a_new_epoch_is_entered_with_its_whole_scan_and_not_before() -> None:
    world = World(covered=EPOCH + 500, received=EPOCH + 600)
    first = 2 * EPOCH + 1
    world.hear(Gone(path="a.rs", revision=first, floor=first))
    world.tell(Idle(), limit.BATCH_WINDOW_MS)
    assert world.covered == [], "what the last watcher saw may be in none of it"
    world.hear(
        ScanDone(revision=first + 1, floor=first, root="/p", paths=[], skipped=[], source="/p"),
    )
    world.tell(Idle(), 2 * limit.BATCH_WINDOW_MS)
    assert world.covered == [first + 1]


def test_the_facts_of_a_watcher_that_was_succeeded_are_dropped() -> None:
    world = World(covered=2 * EPOCH, received=2 * EPOCH)
    assert world.hear(parsed("a.rs", 700)) == []
    assert world.core.received == 2 * EPOCH


# --- whole scans -----------------------------------------------------------------------------------------


def test_a_first_scan_is_held_back_until_all_of_it_is_there() -> None:
    world = World(hold=True)
    a, b = parsed("a.rs", 1), parsed("b.rs", 2)
    world.hear(a)
    assert commits(world.tell(Idle(), 50)) == []
    world.hear(scan_done(3, "a.rs", "b.rs"))
    assert commits(world.tell(Idle(), 100)) == []
    world.hear(b)
    (commit,) = commits(world.tell(Idle(), 150))
    assert commit == Commit([work_of(a), work_of(b)], [], EPOCH + 3, EPOCH + 3, ("/p", "/p", []))
    world.hear(parsed("a.rs", 4, floor=EPOCH + 4))
    (commit,) = commits(world.tell(Idle(), 200))
    assert commit.scan is None


def test_a_held_scan_keeps_nobody_awake() -> None:
    world = World(hold=True)
    world.hear(parsed("a.rs", 1), now_ms=10)
    world.tell(Idle(), 10)
    world.tell(Tick(), 10)
    assert world.core.wait_ms(500 + limit.BATCH_WINDOW_MS) == 0, "for the heartbeat"
    world.tell(Tick(), 502)
    assert world.core.wait_ms(502) == limit.HEARTBEAT_MS


def test_a_first_scan_waits_for_a_listed_file_that_nothing_is_known_of() -> None:
    world = World(hold=True)
    world.hear(scan_done(1, "a.rs"))
    assert commits(world.tell(Idle(), 50)) == []
    world.hear(gone("a.rs", 2))
    assert len(commits(world.tell(Idle(), 60))) == 1, "gone since: it is known to be gone"


def test_an_empty_source_is_a_whole_scan_too() -> None:
    world = World(hold=True, once=True)
    world.hear(scan_done(1, root=None))
    effects = world.tell(Idle())
    assert commits(effects) == [Commit([], [], FIRST, FIRST, (None, "/p", []))]
    assert effects[-3:] == [Finish(), Publish(Stopped(version=0)), Exit(0)]


def test_what_a_scan_does_not_list_is_gone_unless_it_is_newer() -> None:
    old, newer = parsed("old.rs", 1), parsed("newer.rs", 4)
    world = World(version=1, entries=((entry_of(old), old.revision),))
    effects = world.hear(newer, scan_done(3, floor=EPOCH + 3))
    assert Drop("old.rs") in effects
    assert Drop("newer.rs") not in effects
    (commit,) = commits(world.tell(Idle()))
    assert commit.gone == ["old.rs"]
    assert [work.entry.path for work in commit.files] == ["newer.rs"]
    assert world.files.keys() == {"newer.rs"}


def test_an_incomplete_scan_holds_up_no_later_save() -> None:
    known = parsed("a.rs", 1)
    world = World(version=1, covered=FIRST, entries=((entry_of(known), known.revision),))
    world.hear(scan_done(3, "a.rs", "b.rs"))
    for now_ms in (10, 20, 30):
        assert commits(world.tell(Idle(), now_ms)) == []
    world.hear(parsed("a.rs", 4), now_ms=40)
    (commit,) = commits(world.tell(Idle(), 50))
    assert (commit.scan, commit.covered) == (None, FIRST)


def test_a_one_shot_writer_ends_after_its_scan_with_everything_kept() -> None:
    world = World(hold=True, once=True)
    effects = world.hear(parsed("a.rs", 1), scan_done(2, "a.rs"))
    effects += world.tell(Idle())
    kinds = [type(effect).__name__ for effect in effects]
    assert kinds == ["Take", "Commit", "Publish", "Finish", "Publish", "Exit"]
    assert published(effects)[-1] == Stopped(version=1)
    assert world.tell(Idle()) == []


# --- the end ---------------------------------------------------------------------------------------------


def test_a_stop_takes_what_has_arrived_and_ends_in_order() -> None:
    world = World(version=2)
    world.hear(parsed("b.rs", 2))
    assert world.tell(Stop()) == []
    effects = world.tell(Idle())
    assert [type(effect).__name__ for effect in effects] == ["Commit", "Publish", "Finish", "Publish", "Exit"]
    assert effects[-1] == Exit(0)


def test_a_stop_in_the_middle_of_a_held_scan_leaves_the_old_graph() -> None:
    world = World(hold=True)
    world.hear(parsed("a.rs", 1))
    world.tell(Stop())
    assert world.tell(Idle()) == [Finish(), Publish(Stopped(version=0)), Exit(0)]


# --- time ------------------------------------------------------------------------------------------------


def test_a_heartbeat_repeats_the_truth_and_greets_who_has_just_come() -> None:
    world = World(version=4, covered=FIRST, received=FIRST + 1, durable_version=3)
    truth = Publish(beat(version=4, covered=FIRST, received=FIRST + 1, durable_version=3))
    assert world.tell(Tick(), 0) == [truth]
    assert world.tell(Tick(), limit.HEARTBEAT_MS - 1) == []
    assert world.core.wait_ms(limit.HEARTBEAT_MS - 1) == 1
    assert world.tell(Subscribed(), limit.HEARTBEAT_MS - 1) == [truth]
    assert world.tell(Tick(), limit.HEARTBEAT_MS) == []
    assert world.tell(Tick(), 2 * limit.HEARTBEAT_MS - 1) == [truth]


def test_what_is_visible_is_brought_to_disk_in_the_background_once_at_a_time() -> None:
    world = World()
    world.hear(parsed("a.rs", 1), now_ms=1000)
    world.tell(Idle(), 1000)
    assert Sync() not in world.tell(Tick(), 1000)
    assert Sync() in world.tell(Tick(), 1000 + limit.SYNC_INTERVAL_MS)
    world.hear(parsed("a.rs", 2), now_ms=1300)
    world.tell(Idle(), 1300)
    assert Sync() not in world.tell(Tick(), 1900), "one is still on its way"
    world.tell(Synced(1), 1901)
    assert Sync() in world.tell(Tick(), 1901)
    world.tell(Synced(2), 1950)
    assert Sync() not in world.tell(Tick(), 9000), "nothing is new"
    (now,) = published(world.tell(Subscribed(), 9000))
    assert isinstance(now, Heartbeat)
    assert now.durable_version == 2


def test_dead_readers_are_looked_for_each_second() -> None:
    world = World()
    assert CheckReaders() not in world.tell(Tick(), READERS_CHECKED_MS - 1)
    assert CheckReaders() in world.tell(Tick(), READERS_CHECKED_MS)
    assert CheckReaders() not in world.tell(Tick(), READERS_CHECKED_MS + 1)


def test_the_story_tells_what_it_saw_and_stays_short() -> None:
    world = World()
    for n in range(1, 500):
        world.hear(parsed("a.rs", n), now_ms=n)
    assert len(world.core.story) <= 64
    assert world.core.story[-1] == f"499 Parsed a.rs {EPOCH + 499}"


# --- laws ------------------------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 40))
def test_the_order_and_number_of_arrivals_make_no_difference(seed: int, count: int) -> None:
    """Every fact at least once, in any order, with commits anywhere between: the files of the highest
    revisions are what is left, and all is covered exactly when all has arrived."""
    chance = random.Random(seed)
    paths = ["a.rs", "b.rs", "c.rs", "d.rs"]
    facts: list[Fact] = [
        parsed(chance.choice(paths), n, chance.choice("xyz"))
        if chance.random() < 0.7
        else gone(chance.choice(paths), n)
        for n in range(1, count + 1)
    ]
    last: dict[str, Fact] = {fact.path: fact for fact in facts}  # type: ignore[union-attr]
    arrivals = facts + chance.choices(facts, k=count // 2)
    chance.shuffle(arrivals)
    world, now_ms = World(), 0.0
    arrived: set[int] = set()
    for fact in arrivals:
        now_ms += chance.choice((0, 0, 1, 5))
        world.hear(fact, now_ms=now_ms)
        arrived.add(fact.revision)  # type: ignore[union-attr]
        if chance.random() < 0.5:
            world.tell(Idle(), now_ms)
            complete = next(n for n in range(count + 1) if EPOCH + n + 1 not in arrived)
            assert world.core.covered <= EPOCH + complete
    world.tell(Idle(), now_ms + limit.BATCH_WINDOW_MS)
    assert world.core.covered == EPOCH + count
    assert world.covered == sorted(world.covered)
    kept = {path: fact.digest for path, fact in last.items() if isinstance(fact, Parsed)}
    assert world.files == kept
    assert world.linked.keys() == kept.keys()


def test_an_epoch_that_a_mere_floor_began_is_told_so_that_the_watcher_begins_one_above_it() -> None:
    core = WriterCore(Start(pid=7, version=4, covered=EPOCH, received=EPOCH), 0)
    core.handle(Arrived(Watermark(floor=7 * EPOCH)), 1)
    told = published(core.handle(Subscribed(), 2))
    assert [getattr(event, "received", None) for event in told] == [7 * EPOCH]
