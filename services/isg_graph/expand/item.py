"""How far an item, a statement, a visibility or an attribute's content reaches. As in `type`."""

from __future__ import annotations

from isg_graph.expand.token import Stream, is_identifier, is_literal
from isg_graph.expand.type import Mismatch, is_name, read_path, read_type
from isg_graph.expand.value import OPENINGS, read_expression, read_pattern

_TO_SEMICOLON = frozenset(("use", "type", "static"))
_TO_BODY = frozenset(("fn", "mod", "struct", "enum", "trait", "impl"))
_QUALIFIERS = frozenset(("unsafe", "async", "default", "safe", "auto", "gen"))
_QUALIFIED = _TO_BODY | _QUALIFIERS | {"extern", "const", "static", "type"}


def read_visibility(s: Stream, place: int) -> int:
    """It may be empty."""
    head = s.heads[place]
    if head == "crate" and s.heads[place + 1] != "::":
        return place + 1
    if head != "pub":
        return place
    place += 1
    if s.heads[place] == "(":
        group = s.trees[place]
        inner = [] if isinstance(group, str) else group.items
        if inner and (inner[0] == "in" or (len(inner) == 1 and inner[0] in ("crate", "self", "super"))):
            return place + 1
    return place


def read_meta(s: Stream, place: int) -> int:
    """`derive(…)`, `doc = "…"`, `a::b`, `unsafe(no_mangle)`."""
    heads = s.heads
    if heads[place] == "unsafe" and heads[place + 1] == "(":
        return place + 2
    if heads[place] == "::":
        place += 1
    while True:
        s.budget.spend()
        if not is_identifier(heads[place]):
            raise Mismatch
        place += 1
        if heads[place] != "::":
            break
        place += 1
    if heads[place] in OPENINGS:
        return place + 1
    return read_expression(s, place + 1) if heads[place] == "=" else place


def _attributes(s: Stream, place: int) -> int:
    while s.heads[place] == "#" and s.heads[place + 1] == "[":
        s.budget.spend()
        place += 2
    return place


def read_item(s: Stream, place: int) -> int:
    heads = s.heads
    place = _attributes(s, place)
    place = read_visibility(s, place)
    while heads[place] in _QUALIFIERS and heads[place + 1] in _QUALIFIED:
        s.budget.spend()
        place += 1
    head, following = heads[place], heads[place + 1]
    if head in _TO_SEMICOLON:
        if not (is_identifier(following) or following in ("::", "{", "*")):
            raise Mismatch
        return _end(s, place, False)
    if head == "const":
        if following in ("fn", "unsafe", "async", "extern", "trait", "impl", "auto"):
            return _end(s, place, True)
        if not is_identifier(following) or following == "move":
            raise Mismatch
        return _end(s, place, False)
    if head == "extern":
        return _extern(s, place)
    if head in _TO_BODY:
        return _end(s, place, True)
    if head == "union" and is_name(following):
        return _end(s, place, True)
    if head == "macro" and is_name(following):
        place += 2
        return place + 2 if heads[place] == "(" and heads[place + 1] == "{" else _braced(s, place)
    place = read_path(s, place, True, 0)
    if heads[place] != "!":
        raise Mismatch
    place += 1
    if is_name(heads[place]):  # `macro_rules! name`
        place += 1
    if heads[place] not in OPENINGS:
        raise Mismatch
    if heads[place] == "{":
        return place + 1
    if heads[place + 1] != ";":
        raise Mismatch
    return place + 2


def _extern(s: Stream, place: int) -> int:
    heads = s.heads
    if heads[place + 1] == "crate":
        return _end(s, place, False)
    place += 1
    if is_literal(heads[place]):
        place += 1
    return _end(s, place, True) if heads[place] == "fn" else _braced(s, place)


def _braced(s: Stream, place: int) -> int:
    if s.heads[place] != "{":
        raise Mismatch
    return place + 1


def _end(s: Stream, place: int, body: bool) -> int:
    """Behind the item's `;`, or, where it may have one, its body."""
    heads = s.heads
    angles = 0
    while True:
        s.budget.spend()
        head = heads[place]
        if not head:
            raise Mismatch
        place += 1
        if head == ";" or (body and head == "{" and angles <= 0):
            return place
        if head in ("<", "<<"):
            angles += len(head)
        elif head in (">", ">>"):
            angles -= len(head)


def read_statement(s: Stream, place: int) -> int:
    """Without the semicolon, but for items, whose own it is."""
    try:
        return read_item(s, place)
    except Mismatch:
        pass
    place = _attributes(s, place)
    if s.heads[place] != "let":
        return read_expression(s, place)
    place = read_pattern(s, place + 1)
    if s.heads[place] == ":":
        place = read_type(s, place + 1)
    if s.heads[place] == "=":
        place = read_expression(s, place + 1)
        if s.heads[place] == "else" and s.heads[place + 1] == "{":
            place += 2
    return place
