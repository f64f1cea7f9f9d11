"""Where the time of recent changes went: each stage's own, of the last thousand that a watch noticed.

Owns the counting alone; the stages are the protocol's (`message.STAGES`), with `visible` behind them: from
the publication until this process knows of it.
"""

from __future__ import annotations

from collections import deque
from typing import Any

from isg_protocol.message import STAGES, Published

CHANGES_KEPT = 1_000
SHOWN = (*STAGES, "visible", "total")


class Trace:
    """The stages of recent changes, in microseconds."""

    def __init__(self) -> None:
        self._rows: deque[tuple[int, ...]] = deque(maxlen=CHANGES_KEPT)
        self._last = ""

    def note(self, published: Published, behind_us: int) -> None:
        """A publication, known of so long after it was made."""
        for update in published.files:
            if len(update.stages_us) == len(STAGES):
                row = (*update.stages_us, behind_us)
                self._rows.append((*row, sum(row)))
                self._last = update.path

    def told(self) -> dict[str, Any] | None:
        """For the status: the last change's, and the percentiles of all; None while there was none."""
        if not self._rows:
            return None
        columns = [sorted(column) for column in zip(*self._rows, strict=True)]
        return {
            "changes": len(self._rows),
            "last": {"file": self._last} | dict(zip(SHOWN, self._rows[-1], strict=True)),
            "p50": {name: _at(column, 0.5) for name, column in zip(SHOWN, columns, strict=True)},
            "p99": {name: _at(column, 0.99) for name, column in zip(SHOWN, columns, strict=True)},
        }


def _at(ordered: list[int], share: float) -> int:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
