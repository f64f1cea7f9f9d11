"""Chains: `a.b().c()?`, `a + b + c`. They are walked in loops: their length is no nesting.

A chain that is cut for its length becomes a block of synthetic `let`s. One whose links are plain names
without arguments (`self.inner.lock()`) is read from its text: that takes a third of the time of its nodes,
and nearly half of all chains are such.
"""

from __future__ import annotations

import re

from tree_sitter import Node

from isg_graph.parse import macro
from isg_graph.parse.expression import BOOLEAN, TABLE, expression, expressions
from isg_graph.parse.limit import CHAIN_LINKS_MAX
from isg_graph.parse.reader import Reader
from isg_graph.parse.tree import (
    FIELD_EXPRESSION,
    IDENTIFIER,
    SCOPED,
    child_at,
    kind_of,
    pair,
)
from isg_graph.parse.type import read_arguments
from isg_protocol.body import (
    Await,
    Binary,
    BindPattern,
    Block,
    Call,
    Expr,
    FieldAccess,
    Let,
    Literal,
    Local,
    MethodCall,
    Opaque,
    PathExpr,
    Try,
)
from isg_protocol.facts import Path, Segment

_CALL = kind_of("call_expression")
_GENERIC_FUNCTION = kind_of("generic_function")
_TRY = kind_of("try_expression")
_AWAIT = kind_of("await_expression")
_SUFFIXES = frozenset({_TRY, _AWAIT})
_BINARY = kind_of("binary_expression")
_OPERATORS = {
    name.encode(): name
    for name in (
        "+", "-", "*", "/", "%", "^", "&", "|", "<<", ">>", "&&", "||", "==", "!=", "<", ">", "<=", ">=",
        "+=", "-=", "*=", "/=", "%=", "^=", "&=", "|=", "<<=", ">>=",
    )
}  # fmt: skip
_COMPARISONS = frozenset({"==", "!=", "<", ">", "<=", ">=", "&&", "||"})
_BANG = 0x21  # "!"
_OPENING = 0x28  # "("
_CLOSING = 0x29  # ")"
_PLAIN_CHAIN = re.compile(
    rb"(?!(?:true|false|return|break|continue|yield)\b)([A-Za-z_]\w*+)(?:\s*+\.\s*+\w++(?:\(\))?+|\?)*+"
)
_LAST_WORD = re.compile(rb"[^\s./]+\Z")
_LINK = re.compile(rb"\.\s*(\w+)(\(\))?|\?")


def _postfix(r: Reader, node: Node) -> Expr:
    """Calls, methods, fields, `?` and `.await`: down the chain to its head, then up again in source order."""
    text, end = r.text, node.end_byte
    if text[end - 1] != _CLOSING or text[end - 2] == _OPENING:
        plain_chain = _PLAIN_CHAIN.fullmatch(text, node.start_byte, end)
        if plain_chain is not None and (found := _from_text(r, plain_chain)) is not None:
            return found
    # Each link from the last to the first: its node, where its name's text begins, arguments, generics.
    spine: list[tuple[Node, int, Node | None, Node | None]] = []
    callee: Node | None = None
    arguments = node
    while True:
        kind = node.kind_id
        if kind == _CALL:
            callee = child_at(node, 0)
            arguments = child_at(node, node.child_count - 1)
            kind = callee.kind_id
            generics = None
            member = callee
            if kind == _GENERIC_FUNCTION:
                member, generics = pair(callee)
                kind = member.kind_id
            if kind != FIELD_EXPRESSION:
                break
            node = child_at(member, 0)
            spine.append((member, node.end_byte, arguments, generics))
        elif kind == FIELD_EXPRESSION:
            member = node
            node = child_at(node, 0)
            spine.append((member, node.end_byte, None, None))
        elif kind in _SUFFIXES:
            spine.append((node, -1, None, None))
            node = child_at(node, 0)
        else:
            callee = None
            break
    if not spine and callee is not None:
        return _call(r, callee, arguments)
    depth = r.depth
    r.depth = depth + min(len(spine), CHAIN_LINKS_MAX)
    found = expression(r, node) if callee is None else _call(r, callee, arguments)
    cuts: list[Expr] = []
    spine.reverse()
    for count, (part, start, given, generics) in enumerate(spine, 1):
        if count % CHAIN_LINKS_MAX == 0:
            found = _cut(r, found, cuts)
        end = part.end_byte
        if start < 0:
            found = _suffix(r, part.kind_id, end, found)
            continue
        word = text[start:end].rpartition(b".")[2]
        name = word.decode()
        if not name.isidentifier():
            word = _LAST_WORD.search(text, start, end)[0]  # type: ignore[index]
            name = word.decode().removeprefix("r#")
        site = r.site(end - len(word))
        if given is None:
            found = FieldAccess(found, name, site)
        else:
            types = read_arguments(r, generics)[0] if generics is not None else []
            found = MethodCall(site, found, name, types, expressions(r, given))
    r.depth = depth
    return Block(cuts, found) if cuts else found


def _suffix(r: Reader, kind: int, end: int, found: Expr) -> Expr:
    return Try(r.site(end - 1), found) if kind == _TRY else Await(r.site(end - 5), found)


def _from_text(r: Reader, chain: re.Match[bytes]) -> Expr | None:
    """A chain of plain names, by its text alone; None where it is too long."""
    text = chain.string
    links = _LINK.findall(text, chain.end(1), chain.end())
    if len(links) >= CHAIN_LINKS_MAX:
        return None
    word = chain[1].decode()
    slot = r.scope.get(word)
    found: Expr
    if slot is not None:
        found = Local(slot)
    else:
        found = PathExpr(Path(r.site(chain.start()), [Segment(word)]))
    place = chain.end(1)
    for name, call in links:
        if not name:
            place = text.index(b"?", place)
            found = Try(r.site(place), found)
            place += 1
            continue
        place = text.index(name, text.index(b".", place))
        site = r.site(place)
        if call:
            found = MethodCall(site, found, name.decode(), [], [])
        elif name == b"await":
            found = Await(site, found)
        else:
            found = FieldAccess(found, name.decode(), site)
        place += len(name)
    return found


def _cut(r: Reader, found: Expr, cuts: list[Expr]) -> Expr:
    """What was read of a long chain goes into a local of its own."""
    slot = r.slots
    r.slots += 1
    cuts.append(Let(BindPattern(slot, ""), None, found, None))
    return Local(slot)


def _call(r: Reader, callee: Node, arguments: Node) -> Expr:
    kind = callee.kind_id
    if kind == IDENTIFIER or kind in SCOPED:
        end = r.base + callee.end_byte
        source = r.source
        if end < len(source):
            if source[end] == _BANG:
                return macro.mended_call(r, callee, arguments)
            if source[end - 1] == _BANG:
                site = r.site(callee.start_byte)
                parts = expressions(r, arguments)
                return Try(site, parts[0] if len(parts) == 1 else Opaque(parts))
    site = r.site(callee.start_byte)
    return Call(site, expression(r, callee), expressions(r, arguments))


def _binary(r: Reader, node: Node) -> Expr:
    spine: list[tuple[Node, Node, Node]] = []
    while node.kind_id == _BINARY:
        left, right = pair(node)
        spine.append((node, left, right))
        node = left
    depth = r.depth
    r.depth = depth + min(len(spine), CHAIN_LINKS_MAX)
    found = expression(r, node)
    cuts: list[Expr] = []
    for count, (whole, left, right) in enumerate(reversed(spine), 1):
        if count % CHAIN_LINKS_MAX == 0:
            found = _cut(r, found, cuts)
        between = r.text[left.end_byte : right.start_byte]
        op = _OPERATORS.get(between.strip())
        place = right.start_byte - len(between.lstrip())
        if op is None:  # a comment beside it
            op, place = _operator(whole)
        site = r.site(place)
        other = expression(r, right)
        if type(found) is Literal and type(other) is Literal:
            if op in _COMPARISONS:
                found = BOOLEAN
            r.sites.pop()  # a literal has none: nothing was read since
        else:
            found = Binary(site, op, found, other)
    r.depth = depth
    return Block(cuts, found) if cuts else found


def _operator(node: Node) -> tuple[str, int]:
    for part in node.children:
        if not part.is_named:
            return part.type, part.start_byte
    return "", node.start_byte


def _compound(r: Reader, node: Node) -> Expr:
    left, right = pair(node)
    found = expression(r, left)
    op, place = _operator(node)
    site = r.site(place)
    return Binary(site, op, found, expression(r, right))


TABLE.update(
    {
        _CALL: _postfix,
        FIELD_EXPRESSION: _postfix,
        _TRY: _postfix,
        _AWAIT: _postfix,
        _BINARY: _binary,
        kind_of("compound_assignment_expr"): _compound,
    }
)
