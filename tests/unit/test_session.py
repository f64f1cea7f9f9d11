"""What becomes of a question, and what a follower makes of versions (R9: versions never go back).

Pure: events in, effects out, a clock of plain numbers.
"""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isg_client import error
from isg_client.follow import Follower, Publication
from isg_client.session import (
    Answered,
    Arrived,
    Ask,
    Cancel,
    Effect,
    Ended,
    Failed,
    Part,
    Send,
    Session,
    Tick,
)
from isg_protocol import limit
from isg_protocol.envelope import EVENT, HEADER, MAGIC, REPLY, REQUEST, seal, unseal
from isg_protocol.error import EXIT_CODES
from isg_protocol.message import (
    Answer,
    Chunk,
    ContextQuery,
    ExportQuery,
    Failure,
    FileUpdate,
    Heartbeat,
    Published,
    Query,
    Reply,
    Request,
    Stopped,
    VersionEvent,
)
from isg_protocol.version import PROTOCOL_VERSION

ONE, TWO = b"1" * 16, b"2" * 16
TIMEOUT_MS = 8_000
QUESTION = Query(name="callers", target="spawn")


def ask(correlation: bytes = ONE, request: Request = QUESTION, timeout_ms: int = TIMEOUT_MS) -> Ask:
    return Ask(correlation, request, timeout_ms, deadline_ms=1_700_000_000_000)


def frames(reply: Reply, correlation: bytes = ONE, kind: int = REPLY) -> list[bytes]:
    return seal(kind, msgspec.msgpack.encode(reply), correlation)


def arrived(reply: Reply, correlation: bytes = ONE) -> Arrived:
    return Arrived(frames(reply, correlation))


def answer(version: int) -> Answer:
    return Answer(value={"version": version, "results": []})


def asked(correlation: bytes = ONE, request: Request = QUESTION, now_ms: int = 0) -> Session:
    session = Session()
    session.handle(ask(correlation, request), now_ms)
    return session


def run_out(session: Session, until_ms: int) -> list[Effect]:
    """Everything that ticks alone bring about, each when it is due."""
    effects: list[Effect] = []
    for _ in range(100):
        wakeup_ms = session.wakeup_ms()
        if wakeup_ms is None or wakeup_ms > until_ms:
            return effects
        effects += session.handle(Tick(), wakeup_ms)
    raise AssertionError("the session never comes to rest")


# --- asking and answering -------------------------------------------------------------------------------


def test_a_question_is_sent_with_its_correlation_and_deadline() -> None:
    effects = Session().handle(ask(), 0)
    assert [type(effect) for effect in effects] == [Send]
    assert isinstance(effects[0], Send)
    envelope, body = unseal(effects[0].frames)
    assert envelope == (REQUEST, ONE, 1_700_000_000_000)
    assert msgspec.msgpack.decode(body, type=Request) == QUESTION


def test_an_answer_ends_the_question() -> None:
    session = asked()
    assert session.handle(arrived(answer(7)), 5) == [Answered(ONE, {"version": 7, "results": []})]
    assert (session.open, session.wakeup_ms(), session.version) == (0, None, 7)


def test_replies_reach_the_questions_they_belong_to_in_any_order() -> None:
    session = asked(ONE)
    session.handle(ask(TWO), 0)
    assert session.handle(arrived(answer(3), TWO), 1) == [Answered(TWO, answer(3).value)]
    assert session.handle(arrived(answer(4), ONE), 1) == [Answered(ONE, answer(4).value)]


def test_a_second_copy_of_an_answer_is_dropped() -> None:
    session = asked()
    session.handle(arrived(answer(7)), 5)
    assert session.handle(arrived(answer(7)), 6) == []
    assert session.dropped == 1


def test_a_late_answer_is_dropped() -> None:
    session = asked()
    run_out(session, TIMEOUT_MS * 2)
    assert session.handle(arrived(answer(7)), TIMEOUT_MS * 2) == []
    assert session.dropped == 1


def test_an_answer_to_a_question_never_asked_is_dropped() -> None:
    session = asked()
    assert session.handle(arrived(answer(7), TWO), 5) == []
    assert session.open == 1


def test_a_request_or_event_under_an_open_correlation_is_no_answer() -> None:
    session = asked()
    for kind in (REQUEST, EVENT):
        assert session.handle(Arrived(frames(answer(7), kind=kind)), 5) == []
    assert session.open == 1


def test_a_cancelled_question_brings_nothing_any_more() -> None:
    session = asked()
    assert session.handle(Cancel(ONE), 1) == []
    assert session.wakeup_ms() is None
    assert session.handle(arrived(answer(7)), 5) == []


@pytest.mark.parametrize("code", sorted(EXIT_CODES))
def test_every_failure_code_becomes_an_exception_with_its_exit_status(code: str) -> None:
    session = asked()
    failure = Failure(code=code, message="what", hint="do this", candidates=[{"symbol": "a::b"}])
    [effect] = session.handle(arrived(failure), 5)
    assert isinstance(effect, Failed)
    raised = effect.error
    assert (raised.code, str(raised), raised.hint) == (code, "what", "do this")
    assert raised.candidates == [{"symbol": "a::b"}]
    assert raised.exit_code == EXIT_CODES[code]
    assert code == "internal" or type(raised) is not error.IsgError


def test_a_code_of_a_later_release_is_kept() -> None:
    [effect] = asked().handle(arrived(Failure(code="gone-fishing", message="m", hint="h")), 5)
    assert isinstance(effect, Failed)
    assert (effect.error.code, effect.error.exit_code) == ("gone-fishing", 70)


# --- time -----------------------------------------------------------------------------------------------


def test_silence_is_asked_again_a_bounded_number_of_times_and_then_given_up() -> None:
    session = Session()
    [first] = session.handle(ask(timeout_ms=600_000), 0)
    effects = run_out(session, 700_000)
    again = [effect for effect in effects if isinstance(effect, Send)]
    assert again == [first] * limit.RETRIES_MAX
    assert isinstance(effects[-1], Failed)
    assert isinstance(effects[-1].error, error.TimedOut)
    assert effects[-1].error.code == "timeout"
    assert effects[-1].error.hint
    assert len(effects) == limit.RETRIES_MAX + 1


def test_nothing_is_sent_after_the_deadline_and_the_end_comes_within_the_grace() -> None:
    for timeout_ms in (1, 3, 40, 1_000, 60_000):
        session = Session()
        session.handle(ask(timeout_ms=timeout_ms), 0)
        ends = timeout_ms + limit.REPLY_GRACE_MS
        while session.open:
            wakeup_ms = session.wakeup_ms()
            assert wakeup_ms is not None
            assert wakeup_ms <= ends
            effects = session.handle(Tick(), wakeup_ms)
            assert all(wakeup_ms < timeout_ms for effect in effects if isinstance(effect, Send))


def test_a_tick_too_early_does_nothing() -> None:
    session = asked()
    wakeup_ms = session.wakeup_ms()
    assert wakeup_ms is not None
    assert session.handle(Tick(), wakeup_ms - 1) == []


def test_an_answer_after_a_retry_counts_once() -> None:
    session = asked()
    assert run_out(session, 1_500)
    assert len(session.handle(arrived(answer(1)), 1_600)) == 1
    assert session.handle(arrived(answer(1)), 1_700) == []


def test_a_short_question_beside_a_long_one_wakes_first() -> None:
    session = asked()
    session.handle(ask(TWO, timeout_ms=40), 0)
    wakeup_ms = session.wakeup_ms()
    assert wakeup_ms is not None
    assert wakeup_ms <= 10


# --- what a peer must not send --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "garbage", [[], [b""], [b"", b""], [b"x" * 32, b"y"], [b"GET / HTTP/1.1\r\n\r\n"], [b"1", b"2", b"3"]]
)
def test_garbage_is_dropped(garbage: list[bytes]) -> None:
    session = asked()
    assert session.handle(Arrived(garbage), 1) == []
    assert (session.open, session.dropped) == (1, 1)


@pytest.mark.parametrize(
    "body", [b"", b"\xc1", b"\x81\xa4type\xa3odd", b"\x93\x01\x02\x03", b"\x91" * 100_000, b"\xa1\xff"]
)
def test_an_unreadable_reply_to_an_open_question_fails_it(body: bytes) -> None:
    [effect] = asked().handle(Arrived(seal(REPLY, body, ONE)), 1)
    assert isinstance(effect, Failed)
    assert effect.error.code == "bad-frame"


def test_a_peer_of_another_release_fails_the_question_with_the_way_out() -> None:
    header = HEADER.pack(MAGIC, PROTOCOL_VERSION + 1, REPLY, ONE, 0)
    [effect] = asked().handle(Arrived([header, b"whatever"]), 1)
    assert isinstance(effect, Failed)
    assert effect.error.code == "wrong-version"
    assert "isg daemon" in effect.error.hint


def test_a_chunk_is_no_answer_and_an_answer_no_chunk() -> None:
    [effect] = asked().handle(arrived(Chunk(data=b"x", last=True, version=1, index=0)), 1)
    assert isinstance(effect, Failed)
    [effect] = asked(request=ExportQuery()).handle(arrived(answer(1)), 1)
    assert isinstance(effect, Failed)


@settings(max_examples=200)
@given(st.lists(st.one_of(st.binary(max_size=40), st.just(frames(answer(1))[0])), max_size=3))
def test_no_frames_at_all_raise(random: list[bytes]) -> None:
    asked().handle(Arrived(random), 1)


# --- bounds ---------------------------------------------------------------------------------------------


def test_an_oversized_question_is_never_sent() -> None:
    request = ContextQuery(entities=["x" * limit.REQUEST_BYTES_MAX])
    [effect] = Session().handle(ask(request=request), 0)
    assert isinstance(effect, Failed)
    assert effect.error.code == "too-large"


def test_open_questions_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limit, "QUERIES_HWM_MESSAGES", 1)
    [effect] = asked(ONE).handle(ask(TWO), 0)
    assert isinstance(effect, Failed)
    assert effect.error.code == "busy"


# --- versions of answers --------------------------------------------------------------------------------


def test_an_answer_older_than_what_was_known_when_asked_is_asked_again() -> None:
    session = asked()
    session.handle(arrived(answer(9)), 1)
    session.handle(ask(TWO), 10)
    assert session.handle(arrived(answer(8), TWO), 11) == []
    [again] = run_out(session, 2_000)
    assert isinstance(again, Send)
    assert session.handle(arrived(answer(9), TWO), 2_001) == [Answered(TWO, answer(9).value)]


def test_a_reader_that_stays_behind_is_an_error_in_the_end() -> None:
    session = asked()
    session.handle(arrived(answer(9)), 1)
    session.handle(ask(TWO), 10)
    for _ in range(limit.RETRIES_MAX):
        assert session.handle(arrived(answer(8), TWO), 11) == []
        assert session.handle(Tick(), session.wakeup_ms() or 0)
    effects = session.handle(arrived(answer(8), TWO), 11)
    [effect] = effects
    assert isinstance(effect, Failed)
    assert effect.error.code == "stale"


def test_questions_side_by_side_may_be_answered_from_either_version() -> None:
    session = asked(ONE)
    session.handle(ask(TWO), 0)
    session.handle(arrived(answer(9), ONE), 1)
    assert session.handle(arrived(answer(8), TWO), 2) == [Answered(TWO, answer(8).value)]
    assert session.version == 9


# --- exports --------------------------------------------------------------------------------------------


def chunk(index: int, *, last: bool = False, version: int = 5, data: bytes = b"x") -> Chunk:
    return Chunk(data=data, last=last, version=version, index=index)


def test_an_export_arrives_in_parts_and_ends() -> None:
    session = asked(request=ExportQuery())
    assert session.handle(arrived(chunk(0)), 1) == [Part(ONE, b"x")]
    assert session.handle(arrived(chunk(1, data=b"y")), 2) == [Part(ONE, b"y")]
    assert session.handle(arrived(chunk(2, last=True, data=b"")), 3) == [Ended(ONE, 5)]
    assert session.open == 0


def test_an_empty_export_ends_at_once() -> None:
    session = asked(request=ExportQuery())
    assert session.handle(arrived(chunk(0, last=True, data=b"")), 1) == [Ended(ONE, 5)]


@pytest.mark.parametrize("second", [chunk(2), chunk(0), chunk(1, version=6), chunk(1, version=4)])
def test_an_export_with_a_hole_a_repeat_or_two_versions_fails(second: Chunk) -> None:
    session = asked(request=ExportQuery())
    session.handle(arrived(chunk(0)), 1)
    [effect] = session.handle(arrived(second), 2)
    assert isinstance(effect, Failed)
    assert effect.error.code == "stale"
    assert session.open == 0


def test_an_export_is_asked_once_and_each_chunk_gives_it_new_time() -> None:
    session = asked(request=ExportQuery())
    assert run_out(session, TIMEOUT_MS) == []
    assert session.handle(arrived(chunk(0)), TIMEOUT_MS) == [Part(ONE, b"x")]
    assert run_out(session, TIMEOUT_MS * 2) == []
    [effect] = run_out(session, TIMEOUT_MS * 3)
    assert isinstance(effect, Failed)
    assert effect.error.code == "timeout"


# --- a law: whatever happens, each question ends once ---------------------------------------------------


@settings(max_examples=150)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["ask", "answer", "fail", "tick", "garbage"]),
            st.integers(0, 4),
            st.integers(0, 3_000),
        ),
        max_size=40,
    )
)
def test_each_question_ends_exactly_once(happenings: list[tuple[str, int, int]]) -> None:
    session, now_ms, open_before = Session(), 0, set()
    ended: list[bytes] = []
    known = -1
    for what, which, number in happenings:
        correlation = bytes([which]) * 16
        if what == "ask":
            if correlation in open_before:
                continue
            open_before.add(correlation)
            effects = session.handle(ask(correlation), now_ms)
        elif what == "answer":
            effects = session.handle(arrived(answer(number), correlation), now_ms)
        elif what == "fail":
            effects = session.handle(arrived(Failure(code="stale", message="", hint=""), correlation), now_ms)
        elif what == "garbage":
            effects = session.handle(Arrived([bytes(number)]), now_ms)
        else:
            now_ms += number
            effects = session.handle(Tick(), now_ms)
        for effect in effects:
            if isinstance(effect, Answered | Failed):
                ended.append(effect.correlation)
                assert effect.correlation in open_before
                open_before.discard(effect.correlation)
        assert session.version >= known
        known = session.version
    assert session.open == len(open_before)
    run_out(session, now_ms + 10 * TIMEOUT_MS)
    assert session.open == 0


# --- following ------------------------------------------------------------------------------------------


def event(what: VersionEvent) -> list[bytes]:
    return seal(EVENT, msgspec.msgpack.encode(what))


def published(version: int) -> list[bytes]:
    file = FileUpdate(path="src/lib.rs", nodes=3, elapsed_ms=1.5)
    return event(
        Published(
            version=version, covered=version * 10, files=[file], changes=[], change_count=0, nodes=1, edges=0
        )
    )


def heartbeat(version: int) -> list[bytes]:
    return event(
        Heartbeat(version=version, covered=version * 10, received=99, durable_version=1, pending=0, pid=1)
    )


def heard(follower: Follower, *messages: list[bytes]) -> list[tuple[int, bool]]:
    publications = [follower.heard(message) for message in messages]
    return [(each.version, each.complete) for each in publications if each is not None]


def test_the_first_heartbeat_tells_where_we_begin() -> None:
    assert heard(Follower(), heartbeat(4), heartbeat(4), published(5)) == [(5, True)]


def test_a_lost_publication_heals_with_the_next_heartbeat() -> None:
    assert heard(Follower(), heartbeat(4), heartbeat(5), published(5), published(6)) == [
        (5, False),
        (6, True),
    ]


def test_a_publication_after_a_gap_says_that_something_is_missing() -> None:
    assert heard(Follower(), heartbeat(4), published(7)) == [(7, False)]


def test_what_is_older_is_dropped() -> None:
    assert heard(Follower(), published(5), published(4), published(5), heartbeat(3)) == [(5, True)]


def test_what_an_answer_already_told_of_is_dropped() -> None:
    assert heard(Follower(seen=6), published(6), published(7)) == [(7, True)]
    assert heard(Follower(seen=6), heartbeat(4), published(5), published(6), published(7)) == [(7, True)]


def test_following_since_a_version_tells_at_once_what_is_newer() -> None:
    assert heard(Follower(since=3), heartbeat(5), published(6)) == [(5, False), (6, True)]
    assert heard(Follower(since=5), heartbeat(5)) == []


def test_the_end_is_remembered_until_somebody_speaks_again() -> None:
    follower = Follower()
    assert heard(follower, heartbeat(4), event(Stopped(version=4))) == []
    assert follower.stopped
    heard(follower, heartbeat(4))
    assert not follower.stopped


@pytest.mark.parametrize(
    "garbage",
    [[], [b"x"], [b"x", b"y"], seal(EVENT, b"\xc1"), seal(REPLY, b"\x80"), seal(EVENT, b"\x91" * 9_999)],
)
def test_a_follower_survives_garbage(garbage: list[bytes]) -> None:
    assert Follower().heard(garbage) is None


def test_a_publication_reads_as_an_object_and_as_a_mapping() -> None:
    publication = Follower().heard(published(5))
    assert isinstance(publication, Publication)
    assert publication.version == publication["version"] == dict(publication)["version"] == 5
    assert publication.files[0].path == "src/lib.rs"
    with pytest.raises(KeyError):
        publication["nothing"]
