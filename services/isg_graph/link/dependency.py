"""From a changed world to the bodies that may read otherwise in it: digests of questions, compared.

`digest` gives a question's answer in values that outlive a world. Two worlds are compared only in the
questions that some body or some lowered head asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from isg_graph.infer.method import self_kind
from isg_graph.infer.trait import stable
from isg_graph.infer.world import World
from isg_graph.resolve.definition import Definition, External, Parameter, Primitive, Scope, VariantOf
from isg_graph.resolve.read import Key


class Questions:
    """One world, asked again: definitions and scopes by their ids."""

    def __init__(self, world: World, definitions: Iterable[Definition]) -> None:
        self.world = world
        self.definitions: dict[bytes, Definition] = {}
        self._traits: dict[Any, Any] = {}
        for definition in definitions:
            self.definitions[definition.id] = definition
        self._heads: dict[Any, Any] = {}
        for table in (
            world.traits.by_trait,
            world.traits.blanket,
            world.traits.inherent,
            world.traits.outside_methods,
        ):
            for key, value in table.items():
                self._heads[stable(key)] = key
                if isinstance(value, dict):
                    for inner in value:
                        self._heads[stable(inner)] = inner

    def digest(self, key: Key) -> Any:
        """The answer to a question, comparable across worlds."""
        kind = key[0]
        traits = self.world.traits
        if kind == "name":
            scope = self._scope(key[1])
            if scope is None:
                return None
            return _resolution(self.world.lookup.in_scope(scope, key[2], key[3], scope))
        if kind == "head":
            return self._head(key[1])
        if kind == "inherent":
            table = traits.inherent.get(self._heads.get(key[1], key[1]))
            return _items(table.get(key[2], ())) if table else ()
        if kind == "item":
            table = traits.outside_methods.get(self._heads.get(key[1], key[1]))
            return _items(table.get(key[2], ())) if table else ()
        if kind == "trait":
            trait = self._heads.get(key[1], key[1])
            found = traits.by_trait.get(trait, {}).get(self._heads.get(key[2], key[2]), ())
            literal: tuple[tuple[str, tuple[bytes, ...]], ...] = ()
            if key[2] in ("{int}", "{float}"):
                literal = tuple(
                    sorted((str(stable(h)), _ids(i)) for h, i in traits.by_trait.get(trait, {}).items())
                )
            return _ids(found), literal
        if kind == "blanket":
            return _ids(traits.blanket.get(self._heads.get(key[1], key[1]), ()))
        if kind == "method":
            return tuple(
                (t.id, tuple(self_kind(m) for m in t.items.get(key[1], ())))
                for t in traits.with_method.get(key[1], ())
            )
        if kind == "type":
            return _ids(traits.with_type.get(key[1], ()))
        if kind == "outside":
            return tuple(sorted(traits.outside_items.get(key[1], ())))
        if kind == "scope":
            scope = self._scope(key[1])
            return None if scope is None else frozenset(t.id for t in self.world.traits_in_scope(scope))
        if kind == "macro":
            return _ids(self.world.lookup.tree.macros.get(key[1], ()))
        assert kind == "open", key
        return _ids(self.world.methods.get(key[1], ()))

    def _scope(self, definition_id: bytes) -> Scope | None:
        definition = self.definitions.get(definition_id)
        return definition.scope if definition is not None else None

    def _head(self, definition_id: bytes) -> Any:
        definition = self.definitions.get(definition_id)
        if definition is None:
            return None
        item = definition.item
        return (
            definition.kind,
            item.head if item is not None else None,
            definition.active,
            tuple((c.id, c.kind, self_kind(c)) for c in definition.children if c.name),
            definition.parent.id if definition.parent is not None else None,
        )


def _resolution(found: Any) -> Any:
    if isinstance(found, Definition):
        return found.id, found.kind, tuple(d.id for d in found.alternatives)
    if isinstance(found, External):
        return found.path
    if isinstance(found, VariantOf):
        return found.enum.id, found.position
    if isinstance(found, Primitive | Parameter):
        return found.name
    return None


def _ids(definitions: Iterable[Definition]) -> tuple[bytes, ...]:
    return tuple(d.id for d in definitions)


def _items(definitions: Iterable[Definition]) -> Any:
    return tuple(
        (d.id, self_kind(d), d.active, d.parent.id if d.parent is not None else None) for d in definitions
    )


def affected(
    before: Questions, after: Questions, heads: dict[bytes, set[Key]], bodies: dict[bytes, frozenset[Key]]
) -> set[bytes]:
    """The bodies that a change from one world to the other can have changed."""
    changed: dict[Key, bool] = {}

    def differs(key: Key) -> bool:
        known = changed.get(key)
        if known is None:
            known = changed[key] = before.digest(key) != after.digest(key)
        return known

    moved: set[Key] = set()
    for definition_id, keys in heads.items():
        if any(differs(key) for key in keys):
            moved.add(("head", definition_id))
    grew = True
    while grew:
        grew = False
        for definition_id, keys in heads.items():
            key = ("head", definition_id)
            if key not in moved and not moved.isdisjoint(keys):
                moved.add(key)
                grew = True
    return {
        body
        for body, keys in bodies.items()
        if not moved.isdisjoint(keys) or any(differs(key) for key in keys)
    }
