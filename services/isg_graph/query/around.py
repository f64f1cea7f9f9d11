"""The neighbourhood of entities: a part of the graph small enough to draw.

Owns what a hop is: any edge, either way, but for candidates and what modules and crates contain. It begins
at the entities and all that they contain, and goes up to N hops from there. Invariant: it does not depend on
the numbers of a view. A way ends at an external, since half of all code leans on `String`.
"""

from __future__ import annotations

from collections.abc import Sequence

from isg_graph.entity import ANYTHING, resolve
from isg_graph.error import Usage, command
from isg_graph.query.arguments import Bounds, QueryArguments
from isg_graph.query.reach import with_contents
from isg_graph.query.row import by_order, numbers_of
from isg_graph.view import View
from isg_protocol.limit import HOPS_MAX
from isg_protocol.vocabulary import CANDIDATE, CONTAINS, CRATE, EXTERNAL, MODULE

_WIDE = frozenset({CRATE, MODULE})


def around(view: View, names: Sequence[str], hops: int, every: bool) -> list[int]:
    """The nodes within so many hops of the entities, by `Node.order()`. Raises QueryError as queries do."""
    if not 0 <= hops <= HOPS_MAX:
        raise Usage(f"--hops takes 0 to {HOPS_MAX}", command("export", "--help"))
    bounds = Bounds(QueryArguments(name="export"))  # an export has none
    entities = [e for name in names for e in resolve(view, name, ANYTHING, "export --around", every)]
    seen = set(with_contents(view, numbers_of(entities), bounds))
    frontier = set(seen)
    for _ in range(hops):
        beside = {other for number in frontier for other in _beside(view, number, bounds)} - seen
        seen |= beside
        frontier = {number for number in beside if view.kind(number) != EXTERNAL}
    return by_order(view, seen)


def _beside(view: View, number: int, bounds: Bounds) -> set[int]:
    found: set[int] = set()
    for links, holds in ((view.outgoing(number), True), (view.incoming(number), False)):
        bounds.step(len(links))
        for link in links:
            holder = number if holds else link.other
            if link.resolution == CANDIDATE or (link.kind == CONTAINS and view.kind(holder) in _WIDE):
                continue
            found.add(link.other)
    return found
