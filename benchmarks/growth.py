"""How ingest grows with the source: so many lines of a tree, each beside the bare parse of the same files.

    python benchmarks/growth.py TREE [--lines 10000 30000 100000 300000 800000] [--json FILE]

For each size the first files of TREE in path order up to so many lines are ingested as one dump. Told are
seconds, the ratio to a bare tree-sitter parse on one core in the same round, nodes, edges, the size of the
saved graph as LMDB uses it, and the largest resident size of a process of the ingest. The exponent of
growth is the slope of log(seconds) over log(lines) by least squares: 1 is linear. The last line is the
record as JSON.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from ingest import bare_parse, write_dump

SIZES = (10_000, 30_000, 100_000, 300_000, 800_000)
CHILD = (
    "import resource, subprocess, sys\nstatus = subprocess.call(sys.argv[1:])\n"
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)\nsys.exit(status)"
)


def first_lines(tree: Path, lines: int) -> tuple[list[Path], int]:
    """Files in path order up to so many lines of Rust, and how many lines they have."""
    chosen, total = [], 0
    for path in sorted(p for p in tree.rglob("*") if p.suffix == ".rs" or p.name == "Cargo.toml"):
        if not path.is_file():
            continue
        chosen.append(path)
        if path.suffix == ".rs":
            total += path.read_bytes().count(b"\n")
        if total >= lines:
            break
    return chosen, total


def ingested(dump: Path, state: Path) -> tuple[float, dict[str, Any], int]:
    """Seconds of the command, its document, and the largest resident size of a process of it."""
    command = [
        sys.executable,
        "-m",
        "isg_cli.main",
        "ingest",
        str(dump),
        "--workspace",
        "grown",
        "--format",
        "json",
    ]
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *command],
        env=dict(os.environ, ISG_STATE_DIR=str(state)), text=True, capture_output=True, check=True,
    )  # fmt: skip
    seconds = time.perf_counter() - began
    document, peak = done.stdout.strip().rsplit("\n", 1)
    return seconds, json.loads(document), int(peak)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("tree", type=Path)
    words.add_argument("--lines", type=int, nargs="+", default=list(SIZES))
    words.add_argument("--json", type=Path)
    given = words.parse_args()
    rows = []
    for lines in given.lines:
        chosen, total = first_lines(given.tree, lines)
        if rows and total <= rows[-1]["lines"]:
            break
        with tempfile.TemporaryDirectory() as work:
            dump = Path(work) / "dump.txt"
            write_dump(given.tree, chosen, dump)
            floor = bare_parse(chosen)
            seconds, told, peak = ingested(dump, Path(work) / "state")
            saved = next((Path(work) / "state").rglob("durable.mdb")).stat().st_size
        row = {
            "lines": total, "bare_parse_s": floor, "ingest_s": seconds, "ratio": seconds / floor,
            "nodes": told["nodes"], "edges": told["edges"], "saved_bytes": saved, "peak_rss_bytes": peak,
        }  # fmt: skip
        rows.append(row)
        print("  ".join(f"{key} {value:.4g}" for key, value in row.items()), flush=True)
    record = {"benchmark": "growth", "tree": given.tree.name, "rows": rows, "exponent": slope(rows)}
    print(json.dumps(record))
    if given.json is not None:
        given.json.write_text(json.dumps(record) + "\n")


def slope(rows: list[dict[str, Any]]) -> float | None:
    """Of log(seconds) over log(lines)."""
    if len(rows) < 2:
        return None
    points = [(math.log(row["lines"]), math.log(row["ingest_s"])) for row in rows]
    mean_x, mean_y = (sum(values) / len(points) for values in zip(*points, strict=True))
    above = sum((x - mean_x) * (y - mean_y) for x, y in points)
    return above / sum((x - mean_x) ** 2 for x, _ in points)


if __name__ == "__main__":
    main()
