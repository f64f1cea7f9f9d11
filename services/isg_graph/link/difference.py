"""What changed between two graphs: the delta that the store writes, and the change list that people read."""

from __future__ import annotations

from isg_protocol.graph import Change, Delta, Edge, Node, OpenSite

Parts = tuple[dict[bytes, Node], dict[bytes, list[Edge]], dict[bytes, list[OpenSite]]]
_PLACE = ("line", "end_line")


def difference(before: Parts, after: Parts) -> Delta:
    """Everything that `after` has otherwise than `before`."""
    old_nodes, old_edges, old_opens = before
    nodes, edges, opens = after
    removed = [i for i in old_nodes if i not in nodes]
    changed_nodes = [node for i, node in nodes.items() if old_nodes.get(i) != node]
    none: list[Edge] = []
    changed_edges = {i: e for i, e in edges.items() if old_edges.get(i) != e}
    for i in old_edges:
        if i not in edges and i in nodes:
            changed_edges[i] = none
    changed_opens = {i: o for i, o in opens.items() if old_opens.get(i) != o}
    for i in old_opens:
        if i not in opens and i in nodes:
            changed_opens[i] = []
    changes: dict[bytes, Change] = {}
    for i in removed:
        changes[i] = _change("removed", old_nodes[i])
    for node in changed_nodes:
        old = old_nodes.get(node.id)
        changes[node.id] = _change("added" if old is None else _how(old, node), node)
    for i, now in changed_edges.items():
        known = changes.get(i)
        if known is not None and known.change in ("added", "signature"):
            continue
        if _targets(old_edges.get(i, none)) != _targets(now):
            changes[i] = _change("body", nodes[i])
        elif known is None:
            changes[i] = _change("lines", nodes[i])
    for i, open_now in changed_opens.items():
        if i not in changes:
            before_names = sorted(o.name for o in old_opens.get(i, ()))
            after_names = sorted(o.name for o in open_now)
            changes[i] = _change("lines" if before_names == after_names else "body", nodes[i])
    return Delta(
        removed,
        changed_nodes,
        changed_edges,
        changed_opens,
        sorted(changes.values(), key=lambda c: (c.symbol, c.file or "", c.id)),
    )


def _change(what: str, node: Node) -> Change:
    return Change(what, node.id, node.symbol, node.file)


def _how(old: Node, new: Node) -> str:
    """How a node that stays differs: in its place alone, or in what it says."""
    same = all(
        getattr(old, name) == getattr(new, name) for name in Node.__struct_fields__ if name not in _PLACE
    )
    return "lines" if same else "signature"


def _targets(edges: list[Edge]) -> list[tuple[object, ...]]:
    return sorted((e.kind, e.to, e.file, e.context, e.resolution, e.derived, e.macro) for e in edges)
