"""impact: which items a change of the sources changes, and whom each of them affects.

Owns the way from changed lines to changed items. An item is `added` or `removed` where only one of the two
graphs has it, `signature` where both have it and it says something else, `body` where only lines inside it
differ. Lines of white space, of comments and of braces alone change nothing; an attribute's line belongs to
the item beneath it. What a new or vanished container holds is not told apart from it. The affected are those
of blast-radius: in the later graph, of a removed item in the earlier one, where its callers still had it.
Absent: git and files (isg_services.revision); what becomes of a call whose target went (broken).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from isg_graph.query.arguments import Bounds
from isg_graph.query.change import row_of
from isg_graph.query.reach import RISK_HOPS, affected, by_hop, production, risk, with_contents
from isg_graph.query.row import cut
from isg_graph.view import View
from isg_protocol.graph import Node
from isg_protocol.vocabulary import CONTAINS, CRATE, EXTERNAL, IMPL, MODULE, TRAIT

LINES_COMPARED_MAX = 4_000
"""Of a longer stretch between the first and the last difference, every line counts as changed."""
ATTRIBUTE_LINES_MAX = 30
"""How far beneath an attribute its item is looked for."""
_NOTHING = re.compile(rb"\s*(//.*|[\s(){}\[\];,]*)")
_ATTRIBUTE = re.compile(rb"\s*#!?\[")
_CONTAINERS = frozenset({CRATE, MODULE, IMPL, TRAIT})


class Edit(NamedTuple):
    """The lines (1-based) of a file's text before that are gone or others now, and of its text now."""

    before: list[int]
    after: list[int]


class Changed(NamedTuple):
    """A changed item: its node, in the later graph unless it is removed; how; and as it was."""

    node: Node
    change: str
    was: Node | None


def changed_lines(before: bytes, after: bytes) -> Edit:
    """What differs between two texts but for their indentation, without lines that say nothing."""
    old, new = ([line.strip() for line in text.splitlines()] for text in (before, after))
    first = 0
    most = min(len(old), len(new))
    while first < most and old[first] == new[first]:
        first += 1
    last = 0
    while last < most - first and old[-1 - last] == new[-1 - last]:
        last += 1
    old_part, new_part = old[first : len(old) - last], new[first : len(new) - last]
    gone: list[int] = []
    come: list[int] = []
    for at, to, start, end in _stretches(old_part, new_part):
        gone += [first + 1 + n for n in range(at, to) if not _NOTHING.fullmatch(old_part[n])]
        come += [first + 1 + n for n in range(start, end) if not _NOTHING.fullmatch(new_part[n])]
    return Edit(gone, come)


def _stretches(old: list[bytes], new: list[bytes]) -> Iterator[tuple[int, int, int, int]]:
    if len(old) > LINES_COMPARED_MAX or len(new) > LINES_COMPARED_MAX:
        yield 0, len(old), 0, len(new)
        return
    for tag, *places in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield places[0], places[1], places[2], places[3]


def differing(before: View, after: View) -> Iterator[Changed]:
    """The nodes that only one of two graphs has, or that say something else in the later."""
    for number in after.numbers():
        node = after.node(number)
        known = before.by_id(node.id)
        if known is None:
            yield Changed(node, "added", None)
        elif not (was := before.node(known)).says_the_same(node):
            yield Changed(node, "signature", was)
    for number in before.numbers():
        node = before.node(number)
        if after.by_id(node.id) is None:
            yield Changed(node, "removed", node)


def changed_items(
    before: View, after: View, texts_before: Mapping[str, bytes], texts_after: Mapping[str, bytes]
) -> list[Changed]:
    """The changed items, by `Node.order()`. The texts are those of the files that differ."""
    found = {one.node.id: one for one in differing(before, after) if one.node.kind != EXTERNAL}
    for path in texts_before.keys() | texts_after.keys():
        old, new = texts_before.get(path, b""), texts_after.get(path, b"")
        edit = changed_lines(old, new)
        for node_id in [*_touched(before, path, old, edit.before), *_touched(after, path, new, edit.after)]:
            now, then = after.by_id(node_id), before.by_id(node_id)
            if now is not None and then is not None:
                found.setdefault(node_id, Changed(after.node(now), "body", before.node(then)))
    kept = [one for one in found.values() if not _goes_with_container(before, after, one, found)]
    return sorted(kept, key=lambda one: one.node.order())


def _touched(view: View, path: str, text: bytes, lines: list[int]) -> set[bytes]:
    """The ids of the innermost items around lines of a file; containers have no body of their own."""
    spans = view.spans(path)
    if not lines or not spans:
        return set()
    rows = text.splitlines()
    found: set[bytes] = set()
    for line in lines:
        at = line
        if _ATTRIBUTE.match(rows[line - 1]):
            below = (span.line for span in spans if line < span.line <= line + ATTRIBUTE_LINES_MAX)
            at = min(below, default=line)
        around = [span for span in spans if span.line <= at <= span.end_line]
        if around:
            # Outer spans stand before inner ones, of equal length too.
            inner = min(reversed(around), key=lambda span: span.end_line - span.line)
            if view.kind(inner.number) not in _CONTAINERS:
                found.add(view.node(inner.number).id)
    return found


def _goes_with_container(before: View, after: View, one: Changed, found: Mapping[bytes, Changed]) -> bool:
    """Whether an item came or went with what holds it."""
    if one.change not in ("added", "removed"):
        return False
    view = after if one.change == "added" else before
    number = view.by_id(one.node.id)
    assert number is not None
    holders = (view.node(link.other).id for link in view.incoming(number) if link.kind == CONTAINS)
    return any(holder in found and found[holder].change == one.change for holder in holders)


class Summary(NamedTuple):
    """What all changes together affect: the band, how many nodes, and how many of them tests."""

    risk: str
    affected: int
    tests: int
    bounded: bool


def impact_rows(
    before: View, after: View, items: list[Changed], limit: int, bounds: Bounds
) -> tuple[list[dict[str, Any]], Summary]:
    """A row for each item up to the limit, and what all of them together affect. `tests` of a row are cut
    to the limit too; `test_count` is how many there are."""
    rows = []
    every: dict[bytes, tuple[int, bool]] = {}
    bounded = False
    shown = len(cut(items, limit))
    for place, (node, change, was) in enumerate(items):
        view = before if change == "removed" else after
        number = view.by_id(node.id)
        assert number is not None
        sources = (
            [number]
            if node.kind in (MODULE, CRATE) and change == "body"
            else with_contents(view, [number], bounds)
        )
        closure = affected(view, sources, bounds)
        bounded = bounded or closure.bounded
        tests = []
        for reached in closure.reached:
            other = view.node(reached.number)
            hop = min(reached.hop, every.get(other.id, (reached.hop, False))[0])
            every[other.id] = (hop, other.test)
            if other.test:
                tests.append(other)
        if place < shown:
            row = row_of(node, change, was)
            row |= {
                "risk": risk(production(view, closure.reached)),
                "by_hop": by_hop(closure.reached),
                "tests": [test.row() for test in cut(sorted(tests, key=Node.order), limit)],
                "test_count": len(tests),
            }
            rows.append(row)
    near = sum(hop <= RISK_HOPS and not test for hop, test in every.values())
    return rows, Summary(risk(near), len(every), sum(test for _, test in every.values()), bounded)
