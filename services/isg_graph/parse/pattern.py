"""Patterns: which names they bind and which paths they mention.

A pattern's names are gathered in `Reader.bound`; whoever reads the pattern makes them live. Alternatives of
an or-pattern share slots by name.
"""

from __future__ import annotations

from tree_sitter import Node

from isg_graph.parse.reader import Reader
from isg_graph.parse.tree import (
    COMMENTS,
    GENERIC,
    IDENTIFIER,
    MUTABLE,
    SCOPED,
    SELF,
    UNDERSCORE,
    kind_of,
    kinds_of,
    plain,
)
from isg_graph.parse.type import read_path
from isg_protocol.body import (
    BindPattern,
    OrPattern,
    PathPattern,
    Pattern,
    RefPattern,
    RestPattern,
    SlicePattern,
    StructPattern,
    TuplePattern,
    TupleStructPattern,
    WildPattern,
)

_REST = kind_of("remaining_field_pattern")
_FIELD_PATTERN = kind_of("field_pattern")
_REF = kind_of("ref", named=False)
_SHORTHAND = kind_of("shorthand_field_identifier")
_RANGE_PATTERN = kind_of("range_pattern")
WILD = WildPattern()


def read_pattern(r: Reader, node: Node) -> tuple[Pattern, dict[str, int]]:
    """A whole pattern, and the names that go live with it."""
    if node.kind_id == IDENTIFIER:
        name = r.name(node)
        if name.islower() and name != "_":
            slot = r.slots
            r.slots = slot + 1
            return BindPattern(slot, name), {name: slot}
    outer = r.bound
    bound: dict[str, int] = {}
    r.bound = bound
    found = _pattern(r, node)
    r.bound = outer
    return found, bound


def _pattern(r: Reader, node: Node) -> Pattern:
    reading = _PATTERNS.get(node.kind_id)
    if reading is None:
        return WILD
    r.deeper()
    found = reading(r, node)
    r.depth -= 1
    return found


def _identifier(r: Reader, node: Node) -> Pattern:
    name = r.name(node)
    if name[:1].isupper():
        return PathPattern(read_path(r, node))
    return WILD if name == "_" else BindPattern(r.bind(name), name)


def _always_binds(r: Reader, node: Node, by_ref: bool) -> Pattern:
    if node.kind_id == IDENTIFIER:
        name = r.name(node)
        return BindPattern(r.bind(name), name, by_ref)
    found = _pattern(r, node)
    if by_ref and isinstance(found, BindPattern):
        found.by_ref = True
    return found


def _mut(r: Reader, node: Node) -> Pattern:
    return _always_binds(r, node.children[-1], False)


def _ref(r: Reader, node: Node) -> Pattern:
    last = node.children[-1]
    if last.kind_id == _MUT_PATTERN:
        last = last.children[-1]
    return _always_binds(r, last, True)


def _path(r: Reader, node: Node) -> Pattern:
    return PathPattern(read_path(r, node))


def _elements(r: Reader, parts: list[Node]) -> tuple[list[Pattern], int]:
    elements: list[Pattern] = []
    rest = -1
    for part in parts:
        kind = part.kind_id
        if kind == _REST:
            rest = len(elements)
        elif (part.is_named and kind not in COMMENTS and kind != MUTABLE) or kind == UNDERSCORE:
            elements.append(_pattern(r, part))
    return elements, rest


def _tuple(r: Reader, node: Node) -> Pattern:
    elements, rest = _elements(r, node.children)
    if len(elements) == 1 and rest < 0 and b"," not in r.text[node.children[1].end_byte : node.end_byte]:
        return elements[0]  # parentheses
    return TuplePattern(elements, rest)


def _tuple_struct(r: Reader, node: Node) -> Pattern:
    parts = node.children
    path = read_path(r, parts[0])
    elements, rest = _elements(r, parts[1:])
    return TupleStructPattern(path, elements, rest)


def _struct(r: Reader, node: Node) -> Pattern:
    parts = node.named_children
    path = read_path(r, parts[0])
    fields: list[tuple[str, Pattern]] = []
    for part in parts[1:]:
        if part.kind_id != _FIELD_PATTERN:
            continue
        inner = plain(part.children)
        last = inner[-1]
        if last.kind_id == _SHORTHAND:
            name = r.name(last)
            by_ref = inner[0].kind_id == _REF
            fields.append((name, BindPattern(r.bind(name), name, by_ref)))
        else:
            named = next((child for child in inner if child.is_named and child.kind_id != MUTABLE), last)
            fields.append((r.name(named), _pattern(r, last)))
    return StructPattern(path, fields)


def _slice(r: Reader, node: Node) -> Pattern:
    return SlicePattern(*_elements(r, node.children))


def _captured(r: Reader, node: Node) -> Pattern:
    parts = plain(node.children)
    name = r.name(parts[0])
    slot = r.bind(name)
    last = parts[-1]
    sub: Pattern = RestPattern() if last.kind_id == _REST else _pattern(r, last)
    return BindPattern(slot, name, False, sub)


def _reference(r: Reader, node: Node) -> Pattern:
    return RefPattern(_pattern(r, node.children[-1]))


def _or(r: Reader, node: Node) -> Pattern:
    """`a | b | c` leans to the left, however long: its left spine is walked, not recursed."""
    spine: list[Node] = []
    while node.kind_id == _OR_PATTERN:
        parts = [part for part in node.children if part.is_named or part.kind_id == UNDERSCORE]
        parts = plain(parts)
        if not parts:
            break
        spine += reversed(parts[1:])
        node = parts[0]
    spine.append(node)
    alternatives = [_pattern(r, part) for part in reversed(spine)]
    return alternatives[0] if len(alternatives) == 1 else OrPattern(alternatives)


def _range(r: Reader, node: Node) -> Pattern:
    """A range names something where an end is a path; only the first such path is kept."""
    for part in node.named_children:
        if part.kind_id in SCOPED or (part.kind_id == IDENTIFIER):
            return PathPattern(read_path(r, part))
    return WILD


_OR_PATTERN = kind_of("or_pattern")
_MUT_PATTERN = kind_of("mut_pattern")
_PATTERNS = {
    IDENTIFIER: _identifier,
    SELF: _identifier,
    **dict.fromkeys(SCOPED | GENERIC | kinds_of("crate", "super"), _path),
    kind_of("tuple_pattern"): _tuple,
    kind_of("tuple_struct_pattern"): _tuple_struct,
    kind_of("struct_pattern"): _struct,
    kind_of("slice_pattern"): _slice,
    kind_of("captured_pattern"): _captured,
    kind_of("reference_pattern"): _reference,
    kind_of("ref_pattern"): _ref,
    _MUT_PATTERN: _mut,
    _OR_PATTERN: _or,
    _RANGE_PATTERN: _range,
}
