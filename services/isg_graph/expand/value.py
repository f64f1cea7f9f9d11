"""How far a pattern or an expression reaches. As in `type`: a place in, the place behind out, or
`Mismatch`; what stands between delimiters is not looked at."""

from __future__ import annotations

from isg_graph.expand.token import Stream, is_identifier, is_lifetime, is_literal
from isg_graph.expand.type import Mismatch, deeper, is_name, read_arguments, read_path, read_type

_OPERATORS = "+ - * / % ^ & | << >> && || == != < > <= >= = += -= *= /= %= ^= &= |= <<= >>="
BINARY = frozenset(_OPERATORS.split())
RANGES = frozenset(("..", "..=", "..."))
PREFIXES = frozenset(("-", "!", "*", "&", "&&", "#", "|", "||", "..", "..="))
OPENINGS = frozenset(("(", "[", "{"))
_EXPRESSION_WORDS = (
    "async box break const continue do false for if let loop match move return static true unsafe while "
    "yield become"
)
KEYWORDS = frozenset(_EXPRESSION_WORDS.split())
"""Reserved words that begin an expression."""


# --- patterns -----------------------------------------------------------------------------------------


def begins_pattern(token: str) -> bool:
    """As the compiler asks before it tries a `pat` fragment; `|` too, for alternatives."""
    return (
        is_identifier(token)
        or token in ("(", "[", "&", "-", "&&", "..", "..=", "...", "::", "<", "<<", "|")
        or is_literal(token)
    )


def read_pattern(s: Stream, place: int, depth: int = 0) -> int:
    """With alternatives at the top: `A | B`."""
    if s.heads[place] == "|":
        place += 1
    place = read_one_pattern(s, place, depth)
    while s.heads[place] == "|":
        place = read_one_pattern(s, place + 1, depth)
    return place


def read_one_pattern(s: Stream, place: int, depth: int = 0) -> int:
    """Without alternatives at the top."""
    depth = deeper(depth)
    heads = s.heads
    while heads[place] in ("&", "&&", "ref", "mut", "box"):
        s.budget.spend()
        place += 1
    head = heads[place]
    if head in ("(", "[", "_"):
        return place + 1
    if is_name(head) and heads[place + 1] == "@":
        return read_one_pattern(s, place + 2, depth)
    if head in RANGES:
        return _bound(s, place + 1, depth) if _begins_bound(heads[place + 1]) else place + 1
    if not _begins_bound(head):
        raise Mismatch
    named = is_name(head) or head in ("::", "<", "<<")
    place = _bound(s, place, depth)
    if heads[place] in RANGES:
        return _bound(s, place + 1, depth) if _begins_bound(heads[place + 1]) else place + 1
    if named and heads[place] == "!" and heads[place + 1] in OPENINGS:
        return place + 2
    return place + 1 if named and heads[place] in ("(", "{") else place


def _begins_bound(head: str) -> bool:
    return is_literal(head) or is_name(head) or head in ("-", "::", "<", "<<", "true", "false", "const")


def _bound(s: Stream, place: int, depth: int) -> int:
    """A range's end, or what a pattern compares with: a literal, a path, a const block."""
    heads = s.heads
    head = heads[place]
    if head == "-" and is_literal(heads[place + 1]):
        return place + 2
    if head == "const" and heads[place + 1] == "{":
        return place + 2
    if head in ("true", "false") or is_literal(head):
        return place + 1
    return read_path(s, place, True, depth)


# --- expressions --------------------------------------------------------------------------------------


def begins_expression(token: str) -> bool:
    """As the compiler asks, but for `let` and `_`, which begin no `expr` fragment."""
    return (
        is_name(token)
        or token in PREFIXES
        or token in OPENINGS
        or token in KEYWORDS
        or token in ("<", "<<", "::")
        or is_literal(token)
        or is_lifetime(token)
    )


def read_expression(s: Stream, place: int, struct: bool = True, depth: int = 0) -> int:
    """`struct`: may `A { … }` be a struct literal, as it may not in the head of an `if` or `match`?"""
    depth = deeper(depth)
    heads = s.heads
    while True:  # one operand a round, with the operators before it
        s.budget.spend()
        head = heads[place]
        after = _before_operand(s, place, head, struct, depth)
        if after < 0:  # an operator that may stand without its operand, and does
            return -after
        if after > place:
            place = after
            continue
        place = read_operand(s, place, struct, depth)
        while heads[place] == "as":
            place = read_type(s, place + 1, False, depth)
        head = heads[place]
        if head in RANGES:
            place += 1
            if not _operand_follows(heads[place], struct):
                return place
        elif head in BINARY:
            place += 1
        else:
            return place


def _operand_follows(head: str, struct: bool) -> bool:
    return begins_expression(head) and (struct or head != "{")


def _before_operand(s: Stream, place: int, head: str, struct: bool, depth: int) -> int:
    """Past one prefix; the same place where there is none; the negative place where all ends here."""
    heads = s.heads
    if head in ("-", "!", "*"):
        return place + 1
    if head in ("&", "&&"):
        if heads[place + 1] == "raw" and heads[place + 2 :][:1] in (["const"], ["mut"]):
            return place + 3
        return place + 2 if heads[place + 1] == "mut" else place + 1
    if head in RANGES or head in ("return", "break", "yield", "become"):
        place += 1
        if head == "break" and is_lifetime(heads[place]) and heads[place + 1] != ":":
            place += 1
        return place if _operand_follows(heads[place], struct) else -place
    if head == "#" and heads[place + 1] == "[":
        return place + 2
    if head == "box" and begins_expression(heads[place + 1]):
        return place + 1
    if head == "let":
        place = read_pattern(s, place + 1, depth)
        if heads[place] != "=":
            raise Mismatch
        return place + 1
    return _closure(s, place, head, depth)


def _closure(s: Stream, place: int, head: str, depth: int) -> int:
    """Past a closure's parameters and result, or the same place."""
    heads = s.heads
    start = place
    while heads[place] in ("static", "async", "move", "const"):
        place += 1
    if heads[place] == "||":
        place += 1
    elif heads[place] == "|":
        place += 1
        while heads[place] != "|":
            s.budget.spend()
            if not heads[place]:
                raise Mismatch
            place += 1
        place += 1
    else:
        return start
    if heads[place] == "->":
        place = read_type(s, place + 1, False, depth)
        if heads[place] != "{":
            raise Mismatch
    return place


def read_operand(s: Stream, place: int, struct: bool, depth: int) -> int:
    """A primary expression with its fields, calls, indices, `?`."""
    heads = s.heads
    place = _primary(s, place, struct, depth)
    while True:
        s.budget.spend()
        head = heads[place]
        if head == ".":
            name = heads[place + 1]
            if not (is_identifier(name) or is_literal(name)):
                raise Mismatch
            place += 2
            if heads[place] == "::" and heads[place + 1] in ("<", "<<"):
                place = read_arguments(s, place + 1, depth)
        elif head in ("?", "(", "["):
            place += 1
        else:
            return place


def _primary(s: Stream, place: int, struct: bool, depth: int) -> int:
    heads = s.heads
    head = heads[place]
    if head in OPENINGS or is_literal(head) or head in ("true", "false", "_"):
        return place + 1
    if is_lifetime(head) and heads[place + 1] == ":":
        place += 2
        head = heads[place]
        if head == "{":
            return place + 1
    if head in ("unsafe", "async", "const", "try", "gen", "move", "loop"):
        after = place + 1
        while heads[after] in ("move", "gen"):
            after += 1
        if heads[after] == "{":
            return after + 1
    if head == "if":
        return _if(s, place, depth)
    if head in ("match", "while"):
        return _block(s, read_expression(s, place + 1, False, depth))
    if head == "for":
        place = read_pattern(s, place + 1, depth)
        if heads[place] != "in":
            raise Mismatch
        return _block(s, read_expression(s, place + 1, False, depth))
    if head == "continue":
        return place + 2 if is_lifetime(heads[place + 1]) else place + 1
    place = read_path(s, place, True, depth)
    if heads[place] == "!" and heads[place + 1] in OPENINGS:
        return place + 2
    return place + 1 if struct and heads[place] == "{" else place


def _block(s: Stream, place: int) -> int:
    if s.heads[place] != "{":
        raise Mismatch
    return place + 1


def _if(s: Stream, place: int, depth: int) -> int:
    heads = s.heads
    while True:
        place = _block(s, read_expression(s, place + 1, False, depth))
        if heads[place] != "else":
            return place
        if heads[place + 1] != "if":
            return _block(s, place + 1)
        place += 1
