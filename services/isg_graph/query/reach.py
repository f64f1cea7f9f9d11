"""blast-radius: who is affected if X changes.

Owns the reverse closure over calls, uses, implements and overrides, hop by hop, and what it says of
itself: risk, tests, open ends. Three rules go beyond single edges. From an impl's fn the *callers* of the
trait's fn that it overrides are one hop away, `via` "dispatch" (the trait's fn itself is not affected).
A container's radius begins at all that it contains; these are its sources, at hop 0, and no results. A way
ends at an external: `String` may implement a trait that changes, but what else uses it is not affected.
Invariant: hop by hop, so that a cut by the bound keeps whole the nearer hops and, of the last one, the
first by `Node.order()`: the answer does not depend on the numbers of a view.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from isg_graph.entity import ANYTHING, resolve
from isg_graph.error import Usage, command
from isg_graph.outside import Outside
from isg_graph.query.arguments import Bounds, Part, QueryArguments
from isg_graph.query.row import by_order, numbers_of, page, target_row, targets_extra
from isg_graph.view import View
from isg_protocol.limit import BLAST_RADIUS_NODES_MAX
from isg_protocol.vocabulary import (
    CALLS,
    CANDIDATE,
    CONTAINS,
    EDGE_KIND_CODE,
    EDGE_KINDS,
    EXTERNAL,
    FUNCTION,
    IMPLEMENTS,
    METHOD,
    NODE_KIND_CODE,
    NODE_KINDS,
    OVERRIDES,
    USES,
)

FOLLOWED = frozenset({CALLS, USES, IMPLEMENTS, OVERRIDES})
DISPATCH = len(EDGE_KINDS)
_VIA = (*EDGE_KINDS, "dispatch")
RISK_HOPS = 2
_BANDS = ((0, "None"), (5, "Low"), (20, "Medium"), (50, "High"))


class Reached(NamedTuple):
    """A node of the closure: how many hops away, and by which kind of edge (or DISPATCH) it was reached;
    of several kinds at one hop the first of the vocabulary."""

    number: int
    hop: int
    via: int


class Closure(NamedTuple):
    """`reached` by hop, and within a hop by `Node.order()`; `bounded` when the bound ended it; `deeper`
    when something lies beyond the depth."""

    reached: list[Reached]
    bounded: bool
    deeper: bool


def blast_radius(view: View, arguments: QueryArguments, bounds: Bounds) -> Part:
    """The affected nodes with `hop` and `via`, and the extras of the contract."""
    node_kinds, edge_kinds = _kinds(arguments)
    if arguments.depth is not None and arguments.depth < 1:
        raise Usage("--depth counts hops, from 1", command("query", "blast-radius", arguments.target or ""))
    entities = resolve(view, arguments.target, ANYTHING, "query blast-radius", arguments.all)
    sources = with_contents(view, numbers_of(entities), bounds)
    depth = arguments.depth
    searched = None if depth is None else max(depth, RISK_HOPS)
    closure = affected(
        view, sources, bounds, kinds=edge_kinds, candidates=arguments.candidates, depth=searched
    )
    within = [row for row in closure.reached if depth is None or row.hop <= depth]
    kept = [
        row
        for row in within
        if (node_kinds is None or view.kind(row.number) in node_kinds)
        and not (arguments.no_tests and view.node(row.number).test)
    ]
    results = []
    for number, hop, via in page(kept, arguments):
        results.append({**view.node(number).row(), "hop": hop, "via": _VIA[via]})
    names = {view.node(number).name for number in sources if view.kind(number) in (FUNCTION, METHOD)}
    outside = Outside(view)
    extras: dict[str, Any] = {
        "risk": risk(production(view, closure.reached)),
        "by_hop": by_hop(kept),
        "tests": sum(view.node(row.number).test for row in within),
        "open": sum(len(view.opens(name)) for name in sorted(names)),
        "open_ends": sum(outside.is_open_end(row.number) for row in within),
        **targets_extra(view, entities),
    }
    return Part(
        results=results,
        count=len(kept),
        bounded=closure.bounded or closure.deeper or len(within) < len(closure.reached),
        target=target_row(view, entities),
        extras=extras,
    )


def production(view: View, reached: Iterable[Reached]) -> int:
    """How many of the reached count for the risk: no tests, and near."""
    return sum(row.hop <= RISK_HOPS and not view.node(row.number).test for row in reached)


def risk(production: int) -> str:
    """The band of so many production nodes within two hops."""
    return next((band for most, band in _BANDS if production <= most), "Critical")


def with_contents(view: View, numbers: Iterable[int], bounds: Bounds) -> list[int]:
    """These nodes and all that they contain, each once."""
    found = dict.fromkeys(numbers)
    waiting = list(found)
    while waiting:
        number = waiting.pop()
        links = view.outgoing(number)
        bounds.step(len(links))
        for link in links:
            if link.kind == CONTAINS and link.other not in found:
                found[link.other] = None
                waiting.append(link.other)
    return list(found)


def affected(
    view: View,
    sources: Sequence[int],
    bounds: Bounds,
    *,
    kinds: frozenset[int] = FOLLOWED,
    candidates: bool = False,
    depth: int | None = None,
    nodes_max: int = BLAST_RADIUS_NODES_MAX,
) -> Closure:
    """The reverse closure of the sources, without them. Raises TimedOut."""
    seen = set(sources)
    frontier: Sequence[int] = sources
    reached: list[Reached] = []
    hop = 0
    while frontier:
        hop += 1
        following: dict[int, int] = {}
        for number in frontier:
            bounds.step()
            for other, via in _steps_back(view, number, kinds, candidates, bounds):
                if other not in seen and via < following.get(other, DISPATCH + 1):
                    following[other] = via
        if following and depth is not None and hop > depth:
            return Closure(reached, False, True)
        found = by_order(view, following)
        room = nodes_max - len(reached)
        reached += [Reached(number, hop, following[number]) for number in found[:room]]
        if len(found) > room:
            return Closure(reached, True, False)
        seen.update(found)
        frontier = [number for number in found if view.kind(number) != EXTERNAL]
    return Closure(reached, False, False)


def _steps_back(
    view: View, number: int, kinds: frozenset[int], candidates: bool, bounds: Bounds
) -> Iterator[tuple[int, int]]:
    """The (node, via) one hop back from a node."""
    links = view.incoming(number)
    bounds.step(len(links))
    for link in links:
        if link.kind in kinds and (candidates or link.resolution != CANDIDATE):
            yield link.other, link.kind
    if CALLS in kinds and OVERRIDES in kinds and view.kind(number) == METHOD:
        for link in view.outgoing(number):
            if link.kind == OVERRIDES:
                callers = view.incoming(link.other)
                bounds.step(len(callers))
                for call in callers:
                    if call.kind == CALLS and (candidates or call.resolution != CANDIDATE):
                        yield call.other, DISPATCH


def by_hop(rows: Iterable[Reached]) -> dict[str, int]:
    """How many nodes at each hop: `{"1": 2, "2": 1}`."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[str(row.hop)] = counts.get(str(row.hop), 0) + 1
    return counts


def _kinds(arguments: QueryArguments) -> tuple[frozenset[int] | None, frozenset[int]]:
    """`--kinds`, read as kinds of nodes to keep and kinds of edges to follow."""
    nodes: set[int] = set()
    edges: set[int] = set()
    for word in arguments.kinds or ():
        if word in NODE_KIND_CODE:
            nodes.add(NODE_KIND_CODE[word])
        elif EDGE_KIND_CODE.get(word) in FOLLOWED:
            edges.add(EDGE_KIND_CODE[word])
        else:
            followed = ", ".join(EDGE_KINDS[kind] for kind in sorted(FOLLOWED))
            raise Usage(
                f"--kinds takes kinds of nodes ({', '.join(NODE_KINDS)}) or of edges ({followed})",
                command("query", "blast-radius", arguments.target or "", "--kinds", "calls"),
            )
    return (frozenset(nodes) or None), (frozenset(edges) or FOLLOWED)
