"""Many clients on one daemon, with saves beside them; and what an echo of the same replies makes of them.

    python benchmarks/load.py TREE [--clients 1 8 64 256] [--seconds 8] [--queries 1 2] [--broker]

A daemon watches a copy of TREE. For each number of clients `isg load` asks closed, with the same questions
and a file saved twice a second; then the same clients, processes and questions go to an echo: a process
that receives, looks the request up in a table and sends a reply of the size that this question's has, and
does nothing else. The ratio of the two rates is of one run, one after the other. --queries tells with how
many query processes (clients connect to all of them); --broker puts a ROUTER/DEALER proxy in a process of
its own before them instead, to compare. The last line is the record as JSON.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import tempfile
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import zmq
from watched import watched

from isg_cli.loading import mix
from isg_cli.loading import run as loading
from isg_protocol import envelope


def echo(address: str, replies: dict[bytes, bytes], ready: Connection) -> None:
    """Reply to each request with what stands for it, until killed."""
    context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
    socket = context.socket(zmq.ROUTER)
    socket.bind(address)
    ready.send(True)
    while True:
        peer, header, body = socket.recv_multipart()
        correlation = header[8:24]
        socket.send_multipart([peer, *envelope.seal(envelope.REPLY, replies[body], correlation)])


def broker(front: str, backs: list[str], ready: Connection) -> None:
    """A proxy between clients and query processes, until killed."""
    context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
    clients, queries = context.socket(zmq.ROUTER), context.socket(zmq.DEALER)
    clients.bind(front)
    for back in backs:
        queries.connect(back)
    ready.send(True)
    zmq.proxy(clients, queries)


class Beside:
    """A function in a process of its own that is there once it says so."""

    def __init__(self, target: Any, *given: Any) -> None:
        ours, theirs = multiprocessing.Pipe()
        self.process = multiprocessing.get_context("fork").Process(target=target, args=(*given, theirs))
        self.process.start()
        assert ours.recv()

    def end(self) -> None:
        self.process.kill()
        self.process.join()


def replies_of(addresses: list[str], bodies: list[bytes]) -> dict[bytes, bytes]:
    """What the query process answers to each request."""
    context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
    found = {}
    with context.socket(zmq.DEALER) as asker:
        asker.connect(addresses[0])
        for body in bodies:
            asker.send_multipart(envelope.seal(envelope.REQUEST, body, os.urandom(16)))
            found[body] = asker.recv_multipart()[-1]
    return found


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("tree", type=Path)
    words.add_argument("--clients", type=int, nargs="+", default=[1, 8, 64, 256])
    words.add_argument("--queries", type=int, nargs="+", default=[1, 2])
    words.add_argument("--seconds", type=float, default=8.0)
    words.add_argument("--still", action="store_true", help="and once more without the saves")
    words.add_argument("--broker", action="store_true")
    words.add_argument("--json", type=Path)
    given = words.parse_args()
    print(json.dumps(record := measure(given)))
    if given.json is not None:
        given.json.write_text(json.dumps(record) + "\n")


def measure(given: argparse.Namespace) -> dict[str, Any]:
    rows: list[dict[str, Any]] = []
    for queries in given.queries:
        with (
            tempfile.TemporaryDirectory() as work,
            watched(given.tree, Path(work), "--queries", str(queries)) as daemon,
            daemon.client() as client,
        ):
            bodies = mix.of(client, 1)
            files = client.list_nodes(kind="module", limit=mix.LISTED_MAX)["results"]
            edit = sorted({row["file"] for row in files if row["target"] == "lib"})[0]
            replies = replies_of(daemon.workspace.query_sockets(), bodies)
            for clients in given.clients:
                plan = loading.Plan(bodies, clients, min(clients, 2), given.seconds, 1, None, edit, 2.0)
                row, _ = loading.load(client, daemon.workspace, plan)
                rows.append(_row(row, clients, queries, "direct"))
                if given.still:
                    row, _ = loading.load(client, daemon.workspace, plan._replace(edit=None))
                    rows.append(_row(row, clients, queries, "still"))
                if given.broker:
                    front = f"ipc://{work}/broker"
                    proxy = Beside(broker, front, daemon.workspace.query_sockets())
                    told, latencies = loading.ask([front], plan, 1.0)
                    proxy.end()
                    rows.append(_bare(told, latencies, clients, queries, "broker", given.seconds))
                if queries == given.queries[0]:
                    floor = Beside(echo, f"ipc://{work}/echo", replies)
                    told, latencies = loading.ask([f"ipc://{work}/echo"], plan, 1.0)
                    floor.end()
                    rows.append(_bare(told, latencies, clients, 0, "echo", given.seconds))
    bytes_ = sorted(len(reply) for reply in replies.values())
    sizes = {"median": bytes_[len(bytes_) // 2], "mean": sum(bytes_) // len(bytes_), "max": bytes_[-1]}
    return {"benchmark": "load", "tree": given.tree.name, "reply_bytes": sizes, "rows": rows}


def _row(record: dict[str, Any], clients: int, queries: int, way: str) -> dict[str, Any]:
    kept = ("requests", "errors", "rate_per_s", "latency_us", "asked_again", "saves", "lag_ms", "versions")
    row = {"way": way, "queries": queries, "clients": clients} | {key: record[key] for key in kept}
    _show(row)
    return row


def _bare(told: Any, latencies: Any, clients: int, queries: int, way: str, seconds: float) -> dict[str, Any]:
    from isg_cli.loading.report import percentiles

    done = sum(one["done"] for one in told)
    row = {
        "way": way,
        "queries": queries,
        "clients": clients,
        "requests": done,
        "errors": sum(sum(one["errors"].values()) for one in told),
        "rate_per_s": round(done / seconds, 1),
        "latency_us": percentiles(latencies),
        "asked_again": sum(one["again"] for one in told),
    }
    _show(row)
    return row


def _show(row: dict[str, Any]) -> None:
    us = row["latency_us"]
    saves = row.get("saves")
    beside = (
        f"  saves {saves['seen']}, not seen {saves['not_seen']}, {saves['seen_us']['p99']} us p99"
        if saves
        else ""
    )
    print(
        f"{row['way']:7} {row['queries']} query {row['clients']:4} clients {row['rate_per_s']:8.0f}/s  "
        f"p50 {us['p50']} p99 {us['p99']} p99.9 {us['p999']} max {us['max']} us, {row['errors']} errors, "
        f"{row['asked_again']} again{beside}",
        flush=True,
    )


if __name__ == "__main__":
    main()
