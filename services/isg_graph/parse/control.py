"""Branches, loops and closures: whatever makes names live for a part of a body.

`else if` is walked in a loop: its length is no nesting.
"""

from __future__ import annotations

from tree_sitter import Node

from isg_graph.parse.condition import own_condition
from isg_graph.parse.expression import NOT_AN_EXPRESSION, TABLE, expression, read_label
from isg_graph.parse.limit import CHAIN_LINKS_MAX, ELSE_IF_BRANCHES_MAX
from isg_graph.parse.pattern import WILD, read_pattern
from isg_graph.parse.reader import Reader
from isg_graph.parse.tree import (
    ATTRIBUTE,
    COMMENTS,
    EQUALS,
    FIELD_ALTERNATIVE,
    FIELD_BODY,
    FIELD_CONDITION,
    FIELD_CONSEQUENCE,
    FIELD_PATTERN,
    FIELD_VALUE,
    LABEL,
    PARAMETER,
    UNDERSCORE,
    child_at,
    kind_of,
    kinds_of,
    plain,
)
from isg_graph.parse.type import read_type
from isg_protocol.body import (
    Arm,
    Binary,
    Closure,
    Expr,
    For,
    If,
    LetCondition,
    Loop,
    Match,
    Opaque,
    Pattern,
    While,
)
from isg_protocol.facts import Type

_LET_CONDITION = kind_of("let_condition")
_LET_CHAIN = kind_of("let_chain")
_IF = kind_of("if_expression")
_MATCH_ARMS = kinds_of("match_arm")
_IF_TOKEN = kind_of("if", named=False)
_IN = kind_of("in", named=False)
_ARROW = kind_of("->", named=False)
_ASYNC = kind_of("async", named=False)
_CLOSURE_PARAMETERS = kind_of("closure_parameters")


def condition(r: Reader, node: Node) -> Expr:
    """A condition; the names its `let`s bind go live."""
    kind = node.kind_id
    if kind == _LET_CONDITION:
        return _let_condition(r, node)
    if kind != _LET_CHAIN:
        return expression(r, node)
    found: Expr | None = None
    beyond: list[Expr] = []
    end = node.start_byte
    for count, part in enumerate(plain(node.named_children)):
        if count > CHAIN_LINKS_MAX:
            beyond.append(condition(r, part))
            continue
        site = r.site(end) if found is not None else 0
        one = condition(r, part)
        found = one if found is None else Binary(site, "&&", found, one)
        end = part.end_byte
    assert found is not None
    return Opaque([found, *beyond]) if beyond else found


def _let_condition(r: Reader, node: Node) -> Expr:
    pattern: Pattern = WILD
    bound: dict[str, int] = {}
    value: Expr = Opaque([])
    after = False
    for part in node.children[1:]:
        kind = part.kind_id
        if kind == EQUALS and not after:
            after = True
        elif kind in COMMENTS:
            continue
        elif after:
            value = expression(r, part)
        else:
            pattern, bound = read_pattern(r, part)
    r.commit(bound)
    return LetCondition(pattern, value)


def _field(node: Node, field: int) -> Node:
    found = node.child_by_field_id(field)
    assert found is not None
    return found


def _if(r: Reader, node: Node) -> Expr:
    """Walks `else if` in a loop; what a condition binds is live in its own branch alone."""
    branches: list[tuple[Expr, Expr]] = []
    otherwise: Expr | None = None
    mark = len(r.hidden)
    while True:
        test = condition(r, _field(node, FIELD_CONDITION))
        then = expression(r, _field(node, FIELD_CONSEQUENCE))
        r.restore(mark)
        branches.append((test, then))
        other = node.child_by_field_id(FIELD_ALTERNATIVE)
        if other is None:
            break
        (follower,) = plain(other.named_children)[:1]
        if follower.kind_id != _IF:
            otherwise = expression(r, follower)
            break
        node = follower
    found: Expr | None = otherwise
    if len(branches) > ELSE_IF_BRANCHES_MAX:
        beyond: list[Expr] = [If(test, then, None) for test, then in branches[ELSE_IF_BRANCHES_MAX:]]
        found = Opaque(beyond if found is None else [*beyond, found])
        del branches[ELSE_IF_BRANCHES_MAX:]
    for test, then in reversed(branches):
        found = If(test, then, found)
    assert found is not None
    return found


def _match(r: Reader, node: Node) -> Expr:
    found = expression(r, _field(node, FIELD_VALUE))
    body = _field(node, FIELD_BODY)
    return Match(found, [_arm(r, arm) for arm in body.named_children if arm.kind_id in _MATCH_ARMS])


def _arm(r: Reader, node: Node) -> Arm:
    mark = len(r.hidden)
    parts = node.named_children
    cfg = ""
    if len(parts) > 2:
        attributes = [part for part in parts if part.kind_id == ATTRIBUTE]
        cfg = own_condition(r, attributes) if attributes else ""
        parts = [part for part in parts if part.kind_id not in NOT_AN_EXPRESSION]
    pattern, guard = match_pattern(r, parts[0])
    body = expression(r, parts[-1])
    r.restore(mark)
    return Arm(pattern, guard, body, cfg)


def match_pattern(r: Reader, node: Node) -> tuple[Pattern, Expr | None]:
    """An arm's pattern, whose names go live, and its guard."""
    if node.child_count == 1:
        pattern, bound = read_pattern(r, child_at(node, 0))
        r.commit(bound)
        return pattern, None
    parts = plain(node.children)
    pattern, bound = read_pattern(r, parts[0])
    r.commit(bound)
    guard = condition(r, parts[-1]) if len(parts) > 2 and parts[1].kind_id == _IF_TOKEN else None
    return pattern, guard


def _labelled(r: Reader, node: Node) -> tuple[str, list[Node]]:
    parts = plain(node.named_children)
    if parts and parts[0].kind_id == LABEL:
        return read_label(r, parts[0]), parts[1:]
    return "", parts


def _loop(r: Reader, node: Node) -> Expr:
    label, parts = _labelled(r, node)
    return Loop(expression(r, parts[-1]), label)


def _while(r: Reader, node: Node) -> Expr:
    label, parts = _labelled(r, node)
    mark = len(r.hidden)
    test = condition(r, parts[0])
    body = expression(r, parts[-1])
    r.restore(mark)
    return While(test, body, label)


def _for(r: Reader, node: Node) -> Expr:
    label = ""
    pattern: Pattern = WILD
    bound: dict[str, int] = {}
    rest: list[Node] = []
    after_in = after_for = False
    for part in node.children:
        kind = part.kind_id
        if kind == LABEL:
            label = read_label(r, part)
        elif kind == _FOR_TOKEN:
            after_for = True
        elif kind == _IN:
            after_in = True
        elif after_in:
            if kind not in COMMENTS:
                rest.append(part)
        elif after_for and kind not in COMMENTS:
            pattern, bound = read_pattern(r, part)
    site = r.site(rest[0].start_byte)
    iterated = expression(r, rest[0])
    mark = len(r.hidden)
    r.commit(bound)
    body = expression(r, rest[-1])
    r.restore(mark)
    return For(site, pattern, iterated, body, label)


_FOR_TOKEN = kind_of("for", named=False)


def _closure(r: Reader, node: Node) -> Expr:
    mark = len(r.hidden)
    params: list[tuple[Pattern, Type | None]] = []
    result: Type | None = None
    body: Expr = Opaque([])
    is_async = after_arrow = after_params = False
    for part in node.children:
        kind = part.kind_id
        if kind == _CLOSURE_PARAMETERS:
            params = _closure_parameters(r, part)
            after_params = True
        elif kind == _ARROW:
            after_arrow = True
        elif kind == _ASYNC:
            is_async = True
        elif after_params and part.is_named and kind not in COMMENTS:
            if after_arrow:
                result = read_type(r, part)
                after_arrow = False
            else:
                body = expression(r, part)
    r.restore(mark)
    return Closure(params, result, body, is_async)


def _closure_parameters(r: Reader, node: Node) -> list[tuple[Pattern, Type | None]]:
    params: list[tuple[Pattern, Type | None]] = []
    for part in node.children:
        kind = part.kind_id
        ty: Type | None = None
        if kind == PARAMETER:
            pattern, bound, ty = parameter(r, part)
        elif kind == UNDERSCORE or (part.is_named and kind not in COMMENTS and kind != ATTRIBUTE):
            pattern, bound = read_pattern(r, part)
        else:
            continue
        r.commit(bound)
        params.append((pattern, ty))
    return params


def parameter(r: Reader, node: Node) -> tuple[Pattern, dict[str, int], Type]:
    """`pattern: Type` of a closure."""
    pattern, bound = parameter_pattern(r, node)
    return pattern, bound, read_type(r, node.children[-1])


def parameter_pattern(r: Reader, node: Node) -> tuple[Pattern, dict[str, int]]:
    """The pattern of a parameter, without its type."""
    part = node.child_by_field_id(FIELD_PATTERN)
    return (WILD, {}) if part is None else read_pattern(r, part)


TABLE.update(
    {
        _IF: _if,
        _LET_CONDITION: condition,
        _LET_CHAIN: condition,
        kind_of("match_expression"): _match,
        kind_of("loop_expression"): _loop,
        kind_of("while_expression"): _while,
        kind_of("for_expression"): _for,
        kind_of("closure_expression"): _closure,
    }
)
