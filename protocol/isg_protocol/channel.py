"""The channels: who binds, which pattern, what may be lost. SPEC.md shows this table; a test compares."""

from __future__ import annotations

from typing import NamedTuple

from isg_protocol import limit


class Channel(NamedTuple):
    """One channel. `binds` and `connects` are actors; `hwm` is in messages; `when_full` says what a full
    queue does to a message, and what heals it. `socket` is the file's name in the socket directory."""

    name: str
    pattern: str
    binds: str
    connects: tuple[str, ...]
    carries: tuple[str, ...]
    hwm: int
    when_full: str
    socket: str


CHANNELS = (
    Channel(
        "jobs", "ROUTER/DEALER", "watcher", ("parser",), ("ParseJob", "RelayJob", "StopJob", "Ready"),
        limit.JOBS_HWM_MESSAGES, "never full: a worker holds one credit; a lost job is issued again", "jobs",
    ),
    Channel(
        "facts", "PUSH/PULL", "writer", ("parser",),
        ("Parsed", "Gone", "Quarantined", "ScanDone", "Watermark"),
        limit.FACTS_HWM_MESSAGES, "the parser waits, and with it the jobs; nothing is lost", "facts",
    ),
    Channel(
        "versions", "PUB/SUB", "writer", ("watcher", "query", "client"),
        ("Published", "Heartbeat", "Stopped"),
        limit.VERSIONS_HWM_MESSAGES,
        "dropped for that subscriber; the next heartbeat repeats the version", "versions",
    ),
    Channel(
        "control", "ROUTER/DEALER", "watcher", ("query", "client"), ("SyncRequest", "SyncReply"),
        limit.QUERIES_HWM_MESSAGES, "dropped; the asker times out and asks again", "control",
    ),
    Channel(
        "queries", "ROUTER/DEALER", "query", ("client",),
        ("Query", "ContextQuery", "StatusQuery", "ExportQuery", "Answer", "Chunk", "Failure"),
        limit.QUERIES_HWM_MESSAGES, "dropped; the client asks again with the same correlation id", "queries",
    ),
)  # fmt: skip

CHANNEL = {channel.name: channel for channel in CHANNELS}
