"""Items read before, by their text: an edit of one item of a file costs that item, not the file.

What an item's facts are hangs on its own bytes, on where it stands (a trait's function inherits its
visibility) and on nothing else of the file; places are relative to the item. So an item whose text was read
in the same room before is taken as it was read, moved to its new lines. Invariant: with a memo `extract`
gives what it gives without. Absent: broken and mended text, and what stands in macros' tokens; they are read.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import NamedTuple

from msgspec.structs import replace

from isg_protocol.facts import ItemFacts

ITEM_BYTES_MIN = 64
"""A smaller item is read as fast as it is found."""
ITEMS_KEPT_MAX = 100_000
"""Beyond, all are forgotten: the next reading of each file makes them anew."""


class Known(NamedTuple):
    """Items that one text made. `row` is where the text began, `first` the index of its item, `parent` that
    of the item around it; `unread` is what it spent of the file's bound for macros."""

    items: tuple[ItemFacts, ...]
    row: int
    first: int
    parent: int
    unread: int


class ItemMemo:
    """What one process has read. For use by one reader at a time."""

    def __init__(self) -> None:
        self._known: dict[bytes, Known] = {}

    @staticmethod
    def key(source: bytes, text: bytes, room: tuple[object, ...]) -> bytes:
        """Stands for an item's bytes, those of the text that its tree is of, and its room."""
        digest = blake2b(source, digest_size=16, person=b"item")
        if text != source:
            digest.update(b"\0")
            digest.update(text)
        digest.update(repr(room).encode())
        return digest.digest()

    def get(self, key: bytes) -> Known | None:
        return self._known.get(key)

    def put(self, key: bytes, known: Known) -> None:
        if len(self._known) >= ITEMS_KEPT_MAX:
            self._known.clear()
        self._known[key] = known


def moved(known: Known, row: int, first: int, parent: int) -> list[ItemFacts]:
    """The items at another place of another file."""
    rows, items = row - known.row, first - known.first
    return [
        replace(
            item,
            line=item.line + rows,
            end_line=item.end_line + rows,
            parent=parent if item.parent == known.parent else item.parent + items,
        )
        for item in known.items
    ]
