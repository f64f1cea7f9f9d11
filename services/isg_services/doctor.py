"""What is wrong with a workspace's state, and making it right.

Owns the checks, in the order of what rests on what: the machine, the directory, the record, the two graphs,
who is running, what was left behind. Each says what it found and, where there is a cure, what that is.
Invariant: a repair never takes the last good copy of anything away: the saved copy is made anew from the
live graph only once that has been read through, and a graph whose source is gone is left as it is. Absent:
printing.
"""

from __future__ import annotations

import contextlib
import os
import platform
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from isg_client import place
from isg_client.error import Busy, IsgError
from isg_client.place import Record, Workspace
from isg_services.query.status import WATCHES_ALLOWED
from isg_services.verify import verify

OK, NOTE, BAD = "ok", "note", "bad"
FREE_BYTES_MIN = 64 * 1024 * 1024
WATCHES_MIN = 8_192
DESCRIPTORS_MIN = 256
PRIVATE = 0o700
_TEMPORARY = (".durable.mdb.", ".workspace.json.", ".ceiling.")
_FORGOTTEN = ".forgotten-"


@dataclass
class Check:
    """One thing that was looked at. `state` is "ok", "note" (worth knowing, and nothing to mend) or "bad";
    `cure` what mends it: what --repair does, or, where it can do nothing, what a person has to do."""

    name: str
    state: str
    detail: str
    cure: str | None = None
    repair: Callable[[], str] | None = field(default=None, repr=False)
    repaired: bool = False

    def row(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "state": self.state,
            "detail": self.detail,
            "cure": self.cure,
            "repaired": self.repaired,
        }


def examine(workspace: Workspace, repair: bool = False) -> list[Check]:
    """Every check, in order; with `repair`, what is wrong is mended on the way, so that what rests on it is
    looked at as it is then. Raises Busy when a repair is wanted and somebody is at work there."""
    if repair and (found := place.holding(workspace)) is not None:
        raise Busy(
            f"process {found.pid} ({found.kind or 'unknown'}) is at work in {workspace.name}, and what it "
            "uses cannot be mended meanwhile",
            f"stop it first: kill {found.pid}; or look without mending: isg doctor",
            pid=found.pid,
        )
    checks = []
    for check in _checks(workspace):
        if repair and check.state != OK and check.repair is not None:
            try:
                check.detail += f"; mended: {check.repair()}"
                check.repaired = True
            except (OSError, IsgError) as error:
                check.detail += f"; it could not be mended: {error}"
        checks.append(check)
    return checks


def problems(checks: list[Check]) -> int:
    """How many are wrong still."""
    return sum(check.state == BAD and not check.repaired for check in checks)


def _checks(workspace: Workspace) -> Iterator[Check]:
    yield _python()
    yield from _limits()
    yield from _state_directory(place.state_directory())
    if not workspace.directory.is_dir():
        yield Check("workspace", NOTE, f"nothing is kept of {workspace.name}", "isg ingest SOURCE")
        return
    yield _private("workspace", workspace.directory)
    yield _record(workspace)
    yield _daemon(workspace)
    yield from _graphs(workspace)
    yield _leftovers(workspace)


# --- the machine ----------------------------------------------------------------------------------------


def _python() -> Check:
    from importlib.metadata import version

    parts = ", ".join(f"{name} {version(name)}" for name in ("lmdb", "pyzmq", "tree-sitter"))
    return Check("machine", OK, f"Python {platform.python_version()}, {parts}")


def _limits() -> Iterator[Check]:
    import resource

    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    few = 0 <= soft < DESCRIPTORS_MIN
    yield Check(
        "open files",
        BAD if few else OK,
        "no limit" if soft < 0 else f"{soft} for each process",
        f"ulimit -n {4 * DESCRIPTORS_MIN}" if few else None,
    )
    with contextlib.suppress(OSError, ValueError):
        allowed = int(WATCHES_ALLOWED.read_text())
        low = allowed < WATCHES_MIN
        yield Check(
            "watches",
            NOTE if low else OK,
            f"{allowed} directories may be watched" + ("; trees of more are polled" if low else ""),
            "sysctl fs.inotify.max_user_watches=524288" if low else None,
        )


# --- the directory --------------------------------------------------------------------------------------


def _state_directory(state: Path) -> Iterator[Check]:
    if not state.exists():
        yield Check("state", NOTE, f"{state} is not there yet; the first ingest makes it")
        return
    yield _private("state", state)
    free = shutil.disk_usage(state).free
    full = free < FREE_BYTES_MIN
    yield Check(
        "disk",
        BAD if full else OK,
        f"{free / 1e6:,.0f} MB are free under {state}",
        f"make room for {FREE_BYTES_MIN / 1e6:.0f} MB, or set ISG_STATE_DIR" if full else None,
    )


def _private(name: str, directory: Path) -> Check:
    """Whether a directory is ours, and ours alone."""
    found = directory.stat()
    mode = stat.S_IMODE(found.st_mode)
    if found.st_uid != os.getuid():
        return Check(
            name, BAD, f"{directory} belongs to user {found.st_uid}", f"chown it, or remove it: {directory}"
        )
    if mode & 0o077:
        return Check(
            name, BAD, f"{directory} has mode {mode:04o}: others may look in", f"chmod 700 {directory}",
            lambda: _chmod(directory),
        )  # fmt: skip
    if not os.access(directory, os.R_OK | os.W_OK | os.X_OK):
        return Check(
            name, BAD, f"{directory} has mode {mode:04o}: it cannot be written", f"chmod 700 {directory}",
            lambda: _chmod(directory),
        )  # fmt: skip
    return Check(name, OK, f"{directory}, mode {mode:04o}")


def _chmod(directory: Path) -> str:
    directory.chmod(PRIVATE)
    return f"mode {PRIVATE:04o}"


# --- the record and who runs ----------------------------------------------------------------------------


def _record(workspace: Workspace) -> Check:
    record = workspace.read()
    if record is not None:
        source = record.root or record.source
        gone = record.kind != "dump" and not Path(source).exists()
        if gone:
            return Check(
                "record",
                NOTE,
                f"{record.kind} {source}, which is not there now",
                f"isg forget {workspace.name}",
            )
        return Check("record", OK, f"{record.kind} {source}")
    if not workspace.record.exists():
        detail = "there is none"
    else:
        detail = f"{workspace.record} cannot be read"
    root = workspace.name if workspace.name.startswith("/") and Path(workspace.name).is_dir() else None
    if root is None:
        return Check("record", BAD, detail, "ingest the source again: isg ingest SOURCE")

    def write() -> str:
        workspace.write(Path(root), root, "directory")
        return f"it says {root}"

    return Check("record", BAD, detail, f"write it anew, for {root}", write)


def _daemon(workspace: Workspace) -> Check:
    found = place.holding(workspace)
    if found is None:
        return Check("daemon", NOTE, "none runs")
    return Check("daemon", OK, f"process {found.pid} ({found.kind or 'unknown'})")


# --- the graphs -----------------------------------------------------------------------------------------


def _graphs(workspace: Workspace) -> Iterator[Check]:
    live = verify(workspace.live, True) if (workspace.live / "data.mdb").exists() else None
    live_check = _live(workspace, live)
    yield live_check
    sound = live if live is not None and not live["problems"] else None
    copy = verify(workspace.durable, False) if workspace.durable.exists() else None
    yield _copy(workspace, copy, sound)


def _live(workspace: Workspace, told: dict[str, Any] | None) -> Check:
    if told is None:
        return Check("live graph", NOTE, "there is none; a daemon makes it")
    if not told["problems"]:
        return Check("live graph", OK, _holds(told))
    return Check(
        "live graph", BAD, _said(told), "remove it; the next daemon or ingest builds it anew",
        lambda: _clear_live(workspace),
    )  # fmt: skip


def _clear_live(workspace: Workspace) -> str:
    """What is left is the ceiling, by which versions go on."""
    with _alone(workspace):
        for name in ("data.mdb", "lock.mdb"):
            (workspace.live / name).unlink(missing_ok=True)
    return "removed, to be built anew"


def _copy(workspace: Workspace, told: dict[str, Any] | None, live: dict[str, Any] | None) -> Check:
    behind = live is not None and told is not None and told["version"] != live["version"]
    if told is not None and not told["problems"]:
        if live is None or not behind or place.running(workspace) is not None:
            return Check("saved copy", OK, _holds(told))
        return Check(
            "saved copy", NOTE, f"version {told['version']}: no daemon's end left a newer one",
            f"copy the live graph, version {live['version']}", lambda: _copy_live(workspace),
        )  # fmt: skip
    detail = "there is none" if told is None else _said(told)
    if told is None and live is None:
        return Check("saved copy", NOTE, detail, "isg ingest SOURCE")
    if told is None and place.running(workspace) is not None:
        return Check("saved copy", NOTE, f"{detail} yet; the daemon leaves one when it ends")
    if live is not None:
        return Check(
            "saved copy", BAD, detail, f"copy the live graph, version {live['version']}",
            lambda: _copy_live(workspace),
        )  # fmt: skip
    source = _source_of(workspace.read())
    if source is None:
        return Check(
            "saved copy", BAD, detail, "its source is gone: isg ingest SOURCE, with the source at hand"
        )
    return Check(
        "saved copy", BAD, detail, f"build it anew: isg ingest {source}", lambda: _ingest(workspace, source)
    )


def _holds(told: dict[str, Any]) -> str:
    return f"version {told['version']}, {told['nodes']} nodes, {told['edges']} edges, read through and sound"


def _said(told: dict[str, Any]) -> str:
    problems = told["problems"]
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return f"{problems[0]}{more}"


def _source_of(record: Record | None) -> str | None:
    """What can be ingested again; None for a dump that is gone."""
    if record is None or record.source == "-" or not Path(record.source).exists():
        return None
    return record.source


def _copy_live(workspace: Workspace) -> str:
    from isg_services.writer.store import Store

    with _alone(workspace), Store(workspace.live, saved=workspace.durable) as store:
        store.copy_durable(workspace.durable)
        return f"copied, version {store.version}"


def _ingest(workspace: Workspace, source: str) -> str:
    from isg_services.ingest import ingest

    report = ingest(source, workspace)
    return f"built anew, {report.files} files, {report.nodes} nodes"


@contextlib.contextmanager
def _alone(workspace: Workspace) -> Iterator[None]:
    """Hold both locks. Raises Busy."""
    with contextlib.ExitStack() as held:
        for path in (workspace.daemon_lock, workspace.lock):
            lock = place.take(path, "doctor")
            if lock is None:
                found = place.holder(path)
                raise Busy(
                    f"process {found.pid if found else 0} came to work in {workspace.name}", "isg doctor"
                )
            held.enter_context(lock)
        yield


# --- what was left behind -------------------------------------------------------------------------------


def _leftovers(workspace: Workspace) -> Check:
    """Temporary files of processes that died, sockets that nobody listens on, half-forgotten workspaces."""
    left = list(_left(workspace))
    if not left:
        return Check("leftovers", OK, "none")
    size = sum(_bytes(path) for path in left)
    detail = f"{len(left)} files of processes that are gone, {size / 1e6:.1f} MB: {left[0]}"

    def remove() -> str:
        for path in left:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        return "removed"

    return Check("leftovers", BAD, detail, "remove them", remove)


def _left(workspace: Workspace) -> Iterator[Path]:
    if place.holding(workspace) is not None:
        return
    for directory in (workspace.directory, workspace.live, workspace.run):
        with contextlib.suppress(OSError):
            for path in sorted(directory.iterdir()):
                is_socket = directory == workspace.run and path.is_socket()
                if is_socket or path.name.startswith(_TEMPORARY):
                    yield path
    with contextlib.suppress(OSError):
        yield from sorted(
            path for path in workspace.directory.parent.iterdir() if path.name.startswith(_FORGOTTEN)
        )


def _bytes(path: Path) -> int:
    with contextlib.suppress(OSError):
        if path.is_dir():
            return sum(one.stat().st_size for one in path.rglob("*") if one.is_file())
        return path.stat().st_size
    return 0
