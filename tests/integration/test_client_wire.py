"""The blocking and the asyncio client against a real peer that misbehaves (R9: many clients at once; every
failure says what to do).

A ROUTER in a thread answers by a script: silent, late, twice, under a wrong correlation, garbage, an older
version, a failure. Every wait is bounded; nothing is asserted about how long anything takes.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest
import zmq

from isg_client import (
    Ambiguous,
    AsyncClient,
    Client,
    IsgError,
    NoDaemon,
    NotFound,
    Protocol,
    TimedOut,
    Usage,
    place,
)
from isg_protocol import limit
from isg_protocol.envelope import EVENT, HEADER, MAGIC, REPLY, seal, unseal
from isg_protocol.message import (
    Answer,
    Chunk,
    ExportQuery,
    Failure,
    Heartbeat,
    Published,
    Query,
    Reply,
    Request,
    Stopped,
    VersionEvent,
)

SHORT_MS = 400
LONG_MS = 30_000

Frames = list[bytes]
Script = Callable[["Peer", bytes, Request], list[Frames]]


def reply(correlation: bytes, message: Reply) -> Frames:
    return seal(REPLY, msgspec.msgpack.encode(message), correlation)


def echo(peer: Peer, correlation: bytes, request: Request) -> list[Frames]:
    """An honest answer: the question itself."""
    value = {"version": peer.version, "asked": msgspec.to_builtins(request)}
    return [reply(correlation, Answer(value=value))]


class Peer:
    """A query actor of sorts: a ROUTER that follows a script, and a PUB that says what it is told."""

    def __init__(self, workspace: place.Workspace, index: int = 0) -> None:
        self.script: Script = echo
        self.version = 5
        self.requests: list[Request] = []
        self.correlations: list[bytes] = []
        self._stop = threading.Event()
        self._context = zmq.Context()
        self._router = self._context.socket(zmq.ROUTER)
        self._router.bind(workspace.socket("queries", index))
        self._publisher = self._context.socket(zmq.XPUB) if index == 0 else None
        if self._publisher is not None:
            self._publisher.setsockopt(zmq.XPUB_VERBOSE, 1)
            self._publisher.bind(workspace.socket("versions"))
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        self._thread.join(10)
        self._router.close(0)
        if self._publisher is not None:
            self._publisher.close(0)
        self._context.term()

    def await_subscriber(self) -> None:
        """Until somebody has subscribed."""
        assert self._publisher is not None
        assert self._publisher.poll(10_000), "nobody subscribes"
        self._publisher.recv()

    def say(self, *events: VersionEvent) -> None:
        assert self._publisher is not None
        for event in events:
            self._publisher.send_multipart(seal(EVENT, msgspec.msgpack.encode(event)))

    def _serve(self) -> None:
        while not self._stop.is_set():
            if not self._router.poll(20):
                continue
            identity, *frames = self._router.recv_multipart()
            envelope, body = unseal(frames)
            request = msgspec.msgpack.decode(body, type=Request)
            self.requests.append(request)
            self.correlations.append(envelope.correlation)
            for answer in self.script(self, envelope.correlation, request):
                self._router.send_multipart([identity, *answer])


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[place.Workspace]:
    monkeypatch.setenv("ISG_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("ISG_WORKSPACE", "peer")
    chosen = place.choose()
    chosen.make()
    lock = place.take(chosen.daemon_lock, "daemon")
    assert lock is not None
    yield chosen
    lock.release()
    place.forget(chosen)


@pytest.fixture
def peer(workspace: place.Workspace) -> Iterator[Peer]:
    made = Peer(workspace)
    yield made
    made.close()


def ask_blocking(timeout_ms: int, *questions: tuple[str, str]) -> list[dict[str, Any]]:
    with Client(timeout_ms=timeout_ms) as client:
        return [client.query(name, target) for name, target in questions]


def ask_asyncio(timeout_ms: int, *questions: tuple[str, str]) -> list[dict[str, Any]]:
    async def go() -> list[dict[str, Any]]:
        async with AsyncClient(timeout_ms=timeout_ms) as client:
            return [await client.query(name, target) for name, target in questions]

    return asyncio.run(go())


@pytest.fixture(params=[ask_blocking, ask_asyncio], ids=["blocking", "asyncio"])
def ask(request: pytest.FixtureRequest) -> Callable[..., list[dict[str, Any]]]:
    return request.param  # type: ignore[no-any-return]


Asker = Callable[..., list[dict[str, Any]]]


# --- both clients, one peer -----------------------------------------------------------------------------


def test_a_question_arrives_as_it_was_put_and_its_answer_comes_back(peer: Peer, ask: Asker) -> None:
    [answer] = ask(LONG_MS, ("callers", "spawn"))
    assert answer["version"] == 5
    assert peer.requests == [Query(name="callers", target="spawn")]


def test_a_silent_peer_is_asked_again_with_one_correlation_and_then_given_up(peer: Peer, ask: Asker) -> None:
    peer.script = lambda peer, correlation, request: []
    with pytest.raises(TimedOut) as raised:
        ask(SHORT_MS, ("callers", "spawn"))
    assert raised.value.code == "timeout"
    assert raised.value.hint
    assert len(peer.correlations) > 1
    assert len(set(peer.correlations)) == 1


def test_a_question_that_was_lost_once_is_answered_on_the_second_asking(peer: Peer, ask: Asker) -> None:
    peer.script = lambda peer, correlation, request: (
        echo(peer, correlation, request) if len(peer.requests) > 1 else []
    )
    [answer] = ask(LONG_MS, ("callers", "spawn"))
    assert answer["version"] == 5
    assert peer.correlations[0] == peer.correlations[1]


def test_answers_that_come_twice_or_late_never_answer_the_next_question(peer: Peer, ask: Asker) -> None:
    before: list[Frames] = []

    def script(peer: Peer, correlation: bytes, request: Request) -> list[Frames]:
        own = echo(peer, correlation, request)
        sent = [*before, *own, *own]  # yesterday's answer first, today's twice
        before.extend(own)
        return sent

    peer.script = script
    answers = ask(LONG_MS, *[("callers", f"f{number}") for number in range(10)])
    assert [answer["asked"]["target"] for answer in answers] == [f"f{number}" for number in range(10)]


def test_answers_under_a_wrong_correlation_and_garbage_are_ignored(peer: Peer, ask: Asker) -> None:
    def script(peer: Peer, correlation: bytes, request: Request) -> list[Frames]:
        wrong = echo(peer, os.urandom(16), request)
        junk = [[b""], [b"x" * 32, b"y"], [b"GET / HTTP/1.1"], [b"1", b"2", b"3"]]
        return [*wrong, *junk, *echo(peer, correlation, request)]

    peer.script = script
    [answer] = ask(LONG_MS, ("callers", "spawn"))
    assert answer["asked"]["target"] == "spawn"


def test_an_unreadable_answer_is_an_error_at_once(peer: Peer, ask: Asker) -> None:
    peer.script = lambda peer, correlation, request: [seal(REPLY, b"\xc1\xc1", correlation)]
    with pytest.raises(Protocol) as raised:
        ask(LONG_MS, ("callers", "spawn"))
    assert raised.value.code == "bad-frame"


def test_a_peer_of_another_release_is_named_with_the_way_out(peer: Peer, ask: Asker) -> None:
    peer.script = lambda peer, correlation, request: [[HEADER.pack(MAGIC, 99, REPLY, correlation, 0), b""]]
    with pytest.raises(Protocol) as raised:
        ask(LONG_MS, ("callers", "spawn"))
    assert raised.value.code == "wrong-version"
    assert raised.value.hint


def test_a_failure_becomes_its_exception_with_hint_and_candidates(peer: Peer, ask: Asker) -> None:
    candidates = [{"symbol": "a::new"}, {"symbol": "b::new"}]
    failure = Failure(code="ambiguous", message="two", hint="isg query callers a::new", candidates=candidates)
    peer.script = lambda peer, correlation, request: [reply(correlation, failure)]
    with pytest.raises(Ambiguous) as raised:
        ask(LONG_MS, ("callers", "new"))
    assert raised.value.candidates == candidates
    assert raised.value.hint == "isg query callers a::new"
    assert raised.value.exit_code == 5


def test_an_answer_from_an_older_version_is_never_given_out(peer: Peer, ask: Asker) -> None:
    versions = iter([7, 6, 7])

    def script(peer: Peer, correlation: bytes, request: Request) -> list[Frames]:
        peer.version = next(versions)
        return echo(peer, correlation, request)

    peer.script = script
    answers = ask(LONG_MS, ("callers", "a"), ("callers", "b"))
    assert [answer["version"] for answer in answers] == [7, 7]
    assert len(peer.requests) == 3


def test_a_peer_that_only_ever_falls_behind_ends_in_an_error(peer: Peer, ask: Asker) -> None:
    def script(peer: Peer, correlation: bytes, request: Request) -> list[Frames]:
        peer.version -= 1
        return echo(peer, correlation, request)

    peer.script = script
    with pytest.raises(TimedOut) as raised:
        ask(SHORT_MS, ("callers", "a"), ("callers", "b"))
    assert raised.value.code == "stale"


def test_no_daemon_is_an_error_that_says_what_to_run(workspace: place.Workspace, ask: Asker) -> None:
    os.environ["ISG_WORKSPACE"] = "nobody"
    with pytest.raises(NoDaemon) as raised:
        ask(LONG_MS, ("callers", "a"))
    assert raised.value.exit_code == 3
    assert raised.value.hint.startswith("isg daemon --watch")


def test_a_daemon_that_left_while_we_wait_is_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ask: Asker
) -> None:
    monkeypatch.setenv("ISG_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("ISG_WORKSPACE", "leaving")
    workspace = place.choose()
    workspace.make()
    lock = place.take(workspace.daemon_lock, "daemon")
    assert lock is not None
    peer = Peer(workspace)

    def script(peer: Peer, correlation: bytes, request: Request) -> list[Frames]:
        lock.release()
        return []

    peer.script = script
    try:
        with pytest.raises(NoDaemon):
            ask(SHORT_MS, ("callers", "a"))
    finally:
        peer.close()
        place.forget(workspace)


def test_a_question_put_before_anyone_has_bound_is_answered_when_they_do(
    workspace: place.Workspace, ask: Asker
) -> None:
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(ask, LONG_MS, ("callers", "spawn"))
        late = Peer(workspace)
        try:
            assert waiting.result(30)[0]["asked"]["target"] == "spawn"
        finally:
            late.close()


# --- the blocking client --------------------------------------------------------------------------------


def test_threads_that_share_a_client_get_their_own_answers(peer: Peer) -> None:
    with Client(timeout_ms=LONG_MS) as client, ThreadPoolExecutor(8) as pool:
        targets = [f"f{number}" for number in range(200)]
        answers = list(pool.map(client.callers, targets))
    assert [answer["asked"]["target"] for answer in answers] == targets


def test_typed_questions_are_the_queries_of_the_contract(peer: Peer) -> None:
    with Client(timeout_ms=LONG_MS) as client:
        client.what_implements("T")
        client.implements("T")
        client.callers("f", limit=3)
        client.callees("f", sync=True)
        client.uses("e")
        client.used_by("e")
        client.blast_radius("e", depth=2, kinds=["function"], no_tests=True, candidates=True)
        client.find_cycles(level="module")
        client.path("a", "b")
        client.where_defined("n")
        client.search("text")
        client.list_nodes(kind="trait", file="src/lib.rs")
        client.outline("src/lib.rs")
        client.hotspots()
        client.dead_code()
        client.stats(all=True)
        client.context("a", "b", tokens=100)
        client.status()
    names = [request.name for request in peer.requests if isinstance(request, Query)]
    assert " ".join(names) == (
        "what-implements implements callers callees uses used-by blast-radius find-cycles path where-defined "
        "search list outline hotspots dead-code stats"
    )
    assert peer.requests[6] == Query(
        name="blast-radius", target="e", depth=2, kinds=["function"], no_tests=True, candidates=True
    )
    assert peer.requests[8] == Query(name="path", target="a", to="b")


def test_an_unknown_flag_or_format_is_a_usage_error(peer: Peer) -> None:
    with Client(timeout_ms=LONG_MS) as client:
        with pytest.raises(Usage) as raised:
            client.query("callers", "f", limits=3)
        assert "limit" in raised.value.hint
        with pytest.raises(Usage):
            client.export("yaml")
        with pytest.raises(Usage):
            client.ask(ExportQuery())
    assert peer.requests == []


def test_a_client_from_before_a_fork_refuses_in_the_child(
    peer: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Client(timeout_ms=LONG_MS) as client:
        client.stats()
        monkeypatch.setattr(os, "getpid", lambda: -1)
        with pytest.raises(Usage):
            client.stats()
        monkeypatch.undo()


def test_several_query_actors_share_the_questions(workspace: place.Workspace, peer: Peer) -> None:
    other = Peer(workspace, index=1)
    try:
        with Client(timeout_ms=LONG_MS) as client:
            client.stats()  # both are connected soon after the first is
            for _ in range(1_000):
                client.stats()
                if other.requests and peer.requests:
                    break
        assert other.requests
        assert peer.requests
    finally:
        other.close()


def test_no_question_waits_for_an_actor_that_is_dead(
    workspace: place.Workspace, peer: Peer, monkeypatch: pytest.MonkeyPatch, ask: Asker
) -> None:
    monkeypatch.setattr(limit, "RETRIES_MAX", 0)
    with socket.socket(socket.AF_UNIX) as dead:  # what a killed actor leaves: a file nobody listens on
        dead.bind(str(workspace.socket_path("queries", 1)))
    assert len(workspace.query_sockets()) == 2
    answers = ask(5_000, *[("callers", f"f{number}") for number in range(20)])
    assert len(answers) == len(peer.requests) == 20


# --- exports --------------------------------------------------------------------------------------------


def chunks(*parts: bytes, skip: int = -1, version: int = 5) -> Script:
    def script(peer: Peer, correlation: bytes, request: Request) -> list[Frames]:
        return [
            reply(correlation, Chunk(data=part, last=index == len(parts) - 1, version=version, index=index))
            for index, part in enumerate(parts)
            if index != skip
        ]

    return script


def test_an_export_is_its_chunks_in_order_and_a_file_appears_whole(peer: Peer, tmp_path: Path) -> None:
    peer.script = chunks(b"one\n", b"two\n", b"")
    with Client(timeout_ms=LONG_MS) as client:
        assert list(client.export()) == [b"one\n", b"two\n"]
        client.export_to(tmp_path / "graph.jsonl")
        assert (tmp_path / "graph.jsonl").read_bytes() == b"one\ntwo\n"
    assert peer.requests == [ExportQuery(), ExportQuery()]


def test_an_export_with_a_lost_chunk_leaves_no_file(peer: Peer, tmp_path: Path) -> None:
    peer.script = chunks(b"one\n", b"two\n", b"three\n", skip=1)
    with Client(timeout_ms=LONG_MS) as client:
        with pytest.raises(TimedOut) as raised:
            client.export_to(tmp_path / "graph.jsonl")
        assert raised.value.code == "stale"
    assert not [path for path in tmp_path.iterdir() if "graph" in path.name]


def test_questions_go_on_while_an_export_is_read(peer: Peer) -> None:
    def script(peer: Peer, correlation: bytes, request: Request) -> list[Frames]:
        make = chunks(b"a", b"b", b"c") if isinstance(request, ExportQuery) else echo
        return make(peer, correlation, request)

    peer.script = script
    with Client(timeout_ms=LONG_MS) as client:
        export = client.export()
        assert next(export) == b"a"
        assert client.stats()["version"] == 5
        assert list(export) == [b"b", b"c"]


def test_asyncio_exports_too_and_an_abandoned_one_does_no_harm(peer: Peer) -> None:
    peer.script = chunks(b"a", b"b", b"c")

    async def go() -> list[bytes]:
        async with AsyncClient(timeout_ms=LONG_MS) as client:
            async for _ in client.export():
                break
            return [part async for part in client.export()]

    assert asyncio.run(go()) == [b"a", b"b", b"c"]


# --- asyncio: many at once ------------------------------------------------------------------------------


def test_many_askers_on_one_socket_each_get_their_own_answer(peer: Peer) -> None:
    held: list[Frames] = []

    def script(peer: Peer, correlation: bytes, request: Request) -> list[Frames]:
        held.extend(echo(peer, correlation, request))  # proves that they are open side by side
        if len(peer.requests) < 50:
            return []
        return held[::-1]

    peer.script = script

    async def go() -> list[dict[str, Any]]:
        async with AsyncClient(timeout_ms=LONG_MS) as client:
            return await asyncio.gather(*(client.callers(f"f{number}") for number in range(50)))

    answers = asyncio.run(go())
    assert [answer["asked"]["target"] for answer in answers] == [f"f{number}" for number in range(50)]


def test_a_cancelled_task_withdraws_its_question_and_spares_the_others(peer: Peer) -> None:
    asked = threading.Event()

    def script(peer: Peer, correlation: bytes, request: Request) -> list[Frames]:
        assert isinstance(request, Query)
        if request.target == "slow":
            asked.set()
            return []
        return echo(peer, correlation, request)

    peer.script = script

    async def go() -> dict[str, Any]:
        async with AsyncClient(timeout_ms=LONG_MS) as client:
            slow = asyncio.ensure_future(client.callers("slow"))
            assert await asyncio.to_thread(asked.wait, 10)
            slow.cancel()
            with pytest.raises(asyncio.CancelledError):
                await slow
            return await client.callers("quick")

    assert asyncio.run(go())["asked"]["target"] == "quick"


def test_a_short_question_beside_a_long_one_is_given_up_first(
    peer: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    peer.script = lambda peer, correlation, request: []
    monkeypatch.setattr(limit, "RETRY_FIRST_MS", LONG_MS)

    async def go() -> set[str]:
        async with AsyncClient(timeout_ms=LONG_MS) as client:
            long = asyncio.ensure_future(client.callers("long"))
            await asyncio.sleep(0)
            with pytest.raises(TimedOut):
                await asyncio.wait_for(client.callers("short", timeout_ms=50), 5)
            assert not long.done()
            await client.close()
            with pytest.raises(IsgError) as raised:
                await long
            return {raised.value.code}

    assert asyncio.run(go()) == {"cancelled"}


def test_asyncio_failures_are_the_same_exceptions(peer: Peer) -> None:
    failure = Failure(code="not-found", message="no", hint="isg query search x")
    peer.script = lambda peer, correlation, request: [reply(correlation, failure)]

    async def go() -> list[Any]:
        async with AsyncClient(timeout_ms=LONG_MS) as client:
            questions: list[Awaitable[Any]] = [client.stats(), client.status(), client.context("x")]
            return await asyncio.gather(*questions, return_exceptions=True)

    assert [type(each) for each in asyncio.run(go())] == [NotFound] * 3


# --- versions -------------------------------------------------------------------------------------------


def heartbeat(version: int) -> Heartbeat:
    return Heartbeat(version=version, covered=1, received=1, durable_version=1, pending=0, pid=1)


def published(version: int) -> Published:
    return Published(version=version, covered=1, files=[], changes=[], change_count=0, nodes=1, edges=0)


def test_versions_are_subscribed_when_the_call_returns_and_heal_from_heartbeats(peer: Peer) -> None:
    with ThreadPoolExecutor(1) as pool, Client(timeout_ms=LONG_MS) as client:
        following = pool.submit(client.versions, timeout_ms=LONG_MS)
        peer.await_subscriber()
        peer.say(heartbeat(4))
        with following.result(30) as publications:
            peer.say(published(5), published(4), heartbeat(6), published(6), published(7), Stopped(version=7))
            seen = [next(publications) for _ in range(3)]
    assert [(each.version, each.complete) for each in seen] == [(5, True), (6, False), (7, True)]


def test_following_ends_when_the_daemon_has_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISG_STATE_DIR", str(tmp_path / "state"))
    workspace = place.choose("stopping")
    workspace.make()
    lock = place.take(workspace.daemon_lock, "daemon")
    assert lock is not None
    peer = Peer(workspace)
    try:
        with ThreadPoolExecutor(1) as pool, Client(workspace, timeout_ms=LONG_MS) as client:
            following = pool.submit(client.versions, since=4)
            peer.await_subscriber()
            peer.say(published(5))
            with following.result(30) as publications:
                assert next(publications).version == 5
                peer.say(published(6), Stopped(version=6))
                lock.release()
                assert [each.version for each in publications] == [6]
    finally:
        peer.close()
        place.forget(workspace)


def test_waiting_for_a_version_ends_with_the_first_word_of_it(peer: Peer) -> None:
    with ThreadPoolExecutor(1) as pool, Client(timeout_ms=LONG_MS) as client:
        waiting = pool.submit(client.wait_for_version, 6)
        peer.await_subscriber()
        peer.say(heartbeat(5), heartbeat(8))
        assert waiting.result(30) == 8


def test_waiting_for_a_version_that_never_comes_is_bounded(peer: Peer) -> None:
    with Client(timeout_ms=SHORT_MS) as client, pytest.raises(TimedOut):
        client.wait_for_version(6)


def test_asyncio_follows_and_waits_the_same(peer: Peer) -> None:
    async def go() -> list[int]:
        async with AsyncClient(timeout_ms=LONG_MS) as client:

            async def follow() -> list[int]:
                seen = []
                async for publication in client.versions(since=4, timeout_ms=LONG_MS):
                    seen.append(publication.version)
                    if len(seen) == 2:
                        break
                return seen

            following = asyncio.create_task(follow())
            await asyncio.sleep(0)
            await asyncio.to_thread(peer.await_subscriber)
            peer.say(published(5), published(6))
            seen = await following
            waiting = asyncio.create_task(client.wait_for_version(9))
            await asyncio.sleep(0)
            await asyncio.to_thread(peer.await_subscriber)  # the first one's leaving, or the second's coming
            while not waiting.done():
                peer.say(heartbeat(9))
                await asyncio.wait([waiting], timeout=0.05)
            return [*seen, await waiting]

    assert asyncio.run(asyncio.wait_for(go(), 30)) == [5, 6, 9]


# --- what a one-shot command pays -----------------------------------------------------------------------


def test_the_blocking_client_imports_neither_asyncio_nor_the_graph() -> None:
    code = (
        "import sys, json; import isg_client.place; early = set(sys.modules)\n"
        "from isg_client import Client; Client\n"
        "print(json.dumps([sorted(early), sorted(sys.modules)]))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60).stdout
    early, late = (set(names) for names in json.loads(out))
    assert not early & {"zmq", "msgspec", "isg_client.client", "tempfile", "shutil"}
    assert "zmq" in late
    assert not late & {"asyncio", "zmq.asyncio", "isg_graph", "lmdb", "isg_client.aio"}
