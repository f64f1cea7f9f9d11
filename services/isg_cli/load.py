"""`isg load`: the query processes of a running daemon under many clients, and what they make of it."""

from __future__ import annotations

import platform
import subprocess
import sys
import time
from argparse import ArgumentTypeError, Namespace
from array import array
from typing import TYPE_CHECKING, Any

from isg_cli import failure, option

if TYPE_CHECKING:
    from isg_client.client import Client
    from isg_client.place import Workspace

CLIENTS_MAX = 4_096
WARMUP_SHARE, WARMUP_SECONDS_MAX = 0.1, 2.0
LISTED_MAX = 5_000
"""Nodes of each kind among which entities are drawn."""


def parse(words: list[str]) -> Namespace:
    parser = option.Parser(
        prog="isg load",
        description="Ask a running daemon from many clients at once, and tell what it took. Without --rate\n"
        "each client asks as soon as it is answered; with it so many questions a second fall due whatever\n"
        "is answered, and count from when they were due.",
        epilog="examples:\n"
        "  isg load --clients 8 --seconds 10\n"
        "  isg load --clients 64 --seconds 30 --rate 2000 --format json",
    )
    option.common(parser)
    parser.add_argument("--clients", type=_clients, default=8, metavar="N", help="(default: 8)")
    parser.add_argument("--seconds", type=_seconds, default=10.0, metavar="S", help="(default: 10)")
    parser.add_argument(
        "--rate", type=_seconds, metavar="R", help="questions a second of all clients together"
    )
    parser.add_argument(
        "--seed", type=option.natural, default=1, metavar="K", help="which questions (default: 1)"
    )
    parser.add_argument(
        "--processes", type=option.positive, metavar="P", help="of the load itself (default: the cores)"
    )
    return parser.parse_args(words)


def run(arguments: Namespace) -> int:
    """Load, and print. Raises whatever has a code (main.py prints it)."""
    from isg_client.client import Client

    workspace = option.workspace(arguments)
    with Client(workspace) as client:
        record, latencies = measure(client, workspace, arguments)
    if arguments.format == "json":
        from isg_cli import document

        document.show(record)
    else:
        from isg_cli import render
        from isg_cli.loading import report

        render.show(report.lines(record, latencies))
    return 0


def measure(client: Client, workspace: Workspace, arguments: Namespace) -> tuple[dict[str, Any], array[int]]:
    """The record of a load, and every latency in microseconds."""
    from msgspec import json, msgpack

    from isg_cli.loading import mix, report
    from isg_cli.loading.worker import Task
    from isg_services.ingest import cores

    def listed(kind: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = client.list_nodes(kind=kind, limit=LISTED_MAX)["results"]
        return rows

    requests = mix.draw(listed, arguments.seed)
    if not requests:
        raise failure.Failed("nothing", "the graph holds nothing to ask about", "isg status")
    before = client.status()
    processes = min(arguments.processes or cores(), arguments.clients)
    warmup = min(WARMUP_SECONDS_MAX, arguments.seconds * WARMUP_SHARE)
    bodies = [_text(msgpack.encode(request)) for request in requests]
    addresses = workspace.query_sockets()
    spent, children = _spent(before["actors"]), []
    began = time.monotonic()
    for number in range(processes):
        clients = arguments.clients // processes + (number < arguments.clients % processes)
        rate = None if arguments.rate is None else arguments.rate * clients / arguments.clients
        task = Task(
            addresses, bodies, clients, arguments.seconds, warmup, rate, arguments.seed * 1_000 + number
        )
        child = subprocess.Popen(
            [sys.executable, "-m", "isg_cli.loading.worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert child.stdin is not None
        child.stdin.write(json.encode(task))
        child.stdin.close()
        children.append(child)
    latencies, done, own = array("I"), 0, 0.0
    errors: dict[str, int] = {}
    versions: set[int] = set()
    for child in children:
        assert child.stdout is not None
        row = json.decode(child.stdout.readline() or b"{}")
        latencies.frombytes(child.stdout.read())
        if child.wait() != 0 or not row:
            raise failure.Failed("internal", "a process of the load ended before its time", "isg load --help")
        done += row["done"]
        own += row["cpu_s"]
        versions.update(row["versions"])
        for code, count in row["errors"].items():
            errors[code] = errors.get(code, 0) + count
    passed = time.monotonic() - began
    after = client.status()
    record = {
        "requests": done,
        "errors": sum(errors.values()),
        "rate_per_s": round(done / arguments.seconds, 1),
        "latency_us": report.percentiles(latencies),
        "errors_by_code": errors,
        "mode": "closed" if arguments.rate is None else "open",
        "target_rate_per_s": arguments.rate,
        "clients": arguments.clients,
        "processes": processes,
        "seconds": arguments.seconds,
        "warmup_s": warmup,
        "seed": arguments.seed,
        "versions": {"first": before["version"], "last": after["version"], "seen": len(versions)},
        "lag_ms": after["lag_ms"],
        "actors": _actors(after["actors"], spent, passed),
        "own_cpu_share": round(own / passed, 3),
        "environment": {
            "cores": cores(),
            "python": platform.python_version(),
            "platform": platform.platform(),
            "nodes": after["nodes"],
            "edges": after["edges"],
        },
    }
    return record, latencies


def _text(body: bytes) -> str:
    import base64

    return base64.b64encode(body).decode("ascii")


def _spent(actors: list[dict[str, Any]]) -> dict[int, float]:
    """Seconds of processor time of each actor until now, by pid."""
    import psutil

    found = {}
    for actor in actors:
        try:
            times = psutil.Process(actor["pid"]).cpu_times()
        except psutil.Error:
            continue
        found[actor["pid"]] = times.user + times.system
    return found


def _actors(actors: list[dict[str, Any]], before: dict[int, float], passed: float) -> list[dict[str, Any]]:
    """What each actor took meanwhile; one that was started anew counts from its start."""
    now = _spent(actors)
    return [
        {
            "name": actor["name"],
            "pid": actor["pid"],
            "cpu_share": round((now.get(actor["pid"], 0.0) - before.get(actor["pid"], 0.0)) / passed, 3),
            "pss_bytes": actor["pss_bytes"] or 0,
        }
        for actor in actors
    ]


def _clients(text: str) -> int:
    value = option.positive(text)
    if value > CLIENTS_MAX:
        raise ArgumentTypeError(f"at most {CLIENTS_MAX}")
    return value


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 1e7:
        raise ArgumentTypeError(f"{failure.printable(text)!r} is not a number above 0")
    return value
