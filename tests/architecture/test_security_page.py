"""SECURITY.md names for each measure the test that holds it; each of these is there."""

from __future__ import annotations

import re
from pathlib import Path

TOP = Path(__file__).parents[2]
ROW = re.compile(r"^\| (?P<measure>[^|]+) \| (?P<held>[^|]+) \|$", re.MULTILINE)


def test_every_measure_is_held_by_a_test_that_is_there() -> None:
    rows = [row for row in ROW.finditer((TOP / "SECURITY.md").read_text()) if "`tests/" in row["held"]]
    assert len(rows) > 10
    for row in rows:
        for path in re.findall(r"`(tests/[^`]+)`", row["held"]):
            assert (TOP / path).exists(), (row["measure"], path)
