"""Where the answers come from: the workspace's daemon when one runs, else the durable copy, in process.

Owns that choice, --refresh, and the line that says a saved graph is out of date. Invariant: both ways
give the same documents and raise exceptions with the same codes. Imports zmq only when there is a daemon,
and the query code only when there is none.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol, Unpack

from isg_cli import failure, option
from isg_protocol.limit import TIMEOUT_DEFAULT_MS

if TYPE_CHECKING:
    from isg_client.place import Workspace
    from isg_client.question import Extent
    from isg_protocol.message import Reply, Request
    from isg_services.query.local import LocalAsker


class Asker(Protocol):
    """Answers requests about one workspace. Raises exceptions with `code`, `hint` and `candidates`."""

    def ask(self, request: Request, /) -> dict[str, Any]:
        """The answer's JSON object (contract.md, "Answers")."""
        ...

    def export(self, format: str = "jsonl", **extent: Unpack[Extent]) -> Iterator[bytes]:
        """The graph of one version, or a part of it, in chunks."""
        ...


@contextmanager
def asker(arguments: Namespace, workspace: Workspace) -> Iterator[Asker]:
    """Whoever answers for `workspace`.

    With --refresh (and, without a daemon, --sync) a directory's saved graph takes in what changed first.
    Raises failure.Failed("nothing") where there is no graph.
    """
    from isg_client import place

    if place.running(workspace) is not None:
        from isg_client.client import Client

        with Client(workspace, timeout_ms=getattr(arguments, "timeout_ms", None)) as client:
            yield client
        return
    if not workspace.durable.exists():
        raise nothing(workspace)
    if getattr(arguments, "refresh", False) or getattr(arguments, "sync", False):
        refresh(workspace)
    from isg_services.query.local import LocalAsker

    with LocalAsker(workspace) as opened:
        yield Embedded(opened, getattr(arguments, "timeout_ms", None) or TIMEOUT_DEFAULT_MS)


class Embedded:
    """The saved graph as an Asker: its failure replies are raised, as the client does."""

    def __init__(self, opened: LocalAsker, timeout_ms: int) -> None:
        self._opened = opened
        self._timeout_ms = timeout_ms

    def ask(self, request: Request, /) -> dict[str, Any]:
        from isg_protocol.message import Answer

        (reply,) = self._replies(request)
        assert isinstance(reply, Answer), "a question has one answer"
        return reply.value

    def export(self, format: str = "jsonl", **extent: Unpack[Extent]) -> Iterator[bytes]:
        from isg_client.question import make_export
        from isg_protocol.message import Chunk

        for reply in self._replies(make_export(format, extent)):
            assert isinstance(reply, Chunk), "an export comes in chunks"
            yield reply.data

    def _replies(self, request: Request) -> Iterator[Reply]:
        from isg_client.error import from_failure
        from isg_protocol.message import Failure

        for reply in self._opened.ask(request, self._timeout_ms):
            if isinstance(reply, Failure):
                raise from_failure(reply.code, reply.message, reply.hint, reply.candidates)
            yield reply


def wants_sync(arguments: Namespace) -> bool:
    """Whether a daemon must first see everything saved: --refresh asks the same of it."""
    return bool(arguments.sync or arguments.refresh)


def refresh(workspace: Workspace) -> None:
    """Ingest the workspace's source again if it differs from the saved graph; a dump has nothing to go
    back to and stays as it is."""
    from isg_services.query.local import LocalAsker

    record = workspace.read()
    with LocalAsker(workspace) as opened:
        stale = opened.stale_files()
    if stale and record is not None:
        from isg_services.ingest import ingest

        ingest(record.source, workspace)


def nothing(workspace: Workspace) -> failure.Failed:
    """The failure of a question about a workspace without a graph."""
    record = workspace.read()
    source = record.source if record is not None and record.source != "-" else "DIR"
    if source == "DIR" and "/" in workspace.name:
        source = workspace.name
    return failure.Failed(
        "nothing",
        f"there is no graph of {failure.printable(workspace.name)}\n"
        "nothing was ingested here, and no daemon runs",
        f"isg ingest {shell(source)}",
    )


def warn_if_stale(answer: dict[str, Any], workspace: Workspace) -> None:
    """Say on stderr that files changed since the graph was saved, and how to take them in."""
    count = answer.get("stale_files")
    record = workspace.read()
    if not count or record is None or record.root is None:
        return
    files, differ = ("file", "differs") if count == 1 else ("files", "differ")
    sys.stderr.write(
        f"isg: {count} {files} under {failure.printable(record.root)} {differ} from the saved graph;"
        f" add --refresh, or run: isg ingest {shell(record.root)}\n"
    )


def shell(word: str) -> str:
    """`word` as a shell would take it."""
    import shlex

    return shlex.quote(failure.printable(word))


def workspace_of(arguments: Namespace) -> Workspace:
    """As option.workspace; here so that the commands that ask have one import."""
    return option.workspace(arguments)
