"""hotspots: what the rest leans on most.

Owns which edges count: calls and uses between distinct nodes of the workspace, each pair once, candidates
left out. `score` is PageRank rounded to 6 digits, `in_degree` how many nodes point here. Containers and
impls take no part: nothing calls them. Worked out once a version.
"""

from __future__ import annotations

from typing import Any

from isg_graph.memo import once, ordered
from isg_graph.query.arguments import Bounds, Part, QueryArguments
from isg_graph.query.find import kind_code
from isg_graph.query.row import page
from isg_graph.view import View
from isg_protocol.vocabulary import CALLS, CANDIDATE, CRATE, EXTERNAL, IMPL, MODULE, USES

SCORE_DIGITS = 6
_LEFT_OUT = (EXTERNAL, CRATE, MODULE, IMPL)


def hotspots(view: View, arguments: QueryArguments, bounds: Bounds) -> Part:
    """By score, then by `Node.order()`; nodes that nothing points to are left out."""
    kind = kind_code(arguments)
    ranked = once(view, "hotspots", lambda view: _ranked(view, bounds))
    kept = [row for row in ranked if kind is None or view.kind(row[0]) == kind]
    results: list[dict[str, Any]] = [
        {**view.node(number).row(), "score": score, "in_degree": degree}
        for number, score, degree in page(kept, arguments)
    ]
    return Part(results=results, count=len(kept))


def _ranked(view: View, bounds: Bounds) -> list[tuple[int, float, int]]:
    from isg_graph.analysis import pagerank

    numbers = [number for number in ordered(view) if view.kind(number) not in _LEFT_OUT]
    vertex = {number: place for place, number in enumerate(numbers)}
    pairs = set()
    for number, kind, far, resolution, _ in view.arcs():
        bounds.step()
        if kind in (CALLS, USES) and resolution != CANDIDATE:
            place, other = vertex.get(number), vertex.get(far)
            if place is not None and other is not None and other != place:
                pairs.add((place, other))
    degrees = [0] * len(numbers)
    for _, other in pairs:
        degrees[other] += 1
    ranks = pagerank(len(numbers), sorted(pairs))
    found = [
        (numbers[place], round(ranks[place], SCORE_DIGITS), degrees[place])
        for place in range(len(numbers))
        if degrees[place]
    ]
    found.sort(key=lambda row: -row[1])  # stable: equal scores stay in the nodes' order
    return found
