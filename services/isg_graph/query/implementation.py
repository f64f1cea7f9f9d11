"""what-implements and implements: one result for each impl.

Owns the way from an implements edge, which knows the place of its impl, to the impl's node: among the
impls that stand there (a derive attribute and a macro's call hold several) those whose header uses the
trait, or names it. Invariant: every implements edge gives at least one result. A subtrait is no
implementor: `extends` is not followed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from isg_graph.blanket import Verdict, blanket_impls, is_blanket, verdict
from isg_graph.entity import TRAITS, TYPES, resolve
from isg_graph.lookup import bare
from isg_graph.query.arguments import Bounds, Part, QueryArguments
from isg_graph.query.row import Order, numbers_of, order, page, target_row, targets_extra
from isg_graph.view import Link, View
from isg_protocol.vocabulary import IMPL, IMPLEMENTS, USES

_NOWHERE: Order = ("", "", 0, b"")


class Implementation(NamedTuple):
    """An impl seen from one side: `shown` is the node of the other side; `impl` its node's number, None
    when no impl stands at the edge's place."""

    shown: int
    impl: int | None
    link: Link
    conditional: bool = False


def what_implements(view: View, arguments: QueryArguments, bounds: Bounds) -> Part:
    """The implementing types' nodes (the impl's own where there is none), each with its `impl`."""
    entities = resolve(view, arguments.target, TRAITS, "query what-implements", arguments.all)
    part = _part(
        view, arguments, implementations_of(view, numbers_of(entities), bounds), with_condition=False
    )
    part.target = target_row(view, entities)
    part.extras = targets_extra(view, entities)
    return part


def implements(view: View, arguments: QueryArguments, bounds: Bounds) -> Part:
    """The traits' nodes with their `impl`; `conditional` where a blanket impl's bounds are not shown to
    hold. Blanket impls whose bounds are shown not to hold are left out."""
    entities = resolve(view, arguments.target, TYPES, "query implements", arguments.all)
    numbers = numbers_of(entities)
    found = traits_of(view, numbers, bounds)
    for impl in blanket_impls(view):
        bounds.step()
        decided = verdict(view, impl, frozenset(numbers))
        if decided is not Verdict.FAILS:
            for link in view.outgoing(impl):
                if link.kind == IMPLEMENTS:
                    found.append(Implementation(link.other, impl, link, decided is Verdict.UNKNOWN))
    part = _part(view, arguments, found, with_condition=True)
    part.target = target_row(view, entities)
    part.extras = targets_extra(view, entities)
    return part


def implementations_of(view: View, traits: Sequence[int], bounds: Bounds) -> list[Implementation]:
    """Every impl of the traits, unordered."""
    found = []
    for trait in traits:
        for link in view.incoming(trait):
            if link.kind == IMPLEMENTS:
                bounds.step()
                for impl in impls_at(view, link, link.other, trait):
                    found.append(Implementation(link.other, impl, link))
    return found


def traits_of(view: View, types: Sequence[int], bounds: Bounds) -> list[Implementation]:
    """Every impl of the types themselves, unordered; blanket impls are not among them."""
    found = []
    for number in types:
        for link in view.outgoing(number):
            if link.kind == IMPLEMENTS:
                bounds.step()
                for impl in impls_at(view, link, number, link.other):
                    found.append(Implementation(link.other, impl, link))
    return found


def impls_at(view: View, link: Link, source: int, trait: int) -> list[int | None]:
    """The impls that an implements edge stands for: [None] when there is no impl at its place."""
    if view.kind(source) == IMPL:
        return [source]
    here = [
        span.number
        for span in view.begins(link.file, link.line)
        if view.kind(span.number) == IMPL and view.node(span.number).trait
    ]
    if len(here) > 1:
        name = view.node(trait).name
        using = [n for n in here if _uses(view, n, trait)]
        # A header also uses its bounds: the impls of one derive may all use the trait of one of them.
        here = (
            [n for n in using or here if bare(view.node(n).trait or "").rpartition("::")[2] == name]
            or using
            or here
        )
    if len(here) > 1:
        name = view.node(source).name
        here = (
            [n for n in here if bare(view.node(n).self_text or "") == name]
            or [n for n in here if _uses(view, n, source)]
            or here
        )
    return list(here) or [None]


def _uses(view: View, impl: int, other: int) -> bool:
    return any(link.other == other and link.kind == USES for link in view.outgoing(impl))


def impl_row(view: View, found: Implementation) -> dict[str, Any]:
    """The `impl` of a result."""
    if found.impl is None:
        place = {"id": None, "file": found.link.file, "line": found.link.line}
        rest = {"signature": None, "trait": None, "self": None, "blanket": False}
        return {**place, **rest, "derived": found.link.derived, "macro": found.link.macro}
    node = view.node(found.impl)
    return {
        "id": node.id.hex(),
        "file": node.file,
        "line": node.line,
        "signature": node.signature,
        "trait": node.trait,
        "self": node.self_text,
        "blanket": is_blanket(node),
        "derived": node.derived,
        "macro": node.macro,
    }


def in_order(view: View, found: Sequence[Implementation]) -> list[Implementation]:
    """Each (shown, impl) once, by the shown node, then by the impl."""
    distinct = {(row.shown, row.impl, None if row.impl is not None else row.link): row for row in found}

    def key(row: Implementation) -> tuple[Order, Order, str, int]:
        impl = order(view, row.impl) if row.impl is not None else _NOWHERE
        return (order(view, row.shown), impl, row.link.file, row.link.line)

    return sorted(distinct.values(), key=key)


def _part(
    view: View, arguments: QueryArguments, found: Sequence[Implementation], with_condition: bool
) -> Part:
    rows = in_order(view, found)
    results = []
    for row in page(rows, arguments):
        result = {**view.node(row.shown).row(), "impl": impl_row(view, row)}
        if with_condition:
            result["conditional"] = row.conditional
        results.append(result)
    return Part(results=results, count=len(rows))
