"""Impls: which there are for a type, which of several is meant, what an associated type stands for.

Impls are filed by trait and by the head of their self type; blanket impls apart. An impl is chosen by
unifying its header with the type and by its bounds, as far as they can be decided within a depth.
"""

from __future__ import annotations

from typing import Any, Final

from isg_graph.infer.impl import Impls
from isg_graph.infer.lower import Header, Lowering
from isg_graph.infer.ty import (
    ADT,
    DYN,
    FN,
    ITEM,
    NEVER,
    OPAQUE,
    OUTSIDE,
    PARAM,
    PRIM,
    PROJ,
    TUPLE,
    UNKNOWN,
    UNKNOWN_TYPE,
    VAR,
    Bound,
    Substitution,
    Ty,
    head,
    mentions_parameter,
    substitute,
    transform,
    transform_bound,
)
from isg_graph.infer.unify import Table
from isg_graph.resolve.definition import Definition, External
from isg_protocol.facts import AliasHead

OBLIGATION_DEPTH_MAX = 6
NORMALIZE_DEPTH_MAX = 12
STEPS_WITHIN_MAX = 1_000
"""Impls tried and projections followed to answer one question from outside: each may lead to several, as deep
as the bounds above let it. Beyond, an impl fits by its header alone and a projection stays as it is."""
CALLABLE = ("Fn", "FnMut", "FnOnce", "AsyncFn", "AsyncFnMut", "AsyncFnOnce")

YES: Final = 1
NO: Final = 0
MAYBE: Final = 2


class Traits:
    """The impls of everything that may be looked at, and the rules of choosing among them."""

    def __init__(self, lowering: Lowering, impls: Impls) -> None:
        self.lowering = lowering
        self._within = 0
        self._left = 0
        self.reads = lowering.lookup.reads
        self.inherent = impls.inherent
        self.by_trait = impls.by_trait
        self.blanket = impls.blanket
        self.with_method = impls.with_method
        self.with_type = impls.with_type
        self.outside_items = impls.outside_items
        self.outside_methods = impls.outside_methods
        named = lowering.named
        self.sized = named("marker", "Sized")
        self.fn_traits = {d: name for name in CALLABLE if (d := named("ops", name)) is not None}
        self.deref_trait = named("ops", "Deref")
        self.future_trait = named("future", "Future")
        self.markers = {
            d
            for name in ("Send", "Sync", "Sized", "Unpin", "Copy")
            if (d := named("marker", name)) is not None
        }

    # --- choosing an impl -----------------------------------------------------------------------------

    def instantiate(self, table: Table, parameters: list[Ty]) -> Substitution:
        """Fresh variables for parameters."""
        return {p: table.fresh() for p in parameters}

    def candidates(self, trait: object, ty: Ty) -> list[Definition]:
        """Impls of a trait whose header might fit a type: those filed under its head, then blankets."""
        filed = head(ty)
        key = trait.path if isinstance(trait, External) else trait
        if self.reads.now is not None:
            named = stable(key)
            self.reads.now.add(("trait", named, stable(filed)))
            self.reads.now.add(("blanket", named))
        found: list[Definition] = []
        table = self.by_trait.get(key)
        if table is not None:
            if ty[0] == PRIM and ty[1] in ("{int}", "{float}"):
                for name, impls in table.items():
                    if isinstance(name, str) and _literal_fits(ty[1], name):
                        found.extend(impls)
            elif filed is not None:
                found.extend(table.get(filed, ()))
        found.extend(self.blanket.get(key, ()))
        return found

    def fits(
        self, impl: Definition, ty: Ty, table: Table, scope: list[tuple[Ty, Bound]], depth: int,
        args: tuple[Ty, ...] | None = None,
    ) -> Substitution | None:  # fmt: skip
        """The impl's parameters when its header fits a type and no bound of it fails; None otherwise.
        Leaves the variables bound; the caller marks and undoes."""
        header = self.lowering.header(impl)
        substitution = self.instantiate(table, header.parameters) if header.parameters else {}
        if self._within == 0:
            self._left = STEPS_WITHIN_MAX
        self._left -= 1
        if not table.unify(substitute(header.self_type, substitution), ty):
            return None
        if args and header.trait is not None:
            for wanted, given in zip(args, header.trait[1], strict=False):
                if not table.unify(substitute(given, substitution), wanted):
                    return None
        if depth < OBLIGATION_DEPTH_MAX and self._left >= 0:
            self._within += 1
            for subject, bound in header.predicates:
                if bound[0] in self.markers:
                    continue
                concrete = table.deep(substitute(subject, substitution))
                if self.holds(concrete, _applied(bound, substitution), table, scope, depth + 1) == NO:
                    self._within -= 1
                    return None
            self._within -= 1
        return substitution

    def holds(self, ty: Ty, bound: Bound, table: Table, scope: list[tuple[Ty, Bound]], depth: int) -> int:
        """Whether a type satisfies a bound: YES, NO, or MAYBE where not all is known."""
        ty = self.normalize(table.shallow(ty), table, scope, depth + 1)
        form: int = ty[0]
        trait = bound[0]
        if form in (UNKNOWN, VAR, NEVER) or depth > OBLIGATION_DEPTH_MAX:
            return MAYBE
        if trait in self.markers:
            return MAYBE
        if isinstance(trait, Definition) and trait in self.fn_traits:
            return YES if self.callable(ty, scope) is not None or form in (FN, ITEM) else self._open(form)
        for known in self.bounds_of(ty, scope):
            if _same_trait(known[0], trait):
                return YES
        for impl in self.candidates(trait, ty):
            mark = table.mark()
            if self.fits(impl, ty, table, scope, depth + 1, bound[1]) is not None:
                return YES
            table.undo(mark)
        if isinstance(trait, External):
            return MAYBE
        if form == OUTSIDE or form == PROJ:
            return MAYBE
        return NO

    @staticmethod
    def _open(form: int) -> int:
        return MAYBE if form in (OUTSIDE, PROJ) else NO

    def select(
        self, trait: object, ty: Ty, table: Table, scope: list[tuple[Ty, Bound]], depth: int = 0,
        args: tuple[Ty, ...] | None = None,
    ) -> tuple[Definition, Substitution] | None:  # fmt: skip
        """The impl of a trait for a type, with its parameters: the first that fits, the more specific
        (those not blanket) first. Several that fit by their arguments alone: see `several`."""
        for impl in self.candidates(trait, ty):
            mark = table.mark()
            substitution = self.fits(impl, ty, table, scope, depth, args)
            if substitution is not None:
                return impl, substitution
            table.undo(mark)
        return None

    def several(
        self, trait: object, ty: Ty, table: Table, scope: list[tuple[Ty, Bound]],
        args: tuple[Ty, ...] | None = None,
    ) -> list[Definition]:  # fmt: skip
        """Every impl that fits; binds nothing."""
        found = []
        for impl in self.candidates(trait, ty):
            mark = table.mark()
            if self.fits(impl, ty, table, scope, 0, args) is not None:
                found.append(impl)
            table.undo(mark)
        return found

    # --- bounds -----------------------------------------------------------------------------------------

    def bounds_of(self, ty: Ty, scope: list[tuple[Ty, Bound]]) -> list[Bound]:
        """Every bound that is known of a type that has no impls of its own, supertraits included."""
        form: int = ty[0]
        direct: list[Bound] = []
        if form in (DYN, OPAQUE):
            direct.extend(ty[1])
        elif form == PARAM:
            direct.extend(b for subject, b in scope if subject == ty)
        elif form == PROJ:
            direct.extend(b for subject, b in scope if _same_projection(subject, ty))
            direct.extend(self._declared_bounds(ty, scope))
        else:  # `where &'a T: Trait`
            direct.extend(b for subject, b in scope if subject == ty)
        return self.elaborate(direct, ty)

    def _declared_bounds(self, ty: Ty, scope: list[tuple[Ty, Bound]]) -> list[Bound]:
        _, subject, bound, name = ty
        found: list[Bound] = []
        owners: list[tuple[Definition, tuple[Ty, ...]]] = []
        if bound is not None and isinstance(bound[0], Definition):
            owners.append((bound[0], bound[1]))
        else:
            for known in self.bounds_of(subject, scope) if subject[0] in (PARAM, PROJ, OPAQUE, DYN) else ():
                if isinstance(known[0], Definition):
                    owners.append((known[0], known[1]))
        for owner, args in owners:
            for item in owner.items.get(name, ()):
                self.reads.head(item)
                head_ = item.item.head if item.item else None
                if isinstance(head_, AliasHead):
                    known_as = self._trait_substitution(owner, args, subject)
                    found.extend(_applied(b, known_as) for b in self.lowering.bounds(head_.bounds, item))
        return found

    def _trait_substitution(self, trait: Definition, args: tuple[Ty, ...], subject: Ty) -> Substitution:
        known: Substitution = dict(zip(self.lowering.parameters(trait), args, strict=False))
        known[(PARAM, trait, "Self")] = subject
        return known

    def elaborate(self, bounds: list[Bound], subject: Ty) -> list[Bound]:
        """Bounds with all their supertraits, each once, nearest first."""
        found = list(bounds)
        seen = {id(b[0]) if isinstance(b[0], Definition) else b[0].path for b in found}
        at = 0
        while at < len(found) and at < 64:
            trait, args, _ = found[at]
            at += 1
            if not isinstance(trait, Definition) or trait.kind != "trait":
                continue
            known = self._trait_substitution(trait, args, subject)
            for above in self.lowering.supertraits(trait):
                key = id(above[0]) if isinstance(above[0], Definition) else above[0].path
                if key not in seen:
                    seen.add(key)
                    found.append(_applied(above, known))
        return found

    def callable(self, ty: Ty, scope: list[tuple[Ty, Bound]]) -> tuple[tuple[Ty, ...], Ty] | None:
        """The parameters and result of something that can be called, by its form or its `Fn` bounds."""
        form: int = ty[0]
        if form == FN:
            return ty[1], ty[2]
        if form == ITEM:
            return None
        if form in (PARAM, PROJ, OPAQUE, DYN):
            for bound in self.bounds_of(ty, scope):
                if bound[0] in self.fn_traits:
                    return callable_bound(bound)
        return None

    # --- associated types -------------------------------------------------------------------------------

    def normalize(self, ty: Ty, table: Table, scope: list[tuple[Ty, Bound]], depth: int = 0) -> Ty:
        """A type with every projection replaced that can be."""
        if depth > NORMALIZE_DEPTH_MAX:
            return ty
        form: int = ty[0]
        if form == PROJ:
            return self.project(ty, table, scope, depth)
        if form in (PRIM, PARAM, UNKNOWN, VAR, NEVER) or not mentions_parameter(ty):
            return ty

        def leaf(one: Ty) -> Ty | None:
            return self.project(one, table, scope, depth + 1) if one[0] == PROJ else None

        return transform(ty, leaf)

    def project(self, ty: Ty, table: Table, scope: list[tuple[Ty, Bound]], depth: int) -> Ty:
        """One projection, or itself where nothing is known."""
        if self._within == 0:
            self._left = STEPS_WITHIN_MAX
        self._left -= 1
        if self._left < 0:
            return ty
        self._within += 1
        found = self._project(ty, table, scope, depth)
        self._within -= 1
        return found

    def _project(self, ty: Ty, table: Table, scope: list[tuple[Ty, Bound]], depth: int) -> Ty:
        _, subject, bound, name = ty
        subject = self.normalize(table.shallow(subject), table, scope, depth + 1)
        form: int = subject[0]
        if form in (UNKNOWN, VAR):
            return ty if form == VAR else UNKNOWN_TYPE
        if form in (PARAM, PROJ, OPAQUE, DYN) or any(one == subject for one, _ in scope):
            for known in self.bounds_of(subject, scope):
                if bound is None or _same_trait(known[0], bound[0]):
                    for bound_name, value in known[2]:
                        if bound_name == name:
                            return self.normalize(table.shallow(value), table, scope, depth + 1)
        if name == "Output" and form in (FN, ITEM) and (called := self.callable(subject, scope)) is not None:
            return called[1]
        traits: list[object]
        if bound is not None:
            traits = [bound[0]]
        else:
            traits = list(self.with_type.get(name, ()))
            self.reads.note(("type", name))
        for trait in traits:
            chosen = self.select(trait, subject, table, scope, depth + 1, bound[1] if bound else None)
            if chosen is None:
                continue
            impl, substitution = chosen
            for item in impl.items.get(name, ()):
                self.reads.head(item)
                head_ = item.item.head if item.item else None
                if isinstance(head_, AliasHead) and head_.target is not None:
                    value = substitute(self.lowering.type(head_.target, item), substitution)
                    return self.normalize(table.shallow(value), table, scope, depth + 1)
        return (PROJ, subject, bound, name)


def stable(key: Any) -> Any:
    """A trait or head as a value that outlives a world: definitions by their ids."""
    if isinstance(key, Definition):
        return key.id
    if isinstance(key, External):
        return key.path
    if isinstance(key, tuple):
        return tuple(stable(part) for part in key)
    return key


def callable_bound(bound: Bound) -> tuple[tuple[Ty, ...], Ty]:
    """`Fn(A, B) -> C` as parameters and result."""
    _, args, bindings = bound
    params = args[0][1] if args and args[0][0] == TUPLE else ()
    result = next((t for name, t in bindings if name == "Output"), (TUPLE, ()))
    return params, result


def _applied(bound: Bound, substitution: Substitution) -> Bound:
    return transform_bound(bound, substitution.get) if substitution else bound


def _same_trait(left: object, right: object) -> bool:
    if left is right:
        return True
    return isinstance(left, External) and isinstance(right, External) and left.path == right.path


def _same_projection(left: Ty, right: Ty) -> bool:
    return bool(left[0] == PROJ and left[3] == right[3] and left[1] == right[1])


def _literal_fits(literal: str, name: str) -> bool:
    if literal == "{int}":
        return (name[:1] in "ui" and name[1:2].isdigit()) or name in ("usize", "isize")
    return name in ("f32", "f64")


__all__ = ["ADT", "MAYBE", "NO", "YES", "Header", "Traits", "callable_bound"]
