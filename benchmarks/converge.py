"""From a change of a whole tree to a client's answer that covers it, beside a cold start over the same tree.

    python benchmarks/converge.py TREE [--json FILE]

TREE is copied under git and watched by a real `isg daemon`. Three changes, each timed until a question that
asks for everything saved is answered: a branch on which up to 1,000 files have another item is checked out,
and left again; 8,192 files are written while the watcher is stopped by SIGSTOP, more than the kernel's queue
holds, and it goes on. Beside each: a daemon started over the tree as it is then, from its start to its first
answer. The last line is the record as JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

from isg_client import Client
from isg_client.error import IsgError

BRANCH_FILES_MAX = 1_000
OVERFLOW_FILES = 8_192
OVERFLOW_DIRECTORIES = 64
SECONDS_MAX = 300.0


class Watched:
    """A daemon over a tree, and how long its first answer took."""

    def __init__(self, root: Path, name: str) -> None:
        os.environ["ISG_WORKSPACE"] = name
        self.name = name
        began = time.perf_counter()
        command = [sys.executable, "-m", "isg_cli.main", "daemon", "--watch", str(root)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        self.nodes = self.covered()
        self.seconds = time.perf_counter() - began

    def covered(self) -> int:
        """Wait for an answer that has seen everything saved; how many nodes there are."""
        deadline = time.monotonic() + SECONDS_MAX
        while True:
            try:
                with Client(self.name, timeout_ms=60_000) as client:
                    client.query("list", None, limit=1, sync=True)
                    return int(client.status()["nodes"])
            except IsgError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.01)

    def watcher(self) -> psutil.Process:
        below = psutil.Process(self.process.pid).children(recursive=True)
        return next(p for p in below if "watcher" in p.cmdline())

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=60)


def git(root: Path, *words: str) -> None:
    who = ["-c", "user.name=b", "-c", "user.email=b@example.com", "-c", "core.hooksPath=/dev/null"]
    subprocess.run(["git", *who, *words], cwd=root, check=True, capture_output=True)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("tree", type=Path)
    words.add_argument("--json", type=Path)
    given = words.parse_args()
    record: dict[str, Any] = {"benchmark": "converge", "tree": given.tree.name, "rows": []}
    with tempfile.TemporaryDirectory() as made:
        work = Path(made)
        os.environ["ISG_STATE_DIR"] = str(work / "state")
        root = work / "tree"
        shutil.copytree(given.tree, root, ignore=shutil.ignore_patterns("target", ".git"))
        files = _branch(root)
        live = Watched(root, "converge-live")
        print(f"cold start: {live.seconds:.2f} s, {live.nodes} nodes", flush=True)
        try:
            for name, change in (
                (f"a branch of {files} files", lambda: git(root, "checkout", "-q", "other")),
                ("and back", lambda: git(root, "checkout", "-q", "first")),
                (f"{OVERFLOW_FILES} files beside a stopped watcher", lambda: _overflow(root, live)),
            ):
                record["rows"].append(_timed(root, live, name, change, len(record["rows"])))
        finally:
            live.end()
    line = json.dumps(record)
    print(line)
    if given.json is not None:
        given.json.write_text(line + "\n")


def _branch(root: Path) -> int:
    """A second branch on which many files have one item more; how many."""
    git(root, "init", "-q", "-b", "first")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "first")
    git(root, "checkout", "-q", "-b", "other")
    files = sorted(root.rglob("*.rs"))[:BRANCH_FILES_MAX]
    for number, path in enumerate(files):
        path.write_text(path.read_text() + f"\npub fn on_the_other_branch_{number}() {{}}\n")
    git(root, "commit", "-qam", "other")
    git(root, "checkout", "-q", "first")
    return len(files)


def _overflow(root: Path, live: Watched) -> None:
    watcher = live.watcher()
    watcher.send_signal(signal.SIGSTOP)
    for number in range(OVERFLOW_FILES):
        path = root / "src" / f"many{number % OVERFLOW_DIRECTORIES}" / f"m{number}.rs"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"pub fn f{number}() {{}}\n")
    watcher.send_signal(signal.SIGCONT)


def _timed(root: Path, live: Watched, name: str, change: Any, number: int) -> dict[str, Any]:
    change()
    began = time.perf_counter()
    nodes = live.covered()
    seconds = time.perf_counter() - began
    cold = Watched(root, f"converge-cold-{number}")
    cold.end()
    assert cold.nodes == nodes, "the live graph is that of a cold start"
    row = {
        "change": name,
        "seconds": round(seconds, 2),
        "cold_seconds": round(cold.seconds, 2),
        "nodes": nodes,
    }
    row["ratio"] = round(seconds / cold.seconds, 2)
    print(f"{name}: {seconds:.2f} s, a cold start {cold.seconds:.2f} s, {nodes} nodes", flush=True)
    return row


if __name__ == "__main__":
    main()
