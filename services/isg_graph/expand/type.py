"""How far a type reaches: paths, generic arguments, bounds, references, tuples, functions.

Each function takes a stream and the place where its construct begins, and gives the place behind it, or
raises `Mismatch`. What stands between delimiters is not looked at: whoever parses the expansion will.
"""

from __future__ import annotations

from isg_graph.expand.limit import TREE_DEPTH_LEVELS_MAX, Refused
from isg_graph.expand.token import Stream, is_identifier, is_lifetime, is_literal


class Mismatch(Exception):
    """The construct does not stand here."""


_RESERVED_WORDS = (
    "_ abstract as become box break const continue do else enum extern false final fn for if impl in let "
    "loop macro match mod move mut override priv pub ref return static struct trait true type typeof unsafe "
    "unsized use virtual where while yield"
)
RESERVED = frozenset(_RESERVED_WORDS.split())
"""Never a path's segment. `try`, `async` and `dyn` are names in an old edition."""

_FUNCTION = frozenset(("fn", "unsafe", "extern"))
_BOUND_STARTS = frozenset(("(", "?", "~", "for", "::", "<", "<<", "use", "async", "const"))
_OPENINGS = ("(", "[", "{")


def is_name(token: str) -> bool:
    return is_identifier(token) and token not in RESERVED


def begins_type(token: str) -> bool:
    """As the compiler asks before it tries a `ty` fragment."""
    return (
        is_name(token)
        or token in ("(", "[", "!", "*", "&", "&&", "?", "<", "<<", "::", "_", "for", "impl", "typeof", "~")
        or token in _FUNCTION
        or is_lifetime(token)
    )


def deeper(depth: int) -> int:
    if depth > TREE_DEPTH_LEVELS_MAX:
        raise Refused
    return depth + 1


def read_type(s: Stream, place: int, plus: bool = True, depth: int = 0) -> int:
    """`plus`: may it be `A + B`, as it may not behind `&`, `->` and `as`?"""
    heads = s.heads
    while True:  # what stands before the type proper
        s.budget.spend()
        head = heads[place]
        if head in ("&", "&&"):
            place += 1
            if is_lifetime(heads[place]):
                place += 1
            if heads[place] == "mut":
                place += 1
        elif head == "*" and heads[place + 1] in ("const", "mut"):
            place += 2
        else:
            break
        plus = False
    if head in ("(", "[", "!", "_"):
        return place + 1
    if head == "for":
        after = _angles(s, place + 1)
        if heads[after] not in _FUNCTION:
            return read_bounds(s, place, plus, depth)
        place, head = after, heads[after]
    if head in _FUNCTION:
        return _function(s, place, depth)
    if head in ("dyn", "impl"):
        following = heads[place + 1]
        if following in _BOUND_STARTS or is_lifetime(following) or is_name(following):
            return read_bounds(s, place + 1, plus, depth)
    elif head in ("?", "~") or is_lifetime(head):
        return read_bounds(s, place, plus, depth)
    place = read_path(s, place, False, depth)
    if heads[place] == "!" and heads[place + 1] in _OPENINGS:
        return place + 2
    if plus and heads[place] == "+":
        return read_bounds(s, place + 1, True, depth)
    return place


def _function(s: Stream, place: int, depth: int) -> int:
    heads = s.heads
    if heads[place] == "unsafe":
        place += 1
    if heads[place] == "extern":
        place += 1
        if is_literal(heads[place]):
            place += 1
    if heads[place] != "fn" or heads[place + 1] != "(":
        raise Mismatch
    return _result(s, place + 2, depth)


def _result(s: Stream, place: int, depth: int) -> int:
    return read_type(s, place + 1, False, deeper(depth)) if s.heads[place] == "->" else place


def read_bounds(s: Stream, place: int, plus: bool, depth: int) -> int:
    """`'a + ?Sized + for<'b> Fn(&'b u8) -> u8`; a `+` may end it."""
    heads = s.heads
    while True:
        s.budget.spend()
        head = heads[place]
        if is_lifetime(head) or head == "(":
            place += 1
        elif head == "use":
            place = _angles(s, place + 1)
        else:
            while heads[place] in ("?", "~", "const", "async", "[") or heads[place] == "for":
                place = _angles(s, place + 1) if heads[place] == "for" else place + 1
            place = read_path(s, place, False, depth)
        if not plus or heads[place] != "+":
            return place
        place += 1
        following = heads[place]
        if not (is_name(following) or is_lifetime(following) or following in _BOUND_STARTS):
            return place


def _angles(s: Stream, place: int) -> int:
    """Past balanced `<…>`, whatever it holds."""
    heads = s.heads
    level = 0
    while True:
        s.budget.spend()
        head = heads[place]
        if head in ("<", "<<"):
            s.split(place)
            level += 1
        elif head[:1] == ">":
            s.split(place)
            level -= 1
        elif not head:
            raise Mismatch
        if level <= 0:
            break
        place += 1
    if heads[place] != ">":
        raise Mismatch
    return place + 1


def read_path(s: Stream, place: int, expression: bool, depth: int) -> int:
    """A path, `<T as Trait>::A` too. In an expression its generic arguments need the turbofish, and
    `Fn(A) -> B` is a call."""
    depth = deeper(depth)
    heads = s.heads
    if heads[place] in ("<", "<<"):
        s.split(place)
        place = read_type(s, place + 1, True, depth)
        if heads[place] == "as":
            place = read_path(s, place + 1, False, depth)
        if heads[place][:1] != ">":
            raise Mismatch
        s.split(place)
        place += 1
        if heads[place] != "::":
            raise Mismatch
    if heads[place] == "::":
        place += 1
    while True:
        s.budget.spend()
        if not is_name(heads[place]):
            raise Mismatch
        place += 1
        head = heads[place]
        if head == "::" and heads[place + 1] in ("<", "<<"):
            place = read_arguments(s, place + 1, depth)
        elif not expression:
            if head in ("<", "<<"):
                place = read_arguments(s, place, depth)
            elif head == "(":
                place = _result(s, place + 1, depth)
        if heads[place] != "::" or not is_name(heads[place + 1]):
            return place
        place += 1


def read_arguments(s: Stream, place: int, depth: int) -> int:
    """`<'a, T, 3, Item = U, Out: Bound>`."""
    heads = s.heads
    s.split(place)
    place += 1
    while heads[place][:1] != ">":
        s.budget.spend()
        if is_lifetime(heads[place]):
            place += 1
        else:
            place = _argument(s, place, depth)
            if heads[place] == "=":
                place = _argument(s, place + 1, depth)
            elif heads[place] == ":":
                place = read_bounds(s, place + 1, True, depth)
        if heads[place] == ",":
            place += 1
        elif heads[place][:1] != ">":
            raise Mismatch
    s.split(place)
    return place + 1


def _argument(s: Stream, place: int, depth: int) -> int:
    head = s.heads[place]
    if head == "{" or head in ("true", "false") or is_literal(head):
        return place + 1
    if head == "-" and is_literal(s.heads[place + 1]):
        return place + 2
    return read_type(s, place, True, depth)
