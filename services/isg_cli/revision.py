"""`isg query impact`, and `isg query diff` between revisions of git: answered in the asker's own process.

Owns the choice of the directory. Deliberately absent: a daemon's part in it; the answer is one of git's
objects and of the working tree's bytes as they are.
"""

from __future__ import annotations

import os
from argparse import Namespace
from typing import Any

from isg_cli import ask, failure, option


def run(arguments: Namespace) -> int:
    """Compare and print. Raises whatever has a code (main.py prints it)."""
    answer = _answer(arguments)
    if arguments.format == "json":
        from isg_cli import document

        document.show(answer)
        return 0
    if arguments.format == "markdown":
        from isg_cli import markdown

        markdown.show(answer)
        return 0
    from isg_cli import render

    render.show(render.answer(answer))
    return 0


def _answer(arguments: Namespace) -> dict[str, Any]:
    from isg_graph.query.arguments import QueryArguments
    from isg_services.revision import compare

    workspace = ask.workspace_of(arguments)
    record = workspace.read()
    if record is not None and record.root is None:
        raise failure.Failed(
            "nothing",
            f"{failure.printable(workspace.name)} is the graph of a dump, which has no history",
            "run it in a directory that git knows",
        )
    root = record.root if record is not None and record.root is not None else os.getcwd()
    read = compare.reader(workspace)
    if arguments.question == "diff":
        one, other = (_revision(getattr(arguments, name)) for name in ("from", "to"))
        return compare.diff(root, one, other, arguments.limit, read)
    bounds = QueryArguments(name="impact", limit=arguments.limit, timeout_ms=arguments.timeout_ms)
    return compare.impact(root, _revision(arguments.diff), arguments.staged, bounds, read)


def _revision(text: str | None) -> str | None:
    if text is None:
        return None
    if not text.strip():
        raise failure.usage("an empty name names no revision", "git log --oneline -n 10")
    return option.entity(text)
