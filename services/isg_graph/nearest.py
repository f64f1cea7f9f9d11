"""Names that are near another: for "did you mean" and for search.

Owns the scoring of a name against what was typed. Pure text; cheap filters come before the edit distance,
which is only computed for names that can still pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^A-Za-z0-9_]")

EXACT = 1.0
SAME_BUT_CASE = 0.95
PREFIX = 0.8
WORD_PREFIX = 0.65
SUBSTRING = 0.5
WORD_PARTS = 0.35
TYPO = 0.2
"""The floors of the ways a name can match; within one, the nearer in length scores higher (by < 0.15)."""


def score(text: str, folded: str, name: str) -> float:
    """How well `name` answers `text` (whose lower case is `folded`), 0.0 for not at all. Typing errors
    are left to `is_typo`, which is dearer."""
    if name == text:
        return EXACT
    lower = name.lower()
    at = lower.find(folded)
    if at >= 0:
        if len(lower) == len(folded):
            return SAME_BUT_CASE
        nearness = 0.149 * len(folded) / len(lower)
        if at == 0:
            return PREFIX + nearness
        starts_word = not lower[at - 1].isalnum() or (name[at].isupper() and name[at - 1].islower())
        return (WORD_PREFIX if starts_word else SUBSTRING) + nearness
    if len(folded) >= 2 and len(lower) > len(folded) and lower[0] == folded[0]:
        if is_subsequence(folded, lower) and matches_words(folded, name):
            return WORD_PARTS + 0.149 * len(folded) / len(lower)
    return 0.0


def is_subsequence(short: str, long: str) -> bool:
    """True when the characters of `short` stand in `long` in this order."""
    at = -1
    for char in short:
        at = long.find(char, at + 1)
        if at < 0:
            return False
    return True


def matches_words(folded: str, name: str) -> bool:
    """True when `folded` is made of pieces of the name's words in order, each beginning with its word's
    first letter, all words having a piece: `wlkbld` of WalkBuilder (wlk, bld), `hm` of HashMap."""
    words = [word.lower() for word in _WORD.findall(name)]
    if len(words) < 2 or len(words) > len(folded):
        return False
    reached = {0}
    for word in words:
        following: set[int] = set()
        for at in reached:
            if at < len(folded) and folded[at] == word[0]:
                following |= _ends(folded, at, word)
        if not following:
            return False
        reached = following
    return len(folded) in reached


def _ends(folded: str, at: int, word: str) -> set[int]:
    """Where a piece of `word` that begins at `folded[at]` can end."""
    ends = {at + 1}
    place = 0
    for index in range(at + 1, len(folded)):
        place = word.find(folded[index], place + 1)
        if place < 0:
            break
        ends.add(index + 1)
    return ends


def typos(folded: str, names: Iterable[str]) -> list[tuple[int, str]]:
    """The (distance, name) of the names within a few typing errors of `folded`, nearest first."""
    allowed = 1 if len(folded) <= 4 else 2 if len(folded) <= 9 else 3
    low, high = len(folded) - allowed, len(folded) + allowed
    letters = set(folded)
    found = []
    for name in names:
        if low <= len(name) <= high:
            lower = name.lower()
            if len(letters.symmetric_difference(lower)) <= 2 * allowed:
                apart = distance(folded, lower, allowed)
                if apart <= allowed:
                    found.append((apart, name))
    found.sort()
    return found


def distance(left: str, right: str, allowed: int) -> int:
    """Edits (insert, delete, replace, swap of neighbours) between two texts; allowed + 1 when there are
    more than `allowed`."""
    if abs(len(left) - len(right)) > allowed:
        return allowed + 1
    before_last: list[int] = []
    last = list(range(len(right) + 1))
    for row, char in enumerate(left, 1):
        line = [row]
        for column, other in enumerate(right, 1):
            best = min(last[column] + 1, line[column - 1] + 1, last[column - 1] + (char != other))
            if row > 1 and column > 1 and char == right[column - 2] and left[row - 2] == other:
                best = min(best, before_last[column - 2] + 1)
            line.append(best)
        if min(line) > allowed:
            return allowed + 1
        before_last, last = last, line
    return last[-1] if last[-1] <= allowed else allowed + 1
