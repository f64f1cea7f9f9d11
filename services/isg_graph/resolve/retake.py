"""One file's items taken anew into a tree that stays: what an edit of what a file says costs.

Definitions that are still there (of the same place and kind) stay the objects they were, so that all that is
known by them holds. Invariant: afterwards the tree is the one that would grow from the files as they are.
What a file cannot change in this way (`may_retake`) asks for a new tree. Absent: what follows for names,
types and bodies (isg_graph.link.amend).
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any

from isg_graph.resolve.definition import Definition, Import, Scope
from isg_graph.resolve.tree import Tree, has_own_file
from isg_protocol.facts import EnumHead, FileFacts, InvocationHead, ItemFacts, UseHead

_WHOLE = frozenset(("module", "macro", "extern_crate"))
"""Kinds of items on which more hangs than their own definition: other files, expansions, crates."""


def may_retake(before: FileFacts, after: FileFacts, macros: Container[str]) -> bool:
    """Whether a file differs in nothing but items whose definitions stand for themselves. `macros` are the
    names of those that can be expanded."""
    if (before.cfg, before.attributes) != (after.cfg, after.attributes):
        return False
    return _ties(before.items, macros) == _ties(after.items, macros)


def has_all_to_itself(tree: Tree, path: str) -> bool:
    """Whether nothing but a file's own items is in its modules, those within it too: not so where the place
    of another file that nothing declares has put that one's items or made a module, which may share names and
    ordinals with them."""
    if path in tree.shared:
        return False
    todo = [module for module, _ in tree.filled.get(path, ())]
    while todo:
        for child in todo.pop().children:
            if child.item is None or child.file != path:
                return False
            if child.kind == "module" and not has_own_file(child):
                todo.append(child)
    return True


def _ties(items: list[ItemFacts], macros: Container[str]) -> list[Any]:
    """What ties a file to others, in order: modules, macros and their calls, and globs."""
    chains: list[tuple[Any, ...]] = []
    found: list[Any] = []
    for item in items:
        above = chains[item.parent] if item.parent >= 0 else ()
        own = (item.kind, item.name, item.cfg, item.test, item.wrapper)
        chains.append((*above, own))
        if isinstance(item.head, InvocationHead):
            name = item.head.path.segments[-1].name
            if name in macros or name == "include":
                found.append((above, own, item.head))
        elif item.kind in _WHOLE:
            found.append((above, own, item.visibility, item.attributes, item.head))
        elif isinstance(item.head, UseHead):
            globs = [(leaf.path, leaf.global_) for leaf in item.head.leaves if leaf.alias == "*"]
            if globs:
                found.append((above, own, item.visibility, globs))
    return found


class Retaken:
    """What taking some files anew did.

    before, after  their definitions by id
    changed        of those that stayed, the ones that say something else of themselves
    words          names that mean something else in a scope of these files
    uses           imports that came or went
    seen           whether one that stayed may be seen from elsewhere than before
    """

    def __init__(self) -> None:
        self.before: dict[bytes, Definition] = {}
        self.after: dict[bytes, Definition] = {}
        self.changed: list[Definition] = []
        self.words: set[str] = set()
        self.uses: list[Import] = []
        self.seen = False


class Retake:
    """Two steps: what is there (`__init__`), for others to look at while it is, and the taking (`run`)."""

    def __init__(self, tree: Tree, paths: Iterable[str]) -> None:
        self.tree = tree
        self.paths = sorted(paths)
        self.before: dict[bytes, Definition] = {}
        self._said: dict[bytes, Any] = {}
        for path in self.paths:
            for definition in self._of_file(path):
                self.before[definition.id] = definition
                self._said[definition.id] = said(definition)
        self._scoped = {key for key, one in self.before.items() if one.scope is not None}
        self._bindings, self._uses = self._scopes(self.before)

    def run(self) -> Retaken:
        """Take the files anew."""
        tree, done = self.tree, Retaken()
        done.before = self.before
        tree.kept = {one.place: one for one in self.before.values()}
        tree.forget_ordinals(self.before.values())
        for path in self.paths:
            for module, directory in tree.filled.get(path, ()):
                _empty(module, path)
                assert module.scope is not None
                module.scope.empty(module.scope.lexical, module.scope.root)
                tree.take(module, tree.files[path].items, path, directory, None, 0)
        tree.expand_calls()
        tree.tell_alternatives()
        gone = set(tree.kept.values())
        tree.kept.clear()
        tree.put_aside.clear()
        if gone:
            tree.definitions = [one for one in tree.definitions if one not in gone]
        self._compare(done)
        return done

    # --- before ---------------------------------------------------------------------------------------------

    def _of_file(self, path: str) -> list[Definition]:
        """The definitions that a file's items have made."""
        found: list[Definition] = []
        todo = [module for module, _ in self.tree.filled.get(path, ())]
        while todo:
            for child in todo.pop().children:
                if child.file == path:
                    found.append(child)
                    if not has_own_file(child):
                        todo.append(child)
        return found

    def _scopes(
        self, definitions: dict[bytes, Definition]
    ) -> tuple[dict[bytes, dict[str, Any]], list[Import]]:
        """What the names of the files' scopes are, by whose scope it is, and their imports."""
        scopes = [module.scope for path in self.paths for module, _ in self.tree.filled.get(path, ())]
        scopes += [one.scope for one in definitions.values() if not has_own_file(one)]
        found: dict[bytes, dict[str, Any]] = {}
        uses: list[Import] = []
        for scope in scopes:
            if scope is not None:
                found[scope.definition.id] = bindings(scope)
                uses.extend(scope.uses)
        return found, uses

    # --- after ----------------------------------------------------------------------------------------------

    def _compare(self, done: Retaken) -> None:
        words = done.words
        for path in self.paths:
            for definition in self._of_file(path):
                done.after[definition.id] = definition
        now, uses = self._scopes(done.after)
        for key in {*now, *self._bindings}:
            old, new = self._bindings.get(key, {}), now.get(key, {})
            words.update(name for name in {*old, *new} if old.get(name) != new.get(name))
        for key in {*done.before, *done.after}:
            words.update(_moved_variants(done.before.get(key), self._said.get(key), done.after.get(key)))
        for key, definition in done.after.items():
            known = done.before.get(key)
            if known is definition and (
                said(definition) != self._said[key] or (definition.scope is not None) != (key in self._scoped)
            ):
                done.changed.append(definition)
                done.seen = done.seen or said(definition)[2] != self._said[key][2]
        old_uses = {_use(one) for one in self._uses}
        new_uses = {_use(one) for one in uses}
        done.uses = [one for one in self._uses if _use(one) not in new_uses]
        done.uses += [one for one in uses if _use(one) not in old_uses]


def said(definition: Definition) -> Any:
    """What a definition says of itself to others: its head, its condition, the names it holds."""
    item = definition.item
    return (
        definition.kind,
        item.head if item is not None else None,
        item.visibility if item is not None else None,
        definition.active,
        definition.built,
        tuple([(child.id, child.kind, _receiver(child)) for child in definition.children if child.name]),
        tuple([other.id for other in definition.alternatives]),
    )


def _receiver(definition: Definition) -> str:
    return getattr(definition.item.head, "self_kind", "") if definition.item is not None else ""


def bindings(scope: Scope) -> dict[str, Any]:
    """What each name of a scope is defined or imported as, comparable with another time's."""
    found: dict[str, list[Any]] = {}
    for namespace, table in enumerate(scope.names):
        for name, several in table.items():
            found.setdefault(name, []).append(
                (
                    namespace,
                    [
                        (one.id, one.kind, one.active, one.item.visibility if one.item is not None else None)
                        for one in several
                    ],
                )
            )
    for alias, imports in scope.imports.items():
        found.setdefault(alias, []).append([_use(one) for one in imports])
    return dict(found)


def _use(one: Import) -> tuple[Any, ...]:
    leaf = one.leaf
    return id(one.scope), leaf.alias, tuple(leaf.path), leaf.global_, one.visibility, one.active


def _moved_variants(before: Definition | None, said_before: Any, after: Definition | None) -> set[str]:
    old = said_before[1] if before is not None else None
    new = after.item.head if after is not None and after.item is not None else None
    names = [
        [variant.name for variant in head.variants] if isinstance(head, EnumHead) else []
        for head in (old, new)
    ]
    if names[0] == names[1]:
        return set()
    return {name for position, name in enumerate(names[0]) if names[1][position : position + 1] != [name]} | {
        name for position, name in enumerate(names[1]) if names[0][position : position + 1] != [name]
    }


def _empty(module: Definition, path: str) -> None:
    """Take out of a module what the file's items have made."""
    module.children = [one for one in module.children if one.file != path]
