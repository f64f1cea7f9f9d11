"""`isg generate-context`: what to tell a language model about one or more entities."""

from __future__ import annotations

import os
import sys
from argparse import Namespace

from isg_cli import ask, option, source
from isg_client import setting


def parse(words: list[str]) -> Namespace:
    parser = option.Parser(
        prog="isg generate-context",
        description="Definition, signature, bounds, callers and dependencies of entities, inside a token\n"
        "budget, the same bytes every time.",
        epilog="examples:\n"
        "  isg generate-context Router\n"
        "  isg generate-context 'Router::route' spawn --tokens 2000\n"
        "  isg generate-context src/lib.rs:42 --code --format json\n"
        "  isg generate-context Router --format markdown | pbcopy",
    )
    parser.add_argument("entities", nargs="+", metavar="ENTITY")
    option.common(parser, ("text", "json", "markdown"))
    option.freshness(parser)
    parser.add_argument(
        "--hops",
        type=option.natural,
        default=setting.number("hops"),
        metavar="N",
        help="how far around them (default: %(default)s)",
    )
    parser.add_argument(
        "--tokens",
        type=option.positive,
        default=setting.number("tokens"),
        metavar="N",
        help="the budget (default: %(default)s)",
    )
    parser.add_argument("--code", action="store_true", help="with the entities' source text")
    parser.add_argument("--all", action="store_true", help="of every entity that a name may mean")
    return parser.parse_args(words)


def run(arguments: Namespace) -> int:
    """Ask and print. Raises whatever has a code (main.py prints it)."""
    from isg_protocol.message import ContextQuery

    workspace = option.workspace(arguments)
    record = workspace.read()
    root, cwd = (record.root if record else None), os.getcwd()
    names = [option.entity(text) for text in arguments.entities]
    request = ContextQuery(
        entities=[source.graph_entity(name, root, cwd) for name in names],
        hops=arguments.hops,
        tokens=arguments.tokens,
        code=arguments.code,
        all=arguments.all,
        sync=ask.wants_sync(arguments),
    )
    with ask.asker(arguments, workspace) as asker:
        answer = asker.ask(request)
    if arguments.format == "json":
        from isg_cli import document

        document.show(answer)
        return 0
    from isg_cli import render

    sys.stdout.write(render.context(answer, arguments.format))
    ask.warn_if_stale(answer, workspace)
    return 0
