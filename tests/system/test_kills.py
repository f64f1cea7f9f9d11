"""R7: whatever dies, and whenever: nothing that was acknowledged is lost, and no answer is wrong.

A real daemon under continuous edits and questions, whose processes are killed (or stopped for a while) at
random moments; now and then all of them at once, and another daemon is started. An edit is acknowledged when
a question that asked for everything saved before it was answered. The author saves one file again and again,
so that step k has k callers of `mark`; an answer's version says which step it must tell. At the end the
export is held against a fresh build. A short form is the test; a campaign, with the times of recovery:

    python tests/system/test_kills.py --kills 1000 --seed 1
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from bisect import bisect_left
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from isg_client import Client, place
from isg_client.error import IsgError
from support.fresh import fresh_export, sources
from support.isg import Daemon, Isg, plant

KILLS = int(os.environ.get("ISG_KILLS", "12"))
SEED = int(os.environ.get("ISG_KILLS_SEED", "5"))
ASKERS = 4
STEPS_MAX = 60
"""Then the file begins again from one caller: its text would grow without end."""
PAUSE_SECONDS = 0.6
"""Between kills, on average."""
BACK_SECONDS_MAX = 60
SLOW_MS = 5_000
ACTORS = ("watcher", "parser-0", "parser-1", "writer", "query-0", "query-1")
CARGO = b'[package]\nname = "herd"\nedition = "2021"\n'
LIB = b"pub mod mark;\npub mod live;\n"


def text(number: int) -> str:
    """The file of the author's save `number`."""
    step = number % STEPS_MAX + 1
    callers = "".join(f"pub fn caller_{n}() {{ crate::mark::mark() }}\n" for n in range(step))
    return f"{callers}pub struct Save{number};\n"


class Campaign:
    """One daemon after another on one tree, and everyone who works with it."""

    def __init__(self, work: Path, seed: int) -> None:
        files = {"Cargo.toml": CARGO, "src/lib.rs": LIB, "src/mark.rs": b"pub fn mark() {}\n"}
        self.isg = Isg(work / "state", plant(work / "herd", files | {"src/live.rs": text(0).encode()}))
        os.environ["ISG_STATE_DIR"] = str(self.isg.state)
        self.workspace = place.choose(f"{self.isg.cwd}/")
        self.dice = random.Random(seed)
        self.ended = threading.Event()
        self.kills: list[tuple[str, float, float]] = []
        """What was killed, when, and when its successor was there."""
        self.acknowledged: list[tuple[int, int, float, float]] = []
        """(version, save, when it was saved, when it was acknowledged)"""
        self.told: list[list[tuple[int, str, Any]]] = [[] for _ in range(ASKERS)]
        self.refused = 0
        self.failure: BaseException | None = None
        self._daemon = ExitStack()
        self._start()

    def _start(self) -> None:
        self._daemon.close()
        self.daemon: Daemon = self._daemon.enter_context(
            self.isg.daemon("--parsers", "2", "--queries", "2", said="Watching")
        )

    # --- who works

    def author(self) -> None:
        """Save, and ask until the save is seen; again and again."""
        number = 0
        while not self.ended.is_set():
            number += 1
            beside = self.isg.cwd / "src" / "live.rs~"
            beside.write_text(text(number))
            beside.replace(self.isg.cwd / "src" / "live.rs")
            saved = time.monotonic()
            while True:
                try:
                    with Client(self.workspace, timeout_ms=BACK_SECONDS_MAX * 1000) as client:
                        answer = client.list_nodes(kind="struct", sync=True)
                    break
                except IsgError:
                    self.refused += 1  # nobody is there: asked again
                    assert time.monotonic() - saved < 2 * BACK_SECONDS_MAX, f"save {number} is not seen"
            shown = [row["name"] for row in answer["results"]]
            assert shown == [f"Save{number}"], (answer["version"], shown, number)
            self.acknowledged.append((answer["version"], number, saved, time.monotonic()))

    def asker(self, index: int) -> None:
        dice = random.Random(index)
        told, seen = self.told[index], 0
        while not self.ended.is_set():
            try:
                with Client(self.workspace, timeout_ms=5_000) as client:
                    while not self.ended.is_set():
                        what = dice.choice(("callers", "struct", "items"))
                        if what == "callers":
                            answer = client.callers("mark::mark", limit=0)
                            value: Any = answer["count"]
                        elif what == "struct":
                            answer = client.list_nodes(kind="struct")
                            value = [row["name"] for row in answer["results"]]
                        else:
                            answer = client.outline("src/live.rs", limit=1)
                            value = answer["count"]
                        assert answer["version"] >= seen, "a version went back"
                        seen = answer["version"]
                        told.append((seen, what, value))
                        self.ended.wait(0.005)
            except IsgError:
                self.refused += 1
                self.ended.wait(0.05)

    def kill(self) -> None:
        """One of them, or all, at a random moment; waits for the successor."""
        name = self.dice.choice((*ACTORS, "writer"))
        if self.dice.random() < 0.03:
            name = "everything"
        time.sleep(self.dice.expovariate(1 / PAUSE_SECONDS))
        at = time.monotonic()
        if name == "everything":
            # The daemon first, since its lock's end is what the others end by; then all that still runs.
            family = psutil.Process(self.daemon.process.pid).children(recursive=True)
            self.daemon.process.kill()
            for child in family:
                _strike(child, psutil.Process.kill)
            psutil.wait_procs(family, timeout=BACK_SECONDS_MAX)
            self._start()
        else:
            pid = self._pid(name)
            found = psutil.Process(pid)
            if self.dice.random() < 0.1:  # it hangs for a while first
                _strike(found, psutil.Process.suspend)
                time.sleep(self.dice.random())
            _strike(found, psutil.Process.kill)
            while self._pid(name, pid) == pid:
                assert time.monotonic() - at < BACK_SECONDS_MAX, f"no new {name}; {self.daemon.errors[-5:]}"
                time.sleep(0.01)
        self.kills.append((name, at, time.monotonic()))

    def _pid(self, name: str, before: int = 0) -> int:
        """The pid in an actor's record; while that is being replaced, the one before."""
        deadline = time.monotonic() + BACK_SECONDS_MAX
        while True:
            try:
                pid = int(json.loads((self.workspace.run / f"{name}.json").read_bytes())["pid"])
                if before or psutil.pid_exists(pid):
                    return pid
            except (OSError, ValueError, KeyError):
                if before:
                    return before
            assert time.monotonic() < deadline, f"there is no {name}"
            time.sleep(0.01)

    def run(self, kills: int, note: int = 0) -> None:
        def guarded(work: Any, *given: Any) -> None:
            try:
                work(*given)
            except BaseException as error:
                self.failure = self.failure or error
                self.ended.set()

        workers = [threading.Thread(target=guarded, args=(self.author,), daemon=True)]
        workers += [
            threading.Thread(target=guarded, args=(self.asker, n), daemon=True) for n in range(ASKERS)
        ]
        try:
            for worker in workers:
                worker.start()
            while len(self.kills) < kills and not self.ended.is_set():
                self.kill()
                if note and len(self.kills) % note == 0:
                    print(f"{len(self.kills)} kills, {len(self.acknowledged)} saves seen", flush=True)
            last = time.monotonic()
            while not self.ended.is_set() and self.acknowledged[-1][2] < last:
                time.sleep(0.01)  # a save after the last kill is seen, or its author gives up
            self.ended.set()
            for worker in workers:
                worker.join(BACK_SECONDS_MAX * 3)
                assert not worker.is_alive()
            if self.failure is not None:
                raise self.failure
            self.hold()
        finally:
            self.ended.set()
            self._daemon.close()

    # --- what must be true

    def hold(self) -> None:
        """Versions only grow, every answer is true of its version, and the end is a fresh build's."""
        versions = [version for version, *_ in self.acknowledged]
        assert versions == sorted(set(versions)), "a save is a version"
        saves = {version: number for version, number, _, _ in self.acknowledged}
        for told in self.told:
            for version, what, value in told:
                self._hold_answer(version, what, value, versions, saves)
        with Client(self.workspace, timeout_ms=BACK_SECONDS_MAX * 1000) as client:
            live = b"".join(client.export(sync=True)).decode()
        assert live == fresh_export(sources(self.isg.cwd))

    @staticmethod
    def _hold_answer(version: int, what: str, value: Any, versions: list[int], saves: dict[int, int]) -> None:
        """An acknowledged version is of its save; one between two notes is of either's."""
        at = bisect_left(versions, version)
        if at == len(versions):
            return  # after the last acknowledged save
        candidates = [saves[versions[at]]] + ([saves[versions[at - 1]]] if at else [0])
        truths = [
            {
                "callers": number % STEPS_MAX + 1,
                "struct": [f"Save{number}"],
                "items": number % STEPS_MAX + 2,
            }[what]
            for number in candidates
        ]
        exact = version == versions[at]
        assert value in (truths[:1] if exact else truths), (version, what, value, candidates)

    def recovery(self) -> dict[str, dict[str, float]]:
        """Milliseconds from a kill, and from its successor's start, until a save made after that is seen."""
        whole, after = [], []
        for name, at, back in self.kills:
            seen = [done for _, _, saved, done in self.acknowledged if saved >= at]
            if seen:
                whole.append((seen[0] - at) * 1000)
                if whole[-1] > SLOW_MS:
                    print(f"{name}: a save is seen {whole[-1]:.0f} ms after its end")
            seen = [done for _, _, saved, done in self.acknowledged if done >= back]
            if seen:
                after.append((seen[0] - back) * 1000)
        return {"from_kill_ms": _spread(whole), "from_successor_ms": _spread(after)}


def _spread(values: list[float]) -> dict[str, float]:
    if len(values) < 2:
        return {}
    cuts = statistics.quantiles(values, n=100)
    return {"p50": cuts[49], "p99": cuts[98], "max": max(values)}


def _strike(process: psutil.Process, how: Any) -> None:
    with suppress(psutil.NoSuchProcess):
        how(process)


@pytest.mark.timeout(600)
def test_nothing_is_lost_and_nothing_wrong_whatever_dies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ISG_STATE_DIR", str(tmp_path / "state"))
    campaign = Campaign(tmp_path, SEED)
    campaign.run(KILLS)
    assert len(campaign.kills) == KILLS
    assert len(campaign.acknowledged) > KILLS / 2


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--kills", type=int, default=1_000)
    words.add_argument("--seed", type=int, default=1)
    given = words.parse_args()
    with tempfile.TemporaryDirectory() as work:
        campaign = Campaign(Path(work), given.seed)
        campaign.run(given.kills, note=50)
        by_name: dict[str, int] = {}
        for name, _, _ in campaign.kills:
            by_name[name] = by_name.get(name, 0) + 1
        record = {
            "kills": by_name,
            "acknowledged": len(campaign.acknowledged),
            "answers": sum(map(len, campaign.told)),
            "refused": campaign.refused,
            **campaign.recovery(),
        }
        print(json.dumps(record))


if __name__ == "__main__":
    main()
