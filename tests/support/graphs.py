"""Small graphs written down as text, and random ones for properties.

A line is a node, an edge or an open call:

    fn app::a @ src/a.rs:3-9 | test, vis=pub, sig=fn a()
    app::a -calls-> app::b @ src/a.rs:5 | candidate, macro
    app::a ?spawn @ src/a.rs:6

Nodes stand at `src/lib.rs`, one line each, unless `@` says otherwise. The second node of a symbol is
named `symbol#2` in edges. Flags of a node: test, library, derived, macro, `cfg=`, `vis=`, `target=`,
`trait=`, `self=`, `attr=`, `sig=` (last: it takes the rest). Flags of an edge: a context or a resolution.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from isg_graph.lookup import segments
from isg_graph.memory import MemoryView
from isg_graph.query.arguments import QueryArguments
from isg_graph.query.table import answer
from isg_protocol.graph import Edge, FileEntry, Node, OpenSite
from isg_protocol.vocabulary import (
    CALLS,
    CONTEXT_CODE,
    EDGE_KIND_CODE,
    EXTERNAL,
    IMPL,
    NODE_KIND_CODE,
    RESOLUTION_CODE,
    RESOLVED_EXTERNAL,
)

SHORT = {"fn": "function", "mod": "module", "alias": "type_alias"}
_EDGE = re.compile(r"(.+?) -(\w+)-> (.+)")
_OPEN = re.compile(r"(.+?) \?(\w+)$")


class Graph:
    """The linker's output in miniature."""

    def __init__(self) -> None:
        self.nodes: dict[bytes, Node] = {}
        self.edges: dict[bytes, list[Edge]] = {}
        self.opens: dict[bytes, list[OpenSite]] = {}
        self.texts: dict[str, bytes] = {}
        self.issues: dict[str, list[tuple[int, str]]] = {}
        self._named: dict[str, bytes] = {}

    def view(self, backwards: bool = False, version: int = 7) -> MemoryView:
        """The view; `backwards` gives every number to another node."""
        step = -1 if backwards else 1
        nodes = dict(list(self.nodes.items())[::step])
        edges = {source: out[::step] for source, out in list(self.edges.items())[::step]}
        paths = {node.file for node in self.nodes.values() if node.file} | set(self.texts)
        files = [self._entry(path) for path in sorted(paths)][::step]
        return MemoryView(nodes, edges, self.opens, files, self.texts, version, "/src", {version: []})

    def _entry(self, path: str) -> FileEntry:
        ends = [node.end_line for node in self.nodes.values() if node.file == path]
        lines = max([self.texts.get(path, b"").count(b"\n"), *ends])
        return FileEntry(path, b"", 0, 0, lines, self.issues.get(path, []))

    def id(self, symbol: str) -> str:
        return self._named[symbol].hex()

    def add(self, line: str) -> None:
        text, _, flags = line.strip().partition(" | ")
        text, _, place = text.partition(" @ ")
        if edge := _EDGE.fullmatch(text):
            self._add_edge(*edge.groups(), place=place, flags=flags)
        elif site := _OPEN.fullmatch(text):
            file, row = self._place(place)
            self.opens.setdefault(self._named[site[1]], []).append(OpenSite(site[2], file, row))
        else:
            self._add_node(text, place, flags)

    def _place(self, place: str) -> tuple[str, int]:
        file, _, line = (place or f"src/lib.rs:{len(self.nodes) + 1}").rpartition(":")
        return file, int(line.partition("-")[0])

    def _add_node(self, text: str, place: str, flags: str) -> None:
        word, symbol = text.split(" ", 1)
        kind = NODE_KIND_CODE[SHORT.get(word, word)]
        flags, _, signature = flags.partition("sig=")
        words = [flag.strip() for flag in flags.split(", ") if flag.strip(" ,")]
        given = dict(flag.rstrip(",").split("=", 1) for flag in words if "=" in flag)
        file, line = self._place(place)
        end = int(place.rpartition("-")[2]) if "-" in place.rpartition(":")[2] else line
        place_in_symbol = sum(name.partition("#")[0] == symbol for name in self._named) + 1
        key = symbol if place_in_symbol == 1 else f"{symbol}#{place_in_symbol}"
        last = segments(symbol)[-1]
        external = kind == EXTERNAL
        node = Node(
            id=hashlib.blake2b(f"{key} {given.get('target')}".encode(), digest_size=16).digest(),
            kind=kind,
            symbol=symbol,
            name=last.strip("<>") if kind == IMPL else last,
            crate=segments(symbol)[0],
            target=None if external else given.get("target", "lib"),
            file=None if external else file,
            line=0 if external else line,
            end_line=0 if external else end,
            signature=None if external else (signature or f"{word} {last}"),
            visibility=None if external else given.get("vis", "private"),
            test="test" in words,
            cfg=given.get("cfg"),
            trait=given.get("trait"),
            self_text=given.get("self"),
            derived="derived" in words,
            macro="macro" in words,
            attributes=tuple(given["attr"].split("+")) if "attr" in given else (),
            library="library" in words,
        )
        self.nodes[node.id] = node
        self._named[key] = node.id

    def _add_edge(self, source: str, kind: str, target: str, *, place: str, flags: str) -> None:
        words = [word.strip() for word in flags.split(",")]
        origin, goal = self.nodes[self._named[source]], self.nodes[self._named[target]]
        file, line = self._place(place) if place else (origin.file or "src/lib.rs", origin.line or 1)
        contexts = [CONTEXT_CODE[word] for word in words if word in CONTEXT_CODE]
        resolutions = [RESOLUTION_CODE[word] for word in words if word in RESOLUTION_CODE]
        implied = RESOLVED_EXTERNAL if goal.kind == EXTERNAL else 0
        edge = Edge(
            EDGE_KIND_CODE[kind],
            goal.id,
            file,
            line,
            contexts[0] if contexts else 0,
            resolutions[0] if resolutions else implied,
            "derived" in words,
            False,
        )
        self.edges.setdefault(origin.id, []).append(edge)


def graph(text: str, **texts: str) -> Graph:
    """The graph that the lines tell; `texts` are sources by path, `__` for `/` and a last `_` for `.rs`."""
    made = Graph()
    made.texts = {
        path.removesuffix("_").replace("__", "/") + ".rs": source.encode() for path, source in texts.items()
    }
    for line in text.strip().splitlines():
        if line.strip() and not line.strip().startswith("#"):
            made.add(line)
    return made


def view(text: str, **texts: str) -> MemoryView:
    return graph(text, **texts).view()


def ask(view: MemoryView, name: str, target: str | None = None, **arguments: object) -> dict:
    """The answer to a question."""
    return answer(view, QueryArguments(name=name, target=target, **arguments))


def symbols(found: dict) -> list[str]:
    return [row["symbol"] for row in found["results"]]


def made_of(
    kinds: Sequence[str], edges: Sequence[tuple[int, str, int, str]], tests: Sequence[int] = ()
) -> Graph:
    """A graph of numbered nodes, for random ones: edges are (from, kind, to, resolution); repeats fall
    together as the linker's do."""
    made = Graph()
    for place, kind in enumerate(kinds):
        made.add(
            f"{kind} app::n{place:04} @ src/f{place % 3}.rs:{place + 1}"
            + (" | test" if place in tests else "")
        )
    for source, kind, target, resolution in dict.fromkeys(edges):
        made.add(f"app::n{source:04} -{kind}-> app::n{target:04} | {resolution}")
    return made


__all__ = ["CALLS", "Graph", "ask", "graph", "made_of", "symbols", "view"]
