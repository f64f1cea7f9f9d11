"""What the query actor decides: when a question is answered, when it waits, and when it is refused.

Owns the parking of sync questions, deadlines, the interleaving of exports with everything else, and the
breaker before queries that read the whole graph. Invariants: every ticket ends in one answer or one
failure, also when the watcher or the writer is gone; a question asked again while it waits is one
question; a sync question is answered only from a snapshot that covers a scan begun after it was asked.

Deliberately absent: clock, sockets, snapshots and the answering itself (shell.py, respond.py).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from isg_protocol import limit
from isg_protocol.message import ExportQuery, Query, Request, StatusQuery
from isg_services.query.event import (
    Asked,
    AskSync,
    Beat,
    BeginExport,
    Covered,
    DropExport,
    Effect,
    Event,
    ExportEnded,
    Fail,
    Respond,
    Responded,
    StepExport,
    Synced,
    Tick,
    Ticket,
    Turn,
)

PARKED_MAX = 4_096
"""So many questions may wait for a sync at once."""
EXPORTS_MAX = 16
"""So many exports, each of which holds a snapshot open, may run at once."""
EXPORT_MS_MAX = 120_000
"""An export that is not through by then is ended: its snapshot keeps the writer's pages."""
SYNC_AGAIN_MS = 1_000
"""A sync that the watcher did not answer (it was restarted) is asked again."""
BEAT_FRESH_MS = 4 * limit.HEARTBEAT_MS
STORY_EVENTS = 64
BREAKER_TIMEOUTS = 3
"""So many time-outs in a row of one query over the whole graph open its breaker…"""
BREAKER_MS = 10_000
"""…for so long."""


@dataclass(slots=True)
class _Parked:
    """A question that waits; `sync` is the number of the sync it waits for, `revision` what must be
    covered, once that is known."""

    asked: Asked
    deadline_ms: int
    sync: int
    revision: int | None = None


@dataclass
class QueryCore:
    """The rules above. `whole` names the queries that read the whole graph, `quick` those that look no
    further than one edge away."""

    whole: frozenset[str] = frozenset()
    quick: frozenset[str] = frozenset()
    covered: int = 0
    parked: dict[Ticket, _Parked] = field(default_factory=dict)
    exports: dict[Ticket, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.story: deque[tuple[int, str, str]] = deque(maxlen=STORY_EVENTS)
        self._sync = 0
        self._sync_asked_ms: int | None = None
        self._heard_ms: int | None = None
        self._clear_ms: int | None = None
        self._timeouts: dict[str, int] = {}
        self._open_until_ms: dict[str, int] = {}
        self._now_ms = 0

    @property
    def has_exports(self) -> bool:
        return bool(self.exports)

    def handle(self, event: Event, now_ms: int) -> list[Effect]:
        """Take one event in; returns what is to be done, in order."""
        self._now_ms = now_ms
        if not isinstance(event, Tick | Turn | Beat):
            self.story.append(
                (now_ms, type(event).__name__, str(getattr(getattr(event, "request", None), "name", "")))
            )
        match event:
            case Asked():
                return self._ask(event)
            case Beat(covered, pending):
                self._heard_ms = now_ms
                if pending == 0:
                    self._clear_ms = now_ms
                return self._cover(covered)
            case Covered(covered):
                return self._cover(covered)
            case Synced():
                return self._take_sync(event)
            case Responded(name, timed_out):
                self._count(name, timed_out)
                return []
            case ExportEnded(ticket):
                self.exports.pop(ticket, None)
                return []
            case Turn():
                return self._turn()
            case Tick():
                return self._tick()

    def lag_ms(self, now_ms: int | None = None) -> int | None:
        """For how long the graph has been behind what the writer knows of; None before any heartbeat."""
        if self._heard_ms is None:
            return None
        now_ms = self._now_ms if now_ms is None else now_ms
        if self._clear_ms == self._heard_ms and now_ms - self._heard_ms <= BEAT_FRESH_MS:
            return 0
        return now_ms - (self._heard_ms if self._clear_ms is None else self._clear_ms)

    def drain(self) -> list[Effect]:
        """The process ends: who waits is told to ask again."""
        out: list[Effect] = [
            Fail(ticket, "cancelled", "the query process is stopping", "ask again")
            for ticket in [*self.parked, *self.exports]
        ]
        out += [DropExport(ticket) for ticket in self.exports]
        self.parked.clear()
        self.exports.clear()
        return out

    # --- asking

    def _ask(self, asked: Asked) -> list[Effect]:
        ticket, request = asked.ticket, asked.request
        if ticket in self.parked or ticket in self.exports:
            return []  # asked again; the first one is still being seen to
        deadline_ms = asked.deadline_ms
        if deadline_ms is None:
            deadline_ms = self._now_ms + limit.TIMEOUT_DEFAULT_MS
        if deadline_ms <= self._now_ms:
            return [_late(ticket)]
        if not isinstance(request, StatusQuery) and request.sync:
            return self._park(asked, deadline_ms)
        return self._answer(asked, deadline_ms)

    def _answer(self, asked: Asked, deadline_ms: int, covered_min: int = 0) -> list[Effect]:
        ticket, request = asked.ticket, asked.request
        if isinstance(request, ExportQuery):
            if len(self.exports) >= EXPORTS_MAX:
                return [_crowded(ticket, f"{EXPORTS_MAX} exports are running")]
            self.exports[ticket] = self._now_ms + EXPORT_MS_MAX
            return [BeginExport(ticket, request, covered_min)]
        if isinstance(request, Query) and self._now_ms < self._open_until_ms.get(request.name, 0):
            wait_s = (self._open_until_ms[request.name] - self._now_ms + 999) // 1000
            why = f"{request.name} ran out of time {BREAKER_TIMEOUTS} times in a row: refused for {wait_s} s"
            return [Fail(ticket, "breaker-open", why, "ask again after that, with a longer --timeout-ms")]
        return [Respond(ticket, request, deadline_ms, self.lag_ms(), covered_min)]

    def _count(self, name: str, timed_out: bool) -> None:
        if name not in self.whole:
            return
        count = self._timeouts.get(name, 0) + 1 if timed_out else 0
        if count >= BREAKER_TIMEOUTS:
            self._open_until_ms[name] = self._now_ms + BREAKER_MS
            count = BREAKER_TIMEOUTS - 1  # the next time-out after the pause opens it again
        self._timeouts[name] = count

    def is_quick(self, request: Request) -> bool:
        """Whether a request may be answered while a longer one is under way."""
        if isinstance(request, Query):
            return request.name in self.quick and not request.sync
        return isinstance(request, StatusQuery)

    def breakers(self, now_ms: int) -> list[dict[str, object]]:
        """For the status: the queries that are refused now, and for how long yet."""
        left = ((name, until - now_ms) for name, until in sorted(self._open_until_ms.items()))
        return [{"query": name, "open_ms": ms} for name, ms in left if ms > 0]

    # --- sync

    def _park(self, asked: Asked, deadline_ms: int) -> list[Effect]:
        if len(self.parked) >= PARKED_MAX:
            return [_crowded(asked.ticket, f"{PARKED_MAX} questions are waiting")]
        # One that is under way began before this question: it takes the next, with all who come by then.
        under_way = self._sync_asked_ms is not None
        self.parked[asked.ticket] = _Parked(asked, deadline_ms, self._sync + 1)
        return [] if under_way else self._ask_sync()

    def _ask_sync(self) -> list[Effect]:
        self._sync += 1
        self._sync_asked_ms = self._now_ms
        return [AskSync(self._sync)]

    def _take_sync(self, synced: Synced) -> list[Effect]:
        if synced.number > self._sync:
            return []  # of another life of this process
        out: list[Effect] = []
        for ticket, parked in list(self.parked.items()):
            if parked.sync > synced.number or parked.revision is not None:
                continue
            if synced.error is not None:
                del self.parked[ticket]
                out.append(Fail(ticket, "stale", f"the source cannot be read: {synced.error}", "isg status"))
            else:
                parked.revision = synced.revision
        if synced.number == self._sync:
            self._sync_asked_ms = None
            if any(parked.revision is None for parked in self.parked.values()):
                out += self._ask_sync()
        return out + self._cover(self.covered)

    def _cover(self, covered: int) -> list[Effect]:
        self.covered = max(self.covered, covered)
        out: list[Effect] = []
        for ticket, parked in list(self.parked.items()):
            if parked.revision is not None and parked.revision <= self.covered:
                del self.parked[ticket]
                out += self._answer(parked.asked, parked.deadline_ms, parked.revision)
        return out

    # --- time

    def _turn(self) -> list[Effect]:
        """One chunk of one export, each in its turn."""
        for ticket, ends_ms in self.exports.items():
            del self.exports[ticket]
            if self._now_ms > ends_ms:
                late = f"the export was not through within {EXPORT_MS_MAX} ms"
                hint = "stop the daemon and export from the saved graph: isg export"
                return [DropExport(ticket), Fail(ticket, "timeout", late, hint)]
            self.exports[ticket] = ends_ms  # to the end of the row
            return [StepExport(ticket)]
        return []

    def _tick(self) -> list[Effect]:
        out: list[Effect] = []
        for ticket, parked in list(self.parked.items()):
            if parked.deadline_ms <= self._now_ms:
                del self.parked[ticket]
                out.append(_stale(ticket, parked))
        if self._sync_asked_ms is not None and self._now_ms - self._sync_asked_ms >= SYNC_AGAIN_MS:
            if any(parked.revision is None for parked in self.parked.values()):
                out += self._ask_sync()
            else:
                self._sync_asked_ms = None
        return out


def _late(ticket: Ticket) -> Fail:
    why = "the question came after its deadline"
    return Fail(ticket, "timeout", why, "ask again, with a longer --timeout-ms")


def _crowded(ticket: Ticket, why: str) -> Fail:
    return Fail(ticket, "busy", why, "ask again in a moment")


def _stale(ticket: Ticket, parked: _Parked) -> Fail:
    if parked.revision is None:
        why = "the watcher did not say in time what was saved before the question"
    else:
        why = "what was saved before the question was not in the graph in time"
    return Fail(ticket, "stale", why, "isg status shows whether an actor is down; or ask without --sync")
