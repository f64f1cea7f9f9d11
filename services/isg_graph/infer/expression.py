"""Expressions: each form's type, and what it refers to on the way.

`infer` hands a form to its function; the families with rules of their own have files of theirs (`call`,
`method`, `pattern`, `value`, `operator`). A form's function gives its type, UNKNOWN where it cannot.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from isg_graph.infer.call import call_value, check_arguments, infer_call, infer_method_call, say_derefs
from isg_graph.infer.frame import EXPRESSION_DEPTH_MAX, PLACES, Frame
from isg_graph.infer.macro import infer_macro
from isg_graph.infer.operator import infer_await, infer_binary, infer_for, infer_index, infer_try, infer_unary
from isg_graph.infer.pattern import bind
from isg_graph.infer.ty import (
    ADT,
    ARRAY,
    BOOL,
    DYN,
    FN,
    ITEM,
    NEVER,
    NEVER_TYPE,
    OPAQUE,
    PRIM,
    PTR,
    REF,
    SLICE,
    STR,
    TUPLE,
    UNIT,
    UNKNOWN,
    UNKNOWN_TYPE,
    VAR,
    Ty,
    bounded,
    substitute,
)
from isg_graph.infer.value import Value, resolve_value
from isg_graph.resolve.condition import holds
from isg_graph.resolve.definition import TYPES, Definition, External, VariantOf
from isg_protocol import body as ir
from isg_protocol import facts
from isg_protocol.vocabulary import EXACT, INFERRED, RESOLVED_EXTERNAL

_LITERALS: dict[str, Ty] = {
    "int": (PRIM, "{int}"),
    "float": (PRIM, "{float}"),
    "str": (REF, STR, False),
    "bytes": (REF, (ARRAY, (PRIM, "u8")), False),
}
_GROWING = frozenset(
    (ir.Call, ir.MethodCall, ir.FieldAccess, ir.Index, ir.Binary, ir.Unary, ir.StructExpr, ir.TupleExpr)
)
"""Expressions whose type can have more parts than their own parts' types."""


def infer(frame: Frame, expression: Any, expected: Ty | None) -> Ty:
    """The type of an expression; `expected` is what its place would like."""
    handler = _HANDLERS.get(expression.__class__)
    if handler is None or frame.depth > EXPRESSION_DEPTH_MAX:
        return UNKNOWN_TYPE
    frame.depth += 1
    if frame.changing and expression.__class__ not in PLACES:
        frame.changing = False
    ty = handler(frame, expression, expected)
    frame.depth -= 1
    return bounded(ty) if expression.__class__ in _GROWING else ty


def _literal(frame: Frame, e: ir.Literal, expected: Ty | None) -> Ty:
    known = _LITERALS.get(e.kind)
    if known is None:
        if e.kind == "cstr":
            trait = frame.world.language("ffi", "CStr")
            return (REF, (ADT, trait, ()), False) if trait else UNKNOWN_TYPE
        return (PRIM, e.kind)
    if known[0] == PRIM and expected is not None:
        wanted = frame.settle(expected)
        if wanted[0] == PRIM and wanted[1] not in ("str", "bool", "char"):
            return wanted
    return known


def _local(frame: Frame, e: ir.Local, expected: Ty | None) -> Ty:
    return frame.slots[e.slot] if e.slot < len(frame.slots) else UNKNOWN_TYPE


def _path(frame: Frame, e: ir.PathExpr, expected: Ty | None) -> Ty:
    value = resolve_value(frame, e.path, expected)
    return value_type(frame, value, e.path.site)


def value_type(frame: Frame, value: Value, site: int) -> Ty:
    """The type of a value that is not called; a function so named is used."""
    form = value.form
    if form == "constant":
        use_constant(frame, value, site)
        return value.type
    if form == "constructor":
        assert value.definition is not None
        fields = frame.world.lowering.fields(value.definition, value.variant)
        head = value.definition.item.head if value.definition.item else None
        shape = getattr(head, "shape", None)
        if shape is None and value.variant >= 0:
            shape = head.variants[value.variant].shape  # type: ignore[union-attr]
        if shape == "tuple":
            known = dict(zip(frame.world.lowering.parameters(value.definition), value.type[2], strict=False))
            return (FN, tuple(substitute(t, known) for t in fields.values()), value.type)
        return value.type
    if form == "function":
        assert value.definition is not None
        outside = value.definition.target.kind == "model"
        frame.use(value.definition, site, RESOLVED_EXTERNAL if outside else EXACT)
        return (ITEM, value.definition, tuple(value.substitution.items()))
    if form == "trait":
        assert value.definition is not None
        from isg_graph.infer.call import chosen

        bound = value.bound
        assert bound is not None

        def decide() -> None:
            target, resolution = chosen(frame, value.definition, value.self_type, bound)  # type: ignore[arg-type]
            frame.use(target, site, resolution)

        frame.deferred.append(decide)
        return (ITEM, value.definition, tuple(value.substitution.items()))
    return UNKNOWN_TYPE


def use_constant(frame: Frame, value: Value, site: int) -> None:
    """An associated const is used: the impl's where the type tells which, else the trait's. (A free one was
    used when its path was resolved.)"""
    item, bound = value.definition, value.bound
    if item is None or item.parent is None or item.parent.kind not in ("impl", "trait"):
        return
    if bound is None:
        frame.use(item, site, RESOLVED_EXTERNAL if item.target.kind == "model" else EXACT)
        return

    def decide() -> None:
        from isg_graph.infer.call import chosen

        target, resolution = chosen(frame, item, value.self_type, bound)
        frame.use(target, site, resolution)

    frame.deferred.append(decide)


def _field(frame: Frame, e: ir.FieldAccess, expected: Ty | None) -> Ty:
    changing, frame.changing = frame.changing, False
    ty = frame.settle(frame.expr(frame, e.base, None))
    through = frame.gone_through(e.base)
    lowering = frame.world.lowering
    derefs: list[Definition] = []
    for _ in range(10):
        form: int = ty[0]
        if form == ADT:
            fields = lowering.fields(ty[1]) if ty[1].kind != "enum" else {}
            known = fields.get(e.name)
            if known is not None:
                if derefs and e.site >= 0:
                    say_derefs(frame, derefs, e.site, changing)
                    through = [*through, (e.site, derefs)]
                frame.through = through
                return frame.normalize(
                    substitute(known, dict(zip(lowering.parameters(ty[1]), ty[2], strict=False)))
                )
        elif form == TUPLE:
            if e.name.isdigit() and int(e.name) < len(ty[1]):
                return frame.settle(ty[1][int(e.name)])
            return UNKNOWN_TYPE
        below = frame.world.deref(ty, frame)
        if below is None:
            return UNKNOWN_TYPE
        ty = frame.settle(below[0])
        if below[1] is not None:
            derefs.append(below[1])
    return UNKNOWN_TYPE


def _reference(frame: Frame, e: ir.Reference, expected: Ty | None) -> Ty:
    inner = None
    if expected is not None:
        wanted = frame.settle(expected)
        if wanted[0] in (REF, PTR):
            inner = frame.settle(wanted[1])
            if inner[0] in (DYN, SLICE):
                inner = None
    frame.changing = e.mutable
    return (REF, frame.expr(frame, e.operand, inner), e.mutable)


def _assign(frame: Frame, e: ir.Assign, expected: Ty | None) -> Ty:
    frame.changing = True
    left = frame.expr(frame, e.left, None)
    right = frame.expr(frame, e.right, left)
    frame.coerce(right, left)
    return UNIT


def _cast(frame: Frame, e: ir.Cast, expected: Ty | None) -> Ty:
    frame.expr(frame, e.operand, None)
    return frame.written(e.ty)


def struct_target(frame: Frame, path: facts.Path) -> Value:
    """The struct or variant that a struct expression or pattern names."""
    segments = path.segments
    lowering = frame.world.lowering
    names = [s.name for s in segments]
    if path.self_type is None and names[0] not in ("Self",):
        found = frame.world.lookup.path(frame.scope, names, TYPES, path.global_)
        if found is not None and found[1] == len(names) and isinstance(found[0], VariantOf):
            enum = found[0].enum
            frame.use(enum, path.site)
            args = tuple(frame.table.fresh() for _ in lowering.parameters(enum))
            return Value("constructor", enum, type=(ADT, enum, args), variant=found[0].position)
        if found is not None and found[1] == len(names) - 1 and isinstance(found[0], Definition):
            ty = frame.settle(lowering.applied(found[0], (), frame.owner))
            if ty[0] == ADT:
                frame.world.lookup.reads.head(ty[1])
            if ty[0] == ADT and (variant := ty[1].variant(names[-1])) >= 0:
                frame.use(found[0], path.site)
                args = tuple(frame.table.fresh() for _ in ty[2])
                return Value("constructor", ty[1], type=(ADT, ty[1], args), variant=variant)
    target = frame.type_target(path)
    if target is not None:
        frame.use(target, path.site)
    written = lowering.path_type(path, frame.owner)
    if written[0] == 13:  # a projection: `Self::Variant`
        base = frame.settle(written[1])
        if base[0] == ADT:
            frame.world.lookup.reads.head(base[1])
        if base[0] == ADT and (variant := base[1].variant(written[3])) >= 0:
            return Value("constructor", base[1], type=base, variant=variant)
    ty = frame.normalize(written)
    if ty[0] == ADT:
        explicit = any(s.args for s in segments) or names[0] == "Self"
        args = ty[2] if explicit else tuple(frame.table.fresh() for _ in ty[2])
        return Value("constructor", ty[1], type=(ADT, ty[1], args))
    return Value("open")


def _struct(frame: Frame, e: ir.StructExpr, expected: Ty | None) -> Ty:
    value = struct_target(frame, e.path)
    if value.form != "constructor" or value.definition is None:
        for _, one in e.fields:
            frame.expr(frame, one, None)
        if e.base is not None:
            frame.expr(frame, e.base, None)
        return UNKNOWN_TYPE
    if expected is not None:
        mark = frame.table.mark()
        if not frame.table.unify(value.type, expected):
            frame.table.undo(mark)
    fields = frame.world.lowering.fields(value.definition, value.variant)
    known = dict(zip(frame.world.lowering.parameters(value.definition), value.type[2], strict=False))
    for name, one in e.fields:
        field = fields.get(name)
        wanted = frame.normalize(substitute(field, known)) if field is not None else None
        check_arguments(frame, [one], [wanted] if wanted is not None else [], [])
    if e.base is not None:
        frame.coerce(frame.expr(frame, e.base, value.type), value.type)
    return value.type


def _tuple(frame: Frame, e: ir.TupleExpr, expected: Ty | None) -> Ty:
    wanted = frame.settle(expected) if expected is not None else UNKNOWN_TYPE
    parts = (
        wanted[1] if wanted[0] == TUPLE and len(wanted[1]) == len(e.elements) else [None] * len(e.elements)
    )
    return (TUPLE, tuple([frame.expr(frame, x, want) for x, want in zip(e.elements, parts, strict=True)]))


def _array(frame: Frame, e: ir.ArrayExpr, expected: Ty | None) -> Ty:
    wanted = frame.settle(expected) if expected is not None else UNKNOWN_TYPE
    inner: Ty = wanted[1] if wanted[0] in (ARRAY, SLICE) else frame.table.fresh()
    if e.repeat:
        frame.coerce(frame.expr(frame, e.elements[0], inner), inner)
        for one in e.elements[1:]:
            frame.expr(frame, one, None)
    else:
        for one in e.elements:
            frame.coerce(frame.expr(frame, one, inner), inner)
    return (ARRAY, inner)


def _block(frame: Frame, e: ir.Block, expected: Ty | None) -> Ty:
    if e.flavour == "async":
        output = frame.table.fresh()
        frame.returns.append(output)
        frame.coerce(_statements(frame, e, None), output)
        frame.returns.pop()
        return frame.world.lowering.future(output)
    if e.label:
        result = frame.table.fresh()
        frame.breaks.append((e.label, result))
        frame.coerce(_statements(frame, e, expected), result)
        frame.breaks.pop()
        return frame.settle(result)
    return _statements(frame, e, expected)


def _statements(frame: Frame, e: ir.Block, expected: Ty | None) -> Ty:
    diverges = False
    unheld = e.tail.__class__ is ir.Conditional and not holds(e.tail.cfg)
    value: Ty | None = None
    for statement in e.statements:
        # Of several tails under conditions that exclude each other, those before the last are statements.
        tail = unheld and statement.__class__ is ir.Conditional
        ty = frame.expr(frame, statement, expected if tail else None)
        if ty[0] == NEVER:
            diverges = True
        if tail and holds(statement.cfg):  # type: ignore[union-attr]
            value = ty
    if e.tail is not None:
        ty = frame.expr(frame, e.tail, expected)
        return value if unheld and value is not None else ty
    return NEVER_TYPE if diverges else UNIT


def _join(frame: Frame, types: list[Ty], expected: Ty | None) -> Ty:
    """The one type of several ways out."""
    result: Ty | None = None
    for ty in types:
        ty = frame.settle(ty)
        if ty[0] == NEVER:
            continue
        if result is None or result[0] == UNKNOWN:
            result = ty
        else:
            mark = frame.table.mark()
            if not frame.table.unify(result, ty):
                frame.table.undo(mark)
    return result if result is not None else (NEVER_TYPE if types else UNKNOWN_TYPE)


def _if(frame: Frame, e: ir.If, expected: Ty | None) -> Ty:
    frame.expr(frame, e.condition, BOOL)
    then = frame.expr(frame, e.then, expected)
    if e.otherwise is None:
        return UNIT
    return _join(frame, [then, frame.expr(frame, e.otherwise, expected)], expected)


def _let_condition(frame: Frame, e: ir.LetCondition, expected: Ty | None) -> Ty:
    bind(frame, e.pattern, frame.expr(frame, e.value, None))
    return BOOL


def _match(frame: Frame, e: ir.Match, expected: Ty | None) -> Ty:
    value = frame.expr(frame, e.value, None)
    ways = []
    for arm in e.arms:
        if arm.cfg and not holds(arm.cfg):
            _unheld(frame, arm, value)
            continue
        bind(frame, arm.pattern, value)
        if arm.guard is not None:
            frame.expr(frame, arm.guard, BOOL)
        ways.append(frame.expr(frame, arm.body, expected))
    return _join(frame, ways, expected)


def _unheld(frame: Frame, arm: ir.Arm, value: Ty) -> None:
    """An arm of another configuration: what it refers to is a mere possibility."""
    with frame.unheld():
        bind(frame, arm.pattern, value)
        if arm.guard is not None:
            frame.expr(frame, arm.guard, BOOL)
        frame.expr(frame, arm.body, None)


def _conditional(frame: Frame, e: ir.Conditional, expected: Ty | None) -> Ty:
    if holds(e.cfg):
        return frame.expr(frame, e.value, expected)
    with frame.unheld():
        frame.expr(frame, e.value, None)
    for slot, hidden in e.shadows:
        frame.slots[slot] = frame.slots[hidden] if hidden >= 0 else UNKNOWN_TYPE
    return UNKNOWN_TYPE


def _loop(frame: Frame, e: ir.Loop, expected: Ty | None) -> Ty:
    result = frame.table.fresh()
    frame.breaks.append((e.label, result))
    frame.expr(frame, e.body, None)
    frame.breaks.pop()
    settled = frame.settle(result)
    return NEVER_TYPE if settled[0] == VAR else settled


def _while(frame: Frame, e: ir.While, expected: Ty | None) -> Ty:
    frame.expr(frame, e.condition, BOOL)
    frame.breaks.append((e.label, UNIT))
    frame.expr(frame, e.body, None)
    frame.breaks.pop()
    return UNIT


def _for(frame: Frame, e: ir.For, expected: Ty | None) -> Ty:
    iterated = frame.expr(frame, e.iterated, None)
    bind(frame, e.pattern, infer_for(frame, iterated, e.site))
    frame.breaks.append((e.label, UNIT))
    frame.expr(frame, e.body, None)
    frame.breaks.pop()
    return UNIT


def _closure(frame: Frame, e: ir.Closure, expected: Ty | None) -> Ty:
    wanted = frame.settle(expected) if expected is not None else UNKNOWN_TYPE
    if wanted[0] in (OPAQUE, DYN):
        called = frame.world.traits.callable(wanted, frame.predicates)
        wanted = (FN, *called) if called is not None else UNKNOWN_TYPE
    given = wanted[1] if wanted[0] == FN else ()
    params = []
    for position, (pattern, ty) in enumerate(e.params):
        want = given[position] if position < len(given) else None
        if ty is not None:
            actual = frame.written(ty)
            if want is not None:
                frame.coerce(actual, want)
        else:
            actual = want if want is not None else frame.table.fresh()
        bind(frame, pattern, actual)
        params.append(actual)
    result: Ty
    if e.result is not None:
        result = frame.written(e.result)
    elif wanted[0] == FN and frame.settle(wanted[2])[0] not in (VAR, UNKNOWN, 13):
        result = wanted[2]
    else:
        result = frame.table.fresh()
    frame.returns.append(result)
    outer, frame.breaks = frame.breaks, []
    settled = frame.settle(result)
    frame.coerce(frame.expr(frame, e.body, None if settled[0] == VAR else settled), result)
    frame.breaks = outer
    frame.returns.pop()
    result = frame.settle(result)
    if e.is_async:
        result = frame.world.lowering.future(result)
    return (FN, tuple(params), result)


def _return(frame: Frame, e: ir.Return, expected: Ty | None) -> Ty:
    wanted = frame.returns[-1] if frame.returns else None
    if e.value is not None:
        ty = frame.expr(frame, e.value, wanted)
        if wanted is not None:
            frame.coerce(ty, wanted)
    return NEVER_TYPE


def _break(frame: Frame, e: ir.Break, expected: Ty | None) -> Ty:
    target: Ty | None = None
    for label, ty in reversed(frame.breaks):
        if not e.label or label == e.label:
            target = ty
            break
    if e.value is not None:
        ty = frame.expr(frame, e.value, target)
        if target is not None:
            frame.coerce(ty, target)
    elif target is not None and target[0] == VAR:
        frame.coerce(UNIT, target)
    return NEVER_TYPE


def _range(frame: Frame, e: ir.Range, expected: Ty | None) -> Ty:
    inner: Ty | None = None
    for end in (e.low, e.high):
        if end is not None:
            ty = frame.settle(frame.expr(frame, end, inner))
            if inner is None or inner == (PRIM, "{int}"):
                inner = ty
    name = {(True, True): "RangeInclusive" if e.inclusive else "Range", (True, False): "RangeFrom",
            (False, True): "RangeToInclusive" if e.inclusive else "RangeTo", (False, False): "RangeFull"}[
        (e.low is not None, e.high is not None)
    ]  # fmt: skip
    found = frame.world.language("ops", name)
    if found is None:
        return UNKNOWN_TYPE
    return (ADT, found, (inner,) if inner is not None else ())


def _let(frame: Frame, e: ir.Let, expected: Ty | None) -> Ty:
    declared = frame.written(e.ty) if e.ty is not None else None
    diverges = False
    if e.value is not None:
        before = declared
        if e.value.__class__ is ir.Closure and declared is not None:
            check_arguments(frame, [e.value], [declared], [])
            value = declared
        else:
            value = frame.expr(frame, e.value, before)
        diverges = value[0] == NEVER
        if declared is not None:
            frame.coerce(value, declared)
    else:
        value = frame.table.fresh()
    if e.otherwise is not None:
        frame.expr(frame, e.otherwise, None)
    bind(frame, e.pattern, declared if declared is not None and declared[0] != UNKNOWN else value)
    return NEVER_TYPE if diverges else UNIT


def _opaque(frame: Frame, e: ir.Opaque, expected: Ty | None) -> Ty:
    for part in e.parts:
        frame.expr(frame, part, None)
    return UNKNOWN_TYPE


_HANDLERS: dict[type, Callable[[Frame, Any, Ty | None], Ty]] = {
    ir.Literal: _literal,
    ir.Local: _local,
    ir.PathExpr: _path,
    ir.Call: infer_call,
    ir.MethodCall: infer_method_call,
    ir.FieldAccess: _field,
    ir.Index: infer_index,
    ir.Unary: infer_unary,
    ir.Reference: _reference,
    ir.Binary: infer_binary,
    ir.Assign: _assign,
    ir.Try: infer_try,
    ir.Await: infer_await,
    ir.Cast: _cast,
    ir.StructExpr: _struct,
    ir.TupleExpr: _tuple,
    ir.ArrayExpr: _array,
    ir.Block: _block,
    ir.If: _if,
    ir.LetCondition: _let_condition,
    ir.Match: _match,
    ir.Loop: _loop,
    ir.While: _while,
    ir.For: _for,
    ir.Closure: _closure,
    ir.Return: _return,
    ir.Break: _break,
    ir.Macro: infer_macro,
    ir.Range: _range,
    ir.Let: _let,
    ir.Opaque: _opaque,
    ir.Conditional: _conditional,
}

__all__ = ["INFERRED", "External", "call_value", "infer", "struct_target"]
