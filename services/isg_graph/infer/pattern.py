"""Patterns: what they bind, with Rust's default binding modes."""

from __future__ import annotations

from isg_graph.infer.frame import Frame
from isg_graph.infer.ty import ADT, ARRAY, REF, SLICE, TUPLE, UNKNOWN_TYPE, VAR, Ty, bounded, substitute
from isg_graph.infer.value import Value, resolve_value
from isg_protocol import body as ir


def bind(frame: Frame, pattern: ir.Pattern, ty: Ty) -> None:
    """Give every slot of a pattern its type from the value's."""
    _bind(frame, pattern, ty, None)


def _bind(frame: Frame, pattern: ir.Pattern, ty: Ty, mode: bool | None) -> None:
    """`mode`: None moves; else what is bound is a reference, mutable or not."""
    form = pattern.__class__
    if form is ir.BindPattern:
        assert isinstance(pattern, ir.BindPattern)
        bound = ty if mode is None else (REF, ty, mode)
        if pattern.by_ref:
            bound = (REF, ty, False)
        frame.slots[pattern.slot] = bounded(bound)
        if pattern.sub is not None and not isinstance(pattern.sub, ir.RestPattern):
            _bind(frame, pattern.sub, ty, mode)
        return
    if form in (ir.WildPattern, ir.RestPattern):
        return
    if isinstance(pattern, ir.OrPattern):
        for alternative in pattern.alternatives:
            _bind(frame, alternative, ty, mode)
        return
    ty = frame.settle(ty)
    if isinstance(pattern, ir.RefPattern):
        if ty[0] == VAR:
            inner = frame.table.fresh()
            frame.table.unify(ty, (REF, inner, False))
            ty = (REF, inner, False)
        _bind(frame, pattern.inner, frame.settle(ty[1]) if ty[0] == REF else UNKNOWN_TYPE, None)
        return
    if isinstance(pattern, ir.PathPattern):
        from isg_graph.infer.expression import use_constant

        value = resolve_value(frame, pattern.path, ty)
        if value.form == "constant":
            use_constant(frame, value, pattern.path.site)
        _expect(frame, value, ty)
        return
    while ty[0] == REF:
        mode = ty[2] if mode is None else (mode and ty[2])
        ty = frame.settle(ty[1])
    if isinstance(pattern, ir.TuplePattern):
        _tuple(frame, pattern, ty, mode)
    elif isinstance(pattern, ir.TupleStructPattern):
        value = resolve_value(frame, pattern.path, ty)
        fields = _fields(frame, value, ty)
        for position, element in _positions(pattern.elements, pattern.rest, len(fields)):
            _bind(frame, element, fields.get(str(position), UNKNOWN_TYPE), mode)
    elif isinstance(pattern, ir.StructPattern):
        from isg_graph.infer.expression import struct_target

        value = struct_target(frame, pattern.path)
        fields = _fields(frame, value, ty)
        for name, element in pattern.fields:
            _bind(frame, element, fields.get(name, UNKNOWN_TYPE), mode)
    elif isinstance(pattern, ir.SlicePattern):
        inner = ty[1] if ty[0] in (SLICE, ARRAY) else UNKNOWN_TYPE
        for element in pattern.elements:
            rest = isinstance(element, ir.BindPattern) and isinstance(element.sub, ir.RestPattern)
            _bind(frame, element, (SLICE, inner) if rest else inner, mode)


def _positions(elements: list[ir.Pattern], rest: int, total: int) -> list[tuple[int, ir.Pattern]]:
    """Elements with their positions in the whole; those behind `..` count from its end."""
    if rest < 0 or total < len(elements):
        return list(enumerate(elements))
    behind = len(elements) - rest
    return [(i if i < rest else total - behind + (i - rest), e) for i, e in enumerate(elements)]


def _tuple(frame: Frame, pattern: ir.TuplePattern, ty: Ty, mode: bool | None) -> None:
    if ty[0] == VAR and pattern.rest < 0:
        fresh: Ty = (TUPLE, tuple(frame.table.fresh() for _ in pattern.elements))
        frame.table.unify(ty, fresh)
        ty = fresh
    parts = ty[1] if ty[0] == TUPLE else ()
    for position, element in _positions(pattern.elements, pattern.rest, len(parts)):
        _bind(frame, element, parts[position] if position < len(parts) else UNKNOWN_TYPE, mode)


def _expect(frame: Frame, value: Value, ty: Ty) -> None:
    if value.form == "constructor":
        while ty[0] == REF:
            ty = frame.settle(ty[1])
        mark = frame.table.mark()
        if not frame.table.unify(value.type, ty):
            frame.table.undo(mark)


def _fields(frame: Frame, value: Value, ty: Ty) -> dict[str, Ty]:
    """The fields of what a pattern takes apart, as the value's type has them."""
    if value.form != "constructor" or value.definition is None:
        return {}
    _expect(frame, value, ty)
    whole = frame.table.deep(value.type)
    if ty[0] == ADT and ty[1] is value.definition:
        whole = frame.table.deep(ty)
    known = dict(zip(frame.world.lowering.parameters(value.definition), whole[2], strict=False))
    fields = frame.world.lowering.fields(value.definition, value.variant)
    return {name: frame.normalize(substitute(field, known)) for name, field in fields.items()}
