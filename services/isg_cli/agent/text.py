"""Answers as frugal text for a model: the answer and its counts first, each path once, a last line that
says what it is true of.

Owns the look of every tool's answer. Invariant: a pure function of the answers; every symbol that is
printed names its node when it is given back; a mark stands only where something is not plain.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from isg_cli.render import count, signature

Row = dict[str, Any]
SIGNATURE_CHARACTERS_MAX = 160


def grouped(lines: Iterable[tuple[str | None, str]]) -> list[str]:
    """(path, text) as lines, each path once, in the order in which paths are met."""
    by_path: dict[str, list[str]] = {}
    for path, text in lines:
        by_path.setdefault(path or "outside the workspace", []).append(text)
    return [line for path, texts in by_path.items() for line in (path, *(f"  {text}" for text in texts))]


def nodes(rows: Iterable[Row]) -> list[str]:
    """Nodes by file: line, symbol, and the signature where it says more."""
    return grouped((row["file"], node(row)) for row in rows)


def node(row: Row) -> str:
    line = f"{row['line']} " if row["line"] else ""
    return f"{line}{row['symbol']}{_said(row)}"


def _said(row: Row) -> str:
    if row["kind"] == "impl":
        return ""
    said = row["kind"] if row["kind"] in ("module", "crate") else signature(row)
    if len(said) > SIGNATURE_CHARACTERS_MAX:
        said = said[: SIGNATURE_CHARACTERS_MAX - 1] + "…"
    return f"  {said}"


def sites(rows: Iterable[Row]) -> list[str]:
    """Edges by the file of their place: line, symbol, marks."""
    return grouped(
        (row["site"]["file"], f"{row['site']['line']} {row['symbol']}{_marks(row)}") for row in rows
    )


def _marks(row: Row) -> str:
    marks = ["?"] if row["resolution"] == "candidate" else []
    marks += ["dyn"] if row.get("via") else []
    marks += ["test"] if row["test"] else []
    return f"  {' '.join(marks)}" if marks else ""


def implementations(rows: Iterable[Row]) -> list[str]:
    """Impls by file: line, the implementing type or the trait, the header."""

    def line(row: Row) -> str:
        impl = row["impl"]
        marks = [mark for mark in ("blanket", "derived", "macro") if impl.get(mark)]
        marks += ["if its bounds hold"] if row.get("conditional") else []
        header = " ".join((impl["signature"] or "").split())
        return f"{impl['line']} {row['symbol']}  {header}" + (f"  [{', '.join(marks)}]" if marks else "")

    return grouped((row["impl"]["file"], line(row)) for row in rows)


def affected(rows: Iterable[Row]) -> list[str]:
    """The nodes of a blast radius, nearest first."""

    def line(row: Row) -> str:
        return f"{row['line'] or ''} {row['symbol']}".strip() + ("  test" if row["test"] else "")

    by_hop: dict[int, list[Row]] = {}
    for row in rows:
        by_hop.setdefault(row["hop"], []).append(row)
    lines = []
    for hop, found in by_hop.items():
        lines.append(f"hop {hop}")
        lines += [f" {text}" for text in grouped((row["file"], line(row)) for row in found)]
    return lines


def broken(rows: Iterable[Row]) -> list[str]:
    """Lost references by file: line, name, what it was, who has it."""

    def line(row: Row) -> str:
        how = "is gone" if row["gone"] else "is not found from here"
        return f"{row['site']['line']} {row['name']}: {row['was']['symbol']} {how}  in {row['symbol']}"

    return grouped((row["site"]["file"], line(row)) for row in rows)


def changed(rows: Iterable[Row]) -> list[str]:
    """Changed items by file, with their risk."""

    def line(row: Row) -> str:
        hops = "+".join(str(number) for number in row["by_hop"].values()) or "none"
        tests = f", {count(row['test_count'], 'test')}" if row["test_count"] else ""
        return f"{row['line']} {row['symbol']}  {row['change']}, risk {row['risk']}, affects {hops}{tests}"

    return grouped((row["file"], line(row)) for row in rows)


def outline(rows: list[Row]) -> list[str]:
    top = min((row["depth"] for row in rows), default=0)
    return [f"  {row['line']} {'  ' * (row['depth'] - top)}{signature(row)}" for row in rows]


def source(items: Iterable[Row]) -> list[str]:
    """The definitions of a context: each path once, then its lines by number."""
    lines = []
    for item in items:
        path = item["node"]["file"]
        for text in item["text"].split("\n"):
            start, _, rest = text.partition(" ")
            place, _, number = start.rpartition(":")
            lines.append((path, f"{number} {rest}" if place == path else text))
    return grouped(lines)


def foot(answer: Row, note: str | None) -> str:
    """What an answer is true of, what it may be missing, and how it goes on."""
    parts = [] if answer.get("version") is None else [f"v{answer['version']}"]
    parts.append(note or ("as saved" if answer.get("lag_ms") is not None else "as ingested"))
    if answer.get("stale_files"):
        parts.append(f"{count(answer['stale_files'], 'file')} changed since")
    if answer.get("open"):
        parts.append(f"open {answer['open']}")
    if answer.get("truncated"):
        shown = f"{len(answer['results'])} of {answer['count']}"
        parts.append(f"shown {shown}" + (f", cursor {answer['cursor']}" if answer.get("cursor") else ""))
    return f"[{'; '.join(parts)}]"
