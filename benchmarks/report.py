"""All benchmarks, and one report with plots: docs/benchmarks.md.

    python benchmarks/report.py TREE --scale DIR [--compiled PYTHON] [--records DIR] [--render]

TREE is what the goals are about (tokio, 97,600 lines); DIR has some 800,000 lines. Every benchmark writes
its record into --records (default: benchmarks/records), from which the report is made; with --render
nothing is measured again. --compiled names a Python that has the compiled build, for its columns. It needs
the extra `bench` (matplotlib).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
DOCS = HERE.parent / "docs"
REACHED, MISSED = "reached", "missed"
WHY = (
    "- *Ingest*: names and types are worked out in Python: compiled, the same work takes a fifth less in all. A third of "
    "the time one process builds scopes and packs records while the other core waits; the start of the processes and "
    "their imports is a quarter of a second, and reading the declared model of std an eighth.",
    "- *Save → answer*: of 8 ms at the median 1.5 are the watch, 2 the reading of the file (half of that is the grammar's "
    "parse, which is never incremental, so that a broken file reads the same live and fresh), 2 the linking, 1 the commit, "
    "1 the messages between four processes; the tail is large files and functions with many callers.",
    "- *Point questions at 800,000 lines*: half a microsecond more at the median, since less of the graph is in the caches.",
)


def measure(given: argparse.Namespace) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    tree, scale = str(given.tree), str(given.scale)
    pythons = {"": sys.executable} | ({"-compiled": given.compiled} if given.compiled else {})
    plan = [
        *((f"ingest{of}", python, ["ingest.py", tree]) for of, python in pythons.items()),
        *((f"live{of}", python, ["live.py", tree]) for of, python in pythons.items()),
        ("query", sys.executable, ["query.py", tree]),
        ("query-scale", sys.executable, ["query.py", scale, "--inside-only"]),
        ("load", sys.executable, ["load.py", tree, "--still", "--broker"]),
        ("memory", sys.executable, ["memory.py", tree]),
        ("growth", sys.executable, ["growth.py", scale]),
    ]
    given.records.mkdir(exist_ok=True)
    for name, python, words in plan:
        print(f"--- {name}", flush=True)
        record = given.records / f"{name}.json"
        subprocess.run(
            [python, str(HERE / words[0]), *words[1:], "--json", str(record)], env=environment, check=True
        )
    about = {
        "date": time.strftime("%Y-%m-%d"),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
    }
    (given.records / "about.json").write_text(json.dumps(about) + "\n")


# --- the report ---------------------------------------------------------------------------------------------


def goals(found: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """Every line of the table of goals: what, the goal, what was measured, reached or by how much not."""
    rows: list[tuple[str, str, str, str]] = []

    def line(what: str, goal: str, value: float, bound: float, told: str, more: bool = False) -> None:
        reached = value >= bound if more else value <= bound
        by = value / bound if not more else bound / value
        rows.append((what, goal, told, REACHED if reached else f"{MISSED} by {by:.2g} x"))

    for of, title in (("", ""), ("-compiled", ", compiled")):
        ingest, live = found.get(f"ingest{of}"), found.get(f"live{of}")
        if ingest:
            told = f"{ingest['ratio']:.1f} x ({ingest['ingest_s']:.2f} s)"
            line(f"ingest of 2.1 MB{title}", "≤ 3 x the bare parse", ingest["ratio"], 3, told)
        if live:
            body = live["body_ms"]
            line(f"save → answer, p50{title}", "< 6 ms", body["p50"], 6, f"{body['p50']:.1f} ms")
            line(f"save → answer, p99{title}", "< 12 ms", body["p99"], 12, f"{body['p99']:.1f} ms")
    idle = found["live"]["idle_percent"]
    line("idle daemon", "< 3 % of a core", idle, 3, f"{idle} %")
    query = found["query"]["in_process_us"]
    for name in ("what-implements", "callers", "callees", "where-defined"):
        both = query[name]
        told = f"{both['unchanged']['p99']:.0f} µs asked again, {both['anew']['p99']:,.0f} made anew"
        line(f"{name}, p99, unchanged graph", "< 100 µs", both["unchanged"]["p99"], 100, told)
    for name in ("blast-radius", "context", "find-cycles"):
        both = query[name]
        told = f"{both['unchanged']['p99']:.0f} µs asked again, {both['anew']['p99']:,.0f} made anew"
        line(f"{name}, p99, unchanged graph", "< 500 µs", both["unchanged"]["p99"], 500, told)
    socket = found["query"]["socket_us"]
    ratio = socket["trip"]["p50"] / socket["echo"]["p50"]
    told = f"{ratio:.2f} x ({socket['trip']['p50']:.0f} beside {socket['echo']['p50']:.0f} µs)"
    line("client round trip", "≤ 2 x a same-size echo", ratio, 2, told)
    share = throughput(found["load"], "still") or 0.0
    beside = throughput(found["load"], "direct") or 0.0
    told = f"{share:.0%}; {beside:.0%} with two saves a second beside it"
    line("throughput, 64 clients", "≥ 60 % of a same-size echo", share, 0.6, told, more=True)
    memory = found["memory"]
    first = memory["first_answer_s"]["median"] * 1e3
    line("reload to the first answer", "< 100 ms", first, 100, f"{first:.0f} ms")
    weight = (memory["map_bytes"] + memory["private_growth_bytes"]) / 1e6 * 100_000 / memory["lines"]
    told = (
        f"{memory['map_bytes'] / 1e6:.1f} MB map + {memory['private_growth_bytes'] / 1e6:.1f} MB of a reader"
    )
    line("graph of 100,000 lines", "< 25 MB", weight, 25, told)
    command = found["query"]["command_ms"]["isg"]
    line("isg query as a command", "≤ 150 ms", command, 150, f"{command:.0f} ms")
    exponent = found["growth"]["exponent_above_100k"]
    line("ingest grows", "linear to 800,000 lines", exponent, 1.05, f"lines to the power {exponent:.2f}")
    large = found["query-scale"]["in_process_us"]
    points = ("where-defined", "callers", "callees", "what-implements")
    slower = max(large[name]["unchanged"]["p50"] / query[name]["unchanged"]["p50"] for name in points)
    line("point questions at 800,000 lines", "no slower, p50", slower, 1.1, f"{slower:.2f} x")
    return rows


def throughput(load: dict[str, Any], way: str) -> float | None:
    """The share of the echo's rate at 64 clients, with one query process."""
    rates = {
        row["way"]: row["rate_per_s"] for row in load["rows"] if row["clients"] == 64 and row["queries"] < 2
    }
    return rates[way] / rates["echo"] if way in rates and "echo" in rates else None


def render(found: dict[str, Any]) -> str:
    about = found["about"]
    lines = [
        "# Benchmarks",
        "",
        f"Made by `python benchmarks/report.py` on {about['date']}: {about['cores']} cores, {about['system']}, "
        f"Python {about['python']}. TREE is tokio (97,600 lines), the scale is ten crates and the standard library "
        "(795,000 lines). Every figure stands beside its floor of the same run; a shared machine's bare times "
        "differ from day to day by a third and more.",
        "",
        "## The goals",
        "",
        *table(("what", "goal", "measured", ""), goals(found)),
        "",
        "What limits those that are missed:",
        "",
        *WHY,
        "",
        "`made anew` is what an answer costs the first time for a version; the query process remembers the answers "
        "of the version it is at.",
        "",
        "## Ingest",
        "",
        "![seconds of ingest over lines](benchmarks/growth.svg)",
        "",
        *table(
            ("lines", "bare parse s", "ingest s", "x", "nodes", "edges", "saved MB", "largest process MB"),
            [
                (
                    f"{row['lines']:,}",
                    f"{row['bare_parse_s']:.2f}",
                    f"{row['ingest_s']:.2f}",
                    f"{row['ratio']:.1f}",
                    f"{row['nodes']:,}",
                    f"{row['edges']:,}",
                    f"{row['saved_bytes'] / 1e6:.1f}",
                    f"{row['peak_rss_bytes'] / 1e6:.0f}",
                )
                for row in found["growth"]["rows"]
            ],
        ),
        "",
        f"From 100,000 lines on it grows with lines to the power {found['growth']['exponent_above_100k']:.2f}. Half a "
        "second of the smallest is the start of the processes.",
        "",
        "## Saves",
        "",
        "![from a save to its answer](benchmarks/live.svg)",
        "",
        *table(
            ("milliseconds", "p50", "p90", "p99", "max"),
            [
                (title, *(f"{found[name][key][share]:.1f}" for share in ("p50", "p90", "p99", "max")))
                for name, key, title in (
                    ("live", "watch_ms", "the watch alone"),
                    ("live", "body_ms", "an edit of a body"),
                    ("live", "interface_ms", "an edit of an interface"),
                    ("live-compiled", "body_ms", "an edit of a body, compiled"),
                    ("live-compiled", "interface_ms", "an edit of an interface, compiled"),
                )
                if name in found
            ],
        ),
        "",
        "## Questions in the query process",
        "",
        *table(
            (
                "microseconds",
                "anew p50",
                "anew p99",
                "again p50",
                "again p99",
                "at 795,000 lines: again p50",
                "p99",
            ),
            [
                (
                    name,
                    *(f"{both['anew'][share]:,.0f}" for share in ("p50", "p99")),
                    *(f"{both['unchanged'][share]:.0f}" for share in ("p50", "p99")),
                    *(
                        f"{found['query-scale']['in_process_us'][name]['unchanged'][share]:.0f}"
                        for share in ("p50", "p99")
                    ),
                )
                for name, both in found["query"]["in_process_us"].items()
            ],
        ),
        "",
        f"A bare LMDB get: {found['query']['bare_get_us']['p50']:.0f} µs; igraph's PageRank: "
        f"{found['query']['pagerank_us']['p50']:,.0f} µs.",
        "",
        "## Many clients",
        "",
        "![answers a second over clients](benchmarks/load.svg)",
        "",
        "`direct`: clients connect to every query process, one file is saved twice a second. `still`: without the "
        "saves. `broker`: a proxy between them. `echo`: a process that sends replies of the same sizes and does "
        "nothing else.",
        "",
        *table(
            (
                "way",
                "query processes",
                "clients",
                "a second",
                "p50 µs",
                "p99",
                "p99.9",
                "max",
                "errors",
                "saves seen p99 ms",
            ),
            [load_row(row) for row in found["load"]["rows"]],
        ),
        "",
        "## Memory and starts",
        "",
        *memory_lines(found["memory"]),
        "",
    ]
    return "\n".join(lines)


def load_row(row: dict[str, Any]) -> tuple[str, ...]:
    us, saves = row["latency_us"], row.get("saves")
    seen = f"{saves['seen_us']['p99'] / 1e3:.0f}" if saves else ""
    return (
        row["way"], str(row["queries"] or ""), str(row["clients"]), f"{row['rate_per_s']:,.0f}",
        *(f"{us[share]:,}" for share in ("p50", "p99", "p999", "max")), str(row["errors"]), seen,
    )  # fmt: skip


def memory_lines(memory: dict[str, Any]) -> list[str]:
    saved = 1 - memory["string_bytes_different"] / memory["string_bytes_occurring"]
    pss = ", ".join(f"{name} {size / 1e6:.0f} MB" for name, size in memory["pss_bytes"].items())
    cold, again = memory["daemon_start"]["cold"], memory["daemon_start"]["again"]
    return [
        f"- The graph of {memory['lines']:,} lines: {memory['map_bytes'] / 1e6:.1f} MB mapped; a reader that has been "
        f"asked about every function has {memory['private_growth_bytes'] / 1e6:.1f} MB more for itself.",
        f"- Processes of a quiet daemon (proportional share): {pss}.",
        f"- Interning saves {saved:.0%} of the bytes of the nodes' strings.",
        f"- A process that opens a saved graph has its first answer {memory['first_answer_s']['median'] * 1e3:.1f} ms "
        "after its imports.",
        f"- A daemon over a tree that it has never seen: first answer after {cold['first_answer_s']:.1f} s. Over a graph "
        f"that it saved: first answer after {again['first_answer_s']:.1f} s, and after {again['scanned_s']:.1f} s "
        "everything that changed meanwhile is in it.",
    ]


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    lines = ["| " + " | ".join(head) + " |", "| --- " * len(head) + "|"]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


# --- plots --------------------------------------------------------------------------------------------------


def plots(found: dict[str, Any], folder: Path) -> None:
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "isg"
    import matplotlib.pyplot as plt

    folder.mkdir(exist_ok=True)

    def save(name: str) -> None:
        plt.tight_layout()
        plt.savefig(folder / f"{name}.svg", metadata={"Date": None})
        plt.savefig(folder.parent.parent / "benchmarks" / "records" / f"{name}.png", dpi=80)
        plt.close()

    rows = found["growth"]["rows"]
    lines = [row["lines"] for row in rows]
    plt.figure(figsize=(6, 4))
    plt.loglog(lines, [row["ingest_s"] for row in rows], "o-", label="ingest")
    plt.loglog(lines, [row["bare_parse_s"] for row in rows], "s--", label="bare parse")
    last = rows[-1]["ingest_s"] / lines[-1]
    plt.loglog(lines, [last * each for each in lines], ":", color="grey", label="linear")
    plt.xlabel("lines of Rust")
    plt.ylabel("seconds")
    plt.legend()
    save("growth")

    plt.figure(figsize=(6, 4))
    for name, key, style in (
        ("live", "watch_ms", "s--"), ("live", "body_ms", "o-"), ("live-compiled", "body_ms", "o:"),
        ("live", "interface_ms", "^-"), ("live-compiled", "interface_ms", "^:"),
    ):  # fmt: skip
        if name in found:
            shares = ("p50", "p90", "p99")
            title = {"watch_ms": "watch alone", "body_ms": "body", "interface_ms": "interface"}[key]
            title += ", compiled" if name != "live" else ""
            plt.plot(shares, [found[name][key][share] for share in shares], style, label=title)
    plt.axhline(12, color="grey", linewidth=0.8)
    plt.ylabel("milliseconds from the save to the answer")
    plt.ylim(bottom=0)
    plt.legend()
    save("live")

    plt.figure(figsize=(6, 4))
    for way, queries, style in (
        ("echo", 0, "s--"),
        ("still", 1, "o-"),
        ("direct", 1, "o:"),
        ("direct", 2, "^:"),
        ("broker", 1, "x-"),
    ):
        chosen = [row for row in found["load"]["rows"] if (row["way"], row["queries"]) == (way, queries)]
        title = {
            "echo": "echo",
            "still": "one query process",
            "direct": f"{queries}, with saves",
            "broker": "1, broker",
        }[way]
        if chosen:
            plt.semilogx(
                [row["clients"] for row in chosen],
                [row["rate_per_s"] for row in chosen],
                style,
                base=2,
                label=title,
            )
    plt.xlabel("clients")
    plt.ylabel("answers a second")
    plt.ylim(bottom=0)
    plt.legend()
    save("load")


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("tree", type=Path)
    words.add_argument("--scale", type=Path, required=True)
    words.add_argument("--compiled")
    words.add_argument("--records", type=Path, default=HERE / "records")
    words.add_argument("--render", action="store_true")
    given = words.parse_args()
    if not given.render:
        measure(given)
    found = {path.stem: json.loads(path.read_text()) for path in sorted(given.records.glob("*.json"))}
    sys.path.insert(0, str(HERE))
    from growth import slope

    found["growth"]["exponent_above_100k"] = slope(
        [r for r in found["growth"]["rows"] if r["lines"] >= 100_000]
    )
    (DOCS / "benchmarks.md").write_text(render(found))
    plots(found, DOCS / "benchmarks")


if __name__ == "__main__":
    main()
