"""`isg load`: the query processes of a running daemon under many clients, and what they make of it."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from array import array
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from isg_cli import failure, option

if TYPE_CHECKING:
    from isg_client.client import Client
    from isg_client.place import Workspace

    Run = tuple[dict[str, Any], array[int]]

CLIENTS_MAX = 4_096
SWEEP_SHARES = (0.25, 0.5, 0.8)
"""Of the peak that was found closed."""


def parse(words: list[str]) -> Namespace:
    parser = option.Parser(
        prog="isg load",
        description="Ask a running daemon from many clients at once, and tell what it took. Without --rate\n"
        "each client asks as soon as it is answered; with it so many questions a second fall due whatever\n"
        "is answered, and count from when they were due.",
        epilog="examples:\n"
        "  isg load --clients 8 --seconds 10\n"
        "  isg load --clients 64 --seconds 30 --rate 2000 --format json\n"
        "  isg load --clients 64 --sweep --edit src/lib.rs",
    )
    option.common(parser)
    parser.add_argument("--clients", type=_clients, default=8, metavar="N", help="(default: 8)")
    parser.add_argument("--seconds", type=_seconds, default=10.0, metavar="S", help="(default: 10)")
    parser.add_argument(
        "--rate", type=_seconds, metavar="R", help="questions a second of all clients together"
    )
    parser.add_argument(
        "--seed", type=option.natural, default=1, metavar="K", help="which questions (default: 1)"
    )
    parser.add_argument(
        "--sweep",
        action="store_true",
        help="find the peak closed, then load open with 25, 50 and 80 %% of it",
    )
    parser.add_argument(
        "--edit", metavar="FILE",
        help="save this Rust file of the watched tree again and again meanwhile; it is put back at the end",
    )  # fmt: skip
    parser.add_argument("--saves", type=_seconds, default=2.0, metavar="R", help="a second (default: 2)")
    parser.add_argument(
        "--processes", type=option.positive, metavar="P", help="of the load itself (default: the cores)"
    )
    return parser.parse_args(words)


def run(arguments: Namespace) -> int:
    """Load, and print. Raises whatever has a code (main.py prints it)."""
    from isg_client.client import Client

    workspace = option.workspace(arguments)
    if arguments.sweep and arguments.rate is not None:
        raise failure.usage("--sweep finds its rates by itself", "isg load --sweep")
    with Client(workspace) as client:
        records = []
        for record, latencies in measure(client, workspace, arguments):
            records.append(record)
            if arguments.format != "json":
                from isg_cli import render
                from isg_cli.loading import report

                between = [""] if arguments.sweep else []
                render.show(report.lines(record, latencies) + between)
    if arguments.format == "json":
        from isg_cli import document

        document.show({**records[0], "open": records[1:]} if arguments.sweep else records[0])
    return 0


def measure(client: Client, workspace: Workspace, arguments: Namespace) -> Iterator[Run]:
    """The record and the latencies of the load; of a sweep, of one after another."""
    from isg_cli.loading import mix
    from isg_cli.loading.run import Plan, load
    from isg_services.ingest import cores

    bodies = mix.of(client, arguments.seed)
    if not bodies:
        raise failure.Failed("nothing", "the graph holds nothing to ask about", "isg status")
    plan = Plan(
        bodies,
        arguments.clients,
        min(arguments.processes or cores(), arguments.clients),
        arguments.seconds,
        arguments.seed,
        arguments.rate,
        arguments.edit,
        arguments.saves,
    )
    first = load(client, workspace, plan)
    yield first
    if arguments.sweep:
        for share in SWEEP_SHARES:
            yield load(client, workspace, plan._replace(rate=max(1.0, first[0]["rate_per_s"] * share)))


def _clients(text: str) -> int:
    value = option.positive(text)
    if value > CLIENTS_MAX:
        raise ArgumentTypeError(f"at most {CLIENTS_MAX}")
    return value


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 1e7:
        raise ArgumentTypeError(f"{failure.printable(text)!r} is not a number above 0")
    return value
