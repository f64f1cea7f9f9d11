"""Strongly connected components of a plain adjacency. Owns Tarjan's algorithm without recursion, so that
a call chain of any length is no danger. Invariant: a component's members are as given, order included in
nothing: callers sort."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence


def components(adjacency: Mapping[int, Sequence[int]], step: Callable[[], None]) -> list[list[int]]:
    """The strongly connected components. Every node is a key; `step` is called once a node."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    on_stack: set[int] = set()
    found: list[list[int]] = []
    for start in adjacency:
        if start in index:
            continue
        work = [(start, 0)]
        while work:
            node, position = work.pop()
            if position == 0:
                step()
                index[node] = low[node] = len(index)
                stack.append(node)
                on_stack.add(node)
            descended = False
            neighbours = adjacency[node]
            for place in range(position, len(neighbours)):
                other = neighbours[place]
                if other not in index:
                    work.append((node, place + 1))
                    work.append((other, 0))
                    descended = True
                    break
                if other in on_stack:
                    low[node] = min(low[node], index[other])
            if descended:
                continue
            if low[node] == index[node]:
                members = []
                while True:
                    member = stack.pop()
                    on_stack.discard(member)
                    members.append(member)
                    if member == node:
                        break
                found.append(members)
            if work:
                above = work[-1][0]
                low[above] = min(low[above], low[node])
    return found
