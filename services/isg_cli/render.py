"""Answers as text for people: aligned columns, `path:line` first so that a terminal can open it.

Owns the look of every query's answer. Invariant: a pure function of the answer but for colours, which
are used only on a terminal without NO_COLOR; the same answer gives the same text. Deliberately absent:
warnings and failures (they go to stderr), and the shape of the answers (contract.md).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

Row = dict[str, Any]

COLUMN_CHARACTERS_MAX = 72
"""A column wider than this does not push the next one further: that line alone is ragged."""

BOLD, DIM, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def coloured() -> bool:
    """Whether stdout is a terminal that wants colours."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") != "dumb"


def show(lines: Iterable[str]) -> None:
    """Print lines."""
    text = "\n".join(lines)
    sys.stdout.write(text + "\n" if text else "")


def place(row: Row) -> str:
    """`path:line` of a node or a site; `external` where there is none."""
    file = row.get("file")
    if file is None:
        return "external"
    return f"{file}:{row['line']}" if row.get("line") else str(file)


def signature(row: Row) -> str:
    """A node's signature on one line, else its kind."""
    return " ".join((row.get("signature") or row["kind"]).split())


def columns(rows: Iterable[tuple[str, ...]], indent: str = "  ") -> list[str]:
    """Rows as aligned lines, two blanks between the columns; the second column stands out on a terminal."""
    table = list(rows)
    if not table:
        return []
    widths = [
        min(COLUMN_CHARACTERS_MAX, max((len(row[at]) for row in table if at < len(row)), default=0))
        for at in range(max(map(len, table)))
    ]
    paint = coloured()
    lines = []
    for row in table:
        cells = []
        for at, cell in enumerate(row):
            padding = " " * (widths[at] - len(cell)) if at + 1 < len(row) else ""
            cells.append((BOLD + cell + PLAIN if paint and at == 1 else cell) + padding)
        lines.append((indent + "  ".join(cells)).rstrip())
    return lines


def node_lines(nodes: Iterable[Row]) -> list[str]:
    """Nodes, a line each: place, symbol, kind; and the id where the symbol does not tell them apart."""
    rows = list(nodes)
    symbols = [node["symbol"] for node in rows]
    lines = []
    for node in rows:
        twin = symbols.count(node["symbol"]) > 1
        lines.append((place(node), node["symbol"], node["kind"], *((node["id"],) if twin else ())))
    return columns(lines, indent="")


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 impl`, `2 impls`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def dim(text: str) -> str:
    return DIM + text + PLAIN if coloured() else text


# --- answers ----------------------------------------------------------------------------------------------


def answer(value: Row) -> list[str]:
    """A query's whole answer: a headline, the results, what was left out, and what it is true of."""
    query, results = value["query"], value["results"]
    lines = [_headline(value)]
    lines += _BODIES.get(query, _nodes)(results)
    lines += _EXTRAS[query](value) if query in _EXTRAS else []
    if value["truncated"]:
        shown, found = len(results), value["count"]
        left = f"{shown} of {found} shown; --limit 0 shows all" if shown < found else "a bound was met"
        left += f", --cursor {value['cursor']} the next" if value.get("cursor") else ""
        lines.append(f"  … {left}")
    lines.append(dim(f"{_true_of(value)}, {value['elapsed_us']} µs"))
    return lines


def _true_of(value: Row) -> str:
    if value["version"] is not None:
        return f"version {value['version']}"
    return f"{value['from']} → {value['to']}"


_NOUNS = {
    "what-implements": ("impl", "impls"),
    "implements": ("impl", "impls"),
    "callers": ("call site", "call sites"),
    "callees": ("call", "calls"),
    "uses": ("use", "uses"),
    "used-by": ("use", "uses"),
    "blast-radius": ("affected", "affected"),
    "find-cycles": ("cycle", "cycles"),
    "path": ("node on the way", "nodes on the way"),
    "where-defined": ("definition", "definitions"),
    "outline": ("item", "items"),
    "dead-code": ("suspect", "suspects"),
    "broken": ("reference came loose", "references came loose"),
    "diff": ("change", "changes"),
    "impact": ("changed item", "changed items"),
}


def _headline(value: Row) -> str:
    query: str = value["query"]
    target = value["target"]
    one, many = _NOUNS.get(query, ("entity", "entities"))
    what = "" if query == "stats" else ": " + (count(value["count"], one, many) if value["count"] else "none")
    if target is None:
        return query + what
    if "symbol" not in target:
        return f"{query} {target.get('file', '')}{what}"
    return f"{query} {target['symbol']} ({target['kind']}, {place(target)}){what}"


def _nodes(results: list[Row]) -> list[str]:
    return columns((place(row), row["symbol"], signature(row)) for row in results)


def _impls(results: list[Row]) -> list[str]:
    return columns((place(row["impl"]), row["symbol"], _impl(row)) for row in results)


def _impl(row: Row) -> str:
    impl = row["impl"]
    marks = [mark for mark in ("blanket", "derived", "macro") if impl.get(mark)]
    marks += ["conditional"] if row.get("conditional") else []
    text = " ".join((impl["signature"] or row["kind"]).split())
    return text + (f"  [{', '.join(marks)}]" if marks else "")


def _sites(results: list[Row], indent: str = "  ") -> list[str]:
    return columns(((place(row["site"]), row["symbol"], _binding(row)) for row in results), indent)


def _callers(results: list[Row]) -> list[str]:
    """In groups, where there is more than the calls of the function itself."""
    direct = [row for row in results if not row["via"]]
    through = [row for row in results if row["via"]]
    if not through:
        return _sites(direct)
    lines = ["  directly", *_sites(direct, "    ")] if direct else []
    return [*lines, "  through the trait's function that it overrides", *_sites(through, "    ")]


def _binding(row: Row) -> str:
    marks = [] if row["resolution"] == "exact" else [row["resolution"]]
    marks += [row["context"]] if row.get("context") else []
    marks += [f"via {row['via']}"] if row.get("via") else []
    return f"{row['kind']}" + (f"  [{', '.join(marks)}]" if marks else "")


def _hops(results: list[Row]) -> list[str]:
    return columns(
        (f"hop {row['hop']}", row["symbol"], place(row), _via(row) + ("  [test]" if row["test"] else ""))
        for row in results
    )


def _via(row: Row) -> str:
    return f"via {row['via']}" if row.get("via") else ""


def _cycles(results: list[Row]) -> list[str]:
    lines = []
    for row in results:
        members = row["members"]
        edges = row["edges"]
        size = count(edges if isinstance(edges, int) else len(edges), "edge")
        lines.append(f"  {row['level']} cycle of {len(members)}, {size}")
        lines += columns(((place(node), node["symbol"]) for node in members), indent="    ")
    return lines


def _path(results: list[Row]) -> list[str]:
    def step(row: Row) -> str:
        edge = row.get("edge")
        return f"{edge['kind']} at {place(edge)}" if edge else ""

    return columns((place(row), row["symbol"], step(row)) for row in results)


def _outline(results: list[Row]) -> list[str]:
    top = min((row["depth"] for row in results), default=0)
    return columns((str(row["line"] or ""), "  " * (row["depth"] - top) + signature(row)) for row in results)


def _scores(results: list[Row]) -> list[str]:
    return columns(
        (place(row), row["symbol"], f"{row['score']:.6f}", f"in {row['in_degree']}") for row in results
    )


def _dead(results: list[Row]) -> list[str]:
    return columns((place(row), row["symbol"], row["confidence"], row["why"]) for row in results)


def _broken(results: list[Row]) -> list[str]:
    def was(row: Row) -> str:
        how = "gone" if row["gone"] else "not found from here"
        return f"{row['reference']} {row['was']['symbol']}, {how} since version {row['since']}"

    return columns((place(row["site"]), row["name"], was(row), f"in {row['symbol']}") for row in results)


def _changes(results: list[Row]) -> list[str]:
    lines = []
    for row in results:
        lines += columns([(f"{row['change']:9}", row["symbol"], place(row))])
        if row["before"] is not None:
            lines.append(f"    - {' '.join(row['before'].split())}")
            lines.append(f"    + {signature(row)}")
    return lines


def _impact(results: list[Row]) -> list[str]:
    lines = []
    for row in results:
        lines += _changes([row])
        hops = ", ".join(f"{number} at hop {hop}" for hop, number in row["by_hop"].items())
        tests = count(row["test_count"], "of them a test", "of them tests") if row["test_count"] else ""
        lines.append("    " + "; ".join(part for part in (f"risk {row['risk']}", hops, tests) if part))
    return lines


def _impact_extra(value: Row) -> list[str]:
    affected = f"{count(value['affected'], 'item')} affected, {value['tests']} of them test code"
    return [f"  together: risk {value['risk']}, {affected}; {count(value['files'], 'file')} changed"]


def _stats(results: list[Row]) -> list[str]:
    lines: list[str] = []
    for row in results:
        lines += tree(row)
    return lines


def tree(value: Row, indent: str = "  ") -> list[str]:
    """A JSON object as indented lines."""
    plain = [(str(key), _scalar(item)) for key, item in value.items() if not isinstance(item, dict | list)]
    lines = columns(plain, indent)
    for key, item in value.items():
        if isinstance(item, dict):
            lines += [f"{indent}{key}", *tree(item, indent + "  ")]
        elif isinstance(item, list):
            lines.append(f"{indent}{key}" + ("" if item else "  none"))
            for element in item:
                lines += _element(element, indent + "  ")
    return lines


def _element(element: Any, indent: str) -> list[str]:
    if isinstance(element, dict):
        return [indent + "  ".join(f"{key} {_scalar(item)}" for key, item in element.items())]
    return [indent + _scalar(element)]


def _scalar(value: Any) -> str:
    return "-" if value is None else str(value)


_BODIES: dict[str, Callable[[list[Row]], list[str]]] = {
    "what-implements": _impls,
    "implements": _impls,
    "callers": _callers,
    "callees": _sites,
    "uses": _sites,
    "used-by": _sites,
    "blast-radius": _hops,
    "find-cycles": _cycles,
    "path": _path,
    "outline": _outline,
    "hotspots": _scores,
    "dead-code": _dead,
    "stats": _stats,
    "broken": _broken,
    "diff": _changes,
    "impact": _impact,
}


def _radius_extra(value: Row) -> list[str]:
    hops = value["by_hop"]
    pairs = hops.items() if isinstance(hops, dict) else enumerate(hops, 1)
    by_hop = ", ".join(f"{number} at hop {hop}" for hop, number in pairs)
    lines = [f"  risk {value['risk']}" + (f": {by_hop}" if by_hop else "")]
    lines.append(f"  {count(value['tests'], 'of them is test code', 'of them are test code')}")
    lines += _open(value["open"])
    if value["open_ends"]:
        lines.append(f"  {count(value['open_ends'], 'open end')}: something outside may call into these")
    return lines


def _callers_extra(value: Row) -> list[str]:
    lines = []
    if value.get("values"):
        lines.append(f"  passed as a value, {count(value['values'], 'place')}")
        lines += columns(
            ((place(row["site"]), row["symbol"], row["kind"]) for row in value["value_sites"]), "    "
        )
    return lines + _open(value.get("open"))


def _open(sites: Any) -> list[str]:
    number = sites if isinstance(sites, int) else len(sites or ())
    if not number:
        return []
    return [f"  {count(number, 'call', 'calls')} of that name whose target stayed open may be of it"]


_EXTRAS: dict[str, Callable[[Row], list[str]]] = {
    "blast-radius": _radius_extra,
    "callers": _callers_extra,
    "impact": _impact_extra,
}


# --- other documents ----------------------------------------------------------------------------------------


def context(value: Row, form: str = "text") -> str:
    """A context, as text or Markdown: what its budget was counted for."""
    from msgspec import convert

    from isg_graph.context.pack import Context
    from isg_graph.context.render import render_markdown, render_text

    render = render_markdown if form == "markdown" else render_text
    text: str = render(convert(value, Context))
    return text


def status(value: Row) -> list[str]:
    """A workspace's status."""
    if "error" in value:
        return [f"{value['workspace']}: {value['error']['message'].splitlines()[0]}"]
    version = f"{value['version']} ({value['durable_version']} on disk)"
    lines = columns(
        [
            ("workspace", value["workspace"]),
            ("root", value["root"] or "none: a dump"),
            ("state", value["state"]),
            ("version", version),
            ("graph", f"{value['files']} files, {value['nodes']} nodes, {value['edges']} edges"),
            ("lag", "-" if value["lag_ms"] is None else f"{value['lag_ms']} ms"),
            *_watch(value.get("watch")),
            *_breakers(value.get("breakers") or []),
        ],
        indent="",
    )
    lines += _issues("partial", value["partial"]) + _issues("quarantined", value["quarantined"])
    lines += _stages(value.get("stages_us"))
    if not value["actors"]:
        return [*lines, "actors     none: no daemon runs"]
    lines += [
        f"{actor['name']:10} died {actor['early_deaths']} times within a second of its start"
        + (f"; tried again in {actor['waits_s']:.0f} s" if actor.get("waits_s") else "")
        for actor in value["actors"]
        if actor.get("early_deaths", 0) > 1
    ]
    head = ("actor", "pid", "up", "restarts", "memory")
    rows = [
        (
            actor["name"],
            str(actor["pid"]),
            _scalar(actor["uptime_s"] if actor["uptime_s"] is None else round(actor["uptime_s"])) + " s",
            str(actor["restarts"]),
            "-" if actor["pss_bytes"] is None else f"{actor['pss_bytes'] / 1e6:.1f} MB",
        )
        for actor in value["actors"]
    ]
    return lines + columns([head, *rows], indent="")


def _watch(watch: Row | None) -> list[tuple[str, str]]:
    """How changes are noticed."""
    if watch is None:
        return []
    told = f"{watch['by']}, since {watch['why']}" if watch["why"] else watch["by"]
    if watch.get("watches") is not None and watch.get("watches_allowed") is not None:
        told += f", {count(watch['watches'], 'watch', 'watches')} of {watch['watches_allowed']} allowed"
    return [("watch", told)]


def _breakers(breakers: list[Row]) -> list[tuple[str, str]]:
    """Queries that took too long too often."""
    told = (f"{row['query']} for {row['open_ms'] / 1000:.0f} s more" for row in breakers)
    return [("refused", ", ".join(told))] if breakers else []


def _stages(stages: Row | None) -> list[str]:
    """Where the time of recent changes went, in milliseconds."""
    if stages is None:
        return []
    names = list(stages["p50"])
    rows = [("ms", *names)]
    for title in ("last", "p50", "p99"):
        rows.append((title, *[f"{stages[title][name] / 1000:.2f}" for name in names]))
    title = f"changes    {stages['changes']} seen, the last in {stages['last']['file']}"
    return [title, *columns(rows)]


def _issues(title: str, files: list[Any]) -> list[str]:
    if not files:
        return []
    lines = [f"{title:9}  {count(len(files), 'file')}"]
    lines += columns(
        (place(file), file.get("reason", "")) if isinstance(file, dict) else (str(file),) for file in files
    )
    return lines
