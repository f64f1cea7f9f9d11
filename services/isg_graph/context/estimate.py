"""How many tokens a text will be to a model, estimated from its bytes alone.

Every byte costs a part of a token by its class: a small letter little, since words are few tokens; a
capital more, since it begins a word or is a generic parameter that stands for itself; digits, signs and what
is not ASCII nearly a token each. The weights were fitted to the larger of two tokenizers' counts over
contexts of nine crates, and then raised until none was estimated below its count. How it stands now tells
`python benchmarks/tokens.py TREE`. Invariant: the estimate of two texts that meet at a line's end is the sum
of theirs.
"""

from __future__ import annotations

PARTS = 100
"""Parts of a token that the weights count in."""

_SMALL, _CAPITAL, _DIGIT, _BLANK, _INDENT, _LINE, _SIGN = 14, 32, 80, 80, 32, 64, 84
_INDENTATION = b"    "
_SMALL_LETTERS = b"abcdefghijklmnopqrstuvwxyz"
_CAPITALS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS = b"0123456789"


def parts(text: str) -> int:
    """A text's cost in hundredths of a token."""
    source = text.encode("utf-8", "surrogatepass")
    size = len(source)
    small = size - len(source.translate(None, _SMALL_LETTERS))
    capitals = size - len(source.translate(None, _CAPITALS))
    digits = size - len(source.translate(None, _DIGITS))
    blanks, indents, lines = source.count(b" "), source.count(_INDENTATION), source.count(b"\n")
    signs = size - small - capitals - digits - blanks - lines
    return (
        _SMALL * small + _CAPITAL * capitals + _DIGIT * digits + _LINE * lines + _SIGN * signs
        + _BLANK * (blanks - len(_INDENTATION) * indents) + _INDENT * indents
    )  # fmt: skip


def estimate_tokens(text: str) -> int:
    """Tokens of a text, rounded up."""
    return -(-parts(text) // PARTS)
