"""The tools and their schemas: all that a model reads before it asks anything.

Owns their names, words and arguments. Invariant: every tool only reads; the list as it goes over the wire
stays under SCHEMAS_BYTES_MAX, for a model pays for it in each conversation.
"""

from __future__ import annotations

from typing import Any, NamedTuple

SCHEMAS_BYTES_MAX = 4_096
LIMIT_DEFAULT = 30
TOKENS_DEFAULT = 3_000

INSTRUCTIONS = """\
Exact, live knowledge of this Rust workspace: names are resolved and types inferred as the compiler does.
A symbol is a path (crate::m::Type::f), a name, a path's tail (Type::f), FILE:LINE, or an id; every symbol
shown is accepted. Files are read as they are now. `?` marks one of several possible targets, `dyn` a call
through a trait. `open` counts calls whose target could not be told. Start with find, then context; after
an edit call impact without a symbol: it tells what the edit broke."""


class Tool(NamedTuple):
    """A tool: its description, and its arguments as JSON schema properties, of which some are required."""

    description: str
    properties: dict[str, dict[str, Any]]
    required: tuple[str, ...] = ()

    def schema(self) -> dict[str, Any]:
        """The JSON schema of its arguments."""
        return {
            "type": "object",
            "properties": self.properties,
            **({"required": list(self.required)} if self.required else {}),
            "additionalProperties": False,
        }


_Properties = dict[str, dict[str, Any]]
_SYMBOL: dict[str, Any] = {"type": "string"}
_LIMIT: dict[str, Any] = {"type": "integer", "minimum": 1, "maximum": 500}
_CURSOR: dict[str, Any] = {"type": "string", "description": "an answer's, for its next page"}
_JSON: dict[str, Any] = {"type": "boolean", "description": "structured content too"}
_PAGED: _Properties = {"limit": _LIMIT, "cursor": _CURSOR, "json": _JSON}

TOOLS: dict[str, Tool] = {
    "find": Tool(
        "Where a name is defined, or what is named like it (WalkBuilder, wlkbld, Type::f)",
        {"name": _SYMBOL, "kind": {"type": "string", "description": "trait, struct, fn, ..."}, **_PAGED},
        ("name",),
    ),
    "show": Tool("An item's source and its counts", {"symbol": _SYMBOL, "json": _JSON}, ("symbol",)),
    "refs": Tool(
        "Who calls or uses an item, or what it calls or uses, by place",
        {
            "symbol": _SYMBOL,
            "relation": {"enum": ["callers", "used-by", "callees", "uses"], "default": "callers"},
            **_PAGED,
        },
        ("symbol",),
    ),
    "impls": Tool(
        "What implements a trait; which traits a type implements", {"symbol": _SYMBOL, **_PAGED}, ("symbol",)
    ),
    "impact": Tool(
        "Who is affected if an item changes, hop by hop, with tests and risk. Without a symbol: references "
        "that your edits broke, and what the changes since the last commit affect",
        {
            "symbol": _SYMBOL,
            "depth": {"type": "integer", "minimum": 1},
            "no_tests": {"type": "boolean"},
            **_PAGED,
        },
    ),
    "context": Tool(
        "What to know before you edit items: definition, types, callers, callees, impls, tests, in a budget",
        {
            "symbols": {"type": "array", "items": _SYMBOL, "minItems": 1, "maxItems": 20},
            "tokens": {"type": "integer", "minimum": 100, "maximum": 50000},
            "json": _JSON,
        },
        ("symbols",),
    ),
    "outline": Tool("What a file defines, in source order", {"file": _SYMBOL, **_PAGED}, ("file",)),
}
"""Every tool, in the order in which a session uses them."""
