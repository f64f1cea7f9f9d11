"""What a name or a path means where it stands: Rust's rules of scopes, imports and preludes.

Look-ups are lazy and remembered per scope. A cycle of imports ends in "not found" for the way that
closed it, and such answers are not remembered until the outermost question is decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from isg_graph.resolve.definition import (
    MACROS,
    TYPES,
    VALUES,
    Definition,
    External,
    Import,
    Primitive,
    Resolution,
    Scope,
    VariantOf,
)
from isg_graph.resolve.read import Reads
from isg_graph.resolve.tree import Tree

PRIMITIVES = {
    name: Primitive(name)
    for name in (
        "bool", "char", "str", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128",
        "isize", "f32", "f64", "never",
    )
}  # fmt: skip
MODEL_CRATES = ("std", "core", "alloc")
_LIBRARY_NAMES = frozenset((*MODEL_CRATES, "proc_macro", "test"))
QUESTIONS_WITHIN_MAX = 256
"""Re-exports of re-exports that one name is followed through; each takes some eight of `STACK_FRAMES_MAX`."""
NOTHING = 1 << 30
"""Deeper than any question: an answer that had to do without none."""

Question = tuple[int, int, str]
"""A scope, a namespace, a name."""

Found = tuple[Resolution, int]
"""What a path's first segments mean, and how many of them that took."""


class Provisional(NamedTuple):
    """An answer that went without one that still waits: good for as long as that waits."""

    question: Question
    scope: Scope
    found: Resolution | None


class Lookup:
    """Answers for one tree. `model` is the crate that declares std, None while the model itself is read."""

    def __init__(self, tree: Tree, model: Definition | None, reads: Reads) -> None:
        self.tree = tree
        self.reads = reads
        self.model = model
        self._prelude: Scope | None = None
        self._externals: dict[str, External] = {}
        # Questions and imports that wait for others, by their depth; the lowest of them that the answer being
        # sought had to do without; and the answers that went without one that still waits, in their order.
        self._depth = 0
        self._asked: dict[Question, int] = {}
        self._low = NOTHING
        self._provisional: dict[Question, Provisional] = {}
        self._trail: list[Provisional] = []
        self._crossings = 0
        self.unremembered: set[tuple[bytes, int, str]] = set()
        """What was asked and not remembered: (id of the scope's definition, namespace, name)."""
        if model is not None and model.scope is not None:
            self._prelude = self._model_prelude(model.scope)

    def _model_prelude(self, scope: Scope) -> Scope | None:
        for name in ("prelude", "v1"):
            found = self.in_scope(scope, TYPES, name, scope)
            if not isinstance(found, Definition) or found.scope is None:
                return None
            scope = found.scope
        return scope

    def external(self, path: str) -> External:
        """The one value for an outside path."""
        known = self._externals.get(path)
        if known is None:
            known = self._externals[path] = External(path)
        return known

    # --- one name -----------------------------------------------------------------------------------

    def in_scope(self, scope: Scope, namespace: int, name: str, seeker: Scope) -> Resolution | None:
        """A name that a scope itself defines, imports or gets by a glob, as seen from `seeker`."""
        key = (namespace, name)
        if self.reads.now is not None and not scope.definition.fixed:
            self.reads.now.add(("name", scope.definition.id, namespace, name))
        answers = scope.answers
        if key in answers:
            return answers[key]
        question = (id(scope), namespace, name)
        waiting = self._asked.get(question)
        if waiting is not None:
            self._low = min(self._low, waiting)
            return None
        known = self._provisional.get(question)
        if known is not None:
            self._low = min(self._low, 1)  # not before the outermost is through does it hold
            return known.found
        if len(self._asked) > QUESTIONS_WITHIN_MAX:
            self._low = 0
            self.unremembered.add((scope.definition.id, namespace, name))
            return None
        before, start, crossings = self._low, len(self._trail), self._crossings
        self._low = NOTHING
        self._depth = self._asked[question] = mine = self._depth + 1
        found = self._search(scope, namespace, name, seeker)
        del self._asked[question]
        if self._low >= mine:
            answers[key] = found
            if found is None and crossings == self._crossings:
                self._nobody(start)
        else:
            one = self._provisional[question] = Provisional(question, scope, found)
            self._trail.append(one)
            self.unremembered.add((scope.definition.id, namespace, name))
        self._leave(mine, before, start)
        return found

    def _nobody(self, start: int) -> None:
        """A ring of questions, none of which found anything: that is everyone's answer. Not so where an
        import was met that waited, perhaps for another namespace."""
        if all(one.found is None for one in self._trail[start:]):
            for one in self._trail[start:]:
                _, namespace, name = one.question
                one.scope.answers[namespace, name] = None

    def _leave(self, mine: int, before: int, start: int) -> None:
        """A question or import at depth `mine` is through. When it waits for nothing itself, what went
        without it is forgotten, to be asked again with the answer known. So a ring of re-exports is walked
        once for each question from outside, and not along all its ways."""
        self._depth = mine - 1
        if self._low < mine and mine > 1:
            self._low = min(self._low, before)
            return
        for one in self._trail[start:]:
            del self._provisional[one.question]
        del self._trail[start:]
        self._low = before

    def _search(self, scope: Scope, namespace: int, name: str, seeker: Scope) -> Resolution | None:
        own = scope.names[namespace].get(name)
        chosen: Definition | None = None
        if own:
            chosen = next((d for d in own if d.active), None)
            if chosen is not None:
                return chosen
        imports = scope.imports.get(name)
        if imports:
            for one in imports:
                if one.active and (found := self.through(one, namespace)) is not None:
                    return found
        if own:
            return own[0]
        if imports:
            for one in imports:
                if not one.active and (found := self.through(one, namespace)) is not None:
                    return found
        outside: Resolution | None = None
        for one in scope.globs:
            found = self._through_glob(one, namespace, name)
            if found is None:
                continue
            if isinstance(found, External):
                outside = outside or found
                continue
            return found
        return outside

    def through(self, one: Import, namespace: int) -> Resolution | None:
        """What a named import brings in one namespace."""
        if one.resolving:
            self._low = min(self._low, one.resolving)
            self._crossings += 1
            return None
        if namespace in one.answers:
            return one.answers[namespace]
        before, start, self._low = self._low, len(self._trail), NOTHING
        self._depth = one.resolving = mine = self._depth + 1
        found = self.import_target(one, namespace)
        one.resolving = 0
        if self._low >= mine:
            one.answers[namespace] = found
        self._leave(mine, before, start)
        return found

    def import_target(self, one: Import, namespace: int) -> Resolution | None:
        """What the path of an import leads to in one namespace (of a glob: what stands before the `*`)."""
        leaf = one.leaf
        anew = len(leaf.path) > 1 and leaf.path[0] == leaf.alias
        wanted = TYPES if leaf.alias == "*" else namespace
        return self.use_path(one.scope, leaf.path, wanted, leaf.global_, anew)

    def _through_glob(self, one: Import, namespace: int, name: str) -> Resolution | None:
        base = self.through(one, TYPES)
        if isinstance(base, Definition):
            if base.kind == "enum":
                position = base.variant(name)
                return VariantOf(base, position) if position >= 0 and namespace != MACROS else None
            if base.scope is not None and base.scope is not one.scope:
                if not self._offers(base.scope, namespace, name, one.scope):
                    return None
                return self.in_scope(base.scope, namespace, name, one.scope)
        return None

    def _offers(self, scope: Scope, namespace: int, name: str, seeker: Scope) -> bool:
        """Whether a glob from `seeker` may take this name from a scope: private imports stay inside."""
        if inside(seeker, scope):
            return True
        if any(_public(d) for d in scope.names[namespace].get(name, ())):
            return True
        if any(one.visibility != "private" for one in scope.imports.get(name, ())):
            return True
        if scope.names[namespace].get(name):
            return False
        return any(one.visibility != "private" for one in scope.globs)

    # --- a path -------------------------------------------------------------------------------------

    def use_path(
        self, scope: Scope, path: Sequence[str], namespace: int, global_: bool, anew: bool = False
    ) -> Resolution | None:
        """The target of a `use`'s path: in edition 2015 it begins at the crate's root. `anew`: the import's
        own name is its path's first, which it cannot have made itself (`use bytes::bytes`)."""
        if not path:
            return scope.root.definition if global_ else None
        module = scope
        while not module.is_module:
            module = module.lexical  # type: ignore[assignment]
        edition = scope.root.definition.target.edition
        first = path[0]
        if first == "":  # extern crate: the name itself
            return self._crate(scope, path[1])
        if first not in ("crate", "self", "super", "$crate"):
            if edition == "2015":
                start = self._first_2015(scope, path, namespace, anew)
            elif global_:
                start = self._crate(scope, first)
            else:
                start = self.lexical(scope, TYPES if len(path) > 1 else namespace, first, anew)
            if start is None:
                found = self._undeclared(path) if not scope.root.names[TYPES].get(first) else None
            else:
                found = self.walk(start, path, 1, namespace, scope)
        else:
            found = self.path(scope, path, namespace, global_)
        if found is None or found[1] < len(path):
            return None if found is None else self._beyond(found, path)
        return found[0]

    def _first_2015(self, scope: Scope, path: Sequence[str], namespace: int, anew: bool) -> Resolution | None:
        wanted = TYPES if len(path) > 1 else namespace
        anew = anew and scope is scope.root
        found = (self._search if anew else self.in_scope)(scope.root, wanted, path[0], scope)
        if found is not None:
            return found
        found = self._crate(scope, path[0])
        if found is None and not scope.is_module:
            found = self.lexical(scope, wanted, path[0])
        return found

    def _beyond(self, found: Found, path: Sequence[str]) -> Resolution | None:
        """A path that stops inside a type (an associated item cannot be imported, but for variants)."""
        base, used = found
        if isinstance(base, External):
            return self.external("::".join((base.path, *path[used:])))
        return None

    def path(
        self, scope: Scope, path: Sequence[str], namespace: int, global_: bool = False
    ) -> Found | None:  # fmt: skip
        """A path of an expression, type or macro, walked as far as modules, crates and enums go.

        Returns what stands at the end of that, with the number of segments used: what is left names
        associated items. None when the first segment means nothing.
        """
        first = path[0]
        at = 1
        start: Resolution | None
        if first in ("crate", "$crate"):
            start = scope.root.definition
        elif first in ("self", "super"):
            module = _module(scope)
            if first == "super":
                module = _above(module)
            while at < len(path) and path[at] == "super":
                module = _above(module)
                at += 1
            start = module.definition
        elif global_:
            start = self._crate(scope, first)
            if start is None and scope.root.definition.target.edition == "2015":
                start = self.in_scope(scope.root, TYPES if len(path) > 1 else namespace, first, scope)
        else:
            start = self.lexical(scope, TYPES if len(path) > 1 else namespace, first)
        if start is None:
            return self._undeclared(path) if len(path) > 1 and namespace != MACROS else None
        if len(path) == 1 and isinstance(start, Definition) and start.fixed and start.kind == "module":
            # `use std::str;` brings a module; the type of that name is still the primitive.
            return PRIMITIVES.get(first, start), 1
        return self.walk(start, path, at, namespace, scope)

    def _undeclared(self, path: Sequence[str]) -> Found | None:
        """A path whose first segment nothing here defines: a crate that no manifest declares, by its look."""
        if not path[0][:1].islower() or path[0] in PRIMITIVES:
            return None
        return self.external("::".join(path)), len(path)

    def walk(
        self, start: Resolution, path: Sequence[str], at: int, namespace: int, seeker: Scope
    ) -> Found | None:
        """Walk from `start` along `path[at:]` through scopes."""
        here = start
        while at < len(path):
            if isinstance(here, External):
                return self.external("::".join((here.path, *path[at:]))), len(path)
            if not isinstance(here, Definition):
                break
            if here.kind == "enum":
                self.reads.note(("head", here.id))
            last = at == len(path) - 1
            name = path[at]
            if here.kind in ("module", "crate"):
                assert here.scope is not None
                found = self.in_scope(here.scope, namespace if last else TYPES, name, seeker)
                if found is None:
                    if here.fixed and here.name in PRIMITIVES:
                        return PRIMITIVES[here.name], at
                    if here.fixed:
                        return self.external("::".join((here.symbol, *path[at:]))), len(path)
                    if namespace == MACROS and here.kind == "crate" and last:
                        return self._macro(here, name)
                    return None
                here = found
            elif here.kind == "enum" and (position := here.variant(name)) >= 0:
                return VariantOf(here, position), at + 1
            else:
                break
            at += 1
        return here, at

    def lexical(self, scope: Scope, namespace: int, name: str, anew: bool = False) -> Resolution | None:
        """A path's first segment: bodies outwards, the module, then crates, the prelude, primitives. `anew`:
        what is remembered of the innermost is not good, for an import that is being followed made it."""
        here: Scope | None = scope
        if anew:
            if (found := self._search(scope, namespace, name, scope)) is not None:
                return found
            here = scope.lexical
        while here is not None:
            if (found := self.in_scope(here, namespace, name, scope)) is not None:
                return found
            here = here.lexical
        if namespace == TYPES and (found := self._crate(scope, name)) is not None:
            return found
        if namespace == MACROS:
            made = self.tree.macros.get(name)
            self.reads.note(("macro", name))
            if made:
                target = scope.root.definition.target
                return next((d for d in made if d.target == target), None)
            return None
        if self._prelude is not None:
            found = self.in_scope(self._prelude, namespace, name, self._prelude)
            if found is not None:
                return found
        return PRIMITIVES.get(name) if namespace == TYPES else None

    def _macro(self, crate: Definition, name: str) -> Found | None:
        self.reads.note(("macro", name))
        for one in self.tree.macros.get(name, ()):
            if one.target == crate.target:
                return one, 1
        return None

    def _crate(self, scope: Scope, name: str) -> Resolution | None:
        """The extern prelude."""
        target = scope.root.definition.target
        if target.kind == "model":
            return scope.root.definition if name in MODEL_CRATES else None
        if name in _LIBRARY_NAMES:
            if name in MODEL_CRATES and self.model is not None:
                return self.model
            return self.external(name)
        known = self.tree.extern(target, name)
        if isinstance(known, Definition):
            return known
        if target.kind != "lib":
            library = self.tree.library(target.package)
            if library is not None and name in (target.package, library.target.name):
                return library
        return self.external(known) if known is not None else None


def _module(scope: Scope) -> Scope:
    while scope.lexical is not None:
        scope = scope.lexical
    return scope


def _above(scope: Scope) -> Scope:
    parent = scope.definition.parent
    while parent is not None:
        if parent.kind in ("module", "crate") and parent.scope is not None:
            return parent.scope
        parent = parent.parent
    return scope.root


def _public(definition: Definition) -> bool:
    return definition.item is None or definition.item.visibility != "private"


def inside(seeker: Scope, scope: Scope) -> bool:
    """Whether `seeker` stands in `scope` or below it: private names are visible to it."""
    wanted = scope.definition
    above: Definition | None = seeker.definition
    while above is not None:
        if above is wanted:
            return True
        above = above.parent
    return False


__all__ = ["PRIMITIVES", "VALUES", "Found", "Lookup", "inside"]
