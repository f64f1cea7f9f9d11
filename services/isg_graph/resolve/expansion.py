"""Items that macros make: a workspace's own `macro_rules!` by example, and the declared macros of the field.

An expansion is text, read by the same extractor as a file. What it makes stands at the outermost call's
place: every line of it is the call's. Expansions are remembered by their text, so that a change elsewhere
costs nothing here.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec.structs import replace

from isg_graph.expand.expand import expand_counting
from isg_graph.parse.extract import extract
from isg_graph.resolve.definition import Definition
from isg_graph.resolve.package import Target
from isg_protocol.facts import ImplHead, ItemFacts

EXPANSIONS_MAX = 40_000
"""Expanded calls of one workspace."""
EXPANSION_DEPTH_MAX = 32
EXPANSION_CHARACTERS_MAX = 200_000
CALL_EXPANSIONS_MAX = 1_000
"""What one call that someone wrote may lead to; the rest of it stays unexpanded. A macro that calls itself
twice is a bomb of 2^32."""
CALL_STEPS_MAX = 400_000
CALL_CHARACTERS_MAX = 200_000
MACRO_CALLS_SHARE = 4
"""So many times those bounds for all calls of one macro that were themselves made by macros."""
_TIGHT = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r" ?:: ?", "::"),
        (r"& (?!&)", "&"),
        (r"(\w) <", r"\1<"),
        (r"(?<![-=]) ?< ", "<"),
        (r" >(?!=)", ">"),
        (r"\b(?!(?:for|in|as|dyn|mut|where|impl|const)\b)(\w+) \(", r"\1("),
        (r"(\bfn \w+<[^()]*>) \(", r"\1("),
        (r" ([:,;!])", r"\1"),
        (r"([?!]) (?=\w)", r"\1"),
        (r" {2,}", " "),
        (r"# \[ ?", "#["),
        (r"\( ", "("),
        (r" \)", ")"),
        (r"\[ ", "["),
        (r" \]", "]"),
        (r"\* (const|mut)\b", r"*\1"),
    )
)
_CRATE = re.compile(r"\$\s*crate\b")


@lru_cache(maxsize=8_192)
def expanded(rules: str, arguments: str, crate: str) -> tuple[str | None, int]:
    """The text that a call makes, `$crate` replaced, None when no rule takes the arguments; and the steps
    that this took."""
    text, steps = expand_counting(rules, arguments)
    if text is None or len(text) > EXPANSION_CHARACTERS_MAX:
        return None, steps
    return _CRATE.sub(crate, text), steps


def word_of(macro: Definition, target: Target) -> str:
    """What `$crate` of a macro means where a target calls it."""
    return "crate" if macro.target == target else macro.target.package


class Spent:
    """What one written call, or the made calls of one macro, have led to so far."""

    __slots__ = ("characters", "expansions", "steps")

    def __init__(self) -> None:
        self.expansions = 0
        self.steps = 0
        self.characters = 0

    def add(self, steps: int, characters: int) -> None:
        """One more expansion."""
        self.expansions += 1
        self.steps += steps
        self.characters += characters

    def is_over(self, share: int = 1) -> bool:
        """Whether a bound is reached, `share` times what one call has."""
        return (
            self.expansions >= CALL_EXPANSIONS_MAX * share
            or self.steps >= CALL_STEPS_MAX * share
            or self.characters >= CALL_CHARACTERS_MAX * share
        )


@lru_cache(maxsize=8_192)
def items_of(text: str, associated: bool) -> tuple[ItemFacts, ...]:
    """The items of an expansion; `associated` ones stand in an impl or trait and are read as such."""
    if not associated:
        return tuple(_tidied(item) for item in extract(text.encode()).items)
    items = extract(f"impl X {{ {text} }}".encode()).items
    if not items or items[0].kind != "impl":
        return ()
    return tuple(_tidied(replace(item, parent=item.parent - 1)) for item in items[1:])


def _tidied(item: ItemFacts) -> ItemFacts:
    """An item with its words as someone would have written them: an expansion has a space at every token."""
    head = item.head
    if isinstance(head, ImplHead):
        trait = None if head.trait_text is None else tight(head.trait_text)
        head = replace(head, trait_text=trait, self_text=tight(head.self_text))
    return replace(item, signature=tight(item.signature), head=head)


def tight(text: str) -> str:
    """Tokens joined by spaces, as someone would write them: `impl < T > A for & 'a T` is
    `impl<T> A for &'a T`."""
    for pattern, put in _TIGHT:
        text = pattern.sub(put, text)
    return text


def placed(item: ItemFacts, call: ItemFacts) -> ItemFacts:
    """A made item where its call stands: a macro's own, or, for what a declared macro adds to an item, that
    of the macro around the item. Macros that only pass that call on are not its makers."""
    return replace(
        item,
        line=call.line if call.kind == "invocation" else call.line + call.call_line,
        end_line=call.end_line,
        lines=[0] * len(item.lines),
        body_lines=[0] * len(item.body_lines),
        derives=[replace(derive, line=0) for derive in item.derives],
        test=item.test or call.test,
    )
