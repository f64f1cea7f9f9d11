"""Where impls are filed: by trait and by the head of their self type; items of types and traits by name.

Filing reads headers, never bodies. The model's is made once and copied for each world; what is filed is
taken out by the header and items that it was filed by. Each list is in the order of places.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from isg_graph.infer.lower import Lowering
from isg_graph.infer.ty import PARAM, PROJ, head
from isg_graph.resolve.definition import Definition
from isg_protocol.facts import ImplHead

K = TypeVar("K")
Slot = tuple[str, Any, Any]
"""Where an impl is filed: ("inherent", head, name), ("trait", trait, head), ("blanket", trait, ""), ("item",
head, name) and ("outside", path, name) of outside traits."""


class Impls:
    """Every impl and trait that may be looked at.

    inherent         a type's own items: by head, then by name
    by_trait         impls: by trait (a definition, or an outside one's path), then by the self type's head
    blanket          impls whose self type is a parameter or a projection, by trait
    with_method      traits that have a method of a name
    with_type        traits that have an associated type of a name
    outside_items    what outside traits are known to have, by path: what the impls of them here define, and
                     how many of them
    outside_methods  the items of impls of outside traits: by the self type's head, then by name
    """

    def __init__(self) -> None:
        self.inherent: dict[object, dict[str, list[Definition]]] = {}
        self.by_trait: dict[object, dict[object, list[Definition]]] = {}
        self.blanket: dict[object, list[Definition]] = {}
        self.with_method: dict[str, list[Definition]] = {}
        self.with_type: dict[str, list[Definition]] = {}
        self.outside_items: dict[str, dict[str, int]] = {}
        self.outside_methods: dict[object, dict[str, list[Definition]]] = {}

    def extended(self, lowering: Lowering, definitions: Iterable[Definition]) -> Impls:
        """These and those of more definitions, in a filing of their own."""
        made = Impls()
        made.inherent = {key: _lists(table) for key, table in self.inherent.items()}
        made.by_trait = {key: _lists(table) for key, table in self.by_trait.items()}
        made.blanket = _lists(self.blanket)
        made.with_method = _lists(self.with_method)
        made.with_type = _lists(self.with_type)
        made.outside_items = {path: dict(names) for path, names in self.outside_items.items()}
        made.outside_methods = {key: _lists(table) for key, table in self.outside_methods.items()}
        several = sorted(definitions, key=_place)
        for definition in several:
            if definition.kind == "trait":
                made.add_trait(definition)
        for definition in several:
            if definition.kind == "impl":
                made.add_impl(lowering, definition)
        return made

    def add_trait(self, trait: Definition) -> None:
        """File a trait by what it has."""
        for table, name in self._of_trait(trait):
            _insert(table.setdefault(name, []), trait)

    def remove_trait(self, trait: Definition) -> None:
        """Take a trait, as it was when it was filed, out again."""
        for table, name in self._of_trait(trait):
            table[name].remove(trait)

    def _of_trait(self, trait: Definition) -> Iterator[tuple[dict[str, list[Definition]], str]]:
        for name, items in trait.items.items():
            if items[0].kind == "method":
                yield self.with_method, name
            elif items[0].kind == "type_alias":
                yield self.with_type, name

    def add_impl(self, lowering: Lowering, impl: Definition) -> None:
        """File an impl by its header."""
        for slot in self.slots(lowering, impl):
            table, key, name = slot
            if table == "outside":
                names = self.outside_items.setdefault(key, {})
                names[name] = names.get(name, 0) + 1
            elif table == "inherent" or table == "item":
                several = self._named(table).setdefault(key, {}).setdefault(name, [])
                for item in impl.items[name]:
                    _insert(several, item)
            elif table == "blanket":
                _insert(self.blanket.setdefault(key, []), impl)
            else:
                _insert(self.by_trait.setdefault(key, {}).setdefault(name, []), impl)

    def remove_impl(self, lowering: Lowering, impl: Definition) -> None:
        """Take an impl, with the header and items that it was filed by, out again."""
        for table, key, name in self.slots(lowering, impl):
            if table == "outside":
                self.outside_items[key][name] -= 1
                if not self.outside_items[key][name]:
                    del self.outside_items[key][name]
            elif table == "inherent" or table == "item":
                several = self._named(table)[key][name]
                for item in impl.items[name]:
                    several.remove(item)
            elif table == "blanket":
                self.blanket[key].remove(impl)
            else:
                self.by_trait[key][name].remove(impl)

    def slots(self, lowering: Lowering, impl: Definition) -> list[Slot]:
        """Where an impl is filed."""
        header = lowering.header(impl)
        form = header.self_type[0]
        filed = head(header.self_type)
        assert impl.item is not None
        written = impl.item.head
        assert isinstance(written, ImplHead)
        if written.trait is None:
            return [("inherent", filed, name) for name in impl.items]
        if header.trait is None or written.negative:
            return []
        trait = header.trait[0]
        key = trait if isinstance(trait, Definition) else trait.path
        found: list[Slot] = []
        if isinstance(key, str):
            found += [("outside", key, name) for name in impl.items]
            if filed is not None:
                found += [("item", filed, name) for name in impl.items]
        if form == PARAM or form == PROJ:
            found.append(("blanket", key, ""))
        elif filed is not None:
            found.append(("trait", key, filed))
        return found

    def held(self, slot: Slot) -> Any:
        """What is in a slot, comparable with another time's."""
        table, key, name = slot
        if table == "outside":
            return name in self.outside_items.get(key, ())
        if table == "inherent" or table == "item":
            several = self._named(table).get(key, {}).get(name, ())
            return [
                (one.id, getattr(one.item.head, "self_kind", "") if one.item else "", one.active, _above(one))
                for one in several
            ]
        several = (
            self.blanket.get(key, ()) if table == "blanket" else self.by_trait.get(key, {}).get(name, ())
        )
        return [(one.id, one.active) for one in several]

    def _named(self, table: str) -> dict[object, dict[str, list[Definition]]]:
        return self.inherent if table == "inherent" else self.outside_methods


def _above(item: Definition) -> tuple[bytes, bool] | None:
    return (item.parent.id, item.parent.active) if item.parent is not None else None


def _place(definition: Definition) -> tuple[bool, str, int, str]:
    """The order of impls, whoever arrived first: the model's, then as they are written."""
    return not definition.fixed, definition.file, definition.index, definition.place


def _insert(several: list[Definition], definition: Definition) -> None:
    if several and _place(several[-1]) > _place(definition):
        insort(several, definition, key=_place)
    else:
        several.append(definition)


def _lists(table: dict[K, list[Definition]]) -> dict[K, list[Definition]]:
    return {key: list(several) for key, several in table.items()}
