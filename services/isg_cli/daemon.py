"""`isg daemon`: keep a directory's graph current, say what changed, end without a trace.

Owns the daemon's lock, its output and its end: it starts supervisord (isg_services.supervise), follows
the published versions like any subscriber, and stops everything on SIGINT, SIGTERM or when supervisord is
gone. Invariant: whatever ends it, no actor outlives it (by its lock, which is the actors' lifeline).
Deliberately absent: any work on the graph; the daemon could be stopped in a debugger and the actors would
go on answering.
"""

from __future__ import annotations

import os
import signal
import socket
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isg_cli import failure, notify, option
from isg_cli.voice import JsonVoice, TextVoice, Voice
from isg_client import setting

if TYPE_CHECKING:
    import zmq

    from isg_client.place import Lock, Workspace
    from isg_protocol.message import Published, VersionEvent
    from isg_services.supervise import Supervisor

ASK_AGAIN_SECONDS = 5.0
"""The watcher may not be there yet, or be killed with our question: ask it again."""
WAKE_SECONDS = 0.5
"""supervisord hears of a death by the end of the child's output, which comes just before it can be reaped:
one in ten it looks too early, and would next look a second later."""
COUNTS_TIMEOUT_MS = 2_000
IDLE_LOOK_SECONDS = 2.0
FIRST_SCAN_SECONDS_MAX = 600.0
"""A daemon that has no graph by then is idle as any other."""


def parse(words: list[str]) -> Namespace:
    parser = option.Parser(
        prog="isg daemon",
        description="Watch a directory and keep its graph current, until Ctrl-C. Nothing is written in it.",
        epilog="examples:\n  isg daemon --watch .\n  isg daemon --watch ~/src/tokio --format json\n\n"
        "While it runs, `isg query`, `generate-context`, `export` and `status` ask it. It also looks after\n"
        "its processes: a killed one comes back. The same under another supervisor: deploy/.",
    )
    parser.add_argument("--watch", required=True, metavar="DIR", help="the directory of Rust sources")
    option.common(parser)
    parser.add_argument(
        "--parsers", type=option.positive, metavar="N", help="parser processes (default: one a core)"
    )
    parser.add_argument("--queries", type=option.positive, metavar="N", help="query processes (default: 1)")
    parser.add_argument(
        "--idle-exit", type=option.positive, metavar="S",
        help="end once nobody has asked anything for S seconds (default: never)",
    )  # fmt: skip
    return parser.parse_args(words)


def run(arguments: Namespace) -> int:
    """Watch until a signal. Returns 0 after a clean stop; raises failure.Failed and its kin."""
    directory = _directory(arguments.watch)
    setting.adopt(directory)
    workspace = option.workspace(arguments)
    workspace.make()
    lock = _lock(workspace, arguments.watch)
    with lock, _signals() as stop:
        workspace.write(directory, str(directory), "directory")
        voice = JsonVoice() if arguments.format == "json" else TextVoice()
        # Told once the scan is in: who waits for the line may ask.
        voice.greeting = partial(voice.watching, arguments.watch, str(directory), workspace.name)
        try:
            return _watch(arguments, workspace, directory, voice, stop)
        finally:
            voice.close()


def _watch(
    arguments: Namespace, workspace: Workspace, directory: Path, voice: Voice, stop: socket.socket
) -> int:
    from isg_services import supervise

    parsers = arguments.parsers or setting.number("parsers")
    queries = arguments.queries or setting.number("queries")
    idle_exit = arguments.idle_exit or setting.number("idle_exit_s") or None
    supervisor = supervise.start(workspace, directory, parsers, queries)
    try:
        alive = _Follower(workspace, supervisor, voice, stop, idle_exit).follow()
    except BaseException:
        supervisor.stop()
        raise
    notify.tell(notify.STOPPING)
    if alive:
        if not supervisor.stop():
            raise failure.Failed(
                "internal",
                "an actor did not stop in time and was killed",
                f"read the logs in {workspace.logs}",
            )
        return 0
    supervisor.clear()
    said = supervisor.last_words()
    raise failure.Failed(
        "internal",
        "supervisord ended, and with it the watching; all actors are stopped" + (f"\n{said}" if said else ""),
        f"isg daemon --watch {arguments.watch} ; its log is {workspace.logs / 'supervisord.log'}",
    )


def _directory(typed: str) -> Path:
    """The directory to watch, absolute and without symbolic links."""
    try:
        entries = os.scandir(typed)
    except OSError as error:
        raise failure.Failed(
            "unreadable",
            f"cannot watch {failure.printable(typed)}: {error.strerror or error}",
            "isg daemon --watch DIR, with a directory that exists and can be read",
        ) from error
    entries.close()
    return Path(os.path.realpath(typed))


def _lock(workspace: Workspace, typed: str) -> Lock:
    """The daemon's lock. Raises Busy with the pid of whoever works on this workspace."""
    from isg_client import place
    from isg_client.error import Busy

    lock = place.take(workspace.daemon_lock, "daemon")
    held = place.holding(workspace) if lock is None else place.holder(workspace.lock)
    if lock is not None and held is None:
        return lock
    if lock is not None:
        lock.release()
    pid, kind = (held.pid, held.kind) if held is not None else (0, "process")
    raise Busy(
        f"{failure.printable(typed)} is busy: its {kind or 'process'} runs as process {pid}",
        f"stop it first: kill {pid}" if pid else "try again",
        pid=pid,
    )


@contextmanager
def _signals() -> Iterator[socket.socket]:
    """A socket that is readable once SIGINT or SIGTERM has come; from then on the daemon is stopping, and
    more of them change nothing."""
    reader, writer = socket.socketpair()
    writer.setblocking(False)
    reader.setblocking(False)
    watched = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, lambda *_: None) for number in watched}
    fd_before = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    try:
        yield reader
    finally:
        signal.set_wakeup_fd(fd_before)
        for number, handler in before.items():
            signal.signal(number, handler)
        reader.close()
        writer.close()


class _Follower:
    """One poll loop over the publications, supervisord's words and our signals."""

    def __init__(
        self,
        workspace: Workspace,
        supervisor: Supervisor,
        voice: Voice,
        stop: socket.socket,
        idle_exit_seconds: int | None,
    ) -> None:
        self._idle_exit_seconds = idle_exit_seconds
        self._asked = time.time()
        self._look_at = 0.0
        self._workspace = workspace
        self._supervisor = supervisor
        self._voice = voice
        self._stop = stop
        self._started = time.monotonic()
        self._wanted: int | None = None
        self._ready = False
        self._ask_at = 0.0
        self._wake_at = 0.0
        self._published: Published | None = None

    def follow(self) -> bool:
        """Until a signal, or nobody asks or listens any more (True), or the end of supervisord (False)."""
        import zmq

        from isg_services import endpoint

        context = endpoint.make_context()
        versions = endpoint.connect(context, "versions", self._workspace)
        control = endpoint.connect(context, "control", self._workspace)
        poller = zmq.Poller()
        for source in (versions, control, self._supervisor.output, self._stop.fileno()):
            poller.register(source, zmq.POLLIN)
        try:
            notify.tell(notify.status("scanning"))
            while True:
                notify.tell(notify.ALIVE)
                self._ask_for_scan(control)
                self._wake_supervisor()
                ready = dict(poller.poll(int(WAKE_SECONDS * 1000)))
                if self._stop.fileno() in ready or self._voice.is_unheard or self._is_idle():
                    return True
                if self._supervisor.output in ready and not self._heed():
                    return False
                if control in ready:
                    self._on_control(control)
                if versions in ready:
                    self._on_versions(versions)
        finally:
            context.destroy(linger=0)

    def _wake_supervisor(self) -> None:
        now = time.monotonic()
        if now >= self._wake_at:
            self._wake_at = now + WAKE_SECONDS
            self._supervisor.wake()

    def _is_idle(self) -> bool:
        """Whether no query actor has been asked for as long as it was allowed."""
        now = time.monotonic()
        if self._idle_exit_seconds is None or now < self._look_at:
            return False
        if not self._ready and now - self._started < FIRST_SCAN_SECONDS_MAX:
            self._asked = time.time()  # nobody can ask yet
            return False
        self._look_at = now + IDLE_LOOK_SECONDS
        from isg_services.query.status import living

        asked = (row.get("asked") for row, _ in living(self._workspace))
        self._asked = max([self._asked, *(when for when in asked if isinstance(when, float))])
        return time.time() - self._asked > self._idle_exit_seconds

    def _heed(self) -> bool:
        ended = self._supervisor.heed()
        if ended is None:
            return False
        for actor in ended:
            self._voice.ended(actor.name, actor.how, str(self._workspace.logs / f"{actor.name}.log"))
        return True

    def _ask_for_scan(self, control: zmq.Socket[bytes]) -> None:
        """Until the first scan is covered: ask the watcher for the revision that covers it."""
        from msgspec import msgpack

        from isg_protocol import envelope
        from isg_protocol.message import SyncRequest

        now = time.monotonic()
        if self._wanted is not None or now < self._ask_at:
            return
        self._ask_at = now + ASK_AGAIN_SECONDS
        body = msgpack.encode(SyncRequest())
        control.send_multipart(envelope.seal(envelope.REQUEST, body, os.urandom(16)))

    def _on_control(self, control: zmq.Socket[bytes]) -> None:
        from msgspec import msgpack

        from isg_protocol import envelope
        from isg_protocol.message import SyncReply

        _, body = envelope.unseal(control.recv_multipart())
        reply = msgpack.decode(body, type=SyncReply)
        if reply.error is not None:
            self._voice.trouble(reply.error)
        else:
            self._wanted = reply.revision

    def _on_versions(self, versions: zmq.Socket[bytes]) -> None:
        import zmq
        from msgspec import msgpack

        from isg_protocol import envelope
        from isg_protocol.message import VersionEvent

        decoder: msgpack.Decoder[VersionEvent] = msgpack.Decoder(VersionEvent)
        while True:
            try:
                frames = versions.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                return
            self._on_event(decoder.decode(envelope.unseal(frames)[1]))

    def _on_event(self, event: VersionEvent) -> None:
        from isg_protocol.message import Heartbeat, Published

        if isinstance(event, Published):
            if self._ready:
                self._voice.published(event)
            else:  # the first scan is one line, however many publications it took
                self._published = event
        if not self._ready and isinstance(event, Published | Heartbeat):
            self._ready = self._wanted is not None and event.covered >= self._wanted
            if self._ready:
                self._voice.greeting()
                counts = self._counts(event.version)
                self._voice.ready(counts, time.monotonic() - self._started)
                notify.tell(notify.READY, notify.status(f"watching {counts.get('files', '')} files"))

    def _counts(self, version: int) -> dict[str, Any]:
        """Files, nodes and edges now; what is not told (a query actor is not up yet) is left out."""
        from isg_client.client import Client
        from isg_client.error import IsgError

        counts: dict[str, Any] = {"version": version}
        if self._published is not None:
            counts |= {"nodes": self._published.nodes, "edges": self._published.edges}
        try:
            with Client(self._workspace, timeout_ms=COUNTS_TIMEOUT_MS) as client:
                status = client.status()
        except IsgError:
            return counts
        return counts | {key: status[key] for key in ("files", "nodes", "edges")}
