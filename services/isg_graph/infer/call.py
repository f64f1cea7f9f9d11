"""Calls: of paths, of methods, of values; and which impl a trait's function means in the end.

A trait's function is decided when the body is done, when its self type and the trait's arguments are as
known as they will be: exactly one impl that fits is the answer, else the trait's own function.
"""

from __future__ import annotations

from isg_graph.infer.frame import Frame
from isg_graph.infer.lower import Signature
from isg_graph.infer.method import Method, Missing, find_method, self_kind
from isg_graph.infer.trait import callable_bound
from isg_graph.infer.ty import (
    ADT,
    DYN,
    FN,
    ITEM,
    OPAQUE,
    OUTSIDE,
    PARAM,
    PRIM,
    PROJ,
    REF,
    UNKNOWN,
    UNKNOWN_TYPE,
    VAR,
    Bound,
    Substitution,
    Ty,
    substitute,
    transform_bound,
)
from isg_graph.infer.value import Value, resolve_value
from isg_graph.resolve.definition import Definition
from isg_protocol import body as ir
from isg_protocol.vocabulary import CANDIDATE, EXACT, INFERRED, RESOLVED_EXTERNAL

OPEN_CANDIDATES_MAX = 8
"""A name that more methods than this carry says nothing: no candidates are named for it."""


def infer_call(frame: Frame, call: ir.Call, expected: Ty | None) -> Ty:
    """`callee(args)`."""
    callee = call.callee
    if callee.__class__ is not ir.PathExpr:
        ty = frame.settle(frame.expr(frame, callee, None))
        return call_value(frame, ty, call.args)
    value = resolve_value(frame, callee.path, expected)
    return call_resolved(frame, value, call.site, call.args, expected)


def call_resolved(frame: Frame, value: Value, site: int, args: list[ir.Expr], expected: Ty | None) -> Ty:
    """A call of what a path means."""
    form = value.form
    if form == "constructor":
        assert value.definition is not None
        if expected is not None:
            _expect(frame, value.type, expected)
        fields = frame.world.lowering.fields(value.definition, value.variant)
        known = dict(zip(frame.world.lowering.parameters(value.definition), value.type[2], strict=False))
        wanted = [substitute(fields[str(i)], known) if str(i) in fields else None for i in range(len(args))]
        check_arguments(frame, args, wanted, [])
        return value.type
    if form == "function":
        assert value.definition is not None
        frame.call(value.definition, site, _resolution(value.definition, EXACT))
        signature = frame.world.lowering.signature(value.definition)
        return apply(frame, signature, value.substitution, args, expected, with_self=True)
    if form == "trait":
        assert value.definition is not None
        assert value.bound is not None
        signature = frame.world.lowering.signature(value.definition)
        result = apply(frame, signature, value.substitution, args, expected, with_self=True)
        decide_later(frame, value.definition, value.self_type, value.bound, site)
        return result
    if form == "constant":
        return call_value(frame, frame.settle(value.type), args)
    check_arguments(frame, args, [], [])
    if form == "outside":
        frame.call(value.path, site, RESOLVED_EXTERNAL)
    elif form == "missing":
        _missing(frame, value.type, value.name, site)
    else:
        frame.open(value.name, site)
    return UNKNOWN_TYPE


def _resolution(definition: Definition, local: int) -> int:
    return RESOLVED_EXTERNAL if definition.target.kind == "model" else local


def _expect(frame: Frame, actual: Ty, expected: Ty) -> None:
    mark = frame.table.mark()
    if not frame.table.unify(actual, expected):
        frame.table.undo(mark)


def call_value(frame: Frame, ty: Ty, args: list[ir.Expr]) -> Ty:
    """A call of a closure, a function pointer, or something bounded by `Fn…`."""
    for _ in range(6):
        if ty[0] == ITEM:
            return _call_item(frame, ty, args)
        called = frame.world.traits.callable(ty, frame.predicates)
        if called is not None:
            params, result = called
            check_arguments(frame, args, list(params), [])
            return frame.settle(result)
        below = frame.world.deref(ty, frame)
        if below is None:
            break
        ty = frame.settle(below[0])
    check_arguments(frame, args, [], [])
    return UNKNOWN_TYPE


def _call_item(frame: Frame, ty: Ty, args: list[ir.Expr]) -> Ty:
    definition: Definition = ty[1]
    known = dict(ty[2])
    if definition.kind in ("function", "method"):
        return apply(frame, frame.world.lowering.signature(definition), known, args, None, with_self=True)
    check_arguments(frame, args, [], [])
    return UNKNOWN_TYPE


def apply(
    frame: Frame, signature: Signature, known: Substitution, args: list[ir.Expr], expected: Ty | None,
    with_self: bool,
) -> Ty:  # fmt: skip
    """Check arguments against a signature and give its result. `with_self`: the receiver, if the function
    takes one, is the first argument."""
    for parameter in signature.parameters:
        if parameter not in known:
            known[parameter] = frame.table.fresh()
    params = signature.params
    if with_self and signature.self_type is not None:
        params = [signature.self_type, *params]
    result = frame.normalize(substitute(signature.result, known))
    if expected is not None and result[0] not in (UNKNOWN, OPAQUE):
        mark = frame.table.mark()
        if not frame.table.unify(result, expected):
            frame.table.undo(mark)
    predicates = [(substitute(s, known), transform_bound(b, known.get)) for s, b in signature.predicates]
    check_arguments(frame, args, [substitute(p, known) for p in params], predicates)
    _settle_bindings(frame, predicates)
    return frame.normalize(result)


def _settle_bindings(frame: Frame, predicates: list[tuple[Ty, Bound]]) -> None:
    """Let `F: Future<Output = T>` say what T is."""
    for subject, bound in predicates:
        if bound[0] in frame.world.traits.fn_traits or not (bound[1] or bound[2]):
            continue
        subject = frame.settle(subject)
        if subject[0] in (VAR, UNKNOWN):
            continue
        if bound[1] and subject[0] == ADT and any(frame.table.shallow(a)[0] == VAR for a in subject[2]):
            _settle_by_impl(frame, subject, bound)
        for name, value in bound[2]:
            projected = frame.normalize((PROJ, subject, (bound[0], bound[1], ()), name))
            if projected[0] not in (PROJ, UNKNOWN):
                mark = frame.table.mark()
                if not frame.table.unify(value, projected):
                    frame.table.undo(mark)


def _settle_by_impl(frame: Frame, subject: Ty, bound: Bound) -> None:
    """Let the one impl that fits say what is open in `Vec<_>: FromIterator<T>`."""
    traits = frame.world.traits
    args = tuple(frame.normalize(a) for a in bound[1])
    if any(a[0] in (VAR, UNKNOWN, PROJ) for a in args):
        return
    impls = traits.several(bound[0], subject, frame.table, frame.predicates, args)
    if len(impls) == 1:
        mark = frame.table.mark()
        if traits.fits(impls[0], subject, frame.table, frame.predicates, 0, args) is None:
            frame.table.undo(mark)


def check_arguments(
    frame: Frame, args: list[ir.Expr], wanted: list[Ty | None] | list[Ty], predicates: list[tuple[Ty, Bound]]
) -> None:
    """Read arguments against what is wanted of each: closures last, when the others have settled types."""
    later: list[tuple[ir.Expr, Ty | None]] = []
    for position, arg in enumerate(args):
        want = wanted[position] if position < len(wanted) else None
        if arg.__class__ is ir.Closure:
            later.append((arg, want))
            continue
        want = None if want is None else frame.normalize(want)
        actual = frame.expr(frame, arg, want)
        if want is not None:
            frame.coerce(actual, want)
            _item_as_callable(frame, actual, want, predicates)
    for arg, want in later:
        expected = _callable_wanted(frame, want, predicates) if want is not None else None
        actual = frame.expr(frame, arg, expected)
        if want is not None:
            frame.coerce(actual, want)
            if expected is not None and actual[0] == FN:
                _fit_callable(frame, actual, expected)


def _fit_callable(frame: Frame, actual: Ty, expected: Ty) -> None:
    for x, y in zip(actual[1], expected[1], strict=False):
        frame.coerce(x, y)
    frame.coerce(actual[2], expected[2])
    result = frame.table.shallow(expected[2])
    if result[0] == PROJ:
        return
    if result[0] == VAR:
        frame.table.unify(result, actual[2])


def _callable_wanted(frame: Frame, want: Ty, predicates: list[tuple[Ty, Bound]]) -> Ty | None:
    """The parameters and result that a callable argument should have, from the place it goes to."""
    want = frame.table.shallow(want)
    if want[0] == FN:
        return want
    bounds = []
    if want[0] in (OPAQUE, DYN):
        bounds = frame.world.traits.bounds_of(want, frame.predicates)
    elif want[0] in (VAR, PARAM):
        bounds = [b for subject, b in predicates if frame.table.shallow(subject) == want]
        if want[0] == PARAM:
            bounds += frame.world.traits.bounds_of(want, frame.predicates)
        bounds = frame.world.traits.elaborate(bounds, want)
    elif want[0] == ADT and want[2]:
        return _callable_wanted(frame, want[2][0], predicates)
    for bound in bounds:
        if bound[0] in frame.world.traits.fn_traits:
            params, result = callable_bound(bound)
            return (FN, tuple(frame.normalize(p) for p in params), frame.normalize(result))
    return None


def _item_as_callable(frame: Frame, actual: Ty, want: Ty, predicates: list[tuple[Ty, Bound]]) -> None:
    """A function passed as a value: its parameters and result decide what its place wants."""
    actual = frame.settle(actual)
    if actual[0] not in (ITEM, FN):
        return
    expected = _callable_wanted(frame, want, predicates)
    if (expected is None and want[0] == VAR) or expected is None:
        # The variable itself may already be bound to the item: look the bound up by the declared place.
        for subject, bound in predicates:
            if frame.table.shallow(subject) == actual and bound[0] in frame.world.traits.fn_traits:
                params, result = callable_bound(bound)
                expected = (FN, params, result)
                break
    if expected is None:
        return
    shape = item_shape(frame, actual)
    if shape is not None:
        _fit_callable(frame, shape, expected)


def item_shape(frame: Frame, ty: Ty) -> Ty | None:
    """A function item's parameters and result as a callable."""
    if ty[0] == FN:
        return ty
    definition: Definition = ty[1]
    known = dict(ty[2])
    if definition.kind in ("function", "method"):
        signature = frame.world.lowering.signature(definition)
        params = (
            [signature.self_type, *signature.params] if signature.self_type is not None else signature.params
        )
        return (
            FN,
            tuple(frame.normalize(substitute(p, known)) for p in params),
            frame.normalize(substitute(signature.result, known)),
        )
    return None


# --- methods ----------------------------------------------------------------------------------------------


def infer_method_call(frame: Frame, call: ir.MethodCall, expected: Ty | None) -> Ty:
    """`receiver.name(args)`."""
    for ty in call.generics:
        frame.mention(ty)
    receiver = frame.expr(frame, call.receiver, None)
    through = frame.gone_through(call.receiver)
    return call_method(frame, receiver, call, expected, through)


def call_method(
    frame: Frame, receiver: Ty, call: ir.MethodCall, expected: Ty | None,
    through: list[tuple[int, list[Definition]]],
) -> Ty:  # fmt: skip
    """A method call on a receiver whose type is worked out; `through` are the Deref impls that the receiver's
    place goes through."""
    found = find_method(frame, receiver, call.name)
    if isinstance(found, Missing):
        return _no_method(frame, receiver, found, call)
    mutable = found.definition is not None and self_kind(found.definition) == "mut"
    say_derefs(frame, found.derefs, call.site, mutable)
    if mutable and through:
        frame.changes(through)
        for site, impls in through:
            say_derefs(frame, impls, site, True)
    return invoke(frame, found, call, expected)


def say_derefs(frame: Frame, impls: list[Definition], site: int, mutable: bool) -> None:
    """The local Deref impls that a place went through are called, those of DerefMut where it is changed."""
    name = "deref_mut" if mutable else "deref"
    for impl in impls:
        if mutable:
            changing = frame.world.language("ops", "DerefMut")
            own = frame.world.lowering.header(impl).self_type
            chosen_impl = (
                frame.world.traits.several(changing, own, frame.table, frame.predicates) if changing else []
            )
            impl = chosen_impl[0] if chosen_impl else impl
        for item in impl.items.get(name, ()):
            frame.call(item, site, INFERRED, implicit=True)


def invoke(frame: Frame, method: Method, call: ir.MethodCall, expected: Ty | None) -> Ty:
    """Check a method's arguments, say what it calls, give its result."""
    definition = method.definition
    lowering = frame.world.lowering
    if definition is None:
        assert method.trait is not None
        frame.call(f"{method.trait[0].path}::{call.name}", call.site, RESOLVED_EXTERNAL)
        check_arguments(frame, call.args, [], [])
        return UNKNOWN_TYPE
    known = dict(method.substitution)
    parameters = lowering.parameters(definition)
    for position, parameter in enumerate(parameters):
        if position < len(call.generics):
            known[parameter] = frame.given(call.generics[position])
    signature = lowering.signature(definition)
    if method.trait is not None:
        trait: Definition = method.trait[0]
        known.update(zip(lowering.parameters(trait), method.trait[1], strict=False))
        known[(PARAM, trait, "Self")] = method.self_type
    else:
        frame.call(definition, call.site, _resolution(definition, INFERRED))
    result = apply(frame, signature, known, call.args, expected, with_self=False)
    if method.trait is not None:
        decide_later(frame, definition, method.self_type, method.trait, call.site)
    return result


def _no_method(frame: Frame, receiver: Ty, missing: Missing, call: ir.MethodCall) -> Ty:
    field = field_callable(frame, receiver, call.name)
    check_arguments(frame, call.args, [], [])
    if field is not None:
        return field
    if missing.known:
        _missing(frame, missing.at, call.name, call.site)
        return UNKNOWN_TYPE
    frame.open(call.name, call.site)
    frame.world.lookup.reads.note(("open", call.name))
    candidates = frame.world.methods.get(call.name, ())
    if 0 < len(candidates) <= OPEN_CANDIDATES_MAX:
        for candidate in candidates:
            frame.call(candidate, call.site, CANDIDATE)
    return UNKNOWN_TYPE


def field_callable(frame: Frame, receiver: Ty, name: str) -> Ty | None:
    """`x.f()` is never a call of a field: None, kept apart so that the rule has a place."""
    return None


def _missing(frame: Frame, ty: Ty, name: str, site: int) -> None:
    """A known type has no such item among what we know: it is an outside one's, named by its type."""
    path = outside_path(frame, ty)
    if path is not None:
        frame.call(f"{path}::{name}", site, RESOLVED_EXTERNAL)
    else:
        frame.open(name, site)


def outside_path(frame: Frame, ty: Ty) -> str | None:
    """The path of a type that stands outside the workspace, references looked through."""
    ty = frame.settle(ty)
    while ty[0] == REF:
        ty = frame.settle(ty[1])
    if ty[0] == ADT and ty[1].target.kind == "model":
        return str(ty[1].symbol)
    if ty[0] == OUTSIDE:
        return str(ty[1])
    if ty[0] == PRIM:
        return f"std::primitive::{ty[1].strip('{}')}"
    return None


# --- deciding -----------------------------------------------------------------------------------------------


def decide_later(
    frame: Frame, method: Definition, self_type: Ty, bound: Bound, site: int, implicit: bool = False
) -> None:
    """Note a call of a trait's function, to be decided when the body's types are settled."""
    context = frame.macro_depth

    def decide() -> None:
        before = frame.macro_depth
        frame.macro_depth = context
        target, resolution = chosen(frame, method, self_type, bound)
        frame.call(target, site, resolution, implicit)
        frame.macro_depth = before

    frame.deferred.append(decide)


def chosen(frame: Frame, method: Definition, self_type: Ty, bound: Bound) -> tuple[Definition, int]:
    """The function that a trait's function means for a type: an impl's where exactly one fits."""
    ty = frame.settle(self_type)
    trait: Definition = bound[0]
    outside = RESOLVED_EXTERNAL if trait.target.kind == "model" else INFERRED
    if ty[0] in (VAR, UNKNOWN, PARAM, DYN, OPAQUE, PROJ):
        return method, outside
    args = tuple(frame.normalize(a) for a in bound[1])
    impls = frame.world.traits.several(trait, frame.table.deep(ty), frame.table, frame.predicates, args)
    if len(impls) > 1:
        active = [i for i in impls if i.active]
        exact = [i for i in active if frame.world.lowering.header(i).self_type[0] not in (PARAM, PROJ)]
        impls = exact or active or impls
    if len(impls) == 1:
        items = impls[0].items.get(method.name)
        if items and impls[0].target.kind != "model":
            return items[0], INFERRED
    return method, outside
