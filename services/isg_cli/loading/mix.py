"""What a load asks: questions about entities drawn from the graph itself, in the shares of real use.

Invariant: a function of the graph and the seed. The hubs are drawn like everybody else.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from isg_protocol.message import ContextQuery, Query

if TYPE_CHECKING:
    from isg_client.client import Client

Request = Query | ContextQuery
LISTED_MAX = 5_000
"""Nodes of each kind among which entities are drawn."""
QUESTIONS = 512
"""Different questions of one load, asked again and again in random order."""
_SHARES = {
    "callers": 25,
    "callees": 20,
    "where-defined": 15,
    "used-by": 10,
    "uses": 8,
    "what-implements": 8,
    "outline": 5,
    "search": 4,
    "blast-radius": 4,
    "context": 1,
}
_KINDS = {
    "callers": ("function", "method"),
    "callees": ("function", "method"),
    "what-implements": ("trait",),
    "used-by": ("struct", "enum", "trait"),
    "uses": ("function", "method", "struct"),
}


def of(client: Client, seed: int) -> list[bytes]:
    """The questions about the graph that a client sees, encoded."""
    from msgspec import msgpack

    def listed(kind: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = client.list_nodes(kind=kind, limit=LISTED_MAX)["results"]
        return rows

    return [msgpack.encode(request) for request in draw(listed, seed)]


def draw(listed: Callable[[str], list[dict[str, Any]]], seed: int) -> list[Request]:
    """The questions. `listed` gives the nodes of a kind. Empty where the graph has nothing to ask about."""
    dice = random.Random(seed)  # noqa: S311 (which questions: no secret)
    nodes = {kind: listed(kind) for kind in ("function", "method", "struct", "enum", "trait")}
    every = [node for kind in sorted(nodes) for node in nodes[kind]]
    if not every:
        return []
    names, shares = list(_SHARES), list(_SHARES.values())
    made: list[Request] = []
    while len(made) < QUESTIONS:
        name = dice.choices(names, shares)[0]
        among = [node for kind in _KINDS.get(name, ()) for node in nodes[kind]] or every
        made.append(_ask(name, dice.choice(among)))
    return made


def _ask(name: str, node: dict[str, Any]) -> Request:
    match name:
        case "context":
            return ContextQuery(entities=[node["id"]])
        case "where-defined":
            return Query(name=name, target=node["name"])
        case "search":
            return Query(name=name, target=node["name"][:6])
        case "outline":
            return Query(name=name, target=node["file"])
        case _:
            return Query(name=name, target=node["id"])
