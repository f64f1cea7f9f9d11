"""Which method a call means: Rust's order of by-value, by-reference and dereferenced receivers.

At each step inherent methods stand before traits'; a bounded type (a parameter, `dyn`, `impl`, a
projection) has its bounds' methods as if they were inherent. A trait must be in scope. A step whose type
is unknown ends the search as open; a search that runs through known types without a match ends as "no
such method here", which is knowledge too.
"""

from __future__ import annotations

from dataclasses import dataclass

from isg_graph.infer.frame import Frame
from isg_graph.infer.trait import NO, stable
from isg_graph.infer.ty import (
    ADT,
    ARRAY,
    DYN,
    OPAQUE,
    OUTSIDE,
    PARAM,
    PROJ,
    REF,
    SLICE,
    UNKNOWN,
    VAR,
    Bound,
    Substitution,
    Ty,
    head,
    substitute,
)
from isg_graph.infer.world import DEREF_STEPS_MAX
from isg_graph.resolve.definition import Definition

_BY_VALUE = frozenset(("value", "typed"))
_BY_REF = frozenset(("ref", "typed"))
_BY_MUT = frozenset(("mut", "typed"))
_BORROWED = frozenset(("ref", "mut", "typed"))
_BOUNDED = (PARAM, DYN, OPAQUE, PROJ)


@dataclass(slots=True)
class Method:
    """A method that was found. `definition` is an inherent impl's (or that of an outside trait's impl) with
    `substitution`, or a trait's with `trait` (and its arguments) for `self_type`, or None where an outside
    trait in `trait` is known to have it; `derefs` are local Deref impls that were gone through."""

    definition: Definition | None
    self_type: Ty
    substitution: Substitution
    trait: Bound | None
    derefs: list[Definition]


@dataclass(slots=True)
class Missing:
    """No method: `known` tells that every type on the way was known; `at` the first of them."""

    known: bool
    at: Ty


def find_method(frame: Frame, receiver: Ty, name: str) -> Method | Missing:
    """The method that `receiver.name()` calls."""
    ty = frame.settle(receiver)
    first = ty
    trail: list[Ty] = []
    derefs: list[Definition] = []
    for _ in range(DEREF_STEPS_MAX):
        if ty[0] in (VAR, UNKNOWN):
            return Missing(False, first)
        trail.append(ty)
        found = _at_step(frame, ty, name, trail)
        if found is not None:
            found.derefs = derefs
            return found
        below = frame.world.deref(ty, frame)
        if below is None:
            if ty[0] == ARRAY:
                ty = (SLICE, ty[1])
                continue
            break
        ty = frame.settle(below[0])
        if below[1] is not None:
            derefs = [*derefs, below[1]]
    return Missing(ty[0] not in (PROJ,), first)


def _at_step(frame: Frame, ty: Ty, name: str, trail: list[Ty]) -> Method | None:
    passes: tuple[tuple[tuple[Ty, frozenset[str]], ...], ...]
    if ty[0] == REF:
        inner = frame.settle(ty[1])
        passes = (
            ((ty, _BY_VALUE), (inner, _BY_MUT if ty[2] else _BY_REF)),
            ((ty, _BORROWED),),
        )
    else:
        passes = (((ty, _BY_VALUE),), ((ty, _BORROWED),))
    for attempt in passes:
        for self_type, kinds in attempt:
            if (found := _inherent(frame, self_type, name, kinds, trail)) is not None:
                return found
        for self_type, kinds in attempt:
            if (found := _of_trait(frame, self_type, name, kinds, trail)) is not None:
                return found
    return None


def self_kind(definition: Definition) -> str:
    """How a method takes its receiver; "" for an associated function."""
    return getattr(definition.item.head, "self_kind", "") if definition.item else ""


def _inherent(frame: Frame, ty: Ty, name: str, kinds: frozenset[str], trail: list[Ty]) -> Method | None:
    form: int = ty[0]
    world = frame.world
    if form in _BOUNDED:
        for bound in world.traits.bounds_of(ty, frame.predicates):
            trait = bound[0]
            if isinstance(trait, Definition):
                for item in trait.items.get(name, ()):
                    if self_kind(item) in kinds and _receives(
                        frame, item, trait_self(frame, trait, ty), trail
                    ):
                        return Method(item, ty, {}, bound, [])
            else:
                world.lookup.reads.note(("outside", trait.path))
                if name in world.traits.outside_items.get(trait.path, ()):
                    return Method(None, ty, {}, bound, [])
        if form != DYN:
            return None
    for definition in inherent_items(frame, ty, name):
        if self_kind(definition) in kinds:
            impl = definition.parent
            assert impl is not None
            mark = frame.table.mark()
            substitution = world.traits.fits(impl, ty, frame.table, frame.predicates, 0)
            if substitution is not None and _receives(frame, definition, substitution, trail):
                return Method(definition, ty, substitution, None, [])
            frame.table.undo(mark)
    return None


def trait_self(frame: Frame, trait: Definition, ty: Ty) -> Substitution:
    """A trait's own `Self` as a type."""
    return {(PARAM, trait, "Self"): ty}


def _receives(frame: Frame, method: Definition, substitution: Substitution, trail: list[Ty]) -> bool:
    """Whether a method with a written receiver (`self: Pin<&mut Self>`) takes one of the types that the
    receiver went through, itself or borrowed."""
    if self_kind(method) != "typed":
        return True
    declared = frame.world.lowering.signature(method).self_type
    if declared is None:
        return True
    wanted = frame.normalize(substitute(declared, substitution))
    for ty in trail:
        for candidate in (ty, (REF, ty, False), (REF, ty, True)):
            mark = frame.table.mark()
            if frame.table.unify(candidate, wanted):
                return True
            frame.table.undo(mark)
    return False


def inherent_items(frame: Frame, ty: Ty, name: str) -> list[Definition]:
    """A type's own associated items of a name, the active ones first."""
    filed = head(ty)
    frame.world.lookup.reads.note(("inherent", stable(filed), name))
    table = frame.world.traits.inherent.get(filed)
    found = table.get(name, []) if table else []
    if ty[0] == 2 and ty[1] in ("{int}", "{float}"):
        table = frame.world.traits.inherent.get("i32" if ty[1] == "{int}" else "f64")
        found = table.get(name, []) if table else []
    if len(found) > 1:
        found = sorted(found, key=lambda d: not (d.active and (d.parent is None or d.parent.active)))
    return found


def _of_outside_trait(
    frame: Frame, ty: Ty, name: str, kinds: frozenset[str], trail: list[Ty]
) -> Method | None:
    filed = head(ty)
    frame.world.lookup.reads.note(("item", stable(filed), name))
    table = frame.world.traits.outside_methods.get(filed)
    for definition in table.get(name, ()) if table else ():
        impl = definition.parent
        if self_kind(definition) not in kinds or impl is None:
            continue
        mark = frame.table.mark()
        substitution = frame.world.traits.fits(impl, ty, frame.table, frame.predicates, 0)
        if substitution is not None and _receives(frame, definition, substitution, trail):
            return Method(definition, ty, substitution, None, [])
        frame.table.undo(mark)
    return None


def _of_trait(frame: Frame, ty: Ty, name: str, kinds: frozenset[str], trail: list[Ty]) -> Method | None:
    traits = frame.world.traits
    if (found := _of_outside_trait(frame, ty, name, kinds, trail)) is not None:
        return found
    offering = traits.with_method.get(name)
    frame.world.lookup.reads.note(("method", name))
    if not offering or ty[0] in (UNKNOWN, VAR):
        return None
    in_scope = frame.world.traits_in_scope(frame.scope)
    for trait in offering:
        if trait not in in_scope:
            continue
        method = next((m for m in trait.items[name] if self_kind(m) in kinds), None)
        if method is None or not _receives(frame, method, trait_self(frame, trait, ty), trail):
            continue
        args = tuple(frame.table.fresh() for _ in frame.world.lowering.parameters(trait))
        bound: Bound = (trait, args, ())
        mark = frame.table.mark()
        if ty[0] in _BOUNDED:
            answer = traits.holds(ty, bound, frame.table, frame.predicates, 1)
            frame.table.undo(mark)
            if answer == NO or answer == 2:
                continue
            return Method(method, ty, {}, bound, [])
        stated = next((b for b in traits.bounds_of(ty, frame.predicates) if b[0] is trait), None)
        if stated is not None:
            return Method(method, ty, {}, stated, [])
        impls = traits.several(trait, ty, frame.table, frame.predicates)
        frame.table.undo(mark)
        if impls and not _calls_itself(frame, ty, impls, name):
            return Method(method, ty, {}, bound, [])
    return None


def _calls_itself(frame: Frame, ty: Ty, impls: list[Definition], name: str) -> bool:
    """Whether the only impl for an outside type is the one this body belongs to: then the call means the
    outside type's own method of that name, which stands before any trait's."""
    if ty[0] != OUTSIDE and not (ty[0] == ADT and ty[1].target.kind == "model"):
        return False
    return len(impls) == 1 and frame.owner in impls[0].items.get(name, ())
