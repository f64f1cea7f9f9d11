"""The graph's own values: a node, an edge, and what one publication changes.

Shared by the linker, which makes them, the store, which keeps them, and the queries, which read them.
Ids are the 16 raw bytes of a node's hash; they are written in hex only where JSON is made.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

from isg_protocol.vocabulary import CONTEXTS, EDGE_KINDS, NODE_KINDS, RESOLUTIONS


class Node(Struct, gc=False):
    """One node with every attribute of the export (contract.md, "The graph").

    `kind` indexes vocabulary.NODE_KINDS. For an external, `crate` is the path's first segment and file,
    signature, target and visibility are None, line and end_line 0 (shown as null). `attributes` are the
    names of attributes that a reader may need to judge use (`no_mangle`, `tokio::main`); not exported.
    `library` tells that something outside the workspace can name the item (public all the way up).
    """

    id: bytes
    kind: int
    symbol: str
    name: str
    crate: str
    target: str | None
    file: str | None
    line: int
    end_line: int
    signature: str | None
    visibility: str | None
    test: bool
    cfg: str | None
    trait: str | None
    self_text: str | None
    derived: bool
    macro: bool
    attributes: tuple[str, ...] = ()
    library: bool = False

    def row(self) -> dict[str, object]:
        """The node as the JSON object of an export or an answer, without its "type"."""
        return {
            "id": self.id.hex(),
            "kind": NODE_KINDS[self.kind],
            "symbol": self.symbol,
            "name": self.name,
            "crate": self.crate,
            "target": self.target,
            "file": self.file,
            "line": self.line or None,
            "end_line": self.end_line or None,
            "signature": self.signature,
            "visibility": self.visibility,
            "test": self.test,
            "cfg": self.cfg,
            "trait": self.trait,
            "self": self.self_text,
            "derived": self.derived,
            "macro": self.macro,
        }

    def says_the_same(self, other: Node) -> bool:
        """Whether two states of a node differ in nothing but its place."""
        return (
            self.kind, self.symbol, self.name, self.crate, self.target, self.signature, self.visibility,
            self.test, self.cfg, self.trait, self.self_text, self.derived, self.macro, self.attributes,
            self.library,
        ) == (
            other.kind, other.symbol, other.name, other.crate, other.target, other.signature,
            other.visibility, other.test, other.cfg, other.trait, other.self_text, other.derived,
            other.macro, other.attributes, other.library,
        )  # fmt: skip

    def order(self) -> tuple[str, str, int, bytes]:
        """The one order of nodes everywhere: (symbol, file, line, id)."""
        return (self.symbol, self.file or "", self.line, self.id)


class Edge(NamedTuple):
    """One edge, held by the node it comes from. `kind`, `context` and `resolution` index the
    vocabulary; `to` is an id; (file, line) is the place that causes it."""

    kind: int
    to: bytes
    file: str
    line: int
    context: int
    resolution: int
    derived: bool
    macro: bool


def edge_row(source: bytes, edge: Edge) -> dict[str, object]:
    """The edge as the JSON object of an export, without its "type"."""
    return {
        "kind": EDGE_KINDS[edge.kind],
        "from": source.hex(),
        "to": edge.to.hex(),
        "file": edge.file,
        "line": edge.line,
        "context": CONTEXTS[edge.context],
        "resolution": RESOLUTIONS[edge.resolution],
        "derived": edge.derived,
        "macro": edge.macro,
    }


class OpenSite(NamedTuple):
    """A call whose target stayed open: `name` is what was called."""

    name: str
    file: str
    line: int


class LostReference(NamedTuple):
    """A reference that was bound and is open now, held by the node that makes it: a call, use, import or
    override (`kind`, of EDGE_KINDS) of `name`, at (file, line) as of now. `was` and `symbol` are those of
    the node it was bound to, `since` the version in which it came loose."""

    kind: int
    name: str
    was: bytes
    symbol: str
    since: int
    file: str
    line: int


class FileEntry(Struct, gc=False, array_like=True):
    """What the graph knows of one source file. `issues` are (line, reason) of what could not be read;
    `lines` counts its lines; `size` and `mtime_ns` are the file's when it was read (0 in a dump);
    `digest` is the BLAKE2b-128 of its bytes."""

    path: str
    digest: bytes
    size: int
    mtime_ns: int
    lines: int
    issues: list[tuple[int, str]]


class Change(NamedTuple):
    """One line of a publication's change list. `change`: added, removed, signature, body or lines
    (the strongest that holds)."""

    change: str
    id: bytes
    symbol: str
    file: str | None


class Delta(Struct, gc=False):
    """What one link changed against the link before.

    removed   ids of nodes that are gone, their outgoing edges and open sites with them
    nodes     nodes added or with any attribute changed
    edges     for each id whose outgoing edges changed: all of them, sorted, without repeats
    opens     for each id whose open sites changed: all of them
    changes   the change list, sorted by (symbol, file, id)
    """

    removed: list[bytes]
    nodes: list[Node]
    edges: dict[bytes, list[Edge]]
    opens: dict[bytes, list[OpenSite]]
    changes: list[Change]

    def is_empty(self) -> bool:
        return not (self.removed or self.nodes or self.edges or self.opens)
