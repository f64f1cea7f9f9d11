"""What a graph weighs, how much interning saves, and how soon a process that starts anew answers.

    python benchmarks/memory.py TREE [--runs 9] [--json FILE]

TREE is ingested. A reader, a process of its own each time, tells the time from its main (imports done) to
its first answer, the size of the map that the graph takes, and what it has for itself more (resident memory
that is shared with no file) after a question about every function. Strings: the bytes of all strings of the
nodes, each time they occur, beside those of the different ones. Then a daemon is started over the saved
graph: from its start to its first answer, and after a stop once more; and the proportional share of memory
of each of its processes when it is quiet. The last line is the record as JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from watched import watched

from isg_client import place

READER = """
import json, sys, time
from isg_protocol.message import Query
from isg_protocol.vocabulary import FUNCTION, METHOD
from isg_services.actor import private_bytes
from isg_services.query.mapping import Mapping
from isg_services.query.respond import respond
import isg_graph.query.find, isg_graph.query.relation
from pathlib import Path
before = private_bytes()
began = time.perf_counter()
mapping = Mapping(Path(sys.argv[1]), live=False)
def ask(query):
    with mapping.snapshot() as view:
        return respond(view, query, lag_ms=None, stale_files=0).value
first = ask(Query(name="where-defined", target=sys.argv[2]))
answered = time.perf_counter() - began
assert first["count"] >= 1
row = {"first_answer_s": answered, "map_bytes": mapping.map_bytes()}
if sys.argv[3:] == ["strings"]:
    with mapping.snapshot() as view:
        occurring, different = 0, {}
        for number in view.numbers():
            node = view.node(number)
            texts = [node.symbol, node.name, node.crate, node.target, node.file, node.signature,
                     node.visibility, node.cfg, node.trait, node.self_text]
            for text in texts:
                if text is not None:
                    size = len(text.encode())
                    occurring += size
                    different[text] = size
    row["string_bytes_occurring"], row["string_bytes_different"] = occurring, sum(different.values())
if sys.argv[3:] == ["all"]:
    with mapping.snapshot() as view:
        functions = [number for number in view.numbers() if view.kind(number) in (FUNCTION, METHOD)]
        ids = [view.node(number).id.hex() for number in functions]
    for id in ids:
        ask(Query(name="callers", target=id))
    row["private_growth_bytes"] = private_bytes() - before
print(json.dumps(row))
"""


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("tree", type=Path)
    words.add_argument("--runs", type=int, default=9)
    words.add_argument("--json", type=Path)
    given = words.parse_args()
    with tempfile.TemporaryDirectory() as work:
        record = measure(given.tree, Path(work), given.runs)
    print(json.dumps(record))
    if given.json is not None:
        given.json.write_text(json.dumps(record) + "\n")


def measure(tree: Path, work: Path, runs: int) -> dict[str, Any]:
    record: dict[str, Any] = {"benchmark": "memory", "tree": tree.name}
    starts = []
    for _ in range(3):
        with watched(tree, work) as daemon, daemon.client() as client:
            starts.append({"first_answer_s": daemon.first_answer_s, "scanned_s": daemon.scanned_s})
            status = client.status()
            name = client.list_nodes(kind="function", limit=1)["results"][0]["name"]
    record["daemon_start"] = {"cold": starts[0], "again": starts[-1]}
    record["pss_bytes"] = {actor["name"]: actor["pss_bytes"] for actor in status["actors"]}
    record |= {"nodes": status["nodes"], "edges": status["edges"]}
    record["lines"] = sum(path.read_bytes().count(b"\n") for path in daemon.root.rglob("*.rs"))
    os.environ["ISG_STATE_DIR"] = str(work / "state")
    saved = place.choose(f"{daemon.root}/").durable
    record["saved_bytes"] = saved.stat().st_size
    times = [_reader(saved, name)["first_answer_s"] for _ in range(runs)]
    record["first_answer_s"] = {"median": statistics.median(times), "max": max(times)}
    for what in ("strings", "all"):
        record |= {key: value for key, value in _reader(saved, name, what).items() if key != "first_answer_s"}
    for key, value in record.items():
        print(f"{key:24} {value}", flush=True)
    return record


def _reader(saved: Path, *more: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", READER, str(saved), *more], text=True, capture_output=True, check=True
    )
    row: dict[str, Any] = json.loads(done.stdout)
    return row


if __name__ == "__main__":
    main()
