"""The normal form of source text: how a signature, a type or a macro's tokens are written down.

`normal_text` gives a signature's words: no comments, single spaces, none inside brackets, no trailing
commas, so that the layout of the source never shows. `normal_tokens` gives a token list joined by single
spaces, for macros, whose text must read back as the same tokens.
"""

from __future__ import annotations

import re

_COMMENT_OR_STRING = re.compile(
    r'(?P<keep>b?c?r(?P<h>#*)".*?"(?P=h)|[bc]?"(?:\\.|[^"\\])*"|b?\'(?:\\[^u]|\\u\{[^}]*\}|[^\\\'])\')'
    r"|//[^\n]*|/\*.*?\*/",
    re.DOTALL,
)
_DOC = re.compile(r'#\s*\[\s*doc\s*(?:=\s*(?:r#*)?"(?:\\.|[^"\\])*"#*|\([^)]*\))\s*\]\s*')
_GAPS = (
    ("( ", "("), (" )", ")"), ("[ ", "["), (" ]", "]"), ("< ", "<"), (" >", ">"), (" ,", ","), (" ;", ";"),
    (",]", "]"), (",>", ">"), (", }", " }"), (",}", "}"), (", {", " {"),
)  # fmt: skip
_TRAILING = re.compile(r",(?=\))")


_UNTIDY = (
    "\n", "  ", "\t", "\r", "//", "/*", "( ", " )", ",)", ", )", "[ ", " ]", ",]", "< ", " >",
    ",>", " ,", " ;", ", }", ",}", ", {", "doc",
)  # fmt: skip
_LINE_COMMENT = re.compile(r"//[^\n]*")
_WHOLE_LINE_COMMENT = re.compile(r"^[ \t]*//[^\n]*", re.MULTILINE)


def normal_text(text: bytes) -> str:
    """`pub fn a(\\n    x: u8,\\n)` becomes `pub fn a(x: u8)`. One-element tuples keep their comma."""
    words = text.decode("utf-8", "replace")
    for untidy in _UNTIDY:  # several times faster than one regular expression, or than looking in bytes
        if untidy in words:
            break
    else:
        return words.strip(" ,")
    if "//" in words or "/*" in words:
        bare = _WHOLE_LINE_COMMENT.sub("", words)
        if '"' in bare or "/*" in bare:
            words = _COMMENT_OR_STRING.sub(lambda found: found["keep"] or " ", words)
        else:  # no string or block comment begins outside those lines: every `//` is a comment
            words = _LINE_COMMENT.sub(" ", bare)
    if "doc" in words:
        words = _DOC.sub("", words)
    words = " ".join(words.split())
    for gap, tidy in _GAPS:
        if gap in words:
            words = words.replace(gap, tidy)
    if ",)" in words:
        words = _TRAILING.sub(lambda found: "," if _one_tuple(words, found.start()) else "", words)
    return words.rstrip(", ")


def _one_tuple(words: str, comma: int) -> bool:
    """Is the comma before this `)` the only one of a tuple (and no parameter list)?"""
    depth = 0
    for place in range(comma - 1, -1, -1):
        letter = words[place]
        if letter in ")]}" or (letter == ">" and words[place - 1 : place] not in ("-", "=")):
            depth += 1
        elif letter in "[{<":
            depth -= 1
        elif letter == "(":
            if depth == 0:
                before = words[place - 1 : place]
                return not (before.isalnum() or before in ("_", ">"))
            depth -= 1
        elif letter == "," and depth == 0:
            return False
    return False


_TOKEN = re.compile(
    rb"//[^\n]*|/\*.*?\*/|"
    rb'(b?c?r(?P<h>#*)".*?"(?P=h)|[bc]?"(?:\\.|[^"\\])*"|b?\'(?:\\[^u]|\\u\{[^}]*\}|[^\\\'\x80-\xff]|[\xc0-\xff]'
    rb"[\x80-\xbf]+)'|'[A-Za-z_\x80-\xff][\w\x80-\xff]*|"
    rb"r#[A-Za-z_\x80-\xff][\w\x80-\xff]*|\$?[A-Za-z_\x80-\xff][\w\x80-\xff]*|"
    rb"[0-9][0-9A-Za-z_]*(?:\.[0-9][0-9A-Za-z_]*)?(?:(?<=[eE])[+-][0-9_]+)?|"
    rb"\.\.\.|\.\.=|<<=|>>=|::|->|=>|\.\.|&&|\|\||==|!=|<=|>=|\+=|-=|\*=|/=|%=|\^=|&=|\|=|<<|>>|[^\s])",
    re.DOTALL,
)


def normal_tokens(text: bytes) -> str:
    """The tokens of a macro, comments dropped, single spaces between them."""
    return b" ".join([token for token, _ in _TOKEN.findall(text) if token]).decode("utf-8", "replace")
