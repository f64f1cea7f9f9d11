"""What every actor is before it is anything else: a process with a name, a record, signals and a lifeline.

Owns the command line's options as a value, the actor's lock and record under `run/`, its one-line logs,
the damping of its own crash loop, and the ways in which it learns that it should go: SIGTERM or SIGINT,
or, on a lifeline, that the process it was started for is gone. Invariant: two actors of one name never
run in one workspace at a time, so whoever holds `Actor.held` may unlink a stale socket of that name.

Deliberately absent: zmq, and everything that an actor does once it runs. Each actor's package has a
`shell.py` with `run(actor: Actor) -> int`, which polls `wake_fd` beside its sockets, calls `beat()` each
turn, and returns its exit status soon after `stopping` is set.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from isg_client import place, setting
from isg_client.error import Busy, IsgError
from isg_client.place import Lock, Workspace
from isg_protocol.limit import (
    CRASH_LOOP_DAMP_MS,
    DRAIN_MS,
    HEARTBEAT_MS,
    RECYCLED_AFTER_MS_MIN,
)

KINDS = ("watcher", "parser", "writer", "query")
POOLED = ("parser", "query")
"""Kinds of which several may run, told apart by an index."""
EARLY_DEATH_MS = 1_000
"""An actor that dies before this age counts as one more turn of a crash loop."""
CRASH_LOOP_DAMP_MS_MAX = 30_000
EPOCH_FILE = "epoch"
"""In `run/`: the last epoch of revisions that a watcher of the workspace has used."""
EPOCH_SHIFT = 32
"""A revision is `epoch << EPOCH_SHIFT | count`."""
EARLY_DEATHS_FREE = 1
"""So many early deaths are restarted at once: one is an accident."""


@dataclass(frozen=True)
class Options:
    """How an actor was asked to run.

    `watch` is the directory to follow; `source` a SOURCE to take once (watcher only). `replace` makes the
    writer replace the graph by one scan and exit. `lifeline`: "daemon" ends the actor when the daemon's
    lock is free, "parent" when its parent is another process than at its birth, None never. `report` is
    a file descriptor on which a one-shot watcher tells its progress.
    """

    kind: str
    workspace: Workspace
    index: int = 0
    watch: str | None = None
    source: str | None = None
    replace: bool = False
    lifeline: str | None = None
    report: int | None = None

    @property
    def name(self) -> str:
        return f"{self.kind}-{self.index}" if self.kind in POOLED else self.kind


class Actor:
    """A running actor, handed to its shell. Made by `begin`."""

    def __init__(self, options: Options, held: Lock) -> None:
        self.options = options
        self.workspace = options.workspace
        self.name = options.name
        self.held = held
        self.stopping = False
        self.recycled = False
        """It stops to be started anew at once: who waits for an answer asks the next one."""
        self.debugs = setting.text("log_level") == "debug"
        self._memory_bytes_max = setting.number("actor_memory_mb") << 20
        self._parent = os.getppid()
        self._born = math.inf
        """When its work began; the wait that damps a crash loop is before it."""
        self._next_beat = 0.0
        self._settled = False
        self._record = options.workspace.run / f"{options.name}.json"
        self._row: dict[str, object] = {}
        self._early_deaths = 0
        self._wake_reader, self._wake_writer = socket.socketpair()
        self._wake_reader.setblocking(False)
        self._wake_writer.setblocking(False)

    @property
    def wake_fd(self) -> int:
        """Readable once a signal has come: register it in the poller."""
        return self._wake_reader.fileno()

    def clear_wake(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while self._wake_reader.recv(4096):
                pass

    def begin(self) -> None:
        """Its work begins."""
        self._born = time.monotonic()
        self._write_record()

    @property
    def early_deaths(self) -> int:
        """How many of this name ended in a row before they were EARLY_DEATH_MS old, up to this start."""
        return self._early_deaths

    def stop(self) -> None:
        """Ask for a clean end, as SIGTERM does."""
        self.stopping = True
        with contextlib.suppress(BlockingIOError, OSError):
            self._wake_writer.send(b"\0")

    def beat(self) -> None:
        """Look at the lifeline and keep the record, at most once in HEARTBEAT_MS. Cheap otherwise."""
        now = time.monotonic()
        if now < self._next_beat:
            return
        self._next_beat = now + HEARTBEAT_MS / 1000
        if not self._settled and (now - self._born) * 1000 > EARLY_DEATH_MS:
            self._settled = True
            self._early_deaths = 0
            self._write_record()
        if not self.stopping and (self._abandoned() or self._outgrown(now)):
            self.stop()

    def wait(self, seconds: float) -> bool:
        """Sleep, but no longer than until a stop; True when it is to stop. Bounded and interruptible."""
        deadline = time.monotonic() + seconds
        while not self.stopping:
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            readable, _, _ = select.select([self.wake_fd], [], [], min(left, HEARTBEAT_MS / 1000))
            if readable:
                self.clear_wake()
            self.beat()
        return True

    def tell(self, **fields: object) -> None:
        """Put JSON values into the record, for the status."""
        self._row.update(fields)
        self._write_record()

    def log(self, event: str, **fields: object) -> None:
        """One line on standard error: time, actor, event, key=value; or the same as JSON. What belongs to one
        question or one change has its `trace`: the correlation id, the revision."""
        write_log(self.name, event, **fields)

    def debug(self, event: str, **fields: object) -> None:
        """As `log`, where the setting log_level asks for it."""
        if self.debugs:
            write_log(self.name, event, **fields)

    def tell_story(self, story: Iterable[tuple[int, str, str]]) -> None:
        """Log what a core has seen before it failed: (time in ms, event, what of)."""
        self.log("story", lines=" | ".join(f"{at_ms} {what} {of}".rstrip() for at_ms, what, of in story))

    # --- record and lifeline

    def _outgrown(self, now: float) -> bool:
        """Whether it has more memory than an actor may, and someone to start it anew."""
        if self.options.lifeline is None or (now - self._born) * 1000 < RECYCLED_AFTER_MS_MIN:
            return False
        self.recycled = private_bytes() > self._memory_bytes_max
        if self.recycled:
            self.log("recycled", why=f"it has more than {self._memory_bytes_max} bytes for itself")
        return self.recycled

    def _abandoned(self) -> bool:
        lifeline = self.options.lifeline
        if lifeline is None:
            return False
        if os.getppid() != self._parent:
            self.log("abandoned", why="the parent process is gone")
            return True
        if lifeline == "daemon" and place.holder(self.workspace.daemon_lock) is None:
            self.log("abandoned", why="the daemon is gone")
            # supervisord would start this actor again for ever: it goes first. It was born to the daemon.
            if self._parent > 1:
                with contextlib.suppress(OSError):
                    os.kill(self._parent, signal.SIGTERM)
            return True
        return False

    def start_record(self) -> float:
        """Write the record; returns for how many seconds this start is to wait, since others before it died
        early. Who was killed in its wait had not failed once more: its successor waits for what was left."""
        previous = _read_record(self._record) or {}
        restarts = _count(previous, "restarts") + 1 if previous else 0
        self._row = {"name": self.name, "pid": os.getpid(), "started": time.time(), "restarts": restarts}
        pause_s = 0.0
        if previous and previous.get("settled") is not True:
            waited = previous.get("begun") is False
            self._early_deaths = _count(previous, "early_deaths") + (not waited)
            beyond = self._early_deaths - EARLY_DEATHS_FREE
            if beyond > 0:
                pause_s = min(CRASH_LOOP_DAMP_MS * 2 ** min(beyond - 1, 10), CRASH_LOOP_DAMP_MS_MAX) / 1000
            until = previous.get("damped_until")
            if waited and isinstance(until, float):
                pause_s = min(pause_s, max(0.0, until - time.time()))
        if pause_s > 0:
            self._row["damped_until"] = time.time() + pause_s
        self._write_record()
        return pause_s

    def _write_record(self) -> None:
        row = {
            **self._row,
            "early_deaths": self._early_deaths,
            "begun": self._born < math.inf,
            "settled": self._settled,
        }
        with contextlib.suppress(OSError):
            place.replace(self._record, json.dumps(row).encode() + b"\n", durable=False)

    def _close(self) -> None:
        """A clean end leaves no record: the next start is a first one."""
        with contextlib.suppress(OSError):
            self._record.unlink(missing_ok=True)
        self.held.release()
        self._wake_reader.close()
        self._wake_writer.close()

    # --- signals

    @contextlib.contextmanager
    def signals(self) -> Iterator[None]:
        """SIGTERM and SIGINT ask for a clean end for the time of the block."""

        def ask(_signal: int, _frame: FrameType | None) -> None:
            self.stopping = True

        before = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
        fd_before = signal.set_wakeup_fd(self._wake_writer.fileno(), warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(fd_before)
            for number, handler in before.items():
                signal.signal(number, handler)


def run_actor(options: Options) -> int:
    """Be the actor until it ends. Returns its exit status: 0 after a clean stop.

    Never raises: what nobody caught is logged and becomes 70, a lock that another holds 7.
    """
    try:
        options.workspace.make()
        held = _take(options)
    except IsgError as error:
        write_log(options.name, "refused", why=str(error))
        return error.exit_code
    actor = Actor(options, held)
    clean = False
    try:
        with actor.signals():
            pause_s = actor.start_record()
            if pause_s > 0:
                actor.log("damped", early_deaths=actor.early_deaths, wait_ms=int(pause_s * 1000))
                actor.wait(pause_s)
            actor.begin()
            status = 0 if actor.stopping else _shell(actor)
            clean = True
            return status
    except IsgError as error:
        actor.log("failed", code=error.code, why=str(error), hint=error.hint)
        return error.exit_code
    except Exception as error:  # the last door: a diagnosis instead of a traceback over many lines
        import traceback

        place_of = traceback.extract_tb(error.__traceback__)[-1]
        actor.log(
            "crashed", error=type(error).__name__, why=str(error), at=f"{place_of.filename}:{place_of.lineno}"
        )
        if os.environ.get("ISG_TRACE"):
            traceback.print_exc()
        return 70
    finally:
        if clean:
            actor._close()
        else:
            held.forsake()


def write_log(actor: str, event: str, **fields: object) -> None:
    """The line of `Actor.log`, for who is not one yet."""
    stamp = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if os.environ.get(setting.variable("log_format")) == "json":
        _write_line(json.dumps({"time": stamp, "actor": actor, "event": event, **fields}, default=str))
        return
    words = [stamp, f"actor={actor}", f"event={event}"]
    for key, value in fields.items():
        text = str(value)
        # One line, whatever a file name or a message holds.
        words.append(f"{key}={text}" if text.isalnum() else f"{key}={json.dumps(text)}")
    _write_line(" ".join(words))


def _write_line(line: str) -> None:
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(line + "\n")
        sys.stderr.flush()


def _take(options: Options) -> Lock:
    """The actor's lock. One that is just ending is given time to end."""
    path = options.workspace.run / f"{options.name}.lock"
    lock = place.take(path, options.kind, wait_ms=DRAIN_MS)
    if lock is None:
        found = place.holder(path)
        pid = 0 if found is None else found.pid
        raise Busy(
            f"another {options.name} of workspace {options.workspace.name} is running as process {pid}",
            f"stop it first: kill {pid}" if pid else "try again",
            pid=pid,
        )
    return lock


def _shell(actor: Actor) -> int:
    """Only the shell that is asked for is imported."""
    match actor.options.kind:
        case "watcher":
            from isg_services.watcher import shell as watcher

            return watcher.run(actor)
        case "parser":
            from isg_services.parser_pool import shell as parser

            return parser.run(actor)
        case "writer":
            from isg_services.writer import shell as writer

            return writer.run(actor)
        case "query":
            from isg_services.query import shell as query

            return query.run(actor)
    raise ValueError(f"no such actor: {actor.options.kind}")


def private_bytes() -> int:
    """Resident memory that this process shares with no file; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as file:
            _, resident, shared, *_ = file.read().split()
    except OSError:
        import psutil

        return int(psutil.Process().memory_info().rss)
    return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE")


def _read_record(path: Path) -> dict[str, object] | None:
    try:
        row = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return row if isinstance(row, dict) else None


def _count(row: dict[str, object], key: str) -> int:
    value = row.get(key)
    return value if isinstance(value, int) else 0
