"""where-defined, search, list, outline, stats, hotspots, and the common shape of answers (R3, R5; acceptance
17 and 18)."""

from __future__ import annotations

import json

import pytest

from isg_graph.error import Ambiguous, NotFound, QueryError, Usage
from isg_graph.nearest import distance, matches_words
from isg_graph.query.table import QUERIES
from isg_protocol.error import EXIT_CODES
from support.graphs import ask, graph, symbols, view

WALK = """
crate walk @ src/lib.rs:1-99
mod walk::dir @ src/lib.rs:2-50
struct walk::dir::WalkBuilder @ src/lib.rs:3-4 | vis=pub
impl walk::dir::<impl WalkBuilder> @ src/lib.rs:5-20 | self=WalkBuilder
method walk::dir::WalkBuilder::build @ src/lib.rs:6-7
fn walk::build_walker @ src/lib.rs:60
fn walk::walk @ src/lib.rs:61
fn walk::main @ src/lib.rs:62
fn walk::spawn @ src/os.rs:1 | cfg=unix
fn walk::spawn @ src/os.rs:5 | cfg=windows
external std::thread::spawn
walk -contains-> walk::dir
walk::dir -contains-> walk::dir::WalkBuilder
walk::dir -contains-> walk::dir::<impl WalkBuilder>
walk::dir::<impl WalkBuilder> -contains-> walk::dir::WalkBuilder::build
walk::main -calls-> walk::walk
walk::build_walker -calls-> walk::walk
walk::main -calls-> walk::build_walker
walk::main -calls-> std::thread::spawn
walk::main -calls-> walk::spawn | candidate
walk::main ?gone @ src/lib.rs:62
"""


@pytest.fixture(scope="module")
def walk():
    return view(WALK)


def test_where_defined_gives_every_definition_and_no_external_beside_them(walk):
    found = ask(walk, "where-defined", "spawn")
    assert [(row["symbol"], row["file"], row["line"], row["cfg"]) for row in found["results"]] == [
        ("walk::spawn", "src/os.rs", 1, "unix"),
        ("walk::spawn", "src/os.rs", 5, "windows"),
    ]
    assert found["target"] is None
    assert symbols(ask(walk, "where-defined", "thread::spawn")) == ["std::thread::spawn"]


def test_where_defined_of_an_unknown_name_is_not_found(walk):
    with pytest.raises(NotFound) as wrong:
        ask(walk, "where-defined", "spwan")
    assert wrong.value.hint == "isg query search spwan"
    assert wrong.value.candidates[0]["name"] == "spawn"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("WalkBuilder", "walk::dir::WalkBuilder"),
        ("walkbuilder", "walk::dir::WalkBuilder"),
        ("WalkB", "walk::dir::WalkBuilder"),
        ("wlkbld", "walk::dir::WalkBuilder"),
        ("walker", "walk::build_walker"),
        ("uilder", "walk::dir::WalkBuilder"),
        ("spwan", "walk::spawn"),
        ("WalkBuilder::bui", "walk::dir::WalkBuilder::build"),
    ],
)
def test_search_finds_by_beginning_word_part_and_typing_error(walk, text, first):
    found = ask(walk, "search", text)
    assert found["results"][0]["symbol"] == first
    scores = [row["score"] for row in found["results"]]
    assert scores == sorted(scores, reverse=True)
    assert 0 < scores[0] <= 1


def test_search_without_a_hit_is_an_empty_answer(walk):
    for text in ("zzzzzz", "x" * 10_000, "a\x07b"):
        assert ask(walk, "search", text)["results"] == []
    with pytest.raises(Usage):
        ask(walk, "search", " ")


def test_word_parts_begin_their_words():
    assert matches_words("wlkbld", "WalkBuilder")
    assert matches_words("hm", "HashMap")
    assert matches_words("gnc", "get_next_chunk")
    assert not matches_words("alb", "WalkBuilder")
    assert not matches_words("wb", "Walkbuilder")


def test_the_edit_distance_counts_a_swap_as_one():
    assert [distance("spwan", "spawn", 2), distance("abc", "abc", 1), distance("abc", "xyz", 2)] == [1, 0, 3]


def test_list_by_kind_and_by_file(walk):
    assert symbols(ask(walk, "list", kind="struct")) == ["walk::dir::WalkBuilder"]
    assert symbols(ask(walk, "list", file="src/os.rs")) == ["walk::spawn", "walk::spawn"]
    assert symbols(ask(walk, "list", file="src/os.rs", kind="struct")) == []
    assert ask(walk, "list")["count"] == 10
    assert symbols(ask(walk, "list", kind="external")) == ["std::thread::spawn"]
    with pytest.raises(Usage):
        ask(walk, "list", kind="class")
    with pytest.raises(NotFound) as wrong:
        ask(walk, "list", file="deep/os.rs")
    assert wrong.value.hint == "isg query list --file src/os.rs"


def test_an_outline_is_in_source_order_with_depth_and_parent(walk):
    found = ask(walk, "outline", "src/lib.rs")
    assert found["target"] == {"file": "src/lib.rs"}
    told = [(row["symbol"].rsplit("::", 1)[-1], row["depth"]) for row in found["results"]]
    assert told == [
        ("walk", 0),
        ("dir", 1),
        ("WalkBuilder", 2),
        ("<impl WalkBuilder>", 2),
        ("build", 3),
        ("build_walker", 0),
        ("walk", 0),
        ("main", 0),
    ]
    ids = {row["id"]: row["symbol"] for row in found["results"]}
    assert ids[found["results"][4]["parent"]] == "walk::dir::<impl WalkBuilder>"
    assert found["results"][0]["parent"] is None
    with pytest.raises(Usage):
        ask(walk, "outline")


def test_in_an_outline_an_impl_on_one_line_stands_before_what_it_holds():
    short = view("""
        crate app
        struct app::Cat @ src/lib.rs:1
        impl app::<impl Speak for Cat> @ src/lib.rs:2
        method app::<Cat as Speak>::speak @ src/lib.rs:2
        app -contains-> app::<impl Speak for Cat>
        app::<impl Speak for Cat> -contains-> app::<Cat as Speak>::speak
    """)
    told = [(row["kind"], row["line"]) for row in ask(short, "outline", "src/lib.rs")["results"]]
    assert told[-2:] == [("impl", 2), ("method", 2)]


def test_a_path_between_ambiguous_ends_is_asked_for_whole():
    two = view("fn app::a::go\nfn app::b::go\nfn app::main")
    for start, end, hint in (("go", "main", "app::a::go main"), ("main", "go", "main app::a::go")):
        with pytest.raises(Ambiguous) as wrong:
            ask(two, "path", start, to=end)
        assert wrong.value.hint == f"isg query path {hint}"


def test_stats_counts_kinds_crates_resolutions_and_call_sites():
    made = graph(WALK)
    made.issues["src/os.rs"] = [(3, "not an item")]
    found = ask(made.view(), "stats")
    assert (found["count"], found["target"]) == (1, None)
    stats = found["results"][0]
    assert (stats["nodes"], stats["edges"], stats["node_kinds"]["function"]) == (11, 9, 5)
    assert stats["edge_kinds"]["calls"] == 5
    assert stats["crates"] == {"walk": 10}
    assert stats["resolutions"] == {"exact": 7, "inferred": 0, "candidate": 1, "external": 1}
    calls = stats["calls"]
    assert (calls["sites_resolved"], calls["sites_candidate"], calls["sites_open"]) == (2, 0, 1)
    assert calls["resolved_share"] == round(2 / 3, 4)
    assert stats["parse"]["partial"] == [{"file": "src/os.rs", "line": 3, "reason": "not an item"}]
    assert stats["parse"]["partial_files"] == 1


def test_hotspots_rank_what_the_rest_leans_on(walk):
    found = ask(walk, "hotspots")
    assert symbols(found) == ["walk::walk", "walk::build_walker"]
    assert [row["in_degree"] for row in found["results"]] == [2, 1]
    assert all(row["score"] == round(row["score"], 6) for row in found["results"])


def test_every_answer_has_the_common_keys_first_and_is_the_same_twice(walk):
    targets = {"entity": "walk::walk", "text": "walk", "file": "src/lib.rs", "two": "walk::main"}
    for name, spec in QUERIES.items():
        target = {"what-implements": None, "implements": "WalkBuilder", "callees": "walk::main"}.get(
            name, targets.get(spec.takes)
        )
        if name == "what-implements":
            continue
        asked = {"to": "walk::walk"} if spec.takes == "two" else {}
        found = ask(walk, name, target, **asked)
        assert list(found)[:9] == [
            "query",
            "target",
            "results",
            "count",
            "truncated",
            "version",
            "lag_ms",
            "stale_files",
            "elapsed_us",
        ]
        assert (found["query"], found["version"]) == (name, 7)
        assert found["count"] >= len(found["results"])
        again = ask(graph(WALK).view(backwards=True), name, target, **asked)
        assert json.dumps(found) == json.dumps(again)


def test_a_negative_limit_and_an_unknown_query_are_usage_errors(walk):
    with pytest.raises(Usage):
        ask(walk, "callers", "main", limit=-1)
    with pytest.raises(Usage) as wrong:
        ask(walk, "caller", "main")
    assert wrong.value.hint == "isg query callers"


def test_every_error_code_has_an_exit_status():
    codes = {error.code for error in QueryError.__subclasses__()}
    assert codes <= set(EXIT_CODES)
    assert len(codes) == 7
