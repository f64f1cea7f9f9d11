"""The rows of answers. Owns how a list of found things becomes results: ordered, cut to the limit, and
only then made into rows, so that a long answer costs what is shown of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from isg_graph.entity import Entity
from isg_graph.query.arguments import QueryArguments
from isg_graph.view import View

T = TypeVar("T")
Order = tuple[str, str, int, bytes]


def cut(found: Sequence[T], limit: int) -> Sequence[T]:
    """The first `limit` of them; all for 0."""
    return found[:limit] if limit else found


def page(found: Sequence[T], asked: QueryArguments) -> Sequence[T]:
    """Those that a question is to be shown: up to its limit, behind its offset."""
    return cut(found[asked.offset :] if asked.offset else found, asked.limit)


def order(view: View, number: int) -> Order:
    return view.node(number).order()


def by_order(view: View, numbers: Iterable[int]) -> list[int]:
    return sorted(numbers, key=lambda number: view.node(number).order())


def numbers_of(entities: Iterable[Entity]) -> list[int]:
    """The nodes of all entities, each once, in the entities' order."""
    return list(dict.fromkeys(number for entity in entities for number in entity.numbers))


def target_row(view: View, entities: Sequence[Entity]) -> dict[str, Any]:
    """The answer's `target`: the first node of what was meant."""
    return view.node(entities[0].numbers[0]).row()


def targets_extra(view: View, entities: Sequence[Entity]) -> dict[str, Any]:
    """`targets`, beside `target`, where the union of several entities was asked for."""
    if len(entities) < 2:
        return {}
    return {"targets": [view.node(entity.numbers[0]).row() for entity in entities]}
