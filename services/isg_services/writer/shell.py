"""The writer's process: carries the world to its core and the core's effects out.

Owns the workspace's lock, the sockets `facts` (PULL) and `versions` (XPUB), the store and the linker.
Holds no rule: what happens when is decided by core.py. Invariant: effects are carried out in order, each
before the next message is read, and the event that answers one is handled at once. Absent: parsing.
"""

from __future__ import annotations

import contextlib
import gc
import math
import time
from concurrent.futures import Future, ThreadPoolExecutor
from os import getpid
from typing import TYPE_CHECKING, Protocol

import msgspec
import zmq

from isg_client import place
from isg_client.error import Busy
from isg_protocol import limit
from isg_protocol.envelope import EVENT, UNREADABLE, seal, unseal
from isg_protocol.facts import FileFacts, Issue, ManifestFacts
from isg_protocol.graph import Delta
from isg_protocol.message import Fact, Published
from isg_protocol.version import FACTS_FORMAT
from isg_services import endpoint
from isg_services.writer.core import Start, WriterCore
from isg_services.writer.event import (
    Arrived,
    CheckReaders,
    Commit,
    Committed,
    Drop,
    Effect,
    Event,
    Exit,
    Finish,
    Idle,
    Note,
    Publish,
    Refused,
    Stop,
    Subscribed,
    Sync,
    Synced,
    Take,
    Taken,
    Tick,
)
from isg_services.writer.store import DOUBTED, FileChange, Scan, Store

if TYPE_CHECKING:
    from isg_services.actor import Actor

MESSAGES_AT_ONCE = 256
"""How many facts are read before the core may commit between them."""
FILES_LOGGED_MAX = 20
GARBAGE_THRESHOLD = (200_000, 50, 100)
"""The graph is millions of containers that live for ever: the default would walk them all day."""

_fact_decoder = msgspec.msgpack.Decoder(Fact)
_encoder = msgspec.msgpack.Encoder()
_file_decoder = msgspec.msgpack.Decoder(FileFacts)
_manifest_decoder = msgspec.msgpack.Decoder(ManifestFacts)


class Links(Protocol):
    """What the shell needs of a linker (isg_graph.link.linker)."""

    def put(self, path: str, facts: FileFacts | ManifestFacts) -> None: ...
    def remove(self, path: str) -> None: ...
    def link(self) -> Delta: ...
    def mentions(self, node_id: bytes, kind: int, name: str) -> list[tuple[str, int]]: ...


def run(actor: Actor) -> int:
    """Be the writer of the workspace until it stops. Raises Busy when another writer holds it, and
    Storage when the graph cannot be kept."""
    workspace = actor.workspace
    kind = _kind(actor)
    lock = place.take(workspace.lock, kind, wait_ms=limit.DRAIN_MS)
    if lock is None:
        found = place.holder(workspace.lock)
        pid = 0 if found is None else found.pid
        raise Busy(
            f"workspace {workspace.name} is being written by process {pid}",
            f"stop it first: kill {pid}" if pid else "try again",
            pid=pid,
        )
    with lock, _open(actor) as store:
        return _Shell(actor, store).run()


def _open(actor: Actor) -> Store:
    workspace = actor.workspace
    return Store(
        workspace.live,
        lambda line: actor.log("store", why=line),
        saved=workspace.durable,
        doubt=DOUBTED if actor.early_deaths else "",
    )


def _linker(live: bool) -> Links:
    """The linker, with all that is known beforehand read: a good part of a second."""
    from isg_graph.link.linker import Linker
    from isg_services.writer.spread import spread

    return Linker(live, spread)


def _kind(actor: Actor) -> str:
    if actor.options.replace:
        return "ingest"
    return "daemon" if actor.options.lifeline == "daemon" else "writer"


class _Shell:
    linker: Links

    def __init__(self, actor: Actor, store: Store) -> None:
        self.actor = actor
        self.store = store
        self.status: int | None = None
        self.context = endpoint.make_context()
        self.facts = endpoint.bind(self.context, "facts", actor.workspace, actor.held)
        self.versions = endpoint.bind(self.context, "versions", actor.workspace, actor.held)
        self.beside = ThreadPoolExecutor(1, thread_name_prefix="sync")
        self.syncing: Future[int] | None = None
        self.stop_told = False

    def run(self) -> int:
        if self.actor.options.replace:
            gc.disable()  # one shot: the process ends before it would pay
        else:
            gc.set_threshold(*GARBAGE_THRESHOLD)
        try:
            self._load()
            self.actor.begin()  # who dies while it reads what is stored, dies early, however long it took
            gc.freeze()
            while self.status is None:
                self._turn()
            return self.status
        except BaseException:
            if hasattr(self, "core"):
                self.actor.log("story", lines=" | ".join(self.core.story))
            self.store.doubt()
            raise
        finally:
            self.beside.shutdown(wait=True)
            endpoint.release(self.facts, "facts", self.actor.workspace)
            endpoint.release(self.versions, "versions", self.actor.workspace)
            self.context.term()

    # --- the loop

    def _turn(self) -> None:
        poller = zmq.Poller()
        poller.register(self.facts, zmq.POLLIN)
        poller.register(self.versions, zmq.POLLIN)
        poller.register(self.actor.wake_fd, zmq.POLLIN)
        while self.status is None:
            ready = dict(poller.poll(math.ceil(self.core.wait_ms(_now_ms()))))
            if self.actor.wake_fd in ready:
                self.actor.clear_wake()
            self.actor.beat()
            if self.actor.stopping and not self.stop_told:
                self.stop_told = True
                self._tell(Stop())
            if self.versions in ready:
                self._hear_subscribers()
            self._hear_facts()
            if self.syncing is not None and self.syncing.done():
                done, self.syncing = self.syncing, None
                self._tell(Synced(done.result()))
            self._tell(Tick())

    def _hear_facts(self) -> None:
        for _ in range(MESSAGES_AT_ONCE):
            try:
                frames = self.facts.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                break
            try:
                _, body = unseal(frames)
                fact = _fact_decoder.decode(body)
            except UNREADABLE as error:
                self.actor.log("bad-frame", why=str(error))
                continue
            self._tell(Arrived(fact))
        self._tell(Idle())

    def _hear_subscribers(self) -> None:
        new = False
        with contextlib.suppress(zmq.Again):
            while True:
                new = self.versions.recv(zmq.NOBLOCK).startswith(b"\x01") or new
        if new:
            self._tell(Subscribed())

    def _tell(self, event: Event) -> None:
        for effect in self.core.handle(event, _now_ms()):
            self._carry_out(effect)

    # --- effects

    def _carry_out(self, effect: Effect) -> None:
        match effect:
            case Take(path, facts):
                self._tell(self._take(path, facts))
            case Drop(path):
                self.linker.remove(path)
            case Commit():
                self._tell(self._commit(effect))
            case Publish(event):
                if isinstance(event, Published):
                    files = ", ".join(file.path for file in event.files[:FILES_LOGGED_MAX])
                    self.actor.debug(
                        "published", trace=f"{event.covered:x}", version=event.version, files=files
                    )
                self.versions.send_multipart(seal(EVENT, _encoder.encode(event)))
            case Sync():
                self.syncing = self.beside.submit(self.store.sync)
            case CheckReaders():
                self.store.check_readers()
            case Finish():
                self._finish()
            case Note(event, why):
                self.actor.log(event, why=why)
            case Exit(status):
                self.status = status

    def _take(self, path: str, encoded: bytes) -> Taken | Refused:
        try:
            facts = decode_facts(path, encoded)
        except UNREADABLE as error:
            self.linker.remove(path)
            return Refused(path, f"its facts cannot be read: {error}")
        self.linker.put(path, facts)
        return _taken(path, facts)

    def _commit(self, effect: Commit) -> Committed:
        delta = self.linker.link()
        linked_ms = _now_ms()
        done = self.store.commit(
            delta,
            files=[FileChange(*work) for work in effect.files],
            gone=effect.gone,
            covered=effect.covered,
            received=effect.received,
            scan=None if effect.scan is None else Scan(*effect.scan),
            mentions=self.linker.mentions,
        )
        meta = self.store.meta
        return Committed(
            done.version, done.changed, done.changes, done.counts, meta.nodes, meta.edges, linked_ms
        )

    def _finish(self) -> None:
        if self.syncing is not None:
            self.syncing.result()
            self.syncing = None
        self.store.finish()
        if self.store.meta.whole:
            self.store.copy_durable(self.actor.workspace.durable)

    # --- the start

    def _load(self) -> None:
        """Bring the linker to what is stored; a replacement begins from nothing."""
        store, replace = self.store, self.actor.options.replace
        meta = store.meta
        record = self.actor.workspace.read()
        elsewhere = record is not None and record.root != meta.root
        stored = [] if replace else list(store.load_facts())
        unreadable = []
        entries = []
        known = []
        for entry, revision, encoded in stored:
            try:
                facts = decode_facts(entry.path, encoded) if encoded else None
            except UNREADABLE:
                unreadable.append(entry.path)
                continue
            entries.append((entry, revision))
            if facts is not None:
                known.append((entry.path, facts))
        self.core = WriterCore(
            Start(
                pid=getpid(),
                version=meta.version,
                covered=meta.covered,
                received=meta.received,
                durable_version=store.durable_version,
                nodes=meta.nodes,
                edges=meta.edges,
                entries=tuple(entries),
                hold=replace or not meta.whole or elsewhere,
                once=replace,
            ),
            _now_ms(),
        )
        # The watcher may scan, and parsers push what they have, while the linker is made and links.
        self._tell(Subscribed())
        # A replacement links once: there is nothing to remember for a second time.
        self.linker = _linker(live=not replace)
        for path, facts in known:
            self.linker.put(path, facts)
        if replace:
            store.reset()
        elif stored:
            self._relink(unreadable)

    def _relink(self, unreadable: list[str]) -> None:
        """Hold what the stored facts give against the stored graph; normally that changes nothing."""
        done = self.store.commit(
            self.linker.link(), gone=unreadable, whole=True, mentions=self.linker.mentions
        )
        meta = self.store.meta
        if done.changed:
            self.actor.log("relinked", why=f"{len(done.changes)} changes against the saved graph")
            self._tell(
                Committed(done.version, True, done.changes, done.counts, meta.nodes, meta.edges),
            )


def decode_facts(path: str, encoded: bytes) -> FileFacts | ManifestFacts:
    """The facts of a file, of this release's format. Raises msgspec.MsgspecError for what is not."""
    decoder = _manifest_decoder if path.rpartition("/")[2] == "Cargo.toml" else _file_decoder
    facts: FileFacts | ManifestFacts = decoder.decode(encoded)
    if facts.format != FACTS_FORMAT:
        raise msgspec.ValidationError(f"they are of format {facts.format}, not {FACTS_FORMAT}")
    return facts


def _taken(path: str, facts: FileFacts | ManifestFacts) -> Taken:
    lines = facts.line_count if isinstance(facts, FileFacts) else 0
    return Taken(path, lines, [_issue(issue) for issue in facts.issues])


def _issue(issue: Issue) -> tuple[int, str]:
    # Line 0 is the file as a whole, by which a quarantine is told: never an extractor's.
    return max(1, issue.line), issue.reason


def _now_ms() -> float:
    return time.monotonic() * 1000
