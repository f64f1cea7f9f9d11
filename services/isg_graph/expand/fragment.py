"""Fragment specifiers: what each may begin with, and how far it reaches.

The compiler asks for a fragment's first token before it commits to it, and so tells a rule that does not
apply from an error; here both are a `Mismatch`, and the next rule is tried.
"""

from __future__ import annotations

from collections.abc import Callable

from isg_graph.expand.item import read_item, read_meta, read_statement, read_visibility
from isg_graph.expand.token import Stream, is_identifier, is_lifetime, is_literal
from isg_graph.expand.type import Mismatch, begins_type, read_path, read_type
from isg_graph.expand.value import (
    begins_expression,
    begins_pattern,
    read_expression,
    read_one_pattern,
    read_pattern,
)


def _tree(s: Stream, place: int) -> int:
    if not s.heads[place]:
        raise Mismatch
    return place + 1


def _identifier(s: Stream, place: int) -> int:
    head = s.heads[place]
    if head == "_" or not is_identifier(head):
        raise Mismatch
    return place + 1


def _lifetime(s: Stream, place: int) -> int:
    if not is_lifetime(s.heads[place]):
        raise Mismatch
    return place + 1


def _literal(s: Stream, place: int) -> int:
    head = s.heads[place]
    if head == "-":
        place += 1
        head = s.heads[place]
        if not head[:1].isdigit():
            raise Mismatch
    if head not in ("true", "false") and not is_literal(head):
        raise Mismatch
    return place + 1


def _block(s: Stream, place: int) -> int:
    if s.heads[place] != "{":
        raise Mismatch
    return place + 1


def _expression(s: Stream, place: int) -> int:
    head = s.heads[place]
    if head == "let" or not (head == "_" or begins_expression(head)):
        raise Mismatch
    return read_expression(s, place)


def _old_expression(s: Stream, place: int) -> int:
    """`expr_2021`: neither `_` nor a const block."""
    head = s.heads[place]
    if head in ("let", "_") or (head == "const" and s.heads[place + 1] == "{"):
        raise Mismatch
    return _expression(s, place)


def _type(s: Stream, place: int) -> int:
    if not begins_type(s.heads[place]):
        raise Mismatch
    return read_type(s, place)


def _path(s: Stream, place: int) -> int:
    return read_path(s, place, False, 0)


def _pattern(s: Stream, place: int) -> int:
    if not begins_pattern(s.heads[place]):
        raise Mismatch
    return read_pattern(s, place)


def _one_pattern(s: Stream, place: int) -> int:
    if s.heads[place] == "|" or not begins_pattern(s.heads[place]):
        raise Mismatch
    return read_one_pattern(s, place)


def _visibility(s: Stream, place: int) -> int:
    """Empty before most tokens, but, as in the compiler, never at the end."""
    head = s.heads[place]
    if not (is_identifier(head) or head == "," or begins_type(head)):
        raise Mismatch
    return read_visibility(s, place)


READERS: dict[str, Callable[[Stream, int], int]] = {
    "block": _block,
    "expr": _expression,
    "expr_2021": _old_expression,
    "ident": _identifier,
    "item": read_item,
    "lifetime": _lifetime,
    "literal": _literal,
    "meta": read_meta,
    "pat": _pattern,
    "pat_param": _one_pattern,
    "path": _path,
    "stmt": read_statement,
    "tt": _tree,
    "ty": _type,
    "vis": _visibility,
}
"""By specifier: a stream and a place in, the place behind the fragment out, or `Mismatch`."""
