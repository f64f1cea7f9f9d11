"""`isg forget`: delete what was kept of a workspace. The sources are never touched."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from isg_cli import failure, option

if TYPE_CHECKING:
    from isg_client.place import Workspace


def parse(words: list[str]) -> Namespace:
    parser = option.Parser(
        prog="isg forget",
        description="Delete a workspace's saved graph. The sources are not touched.",
        epilog="examples:\n  isg forget\n  isg forget tokio\n  isg forget ~/src/tokio/\n  isg forget --all",
    )
    parser.add_argument("name", nargs="?", metavar="W", help="a workspace (default: as everywhere)")
    option.common(parser)
    parser.add_argument("--all", action="store_true", help="every known workspace that is not in use")
    return parser.parse_args(words)


def run(arguments: Namespace) -> int:
    """Delete. Raises failure.Failed("nothing") for a workspace that is not known, Busy for one in use.
    As JSON: `{"forgotten":[{"workspace","root"}]}`."""
    if arguments.all and arguments.name is not None:
        raise failure.usage("forget takes a workspace or --all, not both", "isg forget --help")
    forgotten = _all() if arguments.all else [_one(_chosen(arguments))]
    if arguments.format == "json":
        from isg_cli import document

        document.show({"forgotten": forgotten})
    else:
        for row in forgotten:
            sys.stdout.write(f"forgot {failure.printable(row['workspace'])}\n")
    return 0


def _chosen(arguments: Namespace) -> Workspace:
    if arguments.name is not None:
        arguments.workspace = arguments.name
    return option.workspace(arguments)


def _one(workspace: Workspace) -> dict[str, Any]:
    from isg_client import place

    record = workspace.read()
    if not place.forget(workspace):
        raise failure.Failed(
            "nothing", f"nothing is kept of {failure.printable(workspace.name)}", "isg status --all"
        )
    return {"workspace": workspace.name, "root": record.root if record else None}


def _all() -> list[dict[str, Any]]:
    from isg_client import place
    from isg_client.error import Busy

    forgotten, busy = [], []
    for workspace in place.known():
        try:
            forgotten.append(_one(workspace))
        except Busy as error:
            busy.append(error)
    if busy:
        raise busy[0]
    return forgotten
