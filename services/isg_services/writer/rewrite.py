"""The whole graph into a draft: every record as it has to be, and of these only what differs.

Owns the first commit of a graph, its replacement, and the comparison at a restart. Invariant: afterwards
the environment holds this graph and nothing else; nodes that were there keep their numbers, so that an
equal graph writes nothing. Absent: lmdb, files, versions; small changes (isg_services.writer.edit).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from isg_graph.lookup import lookup_keys, spans_of
from isg_protocol import snapshot
from isg_protocol.graph import Change, Edge, Node, OpenSite
from isg_protocol.snapshot import number_key
from isg_services.writer.draft import BrokenGraph, Draft

_UNORDERED = (("symbol", 4, 0), ("name", 4, 4), ("tail", 4, 0), ("in", 14, 0), ("opened", 12, 0))
"""Tables whose values are lists in no order: (name, bytes of an element, bytes of the head)."""
_GRAPH_TABLES = ("node", "id", "symbol", "name", "tail", "out", "in", "open", "opened", "span")
_Table = dict[bytes, bytes]


def rewrite(
    draft: Draft,
    nodes: Sequence[Node],
    edges: dict[bytes, list[Edge]],
    opens: dict[bytes, list[OpenSite]],
) -> list[Change]:
    """Make the draft hold this graph. Returns the changes against what is stored, in the order of
    change lists. Raises BrokenGraph for an edge without its ends."""
    old = {name: dict(draft.scan(name)) for name in _GRAPH_TABLES}
    keys = _number(draft, nodes, old["id"])
    new: dict[str, _Table] = {"id": dict(zip((node.id for node in nodes), keys, strict=True))}
    new["node"] = {key: snapshot.pack_node(node, draft.sids) for key, node in zip(keys, nodes, strict=True)}
    new |= _indexes(draft, nodes, keys)
    new["out"], new["in"] = _adjacency(draft, nodes, keys, edges)
    new["open"], new["opened"] = _sites(draft, nodes, keys, opens)
    numbered = [(snapshot.U32.unpack(key)[0], node) for key, node in zip(keys, nodes, strict=True)]
    spans = spans_of(numbered)
    new["span"] = {snapshot.path_key(path): snapshot.pack_spans(rows) for path, rows in spans.items()}
    draft.counts = {path: len(rows) for path, rows in spans.items()}
    for name, width, head in _UNORDERED:
        _keep_equal(old[name], new[name], width, head)
    if old["name"].keys() != new["name"].keys():
        draft.meta.names_version = -1
    changes = _compare(draft, nodes, keys, old, new)
    for name in _GRAPH_TABLES:
        _difference(draft, name, old[name], new[name])
    draft.meta.nodes = len(nodes)
    draft.meta.edges = sum(map(len, new["out"].values())) // snapshot.ENTRY_BYTES
    draft.meta.opens = sum(map(len, new["open"].values())) // snapshot.SITE_BYTES
    return changes


def _number(draft: Draft, nodes: Sequence[Node], old: _Table) -> list[bytes]:
    """The key of each node: its own from before, else a free one."""
    kept = {node.id for node in nodes}
    if len(kept) != len(nodes):
        raise BrokenGraph("two nodes have one id")
    draft.freed = [snapshot.U32.unpack(key)[0] for node_id, key in old.items() if node_id not in kept]
    keys: list[bytes] = []
    for node in nodes:
        key = old.get(node.id)
        if key is None:
            key = number_key(draft.allot(node.id))
        else:
            draft.numbers[node.id] = snapshot.U32.unpack(key)[0]
        keys.append(key)
    return keys


def _indexes(draft: Draft, nodes: Sequence[Node], keys: list[bytes]) -> dict[str, _Table]:
    symbols: dict[str, list[bytes]] = {}
    names: dict[str, list[bytes]] = {}
    tails: dict[str, list[bytes]] = {}
    for node, key in zip(nodes, keys, strict=True):
        symbols.setdefault(node.symbol, []).append(key)
        name, *found = lookup_keys(node)
        names.setdefault(name, []).append(key)
        for tail in found:
            tails.setdefault(tail, []).append(key)
    digest, sids = snapshot.digest, draft.sids
    return {
        "symbol": {digest(symbol): b"".join(found) for symbol, found in symbols.items()},
        "name": {digest(name): number_key(sids[name]) + b"".join(found) for name, found in names.items()},
        "tail": {digest(tail): b"".join(found) for tail, found in tails.items()},
    }


def _adjacency(
    draft: Draft, nodes: Sequence[Node], keys: list[bytes], edges: dict[bytes, list[Edge]]
) -> tuple[_Table, _Table]:
    out: _Table = {}
    into: dict[bytes, list[bytes]] = {}
    numbers, sids = dict(draft.numbers), draft.sids
    pack, parts = snapshot.pack_edges, snapshot.entry_parts
    met = 0
    for node, key in zip(nodes, keys, strict=True):
        held = edges.get(node.id)
        if held is None:
            continue
        met += 1
        if not held:
            continue
        try:
            record = pack(held, numbers, sids, node.file, node.line)
        except KeyError as error:
            raise BrokenGraph(
                f"{node.symbol} has an edge to {error.args[0].hex()}, which is no node"
            ) from None
        out[key] = record
        # Once an edge of the whole graph: the parts are joined at the end.
        for head, end, tail in parts(record):
            if end in into:
                into[end] += (head, key, tail)
            else:
                into[end] = [head, key, tail]
    if met != len(edges):
        raise BrokenGraph("edges run from what is no node")
    return out, {key: b"".join(pieces) for key, pieces in into.items()}


def _sites(
    draft: Draft, nodes: Sequence[Node], keys: list[bytes], opens: dict[bytes, list[OpenSite]]
) -> tuple[_Table, _Table]:
    held: _Table = {}
    opened: dict[str, list[bytes]] = {}
    for node, key in zip(nodes, keys, strict=True):
        sites = opens.get(node.id)
        if not sites:
            continue
        record = held[key] = snapshot.pack_sites(sites, draft.sids, node.file, node.line)
        for site, packed in zip(sites, snapshot.split_sites(record), strict=True):
            opened.setdefault(site.name, []).append(key + packed[4:])
    return held, {snapshot.digest(name): b"".join(found) for name, found in opened.items()}


def _keep_equal(old: _Table, new: _Table, width: int, head: int) -> None:
    """A list that holds the same in another order stays as it is stored."""
    for key, before in old.items():
        after = new.get(key)
        if after is None or after == before or len(after) != len(before) or after[:head] != before[:head]:
            continue
        was, now = (
            sorted(record[at : at + width] for at in range(head, len(record), width))
            for record in (before, after)
        )
        if was == now:
            new[key] = before


def _difference(draft: Draft, name: str, old: _Table, new: _Table) -> None:
    pending = draft.table[name].pending
    if not old:
        pending.update(new)
        return
    for key, value in new.items():
        if old.get(key) != value:
            pending[key] = value
    for key in old.keys() - new.keys():
        pending[key] = None


def _compare(
    draft: Draft, nodes: Sequence[Node], keys: list[bytes], old: dict[str, _Table], new: dict[str, _Table]
) -> list[Change]:
    """What differs from what is stored; the touched numbers of it, too."""
    changes: list[Change] = []
    if not old["node"]:
        changes = [Change("added", node.id, node.symbol, node.file) for node in nodes]
        draft.touched.update(draft.numbers.values())
        return _ordered(changes)
    for number in draft.freed:
        record = old["node"][number_key(number)]
        draft.former.append(record)
        node = snapshot.unpack_node(record, draft.text)
        changes.append(Change("removed", node.id, node.symbol, node.file))
        draft.touched.add(number)
    for node, key in zip(nodes, keys, strict=True):
        change = _change(key, old, new)
        if change == "signature":
            draft.former.append(old["node"][key])
        out_before = old["out"].get(key, b"")
        if change != "added" and out_before != new["out"].get(key, b""):
            draft.out_before[key] = out_before
        if change is not None:
            changes.append(Change(change, node.id, node.symbol, node.file))
        if change is not None or old["in"].get(key) != new["in"].get(key):
            draft.touched.add(snapshot.U32.unpack(key)[0])
        if change is not None:
            draft.touched.update(row[2] for row in snapshot.unpack_entries(new["out"].get(key, b"")))
    return _ordered(changes)


def _change(key: bytes, old: dict[str, _Table], new: dict[str, _Table]) -> str | None:
    before, after = old["node"].get(key), new["node"][key]
    if before is None:
        return "added"
    if not snapshot.same_but_place(before, after):
        return "signature"
    if old["out"].get(key) != new["out"].get(key) or old["open"].get(key) != new["open"].get(key):
        return "body"
    return "lines" if before != after else None


def _ordered(changes: Iterable[Change]) -> list[Change]:
    return sorted(changes, key=lambda change: (change.symbol, change.file or "", change.id))
