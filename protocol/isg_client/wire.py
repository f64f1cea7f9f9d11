"""The client's sockets: which to open, with every option set, and who must be there to answer.

Invariants: nothing waits in a queue towards a peer that is not there (IMMEDIATE), nothing lingers after a
close, no frame beyond FRAME_BYTES_MAX is taken. Deliberately absent: what is sent over them.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import zmq

from isg_client import place
from isg_client.error import NoDaemon
from isg_client.place import Workspace
from isg_protocol import limit
from isg_protocol.channel import CHANNEL


def find(workspace: str | Path | Workspace | None) -> Workspace:
    """The workspace meant, whose daemon (or hand-run writer) is running. Raises NoDaemon otherwise."""
    if not isinstance(workspace, Workspace):
        if isinstance(workspace, Path):
            workspace = os.path.join(workspace, "")  # a path is a directory, even one of a single word
        workspace = place.choose(workspace)
    if place.running(workspace) is None:
        raise no_daemon(workspace)
    return workspace


def no_daemon(workspace: Workspace) -> NoDaemon:
    """The error of a workspace that nobody serves."""
    record = workspace.read()
    root = record.root if record is not None else None
    directory = root or (workspace.name if "/" in workspace.name else "DIR")
    chosen = "" if directory == workspace.name else f" --workspace {workspace.name}"
    return NoDaemon(
        f"no daemon is running for workspace {workspace.name}",
        f"isg daemon --watch {directory}{chosen}",
    )


def addresses(workspace: Workspace) -> list[str]:
    """Where questions go: every query actor that has bound, and the first one, which may yet do so."""
    return sorted({workspace.socket("queries"), *workspace.query_sockets()})


def prepare(socket: zmq.Socket[Any], channel: str) -> None:
    """Set every option that this side of `channel` needs, before it connects."""
    hwm = CHANNEL[channel].hwm
    socket.setsockopt(zmq.LINGER, 0)
    socket.setsockopt(zmq.SNDHWM, hwm)
    socket.setsockopt(zmq.RCVHWM, hwm)
    socket.setsockopt(zmq.MAXMSGSIZE, limit.FRAME_BYTES_MAX)
    socket.setsockopt(zmq.RECONNECT_IVL, limit.RECONNECT_MIN_MS)
    socket.setsockopt(zmq.RECONNECT_IVL_MAX, limit.RECONNECT_MAX_MS)
    if channel == "versions":
        socket.setsockopt(zmq.SUBSCRIBE, b"")
    else:
        socket.setsockopt(zmq.IMMEDIATE, 1)


def now_ms() -> int:
    """The steady clock of sessions."""
    return time.monotonic_ns() // 1_000_000


def unix_ms() -> int:
    """The clock of deadlines, which travel: asker and actor are on one machine."""
    return time.time_ns() // 1_000_000


def correlation() -> bytes:
    return os.urandom(16)
