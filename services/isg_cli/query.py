"""`isg query`: one question, its arguments, its answer printed.

Owns the table of questions as the command line shows them. Deliberately absent: what an answer is
(isg_graph.query) and how it looks (render.py).
"""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from typing import NamedTuple

from isg_cli import ask, failure, option, source
from isg_client import setting


class Question(NamedTuple):
    """A question: its arguments by metavar, what it tells, an example."""

    arguments: tuple[str, ...]
    summary: str
    example: str


QUESTIONS = {
    "what-implements": Question(("TRAIT",), "impls of a trait, and of what", "what-implements Display"),
    "implements": Question(("TYPE",), "traits that a type implements", "implements Router"),
    "callers": Question(("FN",), "call sites of a function", "callers 'Router::route'"),
    "callees": Question(("FN",), "what a function calls", "callees 'Router::route'"),
    "uses": Question(("ENTITY",), "what an entity names in signatures and bodies", "uses Router"),
    "used-by": Question(("ENTITY",), "where an entity is named, calls apart", "used-by Error"),
    "blast-radius": Question(
        ("ENTITY",), "who is affected if it changes, hop by hop", "blast-radius Error --depth 2 --no-tests"
    ),
    "find-cycles": Question((), "cycles of functions, modules and crates", "find-cycles --level module"),
    "path": Question(("FROM", "TO"), "a shortest way from one entity to another", "path main 'Error::new'"),
    "where-defined": Question(("NAME",), "every definition of a name", "where-defined spawn"),
    "search": Question(("TEXT",), "entities whose name is like a text", "search route"),
    "list": Question((), "all entities, of a kind or a file", "list --kind trait"),
    "outline": Question(("FILE",), "what a file defines, in source order", "outline src/lib.rs"),
    "hotspots": Question((), "what most of the code leans on", "hotspots --limit 20"),
    "dead-code": Question((), "what nothing seems to use", "dead-code"),
    "stats": Question((), "counts by kind, crate and resolution", "stats"),
    "broken": Question((), "references that were bound and are open now", "broken"),
    "diff": Question((), "what changed between two versions or revisions", "diff --from HEAD~3"),
    "impact": Question((), "what the changes of the working tree affect", "impact --diff main...HEAD"),
}
"""Every question of the contract, in the order of the help."""

ENTITY_HELP = """\
ENTITY is a symbol (axum::routing::Router), a name (Router), the tail of a path ('Router::route'),
FILE:LINE (the innermost item around that line), or an id. Quote what holds < > or spaces.
"""

EXAMPLES = """\
examples:
  isg query what-implements Display
  isg query callers 'Router::route' --limit 0
  isg query blast-radius src/lib.rs:42 --depth 2 --no-tests
  isg query find-cycles --level module --format json

isg query QUESTION --help tells the options of one.
"""


def _help() -> ArgumentParser:
    width = max(map(len, QUESTIONS)) + len("ENTITY") + 2
    lines = [
        f"  {' '.join((name, *question.arguments)):{width}}{question.summary}"
        for name, question in QUESTIONS.items()
    ]
    return option.Parser(
        prog="isg query",
        usage="isg query QUESTION [ARGUMENT ...] [OPTION ...]",
        description="Ask one question about a graph.",
        epilog="questions:\n" + "\n".join(lines) + f"\n\n{ENTITY_HELP}\n{EXAMPLES}",
    )


def split(words: list[str]) -> tuple[str, list[str]]:
    """The question's name and its arguments; options may stand ahead of the name. SystemExit for help."""
    ahead: list[str] = []
    rest = list(words)
    while rest and rest[0].startswith("-") and rest[0] not in ("-h", "--help", "--"):
        ahead.append(rest.pop(0))
        if ahead[-1] in ("--workspace", "--format", "--limit", "--timeout-ms", "--cursor") and rest:
            ahead.append(rest.pop(0))
    if not rest:
        raise failure.usage("which question? " + ", ".join(QUESTIONS), "isg query --help")
    return rest[0], ahead + rest[1:]


def parse(words: list[str]) -> Namespace:
    """The command line behind `isg query`."""
    name, rest = split(words)
    if name in ("-h", "--help"):
        _help().parse_args([name])
    question = QUESTIONS.get(name)
    if question is None:
        raise failure.usage(
            f"there is no question {failure.printable(name)!r}",
            option.nearest("isg query", name, QUESTIONS),
        )
    arguments = _parser(name, question).parse_args(rest)
    arguments.question = name
    return arguments


def run(arguments: Namespace) -> int:
    """Ask and print. Raises whatever has a code (main.py prints it)."""
    if _is_of_revisions(arguments):
        from isg_cli import revision

        return revision.run(arguments)
    from isg_protocol.message import Query

    workspace = ask.workspace_of(arguments)
    record = workspace.read()
    root, cwd = (record.root if record else None), os.getcwd()
    given = [getattr(arguments, metavar) for metavar in QUESTIONS[arguments.question].arguments]
    named = [_argument(metavar, text, root, cwd) for metavar, text in _pairs(arguments, given)]
    file = getattr(arguments, "file", None)
    request = Query(
        name=arguments.question,
        target=named[0] if named else getattr(arguments, "from", None),
        to=named[1] if len(named) > 1 else getattr(arguments, "to", None),
        kind=getattr(arguments, "kind", None),
        file=None if file is None else source.graph_path(option.entity(file), root, cwd),
        level=getattr(arguments, "level", None),
        depth=getattr(arguments, "depth", None),
        kinds=getattr(arguments, "kinds", None),
        no_tests=getattr(arguments, "no_tests", False),
        candidates=getattr(arguments, "candidates", False),
        limit=arguments.limit,
        cursor=arguments.cursor,
        all=arguments.all,
        sync=ask.wants_sync(arguments),
        timeout_ms=arguments.timeout_ms,
    )
    with ask.asker(arguments, workspace) as asker:
        answer = asker.ask(request)
    if arguments.format == "json":
        from isg_cli import document

        document.show(answer)
        return 0
    from isg_cli import render

    render.show(render.answer(answer))
    ask.warn_if_stale(answer, workspace)
    return 0


def _is_of_revisions(arguments: Namespace) -> bool:
    """Whether git has to be asked, and no graph that is there already can tell."""
    if arguments.question == "impact":
        return True
    named = [getattr(arguments, name, None) for name in ("from", "to")]
    return arguments.question == "diff" and not all(n is None or (n.isascii() and n.isdigit()) for n in named)


def _pairs(arguments: Namespace, given: list[str]) -> list[tuple[str, str]]:
    return list(zip(QUESTIONS[arguments.question].arguments, given, strict=True))


def _argument(metavar: str, text: str, root: str | None, cwd: str) -> str:
    named = option.entity(text)
    if metavar == "FILE":
        return source.graph_path(named, root, cwd)
    return named if metavar in ("NAME", "TEXT") else source.graph_entity(named, root, cwd)


def _parser(name: str, question: Question) -> ArgumentParser:
    takes_entity = any(metavar in ("TRAIT", "TYPE", "FN", "ENTITY", "FROM") for metavar in question.arguments)
    parser = option.Parser(
        prog=f"isg query {name}",
        description=question.summary[0].upper() + question.summary[1:] + ".",
        epilog=(ENTITY_HELP + "\n" if takes_entity else "") + f"example:\n  isg query {question.example}",
    )
    for metavar in question.arguments:
        parser.add_argument(metavar)
    option.common(parser, ("text", "json", "markdown") if name == "impact" else ("text", "json"))
    option.freshness(parser)
    parser.add_argument(
        "--limit", type=option.natural, default=setting.number("limit"), metavar="N",
        help="show at most N results, 0 for all (default: %(default)s)",
    )  # fmt: skip
    if name != "impact":
        parser.add_argument("--cursor", metavar="C", help="go on behind an answer that was cut: its cursor")
    parser.add_argument(
        "--timeout-ms", type=option.positive, default=setting.number("timeout_ms"), metavar="N",
        help="give up after N milliseconds (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument("--all", action="store_true", help="answer for every entity that the name may mean")
    if name == "blast-radius":
        parser.add_argument("--depth", type=option.natural, metavar="N", help="follow at most N hops")
        parser.add_argument(
            "--kinds", type=_comma, metavar="K,...",
            help="follow only these edges (calls, uses, implements, overrides); show only these nodes",
        )  # fmt: skip
        parser.add_argument("--no-tests", action="store_true", help="leave test code out")
        parser.add_argument(
            "--candidates", action="store_true", help="follow edges that are one of several possible targets"
        )
    elif name == "find-cycles":
        parser.add_argument("--level", choices=("function", "module", "crate"), help="only cycles of this")
    elif name == "list":
        parser.add_argument("--file", metavar="F", help="only nodes of this file")
    elif name == "broken":
        parser.add_argument("--file", metavar="F", help="only references in this file")
    elif name == "diff":
        parser.add_argument(
            "--from", metavar="V",
            help="a version of the graph, or a revision of git (default: the version before --to)",
        )  # fmt: skip
        parser.add_argument(
            "--to", metavar="V", help="likewise (default: the present version, or the working tree)"
        )
    elif name == "impact":
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--diff", metavar="A..B", help="of a range of commits, or from a commit to the working tree"
        )
        which.add_argument("--staged", action="store_true", help="of what is staged")
    if name in ("list", "where-defined", "search", "dead-code"):
        parser.add_argument("--kind", metavar="K", help="only nodes of this kind: trait, function, impl, ...")
    return parser


def _comma(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]
