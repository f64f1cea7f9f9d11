"""One process of a load: many clients, each with a socket of its own, asking one question at a time.

Closed: a client asks again as soon as it is answered. Open: questions fall due at a fixed rate whatever is
answered, wait for a client that is free, and count from when they fell due; so a server that stops for a
second is seen by all who would have asked in it (no coordinated omission). A question that is not answered
for a while is asked again under its correlation id, as every client does (SPEC.md). Invariant: every question
that was asked in the counted time is counted, as a latency or as an error.

Run as `python -m isg_cli.loading.worker`: a task as JSON on standard input, a result as one line of JSON and
then the latencies, 32-bit microseconds of this machine's order, on standard output.
"""

from __future__ import annotations

import base64
import json
import random
import sys
import time
from array import array
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any

import msgspec
import zmq

from isg_protocol import envelope, limit

TIMEOUT_S = 10.0
AGAIN_S = limit.RETRY_FIRST_MS / 1000
CHECK_S = 0.25
_MICROSECONDS_MAX = 2**32 - 1


class _Answered(msgspec.Struct, tag="answer"):
    value: msgspec.Raw


class _Refused(msgspec.Struct, tag="failure"):
    code: str


class _Version(msgspec.Struct):
    version: int


_reply_of = msgspec.msgpack.Decoder(_Answered | _Refused)
_version_of = msgspec.msgpack.Decoder(_Version)


class Task(msgspec.Struct):
    """What one process does. `rate` is its share of the questions a second, None for closed; `bodies` are
    encoded questions in base64."""

    addresses: list[str]
    bodies: list[str]
    clients: int
    seconds: float
    warmup: float
    rate: float | None
    seed: int


@dataclass
class _Client:
    socket: zmq.Socket[bytes]
    number: int
    due: float = 0.0
    asked: int = 0
    version: int = 0
    frames: tuple[bytes, ...] = ()
    sent: float = 0.0


@dataclass
class Load:
    """The clients of one process, and what they have seen."""

    task: Task
    latencies: array[int] = field(default_factory=lambda: array("I"))
    errors: Counter[str] = field(default_factory=Counter)
    versions: set[int] = field(default_factory=set)
    done: int = 0
    again: int = 0
    """Questions that were asked again."""

    def __post_init__(self) -> None:
        self._dice = random.Random(self.task.seed)  # noqa: S311 (which questions: no secret)
        self._bodies = [base64.b64decode(body) for body in self.task.bodies]
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self._context.set(zmq.MAX_SOCKETS, self.task.clients + 64)
        self._poller = zmq.Poller()
        self._clients: dict[zmq.Socket[bytes], _Client] = {}
        for number in range(self.task.clients):
            socket = self._context.socket(zmq.DEALER)
            socket.setsockopt(zmq.LINGER, 0)
            for address in self.task.addresses:
                socket.connect(address)
            self._clients[socket] = _Client(socket, number)
            self._poller.register(socket, zmq.POLLIN)

    def run(self) -> None:
        """All of it: warm-up, the counted time, and the answers that are still on their way."""
        task = self.task
        began = time.perf_counter()
        self._counts_from = began + task.warmup
        ends = self._counts_from + task.seconds
        idle = deque(self._clients.values())
        gap = None if task.rate is None else 1 / task.rate
        due = began
        waiting: deque[float] = deque()
        checked = began
        while True:
            now = time.perf_counter()
            through = not waiting and len(idle) == len(self._clients)
            if now >= ends and (through or now >= ends + TIMEOUT_S):
                break
            while gap is not None and due <= min(now, ends):
                waiting.append(due)
                due += gap
            while idle and (waiting or (gap is None and now < ends)):
                self._ask(idle.popleft(), waiting.popleft() if waiting else now)
            pause = due - now if gap is not None and due < ends else max(ends - now, 0.01)
            ready = self._poller.poll(int(max(0.0, min(pause, 0.1)) * 1000))
            if not ready and 0 < pause < 0.001:
                time.sleep(pause)  # a poll counts whole milliseconds
            for socket, _ in ready:
                client = self._clients[socket]
                if self._take(client):
                    idle.append(client)
            if now - checked > CHECK_S:
                checked = now
                idle.extend(self._late(now))
                self._ask_again(now)
        left = len(self._clients) - len(idle) + len(waiting)
        if left:
            self.errors["unanswered"] += left
        for socket in self._clients:
            socket.close()
        self._context.term()

    def _ask(self, client: _Client, due: float) -> None:
        client.due = due
        client.asked += 1
        body = self._bodies[self._dice.randrange(len(self._bodies))]
        deadline_ms = time.time_ns() // 1_000_000 + int(TIMEOUT_S * 1000)
        client.frames = tuple(envelope.seal(envelope.REQUEST, body, self._correlation(client), deadline_ms))
        client.sent = time.perf_counter()
        client.socket.send_multipart(client.frames)

    def _ask_again(self, now: float) -> None:
        """Whoever has waited long may have asked a process that is gone: another may answer."""
        for client in self._clients.values():
            if client.due and now - client.sent > AGAIN_S:
                client.sent = now
                client.socket.send_multipart(client.frames)
                self.again += 1

    @staticmethod
    def _correlation(client: _Client) -> bytes:
        return client.number.to_bytes(8, "big") + client.asked.to_bytes(8, "big")

    def _take(self, client: _Client) -> bool:
        """An answer; False for one that nobody waits for any more."""
        header, body = envelope.unseal(client.socket.recv_multipart())
        if header.correlation != self._correlation(client) or not client.due:
            return False
        now = time.perf_counter()
        reply = _reply_of.decode(body)
        due, client.due = client.due, 0.0
        if due < self._counts_from:
            return True
        self.done += 1
        if isinstance(reply, _Refused):
            self.errors[reply.code] += 1
            return True
        self.latencies.append(min(_MICROSECONDS_MAX, int((now - due) * 1e6)))
        if self.done % 16 == 0:
            version = _version_of.decode(reply.value).version
            if version < client.version:
                self.errors["version-went-back"] += 1
            client.version = version
            self.versions.add(version)
        return True

    def _late(self, now: float) -> list[_Client]:
        """Clients that have waited too long; they ask anew."""
        late = [client for client in self._clients.values() if client.due and now - client.due > TIMEOUT_S]
        for client in late:
            client.due = 0.0
            client.asked += 1  # what still comes is of another question
            self.errors["timeout"] += 1
        return late


def main() -> None:
    """Be the process."""
    load = Load(msgspec.json.decode(sys.stdin.buffer.read(), type=Task))
    load.run()
    row: dict[str, Any] = {
        "done": load.done,
        "errors": dict(load.errors),
        "again": load.again,
        "versions": sorted(load.versions),
        "cpu_s": time.process_time(),
    }
    sys.stdout.buffer.write(json.dumps(row).encode() + b"\n" + load.latencies.tobytes())


if __name__ == "__main__":
    main()
