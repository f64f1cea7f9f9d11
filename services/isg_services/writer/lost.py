"""References that were bound and are open now: what an edit has broken.

Owns the table `lost`: which references have come loose since there is a history of versions, and when one
is bound again, or gone with its text. Invariant: what is told was an edge of an earlier version, not a mere
candidate, from a node that is still there, and at its place there is still that name in the text and no
edge of it. Where the text at the place has not changed this needs no reading: an edge that is gone from it
is a reference that is open. Where the text has changed, the linker is asked where the node still names it.

What is not told: operators whose impl is gone (they mean the trait's function then, which is no open
reference), other implicit calls unless what they called is gone, and what macros of another file make.
Absent: lmdb, and what a name means (isg_graph.link.mention).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from isg_protocol import limit, snapshot
from isg_protocol.graph import LostReference
from isg_protocol.vocabulary import CALLS, CANDIDATE, IMPLICIT, IMPORTS, OVERRIDES, USES
from isg_services.writer.draft import Draft

Mentions = Callable[[bytes, int, str], Iterable[tuple[str, int]]]
"""(file, line) of each place where the node of an id itself names something, as an edge of a kind would."""

FOLLOWED = frozenset({CALLS, USES, IMPORTS, OVERRIDES})
"""`implements` and `extends` come with a use in the header."""


class _Edge(NamedTuple):
    """An edge that binds, of one node; `end` is the key of the far end."""

    kind: int
    end: bytes
    file: str
    line: int
    implicit: bool
    macro: bool


class _Key(NamedTuple):
    """What a node refers to: the same reference may stand at several places."""

    kind: int
    name: str
    was: bytes


def settle_lost(draft: Draft, changed: frozenset[str], mentions: Mentions | None) -> None:
    """Bring the table `lost` to the draft. `changed` are the files whose bytes differ from what is stored,
    those that are gone too. To be called when all else of the graph is in the draft."""
    held = dict(draft.scan("lost"))
    # A node that had no edges, and has lost none, loses nothing now.
    loosening = {key for key, record in draft.out_before.items() if record}
    if not held and not loosening:
        return
    edited = {sid for path in changed if (sid := draft.strings.sid.get(path)) is not None}
    walks = limit.LOST_WALKS_MAX
    table = draft.table["lost"]
    total = draft.meta.lost
    for key in sorted(held.keys() | loosening):
        before = held.get(key, b"")
        stays = bool(draft.table["node"].get(key))
        if stays and key not in draft.out_before and edited.isdisjoint(snapshot.lost_files(before)):
            continue  # neither its edges nor the text at its places are others
        record = b""
        if stays and (before or total < limit.LOST_REFERENCES_MAX):
            node = _Node(draft, key, changed, mentions if walks > 0 else None)
            rows = node.settle(snapshot.unpack_lost(before, draft.text))
            walks -= node.walked
            record = snapshot.pack_lost(rows, draft.sids)
        if record != before:
            table.put(key, record)
            total += (len(record) - len(before)) // snapshot.LOST_BYTES
            draft.touched.add(snapshot.U32.unpack(key)[0])
    draft.meta.lost = total


class _Node:
    """One node whose references are looked over."""

    def __init__(self, draft: Draft, key: bytes, changed: frozenset[str], mentions: Mentions | None) -> None:
        self.draft = draft
        self.key = key
        self.changed = changed
        self.walked = 0
        self._mentions = mentions
        self._id = draft.table["node"].get(key)[:16]
        self._after = list(self._edges(draft.table["out"].get(key), draft.table["node"].get(key)))
        stored = draft.read("node", key)
        old = draft.out_before.get(key)
        self._before = list(self._edges(old, stored)) if old and stored else []
        self._moved = old is not None
        """Whether its edges are others than before."""

    def settle(self, known: list[LostReference]) -> list[LostReference]:
        """What is open now, of what was and of what this commit has loosened."""
        since: dict[_Key, int] = {_Key(*row[:3]): row.since for row in known}
        symbols = {_Key(*row[:3]): row.symbol for row in known}
        places: dict[_Key, set[tuple[str, int]]] = {}
        read_anew: set[_Key] = set()
        for row in known:
            if row.file in self.changed:
                read_anew.add(_Key(*row[:3]))
            elif not self._bound_again(row.kind, row.name, row.file, row.line):
                places.setdefault(_Key(*row[:3]), set()).add((row.file, row.line))
        for edge, key, symbol in self._loosened():
            if edge.file in self.changed:
                if edge.implicit:
                    continue
                read_anew.add(key)
            elif self._is_open(edge, key):
                places.setdefault(key, set()).add((edge.file, edge.line))
            else:
                continue
            symbols.setdefault(key, symbol)
        for key in read_anew:
            bound = self._bound(key.name)
            places.setdefault(key, set()).update(self._named(key.kind, key.name) - bound)
        version = self.draft.meta.version + 1
        rows: dict[tuple[str, str, int], LostReference] = {}
        for key in sorted(places, key=lambda key: (since.get(key, version), key)):
            for file, line in sorted(places[key]):
                row = LostReference(*key, symbols[key], since.get(key, version), file, line)
                rows.setdefault((key.name, file, line), row)
        return sorted(rows.values(), key=lambda row: (row.file, row.line, row.name, row.kind))

    def _loosened(self) -> Iterator[tuple[_Edge, _Key, str]]:
        """The edges of before whose reference has fewer of them now: with what it is, and its symbol."""
        left: dict[tuple[int, bytes], int] = {}
        for edge in self._after:
            left[edge[:2]] = left.get(edge[:2], 0) + 1
        had: dict[tuple[int, bytes], int] = {}
        for edge in self._before:
            had[edge[:2]] = had.get(edge[:2], 0) + 1
        for edge in self._before:
            if edge.kind in FOLLOWED and had[edge[:2]] > left.get(edge[:2], 0) and not edge.macro:
                record = self.draft.read("node", edge.end)
                assert record is not None, "an edge of before had no end"
                node = snapshot.unpack_node(record, self.draft.text)
                yield edge, _Key(edge.kind, node.name, node.id), node.symbol

    def _is_open(self, edge: _Edge, key: _Key) -> bool:
        """Whether an edge that is gone from unchanged text leaves an open reference."""
        if self._bound_again(edge.kind, key.name, edge.file, edge.line):
            return False
        gone = not self.draft.table["node"].get(edge.end)
        if edge.kind == OVERRIDES or not gone:
            return not edge.implicit and (edge.file, edge.line) in self._named(key.kind, key.name)
        return True

    def _bound_again(self, kind: int, name: str, file: str, line: int) -> bool:
        """Whether an edge that was not there before may be the reference of a name at an unchanged place:
        it leads to that name, or to one that the place does not name (as through `use … as`)."""
        if not self._moved:
            return False
        before = {edge[:4] for edge in self._before}
        for edge in self._after:
            if (edge.kind, edge.file, edge.line) == (kind, file, line) and edge[:4] not in before:
                found = self._name(edge.end)
                if found == name or (file, line) not in self._named(kind, found):
                    return True
        return False

    def _bound(self, name: str) -> set[tuple[str, int]]:
        return {(edge.file, edge.line) for edge in self._after if self._name(edge.end) == name}

    def _named(self, kind: int, name: str) -> set[tuple[str, int]]:
        if self._mentions is None:
            return set()
        self.walked += 1
        return set(self._mentions(self._id, kind, name))

    def _name(self, end: bytes) -> str:
        return snapshot.unpack_node(self.draft.table["node"].get(end), self.draft.text).name

    def _edges(self, record: bytes, node: bytes) -> Iterator[_Edge]:
        """The edges of a record that bind; `node` is the record of the node from which they run."""
        text = self.draft.text
        home, base, _ = snapshot.node_place(node)
        for kind, bits, other, file, line in snapshot.unpack_entries(record):
            context, resolution, _, macro = snapshot.BITS[bits]
            if resolution == CANDIDATE:
                continue
            place = (text(file), line) if file else (text(home) if home else "", base + line)
            yield _Edge(kind, snapshot.number_key(other), *place, context == IMPLICIT, macro)
