"""A parser as a process: two sockets and the extractor around the core.

Owns the poller loop. Invariants: it connects and never binds, so any number may run; a stop takes effect
between two jobs; a fact waits for the writer as long as it takes, and with it the next job.
Deliberately absent: every rule (core.py), and the reading of Rust (isg_graph.parse).
"""

from __future__ import annotations

import gc
import os
import sys
import time
import zlib
from collections import deque

import msgspec
import zmq

from isg_graph.parse.extract import extract
from isg_graph.parse.manifest import read_manifest
from isg_graph.parse.memo import ItemMemo
from isg_protocol.envelope import EVENT, UNREADABLE, seal, unseal
from isg_protocol.limit import HEARTBEAT_MS
from isg_protocol.message import Job
from isg_services import endpoint
from isg_services.actor import Actor
from isg_services.parser_pool.core import (
    Announce,
    Broke,
    Came,
    Effect,
    Event,
    Exit,
    Extract,
    Extracted,
    ParserCore,
    Push,
    Pushed,
    StopAsked,
    Tick,
)

TEXT_ZLIB_LEVEL = 1
GC_THRESHOLD = 500_000
"""Trees and facts have no cycles; the collector would only walk them again and again."""

_job_of = msgspec.msgpack.Decoder(Job)
_encode = msgspec.msgpack.Encoder().encode


def run(actor: Actor) -> int:
    """Parse until a stop. Returns the exit status."""
    shell = Shell(actor)
    try:
        return shell.run()
    except Exception:
        actor.tell_story(shell.core.story)
        raise
    finally:
        shell.close()


def facts_of(path: str, text: bytes, memo: ItemMemo | None = None) -> bytes:
    """The encoded facts of one file: FileFacts, for a Cargo.toml ManifestFacts."""
    name = path.rpartition("/")[2]
    return _encode(read_manifest(text) if name == "Cargo.toml" else extract(text, memo))


class Shell:
    """The loop. Made for one actor."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self.core = ParserCore(pid=os.getpid())
        self._context = endpoint.make_context()
        identity = f"{actor.name}-{os.getpid()}".encode()
        self._jobs = endpoint.connect(self._context, "jobs", actor.workspace, identity=identity)
        self._facts = endpoint.connect(self._context, "facts", actor.workspace)
        self._ended = False
        self._trace = ""
        # Whoever follows edits meets each file again and again; an ingest meets it once.
        self._memo = None if actor.options.lifeline == "parent" else ItemMemo()

    def run(self) -> int:
        poller = zmq.Poller()
        poller.register(self._jobs, zmq.POLLIN)
        poller.register(self._actor.wake_fd, zmq.POLLIN)
        gc.freeze()
        gc.set_threshold(GC_THRESHOLD, 20, 100)
        self._actor.log("started")
        self._tell(Tick())
        while not self._ended:
            ready = dict(poller.poll(HEARTBEAT_MS))
            if self._actor.wake_fd in ready:
                self._actor.clear_wake()
            if self._actor.stopping:
                self._tell(StopAsked())
            elif self._jobs in ready:
                self._take_job()
            else:
                self._tell(Tick())
            self._actor.beat()
        return 0

    def close(self) -> None:
        self._jobs.close()
        self._facts.close()
        self._context.term()

    def _take_job(self) -> None:
        frames = self._jobs.recv_multipart()
        try:
            _, body = unseal(frames)
            job = _job_of.decode(body)
        except UNREADABLE as error:
            self._actor.log("dropped", why=f"{type(error).__name__}: {error}"[:200])
            return
        self._trace = f"{getattr(job, 'revision', 0):x}"
        self._tell(Came(job))

    def _tell(self, event: Event) -> None:
        todo: deque[Effect] = deque(self.core.handle(event, _now_ms()))
        while todo:
            answer = self._perform(todo.popleft())
            if answer is not None:
                todo.extend(self.core.handle(answer, _now_ms()))

    def _perform(self, effect: Effect) -> Event | None:
        match effect:
            case Announce(ready):
                self._send(self._jobs, _encode(ready))
            case Extract(path, text):
                extracted = _extracted(path, text, self._memo)
                self._actor.debug("read", trace=self._trace, file=path)
                return extracted
            case Push(body):
                return Pushed(_rss_bytes_max()) if self._push(body) else None
            case Exit(why):
                self._actor.log("stopped", why=why)
                self._ended = True
        return None

    def _send(self, to: zmq.Socket[bytes], body: bytes) -> bool:
        """Send if there is a peer; what is not sent is said again, or issued again."""
        try:
            to.send_multipart(seal(EVENT, body), zmq.NOBLOCK)
        except zmq.Again:
            return False
        return True

    def _push(self, body: bytes) -> bool:
        """Wait until the writer takes it; False when a stop came first (the job is issued again)."""
        while not self._send(self._facts, body):
            if self._actor.stopping:
                self._ended = True
                return False
            self._facts.poll(HEARTBEAT_MS, zmq.POLLOUT)
            self._actor.beat()
        return True


def _extracted(path: str, text: bytes, memo: ItemMemo | None) -> Event:
    began = time.perf_counter_ns()
    try:
        facts = facts_of(path, text, memo)
    except MemoryError:
        raise  # the process's fault, not the file's: another one tries
    except Exception as error:
        return Broke(f"{type(error).__name__} in extraction: {error}"[:500])
    parse_us = (time.perf_counter_ns() - began) // 1000
    packed = zlib.compress(text, TEXT_ZLIB_LEVEL)
    return Extracted(facts, packed, parse_us, time.monotonic_ns())


def _rss_bytes_max() -> int:
    """The peak resident size of this process."""
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _now_ms() -> int:
    return time.monotonic_ns() // 1_000_000
