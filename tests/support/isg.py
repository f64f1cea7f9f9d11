"""The real `isg` command as a subprocess, a small Rust project to ask about, and a real daemon."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import psutil

from support.wait import until

COMMAND = Path(sys.executable).with_name("isg")
"""The installed command of this environment."""
SECONDS_MAX = 60

CARGO = b'[package]\nname = "zoo"\nversion = "0.1.0"\nedition = "2021"\n'
LIB = b"""\
pub mod farm;
pub mod shapes;

pub fn validate_input(x: i32) -> bool {
    x > 0
}

pub fn add(a: i32, b: i32) -> i32 {
    if validate_input(a) { a + b } else { 0 }
}
"""
SHAPES = b"""\
use std::fmt::Display;

pub trait Drawable {
    fn draw(&self) -> String;
}

pub struct Circle;

pub struct Square {
    pub side: f64,
}

impl Drawable for Circle {
    fn draw(&self) -> String {
        label("circle")
    }
}

impl Drawable for Square {
    fn draw(&self) -> String {
        label("square")
    }
}

fn label<D: Display>(what: D) -> String {
    what.to_string()
}

pub fn draw_shape(shape: &dyn Drawable) -> String {
    shape.draw()
}
"""
FARM = b"""\
pub struct Barn;
pub struct Field;

impl Barn {
    pub fn new() -> Self {
        Barn
    }
}

impl Field {
    pub fn new() -> Self {
        Field
    }
}

pub fn a() {
    b();
}

pub fn b() {
    c();
}

pub fn c() {
    d();
}

pub fn d() {}

pub fn ping(n: u32) {
    if n > 0 {
        pong(n - 1);
    }
}

pub fn pong(n: u32) {
    ping(n);
}
"""
ZOO = {"Cargo.toml": CARGO, "src/lib.rs": LIB, "src/shapes.rs": SHAPES, "src/farm.rs": FARM}


def plant(directory: Path, files: dict[str, bytes] = ZOO) -> Path:
    """Write a project."""
    for name, text in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
    return directory


class Ended(NamedTuple):
    """What a command left."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)


class Isg:
    """`isg` with a state directory of its own, run from a directory."""

    def __init__(self, state: Path, cwd: Path) -> None:
        self.state = state
        self.cwd = cwd

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ISG_")}
        return {**kept, "ISG_STATE_DIR": str(self.state), "ISG_CONFIG": os.devnull, **more}

    def line(self, *arguments: str) -> list[str]:
        return [str(COMMAND), *arguments]

    def __call__(
        self, *arguments: str, input: bytes | None = None, cwd: Path | None = None, **environment: str
    ) -> Ended:
        done = subprocess.run(
            self.line(*arguments),
            cwd=cwd or self.cwd,
            env=self.environment(**environment),
            input=b"" if input is None else input,
            capture_output=True,
            timeout=SECONDS_MAX,
            check=False,
        )
        return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())

    def json(self, *arguments: str, status: int = 0) -> Any:
        """The document of a command that must end with `status`."""
        end = arguments.index("--") if "--" in arguments else len(arguments)
        ended = self(*arguments[:end], "--format", "json", *arguments[end:])
        assert ended.status == status, ended
        return ended.document

    @contextmanager
    def daemon(self, *arguments: str, said: str = "canned", **environment: str) -> Iterator[Daemon]:
        """`isg daemon --watch CWD …`, from where it has `said` so much (by default: over its first scan);
        killed with all it started at the end."""
        process = subprocess.Popen(
            self.line("daemon", "--watch", str(self.cwd), *arguments),
            cwd=self.cwd,
            env=self.environment(**environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        daemon = Daemon(process)
        try:
            daemon.expect(said)
            yield daemon
        finally:
            daemon.end()


class Daemon:
    """A running `isg daemon`: its lines as they come, and the processes below it."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.lines: list[str] = []
        self.errors: list[str] = []
        self._new: queue.Queue[str] = queue.Queue()
        self._threads = [
            threading.Thread(target=self._read, args=(process.stdout, self.lines, self._new), daemon=True),
            threading.Thread(target=self._read, args=(process.stderr, self.errors, None), daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def _read(self, stream: Any, lines: list[str], news: queue.Queue[str] | None) -> None:
        for raw in stream:
            line = raw.decode().rstrip("\n")
            lines.append(line)
            if news is not None:
                news.put(line)

    def expect(self, part: str, seconds: float = SECONDS_MAX) -> str:
        """The next line on stdout that holds `part`; those before it are passed over."""
        while True:
            try:
                line = self._new.get(timeout=seconds)
            except queue.Empty:
                raise AssertionError(f"no line with {part!r}; {self.lines} {self.errors}") from None
            if part in line:
                return line

    def children(self) -> dict[str, psutil.Process]:
        """supervisord and the actors, by name."""
        found = {}
        try:
            below = psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return {}
        for child in below:
            name = actor_name(child)
            if name is not None:
                found[name] = child
        return found

    def family(self) -> dict[str, psutil.Process]:
        """All five kinds, waited for."""

        def whole() -> dict[str, psutil.Process] | None:
            found = self.children()
            kinds = {name.partition("-")[0] for name in found}
            return found if kinds >= {"supervisord", "writer", "query", "parser", "watcher"} else None

        return until(whole, "every actor runs")

    def stop(self, number: int = signal.SIGINT) -> int:
        """Send a signal and wait; the exit status."""
        self.process.send_signal(number)
        return self.process.wait(timeout=SECONDS_MAX)

    def end(self) -> None:
        """Leave nothing behind, whatever the test did."""
        below = list(self.children().values())
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=SECONDS_MAX)
            except subprocess.TimeoutExpired:
                self.process.kill()
        for child in below:
            try:
                child.kill()
            except psutil.NoSuchProcess:
                continue
        self.process.wait(timeout=SECONDS_MAX)
        for thread in self._threads:
            thread.join(timeout=SECONDS_MAX)


def actor_name(process: psutil.Process) -> str | None:
    """`writer`, `parser-1`, `supervisord`, from a command line."""
    try:
        words = process.cmdline()
    except psutil.Error:
        return None
    if "supervisor.supervisord" in words:
        return "supervisord"
    if "isg_services" not in words:
        return None
    kind = words[words.index("isg_services") + 1]
    return f"{kind}-{words[words.index('--index') + 1]}" if "--index" in words else kind
