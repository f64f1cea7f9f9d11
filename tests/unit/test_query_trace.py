"""R2: `isg status` tells where the time of recent changes went."""

from __future__ import annotations

from isg_protocol.message import FileUpdate, Published
from isg_services.query.trace import CHANGES_KEPT, SHOWN, Trace


def published(path: str, *stages_us: int) -> Published:
    update = FileUpdate(path=path, nodes=1, elapsed_ms=1.0, stages_us=list(stages_us))
    return Published(version=1, covered=1, files=[update], changes=[], change_count=0, nodes=1, edges=1)


def test_before_any_change_there_is_nothing_to_tell() -> None:
    trace = Trace()
    trace.note(published("a.rs"), 5)  # of a scan: no watch noticed it
    assert trace.told() is None


def test_the_last_change_and_the_percentiles_are_told_stage_by_stage() -> None:
    trace = Trace()
    for number in range(1, 101):
        trace.note(published(f"{number}.rs", number, 10, 20, 30, 40), 7)
    told = trace.told()
    assert told is not None
    assert told["changes"] == 100
    assert told["last"] == {"file": "100.rs"} | dict(zip(SHOWN, (100, 10, 20, 30, 40, 7, 207), strict=True))
    assert told["p50"]["read"] == 51
    assert told["p99"]["read"] == 100
    assert told["p99"]["visible"] == 7


def test_only_the_newest_changes_are_kept() -> None:
    trace = Trace()
    for number in range(CHANGES_KEPT + 50):
        trace.note(published("a.rs", number, 0, 0, 0, 0), 0)
    told = trace.told()
    assert told is not None
    assert told["changes"] == CHANGES_KEPT
    assert told["p50"]["read"] == 50 + CHANGES_KEPT // 2
