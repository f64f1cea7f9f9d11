"""A real `isg daemon` on a copy of a tree, for benchmarks: started, ready, measured, ended."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from isg_client import Client, IsgError, place
from isg_client.place import Workspace

READY_SECONDS_MAX = 300


class Watched:
    """A running daemon. Its lines go nowhere, its state is in `work`."""

    def __init__(self, tree: Path, work: Path, *options: str) -> None:
        self.root = work / "tree"
        if not self.root.exists():
            ignored = shutil.ignore_patterns("target", ".git")
            shutil.copytree(tree, self.root, ignore=ignored)
        os.environ["ISG_STATE_DIR"] = str(work / "state")
        self.workspace: Workspace = place.choose(f"{self.root}/")
        self.began = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "isg_cli.main", "daemon", "--watch", str(self.root), *options],
            cwd=self.root,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.first_answer_s = self._first_answer()
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("✓ Scanned"):
                break
        self.scanned_s = time.perf_counter() - self.began

    def _first_answer(self) -> float:
        """Seconds from the daemon's start to an answer, of whatever version."""
        while time.perf_counter() - self.began < READY_SECONDS_MAX:
            try:
                with Client(self.workspace, timeout_ms=1_000) as client:
                    client.list_nodes(limit=1)
                break
            except IsgError:
                time.sleep(0.005)
        return time.perf_counter() - self.began

    def client(self) -> Client:
        return Client(self.workspace, timeout_ms=60_000)

    def actors(self) -> list[psutil.Process]:
        below = psutil.Process(self.process.pid).children(recursive=True)
        return [process for process in below if process.is_running()]

    def end(self) -> None:
        self.process.terminate()
        self.process.communicate(timeout=120)


@contextmanager
def watched(tree: Path, work: Path, *options: str) -> Iterator[Watched]:
    one = Watched(tree, work, *options)
    try:
        yield one
    finally:
        one.end()
