"""What a macro made in a body: the text of an expansion read as the expression or the statements it is.

Such text has no places of its own; all of it stands where its call does. So every site of it is the one that
the caller gives. Items among its statements are not read: a body names them, nothing else does.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from tree_sitter import Node

from isg_graph.parse import block as blocks
from isg_graph.parse.body import expression
from isg_graph.parse.item import FileReader
from isg_graph.parse.macro import only
from isg_graph.parse.reader import Reader, TooDeep
from isg_graph.parse.tree import BLOCK, kind_of, parse, plain
from isg_protocol.body import Expr

MADE_KEPT_MAX = 4_096
"""Texts whose reading is kept."""

_ARGUMENTS = kind_of("arguments")


class Made(NamedTuple):
    """The code, and how many slots it has: first those of the names it was read with, in their order."""

    value: Expr
    slots: int


class _Placeless(Reader):
    """A reader whose every site is one place."""

    __slots__ = ("place",)

    def __init__(self, text: bytes, names: tuple[str, ...], place: int) -> None:
        super().__init__(FileReader(text), text, 0, -1)
        self.scope = {name: slot for slot, name in enumerate(names)}
        self.slots = len(names)
        self.place = place

    def site(self, position: int) -> int:
        super().site(position)
        return self.place


@lru_cache(maxsize=MADE_KEPT_MAX)
def read_made(text: str, names: tuple[str, ...], place: int, statement: bool) -> Made | None:
    """The code of an expansion, or None where it is none. `names` are the live locals that it may mean;
    `place` is the site of everything in it. In an expression's place it is one if it can be."""
    try:
        return (None if statement else _expression(text, names, place)) or _statements(text, names, place)
    except (TooDeep, RecursionError):
        return None


def _expression(text: str, names: tuple[str, ...], place: int) -> Made | None:
    found = _read(f"f({text}\n);", _ARGUMENTS)
    if found is None:
        return None
    source, node = found
    parts = plain(node.named_children)
    if len(parts) != 1:
        return None
    reader = _Placeless(source, names, place)
    return Made(expression(reader, parts[0]), reader.slots)


def _statements(text: str, names: tuple[str, ...], place: int) -> Made | None:
    found = _read(f"{{{text}\n}}", BLOCK)
    if found is None:
        return None
    source, node = found
    reader = _Placeless(source, names, place)
    return Made(blocks.block(reader, node), reader.slots)


def _read(text: str, kind: int) -> tuple[bytes, Node] | None:
    """A text's bytes and the one node of a kind in it; None where it has an error."""
    source = text.encode()
    root = parse(source)
    node = None if root.has_error else only(root, kind)
    return None if node is None else (source, node)
