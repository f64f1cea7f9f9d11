"""The asker's side of the channel "queries", without a socket, a clock or chance.

Everything that affects what becomes of a question is in this file: which frames go out and when again,
which replies count, when it is given up. Both clients are shells around it. Invariants:

- a question ends exactly once, in `Answered`, `Ended` or `Failed`, unless it is cancelled;
- a question is asked at most 1 + RETRIES_MAX times, with one correlation id, and none after its deadline;
- no answer is older than any this session had when the question was asked;
- an export is whole and of one version, or it fails.

Times are milliseconds: `now_ms` of any steady clock, `deadline_ms` of the Unix epoch (it travels).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from isg_client.error import IsgError, from_failure
from isg_protocol import limit
from isg_protocol.envelope import HEADER, REPLY, REQUEST, seal, unseal
from isg_protocol.error import WireError, WrongVersion
from isg_protocol.message import Answer, Chunk, ExportQuery, Failure, Reply, Request

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Reply)

SLOW_HINT = "isg status shows whether the actors keep up; or give it longer: --timeout-ms 60000"
VERSION_HINT = "isg status; if the workspace was made anew, open a new client"
EXPORT_HINT = "isg export once more"


# --- what happens ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ask:
    """A question, under a correlation id of 16 random bytes. For an export, `timeout_ms` is how long to
    wait for the next chunk, and `deadline_ms` that of the first."""

    correlation: bytes
    request: Request
    timeout_ms: int
    deadline_ms: int


@dataclass(frozen=True, slots=True)
class Arrived:
    """Frames came in: anything at all."""

    frames: list[bytes]


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed (see `Session.wakeup_ms`)."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """Nobody waits for this answer any more."""

    correlation: bytes


Event = Ask | Arrived | Tick | Cancel


# --- what to do about it -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Send:
    """Send these frames, in place of any of the same correlation that have not left yet."""

    correlation: bytes
    frames: list[bytes]


@dataclass(frozen=True, slots=True)
class Answered:
    correlation: bytes
    value: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A chunk of an export, in order."""

    correlation: bytes
    content: bytes


@dataclass(frozen=True, slots=True)
class Ended:
    """The export is whole; `version` is that of all its chunks."""

    correlation: bytes
    version: int


@dataclass(frozen=True, slots=True)
class Failed:
    correlation: bytes
    error: IsgError


Effect = Send | Answered | Part | Ended | Failed


class _Pending:
    """One open question."""

    __slots__ = ("asked", "deadline_ms", "floor", "frames", "give_up_ms", "is_export", "parts",
                 "retry_ms", "timeout_ms", "version", "wait_ms")  # fmt: skip

    def __init__(self, ask: Ask, frames: list[bytes], floor: int, now_ms: int) -> None:
        self.frames = frames
        self.floor = floor
        self.is_export = isinstance(ask.request, ExportQuery)
        self.timeout_ms = ask.timeout_ms
        self.asked = 1
        self.parts = 0
        self.version = 0
        self.deadline_ms = now_ms + ask.timeout_ms
        self.give_up_ms = self.deadline_ms + limit.REPLY_GRACE_MS
        self.wait_ms = max(1, min(limit.RETRY_FIRST_MS, ask.timeout_ms // 4))
        self.retry_ms = now_ms + self.wait_ms

    @property
    def may_retry(self) -> bool:
        # Two streams of chunks under one id could not be told apart, so an export is never asked twice.
        return not self.is_export and self.asked <= limit.RETRIES_MAX and self.retry_ms < self.deadline_ms

    @property
    def wakeup_ms(self) -> int:
        return self.retry_ms if self.may_retry else self.give_up_ms


class Session:
    """All open questions of one socket. `version` is the newest that any answer came from; `dropped`
    counts what arrived and belonged to no open question, or was no message at all."""

    def __init__(self) -> None:
        self.version = 0
        self.dropped = 0
        self._pending: dict[bytes, _Pending] = {}
        self._wakeup_ms: int | None = None

    def handle(self, event: Event, now_ms: int) -> list[Effect]:
        """What to do about `event`. Never raises for anything a peer may send."""
        if isinstance(event, Ask):
            return self._ask(event, now_ms)
        if isinstance(event, Arrived):
            return self._arrived(event.frames, now_ms)
        if isinstance(event, Tick):
            return self._tick(now_ms)
        self._pending.pop(event.correlation, None)
        return []

    @property
    def open(self) -> int:
        """How many questions are open."""
        return len(self._pending)

    def wakeup_ms(self) -> int | None:
        """When the next `Tick` is due at the latest, on the clock of `now_ms`; None while nothing is open."""
        return self._wakeup_ms if self._pending else None

    def _wake(self, at_ms: int) -> None:
        # A lower bound: an answered question leaves its own behind, which costs one idle tick.
        if self._wakeup_ms is None or at_ms < self._wakeup_ms or len(self._pending) == 1:
            self._wakeup_ms = at_ms

    def _ask(self, ask: Ask, now_ms: int) -> list[Effect]:
        if len(self._pending) >= limit.QUERIES_HWM_MESSAGES:
            return [Failed(ask.correlation, IsgError(
                f"this client has {limit.QUERIES_HWM_MESSAGES} open questions",
                "wait for some answers before asking more", code="busy"))]  # fmt: skip
        body = _ENCODER.encode(ask.request)
        if len(body) > limit.REQUEST_BYTES_MAX:
            return [Failed(ask.correlation, from_failure(
                "too-large", f"the question has {len(body)} bytes, at most {limit.REQUEST_BYTES_MAX} may be",
                "ask for fewer or shorter names at once"))]  # fmt: skip
        frames = seal(REQUEST, body, ask.correlation, ask.deadline_ms)
        pending = self._pending[ask.correlation] = _Pending(ask, frames, self.version, now_ms)
        self._wake(pending.wakeup_ms)
        return [Send(ask.correlation, frames)]

    def _arrived(self, frames: list[bytes], now_ms: int) -> list[Effect]:
        try:
            envelope, body = unseal(frames)
        except WrongVersion as error:
            return self._fail(_correlation(frames), error)
        except WireError:
            self.dropped += 1
            return []
        pending = self._pending.get(envelope.correlation)
        if pending is None or envelope.kind != REPLY:
            self.dropped += 1
            return []
        try:
            reply: Reply = _DECODER.decode(body)
        except (msgspec.MsgspecError, RecursionError, ValueError) as error:
            return self._fail(envelope.correlation, WireError(f"the reply cannot be read: {error}"))
        if isinstance(reply, Failure):
            del self._pending[envelope.correlation]
            failure = from_failure(reply.code, reply.message, reply.hint, reply.candidates)
            return [Failed(envelope.correlation, failure)]
        if isinstance(reply, Answer) != (not pending.is_export):
            return self._fail(envelope.correlation, WireError("the reply is not one to this question"))
        if isinstance(reply, Answer):
            return self._answered(envelope.correlation, pending, reply, now_ms)
        return self._part(envelope.correlation, pending, reply, now_ms)

    def _answered(self, correlation: bytes, pending: _Pending, answer: Answer, now_ms: int) -> list[Effect]:
        version = answer.value.get("version")
        if isinstance(version, int):
            if version < pending.floor:
                return self._went_back(correlation, pending, version, now_ms)
            self.version = max(self.version, version)
        del self._pending[correlation]
        return [Answered(correlation, answer.value)]

    def _went_back(self, correlation: bytes, pending: _Pending, version: int, now_ms: int) -> list[Effect]:
        """A reader that lags behind what this client already knows: ask again, soon, a bounded number
        of times."""
        if pending.may_retry:
            pending.retry_ms = min(pending.retry_ms, now_ms + pending.wait_ms)
            self._wake(pending.retry_ms)
            return []
        del self._pending[correlation]
        message = f"the answer is of version {version}, but this client has already seen {pending.floor}"
        return [Failed(correlation, from_failure("stale", message, VERSION_HINT))]

    def _part(self, correlation: bytes, pending: _Pending, chunk: Chunk, now_ms: int) -> list[Effect]:
        broken = None
        if chunk.index != pending.parts:
            broken = f"chunk {pending.parts} of the export is missing"
        elif pending.parts and chunk.version != pending.version:
            broken = f"the export changed from version {pending.version} to {chunk.version} on the way"
        elif chunk.version < pending.floor:
            broken = f"the export is of version {chunk.version}, but {pending.floor} was already seen"
        if broken is not None:
            del self._pending[correlation]
            return [Failed(correlation, from_failure("stale", broken, EXPORT_HINT))]
        pending.parts += 1
        pending.version = chunk.version
        self.version = max(self.version, chunk.version)
        pending.deadline_ms = now_ms + pending.timeout_ms
        pending.give_up_ms = pending.deadline_ms + limit.REPLY_GRACE_MS
        effects: list[Effect] = [Part(correlation, chunk.data)] if chunk.data else []
        if chunk.last:
            del self._pending[correlation]
            effects.append(Ended(correlation, chunk.version))
        return effects

    def _tick(self, now_ms: int) -> list[Effect]:
        effects: list[Effect] = []
        for correlation, pending in list(self._pending.items()):
            if pending.may_retry and now_ms >= pending.retry_ms:
                pending.asked += 1
                pending.wait_ms = min(2 * pending.wait_ms, limit.RETRY_MS_MAX)
                pending.retry_ms = now_ms + pending.wait_ms
                effects.append(Send(correlation, pending.frames))
            elif now_ms >= pending.give_up_ms:
                del self._pending[correlation]
                effects.append(Failed(correlation, _timed_out(pending)))
        self._wakeup_ms = min((pending.wakeup_ms for pending in self._pending.values()), default=None)
        return effects

    def _fail(self, correlation: bytes, error: WireError) -> list[Effect]:
        if self._pending.pop(correlation, None) is None:
            self.dropped += 1
            return []
        return [Failed(correlation, from_failure(error.code, str(error), error.hint))]


def _timed_out(pending: _Pending) -> IsgError:
    if pending.parts:
        message = f"the export stopped after {pending.parts} chunks: nothing for {pending.timeout_ms} ms"
    else:
        asked = f" (asked {pending.asked} times)" if pending.asked > 1 else ""
        message = f"no answer within {pending.timeout_ms} ms{asked}"
    return from_failure("timeout", message, SLOW_HINT)


def _correlation(frames: list[bytes]) -> bytes:
    """The correlation id of a header of another protocol version: its place never changes (SPEC.md)."""
    _, _, _, correlation, _ = HEADER.unpack(frames[0])
    return bytes(correlation)
