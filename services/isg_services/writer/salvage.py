"""`python -m isg_services.writer.salvage DIRECTORY TAKEN`: a torn environment read in a process of its own.

A page that another page's commit wrote can send its reader anywhere: into a signal, or round for ever. So a
store that may be torn is read by a child first. Owns the child's life alone; what it reads is the store's.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

SECONDS_MAX = 300
_WHY_CHARACTERS_MAX = 300


def salvaged(directory: Path, taken: Path) -> str | None:
    """`store.salvage` in a child: None when `taken` holds the graph, else why not."""
    words = [sys.executable, "-m", "isg_services.writer.salvage", str(directory), str(taken)]
    try:
        done = subprocess.run(
            words, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS_MAX, check=False
        )
    except subprocess.TimeoutExpired:
        return f"reading it took more than {SECONDS_MAX} s"
    if done.returncode < 0:
        return f"reading it ends a process ({signal.Signals(-done.returncode).name})"
    if done.returncode == 0:
        return None
    return done.stdout.decode(errors="replace").strip()[:_WHY_CHARACTERS_MAX] or "it cannot be read"


def main(directory: str, taken: str) -> int:
    """Be the child."""
    from isg_services.writer.store import salvage

    try:
        why = salvage(Path(directory), Path(taken))
    except Exception as error:  # whatever torn pages make of themselves
        why = f"it cannot be read ({type(error).__name__}: {error})"
    if why is not None:
        print(why)
    return 1 if why is not None else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
