"""`isg doctor`: what is wrong with a workspace's state and what to do; with --repair it is done."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from isg_cli import failure, option


def parse(words: list[str]) -> Namespace:
    parser = option.Parser(
        prog="isg doctor",
        description="Look a workspace's state over, its graphs read through and through. Exit status 0 when\n"
        "nothing is wrong or all of it was mended, else 70.",
        epilog="examples:\n  isg doctor\n  isg doctor --repair\n  isg doctor --workspace tokio --format json",
    )
    option.common(parser)
    parser.add_argument("--repair", action="store_true", help="mend what can be mended")
    return parser.parse_args(words)


def run(arguments: Namespace) -> int:
    """Look, and print: a line a check, or `{"workspace","checks":[...],"problems"}`. Raises Busy for a repair
    where somebody is at work."""
    from isg_services.doctor import examine, problems

    workspace = option.workspace(arguments)
    checks = examine(workspace, arguments.repair)
    left = problems(checks)
    rows = [check.row() for check in checks]
    if arguments.format == "json":
        from isg_cli import document

        document.show({"workspace": workspace.name, "checks": rows, "problems": left})
    else:
        from isg_cli import render

        render.show(_lines(workspace.name, rows, left, arguments.repair))
    return 70 if left else 0


def _lines(name: str, rows: list[dict[str, Any]], left: int, tried: bool) -> list[str]:
    from isg_cli import render

    lines = [f"workspace {failure.printable(name)}"]
    lines += render.columns((_mark(row), row["name"], row["detail"]) for row in rows)
    for row in rows:
        if row["state"] != "ok" and row["cure"] and not row["repaired"]:
            lines.append(f"{row['name']}: {row['cure']}")
    if not left:
        return [*lines, "nothing is wrong"]
    lines.append(f"{render.count(left, 'problem')}" + ("" if tried else "; next: isg doctor --repair"))
    return lines


def _mark(row: dict[str, Any]) -> str:
    return "mended" if row["repaired"] else str(row["state"])
