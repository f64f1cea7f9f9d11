"""R8, acceptance 20: many clients under continuous edits: no error, no version that goes back, and every
answer is true of the version it names.

The author saves one file again and again, so that step k has k callers of `mark`; a save is one version, and
the author notes which. What a client was told for a version is then held against the step of that version.
"""

from __future__ import annotations

import bisect
import random
import threading
from pathlib import Path
from typing import Any

import pytest

from isg_client import Client, place
from support.isg import Isg, plant

CLIENTS = 64
STEPS = 40
CARGO = b'[package]\nname = "herd"\nedition = "2021"\n'
LIB = "pub mod mark;\npub mod live;\n"


def live(step: int) -> str:
    callers = "".join(f"pub fn caller_{n}() {{ crate::mark::mark() }}\n" for n in range(step))
    return f"{callers}pub struct Step{step};\n"


class Asker(threading.Thread):
    """One client that asks a mix of questions until it is told to end."""

    def __init__(self, workspace: place.Workspace, seed: int, end: threading.Event) -> None:
        super().__init__(daemon=True)
        self.workspace = workspace
        self.dice = random.Random(seed)
        self.end = end
        self.told: list[tuple[int, str, Any]] = []
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            with Client(self.workspace, timeout_ms=60_000) as client:
                while not self.end.is_set() or not self.told:
                    self._ask(client)
        except Exception as error:
            self.error = error

    def _ask(self, client: Client) -> None:
        match self.dice.randrange(6):
            case 0 | 1:
                answer = client.callers("mark::mark", limit=0)
                value: Any = len({row["symbol"] for row in answer["results"]})
                assert value == answer["count"]
                what = "callers"
            case 2:
                answer = client.blast_radius("mark::mark", limit=5)
                what, value = "callers", answer["count"]
            case 3:
                answer = client.list_nodes(kind="struct")
                what, value = "struct", [row["name"] for row in answer["results"]]
            case 4:
                answer = client.search("caller", limit=0)
                what, value = "callers", answer["count"]
            case _:
                answer = client.outline("src/live.rs", limit=1, sync=self.dice.random() < 0.2)
                what, value = "items", answer["count"]
        self.told.append((answer["version"], what, value))


def test_sixty_four_clients_are_told_nothing_but_the_truth_of_their_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"Cargo.toml": CARGO, "src/lib.rs": LIB.encode(), "src/mark.rs": b"pub fn mark() {}\n"}
    isg = Isg(tmp_path / "state", plant(tmp_path / "herd", files | {"src/live.rs": live(1).encode()}))
    monkeypatch.setenv("ISG_STATE_DIR", str(isg.state))
    with isg.daemon("--parsers", "1", "--queries", "2"):
        workspace = place.choose(f"{isg.cwd}/")
        end = threading.Event()
        askers = [Asker(workspace, seed, end) for seed in range(CLIENTS)]
        versions, steps = [], []
        with Client(workspace, timeout_ms=60_000) as author:
            versions.append(author.stats(sync=True)["version"])
            steps.append(1)
            for asker in askers:
                asker.start()
            for step in range(2, STEPS + 1):
                beside = isg.cwd / "src" / "live.rs~"
                beside.write_text(live(step))
                beside.replace(isg.cwd / "src" / "live.rs")
                versions.append(author.list_nodes(kind="struct", sync=True)["version"])
                steps.append(step)
        end.set()
        for asker in askers:
            asker.join(60)
            assert not asker.is_alive()
    assert versions == sorted(set(versions)), "a save is a version"
    for asker in askers:
        assert asker.error is None, asker.error
        _hold(asker, versions, steps)
    assert len({version for asker in askers for version, _, _ in asker.told}) > STEPS / 4


def _hold(asker: Asker, versions: list[int], steps: list[int]) -> None:
    seen = 0
    for version, what, value in asker.told:
        assert version >= seen
        seen = version
        # A version between two notes is the later save's, seen before its author was told.
        at = bisect.bisect_left(versions, version)
        step = steps[at]
        truth = {"callers": step, "struct": [f"Step{step}"], "items": step + 1}[what]
        assert value == truth, (version, what)
