"""Structs, unions, enums and type aliases. What holds expressions in them (array lengths, discriminants) is
their body."""

from __future__ import annotations

from tree_sitter import Node

from isg_graph.parse.attribute import Attributes
from isg_graph.parse.body import expression
from isg_graph.parse.head import FIELD_LISTS, read_fields, read_variants
from isg_graph.parse.item import READINGS, FileReader, Place
from isg_graph.parse.reader import Reader
from isg_graph.parse.tree import (
    COMMENTS,
    TRAIT_BOUNDS,
    TYPE_PARAMETERS,
    VISIBILITY,
    WHERE_CLAUSE,
    kind_of,
)
from isg_graph.parse.type import read_bounds, read_parameters, read_type, read_where
from isg_protocol.body import Literal, Opaque
from isg_protocol.facts import (
    AliasHead,
    Bound,
    DynType,
    EnumHead,
    Generics,
    ItemFacts,
    PathType,
    StructHead,
    TraitHead,
)

_UNION_ITEM = kind_of("union_item")
_VARIANTS = kind_of("enum_variant_list")


def _struct(file: FileReader, node: Node, place: Place, attributes: Attributes) -> None:
    r = file.reader(place)
    lengths: list[Node] = []
    r.lengths = lengths
    generics = Generics()
    head = StructHead(generics, "unit", [])
    name = ""
    parts = node.named_children
    for part in parts:
        kind = part.kind_id
        if kind in FIELD_LISTS:
            head.shape, head.fields = read_fields(r, part)
        elif kind == TYPE_PARAMETERS:
            generics.params = read_parameters(r, part)
        elif kind == WHERE_CLAUSE:
            generics.where = read_where(r, part)
        elif kind != VISIBILITY and kind not in COMMENTS and not name:
            name = r.name(part)
    end = node.end_byte
    if place.text[end - 1] == 0x3B:  # ";"
        end -= 1
    what = "union" if node.kind_id == _UNION_ITEM else "struct"
    item = file.add(what, name, node, parts, place, attributes, head, r, end)
    _read_body(file, item, r, lengths)


def _enum(file: FileReader, node: Node, place: Place, attributes: Attributes) -> None:
    r = file.reader(place)
    lengths: list[Node] = []
    r.lengths = lengths
    head = EnumHead(Generics(), [])
    name = ""
    parts = node.named_children
    for part in parts:
        kind = part.kind_id
        if kind == _VARIANTS:
            head.variants = read_variants(r, part, lengths)
        elif kind == TYPE_PARAMETERS:
            head.generics.params = read_parameters(r, part)
        elif kind == WHERE_CLAUSE:
            head.generics.where = read_where(r, part)
        elif kind != VISIBILITY and kind not in COMMENTS and not name:
            name = r.name(part)
    item = file.add("enum", name, node, parts, place, attributes, head, r, node.end_byte)
    _read_body(file, item, r, lengths)


def _alias(file: FileReader, node: Node, place: Place, attributes: Attributes) -> None:
    """A type alias, an associated type, a foreign type; a trait alias, mended to one."""
    r = file.reader(place)
    lengths: list[Node] = []
    r.lengths = lengths
    head = AliasHead(Generics(), None, [])
    name = ""
    parts = node.named_children
    for part in parts:
        kind = part.kind_id
        if kind == VISIBILITY or kind in COMMENTS:
            continue
        if not name:
            name = r.name(part)
        elif kind == TYPE_PARAMETERS:
            head.generics.params = read_parameters(r, part)
        elif kind == TRAIT_BOUNDS:
            head.bounds = read_bounds(r, part)
        elif kind == WHERE_CLAUSE:
            head.generics.where = read_where(r, part)
        else:
            head.target = read_type(r, part)
    end = node.end_byte - 1
    if file.mended and _is_trait_alias(file, node, place):
        bounds = head.target.bounds if isinstance(head.target, DynType) else []
        if isinstance(head.target, PathType):
            bounds = [Bound(head.target.path)]
        trait = TraitHead(head.generics, bounds)
        file.add("trait", name, node, parts, place, attributes, trait, r, end)
        return
    item = file.add("type_alias", name, node, parts, place, attributes, head, r, end)
    _read_body(file, item, r, lengths)


def _is_trait_alias(file: FileReader, node: Node, place: Place) -> bool:
    for part in node.children:
        if not part.is_named:
            at = place.base + part.start_byte
            return file.source[at : at + 5] == b"trait"
    return False


def _read_body(file: FileReader, item: ItemFacts, r: Reader, nodes: list[Node]) -> None:
    """Plain literals are nothing to know."""
    if not nodes:
        return
    r.sites = []
    r.depth += 2
    r.lengths = None
    parts = [expression(r, node) for node in sorted(nodes, key=lambda node: node.start_byte)]
    if any(type(part) is not Literal for part in parts):
        file.close(item, r, [], Opaque(parts))


READINGS.update(
    {
        kind_of("struct_item"): _struct,
        _UNION_ITEM: _struct,
        kind_of("enum_item"): _enum,
        kind_of("type_item"): _alias,
        kind_of("associated_type"): _alias,
    }
)
