"""The frames around every message: who speaks which protocol, which question an answer belongs to.

    frame 0   header   magic "ISG" 0x01, u16 protocol version, u8 kind, u8 zero, 16 bytes correlation id,
                       u64 deadline in milliseconds of the Unix epoch (0: none); big endian, 32 bytes
    frame 1   body     one msgpack message of the channel's union

A ROUTER puts the identity frame (and clients of REQ type an empty delimiter) before frame 0. Pure.
"""

from __future__ import annotations

from struct import Struct as Packing
from typing import NamedTuple

from msgspec import MsgspecError

from isg_protocol.error import BadFrame, WireError, WrongVersion
from isg_protocol.version import PROTOCOL_VERSION

MAGIC = b"ISG\x01"
HEADER = Packing(">4sHBx16sQ")
HEADER_BYTES = HEADER.size
NO_CORRELATION = bytes(16)

REQUEST, REPLY, EVENT = 1, 2, 3

UNREADABLE = (WireError, MsgspecError, RecursionError, UnicodeDecodeError)
"""What the frames of a message, and the decoding of its body, can raise: whoever reads from a socket drops
what does."""


REQUEST_BEGINS = HEADER.pack(MAGIC, PROTOCOL_VERSION, REQUEST, NO_CORRELATION, 0)[:7]
"""How the header of every request of this version begins."""


class Envelope(NamedTuple):
    """A header, read. `correlation` is 16 bytes chosen by the asker and repeated in every reply;
    `deadline_ms` is Unix time in milliseconds, 0 for none."""

    kind: int
    correlation: bytes
    deadline_ms: int


def seal(kind: int, body: bytes, correlation: bytes = NO_CORRELATION, deadline_ms: int = 0) -> list[bytes]:
    """The two frames of a message."""
    return [HEADER.pack(MAGIC, PROTOCOL_VERSION, kind, correlation, deadline_ms), body]


def unseal(frames: list[bytes]) -> tuple[Envelope, bytes]:
    """The header and body of two frames.

    Raises BadFrame, or WrongVersion when the peer is another release.
    """
    if len(frames) != 2 or len(frames[0]) != HEADER_BYTES:
        raise BadFrame(
            f"expected a {HEADER_BYTES}-byte header and a body, got {[len(f) for f in frames[:4]]} bytes"
        )
    magic, version, kind, correlation, deadline_ms = HEADER.unpack(frames[0])
    if magic != MAGIC:
        raise BadFrame("the first frame does not begin with the magic of this protocol")
    if version != PROTOCOL_VERSION:
        raise WrongVersion(version, PROTOCOL_VERSION)
    if kind not in (REQUEST, REPLY, EVENT):
        raise BadFrame(f"unknown message kind {kind}")
    return Envelope(kind, correlation, deadline_ms), frames[1]
