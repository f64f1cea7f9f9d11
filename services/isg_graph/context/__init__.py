"""Context for a reader or a model: what one must know to work on an entity, inside a token budget.

`gather` finds what there is to say, `pack` chooses what fits, `render` writes it. Invariant: the same
graph and arguments give the same bytes, and the text is never estimated above its budget.
"""

from isg_graph.context.estimate import estimate_tokens
from isg_graph.context.generate import answer_context, generate_context
from isg_graph.context.pack import Context, Item, Section
from isg_graph.context.render import as_json, render_markdown, render_text

__all__ = [
    "Context",
    "Item",
    "Section",
    "answer_context",
    "as_json",
    "estimate_tokens",
    "generate_context",
    "render_markdown",
    "render_text",
]
