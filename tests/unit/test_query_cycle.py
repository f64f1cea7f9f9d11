"""find-cycles (R3; acceptance 16)."""

from __future__ import annotations

import pytest

from isg_graph.component import components
from isg_graph.error import Usage
from support.graphs import ask, view

CRATE = """
crate app
mod app::a
mod app::b
mod app::c
app -contains-> app::a
app -contains-> app::b
app -contains-> app::c
fn app::a::f
fn app::b::f
fn app::c::f
app::a -contains-> app::a::f
app::b -contains-> app::b::f
app::c -contains-> app::c::f
"""


def members(found):
    return [[row["symbol"] for row in cycle["members"]] for cycle in found["results"]]


def test_two_functions_that_call_each_other_and_the_edges_that_close_it():
    found = ask(
        view(
            """
            fn app::a
            fn app::b
            app::a -calls-> app::b @ src/lib.rs:5
            app::b -calls-> app::a @ src/lib.rs:6
            """
        ),
        "find-cycles",
    )
    assert found["target"] is None
    assert found["count"] == 1
    cycle = found["results"][0]
    assert (cycle["level"], [row["symbol"] for row in cycle["members"]]) == ("function", ["app::a", "app::b"])
    ids = [row["id"] for row in cycle["members"]]
    assert cycle["edges"] == [
        {"kind": "calls", "from": ids[0], "to": ids[1], "file": "src/lib.rs", "line": 5},
        {"kind": "calls", "from": ids[1], "to": ids[0], "file": "src/lib.rs", "line": 6},
    ]


def test_a_function_that_calls_itself_is_a_cycle_of_one():
    assert members(ask(view("fn app::a\napp::a -calls-> app::a"), "find-cycles")) == [["app::a"]]


def test_an_acyclic_graph_has_none():
    found = ask(view("fn app::a\nfn app::b\napp::a -calls-> app::b"), "find-cycles")
    assert (found["results"], found["count"], found["truncated"]) == ([], 0, False)


def test_a_ring_of_three_modules_by_imports():
    text = CRATE + "app::a -imports-> app::b\napp::b -imports-> app::c::f\napp::c -imports-> app::a::f"
    found = ask(view(text), "find-cycles")
    assert members(found) == [["app::a", "app::b", "app::c"]]
    assert found["results"][0]["level"] == "module"
    assert [edge["kind"] for edge in found["results"][0]["edges"]] == ["imports"] * 3


def test_calls_and_uses_are_lifted_to_modules():
    text = CRATE + "app::a::f -calls-> app::b::f\napp::b::f -uses-> app::a::f | body"
    assert members(ask(view(text), "find-cycles", level="module")) == [["app::a", "app::b"]]
    assert members(ask(view(text), "find-cycles", level="function")) == []


def test_a_child_that_uses_all_of_its_parent_is_no_cycle():
    text = (
        CRATE
        + """
        fn app::g
        app -contains-> app::g
        app -imports-> app::a::f
        app::a -imports-> app
        app::a::f -calls-> app::g
        app::g -calls-> app::a::f
        """
    )
    assert members(ask(view(text), "find-cycles", level="module")) == []
    assert members(ask(view(text), "find-cycles", level="crate")) == []
    assert members(ask(view(text), "find-cycles")) == [["app::a::f", "app::g"]]


def test_two_crates_that_use_each_other():
    text = """
    crate one
    crate two
    fn one::f
    fn two::f
    one -contains-> one::f
    two -contains-> two::f
    one::f -calls-> two::f
    two -imports-> one
    """
    assert members(ask(view(text), "find-cycles", level="crate")) == [["one", "two"]]


def test_the_largest_cycle_comes_first_and_candidates_make_none():
    text = """
    fn app::a
    fn app::x
    fn app::y
    app::a -calls-> app::a
    app::x -calls-> app::y
    app::y -calls-> app::x
    fn app::p
    fn app::q
    app::p -calls-> app::q
    app::q -calls-> app::p | candidate
    """
    assert members(ask(view(text), "find-cycles")) == [["app::x", "app::y"], ["app::a"]]
    assert len(members(ask(view(text), "find-cycles", candidates=True))) == 3


def test_a_target_or_an_unknown_level_is_refused():
    with pytest.raises(Usage):
        ask(view("fn app::a"), "find-cycles", "a")
    with pytest.raises(Usage):
        ask(view("fn app::a"), "find-cycles", level="planet")


def test_a_chain_of_a_hundred_thousand_calls_needs_no_recursion():
    length = 100_000
    ring = {n: [(n + 1) % length] for n in range(length)}
    assert [len(group) for group in components(ring, lambda: None)] == [length]
