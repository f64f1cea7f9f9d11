"""R1, R3, R4, R5: the real `isg` command keeps the contract's words: JSON, exit statuses, streams, failures.

Acceptance cases 10, 17, 18 and 19, each through subprocesses on saved graphs, without a daemon.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import psutil
import pytest

from isg_protocol.error import EXIT_CODES
from support.isg import ZOO, Isg, plant
from support.wait import until

NODE = {
    "id", "kind", "symbol", "name", "crate", "target", "file", "line", "end_line", "signature", "visibility",
    "test", "cfg", "trait", "self", "derived", "macro",
}  # fmt: skip
EDGE = {"kind", "from", "to", "file", "line", "context", "resolution", "derived", "macro"}
ANSWER = {
    "query", "target", "results", "count", "truncated", "version", "lag_ms", "stale_files", "elapsed_us",
}  # fmt: skip

QUESTIONS: dict[str, tuple[list[str], set[str]]] = {
    "what-implements": (["Drawable"], NODE | {"impl"}),
    "implements": (["Circle"], NODE | {"impl", "conditional"}),
    "callers": (["label"], NODE | {"site", "resolution", "context"}),
    "callees": (["add"], NODE | {"site", "resolution", "context"}),
    "uses": (["draw_shape"], NODE | {"site", "resolution", "context"}),
    "used-by": (["Drawable"], NODE | {"site", "resolution", "context"}),
    "blast-radius": (["farm::d"], NODE | {"hop", "via"}),
    "find-cycles": ([], {"level", "members", "edges"}),
    "path": (["farm::a", "farm::d"], NODE | {"edge"}),
    "where-defined": (["new"], NODE),
    "search": (["draw"], NODE | {"score"}),
    "list": (["--kind", "struct"], NODE),
    "outline": (["src/farm.rs"], NODE | {"depth", "parent"}),
    "hotspots": ([], NODE | {"score", "in_degree"}),
    "dead-code": ([], NODE | {"confidence", "why"}),
    "stats": ([], set()),
}
"""Each question with arguments that give results in ZOO, and the keys of a result."""


@pytest.fixture(scope="module")
def zoo(tmp_path_factory: pytest.TempPathFactory) -> Isg:
    """An ingested project; the tests that take it change nothing."""
    top = tmp_path_factory.mktemp("zoo")
    isg = Isg(top / "state", plant(top / "project"))
    ended = isg("ingest", ".")
    assert ended.status == 0, ended
    return isg


@pytest.fixture
def isg(tmp_path: Path) -> Isg:
    """An empty state directory and an empty directory to run in."""
    (tmp_path / "here").mkdir()
    return Isg(tmp_path / "state", tmp_path / "here")


def unmeasured(document: Any) -> Any:
    """A document without what is measured anew each time."""
    if isinstance(document, dict):
        return {
            key: unmeasured(value)
            for key, value in document.items()
            if key not in ("elapsed_us", "seconds", "uptime_s", "pss_bytes")
        }
    return [unmeasured(value) for value in document] if isinstance(document, list) else document


# --- R5, case 18: JSON ------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_answers_with_one_json_document_of_the_contracts_keys(zoo: Isg, question: str) -> None:
    arguments, keys = QUESTIONS[question]
    ended = zoo("query", question, *arguments, "--format", "json")
    assert (ended.status, ended.err) == (0, "")
    answer = ended.document
    assert answer.keys() >= ANSWER
    assert answer["query"] == question
    assert answer["results"] or question == "dead-code"
    for result in answer["results"]:
        assert result.keys() >= keys
    assert answer["count"] == len(answer["results"])
    assert answer["truncated"] is False
    again = zoo("query", question, *arguments, "--format", "json")
    assert unmeasured(again.document) == unmeasured(answer)
    assert list(again.document) == list(answer), "the keys stand in one order"


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_answers_in_text_with_places_and_without_colours(zoo: Isg, question: str) -> None:
    arguments, _ = QUESTIONS[question]
    ended = zoo("query", question, *arguments, TERM="xterm-256color")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith(question)
    assert "\x1b" not in ended.out
    assert "Traceback" not in ended.out


def test_a_blast_radius_tells_its_risk_by_hop(zoo: Isg) -> None:
    answer = zoo.json("query", "blast-radius", "farm::d")
    assert [(row["name"], row["hop"]) for row in answer["results"]] == [("c", 1), ("b", 2), ("a", 3)]
    assert (answer["risk"], answer["by_hop"]) == ("Low", {"1": 1, "2": 1, "3": 1})
    text = zoo("query", "blast-radius", "farm::d", "--depth", "1").out
    assert "hop 1" in text
    assert "hop 2  " not in text


def test_nobody_affected_is_an_answer(zoo: Isg) -> None:
    ended = zoo("query", "blast-radius", "farm::a")
    assert ended.status == 0
    assert "none" in ended.out
    assert "risk None" in ended.out


def test_a_limit_cuts_and_says_so(zoo: Isg) -> None:
    answer = zoo.json("query", "list", "--limit", "2")
    assert (len(answer["results"]), answer["truncated"]) == (2, True)
    assert answer["count"] > 2
    assert "--limit 0 shows all" in zoo("query", "list", "--limit", "2").out
    assert zoo.json("query", "list", "--limit", "0")["count"] == answer["count"]


def test_find_cycles_takes_no_target(zoo: Isg) -> None:
    assert zoo("query", "find-cycles", "Drawable").status == 2
    cycle = zoo.json("query", "find-cycles", "--level", "function")["results"][0]
    assert [node["name"] for node in cycle["members"]] == ["ping", "pong"]


def test_a_context_keeps_its_budget_and_its_bytes(zoo: Isg) -> None:
    first = zoo("generate-context", "draw_shape", "Drawable", "--tokens", "600", "--format", "json")
    assert first.status == 0, first
    document = first.document
    assert document.keys() >= {"entities", "budget", "tokens", "sections", "omitted", "version"}
    assert document["tokens"] <= document["budget"] == 600
    assert {node["name"] for node in document["entities"]} == {"draw_shape", "Drawable"}
    second = zoo("generate-context", "draw_shape", "Drawable", "--tokens", "600", "--format", "json")
    assert second.out == first.out
    text = zoo("generate-context", "draw_shape")
    assert "pub fn draw_shape(shape: &dyn Drawable) -> String" in text.out
    assert text.out == zoo("generate-context", "draw_shape").out


def test_a_status_tells_what_the_graph_holds(zoo: Isg) -> None:
    status = zoo.json("status")
    assert status.keys() >= {
        "workspace", "root", "version", "durable_version", "lag_ms", "files", "nodes", "edges", "partial",
        "quarantined", "actors",
    }  # fmt: skip
    lines = zoo("export").out.splitlines()
    assert status["files"] == 3
    assert status["nodes"] + status["edges"] == len(lines)
    assert status["root"] == str(zoo.cwd)
    assert status["actors"] == []
    assert str(zoo.cwd) in zoo("status").out
    assert [one["root"] for one in zoo.json("status", "--all")["workspaces"]] == [str(zoo.cwd)]


def test_callers_are_told_in_groups_where_there_is_more_than_one(zoo: Isg) -> None:
    direct = zoo("query", "callers", "label").out
    assert "directly" not in direct
    through = zoo("query", "callers", "<Circle as Drawable>::draw").out.splitlines()
    assert through[1].strip() == "through the trait's function that it overrides"
    assert "zoo::shapes::draw_shape" in through[2]


def test_a_context_as_markdown_has_each_section_in_a_block(zoo: Isg) -> None:
    told = zoo("generate-context", "Circle", "--format", "markdown").out
    assert told.startswith("# `zoo::shapes::Circle`\n\n## Definition\n```rust\n")
    assert told.count("```") == 2 * told.count("\n## ")


def test_an_export_of_a_part_is_what_is_near(zoo: Isg) -> None:
    def symbols(*hops: str) -> set[str]:
        lines = zoo("export", "--around", "farm::c", *hops).out.splitlines()
        nodes = [json.loads(line) for line in lines]
        return {node["symbol"] for node in nodes if node["type"] == "node"}

    assert symbols("--hops", "0") == {"zoo::farm::c"}
    assert symbols("--hops", "1") == {f"zoo::farm::{name}" for name in "bcd"}
    assert symbols() == {f"zoo::farm::{name}" for name in "abcd"}
    assert zoo("export", "--around", "new").status == 5
    assert zoo("export", "--around", "new", "--all").status == 0
    assert zoo("export", "--around", "nothing").status == 1
    assert zoo("export", "--around", "farm::c", "--hops", "99").status == 2


def test_an_export_is_sorted_lines_of_nodes_then_edges(zoo: Isg, tmp_path: Path) -> None:
    ended = zoo("export")
    assert (ended.status, ended.err) == (0, "")
    rows = [json.loads(line) for line in ended.out.splitlines()]
    types = [row["type"] for row in rows]
    assert types == sorted(types, key=["node", "edge"].index)
    nodes = {row["id"]: row for row in rows if row["type"] == "node"}
    edges = [row for row in rows if row["type"] == "edge"]
    assert all(row.keys() >= NODE for row in nodes.values())
    assert all(row.keys() >= EDGE for row in edges)
    order = [(row["symbol"], row["file"] or "", row["line"] or 0, row["id"]) for row in nodes.values()]
    assert order == sorted(order)
    assert all(row["from"] in nodes and row["to"] in nodes for row in edges)
    target = tmp_path / "graph.jsonl"
    assert zoo("export", "-o", str(target)) == (0, "", "")
    assert target.read_text() == ended.out
    assert [path.name for path in tmp_path.iterdir()] == ["graph.jsonl"]
    assert zoo("export", "--format", "graphml").out.startswith("<?xml")
    assert "digraph" in zoo("export", "--format", "dot").out


# --- case 17: failures --------------------------------------------------------------------------------------


def failure(isg: Isg, *arguments: str, status: int) -> dict[str, Any]:
    """The failure document; the same question as text keeps stdout empty and has the same status."""
    document = isg.json(*arguments, status=status)
    assert document.keys() == {"error"}
    error: dict[str, Any] = document["error"]
    assert error.keys() == {"code", "message", "hint", "candidates"}
    assert EXIT_CODES[error["code"]] == status
    assert error["message"]
    assert error["hint"]
    text = isg(*arguments)
    assert (text.status, text.out) == (status, "")
    assert "next: " in text.err
    assert "Traceback" not in text.err
    return error


def test_an_unknown_entity_names_the_nearest_and_the_next_command(zoo: Isg) -> None:
    error = failure(zoo, "query", "what-implements", "Drawabel", status=1)
    assert error["code"] == "not-found"
    assert [node["name"] for node in error["candidates"]][:1] == ["Drawable"]
    assert error["hint"].startswith("isg query ")
    assert "zoo::shapes::Drawable" in zoo("query", "what-implements", "Drawabel").err


def test_the_next_command_asks_the_workspace_that_was_named(zoo: Isg) -> None:
    for arguments, status in ((("query", "callees", "new"), 5), (("generate-context", "Drawabel"), 1)):
        error = failure(zoo, *arguments, "--workspace", str(zoo.cwd), status=status)
        assert error["hint"].endswith(f" --workspace {zoo.cwd}")
    error = failure(zoo, "query", "stats", "--workspace=no such", status=3)
    assert error["hint"] == "isg ingest DIR --workspace 'no such'"


def test_an_ambiguous_name_lists_what_it_may_mean_and_all_takes_the_union(zoo: Isg) -> None:
    error = failure(zoo, "query", "callees", "new", status=5)
    assert {node["symbol"] for node in error["candidates"]} == {
        "zoo::farm::Barn::new",
        "zoo::farm::Field::new",
    }
    union = zoo.json("query", "uses", "new", "--all")
    assert {node["symbol"] for node in union["targets"]} == {node["symbol"] for node in error["candidates"]}
    assert zoo.json("query", "where-defined", "new")["count"] == 2


@pytest.mark.parametrize("name", ["", "   "])
def test_an_empty_name_is_a_usage_error(zoo: Isg, name: str) -> None:
    assert failure(zoo, "query", "callers", name, status=2)["code"] == "usage"
    assert failure(zoo, "generate-context", name, status=2)["code"] == "usage"


@pytest.mark.parametrize(
    "name", ["x" * 10_000, "a\x01b\x1b[31m\n", "::", "<", "\udcff\udcfe", "-", "é" * 300]
)
def test_a_name_beyond_reason_is_not_found_and_no_traceback(zoo: Isg, name: str) -> None:
    error = failure(zoo, "query", "callers", "--", name, status=1)
    assert error["code"] == "not-found"
    assert len(error["message"]) < 4_000
    assert "\x1b" not in zoo("query", "callers", "--", name).err


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["qurey"], ["query"], ["query", "caller", "x"], ["query", "callers"],
        ["query", "callers", "a", "b"],
        ["query", "callers", "x", "--limit", "-1"], ["query", "callers", "x", "--limit", "many"],
        ["query", "callers", "x", "--depth", "1"], ["query", "list", "--kind", "gadget"],
        ["query", "find-cycles", "--level", "galaxy"], ["daemon"], ["ingest"], ["ingest", ""],
        ["forget", "a", "--all"], ["mcp"],
        ["query", "diff", "--from", "1", "--to", "0"], ["query", "broken", "x"],
        ["status", "--workspace", " "],
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_wrong_command_line_exits_with_2(zoo: Isg, arguments: list[str]) -> None:
    error = zoo.json(*arguments, status=2)["error"]
    assert error["code"] == "usage"
    assert "isg " in error["hint"]


def test_without_a_graph_it_says_what_to_run(isg: Isg) -> None:
    for arguments in (["query", "stats"], ["generate-context", "x"], ["status"]):
        error = failure(isg, *arguments, status=3)
        assert (error["code"], error["hint"]) == ("nothing", f"isg ingest {isg.cwd}")
    ended = isg("export")
    assert (ended.status, ended.out) == (3, "")
    assert f"isg ingest {isg.cwd}" in ended.err
    assert not isg.state.exists(), "a question leaves nothing behind"


def test_a_state_directory_that_cannot_be_is_told_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a directory")
    isg = Isg(tmp_path / "file" / "state", plant(tmp_path / "project"))
    error = failure(isg, "ingest", ".", status=70)
    assert error["code"] == "storage"
    assert "ISG_STATE_DIR" in error["hint"]


@pytest.mark.parametrize("source", ["missing.txt", "notes.txt", "secret.txt"])
def test_a_source_that_cannot_be_read_exits_with_6(isg: Isg, source: str) -> None:
    (isg.cwd / "notes.txt").write_text("fn main() {} in a text without a single marker\n")
    (isg.cwd / "secret.txt").mkdir(mode=0o000)
    try:
        if source == "secret.txt" and os.access(isg.cwd / source, os.R_OK):
            pytest.skip("this user may read everything")
        failure(isg, "ingest", source, status=6)
    finally:
        (isg.cwd / "secret.txt").chmod(0o700)


@pytest.mark.parametrize(
    "command", ["ingest", "daemon", "query", "generate-context", "status", "export", "forget", "completion"]
)
def test_every_command_has_help_with_an_example(isg: Isg, command: str) -> None:
    ended = isg(command, "--help")
    assert (ended.status, ended.err) == (0, "")
    assert f"isg {command}" in ended.out.split("example", 1)[1]
    assert command in isg("--help").out


def test_every_question_has_help_with_an_example(isg: Isg) -> None:
    for question in QUESTIONS:
        ended = isg("query", question, "--help")
        assert ended.status == 0
        assert f"isg query {question}" in ended.out.split("example", 1)[1]


def test_a_reader_that_goes_away_is_no_failure(zoo: Isg) -> None:
    process = subprocess.Popen(
        zoo.line("export"), cwd=zoo.cwd, env=zoo.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    with process.stderr as errors:
        assert errors.read() == b""
    assert process.wait(timeout=60) == EXIT_CODES["interrupted"]


def test_a_question_starts_nothing_that_it_does_not_need(zoo: Isg) -> None:
    script = (
        "import sys; from isg_cli.main import main; main(sys.argv[1:]);"
        "print(sorted({'zmq', 'igraph', 'tree_sitter', 'watchfiles', 'psutil', 'supervisor', 'asyncio'}"
        " & sys.modules.keys()), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "query", "callers", "label"],
        cwd=zoo.cwd, env=zoo.environment(), capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert done.stderr.strip() == "[]"


# --- FILE arguments, stale files ----------------------------------------------------------------------------


def test_a_file_is_found_from_the_root_and_from_the_directory_below_it(zoo: Isg) -> None:
    below = zoo.cwd / "src"
    assert outlined(zoo, "src/farm.rs", zoo.cwd) == {"file": "src/farm.rs"}
    for typed in ("farm.rs", "src/farm.rs", "./farm.rs", "../src/farm.rs", str(below / "farm.rs")):
        assert outlined(zoo, typed, below) == {"file": "src/farm.rs"}, typed
    ended = zoo("query", "callees", "farm.rs:18", "--format", "json", cwd=below)
    assert ended.document["target"]["name"] == "a"


def outlined(isg: Isg, typed: str, cwd: Path) -> Any:
    return isg("query", "outline", typed, "--format", "json", cwd=cwd).document["target"]


def test_files_that_changed_since_are_counted_and_refresh_takes_them_in(isg: Isg) -> None:
    plant(isg.cwd)
    isg("ingest", ".")
    (isg.cwd / "src" / "farm.rs").write_text("pub fn a() {}\npub fn meadow() {}\n")
    answer = isg.json("query", "where-defined", "pong")
    assert answer["stale_files"] == 1
    text = isg("query", "where-defined", "pong")
    assert "1 file" in text.err
    assert f"isg ingest {isg.cwd}" in text.err
    assert isg("query", "where-defined", "pong", "--refresh").status == 1
    fresh = isg.json("query", "where-defined", "meadow")
    assert (fresh["count"], fresh["stale_files"]) == (1, 0)
    assert fresh["version"] > answer["version"]


# --- R1: cases 10 and 19 -----------------------------------------------------------------------------------


def dump(*files: tuple[str, str]) -> str:
    return "".join(f"FILE: {name}\n{text}\n" for name, text in files)


def test_the_last_line_of_an_ingest_counts_files_nodes_and_edges(isg: Isg) -> None:
    plant(isg.cwd)
    ended = isg("ingest", ".")
    lines = isg("export").out.splitlines()
    nodes = sum('"type":"node"' in line for line in lines)
    last = ended.out.splitlines()[-1]
    assert last.startswith(f"✓ Processed 3 files → {nodes} nodes, {len(lines) - nodes} edges in ")
    assert last.endswith(" s")
    assert ended.err == "", "no progress where nobody looks"
    document = isg.json("ingest", ".")
    assert document.keys() >= {"files", "nodes", "edges", "seconds", "partial", "skipped", "version"}
    assert (document["files"], document["nodes"], document["edges"]) == (3, nodes, len(lines) - nodes)


def test_a_file_that_is_no_rust_is_named_and_the_others_are_kept(isg: Isg) -> None:
    text = dump(("test.rs", "this is not valid rust {{{"), ("good.rs", "pub fn kept() {}\n"))
    ended = isg("ingest", "-", input=text.encode())
    assert ended.status == 0
    assert "test.rs:1" in ended.err
    assert "2 files" in ended.out
    assert isg.json("query", "where-defined", "kept")["count"] == 1
    document = isg("ingest", "-", "--format", "json", input=text.encode()).document
    assert [row["file"] for row in document["partial"]] == ["test.rs"]
    assert document["partial"][0].keys() >= {"file", "line", "reason"}


def test_an_incomplete_function_costs_itself_and_not_its_siblings(isg: Isg) -> None:
    text = "pub fn before() {}\n\npub fn incomplete_function(\n\npub fn after() {}\n"
    ended = isg("ingest", "-", input=dump(("a.rs", text), ("b.rs", "pub fn other() {}\n")).encode())
    assert ended.status == 0
    assert "a.rs:3" in ended.err
    names = {row["name"] for row in isg.json("query", "list", "--kind", "function")["results"]}
    assert names == {"before", "after", "other"}


def test_an_empty_dump_is_an_empty_graph(isg: Isg) -> None:
    (isg.cwd / "empty.txt").write_bytes(b"")
    ended = isg("ingest", "empty.txt")
    assert ended.status == 0
    assert ended.out.splitlines()[-1].startswith("✓ Processed 0 files → 0 nodes, 0 edges in ")
    assert isg("export").out == ""
    assert isg.json("query", "list")["count"] == 0


def test_a_bad_file_inside_a_directory_is_named_and_skipped(isg: Isg) -> None:
    plant(isg.cwd)
    (isg.cwd / "src" / "bad.rs").write_bytes(b"pub fn x() {}\n\xff\xfe\n")
    ended = isg("ingest", ".")
    assert ended.status == 0
    assert "src/bad.rs" in ended.err
    assert isg.json("query", "where-defined", "add")["count"] == 1


def test_a_second_project_replaces_the_first(isg: Isg, tmp_path: Path) -> None:
    one = plant(tmp_path / "one")
    two = plant(tmp_path / "two", {"src/lib.rs": b"pub fn only_here() {}\n"})
    first = isg.json("ingest", str(one), "--workspace", "w")
    second = isg.json("ingest", str(two), "--workspace", "w")
    assert second["version"] > first["version"]
    assert isg("query", "where-defined", "Drawable", "--workspace", "w").status == 1
    assert "zoo" not in isg("export", "--workspace", "w").out
    assert isg.json("query", "where-defined", "only_here", "--workspace", "w")["count"] == 1
    assert isg("export", "--workspace", "w").out == fresh_export(tmp_path, two)


def fresh_export(tmp_path: Path, project: Path) -> str:
    isg = Isg(tmp_path / "fresh", project)
    assert isg("ingest", ".").status == 0
    return isg("export").out


def test_two_workspaces_side_by_side_do_not_mix_and_are_forgotten_one_by_one(
    isg: Isg, tmp_path: Path
) -> None:
    one = plant(tmp_path / "one")
    two = plant(tmp_path / "two", {"src/lib.rs": b"pub fn only_here() {}\n"})
    assert isg("ingest", ".", cwd=one).status == 0
    assert isg("ingest", str(two), "--workspace", "second").status == 0
    assert isg("query", "where-defined", "only_here", cwd=one).status == 1
    assert isg("query", "where-defined", "only_here", ISG_WORKSPACE="second").status == 0
    assert isg("query", "where-defined", "Drawable", cwd=one / "src").status == 0
    assert {row["root"] for row in isg.json("status", "--all")["workspaces"]} == {str(one), str(two)}
    assert isg.json("forget", "second") == {"forgotten": [{"workspace": "second", "root": str(two)}]}
    assert isg("query", "stats", "--workspace", "second").status == 3
    assert isg("forget", "second").status == 3
    assert isg("query", "stats", cwd=one).status == 0
    assert isg("forget", "--all").status == 0
    assert isg.json("status", "--all") == {"workspaces": []}
    assert sorted(path.name for path in one.rglob("*")) == [
        "Cargo.toml",
        "farm.rs",
        "lib.rs",
        "shapes.rs",
        "src",
    ]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_ingest_exits_with_130_and_keeps_the_graph_there_was(isg: Isg, number: int) -> None:
    plant(isg.cwd)
    isg("ingest", ".")
    before = isg("export").out
    # The dump never ends: the ingest waits on standard input when the signal comes.
    process = subprocess.Popen(
        isg.line("ingest", "-"), cwd=isg.cwd, env=isg.environment(), stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None
    process.stdin.write(dump(("x.rs", "pub fn x() {}\n")).encode())
    process.stdin.flush()
    begun = until(lambda: psutil.Process(process.pid).children(), "its processes have started")
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"")
    assert not any(child.is_running() for child in begun)
    assert isg("export").out == before


def test_the_zoo_is_what_the_other_tests_think_it_is(zoo: Isg) -> None:
    assert set(ZOO) == {"Cargo.toml", "src/lib.rs", "src/shapes.rs", "src/farm.rs"}
    assert zoo.json("query", "what-implements", "Drawable")["count"] == 2
