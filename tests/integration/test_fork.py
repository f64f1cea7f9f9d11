"""R7: a child that is asked to end before it could do anything ends, and prints nothing."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

FORK = """\
import os, signal, sys
from isg_services.child import fork_plain
number = int(sys.argv[1])
def ask(*_):
    raise KeyboardInterrupt
signal.signal(number, ask)
os.register_at_fork(after_in_child=lambda: os.kill(os.getpid(), number))
pid = fork_plain()
if pid == 0:
    os._exit(0)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_in_the_moment_of_birth_ends_a_child_quietly(number: signal.Signals) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FORK, str(int(number))],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout, done.stderr) == (f"{-number}\n", "")
