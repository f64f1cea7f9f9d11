"""`expand`: one macro's rules and one invocation's tokens in, its expansion out."""

from __future__ import annotations

from functools import lru_cache

from isg_graph.expand.limit import RULES_CACHED_MAX, STEPS_MAX, Budget, Refused
from isg_graph.expand.match import match
from isg_graph.expand.pattern import Rule, read_rules
from isg_graph.expand.token import read_trees
from isg_graph.expand.transcribe import transcribe


def expand(rules: str, arguments: str) -> str | None:
    """The text of an expansion, tokens joined by spaces, `$crate` left in it.

    `rules` is the inside of `macro_rules! m { … }`: `(matcher) => { body } ; …`; `arguments` what stands
    between an invocation's delimiters. Both are source text or its tokens joined by spaces. The first rule
    that matches is taken. None where none does, where the text is malformed, or where a bound of `limit` is
    reached. The expansion of nothing is "".
    """
    return expand_counting(rules, arguments)[0]


def expand_counting(rules: str, arguments: str) -> tuple[str | None, int]:
    """The same, and the steps that it took, found or not: who makes many calls has a bound on their sum."""
    budget = Budget()
    try:
        parsed = _rules(rules)
        if parsed is None:
            return None, 0
        trees = read_trees(arguments)
        for rule in parsed:
            bindings = match(rule.program, trees, budget)
            if bindings is not None:
                return transcribe(rule.body, bindings, budget), STEPS_MAX - budget.left
    except (Refused, RecursionError):  # the caller may stand deep already
        pass
    return None, STEPS_MAX - budget.left


@lru_cache(maxsize=RULES_CACHED_MAX)
def _rules(text: str) -> tuple[Rule, ...] | None:
    try:
        return read_rules(read_trees(text))
    except Refused:
        return None
