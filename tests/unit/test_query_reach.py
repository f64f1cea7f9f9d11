"""blast-radius and path (R3; acceptance 15)."""

from __future__ import annotations

import pytest

from isg_graph.error import TimedOut, Usage
from isg_graph.query.arguments import QueryArguments
from isg_graph.query.reach import risk
from isg_graph.query.table import answer
from support.graphs import ask, symbols, view

CHAIN = """
fn app::a
fn app::b
fn app::c
fn app::d
app::a -calls-> app::b @ src/lib.rs:10
app::b -calls-> app::c @ src/lib.rs:20
app::c -calls-> app::d @ src/lib.rs:30
"""

DRAW = """
trait app::Draw
method app::Draw::draw
struct app::Circle
impl app::<impl Draw for Circle> @ src/lib.rs:20 | trait=Draw, self=Circle
method app::<Circle as Draw>::draw
fn app::helper
fn app::show
fn app::main
fn app::maker
fn app::never
app::Draw -contains-> app::Draw::draw
app::<impl Draw for Circle> -contains-> app::<Circle as Draw>::draw
app::<Circle as Draw>::draw -overrides-> app::Draw::draw
app::Circle -implements-> app::Draw @ src/lib.rs:20
app::<impl Draw for Circle> -uses-> app::Circle | signature
app::<impl Draw for Circle> -uses-> app::Draw | signature
app::<Circle as Draw>::draw -calls-> app::helper
app::show -calls-> app::Draw::draw
app::show -uses-> app::Draw | signature
app::main -calls-> app::show
app::maker -uses-> app::Circle | signature
app::never -calls-> app::helper | candidate
"""


def hops(found):
    return {row["symbol"]: (row["hop"], row["via"]) for row in found["results"]}


def test_a_chain_is_reached_hop_by_hop_with_low_risk():
    found = ask(view(CHAIN), "blast-radius", "d")
    assert [(row["symbol"], row["hop"], row["via"]) for row in found["results"]] == [
        ("app::c", 1, "calls"),
        ("app::b", 2, "calls"),
        ("app::a", 3, "calls"),
    ]
    assert (found["risk"], found["by_hop"], found["tests"]) == ("Low", {"1": 1, "2": 1, "3": 1}, 0)
    assert (found["open"], found["open_ends"], found["truncated"]) == (0, 0, False)


def test_what_nothing_calls_affects_nothing_and_says_so():
    found = ask(view(CHAIN), "blast-radius", "a")
    assert (found["count"], found["risk"], found["by_hop"]) == (0, "None", {})


def test_callers_through_the_trait_are_reached_by_dispatch():
    found = ask(view(DRAW), "blast-radius", "helper")
    assert hops(found) == {
        "app::<Circle as Draw>::draw": (1, "calls"),
        "app::show": (2, "dispatch"),
        "app::main": (3, "calls"),
    }


def test_a_changed_trait_reaches_implementors_users_and_their_callers():
    found = hops(ask(view(DRAW), "blast-radius", "app::Draw"))
    assert found["app::Circle"] == (1, "implements")
    assert found["app::show"] == (1, "calls")
    assert found["app::<Circle as Draw>::draw"] == (1, "overrides")
    assert found["app::maker"] == (2, "uses")
    assert found["app::main"] == (2, "calls")
    assert "app::Draw::draw" not in found


def test_a_container_begins_at_all_that_it_contains():
    found = hops(ask(view(DRAW), "blast-radius", "app::<impl Draw for Circle>"))
    assert found == {"app::show": (1, "dispatch"), "app::main": (2, "calls")}


def test_candidates_only_count_when_asked_for():
    assert "app::never" not in hops(ask(view(DRAW), "blast-radius", "helper"))
    assert hops(ask(view(DRAW), "blast-radius", "helper", candidates=True))["app::never"] == (1, "calls")


def test_a_future_polled_from_outside_is_an_open_end():
    found = ask(
        view(
            """
            external std::future::Future
            external std::future::Future::poll
            struct app::Sleep
            impl app::<impl Future for Sleep> | trait=Future, self=Sleep
            method app::<Sleep as Future>::poll
            fn app::tick
            app::<Sleep as Future>::poll -overrides-> std::future::Future::poll
            app::<Sleep as Future>::poll -calls-> app::tick
            """
        ),
        "blast-radius",
        "tick",
    )
    assert hops(found) == {"app::<Sleep as Future>::poll": (1, "calls")}
    assert found["open_ends"] == 1


def test_values_and_public_items_of_a_library_are_open_ends_too():
    found = ask(
        view(
            """
            fn app::low
            fn app::api | library, vis=pub
            fn app::handler
            fn app::plain
            fn app::main
            app::api -calls-> app::low
            app::handler -calls-> app::low
            app::plain -calls-> app::low
            app::main -uses-> app::handler | body
            """
        ),
        "blast-radius",
        "low",
    )
    assert (found["count"], found["open_ends"]) == (4, 2)


def test_a_re_exported_item_and_its_public_methods_are_open_ends():
    found = ask(
        view(
            """
            crate app | library, vis=pub
            mod app::inner
            struct app::inner::Api | vis=pub
            method app::inner::Api::go | vis=pub
            method app::inner::Api::hidden
            fn app::inner::low
            app -imports-> app::inner::Api
            app::inner::Api::go -calls-> app::inner::low
            app::inner::Api::hidden -calls-> app::inner::low
            """
        ),
        "blast-radius",
        "low",
    )
    assert (found["count"], found["open_ends"]) == (2, 1)


def test_an_external_implementor_is_reached_but_not_what_else_uses_it():
    found = ask(
        view(
            """
            trait app::Wake
            external std::sync::Arc
            fn app::other
            std::sync::Arc -implements-> app::Wake @ src/lib.rs:9
            app::other -uses-> std::sync::Arc | body
            """
        ),
        "blast-radius",
        "Wake",
    )
    assert hops(found) == {"std::sync::Arc": (1, "implements")}
    through = view("external std::sync::Arc\nfn app::other\napp::other -uses-> std::sync::Arc | body")
    assert symbols(ask(through, "blast-radius", "Arc")) == ["app::other"]


def test_tests_are_told_apart_and_do_not_raise_the_risk():
    text = CHAIN + "fn app::t | test\napp::t -calls-> app::d\n"
    found = ask(view(text), "blast-radius", "d")
    assert (found["count"], found["tests"], found["risk"]) == (4, 1, "Low")
    without = ask(view(text), "blast-radius", "d", no_tests=True)
    assert (without["count"], without["tests"]) == (3, 1)
    assert symbols(without) == ["app::c", "app::b", "app::a"]


@pytest.mark.parametrize(
    ("nodes", "band"),
    [
        (0, "None"),
        (1, "Low"),
        (5, "Low"),
        (6, "Medium"),
        (20, "Medium"),
        (21, "High"),
        (50, "High"),
        (51, "Critical"),
    ],
)
def test_risk_bands(nodes, band):
    assert risk(nodes) == band


def test_depth_is_a_bound_that_is_said_and_leaves_the_risk_alone():
    found = ask(view(CHAIN), "blast-radius", "d", depth=1)
    assert (symbols(found), found["truncated"], found["risk"], found["count"]) == (["app::c"], True, "Low", 1)
    assert ask(view(CHAIN), "blast-radius", "d", depth=3)["truncated"] is False
    with pytest.raises(Usage):
        ask(view(CHAIN), "blast-radius", "d", depth=0)


def test_kinds_keep_nodes_or_follow_edges():
    graph = view(DRAW)
    assert symbols(ask(graph, "blast-radius", "app::Draw", kinds=["struct"])) == ["app::Circle"]
    assert symbols(ask(graph, "blast-radius", "app::Circle", kinds=["calls"])) == []
    with pytest.raises(Usage):
        ask(graph, "blast-radius", "app::Draw", kinds=["nonsense"])


def test_more_than_three_thousand_nodes_are_cut_and_it_is_said():
    lines = ["fn app::hub"]
    lines += [f"fn app::f{n:04}" for n in range(3_100)]
    lines += [f"app::f{n:04} -calls-> app::hub" for n in range(3_100)]
    found = ask(view("\n".join(lines)), "blast-radius", "hub", limit=0)
    assert (found["count"], len(found["results"]), found["truncated"], found["risk"]) == (
        3_000,
        3_000,
        True,
        "Critical",
    )
    assert found["results"][-1]["symbol"] == "app::f2999"


def test_a_deadline_that_passes_ends_the_question():
    ticks = iter(range(0, 10**12, 10**9))
    lines = ["fn app::n0"] + [f"fn app::n{n}\napp::n{n} -calls-> app::n{n - 1}" for n in range(1, 600)]
    with pytest.raises(TimedOut) as late:
        answer(
            view("\n".join(lines)),
            QueryArguments(name="blast-radius", target="n0", timeout_ms=1),
            lambda: next(ticks),
        )
    assert late.value.hint == "isg query blast-radius n0 --timeout-ms 10"


def test_a_path_shows_each_edge_and_the_shortest_way():
    found = ask(view(CHAIN + "app::a -uses-> app::c @ src/lib.rs:11"), "path", "a", to="d")
    assert [(row["symbol"], row["edge"]) for row in found["results"]] == [
        ("app::a", None),
        ("app::c", {"kind": "uses", "file": "src/lib.rs", "line": 11}),
        ("app::d", {"kind": "calls", "file": "src/lib.rs", "line": 30}),
    ]
    assert found["to"]["symbol"] == "app::d"


def test_no_path_is_an_empty_answer_and_a_path_to_itself_is_one_node():
    assert ask(view(CHAIN), "path", "d", to="a")["results"] == []
    assert symbols(ask(view(CHAIN), "path", "d", to="d")) == ["app::d"]
    with pytest.raises(Usage):
        ask(view(CHAIN), "path", "d")


def test_of_equally_short_paths_the_first_by_symbol_is_taken():
    text = """
    fn app::a
    fn app::z
    fn app::m
    fn app::end
    app::a -calls-> app::z
    app::a -calls-> app::m
    app::z -calls-> app::end
    app::m -calls-> app::end
    """
    assert symbols(ask(view(text), "path", "app::a", to="end")) == ["app::a", "app::m", "app::end"]
