"""R7: an actor that has outgrown its memory ends to be started anew, and a crash loop waits ever longer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from isg_client import place
from isg_protocol.limit import CRASH_LOOP_DAMP_MS, RECYCLED_AFTER_MS_MIN
from isg_services import actor as module
from isg_services.actor import CRASH_LOOP_DAMP_MS_MAX, Actor, Options


@pytest.fixture
def actor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Actor]:
    monkeypatch.setenv("ISG_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("ISG_ACTOR_MEMORY_MB", "100")
    workspace = place.choose("actor")
    workspace.make()
    held = place.take(workspace.run / "query-0.lock", "query")
    assert held is not None
    yield Actor(Options("query", workspace, lifeline="parent"), held)
    held.release()


def _age(actor: Actor, ms: float, monkeypatch: pytest.MonkeyPatch) -> None:
    actor.begin()
    later = module.time.monotonic() + ms / 1000
    monkeypatch.setattr(module.time, "monotonic", lambda: later)


@pytest.mark.parametrize(
    ("private", "age_ms", "is_recycled"),
    [
        (101 << 20, RECYCLED_AFTER_MS_MIN + 1_000, True),
        (99 << 20, RECYCLED_AFTER_MS_MIN + 1_000, False),
        (101 << 20, RECYCLED_AFTER_MS_MIN - 1_000, False),
    ],
)
def test_an_actor_that_has_outgrown_its_memory_ends_but_not_soon_after_its_start(
    private: int, age_ms: float, is_recycled: bool, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "private_bytes", lambda: private)
    _age(actor, age_ms, monkeypatch)
    actor.beat()
    assert (actor.stopping, actor.recycled) == (is_recycled, is_recycled)


def test_its_own_memory_is_counted() -> None:
    before = module.private_bytes()
    kept = bytearray(50_000_000)
    kept[::4096] = b"x" * len(kept[::4096])
    assert module.private_bytes() - before > 40_000_000


def test_each_early_death_doubles_the_wait_up_to_a_bound(actor: Actor) -> None:
    record = actor.workspace.run / "query-0.json"
    waits = []
    for deaths in range(12):
        record.write_text(
            json.dumps({"restarts": 1, "early_deaths": deaths, "begun": True, "settled": False})
        )
        waits.append(actor.start_record() * 1000)
    assert waits[:4] == [0, CRASH_LOOP_DAMP_MS, 2 * CRASH_LOOP_DAMP_MS, 4 * CRASH_LOOP_DAMP_MS]
    assert max(waits) == waits[-1] == CRASH_LOOP_DAMP_MS_MAX
    record.write_text(json.dumps({"restarts": 9, "early_deaths": 9, "begun": True, "settled": True}))
    assert actor.start_record() == 0


def test_who_was_killed_in_its_wait_leaves_what_was_left_of_it(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = actor.workspace.run / "query-0.json"
    now = module.time.time()
    monkeypatch.setattr(module.time, "time", lambda: now)
    row = {"restarts": 1, "early_deaths": 4, "begun": False, "settled": False, "damped_until": now + 0.5}
    record.write_text(json.dumps(row))
    assert actor.start_record() == pytest.approx(0.5)
    assert actor.early_deaths == 4
