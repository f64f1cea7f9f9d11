"""Expressions and statements into the compact body form.

Long chains (`a.b().c()?`, `a + b + c`, `else if`) are walked in loops: their length is no nesting.
Everything else recurses, one level of `Reader.depth` an expression. Macros are read by `macro.py` (the two
modules know each other: macro arguments are expressions); items nested in blocks go to the file's own
reader.
"""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from isg_graph.parse import macro
from isg_graph.parse.limit import CHAIN_LINKS_MAX, ELSE_IF_BRANCHES_MAX, NODE_DEPTH_LEVELS_MAX
from isg_graph.parse.pattern import WILD, read_pattern
from isg_graph.parse.reader import Reader, TooDeep
from isg_graph.parse.tree import (
    ATTRIBUTE,
    BLOCK,
    COLON,
    COMMENTS,
    ELSE,
    EMPTY_STATEMENT,
    EQUALS,
    EXPRESSION_STATEMENT,
    FIELD_EXPRESSION,
    IDENTIFIER,
    INNER_ATTRIBUTE,
    LABEL,
    MACRO_INVOCATION,
    MUTABLE,
    PARAMETER,
    SCOPED,
    SELF,
    UNDERSCORE,
    child_at,
    kind_of,
    kinds_of,
    pair,
    plain,
)
from isg_graph.parse.type import read_arguments, read_path, read_type
from isg_protocol.body import (
    Arm,
    ArrayExpr,
    Assign,
    Await,
    Binary,
    BindPattern,
    Block,
    Break,
    Call,
    Cast,
    Closure,
    Expr,
    FieldAccess,
    For,
    If,
    Index,
    Let,
    LetCondition,
    Literal,
    Local,
    Loop,
    Macro,
    Match,
    MethodCall,
    Opaque,
    PathExpr,
    Pattern,
    Range,
    Reference,
    Return,
    StructExpr,
    Try,
    TupleExpr,
    Unary,
    While,
)
from isg_protocol.facts import Path, Segment, Type

CALL = kind_of("call_expression")
_GENERIC_FUNCTION = kind_of("generic_function")
_TRY = kind_of("try_expression")
_AWAIT = kind_of("await_expression")
_SUFFIXES = frozenset({_TRY, _AWAIT})
_BINARY = kind_of("binary_expression")
_LET_DECLARATION = kind_of("let_declaration")
_LET_CONDITION = kind_of("let_condition")
_LET_CHAIN = kind_of("let_chain")
_IF = kind_of("if_expression")
_MATCH_ARMS = kinds_of("match_arm")
_ASSIGNMENT = kind_of("assignment_expression")
_RANGE = kind_of("range_expression")
_SHORTHAND = kind_of("shorthand_field_initializer")
_FIELD_INITIALIZER = kind_of("field_initializer")
_BASE_INITIALIZER = kind_of("base_field_initializer")
_FAT_ARROW = kind_of("=>", named=False)
_IF_TOKEN = kind_of("if", named=False)
_IN = kind_of("in", named=False)
_ARROW = kind_of("->", named=False)
_SEMICOLON = kind_of(";", named=False)
_ASYNC = kind_of("async", named=False)
_CLOSURE_PARAMETERS = kind_of("closure_parameters")
_SILENT = frozenset({INNER_ATTRIBUTE, EMPTY_STATEMENT})
_NOT_AN_EXPRESSION = _SILENT | {ATTRIBUTE} | COMMENTS
ITEMS = kinds_of(
    "const_item", "macro_definition", "mod_item", "foreign_mod_item", "struct_item", "union_item",
    "enum_item", "type_item", "function_item", "function_signature_item", "impl_item", "trait_item",
    "associated_type", "use_declaration", "extern_crate_declaration", "static_item",
)  # fmt: skip
_OPERATORS = {
    name.encode(): name
    for name in (
        "+", "-", "*", "/", "%", "^", "&", "|", "<<", ">>", "&&", "||", "==", "!=", "<", ">", "<=", ">=",
        "+=", "-=", "*=", "/=", "%=", "^=", "&=", "|=", "<<=", ">>=",
    )
}  # fmt: skip
_BANG = 0x21  # "!"

Reading = Callable[[Reader, Node], Expr]
TABLE: dict[int, Reading] = {}


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
        return [] if part.kind_id in _NOT_AN_EXPRESSION else [expression(r, part)]
    return [expression(r, part) for part in node.named_children if part.kind_id not in _NOT_AN_EXPRESSION]


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


_NUMBERS = {name: Literal(name) for name in ("int", "float")}
for _name in [
    "u8",
    "i8",
    "u16",
    "i16",
    "u32",
    "i32",
    "u64",
    "i64",
    "u128",
    "i128",
    "usize",
    "isize",
    "f32",
    "f64",
]:
    _NUMBERS[_name] = Literal(_name)


def _integer(r: Reader, node: Node) -> Expr:
    text = r.text[node.start_byte : node.end_byte]
    if text.isdigit():
        return _NUMBERS["int"]
    for letter in (b"u", b"i", b"f"):
        place = text.rfind(letter)
        if place > 0 and not (letter == b"f" and text[1:2] == b"x"):
            return _NUMBERS.get(text[place:].decode(), _NUMBERS["int"])
    return _NUMBERS["int"]


def _float(r: Reader, node: Node) -> Expr:
    suffix = r.text[node.end_byte - 3 : node.end_byte]
    return _NUMBERS[suffix.decode()] if suffix in (b"f32", b"f64") else _NUMBERS["float"]


_STRING, _BYTES, _CSTRING, _BYTE, _CHAR = (Literal(kind) for kind in ("str", "bytes", "cstr", "u8", "char"))


def _string(r: Reader, node: Node) -> Expr:
    first = r.text[node.start_byte]
    return _STRING if first in (0x22, 0x72) else _BYTES if first == 0x62 else _CSTRING


def _char(r: Reader, node: Node) -> Expr:
    return _BYTE if r.text[node.start_byte] == 0x62 else _CHAR


# --- chains -------------------------------------------------------------------------------------------------


def _postfix(r: Reader, node: Node) -> Expr:
    """Calls, methods, fields, `?` and `.await`: down the chain to its head, then up again in source order."""
    spine: list[tuple[Node, Node | None, Node | None]] = []
    callee: Node | None = None
    arguments = node
    while True:
        kind = node.kind_id
        if kind == CALL:
            callee, arguments = pair(node)
            generics = None
            kind = callee.kind_id
            if kind == FIELD_EXPRESSION:
                value, name_node = pair(callee)
            elif kind == _GENERIC_FUNCTION:
                inner = pair(callee)
                if inner[0].kind_id != FIELD_EXPRESSION:
                    break
                generics = inner[1]
                value, name_node = pair(inner[0])
            else:
                break
            spine.append((name_node, arguments, generics))
            node = value
        elif kind == FIELD_EXPRESSION:
            node, name_node = pair(node)
            spine.append((name_node, None, None))
        elif kind in _SUFFIXES:
            spine.append((node, None, None))
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
    for count, (part, given, generics) in enumerate(reversed(spine), 1):
        if count % CHAIN_LINKS_MAX == 0:
            found = _cut(r, found, cuts)
        if given is not None:
            site = r.site(part.start_byte)
            name = r.name(part)
            types = read_arguments(r, generics)[0] if generics is not None else []
            found = MethodCall(site, found, name, types, expressions(r, given))
        elif part.kind_id == _TRY:
            found = Try(r.site(part.end_byte - 1), found)
        elif part.kind_id == _AWAIT:
            found = Await(r.site(part.end_byte - 5), found)
        else:
            found = FieldAccess(found, r.name(part))
    r.depth = depth
    return Block(cuts, found) if cuts else found


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
            if op in ("==", "!=", "<", ">", "<=", ">=", "&&", "||"):
                found = _BOOLEAN
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


_BOOLEAN = Literal("bool")


def _compound(r: Reader, node: Node) -> Expr:
    left, right = pair(node)
    found = expression(r, left)
    op, place = _operator(node)
    site = r.site(place)
    return Binary(site, op, found, expression(r, right))


def _assignment(r: Reader, node: Node) -> Expr:
    parts = plain([part for part in node.children if part.is_named or part.kind_id == UNDERSCORE])
    if len(parts) < 2:
        return Opaque([expression(r, part) for part in parts])
    first = parts[0]
    if first.kind_id == _RANGE and r.text[first.start_byte : first.end_byte + 1] == b"..=":
        return Range(None, expression(r, parts[1]), True)  # `..=x`, which the grammar takes for `.. = x`
    left: Expr = Opaque([]) if first.kind_id == UNDERSCORE else expression(r, first)
    return Assign(left, expression(r, parts[1]))


# --- simple forms -------------------------------------------------------------------------------------------


def _inner(r: Reader, node: Node) -> Expr:
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
    return Unary(site, chr(r.text[node.start_byte]), expression(r, node.named_children[-1]))


def _reference(r: Reader, node: Node) -> Expr:
    if node.child_count == 2:
        return Reference(expression(r, child_at(node, 1)))
    parts = node.named_children
    mutable = any(part.kind_id == MUTABLE for part in parts[:-1])
    return Reference(expression(r, parts[-1]), mutable)


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


def _array(r: Reader, node: Node) -> Expr:
    if (
        node.start_byte
        and r.source[r.base + node.start_byte - 1] == _BANG
        and r.text[node.start_byte - 1] == _BANG
    ):
        if r.source[r.base + node.start_byte - 2] == 0x63:  # "c": `vec![…]`
            return macro.mended_vec(r, node)
    return array(r, node)


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
            label = _label(r, part)
        elif part.kind_id not in COMMENTS:
            value = expression(r, part)
    return Break(value, label)


def _label(r: Reader, node: Node) -> str:
    return r.text[node.start_byte + 1 : node.end_byte].decode()


def _struct(r: Reader, node: Node) -> Expr:
    name, body = pair(node)
    path = read_path(r, name)
    fields: list[tuple[str, Expr]] = []
    base = None
    for part in body.named_children:
        kind = part.kind_id
        if kind == _SHORTHAND:
            inner = part.named_children[-1]
            fields.append((r.name(inner), expression(r, inner)))
        elif kind == _FIELD_INITIALIZER:
            inner_parts = [child for child in part.named_children if child.kind_id not in _NOT_AN_EXPRESSION]
            fields.append((r.name(inner_parts[0]), expression(r, inner_parts[-1])))
        elif kind == _BASE_INITIALIZER:
            base = _inner(r, part)
    return StructExpr(path, fields, base)


# --- control ------------------------------------------------------------------------------------------------


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


def _if(r: Reader, node: Node) -> Expr:
    """Walks `else if` in a loop; what a condition binds is live in its own branch alone."""
    branches: list[tuple[Expr, Expr]] = []
    otherwise: Expr | None = None
    outer = r.scope
    while True:
        parts = plain(node.named_children)
        test = condition(r, parts[0])
        then = expression(r, parts[1])
        r.scope = outer
        branches.append((test, then))
        if len(parts) < 3:
            break
        (follower,) = plain(parts[2].named_children)[:1]
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
    value, body = pair(node)
    found = expression(r, value)
    return Match(found, [_arm(r, arm) for arm in body.named_children if arm.kind_id in _MATCH_ARMS])


def _arm(r: Reader, node: Node) -> Arm:
    outer = r.scope
    parts = [part for part in node.named_children if part.kind_id not in _NOT_AN_EXPRESSION]
    pattern, guard = match_pattern(r, parts[0])
    body = expression(r, parts[-1])
    r.scope = outer
    return Arm(pattern, guard, body)


def match_pattern(r: Reader, node: Node) -> tuple[Pattern, Expr | None]:
    """An arm's pattern, whose names go live, and its guard."""
    parts = plain(node.children)
    pattern, bound = read_pattern(r, parts[0])
    r.commit(bound)
    guard = condition(r, parts[-1]) if len(parts) > 2 and parts[1].kind_id == _IF_TOKEN else None
    return pattern, guard


def _labelled(r: Reader, node: Node) -> tuple[str, list[Node]]:
    parts = plain(node.named_children)
    if parts and parts[0].kind_id == LABEL:
        return _label(r, parts[0]), parts[1:]
    return "", parts


def _loop(r: Reader, node: Node) -> Expr:
    label, parts = _labelled(r, node)
    return Loop(expression(r, parts[-1]), label)


def _while(r: Reader, node: Node) -> Expr:
    label, parts = _labelled(r, node)
    outer = r.scope
    test = condition(r, parts[0])
    body = expression(r, parts[-1])
    r.scope = outer
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
            label = _label(r, part)
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
    outer = r.scope
    r.commit(bound)
    body = expression(r, rest[-1])
    r.scope = outer
    return For(site, pattern, iterated, body, label)


_FOR_TOKEN = kind_of("for", named=False)


def _closure(r: Reader, node: Node) -> Expr:
    outer = r.scope
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
    r.scope = outer
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
    for part in node.children:
        kind = part.kind_id
        if kind == COLON:
            break
        if kind != MUTABLE and kind not in COMMENTS:
            return read_pattern(r, part)
    return WILD, {}


# --- blocks -------------------------------------------------------------------------------------------------


def block(r: Reader, node: Node, flavour: str = "", leaky: bool = False) -> Block:
    """Statements in order, then the value. A last expression that ends with a block and has no `;` is the
    value. A `leaky` block (a statement macro's tokens) leaves its names live."""
    if node.named_child_count == 0:
        return Block([], None, flavour)
    statements: list[Expr] = []
    tail: Expr | None = None
    label = ""
    outer = r.scope
    attributes: list[Node] = []
    parts = node.named_children
    last = len(parts) - 1
    while last >= 0 and parts[last].kind_id in COMMENTS:
        last -= 1
    for place, part in enumerate(parts):
        kind = part.kind_id
        if kind == EXPRESSION_STATEMENT:
            found = _statement(r, part)
            if type(found) is Macro:
                found.statement = True
            if place == last and r.text[part.end_byte - 1] != 0x3B:  # ";"
                tail = found
            else:
                statements.append(found)
        elif kind == _LET_DECLARATION:
            statements.append(_let(r, part))
        elif kind in COMMENTS:
            continue
        elif kind == ATTRIBUTE:
            attributes.append(part)
            continue
        elif kind in _SILENT:
            continue
        elif kind == LABEL:
            label = _label(r, part)
        elif kind in ITEMS:
            r.file.nested(r, part, attributes)
        elif kind == MACRO_INVOCATION:
            found = macro.statement_macro(r, part, attributes)
            if place == last:
                tail = found
            else:
                statements.append(found)
        else:
            tail = expression(r, part)
        if attributes:
            attributes = []
    if not leaky:
        r.scope = outer
    return Block(statements, tail, flavour, label)


def _statement(r: Reader, node: Node) -> Expr:
    if node.named_child_count == 1:
        part = child_at(node, 0)
        if part.kind_id == MACRO_INVOCATION:
            return macro.statement_macro(r, part, [])
        return expression(r, part)
    for part in node.named_children:
        kind = part.kind_id
        if kind == MACRO_INVOCATION:
            return macro.statement_macro(r, part, [])
        if kind not in COMMENTS:
            return expression(r, part)
    return Opaque([])


def _let(r: Reader, node: Node) -> Expr:
    pattern: Pattern = WILD
    bound: dict[str, int] = {}
    ty: Type | None = None
    value = otherwise = None
    state = 0
    for part in node.children[1:]:
        kind = part.kind_id
        if kind == MUTABLE or kind in COMMENTS:
            continue
        if kind == COLON:
            state = 1
        elif kind == EQUALS:
            state = 2
        elif kind == ELSE:
            state = 3
        elif kind == _SEMICOLON:
            break
        elif state == 2:
            value = expression(r, part)
        elif state == 0:
            pattern, bound = read_pattern(r, part)
        elif state == 1:
            ty = read_type(r, part)
        else:
            otherwise = expression(r, part)
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
        SELF: _self,
        **dict.fromkeys(SCOPED | kinds_of("generic_function", "crate", "super", "metavariable"), _path),
        **dict.fromkeys(kinds_of("type_identifier", "primitive_type"), _path),
        kind_of("integer_literal"): _integer,
        kind_of("float_literal"): _float,
        kind_of("string_literal"): _string,
        kind_of("raw_string_literal"): _string,
        kind_of("char_literal"): _char,
        kind_of("boolean_literal"): _fixed("bool"),
        CALL: _postfix,
        FIELD_EXPRESSION: _postfix,
        _TRY: _postfix,
        _AWAIT: _postfix,
        _BINARY: _binary,
        kind_of("compound_assignment_expr"): _compound,
        _ASSIGNMENT: _assignment,
        kind_of("parenthesized_expression"): _inner,
        kind_of("unary_expression"): _unary,
        kind_of("reference_expression"): _reference,
        kind_of("index_expression"): _index,
        kind_of("type_cast_expression"): _cast,
        kind_of("tuple_expression"): _tuple,
        kind_of("unit_expression"): lambda r, node: TupleExpr([]),
        kind_of("array_expression"): _array,
        _RANGE: _range,
        kind_of("return_expression"): _return,
        kind_of("break_expression"): _break,
        kind_of("continue_expression"): _break,
        kind_of("struct_expression"): _struct,
        _IF: _if,
        _LET_CONDITION: condition,
        _LET_CHAIN: condition,
        kind_of("match_expression"): _match,
        kind_of("loop_expression"): _loop,
        kind_of("while_expression"): _while,
        kind_of("for_expression"): _for,
        kind_of("closure_expression"): _closure,
        BLOCK: block,
        kind_of("unsafe_block"): _inner,
        kind_of("const_block"): _inner,
        kind_of("async_block"): _flavoured("async"),
        kind_of("gen_block"): _flavoured("gen"),
        kind_of("try_block"): _flavoured("try"),
        EXPRESSION_STATEMENT: _statement,
        _LET_DECLARATION: _let,
        MACRO_INVOCATION: lambda r, node: macro.macro(r, node),  # noqa: PLW0108 (the modules load each other)
    }
)
