"""The edges that items make by what they are: contains, imports, uses in heads, implements, extends,
overrides. Bodies have their own (`infer.body`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from isg_graph.infer.frame import collect_path, paths_in
from isg_graph.infer.ty import ADT, OUTSIDE, PROJ
from isg_graph.infer.world import World
from isg_graph.resolve.definition import (
    MACROS,
    TYPES,
    VALUES,
    Definition,
    External,
    Import,
    Resolution,
    VariantOf,
)
from isg_protocol import facts
from isg_protocol.vocabulary import (
    CANDIDATE,
    CONTAINS,
    EXACT,
    EXTENDS,
    IMPLEMENTS,
    IMPORTS,
    NO_CONTEXT,
    OVERRIDES,
    SIGNATURE,
    USES,
)

Found = tuple[int, "Definition | External | str", str, int, int, int]
"""(edge kind, target, file, line, context, resolution) from the definition asked about."""
Own = tuple[int, "Definition | External | str", "Definition | Import", int, int, int]
"""(edge kind, target, what it stands in, site, context, resolution): an edge whose line is asked for apart,
for text that only moves changes nothing else of it. The site is -1 for the line where that begins."""


def place_of(anchor: Definition | Import, site: int) -> int:
    """The line of a site of something."""
    item = anchor.definition if isinstance(anchor, Import) else anchor.item
    if item is None:
        return 1
    return item.line + (item.lines[site] if 0 <= site < len(item.lines) else 0)


def own_edges(world: World, definition: Definition) -> Iterator[Own]:
    """The edges that leave a definition because of its head and place. Implements edges of local types are
    made by `implements_edge`, for they leave the type."""
    for child in definition.children:
        if child.derive < 0 or child.built:
            yield CONTAINS, child, child if child.item is not None else definition, -1, NO_CONTEXT, EXACT
    if definition.scope is not None and definition.scope.definition is definition:
        for one in definition.scope.uses:
            yield from _imports(world, one)
    item = definition.item
    if item is None:
        return
    for path in head_paths(item.head):
        target = world.type_target(path, definition)
        if target is not None:
            yield USES, target, definition, path.site, SIGNATURE, EXACT
            if isinstance(target, Definition):
                for other in target.alternatives:
                    yield USES, other, definition, path.site, SIGNATURE, CANDIDATE
    if definition.kind == "trait":
        for bound in world.lowering.supertraits(definition):
            yield EXTENDS, bound[0], definition, -1, NO_CONTEXT, EXACT
    parent = definition.parent
    if parent is not None and parent.kind == "impl" and parent.derive < 0:
        overridden = _overridden(world, parent, definition)
        if overridden is not None:
            yield OVERRIDES, overridden, definition, -1, NO_CONTEXT, EXACT


def _imports(world: World, one: Import) -> Iterator[Own]:
    leaf = one.leaf
    for word in leaf.path:
        world.lookup.reads.note(("import", word))
    seen: list[Any] = []
    for namespace in (TYPES, VALUES, MACROS):
        target: Resolution | None = world.lookup.through(one, namespace)
        if isinstance(target, VariantOf):
            target = target.enum
        if target is None or any(target is other for other in seen):
            continue
        if isinstance(target, External) and seen:
            continue
        if isinstance(target, Definition | External):
            seen.append(target)
            yield IMPORTS, target, one, leaf.site, NO_CONTEXT, EXACT
        if leaf.alias == "*":
            return


def implements_edge(world: World, impl: Definition) -> tuple[Definition | External | str, Found] | None:
    """Who implements by an impl, and the edge: the type where it has a name, else the impl itself."""
    head: Any = impl.item.head if impl.item else None
    if head is None or head.trait is None or head.negative:
        return None
    header = world.lowering.header(impl)
    if header.trait is None:
        return None
    ty = header.self_type
    source: Definition | External | str = impl
    if ty[0] == ADT or ty[0] == OUTSIDE:
        source = ty[1]
    assert impl.item is not None
    return source, (IMPLEMENTS, header.trait[0], impl.file, impl.item.line, NO_CONTEXT, EXACT)


def _overridden(world: World, impl: Definition, item: Definition) -> Definition | str | None:
    header = world.lowering.header(impl)
    if header.trait is None:
        return None
    trait = header.trait[0]
    if isinstance(trait, External):
        return f"{trait.path}::{item.name}"
    if not isinstance(trait, Definition) or trait.kind != "trait":
        return None
    world.lookup.reads.head(trait)
    for candidate in trait.items.get(item.name, ()):
        if candidate.kind == item.kind:
            return candidate
    return f"{trait.symbol}::{item.name}" if trait.target.kind == "model" else None


def head_paths(head: Any) -> list[facts.Path]:
    """Every path that a head names: types, bounds, traits, generic arguments."""
    found: list[facts.Path] = []
    generics = getattr(head, "generics", None)
    if generics is not None:
        for param in generics.params:
            found.extend(_bounds(param.bounds))
            found.extend(_maybe(param.default))
            found.extend(_maybe(param.const))
        for predicate in generics.where:
            found.extend(paths_in(predicate.subject))
            found.extend(_bounds(predicate.bounds))
    form = head.__class__
    if form is facts.FnHead:
        found.extend(_maybe(head.self_type))
        for param in head.params:
            found.extend(paths_in(param))
        found.extend(_maybe(head.result))
    elif form is facts.StructHead:
        for field in head.fields:
            found.extend(paths_in(field.ty))
    elif form is facts.EnumHead:
        for variant in head.variants:
            for field in variant.fields:
                found.extend(paths_in(field.ty))
    elif form is facts.TraitHead:
        found.extend(_bounds(head.supertraits))
    elif form is facts.ImplHead:
        if head.trait is not None:
            found.extend(collect_path(head.trait))
        found.extend(paths_in(head.self_type))
    elif form is facts.AliasHead:
        found.extend(_maybe(head.target))
        found.extend(_bounds(head.bounds))
    elif form is facts.ValueHead:
        found.extend(_maybe(head.ty))
    return found


def _bounds(bounds: list[facts.Bound]) -> Iterator[facts.Path]:
    for bound in bounds:
        yield from collect_path(bound.path)


def _maybe(ty: facts.Type | None) -> list[facts.Path]:
    return paths_in(ty) if ty is not None else []


__all__ = ["PROJ", "Found", "head_paths", "implements_edge", "own_edges"]
