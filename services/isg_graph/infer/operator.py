"""Operators, indexing, `?`, `.await` and `for`: the calls that the language makes for us.

Only what a local type gives is a call here; primitives' own operators are none.
"""

from __future__ import annotations

from isg_graph.infer.call import chosen, decide_later, say_derefs
from isg_graph.infer.frame import Frame
from isg_graph.infer.ty import (
    ADT,
    ARRAY,
    BOOL,
    DYN,
    NEVER_TYPE,
    OPAQUE,
    PARAM,
    PRIM,
    PROJ,
    PTR,
    REF,
    SLICE,
    UNIT,
    UNKNOWN,
    UNKNOWN_TYPE,
    VAR,
    Ty,
)
from isg_graph.resolve.definition import Definition
from isg_protocol import body as ir

_ARITHMETIC = {
    "+": ("Add", "add"), "-": ("Sub", "sub"), "*": ("Mul", "mul"), "/": ("Div", "div"), "%": ("Rem", "rem"),
    "&": ("BitAnd", "bitand"), "|": ("BitOr", "bitor"), "^": ("BitXor", "bitxor"), "<<": ("Shl", "shl"),
    ">>": ("Shr", "shr"),
}  # fmt: skip
_COMPARISON = {
    "==": ("PartialEq", "eq"), "!=": ("PartialEq", "ne"), "<": ("PartialOrd", "lt"),
    ">": ("PartialOrd", "gt"), "<=": ("PartialOrd", "le"), ">=": ("PartialOrd", "ge"),
}  # fmt: skip


def infer_binary(frame: Frame, e: ir.Binary, expected: Ty | None) -> Ty:
    """`a + b`, `a == b`, `a && b`, `a += b`."""
    op = e.op
    if op in ("&&", "||"):
        frame.expr(frame, e.left, BOOL)
        frame.expr(frame, e.right, BOOL)
        return BOOL
    left = frame.settle(frame.expr(frame, e.left, None))
    right = frame.settle(frame.expr(frame, e.right, left if left[0] == PRIM else None))
    if op in _COMPARISON:
        trait, method = _COMPARISON[op]
        _overloaded(frame, e.site, "cmp", trait, method, left, right)
        return BOOL
    if op.endswith("=") and op[:-1] in _ARITHMETIC:
        trait, method = _ARITHMETIC[op[:-1]]
        _overloaded(frame, e.site, "ops", f"{trait}Assign", f"{method}_assign", left, right)
        return UNIT
    if op not in _ARITHMETIC:
        return UNKNOWN_TYPE
    trait, method = _ARITHMETIC[op]
    one, other = _value(frame, left), _value(frame, right)
    if one[0] == PRIM and other[0] in (PRIM, VAR, UNKNOWN):
        if one[1] in ("{int}", "{float}") and other[0] == PRIM and op not in ("<<", ">>"):
            return other
        return one
    return _overloaded(frame, e.site, "ops", trait, method, left, right)


def _value(frame: Frame, ty: Ty) -> Ty:
    while ty[0] == REF:
        ty = frame.settle(ty[1])
    return ty


def _overloaded(frame: Frame, site: int, module: str, trait: str, method: str, left: Ty, right: Ty) -> Ty:
    """An operator as the call of its trait's method, where the left side is no primitive."""
    definition = frame.world.language(module, trait)
    base = _value(frame, left)
    if definition is None or base[0] in (UNKNOWN, VAR, PRIM, PTR):
        if definition is None or base[0] != PRIM or _value(frame, right)[0] != ADT:
            return UNKNOWN_TYPE
    parameters = frame.world.lowering.parameters(definition)
    arg = frame.table.fresh()
    frame.table.unify(arg, right)
    bound = (definition, (arg,) if parameters else (), ())
    items = definition.items.get(method) or ()
    ours = base[0] == ADT and base[1].target.kind != "model"
    if items and (ours or (base[0] in (ADT, PRIM) and _value(frame, right)[0] == ADT)):
        _decide_if_local(frame, items[0], left, bound, site)
    return frame.normalize((PROJ, left, bound, "Output")) if module == "ops" else BOOL


def _decide_if_local(frame: Frame, method: Definition, subject: Ty, bound: tuple, site: int) -> None:  # type: ignore[type-arg]
    """The operator's call, when what it calls is the workspace's or a local type's."""

    def decide() -> None:
        target, resolution = chosen(frame, method, subject, bound)
        base = _value(frame, frame.settle(subject))
        if target.target.kind != "model" or (base[0] == ADT and base[1].target.kind != "model"):
            frame.call(target, site, resolution, implicit=True)

    frame.deferred.append(decide)


def infer_unary(frame: Frame, e: ir.Unary, expected: Ty | None) -> Ty:
    """`*x`, `-x`, `!x`."""
    changing, frame.changing = frame.changing, False
    ty = frame.settle(frame.expr(frame, e.operand, expected if e.op != "*" else None))
    if e.op == "*":
        if ty[0] == PTR:
            return frame.settle(ty[1])
        below = frame.world.deref(ty, frame)
        if below is None:
            return UNKNOWN_TYPE
        through = frame.gone_through(e.operand)
        if below[1] is not None:
            say_derefs(frame, [below[1]], e.site, changing)
            through = [*through, (e.site, [below[1]])]
        frame.through = through
        return frame.settle(below[0])
    if ty[0] == PRIM:
        return ty
    trait, method = ("Neg", "neg") if e.op == "-" else ("Not", "not")
    definition = frame.world.language("ops", trait)
    if definition is None or ty[0] in (UNKNOWN, VAR):
        return UNKNOWN_TYPE
    bound = (definition, (), ())
    if _value(frame, ty)[0] == ADT:
        _decide_if_local(frame, definition.items[method][0], ty, bound, e.site)
    return frame.normalize((PROJ, ty, bound, "Output"))


def infer_index(frame: Frame, e: ir.Index, expected: Ty | None) -> Ty:
    """`a[i]`."""
    changing, frame.changing = frame.changing, False
    ty = frame.settle(frame.expr(frame, e.base, None))
    index = frame.settle(frame.expr(frame, e.index, None))
    definition = frame.world.language("ops", "Index")
    ranged = index[0] == ADT and index[1].name.startswith("Range")
    for _ in range(8):
        if ty[0] in (ARRAY, SLICE):
            return (SLICE, ty[1]) if ranged else frame.settle(ty[1])
        if ty[0] == PRIM and ty[1] == "str":
            return ty
        if definition is not None and ty[0] in (ADT, PARAM, OPAQUE, PROJ):
            if index == (PRIM, "{int}"):
                index = (PRIM, "usize")
            bound = (definition, (index,), ())
            output = frame.normalize((PROJ, ty, bound, "Output"))
            if output[0] not in (PROJ, UNKNOWN):
                mutable = frame.world.language("ops", "IndexMut") if changing else None
                if mutable is not None:
                    bound = (mutable, (index,), ())
                    _decide_if_local(frame, mutable.items["index_mut"][0], ty, bound, e.site)
                else:
                    _decide_if_local(frame, definition.items["index"][0], ty, bound, e.site)
                return output
        below = frame.world.deref(ty, frame)
        if below is None:
            break
        ty = frame.settle(below[0])
    return UNKNOWN_TYPE


def infer_try(frame: Frame, e: ir.Try, expected: Ty | None) -> Ty:
    """`x?`: the good part; the error's conversion calls the local `From`."""
    ty = frame.settle(frame.expr(frame, e.operand, None))
    if ty[0] != ADT or not ty[2]:
        return UNKNOWN_TYPE
    name = ty[1].name if ty[1].target.kind == "model" else ""
    if name == "Result":
        _convert_error(frame, ty[2][1], e.site)
        return frame.settle(ty[2][0])
    if name == "Option":
        return frame.settle(ty[2][0])
    if name == "Poll":
        inner = frame.settle(ty[2][0])
        if inner[0] == ADT and inner[1].name == "Result":
            _convert_error(frame, inner[2][1], e.site)
            return (ADT, ty[1], (inner[2][0],))
    return UNKNOWN_TYPE


def _convert_error(frame: Frame, error: Ty, site: int) -> None:
    if not frame.returns:
        return
    returned = frame.returns[-1]
    origin = frame.world.language("convert", "From")

    def decide() -> None:
        wanted = frame.settle(returned)
        while wanted[0] == ADT and wanted[1].name == "Poll" and wanted[2]:
            wanted = frame.settle(wanted[2][0])
        if wanted[0] != ADT or wanted[1].name != "Result" or origin is None:
            return
        into = frame.settle(wanted[2][1])
        given = frame.settle(error)
        if into[0] != ADT or into[1].target.kind == "model" or given[0] in (VAR, UNKNOWN):
            return
        if frame.table.deep(into) == frame.table.deep(given):
            return
        target, resolution = chosen(frame, origin.items["from"][0], into, (origin, (given,), ()))
        if target.target.kind != "model":
            frame.call(target, site, resolution, implicit=True)

    frame.deferred.append(decide)


def infer_await(frame: Frame, e: ir.Await, expected: Ty | None) -> Ty:
    """`x.await`: the future's output."""
    ty = frame.settle(frame.expr(frame, e.operand, None))
    trait = frame.world.traits.future_trait
    if trait is None or ty[0] in (UNKNOWN, VAR):
        return UNKNOWN_TYPE
    output = frame.normalize((PROJ, ty, (trait, (), ()), "Output"))
    if output[0] in (PROJ, UNKNOWN):
        into = frame.world.language("future", "IntoFuture")
        if into is not None:
            output = frame.normalize((PROJ, ty, (into, (), ()), "Output"))
    return output


def infer_for(frame: Frame, iterated: Ty, site: int) -> Ty:
    """The item of what a `for` runs over; a local iterator's `next` is called."""
    ty = frame.settle(iterated)
    into = frame.world.language("iter", "IntoIterator")
    iterator = frame.world.language("iter", "Iterator")
    if into is None or iterator is None or ty[0] in (UNKNOWN, VAR):
        return UNKNOWN_TYPE
    base = _value(frame, ty)
    if base[0] == ADT and base[1].target.kind != "model":
        if frame.world.traits.several(iterator, ty, frame.table, frame.predicates):
            _decide_if_local(frame, iterator.items["next"][0], ty, (iterator, (), ()), site)
        else:
            _decide_if_local(frame, into.items["into_iter"][0], ty, (into, (), ()), site)
    item = frame.normalize((PROJ, ty, (into, (), ()), "Item"))
    if item[0] in (PROJ, UNKNOWN):
        direct = frame.normalize((PROJ, ty, (iterator, (), ()), "Item"))
        if direct[0] != UNKNOWN:
            return direct
    return item


__all__ = ["DYN", "NEVER_TYPE", "decide_later", "infer_binary", "infer_for", "infer_index", "infer_try"]
