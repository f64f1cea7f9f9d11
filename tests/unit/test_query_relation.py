"""callers, callees, uses, used-by (R3; acceptance 2, 4, 16a)."""

from __future__ import annotations

import pytest

from isg_graph.error import NotFound
from support.graphs import ask, symbols, view

SHAPES = """
trait app::Draw
method app::Draw::draw
impl app::<impl Draw for Circle> | trait=Draw, self=Circle
method app::<Circle as Draw>::draw
fn app::draw_shape
fn app::draw_circle
fn app::main
external std::mem::swap
struct app::Circle
app::<Circle as Draw>::draw -overrides-> app::Draw::draw
app::draw_shape -calls-> app::Draw::draw @ src/lib.rs:50
app::draw_circle -calls-> app::<Circle as Draw>::draw @ src/lib.rs:61 | inferred
app::draw_circle -calls-> app::<Circle as Draw>::draw @ src/lib.rs:60 | macro
app::main -calls-> app::draw_shape @ src/lib.rs:70
app::main -calls-> std::mem::swap @ src/lib.rs:71
app::main -uses-> app::draw_circle @ src/lib.rs:72 | body
app::main -uses-> app::Circle @ src/lib.rs:73 | body
app::draw_circle -uses-> app::Circle @ src/lib.rs:59 | signature
app::main ?draw @ src/lib.rs:74
app::main ?draw @ src/lib.rs:75
"""


@pytest.fixture(scope="module")
def shapes():
    return view(SHAPES)


def test_callers_of_an_impls_method_include_calls_through_the_trait(shapes):
    found = ask(shapes, "callers", "Circle::draw")
    told = [
        (row["symbol"], row["site"]["line"], row["via"], row["resolution"], row["context"])
        for row in found["results"]
    ]
    assert told == [
        ("app::draw_circle", 60, None, "exact", "macro"),
        ("app::draw_circle", 61, None, "inferred", None),
        ("app::draw_shape", 50, "dispatch", "exact", None),
    ]
    assert found["target"]["symbol"] == "app::<Circle as Draw>::draw"
    assert (found["count"], found["truncated"]) == (3, False)


def test_callers_of_the_traits_method_are_not_those_of_one_impl(shapes):
    assert symbols(ask(shapes, "callers", "Draw::draw")) == ["app::draw_shape"]


def test_callers_counts_open_sites_and_values(shapes):
    assert ask(shapes, "callers", "Draw::draw")["open"] == 2
    passed = ask(shapes, "callers", "draw_circle")
    assert (passed["count"], passed["values"], passed["open"]) == (0, 1, 0)
    assert symbols(ask(shapes, "used-by", "draw_circle")) == ["app::main"]


def test_all_asks_for_the_union_and_counts_each_edge_once(shapes):
    found = ask(shapes, "callers", "draw", all=True)
    assert found["count"] == 3
    assert [row["symbol"] for row in found["targets"]] == ["app::<Circle as Draw>::draw", "app::Draw::draw"]


def test_callees_reach_externals(shapes):
    found = ask(shapes, "callees", "main")
    assert [(row["symbol"], row["resolution"]) for row in found["results"]] == [
        ("app::draw_shape", "exact"),
        ("std::mem::swap", "external"),
    ]
    assert found["results"][1]["file"] is None


def test_uses_tells_signatures_from_bodies(shapes):
    assert [row["context"] for row in ask(shapes, "used-by", "Circle")["results"]] == ["signature", "body"]
    assert symbols(ask(shapes, "uses", "main")) == ["app::Circle", "app::draw_circle"]


def test_callers_of_a_known_function_without_any_is_an_empty_answer(shapes):
    found = ask(shapes, "callers", "main")
    assert (found["results"], found["count"], found["truncated"]) == ([], 0, False)


def test_a_type_has_no_callers(shapes):
    with pytest.raises(NotFound):
        ask(shapes, "callers", "Circle")


def test_the_limit_cuts_and_says_so(shapes):
    found = ask(shapes, "callers", "Circle::draw", limit=1)
    assert (len(found["results"]), found["count"], found["truncated"]) == (1, 3, True)
    assert ask(shapes, "callers", "Circle::draw", limit=0)["truncated"] is False


def test_candidate_edges_are_shown_as_such():
    found = view("fn app::a\nfn app::b\napp::a -calls-> app::b | candidate")
    assert [row["resolution"] for row in ask(found, "callers", "b")["results"]] == ["candidate"]
