"""R7: what a parser does with its one credit, as lists of effects."""

from __future__ import annotations

import msgspec

from isg_protocol.limit import HEARTBEAT_MS
from isg_protocol.message import Fact, Gone, Parsed, ParseJob, Quarantined, Ready, RelayJob, StopJob
from isg_services.parser_pool.core import (
    RSS_BYTES_MAX,
    Announce,
    Broke,
    Came,
    Exit,
    Extract,
    Extracted,
    ParserCore,
    Push,
    Pushed,
    StopAsked,
    Tick,
)

_fact_of = msgspec.msgpack.Decoder(Fact)
JOB = ParseJob(path="a.rs", revision=5, floor=3, digest=b"d", text=b"fn a() {}", size=9, mtime_ns=2)


def test_an_idle_parser_asks_again_and_again() -> None:
    core = ParserCore(pid=9)
    ask = [Announce(Ready(pid=9, done=None))]
    assert core.handle(Tick(), 0) == ask
    assert core.handle(Tick(), HEARTBEAT_MS - 1) == []
    assert core.handle(Tick(), HEARTBEAT_MS) == ask


def test_a_job_is_done_only_when_its_fact_was_handed_on() -> None:
    core = ParserCore(pid=9)
    assert core.handle(Came(JOB), 0) == [Extract("a.rs", b"fn a() {}")]
    (push,) = core.handle(Extracted(b"facts", b"zipped", 70), 1)
    assert isinstance(push, Push)
    assert _fact_of.decode(push.body) == Parsed(
        path="a.rs", revision=5, floor=3, digest=b"d", size=9, mtime_ns=2, facts=b"facts", text=b"zipped",
        parse_us=70,
    )  # fmt: skip
    assert core.handle(Tick(), HEARTBEAT_MS) == []
    assert core.handle(Pushed(1), HEARTBEAT_MS) == [Announce(Ready(pid=9, done=("a.rs", 5)))]


def test_a_relayed_fact_goes_on_as_it_came() -> None:
    core = ParserCore(pid=9)
    fact = msgspec.msgpack.encode(Gone(path="a.rs", revision=8, floor=8))
    assert core.handle(Came(RelayJob(fact=msgspec.Raw(fact))), 0) == [Push(fact)]
    assert core.handle(Pushed(1), 0) == [Announce(Ready(pid=9, done=("", 8)))]


def test_a_fault_of_extraction_becomes_a_quarantined_file() -> None:
    core = ParserCore(pid=9)
    core.handle(Came(JOB), 0)
    (push,) = core.handle(Broke("KeyError in extraction: 'x'"), 0)
    assert isinstance(push, Push)
    fact = _fact_of.decode(push.body)
    assert isinstance(fact, Quarantined)
    assert (fact.path, fact.revision, "KeyError" in fact.reason) == ("a.rs", 5, True)


def test_a_parser_that_has_grown_too_large_ends_after_its_job() -> None:
    core = ParserCore(pid=9)
    core.handle(Came(JOB), 0)
    core.handle(Extracted(b"", b"", 1), 0)
    (effect,) = core.handle(Pushed(RSS_BYTES_MAX + 1), 0)
    assert isinstance(effect, Exit)
    assert core.handle(Tick(), 10_000) == []


def test_a_stop_takes_effect_between_two_jobs() -> None:
    core = ParserCore(pid=9)
    core.handle(Came(JOB), 0)
    assert core.handle(StopAsked(), 0) == []
    core.handle(Extracted(b"", b"", 1), 0)
    core.handle(Pushed(1), 0)
    assert core.handle(StopAsked(), 0) == [Exit("asked to")]


def test_the_end_of_the_source_ends_the_parser() -> None:
    core = ParserCore(pid=9)
    assert core.handle(Came(StopJob()), 0) == [Exit("the source is exhausted")]


def test_more_than_its_credit_is_not_taken() -> None:
    core = ParserCore(pid=9)
    core.handle(Came(JOB), 0)
    assert core.handle(Came(JOB), 0) == []
