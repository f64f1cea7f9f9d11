"""Broken text: which items of it are still whole.

A file that does not parse is cut into pieces at the lines whose first column begins an item (its attributes
and comments with it), and each piece is parsed alone: what is error-free is kept. So nothing nests into a
broken item, and an item's fate depends on its own text. A piece that only makes sense with those behind it
(a string or comment that spans several, a module with unindented members) is tried with them. Of a
container whose piece is broken the head is kept, and its members are cut in the same way at their own
column.

Invariant: what is kept is a function of the bytes alone.
"""

from __future__ import annotations

import re

from tree_sitter import Node

from isg_graph.parse.item import FileReader, Place
from isg_graph.parse.limit import (
    NODE_DEPTH_LEVELS_MAX,
    RECOVERY_JOINS_MAX,
    RECOVERY_PIECES_MAX,
    RECOVERY_VAIN_JOINS_MAX,
)
from isg_graph.parse.mend import readings
from isg_graph.parse.tree import first_error, parse

_STARTS = (
    rb"(?:#!?\[|///|//!|/\*|//|(?:pub|fn|struct|enum|trait|impl|mod|use|const|static|type|extern|unsafe|async|default|"
    rb"auto|safe)\b(?!\s*[=.(,;:])|pub\b|union\s+\w|crate\s+\w|macro_rules!|macro\s+\w|[A-Za-z_]\w*(?:::\w+)*!\s*[({\[\w])"
)
_INDENT = re.compile(rb"^[ \t]*(?=" + _STARTS + rb")", re.MULTILINE)
_CONTAINER = re.compile(
    rb"(?:pub(?:\([^)]*\))?\s+)?(?:default\s+)?(?:unsafe\s+)?(?:auto\s+)?(?:impl\b|mod\s|trait\s|extern\b)"
)
_SPREADING = re.compile(rb"(?:pub(?:\([^)]*\))?\s+)?(?:unsafe\s+)?(?:mod|extern|impl|trait|\w+!)")
_TOKEN = re.compile(
    rb'b?c?r(#*)".*?"\1|[bc]?"(?:\\.|[^"\\])*"|//[^\n]*|/\*.*?\*/|b?\'(?:\\[^u]|\\u\{[^}]*\}|[^\\\'\n])\'|'
    rb'(?P<open>[{(\[])|(?P<close>[})\]])|(?P<stray>/\*|"|\br#*")',
    re.DOTALL,
)
_PREFIX = re.compile(
    rb"(?:\s+|//[^\n]*(?:\n|\Z)|/\*.*?\*/|#!?\[(?:[^\[\]]|\[(?:[^\[\]]|\[[^\[\]]*\])*\])*\])+", re.DOTALL
)


def recover(file: FileReader, text: bytes, place: Place) -> None:
    """Reads what is whole of a text that does not parse. `text` has its gaps mended."""
    _pieces(file, text, 0, len(text), b"", place)


def _cuts(text: bytes, start: int, end: int, indent: bytes) -> list[int]:
    """Where pieces begin: at lines with exactly this indentation that begin an item; what leads up to an item
    (attributes, comments) belongs to it."""
    cuts = [start]
    leading = False
    for found in _INDENT.finditer(text, start, end):
        if found[0] != indent or (found.start() > start and text[found.start() - 1] != 0x0A):
            continue
        place = found.end()
        head = text[place : place + 3]
        is_lead = head[:2] in (b"#[", b"//", b"/*") and head != b"//!"
        if not leading and found.start() > start:
            cuts.append(found.start())
        leading = is_lead
        if len(cuts) > RECOVERY_PIECES_MAX:
            break
    cuts.append(end)
    return cuts


def _root(text: bytes) -> tuple[Node, bytes]:
    """The tree of a piece in the first reading that parses, and the text it is of; else of the text as it
    is."""
    for reading in readings(text):
        root = parse(reading)
        if not root.has_error:
            return root, reading
    return parse(text), text


def _pieces(file: FileReader, text: bytes, start: int, end: int, indent: bytes, place: Place) -> None:
    cuts = _cuts(text, start, end, indent)
    number = 0
    while number < len(cuts) - 1:
        begin = cuts[number]
        taken = 1
        root, piece = _root(text[begin : cuts[number + 1]])
        if root.has_error and file.vain_joins < RECOVERY_VAIN_JOINS_MAX:
            for count in _joins(text, cuts, number):
                joined, wider = _root(text[begin : cuts[number + count]])
                if not joined.has_error:
                    root, piece, taken = joined, wider, count
                    break
                file.vain_joins += 1
        if not root.has_error:
            file.members(root.named_children, place._replace(text=piece, base=place.base + begin))
        else:
            _broken(file, text, begin, cuts[number + 1], indent, place, root)
        number += taken


def _joins(text: bytes, cuts: list[int], number: int) -> list[int]:
    """How many pieces to try together: those after which the first one's open string, comment or (of a
    container or macro) bracket is closed."""
    begin = cuts[number]
    last = min(number + RECOVERY_JOINS_MAX, len(cuts) - 1)
    opens, stray = _balance(text, begin, cuts[number + 1])
    if not stray:
        head = _PREFIX.match(text, begin)
        at = head.end() if head else begin
        line = text[at : text.find(b"\n", at)]
        if opens <= 0 or _SPREADING.match(line) is None:
            return []
    return _closings(text, cuts, number, last)


def _closings(text: bytes, cuts: list[int], number: int, last: int) -> list[int]:
    """The first two numbers of pieces, from two on, after which nothing is left open; in one pass."""
    counts: list[int] = []
    opens = 0
    at = number + 2
    for found in _TOKEN.finditer(text, cuts[number], cuts[last]):
        while at <= last and found.end() > cuts[at]:  # an end within a token leaves it open
            if opens == 0 and found.start() >= cuts[at]:
                counts.append(at - number)
            at += 1
        if len(counts) >= 2 or at > last:
            return counts[:2]
        kind = found.lastgroup
        if kind == "open":
            opens += 1
        elif kind == "close":
            opens -= 1
        elif kind == "stray":
            return counts
    return [*counts, *range(at - number, last - number + 1)][:2] if opens == 0 else counts


def _balance(text: bytes, start: int, end: int) -> tuple[int, bool]:
    """Brackets left open, and whether a string or comment is left open."""
    opens = 0
    for found in _TOKEN.finditer(text, start, end):
        kind = found.lastgroup
        if kind == "open":
            opens += 1
        elif kind == "close":
            opens -= 1
        elif kind == "stray":
            return opens, True
    return opens, False


def _broken(
    file: FileReader, text: bytes, start: int, end: int, indent: bytes, place: Place, root: Node
) -> None:
    """Reports a broken piece; keeps the head and the whole members of a container."""
    count = file.issue_count
    _members_of_broken(file, text, start, end, indent, place)
    if file.issue_count == count:  # else the broken member was named
        position, reason = first_error(root)
        file.issue(place.base + min(start + position, max(start, end - 1)), reason)


def _members_of_broken(
    file: FileReader, text: bytes, start: int, end: int, indent: bytes, place: Place
) -> None:
    lead = _PREFIX.match(text, start, end)
    at = lead.end() if lead is not None else start
    header = _CONTAINER.match(text, at, end)
    if header is None or place.depth > NODE_DEPTH_LEVELS_MAX:
        return
    opening = text.find(b"{", at, end)
    closing = text.rfind(b"\n" + indent + b"}", opening, end)
    if opening < 0 or closing < 0:
        return
    alone = parse(text[start : opening + 1] + b"}")
    if alone.has_error:
        return
    count = len(file.items)
    file.members(
        alone.named_children, place._replace(text=text[start : opening + 1] + b"}", base=place.base + start)
    )
    inner = next(
        (found for found in _INDENT.finditer(text, opening + 1, closing) if text[found.start() - 1] == 0x0A),
        None,
    )
    if inner is None or len(inner[0]) <= len(indent):
        return
    if len(file.items) == count:  # a foreign block: its members hang at the outer level
        member = place._replace(room="foreign", depth=place.depth + 2)
    else:
        item = file.items[count]
        item.end_line = file.line(place.base + closing + 1)
        rooms = {"trait": "trait", "module": ""}
        trait = getattr(item.head, "trait", None)
        room = rooms.get(item.kind, "impl" if trait is None else "trait_impl")
        member = place._replace(parent=count, room=room, wrapper="", cfg=(), depth=place.depth + 2)
    _pieces(file, text, opening + 1, closing + 1, inner[0], member)
