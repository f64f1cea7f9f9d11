"""From a save to a client's answer that shows it, measured from outside, beside the watch's own latency.

    python benchmarks/live.py TREE [--saves 200] [--idle 20] [--seed 1] [--json FILE]

TREE is copied and watched by a real `isg daemon`. A save is a file closed after a plain write or an append,
or renamed into place; the clock runs from there until a client has an answer that shows the new fact: it
waits for a publication, asks, and waits for the next if that is not it. Four saves of five change a body (a
call more), the fifth an interface (a function more), in files drawn at random up to 20 kB. Then saves in
files of growing size, made of the tree's own text, beside what a full parse of the same bytes takes; bursts
of ten files, until the last is answered; and the processor time of all processes of a daemon that has
nothing to do. The floor, in the same run: watchfiles alone with the watcher's settings, from a save in a
directory of its own to the event. The last line is the record as JSON.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import watchfiles

from isg_client import Client
from isg_client.error import TimedOut
from isg_graph.link.linker import same_structure
from isg_graph.parse.extract import extract
from isg_graph.parse.tree import parse
from isg_services.watcher.watch import DEBOUNCE_MS, STEP_MS

SMALL_BYTES_MAX = 20_000
SIZES_KB = (1, 5, 10, 20, 50, 100, 200)
ANSWER_SECONDS_MAX = 20.0
PAUSE_SECONDS = (0.02, 0.12)
BURST_FILES = 10
PROBES = 2_000
"""Functions to call, one a save, so that an answer about one is small."""
_BODY = re.compile(rb"(?m)^    (?:    )?(?:pub(?:\([a-z]+\))? )?fn \w+[^;{}]*\{\n")


class Live:
    """A daemon on a copy of a tree, and a client of it."""

    def __init__(self, tree: Path, work: Path) -> None:
        self.root = work / "tree"
        shutil.copytree(tree, self.root, ignore=shutil.ignore_patterns("target", ".git"))
        probes = "".join(f"pub fn probe_{number}() {{}}\n" for number in range(PROBES))
        (self.root / "src" / "isg_probe.rs").write_text(probes)
        self.probe = 0
        library = self.root / "src" / "lib.rs"
        library.write_text(library.read_text() + "\npub mod isg_probe;\n")
        environment = dict(os.environ, ISG_STATE_DIR=str(work / "state"), ISG_WORKSPACE="live")
        os.environ.update(environment)
        command = [sys.executable, "-m", "isg_cli.main", "daemon", "--watch", str(self.root)]
        self.daemon = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        assert self.daemon.stdout is not None
        print(self.daemon.stdout.readline().strip(), flush=True)
        threading.Thread(target=self._listen, daemon=True).start()
        self.client = Client("live")
        self.publications = self.client.versions(timeout_ms=1_000)

    def _listen(self) -> None:
        for _ in self.daemon.stdout or ():
            pass

    def next_probe(self) -> str:
        """The name of a function that nobody calls yet."""
        self.probe += 1
        return f"probe_{self.probe % PROBES}"

    def is_called(self, name: str, times: int = 1) -> bool:
        """Whether the graph knows so many calls of a probe."""
        return int(self.client.query("callers", f"isg_probe::{name}", limit=1)["count"]) >= times

    def until(self, seen: Callable[[], bool], saved: float) -> float:
        """Milliseconds from a save until an answer shows it."""
        while not seen():
            if time.perf_counter() - saved > ANSWER_SECONDS_MAX:
                raise SystemExit("the save was not seen")
            with contextlib.suppress(TimedOut):
                next(self.publications)
        return (time.perf_counter() - saved) * 1000

    def knows(self, name: str) -> bool:
        with contextlib.suppress(Exception):
            return bool(self.client.query("where-defined", name, limit=1)["count"])
        return False

    def processes(self) -> list[psutil.Process]:
        own = psutil.Process(self.daemon.pid)
        return [own, *own.children(recursive=True)]

    def stop(self) -> None:
        self.publications.close()
        self.client.close()
        self.daemon.send_signal(signal.SIGINT)
        self.daemon.wait(20)


def save(path: Path, text: bytes, how: str) -> float:
    """Save a file; returns when that was done."""
    if how == "rename":
        beside = path.with_name(f".{path.name}.new")
        beside.write_bytes(text)
        os.replace(beside, path)
    elif how == "append" and text.startswith(path.read_bytes()):
        with path.open("ab") as file:
            file.write(text[path.stat().st_size :])
    else:
        path.write_bytes(text)
    return time.perf_counter()


def with_call(text: bytes, dice: random.Random, probe: str = "probe_0") -> bytes | None:
    """A text with one call more in one of its bodies; None where it has no body that is plain to see, or the
    choice fell on the text of a macro, which says something to others."""
    found = list(_BODY.finditer(text))
    if not found:
        return None
    at = dice.choice(found).end()
    made = text[:at] + f"        crate::isg_probe::{probe}();\n".encode() + text[at:]
    return made if same_structure(extract(text), extract(made)) else None


def body_saves(live: Live, files: list[Path], saves: int, dice: random.Random) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {"body": [], "interface": []}
    for number in range(saves):
        path = dice.choice(files)
        text = path.read_bytes()
        if number % 5 == 4:
            name = f"isg_fresh_{number}"
            saved = save(
                path, text + f"\npub fn {name}() {{}}\n".encode(), dice.choice(("plain", "rename", "append"))
            )
            took = live.until(lambda name=name: live.knows(name), saved)  # type: ignore[misc]
            found["interface"].append(took)
        else:
            probe = live.next_probe()
            more = with_call(text, dice, probe)
            if more is None:
                continue
            saved = save(path, more, dice.choice(("plain", "rename")))
            took = live.until(lambda probe=probe: live.is_called(probe), saved)  # type: ignore[misc]
            found["body"].append(took)
        time.sleep(dice.uniform(*PAUSE_SECONDS))
    return found


def size_saves(live: Live, text: bytes, dice: random.Random) -> list[dict[str, float]]:
    """A body save in files of each size, beside a full parse of the same bytes."""
    rows = []
    for size in SIZES_KB:
        items = re.split(rb"(?m)^(?=(?:pub )?fn )", text)
        made = b""
        while len(made) < size * 1000:
            made += (
                f"pub fn isg_part_{len(made)}() {{\n}}\n".encode()
                + dice.choice(items)[:4000].rpartition(b"\n}\n")[0]
                + b"\n}\n"
            )
        made = (
            b"impl Isg {\n    pub fn isg_first() {\n    }\n}\n"
            + made[: size * 1000].rpartition(b"\n}\n")[0]
            + b"\n}\n"
        )
        path = live.root / "src" / f"isg_size_{size}.rs"
        path.write_bytes(made + f"\npub fn isg_size_{size}() {{}}\n".encode())
        live.until(lambda size=size: live.knows(f"isg_size_{size}"), time.perf_counter())  # type: ignore[misc]
        took = []
        for _ in range(7):
            probe = live.next_probe()
            call = f"isg_first() {{\n        crate::isg_probe::{probe}();\n".encode()
            text_now = path.read_bytes().replace(b"isg_first() {\n", call, 1)
            saved = save(path, text_now, "rename")
            took.append(live.until(lambda probe=probe: live.is_called(probe), saved))  # type: ignore[misc]
            time.sleep(0.1)
        parses = []
        for _ in range(7):
            start = time.perf_counter()
            parse(text_now)
            parses.append((time.perf_counter() - start) * 1000)
        row = {"kb": size, "save_ms": statistics.median(took), "parse_ms": statistics.median(parses)}
        print(
            f"  {size:4d} kB: {row['save_ms']:6.1f} ms   (full parse {row['parse_ms']:5.1f} ms)", flush=True
        )
        rows.append(row)
    return rows


def bursts(live: Live, files: list[Path], dice: random.Random) -> list[float]:
    """From the last of several saves until all are in the graph."""
    found = []
    for _ in range(5):
        probe, made = live.next_probe(), {}
        while len(made) < BURST_FILES:
            path = dice.choice(files)
            text = with_call(path.read_bytes(), dice, probe)
            if text is not None:
                made[path] = text
        for path, text in made.items():
            saved = save(path, text, "rename")
        took = live.until(lambda probe=probe: live.is_called(probe, BURST_FILES), saved)  # type: ignore[misc]
        found.append(took)
        time.sleep(0.3)
    return found


@contextlib.contextmanager
def bare_watch(directory: Path) -> Iterator[Callable[[], float]]:
    """Watchfiles alone; gives a function that saves and returns the milliseconds to the event."""
    directory.mkdir()
    came, stop, ready = threading.Event(), threading.Event(), threading.Event()

    def follow() -> None:
        options = {"step": STEP_MS, "debounce": DEBOUNCE_MS, "rust_timeout": 200, "yield_on_timeout": True}
        for batch in watchfiles.watch(directory, stop_event=stop, **options):  # type: ignore[arg-type]
            ready.set()
            if batch:
                came.set()

    thread = threading.Thread(target=follow, daemon=True)
    thread.start()
    ready.wait(5)

    def one() -> float:
        came.clear()
        saved = save(directory / "one.rs", os.urandom(8).hex().encode() * 300, "rename")
        came.wait(5)
        return (time.perf_counter() - saved) * 1000

    yield one
    stop.set()
    thread.join(2)


def idle(live: Live, seconds: float) -> float:
    """The share of one core that all processes of an idle daemon take, in percent."""
    found = live.processes()
    before = [sum(one.cpu_times()[:2]) for one in found]
    time.sleep(seconds)
    after = [sum(one.cpu_times()[:2]) for one in found]
    return 100 * (sum(after) - sum(before)) / seconds


def spread(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    pick = lambda share: ordered[min(len(ordered) - 1, int(share * len(ordered)))]  # noqa: E731
    return {
        "p50": round(pick(0.5), 2),
        "p90": round(pick(0.9), 2),
        "p99": round(pick(0.99), 2),
        "max": round(ordered[-1], 2),
        "n": len(ordered),
    }


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("tree", type=Path)
    words.add_argument("--saves", type=int, default=200)
    words.add_argument("--idle", type=float, default=20.0)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--json", type=Path)
    given = words.parse_args()
    dice = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        live = Live(given.tree, work)
        try:
            files = [
                p for p in sorted((live.root / "src").rglob("*.rs")) if p.stat().st_size <= SMALL_BYTES_MAX
            ]
            record: dict[str, object] = {"benchmark": "live", "tree": given.tree.name, "seed": given.seed}
            with bare_watch(work / "bare") as one:
                floor = []
                for _ in range(60):
                    floor.append(one())
                    time.sleep(dice.uniform(*PAUSE_SECONDS))
            record["watch_ms"] = spread(floor)
            print(f"watch alone  {record['watch_ms']}", flush=True)
            found = body_saves(live, files, given.saves, dice)
            for what, times in found.items():
                record[f"{what}_ms"] = spread(times)
                print(f"{what:12s} {record[f'{what}_ms']}", flush=True)
            stages = live.client.status()["stages_us"]
            record["stages_us"] = {share: stages[share] for share in ("p50", "p99")}
            for share in ("p50", "p99"):
                told = ", ".join(f"{name} {us / 1000:.1f}" for name, us in stages[share].items())
                print(f"  stages {share}, ms: {told}", flush=True)
            largest = max((live.root / "src").rglob("*.rs"), key=lambda p: p.stat().st_size).read_bytes()
            record["sizes"] = size_saves(live, largest, dice)
            record["burst_ms"] = spread(bursts(live, files, dice))
            print(f"bursts of {BURST_FILES} {record['burst_ms']}", flush=True)
            time.sleep(2)
            record["idle_percent"] = round(idle(live, given.idle), 2)
            print(
                f"idle: {record['idle_percent']} % of a core, {len(live.processes())} processes", flush=True
            )
        finally:
            live.stop()
    print(json.dumps(record))
    if given.json:
        given.json.write_text(json.dumps(record, indent=1) + "\n")


if __name__ == "__main__":
    main()
