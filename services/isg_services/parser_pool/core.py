"""What a parser does with its one credit: ask, work, hand the fact on, ask again.

Owns the order of these steps and when the process should be replaced. Invariants: a job is reported done
only after its fact was handed to the channel; at most one job is held; a job always ends in exactly one
fact, also when extraction raises, which it never should. Deliberately absent: clock, sockets, the
extractor itself (shell.py).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from isg_protocol.limit import HEARTBEAT_MS
from isg_protocol.message import Job, Parsed, ParseJob, Quarantined, Ready, RelayJob, StopJob

RSS_BYTES_MAX = 1024 * 1024 * 1024
"""A parser that has ever been larger ends after its job, and is started afresh."""

STORY_EVENTS = 64

_encode = msgspec.msgpack.Encoder().encode


class _Stamped(msgspec.Struct):
    """The one field of a relayed fact that is read on the way."""

    revision: int = 0


_stamp_of = msgspec.msgpack.Decoder(_Stamped)

# --- events ------------------------------------------------------------------------------------------


class Came(NamedTuple):
    """A job."""

    job: Job


class Extracted(NamedTuple):
    """The facts of the job's file, encoded; its text, compressed; the time it took."""

    facts: bytes
    text: bytes
    parse_us: int
    parsed_ns: int = 0


class Broke(NamedTuple):
    """Extraction raised: a fault of ours, not of the file."""

    reason: str


class Pushed(NamedTuple):
    """The fact is with the channel. `rss_bytes` is the process's peak so far."""

    rss_bytes: int


class Tick(NamedTuple):
    """Time has passed."""


class StopAsked(NamedTuple):
    """The process should end."""


Event = Came | Extracted | Broke | Pushed | Tick | StopAsked

# --- effects -----------------------------------------------------------------------------------------


class Announce(NamedTuple):
    """Ask for a job."""

    ready: Ready


class Extract(NamedTuple):
    """Read the facts of a file; answered by Extracted or Broke."""

    path: str
    text: bytes


class Push(NamedTuple):
    """Hand an encoded fact to the channel, waiting as long as it must; answered by Pushed."""

    body: bytes


class Exit(NamedTuple):
    """End the process."""

    why: str


Effect = Announce | Extract | Push | Exit


@dataclass
class ParserCore:
    """The rules above; `pid` is the process's own."""

    pid: int

    def __post_init__(self) -> None:
        self.story: deque[tuple[int, str, str]] = deque(maxlen=STORY_EVENTS)
        self._job: ParseJob | None = None
        self._relayed: int | None = None
        self._done: tuple[str, int] | None = None
        self._announced_ms: int | None = None
        self._ended = False

    @property
    def is_idle(self) -> bool:
        return self._job is None and self._relayed is None

    def handle(self, event: Event, now_ms: int) -> list[Effect]:
        """Take one event in; returns what is to be done, in order."""
        if not isinstance(event, Tick):
            self.story.append(
                (now_ms, type(event).__name__, str(getattr(getattr(event, "job", None), "path", "")))
            )
        if self._ended:
            return []
        match event:
            case Came(job):
                return self._begin(job)
            case Extracted():
                return [Push(_encode(self._fact(event)))] if self._job else []
            case Broke(reason):
                return [Push(_encode(self._refusal(reason)))] if self._job else []
            case Pushed(rss_bytes):
                return self._complete(rss_bytes, now_ms)
            case Tick():
                due = self._announced_ms is None or now_ms - self._announced_ms >= HEARTBEAT_MS
                return self._announce(now_ms) if self.is_idle and due else []
            case StopAsked():
                return self._end("asked to") if self.is_idle else []

    def _begin(self, job: Job) -> list[Effect]:
        if not self.is_idle:
            return []  # more than our credit: the watcher will find it lost
        match job:
            case ParseJob():
                self._job = job
                return [Extract(job.path, job.text)]
            case RelayJob(fact=fact):
                self._relayed = _stamp_of.decode(fact).revision
                return [Push(bytes(fact))]
            case StopJob():
                return self._end("the source is exhausted")

    def _fact(self, made: Extracted) -> Parsed:
        job = self._job
        assert job is not None
        return Parsed(
            path=job.path,
            revision=job.revision,
            floor=job.floor,
            digest=job.digest,
            size=job.size,
            mtime_ns=job.mtime_ns,
            facts=made.facts,
            text=made.text,
            parse_us=made.parse_us,
            supersedes=job.supersedes,
            seen_ns=job.seen_ns,
            read_ns=job.read_ns,
            parsed_ns=made.parsed_ns,
            behind=job.behind,
        )

    def _refusal(self, reason: str) -> Quarantined:
        job = self._job
        assert job is not None
        return Quarantined(
            path=job.path,
            revision=job.revision,
            floor=job.floor,
            digest=job.digest,
            reason=f"quarantined: {reason}",
            supersedes=job.supersedes,
        )

    def _complete(self, rss_bytes: int, now_ms: int) -> list[Effect]:
        if self._job is not None:
            self._done = (self._job.path, self._job.revision)
        elif self._relayed is not None:
            self._done = ("", self._relayed)
        self._job = None
        self._relayed = None
        if rss_bytes > RSS_BYTES_MAX:
            return self._end(f"grew to {rss_bytes} bytes")
        return self._announce(now_ms)

    def _announce(self, now_ms: int) -> list[Effect]:
        self._announced_ms = now_ms
        return [Announce(Ready(pid=self.pid, done=self._done))]

    def _end(self, why: str) -> list[Effect]:
        self._ended = True
        return [Exit(why)]
