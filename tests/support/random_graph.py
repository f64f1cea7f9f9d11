"""Graphs that look like linked Rust, changed at random, and everything a view says of one.

`Model` stands for the linker: it holds the graph of a moment and gives the delta between two moments.
"""

from __future__ import annotations

import copy
import hashlib
import random
from typing import Any

from isg_graph.lookup import lookup_keys
from isg_graph.memory import MemoryView
from isg_graph.view import View
from isg_protocol.graph import Change, Delta, Edge, FileEntry, Node, OpenSite
from isg_protocol.vocabulary import EXTERNAL, FUNCTION, IMPL, METHOD, STRUCT

FILES = ("src/lib.rs", "src/a.rs", "src/b.rs", "src/" + "deep/" * 110 + "mod.rs", "examples/ü.rs")
"""One path is longer than a key may be."""


def node_id(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


class Model:
    """The graph of a moment: `nodes`, `edges` and `opens` by id."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.nodes: dict[bytes, Node] = {}
        self.edges: dict[bytes, list[Edge]] = {}
        self.opens: dict[bytes, list[OpenSite]] = {}
        self.made = 0

    def grow(self, count: int) -> None:
        for _ in range(count):
            self._add()
        for key in list(self.nodes):
            self._wire(key)

    def change(self) -> Delta:
        """One change of a kind that edits make; the delta it is."""
        before = copy.deepcopy((self.nodes, self.edges, self.opens))
        for _ in range(self.random.randrange(1, 4)):
            self.random.choice(
                (self._add_wired, self._remove, self._rename, self._shift, self._rewire, self._slip)
            )()
        return delta_between(before, (self.nodes, self.edges, self.opens))

    def whole(self) -> Delta:
        return delta_between(({}, {}, {}), (self.nodes, self.edges, self.opens))

    def view(self, files: list[FileEntry], texts: dict[str, bytes], version: int = 1) -> MemoryView:
        return MemoryView(self.nodes, self.edges, self.opens, files, texts, version)

    def _add(self) -> bytes:
        self.made += 1
        r, n = self.random, self.made
        kind = r.choice((FUNCTION, METHOD, STRUCT, IMPL, EXTERNAL))
        module = r.choice(("krate", "krate::a", "krate::b::deep"))
        name = r.choice(("new", "run", "fmt", f"only_{n}"))
        symbol = {
            METHOD: r.choice((f"{module}::T{n % 7}::{name}", f"{module}::<T{n % 7}<X> as s::Tr<Y>>::{name}")),
            IMPL: f"{module}::<impl s::Tr<Y> for T{n}<X>>",
            EXTERNAL: f"std::m{n}::{name}",
        }.get(kind, f"{module}::{name}")
        line = r.randrange(1, 60)
        outside = kind == EXTERNAL
        key = node_id(str(n))
        self.nodes[key] = Node(
            id=key,
            kind=kind,
            symbol=symbol,
            name=f"impl<X> s::Tr<Y> for T{n}<X>" if kind == IMPL else name,
            crate=symbol.partition("::")[0],
            target=None if outside else r.choice(("lib", "test")),
            file=None if outside else r.choice(FILES),
            line=0 if outside else line,
            end_line=0 if outside else line + r.randrange(9),
            signature=None if outside else f"fn {name}()",
            visibility=None if outside else r.choice(("pub", "private", "pub(crate)")),
            test=r.random() < 0.2,
            cfg=r.choice((None, 'feature = "x"')),
            trait="s::Tr<Y>" if kind == IMPL else None,
            self_text=f"T{n}<X>" if kind == IMPL else None,
            derived=r.random() < 0.1,
            macro=r.random() < 0.1,
            attributes=r.choice(((), ("no_mangle",), ("a", "b"))),
            library=r.random() < 0.5,
        )
        return key

    def _add_wired(self) -> None:
        key = self._add()
        self._wire(key)
        self._wire(self._any())

    def _any(self) -> bytes:
        return self.random.choice(list(self.nodes)) if self.nodes else self._add()

    def _wire(self, key: bytes) -> None:
        r, node = self.random, self.nodes[key]
        ends = list(self.nodes)
        self.edges[key] = sorted(
            {
                Edge(
                    r.randrange(7), r.choice(ends), r.choice((node.file or FILES[0], FILES[0])),
                    r.randrange(1, 99), r.randrange(5), r.randrange(4), r.random() < 0.1, r.random() < 0.1,
                )
                for _ in range(r.randrange(6))
            }
        )  # fmt: skip
        self.opens[key] = [
            OpenSite(r.choice(("poll", "next", "new")), node.file or FILES[0], r.randrange(1, 99))
            for _ in range(r.randrange(3))
        ]

    def _remove(self) -> None:
        gone = self._any()
        del self.nodes[gone]
        self.edges.pop(gone, None)
        self.opens.pop(gone, None)
        for key, edges in self.edges.items():
            self.edges[key] = [edge for edge in edges if edge.to != gone]

    def _rename(self) -> None:
        node = self.nodes[self._any()]
        if node.kind in (FUNCTION, STRUCT):
            node.name = self.random.choice(("new", "renamed"))
            node.symbol = node.symbol.rpartition("::")[0] + "::" + node.name
        node.signature = f"fn changed_{self.random.randrange(99)}()"

    def _shift(self) -> None:
        """A line more on top of a file: all in it moves."""
        path, by = self.random.choice(FILES), self.random.randrange(1, 4)
        for node in self.nodes.values():
            if node.file == path:
                node.line += by
                node.end_line += by
        for key, edges in self.edges.items():
            self.edges[key] = [e._replace(line=e.line + by) if e.file == path else e for e in edges]
        for key, sites in self.opens.items():
            self.opens[key] = [s._replace(line=s.line + by) if s.file == path else s for s in sites]

    def _slip(self) -> None:
        """A node's own place changes and nothing else: its file too, at times."""
        node = self.nodes[self._any()]
        if node.file is not None:
            node.line += 1
            node.end_line = max(node.line, node.end_line)
            if self.random.random() < 0.5:
                node.file = self.random.choice(FILES)

    def _rewire(self) -> None:
        self._wire(self._any())


_State = tuple[dict[bytes, Node], dict[bytes, list[Edge]], dict[bytes, list[OpenSite]]]


def delta_between(before: _State, after: _State) -> Delta:
    """What a linker says of two moments."""
    removed = [key for key in before[0] if key not in after[0]]
    nodes = [copy.deepcopy(node) for key, node in after[0].items() if before[0].get(key) != node]
    edges = {key: list(e) for key, e in after[1].items() if before[1].get(key, []) != e}
    opens = {key: list(o) for key, o in after[2].items() if before[2].get(key, []) != o}
    changes = [Change("removed", key, before[0][key].symbol, before[0][key].file) for key in removed]
    for key, node in after[0].items():
        if key not in before[0]:
            changes.append(Change("added", key, node.symbol, node.file))
        elif before[0][key] != node or key in edges or key in opens:
            changes.append(Change("body", key, node.symbol, node.file))
    return Delta(removed, nodes, edges, opens, sorted(changes, key=lambda c: (c.symbol, c.file or "", c.id)))


def everything(view: View) -> dict[str, Any]:
    """All that a view answers, without its numbers: equal graphs give equal values."""
    nodes = {number: view.node(number) for number in view.numbers()}
    name = {number: node.id for number, node in nodes.items()}
    told: dict[str, Any] = {"totals": view.totals(), "names": sorted(view.names())}
    for number, node in nodes.items():
        assert view.by_id(node.id) == number
        assert view.kind(number) == node.kind
        told[node.id.hex()] = (
            node,
            sorted((name[link.other], link[0], *link[2:]) for link in view.outgoing(number)),
            sorted((name[link.other], link[0], *link[2:]) for link in view.incoming(number)),
        )
        by_name, *tails = lookup_keys(node)
        told["symbol " + node.symbol] = sorted(name[n] for n in view.by_symbol(node.symbol))
        told["name " + by_name] = sorted(name[n] for n in view.by_name(by_name))
        for tail in tails:
            told["tail " + tail] = sorted(name[n] for n in view.by_tail(tail))
    for called in ("poll", "next", "new", "never"):
        told["open " + called] = sorted((name[o.number], o.file, o.line) for o in view.opens(called))
    for path in FILES:
        spans = view.spans(path)
        told["spans " + path] = [(name[s.number], s.line, s.end_line) for s in spans]
        for line in range(62):
            assert list(view.begins(path, line)) == [span for span in spans if span.line == line]
        told["file " + path] = (view.file(path), view.text(path))
    told["files"] = list(view.files())
    return told
