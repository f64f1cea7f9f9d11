"""Ingest from command to prompt, beside the bare tree-sitter parse of the same bytes on one core.

    python benchmarks/ingest.py TREE [--bytes 2100000] [--runs 5] [--json FILE]

TREE's `.rs` files and manifests, in path order, are written as one gitingest dump that is cut after the
file that passes --bytes (0: all of them). Each round times the bare parse of those files (a process of
its own, imports not counted, one parser, one core) and then `isg ingest` of the dump as a whole command
in a fresh state directory, imports and process starts counted; the ratio is taken round by round, so a
machine whose speed drifts tells the same story. The last line is the record as JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FRAME = "=" * 48
BARE = """
import sys, time, pathlib
import tree_sitter, tree_sitter_rust
parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_rust.language()))
texts = [pathlib.Path(line).read_bytes() for line in sys.stdin.read().splitlines()]
start = time.perf_counter()
for text in texts:
    parser.parse(text)
print(time.perf_counter() - start)
"""


def choose(tree: Path, limit: int) -> list[Path]:
    """The tree's sources in path order, up to and with the file that passes the limit."""
    chosen, total = [], 0
    for path in sorted(p for p in tree.rglob("*") if p.suffix == ".rs" or p.name == "Cargo.toml"):
        if not path.is_file():
            continue
        chosen.append(path)
        total += path.stat().st_size
        if limit and total > limit:
            break
    return chosen


def write_dump(tree: Path, chosen: list[Path], target: Path) -> None:
    """The chosen files as gitingest writes them."""
    with target.open("wb") as out:
        for path in chosen:
            head = f"{FRAME}\nFILE: {path.relative_to(tree).as_posix()}\n{FRAME}\n"
            out.write(head.encode() + path.read_bytes().rstrip(b"\n") + b"\n\n")


def bare_parse(chosen: list[Path]) -> float:
    """Seconds of parsing alone."""
    rust = "\n".join(str(p) for p in chosen if p.suffix == ".rs")
    done = subprocess.run(
        [sys.executable, "-c", BARE], input=rust, text=True, capture_output=True, check=True
    )
    return float(done.stdout)


def ingest(dump: Path) -> tuple[float, str]:
    """Seconds from command to prompt, and the command's last line."""
    with tempfile.TemporaryDirectory() as state:
        environment = dict(os.environ, ISG_STATE_DIR=state)
        command = [sys.executable, "-m", "isg_cli.main", "ingest", str(dump), "--workspace", "benchmark"]
        start = time.perf_counter()
        done = subprocess.run(command, env=environment, text=True, capture_output=True, check=True)
        return time.perf_counter() - start, done.stdout.strip().splitlines()[-1]


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("tree", type=Path)
    words.add_argument("--bytes", type=int, default=2_100_000)
    words.add_argument("--runs", type=int, default=5)
    words.add_argument("--json", type=Path)
    options = words.parse_args()
    chosen = choose(options.tree, options.bytes)
    with tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / "dump.txt"
        write_dump(options.tree, chosen, dump)
        size = dump.stat().st_size
        bare_parse(chosen)
        rounds = []
        for number in range(options.runs):
            floor = bare_parse(chosen)
            seconds, said = ingest(dump)
            rounds.append((floor, seconds))
            figures = f"bare parse {floor:.3f} s, ingest {seconds:.3f} s, {seconds / floor:.1f} x"
            print(f"round {number + 1}: {figures}   {said}")
    record = {
        "benchmark": "ingest",
        "files": len(chosen),
        "bytes": size,
        "cores": os.cpu_count(),
        "bare_parse_s": statistics.median(floor for floor, _ in rounds),
        "ingest_s": statistics.median(seconds for _, seconds in rounds),
        "ratio": statistics.median(seconds / floor for floor, seconds in rounds),
    }
    if options.json:
        options.json.write_text(json.dumps(record, indent=1) + "\n")
    print(json.dumps(record))


if __name__ == "__main__":
    main()
