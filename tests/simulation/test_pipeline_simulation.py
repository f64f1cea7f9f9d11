"""R2, R7, R9: whatever is lost, repeated, reordered or killed, what is published is true, and in the end
it is everything.

A seed replays a failure: ISG_SIMULATION_SEEDS="17 4711" runs these, "0:500" a range. The default is a
short form. A long one, with a line now and then:

    python tests/simulation/test_pipeline_simulation.py 1000:21000
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from isg_services.watcher.core import WatcherCore
from isg_services.watcher.ledger import Ledger, Pending
from isg_services.writer.core import WriterCore
from support.simulate import Odds, Violated, World

SEEDS_SHORT = 12
FAULTS_MS = 60_000


def seeds(asked: str | None = None) -> list[int]:
    asked = asked or os.environ.get("ISG_SIMULATION_SEEDS", f"0:{SEEDS_SHORT}")
    if ":" in asked:
        low, high = asked.split(":")
        return list(range(int(low), int(high)))
    return [int(seed) for seed in asked.split()]


def run(seed: int, odds: Odds | None = None) -> World:
    world = World(seed, odds=odds)
    world.run_faults(FAULTS_MS)
    world.run_quiet()
    return world


@pytest.mark.parametrize("seed", seeds())
def test_after_the_faults_the_graph_is_the_disk(seed: int) -> None:
    hold(seed)


def hold(seed: int) -> World:
    """One world in which everything must hold; Violated tells its story."""
    world = run(seed)
    assert world.deaths > 0
    assert world.store.version > 0
    if not world.converged():
        unanswered = world.questions.keys() - world.answers.keys()
        pending = world.watcher and world.watcher.pending
        differing = world.published().items() ^ world.on_disk().items()
        raise world.violated(f"{len(unanswered)} unanswered, {pending} pending, {differing} not as on disk")
    return world


def test_questions_are_answered_during_the_faults_too() -> None:
    answered = [reply for seed in range(3) for reply in run(seed).answers.values()]
    assert answered.count("answered") > len(answered) / 4


def test_without_faults_nothing_is_issued_twice() -> None:
    world = World(1, odds=Odds(0, 0, 0, 0, 0, 0.08, 0, 0, 0))
    world.run_faults(20_000)
    world.run_quiet()
    assert world.converged()
    assert world.deaths == 0
    issued = [revision for revisions in world.issued.values() for revision in revisions]
    assert len(issued) == len(set(issued))


def _no_reissue(self: WatcherCore, key: str, pending: Pending) -> None:
    """Plant: what was lost stays lost."""


def _no_drop(self: WatcherCore, path: str) -> None:
    """Plant: deletions are not told."""


def _all_below(self: Ledger) -> int:
    """Plant: jobs say that everything before them is covered."""
    return self.last + 1


def _old_news(self: WriterCore, revision: int) -> None:
    """Plant: what has arrived is passed without regard to gaps."""
    self.received = max(self.received, revision)
    self.run = max(self.run, revision)


@pytest.mark.parametrize(
    ("core", "rule", "plant"),
    [
        (WatcherCore, "_reissue", _no_reissue),
        (WatcherCore, "_lose", _no_drop),
        (Ledger, "_floor", _all_below),
        (WriterCore, "_mark", _old_news),
    ],
)
def test_a_planted_bug_is_caught(
    monkeypatch: pytest.MonkeyPatch, core: type, rule: str, plant: Callable[..., None]
) -> None:
    monkeypatch.setattr(core, rule, plant)

    def is_caught(seed: int) -> bool:
        try:
            return not run(seed).converged()
        except Violated:
            return True

    assert any(is_caught(seed) for seed in range(SEEDS_SHORT))


def main(asked: str) -> None:
    events = deaths = worlds = 0
    for seed in seeds(asked):
        world = hold(seed)
        events, deaths, worlds = events + world.events, deaths + world.deaths, worlds + 1
        if worlds % 500 == 0:
            print(f"{worlds} worlds, {events} events, {deaths} deaths: everything held", flush=True)
    print(f"{worlds} worlds, {events} events, {deaths} deaths: everything held")


if __name__ == "__main__":
    main(sys.argv[1])
