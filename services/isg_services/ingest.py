"""`isg ingest`: a source goes through the real pipeline once, and replaces the workspace's graph.

Owns the life of the one-shot processes (a watcher, parsers, a writer), their progress, and the report.
Invariants: the graph is replaced whole when the writer has left its durable copy, or not at all; nothing
that was started is running when `ingest` returns or raises; a parser that dies is started again.

Deliberately absent: everything that the actors do, printing, and zmq: this process may be forked at any
time, and learns of progress by a pipe.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from isg_client import place
from isg_client.error import Busy, Interrupted, IsgError, Storage, from_failure
from isg_client.place import Workspace
from isg_protocol.limit import DRAIN_MS
from isg_services.actor import EPOCH_FILE, EPOCH_SHIFT, Options
from isg_services.child import Child, again, may_fork

WAIT_MS = 200
EARLY_DEATH_S = 1.0
EARLY_DEATHS_MAX = 8
"""So many deaths in a row of one actor within its first second, and the ingest is given up."""
SILENCE_S_MAX = 600
"""An ingest in which nothing at all has moved for so long is given up."""
REPORT_BYTES_MAX = 1024 * 1024

OnProgress = Callable[[int, int], None]


@dataclass(frozen=True)
class IngestReport:
    """What an ingest left. `files` counts Rust files; `nodes` and `edges` are the lines of the export;
    `partial` are {file, line, reason}, `skipped` {file, reason}; `root` is the directory that files are
    relative to, None for a dump."""

    files: int
    nodes: int
    edges: int
    seconds: float
    partial: list[dict[str, Any]]
    skipped: list[dict[str, Any]]
    version: int
    root: str | None = None
    kind: str = "dump"

    def row(self) -> dict[str, Any]:
        """The contract's ingest JSON."""
        return {
            "files": self.files,
            "nodes": self.nodes,
            "edges": self.edges,
            "seconds": self.seconds,
            "partial": self.partial,
            "skipped": self.skipped,
            "version": self.version,
        }


def ingest(
    source: str,
    workspace: Workspace,
    on_progress: OnProgress | None = None,
    *,
    parsers: int | None = None,
    fork: bool | None = None,
    began: float | None = None,
) -> IngestReport:
    """Take SOURCE (contract.md, "Sources read") in, in place of what the workspace held.

    `on_progress(done, total)` counts Rust files. `parsers` is how many processes parse (default: the
    cores); `fork` whether they may be forked off this process (default: if that is safe); `began` is
    the time.monotonic() from which `seconds` are counted. Raises Busy, Unreadable (codes `unreadable`,
    `no-markers`), Storage, Interrupted; the graph of before is then untouched.
    """
    run = _Run(source, workspace, on_progress, may_fork() if fork is None else fork)
    interrupted = False
    run.began = time.monotonic() if began is None else began
    _refuse_if_busy(workspace)
    workspace.make()
    try:
        run.start(parsers or cores())
        run.follow()
    except KeyboardInterrupt:
        interrupted = True
    finally:
        run.stop()
    if interrupted:
        kept = (
            "all was in, and the new graph is kept" if run.has_replaced() else "the graph of before is kept"
        )
        raise Interrupted(f"interrupted: {kept}", f"isg ingest {source}")
    return run.report()


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)  # macOS has no affinity


def _refuse_if_busy(workspace: Workspace) -> None:
    found = place.holding(workspace)
    if found is None:
        return
    if found.kind == "daemon":
        why = f"a daemon (process {found.pid}) keeps the graph of {workspace.name} current by itself"
    else:
        why = f"process {found.pid} ({found.kind or 'unknown'}) is at work in {workspace.name}"
    raise Busy(why, f"stop it first: kill {found.pid}; or choose another: --workspace NAME", pid=found.pid)


@dataclass
class _Run:
    """The processes of one ingest, and what they have told."""

    source: str
    workspace: Workspace
    on_progress: OnProgress | None
    fork: bool
    began: float = 0.0
    children: dict[str, Child] = field(default_factory=dict)
    opened: dict[str, Any] = field(default_factory=dict)
    covered: bool = False
    finished: bool = False

    def __post_init__(self) -> None:
        self._pipe, self._pipe_end = os.pipe()
        self._heard = b""
        self._early_deaths: dict[str, int] = {}
        self._moved = time.monotonic()

    def start(self, parsers: int) -> None:
        """Each actor as soon as its own imports are done. The watcher first, which reads while the parsers
        are coming; the writer last: facts wait for it, and it has less to import by then."""
        if not self.workspace.live.exists():
            # Soon there is a writer's, and the watcher would wait for its first word.
            place.replace(self.workspace.run / EPOCH_FILE, b"0", durable=False)
        if self.fork:
            import isg_services.watcher.shell
        self._start("watcher", self.source == "-", source=self.source, report=self._pipe_end)
        if self.fork:
            import isg_services.parser_pool.shell
        for index in range(parsers):
            self._start("parser", index=index)
        if self.fork:
            import isg_services.writer.shell  # noqa: F401
        self._start("writer", replace=True)

    def _start(
        self,
        kind: str,
        keep_stdin: bool = False,
        *,
        index: int = 0,
        source: str | None = None,
        report: int | None = None,
        replace: bool = False,
    ) -> None:
        options = Options(
            kind=kind,
            workspace=self.workspace,
            index=index,
            source=source,
            report=report,
            replace=replace,
            lifeline="parent",
        )
        self.children[options.name] = Child(options, self.fork, keep_stdin)

    def follow(self) -> None:
        """Until the writer has left the durable copy. Raises what ended it otherwise."""
        while not self.finished:
            lives = {child.life: name for name, child in self.children.items()}
            ready, _, _ = select.select([self._pipe, *lives], [], [], WAIT_MS / 1000)
            if self._pipe in ready:
                self._hear()
            for life in ready:
                if life in lives:
                    self._bury(lives[life])
            if time.monotonic() - self._moved > SILENCE_S_MAX:
                raise IsgError(
                    f"nothing has moved for {SILENCE_S_MAX} s", f"look into {self.workspace.logs}, then again"
                )

    def _hear(self) -> None:
        self._heard = (self._heard + os.read(self._pipe, 65536))[-REPORT_BYTES_MAX:]
        *lines, self._heard = self._heard.split(b"\n")
        for line in lines:
            self._moved = time.monotonic()
            row = json.loads(line)
            if "error" in row:
                told = row["error"]
                raise from_failure(told["code"], told["message"], told["hint"])
            if "opened" in row:
                self.opened = row["opened"]
            elif "covered" in row:
                self.covered = True
            elif self.on_progress is not None:
                self.on_progress(row["done"], row["total"])

    def _bury(self, name: str) -> None:
        """A child is gone: the writer's success is ours; any other death is made good, if it can be."""
        child = self.children[name]
        child.end(DRAIN_MS)
        status = child.status
        self._moved = time.monotonic()
        if name == "writer" and status == 0:
            self.finished = True
            return
        self._drain_report()
        if self.covered and name != "writer":
            del self.children[name]  # all is in the graph; only the writer has something left to do
            return
        early = time.monotonic() - child.began < EARLY_DEATH_S
        deaths = self._early_deaths.get(name, 0) + 1 if early else 0
        self._early_deaths[name] = deaths
        if deaths > EARLY_DEATHS_MAX or not self._may_restart(name, status):
            raise self._verdict(child)
        self.children[name] = again(child, self.fork)

    def _may_restart(self, name: str, status: int | None) -> bool:
        if name == "watcher" and self.source == "-":
            return False  # what it had read of standard input is gone
        # A parser that ends itself was asked to or has grown too large; the others end with a diagnosis.
        return (status or 0) < 0 or name.startswith("parser")

    def _drain_report(self) -> None:
        while select.select([self._pipe], [], [], 0)[0]:
            self._hear()

    def _verdict(self, child: Child) -> IsgError:
        name, status = child.options.name, child.status
        if status == 7:
            found = place.holding(self.workspace)
            pid = 0 if found is None else found.pid
            return Busy(f"another process ({pid}) has taken {self.workspace.name}", "try again", pid=pid)
        how = (
            f"was killed by signal {-status}" if status is not None and status < 0 else f"ended with {status}"
        )
        last = _last_line(child.log)
        kind = Storage if name == "writer" else IsgError
        return kind(f"the {name} {how}: {last}", f"look into {child.log}, then: isg ingest {self.source}")

    def stop(self) -> None:
        """End whatever still runs. Bounded: who does not drain is killed."""
        # A second Ctrl-C must not leave processes behind.
        before = {}
        with contextlib.suppress(ValueError):  # not the main thread
            for number in (signal.SIGINT, signal.SIGTERM):
                before[number] = signal.signal(number, signal.SIG_IGN)
        try:
            for child in self.children.values():
                child.signal(signal.SIGTERM)
            for child in self.children.values():
                child.end(DRAIN_MS)
        finally:
            for descriptor in (self._pipe, self._pipe_end):
                os.close(descriptor)
            for number, handler in before.items():
                signal.signal(number, handler)

    def has_replaced(self) -> bool:
        """After an interruption: whether the writer had everything by then and has left the new graph, with
        which goes the record of where it came from."""
        with contextlib.suppress(IsgError):
            self.report()
            return True
        return False

    def report(self) -> IngestReport:
        """What the durable copy says, and the record of where it came from."""
        from isg_services.query.mapping import Mapping

        kind = str(self.opened.get("kind", "dump"))
        with Mapping(self.workspace.durable, live=False) as mapping, mapping.snapshot() as view:
            if view.meta.covered >> EPOCH_SHIFT != self._epoch():
                raise Interrupted(
                    "the writer was stopped before the scan was whole: the graph of before is unchanged",
                    f"isg ingest {self.source}",
                )
            entries = list(view.files())
            totals = view.totals()
            made = IngestReport(
                files=sum(entry.path.endswith(".rs") for entry in entries),
                nodes=totals.nodes,
                edges=totals.edges,
                seconds=round(time.monotonic() - self.began, 3),
                partial=[
                    {"file": entry.path, "line": line or None, "reason": reason}
                    for entry in entries
                    for line, reason in entry.issues
                ],
                skipped=[{"file": path, "reason": reason} for path, reason in view.meta.skipped],
                version=view.version,
                root=view.root,
                kind=kind,
            )
        root = None if made.root is None else Path(made.root)
        self.workspace.write(root, str(self.opened.get("source", self.source)), kind)
        return made

    def _epoch(self) -> int:
        """The epoch of this ingest's revisions, as its watcher wrote it down; -1 when it did not."""
        try:
            return int((self.workspace.run / EPOCH_FILE).read_text())
        except (OSError, ValueError):
            return -1


def _last_line(log: Path) -> str:
    try:
        lines = log.read_text(errors="replace").strip().splitlines()
    except OSError:
        lines = []
    return lines[-1][-500:] if lines else "it left no word"
