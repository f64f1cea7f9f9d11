"""What questions cost: in the query process, over its socket, and as a command; each beside its floor.

    python benchmarks/query.py TREE [--entities 400] [--seed 1] [--json FILE]

TREE is ingested. In process: every question is one call of the function behind the query actor, over a
mapping of the saved graph whose view is opened anew for each question as the actor does, for entities drawn
at random (the hubs with the most edges always among them), asked in random order, three times; the first
round warms what a long-lived process has warm and is not counted. Once the answer is made anew each time,
and once it is given as the actor gives it, which remembers the answers of a version. Beside it a bare LMDB
get of a random node in a transaction of its own, and igraph's pagerank over the same graph. Over the socket:
the same point questions through the client to a real daemon, beside an echo of replies of the same sizes
over the same kind of sockets. As a command: `isg query callers X`, beside `python -c "import zmq, msgspec"`.
The last line is the record as JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lmdb
import msgspec
import zmq

from isg_client import Client, place
from isg_graph.analysis import pagerank
from isg_protocol.message import Answer, ContextQuery, Query
from isg_protocol.vocabulary import FUNCTION, METHOD, NODE_KIND_CODE, STRUCT, TRAIT
from isg_services.query.answers import Answers, encoded
from isg_services.query.mapping import Mapping, SnapshotView
from isg_services.query.respond import respond

ROUNDS = 3
HUBS = 10
POINT = ("where-defined", "callers", "callees", "uses", "used-by", "implements", "what-implements", "outline")
HEAVY = ("blast-radius", "context", "find-cycles", "search", "path")
Request = Query | ContextQuery


def draw(view: SnapshotView, entities: int, dice: random.Random) -> dict[str, list[Request]]:
    """The questions by name: entities at random, hubs included, by id so that none is ambiguous."""
    callable_, types, traits, everything = [], [], [], []
    weight: dict[int, int] = {}
    for number in view.numbers():
        kind = view.kind(number)
        weight[number] = len(view.incoming(number)) + len(view.outgoing(number))
        if kind in (FUNCTION, METHOD):
            callable_.append(number)
        elif kind in (STRUCT, NODE_KIND_CODE["enum"]):
            types.append(number)
        elif kind == TRAIT:
            traits.append(number)
        if kind != NODE_KIND_CODE["external"]:
            everything.append(number)

    def some(of: list[int]) -> list[str]:
        hubs = sorted(of, key=lambda number: -weight[number])[:HUBS]
        drawn = dice.sample(of, min(entities, len(of)))
        return [view.node(number).id.hex() for number in dict.fromkeys([*hubs, *drawn])]

    named = [number for number in everything if view.kind(number) != NODE_KIND_CODE["impl"]]
    names = [view.node(number).name for number in dice.sample(named, min(entities, len(named)))]
    files = [entry.path for entry in view.files() if entry.path.endswith(".rs")]
    functions = some(callable_)
    asked: dict[str, list[Request]] = {
        "where-defined": [Query(name="where-defined", target=name) for name in names],
        "callers": [Query(name="callers", target=one) for one in functions],
        "callees": [Query(name="callees", target=one) for one in functions],
        "uses": [Query(name="uses", target=one) for one in some(everything)],
        "used-by": [Query(name="used-by", target=one) for one in some(everything)],
        "implements": [Query(name="implements", target=one) for one in some(types)],
        "what-implements": [Query(name="what-implements", target=one) for one in some(traits)],
        "outline": [
            Query(name="outline", target=one) for one in dice.sample(files, min(entities, len(files)))
        ],
        "blast-radius": [Query(name="blast-radius", target=one) for one in some(everything)],
        "context": [ContextQuery(entities=[one]) for one in functions[: entities // 2]],
        "find-cycles": [Query(name="find-cycles")] * 3,
        "search": [Query(name="search", target=name) for name in names[: entities // 4]],
        "path": [
            Query(name="path", target=one, to=dice.choice(functions)) for one in functions[: entities // 4]
        ],
    }
    return asked


def in_process(mapping: Mapping, asked: dict[str, list[Request]], dice: random.Random) -> dict[str, Any]:
    """Microseconds by question, from the decoded request to the encoded reply: made anew each time, and as
    the actor answers, which remembers the answers of a version."""
    rows = {}
    answers = Answers()
    for name, requests in asked.items():
        anew: list[float] = []
        again: list[float] = []
        for turn in range(ROUNDS):
            for request in dice.sample(requests, len(requests)):
                began = time.perf_counter_ns()
                with mapping.snapshot() as view:
                    reply = respond(view, request, lag_ms=None, stale_files=0)
                    assert isinstance(reply, Answer), (name, reply)
                    encoded(reply).for_asker(0, 1)
                if turn:
                    anew.append((time.perf_counter_ns() - began) / 1000)
                    again.append(_remembered(mapping, answers, request))
                else:
                    answers.keep(
                        view.meta.birth,
                        view.version,
                        answers.find(view.meta.birth, view.version, request)[0],
                        encoded(reply),
                    )
        rows[name] = {"anew": told(anew), "unchanged": told(again)}
    return rows


def _remembered(mapping: Mapping, answers: Answers, request: Request) -> float:
    began = time.perf_counter_ns()
    with mapping.snapshot() as view:
        _, known = answers.find(view.meta.birth, view.version, request)
        if known is None:  # too large to be kept
            reply = respond(view, request, lag_ms=None, stale_files=0)
            assert isinstance(reply, Answer)
            known = encoded(reply)
        known.for_asker(0, 1)
    return (time.perf_counter_ns() - began) / 1000


def told(taken: list[float]) -> dict[str, float]:
    ordered = sorted(taken)
    return {
        "p50": round(statistics.median(ordered), 1),
        "p99": round(ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))], 1),
        "max": round(ordered[-1], 1),
    }


def timed(work: Callable[[], object], times: int) -> dict[str, float]:
    taken = []
    for _ in range(times):
        began = time.perf_counter_ns()
        work()
        taken.append((time.perf_counter_ns() - began) / 1000)
    return told(taken)


def _pairs(view: SnapshotView) -> tuple[int, list[tuple[int, int]]]:
    """The graph as igraph takes it."""
    place_of = {number: place for place, number in enumerate(view.numbers())}
    return len(place_of), [(place_of[n], place_of[link.other]) for n in place_of for link in view.outgoing(n)]


def bare_get(durable: Path, dice: random.Random) -> dict[str, float]:
    """A transaction and a get of one node, nothing else."""
    with lmdb.open(str(durable), subdir=False, readonly=True, lock=False, max_dbs=32, lib_version=0) as env:
        db = env.open_db(b"node", create=False)
        with env.begin() as txn:
            keys = [key for key, _ in txn.cursor(db)]

        def get() -> None:
            with env.begin() as txn:
                txn.get(dice.choice(keys), db=db)

        return timed(get, 5_000)


# --- over the socket ------------------------------------------------------------------------------------


def over_the_socket(tree: Path, asked: dict[str, list[Request]], dice: random.Random) -> dict[str, Any]:
    """The median round trip of point questions through the client, and of an echo of the same sizes."""
    requests = [request for name in POINT for request in dice.sample(asked[name], min(50, len(asked[name])))]
    dice.shuffle(requests)
    os.environ["ISG_WORKSPACE"] = "query-live"
    daemon = subprocess.Popen(
        [sys.executable, "-m", "isg_cli.main", "daemon", "--watch", str(tree)],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert daemon.stdout is not None
        for line in daemon.stdout:
            if line.startswith("✓ Scanned"):
                break
        sizes, trips, inside = [], [], []
        with Client("query-live") as client:
            for turn in range(ROUNDS):
                for request in requests:
                    began = time.perf_counter_ns()
                    answer = client.ask(request)
                    if turn:
                        trips.append((time.perf_counter_ns() - began) / 1000)
                        inside.append(float(answer["elapsed_us"]))
                        sizes.append(len(msgspec.msgpack.encode(Answer(value=answer))))
    finally:
        daemon.terminate()
        daemon.communicate(timeout=60)
    return {"trip": told(trips), "inside": told(inside), "echo": told(_echo(sizes))}


def _echo(sizes: list[int]) -> list[float]:
    """Round trips of replies of these sizes, from another process, decoded as the client does."""
    with tempfile.TemporaryDirectory() as work:
        address = f"ipc://{work}/echo"
        code = (
            "import sys, zmq, msgspec\n"
            "s = zmq.Context().socket(zmq.ROUTER); s.bind(sys.argv[1])\n"
            "bodies = {}\n"
            "while True:\n"
            "    peer, size = s.recv_multipart()\n"
            "    if size == b'end': break\n"
            "    n = int(size)\n"
            "    if n not in bodies: bodies[n] = msgspec.msgpack.encode(bytes(n))\n"
            "    s.send_multipart([peer, bodies[n]])\n"
        )
        server = subprocess.Popen([sys.executable, "-c", code, address])
        context = zmq.Context()
        dealer = context.socket(zmq.DEALER)
        dealer.connect(address)
        taken = []
        for turn in range(2):
            for size in sizes:
                began = time.perf_counter_ns()
                dealer.send(str(size).encode())
                msgspec.msgpack.decode(dealer.recv())
                if turn:
                    taken.append((time.perf_counter_ns() - began) / 1000)
        dealer.send(b"end")
        server.wait(timeout=10)
        context.destroy(linger=0)
    return taken


def as_command(target: str) -> dict[str, float]:
    """Milliseconds of the command, and of starting Python with two imports."""
    command = [str(Path(sys.executable).parent / "isg"), "query", "callers", target]
    bare = [sys.executable, "-c", "import zmq, msgspec"]
    rows: dict[str, list[float]] = {"isg": [], "python": []}
    for _ in range(15):
        for name, line in (("isg", command), ("python", bare)):
            began = time.perf_counter()
            subprocess.run(line, capture_output=True, check=True)
            rows[name].append((time.perf_counter() - began) * 1000)
    return {name: round(statistics.median(taken), 1) for name, taken in rows.items()}


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("tree", type=Path)
    words.add_argument("--entities", type=int, default=400)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--inside-only", action="store_true", help="without the socket and the command")
    words.add_argument("--json", type=Path)
    given = words.parse_args()
    dice = random.Random(given.seed)
    record: dict[str, Any] = {"tree": given.tree.name, "seed": given.seed}
    with tempfile.TemporaryDirectory() as work:
        os.environ.update(ISG_STATE_DIR=work, ISG_WORKSPACE="query")
        isg = str(Path(sys.executable).parent / "isg")
        subprocess.run([isg, "ingest", str(given.tree)], check=True, capture_output=True)
        durable = place.choose("query").durable
        with Mapping(durable, live=False) as mapping:
            with mapping.snapshot() as view:
                asked = draw(view, given.entities, dice)
                record |= {"nodes": view.totals().nodes, "edges": view.totals().edges}
            record["in_process_us"] = in_process(mapping, asked, dice)
            with mapping.snapshot() as view:
                vertices, pairs = _pairs(view)
            record["pagerank_us"] = timed(lambda: pagerank(vertices, pairs), 3)
        record["bare_get_us"] = bare_get(durable, dice)
        if not given.inside_only:
            target = next(r.target for r in asked["callers"] if isinstance(r, Query) and r.target)
            record["command_ms"] = as_command(target)
            record["socket_us"] = over_the_socket(given.tree, asked, dice)
    show(record)
    line = json.dumps(record)
    print(line)
    if given.json is not None:
        given.json.write_text(line + "\n")


def show(record: dict[str, Any]) -> None:
    print(f"{record['tree']}: {record['nodes']} nodes, {record['edges']} edges; microseconds")
    print(f"{'':18}{'anew: p50':>12}{'p99':>10}{'max':>10}{'unchanged: p50':>18}{'p99':>8}{'max':>8}")
    for name, row in record["in_process_us"].items():
        anew, same = row["anew"], row["unchanged"]
        print(
            f"{name:18}{anew['p50']:12.1f}{anew['p99']:10.1f}{anew['max']:10.1f}"
            f"{same['p50']:18.1f}{same['p99']:8.1f}{same['max']:8.1f}"
        )
    rows = {"bare LMDB get": record["bare_get_us"], "igraph pagerank": record["pagerank_us"]}
    for title, row in (record.get("socket_us") or {}).items():
        rows[f"socket: {title}"] = row
    for name, row in rows.items():
        print(f"{name:18}{row['p50']:12.1f}{row['p99']:10.1f}{row['max']:10.1f}")
    if "command_ms" in record:
        print(f"command: isg {record['command_ms']['isg']} ms, python {record['command_ms']['python']} ms")


if __name__ == "__main__":
    main()
