"""Whole-graph analysis by igraph. The only module that loads it (it is GPL, and 60 ms of start-up), and
itself imported only by the queries that need it, when they need it.

Invariant: vertices are given in an order that does not depend on a view's numbers, so that floating
point sums come out the same everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence

import igraph


def pagerank(vertices: int, pairs: Sequence[tuple[int, int]], damping: float = 0.85) -> list[float]:
    """The PageRank of vertices 0 … vertices - 1, summing to 1; a pair (a, b) passes a's rank on to b."""
    if vertices == 0:
        return []
    graph = igraph.Graph(n=vertices, edges=sorted(pairs), directed=True)
    return [float(rank) for rank in graph.pagerank(damping=damping)]
