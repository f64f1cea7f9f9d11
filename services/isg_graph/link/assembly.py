"""The graph as it is put together: what each definition contributes, and what that makes of each node.

A definition's edges leave it, but for `implements`, which leaves the type; so a node's edges are its own
and those that impls give it. Externals live as long as something points at them. Invariant: after any
sequence of updates the graph is the one that fresh contributions would make.
"""

from __future__ import annotations

from collections.abc import Iterable

from isg_graph.infer.macro import MADE
from isg_graph.link.difference import Parts
from isg_graph.link.node import external_id, external_node, outside_path
from isg_graph.resolve.definition import Definition, External
from isg_protocol.facts import ItemFacts
from isg_protocol.graph import Edge, Node, OpenSite
from isg_protocol.vocabulary import EXACT, RESOLVED_EXTERNAL

BodyReference = tuple[int, "bytes | str", int, int, int]
"""(edge kind, id or outside path, site, context, resolution): a reference that outlives its world."""


class Contribution:
    """What one definition adds: its node, its own edges, the edge it gives another node, its open sites."""

    __slots__ = ("edges", "given", "node", "opens", "outside")

    def __init__(self, node: Node | None) -> None:
        self.node = node
        self.edges: set[Edge] = set()
        self.given: list[tuple[bytes, Edge]] = []
        self.opens: list[OpenSite] = []
        self.outside: dict[bytes, str] = {}

    def target(self, target: Definition | External | bytes | str) -> bytes:
        """The id of a target; one outside is remembered by its path."""
        if isinstance(target, bytes):
            return target
        path = outside_path(target)
        if path is None:
            assert isinstance(target, Definition)
            return target.id
        known = external_id(path)
        self.outside[known] = path
        return known

    def edge(
        self,
        kind: int,
        target: Definition | External | bytes | str,
        file: str,
        line: int,
        context: int,
        resolution: int,
        made: bool = False,
    ) -> None:
        """One edge from this definition; `external` to what is outside, unless it is a mere possibility."""
        to = self.target(target)
        if resolution == EXACT and to in self.outside:
            resolution = RESOLVED_EXTERNAL
        self.edges.add(Edge(kind, to, file, line, context, resolution, False, made))

    def give(self, source: Definition | External | str, edge: Edge) -> None:
        """One edge that leaves another node."""
        if edge.resolution == EXACT and edge.to in self.outside:
            edge = edge._replace(resolution=RESOLVED_EXTERNAL)
        self.given.append((self.target(source), edge))

    def body(
        self, item: ItemFacts, file: str, references: list[BodyReference], opens: list[tuple[str, int]]
    ) -> None:
        """The edges and open sites of the definition's body."""
        lines = item.body_lines
        known = len(lines)
        first = item.line
        for kind, target, site, context, resolution in references:
            made = site >= MADE
            if made:
                site -= MADE
            line = first + (lines[site] if site < known else 0)
            self.edge(kind, target, file, line, context, resolution, made)
        self.opens = []
        for name, site in opens:
            if site >= MADE:
                site -= MADE
            self.opens.append(OpenSite(name, file, first + (lines[site] if site < known else 0)))


class Assembly:
    """All contributions, and the graph they make."""

    def __init__(self) -> None:
        self.nodes: dict[bytes, Node] = {}
        self.edges: dict[bytes, list[Edge]] = {}
        self.opens: dict[bytes, list[OpenSite]] = {}
        self._parts: dict[bytes, Contribution] = {}
        self._given: dict[bytes, dict[bytes, list[Edge]]] = {}
        self._pointing: dict[bytes, int] = {}

    def watched(self, parts: dict[bytes, Contribution], gone: set[bytes]) -> set[bytes]:
        """The ids of all nodes that an update may change."""
        ids = {*parts, *gone}
        for key in (*parts, *gone):
            for part in (self._parts.get(key), parts.get(key)):
                if part is not None:
                    ids.update(part.outside)
                    ids.update(source for source, _ in part.given)
        return ids

    def parts_of(self, ids: set[bytes]) -> Parts:
        """Nodes, edges and open sites of some ids, as they are."""
        nodes, edges, opens = self.nodes, self.edges, self.opens
        return (
            {i: nodes[i] for i in ids if i in nodes},
            {i: edges[i] for i in ids if i in edges},
            {i: opens[i] for i in ids if i in opens},
        )

    def update(self, parts: dict[bytes, Contribution], gone: Iterable[bytes]) -> set[bytes]:
        """Take new contributions in place of the old, and drop those of what is gone. Returns the ids of all
        nodes whose node, edges or open sites may differ now."""
        touched: set[bytes] = set()
        for key in gone:
            old = self._parts.pop(key, None)
            if old is not None:
                self._withdraw(key, old, touched)
        for key, part in parts.items():
            old = self._parts.get(key)
            if old is not None:
                self._withdraw(key, old, touched)
            self._parts[key] = part
            self._contribute(key, part, touched)
        for key in touched:
            self._settle(key)
        return touched

    def _withdraw(self, key: bytes, part: Contribution, touched: set[bytes]) -> None:
        touched.add(key)
        for source, _ in part.given:
            self._given[source].pop(key, None)
            touched.add(source)
        for outside in part.outside:
            self._pointing[outside] -= 1
            touched.add(outside)

    def _contribute(self, key: bytes, part: Contribution, touched: set[bytes]) -> None:
        touched.add(key)
        for source, edge in part.given:
            self._given.setdefault(source, {}).setdefault(key, []).append(edge)
            touched.add(source)
        for outside, path in part.outside.items():
            count = self._pointing.get(outside, 0)
            self._pointing[outside] = count + 1
            touched.add(outside)
            if outside not in self.nodes:
                self.nodes[outside] = external_node(path)

    def _settle(self, key: bytes) -> None:
        part = self._parts.get(key)
        if part is None and not self._pointing.get(key):
            self._pointing.pop(key, None)
            self._given.pop(key, None)
            for table in (self.nodes, self.edges, self.opens):
                table.pop(key, None)
            return
        given = self._given.get(key)
        edges = sorted(part.edges) if part is not None else []
        if given:
            edges = sorted({*edges, *(edge for several in given.values() for edge in several)})
        if edges:
            self.edges[key] = edges
        else:
            self.edges.pop(key, None)
        if part is not None:
            if part.node is None:
                self.nodes.pop(key, None)
            else:
                self.nodes[key] = part.node
            if part.opens:
                self.opens[key] = part.opens
            else:
                self.opens.pop(key, None)
