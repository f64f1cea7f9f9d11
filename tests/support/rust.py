"""Rust in, graph out, for tests that read like the rule they hold.

A fixture is one string: `//- /src/lib.rs` begins a file, what stands before the first such line is
`/src/lib.rs`; a common indentation goes. A graph is told as lines:

    crate::main calls crate::make                   exact
    crate::main calls crate::User::name [inferred]  the receiver's type was worked out
    crate::make uses crate::User [signature]        the context stands before the resolution

`contains` edges and externals are left out unless asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from textwrap import dedent

from isg_graph.link.linker import Linker
from isg_graph.parse.extract import extract
from isg_graph.parse.manifest import read_manifest
from isg_protocol.facts import FileFacts, ManifestFacts
from isg_protocol.graph import Edge, Node, OpenSite
from isg_protocol.vocabulary import CONTEXTS, EDGE_KINDS, EXTERNAL, NODE_KINDS, RESOLUTIONS

_HEADER = re.compile(r"^//- /(\S+)[^\n]*\n", re.MULTILINE)


def files_of(text: str) -> dict[str, str]:
    """A fixture's files by path, without the leading slash."""
    text = dedent(text).strip("\n") + "\n"
    found: dict[str, str] = {}
    headers = list(_HEADER.finditer(text))
    before = text[: headers[0].start()] if headers else text
    if before.strip():
        found["src/lib.rs"] = before
    ends = [*(header.start() for header in headers[1:]), len(text)]
    for header, end in zip(headers, ends, strict=bool(headers)):
        found[header[1]] = text[header.end() : end]
    return found


def facts_of(path: str, source: str) -> FileFacts | ManifestFacts:
    """What one file's text says."""
    return read_manifest(source.encode()) if path.endswith("Cargo.toml") else extract(source.encode())


class Graph:
    """A linked graph, read by symbol."""

    def __init__(self, linker: Linker) -> None:
        self.nodes: dict[bytes, Node] = linker.nodes
        self._edges: dict[bytes, list[Edge]] = linker.edges
        self._opens: dict[bytes, list[OpenSite]] = linker.opens

    def node(self, symbol: str, kind: str | None = None) -> Node:
        """The one node of a symbol."""
        found = self.all(symbol, kind)
        assert len(found) == 1, f"{symbol}: {found or self.symbols()}"
        return found[0]

    def all(self, symbol: str, kind: str | None = None) -> list[Node]:
        """Every node of a symbol, in the order of nodes."""
        found = (n for n in self.nodes.values() if n.symbol == symbol)
        return sorted((n for n in found if kind in (None, NODE_KINDS[n.kind])), key=Node.order)

    def symbols(self, kind: str | None = None, externals: bool = False) -> list[str]:
        """The symbols of all nodes, or of a kind."""
        return sorted(
            n.symbol
            for n in self.nodes.values()
            if kind in (None, NODE_KINDS[n.kind]) and (externals or n.kind != EXTERNAL)
        )

    def edges(
        self, *kinds: str, externals: bool = False, places: bool = False, of: str | None = None
    ) -> list[str]:
        """Edges as sorted lines. `kinds`: all but `contains` by default. `places` adds `@ file:line`.
        `of`: only edges that leave this symbol."""
        found = set()
        for source, edges in self._edges.items():
            for edge in edges:
                start, end = self.nodes[source], self.nodes[edge.to]
                kind = EDGE_KINDS[edge.kind]
                if (kind not in kinds) if kinds else kind == "contains":
                    continue
                if not externals and EXTERNAL in (start.kind, end.kind):
                    continue
                if of is not None and start.symbol != of:
                    continue
                found.add(self._line(start, kind, end, edge, places))
        return sorted(found)

    @staticmethod
    def _line(start: Node, kind: str, end: Node, edge: Edge, places: bool) -> str:
        words = [CONTEXTS[edge.context], RESOLUTIONS[edge.resolution] if edge.resolution else None]
        words += ["derived" if edge.derived else None, "macro-made" if edge.macro else None]
        told = " ".join(word for word in words if word)
        line = f"{start.symbol} {kind} {end.symbol}" + (f" [{told}]" if told else "")
        return line + (f" @ {edge.file}:{edge.line}" if places else "")

    def calls(self, of: str | None = None, externals: bool = False) -> list[str]:
        """The calls, without the word: `crate::f -> crate::g [inferred]`."""
        return [
            line.replace(" calls ", " -> ", 1) for line in self.edges("calls", of=of, externals=externals)
        ]

    def opens(self) -> list[str]:
        """Open call sites: `crate::f ? name`."""
        return sorted(
            f"{self.nodes[holder].symbol} ? {site.name}"
            for holder, sites in self._opens.items()
            for site in sites
        )


def link(files: dict[str, str], order: Iterable[str] | None = None, live: bool = True) -> Linker:
    """A fresh linker that has read some files."""
    linker = Linker(live=live)
    for path in order if order is not None else sorted(files):
        linker.put(path, facts_of(path, files[path]))
    linker.link()
    return linker


def graph_of(text: str) -> Graph:
    """The graph of a fixture."""
    return Graph(link(files_of(text)))


def calls(text: str, externals: bool = False) -> list[str]:
    """The calls of a fixture that is one crate."""
    return graph_of(text).calls(externals=externals)


__all__ = ["Graph", "calls", "facts_of", "files_of", "graph_of", "link"]
