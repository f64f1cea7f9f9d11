"""Laws of views and answers on random graphs, against plain and slow references (R3, R9)."""

from __future__ import annotations

import json
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from isg_graph.context import answer_context, render_text
from isg_graph.export import export
from isg_graph.nearest import distance
from isg_protocol.vocabulary import CALLS, CANDIDATE, EXTERNAL, IMPLEMENTS, METHOD, OVERRIDES, USES
from support.graphs import ask, made_of

KINDS = ("fn", "method", "struct", "trait", "impl", "mod", "external", "const")
FOLLOWED = (CALLS, USES, IMPLEMENTS, OVERRIDES)


@st.composite
def graphs(draw):
    size = draw(st.integers(1, 12))
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=size, max_size=size))
    node = st.integers(0, size - 1)
    edge = st.tuples(
        node,
        st.sampled_from(
            ["calls", "calls", "uses", "implements", "overrides", "contains", "imports", "extends"]
        ),
        node,
        st.sampled_from(["exact", "inferred", "candidate"]),
    )
    edges = draw(st.lists(edge, max_size=40))
    contained = set()
    kept = []
    for source, kind, target, resolution in edges:  # a node has one container, which stands before it
        if kind == "contains":
            if target in contained or source >= target:
                continue
            contained.add(target)
        kept.append((source, kind, target, resolution))
    return made_of(kinds, kept, draw(st.sets(node)))


def closure(view, start, candidates):
    """{number: hop} by the definition, one set at a time."""
    sources = {start}
    grown = True
    while grown:
        inner = {link.other for n in sources for link in view.outgoing(n) if link.kind == 0}
        grown = not inner <= sources
        sources |= inner
    hops = dict.fromkeys(sources, 0)

    def counts(link):
        return candidates or link.resolution != CANDIDATE

    hop = 0
    while True:
        hop += 1
        last = {n for n, at in hops.items() if at == hop - 1 and (not at or view.kind(n) != EXTERNAL)}
        new = set()
        for n in last:
            new |= {link.other for link in view.incoming(n) if link.kind in FOLLOWED and counts(link)}
            if view.kind(n) == METHOD:
                over = {link.other for link in view.outgoing(n) if link.kind == OVERRIDES}
                new |= {
                    link.other
                    for t in over
                    for link in view.incoming(t)
                    if link.kind == CALLS and counts(link)
                }
        new -= set(hops)
        if not new:
            return {n: at for n, at in hops.items() if at}
        hops |= dict.fromkeys(new, hop)


@given(graphs())
@settings(max_examples=150, deadline=None)
def test_adjacency_agrees_both_ways(made):
    view = made.view()
    forth, back = Counter(), Counter()
    for number in view.numbers():
        forth.update((number, link.other, link) for link in view.outgoing(number))
        back.update((link.other, number, link._replace(other=number)) for link in view.incoming(number))
    assert forth == back
    assert view.totals().edges == sum(forth.values())
    assert view.totals().nodes == len(list(view.numbers()))
    for number in view.numbers():
        node = view.node(number)
        assert view.by_id(node.id) == number
        assert number in view.by_symbol(node.symbol)
        assert node.name in set(view.names())
        assert (node.file is None) or number in [span.number for span in view.spans(node.file)]


@given(graphs(), st.booleans(), st.data())
@settings(max_examples=200, deadline=None)
def test_a_blast_radius_is_the_closure(made, candidates, data):
    view = made.view()
    start = data.draw(st.sampled_from(list(view.numbers())))
    expected = closure(view, start, candidates)
    found = ask(view, "blast-radius", view.node(start).id.hex(), candidates=candidates, limit=0)
    told = {bytes.fromhex(row["id"]): row["hop"] for row in found["results"]}
    assert told == {view.node(n).id: hop for n, hop in expected.items()}
    assert sum(found["by_hop"].values()) == found["count"] == len(told)
    assert found["tests"] == sum(view.node(n).test for n in expected)
    order = [(row["hop"], row["symbol"]) for row in found["results"]]
    assert order == sorted(order)


@given(graphs())
@settings(max_examples=150, deadline=None)
def test_function_cycles_are_the_sets_that_reach_each_other(made):
    view = made.view()
    calls = {
        n: {link.other for link in view.outgoing(n) if link.kind == CALLS and link.resolution != CANDIDATE}
        if made.nodes[view.node(n).id].kind in (2, 3, 10, 11)
        else set()
        for n in view.numbers()
    }
    reach = {n: set(to) for n, to in calls.items()}
    for _ in calls:
        for n in reach:
            reach[n] |= {far for to in set(reach[n]) for far in reach[to]}
    expected = {
        frozenset(m for m in reach if m in reach[n] and n in reach[m]) for n in reach if n in reach[n]
    }
    found = ask(view, "find-cycles", level="function", limit=0)
    ids = {view.node(n).id.hex(): n for n in view.numbers()}
    told = [frozenset(ids[row["id"]] for row in cycle["members"]) for cycle in found["results"]]
    assert len(told) == len(set(told))
    assert set(told) == expected
    assert [len(group) for group in told] == sorted(map(len, told), reverse=True)
    for group, cycle in zip(told, found["results"], strict=True):
        pairs = {(ids[edge["from"]], ids[edge["to"]]) for edge in cycle["edges"]}
        assert pairs == {(n, to) for n in group for to in calls[n] & group}


@given(graphs(), st.data())
@settings(max_examples=100, deadline=None)
def test_a_path_exists_exactly_when_its_end_is_reached_and_is_shortest(made, data):
    view = made.view()
    start, goal = (data.draw(st.sampled_from(list(view.numbers()))) for _ in range(2))
    distance_, frontier = {start: 0}, [start]
    while frontier:
        n = frontier.pop(0)
        for link in view.outgoing(n):
            if link.kind != 0 and link.resolution != CANDIDATE and link.other not in distance_:
                distance_[link.other] = distance_[n] + 1
                frontier.append(link.other)
    found = ask(view, "path", view.node(start).id.hex(), to=view.node(goal).id.hex())
    assert found["count"] == (distance_[goal] + 1 if goal in distance_ else 0)


QUESTIONS = (
    ("callers", ("fn", "method", "external")),
    ("callees", ("fn", "method", "const")),
    ("uses", KINDS),
    ("used-by", KINDS),
    ("blast-radius", KINDS),
    ("what-implements", ("trait", "external")),
    ("implements", ("struct", "external")),
    ("find-cycles", ()),
    ("list", ()),
    ("dead-code", ()),
    ("hotspots", ()),
    ("stats", ()),
    ("search", ()),
)


@given(graphs(), st.sampled_from(QUESTIONS), st.integers(0, 4), st.data())
@settings(max_examples=300, deadline=None)
def test_answers_do_not_depend_on_arrival_and_keep_the_law_of_limit_and_count(made, question, limit, data):
    name, kinds = question
    there, back = made.view(), made.view(backwards=True)
    target = "n000" if name == "search" else None
    if kinds:
        words = {
            "fn": 2,
            "method": 3,
            "external": 13,
            "const": 10,
            "trait": 7,
            "struct": 4,
            "impl": 8,
            "mod": 1,
        }
        able = sorted(n.id.hex() for n in made.nodes.values() if n.kind in {words[kind] for kind in kinds})
        if not able:
            return
        target = data.draw(st.sampled_from(able))
    whole = ask(there, name, target, limit=0)
    cut = ask(there, name, target, limit=limit)
    assert json.dumps(cut) == json.dumps(ask(back, name, target, limit=limit))
    assert whole["count"] == cut["count"] == len(whole["results"])
    assert cut["results"] == (whole["results"][:limit] if limit else whole["results"])
    assert cut["truncated"] == (len(cut["results"]) < cut["count"])


@given(graphs(), st.integers(1, 400), st.data())
@settings(max_examples=100, deadline=None)
def test_contexts_and_exports_are_the_same_bytes_and_within_the_budget(made, budget, data):
    there, back = made.view(), made.view(backwards=True)
    assert list(export(there, "jsonl")) == list(export(back, "jsonl"))
    entity = data.draw(st.sampled_from(sorted(node.id.hex() for node in made.nodes.values())))
    texts = [render_text(answer_context(view, [entity], budget_tokens=budget)) for view in (there, back)]
    assert texts[0] == texts[1]
    assert len(texts[0].encode()) <= 3 * budget


@given(st.text("abcd", max_size=7), st.text("abcd", max_size=7))
def test_the_bounded_distance_agrees_with_the_plain_one(left, right):
    table = {(i, 0): i for i in range(len(left) + 1)} | {(0, j): j for j in range(len(right) + 1)}
    for i in range(1, len(left) + 1):
        for j in range(1, len(right) + 1):
            best = min(
                table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (left[i - 1] != right[j - 1])
            )
            if i > 1 and j > 1 and left[i - 1] == right[j - 2] and left[i - 2] == right[j - 1]:
                best = min(best, table[i - 2, j - 2] + 1)
            table[i, j] = best
    plain = table[len(left), len(right)]
    assert distance(left, right, 3) == min(plain, 4)
