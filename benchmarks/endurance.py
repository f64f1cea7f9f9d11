"""Many saves, and what grows by them: nothing should.

    python benchmarks/endurance.py TREE [--saves 100000] [--every 10000] [--kill-every 0] [--json FILE]

TREE is copied and watched by a real `isg daemon`. Each save is renamed into place and awaited by a
question: two of three change a body, every third names a new function, never seen before and never again,
so that texts, nodes and change lists come and go. Now and then a client asks a few questions more; with
--kill-every N one of the actors, by turns, is killed in the middle of every N-th save. After each `--every`
saves a line: resident memory, descriptors and inotify watches of all actors together, the size of the live
environment as used, and the time a save took. The last line is the record as JSON, with the growth from the
first line to the last.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

from isg_client import Client
from isg_services.query.mapping import Mapping


class Endured:
    """A daemon on a copy of a tree."""

    def __init__(self, tree: Path, work: Path) -> None:
        self.root = work / "tree"
        shutil.copytree(tree, self.root, ignore=shutil.ignore_patterns("target", ".git"))
        library = self.root / "src" / "lib.rs"
        library.write_text(library.read_text() + "\npub mod isg_endured;\n")
        self.file = self.root / "src" / "isg_endured.rs"
        self.file.write_text("pub fn body() {}\n")
        self.state = work / "state"
        os.environ.update(ISG_STATE_DIR=str(self.state), ISG_WORKSPACE="endured")
        command = [sys.executable, "-m", "isg_cli.main", "daemon", "--watch", str(self.root)]
        self.daemon = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.daemon.stdout is not None
        for line in self.daemon.stdout:
            if line.startswith("✓ Scanned"):
                break
        # Its lines are not read further: a pipe of 64 kB would stop it.
        self.client = Client("endured", timeout_ms=60_000)
        self.actors = len(self.client.status()["actors"])

    def save(self, number: int) -> None:
        extra = f"pub fn once_{number}() {{ body() }}\n" if number % 3 == 0 else ""
        beside = self.file.with_suffix(".tmp")
        beside.write_text(f"pub fn body() {{ let _ = ({'f(), ' * (number % 3)}0); }}\n{extra}// {number}\n")
        beside.replace(self.file)

    def watched(self) -> list[psutil.Process]:
        return [p for p in psutil.Process(self.daemon.pid).children(recursive=True) if p.is_running()]

    def kill(self, turn: int) -> None:
        """One actor dies; nobody waits for its successor."""
        rows = self.client.status()["actors"]
        with contextlib.suppress(psutil.NoSuchProcess):
            psutil.Process(rows[turn % len(rows)]["pid"]).kill()

    def whole(self) -> None:
        """Wait until the actors are all there again."""
        deadline = time.monotonic() + 60
        while len(self.client.status()["actors"]) < self.actors:
            assert time.monotonic() < deadline, "an actor did not come back"
            time.sleep(0.05)

    def measure(self) -> dict[str, float]:
        actors = self.watched()
        live = next(self.state.rglob("live"))
        return {
            "rss_mb": sum(p.memory_info().rss for p in actors) / 1e6,
            "descriptors": sum(p.num_fds() for p in actors),
            "watches": self.client.status()["watch"]["watches"],
            "live_mb": _used_mb(live),
            "logs_mb": sum(f.stat().st_size for f in self.state.rglob("*.log*")) / 1e6,
        }

    def end(self) -> None:
        self.client.close()
        self.daemon.terminate()
        self.daemon.communicate(timeout=60)


def _used_mb(live: Path) -> float:
    with Mapping(live, live=True) as mapping:
        return mapping.map_bytes() / 1e6


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("tree", type=Path)
    words.add_argument("--saves", type=int, default=100_000)
    words.add_argument("--every", type=int, default=10_000)
    words.add_argument("--kill-every", type=int, default=0)
    words.add_argument("--json", type=Path)
    given = words.parse_args()
    record: dict[str, Any] = {
        "tree": given.tree.name,
        "saves": given.saves,
        "kill_every": given.kill_every,
        "rows": [],
    }
    with tempfile.TemporaryDirectory() as work:
        endured = Endured(given.tree, Path(work))
        try:
            began = time.perf_counter()
            for number in range(1, given.saves + 1):
                endured.save(number)
                if given.kill_every and number % given.kill_every == 0:
                    endured.kill(number // given.kill_every)
                _await(endured, number)
                if number % given.every == 0:
                    endured.whole()
                    now = time.perf_counter()
                    row = {
                        "saves": number,
                        **endured.measure(),
                        "ms_a_save": (now - began) / given.every * 1e3,
                    }
                    record["rows"].append(row)
                    print("  ".join(f"{key} {value:.4g}" for key, value in row.items()), flush=True)
                    began = time.perf_counter()
        finally:
            endured.end()
    first, last = record["rows"][0], record["rows"][-1]
    record["growth"] = {
        key: last[key] / first[key] if first[key] else None for key in first if key != "saves"
    }
    line = json.dumps(record)
    print(line)
    if given.json is not None:
        given.json.write_text(line + "\n")


def _await(endured: Endured, number: int) -> None:
    """Until a client's answer covers the save."""
    shown = endured.client.outline("src/isg_endured.rs", sync=True)["results"]
    assert (shown[-1]["name"] == f"once_{number}") == (number % 3 == 0)
    if number % 1_000 == 0:
        endured.client.blast_radius("isg_endured::body")
        endured.client.search("once")


if __name__ == "__main__":
    main()
