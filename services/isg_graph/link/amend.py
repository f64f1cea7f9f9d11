"""A world brought to what some files say now, in place: what an edit of an interface costs.

The definitions of the files are taken anew (isg_graph.resolve.retake). What was remembered of a name that
may mean something else is asked again; what was made of a head that was read differently is made again; the
impls among these are filed again. Each answer that differs is a changed key, and who has read a changed key
is to be read again. Invariant: the world is afterwards as one that was built from the same files. Absent:
bodies and edges (the linker's).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from isg_graph.infer.impl import Impls, Slot
from isg_graph.infer.method import self_kind
from isg_graph.infer.trait import stable
from isg_graph.infer.world import World
from isg_graph.resolve.definition import MACROS, TYPES, VALUES, Definition, Import, Scope, VariantOf
from isg_graph.resolve.public import mark_library
from isg_graph.resolve.read import Key
from isg_graph.resolve.retake import Retake
from isg_graph.resolve.tree import Tree

_NAMESPACES = (TYPES, VALUES, MACROS)
_INTEGERS = [
    "i8",
    "i16",
    "i32",
    "i64",
    "i128",
    "isize",
    "u8",
    "u16",
    "u32",
    "u64",
    "u128",
    "usize",
    "f32",
    "f64",
]


class Amended(NamedTuple):
    """What became of it.

    gone      definitions that are no more; what is in their place, if anything is, is another
    taken     definitions of the files, as they are now, and the modules that hold them
    keys      the questions that have other answers now
    library   definitions that outside code can name now and could not, or the other way round
    """

    gone: list[Definition]
    taken: list[Definition]
    keys: set[Key]
    library: list[Definition]


def amend(tree: Tree, world: World, impls: Impls, paths: Iterable[str]) -> Amended:
    """Bring a world to its tree's files, of which only these say something else (and `may_retake`)."""
    return _Amendment(tree, world, impls, paths).run()


class _Amendment:
    def __init__(self, tree: Tree, world: World, impls: Impls, paths: Iterable[str]) -> None:
        self.tree = tree
        self.world = world
        self.lookup = world.lookup
        self.lowering = world.lowering
        self.impls = impls
        self.paths = list(paths)
        self.keys: set[Key] = set()
        self.slots: dict[Slot, Any] = {}
        """What impls were filed where something changes, before it does."""
        self.offered: dict[tuple[str, str], Any] = {}
        """The traits that had an item of a name; ("method" or "type", name)."""
        self.open: dict[str, Any] = {}
        self.met_trait = False
        """Whether a name that changed is or was a trait's."""

    def run(self) -> Amended:
        retake = Retake(self.tree, self.paths)
        for definition in retake.before.values():
            self._unfile(definition)
        taken = retake.run()
        gone = [one for key, one in taken.before.items() if taken.after.get(key) is not one]
        fresh = [one for key, one in taken.after.items() if taken.before.get(key) is not one]
        moved = [*taken.changed, *gone, *fresh]
        self.keys.update(("head", one.id) for one in moved)
        self._ask_names(taken.words)
        self._ask_scopes(taken.uses, [*taken.before.values(), *taken.after.values()])
        reread = self._reread_heads()
        impls = [one for one in reread if one.kind == "impl" and one.id not in taken.after]
        for impl in impls:
            self._unfile_impl(impl)
        for definition in [*moved, *reread]:
            self.lowering.forget(definition)
        for definition in taken.after.values():
            self._file(definition)
        for impl in impls:
            self._file(impl)
        self._compare()
        told = self._mark_library() if taken.words or taken.uses or taken.seen or gone or fresh else set()
        holders = [module for path in self.paths for module, _ in self.tree.filled.get(path, ())]
        return Amended(gone, [*holders, *taken.after.values()], self.keys, list(told.difference(gone)))

    def _mark_library(self) -> set[Definition]:
        """Find anew what outside code can name; returns what differs in that."""
        before = {one for one in self.tree.definitions if one.library}
        mark_library(self.tree, self.lookup)
        return before.symmetric_difference(one for one in self.tree.definitions if one.library)

    # --- impls, traits, methods -------------------------------------------------------------------------

    def _unfile(self, definition: Definition) -> None:
        if definition.kind == "impl":
            self._unfile_impl(definition)
        elif definition.kind == "trait":
            self._note_offers(definition)
            self.impls.remove_trait(definition)
        elif definition.kind == "method":
            self._note_open(definition.name)
            self.world.methods[definition.name].remove(definition)

    def _unfile_impl(self, impl: Definition) -> None:
        self._note_slots(impl)
        self.impls.remove_impl(self.lowering, impl)

    def _file(self, definition: Definition) -> None:
        if definition.kind == "impl":
            self._note_slots(definition)
            self.impls.add_impl(self.lowering, definition)
        elif definition.kind == "trait":
            self._note_offers(definition)
            self.impls.add_trait(definition)
        elif definition.kind == "method":
            self._note_open(definition.name)
            self.world.methods.setdefault(definition.name, []).append(definition)

    def _note_slots(self, impl: Definition) -> None:
        for slot in self.impls.slots(self.lowering, impl):
            if slot not in self.slots:
                self.slots[slot] = self.impls.held(slot)

    def _note_offers(self, trait: Definition) -> None:
        for name in trait.items:
            for table in ("method", "type"):
                if (table, name) not in self.offered:
                    self.offered[table, name] = self._offers(table, name)

    def _offers(self, table: str, name: str) -> Any:
        traits = (self.impls.with_method if table == "method" else self.impls.with_type).get(name, ())
        return [(one.id, [self_kind(item) for item in one.items.get(name, ())]) for one in traits]

    def _note_open(self, name: str) -> None:
        if name not in self.open:
            self.open[name] = self._open(name)

    def _open(self, name: str) -> Any:
        return sorted(one.id for one in self.world.methods.get(name, ()))

    def _compare(self) -> None:
        for slot, before in self.slots.items():
            if self.impls.held(slot) != before:
                self.keys.update(_slot_keys(slot))
        for (table, name), before in self.offered.items():
            if self._offers(table, name) != before:
                self.keys.add((table, name))
        for name, before in self.open.items():
            if self._open(name) != before:
                self.keys.add(("open", name))

    # --- names ------------------------------------------------------------------------------------------

    def _ask_names(self, words: set[str]) -> None:
        """Ask every remembered question again whose answer may hang on one of these words."""
        if not words:
            return
        scopes = list(_scopes(self.tree))
        wide = self._spread_words(words, scopes)
        asked: list[tuple[Scope, int, str, Any]] = []
        for scope in scopes:
            answers = scope.answers
            for namespace, name in list(answers) if wide else _among(words, answers):
                asked.append((scope, namespace, name, answers.pop((namespace, name))))
            for one in scope.uses:
                if one.answers and (wide or not words.isdisjoint(one.leaf.path)):
                    one.answers.clear()
        for scope, namespace, name, before in asked:
            after = self.lookup.in_scope(scope, namespace, name, scope)
            if not self._same(before, after):
                self.keys.add(("name", scope.definition.id, namespace, name))
                self.met_trait = self.met_trait or _is_trait(before) or _is_trait(after)
        for scope_id, namespace, name in self.lookup.unremembered:
            if wide or name in words:
                self.keys.add(("name", scope_id, namespace, name))
        self.keys.update(("import", word) for word in words)

    def _same(self, before: Any, after: Any) -> bool:
        if isinstance(before, VariantOf) and isinstance(after, VariantOf):
            return before.position == after.position and before.enum is after.enum
        if before is not after:
            return False
        return not isinstance(after, Definition) or ("head", after.id) not in self.keys

    def _spread_words(self, words: set[str], scopes: list[Scope]) -> bool:
        """Add what imports call these words. Whether a glob goes through one of them: then any name may hang
        on it."""
        grew = True
        wide = False
        while grew:
            grew = False
            for scope in scopes:
                for one in scope.uses:
                    leaf = one.leaf
                    if words.isdisjoint(leaf.path):
                        continue
                    if leaf.alias == "*":
                        wide = True
                    elif leaf.alias not in words:
                        words.add(leaf.alias)
                        grew = True
        return wide

    def _ask_scopes(self, uses: list[Import], definitions: list[Definition]) -> None:
        """Ask again which traits are in scope, where that may differ."""
        if not self.met_trait and not any(self._brings_trait(one) for one in uses):
            if not any(one.kind == "trait" and ("head", one.id) in self.keys for one in definitions):
                return
        for scope, before in self.world.forget_scopes():
            if scope.definition.fixed:
                continue
            if self.world.traits_in_scope(scope) != before:
                self.keys.add(("scope", scope.definition.id))

    def _brings_trait(self, one: Import) -> bool:
        """Whether an import that came or went may bring a trait."""
        if one in one.scope.uses:
            return _is_trait(self.lookup.through(one, TYPES))
        return TYPES not in one.answers or _is_trait(one.answers[TYPES])

    # --- heads ------------------------------------------------------------------------------------------

    def _reread_heads(self) -> list[Definition]:
        """Definitions whose heads read something that has changed; they are noted as changed themselves."""
        reads = self.lowering.reads
        reads.note_heads()
        found: set[bytes] = set()
        fresh: set[Key] = self.keys
        while fresh:
            fresh = {("head", key) for key in reads.heads_reading(fresh)} - self.keys
            found.update(key for _, key in fresh)
            self.keys |= fresh
        return [one for one in self.tree.definitions if one.id in found] if found else []


def _scopes(tree: Tree) -> Iterator[Scope]:
    for definition in tree.definitions:
        scope = definition.scope
        if scope is not None and scope.definition is definition:
            yield scope


def _among(words: set[str], answers: dict[tuple[int, str], Any]) -> list[tuple[int, str]]:
    if not answers:
        return []
    return [(n, word) for word in words for n in _NAMESPACES if (n, word) in answers]


def _is_trait(found: Any) -> bool:
    return isinstance(found, Definition) and found.kind == "trait"


def _slot_keys(slot: Slot) -> list[Key]:
    table, key, name = slot
    if table == "outside":
        return [("outside", key)]
    if table == "blanket":
        return [("blanket", stable(key))]
    if table == "trait":
        literal = ["{int}", "{float}"] if name in _INTEGERS else []
        return [("trait", stable(key), filed) for filed in (stable(name), *literal)]
    literal = ["{int}", "{float}"] if table == "inherent" and key in ("i32", "f64") else []
    return [(table, filed, name) for filed in (stable(key), *literal)]
