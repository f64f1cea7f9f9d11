"""One body's references: the whole of inference as one function."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from isg_graph.infer.expression import infer
from isg_graph.infer.frame import Frame, Reference
from isg_graph.infer.macro import settle_made
from isg_graph.infer.pattern import bind
from isg_graph.infer.ty import UNKNOWN_TYPE
from isg_graph.infer.world import World
from isg_graph.resolve.definition import Definition
from isg_protocol.body import Body
from isg_protocol.facts import FnHead

_DECODER = msgspec.msgpack.Decoder(Body)


class Inferred(NamedTuple):
    """What a body refers to, and the calls in it whose target stayed open: (name, site)."""

    references: list[Reference]
    opens: list[tuple[str, int]]


def infer_body(world: World, owner: Definition, encoded: bytes | msgspec.Raw) -> Inferred:
    """Read one body against a world. Never raises on any body that decodes."""
    body = _DECODER.decode(encoded)
    scope = owner.scope if owner.scope is not None and owner.kind != "module" else owner.module
    frame = Frame(world, owner, scope)
    frame.expr = infer
    frame.slots = [UNKNOWN_TYPE] * body.slots
    head = owner.item.head if owner.item else None
    expected = None
    if isinstance(head, FnHead):
        signature = world.lowering.signature(owner)
        if signature.self_type is not None and body.slots:
            frame.slots[0] = frame.normalize(signature.self_type)
        for pattern, ty in zip(body.params, signature.params, strict=False):
            bind(frame, pattern, frame.normalize(ty))
        expected = frame.normalize(signature.result)
        if head.is_async:
            expected = world.lowering.type(head.result, owner) if head.result is not None else None
            expected = frame.normalize(expected) if expected is not None else None
    elif owner.kind in ("const", "static"):
        expected = frame.normalize(world.lowering.value_type(owner))
    if expected is not None:
        frame.returns.append(expected)
    result = infer(frame, body.value, expected)
    if expected is not None:
        frame.coerce(result, expected)
    for decide in frame.deferred:
        decide()
    settle_made(frame)
    return Inferred(frame.references, frame.opens)
