"""What a service manager is told (sd_notify(3)): one datagram to the socket that NOTIFY_SOCKET names.

Nothing happens where there is none. Absent: what is told when (daemon.py).
"""

from __future__ import annotations

import contextlib
import os
import socket

READY = "READY=1"
STOPPING = "STOPPING=1"
ALIVE = "WATCHDOG=1"


def tell(*lines: str) -> None:
    """Tell these lines. A manager that does not listen is no fault of ours."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return
    if address.startswith("@"):  # in the abstract namespace
        address = "\0" + address[1:]
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as to:
        to.settimeout(0.2)
        to.sendto("\n".join(lines).encode(), address)


def status(text: str) -> str:
    """A line that `systemctl status` shows."""
    return f"STATUS={text}"
