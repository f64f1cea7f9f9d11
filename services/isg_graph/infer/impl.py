"""Where impls are filed: by trait and by the head of their self type; items of types and traits by name.

Filing reads headers, never bodies. A filing is extended, not changed: that of the model is made once and
copied for each world.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from isg_graph.infer.lower import Lowering
from isg_graph.infer.ty import PARAM, PROJ, head
from isg_graph.resolve.definition import Definition
from isg_protocol.facts import ImplHead

K = TypeVar("K")


class Impls:
    """Every impl and trait that may be looked at.

    inherent         a type's own items: by head, then by name
    by_trait         impls: by trait (a definition, or an outside one's path), then by the self type's head
    blanket          impls whose self type is a parameter or a projection, by trait
    with_method      traits that have a method of a name
    with_type        traits that have an associated type of a name
    outside_items    what outside traits are known to have, by path: what the impls of them here define
    outside_methods  the items of impls of outside traits: by the self type's head, then by name
    """

    def __init__(self) -> None:
        self.inherent: dict[object, dict[str, list[Definition]]] = {}
        self.by_trait: dict[object, dict[object, list[Definition]]] = {}
        self.blanket: dict[object, list[Definition]] = {}
        self.with_method: dict[str, list[Definition]] = {}
        self.with_type: dict[str, list[Definition]] = {}
        self.outside_items: dict[str, set[str]] = {}
        self.outside_methods: dict[object, dict[str, list[Definition]]] = {}

    def extended(self, lowering: Lowering, definitions: Iterable[Definition]) -> Impls:
        """These and those of more definitions, in a filing of their own."""
        made = Impls()
        made.inherent = {key: _lists(table) for key, table in self.inherent.items()}
        made.by_trait = {key: _lists(table) for key, table in self.by_trait.items()}
        made.blanket = _lists(self.blanket)
        made.with_method = _lists(self.with_method)
        made.with_type = _lists(self.with_type)
        made.outside_items = {key: set(names) for key, names in self.outside_items.items()}
        made.outside_methods = {key: _lists(table) for key, table in self.outside_methods.items()}
        several = list(definitions)
        for definition in several:
            if definition.kind == "trait":
                made._add_trait(definition)
        for definition in several:
            if definition.kind == "impl":
                made._add_impl(lowering, definition)
        return made

    def _add_trait(self, trait: Definition) -> None:
        for name, items in trait.items.items():
            if items[0].kind == "method":
                self.with_method.setdefault(name, []).append(trait)
            elif items[0].kind == "type_alias":
                self.with_type.setdefault(name, []).append(trait)

    def _add_impl(self, lowering: Lowering, impl: Definition) -> None:
        header = lowering.header(impl)
        form: int = header.self_type[0]
        filed = head(header.self_type)
        assert impl.item is not None
        written = impl.item.head
        assert isinstance(written, ImplHead)
        if written.trait is None:
            _file(self.inherent.setdefault(filed, {}), impl)
            return
        if header.trait is None or written.negative:
            return
        trait = header.trait[0]
        key = trait if isinstance(trait, Definition) else trait.path
        if isinstance(key, str):
            self.outside_items.setdefault(key, set()).update(impl.items)
            if filed is not None:
                _file(self.outside_methods.setdefault(filed, {}), impl)
        if form == PARAM or form == PROJ:
            self.blanket.setdefault(key, []).append(impl)
        elif filed is not None:
            self.by_trait.setdefault(key, {}).setdefault(filed, []).append(impl)


def _file(table: dict[str, list[Definition]], impl: Definition) -> None:
    for name, items in impl.items.items():
        table.setdefault(name, []).extend(items)


def _lists(table: dict[K, list[Definition]]) -> dict[K, list[Definition]]:
    return {key: list(several) for key, several in table.items()}
