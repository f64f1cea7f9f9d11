"""Items that hold items: traits, impls, modules and foreign blocks."""

from __future__ import annotations

from tree_sitter import Node

from isg_graph.parse.attribute import Attributes
from isg_graph.parse.item import READINGS, FileReader, Place
from isg_graph.parse.signature import normal_text
from isg_graph.parse.tree import (
    COMMENTS,
    DECLARATION_LIST,
    FIELD_BODY,
    FIELD_TRAIT,
    FIELD_TYPE,
    NAMES,
    TRAIT_BOUNDS,
    TYPE_PARAMETERS,
    VISIBILITY,
    WHERE_CLAUSE,
    kind_of,
)
from isg_graph.parse.type import read_bounds, read_parameters, read_path, read_type, read_where
from isg_graph.parse.wrapper import wrapped
from isg_protocol.facts import Generics, ImplHead, ModuleHead, TraitHead, Type


def _trait(file: FileReader, node: Node, place: Place, attributes: Attributes) -> None:
    r = file.reader(place)
    head = TraitHead(Generics(), [])
    name = ""
    body: Node | None = None
    parts = node.named_children
    for part in parts:
        kind = part.kind_id
        if kind == DECLARATION_LIST:
            body = part
        elif kind == TYPE_PARAMETERS:
            head.generics.params = read_parameters(r, part)
        elif kind == TRAIT_BOUNDS:
            head.supertraits = read_bounds(r, part)
        elif kind == WHERE_CLAUSE:
            head.generics.where = read_where(r, part)
        elif kind != VISIBILITY and kind not in COMMENTS and not name:
            name = r.name(part)
    end = node.end_byte if body is None else body.start_byte
    file.add("trait", name, node, parts, place, attributes, head, r, end)
    file.inside(body, place, "trait")


def _impl(file: FileReader, node: Node, place: Place, attributes: Attributes) -> None:
    r = file.reader(place)
    generics = Generics()
    trait_node = node.child_by_field_id(FIELD_TRAIT)
    self_node = node.child_by_field_id(FIELD_TYPE)
    body = node.child_by_field_id(FIELD_BODY)
    trait = None
    self_type: Type | None = None
    where: Node | None = None
    parts = node.named_children
    for part in parts:
        kind = part.kind_id
        if kind == TYPE_PARAMETERS:
            generics.params = read_parameters(r, part)
        elif kind == WHERE_CLAUSE:
            where = part
    if trait_node is not None:
        trait = read_path(r, trait_node)
    if self_node is not None:
        self_type = read_type(r, self_node)
    if where is not None:
        generics.where = read_where(r, where)
    assert self_node is not None
    assert self_type is not None
    base = place.base
    negative = False
    trait_text = None
    if trait_node is not None:
        trait_text = normal_text(file.source[base + trait_node.start_byte : base + trait_node.end_byte])
        negative = place.text[: trait_node.start_byte].rstrip()[-1:] == b"!"
    self_text = normal_text(file.source[base + self_node.start_byte : base + self_node.end_byte])
    head = ImplHead(generics, trait, self_type, negative, trait_text, self_text)
    end = node.end_byte - 1 if body is None else body.start_byte
    file.add("impl", "", node, parts, place, attributes, head, r, end, "private")
    file.inside(body, place, "impl" if trait is None else "trait_impl")


def _foreign(file: FileReader, node: Node, place: Place, attributes: Attributes) -> None:
    """`extern "C" { … }`: its members hang at the outer level, under the block's conditions."""
    body = node.child_by_field_id(FIELD_BODY)
    if body is not None:
        cfg = (*place.cfg, *attributes.cfg)
        file.members(body.named_children, place._replace(room="foreign", cfg=cfg, depth=place.depth + 2))


def _module(file: FileReader, node: Node, place: Place, attributes: Attributes) -> None:
    text, start = place.text, node.start_byte
    at = place.base + start
    body = node.child_by_field_id(FIELD_BODY)
    if text[start : start + 5] == b"mod c" and file.source[at : at + 5] != b"mod c" and body is not None:
        # A wrapper that was opened before the parse.
        wrapper = file.source[at : file.source.index(b"!", at)].decode("utf-8", "replace")
        wrapped(file, body.named_children, place, attributes, wrapper, at)
        return
    r = file.reader(place)
    name = ""
    parts = node.named_children
    for part in parts:
        if part.kind_id in NAMES:
            name = r.name(part)
            break
    head = ModuleHead(body is not None, attributes.path, attributes.macro_use)
    end = node.end_byte - 1 if body is None else body.start_byte
    file.add("module", name, node, parts, place, attributes, head, r, end)
    file.inside(body, place, "")


READINGS.update(
    {
        kind_of("trait_item"): _trait,
        kind_of("impl_item"): _impl,
        kind_of("foreign_mod_item"): _foreign,
        kind_of("mod_item"): _module,
    }
)
