"""Items: everything of a file that becomes a node, wherever it hides.

A `FileReader` walks the lists of declarations, gathers the attributes before each item and appends one
`ItemFacts` an item, a parent before its children. How each kind of item is read stands in the rooms
(`function.py`, `datatype.py`, `container.py`, `wrapper.py`, `use.py`), which fill `READINGS` when they are
loaded. Only error-free nodes come here: what to do with broken text is `recover.py`'s.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate
from typing import NamedTuple

from msgspec.msgpack import Encoder
from tree_sitter import Node

from isg_graph.parse.attribute import Attributes, join_conditions
from isg_graph.parse.limit import (
    ISSUES_PER_FILE_MAX,
    ITEMS_PER_FILE_MAX,
    MACRO_UNREAD_BYTES_MAX,
    NODE_DEPTH_LEVELS_MAX,
)
from isg_graph.parse.memo import ITEM_BYTES_MIN, ItemMemo, Known, moved
from isg_graph.parse.reader import Reader, TooDeep
from isg_graph.parse.signature import normal_text
from isg_graph.parse.tree import (
    ATTRIBUTE,
    COMMENTS,
    EMPTY_STATEMENT,
    EXPRESSION_STATEMENT,
    INNER_ATTRIBUTE,
    MACRO_INVOCATION,
    VISIBILITY,
    plain,
)
from isg_protocol.body import Body, Expr, Pattern
from isg_protocol.facts import Derive, Head, Issue, ItemFacts

_ENCODER = Encoder()
NO_ATTRIBUTES = Attributes()
_NO_SIGNATURE = frozenset({"use", "extern_crate", "invocation"})
_VISIBILITIES = {
    b"pub": "pub",
    b"pub(crate)": "pub(crate)",
    b"pub(super)": "pub(super)",
    b"crate": "pub(crate)",
}


class Place(NamedTuple):
    """Where items are being read.

    text, base  the text of the tree, and what to add to its positions
    parent      index of the containing item, -1 at the root
    room        "" (a module), "trait", "impl" (inherent), "trait_impl"; "foreign" for an extern block
    wrapper     the item-position macros around, the outermost first, joined by a space
    cfg         the conditions that hang on them
    depth       nesting so far, in nodes; `macros` in macros
    call        where the innermost macro of `wrapper` begins in the source, -1 without
    """

    text: bytes
    base: int
    parent: int = -1
    room: str = ""
    wrapper: str = ""
    cfg: tuple[str, ...] = ()
    depth: int = 0
    macros: int = 0
    call: int = -1


class FileReader:
    """Reads one file's items. `items` and `issues` grow as it goes; `attributes` are the file's inner
    ones; `mended` tells that some text differs from the source beyond the usual shortcuts; `unread` counts
    the bytes of macros that were parsed in vain, `vain_joins` the attempts to read broken pieces together;
    `memo` has items read before."""

    __slots__ = (
        "_line_starts", "attributes", "issue_count", "issues", "items", "memo", "mended", "source", "unread",
        "vain_joins",
    )  # fmt: skip

    def __init__(self, source: bytes, mended: bool = False, memo: ItemMemo | None = None) -> None:
        self.source = source
        self.mended = mended
        self.memo = memo
        self.items: list[ItemFacts] = []
        self.issues: list[Issue] = []
        self.issue_count = 0
        self.unread = 0
        self.vain_joins = 0
        self.attributes = Attributes()
        # Byte at which each line but the first begins: a position's row is the number of entries up to it.
        if b"\r" in source:
            self._line_starts = [found.end() for found in re.finditer(b"\n", source)]
        else:
            self._line_starts = list(accumulate(map(len, source.splitlines(True))))

    def line(self, position: int) -> int:
        """The 1-based line of a byte of the source."""
        return bisect_right(self._line_starts, position) + 1

    def issue(self, position: int, reason: str) -> None:
        """Reports a place that could not be read."""
        self.issue_count += 1
        if len(self.issues) < ISSUES_PER_FILE_MAX:
            self.issues.append(Issue(self.line(position), reason))

    # --- lists of declarations -----------------------------------------------------------------------------

    def members(self, nodes: list[Node], place: Place) -> None:
        """Reads the items among the children of a file, a module, an impl or a macro's tokens."""
        attributes: list[Node] = []
        for node in nodes:
            kind = node.kind_id
            reading = READINGS.get(kind)
            if reading is not None:
                self._item(reading, node, place, attributes)
            elif kind in COMMENTS or kind == EMPTY_STATEMENT:
                continue
            elif kind == ATTRIBUTE:
                attributes.append(node)
                continue
            elif kind == INNER_ATTRIBUTE:
                if place.parent < 0 and not place.wrapper:
                    self._attribute(self.attributes, node, place)
                elif place.wrapper:
                    place = self._inner_condition(node, place)
                continue
            elif kind == EXPRESSION_STATEMENT:
                inner = plain(node.named_children)
                if inner and inner[0].kind_id == MACRO_INVOCATION:
                    self._item(READINGS[MACRO_INVOCATION], inner[0], place, attributes)
                else:
                    self.issue(place.base + node.start_byte, "this is not an item")
            elif node.is_named:
                self.issue(place.base + node.start_byte, "this is not an item")
            if attributes:
                attributes = []

    def nested(self, r: Reader, node: Node, attributes: list[Node]) -> None:
        """An item in a body."""
        place = Place(r.text, r.base, r.owner, "", r.wrapper, (), r.depth, r.macro_depth)
        self._item(READINGS[node.kind_id], node, place, attributes)

    def inside(self, body: Node | None, place: Place, room: str) -> None:
        """The members of the item just added."""
        if body is not None:
            parent = len(self.items) - 1
            inner = Place(place.text, place.base, parent, room, "", (), place.depth + 2, place.macros)
            self.members(body.named_children, inner)

    def _item(self, reading: Reading, node: Node, place: Place, attributes: list[Node]) -> None:
        count = len(self.items)
        if count >= ITEMS_PER_FILE_MAX:
            if count == ITEMS_PER_FILE_MAX and not self.issues:
                reason = f"more than {ITEMS_PER_FILE_MAX} items in one file"
                self.issue(place.base + node.start_byte, reason)
            return
        if place.depth > NODE_DEPTH_LEVELS_MAX:
            self.issue(place.base + node.start_byte, "nested too deeply")
            return
        key = self._key(node, place, attributes)
        if key is not None and self._recall(key, node, place):
            return
        found = NO_ATTRIBUTES
        if attributes:
            found = Attributes()
            for attribute in attributes:
                self._attribute(found, attribute, place)
        issues, unread = self.issue_count, self.unread
        try:
            reading(self, node, place, found)
        except TooDeep:
            del self.items[count:]
            self.issue(place.base + node.start_byte, "nested too deeply")
        if key is not None and self.issue_count == issues and self.unread <= MACRO_UNREAD_BYTES_MAX:
            assert self.memo is not None
            made = tuple(self.items[count:])
            spent = self.unread - unread
            self.memo.put(key, Known(made, self._row(node), count, place.parent, spent))

    def _key(self, node: Node, place: Place, attributes: list[Node]) -> bytes | None:
        """What an item's facts hang on; None where they are not to be remembered."""
        if self.memo is None or self.mended or place.wrapper or place.base or place.macros:
            return None
        start = attributes[0].start_byte if attributes else node.start_byte
        end = node.end_byte
        if end - start < ITEM_BYTES_MIN:
            return None
        above = node.start_byte - start
        room = (node.kind_id, place.room, place.cfg, place.depth, above, place.parent < 0)
        return self.memo.key(self.source[start:end], place.text[start:end], room)

    def _recall(self, key: bytes, node: Node, place: Place) -> bool:
        """Take an item as it was read before, if it was."""
        assert self.memo is not None
        known = self.memo.get(key)
        if known is None or self.unread + known.unread > MACRO_UNREAD_BYTES_MAX:
            return False
        if len(self.items) + len(known.items) > ITEMS_PER_FILE_MAX:
            return False
        self.unread += known.unread
        self.items += moved(known, self._row(node), len(self.items), place.parent)
        return True

    def _row(self, node: Node) -> int:
        return bisect_right(self._line_starts, node.start_byte)

    def _attribute(self, attributes: Attributes, node: Node, place: Place) -> None:
        start, end = place.base + node.start_byte, place.base + node.end_byte
        text = self.source[start:end]
        attributes.add(text[text.index(b"[") + 1 : -1], start)

    def _inner_condition(self, node: Node, place: Place) -> Place:
        found = Attributes()
        self._attribute(found, node, place)
        return place._replace(cfg=(*place.cfg, *found.cfg)) if found.cfg else place

    # --- one item ------------------------------------------------------------------------------------------

    def reader(self, place: Place) -> Reader:
        """For the head of the item about to be added."""
        r = Reader(self, place.text, place.base, len(self.items))
        r.depth = place.depth
        return r

    def add(
        self,
        kind: str,
        name: str,
        node: Node,
        parts: list[Node],
        place: Place,
        attributes: Attributes,
        head: Head,
        r: Reader,
        signature_end: int,
        visibility: str | None = None,
    ) -> ItemFacts:
        """Appends an item. `parts` are the node's named children, of which the first may be its visibility;
        the signature is the source from the node's start to `signature_end` (of the text)."""
        base = place.base
        start = base + node.start_byte
        if self.mended:
            start = self.before_mending(start, node.start_byte, place)
        if visibility is None:
            visibility = self._visibility(parts, place)
        row = bisect_right(self._line_starts, start)
        end_row = bisect_right(self._line_starts, base + node.end_byte - 1, row)
        line = row + 1
        conditions = [*place.cfg, *attributes.cfg] if place.cfg else attributes.cfg
        item = ItemFacts(
            kind,
            name,
            place.parent,
            line,
            end_row + 1,
            visibility,
            "" if kind in _NO_SIGNATURE else normal_text(self.source[start : base + signature_end]),
            join_conditions(conditions),
            attributes.test or "test" in place.cfg,
            sorted(attributes.names) if attributes.names else [],
            [Derive(path, self.line(position) - line, cfg) for path, position, cfg in attributes.derives]
            if attributes.derives
            else [],
            place.wrapper,
            head,
            self._rows(r.sites, row, end_row),
            None,
            [],
            self.line(place.call) - line if place.call >= 0 else 0,
        )
        self.items.append(item)
        return item

    def _rows(self, sites: list[int], row: int, end_row: int) -> list[int]:
        """The sites' lines, relative to that of an item that stands in these rows."""
        if row == end_row:
            return [0] * len(sites)
        starts = self._line_starts
        return [bisect_right(starts, site, row, end_row) - row for site in sites]

    def close(self, item: ItemFacts, r: Reader, params: list[Pattern], value: Expr) -> None:
        """Puts a body that was read into its item."""
        item.body = _ENCODER.encode(Body(params, value, r.slots))
        item.body_lines = self._rows(r.sites, item.line - 1, item.end_line - 1)

    def before_mending(self, start: int, position: int, place: Place) -> int:
        """Where an item begins whose first words were blanked (`safe fn`, `auto trait`, `macro a`)."""
        text = place.text
        while position > 0 and text[position - 1] == 0x20:
            position -= 1
        blanked = self.source[place.base + position : start]
        words = blanked.lstrip()
        return start - len(words) if words and b"\n" not in words else start

    def _visibility(self, parts: list[Node], place: Place) -> str:
        if parts and parts[0].kind_id == VISIBILITY:
            first = parts[0]
            base = place.base
            text = self.source[base + first.start_byte : base + first.end_byte]
            known = _VISIBILITIES.get(text)
            if known is not None:
                return known
            text = b"".join(text.split()).replace(b"(in", b"(in ", 1)
            if text in (b"pub(self)", b"pub(in self)"):
                return "private"
            return _VISIBILITIES.get(text.replace(b"(in ", b"(", 1), text.decode("utf-8", "replace"))
        return "inherited" if place.room in ("trait", "trait_impl") else "private"


Reading = Callable[[FileReader, Node, Place, Attributes], None]
READINGS: dict[int, Reading] = {}
"""How each kind of item is read."""
