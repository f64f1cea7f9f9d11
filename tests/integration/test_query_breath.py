"""D, E: a long question, an export that nobody waits for, a deaf subscriber: none holds up the others.

The process boundary is the thing under test: real frames, pipelined to the one query actor.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
import zmq

from isg_client import Client
from isg_client.error import IsgError
from isg_protocol.envelope import REQUEST, seal, unseal
from isg_protocol.message import Answer, ContextQuery, ExportQuery, Query, Reply, Request
from isg_services.query.core import EXPORTS_MAX
from support.actors import Actors, actors
from support.wait import until

FUNCTIONS = 3_000
WAIT_MS = 30_000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Actors]:
    """A crate whose whole graph takes far longer to read than a few questions take to arrive."""
    with pytest.MonkeyPatch.context() as patch, actors(tmp_path_factory.mktemp("large"), patch) as made:
        calls = (f"fn f{n}() {{ f{(n * 7 + 1) % FUNCTIONS}(); f{n // 2}(); }}\n" for n in range(FUNCTIONS))
        made.write("src/farm.rs", "pub fn cow() {}\n" + "".join(calls))
        made.start_all()
        made.fresh("stats")
        yield made


def asked(large: Actors, requests: list[Request]) -> list[tuple[int, Reply]]:
    """The replies to requests sent in one go, as they arrive, each with its request's place."""
    socket = zmq.Context.instance().socket(zmq.DEALER)
    socket.linger = 0
    try:
        socket.connect(large.workspace.socket("queries"))
        for number, request in enumerate(requests):
            body = msgspec.msgpack.encode(request)
            socket.send_multipart(seal(REQUEST, body, number.to_bytes(16, "big")))
        found = []
        while len(found) < len(requests):
            assert socket.poll(WAIT_MS), f"{len(found)} of {len(requests)} were answered"
            envelope, body = unseal(socket.recv_multipart())
            reply = msgspec.msgpack.decode(body, type=Reply)
            found.append((int.from_bytes(envelope.correlation, "big"), reply))
        return found
    finally:
        socket.close()


def test_quick_questions_are_answered_while_a_long_one_is_worked_out(large: Actors) -> None:
    quick: list[Request] = [Query(name="callers", target=f"f{n}") for n in range(20)]
    found = asked(large, [Query(name="dead-code"), *quick])
    assert [place for place, _ in found] == [*range(1, 21), 0]
    assert all(isinstance(reply, Answer) for _, reply in found)


def test_long_ones_wait_for_each_other_and_none_is_lost(large: Actors) -> None:
    long: list[Request] = [
        Query(name="hotspots"),
        ContextQuery(entities=["f1"]),
        Query(name="blast-radius", target="f1"),
        Query(name="search", target="f"),
    ]
    found = asked(large, [*long, Query(name="callees", target="f1"), Query(name="nothing")])
    assert sorted(place for place, _ in found) == [*range(6)]
    order = [place for place, _ in found]
    assert [place for place in order if place < 4] == [0, 1, 2, 3]
    assert order.index(4) < order.index(1)


def test_the_answers_are_those_that_each_question_has_alone(large: Actors) -> None:
    several: list[Request] = [
        Query(name="find-cycles"),
        *(Query(name="callees", target=f"f{n}") for n in range(100, 110)),
        Query(name="stats"),
    ]

    def plain(reply: Reply) -> object:
        assert isinstance(reply, Answer), reply
        return {key: value for key, value in reply.value.items() if key not in ("elapsed_us", "lag_ms")}

    together = {place: plain(reply) for place, reply in asked(large, several)}
    large.write("src/lib.rs", "pub mod farm;\n\npub fn feed() {\n    farm::cow();\n}\nfn more() {}\n")
    large.fresh("stats")
    large.write("src/lib.rs", "pub mod farm;\n\npub fn feed() {\n    farm::cow();\n}\n")
    version = large.fresh("stats")["version"]
    for place, request in enumerate(several):
        [(_, reply)] = asked(large, [request])
        alone = plain(reply)
        assert isinstance(alone, dict)
        assert alone["version"] == version
        assert {**alone, "version": 0} == {**together[place], "version": 0}  # type: ignore[dict-item]


def test_exports_that_nobody_waits_for_stand_in_nobodys_way(large: Actors) -> None:
    for _ in range(2 * EXPORTS_MAX):
        socket = zmq.Context.instance().socket(zmq.DEALER)
        socket.linger = 0
        socket.connect(large.workspace.socket("queries"))
        socket.send_multipart(seal(REQUEST, msgspec.msgpack.encode(ExportQuery()), bytes(15) + b"x"))
        assert socket.poll(WAIT_MS), "an export begins, or is refused with a reason"
        socket.close()

    def whole() -> bool:
        with Client(large.workspace.name, timeout_ms=WAIT_MS) as client:
            try:
                return b'"type":"edge"' in b"".join(client.export())
            except IsgError as error:
                if error.code != "busy":
                    raise
                return False

    until(whole, "an export that somebody waits for", seconds=60)
    assert large.ended("query-0") is None


def test_a_subscriber_that_does_not_read_holds_up_nobody(large: Actors) -> None:
    socket = zmq.Context.instance().socket(zmq.SUB)
    socket.linger = 0
    socket.setsockopt(zmq.RCVHWM, 1)
    socket.connect(large.workspace.socket("versions"))
    socket.subscribe(b"")
    try:
        version = large.fresh("stats")["version"]
        for number in range(30):
            large.write("src/lib.rs", f"pub mod farm;\npub fn feed_{number}() {{ farm::cow() }}\n")
            assert large.symbols("where-defined", f"feed_{number}") == [f"zoo::feed_{number}"]
        assert large.fresh("stats")["version"] >= version + 30
    finally:
        socket.close()
