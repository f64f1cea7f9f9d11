"""One body being read: its variables, slots and what it refers to.

The frame owns the state and the small verbs that every construct needs (making types equal, saying what
was found). The constructs themselves, one family a file, are functions of a frame; `expression` hands
each form to its function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from isg_graph.infer.ty import (
    ADT,
    ARRAY,
    DYN,
    NEVER,
    OUTSIDE,
    REF,
    SLICE,
    UNKNOWN,
    VAR,
    Bound,
    Ty,
    transform,
)
from isg_graph.infer.unify import Table
from isg_graph.infer.world import World
from isg_graph.resolve.definition import (
    Definition,
    External,
    Scope,
)
from isg_graph.resolve.expansion import Spent
from isg_protocol import body as ir
from isg_protocol import facts
from isg_protocol.vocabulary import BODY, CALLS, CANDIDATE, EXACT, IMPLICIT, IN_MACRO, NO_CONTEXT, USES

EXPRESSION_DEPTH_MAX = 200
"""Bodies nest less than the extractor's own bound; this guards the interpreter's stack."""


PLACES = frozenset((ir.Unary, ir.Index, ir.FieldAccess))
"""What may be changed in place through an overloaded operator."""


class Reference(NamedTuple):
    """Something a body refers to: `target` is a definition, an external, or the path of an outside item."""

    kind: int
    target: Definition | External | str
    site: int
    context: int
    resolution: int


class Frame:
    """The state of one body. `scope` is where its paths begin, `predicates` the bounds that hold in it."""

    def __init__(self, world: World, owner: Definition, scope: Scope) -> None:
        self.world = world
        self.owner = owner
        self.scope = scope
        self.table = Table()
        self.slots: list[Ty] = []
        self.predicates: list[tuple[Ty, Bound]] = world.lowering.predicates(owner) if owner.item else []
        self.references: list[Reference] = []
        self.opens: list[tuple[str, int]] = []
        self.returns: list[Ty] = []
        self.breaks: list[tuple[str, Ty]] = []
        self.deferred: list[Callable[[], None]] = []
        self.macro_depth = 0
        self.made_depth = 0
        self.made: list[tuple[int, int, int]] = []
        """Calls that were expanded: the site, and the first and one past the last of the arguments' sites."""
        self.spent = Spent()
        self.depth = 0
        self.possible = False
        self.through: list[tuple[int, list[Definition]]] = []
        """The Deref impls, with their sites, that the place read last goes through."""
        self.changing = False
        """Whether the expression to be read next is a place that is changed (`&mut …`, `… = x`)."""
        self.expr: Callable[[Frame, Any, Ty | None], Ty] = _unset

    # --- saying what was found --------------------------------------------------------------------------

    def call(
        self, target: Definition | External | str, site: int, resolution: int, implicit: bool = False
    ) -> None:
        """A call of a function, with its cfg alternatives as candidates."""
        context = IMPLICIT if implicit else (IN_MACRO if self.macro_depth else NO_CONTEXT)
        if self.possible:
            resolution = CANDIDATE
        self.references.append(Reference(CALLS, target, site, context, resolution))
        if isinstance(target, Definition) and target.alternatives:
            for other in target.alternatives:
                self.references.append(Reference(CALLS, other, site, context, CANDIDATE))

    def gone_through(self, place: Any) -> list[tuple[int, list[Definition]]]:
        """The Deref impls, with their sites, that the place just read goes through; none for no place."""
        return self.through if place.__class__ in PLACES else []

    def changes(self, through: list[tuple[int, list[Definition]]]) -> None:
        """A place turns out to be changed: what was said to be dereferenced is so for change."""
        for site, impls in through:
            plain = {item for impl in impls for item in impl.items.get("deref", ())}
            self.references = [
                r for r in self.references
                if not (r.site == site and r.context == IMPLICIT and r.target in plain)
            ]  # fmt: skip

    def use(self, target: Definition | External, site: int, resolution: int = EXACT) -> None:
        """A use of a type, const, static or function as a value."""
        if self.possible:
            resolution = CANDIDATE
        self.references.append(Reference(USES, target, site, BODY, resolution))
        if isinstance(target, Definition) and target.alternatives:
            for other in target.alternatives:
                self.references.append(Reference(USES, other, site, BODY, CANDIDATE))

    @contextmanager
    def unheld(self) -> Iterator[None]:
        """Read code whose condition does not hold: what it refers to is a mere possibility, and what it would
        decide later is decided at its end."""
        before, self.possible = self.possible, True
        deferred, self.deferred = self.deferred, []
        yield
        for decide in self.deferred:
            decide()
        self.deferred = deferred
        self.possible = before

    def open(self, name: str, site: int) -> None:
        """A call whose target nobody could tell."""
        self.opens.append((name, site))

    # --- types ------------------------------------------------------------------------------------------

    def written(self, ty: facts.Type) -> Ty:
        """A type written in the body; what it names is used."""
        self.mention(ty)
        return self.given(ty)

    def given(self, ty: facts.Type) -> Ty:
        """A written type's value; what it leaves out (`Vec<_>`) is a variable."""
        return self.normalize(transform(self.world.lowering.type(ty, self.owner), self._hole))

    def _hole(self, ty: Ty) -> Ty | None:
        return self.table.fresh() if ty[0] == UNKNOWN else None

    def mention(self, ty: Any) -> None:
        """Say which types a written type names."""
        for path in paths_in(ty):
            found = self.type_target(path)
            if found is not None:
                self.use(found, path.site)

    def type_target(self, path: facts.Path) -> Definition | External | None:
        """The type or trait that a path in a type's place names; None for parameters and primitives."""
        return self.world.type_target(path, self.owner)

    def normalize(self, ty: Ty) -> Ty:
        """Projections and bound variables replaced, as far as they are known."""
        return self.world.traits.normalize(self.table.deep(ty), self.table, self.predicates)

    def settle(self, ty: Ty) -> Ty:
        """A type's top brought to what is known of it now."""
        ty = self.table.shallow(ty)
        if ty[0] == 13:  # PROJ
            ty = self.table.shallow(self.world.traits.project(ty, self.table, self.predicates, 0))
        return ty

    def coerce(self, actual: Ty, expected: Ty) -> None:
        """Make a value's type fit a place's, allowing for Rust's coercions."""
        actual = self.settle(actual)
        expected = self.settle(expected)
        if actual[0] in (NEVER, UNKNOWN) or expected[0] in (UNKNOWN, NEVER):
            return
        if actual[0] == REF and expected[0] == REF:
            wanted = self.settle(expected[1])
            if wanted[0] == DYN:
                return
            here = self.settle(actual[1])
            if wanted[0] == VAR or here[0] == VAR or same_head(here, wanted):
                self.table.unify(here, wanted)
                return
            for step in self.world.traits_steps(here, self, 6):
                if same_head(step, wanted):
                    self.table.unify(step, wanted)
                    return
            return
        mark = self.table.mark()
        if not self.table.unify(actual, expected):
            self.table.undo(mark)


def same_head(left: Ty, right: Ty) -> bool:
    """Whether two types are made by the same constructor."""
    if left[0] != right[0]:
        return False
    if left[0] in (ADT, OUTSIDE):
        return bool(left[1] is right[1] or left[1] == right[1])
    if left[0] in (SLICE, ARRAY, REF):
        return True
    return bool(left == right)


def paths_in(ty: Any) -> list[facts.Path]:
    """Every path of a written type, outermost first."""
    found: list[facts.Path] = []
    _collect(ty, found)
    return found


def _collect(ty: Any, into: list[facts.Path]) -> None:
    form = ty.__class__
    if form is facts.PathType:
        _collect_path(ty.path, into)
    elif form in (facts.RefType, facts.SliceType, facts.ArrayType):
        _collect(ty.inner, into)
    elif form is facts.TupleType:
        for element in ty.elements:
            _collect(element, into)
    elif form is facts.FnType:
        for param in ty.params:
            _collect(param, into)
        if ty.result is not None:
            _collect(ty.result, into)
    elif form in (facts.DynType, facts.ImplType):
        for bound in ty.bounds:
            _collect_path(bound.path, into)


def _collect_path(path: facts.Path, into: list[facts.Path]) -> None:
    into.append(path)
    if path.self_type is not None:
        _collect(path.self_type, into)
    for segment in path.segments:
        for arg in segment.args:
            _collect(arg, into)
        for _, bound in segment.bindings:
            _collect(bound, into)


def collect_path(path: facts.Path) -> list[facts.Path]:
    """A path and every path in its generic arguments."""
    found: list[facts.Path] = []
    _collect_path(path, found)
    return found


def _unset(frame: Frame, expression: Any, expected: Ty | None) -> Ty:
    raise AssertionError("the dispatch of expressions is not set")
