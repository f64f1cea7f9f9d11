"""A view over the linker's own output, held in memory.

Owns the indexes that a snapshot has on disk: by id, symbol, name, tail and file, adjacency both ways.
Invariant: it answers as the mapping of a snapshot of the same graph does. Numbers are places in the
order of arrival and mean nothing outside. Absent: any change; a new graph is a new view.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, takewhile

from isg_graph.lookup import lookup_keys, spans_of
from isg_graph.view import Arc, Link, Open, Span, Totals
from isg_protocol.graph import Change, Edge, FileEntry, LostReference, Node, OpenSite


class MemoryView:
    """One version of a graph (view.View). Edges whose far end is not among the nodes are refused with
    KeyError: the graph has no edge without its ends."""

    def __init__(
        self,
        nodes: Mapping[bytes, Node],
        edges: Mapping[bytes, Sequence[Edge]],
        opens: Mapping[bytes, Sequence[OpenSite]] | None = None,
        files: Iterable[FileEntry] = (),
        texts: Mapping[str, bytes] | None = None,
        version: int = 1,
        root: str | None = None,
        changes: Mapping[int, Sequence[Change]] | None = None,
        former: Mapping[int, Sequence[Node]] | None = None,
        lost: Mapping[bytes, Sequence[LostReference]] | None = None,
    ) -> None:
        self._nodes = list(nodes.values())
        self._by_id = {node.id: number for number, node in enumerate(self._nodes)}
        self._files = {entry.path: entry for entry in sorted(files, key=lambda entry: entry.path)}
        self._texts = texts or {}
        self._version = version
        self._root = root
        self._changes = changes or {}
        self._former = former or {}
        self._lost = lost or {}
        self._index_keys()
        self._index_edges(edges)
        self._index_opens(opens or {})

    def _index_keys(self) -> None:
        self._symbols: dict[str, list[int]] = {}
        self._names: dict[str, list[int]] = {}
        self._tails: dict[str, list[int]] = {}
        for number, node in enumerate(self._nodes):
            self._symbols.setdefault(node.symbol, []).append(number)
            name, *tails = lookup_keys(node)
            self._names.setdefault(name, []).append(number)
            for tail in tails:
                self._tails.setdefault(tail, []).append(number)
        self._spans = {
            path: [Span(number, line, end_line) for line, end_line, number in rows]
            for path, rows in spans_of(enumerate(self._nodes)).items()
        }

    def _index_edges(self, edges: Mapping[bytes, Sequence[Edge]]) -> None:
        self._outgoing: list[list[Link]] = [[] for _ in self._nodes]
        self._incoming: list[list[Link]] = [[] for _ in self._nodes]
        self._edge_count = 0
        by_id = self._by_id
        for source_id, outgoing in edges.items():
            source = by_id[source_id]
            links = self._outgoing[source]
            for edge in outgoing:
                target = by_id[edge.to]
                links.append(Link(edge.kind, target, *edge[2:]))
                self._incoming[target].append(Link(edge.kind, source, *edge[2:]))
            self._edge_count += len(outgoing)

    def _index_opens(self, opens: Mapping[bytes, Sequence[OpenSite]]) -> None:
        self._opens: dict[str, list[Open]] = {}
        self._open_count = 0
        for holder, sites in opens.items():
            for site in sites:
                self._opens.setdefault(site.name, []).append(Open(self._by_id[holder], site.file, site.line))
                self._open_count += 1

    @property
    def version(self) -> int:
        return self._version

    @property
    def root(self) -> str | None:
        return self._root

    def totals(self) -> Totals:
        return Totals(len(self._files), len(self._nodes), self._edge_count, self._open_count)

    def node(self, number: int) -> Node:
        return self._nodes[number]

    def kind(self, number: int) -> int:
        return self._nodes[number].kind

    def outgoing(self, number: int) -> Sequence[Link]:
        return self._outgoing[number]

    def incoming(self, number: int) -> Sequence[Link]:
        return self._incoming[number]

    def by_id(self, node_id: bytes) -> int | None:
        return self._by_id.get(node_id)

    def by_symbol(self, symbol: str) -> Sequence[int]:
        return self._symbols.get(symbol, ())

    def by_name(self, name: str) -> Sequence[int]:
        return self._names.get(name, ())

    def by_tail(self, tail: str) -> Sequence[int]:
        return self._tails.get(tail, ())

    def file(self, path: str) -> FileEntry | None:
        return self._files.get(path)

    def files(self) -> Iterator[FileEntry]:
        return iter(self._files.values())

    def spans(self, path: str) -> Sequence[Span]:
        return self._spans.get(path, ())

    def begins(self, path: str, line: int) -> Sequence[Span]:
        spans = self._spans.get(path, ())
        first = bisect_left(spans, line, key=lambda span: span.line)
        return list(takewhile(lambda span: span.line == line, islice(spans, first, None)))

    def text(self, path: str) -> bytes | None:
        return self._texts.get(path)

    def opens(self, name: str) -> Sequence[Open]:
        return self._opens.get(name, ())

    def numbers(self) -> Iterable[int]:
        return range(len(self._nodes))

    def arcs(self) -> Iterator[Arc]:
        sids: dict[str, int] = {}
        for source, links in enumerate(self._outgoing):
            for link in links:
                where = (sids.setdefault(link.file, len(sids)), link.line)
                yield source, link.kind, link.other, link.resolution, where

    def names(self) -> Iterator[str]:
        return iter(self._names)

    def changes(self, version: int) -> Sequence[Change] | None:
        return self._changes.get(version)

    def former(self, version: int) -> Sequence[Node]:
        return self._former.get(version, ())

    def lost(self) -> Iterator[tuple[int, LostReference]]:
        for holder, references in self._lost.items():
            for reference in references:
                yield self._by_id[holder], reference
