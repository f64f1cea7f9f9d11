"""callers, callees, uses, used-by: one result for each edge.

Owns what a caller through a trait is: a call of the trait's fn that an impl's fn overrides is a call that
may arrive there, told by `via` "dispatch". Candidate edges are shown with their resolution, not left out:
a reader of callers looks at places, and judges. Absent: anything further than one edge away.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from isg_graph.entity import ANYTHING, CALLABLE, CALLING, Entity, resolve
from isg_graph.query.arguments import Bounds, Part, QueryArguments
from isg_graph.query.row import cut, numbers_of, page, target_row, targets_extra
from isg_graph.view import Link, View
from isg_protocol.vocabulary import CALLS, CONTEXTS, METHOD, OVERRIDES, RESOLUTIONS, USES


def callers(view: View, arguments: QueryArguments, bounds: Bounds) -> Part:
    """Who calls it; `open` sites of its name stayed without a target, `values` uses pass it as a value: at
    `value_sites`, which the first page has."""
    entities = resolve(view, arguments.target, CALLABLE, "query callers", arguments.all)
    numbers = numbers_of(entities)
    found: list[tuple[Link, str | None]] = []
    for number in numbers:
        found += [(link, None) for link in view.incoming(number) if link.kind == CALLS]
    for trait_fn in overridden(view, numbers):
        found += [(link, "dispatch") for link in view.incoming(trait_fn) if link.kind == CALLS]
    names = {view.node(number).name for number in numbers}
    part = _part(view, arguments, bounds, entities, found, with_via=True)
    part.extras["open"] = sum(len(view.opens(name)) for name in names)
    passed = [link for number in numbers for link in view.incoming(number) if link.kind == USES]
    part.extras["values"] = len(passed)
    part.extras["value_sites"] = _value_sites(view, passed, arguments)
    return part


def _value_sites(view: View, links: list[Link], arguments: QueryArguments) -> list[dict[str, Any]]:
    """The places of a function's uses as a value, up to the limit."""
    if not links or arguments.offset:
        return []
    found = sorted(links, key=lambda link: (view.node(link.other).order(), link.file, link.line))
    return [
        {**view.node(link.other).row(), "site": {"file": link.file, "line": link.line}}
        for link in cut(found, arguments.limit)
    ]


def callees(view: View, arguments: QueryArguments, bounds: Bounds) -> Part:
    """What it calls."""
    return _along(view, arguments, bounds, CALLS, False)


def uses(view: View, arguments: QueryArguments, bounds: Bounds) -> Part:
    """The types, consts, statics and fns as values that it uses."""
    return _along(view, arguments, bounds, USES, False)


def used_by(view: View, arguments: QueryArguments, bounds: Bounds) -> Part:
    """What uses it."""
    return _along(view, arguments, bounds, USES, True)


def overridden(view: View, numbers: Sequence[int]) -> list[int]:
    """The traits' fns that these impls' fns override, without these themselves."""
    found: dict[int, None] = {}
    for number in numbers:
        if view.kind(number) == METHOD:
            for link in view.outgoing(number):
                if link.kind == OVERRIDES and link.other not in numbers:
                    found[link.other] = None
    return list(found)


def _along(view: View, arguments: QueryArguments, bounds: Bounds, kind: int, incoming: bool) -> Part:
    accepted = CALLING if kind == CALLS else ANYTHING
    entities = resolve(view, arguments.target, accepted, f"query {arguments.name}", arguments.all)
    links = view.incoming if incoming else view.outgoing
    found: list[tuple[Link, str | None]] = [
        (link, None) for number in numbers_of(entities) for link in links(number) if link.kind == kind
    ]
    return _part(view, arguments, bounds, entities, found, with_via=False)


def _part(
    view: View,
    arguments: QueryArguments,
    bounds: Bounds,
    entities: Sequence[Entity],
    found: list[tuple[Link, str | None]],
    *,
    with_via: bool,
) -> Part:
    bounds.step(len(found))
    orders = {link.other: view.node(link.other).order() for link, _ in found}
    found.sort(
        key=lambda row: (
            orders[row[0].other],
            row[0].file,
            row[0].line,
            row[0].context,
            row[0].resolution,
            row[1] or "",
        )
    )
    results = []
    for link, via in page(found, arguments):
        row: dict[str, Any] = view.node(link.other).row()
        row["site"] = {"file": link.file, "line": link.line}
        row["resolution"] = RESOLUTIONS[link.resolution]
        row["context"] = CONTEXTS[link.context]
        if with_via:
            row["via"] = via
        results.append(row)
    return Part(
        results=results,
        count=len(found),
        target=target_row(view, entities),
        extras=targets_extra(view, entities),
    )
