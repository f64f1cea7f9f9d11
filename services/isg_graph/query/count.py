"""stats: the whole graph in figures.

Owns what is counted and how: edges as the export has them, call *sites* for the share that is resolved.
A call site is resolved when its target is stated (exact, inferred or external); a site with candidates
only is not, nor is an open one. Worked out once a version.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from isg_graph.memo import once
from isg_graph.query.arguments import Bounds, Part, QueryArguments
from isg_graph.view import View
from isg_protocol.vocabulary import CALLS, CANDIDATE, EDGE_KINDS, EXTERNAL, NODE_KINDS, RESOLUTIONS

PARTIAL_SHOWN_MAX = 100


def stats(view: View, arguments: QueryArguments, bounds: Bounds) -> Part:
    """One object."""
    return Part(results=[once(view, "stats", lambda view: _stats(view, bounds))], count=1)


def _stats(view: View, bounds: Bounds) -> dict[str, Any]:
    nodes: Counter[int] = Counter()
    crates: Counter[str] = Counter()
    edges: Counter[int] = Counter()
    resolutions: Counter[int] = Counter()
    stated: set[tuple[int, tuple[int, int]]] = set()
    maybe: set[tuple[int, tuple[int, int]]] = set()
    calls: Counter[int] = Counter()
    tests = 0
    for number in view.numbers():
        node = view.node(number)
        nodes[node.kind] += 1
        tests += node.test
        if node.kind != EXTERNAL:
            crates[node.crate] += 1
        bounds.step()
    for number, kind, _, resolution, where in view.arcs():
        bounds.step()
        edges[kind] += 1
        resolutions[resolution] += 1
        if kind == CALLS:
            calls[resolution] += 1
            (maybe if resolution == CANDIDATE else stated).add((number, where))
    totals = view.totals()
    sites = len(stated) + len(maybe - stated) + totals.opens
    parse = _coverage(view)
    return {
        "files": parse["files"],
        "nodes": totals.nodes,
        "edges": totals.edges,
        "tests": tests,
        "node_kinds": _named(NODE_KINDS, nodes),
        "edge_kinds": _named(EDGE_KINDS, edges),
        "crates": dict(sorted(crates.items())),
        "resolutions": _named(RESOLUTIONS, resolutions),
        "calls": {
            **_named(RESOLUTIONS, calls),
            "sites": sites,
            "sites_resolved": len(stated),
            "sites_candidate": len(maybe - stated),
            "sites_open": totals.opens,
            "resolved_share": round(len(stated) / sites, 4) if sites else None,
        },
        "parse": parse,
    }


def _named(words: tuple[str, ...], counts: Counter[int]) -> dict[str, int]:
    """Every word of the vocabulary with its count, absent ones 0."""
    return {word: counts[code] for code, word in enumerate(words)}


def _coverage(view: View) -> dict[str, Any]:
    files = lines = partial_files = 0
    partial: list[dict[str, Any]] = []
    for entry in view.files():
        if entry.path.endswith(".rs"):  # manifests are read, and not counted
            files += 1
            lines += entry.lines
            partial_files += bool(entry.issues)
        partial += [{"file": entry.path, "line": line, "reason": reason} for line, reason in entry.issues]
    return {
        "files": files,
        "lines": lines,
        "partial_files": partial_files,
        "whole_share": round((files - partial_files) / files, 4) if files else None,
        "issues": len(partial),
        "partial": partial[:PARTIAL_SHOWN_MAX],
    }
