"""F: `isg load` counts what was asked; a server that stops is seen by all who would have asked meanwhile."""

from __future__ import annotations

import base64
import json
import subprocess
import threading
from array import array
from pathlib import Path

import msgspec
import pytest
import zmq

from isg_cli.loading import mix, report
from isg_cli.loading.worker import Load, Task
from isg_protocol import envelope
from isg_protocol.message import Answer, ContextQuery, Failure, Query
from support.isg import Isg, plant
from support.wait import until

KEYS = {"requests", "errors", "rate_per_s", "latency_us"}
STALL_S = 0.5


@pytest.fixture
def zoo(tmp_path: Path) -> Isg:
    return Isg(tmp_path / "state", plant(tmp_path / "zoo"))


@pytest.mark.parametrize("rate", [(), ("--rate", "200")])
def test_a_load_on_a_daemon_has_no_errors_and_the_contracts_keys(zoo: Isg, rate: tuple[str, ...]) -> None:
    with zoo.daemon("--queries", "2"):
        told = zoo.json("load", "--clients", "6", "--seconds", "1", "--seed", "3", *rate)
        text = zoo("load", "--clients", "2", "--seconds", "0.5").out
    assert set(told) >= KEYS
    assert set(told["latency_us"]) == {"p50", "p90", "p99", "p999", "max"}
    assert (told["errors"], told["errors_by_code"]) == (0, {})
    assert told["requests"] > 50
    assert {actor["name"] for actor in told["actors"]} >= {"query-0", "query-1", "writer"}
    assert "2 clients in " in text
    assert "0 errors" in text


def test_a_query_process_that_is_killed_under_load_costs_no_client_an_error(zoo: Isg) -> None:
    with zoo.daemon("--queries", "2") as daemon:
        first = daemon.family()["query-0"]
        asker = subprocess.Popen(
            zoo.line("load", "--clients", "8", "--seconds", "4", "--format", "json"),
            cwd=zoo.cwd,
            env=zoo.environment(),
            stdout=subprocess.PIPE,
        )
        until(lambda: first.cpu_times().user > 0.6, "it is under load", 30)
        first.kill()
        out, _ = asker.communicate(timeout=60)
    told = json.loads(out)
    assert (asker.returncode, told["errors"]) == (0, 0)
    assert next(a for a in told["actors"] if a["name"] == "query-0")["pid"] != first.pid


def test_saves_beside_a_load_are_seen_and_the_file_is_put_back(zoo: Isg) -> None:
    before = (zoo.cwd / "src" / "farm.rs").read_bytes()
    with zoo.daemon():
        told = zoo.json("load", "--clients", "2", "--seconds", "1", "--edit", "src/farm.rs", "--saves", "20")
        assert zoo("load", "--clients", "1", "--seconds", "1", "--edit", "../x.rs").status == 2
        assert zoo("load", "--clients", "1", "--seconds", "1", "--edit", "src/none.rs").status == 6
    assert told["saves"]["not_seen"] == 0
    assert told["saves"]["seen"] > 3
    assert told["versions"]["last"] > told["versions"]["first"]
    assert (zoo.cwd / "src" / "farm.rs").read_bytes() == before


def test_a_sweep_loads_open_with_shares_of_the_peak_it_found(zoo: Isg) -> None:
    with zoo.daemon():
        told = zoo.json("load", "--clients", "2", "--seconds", "0.5", "--sweep")
        assert zoo("load", "--clients", "2", "--sweep", "--rate", "5").status == 2
    peak = told["rate_per_s"]
    assert [round(run["target_rate_per_s"] / peak, 2) for run in told["open"]] == [0.25, 0.5, 0.8]
    assert [run["errors"] for run in told["open"]] == [0, 0, 0]


def test_without_a_daemon_it_says_what_to_run(zoo: Isg) -> None:
    assert zoo("ingest", ".").status == 0
    ended = zoo("load", "--clients", "2", "--seconds", "1")
    assert ended.status == 3
    assert "isg daemon --watch" in ended.err


@pytest.mark.parametrize(
    "words", [("--clients", "0"), ("--seconds", "0"), ("--rate", "-1"), ("--seconds", "x")]
)
def test_a_load_of_nothing_is_a_usage_error(zoo: Isg, words: tuple[str, str]) -> None:
    assert zoo("load", *words).status == 2


class Server(threading.Thread):
    """Answers every request, but for a pause after the first `before`; every `failing`-th with a failure."""

    def __init__(self, address: str, before: int = 10**9, failing: int = 0) -> None:
        super().__init__(daemon=True)
        self.address, self.before, self.failing = address, before, failing
        self.answered = 0
        self.ended = threading.Event()
        self.ready = threading.Event()

    def run(self) -> None:
        context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        socket = context.socket(zmq.ROUTER)
        socket.setsockopt(zmq.LINGER, 0)
        socket.bind(self.address)
        self.ready.set()
        answer = msgspec.msgpack.encode(Answer(value={"version": 1}))
        failure = msgspec.msgpack.encode(Failure(code="timeout", message="", hint=""))
        while not self.ended.is_set():
            if not socket.poll(20):
                continue
            peer, header, _ = socket.recv_multipart()
            if self.answered == self.before:
                self.ended.wait(STALL_S)
            self.answered += 1
            body = failure if self.failing and self.answered % self.failing == 0 else answer
            correlation = envelope.unseal([header, b""])[0].correlation
            socket.send_multipart([peer, *envelope.seal(envelope.REPLY, body, correlation)])
        socket.close()
        context.term()


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"ipc://{tmp_path}/s"


def served(server: Server, rate: float | None, clients: int = 4, seconds: float = 1.0) -> Load:
    server.start()
    assert server.ready.wait(10)
    body = base64.b64encode(msgspec.msgpack.encode(Query(name="stats"))).decode()
    load = Load(Task([server.address], [body], clients, seconds, 0.0, rate, 1))
    load.run()
    server.ended.set()
    server.join(10)
    return load


def test_a_pause_of_the_server_counts_for_all_who_would_have_asked_in_it(address: str) -> None:
    load = served(Server(address, before=50), rate=200.0)
    late = sum(latency > STALL_S * 1e6 / 2 for latency in load.latencies)
    # 200 a second for half the pause at least: a closed load of four clients would have seen four.
    assert late > 200 * STALL_S / 4
    assert load.errors == {}


def test_a_closed_load_asks_again_once_it_is_answered(address: str) -> None:
    load = served(Server(address, before=50), rate=None)
    assert sum(latency > STALL_S * 1e6 / 2 for latency in load.latencies) <= 4
    assert load.done == len(load.latencies)


def test_failures_are_counted_by_their_codes_and_not_as_latencies(address: str) -> None:
    server = Server(address, failing=10)
    load = served(server, rate=None)
    assert load.errors["timeout"] == load.done - len(load.latencies)
    assert load.done / 12 < load.errors["timeout"] < load.done / 8


def test_percentiles_are_of_all_answers() -> None:
    told = report.percentiles(array("I", range(1, 1001)))
    assert told == {"p50": 501, "p90": 901, "p99": 991, "p999": 1000, "max": 1000}
    assert report.percentiles(array("I"))["max"] is None
    assert report.plot(array("I")) == []


def test_the_questions_are_a_function_of_the_graph_and_the_seed() -> None:
    def listed(kind: str) -> list[dict[str, object]]:
        return [{"id": f"{kind}{n}", "name": f"n{n}", "file": "a.rs"} for n in range(9)]

    one, same, other = (mix.draw(listed, seed) for seed in (1, 1, 2))
    assert one == same != other
    assert {type(request) for request in one} <= {Query, ContextQuery}
    assert mix.draw(lambda kind: [], 1) == []
