"""Does a graph fit together? What a doctor asks of a view that may be damaged.

Owns the laws that every graph keeps: what is found by a key has that key, each edge is there from both its
ends, a file's spans name nodes of that file, its text is the one that its digest is of, and the totals are
the sums. Invariant: everything that a view can be asked is asked once. Absent: how the bytes lie
(snapshot.py), and whether the graph is that of its sources, which only a fresh build can tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b

from isg_graph.view import View

PROBLEMS_MAX = 20
"""A graph with more is as damaged as one with these."""


def problems(view: View) -> list[str]:
    """What does not fit, in words; empty for a sound graph. Raises whatever reading a damaged one raises."""
    found: list[str] = []
    for problem in _all(view):
        found.append(problem)
        if len(found) >= PROBLEMS_MAX:
            break
    return found


def _all(view: View) -> Iterator[str]:
    numbers = list(view.numbers())
    there: Counter[tuple[object, ...]] = Counter()
    back: Counter[tuple[object, ...]] = Counter()
    names: set[str] = set()
    for number in numbers:
        node = view.node(number)
        names.add(node.name)
        if view.by_id(node.id) != number:
            yield f"{node.symbol} is not found by its id"
        if number not in view.by_symbol(node.symbol):
            yield f"{node.symbol} is not found by its symbol"
        if number not in view.by_name(node.name):
            yield f"{node.symbol} is not found by its name"
        for link in view.outgoing(number):
            there[number, link.other, *link[2:], link.kind] += 1
        for link in view.incoming(number):
            back[link.other, number, *link[2:], link.kind] += 1
    if there != back:
        count = (there - back).total() + (back - there).total()
        yield f"{count} edges are there from one of their ends alone"
    strangers = {end for edge in there for end in edge[:2]} - set(numbers)
    if strangers:
        yield f"{len(strangers)} edges lead to nodes that are not there"
    if missing := names - set(view.names()):
        yield f"{len(missing)} names are not in the list of names"
    files = 0
    for entry in view.files():
        files += 1
        yield from _of_file(view, entry.path, entry.digest)
    totals = view.totals()
    if (totals.files, totals.nodes, totals.edges) != (files, len(numbers), there.total()):
        yield (
            f"it says {totals.files} files, {totals.nodes} nodes and {totals.edges} edges, "
            f"and holds {files}, {len(numbers)} and {there.total()}"
        )


def _of_file(view: View, path: str, digest: bytes) -> Iterator[str]:
    for span in view.spans(path):
        if view.node(span.number).file != path:
            yield f"{path} has a span of a node that stands elsewhere"
    text = view.text(path)
    if text is not None and digest and blake2b(text, digest_size=len(digest)).digest() != digest:
        yield f"the text of {path} is not the one that was read"
