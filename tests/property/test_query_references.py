"""R3: each query against a plain, slow reading of the export by networkx, on graphs made at random.

The reference knows the contract's words and the exported lines, and nothing of views, numbers or indexes.
The graphs are of random Rust projects, with random edges added so that cycles and long ways are many.
`ISG_LAW_SEED` replays one graph.
"""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import Any

import networkx as nx
import pytest

from isg_graph.error import QueryError
from isg_graph.export import export
from isg_graph.memory import MemoryView
from isg_graph.query.arguments import QueryArguments
from isg_graph.query.around import around
from isg_graph.query.table import answer
from isg_protocol.graph import Edge, FileEntry, Node
from isg_protocol.vocabulary import (
    CALLS,
    EXACT,
    EXTERNAL,
    IMPLEMENTS,
    IMPORTS,
    NO_CONTEXT,
    OVERRIDES,
    TRAIT,
    USES,
)
from support.rust import link
from support.rust_project import Author

SEEDS = [int(os.environ["ISG_LAW_SEED"])] if "ISG_LAW_SEED" in os.environ else list(range(4))
AFFECTING = ("calls", "uses", "implements", "overrides")
FORWARD = (*AFFECTING, "extends", "imports")
Row = dict[str, Any]

each_graph = pytest.mark.parametrize("seed", SEEDS)


class Reference:
    """The export's lines as networkx graphs."""

    def __init__(self, view: MemoryView) -> None:
        self.view = view
        rows = [json.loads(line) for line in export(view, "jsonl")]
        self.nodes: dict[str, Row] = {row["id"]: row for row in rows if row["type"] == "node"}
        self.edges: list[Row] = [row for row in rows if row["type"] == "edge"]
        self.certain = [edge for edge in self.edges if edge["resolution"] != "candidate"]

    def graph(self, *kinds: str) -> nx.DiGraph:
        made = nx.DiGraph()
        made.add_nodes_from(self.nodes)
        made.add_edges_from((e["from"], e["to"]) for e in self.certain if e["kind"] in kinds)
        return made

    def of_kind(self, *kinds: str) -> list[str]:
        return [key for key, node in self.nodes.items() if node["kind"] in kinds]

    def twins(self, key: str) -> list[str]:
        """Nodes that one answer is of: those of one symbol, unless they stand in other targets."""
        entity = ask(self.view, "where-defined", key, every=True)
        return [row["id"] for row in entity["results"]]


@lru_cache(maxsize=len(SEEDS))
def reference(seed: int) -> Reference:
    dice = random.Random(seed)
    texts = Author(seed).project().files()
    linker = link(texts, live=False)
    edges = {key: list(found) for key, found in linker.edges.items()}
    callable_nodes = sorted(n.id for n in linker.nodes.values() if n.file and n.signature)
    for _ in range(len(callable_nodes)):
        source, target = dice.choice(callable_nodes), dice.choice(callable_nodes)
        _add(edges, linker.nodes[source], dice.choice((CALLS, CALLS, USES, IMPORTS)), target)
    for target in [edge.to for out in linker.edges.values() for edge in out if edge.kind == OVERRIDES]:
        _add(edges, linker.nodes[dice.choice(callable_nodes)], CALLS, target)
    traits = sorted(n.id for n in linker.nodes.values() if n.kind == TRAIT)
    for outside in sorted(n.id for n in linker.nodes.values() if n.kind == EXTERNAL):
        if traits and dice.random() < 0.5:  # a trait that an outside type implements
            _add(edges, linker.nodes[outside], IMPLEMENTS, dice.choice(traits))
    files = [FileEntry(p, b"", len(t), 0, t.count("\n"), []) for p, t in texts.items()]
    encoded = {path: text.encode() for path, text in texts.items()}
    return Reference(MemoryView(linker.nodes, edges, linker.opens, files, encoded))


def _add(edges: dict[bytes, list[Edge]], source: Node, kind: int, target: bytes) -> None:
    made = Edge(kind, target, source.file or "src/lib.rs", source.line or 1, NO_CONTEXT, EXACT, False, False)
    edges[source.id] = sorted({*edges.get(source.id, ()), made})


def ask(view: MemoryView, query: str, target: str | None = None, *, every: bool = False, **more: Any) -> Row:
    return answer(view, QueryArguments(name=query, target=target, limit=0, all=every, **more))


def sites(rows: Iterable[Row]) -> Counter[tuple[Any, ...]]:
    return Counter(
        (
            row["id"],
            row["site"]["file"],
            row["site"]["line"],
            row["context"],
            row["resolution"],
            row.get("via"),
        )
        for row in rows
    )


def told(edges: Iterable[Row], end: str, via: str | None = None) -> Counter[tuple[Any, ...]]:
    return Counter((e[end], e["file"], e["line"], e["context"], e["resolution"], via) for e in edges)


@each_graph
def test_callers_are_the_calls_of_a_function_and_of_what_it_overrides(seed: int) -> None:
    ref = reference(seed)
    for key in ref.of_kind("function", "method"):
        meant = ref.twins(key)
        above = {e["to"] for e in ref.edges if e["kind"] == "overrides" and e["from"] in meant} - {*meant}
        wanted = told((e for e in ref.edges if e["kind"] == "calls" and e["to"] in meant), "from")
        wanted += told(
            (e for e in ref.edges if e["kind"] == "calls" and e["to"] in above), "from", "dispatch"
        )
        found = ask(ref.view, "callers", key)
        assert sites(found["results"]) == wanted
        assert found["values"] == sum(e["kind"] == "uses" and e["to"] in meant for e in ref.edges)
        assert len(found["value_sites"]) == found["values"]


@each_graph
@pytest.mark.parametrize(
    ("query", "kind", "mine", "other"),
    [
        ("callees", "calls", "from", "to"),
        ("uses", "uses", "from", "to"),
        ("used-by", "uses", "to", "from"),
    ],
)
def test_what_is_one_edge_away(seed: int, query: str, kind: str, mine: str, other: str) -> None:
    ref = reference(seed)
    keys = ref.of_kind("function", "method") if query == "callees" else list(ref.nodes)
    for key in keys:
        meant = ref.twins(key)
        wanted = told((e for e in ref.edges if e["kind"] == kind and e[mine] in meant), other)
        rows = ask(ref.view, query, key)["results"]
        assert sites({**row, "via": None} for row in rows) == wanted


@each_graph
def test_the_blast_radius_is_what_reaches_a_node_hop_by_hop(seed: int) -> None:
    ref = reference(seed)
    back = nx.DiGraph()
    back.add_nodes_from(ref.nodes)
    for edge in ref.certain:
        if edge["kind"] in AFFECTING:
            back.add_edge(edge["to"], edge["from"])
    for over in ref.certain:
        if over["kind"] == "overrides" and ref.nodes[over["from"]]["kind"] == "method":
            for call in ref.certain:
                if call["kind"] == "calls" and call["to"] == over["to"]:
                    back.add_edge(over["from"], call["from"])
    inside = ref.graph("contains")
    externals = set(ref.of_kind("external"))
    for key in ref.nodes:
        sources = set(ref.twins(key))
        for source in list(sources):
            sources |= nx.descendants(inside, source)
        open_ways = back.copy()
        open_ways.remove_edges_from([way for way in back.edges if way[0] in externals - sources])
        hops = nx.multi_source_dijkstra_path_length(open_ways, sources) if sources else {}
        wanted = {other: hop for other, hop in hops.items() if other not in sources}
        found = ask(ref.view, "blast-radius", key)
        assert {row["id"]: row["hop"] for row in found["results"]} == wanted
        assert found["tests"] == sum(ref.nodes[other]["test"] for other in wanted)
        near = sum(hop <= 2 and not ref.nodes[other]["test"] for other, hop in wanted.items())
        bands = ((0, "None"), (5, "Low"), (20, "Medium"), (50, "High"))
        assert found["risk"] == next((band for most, band in bands if near <= most), "Critical")


@each_graph
def test_cycles_are_the_strongly_connected_parts(seed: int) -> None:
    ref = reference(seed)
    homes = _homes(ref)
    levels: dict[str, nx.DiGraph] = {}
    calling = {*ref.of_kind("function", "method", "const", "static")}
    levels["function"] = nx.DiGraph(
        (e["from"], e["to"]) for e in ref.certain if e["kind"] == "calls" and e["from"] in calling
    )
    for level in ("module", "crate"):
        lifted = nx.DiGraph()
        for edge in ref.certain:
            if edge["kind"] in ("calls", "uses", "imports"):
                ends = [homes[level].get(edge[end]) for end in ("from", "to")]
                if None not in ends and ends[0] != ends[1] and not _kin(ref, *ends):
                    lifted.add_edge(*ends)
        levels[level] = lifted
    for level, graph in levels.items():
        wanted = {
            frozenset(part)
            for part in nx.strongly_connected_components(graph)
            if len(part) > 1 or graph.has_edge(*2 * tuple(part))
        }
        rows = ask(ref.view, "find-cycles", level=level)["results"]
        assert {frozenset(node["id"] for node in row["members"]) for row in rows} == wanted
        assert [len(row["members"]) for row in rows] == sorted(map(len, wanted), reverse=True)
        for row in rows:
            members = {node["id"] for node in row["members"]}
            closing = {(e["from"], e["to"]) for e in row["edges"]}
            assert closing == {pair for pair in graph.edges if members.issuperset(pair)}


def _homes(ref: Reference) -> dict[str, dict[str, str]]:
    above = {e["to"]: e["from"] for e in ref.edges if e["kind"] == "contains"}
    found: dict[str, dict[str, str]] = {"module": {}, "crate": {}}
    for key in ref.nodes:
        way = [key]
        while way[-1] in above:
            way.append(above[way[-1]])
        holders = [one for one in way if ref.nodes[one]["kind"] in ("module", "crate")]
        if holders:
            found["module"][key], found["crate"][key] = holders[0], holders[-1]
    return found


def _kin(ref: Reference, one: Any, other: Any) -> bool:
    tree = ref.graph("contains")
    return bool(nx.has_path(tree, one, other) or nx.has_path(tree, other, one))


@each_graph
def test_a_path_is_a_shortest_one_along_edges_that_are_there(seed: int) -> None:
    ref = reference(seed)
    graph = ref.graph(*FORWARD)
    ways = {(e["from"], e["to"], e["kind"], e["file"], e["line"]) for e in ref.certain}
    dice = random.Random(seed)
    for _ in range(120):
        source, target = dice.choice(list(ref.nodes)), dice.choice(list(ref.nodes))
        starts, goals = ref.twins(source), ref.twins(target)
        lengths = [
            nx.shortest_path_length(graph, a, b) for a in starts for b in goals if nx.has_path(graph, a, b)
        ]
        rows = ask(ref.view, "path", source, to=target)["results"]
        assert len(rows) == (min(lengths) + 1 if lengths else 0)
        for before, row in pairwise(rows):
            edge = row["edge"]
            assert (before["id"], row["id"], edge["kind"], edge["file"], edge["line"]) in ways


@each_graph
def test_hotspots_are_by_pagerank(seed: int) -> None:
    ref = reference(seed)
    kept = [key for key, n in ref.nodes.items() if n["kind"] not in ("external", "crate", "module", "impl")]
    graph = ref.graph("calls", "uses").subgraph(kept).copy()
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    ranks = _pagerank(graph)
    rows = ask(ref.view, "hotspots")["results"]
    assert {row["id"]: row["in_degree"] for row in rows} == {n: d for n, d in graph.in_degree() if d}
    for row in rows:
        assert row["score"] == pytest.approx(ranks[row["id"]], abs=2e-6)
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)


def _pagerank(graph: nx.DiGraph) -> dict[str, float]:
    """By power iteration with the usual damping; who points nowhere points everywhere."""
    size = len(graph)
    ranks = dict.fromkeys(graph, 1 / size)
    for _ in range(200):
        loose = sum(ranks[n] for n, d in graph.out_degree() if not d)
        ranks = {
            n: 0.15 / size
            + 0.85 * (loose / size + sum(ranks[p] / graph.out_degree(p) for p in graph.predecessors(n)))
            for n in graph
        }
    return ranks


@each_graph
def test_what_implements_has_every_implements_edge_of_a_trait(seed: int) -> None:
    ref = reference(seed)
    for key in ref.of_kind("trait"):
        meant = ref.twins(key)
        wanted = {
            (e["from"], e["file"], e["line"])
            for e in ref.edges
            if e["kind"] == "implements" and e["to"] in meant
        }
        rows = ask(ref.view, "what-implements", key)["results"]
        assert {(row["id"], row["impl"]["file"], row["impl"]["line"]) for row in rows} == wanted


@each_graph
def test_definitions_lists_and_outlines_are_the_nodes_that_they_name(seed: int) -> None:
    ref = reference(seed)
    here = {key: node for key, node in ref.nodes.items() if node["kind"] != "external"}
    for name in {node["name"] for node in here.values()}:
        try:
            rows = ask(ref.view, "where-defined", name)["results"]
        except QueryError:
            continue  # an impl's header is no name
        local = {row["id"] for row in rows if row["kind"] != "external"}
        assert local == {key for key, node in here.items() if node["name"] == name}
    for kind in {node["kind"] for node in ref.nodes.values()}:
        rows = ask(ref.view, "list", kind=kind)["results"]
        assert {row["id"] for row in rows} == {*ref.of_kind(kind)}
    for file in {node["file"] for node in here.values()}:
        rows = ask(ref.view, "outline", file)["results"]
        assert {row["id"] for row in rows} == {key for key, node in here.items() if node["file"] == file}
        assert [row["line"] for row in rows] == sorted(row["line"] for row in rows)


@each_graph
def test_dead_code_that_is_certain_is_referred_to_by_nothing(seed: int) -> None:
    ref = reference(seed)
    rows = ask(ref.view, "dead-code")["results"]
    referred = {e["to"] for e in ref.edges if e["kind"] in FORWARD and e["from"] != e["to"]}
    for row in rows:
        if row["confidence"] == "certain":
            assert row["id"] not in referred, row["symbol"]
            assert row["visibility"] == "private"


@each_graph
def test_the_part_around_an_entity_is_what_is_within_its_hops(seed: int) -> None:
    ref = reference(seed)
    wide = {*ref.of_kind("module", "crate")}
    graph = nx.Graph()
    graph.add_nodes_from(ref.nodes)
    graph.add_edges_from(
        (e["from"], e["to"]) for e in ref.certain if not (e["kind"] == "contains" and e["from"] in wide)
    )
    inside = ref.graph("contains")
    externals = {*ref.of_kind("external")}
    ids = {ref.view.node(number).id.hex(): number for number in ref.view.numbers()}
    for key in random.Random(seed).sample(sorted(ref.nodes), 15):
        sources = set(ref.twins(key))
        for source in list(sources):
            sources |= nx.descendants(inside, source)
        for hops in (0, 1, 3):
            seen, edge_of_it = set(sources), set(sources)
            for _ in range(hops):
                edge_of_it = {n for one in edge_of_it for n in graph[one]} - seen
                seen |= edge_of_it
                edge_of_it -= externals
            found = around(ref.view, [key], hops, False)
            assert {*found} == {ids[one] for one in seen}
            lines = [json.loads(line) for line in export(ref.view, "jsonl", found)]
            assert {line["id"] for line in lines if line["type"] == "node"} == seen
            ends = [(e["from"], e["to"]) for e in lines if e["type"] == "edge"]
            assert Counter(ends) == Counter(
                (e["from"], e["to"]) for e in ref.edges if e["from"] in seen and e["to"] in seen
            )
