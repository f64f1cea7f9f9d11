"""What a question may carry, and the bounds it is answered under.

Owns the arguments of every query and the deadline's check. Invariant: no clock is read here; one is
handed in, so that a test can turn it. Absent: parsing of command lines and messages.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from isg_graph.error import TimedOut, command
from isg_protocol.limit import RESULTS_DEFAULT

CHECK_EVERY_STEPS = 256


class QueryArguments(Struct, kw_only=True, frozen=True):
    """One question. `name` is of table.QUERIES; `limit` 0 means all; `cursor` is an answer's, for what comes
    behind it, and `offset` how many results that skips; `depth` counts hops (None: no limit);
    `kinds` are kinds of nodes (which results to keep) or of edges (which to follow)."""

    name: str
    target: str | None = None
    to: str | None = None
    kind: str | None = None
    file: str | None = None
    level: str | None = None
    depth: int | None = None
    kinds: list[str] | None = None
    no_tests: bool = False
    candidates: bool = False
    limit: int = RESULTS_DEFAULT
    cursor: str | None = None
    offset: int = 0
    all: bool = False
    timeout_ms: int | None = None


class Part(Struct, kw_only=True):
    """What a query found: `results` already cut to the limit, `count` before it, `bounded` when a bound
    ended the search; `extras` are the keys beside the common ones, in their order."""

    results: list[dict[str, Any]]
    count: int
    bounded: bool = False
    target: dict[str, Any] | None = None
    extras: dict[str, Any] = {}


class Bounds:
    """The deadline of one question: `clock` counts nanoseconds; without one there is no deadline."""

    def __init__(self, arguments: QueryArguments, clock: Callable[[], int] | None = None) -> None:
        self._arguments = arguments
        self._clock = clock
        self._steps = 0
        self._ends_ns: int | None = None
        if clock is not None and arguments.timeout_ms is not None:
            self._ends_ns = clock() + arguments.timeout_ms * 1_000_000

    def step(self, steps: int = 1) -> None:
        """Count work done; every CHECK_EVERY_STEPS the deadline is looked at. Raises TimedOut."""
        self._steps += steps
        if self._steps >= CHECK_EVERY_STEPS:
            self._steps = 0
            self.check()

    def check(self) -> None:
        """Raises TimedOut when the deadline has passed."""
        if self._ends_ns is None or self._clock is None or self._clock() < self._ends_ns:
            return
        asked = self._arguments
        words = ["query", asked.name, *(word for word in (asked.target, asked.to) if word)]
        raise TimedOut(
            f"{asked.name} was not done within {asked.timeout_ms} ms",
            command(*words, "--timeout-ms", str(max(1, (asked.timeout_ms or 0) * 10))),
        )
