"""A small change into a draft: only the records that it touches.

Owns the translation of a `Delta` into records where the rest of the graph stays. Invariant: the outcome
equals `rewrite.rewrite` of the whole graph, but for numbers and the order of lists. Cost is that of the
change and of the lists it stands in, never of the graph. Absent: lmdb, files, versions.
"""

from __future__ import annotations

from isg_graph.lookup import lookup_keys, spans_of
from isg_protocol import snapshot
from isg_protocol.graph import Delta, Node
from isg_protocol.snapshot import number_key
from isg_services.writer.draft import BrokenGraph, Draft

_Place = tuple[int, int]


def edit(draft: Draft, delta: Delta) -> None:
    """Apply a delta. Raises BrokenGraph when it does not fit what is stored."""
    _Edit(draft, delta).run()


class _Edit:
    def __init__(self, draft: Draft, delta: Delta) -> None:
        self.draft = draft
        self.delta = delta
        self.files: set[str] = set()
        """Files whose spans have to be made anew."""
        self.moved: dict[int, tuple[_Place, _Place]] = {}
        """Nodes of the delta that stand elsewhere now: (sid of the file, line) before and after."""
        self.nodes: dict[int, Node] = {}

    def run(self) -> None:
        delta = self.delta
        added = {node.id for node in delta.nodes}
        removed = [node_id for node_id in delta.removed if node_id not in added]
        gone = [self._remove(node_id) for node_id in removed]
        for node in delta.nodes:
            self._set_node(node)
        try:
            self._set_edges()
        except KeyError as error:
            raise BrokenGraph(f"an edge leads to {error.args[0].hex()}, which is no node") from None
        self._set_sites()
        self._settle_moved()
        buried = set(gone)
        here: dict[str, list[int]] = {}
        for number, node in self.nodes.items():
            if node.file is not None:
                here.setdefault(node.file, []).append(number)
        for path in self.files:
            self._set_spans(path, here.get(path, []), buried)
        self._bury(gone)

    # --- nodes

    def _remove(self, node_id: bytes) -> int:
        """Everything of a node but its record and what leads to it."""
        draft = self.draft
        try:
            number = draft.numbers[node_id]
        except KeyError:
            raise BrokenGraph(f"{node_id.hex()} is to be removed and is no node") from None
        node = self._stored(number)
        draft.former.append(draft.table["node"].get(number_key(number)))
        self._unindex(number, node)
        self._set_out(number, b"")
        self._set_open(number, b"")
        draft.table["id"].put(node_id, b"")
        if node.file is not None:
            self.files.add(node.file)
        draft.meta.nodes -= 1
        draft.touched.add(number)
        return number

    def _bury(self, gone: list[int]) -> None:
        draft = self.draft
        for number in gone:
            key = number_key(number)
            if draft.table["in"].get(key):
                raise BrokenGraph(
                    f"edges still lead to {self._stored(number).symbol}, which is to be removed"
                )
            draft.table["node"].put(key, b"")
            draft.freed.append(number)

    def _set_node(self, node: Node) -> None:
        draft = self.draft
        table = draft.table["node"]
        try:
            number = draft.numbers[node.id]
        except KeyError:
            number = draft.allot(node.id)
            draft.table["id"].put(node.id, number_key(number))
            draft.meta.nodes += 1
        key = number_key(number)
        self.nodes[number] = node
        old, new = table.get(key), snapshot.pack_node(node, draft.sids)
        if old == new:
            return
        table.put(key, new)
        draft.touched.add(number)
        if old:
            before = self._unpack(old)
            if not snapshot.same_but_place(old, new):
                draft.former.append(old)
            if lookup_keys(before) != lookup_keys(node) or before.symbol != node.symbol:
                self._unindex(number, before)
                self._index(number, node)
                if node.file is not None:  # the symbol orders what begins on one line
                    self.files.add(node.file)
            self._note_place(number, old, new, before.file, node.file)
        else:
            self._index(number, node)
            self._note_place(number, None, new, None, node.file)

    def _note_place(
        self, number: int, old: bytes | None, new: bytes, old_file: str | None, new_file: str | None
    ) -> None:
        after = snapshot.node_place(new)
        before = snapshot.node_place(old) if old is not None else None
        if before == after and old is not None and old[snapshot.NODE_KIND_AT] == new[snapshot.NODE_KIND_AT]:
            return
        self.files.update(file for file in (old_file, new_file) if file is not None)
        if before is not None and before[:2] != after[:2]:
            self.moved[number] = (before[:2], after[:2])

    def _index(self, number: int, node: Node) -> None:
        table, piece = self.draft.table, number_key(number)
        name, *tails = lookup_keys(node)
        table["symbol"].append(snapshot.digest(node.symbol), piece)
        key = snapshot.digest(name)
        if not table["name"].get(key):
            self.draft.meta.names_version = -1
        table["name"].append(key, piece, head=number_key(self.draft.sids[name]))
        for tail in tails:
            table["tail"].append(snapshot.digest(tail), piece)

    def _unindex(self, number: int, node: Node) -> None:
        table, piece = self.draft.table, number_key(number)
        name, *tails = lookup_keys(node)
        table["symbol"].cut(snapshot.digest(node.symbol), piece)
        key = snapshot.digest(name)
        table["name"].cut(key, piece, head=4)
        if not table["name"].get(key):
            self.draft.meta.names_version = -1
        for tail in tails:
            table["tail"].cut(snapshot.digest(tail), piece)

    # --- edges and open sites

    def _set_edges(self) -> None:
        draft = self.draft
        for node_id, edges in self.delta.edges.items():
            number = draft.number_of(node_id)
            file, line = self._home(number)
            self._set_out(number, snapshot.pack_edges(edges, draft.numbers, draft.sids, file, line))

    def _set_sites(self) -> None:
        draft = self.draft
        for node_id, sites in self.delta.opens.items():
            number = draft.number_of(node_id)
            file, line = self._home(number)
            self._set_open(number, snapshot.pack_sites(sites, draft.sids, file, line))

    def _settle_moved(self) -> None:
        """Edges and sites that did not move with their node are written for its new place; whoever holds
        an edge from it shows another line now."""
        draft = self.draft
        for number, (old, new) in self.moved.items():
            key = number_key(number)
            node_id = self.nodes[number].id
            if node_id not in self.delta.edges:
                self._set_out(number, snapshot.rebase_entries(draft.table["out"].get(key), old, new))
            if node_id not in self.delta.opens:
                self._set_open(number, snapshot.rebase_sites(draft.table["open"].get(key), old, new))
            draft.touched.update(row[2] for row in snapshot.unpack_entries(draft.table["out"].get(key)))

    def _set_out(self, number: int, new: bytes) -> None:
        """Replace a node's outgoing edges, and their counterparts at the far ends."""
        draft = self.draft
        out, into = draft.table["out"], draft.table["in"]
        key = number_key(number)
        old = out.get(key)
        if old == new:
            return
        draft.out_before.setdefault(key, old)
        before, after = snapshot.split_entries(old), snapshot.split_entries(new)
        stay = set(before) & set(after)
        for entry in before:
            if entry not in stay:
                end = snapshot.entry_end(entry)
                into.cut(end, snapshot.turn_entry(entry, key))
                draft.touched.add(snapshot.U32.unpack(end)[0])
        for entry in after:
            if entry not in stay:
                end = snapshot.entry_end(entry)
                into.append(end, snapshot.turn_entry(entry, key))
                draft.touched.add(snapshot.U32.unpack(end)[0])
        out.put(key, new)
        draft.meta.edges += len(after) - len(before)
        draft.touched.add(number)

    def _set_open(self, number: int, new: bytes) -> None:
        draft = self.draft
        sites, opened = draft.table["open"], draft.table["opened"]
        key = number_key(number)
        old = sites.get(key)
        if old == new:
            return
        before, after = snapshot.split_sites(old), snapshot.split_sites(new)
        for site in before:
            opened.cut(self._name_key(site), key + site[4:])
        for site in after:
            opened.append(self._name_key(site), key + site[4:])
        sites.put(key, new)
        draft.meta.opens += len(after) - len(before)
        draft.touched.add(number)

    def _name_key(self, site: bytes) -> bytes:
        return snapshot.digest(self.draft.text(snapshot.U32.unpack_from(site)[0]))

    # --- places

    def _home(self, number: int) -> tuple[str | None, int]:
        node = self.nodes.get(number)
        if node is not None:
            return node.file, node.line
        place = snapshot.node_place(self.draft.table["node"].get(number_key(number)))
        return (self.draft.text(place.file) if place.file else None), place.line

    def _set_spans(self, path: str, written: list[int], gone: set[int]) -> None:
        """Make a file's spans anew; `written` are those of the delta's nodes that stand in it now."""
        draft = self.draft
        key = snapshot.path_key(path)
        old = sorted({number for _, _, number in snapshot.unpack_spans(draft.table["span"].get(key))})
        # Number by number: a set less the keys of a dict goes through all of these, for each file anew.
        stay = (number for number in old if number not in gone and number not in self.nodes)
        here = [(number, self._current(number)) for number in stay]
        here += [(number, self.nodes[number]) for number in written]
        rows = spans_of(here).get(path, [])
        draft.table["span"].put(key, snapshot.pack_spans(rows))
        draft.counts[path] = len(rows)

    def _current(self, number: int) -> Node:
        return self._unpack(self.draft.table["node"].get(number_key(number)))

    def _stored(self, number: int) -> Node:
        record = self.draft.table["node"].get(number_key(number))
        if not record:
            raise BrokenGraph(f"there is no node number {number}")
        return self._unpack(record)

    def _unpack(self, record: bytes) -> Node:
        return snapshot.unpack_node(record, self.draft.text)
