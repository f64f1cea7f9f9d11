"""Macros that only put a condition on items: `cfg_rt! { … }` as the workspace itself defines it.

Such a macro takes items and repeats each behind `#[cfg(…)]`. Its condition holds for what stands in it.
A macro that does more is none of these and says nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from isg_protocol.facts import FileFacts, MacroHead

_TAKES_ITEMS = re.compile(r"[({\[]\s*\$\s*\(\s*\$\s*(\w+)\s*:\s*item\s*\)\s*\*\s*[)}\]]\s*=>")
_CFG = re.compile(r"#\s*\[\s*cfg\s*\(")
_MACROS_MAX = 2_000


def wrappers(files: Iterable[FileFacts]) -> dict[str, tuple[str, ...]]:
    """The conditions of every such macro, by its name. One defined twice says nothing."""
    found: dict[str, tuple[str, ...] | None] = {}
    for file in files:
        for item in file.items:
            if isinstance(item.head, MacroHead) and len(found) < _MACROS_MAX:
                conditions = _conditions(item.head.tokens)
                if conditions is not None:
                    found[item.name] = conditions if item.name not in found else None
    return {name: conditions for name, conditions in found.items() if conditions}


def _conditions(tokens: str) -> tuple[str, ...] | None:
    takes = _TAKES_ITEMS.search(tokens)
    if takes is None or tokens.count("=>") != 1:
        return None
    body = tokens[takes.end() :]
    place = re.search(rf"\$\s*{takes.group(1)}\b", body)
    if place is None:
        return None
    before = body[: place.start()]
    return tuple(_argument(before, match.end()) for match in _CFG.finditer(before))


def _argument(text: str, start: int) -> str:
    depth = 1
    at = start
    while at < len(text) and depth:
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        at += 1
    return text[start : at - 1]
