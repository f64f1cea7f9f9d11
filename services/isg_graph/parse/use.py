"""Use trees and extern crates: which names a module takes from elsewhere. They are items, but no nodes."""

from __future__ import annotations

from tree_sitter import Node

from isg_graph.parse.attribute import Attributes
from isg_graph.parse.item import READINGS, FileReader, Place
from isg_graph.parse.reader import Reader
from isg_graph.parse.tree import COMMENTS, NAMES, SCOPED, SELF, VISIBILITY, kind_of, plain
from isg_protocol.facts import ExternCrateHead, UseHead, UseLeaf

_CRATE = kind_of("crate")
_USE_LIST = kind_of("use_list")
_SCOPED_USE_LIST = kind_of("scoped_use_list")
_USE_AS = kind_of("use_as_clause")
_USE_WILDCARD = kind_of("use_wildcard")


def _use(file: FileReader, node: Node, place: Place, attributes: Attributes) -> None:
    r = file.reader(place)
    leaves: list[UseLeaf] = []
    parts = node.named_children
    for part in parts:
        if part.kind_id in SCOPED:
            path, from_root = _names(r, part)
            leaves.append(UseLeaf(r.site(part.start_byte), path, path[-1], from_root))
        elif part.kind_id != VISIBILITY and part.kind_id not in COMMENTS:
            _read(r, part, [], False, leaves)
    file.add("use", "", node, parts, place, attributes, UseHead(leaves), r, 0)


def _read(r: Reader, node: Node, prefix: list[str], global_: bool, leaves: list[UseLeaf]) -> None:
    """The leaves of a use tree, in source order."""
    r.deeper()
    kind = node.kind_id
    if kind in NAMES or kind in SCOPED:
        path, from_root = _names(r, node)
        if kind == SELF and prefix:  # `a::{self}`
            path = []
        path = prefix + path
        leaves.append(UseLeaf(r.site(node.start_byte), path, path[-1], global_ or from_root))
    elif kind == _USE_AS:
        target, alias = plain(node.named_children)[:2]
        path, from_root = _names(r, target)
        if target.kind_id == SELF and prefix:
            path = []
        leaves.append(UseLeaf(r.site(node.start_byte), prefix + path, r.name(alias), global_ or from_root))
    elif kind == _USE_LIST:
        for part in node.named_children:
            if part.kind_id not in COMMENTS:
                _read(r, part, prefix, global_, leaves)
    elif kind == _SCOPED_USE_LIST:
        parts = plain(node.named_children)
        if len(parts) == 1:  # `::{…}`
            _read(r, parts[0], prefix, True, leaves)
        else:
            path, from_root = _names(r, parts[0])
            _read(r, parts[-1], prefix + path, global_ or from_root, leaves)
    elif kind == _USE_WILDCARD:
        parts = plain(node.named_children)
        path, from_root = _names(r, parts[0]) if parts else ([], r.text[node.start_byte] == 0x3A)
        leaves.append(UseLeaf(r.site(node.start_byte), prefix + path, "*", global_ or from_root))
    r.depth -= 1


def _names(r: Reader, node: Node) -> tuple[list[str], bool]:
    """The names of a plain path, and whether it begins with `::`."""
    words = r.text[node.start_byte : node.end_byte].decode()
    if words.replace("::", "").isidentifier():  # plain names, without space or `r#` among them
        names = words.split("::")
        return (names, False) if names[0] else (names[1:], True)
    names = []
    while node.kind_id in SCOPED:
        parts = plain(node.named_children)
        names.append(r.name(parts[-1]))
        if len(parts) == 1:
            names.reverse()
            return names, True
        node = parts[0]
    names.append(r.name(node))
    names.reverse()
    return names, False


def _extern_crate(file: FileReader, node: Node, place: Place, attributes: Attributes) -> None:
    r = file.reader(place)
    parts = node.named_children
    names = [r.name(part) for part in plain(parts) if part.kind_id not in (VISIBILITY, _CRATE)]
    if not names:  # `extern crate self as a`, where the grammar knows it
        names = ["self"]
    head = ExternCrateHead(names[0], attributes.macro_use)
    file.add("extern_crate", names[-1], node, parts, place, attributes, head, r, 0)


READINGS[kind_of("use_declaration")] = _use
READINGS[kind_of("extern_crate_declaration")] = _extern_crate
