"""A matcher's program run on an invocation's trees: what each variable is bound to, or that it fails.

A repetition is tried once more before it is left, and what follows decides, by backtracking. The compiler
walks all ways at once and refuses an ambiguity; where it accepts there is one way, which this finds. The
budget bounds the search.
"""

from __future__ import annotations

from isg_graph.expand.fragment import READERS
from isg_graph.expand.limit import Budget
from isg_graph.expand.pattern import Enter, Fork, Fragment, Jump, Leave, Nest, Program, Token, Turn
from isg_graph.expand.token import Stream, Tree, flat
from isg_graph.expand.type import Mismatch


class Capture:
    """A bound fragment: its specifier, its trees, and its tokens, delimiters included."""

    __slots__ = ("kind", "trees", "words")

    def __init__(self, kind: str, trees: list[Tree]) -> None:
        self.kind = kind
        self.trees = trees
        self.words = flat(trees, [])


Binding = Capture | list["Binding"]
"""A fragment, or, for each turn of a repetition, a binding."""

Log = list[tuple[str, Capture] | Enter | Turn | Leave]


def match(program: Program, trees: list[Tree], budget: Budget) -> dict[str, Binding] | None:
    """The bindings by name, or None. Raises `Refused` when the budget is spent."""
    log: Log = []
    return _gather(log) if _run(program, trees, log, budget) else None


def _run(program: Program, trees: list[Tree], log: Log, budget: Budget) -> bool:
    """Does the program read all of the trees? Appends to the log, or leaves it as it was."""
    stream = Stream(trees, budget)
    budget.spend(1 + stream.size // 16)
    heads = stream.heads
    ways: list[tuple[int, int, int]] = []  # (step, place, length of the log) to try when this one fails
    at, place, last = 0, 0, len(program)
    start = len(log)
    while True:
        budget.spend()
        if at == last:
            if place == stream.size:
                return True
            fits = False
        else:
            step = program[at]
            at += 1
            fits = True
            if isinstance(step, Token):
                fits = heads[place] == step.text
                place += 1
            elif isinstance(step, Fragment):
                try:
                    end = READERS[step.kind](stream, place)
                except Mismatch:
                    fits = False
                else:
                    log.append((step.name, Capture(step.kind, stream.trees[place:end])))
                    place = end
            elif isinstance(step, Fork):
                ways.append((step.other, place, len(log)))
            elif isinstance(step, Jump):
                at = step.target
            elif isinstance(step, Nest):
                tree = stream.trees[place] if place < stream.size else ""
                fits = not isinstance(tree, str) and tree.open == step.open
                fits = fits and not isinstance(tree, str) and _run(step.program, tree.items, log, budget)
                place += 1
            else:
                log.append(step)
        if not fits:
            if not ways:
                del log[start:]
                return False
            at, place, length = ways.pop()
            del log[length:]


def _gather(log: Log) -> dict[str, Binding]:
    """The log's marks become lists within lists."""
    now: dict[str, Binding] = {}
    outer: list[tuple[dict[str, Binding], dict[str, list[Binding]], bool]] = []
    lists: dict[str, list[Binding]] = {}
    turned = False
    for entry in log:
        if isinstance(entry, tuple):
            now[entry[0]] = entry[1]
        elif isinstance(entry, Enter):
            outer.append((now, lists, turned))
            now, lists, turned = {}, {name: [] for name in entry.names}, False
        else:
            if turned:
                for name, values in lists.items():
                    values.append(now[name])
            if isinstance(entry, Turn):
                now, turned = {}, True
            else:
                done = lists
                now, lists, turned = outer.pop()
                now.update(done)
    return now
