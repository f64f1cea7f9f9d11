"""The four cores together in one process, on a simulated clock, disk and network, from one seed.

Faults while they last: messages are lost, repeated, delayed and reordered; every actor is killed at any
moment and started again some time later; watch events are missed; files are poison to parsers. What
survives a death is what survives kill -9: the disk, the writer's committed state, the epoch file.

`World.run_faults` then `World.run_quiet`. Checked at every commit and every answer:

- versions only grow, and `covered` never goes back;
- the published bytes of a path are among those that the newest covered revision, or a later one, gave it;
- an answer to a sync question shows, for every path, bytes that the path had since it was asked.

Checked at the end of the quiet: nothing is pending, what is published is the disk (`converged`), and
every question was answered once.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from typing import Any

import msgspec

from isg_protocol import limit
from isg_protocol.graph import FileEntry
from isg_protocol.message import (
    Fact,
    Heartbeat,
    ParseJob,
    Published,
    Quarantined,
    Query,
    Ready,
    RelayJob,
    ScanDone,
    Stopped,
    VersionEvent,
)
from isg_services.parser_pool import core as parsing
from isg_services.query import event as asking
from isg_services.query.core import QueryCore
from isg_services.watcher import event as watching
from isg_services.watcher.core import WatcherCore
from isg_services.writer import event as writing
from isg_services.writer.core import Start, WriterCore

TICK_MS = 50
POISON = b"poison"
_fact_of = msgspec.msgpack.Decoder(Fact)


class Violated(AssertionError):
    """What must hold did not; the message carries the seed and the last steps."""


def digest(text: bytes) -> bytes:
    return blake2b(text, digest_size=16).digest()


@dataclass
class Odds:
    """How bad the faults are: probabilities of one message or one tick."""

    loss: float = 0.04
    repeat: float = 0.04
    late: float = 0.05
    version_loss: float = 0.2
    death: float = 0.004
    change: float = 0.08
    missed_change: float = 0.1
    poison: float = 0.03
    stall: float = 0.01
    ruin: float = 0.1
    """A writer that dies leaves a graph that cannot be read: it begins again, its versions go on."""


@dataclass
class Committed:
    """What the writer has on disk."""

    version: int = 0
    covered: int = 0
    received: int = 0
    whole: bool = False
    entries: dict[str, tuple[FileEntry, int]] = field(default_factory=dict)


@dataclass
class Asked:
    """A sync question: what the disk held when it was asked, and what each path held since."""

    seen: dict[str, set[bytes | None]]


class World:
    """Everything, from one seed."""

    def __init__(self, seed: int, parsers: int = 3, files: int = 12, odds: Odds | None = None) -> None:
        self.seed = seed
        self.random = random.Random(seed)
        self.odds = odds or Odds()
        self.faulty = True
        self.now = 0
        self._order = 0
        self._due: list[tuple[int, int, Callable[[], None]]] = []
        self.story: list[str] = []
        self.disk: dict[str, tuple[bytes, tuple[int, int, int]]] = {}
        self.paths = [f"src/m{n}.rs" for n in range(files)]
        self.stamps = 0
        self.epoch_file = 0
        self.store = Committed()
        self.issued: dict[str, dict[int, bytes | None]] = {}
        self.questions: dict[asking.Ticket, Asked] = {}
        self.answers: dict[asking.Ticket, str] = {}
        self.deaths = 0
        self.events = 0
        """How many events the cores have been told."""
        self.next_pid = 100
        self.watcher: WatcherCore | None = None
        self.writer: WriterCore | None = None
        self.query: QueryCore | None = None
        self.parsers: list[tuple[bytes, parsing.ParserCore] | None] = [None] * parsers
        self._lives = {"watcher": 0, "writer": 0, "query": 0}
        for path in self.paths[: files // 2]:
            self._write(path)
        self._start_writer()
        self._start_watcher()
        self._start_query()
        for slot in range(parsers):
            self._start_parser(slot)

    # --- running

    def run_faults(self, ms: int) -> None:
        """Time passes, and everything goes wrong that can."""
        self._run(ms, self._mischief)

    def run_quiet(self, ms: int = 150_000) -> None:
        """Time passes without faults, until all has converged or `ms` are over."""
        self.faulty = False
        deadline = self.now + ms
        while self.now < deadline:
            self._run(1_000, lambda: None)
            if self.converged():
                return

    def converged(self) -> bool:
        """Whether everything is covered and published, and every question answered."""
        watcher = self.watcher
        return (
            watcher is not None
            and not watcher.pending
            and self.published() == self.on_disk()
            and self.answers.keys() == self.questions.keys()
        )

    def published(self) -> dict[str, bytes]:
        return {path: entry.digest for path, (entry, _) in self.store.entries.items()}

    def on_disk(self) -> dict[str, bytes]:
        return {path: digest(text) for path, (text, _) in self.disk.items()}

    def _run(self, ms: int, mischief: Callable[[], None]) -> None:
        end = self.now + ms
        while self.now < end:
            self.now += TICK_MS
            while self._due and self._due[0][0] <= self.now:
                heapq.heappop(self._due)[2]()
            mischief()
            self._tick()

    def _tick(self) -> None:
        if self.watcher is not None:
            self._tell_watcher(watching.Tick())
        if self.writer is not None:
            self._tell_writer(writing.Tick())
            self._tell_writer(writing.Idle())
        if self.query is not None:
            self._tell_query(asking.Tick())
        for slot in range(len(self.parsers)):
            self._tell_parser(slot, parsing.Tick())

    def _after(self, ms: int, action: Callable[[], None]) -> None:
        self._order += 1
        heapq.heappush(self._due, (self.now + ms, self._order, action))

    def _chance(self, odds: float) -> bool:
        return self.faulty and self.random.random() < odds

    def _carry(self, action: Callable[[], None], loss: float | None = None) -> None:
        """One message over the network."""
        if self._chance(self.odds.loss if loss is None else loss):
            return
        for _ in range(2 if self._chance(self.odds.repeat) else 1):
            late = self._chance(self.odds.late)
            self._after(self.random.randint(0, 4_000) if late else self.random.randint(0, 3), action)

    def _note(self, line: str) -> None:
        self.story.append(f"{self.now} {line}")

    def violated(self, why: str) -> Violated:
        return Violated(f"seed {self.seed}: {why}\n" + "\n".join(self.story[-60:]))

    # --- mischief

    def _mischief(self) -> None:
        if self._chance(self.odds.change):
            self._change()
        if self._chance(self.odds.change / 4):
            self._ask()
        for name, start in (
            ("watcher", self._start_watcher),
            ("writer", self._start_writer),
            ("query", self._start_query),
        ):
            if getattr(self, name) is not None and self._chance(self.odds.death):
                self._note(f"{name} killed")
                self.deaths += 1
                setattr(self, name, None)
                self._lives[name] += 1
                if name == "writer" and self._chance(self.odds.ruin):
                    self._note("its graph is ruined")
                    self.store = Committed(version=self.store.version)
                self._after(self.random.randint(0, 3_000), start)
        for slot, parser in enumerate(self.parsers):
            if parser is not None and self._chance(self.odds.death):
                self._kill_parser(slot)

    def _change(self) -> None:
        for _ in range(self.random.choice((1, 1, 1, 2, 6))):
            path = self.random.choice(self.paths)
            if path in self.disk and self.random.random() < 0.3:
                del self.disk[path]
                self._note(f"deleted {path}")
            else:
                self._write(path)
            self._see(path)

    def _write(self, path: str) -> None:
        """Few contents, so that files go back to what they were."""
        text = b"fn v%d() {}" % self.random.randint(0, 3)
        if self.random.random() < self.odds.poison:
            text = POISON + text
        self.stamps += 1
        self.disk[path] = text, (len(text), self.stamps, self.stamps)
        self._note(f"wrote {path} {text!r}")

    def _see(self, path: str) -> None:
        """The watch reports the change, unless it misses it."""
        now = digest(self.disk[path][0]) if path in self.disk else None
        for question in self.questions.values():
            question.seen.setdefault(path, set()).add(now)
        if self._chance(self.odds.missed_change):
            return
        life = self._lives["watcher"]

        def report() -> None:
            if self.watcher is not None and self._lives["watcher"] == life:
                self._tell_watcher(watching.Changed([path]))

        self._after(self.random.randint(2, 20), report)

    def _ask(self) -> None:
        self._order += 1
        ticket: asking.Ticket = ((b"client",), b"%016d" % self._order)
        held: dict[str, set[bytes | None]] = {path: {None} for path in self.paths}
        held |= {path: {known} for path, known in self.on_disk().items()}
        self.questions[ticket] = Asked(held)
        self._ask_until_answered(ticket)

    def _ask_until_answered(self, ticket: asking.Ticket) -> None:
        """As a client does: again with the same correlation id until there is a reply."""
        if ticket in self.answers:
            return
        if self.query is not None:
            request = Query(name="stats", sync=True)
            self._tell_query(asking.Asked(ticket, request, self.now + 8_000))
        self._after(2_000, lambda: self._ask_until_answered(ticket))

    # --- the watcher

    def _start_watcher(self) -> None:
        self.watcher = WatcherCore(root="/tree", source="/tree", kept_epoch=self.epoch_file)
        self._note("watcher started")
        self._tell_watcher(watching.Disturbed("the watch has begun"))

    def _tell_watcher(self, event: watching.Event) -> None:
        self.events += 1
        assert self.watcher is not None
        todo = self.watcher.handle(event, self.now)
        while todo:
            effect = todo.pop(0)
            answer = self._watcher_effect(effect)
            if answer is not None:
                todo += self.watcher.handle(answer, self.now)

    def _watcher_effect(self, effect: watching.Effect) -> watching.Event | None:
        match effect:
            case watching.KeepEpoch(epoch):
                if epoch <= self.epoch_file:
                    raise self.violated(f"epoch {epoch} after {self.epoch_file}")
                self.epoch_file = epoch
            case watching.LoadKnown():
                return watching.Known(self.published() if self.store.whole else None)
            case watching.Scan():
                return watching.Scanned({path: stamp for path, (_, stamp) in self.disk.items()}, [])
            case watching.ReadFile(path):
                if path not in self.disk:
                    return watching.FileGone(path)
                text, stamp = self.disk[path]
                return watching.FileRead(path, text, digest(text), stamp)
            case watching.SendJob(worker, job):
                return self._send_job(worker, job)
            case watching.Probe(worker, _):
                alive = any(parser is not None and parser[0] == worker for parser in self.parsers)
                return None if alive else watching.WorkerGone(worker)
            case watching.KillWorker(pid):
                for slot, parser in enumerate(self.parsers):
                    if parser is not None and parser[1].pid == pid:
                        self._kill_parser(slot)
            case watching.AnswerSync(asker, revision, error):
                self._carry(partial(self._synced, asker, revision, error))
            case watching.Note() | watching.Progress() | watching.Finish():
                pass
        return None

    def _send_job(self, worker: bytes, job: Any) -> watching.Event | None:
        self._log_issue(job)
        slots = [n for n, parser in enumerate(self.parsers) if parser is not None and parser[0] == worker]
        if not slots:
            return watching.WorkerGone(worker, reached=self._chance(0.5))

        def arrive() -> None:
            parser = self.parsers[slots[0]]
            if parser is not None and parser[0] == worker:
                self._tell_parser(slots[0], parsing.Came(job))

        self._carry(arrive)
        return None

    def _log_issue(self, job: Any) -> None:
        """Remember what every revision says of its path."""
        if isinstance(job, ParseJob):
            self.issued.setdefault(job.path, {})[job.revision] = job.digest
            return
        if isinstance(job, RelayJob):
            fact = _fact_of.decode(job.fact)
            if isinstance(fact, ScanDone):
                for path in {*self.issued, *self.published()} - set(fact.paths):
                    self.issued.setdefault(path, {})[fact.revision] = None
            elif isinstance(fact, Quarantined):
                self.issued.setdefault(fact.path, {})[fact.revision] = fact.digest
            elif hasattr(fact, "path"):
                self.issued.setdefault(fact.path, {})[fact.revision] = None

    # --- the parsers

    def _start_parser(self, slot: int) -> None:
        self.next_pid += 1
        self.parsers[slot] = (b"parser-%d-%d" % (slot, self.next_pid), parsing.ParserCore(self.next_pid))

    def _kill_parser(self, slot: int) -> None:
        self._note(f"parser {slot} killed")
        self.deaths += 1
        self.parsers[slot] = None
        self._after(self.random.randint(0, 1_500), lambda: self._start_parser(slot))

    def _tell_parser(self, slot: int, event: parsing.Event) -> None:
        self.events += 1
        parser = self.parsers[slot]
        if parser is None:
            return
        todo = parser[1].handle(event, self.now)
        while todo:
            effect = todo.pop(0)
            match effect:
                case parsing.Announce(ready):
                    self._announce(parser[0], ready)
                case parsing.Extract(_, text):
                    self._extract(slot, parser[0], text)
                case parsing.Push(body):
                    self._carry(partial(self._fact_arrives, body))
                    todo += parser[1].handle(parsing.Pushed(0), self.now)
                case parsing.Exit():
                    self._kill_parser(slot)

    def _announce(self, worker: bytes, ready: Ready) -> None:
        def arrive() -> None:
            if self.watcher is not None:
                self._tell_watcher(watching.WorkerReady(worker, ready.pid, ready.done))

        self._carry(arrive)

    def _extract(self, slot: int, identity: bytes, text: bytes) -> None:
        def done() -> None:
            parser = self.parsers[slot]
            if parser is None or parser[0] != identity:
                return
            if text.startswith(POISON):
                self._kill_parser(slot)
            else:
                self._tell_parser(slot, parsing.Extracted(text, b"", 1))

        slow = self._chance(self.odds.stall)
        self._after(2 * limit.JOB_DEADLINE_MS if slow else self.random.randint(1, 30), done)

    def _fact_arrives(self, body: bytes) -> None:
        if self.writer is None:
            # What is in a dead process's buffers is lost; what waits at the sender is not.
            if not self._chance(0.5):
                self._after(100, lambda: self._fact_arrives(body))
            return
        self._tell_writer(writing.Arrived(_fact_of.decode(body)))
        if self.random.random() < 0.5:
            self._tell_writer(writing.Idle())

    # --- the writer

    def _start_writer(self) -> None:
        self.next_pid += 1
        store = self.store
        start = Start(
            pid=self.next_pid,
            version=store.version,
            covered=store.covered,
            received=store.received,
            entries=tuple((msgspec.structs.replace(e), r) for e, r in store.entries.values()),
            hold=not store.whole,
        )
        self.writer = WriterCore(start, self.now)
        self._note("writer started")

    def _tell_writer(self, event: writing.Event) -> None:
        self.events += 1
        assert self.writer is not None
        todo = self.writer.handle(event, self.now)
        while todo:
            effect = todo.pop(0)
            match effect:
                case writing.Take(path, _):
                    todo = self.writer.handle(writing.Taken(path, 1, []), self.now) + todo
                case writing.Commit():
                    todo = self.writer.handle(self._commit(effect), self.now) + todo
                case writing.Publish(event_):
                    self._publish(event_)
                case writing.Sync():
                    todo += self.writer.handle(writing.Synced(self.store.version), self.now)
                case _:
                    pass

    def _commit(self, commit: writing.Commit) -> writing.Committed:
        store = self.store
        if commit.covered < store.covered:
            raise self.violated(f"covered went back: {commit.covered} after {store.covered}")
        before = self.published()
        for path in commit.gone:
            store.entries.pop(path, None)
        for work in commit.files:
            store.entries[work.entry.path] = msgspec.structs.replace(work.entry), work.revision
        changed = self.published() != before
        store.version += changed
        store.covered, store.received = commit.covered, commit.received
        store.whole = store.whole or commit.scan is not None
        self._note(f"committed {store.version} covered {store.covered:x}")
        self._check_fold()
        counts = {work.entry.path: 1 for work in commit.files}
        return writing.Committed(store.version, changed, [], counts, len(store.entries), 0)

    def _check_fold(self) -> None:
        """Every path shows what its newest covered revision of this epoch, or a later one, says."""
        covered = self.store.covered
        published = self.published()
        for path, revisions in self.issued.items():
            of_epoch = [r for r in revisions if r >> 32 == covered >> 32 and r <= covered]
            floor = max(of_epoch, default=0)
            allowed = {said for revision, said in revisions.items() if revision >= floor}
            if floor and published.get(path) not in allowed:
                raise self.violated(f"{path} is not what revision {floor:x} or a later one says")

    def _publish(self, event: VersionEvent) -> None:
        loss = self.odds.version_loss
        match event:
            case Heartbeat():
                beat = watching.WriterBeat(event.pid, event.covered, event.received, event.pending)
                self._carry(lambda: self.watcher and self._tell_watcher(beat), loss)
                heard = asking.Beat(event.covered, event.pending)
                self._carry(lambda: self.query and self._tell_query(heard), loss)
            case Published():
                covered = event.covered
                self._carry(lambda: self.watcher and self._tell_watcher(watching.Covered(covered)), loss)
                self._carry(lambda: self.query and self._tell_query(asking.Covered(covered)), loss)
            case Stopped():
                pass

    # --- the query actor

    def _start_query(self) -> None:
        self.query = QueryCore()

    def _tell_query(self, event: asking.Event) -> None:
        self.events += 1
        assert self.query is not None
        for effect in self.query.handle(event, self.now):
            match effect:
                case asking.Respond(ticket, _, _, _, covered_min):
                    if covered_min <= self.store.covered:
                        self._check_answer(ticket)
                    else:  # the snapshot is of a graph that was begun again
                        self.answers.setdefault(ticket, "stale")
                case asking.Fail(ticket, code, _, _):
                    self.answers.setdefault(ticket, code)
                case asking.AskSync(number):
                    self._carry(partial(self._sync_arrives, number, self._lives["query"]))
                case _:
                    pass

    def _sync_arrives(self, number: int, life: int) -> None:
        if self.watcher is not None:
            asker = (b"query-%d" % life, b"%d" % number)
            self._tell_watcher(watching.SyncAsked(asker))

    def _synced(self, asker: tuple[bytes, bytes], revision: int, error: str | None) -> None:
        # A reply to a process that is gone finds no socket.
        if self.query is not None and asker[0] == b"query-%d" % self._lives["query"]:
            self._tell_query(asking.Synced(int(asker[1]), revision, error))

    def _check_answer(self, ticket: asking.Ticket) -> None:
        published = self.published()
        for path, seen in self.questions[ticket].seen.items():
            if published.get(path) not in seen:
                raise self.violated(f"a sync answer shows {path} as it was before the question")
        self.answers[ticket] = "answered"
