"""Everything a body may look at: one tree's look-up, lowering and impls, with the model's behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from isg_graph.infer.lower import Lowering, inner_scope
from isg_graph.infer.trait import Traits
from isg_graph.infer.ty import ADT, PROJ, REF, UNKNOWN, VAR, Ty, substitute
from isg_graph.resolve.definition import MACROS, TYPES, Definition, External, Scope, VariantOf
from isg_graph.resolve.lookup import Lookup
from isg_protocol import facts

if TYPE_CHECKING:
    from isg_graph.infer.frame import Frame

DEREF_STEPS_MAX = 10


class World:
    """What bodies are read against. Built anew when an interface changes, never changed by a body."""

    def __init__(
        self, lookup: Lookup, lowering: Lowering, traits: Traits, methods: dict[str, list[Definition]]
    ) -> None:
        self.lookup = lookup
        self.lowering = lowering
        self.traits = traits
        self.methods = methods
        """The workspace's own methods by name: what an open call could mean."""
        self._language: dict[tuple[str, ...], Definition | None] = {}
        self._in_scope: dict[Scope, frozenset[Definition]] = {}

    def language(self, *path: str) -> Definition | None:
        """A definition of the model that a construct of the language stands on (`ops`, `Add`)."""
        if path not in self._language:
            self._language[path] = self.lowering.named(*path)
        return self._language[path]

    def type_target(self, path: facts.Path, owner: Definition) -> Definition | External | None:
        """The type or trait that a path in a type's place names."""
        segments = path.segments
        if path.self_type is not None:
            if not path.trait_len:
                return None
            segments = segments[: path.trait_len]
        first = segments[0].name
        if first == "Self":
            return None
        if not path.global_ and first in self.lowering.environment(owner):
            return None
        found = self.lookup.path(inner_scope(owner), [s.name for s in segments], TYPES, path.global_)
        if found is None:
            return None
        target = found[0]
        if isinstance(target, VariantOf):
            return target.enum
        if isinstance(target, Definition) and target.kind in ("module", "crate"):
            return None
        return target if isinstance(target, Definition | External) else None

    def macro_target(self, path: facts.Path, scope: Scope) -> Definition | None:
        """The workspace's macro that a path names."""
        found = self.lookup.path(scope, [s.name for s in path.segments], MACROS, path.global_)
        target = found[0] if found else None
        return target if isinstance(target, Definition) and target.kind == "macro" else None

    def traits_in_scope(self, scope: Scope) -> frozenset[Definition]:
        """The traits whose methods can be called from a scope: defined, imported, of the prelude."""
        self.lookup.reads.note(("scope", scope.definition.id))
        known = self._in_scope.get(scope)
        if known is not None:
            return known
        found: set[Definition] = set()
        self._collect(scope, found, set(), scope)
        if scope.lexical is not None:
            found |= self._around(scope.lexical)
        else:
            found |= self._prelude_traits()
        known = self._in_scope[scope] = frozenset(found)
        return known

    def forget_scopes(self) -> list[tuple[Scope, frozenset[Definition]]]:
        """Forget which traits are in scope where; returns what was known."""
        known = list(self._in_scope.items())
        self._in_scope.clear()
        return known

    def _around(self, scope: Scope) -> frozenset[Definition]:
        """What is in scope around a body; that this was asked is noted with the body's own scope."""
        before, self.lookup.reads.now = self.lookup.reads.now, None
        try:
            return self.traits_in_scope(scope)
        finally:
            self.lookup.reads.now = before

    def _prelude_traits(self) -> frozenset[Definition]:
        prelude = self.lookup._prelude
        if prelude is None:
            return frozenset()
        known = self._in_scope.get(prelude)
        if known is None:
            found: set[Definition] = set()
            self._collect(prelude, found, set(), prelude)
            known = self._in_scope[prelude] = frozenset(found)
        return known

    def _collect(self, scope: Scope, into: set[Definition], seen: set[Scope], seeker: Scope) -> None:
        if scope in seen:
            return
        seen.add(scope)
        for definitions in scope.names[TYPES].values():
            into.update(d for d in definitions if d.kind == "trait")
        for imports in scope.imports.values():
            for one in imports:
                if scope is not seeker and one.visibility == "private" and not _sees(seeker, scope):
                    continue
                target = self.lookup.through(one, TYPES)
                if isinstance(target, Definition) and target.kind == "trait":
                    into.add(target)
        for one in scope.globs:
            target = self.lookup.through(one, TYPES)
            if isinstance(target, Definition) and target.scope is not None and target.kind != "enum":
                self._collect(target.scope, into, seen, seeker)

    def deref(self, ty: Ty, frame: Frame) -> tuple[Ty, Definition | None] | None:
        """What `*x` of a type is, and the local impl of Deref that gives it; None when it has none."""
        form: int = ty[0]
        if form == REF:
            return frame.table.shallow(ty[1]), None
        trait = self.traits.deref_trait
        if trait is None or form in (UNKNOWN, VAR):
            return None
        if form == ADT or form == 1:
            chosen = self.traits.select(trait, ty, frame.table, frame.predicates)
            if chosen is None:
                return None
            impl, substitution = chosen
            for item in impl.items.get("Target", ()):
                self.lookup.reads.head(item)
                head: Any = item.item.head if item.item else None
                if head is not None and head.target is not None:
                    target = substitute(self.lowering.type(head.target, item), substitution)
                    return frame.settle(frame.normalize(target)), (
                        impl if impl.target.kind != "model" else None
                    )
            return None
        if form >= 11:  # bounded forms: through a Deref bound
            projected = self.traits.project(
                (PROJ, ty, (trait, (), ()), "Target"), frame.table, frame.predicates, 0
            )
            if projected[0] != PROJ and projected[0] != UNKNOWN:
                return projected, None
        return None

    def traits_steps(self, ty: Ty, frame: Frame, most: int = DEREF_STEPS_MAX) -> list[Ty]:
        """The chain of what a type dereferences to, itself left out."""
        steps = []
        for _ in range(most):
            below = self.deref(ty, frame)
            if below is None:
                break
            ty = below[0]
            steps.append(ty)
        return steps


def _sees(seeker: Scope, scope: Scope) -> bool:
    from isg_graph.resolve.lookup import inside

    return inside(seeker, scope)
