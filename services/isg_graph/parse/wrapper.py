"""Macros among items: those whose tokens are items are read as if the macro were not there (`wrapper`); the
others become `invocation` items, to be expanded by example. Definitions of macros, too.
"""

from __future__ import annotations

import re

from tree_sitter import Node

from isg_graph.parse.attribute import Attributes
from isg_graph.parse.item import NO_ATTRIBUTES, READINGS, FileReader, Place
from isg_graph.parse.limit import MACRO_DEPTH_LEVELS_MAX
from isg_graph.parse.mend import mend_bytes, readings
from isg_graph.parse.signature import normal_text, normal_tokens
from isg_graph.parse.tree import (
    ATTRIBUTE,
    COMMENTS,
    EMPTY_STATEMENT,
    EXPRESSION_STATEMENT,
    INNER_ATTRIBUTE,
    MACRO_INVOCATION,
    TOKEN_TREES,
    kind_of,
    parse,
    plain,
)
from isg_graph.parse.type import read_path
from isg_protocol.facts import InvocationHead, MacroHead

_SEMICOLON = kind_of(";", named=False)
_ITEM_START = re.compile(
    rb"\s*(?:(?://[^\n]*\n|/\*.*?\*/|#\s*!?\s*\[(?:[^\[\]]|\[[^\[\]]*\])*\])\s*)*"
    rb"(?:pub\b|crate\b|fn\s|struct\s|enum\s|union\s|impl\b|mod\s|use\s|const\s|static\s|type\s|trait\s|unsafe\s|"
    rb"async\s|extern\b|macro_rules!|\w+(?:::\w+)*!\s*[({\[])",
    re.DOTALL,
)
_CFG = re.compile(rb"^\[\s*cfg\s*\((.*)\)\s*\]$", re.DOTALL)
_OPTIONAL_SEMICOLON = ("thread_local", "lazy_static")


def wrapped(
    file: FileReader, nodes: list[Node], place: Place, attributes: Attributes, wrapper: str, at: int
) -> None:
    """Reads the items in a wrapper's tokens, under its conditions; `at` is where its call begins."""
    chain = f"{place.wrapper} {wrapper}" if place.wrapper else wrapper
    cfg = (*place.cfg, *attributes.cfg)
    inner = place._replace(wrapper=chain, call=at, cfg=cfg, depth=place.depth + 2, macros=place.macros + 1)
    file.members(nodes, inner)


def _invocation(file: FileReader, node: Node, place: Place, attributes: Attributes) -> None:
    """A macro in an item's place: its tokens read as items, where they are such."""
    parts = plain(node.named_children)
    tree = parts[-1]
    if tree.kind_id not in TOKEN_TREES:
        return
    wrapper = place.text[parts[0].start_byte : parts[0].end_byte].decode().rsplit("::", 1)[-1].strip()
    if place.macros < MACRO_DEPTH_LEVELS_MAX:
        if wrapper == "cfg_if" and _cfg_if(file, tree, place, attributes):
            return
        inner = _as_items(file, tree, place, wrapper)
        if inner is not None:
            root, text = inner
            at = place.base + node.start_byte
            place = place._replace(text=text, base=place.base + tree.start_byte + 1)
            wrapped(file, root.named_children, place, attributes, wrapper, at)
            return
    if file.mended and file.source[place.base + node.start_byte] in b" \t":
        _declared_macro(file, node, parts[0], place, attributes)
        return
    r = file.reader(place)
    path = read_path(r, parts[0])
    base = place.base
    tokens = normal_tokens(file.source[base + tree.start_byte + 1 : base + tree.end_byte - 1])
    head = InvocationHead(path, tokens)
    file.add("invocation", wrapper, node, [], place, attributes, head, r, 0)


def _as_items(file: FileReader, tree: Node, place: Place, wrapper: str) -> tuple[Node, bytes] | None:
    """The tree of a macro's tokens where all of them are items, with its text; else None."""
    start, end = tree.start_byte + 1, tree.end_byte - 1
    text = place.text[start:end]
    if _ITEM_START.match(text) is None:
        return None
    suffix = b"\n;" if wrapper.endswith(_OPTIONAL_SEMICOLON) else b""
    root = parse(text + suffix)
    if root.has_error:  # shortcuts that did no harm among tokens may do some here
        file.mended = True
        for text in readings(mend_bytes(file.source[place.base + start : place.base + end])):
            root = parse(text + suffix)
            if not root.has_error:
                break
        else:
            return None
    seen = False
    for part in root.named_children:
        kind = part.kind_id
        if kind in READINGS:
            seen = True
        elif kind == EXPRESSION_STATEMENT:
            inner = plain(part.named_children)
            if not inner or inner[0].kind_id != MACRO_INVOCATION:
                return None
        elif kind not in COMMENTS and kind not in (ATTRIBUTE, INNER_ATTRIBUTE, EMPTY_STATEMENT):
            return None
    return (root, text + suffix) if seen else None


def _cfg_if(file: FileReader, tree: Node, place: Place, attributes: Attributes) -> bool:
    """`if #[cfg(a)] { … } else if #[cfg(b)] { … } else { … }`: each branch under its condition."""
    at = place.base + tree.start_byte
    denied: list[str] = []
    condition: str | None = None
    for part in tree.children:
        if part.kind_id not in TOKEN_TREES:
            continue
        start, end = place.base + part.start_byte, place.base + part.end_byte
        found = _CFG.match(file.source[start:end])
        if found is not None:
            condition = normal_text(found[1].strip()).rstrip(",")
            continue
        conditions = list(place.cfg) + list(attributes.cfg) + [f"not({denial})" for denial in denied]
        if condition is not None:
            conditions.append(condition)
            denied.append(condition)
            condition = None
        for text in readings(mend_bytes(file.source[start + 1 : end - 1])):
            root = parse(text)
            if not root.has_error:
                break
            file.mended = True
        else:
            file.issue(start, "the branch could not be read as items")
            continue
        inner = place._replace(text=text, base=start + 1, cfg=tuple(conditions))
        wrapped(file, root.named_children, inner, NO_ATTRIBUTES, "cfg_if", at)
    return True


def _definition(file: FileReader, node: Node, place: Place, attributes: Attributes) -> None:
    r = file.reader(place)
    name_node = plain(node.named_children)[0]
    base = place.base
    brackets = [part for part in node.children[2:] if not part.is_named and part.kind_id != _SEMICOLON]
    rules = file.source[base + brackets[0].end_byte : base + brackets[-1].start_byte]
    head = MacroHead(attributes.macro_export, normal_tokens(rules))
    visibility = "pub" if attributes.macro_export else "private"
    file.add("macro", r.name(name_node), node, [], place, attributes, head, r, name_node.end_byte, visibility)


def _declared_macro(
    file: FileReader, node: Node, name_node: Node, place: Place, attributes: Attributes
) -> None:
    """`pub macro a($x:expr) { … }`, mended to an invocation whose name stands one byte early."""
    r = file.reader(place)
    base = place.base
    name_end = base + name_node.end_byte + 1
    tree = plain(node.named_children)[-1]
    rules = file.source[base + tree.start_byte : base + tree.end_byte]
    if rules.startswith(b"("):
        tokens = normal_tokens(rules).replace(") {", ") => {", 1)
    else:
        tokens = normal_tokens(rules[1:-1])
    start = file.before_mending(base + node.start_byte, node.start_byte, place)
    words = file.source[start:name_end].split(b"macro", 1)[0].decode("utf-8", "replace")
    visibility = "".join(words.split()) or "private"
    head = MacroHead(attributes.macro_export, tokens)
    file.add(
        "macro", r.name(name_node), node, [], place, attributes, head, r, name_node.end_byte + 1, visibility
    )


READINGS[MACRO_INVOCATION] = _invocation
READINGS[kind_of("macro_definition")] = _definition
