"""Answers of the present version, encoded: a question that is asked again costs its look-up.

Owns what is kept and for how long. Invariants: an answer is kept for the version it is of and no longer; it
is the bytes that answering anew would give, but for `lag_ms` and `elapsed_us`, which stand at its end and are
written for each asker. Bounded by bytes: the oldest go first. Absent: failures, status and exports.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from isg_protocol.message import Answer, ContextQuery, Query

ANSWERS_BYTES_MAX = 16 * 1024 * 1024
ANSWER_BYTES_MAX = 1024 * 1024
"""A larger one is made anew: it costs little beside its sending."""

BODIES_MAX, BODY_BYTES_MAX = 4_096, 4_096
"""Questions whose bytes are known; the bytes of one."""

LAG, ELAPSED = "lag_ms", "elapsed_us"
_ELAPSED_MAX = 0xFFFF_FFFF
_encode = msgspec.msgpack.Encoder().encode
_LAG_KEY, _ELAPSED_KEY = _encode(LAG), _encode(ELAPSED)
_TAIL = _LAG_KEY + _encode(None) + _ELAPSED_KEY + _encode(None)


class Encoded(NamedTuple):
    """An answer's bytes up to where its measured values stand; the whole of one that has none."""

    head: bytes
    is_measured: bool

    def for_asker(self, lag_ms: int | None, elapsed_us: int) -> bytes:
        """The whole answer."""
        if not self.is_measured:
            return self.head
        return b"".join(
            (self.head, _LAG_KEY, _encode(lag_ms), _ELAPSED_KEY, _encode(min(elapsed_us, _ELAPSED_MAX)))
        )


class Answers:
    """Of one reader of one environment."""

    def __init__(self) -> None:
        self._of: tuple[bytes, int] = (b"", -1)
        self._kept: dict[bytes, Encoded] = {}
        self.bytes_kept = 0

    def find(self, birth: bytes, version: int, request: Query | ContextQuery) -> tuple[bytes, Encoded | None]:
        """The key of a question, and the answer to it if it is known for this version."""
        key = key_of(request)
        return key, self.known(birth, version, key)

    def known(self, birth: bytes, version: int, key: bytes) -> Encoded | None:
        """The answer to the question of a key, if it is known for this version."""
        if self._of != (birth, version):
            self._of = (birth, version)
            self._kept.clear()
            self.bytes_kept = 0
        return self._kept.get(key)

    def keep(self, birth: bytes, version: int, key: bytes, answer: Encoded) -> None:
        """Remember an answer, if it is of the version that was last asked about."""
        size = len(key) + len(answer.head)
        if size > ANSWER_BYTES_MAX or key in self._kept or self._of != (birth, version):
            return
        while self.bytes_kept + size > ANSWERS_BYTES_MAX:
            oldest = next(iter(self._kept))
            self.bytes_kept -= len(oldest) + len(self._kept.pop(oldest).head)
        self._kept[key] = answer
        self.bytes_kept += size


def key_of(request: Query | ContextQuery) -> bytes:
    """What tells one question from another: how it is asked changes nothing of the answer."""
    if isinstance(request, Query):
        return _encode(msgspec.structs.replace(request, sync=False, timeout_ms=None))
    return _encode(msgspec.structs.replace(request, sync=False))


class AskedBefore:
    """Questions as they came, byte for byte, with their keys: what was asked before need not be read again.
    Only those that wait for nothing."""

    def __init__(self) -> None:
        self._keys: dict[bytes, bytes] = {}

    def note(self, body: bytes, request: object) -> None:
        """Remember a question that was read."""
        if isinstance(request, Query | ContextQuery) and not request.sync and len(body) <= BODY_BYTES_MAX:
            if len(self._keys) >= BODIES_MAX:
                self._keys.clear()
            self._keys[body] = key_of(request)

    def key(self, body: bytes) -> bytes | None:
        return self._keys.get(body)


def encoded(answer: Answer) -> Encoded:
    """An answer's bytes; its `lag_ms` and `elapsed_us` move to its end."""
    value = answer.value
    if ELAPSED not in value:
        return Encoded(_encode(answer), False)
    for name in (LAG, ELAPSED):
        value.pop(name, None)
        value[name] = None
    body = _encode(answer)
    assert body.endswith(_TAIL)
    return Encoded(body[: -len(_TAIL)], True)
