"""Items with a body: functions and methods, consts and statics."""

from __future__ import annotations

from tree_sitter import Node

from isg_graph.parse.attribute import Attributes
from isg_graph.parse.body import block, expression, parameter_pattern
from isg_graph.parse.head import read_params
from isg_graph.parse.item import READINGS, FileReader, Place
from isg_graph.parse.pattern import WILD
from isg_graph.parse.reader import Reader, TooDeep
from isg_graph.parse.tree import (
    BLOCK,
    COMMENTS,
    FIELD_TYPE,
    FIELD_VALUE,
    MUTABLE,
    PARAMETERS,
    TYPE_PARAMETERS,
    VISIBILITY,
    WHERE_CLAUSE,
    kind_of,
)
from isg_graph.parse.type import read_parameters, read_type, read_where
from isg_protocol.body import Expr, Pattern
from isg_protocol.facts import FnHead, Generics, ItemFacts, Type, ValueHead

_MODIFIERS = kind_of("function_modifiers")
_CONST_ITEM = kind_of("const_item")
_METHOD_ROOMS = frozenset({"impl", "trait_impl", "trait"})
_BODY_TOO_DEEP = "nested too deeply: the body is left out"


def _function(file: FileReader, node: Node, place: Place, attributes: Attributes) -> None:
    r = file.reader(place)
    name = ""
    generics = Generics()
    self_kind = ""
    self_type = result = None
    params: list[Type] = []
    patterns: list[Node | None] = []
    is_async = False
    body: Node | None = None
    state = 0
    parts = node.named_children
    for part in parts:
        kind = part.kind_id
        if kind == PARAMETERS and state:
            self_kind, self_type, params, patterns = read_params(r, part)
            state = 2
        elif kind == BLOCK:
            body = part
        elif kind == TYPE_PARAMETERS:
            generics.params = read_parameters(r, part)
        elif kind == WHERE_CLAUSE:
            generics.where = read_where(r, part)
        elif kind == _MODIFIERS:
            is_async = b"async" in r.text[part.start_byte : part.end_byte]
        elif kind == VISIBILITY or kind in COMMENTS:
            continue
        elif state == 0:
            name = r.name(part)
            state = 1
        else:
            result = read_type(r, part)
    room = place.room
    provided = room == "trait" and body is not None
    head = FnHead(generics, self_kind, self_type, params, result, is_async, provided)
    end = node.end_byte - 1 if body is None else body.start_byte
    what = "method" if room in _METHOD_ROOMS else "function"
    item = file.add(what, name, node, parts, place, attributes, head, r, end)
    if body is not None:
        try:
            _body(file, item, r, patterns, body)
        except TooDeep:
            file.issue(place.base + node.start_byte, _BODY_TOO_DEEP)


def _body(file: FileReader, item: ItemFacts, r: Reader, patterns: list[Node | None], body: Node) -> None:
    """Reads on with the head's reader, whose owner is the item: items nested in the body are appended
    meanwhile."""
    r.sites = []
    r.depth += 2
    if item.head.self_kind:  # type: ignore[union-attr]
        r.scope = {"self": 0}
        r.slots = 1
    bindings: list[Pattern] = []
    for node in patterns:
        if node is None:
            bindings.append(WILD)
            continue
        pattern, bound = parameter_pattern(r, node)
        r.commit(bound)
        bindings.append(pattern)
    file.close(item, r, bindings, block(r, body))


def _value(file: FileReader, node: Node, place: Place, attributes: Attributes) -> None:
    """A const or a static."""
    r = file.reader(place)
    name = ""
    ty: Type | None = None
    value = node.child_by_field_id(FIELD_VALUE)
    declared = node.child_by_field_id(FIELD_TYPE)
    parts = node.named_children
    for part in parts:
        kind = part.kind_id
        if kind not in (VISIBILITY, MUTABLE) and kind not in COMMENTS:
            name = r.name(part)
            break
    end = node.end_byte - 1
    if declared is not None:
        ty = read_type(r, declared)
        end = declared.end_byte
    what = "const" if node.kind_id == _CONST_ITEM else "static"
    item = file.add(what, name, node, parts, place, attributes, ValueHead(ty), r, end)
    if value is None:
        return
    r.sites = []
    r.depth += 2
    try:
        found: Expr = expression(r, value)
    except TooDeep:
        file.issue(place.base + node.start_byte, _BODY_TOO_DEEP)
        return
    file.close(item, r, [], found)


READINGS.update(
    {
        kind_of("function_item"): _function,
        kind_of("function_signature_item"): _function,
        _CONST_ITEM: _value,
        kind_of("static_item"): _value,
    }
)
