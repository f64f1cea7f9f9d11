"""One process of a load: many clients, each with a socket of its own, asking one question at a time.

Closed: a client asks again as soon as it is answered. Open: questions fall due at a fixed rate whatever is
answered, wait for a client that is free, and count from when they fell due; so a server that stops for a
second is seen by all who would have asked in it (no coordinated omission). Invariant: every question that
was asked in the counted time is counted, as a latency or as an error.

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

from isg_protocol import envelope

TIMEOUT_S = 10.0
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


@dataclass
class Load:
    """The clients of one process, and what they have seen."""

    task: Task
    latencies: array[int] = field(default_factory=lambda: array("I"))
    errors: Counter[str] = field(default_factory=Counter)
    versions: set[int] = field(default_factory=set)
    done: int = 0

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
            if now >= ends and (len(idle) == len(self._clients) or now >= ends + TIMEOUT_S):
                break
            if now < ends:
                if gap is not None:
                    while due <= now:
                        waiting.append(due)
                        due += gap
                while idle and (gap is None or waiting):
                    self._ask(idle.popleft(), now if gap is None else waiting.popleft())
            pause = ends - now if gap is None else due - now
            ready = self._poller.poll(int(max(0.0, min(pause, 0.1)) * 1000))
            if not ready and 0 < pause < 0.001:
                time.sleep(pause)  # a poll counts whole milliseconds
            for socket, _ in ready:
                client = self._clients[socket]
                if self._take(client):
                    idle.append(client)
            if now - checked > 1:
                checked = now
                idle.extend(self._late(now))
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
        client.socket.send_multipart(envelope.seal(envelope.REQUEST, body, self._correlation(client)))

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
        "versions": sorted(load.versions),
        "cpu_s": time.process_time(),
    }
    sys.stdout.buffer.write(json.dumps(row).encode() + b"\n" + load.latencies.tobytes())


if __name__ == "__main__":
    main()
