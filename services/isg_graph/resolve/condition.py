"""Which `cfg` conditions hold: the one assumption of the contract.

Unix, Linux, 64-bit little endian, every feature on; not test, not loom, miri, docsrs or `*_unstable`.
A name nobody declared here does not hold. Conditions are text, as the facts have them.
"""

from __future__ import annotations

import re
from functools import lru_cache

_TRUE_NAMES = frozenset({"unix", "debug_assertions", "panic", "target_thread_local", "true"})
_TRUE_VALUES = {
    "target_os": {"linux"},
    "target_family": {"unix"},
    "target_pointer_width": {"64"},
    "target_endian": {"little"},
    "target_arch": {"x86_64"},
    "target_env": {"gnu"},
    "target_has_atomic": {"8", "16", "32", "64", "ptr"},
    "panic": {"unwind"},
}
_TOKEN = re.compile(r'\s*(?:([A-Za-z_][A-Za-z0-9_]*)|("(?:[^"\\]|\\.)*")|([(),=]))')


_TEST_SUPPORT = r"(?:tests?|testing)(?:[-_](?:utils?|helpers?|support))?"
_APART = re.compile(rf'feature\s*=\s*"(?:(?:\w+[-_])?(?:unstable|nightly)|{_TEST_SUPPORT})"')


@lru_cache(maxsize=4096)
def holds(condition: str | None) -> bool:
    """Whether a condition holds; no condition does. Text that is no condition does not."""
    if condition is None:
        return True
    tokens = [match.group(match.lastindex or 0) for match in _TOKEN.finditer(condition)]
    value, _ = _predicate(tokens, 0)
    return value


@lru_cache(maxsize=4096)
def built(condition: str | None) -> bool:
    """Whether a condition holds in a plain build: `holds`, with the features off that say of themselves that
    they need another compiler or are for tests."""
    return condition is None or holds(_APART.sub("apart", condition))


def _predicate(tokens: list[str], at: int) -> tuple[bool, int]:
    if at >= len(tokens):
        return False, at + 1
    name = tokens[at]
    following = tokens[at + 1] if at + 1 < len(tokens) else ""
    if following == "(":
        values, at = _arguments(tokens, at + 2)
        if name == "all":
            return all(values), at
        if name == "any":
            return any(values), at
        if name == "not":
            return not (values and values[0]), at
        return False, at
    if following == "=" and at + 2 < len(tokens):
        text = tokens[at + 2].strip('"')
        return name == "feature" or text in _TRUE_VALUES.get(name, ()), at + 3
    return name in _TRUE_NAMES, at + 1


def _arguments(tokens: list[str], at: int) -> tuple[list[bool], int]:
    values: list[bool] = []
    while at < len(tokens) and tokens[at] != ")":
        if tokens[at] == ",":
            at += 1
            continue
        value, at = _predicate(tokens, at)
        values.append(value)
    return values, at + 1
