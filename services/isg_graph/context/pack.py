"""What of a context fits its budget.

Owns the shares; what a text costs is `estimate.py`'s. Filling: the definition first (with its body when that
stays within 40 % of the budget, or with `code` whatever fits), then every section up to its share, then what
is left goes to the sections in their order. A section is always the beginning of its list; what is left out
is counted. Invariant: the rendered text is never estimated above the budget, as Markdown neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from isg_graph.context.estimate import PARTS, parts
from isg_graph.context.gather import DEFINITION, TITLES, Draft

BODY_SHARE = 0.4
BODY = "Body lines"
FENCES = "```rust\n```\n  "
"""What a section's code block adds in Markdown, and a little of the last line."""
_SHARES = {
    "Trait contract": 0.08,
    "Types in its signature": 0.12,
    "Items": 0.12,
    "Implementations": 0.12,
    "Callers": 0.12,
    "Calls": 0.1,
    "Uses in its body": 0.05,
    "Used by": 0.08,
    "Tests": 0.06,
}


class Item(Struct):
    """One thing said: about which node (its row), and the lines of text."""

    node: dict[str, Any]
    text: str


class Section(Struct):
    title: str
    items: list[Item]


class Context(Struct, kw_only=True):
    """The contract's context object, as values. `tokens` estimates the rendered text; `omitted` counts
    what was left out by section, and lines of bodies under `Body lines`."""

    entities: list[dict[str, Any]]
    budget: int
    tokens: int
    sections: list[Section]
    omitted: dict[str, int]
    version: int


def heading(title: str) -> str:
    return f"\n## {title}\n"


def entity_line(node: dict[str, Any]) -> str:
    return f"# {node['kind'].replace('_', ' ')} {node['symbol']}\n"


def footer(omitted: dict[str, int]) -> str:
    """The last line: what was left out; "" for nothing."""
    return (
        f"\nleft out: {', '.join(f'{title} {count}' for title, count in omitted.items())}\n"
        if omitted
        else ""
    )


class Packing:
    """Filling of one context. All costs are parts of tokens of the rendered text."""

    def __init__(
        self,
        budget_tokens: int,
        entities: Sequence[dict[str, Any]],
        drafts: dict[str, list[Draft]],
        more: dict[str, int],
    ) -> None:
        """`more` counts, by section, what there is beyond its drafts."""
        self._drafts = drafts
        self._more = more
        self._texts: dict[str, list[str]] = {title: [] for title in TITLES}
        bodies = sum(draft.body.count("\n") for draft in drafts.get(DEFINITION, ()) if draft.body)
        widest = {title: len(found) + more[title] for title, found in drafts.items()} | {BODY: bodies}
        self._budget = budget_tokens * PARTS
        fixed = sum(parts(entity_line(node)) for node in entities) + parts(footer(widest))
        self._left = self._budget - fixed
        self.body_lines_left_out = 0

    def fill(self, code: bool) -> None:
        self._fill_definitions(code)
        for title, share in _SHARES.items():
            self._extend(title, int(share * self._budget))
        for title in _SHARES:
            self._extend(title, self._budget)

    def taken(self) -> list[tuple[str, list[tuple[Draft, str]]]]:
        """The sections that hold something, each draft with the text that was chosen for it."""
        pairs = ((title, self._texts[title]) for title in TITLES)
        return [
            (title, list(zip(self._drafts[title], texts, strict=False))) for title, texts in pairs if texts
        ]

    def omitted(self) -> dict[str, int]:
        counts = {
            title: len(found) + self._more[title] - len(self._texts[title])
            for title, found in self._drafts.items()
        }
        return {title: count for title, count in (counts | {BODY: self.body_lines_left_out}).items() if count}

    def _fill_definitions(self, code: bool) -> None:
        """Every entity's own text must fit before any body: bodies get what that leaves of their share."""
        drafts = self._drafts.get(DEFINITION, [])
        plain = parts(heading(DEFINITION)) + parts(FENCES) + sum(parts(f"{draft.text}\n") for draft in drafts)
        room = self._left - plain if code else int(BODY_SHARE * self._budget) - plain
        room = min(room, self._left - plain)
        for draft in drafts:
            text = draft.text
            if draft.body is not None:
                more = parts(draft.body) - parts(text)
                if more <= room:
                    text = draft.body
                    room -= more
                else:
                    self.body_lines_left_out += draft.body.count("\n")
            if not self._take(DEFINITION, text):
                break

    def _extend(self, title: str, most: int) -> None:
        """Take the section's next drafts while it costs `most` at most in all."""
        texts = self._texts[title]
        size = sum(parts(f"{text}\n") for text in texts)
        for draft in self._drafts.get(title, [])[len(texts) :]:
            size += parts(f"{draft.text}\n")
            if size > most or not self._take(title, draft.text):
                break

    def _take(self, title: str, text: str) -> bool:
        cost = parts(f"{text}\n") + (0 if self._texts[title] else parts(heading(title)) + parts(FENCES))
        if cost > self._left:
            return False
        self._left -= cost
        self._texts[title].append(text)
        return True
