"""R6, R7, R9: the saved graph. One writer; readers that see whole versions; nothing acknowledged is lost.

Real LMDB throughout, real processes where the process is what is tested (a writer that is killed, readers
beside a writer). The graphs are made at random by `support.random_graph`, whose model stands for the linker.
"""

from __future__ import annotations

import os
import queue
import random
import subprocess
import sys
import threading
import zlib
from pathlib import Path
from typing import Any

import lmdb
import pytest

from isg_client.error import Nothing, Storage
from isg_protocol import limit
from isg_protocol.graph import Change, Delta, Edge, FileEntry, Node
from isg_services.query.mapping import Mapping
from isg_services.writer import store as store_module
from isg_services.writer.draft import BrokenGraph, Draft
from isg_services.writer.store import FileChange, Scan, StorageFault, Store
from support.random_graph import FILES, Model, everything, node_id

SECONDS_MAX = 60
TEXTS = {path: f"// {path}\n".encode() * 3 for path in FILES}
SCAN = Scan("/project", "/project", [("x.rs", "too large")])
EMPTY = Delta([], [], {}, {}, [])


def entries() -> list[FileEntry]:
    return [FileEntry(path, b"d" * 16, len(text), 1, 3, [(2, "?")]) for path, text in TEXTS.items()]


def file_changes(revision: int = 1) -> list[FileChange]:
    return [
        FileChange(e, revision, b"facts of " + e.path.encode(), zlib.compress(TEXTS[e.path]))
        for e in entries()
    ]


def told(store: Store, tmp_path: Path) -> dict[str, Any]:
    """Everything that the saved graph answers, read from a copy (LMDB allows one opening a process)."""
    copy = tmp_path / "copy.mdb"
    store.copy_durable(copy)
    with Mapping(copy, live=False) as mapping, mapping.snapshot() as view:
        assert view.version == store.version
        return everything(view)


def expected(model: Model) -> dict[str, Any]:
    return everything(model.view(entries(), TEXTS))


# --- what is written is what is read ---------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_deltas_one_after_another_equal_the_graph_built_at_once(seed: int, tmp_path: Path) -> None:
    model = Model(seed)
    model.grow(40)
    with Store(tmp_path / "live") as store:
        store.commit(model.whole(), files=file_changes(), scan=SCAN)
        assert told(store, tmp_path) == expected(model)
        for step in range(60):
            store.commit(model.change())
            if step % 6 == 0:
                assert told(store, tmp_path) == expected(model)
        assert told(store, tmp_path) == expected(model)
    with Store(tmp_path / "again") as again:
        again.commit(model.whole(), files=file_changes(), scan=SCAN, whole=True)
        assert told(again, tmp_path) == expected(model)


def test_numbers_stay_dense_through_removals(tmp_path: Path) -> None:
    model = Model(4)
    model.grow(30)
    most = len(model.nodes)
    with Store(tmp_path / "live") as store:
        store.commit(model.whole(), files=file_changes())
        for step in range(120):
            store.commit(model.change(), whole=False)
            if step % 40 == 0:
                store.commit(model.whole(), whole=True)
            most = max(most, len(model.nodes))
        # A commit gives out what earlier ones freed: at most one commit's additions lie above.
        assert store.meta.next_number <= most + 3
        assert told(store, tmp_path) == expected(model)


@pytest.mark.parametrize("seed", range(3))
def test_a_whole_graph_over_another_leaves_nothing_of_it(seed: int, tmp_path: Path) -> None:
    model, other = Model(seed), Model(seed + 100)
    model.grow(30)
    other.grow(25)
    other.nodes |= dict(list(model.nodes.items())[:5])  # some stay
    with Store(tmp_path / "live") as store:
        store.commit(model.whole(), files=file_changes(), scan=SCAN)
        done = store.commit(other.whole(), whole=True)
        assert done.version == 2
        assert told(store, tmp_path) == expected(other)
        gone = {change.id for change in done.changes if change.change == "removed"}
        assert gone == model.nodes.keys() - other.nodes.keys()
        strings = set(store._strings.sid)
    with Store(tmp_path / "fresh") as fresh:
        fresh.commit(other.whole(), whole=True)
        # The change lists still name what is gone, and the last version of its nodes is kept.
        nodes = [*model.nodes.values(), *other.nodes.values()]
        symbols = {node.symbol for node in nodes}
        words = {str(getattr(node, name)) for node in nodes for name in Node.__struct_fields__} | {"\n"}
        words |= {"\n".join(node.attributes) for node in nodes}
        extra = strings - set(fresh._strings.sid)
        assert all(any(t in symbol for symbol in symbols) or t in FILES or t in words for t in extra)


def test_the_same_graph_again_makes_no_version_and_writes_no_record(tmp_path: Path) -> None:
    model = Model(5)
    model.grow(30)
    with Store(tmp_path / "live") as store:
        store.commit(model.whole(), files=file_changes(), scan=SCAN)
        for _ in range(10):
            store.commit(model.change())
        version = store.version
    with Store(tmp_path / "live") as store:
        again = model.whole()
        again.nodes.reverse()  # a linker that was started anew meets them in another order
        again.edges = dict(reversed(again.edges.items()))
        again.opens = dict(reversed(again.opens.items()))
        done = store.commit(again, whole=True)
        assert (done.version, done.changed, done.changes) == (version, False, [])
        assert _written_by(store, again, whole=True) == {}


def test_reopening_brings_back_everything_and_the_numbers_go_on(tmp_path: Path) -> None:
    model = Model(6)
    model.grow(30)
    with Store(tmp_path / "live") as store:
        store.commit(model.whole(), files=file_changes(revision=9), covered=9, received=11, scan=SCAN)
        store.commit(model.change())
        version = store.version
    with Store(tmp_path / "live") as store:
        assert store.version == version
        meta = store.meta
        assert (meta.covered, meta.received, meta.root, meta.source) == (9, 11, "/project", "/project")
        assert meta.skipped == [("x.rs", "too large")]
        assert told(store, tmp_path) == expected(model)
        store.commit(model.change())
        assert store.version == version + 1
        assert told(store, tmp_path) == expected(model)
        loaded = {stored.entry.path: stored for stored in store.load_facts()}
        assert {path: s.facts for path, s in loaded.items()} == {p: b"facts of " + p.encode() for p in FILES}
        assert {s.revision for s in loaded.values()} == {9}
        assert [s.entry for s in loaded.values()] == sorted(entries(), key=lambda e: e.path)


def test_files_come_and_go_with_their_facts_and_texts(tmp_path: Path) -> None:
    with Store(tmp_path / "live") as store:
        store.commit(EMPTY, files=file_changes(), scan=SCAN)
        assert (store.version, store.meta.files) == (0, len(FILES))
        touched = FileEntry(FILES[0], b"d" * 16, 99, 2, 3, [])
        store.commit(EMPTY, files=[FileChange(touched, 2, None, None)], gone=[FILES[1], "never/there.rs"])
        assert store.meta.files == len(FILES) - 1
        loaded = {s.entry.path: s for s in store.load_facts()}
        assert FILES[1] not in loaded
        assert loaded[FILES[0]].entry == touched
        assert loaded[FILES[0]].facts == b"facts of " + FILES[0].encode()
        store.commit(EMPTY, files=[FileChange(touched, 3, b"", None)])
        copy = tmp_path / "copy.mdb"
        store.copy_durable(copy)
        with Mapping(copy, live=False) as mapping, mapping.snapshot() as view:
            assert view.text(FILES[0]) is None
            assert view.text(FILES[2]) == TEXTS[FILES[2]]


# --- what a change costs ---------------------------------------------------------------------------------


def _written_by(store: Store, delta: Delta, **given: Any) -> dict[str, int]:
    """How many records of each sub-database a commit puts or deletes."""
    written: dict[str, int] = {}
    flush = store._flush

    def count(draft: Draft, txn: Any) -> None:
        flush(draft, txn)
        written.update({name: len(table.pending) for name, table in draft.table.items() if table.pending})

    store._flush = count  # type: ignore[method-assign]
    try:
        store.commit(delta, **given)
    finally:
        store._flush = flush  # type: ignore[method-assign]
    return written


def test_text_that_moves_rewrites_its_nodes_and_nothing_that_points_to_them(tmp_path: Path) -> None:
    model = Model(7)
    model.grow(40)
    with Store(tmp_path / "live") as store:
        store.commit(model.whole(), files=file_changes())
        before = model.whole()
        for node in model.nodes.values():
            if node.file == FILES[0]:
                node.line, node.end_line = node.line + 5, node.end_line + 5
        inside = {node.id for node in model.nodes.values() if node.file == FILES[0]}
        edges = {
            key: [e._replace(line=e.line + 5) if e.file == FILES[0] else e for e in model.edges[key]]
            for key in inside
        }
        opens = {key: [s._replace(line=s.line + 5) for s in model.opens[key]] for key in inside}
        model.edges |= edges
        model.opens |= opens
        nodes = [model.nodes[key] for key in inside]
        changes = [Change("lines", n.id, n.symbol, n.file) for n in nodes]
        assert before.nodes
        written = _written_by(store, Delta([], nodes, edges, opens, changes))
        assert written.pop("node") == len(inside)
        assert written == {"span": 1, "change": 1, "touch": 1}
        assert told(store, tmp_path) == expected(model)


def test_every_text_is_stored_once(tmp_path: Path) -> None:
    model = Model(8)
    model.grow(60)
    with Store(tmp_path / "live") as store:
        store.commit(model.whole())
        for _ in range(20):
            store.commit(model.change())
        with store._env.begin() as txn:
            texts = [text for _, text in txn.cursor(store._dbs["string"])]
    assert len(texts) == len(set(texts))


def test_strings_that_nothing_names_are_dropped_in_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "STRINGS_LOOSE_MIN", 20)
    monkeypatch.setattr(limit, "CHANGE_LISTS_KEPT", 3)
    model = Model(9)
    model.grow(10)
    key = next(iter(model.nodes))
    with Store(tmp_path / "live") as store:
        store.commit(model.whole(), files=file_changes())
        for n in range(200):
            model.nodes[key].signature = f"fn of_its_own_{n}()"
            store.commit(Delta([], [model.nodes[key]], {}, {}, []))
        assert len(store._strings.sid) < 120
        assert told(store, tmp_path) == expected(model)


# --- versions --------------------------------------------------------------------------------------------


def test_a_version_carries_its_change_list_and_the_last_ones_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limit, "CHANGE_LISTS_KEPT", 5)
    model = Model(10)
    model.grow(20)
    given = {}
    with Store(tmp_path / "live") as store:
        store.commit(model.whole())
        for _ in range(12):
            delta = model.change()
            done = store.commit(delta)
            if done.changed:
                given[done.version] = delta.changes
        last = store.version
        assert last > 5
        store.copy_durable(tmp_path / "copy.mdb")
    with Mapping(tmp_path / "copy.mdb", live=False) as mapping, mapping.snapshot() as view:
        for version in range(last - 4, last + 1):
            assert view.changes(version) == given[version]
        assert view.changes(last - 5) is None
        assert view.changes(last + 1) is None
        assert view.changes(0) is None


def test_what_moves_no_graph_makes_no_version(tmp_path: Path) -> None:
    model = Model(11)
    model.grow(5)
    with Store(tmp_path / "live") as store:
        store.commit(model.whole())
        done = store.commit(EMPTY, files=file_changes(), covered=77)
        assert (done.version, done.changed, store.meta.covered) == (1, False, 77)


def test_an_interrupted_replacement_leaves_the_old_graph_and_a_finished_one_nothing_of_it(
    tmp_path: Path,
) -> None:
    first, second = Model(12), Model(13)
    first.grow(20)
    second.nodes = {}
    second.made = 1000
    second.grow(20)
    with Store(tmp_path / "live") as store:
        store.commit(first.whole(), files=file_changes(), scan=SCAN)
        store.reset()
    with Store(tmp_path / "live") as store:
        assert told(store, tmp_path) == expected(first)
        store.reset()
        only = file_changes(5)[:1]
        done = store.commit(second.whole(), files=only, scan=Scan(None, "dump.txt", []))
        assert done.version == 2
        assert [s.entry.path for s in store.load_facts()] == [FILES[0]]
        answers = told(store, tmp_path)
        whole = everything(second.view(entries()[:1], TEXTS))
        for path in FILES[1:]:
            whole["file " + path] = (None, None)
        assert answers == whole
        assert store.meta.root is None


def test_after_the_machine_went_down_the_version_goes_on_above_all_that_was_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = Model(14)
    model.grow(20)
    with Store(tmp_path / "live") as store:
        store.commit(model.whole())
    notes: list[str] = []
    monkeypatch.setattr(store_module, "_boot_name", lambda: "another boot")
    with Store(tmp_path / "live", notes.append) as store:
        assert store.version >= store_module.CEILING_STEP
        assert notes == []
        assert store.meta.nodes == len(model.nodes)
        store.finish()
        version = store.version
    monkeypatch.setattr(store_module, "_boot_name", lambda: "a third boot")
    with Store(tmp_path / "live") as store:
        assert store.version == version, "a stop in order loses nothing"


def test_an_environment_torn_by_a_power_cut_is_built_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = Model(15)
    model.grow(20)
    with Store(tmp_path / "live") as store:
        store.commit(model.whole())
        with store._env.begin(write=True) as txn:
            key = next(key for key, _ in txn.cursor(store._dbs["in"]))
            txn.delete(key, db=store._dbs["in"])
    monkeypatch.setattr(store_module, "_boot_name", lambda: "another boot")
    notes: list[str] = []
    with Store(tmp_path / "live", notes.append) as store:
        assert len(notes) == 1
        assert "its records are not those of one commit" in notes[0]
        assert store.meta.nodes == 0
        assert store.version > 1
        store.commit(model.whole(), files=file_changes())
        assert told(store, tmp_path) == expected(model)


def test_another_releases_environment_is_said_so_and_built_anew(tmp_path: Path) -> None:
    model = Model(16)
    model.grow(5)
    with Store(tmp_path / "live") as store:
        store.commit(model.whole())
        store.commit(model.change())
        version = store.version
        with store._env.begin(write=True) as txn:
            txn.put(b"format", b"isg snapshot 999", db=store._dbs["meta"])
    with pytest.raises(Storage, match="another release"):
        Mapping(tmp_path / "live", live=True)
    notes: list[str] = []
    with Store(tmp_path / "live", notes.append) as store:
        assert len(notes) == 1
        assert "isg snapshot 999" in notes[0]
        assert store.version >= version
        assert store.meta.nodes == 0


def test_bytes_that_are_no_environment_are_built_anew(tmp_path: Path) -> None:
    with Store(tmp_path / "live") as store:
        store.commit(EMPTY, covered=3)
    (tmp_path / "live" / "data.mdb").write_bytes(b"not a map" * 4096)
    notes: list[str] = []
    with Store(tmp_path / "live", notes.append) as store:
        assert len(notes) == 1
        assert store.version > 0


# --- failures --------------------------------------------------------------------------------------------


def test_a_delta_that_contradicts_itself_changes_nothing(tmp_path: Path) -> None:
    model = Model(17)
    model.grow(20)
    with Store(tmp_path / "live") as store:
        store.commit(model.whole(), files=file_changes())
        before = told(store, tmp_path)
        key = next(iter(model.nodes))
        lost = Edge(1, node_id("nowhere"), FILES[0], 1, 0, 0, False, False)
        target = next(e.to for edges in model.edges.values() for e in edges)
        for broken in (
            Delta([], [], {key: [lost]}, {}, []),
            Delta([node_id("nobody")], [], {}, {}, []),
            Delta([target], [], {}, {}, []),
        ):
            holders = [
                k for k, edges in model.edges.items() if k != target and any(e.to == target for e in edges)
            ]
            assert holders
            with pytest.raises(BrokenGraph):
                store.commit(broken)
            with pytest.raises(BrokenGraph):
                store.commit(Delta([], [], {node_id("nobody"): [lost]}, {}, []), whole=True)
        assert told(store, tmp_path) == before
        store.commit(model.change())
        assert told(store, tmp_path) == expected(model)


class _Failing:
    """An environment whose transactions fail so many times."""

    def __init__(self, env: lmdb.Environment, times: int) -> None:
        self.env, self.times, self.begun = env, times, 0

    def begin(self, write: bool = False) -> Any:
        self.begun += 1
        if self.begun <= self.times:
            raise lmdb.DiskError("no space")
        return self.env.begin(write=write)


def test_a_failing_write_is_tried_three_times_and_then_reported_with_a_hint(tmp_path: Path) -> None:
    model = Model(18)
    model.grow(5)
    with Store(tmp_path / "live") as store:
        env = store._env
        store._env = _Failing(env, limit.STORAGE_ATTEMPTS_MAX - 1)  # type: ignore[assignment]
        assert store.commit(model.whole()).version == 1
        failing = _Failing(env, limit.STORAGE_ATTEMPTS_MAX)
        store._env = failing  # type: ignore[assignment]
        delta = model.change()
        with pytest.raises(StorageFault, match="3 attempts: no space") as caught:
            store.commit(delta)
        assert (caught.value.code, failing.begun) == ("storage", limit.STORAGE_ATTEMPTS_MAX)
        assert "disk" in caught.value.hint
        store._env = env
        store.commit(delta, files=file_changes())
        assert told(store, tmp_path) == expected(model)


def test_there_is_nothing_to_map_before_there_is_a_graph(tmp_path: Path) -> None:
    for path, live in ((tmp_path / "none", True), (tmp_path / "none.mdb", False)):
        with pytest.raises(Nothing) as caught:
            Mapping(path, live=live)
        assert caught.value.code == "nothing"
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "data.mdb").touch()
    with pytest.raises(Nothing):
        Mapping(tmp_path / "empty", live=True)
    with Store(tmp_path / "live"):
        pass
    with Mapping(tmp_path / "live", live=True) as mapping, pytest.raises(Nothing):
        mapping.snapshot()


def test_what_is_no_graph_cannot_be_mapped(tmp_path: Path) -> None:
    (tmp_path / "durable.mdb").write_bytes(os.urandom(20_000))
    with pytest.raises(Storage) as caught:
        Mapping(tmp_path / "durable.mdb", live=False)
    assert caught.value.code == "storage"
    assert "ingest" in caught.value.hint


def test_a_graph_is_mapped_once_in_a_process_and_its_views_end_with_their_block(tmp_path: Path) -> None:
    model = Model(19)
    model.grow(5)
    with Store(tmp_path / "live") as store:
        store.commit(model.whole())
    with Mapping(tmp_path / "live", live=True) as mapping:
        with pytest.raises(Storage, match="already open"):
            Mapping(tmp_path / "live", live=True)
        with mapping.snapshot() as view:
            assert view.by_symbol("no such") == ()
        with pytest.raises(Storage, match="had ended"):
            view.by_symbol("no such")
        with pytest.raises(Storage, match="had ended"):
            view.numbers()
        if hasattr(os, "fork"):
            child = os.fork()
            if child == 0:
                try:
                    mapping.snapshot()
                except Storage:
                    os._exit(0)
                os._exit(1)
            assert os.waitpid(child, 0)[1] == 0
    with Mapping(tmp_path / "live", live=True) as mapping, mapping.snapshot() as view:
        assert view.totals().nodes == len(model.nodes)


def test_a_replaced_copy_is_noticed(tmp_path: Path) -> None:
    model = Model(20)
    model.grow(5)
    with Store(tmp_path / "live") as store:
        store.commit(model.whole())
        store.copy_durable(tmp_path / "durable.mdb")
        with Mapping(tmp_path / "durable.mdb", live=False) as mapping:
            assert mapping.is_current()
            store.commit(model.change())
            store.copy_durable(tmp_path / "durable.mdb")
            assert not mapping.is_current()
            with mapping.snapshot() as view:
                assert view.version == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["durable.mdb", "live"]


# --- a writer and readers of other processes -------------------------------------------------------------

STEPPING_WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from isg_services.writer.store import Store
from support.random_graph import Model
model = Model(int(sys.argv[3]))
model.grow(40)
with Store(Path(sys.argv[1])) as store:
    store.commit(model.whole())
    print(store.version, flush=True)
    for _ in sys.stdin:
        store.commit(model.change())
        print(store.version, flush=True)
"""


def start(script: str, *args: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, args)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


SUPPORT = Path(__file__).parent.parent


@pytest.mark.parametrize("seed", [30, 31])
def test_a_reader_that_stays_sees_every_version_exactly(seed: int, tmp_path: Path) -> None:
    """What the mapping remembers from version to version is never stale."""
    model = Model(seed)
    model.grow(40)
    with start(STEPPING_WRITER, tmp_path / "live", SUPPORT, seed) as writer:
        assert writer.stdin is not None
        assert writer.stdout is not None
        assert writer.stdout.readline() == "1\n"
        with Mapping(tmp_path / "live", live=True) as mapping:
            for step in range(60):
                with mapping.snapshot() as view:
                    assert everything(view) == everything(model.view([], {}))
                    if step % 5 == 0:  # an older view beside a newer one
                        older, was = mapping.snapshot(), everything(view)
                        with older:
                            model.change()
                            writer.stdin.write("go\n")
                            writer.stdin.flush()
                            writer.stdout.readline()
                            with mapping.snapshot() as newer:
                                assert everything(newer) == everything(model.view([], {}))
                            assert everything(older) == was
                model.change()
                writer.stdin.write("go\n")
                writer.stdin.flush()
                assert int(writer.stdout.readline())
        writer.stdin.close()
        assert writer.wait(SECONDS_MAX) == 0


PAIRS = 10


def pair_nodes(index: int, value: int) -> list[Node]:
    """Two nodes that always change together, in different files."""
    line = index * 10 + 1
    return [
        Node(
            id=node_id(f"{side}{index}"),
            kind=2,
            symbol=f"krate::{side}::p{index}",
            name=f"p{index}",
            crate="krate",
            target="lib",
            file=f"src/{side}.rs",
            line=line,
            end_line=line + 1,
            signature=f"fn p{index}() -> [u8; {value}]",
            visibility="pub",
            test=False,
            cfg=None,
            trait=None,
            self_text=None,
            derived=False,
            macro=False,
        )
        for side in ("left", "right")
    ]


def pair_delta(index: int, value: int) -> Delta:
    """Both nodes and their edges to each other carry `value`."""
    left, right = pair_nodes(index, value)
    edges = {
        left.id: [Edge(1, right.id, "src/left.rs", value, 0, 0, False, False)],
        right.id: [Edge(1, left.id, "src/right.rs", value, 0, 0, False, False)],
    }
    return Delta(
        [], [left, right], edges, {}, [Change("signature", n.id, n.symbol, n.file) for n in (left, right)]
    )


CHECK_PAIRS = f"""
def check(view):
    values = []
    for index in range({PAIRS}):
        found = set()
        for side in ("left", "right"):
            numbers = view.by_symbol(f"krate::{{side}}::p{{index}}")
            assert len(numbers) == 1, numbers
            node = view.node(numbers[0])
            found.add(int(node.signature.partition("; ")[2].rstrip("]")))
            (out,), (into,) = view.outgoing(numbers[0]), view.incoming(numbers[0])
            found |= {{out.line, into.line}}
            assert out.other == into.other
        assert len(found) == 1, (view.version, index, found)
        values += found
    return values
"""

READER = (
    CHECK_PAIRS
    + """
import sys
from pathlib import Path
from isg_services.query.mapping import Mapping
live, seen_mark, end_mark = map(Path, sys.argv[1:4])
with Mapping(live, live=True) as mapping:
    last, versions = 0, 0
    while True:
        ended = end_mark.exists()
        with mapping.snapshot() as view:
            assert view.version >= last, (view.version, last)
            versions += view.version > last
            last = view.version
            check(view)
        if versions == 5:
            seen_mark.touch()
        if ended:
            break
print(last)
"""
)


def test_twenty_readers_never_see_half_a_change_of_ten_producers(tmp_path: Path) -> None:
    readers: list[subprocess.Popen[str]] = []
    facts: queue.Queue[tuple[int, int]] = queue.Queue(maxsize=100)
    stop = threading.Event()

    def produce(index: int) -> None:
        value = 1
        while not stop.is_set():
            value += 1
            facts.put((index, value))

    end_mark = tmp_path / "end"
    producers = [threading.Thread(target=produce, args=(index,), daemon=True) for index in range(PAIRS)]
    with Store(tmp_path / "live") as store:
        store.commit(_merged([pair_delta(index, 1) for index in range(PAIRS)]))
        try:
            for n in range(20):
                readers.append(start(READER, tmp_path / "live", tmp_path / f"seen-{n}", end_mark))
            for producer in producers:
                producer.start()
            commits = 0
            while not all((tmp_path / f"seen-{n}").exists() for n in range(20)):
                index, value = facts.get(timeout=SECONDS_MAX)
                store.commit(pair_delta(index, value))
                commits += 1
                assert all(reader.poll() is None for reader in readers), "a reader has failed"
            stop.set()
            end_mark.touch()
            answers = [reader.communicate(timeout=SECONDS_MAX)[0] for reader in readers]
        finally:
            stop.set()
            while not facts.empty():
                facts.get()
            for reader in readers:
                reader.kill()
                reader.wait()
        assert [reader.returncode for reader in readers] == [0] * 20
        assert answers == [f"{store.version}\n"] * 20
        assert store.version == commits + 1
    for producer in producers:
        producer.join(SECONDS_MAX)


def _merged(deltas: list[Delta]) -> Delta:
    whole = Delta([], [], {}, {}, [])
    for delta in deltas:
        whole.nodes += delta.nodes
        whole.edges |= delta.edges
        whole.changes += delta.changes
    return whole


KILLED_WRITER = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[2:4]
from test_store import PAIRS, _merged, pair_delta
from isg_services.writer.store import Store
with Store(Path(sys.argv[1])) as store:
    if not store.meta.nodes:
        store.commit(_merged([pair_delta(index, 1) for index in range(PAIRS)]))
    value = store.version
    while True:
        value += 1
        done = store.commit(pair_delta(value % PAIRS, value))
        print(done.version, flush=True)
"""


def test_a_writer_killed_at_any_moment_leaves_a_whole_version_and_all_it_told_of(tmp_path: Path) -> None:
    scope: dict[str, Any] = {}
    exec(CHECK_PAIRS, scope)
    moments = random.Random(1)
    told_version = 0
    for _ in range(6):
        with start(KILLED_WRITER, tmp_path / "live", Path(__file__).parent, SUPPORT) as writer:
            assert writer.stdout is not None
            for _ in range(moments.randrange(1, 200)):
                told_version = int(writer.stdout.readline())
            writer.kill()
            for line in writer.stdout:
                told_version = int(line) if line.endswith("\n") else told_version
            writer.wait(SECONDS_MAX)
        with Store(tmp_path / "live") as store:
            assert store.version >= told_version
        with Mapping(tmp_path / "live", live=True) as mapping, mapping.snapshot() as view:
            assert view.version >= told_version
            scope["check"](view)
            assert view.totals().nodes == 2 * PAIRS
