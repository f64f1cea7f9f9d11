"""What an answer looked at, found and not found: the keys by which a change finds what it can have changed.

A *key* names one question to the world; its *digest* is the answer in values that outlive a world (ids,
names, heads). A body whose keys all have the digests they had is what it was. Keys:

    ("name", scope, namespace, name)    a name in a scope          ("macro", name)  the macros of a name
    ("head", definition)                what a definition says of itself, and the names of its items
    ("inherent", head, name)            a type's own items          ("trait", trait, head)  candidate impls
    ("blanket", trait)                  impls for any type          ("import", word)  imports through a word
    ("method", name), ("type", name)    traits that have such an item
    ("outside", path), ("item", head, name)  items of outside traits, and of their impls
    ("scope", scope)                    the traits in scope         ("open", name)  what an open call may mean
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from isg_graph.resolve.definition import Definition

Key = tuple[Any, ...]


class Reads:
    """The set that questions are noted in; None while nobody wants to know. Lowered heads are shared by all
    who read them, so what their making looked at is kept with them, by definition id, for as long as there
    may be another link (`live`)."""

    __slots__ = ("heads", "live", "now")

    def __init__(self, live: bool = False) -> None:
        self.live = live
        self.now: set[Key] | None = None
        self.heads: dict[bytes, set[Key]] = {}

    def head(self, definition: Definition) -> None:
        """Note that a definition's head is read."""
        if self.now is not None and not definition.fixed:
            self.now.add(("head", definition.id))

    def of_head(self, definition: Definition) -> set[Key] | None:
        """The set for what the making of a definition's head looks at."""
        if not self.live or definition.fixed:
            return None
        known = self.heads.get(definition.id)
        if known is None:
            known = self.heads[definition.id] = set()
        return known

    def note(self, key: Key) -> None:
        """Note a question."""
        if self.now is not None:
            self.now.add(key)

    @contextmanager
    def of_body(self, into: set[Key] | None) -> Iterator[None]:
        """Note everything into a set for a while."""
        before, self.now = self.now, into
        try:
            yield
        finally:
            self.now = before

    @contextmanager
    def heads_apart(self, into: dict[bytes, set[Key]]) -> Iterator[None]:
        """Note what the making of heads looks at into a table of its own for a while, to be added later."""
        before, self.heads = self.heads, into
        try:
            yield
        finally:
            self.heads = before

    def add_heads(self, heads: dict[bytes, set[Key]]) -> None:
        """What the making of heads looked at, elsewhere or before."""
        for definition_id, keys in heads.items():
            self.heads.setdefault(definition_id, set()).update(keys)
