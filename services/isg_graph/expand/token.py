"""Text to token trees. A leaf is a token's text; a group is a `Group`.

Tokens are the compiler's: multi-character punctuation is one token (`>>` too; a `Stream` splits it where a
type ends inside it), `$crate` is one, `$x` is two. Comments are dropped, documentation as well. What the
compiler's lexer would refuse (a string without its end, brackets that do not pair) is refused.
"""

from __future__ import annotations

import re

from isg_graph.expand.limit import TEXT_CHARACTERS_MAX, TOKENS_IN_MAX, TREE_DEPTH_LEVELS_MAX, Budget, Refused


class Group:
    """Token trees between delimiters; `open` is `(`, `[` or `{`."""

    __slots__ = ("items", "open")

    def __init__(self, opening: str, items: list[Tree]) -> None:
        self.open = opening
        self.items = items


Tree = str | Group

CLOSING = {"(": ")", "[": "]", "{": "}"}

# A comment or string without its end runs to the text's end, where an empty group tells it; so no
# text makes the lexer look ahead to its end more than once.
_TOKEN = re.compile(
    r"""
    (?P<comment> //[^\n]* | /\*(?:[^*/]|\*(?!/)|/(?!\*)|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z))*+(?:\*/|(?P<a>\Z)) )
    | (?:br|cr|r)(?P<hashes>\#*)" .*? (?:"(?P=hashes)|(?P<b>\Z))
    | [bc]?"(?:\\.|[^"\\])*+(?:"|(?P<c>\Z))
    | b?'(?:\\(?:x[0-9A-Fa-f]{2}|u\{[^}']*\}|[^ux])|[^\\'])'
    | '(?:r\#)?[^\W\d]\w*
    | r\#[^\W\d]\w* | \$crate\b | [^\W\d]\w*
    | 0[xXoObB]\w+
    | [0-9][0-9_]*\s*\.(?!\s*[.\w$(])
    | [0-9][0-9_]*(?:\.[0-9][0-9_]*)?(?:[eE][+-]?[0-9_]+)?\w*
    | \.\.\.|\.\.=|<<=|>>=|::|->|=>|\.\.|&&|\|\||==|!=|<=|>=|\+=|-=|\*=|/=|%=|\^=|&=|\|=|<<|>>
    | \S
    """,
    re.VERBOSE | re.DOTALL,
)


def read_trees(text: str) -> list[Tree]:
    """The token trees of a text. Raises `Refused`."""
    if len(text) > TEXT_CHARACTERS_MAX:
        raise Refused
    trees: list[Tree] = []
    outer: list[tuple[str, list[Tree]]] = []
    count = 0
    for found in _TOKEN.finditer(text):
        last = found.lastgroup
        if last is not None and last != "hashes":
            if last != "comment" or found["a"] is not None:
                raise Refused
            continue
        word = found[0]
        count += 1
        if word in "([{":
            outer.append((word, trees))
            trees = []
            if len(outer) > TREE_DEPTH_LEVELS_MAX:
                raise Refused
        elif word in ")]}":
            if not outer or CLOSING[outer[-1][0]] != word:
                raise Refused
            opening, before = outer.pop()
            before.append(Group(opening, trees))
            trees = before
        elif word in "'\"\\":
            raise Refused
        elif word[-1] == "." and word[0].isdigit():
            trees.append("".join(word.split()))
        else:
            trees.append(word)
    if outer or count > TOKENS_IN_MAX:
        raise Refused
    return trees


def flat(trees: list[Tree], into: list[str]) -> list[str]:
    """The tokens of trees, delimiters included, appended to a list, which is given back."""
    for tree in trees:
        if tree.__class__ is str:
            into.append(tree)
        else:
            assert isinstance(tree, Group)
            into.append(tree.open)
            flat(tree.items, into)
            into.append(CLOSING[tree.open])
    return into


def is_literal(word: str) -> bool:
    """Numbers, strings and characters of every sort; not `true` and `false`, which are identifiers."""
    return word[:1].isdigit() or word[-1:] in ("'", '"') or (word[-1:] == "#" and len(word) > 1)


def is_lifetime(word: str) -> bool:
    return word[:1] == "'" and word[-1] != "'"


def is_identifier(word: str) -> bool:
    """Keywords, raw identifiers and `_` included."""
    return (word[:1].isalpha() or word[:1] == "_" or word == "$crate") and not is_literal(word)


class Stream:
    """The trees a matcher reads: `heads[n]` is the text of a leaf, or a group's opening delimiter, and ""
    at the end (twice, so that a look ahead needs no check). Splitting a token moves what is behind it."""

    __slots__ = ("budget", "heads", "size", "trees")

    def __init__(self, trees: list[Tree], budget: Budget) -> None:
        self.trees = list(trees)
        self.heads = [tree if isinstance(tree, str) else tree.open for tree in trees]
        self.heads += ("", "")
        self.size = len(trees)
        self.budget = budget

    def split(self, place: int) -> None:
        """Make the token's first character a token of its own: `>>=` becomes `>` and `>=`."""
        token = self.heads[place]
        if len(token) > 1:
            self.heads[place : place + 1] = token[0], token[1:]
            self.trees[place : place + 1] = token[0], token[1:]
            self.size += 1
            self.budget.spend(1 + (self.size - place) // 64)
