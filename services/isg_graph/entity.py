"""ENTITY: from what someone typed to the nodes that are meant (contract.md, "Commands").

Owns the order of the readings (id, FILE:LINE, exact symbol, name or tail), the kinds a question accepts,
and which nodes of one symbol are one entity. Invariant: the same text over the same graph gives the same
entities in the same order, whatever the numbers. Absent: the meaning of any query.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from isg_graph.error import Ambiguous, NotFound, Usage, command, shown
from isg_graph.lookup import bare_segment, segments, split_qualified, tail_key
from isg_graph.nearest import typos
from isg_graph.view import View
from isg_protocol.limit import CANDIDATES_SHOWN_MAX, NAME_CHARACTERS_MAX
from isg_protocol.vocabulary import (
    CALLS,
    CONST,
    CONTAINS,
    CRATE,
    ENUM,
    EXTERNAL,
    FUNCTION,
    IMPL,
    IMPLEMENTS,
    IMPORTS,
    METHOD,
    MODULE,
    NODE_KINDS,
    STATIC,
    STRUCT,
    TRAIT,
    TYPE_ALIAS,
    UNION,
)

NEAREST_MAX = 5
PATH_SEGMENTS_MAX = 32
_PLACE = re.compile(r"(.+?):(\d{1,9})(?::\d{1,9})?")
_RELATIVE = ("crate", "self", "super")
_ID = re.compile(r"[0-9a-f]{32}")


class Accepted(NamedTuple):
    """The kinds a question takes. Of externals, whose own kind nobody knows, those with an edge of kind
    `evidence` (into them, or out of them) come before the others; None asks for none."""

    kinds: frozenset[int]
    evidence: int | None = None
    incoming: bool = True


ANYTHING = Accepted(frozenset(range(len(NODE_KINDS))))
CALLABLE = Accepted(frozenset({FUNCTION, METHOD, EXTERNAL}), CALLS)
CALLING = Accepted(frozenset({FUNCTION, METHOD, CONST, STATIC}))
TRAITS = Accepted(frozenset({TRAIT, EXTERNAL}), IMPLEMENTS)
TYPES = Accepted(frozenset({STRUCT, ENUM, UNION, TYPE_ALIAS, EXTERNAL}), IMPLEMENTS, incoming=False)


class Entity(NamedTuple):
    """Nodes that are one thing, by `Node.order()`: cfg alternatives, or one file in two targets."""

    numbers: tuple[int, ...]


def resolve(
    view: View,
    text: str | None,
    accepted: Accepted,
    asking: str,
    every: bool = False,
    *,
    ahead: str | None = None,
    after: str | None = None,
) -> list[Entity]:
    """The entity that `text` means; with `every`, all that it can mean, by `Node.order()`.

    `asking` is the command in whose name failures give their hints (`query callers`); `ahead` and `after`
    are its other arguments. Raises Usage for an empty text, NotFound with the nearest names, Ambiguous with
    the candidates.
    """
    entities = find(view, text, accepted, asking)
    if len(entities) > 1 and not every:
        first = [view.node(entity.numbers[0]) for entity in entities]
        symbols = [node.symbol for node in first]
        exact = symbols[0] if symbols.count(symbols[0]) == 1 else first[0].id.hex()
        raise Ambiguous(
            f"`{shown(text or '')}` can mean {len(entities)} things; name one by its symbol, FILE:LINE or "
            "id, or take all of them with --all",
            command(*asking.split(), *(word for word in (ahead, exact, after) if word)),
            first[:CANDIDATES_SHOWN_MAX],
        )
    return entities


def find(view: View, text: str | None, accepted: Accepted, asking: str) -> list[Entity]:
    """Every entity that `text` can mean, by `Node.order()`; at least one. Raises Usage and NotFound."""
    text = (text or "").strip()
    if not text:
        raise Usage(
            "an entity is needed: a name, a path, FILE:LINE or an id", command(*asking.split(), "--help")
        )
    if len(text) > NAME_CHARACTERS_MAX or not text.isprintable():
        raise NotFound(f"`{shown(text)}` is no name of this graph", command("query", "list"))
    place = _PLACE.fullmatch(text)
    if place is not None and (path := known_file(view, place[1])) is not None:
        return _at_line(view, path, int(place[2]), accepted, asking)
    numbers = named(view, text)
    taken = [number for number in numbers if view.kind(number) in accepted.kinds]
    if not taken:
        raise _not_found(view, text, numbers, accepted, asking)
    return grouped(view, _preferred(view, taken, accepted))


def known_file(view: View, path: str) -> str | None:
    """The graph's own name of a file that was typed with `./` or `\\`, None when it has no such file."""
    for name in (path, path.replace("\\", "/")):
        name = name.removeprefix("./")
        if view.file(name) is not None:
            return name
    return None


def named(view: View, text: str) -> list[int]:
    """The nodes of any kind that a text names, by the first of these readings that finds one: an id, an
    exact symbol, a name or tail, a path through a module's imports. Unordered."""
    if _ID.fullmatch(text) and (number := view.by_id(bytes.fromhex(text))) is not None:
        return [number]
    exact = view.by_symbol(text)
    if exact:
        return list(exact)
    parts = [_plain(part) for part in segments(text.removesuffix("()").removesuffix("!"))]
    parts = [part for part in parts if part and not _is_turbofish(part)]
    prefixes = next((n for n, part in enumerate(parts) if part not in _RELATIVE), len(parts))
    rooted, parts = parts[:prefixes] == ["crate"], parts[prefixes:]
    found = _by_tail(view, parts) if parts else []
    if rooted:  # `crate::f` stands right below some crate, if any does
        here = [n for n in found if len(segments(view.node(n).symbol)) == len(parts) + 1]
        return here or found
    return found or _by_import(view, parts)


def _by_import(view: View, parts: list[str]) -> list[int]:
    """The nodes that a path means through the imports of a module on it, as `tokio::runtime::Runtime` does
    where the type is defined in a private module below: what people write, and what docs show."""
    if len(parts) < 2 or len(parts) > PATH_SEGMENTS_MAX:
        return []
    prefix, last = parts[:-1], bare_segment(parts[-1])
    owners = list(view.by_symbol("::".join(prefix))) or _by_tail(view, prefix) or _by_import(view, prefix)
    owners = [n for n in owners if view.node(n).target in ("lib", "bin")] or owners
    found: set[int] = set()
    for owner in owners:
        if view.kind(owner) in (MODULE, CRATE):
            imported = (link.other for link in view.outgoing(owner) if link.kind == IMPORTS)
            found.update(number for number in imported if view.node(number).name == last)
        else:
            symbol = view.node(owner).symbol
            module = symbol.removesuffix(segments(symbol)[-1])
            tails = view.by_tail(tail_key([view.node(owner).name, last]))
            found.update(n for n in tails if view.node(n).symbol.startswith(module))
    return list(found)


def _plain(part: str) -> str:
    return part.strip().removeprefix("r#")


def _is_turbofish(part: str) -> bool:
    return part.startswith("<") and split_qualified(part) is None and not part.startswith("<impl")


def _by_tail(view: View, parts: list[str]) -> list[int]:
    key = tail_key(parts)
    if len(parts) == 1:
        found = set(view.by_name(parts[0])) | set(view.by_tail(key))
        return list(found)
    wanted = [bare_segment(part) for part in parts]
    found = {number for number in view.by_tail(key) if _ends_with(view.node(number).symbol, wanted)}
    if wanted != parts and len(found) > 1:  # generic arguments were typed: they decide where they can
        close = {number for number in found if _tight("::".join(parts)) in _tight(view.node(number).symbol)}
        found = close or found
    return list(found)


def _tight(text: str) -> str:
    return text.replace(" ", "")


def _ends_with(symbol: str, wanted: list[str]) -> bool:
    """True when the symbol's last segments are the wanted ones; a `<Cat as Speak>` also counts as Cat."""
    parts = segments(symbol)
    if len(parts) < len(wanted):
        return False
    for part, want in zip(reversed(parts), reversed(wanted), strict=False):
        if bare_segment(part) == want:
            continue
        qualified = split_qualified(part)
        if qualified is None or bare_segment(qualified[0]).rsplit("::", 1)[-1] != want:
            return False
    return True


def _preferred(view: View, numbers: Sequence[int], accepted: Accepted) -> list[int]:
    """The workspace's nodes; where there are none, the externals, those with evidence first."""
    own = [number for number in numbers if view.kind(number) != EXTERNAL]
    if own or accepted.evidence is None:
        return own or list(numbers)
    links = view.incoming if accepted.incoming else view.outgoing
    shown_to_be = [n for n in numbers if any(link.kind == accepted.evidence for link in links(n))]
    return shown_to_be or list(numbers)


# --- nodes that are one entity ------------------------------------------------------------------------


def grouped(view: View, numbers: Iterable[int]) -> list[Entity]:
    """The entities that the nodes make, by `Node.order()`. Nodes of one symbol are one where they belong
    to one target crate (cfg alternatives) or stand in one place (a file that two targets include)."""
    by_symbol: dict[str, list[int]] = {}
    for number in sorted(numbers, key=lambda number: view.node(number).order()):
        by_symbol.setdefault(view.node(number).symbol, []).append(number)
    entities = []
    for same in by_symbol.values():
        entities += [Entity((same[0],))] if len(same) == 1 else _joined(view, same)
    return entities


def _joined(view: View, same: list[int]) -> list[Entity]:
    groups: list[tuple[set[object], list[int]]] = []
    for number in same:
        node = view.node(number)
        keys: set[object] = {_target_crate(view, number), (node.file, node.line)}
        members = [number]
        for group in [group for group in groups if group[0] & keys]:
            groups.remove(group)
            keys |= group[0]
            members = group[1] + members
        groups.append((keys, members))
    rank = {number: index for index, number in enumerate(same)}
    ordered = [sorted(members, key=rank.__getitem__) for _, members in groups]
    return [Entity(tuple(members)) for members in sorted(ordered, key=lambda members: rank[members[0]])]


def _target_crate(view: View, number: int) -> object:
    """What stands for the node's target crate: its crate node, or where that is not to be reached, the
    crate's name and target. A package has one library, but may have many binaries and tests."""
    node = view.node(number)
    if node.target in ("lib", "build", None):
        return (node.crate, node.target)
    for _ in range(256):
        if view.kind(number) == CRATE:
            return view.node(number).id
        above = container(view, number)
        if above is None:
            break
        number = above
    return (node.crate, node.target)


def container(view: View, number: int) -> int | None:
    """The node that contains this one; the first by order where several do."""
    above = [link.other for link in view.incoming(number) if link.kind == CONTAINS]
    if len(above) > 1:
        above.sort(key=lambda other: view.node(other).order())
    return above[0] if above else None


# --- FILE:LINE ------------------------------------------------------------------------------------------


def _at_line(view: View, path: str, line: int, accepted: Accepted, asking: str) -> list[Entity]:
    """The innermost accepted nodes that hold the line, else the file's module."""
    holding = [
        span
        for span in view.spans(path)
        if span.line <= line <= span.end_line
        and view.kind(span.number) in accepted.kinds
        and not (view.kind(span.number) == IMPL and view.node(span.number).derived)
    ]
    if holding:
        narrowest = min(span.end_line - span.line for span in holding)
        inner = [span.number for span in holding if span.end_line - span.line == narrowest]
        if len(inner) > 1:  # what a macro made stands in one place: an impl gives way to its items
            tied = set(inner)
            inner = [number for number in inner if not _contains_any(view, number, tied)] or inner
        return grouped(view, inner)
    modules = _modules_of(view, path) if line >= 1 else []
    modules = [number for number in modules if view.kind(number) in accepted.kinds]
    if modules:
        return grouped(view, modules)
    entry = view.file(path)
    lines = entry.lines if entry is not None else 0
    raise NotFound(
        f"no {_kinds_text(accepted)} holds {path}:{line} (the file has {lines} lines)",
        command("query", "outline", path),
    )


def _contains_any(view: View, number: int, others: set[int]) -> bool:
    return any(link.kind == CONTAINS and link.other in others for link in view.outgoing(number))


def _modules_of(view: View, path: str) -> list[int]:
    """The modules whose items the file holds: what contains its outermost nodes."""
    found: set[int] = set()
    here = {span.number for span in view.spans(path)}
    for span in view.spans(path)[:64]:
        if view.kind(span.number) == CRATE:
            found.add(span.number)
            continue
        above = container(view, span.number)
        if above is not None and above not in here and view.kind(above) in (MODULE, CRATE):
            found.add(above)
    return list(found)


# --- names that are not there ----------------------------------------------------------------------------


def _not_found(view: View, text: str, others: list[int], accepted: Accepted, asking: str) -> NotFound:
    if others:
        first = min((view.node(number) for number in others), key=lambda node: node.order())
        kind = NODE_KINDS[first.kind].replace("_", " ")
        return NotFound(
            f"`{shown(text)}` is a {kind}; {asking.rsplit(maxsplit=1)[-1]} takes a {_kinds_text(accepted)}",
            command("query", "used-by", first.symbol),
            [first],
        )
    near = nearest(view, text, accepted)
    names = list(dict.fromkeys(view.node(number).name for number in near))
    ending = f"; nearest: {', '.join(names)}" if names else ""
    last = segments(text)[-1] or text
    return NotFound(
        f"nothing in this graph is called `{shown(text)}`{ending}",
        command("query", "search", last),
        [view.node(number) for number in near],
    )


def nearest(view: View, text: str, accepted: Accepted = ANYTHING) -> list[int]:
    """At most NEAREST_MAX nodes with names near the text's last segment: the same but for case, a few
    typing errors away, containing it; of accepted kinds first, then those under a like-named owner."""
    parts = segments(text)
    asked = parts[-1].lower()
    if not asked or len(asked) > 128:
        return []
    owner = bare_segment(parts[-2]) if len(parts) > 1 else None
    ranked: list[tuple[int, str]] = list(typos(asked, view.names()))
    if len(asked) >= 3:
        known = {name for _, name in ranked}
        holding = [name for name in view.names() if asked in name.lower() and name not in known]
        ranked += [(10 + len(name) - len(asked), name) for name in holding]
        ranked.sort()
    found: list[tuple[bool, bool, bool, int, tuple[str, str, int, bytes], int]] = []
    for apart, name in ranked[: 4 * NEAREST_MAX]:
        for number in list(view.by_name(name))[:64]:
            node = view.node(number)
            under = owner is not None and owner in node.symbol
            usable = view.kind(number) in accepted.kinds
            found.append((not usable, not under, node.kind == EXTERNAL, apart, node.order(), number))
    found.sort()
    return [row[-1] for row in found[:NEAREST_MAX]]


def _kinds_text(accepted: Accepted) -> str:
    if accepted.kinds == ANYTHING.kinds:
        return "node"
    kinds = [NODE_KINDS[kind].replace("_", " ") for kind in sorted(accepted.kinds) if kind != EXTERNAL]
    return kinds[0] if len(kinds) == 1 else f"{', '.join(kinds[:-1])} or {kinds[-1]}"
