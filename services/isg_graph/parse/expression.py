"""Expressions into the compact body form: the one way in, the table of forms, and the simple ones.

Each room fills `TABLE` with the kinds it reads: `chain.py` (calls, members, operators), `control.py`
(branches, loops, closures), `block.py` (statements) and `macro.py`; `body.py` loads them all. Everything
but chains recurses, two levels of `Reader.depth` an expression.
"""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from isg_graph.parse.condition import under
from isg_graph.parse.limit import NODE_DEPTH_LEVELS_MAX
from isg_graph.parse.reader import Reader, TooDeep
from isg_graph.parse.tree import (
    ATTRIBUTE,
    COMMENTS,
    EMPTY_STATEMENT,
    IDENTIFIER,
    INNER_ATTRIBUTE,
    LABEL,
    MUTABLE,
    SCOPED,
    SELF,
    UNDERSCORE,
    child_at,
    kind_of,
    kinds_of,
    pair,
    plain,
)
from isg_graph.parse.type import read_path, read_type
from isg_protocol.body import (
    ArrayExpr,
    Assign,
    Break,
    Cast,
    Expr,
    Index,
    Literal,
    Local,
    Opaque,
    PathExpr,
    Range,
    Reference,
    Return,
    StructExpr,
    TupleExpr,
    Unary,
)
from isg_protocol.facts import Path, Segment

_RANGE = kind_of("range_expression")
_SHORTHAND = kind_of("shorthand_field_initializer")
_FIELD_INITIALIZER = kind_of("field_initializer")
_BASE_INITIALIZER = kind_of("base_field_initializer")
_SEMICOLON = kind_of(";", named=False)
SILENT = frozenset({INNER_ATTRIBUTE, EMPTY_STATEMENT})
NOT_AN_EXPRESSION = SILENT | {ATTRIBUTE} | COMMENTS

Reading = Callable[[Reader, Node], Expr]
TABLE: dict[int, Reading] = {}
"""How each kind of expression is read, but identifiers."""
LEAVES: dict[int, Reading] = {}
"""Those of them that hold no expressions, and so do not nest."""


def expression(r: Reader, node: Node) -> Expr:
    """Any expression, or statement."""
    kind = node.kind_id
    if kind == IDENTIFIER:  # the most frequent by far: `Reader.name` and `Reader.site` spelt out
        start = node.start_byte
        name = r.text[start : node.end_byte].decode()
        if "#" in name:
            name = name[2:]
        slot = r.scope.get(name)
        if slot is not None:
            return Local(slot)
        sites = r.sites
        sites.append(start + r.base)
        return PathExpr(Path(len(sites) - 1, [Segment(name)]))
    leaf = LEAVES.get(kind)
    if leaf is not None:
        return leaf(r, node)
    depth = r.depth + 2
    if depth > NODE_DEPTH_LEVELS_MAX:
        raise TooDeep
    r.depth = depth
    found = TABLE.get(kind, _opaque)(r, node)
    r.depth = depth - 2
    return found


def expressions(r: Reader, node: Node) -> list[Expr]:
    """The expressions directly in a node: of arguments, tuples, arrays."""
    count = node.named_child_count
    if count == 0:
        return []
    if count == 1:
        part = child_at(node, 1)  # behind the opening bracket
        return [] if part.kind_id in NOT_AN_EXPRESSION else [expression(r, part)]
    found: list[Expr] = []
    attributes: list[Node] = []
    for part in node.named_children:
        kind = part.kind_id
        if kind in NOT_AN_EXPRESSION:
            if kind == ATTRIBUTE:
                attributes.append(part)
        elif attributes:
            found.append(under(r, attributes, expression(r, part)))
            attributes = []
        else:
            found.append(expression(r, part))
    return found


def _opaque(r: Reader, node: Node) -> Expr:
    parts = [expression(r, part) for part in node.named_children if part.kind_id in TABLE]
    return Opaque(parts)


# --- leaves ------------------------------------------------------------------------------------------------


def _self(r: Reader, node: Node) -> Expr:
    slot = r.scope.get("self")
    return Local(slot) if slot is not None else PathExpr(read_path(r, node))


def _path(r: Reader, node: Node) -> Expr:
    return PathExpr(read_path(r, node))


def _fixed(kind: str) -> Reading:
    literal = Literal(kind)
    return lambda r, node: literal


BOOLEAN = Literal("bool")
_INTEGER, _FLOAT = Literal("int"), Literal("float")
_NUMBERS = {
    name: Literal(name)
    for name in (
        "u8", "i8", "u16", "i16", "u32", "i32", "u64", "i64", "u128", "i128", "usize", "isize", "f32", "f64",
    )
}  # fmt: skip


def _integer(r: Reader, node: Node) -> Expr:
    text = r.text[node.start_byte : node.end_byte]
    if text.isdigit():
        return _INTEGER
    for letter in (b"u", b"i", b"f"):
        place = text.rfind(letter)
        if place > 0 and not (letter == b"f" and text[1:2] == b"x"):
            return _NUMBERS.get(text[place:].decode(), _INTEGER)
    return _INTEGER


def _float(r: Reader, node: Node) -> Expr:
    suffix = r.text[node.end_byte - 3 : node.end_byte]
    return _NUMBERS[suffix.decode()] if suffix in (b"f32", b"f64") else _FLOAT


_STRING, _BYTES, _CSTRING, _BYTE, _CHAR = (Literal(kind) for kind in ("str", "bytes", "cstr", "u8", "char"))


def _string(r: Reader, node: Node) -> Expr:
    first = r.text[node.start_byte]
    return _STRING if first in (0x22, 0x72) else _BYTES if first == 0x62 else _CSTRING


def _char(r: Reader, node: Node) -> Expr:
    return _BYTE if r.text[node.start_byte] == 0x62 else _CHAR


def _unit(r: Reader, node: Node) -> Expr:
    return TupleExpr([])


# --- simple forms -------------------------------------------------------------------------------------------


def inner(r: Reader, node: Node) -> Expr:
    """Parentheses, `unsafe`, `const`: what stands inside."""
    if node.child_count == 3:
        part = child_at(node, 1)
        if part.kind_id not in COMMENTS:
            return expression(r, part)
    for part in node.named_children:
        if part.kind_id not in COMMENTS:
            return expression(r, part)
    return Opaque([])


def _unary(r: Reader, node: Node) -> Expr:
    first = r.source[r.base + node.start_byte]
    if first == 0x76:  # "v": `vec![…]`, mended to `!!!![…]`
        for _ in range(3):
            node = node.named_children[-1]
        return expression(r, node.named_children[-1])
    site = r.site(node.start_byte)
    return Unary(site, chr(r.text[node.start_byte]), expression(r, child_at(node, node.child_count - 1)))


def _reference(r: Reader, node: Node) -> Expr:
    if node.child_count == 2:
        return Reference(expression(r, child_at(node, 1)))
    parts = node.named_children
    mutable = any(part.kind_id == MUTABLE for part in parts[:-1])
    return Reference(expression(r, parts[-1]), mutable)


def _assignment(r: Reader, node: Node) -> Expr:
    parts = plain([part for part in node.children if part.is_named or part.kind_id == UNDERSCORE])
    if len(parts) < 2:
        return Opaque([expression(r, part) for part in parts])
    first = parts[0]
    if first.kind_id == _RANGE and r.text[first.start_byte : first.end_byte + 1] == b"..=":
        return Range(None, expression(r, parts[1]), True)  # `..=x`, which the grammar takes for `.. = x`
    left: Expr = Opaque([]) if first.kind_id == UNDERSCORE else expression(r, first)
    return Assign(left, expression(r, parts[1]))


def _index(r: Reader, node: Node) -> Expr:
    base, index = pair(node)
    found = expression(r, base)
    site = r.site(base.end_byte)
    return Index(site, found, expression(r, index))


def _cast(r: Reader, node: Node) -> Expr:
    operand, ty = pair(node)
    found = expression(r, operand)
    return Cast(found, read_type(r, ty))


def _tuple(r: Reader, node: Node) -> Expr:
    return TupleExpr(expressions(r, node))


def array(r: Reader, node: Node) -> ArrayExpr:
    """`[a, b]` or `[a; n]`."""
    repeat = any(part.kind_id == _SEMICOLON for part in node.children)
    return ArrayExpr(expressions(r, node), repeat)


def _range(r: Reader, node: Node) -> Expr:
    low = high = None
    inclusive = seen = False
    for part in node.children:
        if not part.is_named:
            seen = True
            inclusive = part.type != ".."
        elif part.kind_id in COMMENTS:
            continue
        elif seen:
            high = expression(r, part)
        else:
            low = expression(r, part)
    return Range(low, high, inclusive)


def _return(r: Reader, node: Node) -> Expr:
    parts = plain(node.named_children)
    return Return(expression(r, parts[0]) if parts else None)


def _break(r: Reader, node: Node) -> Expr:
    value = None
    label = ""
    for part in node.named_children:
        if part.kind_id == LABEL:
            label = read_label(r, part)
        elif part.kind_id not in COMMENTS:
            value = expression(r, part)
    return Break(value, label)


def read_label(r: Reader, node: Node) -> str:
    """A label's name, without its `'`."""
    return r.text[node.start_byte + 1 : node.end_byte].decode()


def _struct(r: Reader, node: Node) -> Expr:
    path = read_path(r, child_at(node, 0))
    body = child_at(node, node.child_count - 1)
    fields: list[tuple[str, Expr]] = []
    base = None
    for part in body.named_children:
        kind = part.kind_id
        if kind == _SHORTHAND or kind == _FIELD_INITIALIZER:
            fields.append(_field(r, part))
        elif kind == _BASE_INITIALIZER:
            base = inner(r, part)
    return StructExpr(path, fields, base)


def _field(r: Reader, node: Node) -> tuple[str, Expr]:
    """`name: value`, or `name` for both."""
    parts = node.named_children
    attributes: list[Node] = []
    if parts[0].kind_id in NOT_AN_EXPRESSION or len(parts) > 2:
        attributes = [part for part in parts if part.kind_id == ATTRIBUTE]
        parts = [part for part in parts if part.kind_id not in NOT_AN_EXPRESSION]
    value = expression(r, parts[-1])
    return r.name(parts[0]), under(r, attributes, value) if attributes else value


LEAVES.update(
    {
        SELF: _self,
        **dict.fromkeys(SCOPED | kinds_of("crate", "super", "metavariable"), _path),
        **dict.fromkeys(kinds_of("type_identifier", "primitive_type"), _path),
        kind_of("integer_literal"): _integer,
        kind_of("float_literal"): _float,
        kind_of("string_literal"): _string,
        kind_of("raw_string_literal"): _string,
        kind_of("char_literal"): _char,
        kind_of("boolean_literal"): _fixed("bool"),
        kind_of("unit_expression"): _unit,
    }
)
TABLE.update(LEAVES)
TABLE.update(
    {
        kind_of("generic_function"): _path,
        _RANGE: _range,
        kind_of("assignment_expression"): _assignment,
        kind_of("parenthesized_expression"): inner,
        kind_of("unary_expression"): _unary,
        kind_of("reference_expression"): _reference,
        kind_of("index_expression"): _index,
        kind_of("type_cast_expression"): _cast,
        kind_of("tuple_expression"): _tuple,
        kind_of("return_expression"): _return,
        kind_of("break_expression"): _break,
        kind_of("continue_expression"): _break,
        kind_of("struct_expression"): _struct,
        kind_of("unsafe_block"): inner,
        kind_of("const_block"): inner,
    }
)
