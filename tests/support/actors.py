"""A workspace in a temporary directory, and its actors as real processes started one by one by a test."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from isg_client import Client, place
from isg_client.error import IsgError
from isg_client.place import Workspace
from support.wait import until

CARGO = '[package]\nname = "zoo"\nversion = "0.1.0"\nedition = "2021"\n'
LIB = "pub mod farm;\n\npub fn feed() {\n    farm::cow();\n}\n"
FARM = "pub fn cow() {}\n"
FRESH_MS = 15_000
"""How long a question waits for what was saved before it; far above what it takes."""


class Actors:
    """The actors of one workspace over one tree. `start` and `end` them in any order."""

    def __init__(self, workspace: Workspace, tree: Path, logs: Path) -> None:
        self.workspace = workspace
        self.tree = tree
        self.logs = logs
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, *names: str, under: tuple[str, ...] = ()) -> None:
        """By name: watcher, writer, query-0, parser-0, parser-1 …; `under` is a command that runs another."""
        for name in names:
            kind, _, index = name.partition("-")
            words = [*under, sys.executable, "-m", "isg_services", kind, "--workspace", self.workspace.name]
            words += ["--index", index or "0"]
            words += ["--watch", str(self.tree)] if kind == "watcher" else []
            with open(self.logs / f"{name}.log", "ab") as log:
                self.running[name] = subprocess.Popen(words, stdout=log, stderr=log, stdin=subprocess.DEVNULL)

    def start_all(self) -> None:
        self.start("query-0", "parser-0", "watcher", "parser-1", "writer")

    def end(self, name: str, how: signal.Signals = signal.SIGTERM) -> int:
        """Signal one actor and wait for its end; its exit status."""
        process = self.running.pop(name)
        process.send_signal(how)
        return process.wait(timeout=30)

    def ended(self, name: str) -> int | None:
        return self.running[name].poll()

    def log(self, name: str) -> str:
        return (self.logs / f"{name}.log").read_text()

    def write(self, path: str, text: str) -> None:
        """As an editor saves: a temporary file, renamed into place."""
        target = self.tree / path
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{target.name}.tmp")
        temporary.write_text(text)
        os.replace(temporary, target)

    def fresh(self, name: str, target: str | None = None, **arguments: Any) -> dict[str, Any]:
        """An answer that has seen everything saved before; asked again while actors are down."""

        def ask() -> dict[str, Any] | None:
            try:
                with Client(self.workspace.name, timeout_ms=FRESH_MS) as client:
                    return client.query(name, target, sync=True, **arguments)
            except IsgError as error:
                if error.code in ("timeout", "stale", "nothing", "cancelled"):
                    return None
                raise

        return until(ask, f"a fresh answer to {name} {target}; {self.tails()}", seconds=60)

    def symbols(self, name: str, target: str | None = None, **arguments: Any) -> list[str]:
        return [row["symbol"] for row in self.fresh(name, target, **arguments)["results"]]

    def export(self) -> bytes:
        """The export of what is on disk now."""
        self.fresh("stats")
        with Client(self.workspace.name, timeout_ms=FRESH_MS) as client:
            return b"".join(client.export())

    def status(self) -> dict[str, Any]:
        with Client(self.workspace.name, timeout_ms=FRESH_MS) as client:
            return client.status()

    def tails(self) -> str:
        return "\n".join(f"{path.name}: {path.read_text()[-600:]}" for path in sorted(self.logs.iterdir()))

    def close(self) -> None:
        for process in self.running.values():
            process.kill()
        for process in self.running.values():
            process.wait(timeout=10)


@contextmanager
def actors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Actors]:
    """Nothing is started yet; the tree is a small crate."""
    monkeypatch.setenv("ISG_STATE_DIR", str(tmp_path / "state"))
    tree, logs = tmp_path / "tree", tmp_path / "logs"
    (tree / "src").mkdir(parents=True)
    logs.mkdir()
    (tree / "Cargo.toml").write_text(CARGO)
    (tree / "src/lib.rs").write_text(LIB)
    (tree / "src/farm.rs").write_text(FARM)
    workspace = place.choose("zoo")
    workspace.write(tree, str(tree), "directory")
    made = Actors(workspace, tree, logs)
    try:
        yield made
    finally:
        made.close()
