"""The linker: facts of files in, what changed in the graph out.

It keeps the facts of every file and the graph they make. A change that leaves every head as it was
touches only the bodies it changed; any other rebuilds scopes and headers (names only) and reads again
the bodies whose answers can have changed.
"""

from __future__ import annotations

import msgspec
from isg_protocol.facts import FileFacts, ItemFacts, ManifestFacts
from isg_protocol.graph import Delta, Edge, Node, OpenSite
from isg_protocol.vocabulary import EXACT, RESOLVED_EXTERNAL

from isg_graph.infer.body import Inferred, infer_body
from isg_graph.infer.lower import Lowering
from isg_graph.infer.trait import Traits
from isg_graph.infer.world import World
from isg_graph.link.difference import difference
from isg_graph.link.model import model_tree
from isg_graph.link.node import external_id, external_node, node_of, outside_path
from isg_graph.link.structure import implements_edge, own_edges
from isg_graph.resolve.definition import Definition, External
from isg_graph.resolve.derive import derived_impl
from isg_graph.resolve.lookup import Lookup
from isg_graph.resolve.package import discover
from isg_graph.resolve.tree import Tree


class Linker:
    """The graph of one workspace, kept current. `put` and `remove` note changes; `link` carries them out."""

    def __init__(self) -> None:
        self.nodes: dict[bytes, Node] = {}
        self.edges: dict[bytes, list[Edge]] = {}
        self.opens: dict[bytes, list[OpenSite]] = {}
        self._files: dict[str, FileFacts] = {}
        self._manifests: dict[str, ManifestFacts] = {}
        self._bodies: dict[bytes, tuple[bytes, Inferred]] = {}
        self._world: World | None = None
        self._tree: Tree | None = None
        self._restructured = True
        self._moved: set[str] = set()

    def put(self, path: str, facts: FileFacts | ManifestFacts) -> None:
        """A file's facts as they are now."""
        if isinstance(facts, ManifestFacts):
            if self._manifests.get(path) != facts:
                self._manifests[path] = facts
                self._restructured = True
            return
        before = self._files.get(path)
        self._files[path] = facts
        if before is None or not same_structure(before, facts):
            self._restructured = True
        self._moved.add(path)

    def remove(self, path: str) -> None:
        """A file is gone."""
        if self._files.pop(path, None) is not None or self._manifests.pop(path, None) is not None:
            self._restructured = True
        self._moved.discard(path)

    def link(self) -> Delta:
        """Bring the graph to the facts as they are; returns what that changed."""
        before = self.nodes, self.edges, self.opens
        if self._restructured or self._world is None:
            self._rebuild()
        else:
            self._swap()
        self._moved.clear()
        self._restructured = False
        nodes, edges, opens = self._assemble()
        delta = difference(before, (nodes, edges, opens))
        self.nodes, self.edges, self.opens = nodes, edges, opens
        return delta

    # --- definitions ------------------------------------------------------------------------------------

    def _rebuild(self) -> None:
        packages = discover(set(self._files), self._manifests)
        tree = self._tree = Tree(self._files, packages)
        model = model_tree()
        root = next(iter(model.crates.values()))
        lookup = Lookup(tree, root)
        lowering = Lowering(lookup)
        everything = [*model.definitions, *tree.definitions]
        impls = [d for d in everything if d.kind == "impl"]
        traits = [d for d in everything if d.kind == "trait"]
        methods: dict[str, list[Definition]] = {}
        for definition in tree.definitions:
            if definition.kind == "method":
                methods.setdefault(definition.name, []).append(definition)
        self._world = World(lookup, lowering, Traits(lowering, impls, traits), methods)
        self._bodies.clear()

    def _swap(self) -> None:
        """Give definitions of files that only moved or changed bodies their items as they are now."""
        assert self._tree is not None
        for definition in self._tree.definitions:
            if definition.file in self._moved and definition.index >= 0:
                definition.item = self._item(definition)

    def _item(self, definition: Definition) -> ItemFacts:
        item = self._files[definition.file].items[definition.index]
        return derived_impl(item, definition.derive) if definition.derive >= 0 else item

    # --- the graph --------------------------------------------------------------------------------------

    def _assemble(self) -> tuple[dict[bytes, Node], dict[bytes, list[Edge]], dict[bytes, list[OpenSite]]]:
        assert self._tree is not None
        assert self._world is not None
        world = self._world
        made = Assembly()
        bodies: dict[bytes, tuple[bytes, Inferred]] = {}
        for definition in self._tree.definitions:
            made.nodes[definition.id] = node_of(definition, self._files, visibility_of(definition, world))
        for definition in self._tree.definitions:
            for kind, target, line, context, resolution in own_edges(world, definition):
                made.edge(definition.id, kind, target, definition.file, line, context, resolution)
            if definition.kind == "impl":
                implements = implements_edge(world, definition)
                if implements is not None:
                    source, (kind, target, line, context, resolution) = implements
                    made.edge(
                        made.node_id(source), kind, target, definition.file, line, context, resolution,
                        derived=definition.derive >= 0,
                    )  # fmt: skip
            item = definition.item
            if item is None or item.body is None or definition.derive >= 0:
                continue
            encoded = bytes(item.body)
            known = self._bodies.get(definition.id)
            inferred = known[1] if known is not None and known[0] == encoded else infer_body(world, definition, encoded)
            bodies[definition.id] = (encoded, inferred)
            made.body(definition, item, inferred)
        self._bodies = bodies
        return made.finish()


class Assembly:
    """Nodes and edges as they are found; externals come into being when something points at them."""

    def __init__(self) -> None:
        self.nodes: dict[bytes, Node] = {}
        self._edges: dict[bytes, set[Edge]] = {}
        self._opens: dict[bytes, list[OpenSite]] = {}

    def node_id(self, target: Definition | External | str) -> bytes:
        """The id of a target, an external's node made if need be."""
        path = outside_path(target)
        if path is None:
            assert isinstance(target, Definition)
            return target.id
        known = external_id(path)
        if known not in self.nodes:
            self.nodes[known] = external_node(path)
        return known

    def edge(
        self, source: bytes, kind: int, target: Definition | External | str, file: str, line: int, context: int,
        resolution: int, derived: bool = False,
    ) -> None:  # fmt: skip
        """One edge; to what is outside it is `external` unless it is a mere possibility."""
        to = self.node_id(target)
        if resolution == EXACT and outside_path(target) is not None:
            resolution = RESOLVED_EXTERNAL
        self._edges.setdefault(source, set()).add(
            Edge(kind, to, file, line, context, resolution, derived, False)
        )

    def body(self, definition: Definition, item: ItemFacts, inferred: Inferred) -> None:
        """The edges and open sites of a body."""
        lines = item.body_lines
        file = definition.file
        for kind, target, site, context, resolution in inferred.references:
            line = item.line + (lines[site] if site < len(lines) else 0)
            self.edge(definition.id, kind, target, file, line, context, resolution)
        if inferred.opens:
            self._opens[definition.id] = [
                OpenSite(name, file, item.line + (lines[site] if site < len(lines) else 0))
                for name, site in inferred.opens
            ]

    def finish(self) -> tuple[dict[bytes, Node], dict[bytes, list[Edge]], dict[bytes, list[OpenSite]]]:
        """Everything, edges sorted."""
        return self.nodes, {source: sorted(edges) for source, edges in self._edges.items()}, self._opens


def visibility_of(definition: Definition, world: World) -> str:
    """A definition's visibility; what a trait's items inherit is the trait's."""
    item = definition.item
    if item is None:
        return "pub"
    if item.visibility != "inherited":
        return item.visibility
    parent = definition.parent
    if parent is not None and parent.kind == "impl":
        header = world.lowering.header(parent)
        trait = header.trait[0] if header.trait is not None else None
        if isinstance(trait, Definition) and trait.item is not None:
            return trait.item.visibility
        return "pub"
    return parent.item.visibility if parent is not None and parent.item is not None else "pub"


def same_structure(before: FileFacts, after: FileFacts) -> bool:
    """Whether two readings of a file differ in bodies, lines and attributes' effects on nothing else."""
    if len(before.items) != len(after.items) or before.cfg != after.cfg:
        return False
    return all(_same_item(x, y) for x, y in zip(before.items, after.items, strict=True))


def _same_item(x: ItemFacts, y: ItemFacts) -> bool:
    return (
        x.kind == y.kind
        and x.name == y.name
        and x.parent == y.parent
        and x.visibility == y.visibility
        and x.signature == y.signature
        and x.cfg == y.cfg
        and x.test == y.test
        and len(x.derives) == len(y.derives)
        and all(a.path == b.path for a, b in zip(x.derives, y.derives, strict=True))
        and x.head == y.head
    )


__all__ = ["Assembly", "Linker", "msgspec"]
