"""R2, R7, R9: the writer as a process: real facts in, versions out, killed and stopped at any moment.

The test is the parser pool (it extracts and pushes) and a listener; the writer is `python -m isg_services`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec
import pytest
import zmq

from isg_client import place
from isg_client.place import Workspace
from isg_protocol.envelope import EVENT, seal, unseal
from isg_protocol.graph import Node
from isg_protocol.message import Fact, Gone, Heartbeat, Parsed, Published, ScanDone, Stopped, VersionEvent
from isg_services import endpoint
from isg_services.parser_pool.shell import facts_of
from isg_services.query.mapping import Mapping

SECONDS_MAX = 30
EPOCH = 1 << 32
_encode = msgspec.msgpack.encode
_version_event = msgspec.msgpack.Decoder(VersionEvent)

CARGO = b'[package]\nname = "zoo"\nversion = "0.1.0"\nedition = "2021"\n'
LIB = b"pub mod farm;\npub fn feed() { farm::cow() }\n"
FARM = b"pub fn cow() {}\n"


def parsed(path: str, text: bytes, revision: int) -> Parsed:
    return Parsed(
        path=path, revision=EPOCH + revision, floor=EPOCH + 1, digest=blake2b(text, digest_size=16).digest(),
        size=len(text), mtime_ns=revision, facts=facts_of(path, text), text=zlib.compress(text),
    )  # fmt: skip


def scan(revision: int, *paths: str) -> ScanDone:
    return ScanDone(
        revision=EPOCH + revision, floor=EPOCH + 1, root="/zoo", paths=list(paths), skipped=[], source="/zoo"
    )


FIRST: list[Fact] = [
    parsed("Cargo.toml", CARGO, 1),
    parsed("src/lib.rs", LIB, 2),
    parsed("src/farm.rs", FARM, 3),
    scan(4, "Cargo.toml", "src/lib.rs", "src/farm.rs"),
]


class Pool:
    """The other ends of the writer's channels."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        workspace.make()
        self.context = endpoint.make_context()
        self.facts = endpoint.connect(self.context, "facts", workspace)
        self.versions = endpoint.connect(self.context, "versions", workspace)
        self.facts.setsockopt(zmq.SNDTIMEO, SECONDS_MAX * 1000)
        self.process: subprocess.Popen[str] | None = None

    def start(self, *options: str) -> None:
        words = [sys.executable, "-m", "isg_services", "writer", "--workspace", self.workspace.name, *options]
        self.process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)

    def push(self, *facts: Fact) -> None:
        for fact in facts:
            self.facts.send_multipart(seal(EVENT, _encode(fact)))

    def hear(self, kind: type[Any], *, pid: bool = True, **wanted: Any) -> Any:
        """The next event of a kind with these attributes; of the running process, where it tells."""
        deadline = time.monotonic() + SECONDS_MAX
        heard = []
        while time.monotonic() < deadline:
            if not self.versions.poll(100):
                continue
            event = _version_event.decode(unseal(self.versions.recv_multipart())[1])
            heard.append(event)
            assert self.process is not None
            if isinstance(event, Heartbeat) and pid and event.pid != self.process.pid:
                continue
            if isinstance(event, kind) and all(getattr(event, key) == v for key, v in wanted.items()):
                return event
        raise AssertionError(f"no {kind.__name__} {wanted} within {SECONDS_MAX} s; heard {heard[-5:]}")

    def end(self, how: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        assert self.process is not None
        self.process.send_signal(how)
        _, log = self.process.communicate(timeout=SECONDS_MAX)
        return self.process.returncode, log

    def close(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.communicate(timeout=SECONDS_MAX)
        self.facts.close(0)
        self.versions.close(0)
        self.context.term()


@pytest.fixture
def pool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pool]:
    monkeypatch.setenv("ISG_STATE_DIR", str(tmp_path / "state"))
    made = Pool(place.choose("zoo"))
    try:
        yield made
    finally:
        made.close()


@contextmanager
def reading(workspace: Workspace, live: bool = True) -> Iterator[Any]:
    path = workspace.live if live else workspace.durable
    with Mapping(path, live=live) as mapping, mapping.snapshot() as view:
        yield view


def callees(view: Any, symbol: str) -> list[str]:
    (number,) = view.by_symbol(symbol)
    nodes: list[Node] = [view.node(link.other) for link in view.outgoing(number) if link.kind == 1]
    return sorted(node.symbol for node in nodes)


def test_a_scan_becomes_one_version_and_each_save_the_next(pool: Pool) -> None:
    pool.start()
    pool.hear(Heartbeat, version=0)
    pool.push(*FIRST)
    first = pool.hear(Published)
    assert (first.version, first.covered) == (1, EPOCH + 4)
    assert {file.path: file.nodes for file in first.files}["src/lib.rs"] >= 2
    with reading(pool.workspace) as view:
        assert (view.version, view.root, view.totals().files) == (1, "/zoo", 3)
        assert callees(view, "zoo::feed") == ["zoo::farm::cow"]
        assert view.text("src/farm.rs") == FARM
    pool.push(parsed("src/farm.rs", b"pub fn hen() {}\n", 5))
    second = pool.hear(Published)
    assert (second.version, second.covered) == (2, EPOCH + 5)
    told = {(change, symbol) for change, _, symbol, _ in second.changes}
    assert {("removed", "zoo::farm::cow"), ("added", "zoo::farm::hen")} <= told
    with reading(pool.workspace) as view:
        assert callees(view, "zoo::feed") == []
    pool.push(parsed("src/farm.rs", FARM, 6))
    assert pool.hear(Published).version == 3
    with reading(pool.workspace) as view:
        assert callees(view, "zoo::feed") == ["zoo::farm::cow"]
    pool.push(Gone(path="src/farm.rs", revision=EPOCH + 7, floor=EPOCH + 1))
    assert pool.hear(Published).version == 4
    with reading(pool.workspace) as view:
        assert view.by_symbol("zoo::farm::cow") == ()
        assert view.file("src/farm.rs") is None


def test_a_save_without_other_bytes_is_covered_without_a_version(pool: Pool) -> None:
    pool.start()
    pool.hear(Heartbeat)
    pool.push(*FIRST)
    pool.hear(Published)
    pool.push(parsed("src/farm.rs", FARM, 5))
    assert pool.hear(Heartbeat, covered=EPOCH + 5).version == 1


def test_a_stop_leaves_the_durable_copy_and_nothing_that_runs(pool: Pool) -> None:
    pool.start()
    pool.hear(Heartbeat)
    pool.push(*FIRST)
    pool.hear(Published)
    pool.push(parsed("src/farm.rs", b"pub fn hen() {}\n", 5))
    pool.hear(Published)
    status, _ = pool.end()
    assert status == 0
    pool.hear(Stopped, version=2)
    with reading(pool.workspace, live=False) as view:
        assert view.version == 2
        assert view.by_symbol("zoo::farm::hen") != ()
    assert place.holding(pool.workspace) is None
    assert not pool.workspace.socket_path("facts").exists()
    assert not pool.workspace.socket_path("versions").exists()


def test_a_killed_writer_comes_back_with_what_it_had_and_makes_no_version_of_it(pool: Pool) -> None:
    pool.start()
    pool.hear(Heartbeat)
    pool.push(*FIRST)
    pool.hear(Published)
    assert pool.end(signal.SIGKILL)[0] == -signal.SIGKILL
    pool.start()
    back = pool.hear(Heartbeat)
    assert (back.version, back.covered, back.received) == (1, EPOCH + 4, EPOCH + 4)
    pool.push(parsed("src/farm.rs", b"pub fn hen() {}\n", 3))  # long overtaken
    pool.push(parsed("src/lib.rs", b"pub mod farm;\n", 5))
    second = pool.hear(Published)
    assert second.version == 2
    assert [file.path for file in second.files] == ["src/lib.rs"]
    with reading(pool.workspace) as view:
        assert view.by_symbol("zoo::farm::cow") != ()
        assert view.by_symbol("zoo::feed") == ()


def test_a_replacement_takes_the_place_of_the_graph_and_ends(pool: Pool) -> None:
    pool.start()
    pool.hear(Heartbeat)
    pool.push(*FIRST)
    pool.hear(Published)
    pool.end()
    pool.start("--replace")
    pool.hear(Heartbeat)
    base = 2 * EPOCH
    other = b"fn only() {}\n"
    fact = parsed("src/lib.rs", other, 0)
    fact.revision, fact.floor = base + 1, base + 1
    done = ScanDone(
        revision=base + 2, floor=base + 1, root=None, paths=["src/lib.rs"], skipped=[("x.rs", "too large")],
        source="dump.txt",
    )  # fmt: skip
    pool.push(fact)
    with reading(pool.workspace, live=False) as view:
        assert view.by_symbol("zoo::feed") != (), "nothing is replaced before all of it is there"
    pool.push(done)
    assert pool.hear(Published).version == 2
    pool.hear(Stopped)
    assert pool.process is not None
    assert pool.process.wait(SECONDS_MAX) == 0
    with reading(pool.workspace, live=False) as view:
        assert (view.version, view.root, view.meta.source) == (2, None, "dump.txt")
        assert view.meta.skipped == [("x.rs", "too large")]
        assert [entry.path for entry in view.files()] == ["src/lib.rs"]
        assert sorted(node.symbol for node in map(view.node, view.numbers())) == ["crate", "crate::only"]


def test_an_interrupted_replacement_leaves_the_graph_as_it_was(pool: Pool) -> None:
    pool.start()
    pool.hear(Heartbeat)
    pool.push(*FIRST)
    pool.hear(Published)
    pool.end()
    pool.start("--replace")
    pool.hear(Heartbeat)
    fact = parsed("src/lib.rs", b"fn only() {}\n", 0)
    fact.revision, fact.floor = 2 * EPOCH + 1, 2 * EPOCH + 1
    pool.push(fact)
    pool.hear(Heartbeat, pending=1)
    assert pool.end()[0] == 0
    with reading(pool.workspace, live=False) as view:
        assert view.version == 1
        assert view.by_symbol("zoo::feed") != ()


def test_a_second_writer_is_refused_and_named(pool: Pool, capfd: pytest.CaptureFixture[str]) -> None:
    pool.start()
    pool.hear(Heartbeat)
    assert pool.process is not None
    held = place.holding(pool.workspace)
    assert held is not None
    assert (held.pid, held.kind) == (pool.process.pid, "writer")
    second = subprocess.run(
        [sys.executable, "-m", "isg_services", "writer", "--workspace", "zoo"],
        stderr=subprocess.PIPE, text=True, timeout=SECONDS_MAX, env=os.environ, check=False,
    )  # fmt: skip
    assert second.returncode == 7
    assert str(pool.process.pid) in second.stderr


def test_facts_of_another_release_quarantine_their_file_and_leave_the_rest(pool: Pool) -> None:
    pool.start()
    pool.hear(Heartbeat)
    strange = parsed("src/farm.rs", FARM, 3)
    strange.facts = _encode([99, [], [], 1])
    pool.push(*FIRST[:2], strange, FIRST[3])
    pool.hear(Published)
    with reading(pool.workspace) as view:
        entry = view.file("src/farm.rs")
        assert entry.issues[0][0] == 0
        assert "format 99" in entry.issues[0][1]
        assert view.by_symbol("zoo::feed") != ()
