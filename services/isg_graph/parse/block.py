"""Blocks: statements in order, then the value; the names of a `let` are live from its end to the block's.

Items among the statements go to the file's own reader.
"""

from __future__ import annotations

from tree_sitter import Node

from isg_graph.parse import macro
from isg_graph.parse.condition import under
from isg_graph.parse.expression import SILENT, TABLE, Reading, expression, read_label
from isg_graph.parse.pattern import WILD, read_pattern
from isg_graph.parse.reader import Reader
from isg_graph.parse.tree import (
    ATTRIBUTE,
    BLOCK,
    COMMENTS,
    EXPRESSION_STATEMENT,
    FIELD_ALTERNATIVE,
    FIELD_PATTERN,
    FIELD_TYPE,
    FIELD_VALUE,
    LABEL,
    MACRO_INVOCATION,
    child_at,
    kind_of,
    kinds_of,
)
from isg_graph.parse.type import read_type
from isg_protocol.body import Block, Expr, Let, Macro, Opaque

_LET_DECLARATION = kind_of("let_declaration")
ITEMS = kinds_of(
    "const_item", "macro_definition", "mod_item", "foreign_mod_item", "struct_item", "union_item",
    "enum_item", "type_item", "function_item", "function_signature_item", "impl_item", "trait_item",
    "associated_type", "use_declaration", "extern_crate_declaration", "static_item",
)  # fmt: skip
_SEMICOLON = 0x3B  # ";"


def block(r: Reader, node: Node, flavour: str = "", leaky: bool = False) -> Block:
    """Statements in order, then the value. A last expression that ends with a block and has no `;` is the
    value. A `leaky` block (a statement macro's tokens) leaves its names live."""
    parts = node.named_children
    if not parts:
        return Block([], None, flavour)
    statements: list[Expr] = []
    tail: Expr | None = None
    label = ""
    outer = before = len(r.hidden)
    attributes: list[Node] = []
    last = len(parts) - 1
    while last >= 0 and parts[last].kind_id in COMMENTS:
        last -= 1
    for place, part in enumerate(parts):
        kind = part.kind_id
        ends = False
        if kind == EXPRESSION_STATEMENT:
            found = _statement(r, part)
            if type(found) is Macro:
                found.statement = True
            ends = place == last and r.text[part.end_byte - 1] != _SEMICOLON
        elif kind == _LET_DECLARATION:
            found = _let(r, part)
        elif kind in COMMENTS or kind in SILENT:
            continue
        elif kind == ATTRIBUTE:
            attributes.append(part)
            before = len(r.hidden)
            continue
        elif kind == LABEL:
            label = read_label(r, part)
            continue
        elif kind in ITEMS:
            r.file.nested(r, part, attributes)
            attributes = []
            continue
        elif kind == MACRO_INVOCATION:
            found = macro.statement_macro(r, part)
            ends = place == last
        else:
            found = expression(r, part)
            ends = True
        if attributes:
            found = under(r, attributes, found, before)
            attributes = []
        if ends:
            tail = found
        else:
            statements.append(found)
    if not leaky and len(r.hidden) > outer:
        r.restore(outer)
    return Block(statements, tail, flavour, label)


def _statement(r: Reader, node: Node) -> Expr:
    part = child_at(node, 0)
    return macro.statement_macro(r, part) if part.kind_id == MACRO_INVOCATION else expression(r, part)


def _let(r: Reader, node: Node) -> Expr:
    """The names go live behind the statement: its value and its `else` are read in the old scope."""
    part = node.child_by_field_id(FIELD_PATTERN)
    pattern, bound = (WILD, {}) if part is None else read_pattern(r, part)
    part = node.child_by_field_id(FIELD_TYPE)
    ty = None if part is None else read_type(r, part)
    part = node.child_by_field_id(FIELD_VALUE)
    value = None if part is None else expression(r, part)
    part = node.child_by_field_id(FIELD_ALTERNATIVE)
    otherwise = None if part is None else expression(r, part)
    if bound:
        r.commit(bound)
    return Let(pattern, ty, value, otherwise)


def _flavoured(flavour: str) -> Reading:
    def reading(r: Reader, node: Node) -> Expr:
        for part in node.named_children:
            if part.kind_id == BLOCK:
                return block(r, part, flavour)
        return Opaque([])

    return reading


TABLE.update(
    {
        BLOCK: block,
        kind_of("async_block"): _flavoured("async"),
        kind_of("gen_block"): _flavoured("gen"),
        kind_of("try_block"): _flavoured("try"),
        EXPRESSION_STATEMENT: _statement,
        _LET_DECLARATION: _let,
    }
)
