"""Reading in a process of its own what may end its reader.

A damaged map can send who reads it into a signal, or round for ever. Owns the child's life and what its end
means; what the child reads and says is its module's.
"""

from __future__ import annotations

import signal
import subprocess
import sys


def read_apart(module: str, *words: str, seconds_max: int) -> subprocess.CompletedProcess[str] | str:
    """`python -m module words…`, ended; or why it gave no answer."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", module, *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=seconds_max,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"reading it took more than {seconds_max} s"
    if done.returncode < 0:
        return f"reading it ends a process ({signal.Signals(-done.returncode).name})"
    return done
