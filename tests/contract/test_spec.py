"""SPEC.md says what the code does: version, envelope, channels, messages, codes, limits, the example (R9)."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from isg_protocol import limit, message
from isg_protocol.channel import CHANNELS
from isg_protocol.envelope import HEADER_BYTES, REQUEST, unseal
from isg_protocol.error import EXIT_CODES
from isg_protocol.message import Query, Request
from isg_protocol.version import PROTOCOL_VERSION
from support.schema import schema, structs

SPEC = (Path(__file__).parents[2] / "protocol" / "SPEC.md").read_text()


def section(heading: str) -> str:
    """The text below a heading, up to the next of any level."""
    found = re.search(rf"^#+ {re.escape(heading)}$(.*?)(?=^#|\Z)", SPEC, re.MULTILINE | re.DOTALL)
    assert found is not None, f"SPEC.md has no section {heading!r}"
    return found.group(1)


def table(text: str) -> list[list[str]]:
    """The cells of the first table, without its head, code marks taken off."""
    rows = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in row.strip("|").split("|")] for row in rows[2:]]


def test_it_names_the_version_that_the_code_speaks() -> None:
    assert re.findall(r"^Protocol version: \*\*(\d+)\*\*$", SPEC, re.MULTILINE) == [str(PROTOCOL_VERSION)]


def test_the_header_is_as_long_as_its_fields() -> None:
    fields = [row for row in table(section("2. The envelope")) if row[0] == "0"]
    offset = 0
    for _, at, width, _ in fields:
        assert int(at) == offset
        offset += int(width)
    assert offset == HEADER_BYTES


def test_the_channels_are_those_of_the_code() -> None:
    rows = table(section("3. Channels"))
    told = [[*row[:5], int(row[5]), row[6], row[7].removesuffix("-N")] for row in rows]
    assert told == [
        [
            channel.name,
            channel.pattern,
            channel.binds,
            ", ".join(channel.connects),
            ", ".join(channel.carries),
            channel.hwm,
            channel.when_full,
            channel.socket,
        ]
        for channel in CHANNELS
    ]


def test_every_message_of_the_code_is_told_and_no_other() -> None:
    told = re.findall(r"^#### (\w+) \((.*)\)$", SPEC, re.MULTILINE)
    coded = [
        (name, f"`{schema(cls)['tag']}`" if schema(cls)["tag"] else "no tag")
        for name, cls in structs(message).items()
    ]
    assert sorted(told) == sorted(coded)


@pytest.mark.parametrize("name", sorted(structs(message)))
def test_a_message_has_the_fields_that_are_told(name: str) -> None:
    found = re.search(rf"^#### {name} \(.*?\)$(.*?)(?=^#|\Z)", SPEC, re.MULTILINE | re.DOTALL)
    assert found is not None
    rows = table(found.group(1))
    assert [row[:3] for row in rows] == schema(structs(message)[name])["fields"]
    assert all(row[3] for row in rows)


def test_messages_stand_under_the_channel_that_carries_them() -> None:
    for number, channel in enumerate(CHANNELS, 1):
        below = SPEC.partition(f"### 5.{number} {channel.name}\n")[2]
        text = re.split(r"^###? ", below, maxsplit=1, flags=re.MULTILINE)[0]
        told = re.findall(r"^#### (\w+) \(`", text, re.MULTILINE)
        assert told == list(channel.carries)


def test_the_codes_are_those_of_the_code() -> None:
    rows = table(section("7. Failures"))
    assert [(row[0], int(row[1])) for row in rows] == list(EXIT_CODES.items())
    assert all(row[2] for row in rows)


def test_the_limits_are_those_of_the_code() -> None:
    for name, value, of in table(section("8. Limits that matter to a peer")):
        assert getattr(limit, name) == int(value), name
        assert of


def test_capitals_that_look_like_limits_are_limits() -> None:
    for name in set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", SPEC)) - {"PROTOCOL_VERSION", "FACTS_FORMAT"}:
        assert hasattr(limit, name), name


def test_the_exchange_is_what_a_peer_would_read() -> None:
    block = section("10. An exchange, byte for byte").split("```")[1]
    frames: list[bytes] = []
    for line in block.strip().splitlines():
        if line.startswith("frame"):
            frames.append(b"")
        frames[-1] += bytes.fromhex(line[10:].partition(";")[0])
    envelope, body_bytes = unseal(frames)
    assert envelope == (REQUEST, b"0123456789abcdef", 1_700_000_000_000)
    assert msgspec.msgpack.decode(body_bytes, type=Request) == Query(
        name="where-defined", target="spawn", limit=2
    )
