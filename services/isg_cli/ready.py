"""`isg ready`: whether everything that is on disk is in the answers, for who starts after the daemon."""

from __future__ import annotations

import time
from argparse import Namespace

from isg_cli import option

STEP_MS = 5_000
PAUSE_SECONDS = 0.2


def parse(words: list[str]) -> Namespace:
    parser = option.Parser(
        prog="isg ready",
        description="Whether a daemon runs whose graph holds all that is on disk now. Exit status 0 when it\n"
        "does, 3 when no daemon runs, 4 when its graph is not that far.",
        epilog="examples:\n  isg ready\n  isg daemon --watch . & isg ready --wait 60 && isg query hotspots",
    )
    option.common(parser)
    parser.add_argument(
        "--wait", type=option.natural, default=0, metavar="S", help="wait up to S seconds for it (default: 0)"
    )
    return parser.parse_args(words)


def run(arguments: Namespace) -> int:
    """Ask until it is so or the time is over. JSON: `{"ready":true,"version"}`, else the last failure."""
    from isg_client.error import IsgError

    deadline = time.monotonic() + arguments.wait
    while True:
        try:
            version = _covered(arguments, deadline)
            break
        except IsgError as error:
            if error.code not in ("nothing", "timeout", "stale", "cancelled") or time.monotonic() >= deadline:
                raise
        time.sleep(min(PAUSE_SECONDS, max(0.0, deadline - time.monotonic())))
    if arguments.format == "json":
        from isg_cli import document

        document.show({"ready": True, "version": version})
    else:
        print(f"ready: version {version}")
    return 0


def _covered(arguments: Namespace, deadline: float) -> int:
    """The version that holds everything saved by now. Raises what a question raises."""
    from isg_client.client import Client

    left_ms = max(1_000, min(STEP_MS, int((deadline - time.monotonic()) * 1000)))
    with Client(option.workspace(arguments), timeout_ms=left_ms) as client:
        return int(client.list_nodes(limit=1, sync=True)["version"])
