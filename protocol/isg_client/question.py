"""The questions a client may put, as requests: one typed method a query, shared by both clients.

Owns how keyword arguments become a message. Deliberately absent: how a request is sent, and what the
queries mean (contract.md, "Answers").
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, Generic, TypedDict, TypeVar, Unpack

from msgspec.structs import fields

from isg_client.error import Usage
from isg_protocol import limit
from isg_protocol.message import ContextQuery, ExportQuery, Query, Request, StatusQuery

ReplyT = TypeVar("ReplyT")

FLAGS = tuple(field.name for field in fields(Query) if field.name not in ("name", "target"))


class Flags(TypedDict, total=False):
    """What every query takes. `limit` 0 shows all; `cursor` is an answer's, for what comes behind it;
    `sync` waits for everything saved before the question; `all` takes the union where a name is ambiguous;
    `timeout_ms` bounds this question alone."""

    limit: int
    cursor: str
    sync: bool
    all: bool
    timeout_ms: int


def make_query(name: str, target: str | None, flags: dict[str, Any]) -> Query:
    """A query from its name, target and flags (`Query`'s fields). Raises Usage for a flag there is not."""
    for flag in flags:
        if flag not in FLAGS:
            close = get_close_matches(flag, FLAGS, 1)
            instead = f"did you mean {close[0]}? " if close else ""
            raise Usage(f"a query has no flag {flag!r}", f"{instead}it takes {', '.join(FLAGS)}")
    return Query(name=name, target=target, **flags)


def timeout_of(request: Request, default_ms: int) -> int:
    """How long this request may take: its own bound, else the client's."""
    own = request.timeout_ms if isinstance(request, Query) else None
    return default_ms if own is None else max(1, own)


class Questions(Generic[ReplyT]):
    """Every question, for a client that can `ask`. Each returns the contract's JSON object as a dict (or
    an awaitable of one) and raises a subclass of IsgError."""

    @abstractmethod
    def ask(self, request: Request, /) -> ReplyT:
        """Put one request (not an export) and wait for its answer."""

    def query(self, name: str, target: str | None = None, **flags: Any) -> ReplyT:
        """Any query by its name: `query("callers", "Router::route", limit=20, sync=False)`."""
        return self.ask(make_query(name, target, flags))

    def status(self) -> ReplyT:
        """What the workspace's processes are doing."""
        return self.ask(StatusQuery())

    def context(
        self,
        *entities: str,
        hops: int = 2,
        tokens: int = limit.CONTEXT_TOKENS_DEFAULT,
        code: bool = False,
        sync: bool = False,
        all: bool = False,
    ) -> ReplyT:
        """A context to put before a model, within a budget of tokens."""
        request = ContextQuery(
            entities=list(entities), hops=hops, tokens=tokens, code=code, sync=sync, all=all
        )
        return self.ask(request)

    def what_implements(self, trait: str, /, **flags: Unpack[Flags]) -> ReplyT:
        return self.query("what-implements", trait, **flags)

    def implements(self, type_: str, /, **flags: Unpack[Flags]) -> ReplyT:
        return self.query("implements", type_, **flags)

    def callers(self, fn: str, /, **flags: Unpack[Flags]) -> ReplyT:
        return self.query("callers", fn, **flags)

    def callees(self, fn: str, /, **flags: Unpack[Flags]) -> ReplyT:
        return self.query("callees", fn, **flags)

    def uses(self, entity: str, /, **flags: Unpack[Flags]) -> ReplyT:
        return self.query("uses", entity, **flags)

    def used_by(self, entity: str, /, **flags: Unpack[Flags]) -> ReplyT:
        return self.query("used-by", entity, **flags)

    def blast_radius(
        self,
        entity: str,
        /,
        *,
        depth: int | None = None,
        kinds: list[str] | None = None,
        no_tests: bool = False,
        candidates: bool = False,
        **flags: Unpack[Flags],
    ) -> ReplyT:
        """Who is affected if `entity` changes; `depth` bounds the hops (None: no bound)."""
        return self.query(
            "blast-radius",
            entity,
            depth=depth,
            kinds=kinds,
            no_tests=no_tests,
            candidates=candidates,
            **flags,
        )

    def find_cycles(self, *, level: str | None = None, **flags: Unpack[Flags]) -> ReplyT:
        """`level`: function, module or crate; None for all."""
        return self.query("find-cycles", None, level=level, **flags)

    def path(self, source: str, to: str, /, **flags: Unpack[Flags]) -> ReplyT:
        return self.query("path", source, to=to, **flags)

    def where_defined(self, name: str, /, **flags: Unpack[Flags]) -> ReplyT:
        return self.query("where-defined", name, **flags)

    def search(self, text: str, /, **flags: Unpack[Flags]) -> ReplyT:
        return self.query("search", text, **flags)

    def list_nodes(
        self, *, kind: str | None = None, file: str | None = None, **flags: Unpack[Flags]
    ) -> ReplyT:
        """The query "list"."""
        return self.query("list", None, kind=kind, file=file, **flags)

    def outline(self, file: str, /, **flags: Unpack[Flags]) -> ReplyT:
        return self.query("outline", file, **flags)

    def hotspots(self, **flags: Unpack[Flags]) -> ReplyT:
        return self.query("hotspots", None, **flags)

    def dead_code(self, **flags: Unpack[Flags]) -> ReplyT:
        return self.query("dead-code", None, **flags)

    def broken(self, *, file: str | None = None, **flags: Unpack[Flags]) -> ReplyT:
        """References that were bound before the last edits and are open now; of one file, or of all."""
        return self.query("broken", None, file=file, **flags)

    def diff(
        self, from_version: int | None = None, to_version: int | None = None, /, **flags: Unpack[Flags]
    ) -> ReplyT:
        """What changed after one version up to another; up to now, and from the one before, without."""
        start = None if from_version is None else str(from_version)
        return self.query("diff", start, to=None if to_version is None else str(to_version), **flags)

    def stats(self, **flags: Unpack[Flags]) -> ReplyT:
        return self.query("stats", None, **flags)


class Extent(TypedDict, total=False):
    """What an export is of: all of the graph, or what is within `hops` of the entities `around`; `all` takes
    every meaning of their names. `sync` as in a query."""

    around: Sequence[str]
    hops: int
    all: bool
    sync: bool


def make_export(format: str, extent: Extent) -> ExportQuery:
    """An export's request. Raises Usage for a format there is not."""
    if format not in ("jsonl", "graphml", "dot"):
        raise Usage(f"there is no export format {format!r}", "take jsonl, graphml or dot")
    return ExportQuery(
        format=format,
        sync=extent.get("sync", False),
        around=list(extent.get("around", ())),
        hops=extent.get("hops", 2),
        all=extent.get("all", False),
    )
