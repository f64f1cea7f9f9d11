"""The set of actors, and supervisord as the process that keeps them alive.

Owns the one table of what runs (the Procfile and deploy/supervisord.conf say the same; a test holds the
three together), the generated configuration, and supervisord as a child of `isg daemon`. Invariants: the
configuration is constant text with no path in it (paths come by the environment, quoted for supervisord's
own splitting, so that no directory's name can break it); supervisord runs in the workspace's directory,
never in the source tree; nothing listens but a unix socket in a 0700 directory.

supervisord's own bounds are replaced: `startsecs=0` makes every death a restart (by default it gives up
on an actor that dies a few times within its first second), and since it looks at its children only once
a second unless something wakes it, `Supervisor.heed` wakes it for each line that it logs about a process.
A restart then takes milliseconds. Crash loops are damped by the actors themselves (actor.py).

Deliberately absent: what an actor does, and what is printed of it (isg_cli.daemon).
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from isg_client import place, setting
from isg_client.error import IsgError
from isg_client.place import Workspace
from isg_protocol.limit import DRAIN_MS
from isg_services.ingest import cores

WRITER_STOP_SECONDS = 30
"""The writer leaves the durable copy before it ends; of a large graph that takes seconds."""
STOP_SECONDS = DRAIN_MS // 1000 + 2
STOP_SECONDS_MAX = WRITER_STOP_SECONDS + 3 * STOP_SECONDS
"""What a whole clean stop may take before supervisord is killed."""
GONE_SECONDS_MAX = 10
OPEN_FILES_WANTED = 8_192
"""A query actor holds a descriptor for each client."""
SOCKET_NAME = "sup.sock"
"""Short: supervisord binds a name with its pid behind it first (place.SOCKET_NAME_BYTES_MAX)."""
CONFIGURATION_NAME = "supervisord.conf"
ERRORS_NAME = "supervisord.err"
ENDED = re.compile(r"(?P<word>exited|stopped|gave up): '?(?P<name>[a-z]+(?:-\d+)?)'? \(?(?P<how>[^)]*)")


class ActorKind(NamedTuple):
    """A kind of actor. `pooled` kinds run several times, told apart by --index; `priority` orders starts
    (lowest first) and stops (highest first, each awaited): the watcher stops first and the writer last,
    so that what was read is also written. `arguments` go behind the ones that every actor has."""

    kind: str
    priority: int
    pooled: bool
    arguments: tuple[str, ...]
    stop_seconds: int


ACTORS = (
    ActorKind("writer", 100, False, (), WRITER_STOP_SECONDS),
    ActorKind("query", 200, True, (), STOP_SECONDS),
    ActorKind("parser", 300, True, (), STOP_SECONDS),
    ActorKind("watcher", 400, False, ("--watch", "{watch}"), STOP_SECONDS),
)
"""Everything that runs for a watched workspace."""


def command(actor: ActorKind, workspace: str, watch: str, index: str, lifeline: str) -> list[str]:
    """The command line of an actor behind the interpreter; `index` is used for pooled kinds."""
    words = ["-m", "isg_services", actor.kind, "--workspace", workspace, "--lifeline", lifeline]
    words += ["--index", index] if actor.pooled else []
    return words + [word.format(watch=watch) for word in actor.arguments]


def configuration(parsers: int, queries: int = 1, open_files: int = 1024) -> str:
    """The text of a supervisord configuration for one workspace.

    It expects to run in the workspace's directory with ISG_ACTOR_PYTHON, ISG_ACTOR_WORKSPACE and
    ISG_ACTOR_WATCH (each quoted as for a shell) and ISG_ACTOR_SOCKETS in its environment.
    """
    head = f"""\
; Written by `isg daemon` at each start; edits are lost. The form to run by hand is deploy/supervisord.conf.
[unix_http_server]
file=%(ENV_ISG_ACTOR_SOCKETS)s/{SOCKET_NAME}
chmod=0700

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface

[supervisorctl]
serverurl=unix://%(ENV_ISG_ACTOR_SOCKETS)s/{SOCKET_NAME}

[supervisord]
nodaemon=true
umask=077
minfds={open_files}
minprocs=1
nocleanup=true
childlogdir=logs
pidfile=run/supervisord.pid
logfile=logs/supervisord.log
logfile_maxbytes={setting.number("log_mb")}MB
logfile_backups={setting.number("log_backups")}
"""
    counts = {"parser": parsers, "query": queries}
    return head + "".join("\n" + _program(actor, counts.get(actor.kind, 1)) for actor in ACTORS)


def _program(actor: ActorKind, count: int) -> str:
    words = command(
        actor, "%(ENV_ISG_ACTOR_WORKSPACE)s", "%(ENV_ISG_ACTOR_WATCH)s", "%(process_num)d", "daemon"
    )
    name = "%(program_name)s-%(process_num)d" if actor.pooled else "%(program_name)s"
    return f"""\
[program:{actor.kind}]
command=%(ENV_ISG_ACTOR_PYTHON)s {" ".join(words)}
process_name={name}
numprocs={count}
numprocs_start=0
priority={actor.priority}
autostart=true
autorestart=true
; No death counts as a failed start, so none is given up on; the actors damp their own crash loops.
startsecs=0
startretries=1000000
stopsignal=TERM
stopwaitsecs={actor.stop_seconds}
stopasgroup=true
killasgroup=true
redirect_stderr=true
stdout_logfile=logs/{name}.log
stdout_logfile_maxbytes={setting.number("log_mb")}MB
stdout_logfile_backups={setting.number("log_backups")}
"""


class Ended(NamedTuple):
    """An actor's end as supervisord saw it: its name and how (`terminated by SIGKILL; not expected`)."""

    name: str
    how: str


class Supervisor:
    """supervisord as a child process, in a process group of its own so that a terminal's Ctrl-C reaches
    only who started it. Made by `start`."""

    def __init__(self, workspace: Workspace, process: subprocess.Popen[bytes]) -> None:
        self.workspace = workspace
        self.process = process
        assert process.stdout is not None
        self._output = process.stdout.fileno()
        self._rest = b""
        os.set_blocking(self._output, False)

    @property
    def output(self) -> int:
        """A descriptor to poll: readable when supervisord has said something, or has ended."""
        return self._output

    def heed(self) -> list[Ended] | None:
        """Read what supervisord said; wake it if that was about a process, so that it acts now and not at
        its next look. Returns the actors that ended by themselves; None once supervisord is gone."""
        try:
            read = os.read(self._output, 65536)
        except BlockingIOError:
            return []
        if not read:
            return None
        *lines, self._rest = (self._rest + read).split(b"\n")
        ended = []
        for line in lines:
            match = ENDED.search(line.decode("utf-8", "replace"))
            if match and match["word"] != "stopped":
                ended.append(Ended(match["name"], match["how"]))
        if lines:
            self.wake()
        return ended

    def wake(self) -> None:
        """Make supervisord look at its children now: any connection ends its wait."""
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as knock:
            knock.settimeout(0.2)
            knock.connect(str(self.workspace.socket_directory / SOCKET_NAME))

    def stop(self) -> bool:
        """SIGTERM, and wait until all is gone; True when it went by itself. Bounded: after
        STOP_SECONDS_MAX supervisord is killed, and the actors end because it did."""
        deadline = time.monotonic() + STOP_SECONDS_MAX
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGTERM)
        clean = True
        while not self._ended_within(0.05):
            if time.monotonic() > deadline:
                self.process.kill()
                clean = False
            self.heed()
            self.wake()
        return self.clear() and clean

    def clear(self) -> bool:
        """Behind a supervisord that ended, however it did: wait until the actors are gone, and remove the
        socket files and records that killed ones left. True when everything went."""
        self.process.wait(timeout=1)
        deadline = time.monotonic() + GONE_SECONDS_MAX
        pids = set(_holders(self.workspace)) | _recorded(self.workspace)
        # An actor gives its lock up a moment before its process is gone.
        while alive := [pid for pid in pids if _is_alive(pid)]:
            if time.monotonic() > deadline:
                for pid in alive:
                    with contextlib.suppress(OSError):
                        os.kill(pid, signal.SIGKILL)
                break
            time.sleep(0.02)
        _sweep(self.workspace)
        if self.process.stdout is not None:
            self.process.stdout.close()
        return not alive

    def last_words(self) -> str:
        """The last line that supervisord wrote on standard error, "" for none."""
        try:
            lines = (self.workspace.logs / ERRORS_NAME).read_text(errors="replace").split("\n")
        except OSError:
            return ""
        return next((line.strip() for line in reversed(lines) if line.strip()), "")

    def _ended_within(self, seconds: float) -> bool:
        try:
            self.process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            return False
        return True


def start(workspace: Workspace, watch: Path, parsers: int | None = None, queries: int = 1) -> Supervisor:
    """Write the configuration and start supervisord on it. The caller holds `workspace.daemon_lock`
    (the actors' lifeline). Raises IsgError("storage") when the files cannot be written."""
    workspace.make()
    _sweep(workspace)
    files = _open_files()
    text = configuration(parsers or cores(), queries, files)
    configured = workspace.directory / CONFIGURATION_NAME
    try:
        place.replace(configured, text.encode(), durable=False)
        errors = open(workspace.logs / ERRORS_NAME, "wb")  # noqa: SIM115 - the child's for its life
    except OSError as error:
        raise IsgError(
            f"cannot write in {workspace.directory}: {error}",
            "make room or set ISG_STATE_DIR to a directory you can write",
            code="storage",
        ) from error
    with errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "supervisor.supervisord", "-n", "-c", CONFIGURATION_NAME],
            cwd=workspace.directory,
            env={
                **os.environ,
                "ISG_STATE_DIR": str(place.state_directory()),  # it may be relative, and cwd changes
                "ISG_ACTOR_PYTHON": shlex.quote(sys.executable),
                "ISG_ACTOR_WORKSPACE": shlex.quote(workspace.name),
                "ISG_ACTOR_WATCH": shlex.quote(str(watch)),
                "ISG_ACTOR_SOCKETS": str(workspace.socket_directory),
                "PYTHONUNBUFFERED": "1",
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            process_group=0,
        )
    return Supervisor(workspace, process)


def _open_files() -> int:
    """Descriptors to allow each actor: what is wanted, as far as the system lets us."""
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return OPEN_FILES_WANTED if hard == resource.RLIM_INFINITY else min(OPEN_FILES_WANTED, hard)


def _holders(workspace: Workspace) -> list[int]:
    """The pids of actors that still hold their locks."""
    locks = [*workspace.run.glob("*.lock"), workspace.lock]
    found = [holder.pid for lock in locks if (holder := place.holder(lock)) is not None]
    return [pid for pid in found if pid != os.getpid()]


def _recorded(workspace: Workspace) -> set[int]:
    """The pids of the actors on record, of which some may be long gone."""
    from isg_services.query.status import living

    return {process.pid for _, process in living(workspace)}


def _is_alive(pid: int) -> bool:
    import psutil

    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _sweep(workspace: Workspace) -> None:
    """Remove sockets, locks and records of actors that are no more. Only where nobody holds a lock."""
    if _holders(workspace):
        return
    for path in (*workspace.run.glob("*.json"), *workspace.run.glob("*.lock"), *workspace.run.glob("*.pid*")):
        path.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        for path in workspace.socket_directory.iterdir():
            if path.is_socket():
                path.unlink(missing_ok=True)
    workspace.lock.unlink(missing_ok=True)
