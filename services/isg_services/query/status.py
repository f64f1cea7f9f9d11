"""What a workspace's processes are doing, and what its graph holds: the answer to `isg status`.

Owns the reading of the actor records and of the operating system's figures about them. Invariant: an
actor that is not alive is not listed; a figure that cannot be had is null. Deliberately absent: asking
the actors themselves.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from isg_client.place import Workspace
from isg_graph.view import View

WATCHES_ALLOWED = Path("/proc/sys/fs/inotify/max_user_watches")
QUARANTINED = "quarantined: "
"""How the reason of a quarantined file begins; it stands for the file as a whole, on line 0."""


def status(
    workspace: Workspace,
    view: View | None,
    *,
    durable_version: int | None,
    lag_ms: int | None,
    stages: dict[str, Any] | None = None,
    breakers: Sequence[dict[str, object]] = (),
) -> dict[str, Any]:
    """The contract's status object, with how changes are noticed (`watch`), where the time of recent ones
    went (`stages_us`), and which queries are refused for a while (`breakers`). `files` counts Rust files.
    Without a view the graph's figures are of an empty one."""
    record = workspace.read()
    working = living(workspace)
    partial: list[dict[str, Any]] = []
    quarantined: list[dict[str, Any]] = []
    rust_files = 0
    for entry in view.files() if view is not None else ():
        rust_files += entry.path.endswith(".rs")
        for line, reason in entry.issues:
            if line == 0:
                quarantined.append({"file": entry.path, "reason": reason.removeprefix(QUARANTINED)})
            else:
                partial.append({"file": entry.path, "line": line or None, "reason": reason})
    totals = view.totals() if view is not None else None
    return {
        "workspace": workspace.name,
        "state": str(workspace.directory),
        "root": (view.root if view is not None else None) or (record.root if record is not None else None),
        "version": view.version if view is not None else 0,
        "durable_version": durable_version,
        "lag_ms": lag_ms,
        "files": rust_files,
        "nodes": totals.nodes if totals is not None else 0,
        "edges": totals.edges if totals is not None else 0,
        "partial": partial,
        "quarantined": quarantined,
        "stages_us": stages,
        "breakers": list(breakers),
        "watch": next((_watch(row, process) for row, process in working if row["name"] == "watcher"), None),
        "actors": [_actor(row, process) for row, process in working],
    }


def living(workspace: Workspace) -> list[tuple[dict[str, Any], Any]]:
    """The record of every living actor, by name, with its psutil process."""
    import psutil

    found = []
    for path in sorted(workspace.run.glob("*.json")):
        try:
            row = json.loads(path.read_bytes())
            row = row | {"name": str(row["name"]), "restarts": int(row["restarts"])}
            row["started"] = float(row["started"])
            process = psutil.Process(int(row["pid"]))
            # A pid that was given to another since was created after the record was written.
            alive = process.status() != psutil.STATUS_ZOMBIE and process.create_time() <= row["started"] + 1
        except (OSError, ValueError, KeyError, TypeError, psutil.Error):
            continue
        if alive:
            found.append((row, process))
    return found


def _watch(row: dict[str, Any], process: Any) -> dict[str, Any] | None:
    """How changes are noticed, and how many watches that takes of how many the user may have (Linux; null
    elsewhere)."""
    how = row.get("watch")
    if not isinstance(how, dict):
        return None
    return {**how, "watches": _watches(process.pid), "watches_allowed": _number_in(WATCHES_ALLOWED)}


def _watches(pid: int) -> int | None:
    """The inotify watches of a process (proc(5), fdinfo)."""
    try:
        return sum(
            info.read_text("ascii", "replace").count("inotify wd:")
            for info in Path(f"/proc/{pid}/fdinfo").iterdir()
        )
    except OSError:
        return None


def _number_in(path: Path) -> int | None:
    try:
        return int(path.read_text("ascii"))
    except (OSError, ValueError):
        return None


def _actor(row: dict[str, Any], process: Any) -> dict[str, Any]:
    """The contract's line of one actor. `pss_bytes` is its proportional share of memory where the system
    tells it (Linux), else what is its alone, else its resident size. `early_deaths`: how many of its name
    died young in a row before it; `waits_s`: how long it still waits because of them."""
    damped_until = row.get("damped_until")
    waits_s = damped_until - time.time() if isinstance(damped_until, float) else 0.0
    return {
        "name": row["name"],
        "pid": process.pid,
        "uptime_s": round(max(0.0, time.time() - row["started"]), 1),
        "restarts": row["restarts"],
        "early_deaths": 0 if row.get("settled") else row.get("early_deaths", 0),
        "waits_s": round(max(0.0, waits_s), 1),
        "pss_bytes": _pss_bytes(process),
    }


def _pss_bytes(process: Any) -> int | None:
    import psutil

    try:
        full = process.memory_full_info()
        return int(getattr(full, "pss", 0) or full.uss)
    except (psutil.Error, AttributeError, OSError):
        try:
            return int(process.memory_info().rss)
        except psutil.Error:
            return None
