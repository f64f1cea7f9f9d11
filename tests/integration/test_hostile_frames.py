"""E: whatever arrives on a socket: an error or nothing comes back, nobody ends, and memory stays bounded.

Frames are made in three ways: messages of the channel with nasty values in their fields, the same with bytes
changed, cut or put in, and bytes of no sense. They go to the sockets of real actors; then everyone must be
the process that it was, no larger than before by much, and a save must still be in the answers. Longer:

    python tests/integration/test_hostile_frames.py --seconds 300 --seed 1
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
import typing
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import UnionType
from typing import Any

import msgspec
import psutil
import pytest
import zmq

sys.path.insert(0, str(Path(__file__).parents[1]))

from isg_protocol import envelope, message
from support.actors import FARM, Actors, actors

FRAMES = int(os.environ.get("ISG_HOSTILE_FRAMES", "1000"))
GROWTH_BYTES_MAX = 200_000_000
CHANNELS: dict[str, tuple[int, Any]] = {
    "queries": (zmq.DEALER, message.Request),
    "control": (zmq.DEALER, message.Control),
    "jobs": (zmq.DEALER, message.JobReply),
    "facts": (zmq.PUSH, message.Fact),
}
INTERNAL = (message.JobReply, message.Fact)
NUMBERS = (0, 1, -1, 2**31, 2**32, 2**53, 2**63 - 1, 2**63, 2**64 - 1, -(2**63), 1 << 32 | 1)
TEXTS = (
    "", "\0", "src/farm.rs", "src/none.rs", "../../etc/passwd", "/etc/passwd", "a" * 20_000, "\u202e\u0301",
    "Cargo.toml", "crate::farm::cow", "callers", "stats", "dead-code", "f" * 300, "src/" + "d/" * 300,
    "jsonl", "1.100", "v" + "::x" * 500,
)  # fmt: skip
BYTES = (
    b"",
    b"\xc1",
    b"\x00" * 16,
    b"\xff" * 16,
    zlib.compress(b"fn f() {}"),
    b"\x91" * 5_000,
    b"x" * 100_000,
)


class Forger:
    """Makes frames, by a seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.made: Counter[str] = Counter()

    def frames(self, messages: Any) -> list[bytes]:
        dice = self.dice
        kind = dice.choice((envelope.REQUEST, envelope.REPLY, envelope.EVENT, dice.randrange(256)))
        if dice.random() < 0.8:
            kind = envelope.REQUEST if messages in (message.Request, message.Control) else envelope.EVENT
        correlation = dice.randbytes(16)
        deadline = dice.choice((0, 0, 1, 2**62, int(time.time() * 1000) + 500))
        how = dice.choice(("fields", "fields", "bytes", "nonsense", "frames"))
        if how == "fields" and messages in INTERNAL:
            # A lie that is well told is believed there: who may write into the directory is the user.
            how = "bytes"
        self.made[how] += 1
        if how == "nonsense":
            return envelope.seal(kind, dice.randbytes(dice.choice((0, 1, 7, 300, 60_000))), correlation)
        body = self.body(messages)
        if how == "bytes":
            body = self.damaged(body)
        sealed = envelope.seal(kind, body, correlation, deadline)
        if how == "frames":
            sealed = self.reframed(sealed)
        return sealed

    def body(self, messages: Any) -> bytes:
        chosen = self.dice.choice(typing.get_args(messages) or (messages,))
        hints = typing.get_type_hints(chosen)
        row: dict[str, Any] = {"type": chosen.__struct_config__.tag}
        for name, hint in hints.items():
            if self.dice.random() < 0.85:
                row[name] = self.value(hint)
        return msgspec.msgpack.encode(row)

    def value(self, hint: Any) -> Any:
        dice = self.dice
        if dice.random() < 0.03:  # of another type
            return dice.choice((None, 1, "x", [], {}, True, 1.5, b"x", [[[[]]]]))
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        if origin is UnionType or origin is typing.Union:
            return self.value(dice.choice(arguments))
        if origin is list:
            return [self.value(arguments[0]) for _ in range(dice.choice((0, 1, 3, 200)))]
        if origin is tuple:
            return [self.value(argument) for argument in arguments]
        plain: dict[Any, Callable[[], Any]] = {
            int: lambda: dice.choice(NUMBERS),
            str: lambda: dice.choice(TEXTS),
            bytes: lambda: dice.choice(BYTES),
            bool: lambda: dice.random() < 0.5,
            float: lambda: dice.choice((0.0, -1.0, 1e308, float("inf"), float("nan"))),
        }
        return plain.get(hint, lambda: None)()

    def damaged(self, body: bytes) -> bytes:
        dice, made = self.dice, bytearray(body)
        for _ in range(dice.randint(1, 6)):
            at = dice.randrange(len(made) + 1)
            match dice.randrange(4):
                case 0:
                    made[at : at + 1] = dice.randbytes(1)
                case 1:
                    del made[at : at + dice.randint(1, 40)]
                case 2:
                    made[at:at] = dice.choice(
                        (b"\xdd\xff\xff\xff\xff", b"\xc6\x7f\xff\xff\xff", b"\x91" * 3_000)
                    )
                case _:
                    del made[at:]
        return bytes(made)

    def reframed(self, frames: list[bytes]) -> list[bytes]:
        dice, made = self.dice, list(frames)
        match dice.randrange(4):
            case 0:
                made = made[:1]
            case 1:
                made += [dice.randbytes(dice.randrange(40)) for _ in range(dice.randint(1, 12))]
            case 2:
                made[0] = self.damaged(made[0]) or b"\0"
            case _:
                made = [b"", *made]
        return made


def attack(zoo: Actors, forger: Forger, go_on: Callable[[int], bool]) -> int:
    """Send frames to every socket for as long as `go_on` of their number says; how many were sent."""
    context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
    sent = 0
    sockets = []
    try:
        for channel, (kind, messages) in CHANNELS.items():
            socket = context.socket(kind)
            socket.setsockopt(zmq.LINGER, 2_000)
            socket.setsockopt(zmq.SNDTIMEO, 20_000)
            socket.connect(zoo.workspace.socket(channel))
            sockets.append((socket, messages))
        while go_on(sent):
            socket, messages = forger.dice.choice(sockets)
            socket.send_multipart(forger.frames(messages))
            sent += 1
            if socket.type == zmq.DEALER:
                while socket.poll(0):
                    socket.recv_multipart()
    finally:
        for socket, _ in sockets:
            socket.close()
        context.term()
    return sent


def hold(zoo: Actors, pids: dict[str, int], sizes: dict[str, int], name: str) -> None:
    """Everyone is who they were, and a save is in the answers. (Facts that were taken for true may have put
    files into the graph that are not there: a scan takes them out, and a restart of the watcher is one.)"""
    zoo.write("src/farm.rs", FARM + f"pub fn {name}() {{}}\n")
    assert zoo.symbols("where-defined", name) == [f"zoo::farm::{name}"]
    for actor, pid in pids.items():
        assert zoo.ended(actor) is None, (actor, zoo.tails())
        grown = psutil.Process(pid).memory_info().rss - sizes[actor]
        assert grown < GROWTH_BYTES_MAX, (actor, grown)


def begin(zoo: Actors) -> tuple[dict[str, int], dict[str, int]]:
    zoo.start_all()
    zoo.fresh("stats")
    pids = {name: process.pid for name, process in zoo.running.items()}
    return pids, {name: psutil.Process(pid).memory_info().rss for name, pid in pids.items()}


def test_nobody_ends_by_what_arrives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with actors(tmp_path, monkeypatch) as zoo:
        pids, sizes = begin(zoo)
        attack(zoo, Forger(1), lambda sent: sent < FRAMES)
        hold(zoo, pids, sizes, "pig")


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--seconds", type=float, default=300)
    words.add_argument("--seed", type=int, default=1)
    given = words.parse_args()
    with (
        tempfile.TemporaryDirectory() as work,
        pytest.MonkeyPatch.context() as patch,
        actors(Path(work), patch) as zoo,
    ):
        pids, sizes = begin(zoo)
        forger = Forger(given.seed)
        ends = time.monotonic() + given.seconds
        sent = 0
        number = 0
        while time.monotonic() < ends:
            sent += attack(zoo, forger, lambda count: count < 5_000)
            number += 1
            hold(zoo, pids, sizes, f"pig_{number}")
            print(f"{sent} frames, {dict(forger.made)}", flush=True)


if __name__ == "__main__":
    main()
