"""An impact as Markdown, to be pasted into a pull request.

Owns its look. Invariant: a pure function of the answer; what stands in code marks cannot end them.
"""

from __future__ import annotations

import re
import sys
from typing import Any

from isg_cli.render import count, place, signature

Row = dict[str, Any]
TESTS_SHOWN_MAX = 10
TITLES = {
    "removed": "Removed",
    "signature": "Signature changed",
    "body": "Body changed",
    "added": "Added",
}


def show(answer: Row) -> None:
    """Print the answer of `impact`."""
    sys.stdout.write("\n".join(impact(answer)) + "\n")


def impact(answer: Row) -> list[str]:
    """The lines of the document."""
    items = count(answer["count"], "changed item")
    sides = f"{_escaped(answer['from'])} → {_escaped(answer['to'])}"
    lines = [
        f"### Impact: {answer['risk']} risk",
        "",
        f"{sides}: {items} in {count(answer['files'], 'file')}, "
        f"{count(answer['affected'], 'item')} affected, {count(answer['tests'], 'test')} among them.",
    ]
    for change, title in TITLES.items():
        rows = [row for row in answer["results"] if row["change"] == change]
        if rows:
            lines += ["", f"**{title}**", "", "| item | where | risk | affected by hop | tests |"]
            lines += ["| --- | --- | --- | --- | --- |", *map(_row, rows)]
    reaching = _tests(answer["results"])
    if reaching:
        shown = reaching[:TESTS_SHOWN_MAX]
        lines += ["", "**Tests that reach these**", "", *(f"- {_code(name)}" for name in shown)]
        if len(reaching) > len(shown):
            lines.append(f"- … and {len(reaching) - len(shown)} more")
    if answer["truncated"]:
        lines += ["", f"{len(answer['results'])} of {answer['count']} shown."]
    return lines


def _row(row: Row) -> str:
    what = _code(row["symbol"])
    if row["before"] is not None:
        what += f"<br>{_code(' '.join(row['before'].split()))} → {_code(signature(row))}"
    hops = ", ".join(str(number) for number in row["by_hop"].values()) or "none"
    return f"| {what} | {_code(place(row))} | {row['risk']} | {hops} | {row['test_count']} |"


def _tests(rows: list[Row]) -> list[str]:
    named = {
        test["symbol"] for row in rows for test in row["tests"] if test["kind"] in ("function", "method")
    }
    return sorted(named)


def _code(text: str) -> str:
    """Text in code marks that are longer than any run of them in it; a table's bars are escaped."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    mark = "`" * (longest + 1)
    padded = f" {text} " if longest else text
    return (mark + padded + mark).replace("|", "\\|")


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>|])", r"\\\1", text)
