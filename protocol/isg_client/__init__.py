"""Asking a workspace's daemon from Python.

    from isg_client import Client

    with Client() as client:
        print(client.query("where-defined", "spawn", limit=20))

`Client` blocks, `AsyncClient` is for asyncio; both raise subclasses of IsgError with `.code` and `.hint`.
Names load when they are first used: places and errors need no zmq, and `Client` no asyncio.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from isg_client.error import (
    Ambiguous,
    Busy,
    Interrupted,
    IsgError,
    NoDaemon,
    NotFound,
    Nothing,
    Protocol,
    Storage,
    TimedOut,
    Unreadable,
    Usage,
)

if TYPE_CHECKING:
    from isg_client.aio import AsyncClient
    from isg_client.client import Client

__all__ = [
    "Ambiguous",
    "AsyncClient",
    "Busy",
    "Client",
    "Interrupted",
    "IsgError",
    "NoDaemon",
    "NotFound",
    "Nothing",
    "Protocol",
    "Storage",
    "TimedOut",
    "Unreadable",
    "Usage",
]


def __getattr__(name: str) -> object:
    if name == "Client":
        from isg_client.client import Client

        return Client
    if name == "AsyncClient":
        from isg_client.aio import AsyncClient

        return AsyncClient
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
