"""From entities to a context. Owns the joining of several entities' sections: in turn, the first of each
before the second of any, so that a small budget serves all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest

from isg_graph.context.estimate import estimate_tokens
from isg_graph.context.gather import TITLES, Draft, distinct, gather
from isg_graph.context.pack import Context, Item, Packing, Section
from isg_graph.context.render import render_text
from isg_graph.entity import ANYTHING, Entity, resolve
from isg_graph.error import Usage, command
from isg_graph.query.arguments import Bounds, QueryArguments
from isg_graph.view import View
from isg_protocol.limit import CONTEXT_TOKENS_DEFAULT, CONTEXT_TOKENS_MAX, HOPS_MAX


def answer_context(
    view: View,
    names: Sequence[str],
    *,
    budget_tokens: int = CONTEXT_TOKENS_DEFAULT,
    hops: int = 2,
    code: bool = False,
    every: bool = False,
    timeout_ms: int | None = None,
    clock: Callable[[], int] | None = None,
) -> Context:
    """The context of the named entities; `every` takes all meanings of each. Raises QueryError as queries
    do, Usage for a budget or hops out of bounds."""
    help_line = command("generate-context", "--help")
    if not names:
        raise Usage("generate-context needs at least one entity", help_line)
    if not 1 <= budget_tokens <= CONTEXT_TOKENS_MAX:
        raise Usage(f"--tokens takes 1 to {CONTEXT_TOKENS_MAX}", help_line)
    if not 0 <= hops <= HOPS_MAX:
        raise Usage(f"--hops takes 0 to {HOPS_MAX}", help_line)
    entities = [e for name in names for e in resolve(view, name, ANYTHING, "generate-context", every)]
    asked = QueryArguments(name="generate-context", timeout_ms=timeout_ms)
    bounds = Bounds(asked, clock)
    return generate_context(
        view, list(dict.fromkeys(entities)), budget_tokens, hops, code=code, bounds=bounds
    )


def generate_context(
    view: View,
    entities: Sequence[Entity],
    budget_tokens: int = CONTEXT_TOKENS_DEFAULT,
    hops: int = 2,
    *,
    code: bool = False,
    bounds: Bounds | None = None,
) -> Context:
    """The context of resolved entities: deterministic, within the budget by `estimate_tokens`."""
    bounds = bounds or Bounds(QueryArguments(name="generate-context"))
    gathered = [gather(view, entity.numbers, hops, bounds) for entity in entities]
    each = {title: [found[title] for found in gathered if title in found] for title in TITLES}
    drafts = {title: _in_turn([one.drafts for one in found]) for title, found in each.items() if found}
    more = {title: sum(one.more for one in found) for title, found in each.items()}
    rows = [view.node(entity.numbers[0]).row() for entity in entities]
    packing = Packing(budget_tokens, rows, drafts, more)
    packing.fill(code)
    sections = [
        Section(title, [Item(view.node(draft.number).row(), text) for draft, text in taken])
        for title, taken in packing.taken()
    ]
    context = Context(
        entities=rows,
        budget=budget_tokens,
        tokens=0,
        sections=sections,
        omitted=packing.omitted(),
        version=view.version,
    )
    context.tokens = estimate_tokens(render_text(context))
    return context


def _in_turn(lists: Sequence[list[Draft]]) -> list[Draft]:
    """The lists taken one by one in turn, each draft once."""
    rounds = zip_longest(*lists)
    return distinct(draft for each in rounds for draft in each if draft is not None)
