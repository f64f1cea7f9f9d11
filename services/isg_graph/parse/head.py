"""The interface parts of items: parameters, fields, variants, use trees.

What is read here ends in an item's `head`; its sites are the head's. Patterns of parameters belong to the
body.
"""

from __future__ import annotations

from tree_sitter import Node

from isg_graph.parse.reader import Reader
from isg_graph.parse.tree import (
    ATTRIBUTE,
    COMMENTS,
    MUTABLE,
    PARAMETER,
    SELF,
    SELF_PARAMETER,
    VISIBILITY,
    child_at,
    kind_of,
    kinds_of,
)
from isg_graph.parse.type import read_type
from isg_protocol.facts import Field, Type, Variant

_NAMED_FIELDS = kind_of("field_declaration_list")
_TUPLE_FIELDS = kind_of("ordered_field_declaration_list")
_FIELD = kind_of("field_declaration")
_VARIANT = kind_of("enum_variant")
_VARIADIC = kind_of("variadic_parameter")
_NOT_A_TYPE = frozenset({ATTRIBUTE, VISIBILITY}) | COMMENTS
_USE_LIST = kind_of("use_list")
_SCOPED_USE_LIST = kind_of("scoped_use_list")
_USE_AS = kind_of("use_as_clause")
_USE_WILDCARD = kind_of("use_wildcard")
FIELD_LISTS = frozenset({_NAMED_FIELDS, _TUPLE_FIELDS})
_SELF_KINDS = {b"&self": "ref", b"&mut self": "mut", b"self": "value", b"mut self": "value"}
_AMPERSAND = kinds_of("&", named=False)


def read_params(r: Reader, node: Node) -> tuple[str, Type | None, list[Type], list[Node | None]]:
    """Of a function's parameters: the kind of self, its written type, the others' types, and the nodes of the
    others' patterns (None where there is only a type)."""
    self_kind = ""
    self_type: Type | None = None
    types: list[Type] = []
    patterns: list[Node | None] = []
    for part in node.named_children:
        kind = part.kind_id
        if kind == PARAMETER:
            first = child_at(part, 0)
            if first.kind_id == MUTABLE:
                first = child_at(part, 1)
            ty = read_type(r, child_at(part, part.child_count - 1))
            if first.kind_id == SELF:
                self_kind, self_type = "typed", ty
            else:
                types.append(ty)
                patterns.append(part)
        elif kind == SELF_PARAMETER:
            self_kind = _SELF_KINDS.get(r.text[part.start_byte : part.end_byte]) or _self_kind(part)
        elif kind not in _NOT_A_TYPE and kind != _VARIADIC:
            types.append(read_type(r, part))
            patterns.append(None)
    return self_kind, self_type, types, patterns


def _self_kind(node: Node) -> str:
    parts = node.children
    if parts[0].kind_id not in _AMPERSAND:
        return "value"
    return "mut" if any(part.kind_id == MUTABLE for part in parts) else "ref"


def read_fields(r: Reader, node: Node) -> tuple[str, list[Field]]:
    """The shape and the fields of a struct's or variant's list."""
    fields: list[Field] = []
    if node.kind_id == _NAMED_FIELDS:
        for part in node.named_children:
            if part.kind_id == _FIELD:
                inner = [child for child in part.named_children if child.kind_id not in _NOT_A_TYPE]
                fields.append(Field(r.name(inner[0]), read_type(r, inner[-1])))
        return "named", fields
    for part in node.named_children:
        if part.kind_id not in _NOT_A_TYPE:
            fields.append(Field(str(len(fields)), read_type(r, part)))
    return "tuple", fields


def read_variants(r: Reader, node: Node, discriminants: list[Node]) -> list[Variant]:
    """The variants; the nodes of their discriminants are appended."""
    variants: list[Variant] = []
    for part in node.named_children:
        if part.kind_id != _VARIANT:
            continue
        inner = [child for child in part.named_children if child.kind_id not in _NOT_A_TYPE]
        variant = Variant(r.name(inner[0]), "unit", [])
        for child in inner[1:]:
            if child.kind_id in FIELD_LISTS:
                variant.shape, variant.fields = read_fields(r, child)
            else:
                discriminants.append(child)
        variants.append(variant)
    return variants
