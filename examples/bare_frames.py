"""Ask without the client: the frames themselves, for whoever writes a client in another language.

    python examples/bare_frames.py ipc:///run/user/1000/…/run/queries-0 where-defined spawn

Nothing of isg is imported: a ZeroMQ socket, a msgpack codec and protocol/SPEC.md are all it takes. The
address is `run/queries-0` in the workspace's directory under the state directory (SPEC.md, "Channels");
without one, that of the workspace named by ISG_WORKSPACE is taken, or of the only one there is.
"""

from __future__ import annotations

import json
import os
import struct
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
import zmq

MAGIC, PROTOCOL_VERSION, REQUEST, REPLY = b"ISG\x01", 1, 1, 2
HEADER = struct.Struct(">4s H B x 16s Q")  # magic, version, kind, zero, correlation, deadline: 32 bytes
TIMEOUT_MS = 10_000


def ask(address: str, message: dict[str, Any]) -> dict[str, Any]:
    """One question over one DEALER: send two frames, wait for the two that repeat our correlation id."""
    correlation = os.urandom(16)
    deadline_ms = time.time_ns() // 1_000_000 + TIMEOUT_MS
    header = HEADER.pack(MAGIC, PROTOCOL_VERSION, REQUEST, correlation, deadline_ms)
    context = zmq.Context()
    socket = context.socket(zmq.DEALER)
    try:
        socket.setsockopt(zmq.LINGER, 0)
        socket.connect(address)
        socket.send_multipart([header, msgspec.msgpack.encode(message)])
        while True:
            left_ms = deadline_ms - time.time_ns() // 1_000_000
            if left_ms <= 0 or not socket.poll(left_ms):
                return {
                    "type": "failure",
                    "code": "timeout",
                    "message": f"no answer from {address} within {TIMEOUT_MS} ms",
                    "hint": "isg status",
                }
            frames = socket.recv_multipart()
            if len(frames) != 2 or len(frames[0]) != HEADER.size:
                continue
            magic, version, kind, answered, _ = HEADER.unpack(frames[0])
            if magic == MAGIC and version == PROTOCOL_VERSION and kind == REPLY and answered == correlation:
                reply: dict[str, Any] = msgspec.msgpack.decode(frames[1])
                return reply
    finally:
        socket.close()
        context.term()


def find() -> str | None:
    """The query socket of the workspace that ISG_WORKSPACE names, or of the only one that has any."""
    state = Path(os.environ.get("ISG_STATE_DIR") or Path.home() / ".local" / "state" / "isg")
    wanted = os.environ.get("ISG_WORKSPACE")
    found = []
    for record in sorted(state.glob("*/workspace.json")):
        address = record.parent / "run" / "queries-0"
        if address.exists() and wanted in (None, "", json.loads(record.read_bytes())["name"]):
            found.append(f"ipc://{address}")
    return found[0] if len(found) == 1 else None


def main() -> int:
    words = sys.argv[1:]
    address = words.pop(0) if words and words[0].startswith("ipc://") else find()
    if address is None or not words:
        print("usage: bare_frames.py [ipc://…/run/queries-0] QUERY [TARGET]", file=sys.stderr)
        print("next: isg daemon --watch DIR, and give the address of its socket", file=sys.stderr)
        return 3 if address is None else 2
    if not Path(address.removeprefix("ipc://")).exists():
        print(f"nobody answers at {address}\nnext: isg daemon --watch DIR", file=sys.stderr)
        return 3
    message: dict[str, Any] = {"type": "query", "name": words[0]}
    if len(words) > 1:
        message["target"] = words[1]
    reply = ask(address, message)
    if reply["type"] == "failure":
        print(f"{reply['message']} ({reply['code']})\nnext: {reply['hint']}", file=sys.stderr)
        return 1
    json.dump(reply["value"], sys.stdout, indent=2, ensure_ascii=False)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
