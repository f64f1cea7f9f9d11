"""One load: so many clients in so many processes for so long, beside the saves of one file.

Owns the processes of the load, what the actors took meanwhile, and the record. Absent: what is asked
(mix.py), how (worker.py), what is shown (report.py).
"""

from __future__ import annotations

import platform
import subprocess
import sys
import time
from array import array
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, NamedTuple

from isg_cli import failure
from isg_cli.loading import report
from isg_cli.loading.saver import Saver

if TYPE_CHECKING:
    from isg_client.client import Client
    from isg_client.place import Workspace

WARMUP_SHARE, WARMUP_SECONDS_MAX = 0.1, 2.0


class Plan(NamedTuple):
    """What is to be loaded how. `rate`: questions a second of all clients together, None for closed; `edit`:
    a file of the watched tree to be saved `saves` times a second, None for none."""

    bodies: list[bytes]
    clients: int
    processes: int
    seconds: float
    seed: int
    rate: float | None = None
    edit: str | None = None
    saves: float = 2.0


def load(client: Client, workspace: Workspace, plan: Plan) -> tuple[dict[str, Any], array[int]]:
    """Carry it out: the record, and every latency in microseconds."""
    from isg_services.ingest import cores

    before = client.status()
    spent = _spent(before["actors"])
    warmup = min(WARMUP_SECONDS_MAX, plan.seconds * WARMUP_SHARE)
    saver = Saver(workspace, before["root"], plan.edit, plan.saves) if plan.edit is not None else None
    began = time.monotonic()
    with saver or nullcontext():
        rows, latencies = ask(workspace.query_sockets(), plan, warmup)
    passed = time.monotonic() - began
    after = client.status()
    done = sum(row["done"] for row in rows)
    errors: dict[str, int] = {}
    for row in rows:
        for code, count in row["errors"].items():
            errors[code] = errors.get(code, 0) + count
    record = {
        "requests": done,
        "errors": sum(errors.values()),
        "rate_per_s": round(done / plan.seconds, 1),
        "latency_us": report.percentiles(latencies),
        "errors_by_code": errors,
        "asked_again": sum(row["again"] for row in rows),
        "mode": "closed" if plan.rate is None else "open",
        "target_rate_per_s": plan.rate,
        "clients": plan.clients,
        "processes": plan.processes,
        "seconds": plan.seconds,
        "warmup_s": warmup,
        "seed": plan.seed,
        "saves": saver.told() if saver is not None else None,
        "versions": {
            "first": before["version"],
            "last": after["version"],
            "seen": len({version for row in rows for version in row["versions"]}),
        },
        "lag_ms": after["lag_ms"],
        "actors": _actors(after["actors"], spent, passed),
        "own_cpu_share": round(sum(row["cpu_s"] for row in rows) / passed, 3),
        "environment": {
            "python": platform.python_version(),
            "platform": platform.platform(),
            "cores": cores(),
            "nodes": after["nodes"],
            "edges": after["edges"],
        },
    }
    return record, latencies


def ask(addresses: list[str], plan: Plan, warmup: float) -> tuple[list[dict[str, Any]], array[int]]:
    """What each process counted, and the latencies of all, in ascending order."""
    from msgspec import json

    from isg_cli.loading.worker import Task

    bodies = [_text(body) for body in plan.bodies]
    children = []
    for number in range(plan.processes):
        clients = plan.clients // plan.processes + (number < plan.clients % plan.processes)
        rate = None if plan.rate is None else plan.rate * clients / plan.clients
        task = Task(addresses, bodies, clients, plan.seconds, warmup, rate, plan.seed * 1_000 + number)
        child = subprocess.Popen(
            [sys.executable, "-m", "isg_cli.loading.worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert child.stdin is not None
        child.stdin.write(json.encode(task))
        child.stdin.close()
        children.append(child)
    rows, latencies = [], array("I")
    for child in children:
        assert child.stdout is not None
        row = json.decode(child.stdout.readline() or b"{}")
        latencies.frombytes(child.stdout.read())
        if child.wait() != 0 or not row:
            raise failure.Failed("internal", "a process of the load ended before its time", "isg load --help")
        rows.append(row)
    return rows, array("I", sorted(latencies))


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
