"""dead-code: what nothing reaches, and how sure that is.

Owns what is alive without a reference in the graph (public items of a library, `main`, tests, what an
attribute hands to someone else, impls of traits for types that are alive) and the three certainties:

- certain: not public, no reference of any kind, its name in no text but its own definition, no cfg, no
  macro, no attribute that could use it
- likely: only tests reach it, or only other unused items do, or it is public but no library's
- unknown: a candidate or an open call, an attribute, a macro or a cfg alternative may use it

Items of traits and of their impls are never listed: the trait asks for them; nor is a macro whose name
stands anywhere else, since the graph has no edge for an expansion. Invariant: what a production
root reaches by any stated edge is not listed. Worked out once a version.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from isg_graph.memo import once, ordered
from isg_graph.outside import Outside
from isg_graph.query.arguments import Bounds, Part, QueryArguments
from isg_graph.query.find import kind_code
from isg_graph.query.implementation import impls_at
from isg_graph.query.row import page
from isg_graph.view import View
from isg_protocol.graph import Node
from isg_protocol.vocabulary import (
    CALLS,
    CANDIDATE,
    CONST,
    CONTAINS,
    CRATE,
    ENUM,
    EXTENDS,
    EXTERNAL,
    FUNCTION,
    IMPL,
    IMPLEMENTS,
    IMPORTS,
    MACRO,
    METHOD,
    MODULE,
    OVERRIDES,
    STATIC,
    STRUCT,
    TRAIT,
    TYPE_ALIAS,
    UNION,
    USES,
)

_LISTED = frozenset({FUNCTION, METHOD, STRUCT, ENUM, UNION, TRAIT, TYPE_ALIAS, CONST, STATIC, MACRO})
_FORWARD = frozenset({CALLS, USES, IMPLEMENTS, EXTENDS, OVERRIDES})
_HARMLESS = {
    "inline", "must_use", "allow", "warn", "deny", "expect", "forbid", "doc", "deprecated", "cold",
    "track_caller", "derive", "non_exhaustive", "cfg", "cfg_attr", "automatically_derived",
    "rustfmt::skip", "repr", "default", "target_feature", "path", "macro_use", "rustc_const_stable",
    "rustc_const_unstable", "stable", "unstable",
}  # fmt: skip
"""Attributes that give no one a way to use an item."""
_WORD = re.compile(rb"[A-Za-z_]\w*")
_LINE_COMMENT = re.compile(rb"//[^\n]*")


class Unused(NamedTuple):
    number: int
    confidence: str
    why: str


def dead_code(view: View, arguments: QueryArguments, bounds: Bounds) -> Part:
    """The unreached nodes with `confidence` and `why`, by `Node.order()`."""
    kind = kind_code(arguments)
    found = once(view, "dead code", lambda view: _found(view, bounds))
    kept = [row for row in found if kind is None or view.kind(row.number) == kind]
    results: list[dict[str, Any]] = [
        {**view.node(row.number).row(), "confidence": row.confidence, "why": row.why}
        for row in page(kept, arguments)
    ]
    counts = Counter(row.confidence for row in kept)
    extras = {"by_confidence": {word: counts[word] for word in ("certain", "likely", "unknown")}}
    return Part(results=results, count=len(kept), extras=extras)


class _Reach:
    """What a set of roots keeps alive."""

    def __init__(self, view: View, bounds: Bounds, above: dict[int, int]) -> None:
        self._view = view
        self._bounds = bounds
        self._above = above

    def of(self, roots: Iterable[int], candidates: bool = False) -> set[int]:
        alive = set(roots)
        waiting = list(alive)
        while waiting:
            for other in self._kept_by(waiting.pop(), candidates):
                if other not in alive:
                    alive.add(other)
                    waiting.append(other)
        return alive

    def _kept_by(self, number: int, candidates: bool) -> Iterable[int]:
        view = self._view
        links = view.outgoing(number)
        self._bounds.step(1 + len(links))
        kind = view.kind(number)
        for link in links:
            if link.kind in _FORWARD and (candidates or link.resolution != CANDIDATE):
                yield link.other
            if link.kind == IMPLEMENTS:  # a living type keeps what its impls of traits hold
                yield from (impl for impl in impls_at(view, link, number, link.other) if impl is not None)
            if link.kind == CONTAINS and (kind == TRAIT or (kind == IMPL and view.node(number).trait)):
                yield link.other
        if number in self._above and kind not in (MODULE, CRATE):
            yield self._above[number]


def _found(view: View, bounds: Bounds) -> list[Unused]:
    numbers = [number for number in ordered(view) if view.kind(number) != EXTERNAL]
    above = {other: source for source, kind, other, _, _ in view.arcs() if kind == CONTAINS}
    reach = _Reach(view, bounds, above)
    outside = Outside(view)
    foreign = {
        (link.other, link.file, link.line)
        for number in ordered(view)
        if view.kind(number) == EXTERNAL
        for link in view.outgoing(number)
        if link.kind == IMPLEMENTS
    }
    roots = set()
    for number in numbers:
        bounds.step()
        if _is_root(view, number, above, outside, foreign):
            roots.add(number)
    alive = reach.of(roots)
    unreached = [
        number
        for number in numbers
        if number not in alive and _is_listed(view, number, above) and not view.node(number).test
    ]
    if not unreached:
        return []
    maybe = reach.of(roots, candidates=True)
    tested = reach.of(number for number in numbers if view.node(number).test)
    mentions = _Mentions(view, {view.node(number).name for number in unreached}, bounds)
    evidence = _Evidence(above, maybe, tested, mentions)
    return [
        _judged(view, number, evidence)
        for number in unreached
        if view.kind(number) != MACRO or not mentions.beyond(view.node(number).name)
    ]


def _is_root(
    view: View, number: int, above: dict[int, int], outside: Outside, foreign: set[tuple[int, str, int]]
) -> bool:
    """`foreign` has the trait and the place of each impl for an outside type."""
    node = view.node(number)
    if node.test:
        return False
    if node.kind not in (MODULE, CRATE) and outside.is_given_out(number):
        return True
    if node.kind == FUNCTION and node.name == "main":
        return above.get(number) is None or view.kind(above[number]) == CRATE
    if node.kind == IMPL:  # for a type that has no node of its own, or by a type parameter
        links = view.outgoing(number)
        return any(link.kind == IMPLEMENTS for link in links) or (
            node.trait is not None
            and any((link.other, node.file, node.line) in foreign for link in links if link.kind == USES)
        )
    return node.name == "_" and node.kind == CONST


def _is_listed(view: View, number: int, above: dict[int, int]) -> bool:
    if view.kind(number) not in _LISTED:
        return False
    holder = above.get(number)
    if holder is None:
        return True
    if view.kind(holder) == TRAIT:
        return False
    return not (view.kind(holder) == IMPL and view.node(holder).trait)


class _Mentions:
    """How often each asked name stands in the sources, line comments left out, beside how many items are
    so called: more mentions than definitions is a sign of a use that the graph does not see."""

    def __init__(self, view: View, names: set[str], bounds: Bounds) -> None:
        wanted = {name.encode() for name in names}
        counts: Counter[bytes] = Counter()
        self.whole = True
        for entry in view.files():
            text = view.text(entry.path)
            bounds.check()
            if text is None:
                self.whole = False
                continue
            counts.update(word for word in _WORD.findall(_LINE_COMMENT.sub(b"", text)) if word in wanted)
        self._counts = counts
        self._view = view

    def beyond(self, name: str) -> bool:
        places = {
            (self._view.node(number).file, self._view.node(number).line)
            for number in self._view.by_name(name)
            if self._view.kind(number) != EXTERNAL
        }
        return self._counts[name.encode()] > len(places)


class _Evidence(NamedTuple):
    """`above` is each node's container; `maybe` what candidate edges reach too, `tested` what tests do."""

    above: dict[int, int]
    maybe: set[int]
    tested: set[int]
    mentions: _Mentions


def _judged(view: View, number: int, evidence: _Evidence) -> Unused:
    above, maybe, tested, mentions = evidence
    node = view.node(number)
    doubt = _doubt(view, number, node, above, maybe)
    if doubt is not None:
        return Unused(number, "unknown", doubt)
    if number in tested:
        return Unused(number, "likely", "only tests reach it")
    users = [
        link
        for link in view.incoming(number)
        if link.kind in _FORWARD and link.other != number and not _within(link.other, number, above)
    ]
    if users:
        return Unused(number, "likely", f"only unused items refer to it ({len(users)} references)")
    if any(link.kind == IMPORTS for link in view.incoming(number)):
        return Unused(number, "likely", "imported, and not used")
    if node.visibility == "pub":
        return Unused(
            number, "likely", "public, but nothing in the workspace refers to it and no library gives it out"
        )
    if node.name.startswith("_"):
        return Unused(number, "likely", "nothing refers to it, which its name says is meant")
    if not mentions.whole:
        return Unused(
            number, "likely", "nothing refers to it; the sources are not at hand to look for its name"
        )
    if mentions.beyond(node.name):
        return Unused(number, "unknown", "nothing refers to it, but its name stands elsewhere in the sources")
    return Unused(number, "certain", f"{node.visibility or 'private'}, and nothing refers to it")


def _doubt(view: View, number: int, node: Node, above: dict[int, int], maybe: set[int]) -> str | None:
    """What may use the item without an edge that says so; None when nothing may."""
    if number in maybe:
        return "a call with several possible targets may mean it"
    if node.kind in (FUNCTION, METHOD) and view.opens(node.name):
        return f"{len(view.opens(node.name))} calls of this name stayed open"
    special = [name for name in node.attributes if name not in _HARMLESS]
    if special:
        return f"the attribute {special[0]} may use it"
    if node.macro:
        return "a macro made it"
    holder: int | None = number
    while holder is not None:
        cfg = view.node(holder).cfg
        if cfg is not None:
            return f"behind cfg({cfg})"
        holder = above.get(holder)
    return None


def _within(inner: int, outer: int, above: dict[int, int]) -> bool:
    at: int | None = inner
    while at is not None:
        if at == outer:
            return True
        at = above.get(at)
    return False
