"""Conditions within bodies: `#[cfg(…)]` on a statement, a tail, an argument, a field's value or an arm.

Absent: other attributes, which say nothing that is kept, and the meaning of a condition.
"""

from __future__ import annotations

from tree_sitter import Node

from isg_graph.parse.attribute import Attributes, join_conditions
from isg_graph.parse.reader import Reader
from isg_protocol.body import Conditional, Expr


def own_condition(r: Reader, attributes: list[Node]) -> str:
    """The text of all `#[cfg(…)]` among these attributes; "" where there is none."""
    found = Attributes()
    for node in attributes:
        start = r.base + node.start_byte
        text = r.source[start : r.base + node.end_byte]
        if b"cfg" in text:
            found.add(text[text.index(b"[") + 1 : -1], start)
    return join_conditions(found.cfg) or ""


def under(r: Reader, attributes: list[Node], value: Expr, mark: int = -1) -> Expr:
    """The value, under the condition of its attributes where they have one. `mark` is the length of
    `Reader.hidden` before it was read, for a statement, which may have let names go live."""
    cfg = own_condition(r, attributes)
    if not cfg:
        return value
    shadows: list[tuple[int, int]] = []
    if mark >= 0:
        first: dict[str, int] = {}
        for name, slot in r.hidden[mark:]:
            first.setdefault(name, slot)
        shadows = sorted((r.scope[name], slot) for name, slot in first.items())
    return Conditional(cfg, value, shadows)
