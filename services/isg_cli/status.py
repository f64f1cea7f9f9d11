"""`isg status`: what the graph holds and what its processes do, of one workspace or of all."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from isg_cli import ask, option

if TYPE_CHECKING:
    from isg_client.place import Workspace


def parse(words: list[str]) -> Namespace:
    parser = option.Parser(
        prog="isg status",
        description="What a workspace's graph holds, how current it is, and what its processes do.",
        epilog="examples:\n  isg status\n  isg status --all\n  isg status --workspace tokio --format json",
    )
    option.common(parser)
    parser.add_argument("--all", action="store_true", help="of every known workspace")
    return parser.parse_args(words)


def run(arguments: Namespace) -> int:
    """Print one status, or with --all one for each workspace, `{"workspaces":[...]}` as JSON; a workspace
    that cannot be asked stands there with its `error`."""
    document = _all(arguments) if arguments.all else _one(arguments, option.workspace(arguments))
    if arguments.format == "json":
        from isg_cli import document as printed

        printed.show(document)
        return 0
    from isg_cli import render

    if not arguments.all:
        render.show(render.status(document))
        ask.warn_if_stale(document, option.workspace(arguments))
        return 0
    if not document["workspaces"]:
        sys.stderr.write("isg: no workspace is known; next: isg ingest DIR\n")
    render.show(line for status in document["workspaces"] for line in [*render.status(status), ""])
    return 0


def _one(arguments: Namespace, workspace: Workspace) -> dict[str, Any]:
    from isg_protocol.message import StatusQuery

    with ask.asker(arguments, workspace) as asker:
        return asker.ask(StatusQuery())


def _all(arguments: Namespace) -> dict[str, Any]:
    from isg_client import place

    found = []
    for workspace in place.known():
        try:
            found.append(_one(arguments, workspace))
        except Exception as error:  # one that cannot be read must not hide the others
            record = workspace.read()
            found.append(
                {
                    "workspace": workspace.name,
                    "root": record.root if record else None,
                    "error": {"code": getattr(error, "code", "internal"), "message": str(error)},
                }
            )
    return {"workspaces": found}
