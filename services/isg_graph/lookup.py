"""The keys a node is looked up by, and the reading of symbols as segments.

Owns the one rule by which `Router::route` finds `axum::routing::Router<S>::route`: both views build their
indexes with `lookup_keys`, and entity resolution asks them with `tail_key`. Invariant: whatever
`lookup_keys(node)` holds beyond the name, `tail_key` of the node's symbol is among it. Absent: any view;
these are functions of text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from isg_protocol.graph import Node
from isg_protocol.vocabulary import IMPL

_PREFIX = re.compile(r"(?:\w+::)+|(?<!\w)::")
_LIFETIME = re.compile(r"'\w+ ?")
_OPENING = "<([{"
_CLOSING = ">)]}"


def lookup_keys(node: Node) -> tuple[str, ...]:
    """The node's name, then the tails it is found by: distinct, in a fixed order.

    A tail is two segments without generic arguments. `m::Cat::speak` has `Cat::speak`;
    `m::<Cat<T> as path::Speak>::speak` has `Cat::speak` and `<Cat as Speak>::speak`; the impl
    `m::<impl Speak for Cat>` has `<impl Speak for Cat>` and `m::<impl Speak for Cat>`; a free item and an
    external have `module::name`; a crate has none.
    """
    symbol = node.symbol
    if "<" not in symbol:
        parts = symbol.rsplit("::", 2)
        return (node.name, f"{parts[-2]}::{parts[-1]}") if len(parts) > 1 else (node.name,)
    name = node.name
    if node.kind != IMPL and name.isidentifier() and symbol.endswith(f"::{name}"):
        return (name, *[f"{owner}::{name}" for owner in _owners(symbol[: -len(name) - 2])])
    parts = segments(symbol)
    last = bare_segment(parts[-1])
    if len(parts) == 1:
        return (name, last)
    if node.kind == IMPL:
        return (name, last, f"{bare_segment(parts[-2])}::{last}")
    return (name, *[f"{owner}::{last}" for owner in _owners("::".join(parts[:-1]))])


@lru_cache(maxsize=8192)
def _owners(prefix: str) -> tuple[str, ...]:
    """What may stand before the name of something in this module, type or impl."""
    owner = segments(prefix)[-1]
    qualified = split_qualified(owner)
    whole = bare_segment(owner)
    return (whole,) if qualified is None else (bare(qualified[0]), whole)


def tail_key(parts: list[str]) -> str:
    """The key under which a view finds the symbols that end with these segments (at least one)."""
    tail = [bare_segment(part) for part in parts[-2:]]
    return "::".join(tail)


def segments(symbol: str) -> list[str]:
    """The `::`-separated segments of a symbol or path; what brackets hold is not divided."""
    if "<" not in symbol and "(" not in symbol and "[" not in symbol:
        return symbol.split("::")
    result: list[str] = []
    depth = 0
    start = 0
    index = 0
    while index < len(symbol):
        char = symbol[index]
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            if char != ">" or symbol[index - 1 : index] not in ("-", "="):  # `->` and `=>` close nothing
                depth = max(0, depth - 1)
        elif char == ":" and depth == 0 and symbol.startswith("::", index):
            result.append(symbol[start:index])
            index += 1
            start = index + 1
        index += 1
    result.append(symbol[start:])
    return result


@lru_cache(maxsize=8192)
def bare_segment(segment: str) -> str:
    """A segment without generic arguments; `<…>` keeps its two sides: `<Cat<T> as a::Speak<U>>` becomes
    `<Cat as Speak>`, `<impl<T> Speak for Cat<T>>` becomes `<impl Speak for Cat>`."""
    if "<" not in segment:
        return segment
    if not segment.startswith("<"):
        return bare(segment)
    qualified = split_qualified(segment)
    if qualified is not None:
        return f"<{bare(qualified[0])} as {bare(qualified[1])}>"
    inner = segment[1:-1] if segment.endswith(">") else segment[1:]
    return f"<{' '.join(bare(inner).split())}>"


@lru_cache(maxsize=8192)
def split_qualified(segment: str) -> tuple[str, str] | None:
    """`("Cat<T>", "Speak")` of `<Cat<T> as Speak>`; None for any other segment."""
    if not segment.startswith("<") or not segment.endswith(">"):
        return None
    depth = 0
    for index, char in enumerate(segment):
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING and not (char == ">" and segment[index - 1] in "-="):
            depth -= 1
        elif depth == 1 and char == " " and segment.startswith(" as ", index):
            return segment[1:index], segment[index + 4 : -1]
    return None


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """A type or trait as written, without generic arguments, lifetimes and the modules of its paths:
    `&'a mut a::Cat<T>` becomes `&mut Cat`."""
    if "<" in text:
        kept: list[str] = []
        depth = 0
        for index, char in enumerate(text):
            if char == "<":
                depth += 1
            elif char == ">" and not (index and text[index - 1] in "-="):
                depth = max(0, depth - 1)
            elif depth == 0:
                kept.append(char)
        text = "".join(kept)
    if "'" in text:
        text = _LIFETIME.sub("", text)
    return _PREFIX.sub("", text).strip() if "::" in text else text.strip()


def spans_of(nodes: Iterable[tuple[int, Node]]) -> dict[str, list[tuple[int, int, int]]]:
    """For each file its (line, end_line, number) in source order: outer before inner where two begin on
    one line, then by `Node.order()`. Nodes without a file are left out."""
    keyed: dict[str, list[tuple[int, int, int, tuple[str, str, int, bytes], int]]] = {}
    for number, node in nodes:
        if node.file is not None and node.line:
            keyed.setdefault(node.file, []).append(
                (node.line, -node.end_line, _rank(node), node.order(), number)
            )
    return {
        path: [(line, -minus_end, number) for line, minus_end, _, _, number in sorted(rows)]
        for path, rows in keyed.items()
    }


def _rank(node: Node) -> int:
    """Crates hold modules hold the rest: a file's whole-file nodes come in that order. What stands in a
    trait impl (`<Cat as Speak>::speak`) comes after the impl, whose symbol is the greater."""
    return 3 if ">::" in node.symbol else min(node.kind, 2)
