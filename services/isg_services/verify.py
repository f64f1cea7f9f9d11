"""`python -m isg_services.verify PATH live|copy`: one graph read through, in a process of its own.

Reading a damaged map can kill the reader; so whoever wants to know asks a child. Owns what the child says:
one JSON object with the `problems` found and what the graph holds. Absent: what to do about them
(doctor.py).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from isg_services.apart import read_apart

SECONDS_MAX = 600
_ANSWER_CHARACTERS_MAX = 500


def verify(path: Path, live: bool) -> dict[str, Any]:
    """`{"problems", "version", "nodes", "edges"}` of a graph; one that cannot be read has the reason as its
    problem, and None for the rest."""
    done = read_apart("isg_services.verify", str(path), "live" if live else "copy", seconds_max=SECONDS_MAX)
    if isinstance(done, str):
        return _unread(done)
    try:
        told: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        last = (done.stderr.strip().splitlines() or ["it left no word"])[-1]
        return _unread(last[:_ANSWER_CHARACTERS_MAX])
    return told


def _unread(why: str) -> dict[str, Any]:
    return {"problems": [why], "version": None, "nodes": None, "edges": None}


def main(path: str, kind: str) -> None:
    """Be the child."""
    from isg_client.error import IsgError
    from isg_graph.verify import problems
    from isg_services.query.mapping import Mapping

    try:
        with Mapping(Path(path), live=kind == "live") as mapping, mapping.snapshot() as view:
            totals = view.totals()
            told = {
                "problems": problems(view),
                "version": view.version,
                "nodes": totals.nodes,
                "edges": totals.edges,
            }
    except IsgError as error:
        told = _unread(str(error))
    except Exception as error:  # whatever a damaged record makes of itself
        told = _unread(f"a record cannot be read: {type(error).__name__}: {error}"[:_ANSWER_CHARACTERS_MAX])
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
