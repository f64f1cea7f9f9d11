"""The watcher as a process: sockets, the watch, the source and the clock around the core.

Owns the poller loop and nothing that is decided. Invariants: it binds `jobs` and `control`; no message,
however malformed, ends it; it only kills processes that are on record as parsers of this workspace.
Deliberately absent: every rule (core.py).
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable

import msgspec
import zmq

from isg_client import place
from isg_protocol.envelope import EVENT, REPLY, UNREADABLE, seal, unseal
from isg_protocol.message import (
    Control,
    Heartbeat,
    JobReply,
    Published,
    Stopped,
    SyncReply,
    VersionEvent,
)
from isg_services import endpoint
from isg_services.actor import EPOCH_FILE, Actor
from isg_services.watcher.core import WatcherCore
from isg_services.watcher.event import (
    AnswerSync,
    Changed,
    Covered,
    Disturbed,
    Effect,
    Event,
    FileRead,
    Finish,
    KeepEpoch,
    KillWorker,
    Known,
    LoadKnown,
    Note,
    Probe,
    Progress,
    ReadFile,
    Scan,
    ScanFailed,
    Scanned,
    SendJob,
    SyncAsked,
    Tick,
    WorkerGone,
    WorkerReady,
    WriterBeat,
    WriterStopped,
)
from isg_services.watcher.origin import Origin, Tree, origin
from isg_services.watcher.source.open_source import SourceUnreadable, open_source

TICK_MS = 100
IDLE_TICK_MS = 500
"""While nothing is under way, time matters less."""
REPORT_INTERVAL_MS = 40
"""Progress is told no more often than this."""
DRAIN_MESSAGES_MAX = 64
"""So many messages of one socket are taken before the others get their turn."""

_ready_of = msgspec.msgpack.Decoder(JobReply)
_control_of = msgspec.msgpack.Decoder(Control)
_version_of = msgspec.msgpack.Decoder(VersionEvent)
_encode = msgspec.msgpack.Encoder().encode


def run(actor: Actor) -> int:
    """Watch, or take one source, until a stop. Returns the exit status."""
    options = actor.options
    report = Report(options.report)
    once = options.source is not None
    try:
        if options.source is not None:
            source = open_source(options.source, sys.stdin.buffer)
            files, name = origin(source), source.root
            report.tell({"opened": {"kind": source.kind, "root": files.root, "source": name}})
        else:
            name = os.path.realpath(options.watch or ".")
            files = Tree(name)
    except SourceUnreadable as error:
        code = "no-markers" if "marker" in error.message else "unreadable"
        report.tell({"error": {"code": code, "message": error.message, "hint": error.hint}})
        actor.log("unreadable", why=error.message)
        return 6
    epoch_file = actor.workspace.run / EPOCH_FILE
    kept = -1  # nobody wrote one down; an ingest of a new workspace writes 0
    with contextlib.suppress(OSError, ValueError):
        kept = int(epoch_file.read_text())
    is_sure = kept >= 0 or not actor.workspace.live.exists()
    kept = max(kept, 0)
    core = WatcherCore(root=files.root, source=name, once=once, kept_epoch=kept, is_sure=is_sure)
    shell = Shell(actor, core, files, report)
    try:
        return shell.run()
    except Exception:
        actor.tell_story(core.story)
        raise
    finally:
        shell.close()


class Report:
    """Lines of JSON for whoever started a one-shot watcher."""

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor
        self._next = 0.0

    def tell(self, row: dict[str, object]) -> None:
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                os.write(self._descriptor, json.dumps(row).encode() + b"\n")

    def progress(self, done: int, total: int) -> None:
        now = time.monotonic()
        if done >= total or now >= self._next:
            self._next = now + REPORT_INTERVAL_MS / 1000
            self.tell({"done": done, "total": total})


class Shell:
    """The loop. Made for one actor and one core."""

    def __init__(self, actor: Actor, core: WatcherCore, files: Origin, report: Report) -> None:
        self._parsers: set[int] = set()
        self._actor = actor
        self._core = core
        self._files = files
        self._report = report
        self._finished = False
        self._seen_ns: dict[str, int] = {}
        """When the watch noticed what is to be read."""
        self._context = endpoint.make_context()
        place_of, held = actor.workspace, actor.held
        self._jobs = endpoint.bind(self._context, "jobs", place_of, held)
        self._control = endpoint.bind(self._context, "control", place_of, held)
        self._versions = endpoint.connect(self._context, "versions", place_of)
        self._watch = None
        self._judge = None
        if isinstance(files, Tree) and not core.once:
            # A one-shot ingest does without watchfiles.
            from isg_services.watcher.judge import Judge
            from isg_services.watcher.watch import Watch

            self._watch, self._judge = Watch(str(files.root)), Judge(files)
        self._perform: dict[type, Callable[..., Event | None]] = {
            KeepEpoch: self._keep_epoch,
            LoadKnown: self._load_known,
            Scan: self._scan,
            ReadFile: self._read_file,
            SendJob: self._send_job,
            Probe: self._probe,
            KillWorker: self._kill_worker,
            AnswerSync: self._answer_sync,
            Progress: lambda effect: self._report.progress(effect.done, effect.total),
            Finish: self._finish,
            Note: lambda note: self._actor.log(note.event, path=note.path, reason=note.reason),
        }

    def run(self) -> int:
        poller = zmq.Poller()
        for polled in (self._jobs, self._control, self._versions, self._actor.wake_fd):
            poller.register(polled, zmq.POLLIN)
        if self._watch is not None:
            poller.register(self._watch.fd, zmq.POLLIN)
        gc.freeze()
        gc.set_threshold(50_000, 20, 100)
        self._actor.log("started", root=self._core.source)
        ticked = 0.0
        while not self._actor.stopping and not self._finished:
            ready = dict(poller.poll(IDLE_TICK_MS if self._core.is_idle else TICK_MS))
            if self._watch is not None and self._watch.fd in ready:
                self._take_changes()
            if self._jobs in ready:
                self._drain(self._jobs, self._take_ready)
            if self._versions in ready:
                self._drain(self._versions, self._take_version)
            if self._control in ready:
                self._drain(self._control, self._take_control)
            if self._actor.wake_fd in ready:
                self._actor.clear_wake()
            now = time.monotonic()
            if now - ticked >= (IDLE_TICK_MS if self._core.is_idle else TICK_MS) / 1000:
                ticked = now
                self._actor.beat()
                self._tell(Tick())
        self._actor.log("stopped")
        return 0

    def close(self) -> None:
        if self._watch is not None:
            self._watch.close()
        self._versions.close()
        endpoint.release(self._jobs, "jobs", self._actor.workspace)
        endpoint.release(self._control, "control", self._actor.workspace)
        self._context.term()

    # --- events

    def _tell(self, event: Event) -> None:
        """Hand an event to the core and carry out what follows, and what follows from that."""
        core = self._core
        todo: deque[Effect] = deque(core.handle(event, _now_ms()))
        while todo:
            effect = todo.popleft()
            answer = self._perform[type(effect)](effect)
            if answer is not None:
                todo.extend(core.handle(answer, _now_ms()))

    def _drain(self, polled: zmq.Socket[bytes], take: Callable[[list[bytes]], None]) -> None:
        for _ in range(DRAIN_MESSAGES_MAX):
            try:
                frames = polled.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                return
            try:
                take(frames)
            except UNREADABLE as error:
                self._actor.log("dropped", why=f"{type(error).__name__}: {error}"[:200])

    def _take_ready(self, frames: list[bytes]) -> None:
        _, body = unseal(frames[1:])
        ready = _ready_of.decode(body)
        if not self._is_parser(ready.pid):
            self._actor.log("dropped", why=f"process {ready.pid} asks for work and is no parser on record")
            return
        self._tell(WorkerReady(frames[0], ready.pid, ready.done))

    def _take_version(self, frames: list[bytes]) -> None:
        _, body = unseal(frames)
        match _version_of.decode(body):
            case Heartbeat() as beat:
                self._tell(WriterBeat(beat.pid, beat.covered, beat.received, beat.pending))
            case Published() as published:
                self._tell(Covered(published.covered))
            case Stopped():
                self._tell(WriterStopped())

    def _take_control(self, frames: list[bytes]) -> None:
        envelope, body = unseal([frame for frame in frames[1:] if frame][-2:])
        _control_of.decode(body)
        self._tell(SyncAsked((frames[0], envelope.correlation)))

    def _take_changes(self) -> None:
        """Tell the core what the watch has noticed."""
        assert self._watch is not None
        assert self._judge is not None
        noticed = self._judge.take(self._watch.take())
        if noticed.begun is not None:
            how = {"by": "polling" if noticed.begun else "events", "why": noticed.begun or None}
            self._actor.tell(watch=how)
            if noticed.begun:
                self._actor.log("polling", why=noticed.begun)
        for reason in noticed.lost:
            self._actor.log("watch-lost", why=reason)
        if noticed.dirty:
            seen_ns = time.monotonic_ns()
            for path in noticed.dirty:
                self._seen_ns.setdefault(path, seen_ns)
            self._tell(Changed(noticed.dirty))
        if noticed.disturbed:
            self._tell(Disturbed(noticed.disturbed))
        elif noticed.due:
            self._tell(Disturbed("it is time to look", settle=False))

    # --- effects

    def _keep_epoch(self, effect: KeepEpoch) -> None:
        place.replace(self._actor.workspace.run / EPOCH_FILE, str(effect.epoch).encode(), durable=False)

    def _load_known(self, _: LoadKnown) -> Event:
        from isg_services.watcher.known import known_digests

        return Known(known_digests(self._actor.workspace))

    def _scan(self, _: Scan) -> Event:
        found = self._files.scan()
        if isinstance(found, Scanned) and self._judge is not None:
            self._judge.scanned(found.stamps)
        if isinstance(found, ScanFailed):
            self._actor.log("scan-failed", why=found.reason)
        return found

    def _read_file(self, effect: ReadFile) -> Event:
        found = self._files.read(effect.path)
        seen_ns = self._seen_ns.pop(effect.path, 0)
        if seen_ns and isinstance(found, FileRead):
            return found._replace(seen_ns=seen_ns, read_ns=time.monotonic_ns())
        return found

    def _send_job(self, effect: SendJob) -> Event | None:
        try:
            self._jobs.send_multipart([effect.worker, *seal(EVENT, _encode(effect.job))], zmq.NOBLOCK)
        except zmq.ZMQError:
            return WorkerGone(effect.worker, reached=False)
        return None

    def _probe(self, effect: Probe) -> Event | None:
        return None if is_alive(effect.pid) else WorkerGone(effect.worker)

    def _kill_worker(self, effect: KillWorker) -> None:
        self._actor.log("worker-killed", pid=effect.pid, why="its job passed the deadline")
        if effect.pid in self._parsers_on_record():
            with contextlib.suppress(OSError):
                os.kill(effect.pid, signal.SIGKILL)

    def _is_parser(self, pid: int) -> bool:
        """Whether a process is a parser of this workspace: who gets a job keeps a file until its deadline."""
        if pid not in self._parsers:
            self._parsers = self._parsers_on_record()
        return pid in self._parsers

    def _parsers_on_record(self) -> set[int]:
        """Pids in the records of parsers: a pid that came over a socket is not to be trusted alone."""
        pids = set()
        for record in self._actor.workspace.run.glob("parser-*.json"):
            with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
                pids.add(int(json.loads(record.read_bytes())["pid"]))
        return pids

    def _answer_sync(self, effect: AnswerSync) -> None:
        identity, correlation = effect.asker
        body = _encode(SyncReply(revision=effect.revision, error=effect.error))
        with contextlib.suppress(zmq.ZMQError):  # the asker is gone
            self._control.send_multipart([identity, *seal(REPLY, body, correlation)], zmq.NOBLOCK)

    def _finish(self, _: Finish) -> None:
        self._report.tell({"covered": self._core.covered})
        self._finished = True


def is_alive(pid: int) -> bool:
    """Whether a process still runs: one that ended and was not yet waited for does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    import psutil

    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
    except psutil.Error:
        return True


def _now_ms() -> int:
    return time.monotonic_ns() // 1_000_000
