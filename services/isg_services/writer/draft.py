"""One commit in the making: what is read through, what will be put and deleted.

Owns the overlay over each sub-database and the giving out of numbers and sids. Invariant: nothing outside
a draft changes until its commit has succeeded, so that a failed one is tried again from the same state; a
number freed by a draft is given out by later drafts only (an edge would otherwise be taken for one to the
node that had the number before). Absent: lmdb (the store hands in two reading functions), and every
decision about what a change means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from heapq import heapify, heappop

from isg_protocol import snapshot

Read = Callable[[str, bytes], bytes | None]
Scan = Callable[[str], Iterator[tuple[bytes, bytes]]]


class BrokenGraph(Exception):
    """What is to be written contradicts itself or what is stored: an edge without its end, an entry that
    is not where its partner says. Nothing of the commit is kept."""


class Overlay:
    """One sub-database under change: `pending` maps keys to their new values, None for a deletion."""

    def __init__(self, name: str, read: Read) -> None:
        self.name = name
        self.pending: dict[bytes, bytes | None] = {}
        self._read = read

    def get(self, key: bytes) -> bytes:
        """The value as it will be; empty where there is none."""
        if key in self.pending:
            return self.pending[key] or b""
        return self._read(self.name, key) or b""

    def put(self, key: bytes, value: bytes) -> None:
        """An empty value is a deletion: a list without elements is no record."""
        self.pending[key] = value or None

    def append(self, key: bytes, piece: bytes, head: bytes = b"") -> None:
        """Add a piece to a list; a new list begins with `head`."""
        self.pending[key] = (self.get(key) or head) + piece

    def cut(self, key: bytes, piece: bytes, head: int = 0) -> None:
        """Take one piece out of a list; a list of nothing but its head of so many bytes goes too."""
        record = self.get(key)
        at = record.find(piece, head)
        while at >= 0 and (at - head) % len(piece):
            at = record.find(piece, at + 1)
        if at < 0:
            raise BrokenGraph(f"{self.name}[{key.hex()}] does not hold {piece.hex()}")
        rest = record[:at] + record[at + len(piece) :]
        self.pending[key] = rest if len(rest) > head else None


class Strings:
    """Every stored text, both ways. Held by the store over all its commits."""

    def __init__(self) -> None:
        self.sid: dict[str, int] = {}
        self.text: dict[int, str] = {}

    def add(self, text: str, sid: int) -> None:
        self.sid[text] = sid
        self.text[sid] = text

    def drop(self, sid: int) -> None:
        del self.sid[self.text.pop(sid)]


class Sids(dict[str, int]):
    """Every text of the draft with its sid; a text never seen gets the next one."""

    def __init__(self, known: dict[str, int], next_sid: int) -> None:
        super().__init__()
        self._known = known
        self.next_sid = next_sid
        self.fresh: dict[int, str] = {}

    def __missing__(self, text: str) -> int:
        sid = self._known.get(text)
        if sid is None:
            sid = self.next_sid
            self.fresh[sid] = text
            self.next_sid += 1
            if sid > snapshot.U32_MAX:
                raise BrokenGraph("the environment has given out all its string numbers: ingest anew")
        self[text] = sid
        return sid


class Numbers(dict[bytes, int]):
    """The number of each id that the draft has met; KeyError for an id that has none."""

    def __init__(self, read: Read) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, node_id: bytes) -> int:
        record = self._read("id", node_id)
        if record is None:
            raise KeyError(node_id)
        number: int = snapshot.U32.unpack(record)[0]
        self[node_id] = number
        return number


class Draft:
    """The work of one commit. `meta` is a copy that the draft may change; `free` the numbers to give out
    before new ones."""

    def __init__(
        self, read: Read, scan: Scan, meta: snapshot.Meta, strings: Strings, free: Iterable[int]
    ) -> None:
        self.read = read
        self.scan = scan
        self.meta = meta
        self.strings = strings
        self.sids = Sids(strings.sid, meta.next_string)
        self.numbers = Numbers(read)
        self.table = {name: Overlay(name, read) for name in snapshot.TABLE_NAMES}
        self.free = list(free)
        heapify(self.free)
        self.freed: list[int] = []
        self.touched: set[int] = set()
        self.former: list[bytes] = []
        """Records of nodes that are gone or say something else, as they were."""
        self.out_before: dict[bytes, bytes] = {}
        """Outgoing edges as they were, of the nodes that have others now."""
        self.counts: dict[str, int] = {}
        """Nodes of each file whose spans were written anew."""

    def number_of(self, node_id: bytes) -> int:
        """The number of a node that holds something, and so must be there."""
        try:
            return self.numbers[node_id]
        except KeyError:
            raise BrokenGraph(f"{node_id.hex()} holds edges or sites and is no node") from None

    def allot(self, node_id: bytes) -> int:
        """A number for a new node."""
        if self.free:
            number = heappop(self.free)
        else:
            number = self.meta.next_number
            self.meta.next_number += 1
        self.numbers[node_id] = number
        return number

    def text(self, sid: int) -> str:
        """The text of a sid, of this draft's own too. Raises BrokenGraph for one that was not given out."""
        text = self.strings.text.get(sid)
        if text is None:
            text = self.sids.fresh.get(sid)
            if text is None:
                raise BrokenGraph(f"there is no string number {sid}")
        return text

    def free_after(self) -> list[int]:
        """What is free once the draft is committed."""
        return sorted([*self.free, *self.freed])
