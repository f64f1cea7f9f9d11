"""Rules parsed: a matcher becomes a program for `match`, a body a tree for `transcribe`.

The program is a backtracking machine's: `Token`, `Nest` and `Fragment` read, `ENTER`, `TURN` and `LEAVE` mark
a repetition in the log of what was bound, `Fork` and `Jump` choose. A repetition that could read nothing is
refused, as the compiler does; so every loop of a program reads on.
"""

from __future__ import annotations

from dataclasses import dataclass

from isg_graph.expand.fragment import READERS
from isg_graph.expand.limit import Refused
from isg_graph.expand.token import Group, Tree, is_identifier

_OPERATORS = frozenset("*+?")


@dataclass(frozen=True, slots=True)
class Token:
    text: str


@dataclass(frozen=True, slots=True)
class Fragment:
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Nest:
    """A delimited group, with the program of its inside."""

    open: str
    program: Program


@dataclass(frozen=True, slots=True)
class Enter:
    """A repetition begins; `names` are all that its inside binds."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the innermost repetition begins."""


@dataclass(frozen=True, slots=True)
class Leave:
    """The innermost repetition ends."""


@dataclass(frozen=True, slots=True)
class Fork:
    """Go on, or, should that fail, at `other`."""

    other: int


@dataclass(frozen=True, slots=True)
class Jump:
    target: int


Step = Token | Fragment | Nest | Enter | Turn | Leave | Fork | Jump
Program = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Variable:
    name: str


@dataclass(frozen=True, slots=True)
class Inside:
    """A delimited group of a body."""

    open: str
    nodes: Body


@dataclass(frozen=True, slots=True)
class Repeat:
    """`$( … ) separator *` of a body; `names` are the bound variables in it."""

    nodes: Body
    separator: str | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unsupported:
    """`${…}`: expands to nothing that is known."""


Node = str | Variable | Inside | Repeat | Unsupported
Body = tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    program: Program
    body: Body


def read_rules(trees: list[Tree]) -> tuple[Rule, ...]:
    """`(matcher) => { body } ; …`; the separators may be missing or commas. Rules that the compiler would
    refuse are left out. Raises `Refused` where the whole has no such shape."""
    rules = []
    place = 0
    while place < len(trees):
        if trees[place] in (";", ","):
            place += 1
            continue
        parts = trees[place : place + 3]
        if len(parts) < 3 or parts[1] != "=>":
            raise Refused
        matcher, _, body = parts
        if isinstance(matcher, str) or isinstance(body, str):
            raise Refused
        names: list[str] = []
        try:
            program = _program(matcher.items, names, "")
            rules.append(Rule(program, _body(body.items, frozenset(names))))
        except Refused:
            pass
        place += 3
    return tuple(rules)


def _repetition(trees: list[Tree], place: int) -> tuple[str | None, str, int]:
    """The separator, the operator, and the place behind them."""
    for width in (1, 2):
        operator = trees[place + width - 1] if place + width <= len(trees) else ""
        if isinstance(operator, Group):
            break
        if operator in _OPERATORS and operator:
            separator = trees[place] if width == 2 else None
            assert not isinstance(separator, Group)
            return separator, operator, place + width
    raise Refused


# --- matchers -----------------------------------------------------------------------------------------


def _program(trees: list[Tree], names: list[str], follow: str) -> Program:
    steps: list[Step] = []
    _compile(trees, names, steps, follow)
    return tuple(steps)


def _compile(trees: list[Tree], names: list[str], steps: list[Step], follow: str) -> bool:
    """Append the steps of a matcher; may it read nothing? `follow` is the token behind it ("" none)."""
    place = 0
    empty = True
    while place < len(trees):
        tree = trees[place]
        following = trees[place + 1] if place + 1 < len(trees) else ""
        if isinstance(tree, Group):
            steps.append(Nest(tree.open, _program(tree.items, names, "")))
            empty = False
            place += 1
        elif tree != "$":
            steps.append(Token(tree))
            empty = False
            place += 1
        elif isinstance(following, Group):
            if following.open != "(":
                raise Refused
            separator, operator, place = _repetition(trees, place + 2)
            nothing = _compile_repetition(following.items, names, steps, separator, operator)
            empty = empty and (nothing or operator != "+")
        else:
            kind = trees[place + 3] if place + 3 < len(trees) else ""
            if not is_identifier(following) or trees[place + 2 : place + 3] != [":"]:
                raise Refused
            if not isinstance(kind, str) or kind not in READERS:
                raise Refused
            place += 4
            behind = trees[place] if place < len(trees) else follow
            if kind == "pat" and behind == "|":
                kind = "pat_param"  # as it is in the editions that allow a `|` behind it
            names.append(following)
            steps.append(Fragment(following, kind))
            empty = empty and kind == "vis"
    return empty


def _compile_repetition(
    trees: list[Tree], names: list[str], steps: list[Step], separator: str | None, operator: str
) -> bool:
    outer = len(names)
    enter = len(steps)
    steps.append(Enter(()))
    fork = -1
    if operator != "+":
        fork = len(steps)
        steps.append(Fork(0))
    turn = len(steps)
    steps.append(Turn())
    empty = _compile(trees, names, steps, separator or "")
    if operator != "?":
        if empty and separator is None:
            raise Refused
        steps.append(Fork(len(steps) + (2 if separator is None else 3)))
        if separator is not None:
            steps.append(Token(separator))
        steps.append(Jump(turn))
    if fork >= 0:
        steps[fork] = Fork(len(steps))
    steps.append(Leave())
    steps[enter] = Enter(tuple(names[outer:]))
    return empty


# --- bodies -------------------------------------------------------------------------------------------


def _body(trees: list[Tree], bound: frozenset[str]) -> Body:
    nodes: list[Node] = []
    place = 0
    while place < len(trees):
        tree = trees[place]
        place += 1
        if isinstance(tree, Group):
            nodes.append(Inside(tree.open, _body(tree.items, bound)))
            continue
        following = trees[place] if place < len(trees) else ""
        if tree != "$" or not following:
            nodes.append(tree)
        elif isinstance(following, Group):
            if following.open == "(":
                separator, _, place = _repetition(trees, place + 1)
                inside = _body(following.items, bound)
                nodes.append(Repeat(inside, separator, tuple(sorted(_names(inside)))))
            else:
                nodes.append(Unsupported())
                place += 1
        elif following in ("$", "$crate"):
            nodes.append(following)
            place += 1
        elif following in bound:
            nodes.append(Variable(following))
            place += 1
        else:  # of a macro that the body defines
            nodes.append("$")
    return tuple(nodes)


def _names(nodes: Body) -> set[str]:
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, Variable):
            found.add(node.name)
        elif isinstance(node, Inside):
            found |= _names(node.nodes)
        elif isinstance(node, Repeat):
            found.update(node.names)
    return found
