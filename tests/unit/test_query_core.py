"""R3, R9: when a question is answered, when it waits, and when it is refused, as lists of effects."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isg_protocol import limit
from isg_protocol.message import Answer, ExportQuery, Query, Reply, StatusQuery
from isg_services.query.answers import (
    ANSWER_BYTES_MAX,
    ANSWERS_BYTES_MAX,
    BODIES_MAX,
    Answers,
    AskedBefore,
    encoded,
    key_of,
)
from isg_services.query.core import (
    BREAKER_MS,
    BREAKER_TIMEOUTS,
    EXPORT_MS_MAX,
    EXPORTS_MAX,
    SYNC_AGAIN_MS,
    QueryCore,
)
from isg_services.query.event import (
    Asked,
    AskSync,
    Beat,
    BeginExport,
    Covered,
    DropExport,
    ExportEnded,
    Fail,
    Respond,
    Responded,
    StepExport,
    Synced,
    Tick,
    Ticket,
    Turn,
)

PLAIN = Query(name="callers", target="f")
FRESH = Query(name="callers", target="f", sync=True)
WHOLE = Query(name="find-cycles")


def ticket(number: int) -> Ticket:
    return (b"peer",), b"%016d" % number


def test_a_plain_question_is_answered_at_once() -> None:
    core = QueryCore()
    assert core.handle(Asked(ticket(1), PLAIN, 900), 100) == [Respond(ticket(1), PLAIN, 900, None)]


def test_a_question_without_a_deadline_gets_the_default_one() -> None:
    core = QueryCore()
    (effect,) = core.handle(Asked(ticket(1), PLAIN, None), 100)
    assert isinstance(effect, Respond)
    assert effect.deadline_ms == 100 + limit.TIMEOUT_DEFAULT_MS


def test_a_question_past_its_deadline_fails_without_an_answer() -> None:
    core = QueryCore()
    (effect,) = core.handle(Asked(ticket(1), PLAIN, 100), 100)
    assert isinstance(effect, Fail)
    assert effect.code == "timeout"


def test_the_lag_is_zero_only_on_a_fresh_heartbeat_with_nothing_pending() -> None:
    core = QueryCore()
    assert core.lag_ms() is None
    core.handle(Beat(5, 0), 1000)
    assert core.lag_ms() == 0
    core.handle(Beat(5, 2), 1250)
    assert core.lag_ms() == 250
    core.handle(Beat(7, 0), 1500)
    core.handle(Tick(), 9000)
    assert core.lag_ms() == 7500


def test_a_sync_question_waits_until_its_revision_is_covered() -> None:
    core = QueryCore(covered=10)
    assert core.handle(Asked(ticket(1), FRESH, 5000), 0) == [AskSync(1)]
    assert core.handle(Synced(1, 12, None), 1) == []
    assert core.handle(Covered(11), 2) == []
    assert core.handle(Covered(12), 3) == [Respond(ticket(1), FRESH, 5000, None, 12)]
    assert core.parked == {}


def test_a_sync_question_that_is_covered_already_is_answered_on_the_watchers_word() -> None:
    core = QueryCore(covered=10)
    core.handle(Asked(ticket(1), FRESH, 5000), 0)
    assert core.handle(Synced(1, 10, None), 1) == [Respond(ticket(1), FRESH, 5000, None, 10)]


def test_a_sync_question_never_rides_on_a_scan_that_began_before_it() -> None:
    core = QueryCore(covered=10)
    core.handle(Asked(ticket(1), FRESH, 5000), 0)
    assert core.handle(Asked(ticket(2), FRESH, 5000), 1) == []
    assert core.handle(Synced(1, 10, None), 2) == [
        AskSync(2),
        Respond(ticket(1), FRESH, 5000, None, 10),
    ]
    assert core.handle(Synced(2, 10, None), 3) == [Respond(ticket(2), FRESH, 5000, None, 10)]


def test_a_sync_that_the_watcher_does_not_answer_is_asked_again_until_the_deadline() -> None:
    core = QueryCore()
    core.handle(Asked(ticket(1), FRESH, 2500), 0)
    assert core.handle(Tick(), SYNC_AGAIN_MS) == [AskSync(2)]
    (effect,) = core.handle(Tick(), 2500)
    assert isinstance(effect, Fail)
    assert (effect.ticket, effect.code) == (ticket(1), "stale")


def test_a_source_that_cannot_be_read_fails_the_sync() -> None:
    core = QueryCore()
    core.handle(Asked(ticket(1), FRESH, 5000), 0)
    (effect,) = core.handle(Synced(1, 0, "the root does not exist"), 1)
    assert isinstance(effect, Fail)
    assert effect.code == "stale"


def test_a_question_asked_again_while_it_waits_is_one_question() -> None:
    core = QueryCore()
    core.handle(Asked(ticket(1), FRESH, 5000), 0)
    assert core.handle(Asked(ticket(1), FRESH, 5000), 1) == []
    assert len(core.parked) == 1


def test_exports_take_turns_with_each_other() -> None:
    core = QueryCore()
    ask = ExportQuery()
    assert core.handle(Asked(ticket(1), ask, None), 0) == [BeginExport(ticket(1), ask)]
    core.handle(Asked(ticket(2), ask, None), 0)
    assert [core.handle(Turn(), 1) for _ in range(3)] == [
        [StepExport(ticket(1))],
        [StepExport(ticket(2))],
        [StepExport(ticket(1))],
    ]
    core.handle(ExportEnded(ticket(1)), 2)
    assert core.handle(Turn(), 2) == [StepExport(ticket(2))]
    assert core.handle(Asked(ticket(3), PLAIN, 900), 2) == [Respond(ticket(3), PLAIN, 900, None)]


def test_an_export_that_takes_too_long_lets_go_of_its_snapshot() -> None:
    core = QueryCore()
    core.handle(Asked(ticket(1), ExportQuery(), None), 0)
    drop, fail = core.handle(Turn(), EXPORT_MS_MAX + 1)
    assert drop == DropExport(ticket(1))
    assert isinstance(fail, Fail)
    assert not core.has_exports


def test_there_is_a_bound_to_exports_at_once() -> None:
    core = QueryCore()
    for number in range(EXPORTS_MAX):
        core.handle(Asked(ticket(number), ExportQuery(), None), 0)
    (effect,) = core.handle(Asked(ticket(99), ExportQuery(), None), 0)
    assert isinstance(effect, Fail)
    assert effect.code == "busy"


def test_a_breaker_opens_after_repeated_timeouts_and_closes_again() -> None:
    core = QueryCore(whole=frozenset({"find-cycles"}))
    for number in range(BREAKER_TIMEOUTS):
        assert isinstance(core.handle(Asked(ticket(number), WHOLE, 900), 0)[0], Respond)
        core.handle(Responded("find-cycles", True), 0)
    (refused,) = core.handle(Asked(ticket(9), WHOLE, 900), 1)
    assert isinstance(refused, Fail)
    assert refused.code == "breaker-open"
    assert core.breakers(1) == [{"query": "find-cycles", "open_ms": BREAKER_MS - 1}]
    assert core.breakers(BREAKER_MS) == []
    assert isinstance(core.handle(Asked(ticket(10), PLAIN, 900), 1)[0], Respond)
    assert isinstance(core.handle(Asked(ticket(11), WHOLE, BREAKER_MS + 900), BREAKER_MS)[0], Respond)


def test_a_status_question_never_waits() -> None:
    core = QueryCore()
    assert isinstance(core.handle(Asked(ticket(1), StatusQuery(), 900), 0)[0], Respond)


def test_whoever_waits_at_the_end_is_told_so() -> None:
    core = QueryCore()
    core.handle(Asked(ticket(1), FRESH, 5000), 0)
    core.handle(Asked(ticket(2), ExportQuery(), None), 0)
    effects = core.drain()
    assert [effect.code for effect in effects if isinstance(effect, Fail)] == ["cancelled", "cancelled"]
    assert DropExport(ticket(2)) in effects


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), max_size=60))
def test_every_question_ends_in_exactly_one_reply(steps: list[tuple[int, int]]) -> None:
    core = QueryCore()
    asked: set[Ticket] = set()
    ended: list[Ticket] = []
    now = 0
    for number, (what, value) in enumerate(steps):
        now += 300
        effects = []
        if what == 0:
            asked.add(ticket(number))
            effects = core.handle(Asked(ticket(number), FRESH, now + 1000), now)
        elif what == 1:
            effects = core.handle(Synced(value, value * 3, None), now)
        elif what == 2:
            effects = core.handle(Covered(value * 3), now)
        elif what == 3:
            effects = core.handle(Synced(value, 0, "gone"), now)
        else:
            effects = core.handle(Tick(), now)
        ended += [effect.ticket for effect in effects if isinstance(effect, Fail | Respond)]
    ended += [e.ticket for e in core.handle(Tick(), now + 100_000) if isinstance(e, Fail | Respond)]
    assert sorted(ended) == sorted(asked)


@pytest.mark.parametrize("extra", [{}, {"risk": "Low", "by_hop": [1, 2]}])
@pytest.mark.parametrize("lag_ms", [None, 0, 7, 100_000])
def test_an_answer_carries_what_was_measured_and_everything_else_unchanged(
    extra: dict[str, object], lag_ms: int | None
) -> None:
    value = {"query": "callers", "lag_ms": None, "elapsed_us": 0, "results": [1], **extra}
    body = encoded(Answer(value=dict(value))).for_asker(lag_ms, 12)
    reply = msgspec.msgpack.decode(body, type=Reply)
    assert reply == Answer(value={**value, "lag_ms": lag_ms, "elapsed_us": 12})


def test_a_context_has_nothing_measured_and_is_encoded_as_it_is() -> None:
    answer = Answer(value={"entities": [], "version": 3})
    assert msgspec.msgpack.decode(encoded(answer).for_asker(5, 12), type=Reply) == answer


def test_answers_are_known_for_their_version_and_question_alone() -> None:
    answers = Answers()
    asked = Query(name="callers", target="f")
    key, known = answers.find(b"birth", 3, asked)
    assert known is None
    answers.keep(b"birth", 3, key, encoded(Answer(value={"elapsed_us": 0, "lag_ms": 0})))
    same = Query(name="callers", target="f", sync=True, timeout_ms=5)
    assert answers.find(b"birth", 3, same)[1] is not None
    for other in (Query(name="callers", target="f", limit=3), Query(name="callees", target="f")):
        assert answers.find(b"birth", 3, other)[1] is None
    assert answers.find(b"birth", 4, asked)[1] is None
    assert answers.find(b"birth", 3, asked)[1] is None


def test_an_answer_of_a_version_that_is_no_more_is_not_kept() -> None:
    answers = Answers()
    asked = Query(name="dead-code")
    key, _ = answers.find(b"birth", 3, asked)
    answers.find(b"birth", 4, Query(name="callers", target="f"))  # while it was worked out
    answers.keep(b"birth", 3, key, encoded(Answer(value={"elapsed_us": 0, "lag_ms": 0})))
    assert answers.find(b"birth", 4, asked)[1] is None


def test_what_is_kept_of_answers_is_bounded() -> None:
    answers = Answers()
    for number in range(100):
        key, _ = answers.find(b"", 1, Query(name="search", target=str(number)))
        answers.keep(b"", 1, key, encoded(Answer(value={"text": "x" * (ANSWER_BYTES_MAX - 100)})))
        assert answers.bytes_kept <= ANSWERS_BYTES_MAX
    key, _ = answers.find(b"", 1, Query(name="search", target="large"))
    answers.keep(b"", 1, key, encoded(Answer(value={"text": "x" * ANSWER_BYTES_MAX})))
    assert answers.find(b"", 1, Query(name="search", target="large"))[1] is None


def test_a_question_is_known_by_its_bytes_unless_it_waits_for_something() -> None:
    asked = AskedBefore()
    body, waiting = msgspec.msgpack.encode(PLAIN), msgspec.msgpack.encode(FRESH)
    asked.note(body, PLAIN)
    asked.note(waiting, FRESH)
    asked.note(b"status", StatusQuery())
    assert asked.key(body) == key_of(PLAIN) == key_of(FRESH)
    assert asked.key(waiting) is None
    assert asked.key(b"status") is None
    for number in range(BODIES_MAX):
        asked.note(b"%d" % number, PLAIN)
    assert asked.key(body) is None, "bounded"
