"""Where an item's own text names something: asked when a reference has come loose and the text has changed.

Owns the reading of heads, bodies and imports for bare names. Invariant: what is found stands in the text as
a path's segment, a method's name or an import; locals and type parameters are no names of items. Absent:
what a name means (resolve, infer).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from isg_graph.infer.world import World
from isg_graph.link.structure import head_paths, place_of
from isg_graph.resolve.definition import Definition
from isg_protocol import body as ir
from isg_protocol import facts
from isg_protocol.body import Body
from isg_protocol.vocabulary import CALLS, IMPORTS, OVERRIDES

_DECODER = msgspec.msgpack.Decoder(Body)
Place = tuple[str, int]
"""(file, line)."""


def mentions(world: World, definition: Definition, kind: int, name: str) -> Iterator[Place]:
    """Where a definition names `name` as the cause of an edge of `kind` would; repeats are possible."""
    if kind == IMPORTS:
        if definition.scope is not None:
            for one in definition.scope.uses:
                if name in one.leaf.path:
                    yield one.file, place_of(one, one.leaf.site)
        return
    item = definition.item
    if item is None:
        return
    if kind == OVERRIDES:
        parent = definition.parent
        if parent is not None and parent.kind == "impl" and world.lowering.header(parent).trait is not None:
            yield definition.file, item.line
        return
    hidden = world.lowering.environment(definition)
    if kind != CALLS:
        for path in head_paths(item.head):
            if _names(path, name, hidden):
                yield definition.file, place_of(definition, path.site)
    if item.body is None or definition.derive >= 0:
        return
    lines = item.body_lines
    for site in _body_sites(_DECODER.decode(item.body), name, hidden):
        yield definition.file, item.line + (lines[site] if 0 <= site < len(lines) else 0)


def _body_sites(body: Body, name: str, hidden: dict[str, Any]) -> Iterator[int]:
    """The sites of a body at which a path or a method call has the name."""
    waiting: list[Any] = [body.params, body.value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list | tuple):
            waiting.extend(value)
        elif isinstance(value, facts.Path):
            if _names(value, name, hidden):
                yield value.site
            waiting.append(value.self_type)
            for segment in value.segments:
                waiting.append(segment.args)
                waiting.append([bound for _, bound in segment.bindings])
        elif isinstance(value, msgspec.Struct):
            if isinstance(value, ir.MethodCall) and value.name == name:
                yield value.site
            waiting.extend(getattr(value, field) for field in value.__struct_fields__)


def _names(path: facts.Path, name: str, hidden: dict[str, Any]) -> bool:
    segments = path.segments
    if not any(segment.name == name for segment in segments):
        return False
    return segments[0].name not in hidden or path.global_


__all__ = ["Place", "mentions"]
