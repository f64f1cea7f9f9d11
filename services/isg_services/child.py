"""An actor as a child of this process: started, heard to end, ended.

Owns the two ways of starting one. *Forked*: what was imported is not imported again, which saves most of
the start-up of a one-shot command; only in a process that has one thread and never used zmq, whose
contexts do not survive a fork. *Spawned* otherwise. Invariant: a child's end is seen at once, as the end
of a pipe that only it holds. Deliberately absent: when to start or end which (ingest.py).
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

from isg_services.actor import Options, run_actor, write_log

POLL_MS = 5
ENDING = (signal.SIGTERM, signal.SIGINT)


def may_fork() -> bool:
    """Whether this process, as it is now, can be forked without harm. Ask before importing zmq."""
    return sys.platform != "darwin" and threading.active_count() == 1 and "zmq" not in sys.modules


class Child:
    """A started actor. `life` is readable (at its end) once it is gone."""

    def __init__(self, options: Options, fork: bool, keep_stdin: bool = False) -> None:
        self.options = options
        self.began = time.monotonic()
        self.life, held = os.pipe()
        self._process: subprocess.Popen[bytes] | None = None
        self.status: int | None = None
        log = options.workspace.logs / f"{options.name}.log"
        try:
            if fork:
                self.pid = _fork(options, log, held, self.life, keep_stdin)
            else:
                self._process = _spawn(options, log, held, keep_stdin)
                self.pid = self._process.pid
        finally:
            os.close(held)

    @property
    def log(self) -> Path:
        return self.options.workspace.logs / f"{self.options.name}.log"

    def ended(self) -> bool:
        """Whether it is gone; `status` is then its exit status, minus the signal that killed it."""
        if self.status is not None:
            return True
        if self._process is not None:
            self.status = self._process.poll()
            return self.status is not None
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        if pid == 0:
            return False
        self.status = os.waitstatus_to_exitcode(status)
        return True

    def signal(self, number: int) -> None:
        if not self.ended():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def end(self, within_ms: int) -> None:
        """Wait for its end; after `within_ms` it is killed. To be signalled before."""
        deadline = time.monotonic() + within_ms / 1000
        while not self.ended():
            if time.monotonic() > deadline:
                self.signal(signal.SIGKILL)
                deadline += 1.0
            time.sleep(POLL_MS / 1000)
        self.close()

    def close(self) -> None:
        if self.life >= 0:
            os.close(self.life)
            self.life = -1


def _fork(options: Options, log: Path, held: int, life: int, keep_stdin: bool) -> int:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    pid = fork_plain()
    if pid:
        return pid
    status = 70
    try:
        os.close(life)
        _redirect(log, keep_stdin)
        status = run_actor(options)
    except BaseException as error:
        write_log(options.name, "crashed", error=type(error).__name__, why=str(error))
    finally:
        # Not sys.exit: the parent's buffers and exit handlers are not ours to run.
        os._exit(status)


def fork_plain() -> int:
    """os.fork, whose child ends by SIGTERM and SIGINT from its first moment on: the handlers it is born with
    are its parent's, and what they raise before the first line of ours is printed and forgotten."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    try:
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
        pid = os.fork()
        if pid == 0:
            for number in ENDING:
                signal.signal(number, signal.SIG_DFL)
        return pid
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _redirect(log: Path, keep_stdin: bool) -> None:
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    os.close(descriptor)
    if not keep_stdin:
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
    # The inherited text streams may be of someone who captures output.
    sys.stderr = open(2, "w", buffering=1, closefd=False, errors="backslashreplace")  # noqa: SIM115


def _spawn(options: Options, log: Path, held: int, keep_stdin: bool) -> subprocess.Popen[bytes]:
    passed = [held]
    if options.report is not None:
        passed.append(options.report)
    with open(log, "ab") as output:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "isg_services", *words(options)],
            stdin=None if keep_stdin else subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            pass_fds=passed,
        )


def words(options: Options) -> list[str]:
    """The command line of these options, behind `python -m isg_services`."""
    workspace = options.workspace
    said = [options.kind, "--workspace", workspace.name, "--at", str(workspace.directory)]
    said += ["--index", str(options.index)]
    for flag, value in (
        ("--watch", options.watch),
        ("--source", options.source),
        ("--lifeline", options.lifeline),
        ("--report", None if options.report is None else str(options.report)),
    ):
        said += [f"{flag}={value}"] if value is not None else []
    return said + (["--replace"] if options.replace else [])


def again(child: Child, fork: bool) -> Child:
    """The same actor once more, after its end."""
    child.close()
    return Child(replace(child.options), fork)
