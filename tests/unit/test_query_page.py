"""Answers in pages: a cursor goes on where an answer was cut, on its version or not at all."""

from __future__ import annotations

import random

import pytest

from isg_graph.error import Usage, VersionGone
from isg_graph.memory import MemoryView
from isg_graph.query.arguments import QueryArguments
from isg_graph.query.table import QUERIES, answer
from support.rust import link
from support.rust_project import Author


def linked(seed: int, version: int = 3) -> MemoryView:
    linker = link(Author(seed).project().files(), live=False)
    return MemoryView(linker.nodes, linker.edges, linker.opens, version=version, changes={version: []})


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", [name for name, spec in QUERIES.items() if spec.takes != "file"])
def test_the_pages_one_after_another_are_the_whole_answer(name: str, seed: int) -> None:
    view, dice = linked(seed), random.Random(seed)
    takes = QUERIES[name].takes
    target = {"entity": "T0" if name == "implements" else "f0", "two": "f0", "text": "f"}.get(takes)
    target = "Tr0" if name == "what-implements" else target
    asked = QueryArguments(name=name, target=target, to="f1" if takes == "two" else None, limit=0, all=True)
    try:
        whole = answer(view, asked)
    except Exception as error:  # nothing of that name in this project: then of no page either
        pytest.skip(str(error))
    shown: list[object] = []
    cursor: str | None = None
    while True:
        limit = dice.randint(1, 4)
        values = {f: getattr(asked, f) for f in asked.__struct_fields__} | {"limit": limit, "cursor": cursor}
        part = answer(view, QueryArguments(**values))
        assert part["count"] == whole["count"]
        assert len(part["results"]) <= limit
        shown += part["results"]
        cursor = part["cursor"]
        if cursor is None:
            break
    assert shown == whole["results"]


def test_a_cursor_of_another_version_is_refused_and_names_the_question_again() -> None:
    first = answer(linked(1), QueryArguments(name="list", limit=2))
    with pytest.raises(VersionGone) as gone:
        answer(linked(1, version=4), QueryArguments(name="list", limit=2, cursor=first["cursor"]))
    assert gone.value.hint == "isg query list"


@pytest.mark.parametrize("cursor", ["", "x", "3", "3.", ".3", "3.-1", "3.1.1", "٣.١", "9" * 50])
def test_what_is_no_cursor_is_a_wrong_question(cursor: str) -> None:
    with pytest.raises((Usage, VersionGone)):
        answer(linked(1), QueryArguments(name="list", cursor=cursor))
