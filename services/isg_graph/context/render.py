"""A context as text, Markdown and JSON. Owns the bytes; chooses nothing."""

from __future__ import annotations

import re
from typing import Any

from isg_graph.context.estimate import estimate_tokens
from isg_graph.context.pack import Context, entity_line, footer, heading

_FENCES = re.compile(r"```+")


def render_text(context: Context) -> str:
    """A line for each entity, the sections, and what was left out. In a budget too small even for these,
    first the last line gives way, then the first ones."""
    first = "".join(entity_line(node) for node in context.entities)
    middle = "".join(
        heading(section.title) + "".join(f"{item.text}\n" for item in section.items)
        for section in context.sections
    )
    return _within(context, first, middle, footer(context.omitted))


def render_markdown(context: Context) -> str:
    """The same, with each section's lines in a code block."""
    first = "".join(f"# `{node['symbol']}`\n" for node in context.entities)
    middle = ""
    for section in context.sections:
        lines = "\n".join(item.text for item in section.items)
        fence = "`" * max(3, 1 + max(map(len, _FENCES.findall(lines)), default=0))
        middle += f"\n## {section.title}\n{fence}rust\n{lines}\n{fence}\n"
    last = f"\n*{footer(context.omitted).strip()}*\n" if context.omitted else ""
    return _within(context, first, middle, last)


def _within(context: Context, first: str, middle: str, last: str) -> str:
    """As much of it as the budget holds."""
    for text in (first + middle + last, first + middle, middle):
        if estimate_tokens(text) <= context.budget:
            return text
    return ""


def as_json(context: Context) -> dict[str, Any]:
    """The contract's context object."""
    return {
        "entities": context.entities,
        "budget": context.budget,
        "tokens": context.tokens,
        "sections": [
            {
                "title": section.title,
                "items": [{"node": item.node, "text": item.text} for item in section.items],
            }
            for section in context.sections
        ],
        "omitted": context.omitted,
        "version": context.version,
    }
