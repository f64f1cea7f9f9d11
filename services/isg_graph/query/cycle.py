"""find-cycles: groups of functions, modules or crates that each reach all of their group.

Owns the lifting of edges to modules and crates, and what is no cycle. Functions: calls (a self-recursive
one is a cycle of one). Modules and crates: calls, uses and imports, each between the innermost modules
(the crates) of its two ends. An edge between an ancestor and its descendant makes no cycle, so it is left
out of the lifted graph: otherwise every crate whose children say `use super::*` would be one cycle.
Worked out once a version. Candidate edges are left out unless asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from isg_graph.component import components
from isg_graph.error import Usage, command, shown
from isg_graph.memo import once
from isg_graph.query.arguments import Bounds, Part, QueryArguments
from isg_graph.query.row import by_order, page
from isg_graph.view import View
from isg_protocol.vocabulary import (
    CALLS,
    CANDIDATE,
    CONST,
    CONTAINS,
    CRATE,
    EDGE_KINDS,
    EXTERNAL,
    FUNCTION,
    IMPORTS,
    METHOD,
    MODULE,
    STATIC,
    USES,
)

LEVELS = ("function", "module", "crate")
_CALLING = (FUNCTION, METHOD, CONST, STATIC)

Pair = tuple[int, int]
Cause = tuple[str, int, int]
"""(file, line, kind) of an edge; the least of a pair is the one that is shown."""


class Cycle(NamedTuple):
    """`members` by `Node.order()`; `edges` are (from, to, cause) among them, by the members' order."""

    level: str
    members: list[int]
    edges: list[tuple[int, int, Cause]]


def find_cycles(view: View, arguments: QueryArguments, bounds: Bounds) -> Part:
    """Largest first, then by the members' symbols. There is no target."""
    if arguments.target is not None:
        raise Usage(
            "find-cycles takes no target; it looks at the whole graph", command("query", "find-cycles")
        )
    if arguments.level is not None and arguments.level not in LEVELS:
        raise Usage(
            f"`{shown(arguments.level)}` is no level; there are {', '.join(LEVELS)}",
            command("query", "find-cycles", "--level", "function"),
        )
    levels = LEVELS if arguments.level is None else (arguments.level,)
    found = [cycle for level in levels for cycle in cycles(view, level, arguments.candidates, bounds)]
    found.sort(key=lambda cycle: (-len(cycle.members), [view.node(n).order() for n in cycle.members]))
    results: list[dict[str, Any]] = [_row(view, cycle) for cycle in page(found, arguments)]
    return Part(results=results, count=len(found))


def cycles(view: View, level: str, candidates: bool, bounds: Bounds) -> list[Cycle]:
    """The cycles of a level, in no order that matters."""

    def make(view: View) -> list[Cycle]:
        if level == "function":
            return _cycles(view, level, _Calls(view, candidates, bounds), bounds)
        return _cycles(view, level, _Lifted(view, level, candidates, bounds), bounds)

    return once(view, f"cycles {level} {candidates}", make)


class _Calls:
    """The graph of functions: who calls whom."""

    kinds = frozenset({CALLS})

    def __init__(self, view: View, candidates: bool, bounds: Bounds) -> None:
        self.arcs: set[Pair] = set()
        holds: dict[int, bool] = {}
        for source, kind, other, resolution, _ in view.arcs():
            if kind == CALLS and (candidates or resolution != CANDIDATE):
                if source not in holds:
                    holds[source] = view.kind(source) in _CALLING
                if holds[source]:
                    self.arcs.add((source, other))
            bounds.step()

    def place(self, number: int) -> int | None:
        return number

    def sources(self, members: set[int]) -> Iterable[int]:
        return members


class _Lifted:
    """The graph of modules or crates: what in one refers to something in another."""

    kinds = frozenset({CALLS, USES, IMPORTS})

    def __init__(self, view: View, level: str, candidates: bool, bounds: Bounds) -> None:
        homes, parents = once(view, "homes", _homes)
        if level == "crate":
            homes = {number: _top(home, parents) for number, home in homes.items()}
        self.homes = homes
        arcs: set[Pair] = set()
        for source, kind, other, resolution, _ in view.arcs():
            bounds.step()
            if kind in self.kinds and (candidates or resolution != CANDIDATE):
                home, far = homes.get(source), homes.get(other)
                if home is not None and far is not None and home != far:
                    arcs.add((home, far))
        self.arcs = {pair for pair in arcs if not _related(pair, parents)}

    def place(self, number: int) -> int | None:
        return self.homes.get(number)

    def sources(self, members: set[int]) -> Iterable[int]:
        return (number for number, home in self.homes.items() if home in members)


def _homes(view: View) -> tuple[dict[int, int], dict[int, int]]:
    """(the innermost module or crate of every node, itself for these; the module around each module)."""
    above = {other: source for source, kind, other, _, _ in view.arcs() if kind == CONTAINS}
    homes: dict[int, int] = {}
    for number in view.numbers():
        if view.kind(number) == EXTERNAL:
            continue
        home: int | None = number
        while home is not None and view.kind(home) not in (MODULE, CRATE):
            home = above.get(home)
        if home is not None:
            homes[number] = home
    parents = {
        home: homes[above[home]] for home in set(homes.values()) if home in above and above[home] in homes
    }
    return homes, parents


def _top(home: int, parents: dict[int, int]) -> int:
    while home in parents:
        home = parents[home]
    return home


def _related(pair: Pair, parents: dict[int, int]) -> bool:
    """True when one of the two is an ancestor of the other."""
    for inner, outer in (pair, (pair[1], pair[0])):
        above = parents.get(inner)
        while above is not None:
            if above == outer:
                return True
            above = parents.get(above)
    return False


def _cycles(view: View, level: str, graph: _Calls | _Lifted, bounds: Bounds) -> list[Cycle]:
    adjacency: dict[int, list[int]] = {}
    for source, target in graph.arcs:
        adjacency.setdefault(source, []).append(target)
        adjacency.setdefault(target, [])
    parts = [
        by_order(view, members)
        for members in components(adjacency, bounds.step)
        if len(members) > 1 or (members[0], members[0]) in graph.arcs
    ]
    part_of = {number: place for place, members in enumerate(parts) for number in members}
    causes = _causes(view, graph, part_of, bounds)
    found = []
    for members in parts:
        rank = {number: place for place, number in enumerate(members)}
        edges = [
            (source, target, causes[source, target])
            for source in members
            for target in sorted((t for t in adjacency[source] if t in rank), key=rank.__getitem__)
        ]
        found.append(Cycle(level, members, edges))
    return found


def _causes(
    view: View, graph: _Calls | _Lifted, part_of: dict[int, int], bounds: Bounds
) -> dict[Pair, Cause]:
    """For each pair within a cycle the least of the edges that make it one."""
    causes: dict[Pair, Cause] = {}
    for number in graph.sources(set(part_of)):
        bounds.step()
        source = graph.place(number)
        if source is None:
            continue
        for link in view.outgoing(number):
            target = graph.place(link.other) if link.kind in graph.kinds else None
            if target is None or (source, target) not in graph.arcs:
                continue
            if part_of.get(target) != part_of[source]:
                continue
            cause = (link.file, link.line, link.kind)
            known = causes.get((source, target))
            if known is None or cause < known:
                causes[source, target] = cause
    return causes


def _row(view: View, cycle: Cycle) -> dict[str, Any]:
    ids = {number: view.node(number).id.hex() for number in cycle.members}
    return {
        "level": cycle.level,
        "members": [view.node(number).row() for number in cycle.members],
        "edges": [
            {
                "kind": EDGE_KINDS[kind],
                "from": ids[source],
                "to": ids[target],
                "file": file,
                "line": line,
            }
            for source, target, (file, line, kind) in cycle.edges
        ],
    }
