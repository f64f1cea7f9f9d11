"""Every bound of expansion, with its unit. Reaching one is `Refused`, which `expand` answers with None."""

from __future__ import annotations

TEXT_CHARACTERS_MAX = 1_000_000
"""Characters of a macro's rules, or of an invocation's arguments."""

TOKENS_IN_MAX = 100_000
"""Tokens of a macro's rules, or of an invocation's arguments."""

TOKENS_OUT_MAX = 50_000
"""Tokens of one expansion."""

CHARACTERS_OUT_MAX = 2_000_000
"""Characters of one expansion: few tokens can be long."""

TREE_DEPTH_LEVELS_MAX = 64
"""Delimiters within delimiters, repetitions within repetitions, and angle brackets within angle brackets."""

STEPS_MAX = 500_000
"""Steps of matching and transcribing one invocation: a token compared, a fragment's part read, a repetition
tried once more. A muncher's step over thousands of tokens takes a few thousand."""

RULES_CACHED_MAX = 2_048
"""Macros whose parsed rules are kept."""


class Refused(Exception):
    """Malformed text, or a bound reached. Never leaves this package."""


class Budget:
    """The steps left of one expansion."""

    __slots__ = ("left",)

    def __init__(self, steps: int = STEPS_MAX) -> None:
        self.left = steps

    def spend(self, steps: int = 1) -> None:
        self.left -= steps
        if self.left < 0:
            raise Refused
