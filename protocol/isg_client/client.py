"""The blocking client: a shell around `Session` and `Follower`, one socket for questions.

Threads may share a Client: they take turns, a question at a time (for questions side by side, a Client a
thread, or AsyncClient). A `Versions` or export iterator has a socket of its own and belongs to the thread
that uses it. Not across a fork: make a new one in the child.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from threading import Lock
from typing import Any, Unpack

import zmq

from isg_client import place, wire
from isg_client.error import TimedOut, Usage
from isg_client.follow import Follower, Publication
from isg_client.place import Workspace
from isg_client.question import Extent, Questions, make_export, timeout_of
from isg_client.session import (
    Answered,
    Arrived,
    Ask,
    Cancel,
    Effect,
    Ended,
    Event,
    Failed,
    Part,
    Send,
    Session,
    Tick,
)
from isg_protocol import limit
from isg_protocol.message import ExportQuery, Request


class Client(Questions[dict[str, Any]]):
    """Asks a workspace's daemon.

    `workspace`: a name, a directory, a place.Workspace, or None for the one that belongs here (as the
    commands choose it). `timeout_ms` bounds each question, retries included. Raises NoDaemon when nobody
    serves the workspace. `context` is a zmq context to share; by default the process's own.
    """

    def __init__(
        self,
        workspace: str | Path | Workspace | None = None,
        timeout_ms: int | None = None,
        *,
        context: zmq.Context[zmq.Socket[bytes]] | None = None,
    ) -> None:
        self.workspace = wire.find(workspace)
        self.timeout_ms = limit.TIMEOUT_DEFAULT_MS if timeout_ms is None else max(1, timeout_ms)
        self._context = context or zmq.Context.instance()
        self._turn = Lock()
        self._pid = os.getpid()
        self._line: _Line | None = None

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the socket; the client opens another if it is used again."""
        with self._turn:
            if self._line is not None:
                self._line.close()
                self._line = None

    @property
    def version(self) -> int:
        """The newest version that an answer to this client came from; 0 before the first."""
        return 0 if self._line is None else self._line.session.version

    def ask(self, request: Request, /) -> dict[str, Any]:
        """Put one request and wait for its answer. Raises IsgError's subclasses."""
        if isinstance(request, ExportQuery):
            raise Usage("an export has no single answer", "use Client.export")
        context = self._sockets()
        with self._turn:
            if self._line is None:
                self._line = _Line(self.workspace, context, Session())
            with closing(self._line.ask(request, timeout_of(request, self.timeout_ms))) as effects:
                for effect in effects:
                    if isinstance(effect, Answered):
                        return effect.value
        raise AssertionError("a question ends in an answer or a failure")

    def export(self, format: str = "jsonl", **extent: Unpack[Extent]) -> Iterator[bytes]:
        """The graph of one version, or a part of it, in chunks of bytes. `timeout_ms` bounds the wait for
        each. Raises TimedOut (code "stale") when a chunk was lost: what came before is then no export."""
        return self._chunks(make_export(format, extent))

    def _chunks(self, request: ExportQuery) -> Iterator[bytes]:
        session = Session()
        session.version = self.version
        line = _Line(self.workspace, self._sockets(), session)
        try:
            with closing(line.ask(request, self.timeout_ms)) as effects:
                for effect in effects:
                    if isinstance(effect, Part):
                        yield effect.content
        finally:
            line.close()

    def export_to(self, path: str | Path, format: str = "jsonl", **extent: Unpack[Extent]) -> None:
        """Write the export to a file, which appears whole or not at all."""
        path = Path(path)
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            with open(temporary, "wb") as file:
                file.writelines(self.export(format, **extent))
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)

    def versions(self, *, since: int | None = None, timeout_ms: int | None = None) -> Versions:
        """Publications from now on, or newer than version `since`; subscribed when this returns.

        `timeout_ms` bounds the wait for each (None: wait as long as the daemon lives). Iterating ends when
        the daemon has stopped and raises NoDaemon when it vanished, TimedOut when nothing came in time.
        """
        follower = Follower(since, self.version)
        return Versions(self.workspace, self._sockets(), follower, self.timeout_ms, timeout_ms)

    def wait_for_version(self, version: int, *, timeout_ms: int | None = None) -> int:
        """Wait until `version` or a newer one is visible; returns that. Raises TimedOut, NoDaemon."""
        bound_ms = self.timeout_ms if timeout_ms is None else timeout_ms
        with self.versions(since=version - 1, timeout_ms=bound_ms) as publications:
            for publication in publications:
                return publication.version
        raise wire.no_daemon(self.workspace)

    def _sockets(self) -> zmq.Context[zmq.Socket[bytes]]:
        if os.getpid() != self._pid:
            raise Usage("this client was made before a fork", "make a Client in the child process")
        return self._context


class _Line:
    """A socket to the query actors, its session, and what has not left yet."""

    def __init__(
        self, workspace: Workspace, context: zmq.Context[zmq.Socket[bytes]], session: Session
    ) -> None:
        self.session = session
        self._workspace = workspace
        self._unsent: dict[bytes, list[bytes]] = {}
        self._socket = context.socket(zmq.DEALER)
        wire.prepare(self._socket, "queries")
        for address in wire.addresses(workspace):
            self._socket.connect(address)

    def close(self) -> None:
        self._socket.close()

    def ask(self, request: Request, timeout_ms: int) -> Generator[Effect, None, None]:
        """The effects of one question, up to the last. Raises its failure."""
        correlation = wire.correlation()
        ask = Ask(correlation, request, timeout_ms, wire.unix_ms() + timeout_ms)
        effects = self._handle(ask)
        try:
            while True:
                for effect in effects:
                    if isinstance(effect, Failed):
                        raise self._explain(effect)
                    yield effect
                    if isinstance(effect, Answered | Ended):
                        return
                effects = self._wait()
        finally:
            self._unsent.pop(correlation, None)
            self.session.handle(Cancel(correlation), wire.now_ms())

    def _wait(self) -> list[Effect]:
        wakeup_ms = self.session.wakeup_ms()
        timeout_ms = None if wakeup_ms is None else max(0, wakeup_ms - wire.now_ms())
        ready = self._socket.poll(timeout_ms, zmq.POLLIN | zmq.POLLOUT if self._unsent else zmq.POLLIN)
        if ready & zmq.POLLOUT:
            self._flush()
        if ready & zmq.POLLIN:
            return self._handle(Arrived(self._socket.recv_multipart()))
        return self._handle(Tick())

    def _handle(self, event: Event) -> list[Effect]:
        effects = self.session.handle(event, wire.now_ms())
        for effect in effects:
            if isinstance(effect, Send):
                self._unsent[effect.correlation] = effect.frames
        self._flush()
        return [effect for effect in effects if not isinstance(effect, Send)]

    def _flush(self) -> None:
        for correlation, frames in list(self._unsent.items()):
            try:
                self._socket.send_multipart(frames, zmq.DONTWAIT)
            except zmq.Again:  # nobody is connected yet
                return
            del self._unsent[correlation]

    def _explain(self, failed: Failed) -> Exception:
        if isinstance(failed.error, TimedOut) and place.running(self._workspace) is None:
            return wire.no_daemon(self._workspace)
        return failed.error


class Versions(Iterator[Publication]):
    """An iterator over publications, with a subscription of its own; `close` it, or use it in `with`."""

    def __init__(
        self,
        workspace: Workspace,
        context: zmq.Context[zmq.Socket[bytes]],
        follower: Follower,
        start_ms: int,
        timeout_ms: int | None,
    ) -> None:
        self._workspace = workspace
        self._timeout_ms = timeout_ms
        self._follower = follower
        self._first: Publication | None = None
        self._socket = context.socket(zmq.SUB)
        wire.prepare(self._socket, "versions")
        self._socket.connect(workspace.socket("versions"))
        try:
            self._first = self._begin(start_ms)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Versions:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._socket.close()

    @property
    def version(self) -> int:
        """The newest version heard of."""
        return self._follower.version or 0

    def __next__(self) -> Publication:
        if self._first is not None:
            first, self._first = self._first, None
            return first
        return self._next(self._timeout_ms)

    def _begin(self, start_ms: int) -> Publication | None:
        """Wait for a first word, after which nothing can be missed unseen: heartbeats tell of it."""
        deadline_ms = wire.now_ms() + start_ms
        while not self._socket.poll(min(limit.SILENCE_MS, max(0, deadline_ms - wire.now_ms()))):
            if place.running(self._workspace) is None:
                raise wire.no_daemon(self._workspace)
            if wire.now_ms() >= deadline_ms:
                raise TimedOut(f"the writer says nothing for {start_ms} ms", "isg status")
        return self._follower.heard(self._socket.recv_multipart())

    def _next(self, timeout_ms: int | None) -> Publication:
        deadline_ms = None if timeout_ms is None else wire.now_ms() + timeout_ms
        while not self._socket.closed:
            slice_ms = limit.HEARTBEAT_MS if self._follower.stopped else limit.SILENCE_MS
            left_ms = slice_ms if deadline_ms is None else deadline_ms - wire.now_ms()
            if left_ms <= 0:
                raise TimedOut(f"no new version within {timeout_ms} ms", "isg status")
            if self._socket.poll(min(slice_ms, left_ms)):
                publication = self._follower.heard(self._socket.recv_multipart())
                if publication is not None:
                    return publication
            elif place.running(self._workspace) is None:
                if self._follower.stopped:
                    raise StopIteration
                raise wire.no_daemon(self._workspace)
        raise StopIteration
