"""A rule's body written out with what its variables are bound to.

Text has no invisible brackets; so an expression that would come apart beside an operator gets parentheses,
and a type before `::` angle brackets, as the compiler's own fragments behave. All else stays plain.
"""

from __future__ import annotations

from isg_graph.expand.limit import CHARACTERS_OUT_MAX, TOKENS_OUT_MAX, Budget, Refused
from isg_graph.expand.match import Binding, Capture
from isg_graph.expand.pattern import Body, Inside, Repeat, Variable
from isg_graph.expand.token import CLOSING, Group, Stream, is_identifier
from isg_graph.expand.type import RESERVED, Mismatch
from isg_graph.expand.value import BINARY, KEYWORDS, PREFIXES, RANGES, read_operand

_BEFORE = (BINARY | RANGES | PREFIXES | {"mut"}) - {"=", "#"}
_BEHIND = ((BINARY | RANGES) - {"="}) | {".", "?", "as", "(", "["}
_POINTERS = frozenset(("&", "&&", "mut", "const", "->"))

Mark = tuple[int, int, Capture]
"""Where in the output a fragment stands that brackets may be due to."""


def transcribe(body: Body, bindings: dict[str, Binding], budget: Budget) -> str:
    """The text, tokens joined by spaces, `$x` and `name!` unparted. Raises `Refused`."""
    words: list[str] = []
    marks: list[Mark] = []
    _write(body, bindings, words, marks, budget)
    if marks:
        words = _bracket(words, marks, budget)
    text = _join(words)
    if len(text) > CHARACTERS_OUT_MAX:
        raise Refused
    return text


def _write(
    body: Body, bindings: dict[str, Binding], words: list[str], marks: list[Mark], budget: Budget
) -> None:
    for node in body:
        if isinstance(node, str):
            words.append(node)
        elif isinstance(node, Variable):
            value = bindings[node.name]
            if isinstance(value, list):
                raise Refused
            start = len(words)
            words.extend(value.words)
            if value.kind in ("expr", "expr_2021", "literal", "ty") and start < len(words):
                marks.append((start, len(words), value))
            budget.spend(1 + len(value.words) // 16)
        elif isinstance(node, Inside):
            words.append(node.open)
            _write(node.nodes, bindings, words, marks, budget)
            words.append(CLOSING[node.open])
        elif isinstance(node, Repeat):
            _repeat(node, bindings, words, marks, budget)
        else:
            raise Refused
        if len(words) > TOKENS_OUT_MAX:
            raise Refused


def _repeat(
    node: Repeat, bindings: dict[str, Binding], words: list[str], marks: list[Mark], budget: Budget
) -> None:
    """As many turns as the repeated variables in it have, which must be as many for each."""
    lists = [(name, value) for name in node.names if isinstance(value := bindings[name], list)]
    if len({len(value) for _, value in lists}) != 1:
        raise Refused
    inner = dict(bindings)
    for turn in range(len(lists[0][1])):
        budget.spend(len(lists))
        if turn and node.separator is not None:
            words.append(node.separator)
        for name, value in lists:
            inner[name] = value[turn]
        _write(node.nodes, inner, words, marks, budget)


# --- what keeps fragments whole -----------------------------------------------------------------------


def _bracket(words: list[str], marks: list[Mark], budget: Budget) -> list[str]:
    parts: list[str] = []
    done = 0
    for start, end, capture in marks:
        before = words[start - 1] if start else ""
        behind = words[end] if end < len(words) else ""
        pair = (_for_type if capture.kind == "ty" else _for_expression)(capture, before, behind, budget)
        if pair:
            parts += words[done:start]
            parts.append(pair[0])
            parts += words[start:end]
            parts.append(pair[1])
            done = end
    parts += words[done:]
    return parts


def _for_type(capture: Capture, before: str, behind: str, budget: Budget) -> str:
    words = capture.words
    if behind == "::":
        plain = all(word == "::" or is_identifier(word) for word in words) and words[0] not in RESERVED
        return "" if plain else "<>"
    if before in _POINTERS and words[0] in ("dyn", "impl") and "+" in capture.trees:
        return "()"
    return ""


def _for_expression(capture: Capture, before: str, behind: str, budget: Budget) -> str:
    if behind == "{":
        return "()" if any(isinstance(tree, Group) and tree.open == "{" for tree in capture.trees) else ""
    if before not in _BEFORE and behind not in _BEHIND:
        return ""
    return "()" if _loose(capture, budget) else ""


def _loose(capture: Capture, budget: Budget) -> bool:
    """Is it more than one operand, or one that a statement could end behind?"""
    first = capture.words[0]
    if first in PREFIXES or first == "{" or (first in KEYWORDS and first not in ("true", "false")):
        return True
    if len(capture.trees) == 1:
        return False
    try:
        return read_operand(Stream(capture.trees, budget), 0, True, 0) != len(capture.trees)
    except Mismatch:
        return True


def _join(words: list[str]) -> str:
    """One space between tokens, but none in `$x` and in `name!`."""
    if "$" not in words and "!" not in words:
        return " ".join(words)
    parts: list[str] = []
    last = len(words) - 1
    for place, word in enumerate(words):
        parts.append(word)
        if place == last:
            break
        following = words[place + 1]
        if (word == "$" and is_identifier(following)) or (
            following == "!" and place + 2 <= last and _invokes(word, words[place + 2])
        ):
            continue
        parts.append(" ")
    return "".join(parts)


def _invokes(word: str, behind: str) -> bool:
    if not is_identifier(word) or word in RESERVED:
        return False
    return behind in ("(", "[", "{") or word == "macro_rules"
