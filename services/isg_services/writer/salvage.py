"""`python -m isg_services.writer.salvage DIRECTORY TAKEN`: a torn environment read in a process of its own.

A page that another page's commit wrote can send its reader anywhere: into a signal, or round for ever. So a
store that may be torn is read by a child first. Owns the child's life alone; what it reads is the store's.
"""

from __future__ import annotations

import sys
from pathlib import Path

from isg_services.apart import read_apart

SECONDS_MAX = 300
_WHY_CHARACTERS_MAX = 300


def salvaged(directory: Path, taken: Path) -> str | None:
    """`store.salvage` in a child: None when `taken` holds the graph, else why not."""
    done = read_apart("isg_services.writer.salvage", str(directory), str(taken), seconds_max=SECONDS_MAX)
    if isinstance(done, str):
        return done
    if done.returncode == 0:
        return None
    return done.stdout.strip()[:_WHY_CHARACTERS_MAX] or "it cannot be read"


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
