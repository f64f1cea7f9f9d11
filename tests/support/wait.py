"""Waiting for something to become true, never longer than a bound."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

SECONDS_MAX = 20.0
POLL_SECONDS = 0.02


def until(condition: Callable[[], T], what: str, seconds: float = SECONDS_MAX) -> T:
    """The first true value of `condition`; fails, saying `what` and the last value, after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what}; last: {value!r}")
        time.sleep(POLL_SECONDS)
