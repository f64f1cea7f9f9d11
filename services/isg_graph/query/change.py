"""broken, diff: what the last edits did.

Owns what a difference between two versions is: added, removed, another signature, another body, told once
an item however often it changed between; text that only moved is no difference. Invariant: the nodes shown
are those of the later version, of a removed one those of the last version that had it. Absent: revisions of
git (isg_services.revision), which are compared by linking both.
"""

from __future__ import annotations

from typing import Any

from isg_graph.error import NotFound, Usage, VersionGone, command, shown
from isg_graph.query.arguments import Bounds, Part, QueryArguments
from isg_graph.query.row import page
from isg_graph.view import View
from isg_protocol.graph import LostReference, Node
from isg_protocol.limit import CHANGE_LISTS_KEPT, LOST_REFERENCES_MAX
from isg_protocol.vocabulary import EDGE_KINDS

SHOWN = ("added", "removed", "signature", "body")


def broken(view: View, arguments: QueryArguments, bounds: Bounds) -> Part:
    """References that were bound in an earlier version and are open now, by place. `gone` tells that what
    it was bound to is no longer in the graph."""
    if arguments.file is not None and view.file(arguments.file) is None:
        raise NotFound(f"there is no file `{shown(arguments.file)}` in the graph", command("query", "broken"))
    found: list[tuple[int, LostReference]] = []
    for number, reference in view.lost():
        bounds.step()
        if arguments.file in (None, reference.file):
            found.append((number, reference))
    found.sort(key=lambda row: (row[1].file, row[1].line, row[1].name, view.node(row[0]).order()))
    results = []
    for number, reference in page(found, arguments):
        row: dict[str, Any] = view.node(number).row()
        row["site"] = {"file": reference.file, "line": reference.line}
        row["name"] = reference.name
        row["reference"] = EDGE_KINDS[reference.kind]
        row["was"] = {"id": reference.was.hex(), "symbol": reference.symbol}
        row["since"] = reference.since
        row["gone"] = view.by_id(reference.was) is None
        results.append(row)
    return Part(results=results, count=len(found), bounded=len(found) >= LOST_REFERENCES_MAX)


def diff(view: View, arguments: QueryArguments, bounds: Bounds) -> Part:
    """The nodes that differ between two versions; without `to` up to now, without a target from the one
    before. `before` is the signature as it was, where it is another."""
    to = view.version if arguments.to is None else _version(view, arguments.to)
    start = max(0, to - 1) if arguments.target is None else _version(view, arguments.target)
    if start > to:
        raise Usage(
            f"version {start} is later than version {to}",
            command("query", "diff", "--from", str(to), "--to", str(start)),
        )
    states = _States(view, bounds)
    found: list[tuple[Node, str, Node | None]] = []
    for node_id, changes in _between(view, start, to, bounds).items():
        was, now = states.at(node_id, start), states.at(node_id, to)
        if was is None and now is not None:
            found.append((now, "added", None))
        elif was is not None and now is None:
            found.append((was, "removed", was))
        elif was is not None and now is not None:
            if not was.says_the_same(now):
                found.append((now, "signature", was))
            elif changes & {"body", "added"}:  # taken out and put back: what it holds may differ
                found.append((now, "body", was))
    found.sort(key=lambda row: row[0].order())
    results = [row_of(node, change, was) for node, change, was in page(found, arguments)]
    return Part(results=results, count=len(found), extras={"from": start, "to": to})


def row_of(node: Node, change: str, was: Node | None) -> dict[str, Any]:
    """The row of a changed node."""
    before = was.signature if was is not None and change == "signature" else None
    return {**node.row(), "change": change, "before": before}


class _States:
    """Nodes as they were in earlier versions."""

    def __init__(self, view: View, bounds: Bounds) -> None:
        self._view = view
        self._former: dict[bytes, list[tuple[int, Node]]] = {}
        self._appeared: dict[bytes, list[int]] = {}
        self._read = view.version + 1
        self._bounds = bounds

    def at(self, node_id: bytes, version: int) -> Node | None:
        """The node at the end of a version; its lines are those it had when it last said something else."""
        self._look_back(version)
        added = min((v for v in self._appeared.get(node_id, ()) if v > version), default=None)
        former = min(
            ((v, node) for v, node in self._former.get(node_id, ()) if v > version),
            key=lambda row: row[0],
            default=None,
        )
        if former is not None and (added is None or former[0] <= added):
            return former[1]
        if added is not None:
            return None
        number = self._view.by_id(node_id)
        return None if number is None else self._view.node(number)

    def _look_back(self, version: int) -> None:
        """Have read all that changed after a version."""
        while self._read > version + 1:
            self._read -= 1
            for change in self._view.changes(self._read) or ():
                if change.change == "added":
                    self._appeared.setdefault(change.id, []).append(self._read)
            for node in self._view.former(self._read):
                self._bounds.step()
                self._former.setdefault(node.id, []).append((self._read, node))


def _between(view: View, start: int, to: int, bounds: Bounds) -> dict[bytes, set[str]]:
    """The ids that change after `start` and up to `to`, with their changes. Raises VersionGone."""
    found: dict[bytes, set[str]] = {}
    for version in range(start + 1, to + 1):
        changes = view.changes(version)
        if changes is None:
            oldest = next((v for v in range(version + 1, view.version + 1) if view.changes(v) is not None), 0)
            kept = f"the changes since version {max(0, oldest - 1)} are kept" if oldest else "none are kept"
            raise VersionGone(
                f"what changed in version {version} is no longer known: {kept}"
                f" (of the last {CHANGE_LISTS_KEPT} versions at most)",
                command("query", "diff", "--from", str(max(0, oldest - 1)), "--to", str(to)),
            )
        for change in changes:
            bounds.step()
            if change.change in SHOWN:
                found.setdefault(change.id, set()).add(change.change)
    return found


def _version(view: View, text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 20:
        raise Usage(
            f"`{shown(text)}` is no version: versions are numbers (isg status tells the present one)",
            command("query", "diff", "--from", str(max(0, view.version - 1))),
        )
    version = int(text)
    if version > view.version:
        raise NotFound(f"there is no version {version} yet: the last is {view.version}", command("status"))
    return version
