"""Macros in bodies: their arguments read as code wherever they are code, their tokens kept where they may
not be.

The macros that everyone knows are read by what they mean (`matches!`, `select!`, the log families); any
other is read when its whole token tree parses as a list of expressions, or as statements. A part of the
text is parsed again as a snippet, between a prefix and a suffix that make it whole; `Reader.base` keeps
positions those of the source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tree_sitter import Node

from isg_graph.parse import block as blocks
from isg_graph.parse import control
from isg_graph.parse.condition import under
from isg_graph.parse.expression import BOOLEAN, TABLE, array, expression, expressions
from isg_graph.parse.limit import MACRO_DEPTH_LEVELS_MAX, MACRO_TOKENS_BYTES_MAX, MACRO_UNREAD_BYTES_MAX
from isg_graph.parse.mend import ARGUMENT_MACROS
from isg_graph.parse.pattern import WILD
from isg_graph.parse.reader import Reader
from isg_graph.parse.signature import normal_tokens
from isg_graph.parse.tree import (
    ATTRIBUTE,
    BLOCK,
    EXPRESSION_STATEMENT,
    IDENTIFIER,
    MACRO_INVOCATION,
    TOKEN_TREES,
    kind_of,
    kinds_of,
    parse,
    plain,
)
from isg_graph.parse.type import read_path
from isg_protocol.body import Arm, Await, Expr, Macro, Match, Pattern, Try
from isg_protocol.facts import Path, Segment

_COMMA = kind_of(",", named=False)
_SEMICOLON = kind_of(";", named=False)
_EQUALS = kind_of("=", named=False)
_COLON = kind_of(":", named=False)
_BARS = kinds_of("|", "||", named=False)  # closures: `|x, y: T|`
_ARGUMENT_STARTS = kinds_of("(", "[", ",", named=False)
_LITERALS = kinds_of(
    "integer_literal", "float_literal", "string_literal", "raw_string_literal", "char_literal",
    "boolean_literal",
)  # fmt: skip
_FAT_ARROW = kind_of("=>", named=False)
_IF = kind_of("if", named=False)
_ARGUMENTS = kind_of("arguments")
_ASSIGNMENT = kind_of("assignment_expression")
_MATCH_BLOCK = kind_of("match_block")
_ARRAY = kind_of("array_expression")
_BANG = 0x21  # "!"

_LOGS = frozenset(
    [
        "trace",
        "debug",
        "info",
        "warn",
        "error",
        "log",
        "event",
        "span",
        "trace_span",
        "debug_span",
        "info_span",
        "warn_span",
        "error_span",
    ]
)
_MATCHES = frozenset({"matches", "assert_matches", "debug_assert_matches"})
_SELECTS = frozenset({"select", "select_biased"})
_STATICS = frozenset({"thread_local", "lazy_static"})
KNOWN = (
    frozenset(name.decode() for name in ARGUMENT_MACROS)
    | _LOGS | _MATCHES | _SELECTS | _STATICS
    | {"vec", "join", "try_join", "pin", "try", "cfg_if", "addr_of", "addr_of_mut"}
)  # fmt: skip
"""Macros that are read by what they mean, whoever defines them."""
_WORD = re.compile(r"\b[^\W\d]\w*")
_SIGIL = re.compile(rb"(^\s*|[,=(]\s*)[%?](?=[\w&*(\"])")
_LOG_OPTION = re.compile(rb"\b(?:target|parent|name|logger)\s*:(?!:)")
_BIASED = re.compile(rb"^\s*biased\s*;")


def mended_call(r: Reader, callee: Node, arguments: Node) -> Expr:
    """`println!(a, x = b)`, whose `!` was blanked before the parse."""
    path = read_path(r, callee)
    first = len(r.sites)
    args = _named_arguments(r, arguments)
    return Macro(path, args, first, len(r.sites))


def _named_arguments(r: Reader, arguments: Node) -> list[Expr]:
    """The arguments; of `name = value` the value."""
    args = []
    attributes: list[Node] = []
    for part in arguments.named_children:
        kind = part.kind_id
        if kind == _ASSIGNMENT:
            part = plain(part.named_children)[-1]
            kind = part.kind_id
        if kind == IDENTIFIER or kind in TABLE:
            found = expression(r, part)
            args.append(under(r, attributes, found) if attributes else found)
            if attributes:
                attributes = []
        elif kind == ATTRIBUTE:
            attributes.append(part)
    return args


def _array_or_vec(r: Reader, node: Node) -> Expr:
    """`[…]`, or `vec![…]`, whose name was made four `!` before the parse."""
    start = node.start_byte
    if not start or r.text[start - 1] != _BANG or r.source[r.base + start - 2 : r.base + start] != b"c!":
        return array(r, node)
    path = Path(r.site(node.start_byte - 4), [Segment("vec")])
    first = len(r.sites)
    found = array(r, node)
    return Macro(path, [found], first, len(r.sites))


def macro(r: Reader, node: Node) -> Expr:
    """A macro in an expression's place."""
    return _macro(r, node, False)


def statement_macro(r: Reader, node: Node) -> Expr:
    """A macro in a statement's place: its tokens may be statements and items."""
    return _macro(r, node, True)


def _macro(r: Reader, node: Node, statement: bool) -> Expr:
    parts = plain(node.named_children)
    tree = parts[-1]
    path = read_path(r, parts[0])
    name = path.segments[-1].name if path.segments else ""
    first = len(r.sites)
    args: list[Expr] = []
    size = tree.end_byte - tree.start_byte - 2
    if (
        tree.kind_id in TOKEN_TREES
        and 0 < size <= MACRO_TOKENS_BYTES_MAX
        and r.macro_depth < MACRO_DEPTH_LEVELS_MAX
    ):
        outer = r.wrapper
        r.wrapper = f"{outer} {name}" if outer else name
        r.macro_depth += 1
        args = _READINGS.get(name, _any)(r, tree, name, statement)
        r.macro_depth -= 1
        r.wrapper = outer
    if name == "try" and len(args) == 1:
        return Try(path.site, args[0])
    if name in KNOWN:
        return Macro(path, args, first, len(r.sites), "", statement)
    tokens = normal_tokens(r.source[r.base + tree.start_byte + 1 : r.base + tree.end_byte - 1])
    return Macro(path, args, first, len(r.sites), tokens, statement, _locals(r, tokens))


def _locals(r: Reader, tokens: str) -> list[tuple[str, int]]:
    """The live locals among a macro's words, in the words' order."""
    scope = r.scope
    if not scope:
        return []
    return [(word, scope[word]) for word in dict.fromkeys(_WORD.findall(tokens)) if word in scope]


# --- snippets -----------------------------------------------------------------------------------------------


@contextmanager
def _snippet(r: Reader, prefix: bytes, body: bytes, start: int, suffix: bytes) -> Iterator[Node | None]:
    """The root of `prefix body suffix` parsed alone, or None when it has an error. `start` is the body's
    place."""
    if r.file.unread > MACRO_UNREAD_BYTES_MAX:
        yield None
        return
    text, base = r.text, r.base
    snippet = prefix + body + suffix
    root = parse(snippet)
    if root.has_error:
        r.file.unread += len(snippet)
        yield None
        return
    r.text, r.base = snippet, base + start - len(prefix)
    yield root
    r.text, r.base = text, base


def only(root: Node, kind: int) -> Node | None:
    """The one node of a kind within the root's only statement, where that is all there is."""
    parts = plain(root.named_children)
    if len(parts) != 1 or parts[0].kind_id != EXPRESSION_STATEMENT:
        return None
    inner = plain(parts[0].named_children)
    if inner and inner[0].kind_id == kind:
        return inner[0]
    if inner and kind in (_ARGUMENTS, _MATCH_BLOCK):
        last = plain(inner[0].named_children)[-1]
        return last if last.kind_id == kind else None
    return None


def _list(r: Reader, body: bytes, start: int, named: bool) -> list[Expr] | None:
    """A list of expressions, or None."""
    with _snippet(r, b"f(", body, start, b"\n);") as root:
        if root is None:
            return None
        arguments = only(root, _ARGUMENTS)
        if arguments is None:
            return None
        return _named_arguments(r, arguments) if named else expressions(r, arguments)


def _one(r: Reader, start: int, end: int) -> Expr | None:
    found = _list(r, r.text[start:end], start, False)
    return found[0] if found and len(found) == 1 else None


def _statements(r: Reader, body: bytes, start: int, suffix: bytes, leaky: bool) -> list[Expr] | None:
    with _snippet(r, b"{", body, start, suffix + b"\n}") as root:
        if root is None:
            return None
        found = only(root, BLOCK)
        return None if found is None else [blocks.block(r, found, "", leaky)]


def _pattern(r: Reader, start: int, end: int) -> tuple[Pattern, dict[str, int], Expr | None] | None:
    """A pattern with its guard; the names are live while the guard is read, and given back."""
    mark = len(r.hidden)
    with _snippet(r, b"match x{", r.text[start:end], start, b"\n=>()}") as root:
        body = None if root is None else only(root, _MATCH_BLOCK)
        if body is None:
            return None
        arms = plain(body.named_children)
        if len(arms) != 1:
            return None
        pattern, guard = control.match_pattern(r, plain(arms[0].named_children)[0])
        bound = {name: r.scope[name] for name, _ in r.hidden[mark:]}
        r.restore(mark)
        return pattern, bound, guard


# --- the families -------------------------------------------------------------------------------------------


def _any(r: Reader, tree: Node, name: str, statement: bool) -> list[Expr]:
    """A list of expressions, separated by `,` or `;`; or statements; or nothing that can be read."""
    start, end = tree.start_byte + 1, tree.end_byte - 1
    body = r.text[start:end]
    known = name in KNOWN
    if body.isspace() or (not known and (b"$" in body or (b"=>" in body and b"match" not in body))):
        return []
    if not known and _no_code(tree.children):
        return []
    braced = r.text[tree.start_byte] == 0x7B  # "{"
    semicolons = (
        [part.start_byte for part in tree.children if part.kind_id == _SEMICOLON] if b";" in body else []
    )
    found = None
    if not (braced and semicolons):
        listed = body
        if semicolons:
            changed = bytearray(body)
            for place in semicolons:
                changed[place - start] = 0x2C  # ","
            listed = bytes(changed)
        found = _list(r, listed, start, known)
    if found is None and (braced or statement):
        found = _statements(r, body, start, b"", statement)
    return found or []


def _no_code(tokens: list[Node]) -> bool:
    """Can these tokens be no list of expressions and no statements? Two literals side by side, or a
    `name: value`. Parsing such a table to find out costs many times its length."""
    before = first = 0
    bars = False
    for token in tokens:
        kind = token.kind_id
        if kind in _LITERALS and before in _LITERALS:
            return True
        if kind == _COLON and before == IDENTIFIER and first in _ARGUMENT_STARTS and not bars:
            return True
        bars = bars or kind in _BARS
        first, before = before, kind
    return False


def _log(r: Reader, tree: Node, name: str, statement: bool) -> list[Expr]:
    """`info!(target: "x", field = %value, ?value, "text {}", a)`: sigils and options blanked."""
    start, end = tree.start_byte + 1, tree.end_byte - 1
    body = _SIGIL.sub(rb"\1 ", r.text[start:end])
    body = _LOG_OPTION.sub(lambda found: b" " * len(found[0]), body)
    found = _list(r, body, start, True)
    return found if found is not None else _any(r, tree, name, statement)


def _biased(r: Reader, tree: Node, name: str, statement: bool) -> list[Expr]:
    start, end = tree.start_byte + 1, tree.end_byte - 1
    body = _BIASED.sub(lambda found: b" " * len(found[0]), r.text[start:end])
    return _list(r, body, start, True) or []


def _vec(r: Reader, tree: Node, name: str, statement: bool) -> list[Expr]:
    start, end = tree.start_byte + 1, tree.end_byte - 1
    with _snippet(r, b"[", r.text[start:end], start, b"\n];") as root:
        found = None if root is None else only(root, _ARRAY)
        return [] if found is None else [array(r, found)]


def _matches(r: Reader, tree: Node, name: str, statement: bool) -> list[Expr]:
    """`matches!(value, pattern if guard)` is a match with one arm."""
    commas = [part for part in tree.children if part.kind_id == _COMMA]
    if not commas:
        return []
    end = commas[1].start_byte if len(commas) > 1 else tree.end_byte - 1
    value = _one(r, tree.start_byte + 1, commas[0].start_byte)
    found = _pattern(r, commas[0].end_byte, end)
    if value is None or found is None:
        return [] if value is None else [value]
    pattern, _, guard = found
    return [Match(value, [Arm(pattern, guard, BOOLEAN)])]


def _select(r: Reader, tree: Node, name: str, statement: bool) -> list[Expr]:
    """Each branch `pattern = future, if guard => handler` is a match on the awaited future with one arm;
    the handler of `else` stands alone."""
    args: list[Expr] = []
    parts = plain(tree.children)[1:-1]
    place = 2 if len(parts) > 1 and parts[1].kind_id == _SEMICOLON else 0
    while place < len(parts):
        arrow = next((n for n in range(place, len(parts)) if parts[n].kind_id == _FAT_ARROW), None)
        if arrow is None or arrow + 1 >= len(parts):
            break
        stop = arrow + 1
        if not (parts[stop].kind_id in TOKEN_TREES and r.text[parts[stop].start_byte] == 0x7B):
            while stop + 1 < len(parts) and parts[stop + 1].kind_id != _COMMA:
                stop += 1
        args += _branch(r, parts[place:arrow], parts[arrow + 1].start_byte, parts[stop].end_byte)
        place = stop + 1
        while place < len(parts) and parts[place].kind_id == _COMMA:
            place += 1
    return args


def _branch(r: Reader, head: list[Node], handler_start: int, handler_end: int) -> list[Expr]:
    equals = next((n for n, part in enumerate(head) if part.kind_id == _EQUALS), None)
    if not equals or equals + 1 >= len(head):
        handler = _one(r, handler_start, handler_end)
        return [] if handler is None else [handler]
    guard_at = next(
        (n for n in range(equals, len(head) - 2) if head[n].kind_id == _COMMA and head[n + 1].kind_id == _IF),
        None,
    )
    future_end = head[-1].end_byte if guard_at is None else head[guard_at].start_byte
    found = _pattern(r, head[0].start_byte, head[equals].start_byte)
    future = _one(r, head[equals].end_byte, future_end)
    if future is None:
        return []
    awaited = Await(r.site(future_end), future)
    guard = None
    mark = len(r.hidden)
    if guard_at is not None:
        guard = _one(r, head[guard_at + 2].start_byte, head[-1].end_byte)
    if found is not None:
        r.commit(found[1])
    handler = _one(r, handler_start, handler_end)
    r.restore(mark)
    pattern: Pattern = found[0] if found is not None else WILD
    return [Match(awaited, [Arm(pattern, guard, handler if handler is not None else BOOLEAN)])]


def _items(r: Reader, tree: Node, name: str, statement: bool) -> list[Expr]:
    """`thread_local! { static X: T = v }` in a body: the last `;` may be left out."""
    start, end = tree.start_byte + 1, tree.end_byte - 1
    return _statements(r, r.text[start:end], start, b"\n;", True) or []


def _cfg_if(r: Reader, tree: Node, name: str, statement: bool) -> list[Expr]:
    """A block for each branch."""
    args: list[Expr] = []
    for part in tree.children:
        if part.kind_id in TOKEN_TREES and r.text[part.start_byte] == 0x7B:
            args += (
                _statements(
                    r, r.text[part.start_byte + 1 : part.end_byte - 1], part.start_byte + 1, b"", False
                )
                or []
            )
    return args


_READINGS: dict[str, Callable[[Reader, Node, str, bool], list[Expr]]] = {
    **dict.fromkeys(_LOGS, _log),
    **dict.fromkeys(_MATCHES, _matches),
    **dict.fromkeys(_SELECTS, _select),
    **dict.fromkeys(_STATICS, _items),
    "vec": _vec,
    "join": _biased,
    "try_join": _biased,
    "cfg_if": _cfg_if,
}


TABLE[MACRO_INVOCATION] = macro
TABLE[_ARRAY] = _array_or_vec
