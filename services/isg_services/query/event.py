"""What the query actor's core is told, and what it asks for: two closed unions.

A *ticket* is (peer, correlation id): one question of one client, however often it is asked again. Times
are milliseconds of one monotonic clock. Pure values; no behaviour.
"""

from __future__ import annotations

from typing import NamedTuple

from isg_protocol.message import ExportQuery, Request

Ticket = tuple[tuple[bytes, ...], bytes]
"""The frames before the header (identity, a REQ's empty delimiter), and the correlation id."""

# --- events ------------------------------------------------------------------------------------------


class Asked(NamedTuple):
    """A request; `deadline_ms` None: none was given."""

    ticket: Ticket
    request: Request
    deadline_ms: int | None


class Beat(NamedTuple):
    """A heartbeat of the writer."""

    covered: int
    pending: int


class Covered(NamedTuple):
    """A publication."""

    covered: int


class Synced(NamedTuple):
    """The watcher's answer to the sync of that number."""

    number: int
    revision: int
    error: str | None


class Responded(NamedTuple):
    """A question of this name was answered, or its time ran out."""

    name: str
    timed_out: bool


class ExportEnded(NamedTuple):
    """The last chunk, or a failure, was sent."""

    ticket: Ticket


class Turn(NamedTuple):
    """The loop has gone round: a step of an export is due."""


class Tick(NamedTuple):
    """Time has passed."""


Event = Asked | Beat | Covered | Synced | Responded | ExportEnded | Turn | Tick

# --- effects -----------------------------------------------------------------------------------------


class Respond(NamedTuple):
    """Answer from the current snapshot; followed by Responded. `lag_ms` None: nothing was heard of the
    writer yet. A snapshot that covers less than `covered_min` is of a graph that was begun again."""

    ticket: Ticket
    request: Request
    deadline_ms: int
    lag_ms: int | None
    covered_min: int = 0


class Fail(NamedTuple):
    ticket: Ticket
    code: str
    message: str
    hint: str


class BeginExport(NamedTuple):
    """Open the snapshot that an export is of."""

    ticket: Ticket
    request: ExportQuery
    covered_min: int = 0


class StepExport(NamedTuple):
    """Send the next chunk; answered by ExportEnded after the last."""

    ticket: Ticket


class DropExport(NamedTuple):
    """Let go of an export's snapshot."""

    ticket: Ticket


class AskSync(NamedTuple):
    """Ask the watcher which revision covers everything saved by now."""

    number: int


Effect = Respond | Fail | BeginExport | StepExport | DropExport | AskSync
