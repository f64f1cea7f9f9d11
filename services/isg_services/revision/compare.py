"""Two revisions linked, and what differs: `diff` between revisions of git, and `impact`.

Owns the linking of both sides (the second as an edit of the first) and the answers' common keys. Facts of
files that the saved graph has read already are taken from there, by the digest of their bytes. Invariant:
the answer is one of the texts alone. Absent: the meaning of the queries (isg_graph.query).
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from isg_client.error import IsgError
from isg_client.place import Workspace
from isg_graph.link.linker import Linker
from isg_graph.memory import MemoryView
from isg_graph.query.arguments import Bounds, Part, QueryArguments
from isg_graph.query.change import row_of
from isg_graph.query.impact import Changed, changed_items, differing, impact_rows
from isg_graph.query.row import cut
from isg_graph.query.table import shaped
from isg_protocol.facts import FileFacts, ManifestFacts
from isg_services.parser_pool.shell import facts_of
from isg_services.query.mapping import Mapping
from isg_services.revision.source import Revision, between, two
from isg_services.writer.shell import decode_facts
from isg_services.writer.spread import spread

Read = Callable[[str, bytes], FileFacts | ManifestFacts]
"""From a path and its text to facts."""


class Compared(NamedTuple):
    """Both graphs, and what the second link changed."""

    before: MemoryView
    after: MemoryView
    bodies: set[bytes]
    """Ids of nodes whose edges are others, and that else say the same."""
    texts: tuple[dict[str, bytes], dict[str, bytes]]
    """Of the files that differ."""


def impact(root: str, asked: str | None, staged: bool, bounds: QueryArguments, read: Read) -> dict[str, Any]:
    """The contract's answer object. Raises GitFailed and QueryError."""
    began = time.perf_counter_ns()
    before, after = between(root, asked, staged)
    compared = compare(before, after, read)
    items = changed_items(compared.before, compared.after, *compared.texts)
    limits = Bounds(bounds, time.perf_counter_ns)
    rows, summary = impact_rows(compared.before, compared.after, items, bounds.limit, limits)
    extras = {
        "from": before.name,
        "to": after.name,
        "files": len(compared.texts[0].keys() | compared.texts[1].keys()),
        "risk": summary.risk,
        "affected": summary.affected,
        "tests": summary.tests,
    }
    part = Part(results=rows, count=len(items), bounded=summary.bounded, extras=extras)
    return _answer("impact", part, began)


def diff(root: str, one: str | None, other: str | None, limit: int, read: Read) -> dict[str, Any]:
    """The nodes that differ between two revisions. Raises GitFailed."""
    began = time.perf_counter_ns()
    before, after = two(root, one, other)
    compared = compare(before, after, read)
    found = _differences(compared)
    rows = [row_of(*one) for one in cut(found, limit)]
    names = {"from": before.name, "to": after.name}
    return _answer("diff", Part(results=rows, count=len(found), extras=names), began)


def compare(before: Revision, after: Revision, read: Read) -> Compared:
    """Link one revision, then what makes it the other."""
    paths = before.texts.keys() | after.texts.keys()
    differ = {path for path in paths if before.texts.get(path) != after.texts.get(path)}
    linker = Linker(True, spread)
    for path, text in before.texts.items() if differ else ():
        linker.put(path, read(path, text))
    linker.link()
    first = MemoryView(linker.nodes, linker.edges, linker.opens)
    for path in differ:
        if path in after.texts:
            linker.put(path, read(path, after.texts[path]))
        else:
            linker.remove(path)
    delta = linker.link()
    texts = tuple(
        {path: side.texts[path] for path in differ if path in side.texts} for side in (before, after)
    )
    return Compared(
        first,
        MemoryView(linker.nodes, linker.edges, linker.opens),
        {change.id for change in delta.changes if change.change == "body"},
        (texts[0], texts[1]),
    )


def reader(workspace: Workspace) -> Read:
    """Facts of a text: as the workspace's saved graph has them for the same bytes, else read now."""
    saved = _saved(workspace)

    def read(path: str, text: bytes) -> FileFacts | ManifestFacts:
        known = saved.get((path, hashlib.blake2b(text, digest_size=16).digest()))
        return decode_facts(path, facts_of(path, text) if known is None else known)

    return read


def _saved(workspace: Workspace) -> dict[tuple[str, bytes], bytes]:
    """The encoded facts of the durable copy by path and digest; none where there is no graph."""
    if not workspace.durable.exists():
        return {}
    try:
        with Mapping(workspace.durable, live=False) as mapping, mapping.snapshot() as view:
            return {
                (entry.path, entry.digest): facts
                for entry in view.files()
                if (facts := view.facts(entry.path)) is not None
            }
    except IsgError:
        return {}


def _differences(compared: Compared) -> list[Changed]:
    found = {one.node.id: one for one in differing(compared.before, compared.after)}
    for node_id in compared.bodies - found.keys():
        number, known = compared.after.by_id(node_id), compared.before.by_id(node_id)
        assert number is not None
        assert known is not None
        found[node_id] = Changed(compared.after.node(number), "body", compared.before.node(known))
    return sorted(found.values(), key=lambda one: one.node.order())


def _answer(query: str, part: Part, began: int) -> dict[str, Any]:
    answer = shaped(query, part, None)
    answer["elapsed_us"] = (time.perf_counter_ns() - began) // 1000
    return answer
