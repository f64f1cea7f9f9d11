"""path: a shortest way from one entity to another, along dependencies.

Owns the choice among shortest ways: at each step the first next node by `Node.order()`, then the first
edge by (kind, file, line), so that one question has one answer. Followed forward: calls, uses, implements,
extends, overrides, imports; candidate edges only where they are asked for.
"""

from __future__ import annotations

from typing import Any

from isg_graph.entity import ANYTHING, resolve
from isg_graph.error import Usage, command
from isg_graph.query.arguments import Bounds, Part, QueryArguments
from isg_graph.query.row import by_order, numbers_of, page, target_row, targets_extra
from isg_graph.view import Link, View
from isg_protocol.vocabulary import (
    CALLS,
    CANDIDATE,
    EDGE_KINDS,
    EXTENDS,
    IMPLEMENTS,
    IMPORTS,
    OVERRIDES,
    USES,
)

FOLLOWED = frozenset({CALLS, USES, IMPLEMENTS, EXTENDS, OVERRIDES, IMPORTS})
NODES_MAX = 100_000
"""How many nodes a search may touch before it gives up, saying `truncated`."""


def path(view: View, arguments: QueryArguments, bounds: Bounds) -> Part:
    """The nodes on the way, FROM first with `edge` null; no results when there is none."""
    if not (arguments.to or "").strip():
        raise Usage("path takes two entities: FROM and TO", command("query", "path", "--help"))
    sources = resolve(view, arguments.target, ANYTHING, "query path", arguments.all, after=arguments.to)
    goals = resolve(view, arguments.to, ANYTHING, "query path", arguments.all, ahead=arguments.target)
    starts = numbers_of(sources)
    distance, bounded = _distances(view, numbers_of(goals), set(starts), arguments.candidates, bounds)
    reaching = [number for number in starts if number in distance]
    rows: list[dict[str, Any]] = []
    if reaching:
        nearest = min(distance[number] for number in reaching)
        number = by_order(view, [number for number in reaching if distance[number] == nearest])[0]
        rows.append({**view.node(number).row(), "edge": None})
        while distance[number]:
            link = _step(view, number, distance, arguments.candidates)
            edge = {"kind": EDGE_KINDS[link.kind], "file": link.file, "line": link.line}
            rows.append({**view.node(link.other).row(), "edge": edge})
            number = link.other
    return Part(
        results=list(page(rows, arguments)),
        count=len(rows),
        bounded=bounded,
        target=target_row(view, sources),
        extras={"to": target_row(view, goals), **targets_extra(view, sources)},
    )


def _distances(
    view: View, goals: list[int], starts: set[int], candidates: bool, bounds: Bounds
) -> tuple[dict[int, int], bool]:
    """How far each node is from the goals, as far out as the nearest start; True when NODES_MAX ended it."""
    distance = dict.fromkeys(goals, 0)
    frontier = goals
    far = 0
    while frontier and not any(number in starts for number in frontier):
        far += 1
        following: list[int] = []
        for number in frontier:
            links = view.incoming(number)
            bounds.step(1 + len(links))
            for link in links:
                if _follows(link, candidates) and link.other not in distance:
                    distance[link.other] = far
                    following.append(link.other)
        if len(distance) > NODES_MAX:
            return distance, not any(number in starts for number in following)
        frontier = following
    return distance, False


def _follows(link: Link, candidates: bool) -> bool:
    return link.kind in FOLLOWED and (candidates or link.resolution != CANDIDATE)


def _step(view: View, number: int, distance: dict[int, int], candidates: bool) -> Link:
    nearer = distance[number] - 1
    links = [
        link
        for link in view.outgoing(number)
        if _follows(link, candidates) and distance.get(link.other) == nearer
    ]
    return min(links, key=lambda link: (view.node(link.other).order(), link.kind, link.file, link.line))
