"""The asyncio client: the same questions over the same session, many at once on one socket.

An AsyncClient belongs to the event loop in which it was first used. Any number of its tasks may ask at
the same time; cancelling a task withdraws its question. Invariant: one background task a client, which
receives, and one timer, which keeps the session's time; both end with `close`.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Awaitable
from contextlib import aclosing
from pathlib import Path
from typing import Any, Unpack

import zmq
import zmq.asyncio

from isg_client import place, wire
from isg_client.error import IsgError, TimedOut, Usage
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

Context = zmq.asyncio.Context


class AsyncClient(Questions[Awaitable[dict[str, Any]]]):
    """Asks a workspace's daemon; the arguments and errors are `Client`'s, the methods are awaited."""

    def __init__(
        self,
        workspace: str | Path | Workspace | None = None,
        timeout_ms: int | None = None,
        *,
        context: Context | None = None,
    ) -> None:
        self.workspace = wire.find(workspace)
        self.timeout_ms = limit.TIMEOUT_DEFAULT_MS if timeout_ms is None else max(1, timeout_ms)
        self._context = context or Context.instance()
        self._line: _Line | None = None

    async def __aenter__(self) -> AsyncClient:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Fail what is open and close the socket; the client opens another if it is used again."""
        line, self._line = self._line, None
        if line is not None:
            await line.close()

    @property
    def version(self) -> int:
        """The newest version that an answer to this client came from; 0 before the first."""
        return 0 if self._line is None else self._line.session.version

    async def ask(self, request: Request, /) -> dict[str, Any]:
        """Put one request and wait for its answer. Raises IsgError's subclasses."""
        if isinstance(request, ExportQuery):
            raise Usage("an export has no single answer", "use AsyncClient.export")
        if self._line is None:
            self._line = _Line(self.workspace, self._context, Session())
        timeout_ms = timeout_of(request, self.timeout_ms)
        async with aclosing(self._line.ask(request, timeout_ms)) as effects:
            async for effect in effects:
                if isinstance(effect, Answered):
                    return effect.value
        raise AssertionError("a question ends in an answer or a failure")

    async def export(self, format: str = "jsonl", **extent: Unpack[Extent]) -> AsyncGenerator[bytes, None]:
        """The graph of one version, or a part of it, in chunks, as `Client.export`."""
        request = make_export(format, extent)
        session = Session()
        session.version = self.version
        line = _Line(self.workspace, self._context, session)
        try:
            async with aclosing(line.ask(request, self.timeout_ms)) as effects:
                async for effect in effects:
                    if isinstance(effect, Part):
                        yield effect.content
        finally:
            await line.close()

    async def versions(
        self, *, since: int | None = None, timeout_ms: int | None = None
    ) -> AsyncGenerator[Publication, None]:
        """Publications newer than version `since`, or than the present one, as `Client.versions`; the
        subscription begins with the first step."""
        follower = Follower(since, self.version)
        socket = self._context.socket(zmq.SUB)
        try:
            wire.prepare(socket, "versions")
            socket.connect(self.workspace.socket("versions"))
            while True:
                publication = await _next(socket, self.workspace, follower, timeout_ms)
                if publication is None:
                    return
                yield publication
        finally:
            socket.close()

    async def wait_for_version(self, version: int, *, timeout_ms: int | None = None) -> int:
        """Wait until `version` or a newer one is visible; returns that. Raises TimedOut, NoDaemon."""
        bound_ms = self.timeout_ms if timeout_ms is None else timeout_ms
        async with aclosing(self.versions(since=version - 1, timeout_ms=bound_ms)) as publications:
            async for publication in publications:
                return publication.version
        raise wire.no_daemon(self.workspace)


async def _next(
    socket: zmq.asyncio.Socket, workspace: Workspace, follower: Follower, timeout_ms: int | None
) -> Publication | None:
    """The next publication; None when the daemon has stopped."""
    deadline_ms = None if timeout_ms is None else wire.now_ms() + timeout_ms
    while True:
        slice_ms = limit.HEARTBEAT_MS if follower.stopped else limit.SILENCE_MS
        left_ms = slice_ms if deadline_ms is None else deadline_ms - wire.now_ms()
        if left_ms <= 0:
            raise TimedOut(f"no new version within {timeout_ms} ms", "isg status")
        if await socket.poll(min(slice_ms, left_ms)):
            publication = follower.heard(await socket.recv_multipart())
            if publication is not None:
                return publication
        elif place.running(workspace) is None:
            if follower.stopped:
                return None
            raise wire.no_daemon(workspace)


class _Inbox:
    """What one open question has been told, and a flag for who waits for it."""

    def __init__(self) -> None:
        self.effects: deque[Effect] = deque()
        self.ready = asyncio.Event()


class _Line:
    """A socket to the query actors, its session, and what serves them."""

    def __init__(self, workspace: Workspace, context: Context, session: Session) -> None:
        self.session = session
        self._workspace = workspace
        self._inboxes: dict[bytes, _Inbox] = {}
        self._leaving: dict[bytes, asyncio.Future[Any]] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._socket = context.socket(zmq.DEALER)
        wire.prepare(self._socket, "queries")
        for address in wire.addresses(workspace):
            self._socket.connect(address)
        self._receiver = asyncio.create_task(self._receive())

    async def close(self) -> None:
        self._receiver.cancel()
        await asyncio.gather(self._receiver, return_exceptions=True)
        if self._timer is not None:
            self._timer.cancel()
        self._socket.close()
        for correlation in list(self._inboxes):
            closed = IsgError("the client was closed", "make a new one", code="cancelled")
            self._tell(correlation, Failed(correlation, closed))

    async def ask(self, request: Request, timeout_ms: int) -> AsyncGenerator[Effect, None]:
        """The effects of one question, up to the last. Raises its failure."""
        correlation = wire.correlation()
        inbox = self._inboxes[correlation] = _Inbox()
        try:
            self._handle(Ask(correlation, request, timeout_ms, wire.unix_ms() + timeout_ms))
            while True:
                await inbox.ready.wait()
                inbox.ready.clear()
                while inbox.effects:
                    effect = inbox.effects.popleft()
                    if isinstance(effect, Failed):
                        raise self._explain(effect)
                    yield effect
                    if isinstance(effect, Answered | Ended):
                        return
        finally:
            del self._inboxes[correlation]
            self._forget(correlation)
            self.session.handle(Cancel(correlation), wire.now_ms())

    async def _receive(self) -> None:
        while True:
            self._handle(Arrived(await self._socket.recv_multipart()))

    def _handle(self, event: Event) -> None:
        for effect in self.session.handle(event, wire.now_ms()):
            if isinstance(effect, Send):
                self._forget(effect.correlation)
                leaving = asyncio.ensure_future(self._socket.send_multipart(effect.frames))
                if not leaving.done():  # nobody is connected yet
                    self._leaving[effect.correlation] = leaving
            else:
                self._tell(effect.correlation, effect)
        self._arm()

    def _arm(self) -> None:
        """Keep one timer, at the session's next tick or before it."""
        wakeup_ms = self.session.wakeup_ms()
        if wakeup_ms is None:
            return
        loop = asyncio.get_running_loop()
        when = loop.time() + max(0, wakeup_ms - wire.now_ms()) / 1000
        if self._timer is not None:
            if self._timer.when() <= when + 0.001:
                return
            self._timer.cancel()
        self._timer = loop.call_at(when, self._tick)

    def _tick(self) -> None:
        self._timer = None
        self._handle(Tick())

    def _forget(self, correlation: bytes) -> None:
        """Withdraw frames that have not left."""
        leaving = self._leaving.pop(correlation, None)
        if leaving is not None:
            leaving.cancel()

    def _tell(self, correlation: bytes, effect: Effect) -> None:
        inbox = self._inboxes.get(correlation)
        if inbox is not None:
            inbox.effects.append(effect)
            inbox.ready.set()

    def _explain(self, failed: Failed) -> Exception:
        if isinstance(failed.error, TimedOut) and place.running(self._workspace) is None:
            return wire.no_daemon(self._workspace)
        return failed.error
