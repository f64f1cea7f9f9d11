"""`isg health`: whether the processes of a workspace's daemon are well, for scripts and supervisors."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import Any

from isg_cli import option
from isg_protocol.error import EXIT_CODES
from isg_services.actor import KINDS

LAG_MS_MAX = 10_000
"""A graph that has been behind its sources for longer is not well, a first scan apart."""


def parse(words: list[str]) -> Namespace:
    parser = option.Parser(
        prog="isg health",
        description="Whether a daemon and each of its processes are there and well. Exit status 0 when they\n"
        "are, 3 when no daemon runs, 4 when something is wrong: what, is told.",
        epilog="examples:\n  isg health\n  isg health --workspace tokio --format json",
    )
    option.common(parser)
    parser.add_argument(
        "--timeout-ms", type=option.positive, default=2_000, metavar="N", help="(default: %(default)s)"
    )
    return parser.parse_args(words)


def run(arguments: Namespace) -> int:
    """Ask and tell. JSON: `{"healthy","problems":[text],"version","lag_ms","actors"}`."""
    from isg_client.client import Client

    with Client(option.workspace(arguments), timeout_ms=arguments.timeout_ms) as client:
        status = client.status()
    found = problems(status)
    if arguments.format == "json":
        from isg_cli import document

        row = {key: status[key] for key in ("version", "lag_ms", "actors")}
        document.show({"healthy": not found, "problems": found, **row})
    elif found:
        sys.stderr.write("".join(f"isg: {problem}\n" for problem in found) + "  next: isg status\n")
    else:
        print(f"healthy: version {status['version']}, {len(status['actors'])} processes")
    return EXIT_CODES["stale"] if found else 0


def problems(status: dict[str, Any]) -> list[str]:
    """What is wrong, in the order of the pipeline; nothing for what is well."""
    actors = status["actors"]
    there = {actor["name"].partition("-")[0] for actor in actors}
    found = [f"there is no {kind}" for kind in KINDS if kind not in there]
    for actor in actors:
        if actor["early_deaths"] > 1:
            found.append(f"{actor['name']} has died young {actor['early_deaths']} times in a row")
    if status["version"] and (status["lag_ms"] or 0) > LAG_MS_MAX:
        found.append(f"the graph has been behind its sources for {status['lag_ms'] / 1000:.0f} s")
    return found
