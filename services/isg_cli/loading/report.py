"""What came of a load: percentiles of all latencies, exact, and how they are shown.

Invariant: percentiles are of every counted answer, not of a sample or of averages.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

PERCENTILES = {"p50": 0.50, "p90": 0.90, "p99": 0.99, "p999": 0.999}
_BAR = 48
_STEPS = (0.0, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9999, 1.0)


def percentiles(latencies: array[int]) -> dict[str, int | None]:
    """Of latencies in ascending order, microseconds; None where nothing was answered."""
    if not latencies:
        return {**dict.fromkeys(PERCENTILES, None), "max": None}
    told: dict[str, int | None] = {name: _at(latencies, share) for name, share in PERCENTILES.items()}
    return {**told, "max": latencies[-1]}


def _at(found: Sequence[int], share: float) -> int:
    return found[min(len(found) - 1, int(share * len(found)))]


def plot(latencies: array[int]) -> list[str]:
    """The latency below which each share of the answers came, a bar each; of latencies in ascending order."""
    if not latencies:
        return []
    most = latencies[-1] or 1
    lines = []
    for share in _STEPS:
        value = _at(latencies, share)
        bar = "█" * max(1, round(_BAR * value / most))
        lines.append(f"  {share * 100:8.2f} %  {value:>9,} µs  {bar}")
    return lines


def lines(record: dict[str, Any], latencies: array[int]) -> list[str]:
    """The report as text."""
    us = record["latency_us"]
    target = record["target_rate_per_s"]
    aim = f" of {target:,.0f} asked for" if target is not None else ""
    told = [
        f"{record['clients']} clients in {record['processes']} processes, {record['mode']}, "
        f"{record['seconds']:g} s, seed {record['seed']}",
        f"{record['requests']:,} answers, {record['rate_per_s']:,.0f} a second{aim}, "
        f"{record['errors']} errors",
    ]
    told += [f"  {count} x {code}" for code, count in sorted(record["errors_by_code"].items())]
    if us["max"] is not None:
        told.append("latency µs  " + _row(us))
    told += plot(latencies)
    if record["asked_again"]:
        told.append(f"{record['asked_again']} questions were asked again after a second without an answer")
    if record["saves"] is not None:
        saves = record["saves"]
        told.append(
            f"{saves['seen']} saves beside it, {saves['not_seen']} not seen; seen after µs  "
            + _row(saves["seen_us"])
        )
    for actor in record["actors"]:
        told.append(
            f"  {actor['name']:12} {actor['cpu_share'] * 100:5.1f} % of a core, "
            f"{actor['pss_bytes'] / 1e6:.1f} MB"
        )
    told.append(
        f"versions {record['versions']['first']} to {record['versions']['last']}, lag at the end "
        f"{record['lag_ms']} ms, the load's own processes {record['own_cpu_share'] * 100:.0f} % of a core"
    )
    return told


def _row(us: dict[str, int | None]) -> str:
    return "  ".join(f"{name} {'-' if value is None else format(value, ',')}" for name, value in us.items())
