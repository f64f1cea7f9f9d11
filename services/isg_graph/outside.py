"""What something outside the workspace may name or call, as far as a graph can tell.

Owns one judgement for blast-radius and dead-code: an item is given out when it is public all the way up,
or public and imported by a module that is (a re-export, as far as an edge shows), or a public item of a
type or trait that is given out. Errs on the side of given out. Invariant: depends on the graph alone.
"""

from __future__ import annotations

from isg_graph.lookup import segments
from isg_graph.view import View
from isg_protocol.vocabulary import EXTERNAL, FUNCTION, IMPORTS, METHOD, OVERRIDES, USES


class Outside:
    """The judgement over one view, remembered by owner within one question."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._owners: dict[str, bool] = {}

    def is_given_out(self, number: int) -> bool:
        """True when a user of the library may name the node."""
        node = self._view.node(number)
        if node.library:
            return True
        if node.visibility != "pub" or node.target != "lib":
            return False
        return self._is_exported(number) or self._has_given_out_owner(node.symbol)

    def is_open_end(self, number: int) -> bool:
        """True for a function that something outside may call without an edge of the graph saying so: of
        an impl of an external trait, used as a value, or given out by a library."""
        view = self._view
        kind = view.kind(number)
        if kind not in (FUNCTION, METHOD):
            return False
        if self.is_given_out(number) or any(link.kind == USES for link in view.incoming(number)):
            return True
        if kind != METHOD or not _is_of_trait_impl(view.node(number).symbol):
            return False
        traits = [link.other for link in view.outgoing(number) if link.kind == OVERRIDES]
        return all(view.kind(trait) == EXTERNAL for trait in traits)

    def _is_exported(self, number: int) -> bool:
        view = self._view
        return any(link.kind == IMPORTS and view.node(link.other).library for link in view.incoming(number))

    def _has_given_out_owner(self, symbol: str) -> bool:
        owner = "::".join(segments(symbol)[:-1])
        known = self._owners.get(owner)
        if known is None:
            numbers = [n for n in self._view.by_symbol(owner) if self._view.node(n).visibility == "pub"]
            known = any(self._view.node(n).library or self._is_exported(n) for n in numbers)
            self._owners[owner] = known
        return known


def _is_of_trait_impl(symbol: str) -> bool:
    parts = segments(symbol) if "<" in symbol else []
    return len(parts) > 1 and parts[-2].startswith("<")
