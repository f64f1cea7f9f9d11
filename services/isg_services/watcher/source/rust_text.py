"""Just enough of Rust's lexical grammar to say whether a place in a text lies inside a literal or a comment.

Owns strings (plain, byte, C), raw strings, block comments (nested), line comments and the character literals
that could be mistaken for the start of a string. Invariant: every function is linear in the bytes it is given
and never fails, whatever they hold. Deliberately absent: tokens, items, any notion of valid Rust.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# The first byte of every alternative is one of `/ " '`, so that the engine can jump from one to the next.
# A quote after `r` or `#` may open a raw string and is looked at in Python; a run of line comments is one
# token.
_LITERALS: Final = rb"""
    //[^\n]*+(?:\n[ \t]*+//[^\n]*+)*+
  | (?P<block>/\*)
  | "(?:(?<=[r#]")(?P<raw>)|[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|(?P<open>)))
  | '\\?"'
"""
_TOKEN: Final = re.compile(_LITERALS, re.VERBOSE | re.DOTALL)
_DELIMITED: Final = re.compile(
    _LITERALS
    + rb"""
  | '(?:\\[^\n][^'\n]{0,10}+'|[\x20-\x7e]'|[\xc0-\xff][\x80-\xbf]{1,3}+')
  | (?P<delimiter>[()\[\]{}]|\*/)
""",
    re.VERBOSE | re.DOTALL,
)
_STRING_END: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_COMMENT_EDGE: Final = re.compile(rb"/\*|\*/")
_RAW_OPENER: Final = re.compile(rb'(?<![A-Za-z0-9_])[bc]?r(#*)"\Z')
_OPENER_BYTES_MAX: Final = 260  # two letters, at most 255 hashes, the quote
_CLOSER_OF: Final = {b")": b"(", b"]": b"[", b"}": b"{"}


@dataclass(frozen=True, slots=True)
class Opened:
    """A literal or comment that begins at `start` (a raw string: at its quote) and ends with `terminator`."""

    start: int
    terminator: bytes


def open_at(data: bytes, start: int, end: int) -> Opened | None:
    """What is open at `end`, when the text from `start` is read as Rust; None between literals."""
    position = start
    while True:
        for token in _TOKEN.finditer(data, position, end):
            kind = token.lastgroup
            if kind is None:
                continue
            opened = _opened(data, token, start)
            closed = close(data, opened, end)
            if closed is None:
                return opened
            position = closed
            break
        else:
            return None


def close(data: bytes, opened: Opened, end: int) -> int | None:
    """Where `opened` ends (exclusive), or None when that is not before `end`."""
    if opened.terminator == b"*/":
        return _close_comment(data, opened.start, end)
    if opened.terminator == b'"' and not _is_raw(data, opened.start):
        found = _STRING_END.match(data, opened.start, end)
        return found.end() if found else None
    at = data.find(opened.terminator, opened.start + 1, end)
    return at + len(opened.terminator) if at >= 0 else None


def is_whole(data: bytes, start: int, end: int) -> bool:
    """Whether the text could be a file of its own: nothing open at its end, its brackets paired, and no end
    of a comment that has no beginning."""
    stack: list[bytes] = []
    position = start
    while True:
        for token in _DELIMITED.finditer(data, position, end):
            kind = token.lastgroup
            if kind is None:
                continue
            if kind == "delimiter":
                if not _nest(stack, token.group()):
                    return False
                continue
            closed = close(data, _opened(data, token, start), end)
            if closed is None:
                return False
            position = closed
            break
        else:
            return not stack


def _nest(stack: list[bytes], delimiter: bytes) -> bool:
    opener = _CLOSER_OF.get(delimiter)
    if opener is None:
        stack.append(delimiter)
        return delimiter != b"*/"
    return bool(stack) and stack.pop() == opener


def _opened(data: bytes, token: re.Match[bytes], start: int) -> Opened:
    """The literal that a token with a named group begins: `block`, `raw` (perhaps), or `open`."""
    at = token.start()
    if token.lastgroup == "block":
        return Opened(at, b"*/")
    opener = _RAW_OPENER.search(data, max(start, at - _OPENER_BYTES_MAX), at + 1)
    return Opened(at, b'"' + opener.group(1)) if opener else Opened(at, b'"')


def _is_raw(data: bytes, quote: int) -> bool:
    return _RAW_OPENER.search(data, max(0, quote - _OPENER_BYTES_MAX), quote + 1) is not None


def _close_comment(data: bytes, start: int, end: int) -> int | None:
    depth = 0
    for edge in _COMMENT_EDGE.finditer(data, start, end):
        depth += 1 if edge.group() == b"/*" else -1
        if depth == 0:
            return edge.end()
    return None
