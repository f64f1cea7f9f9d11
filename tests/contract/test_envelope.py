"""The frames around every message: what is sealed is unsealed, and nothing else is taken (R9)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isg_protocol.envelope import (
    EVENT,
    HEADER,
    HEADER_BYTES,
    MAGIC,
    REPLY,
    REQUEST,
    Envelope,
    seal,
    unseal,
)
from isg_protocol.error import BadFrame, WireError, WrongVersion
from isg_protocol.version import PROTOCOL_VERSION

KINDS = st.sampled_from([REQUEST, REPLY, EVENT])
CORRELATIONS = st.binary(min_size=16, max_size=16)
DEADLINES = st.integers(0, 2**64 - 1)


@given(KINDS, st.binary(max_size=200), CORRELATIONS, DEADLINES)
def test_what_is_sealed_is_unsealed(kind: int, body: bytes, correlation: bytes, deadline_ms: int) -> None:
    assert unseal(seal(kind, body, correlation, deadline_ms)) == (
        Envelope(kind, correlation, deadline_ms),
        body,
    )


def test_the_header_is_the_bytes_that_are_written_down() -> None:
    header = seal(REQUEST, b"", bytes(range(16)), 0x0102030405060708)[0]
    assert header.hex() == (
        "49534701"  # "ISG" 0x01
        + f"{PROTOCOL_VERSION:04x}"
        + "01"  # a request
        + "00"
        + "000102030405060708090a0b0c0d0e0f"
        + "0102030405060708"
    )
    assert HEADER_BYTES == 32


@given(st.lists(st.binary(max_size=64), max_size=4))
def test_random_frames_raise_nothing_but_wire_errors(frames: list[bytes]) -> None:
    with pytest.raises(WireError):
        unseal(frames)


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=8))
def test_a_random_header_raises_nothing_but_wire_errors(header: bytes, body: bytes) -> None:
    with pytest.raises(WireError):
        unseal([b"\0" + header[1:], body])


@given(st.integers(0, 31), st.integers(0, 255))
def test_one_changed_byte_of_a_header_is_refused_or_only_changes_what_it_says(place: int, byte: int) -> None:
    header, body = seal(REPLY, b"body", b"c" * 16, 7)
    changed = header[:place] + bytes([byte]) + header[place + 1 :]
    try:
        envelope, _ = unseal([changed, body])
    except WireError:
        assert place < 8
    else:
        assert changed == header or place >= 6
        assert envelope.correlation == changed[8:24]


@given(st.integers(0, 2**16 - 1).filter(lambda version: version != PROTOCOL_VERSION))
def test_another_release_is_told_from_garbage(version: int) -> None:
    with pytest.raises(WrongVersion) as raised:
        unseal([HEADER.pack(MAGIC, version, REQUEST, bytes(16), 0), b""])
    assert (raised.value.theirs, raised.value.ours) == (version, PROTOCOL_VERSION)
    assert raised.value.code == "wrong-version"


@pytest.mark.parametrize("kind", [0, 4, 255])
def test_an_unknown_kind_is_refused(kind: int) -> None:
    with pytest.raises(BadFrame):
        unseal(seal(kind, b""))


@pytest.mark.parametrize("count", [0, 1, 3])
def test_two_frames_are_a_message_and_no_other_number_is(count: int) -> None:
    with pytest.raises(BadFrame):
        unseal((seal(REQUEST, b"") * 2)[:count])
