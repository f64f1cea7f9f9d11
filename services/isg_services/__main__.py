"""`python -m isg_services ACTOR …`: one actor as a process of its own.

    python -m isg_services watcher --workspace W --watch DIR [--lifeline daemon]
    python -m isg_services parser  --workspace W --index 0
    python -m isg_services writer  --workspace W
    python -m isg_services query   --workspace W --index 0

Owns the command line only. W is a name or a directory, as everywhere (contract.md, "Workspaces").
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from isg_client import place, setting
from isg_client.error import IsgError
from isg_services.actor import KINDS, Options, run_actor, write_log

LIFELINES = ("daemon", "parent", "none")


def main(argv: list[str] | None = None) -> int:
    """Read the command line, be the actor, return its exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m isg_services", description="Run one actor of a workspace."
    )
    parser.add_argument("actor", choices=KINDS)
    parser.add_argument("--workspace", metavar="W", help="a name, or a directory (default: as `isg` chooses)")
    parser.add_argument("--at", metavar="DIR", help="the state directory of W, where it is settled already")
    parser.add_argument("--index", type=int, default=0, help="tells the actors of a pool apart")
    parser.add_argument("--watch", metavar="DIR", help="watcher: follow this directory")
    parser.add_argument("--source", metavar="SOURCE", help="watcher: take this source once, then exit")
    parser.add_argument(
        "--replace", action="store_true", help="writer: replace the graph by one scan, then exit"
    )
    parser.add_argument("--lifeline", choices=LIFELINES, default="none", help="whose end ends this actor")
    parser.add_argument(
        "--report", type=int, metavar="FD", help="watcher: tell the progress of --source here"
    )
    given = parser.parse_args(argv)
    if given.actor == "watcher" and (given.watch is None) == (given.source is None):
        parser.error("the watcher takes either --watch DIR or --source SOURCE")
    if given.index < 0:
        parser.error("--index counts from 0")
    try:
        if given.at is not None and given.workspace is not None:
            workspace = place.Workspace(given.workspace, Path(given.at))
        else:
            workspace = place.choose(given.workspace)
        record = workspace.read()
        setting.adopt(given.watch or (record.root if record is not None else None) or ".")
        for name in setting.SETTINGS:
            setting.of(name)  # refused here, not somewhere in the middle
    except IsgError as error:
        write_log(given.actor, "refused", why=str(error), hint=error.hint)
        return error.exit_code
    return run_actor(
        Options(
            kind=given.actor,
            workspace=workspace,
            index=given.index,
            watch=given.watch,
            source=given.source,
            replace=given.replace,
            lifeline=None if given.lifeline == "none" else given.lifeline,
            report=given.report,
        )
    )


if __name__ == "__main__":
    sys.exit(main())
