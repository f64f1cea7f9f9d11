"""What outside code can name: public items of library crates, through re-exports too.

A walk from each library's root over public names. What is public in a private module and re-exported is
reached through its `pub use`; what nobody re-exports is not.
"""

from __future__ import annotations

from isg_graph.resolve.definition import MACROS, TYPES, VALUES, Definition, Import, Scope
from isg_graph.resolve.lookup import Lookup
from isg_graph.resolve.tree import Tree
from isg_protocol.facts import ImplHead


def mark_library(tree: Tree, lookup: Lookup) -> None:
    """Set `library` on every definition of a tree."""
    for definition in tree.definitions:
        definition.library = False
    todo: list[Definition] = [d for d in tree.crates.values() if d.target.kind == "lib"]
    for definition in todo:
        definition.library = True
    seen: set[int] = set()
    while todo:
        definition = todo.pop()
        if (
            definition.kind in ("module", "crate")
            and definition.scope is not None
            and id(definition) not in seen
        ):
            seen.add(id(definition))
            for found in _public_names(definition.scope, lookup):
                if not found.library or found.kind == "module":
                    found.library = True
                    todo.append(found)
    for definition in tree.definitions:
        if definition.kind == "impl":
            _mark_items(definition)
        elif definition.kind == "trait" and definition.library:
            for item in definition.children:
                item.library = True


def _public_names(scope: Scope, lookup: Lookup) -> list[Definition]:
    found: list[Definition] = []
    for table in scope.names:
        for several in table.values():
            found.extend(d for d in several if d.item is not None and d.item.visibility == "pub")
    for one in scope.uses:
        if one.visibility == "pub":
            found.extend(_brought(one, lookup))
    return [d for d in found if d.target.kind == "lib"]


def _brought(one: Import, lookup: Lookup) -> list[Definition]:
    if one.leaf.alias != "*":
        targets = [lookup.through(one, namespace) for namespace in (TYPES, VALUES, MACROS)]
        return [t for t in targets if isinstance(t, Definition)]
    base = lookup.import_target(one, TYPES)
    return [base] if isinstance(base, Definition) else []


def _mark_items(impl: Definition) -> None:
    """An impl's items can be named when they are public, or a trait's that outside code may use."""
    assert impl.item is not None
    head = impl.item.head
    assert isinstance(head, ImplHead)
    impl.library = impl.target.kind == "lib"
    for item in impl.children:
        assert item.item is not None
        item.library = impl.library and (head.trait is not None or item.item.visibility == "pub")
