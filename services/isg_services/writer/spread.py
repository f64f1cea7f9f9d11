"""Work spread over the machine's cores by forking: how the linker reads many bodies at once.

A child has everything the writer knows without a byte being sent, does shares until none is left, leaves
its answers in an unnamed file and ends. Invariants: a child closes whatever it was born with (locks and
sockets stay the writer's alone), touches neither zmq nor LMDB, and dies with the writer or soon after; a
share that a child took and did not answer is done here. Absent: what the work is (isg_graph.link.share).
"""

from __future__ import annotations

import contextlib
import os
import signal
import struct
import sys
import tempfile
from collections.abc import Callable
from io import BufferedRandom

from isg_services.child import fork_plain

CORES_MAX = 8
"""Beyond, what must be done in one place takes longer than all shares together."""
_NUMBER = struct.Struct("<I")
_RECORD = struct.Struct("<II")  # the share's number, the length of its answer
SHARES_MAX = 8_192
"""Their numbers have to fit in a pipe (64 KiB on Linux) before anyone reads."""


def spread(count: int, work: Callable[[int], bytes], meanwhile: Callable[[], None]) -> list[bytes]:
    """A `Spread` (isg_graph.link.share) over this machine's cores; alone where nothing can be forked."""
    children: list[tuple[int, BufferedRandom]] = []
    answers: dict[int, bytes] = {}
    turn = -1
    helpers = min(_cores(), CORES_MAX, count) - 1
    if helpers > 0 and count <= SHARES_MAX and sys.platform != "darwin":
        turn, fill = os.pipe()
        os.write(fill, b"".join(map(_NUMBER.pack, range(count))))
        os.close(fill)
        for _ in range(helpers):
            with contextlib.suppress(OSError):  # no room for a process or a file: the work is done here
                children.append(_begin(turn, work))
    try:
        meanwhile()
        while (number := _next(turn)) is not None:
            answers[number] = work(number)
    finally:
        if turn >= 0:
            os.close(turn)
        for pid, file in children:
            answers.update(_collect(pid, file))
    return [answers[number] if number in answers else work(number) for number in range(count)]


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def _next(turn: int) -> int | None:
    """The number of the next share that nobody has taken."""
    taken = os.read(turn, _NUMBER.size) if turn >= 0 else b""
    return _NUMBER.unpack(taken)[0] if taken else None


def _begin(turn: int, work: Callable[[int], bytes]) -> tuple[int, BufferedRandom]:
    file = tempfile.TemporaryFile()  # noqa: SIM115  # it lives until its child's answers are read
    pid = fork_plain()
    if pid:
        return pid, file
    status = 1
    try:
        signal.set_wakeup_fd(-1)
        _close_all_but(turn, file.fileno())
        born_to = os.getppid()
        while os.getppid() == born_to and (share := _next(turn)) is not None:
            answer = work(share)
            file.write(_RECORD.pack(share, len(answer)) + answer)
        file.flush()
        status = 0
    finally:
        # Whatever happened: the writer's buffers and exit handlers are not ours to run.
        os._exit(status)


def _close_all_but(*kept: int) -> None:
    """Everything above the standard streams: a lock or a pipe held here would outlive its owner."""
    at = 3
    for one in sorted(kept):
        os.closerange(at, one)
        at = one + 1
    os.closerange(at, os.sysconf("SC_OPEN_MAX"))


def _collect(pid: int, file: BufferedRandom) -> dict[int, bytes]:
    """A child's answers, once it has ended; those it had left whole when it died."""
    with file, contextlib.suppress(ChildProcessError):
        os.waitpid(pid, 0)
        file.seek(0)
        text = file.read()
        found: dict[int, bytes] = {}
        at = 0
        while at + _RECORD.size <= len(text):
            share, length = _RECORD.unpack_from(text, at)
            at += _RECORD.size
            if at + length > len(text):
                break
            found[share] = text[at : at + length]
            at += length
        return found
    return {}
