"""The one way to read a graph: what every query is a function of.

A view is one version, whole. Nodes go by *numbers*, small integers that mean something only within one
view (their order says nothing: order is always `Node.order()`). Two views exist: `MemoryView` here, over
the linker's own output, and the mapping of an LMDB snapshot. Both answer every look-up without a scan,
but for `numbers`, `arcs` and `names`, which are for the queries whose question is the whole graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from isg_protocol.graph import Change, FileEntry, LostReference, Node


class Link(NamedTuple):
    """An edge seen from one of its ends: `other` is the number of the node at the far end."""

    kind: int
    other: int
    file: str
    line: int
    context: int
    resolution: int
    derived: bool
    macro: bool


Arc = tuple[int, int, int, int, tuple[int, int]]
"""An edge for who reads all of them: (source, kind, other, resolution, where), as `Link` has them; `where`
tells one source's places apart and says nothing else."""


class Span(NamedTuple):
    """Where a node stands in a file; spans of a file come in source order (line, -end_line)."""

    number: int
    line: int
    end_line: int


class Open(NamedTuple):
    """A call site of a name whose target stayed open, and the node that holds it."""

    number: int
    file: str
    line: int


class Totals(NamedTuple):
    """What stats and status need without a scan."""

    files: int
    nodes: int
    edges: int
    opens: int


class View(Protocol):
    """One version of a graph. Look-ups that find nothing return None or an empty sequence."""

    @property
    def version(self) -> int: ...
    @property
    def root(self) -> str | None:
        """The directory that files are relative to; None for a dump."""
        ...

    def totals(self) -> Totals: ...
    def node(self, number: int) -> Node: ...
    def kind(self, number: int) -> int:
        """`node(number).kind`, cheaper."""
        ...

    def outgoing(self, number: int) -> Sequence[Link]: ...
    def incoming(self, number: int) -> Sequence[Link]: ...
    def by_id(self, node_id: bytes) -> int | None: ...
    def by_symbol(self, symbol: str) -> Sequence[int]: ...
    def by_name(self, name: str) -> Sequence[int]:
        """Nodes (externals too) whose last segment is `name` exactly."""
        ...

    def by_tail(self, tail: str) -> Sequence[int]:
        """Nodes whose symbol ends with these two segments, `Router::route`; the methods of a trait's
        impl by the type's name and by the trait's, and as `<Type as Trait>::f`."""
        ...

    def file(self, path: str) -> FileEntry | None: ...
    def files(self) -> Iterator[FileEntry]:
        """By path."""
        ...

    def spans(self, path: str) -> Sequence[Span]: ...
    def begins(self, path: str, line: int) -> Sequence[Span]:
        """The spans of a file that begin at a line; the others are not read."""
        ...

    def text(self, path: str) -> bytes | None:
        """The file's bytes as they were at this version."""
        ...

    def opens(self, name: str) -> Sequence[Open]: ...
    def numbers(self) -> Iterable[int]: ...
    def arcs(self) -> Iterator[Arc]:
        """Every edge, those of a source together; much cheaper than `outgoing` of each node."""
        ...

    def names(self) -> Iterator[str]:
        """Every distinct name, in no order that matters."""
        ...

    def changes(self, version: int) -> Sequence[Change] | None:
        """The change list of a version; None when it is no longer kept."""
        ...

    def former(self, version: int) -> Sequence[Node]:
        """The nodes that a version removed, or gave another signature, as they were before it."""
        ...

    def lost(self) -> Iterable[tuple[int, LostReference]]:
        """References that were bound in an earlier version and are open now, by the node that makes them,
        in no order that matters."""
        ...
