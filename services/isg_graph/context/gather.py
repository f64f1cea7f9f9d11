"""What there is to say about an entity, section by section, best first, before any budget.

Owns the sections, their order and what one line of each looks like. Invariant: every line of an item
begins with `path:line` (`external` for what is outside the workspace). Absent: how much of it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from isg_graph.entity import container
from isg_graph.lookup import bare
from isg_graph.query.arguments import Bounds
from isg_graph.query.implementation import Implementation, implementations_of, in_order, traits_of
from isg_graph.query.reach import affected
from isg_graph.query.relation import overridden
from isg_graph.query.row import by_order, order
from isg_graph.view import Link, View
from isg_protocol.graph import Node
from isg_protocol.vocabulary import (
    BODY,
    CALLS,
    CANDIDATE,
    CONTAINS,
    CRATE,
    ENUM,
    EXTERNAL,
    FUNCTION,
    IMPL,
    IMPLEMENTS,
    METHOD,
    MODULE,
    NODE_KINDS,
    OVERRIDES,
    SIGNATURE,
    STRUCT,
    TRAIT,
    TYPE_ALIAS,
    UNION,
    USES,
)

DEFINITION = "Definition"
TITLES = (
    DEFINITION,
    "Trait contract",
    "Types in its signature",
    "Items",
    "Implementations",
    "Callers",
    "Calls",
    "Uses in its body",
    "Used by",
    "Tests",
)
"""The sections in the order in which they are shown, which is also the order in which they are filled."""

DRAFTS_MAX = 500
"""Of one section; what is beyond is counted. Half the code of a tree may call one function."""
REACH_NODES_MAX = 400
TEST_HOPS = 4
"""Tests are looked for this far, or as far as the hops asked for, whichever is more."""
T = TypeVar("T")
_TYPE_KINDS = (STRUCT, ENUM, UNION, TRAIT, TYPE_ALIAS)


class Draft(NamedTuple):
    """One item before packing; `body` is a longer text that may stand in the place of `text`."""

    number: int
    text: str
    body: str | None = None


class Found(NamedTuple):
    """What a section could hold: its first drafts, and how many more there are."""

    drafts: list[Draft]
    more: int = 0


def gather(view: View, numbers: Sequence[int], hops: int, bounds: Bounds) -> dict[str, Found]:
    """What each section could hold for one entity (its nodes by order), empty sections left out."""
    sections: dict[str, list[Draft] | Found] = {
        DEFINITION: _definition(view, numbers),
        "Trait contract": _contract(view, numbers),
        "Types in its signature": _types(view, numbers),
        "Items": _items(view, numbers),
        "Implementations": _implementations(view, numbers, bounds),
        "Callers": _callers(view, numbers, hops, bounds),
        "Calls": _calls(view, numbers, hops),
        "Uses in its body": _uses(view, numbers),
        "Used by": _used_by(view, numbers),
        "Tests": _tests(view, numbers, hops, bounds),
    }
    found = {title: each if isinstance(each, Found) else Found(each) for title, each in sections.items()}
    return {title: Found(distinct(each.drafts), each.more) for title, each in found.items() if each.drafts}


def _told(rows: Sequence[T], tell: Callable[[T], Draft]) -> Found:
    """Rows as drafts, no more of them than anyone would read."""
    return Found([tell(row) for row in rows[:DRAFTS_MAX]], max(0, len(rows) - DRAFTS_MAX))


def distinct(drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts, each text once: cfg alternatives of one place read the same."""
    return list({draft.text: draft for draft in reversed(list(drafts))}.values())[::-1]


# --- lines ---------------------------------------------------------------------------------------------


def place(node: Node) -> str:
    return f"{node.file}:{node.line}" if node.file is not None else "external"


def described(view: View, number: int, note: str = "") -> Draft:
    """A node by its signature; what a signature does not place (functions, methods) by its symbol too."""
    node = view.node(number)
    if node.kind == EXTERNAL:
        text = node.symbol
    elif node.signature is None:
        text = f"{NODE_KINDS[node.kind].replace('_', ' ')} {node.symbol}"
    elif node.kind in (FUNCTION, METHOD):
        text = f"{node.symbol} — {node.signature}"
    else:
        text = node.signature
    return Draft(number, lines_at(node.file, node.line, f"{text}{note}"))


def lines_at(file: str | None, line: int, text: str) -> str:
    """The text with its place before every line; the lines of one normalised text share their place."""
    start = f"{file}:{line}" if file is not None else "external"
    return "\n".join(f"{start} {part}".rstrip() for part in text.split("\n"))


def source_lines(view: View, file: str, first: int, last: int) -> list[str] | None:
    """Lines first … last (1-based, inclusive) of a file as it was at this version."""
    text = view.text(file)
    if text is None:
        return None
    lines = text.split(b"\n")[first - 1 : last]
    return [line.decode("utf-8", "replace").rstrip("\r") for line in lines]


# --- sections --------------------------------------------------------------------------------------------


def _definition(view: View, numbers: Sequence[int]) -> list[Draft]:
    drafts = []
    for number in numbers:
        node = view.node(number)
        word = NODE_KINDS[node.kind].replace("_", " ")
        head = node.symbol if node.kind == EXTERNAL else f"{word} {node.symbol}"
        notes = [node.visibility, node.target, f"cfg({node.cfg})" if node.cfg else None]
        notes += ["derived" if node.derived else None, "made by a macro" if node.macro else None]
        said = ", ".join(note for note in notes if note)
        head = lines_at(node.file, node.line, f"{head} ({said})" if said else head)
        above = container(view, number)
        if above is not None and view.kind(above) in (IMPL, TRAIT):
            head += "\n" + described(view, above).text
        signature = f"\n{lines_at(node.file, node.line, node.signature)}" if node.signature else ""
        body = _body(view, node)
        drafts.append(Draft(number, head + signature, f"{head}\n{body}" if body else None))
    return drafts


def _body(view: View, node: Node) -> str | None:
    """The item's source, each line with its place; None for modules, for what has no text of its own, and
    where the sources are not at hand."""
    if node.file is None or node.kind in (CRATE, MODULE, EXTERNAL) or node.derived or node.macro:
        return None
    lines = source_lines(view, node.file, node.line, node.end_line)
    if not lines:
        return None
    indent = len(lines[-1]) - len(lines[-1].lstrip())
    shown = [line[indent:] if not line[:indent].strip() else line for line in lines]
    return "\n".join(f"{node.file}:{node.line + place} {line}".rstrip() for place, line in enumerate(shown))


def _contract(view: View, numbers: Sequence[int]) -> list[Draft]:
    found: dict[int, None] = {}
    for fn in overridden(view, numbers):
        found[fn] = None
        trait = container(view, fn)
        if trait is not None and view.kind(trait) == TRAIT:
            found[trait] = None
    for number in numbers:
        if view.kind(number) == IMPL:
            trait_name = bare(view.node(number).trait or "")
            for link in view.outgoing(number):
                if link.kind == USES and trait_name and view.node(link.other).name == trait_name:
                    found[link.other] = None
    return [described(view, number) for number in by_order(view, found)]


def _types(view: View, numbers: Sequence[int]) -> list[Draft]:
    found = {
        link.other
        for number in numbers
        for link in view.outgoing(number)
        if link.kind == USES and link.context == SIGNATURE and view.kind(link.other) in _TYPE_KINDS
    }
    found.difference_update(numbers)
    return [described(view, number) for number in by_order(view, found)]


def _items(view: View, numbers: Sequence[int]) -> Found:
    """What a container holds; for a type, what its inherent impls hold. Public ones first."""
    holders = list(numbers)
    for number in numbers:
        if view.kind(number) in (STRUCT, ENUM, UNION):
            holders += _inherent_impls(view, number)
    found = {
        link.other
        for holder in holders
        for link in view.outgoing(holder)
        if link.kind == CONTAINS and view.kind(link.other) != IMPL and not view.node(link.other).test
    }
    ranked = sorted(found, key=lambda n: (view.node(n).visibility != "pub", order(view, n)))
    return _told(ranked, lambda number: described(view, number))


def _inherent_impls(view: View, number: int) -> list[int]:
    name = view.node(number).name
    impls = {
        link.other
        for link in view.incoming(number)
        if link.kind == USES
        and view.kind(link.other) == IMPL
        and view.node(link.other).trait is None
        and bare(view.node(link.other).self_text or "") == name
    }
    return by_order(view, impls)


def _implementations(view: View, numbers: Sequence[int], bounds: Bounds) -> Found:
    """Of a trait, its impls; of a type, the impls it has. Written ones first."""
    found: list[Implementation] = []
    traits = [number for number in numbers if _is_trait(view, number)]
    found += implementations_of(view, traits, bounds)
    found += traits_of(view, [number for number in numbers if number not in traits], bounds)
    impls = [row.impl for row in in_order(view, found) if row.impl is not None and row.impl not in numbers]
    ranked = sorted(dict.fromkeys(impls), key=lambda impl: (view.node(impl).derived, view.node(impl).macro))
    return _told(ranked, lambda impl: described(view, impl))


def _is_trait(view: View, number: int) -> bool:
    if view.kind(number) == EXTERNAL:
        return any(link.kind == IMPLEMENTS for link in view.incoming(number))
    return view.kind(number) == TRAIT


def _callers(view: View, numbers: Sequence[int], hops: int, bounds: Bounds) -> Found:
    """The sites of direct calls as source lines, two of different files first; then further hops."""
    sites: list[tuple[Link, str]] = []
    for number in numbers:
        sites += [(link, "") for link in view.incoming(number) if link.kind == CALLS]
    for fn in overridden(view, numbers):
        sites += [(link, " (dispatch)") for link in view.incoming(fn) if link.kind == CALLS]
    stated = [row for row in sites if row[0].resolution != CANDIDATE and not view.node(row[0].other).test]
    stated.sort(key=lambda row: (order(view, row[0].other), row[0].file, row[0].line, row[1]))
    texts: dict[str, list[bytes] | None] = {}
    found = _told(_varied(stated), lambda row: _site(view, *row, texts))
    drafts = found.drafts
    if hops > 1:
        kinds = frozenset({CALLS, OVERRIDES})
        closure = affected(view, numbers, bounds, kinds=kinds, depth=hops, nodes_max=REACH_NODES_MAX)
        drafts += [
            described(view, row.number, f" (hop {row.hop})")
            for row in closure.reached
            if row.hop > 1 and not view.node(row.number).test
        ]
    return Found(list(dict.fromkeys(drafts)), found.more)


def _varied(sites: Sequence[tuple[Link, str]]) -> list[tuple[Link, str]]:
    """The same sites, the first of each of the first two files ahead of the others."""
    ahead: dict[str, tuple[Link, str]] = {}
    for row in sites:
        ahead.setdefault(row[0].file, row)
    first = list(ahead.values())[:2]
    return [*first, *(row for row in sites if row not in first)]


def _site(view: View, link: Link, note: str, texts: dict[str, list[bytes] | None]) -> Draft:
    """A call's line; `texts` has the files read before."""
    if link.file not in texts:
        text = view.text(link.file)
        texts[link.file] = None if text is None else text.split(b"\n")
    lines = texts[link.file]
    line = b"" if lines is None else b"".join(lines[link.line - 1 : link.line])
    source = f" — {line.decode('utf-8', 'replace').strip()}" if line else ""
    return Draft(link.other, lines_at(link.file, link.line, f"{view.node(link.other).symbol}{note}{source}"))


def _calls(view: View, numbers: Sequence[int], hops: int) -> list[Draft]:
    """What it calls, by hop, the workspace's before externals."""
    drafts: list[Draft] = []
    seen = set(numbers)
    frontier: Iterable[int] = numbers
    for hop in range(1, hops + 1):
        following = {
            link.other
            for number in frontier
            for link in view.outgoing(number)
            if link.kind == CALLS and link.resolution != CANDIDATE and link.other not in seen
        }
        seen |= following
        ranked = sorted(following, key=lambda n: (view.kind(n) == EXTERNAL, order(view, n)))
        if hop > 1:
            ranked = [number for number in ranked if view.kind(number) != EXTERNAL]
        drafts += [described(view, number, f" (hop {hop})" if hop > 1 else "") for number in ranked]
        if len(seen) > REACH_NODES_MAX:
            break
        frontier = ranked
    return drafts


def _uses(view: View, numbers: Sequence[int]) -> list[Draft]:
    links = [link for number in numbers for link in view.outgoing(number) if link.kind == USES]
    shown = {link.other for link in links if link.context == SIGNATURE}
    found = {link.other for link in links if link.context == BODY} - shown
    own = [number for number in found.difference(numbers) if view.kind(number) != EXTERNAL]
    return [described(view, number) for number in by_order(view, own)]


def _used_by(view: View, numbers: Sequence[int]) -> Found:
    """Who uses it, impls' headers left out: these are under Implementations and Items."""
    found = {
        link.other
        for number in numbers
        for link in view.incoming(number)
        if link.kind == USES and view.kind(link.other) != IMPL and not view.node(link.other).test
    }
    return _told(by_order(view, found.difference(numbers)), lambda number: described(view, number))


def _tests(view: View, numbers: Sequence[int], hops: int, bounds: Bounds) -> list[Draft]:
    closure = affected(view, numbers, bounds, depth=max(hops, TEST_HOPS), nodes_max=REACH_NODES_MAX)
    drafts = []
    for row in closure.reached:
        node = view.node(row.number)
        if node.test and node.kind in (FUNCTION, METHOD):
            drafts.append(Draft(row.number, lines_at(node.file, node.line, f"{node.symbol} (hop {row.hop})")))
    return drafts
