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

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from isg_graph.resolve.definition import Definition

Key = tuple[Any, ...]


class Readers:
    """Who has read what, the other way round: owners (by id) by the keys they have asked."""

    def __init__(self) -> None:
        self._by_key: dict[Key, set[bytes]] = {}

    def add(self, owner: bytes, keys: Iterable[Key]) -> None:
        """An owner has asked these, too."""
        by_key = self._by_key
        for key in keys:
            several = by_key.get(key)
            if several is None:
                by_key[key] = {owner}
            else:
                several.add(owner)

    def drop(self, owner: bytes, keys: Iterable[Key]) -> None:
        """An owner is read anew, or is no more: it had asked these."""
        by_key = self._by_key
        for key in keys:
            several = by_key.get(key)
            if several is not None:
                several.discard(owner)
                if not several:
                    del by_key[key]

    def of(self, keys: Iterable[Key]) -> set[bytes]:
        """Everyone who has asked one of these."""
        found: set[bytes] = set()
        for key in keys:
            found.update(self._by_key.get(key, ()))
        return found


class Reads:
    """The set that questions are noted in; None while nobody wants to know. Lowered heads are shared by all
    who read them, so what their making looked at is kept with them, by definition id, for as long as there
    may be another link (`live`)."""

    __slots__ = ("_noted", "_readers", "heads", "live", "now")

    def __init__(self, live: bool = False) -> None:
        self.live = live
        self.now: set[Key] | None = None
        self.heads: dict[bytes, set[Key]] = {}
        self._readers = Readers()
        self._noted: dict[bytes, int] = {}

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

    def forget_head(self, definition_id: bytes) -> None:
        """A head is to be made anew."""
        self._readers.drop(definition_id, self.heads.pop(definition_id, ()))
        self._noted.pop(definition_id, None)

    def note_heads(self) -> None:
        """Take note of what heads have asked since the last time, for `heads_reading`."""
        for definition_id, read in self.heads.items():
            if self._noted.get(definition_id) != len(read):  # a head's questions only ever grow
                self._noted[definition_id] = len(read)
                self._readers.add(definition_id, read)

    def heads_reading(self, keys: Iterable[Key]) -> set[bytes]:
        """The definitions whose heads have asked one of these."""
        return self._readers.of(keys)

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
