"""R1, R7: `ingest` through real processes: whole or not at all, whatever is killed meanwhile."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from isg_client import place
from isg_client.error import Busy, Interrupted, IsgError, Unreadable
from isg_client.place import Workspace
from isg_protocol.message import Answer, Chunk, ExportQuery, Query, StatusQuery
from isg_services.ingest import IngestReport, ingest
from isg_services.query.local import LocalAsker
from support.actors import CARGO, FARM, LIB
from support.wait import until

FILES = 60
FORKED = """\
import json, sys
from isg_client import place
from isg_services.child import may_fork
from isg_services.ingest import ingest
assert may_fork()
report = ingest(sys.argv[1], place.choose("forked"))
print(json.dumps(report.row()))
"""


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ISG_STATE_DIR", str(tmp_path / "state"))
    made = tmp_path / "tree"
    (made / "src").mkdir(parents=True)
    (made / "Cargo.toml").write_text(CARGO)
    (made / "src/lib.rs").write_text(LIB)
    (made / "src/farm.rs").write_text(FARM)
    return made


@pytest.fixture
def workspace(tree: Path) -> Workspace:
    return place.choose("zoo")


def ask(workspace: Workspace, name: str, target: str | None = None) -> dict[str, Any]:
    with LocalAsker(workspace) as asker:
        (reply,) = asker.ask(Query(name=name, target=target))
    assert isinstance(reply, Answer), reply
    return reply.value


def export(workspace: Workspace) -> bytes:
    with LocalAsker(workspace) as asker:
        return b"".join(chunk.data for chunk in asker.ask(ExportQuery()) if isinstance(chunk, Chunk))


def children() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE]


def many(tree: Path) -> Path:
    """A crate that takes the parsers a moment."""
    body = "".join(f"pub fn f{n}(x: u32) -> u32 {{ x + {n} }}\n" for n in range(200))
    for number in range(FILES):
        (tree / f"src/m{number}.rs").write_text(body)
    modules = "".join(f"pub mod m{number};\n" for number in range(FILES))
    (tree / "src/lib.rs").write_text("pub mod farm;\n" + modules)
    return tree


def test_a_directory_is_taken_in_and_answers(tree: Path, workspace: Workspace) -> None:
    seen: list[tuple[int, int]] = []
    report = ingest(str(tree), workspace, lambda done, total: seen.append((done, total)))
    assert (report.files, report.partial, report.skipped) == (2, [], [])
    lines = [json.loads(line) for line in export(workspace).splitlines()]
    assert report.nodes == sum(line["type"] == "node" for line in lines)
    assert report.edges == sum(line["type"] == "edge" for line in lines)
    assert [row["symbol"] for row in ask(workspace, "callers", "cow")["results"]] == ["zoo::feed"]
    assert seen[-1] == (2, 2)
    assert not children()
    record = workspace.read()
    assert record is not None
    assert (record.root, record.kind) == (str(tree), "directory")


def test_a_forked_pipeline_leaves_the_same_graph(tree: Path, workspace: Workspace) -> None:
    spawned = ingest(str(tree), workspace)
    output = subprocess.run(
        [sys.executable, "-c", FORKED, str(tree)], check=True, capture_output=True, text=True, timeout=60
    ).stdout
    forked = json.loads(output)
    assert {**forked, "seconds": 0} == {**spawned.row(), "seconds": 0}
    assert export(place.choose("forked")) == export(workspace)


def test_the_second_project_leaves_nothing_of_the_first_and_versions_go_on(
    tree: Path, workspace: Workspace, tmp_path: Path
) -> None:
    first = ingest(str(tree), workspace)
    other = tmp_path / "other.rs"
    other.write_text("pub fn lonely() {}\n")
    second = ingest(str(other), workspace)
    assert second.version > first.version
    assert b"farm" not in export(workspace)
    assert ask(workspace, "where-defined", "lonely")["count"] == 1


def test_a_dump_and_a_directory_of_the_same_files_export_the_same_bytes(
    tree: Path, workspace: Workspace, tmp_path: Path
) -> None:
    dump = tmp_path / "dump.txt"
    bar = "=" * 48
    parts = [
        f"{bar}\nFILE: {path.relative_to(tree)}\n{bar}\n{path.read_text()}\n"
        for path in sorted(tree.rglob("*"))
        if path.is_file()
    ]
    dump.write_text("\n".join(parts))
    ingest(str(tree), workspace)
    of_directory = export(workspace)
    report = ingest(str(dump), workspace)
    assert (report.kind, report.root) == ("dump", None)
    assert export(workspace) == of_directory


def test_an_empty_dump_is_an_empty_graph(tree: Path, workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    report = ingest(str(tmp_path / "empty.txt"), workspace)
    assert (report.files, report.nodes, report.edges) == (0, 0, 0)


def test_bad_files_are_named_and_the_rest_is_kept(tree: Path, workspace: Workspace) -> None:
    (tree / "src/bytes.rs").write_bytes(b'fn a() { "\xff" }')
    (tree / "src/broken.rs").write_text("this is not valid rust {{{")
    report = ingest(str(tree), workspace)
    assert [row["file"] for row in report.skipped] == ["src/bytes.rs"]
    assert {row["file"] for row in report.partial} == {"src/broken.rs"}
    assert ask(workspace, "where-defined", "cow")["count"] == 1


@pytest.mark.parametrize(("content", "code"), [(None, "unreadable"), ("no markers here", "no-markers")])
def test_a_source_that_is_none_leaves_the_graph_of_before(
    tree: Path, workspace: Workspace, tmp_path: Path, content: str | None, code: str
) -> None:
    ingest(str(tree), workspace)
    before = export(workspace)
    source = tmp_path / "source.txt"
    if content is not None:
        source.write_text(content)
    with pytest.raises(Unreadable) as caught:
        ingest(str(source), workspace)
    assert caught.value.code == code
    assert caught.value.hint
    assert export(workspace) == before
    assert not children()


def test_a_workspace_that_someone_holds_is_refused_with_the_pid(tree: Path, workspace: Workspace) -> None:
    workspace.make()
    lock = place.take(workspace.daemon_lock, "daemon")
    assert lock is not None
    with lock, pytest.raises(Busy) as caught:
        ingest(str(tree), workspace)
    assert caught.value.pid == os.getpid()


class Meanwhile:
    """An ingest in a thread, for a test that does something to it meanwhile."""

    def __init__(self, source: Path, workspace: Workspace) -> None:
        self.report: IngestReport | None = None
        self.error: IsgError | None = None
        self.begun = threading.Event()
        self._source = source
        self._workspace = workspace
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self.report = ingest(str(self._source), self._workspace, self._progress, parsers=2)
        except IsgError as error:
            self.error = error

    def _progress(self, done: int, total: int) -> None:
        self.begun.set()

    def pid(self, name: str) -> int:
        record = self._workspace.run / f"{name}.json"

        def read() -> int:
            try:
                return int(json.loads(record.read_bytes())["pid"])
            except (OSError, ValueError):
                return 0

        return until(read, f"{name} is on record")

    def end(self) -> IngestReport:
        self._thread.join(timeout=90)
        assert not self._thread.is_alive()
        assert self.error is None, self.error
        assert self.report is not None
        return self.report


@pytest.fixture
def expected(tree: Path, workspace: Workspace) -> Iterator[bytes]:
    """The export that an undisturbed ingest leaves."""
    ingest(str(many(tree)), place.choose("undisturbed"))
    return export(place.choose("undisturbed"))


@pytest.mark.parametrize("name", ["parser-0", "writer", "watcher"])
def test_an_actor_killed_meanwhile_is_started_again_and_nothing_is_lost(
    tree: Path, workspace: Workspace, expected: bytes, name: str
) -> None:
    running = Meanwhile(tree, workspace)
    pid = running.pid(name)
    os.kill(pid, signal.SIGKILL)
    report = running.end()
    assert report.files == FILES + 2
    assert export(workspace) == expected
    assert not children()


def test_a_stopped_writer_of_an_ingest_leaves_the_graph_of_before(tree: Path, workspace: Workspace) -> None:
    ingest(str(tree), workspace)
    before = export(workspace)
    many(tree)
    running = Meanwhile(tree, workspace)
    for name in ("parser-0", "parser-1"):
        os.kill(running.pid(name), signal.SIGSTOP)
    stopped = [running.pid(name) for name in ("parser-0", "parser-1")]
    os.kill(running.pid("writer"), signal.SIGTERM)
    until(lambda: running.error, "the ingest ends")
    assert isinstance(running.error, Interrupted)
    assert export(workspace) == before
    assert not any(psutil.pid_exists(pid) for pid in stopped)


def test_an_interrupt_leaves_the_graph_of_before_and_no_process(tree: Path, workspace: Workspace) -> None:
    ingest(str(tree), workspace)
    before = export(workspace)
    many(tree)
    script = (
        "import sys\nfrom isg_client import place\nfrom isg_client.error import Interrupted\n"
        "from isg_services.ingest import ingest\n"
        "try:\n    ingest(sys.argv[1], place.choose('zoo'))\n"
        "except Interrupted as error:\n    sys.exit(error.exit_code)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script, str(tree)])
    record = workspace.run / "watcher.json"
    until(record.exists, "the watcher has begun")
    family = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 130
    assert export(workspace) == before
    gone, alive = psutil.wait_procs(family, timeout=10)
    assert not alive, (gone, alive)


def test_the_end_of_the_command_by_force_ends_its_actors(tree: Path, workspace: Workspace) -> None:
    script = "import sys\nfrom isg_client import place\nfrom isg_services.ingest import ingest\n"
    script += "ingest(sys.argv[1], place.choose('zoo'))\n"
    process = subprocess.Popen([sys.executable, "-c", script, str(many(tree))])
    until((workspace.run / "writer.json").exists, "the writer has begun")
    family = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.wait(timeout=10)
    _, alive = psutil.wait_procs(family, timeout=20)
    assert not alive
    report = ingest(str(tree), workspace)
    assert report.files == FILES + 2


def test_a_saved_graph_says_how_many_files_have_changed_since(tree: Path, workspace: Workspace) -> None:
    ingest(str(tree), workspace)
    assert ask(workspace, "stats")["stale_files"] == 0
    (tree / "src/farm.rs").write_text(FARM + "pub fn pig() {}\n")
    (tree / "src/new.rs").write_text("")
    assert ask(workspace, "stats")["stale_files"] == 2
    with LocalAsker(workspace) as asker:
        (reply,) = asker.ask(Query(name="stats", sync=True))
    assert getattr(reply, "code", "") == "stale"


def test_the_status_of_a_saved_graph_has_no_actors(tree: Path, workspace: Workspace) -> None:
    report = ingest(str(tree), workspace)
    with LocalAsker(workspace) as asker:
        (reply,) = asker.ask(StatusQuery())
    assert isinstance(reply, Answer)
    row = reply.value
    assert (row["files"], row["nodes"], row["version"]) == (2, report.nodes, report.version)
    assert row["actors"] == []
