"""What is worked out once for a view: the whole-graph results that do not change while it lives.

Owns one weak table from a view to its results; a view that goes takes them along. Invariant: `make` is a
pure function of the view, so that remembering it changes nothing but time. Where many views of one
version come and go, they may share a table: the dict that a view has as `memo`, which must go with the
version. A view without one that cannot be weakly referenced is simply asked again.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from isg_graph.view import View

T = TypeVar("T")

_results: WeakKeyDictionary[View, MutableMapping[str, Any]] = WeakKeyDictionary()


def once(view: View, key: str, make: Callable[[View], T]) -> T:
    """`make(view)`, remembered under `key` for as long as the view lives."""
    known: MutableMapping[str, Any] | None = getattr(view, "memo", None)
    if known is None:
        try:
            known = _results.setdefault(view, {})
        except TypeError:
            return make(view)
    if key not in known:
        known[key] = make(view)
    result: T = known[key]
    return result


def ordered(view: View) -> list[int]:
    """Every node's number by `Node.order()`."""
    return once(view, "ordered", _ordered)


def _ordered(view: View) -> list[int]:
    return sorted(view.numbers(), key=lambda number: view.node(number).order())
