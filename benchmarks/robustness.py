"""Extraction and linking under strain: a whole tree in process, damaged files, files less one brace.

    python benchmarks/robustness.py TREE --tree                 everything, with seconds and memory
    python benchmarks/robustness.py TREE --fuzz 600 --seed 1    damage for so long; --only N replays one
    python benchmarks/robustness.py TREE --braces 300 --seed 1  what one brace costs the rest of its file

A fuzz round damages one file of a small workspace of real ones. It is a finding when anything raises, when
one file takes more than --slow seconds of processor time to extract or to link, when four copies of it take
far more than four times as long, or when the live linker's graph is not that of a fresh one. A finding is
written below --out, made as small as it stays one, and is told with what replays it. `--braces` counts
which of a file's other items lose their id, beside what the grammar's own error recovery gives when its
tree is read as it is. Every mode prints its record as JSON last and fails when there are findings.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import re
import signal
import statistics
import sys
import tempfile
import time
import traceback
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import accumulate
from pathlib import Path

import msgspec
import psutil

from isg_graph.link.linker import Linker
from isg_graph.link.model import model
from isg_graph.parse.extract import extract
from isg_graph.parse.manifest import read_manifest
from isg_graph.parse.tree import parse
from isg_protocol.facts import FileFacts

NEIGHBOURS_MAX = 6
"""Whole files beside a damaged one."""
ROUNDS_PER_WORKSPACE = 12
"""Damages that one live linker lives through."""
FILE_BYTES_MAX = 200_000
"""Larger files serve --tree alone: a round is to be short."""
COPIES = 4
GROWTH_MAX = 3.5
"""How many times worse than proportional four copies may be, once they take `GROWTH_SECONDS_MIN`."""
GROWTH_SECONDS_MIN = 0.8
HANG_FACTOR = 5
"""So many times --slow, and a step is cut off (where the platform has processor-time alarms)."""
SHRINK_SECONDS_MAX = 60.0

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(FileFacts)


class Hang(BaseException):
    """A step passed its processor time; no `except Exception` may swallow it."""


@contextmanager
def cut_off(seconds: float) -> Iterator[None]:
    """Raises `Hang` in the body after so much processor time."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def ring(*_: object) -> None:
        raise Hang(f"cut off after {seconds:.0f} s")

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def read(path: str, text: bytes) -> FileFacts:
    """One file's facts as the writer gets them: encoded and decoded."""
    return _DECODER.decode(_ENCODER.encode(extract(text)))


def sources(tree: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The tree's `.rs` files and its manifests, in path order."""
    rust: dict[str, bytes] = {}
    manifests: dict[str, bytes] = {}
    for path in sorted(tree.rglob("*")):
        if path.is_file() and (path.suffix == ".rs" or path.name == "Cargo.toml"):
            table = rust if path.suffix == ".rs" else manifests
            table[path.relative_to(tree).as_posix()] = path.read_bytes()
    return rust, manifests


def edge_count(linker: Linker) -> int:
    return sum(map(len, linker.edges.values()))


# --- a whole tree -------------------------------------------------------------------------------------------


def whole(tree: Path, live: bool) -> dict[str, object]:
    """Extract and link everything. Only facts are held while the link runs, as in the writer."""
    rust, manifests = sources(tree)
    lines = sum(text.count(b"\n") for text in rust.values())
    failed: list[str] = []
    slowest: list[tuple[float, str]] = []
    model()
    gc.freeze()
    linker = Linker(live=live)
    extracting = broken = 0.0
    for path, text in rust.items():
        start = time.process_time()
        try:
            facts = extract(text)
        except Exception:
            failed.append(f"extract {path}: {traceback.format_exc(limit=-1).splitlines()[-1]}")
            continue
        seconds = time.process_time() - start
        extracting += seconds
        slowest.append((seconds, path))
        broken += bool(facts.issues)
        linker.put(path, _DECODER.decode(_ENCODER.encode(facts)))
    for path, text in manifests.items():
        linker.put(path, read_manifest(text))
    files = len(rust)
    rust.clear()
    before = psutil.Process().memory_info().rss
    start = time.process_time()
    try:
        linker.link()
    except Exception:
        failed.append(f"link: {traceback.format_exc(limit=-3)}")
    linking = time.process_time() - start
    slowest.sort(reverse=True)
    return {
        "files": files,
        "lines": lines,
        "extract_s": round(extracting, 2),
        "link_s": round(linking, 2),
        "live": live,
        "partial_files": int(broken),
        "slowest_files": [(path, round(seconds, 3)) for seconds, path in slowest[:3]],
        "rss_facts_mb": before >> 20,
        "rss_peak_mb": _peak_mb(),
        "nodes": len(linker.nodes),
        "edges": edge_count(linker),
        "open": sum(map(len, linker.opens.values())),
        "findings": failed,
    }


def _peak_mb() -> int:
    try:
        import resource
    except ImportError:
        return int(psutil.Process().memory_info().peak_wset) >> 20
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak >> (20 if sys.platform == "darwin" else 10)


# --- damage -------------------------------------------------------------------------------------------------

_WORDS = (
    b"fn", b"impl", b"for", b"<", b">", b"{", b"}", b"(", b")", b"[", b"]", b"::", b"'a", b'"', b"'",
    b"/*", b"*/", b"//", b'r#"', b"!", b"#[", b"dyn ", b"where", b"&", b"\n", b"\xff", b"\0", b"=>", b"..",
    b"$", b"async ", b"macro_rules! ", b"match ", b"if let ", b"self", b"Self::", b"use ", b"pub ", b"*",
    b";", b",", b"\xf0\x9f\xa6",
)  # fmt: skip


def damage(text: bytes, others: list[bytes], dice: random.Random) -> tuple[bytes, str]:
    """One to six random hurts, and their names."""
    told = []
    for _ in range(dice.choice((1, 1, 1, 2, 3, 6))):
        kind = dice.choice(
            ("byte", "word", "cut", "tail", "head", "repeat", "drop", "move", "splice", "macro")
        )
        told.append(kind)
        place = dice.randrange(len(text) + 1)
        if kind == "byte":
            for _ in range(dice.choice((1, 3, 20))):
                place = dice.randrange(len(text) + 1)
                text = text[:place] + bytes([dice.randrange(256)]) + text[place + 1 :]
        elif kind == "word":
            text = text[:place] + dice.choice(_WORDS) * dice.choice((1, 1, 2, 40)) + text[place:]
        elif kind == "cut":
            text = text[:place] + text[place + dice.choice((1, 10, 100, 2_000)) :]
        elif kind == "tail":
            text = text[:place]
        elif kind == "head":
            text = text[place:]
        elif kind == "splice":
            other = dice.choice(others)
            start = dice.randrange(len(other) + 1)
            text = text[:place] + other[start : start + dice.choice((20, 400, 8_000))] + text[place:]
        elif kind == "macro":
            place = dice.choice((len(text), text.rfind(b"\n\n", 0, place) + 1))
            text = text[:place] + b"\n" + macro(dice).encode() + b"\n" + text[place:]
        else:
            text = _lines(text, kind, dice)
    return text, "+".join(told)


def _lines(text: bytes, kind: str, dice: random.Random) -> bytes:
    """Lines repeated, dropped or moved."""
    lines = text.splitlines(True) or [b""]
    start = dice.randrange(len(lines))
    some = lines[start : start + dice.choice((1, 2, 10, 60))]
    rest = lines[:start] + lines[start + len(some) :]
    if kind == "drop":
        lines = rest
    elif kind == "repeat":
        lines[start:start] = some * dice.choice((1, 1, 2, 30))
    else:
        place = dice.randrange(len(rest) + 1)
        lines = rest[:place] + some + rest[place:]
    return b"".join(lines)


# --- random macros ------------------------------------------------------------------------------------------

_FRAGMENTS = (
    "ident", "expr", "ty", "tt", "item", "path", "pat", "block", "stmt", "literal", "lifetime", "vis", "meta",
)  # fmt: skip
_PLAIN = (
    "a", "b", "c", "n1", "n2", "1", ",", ";", "=>", "::", "+", "*", "?", "!", "<", ">", "&", ".", "=", "|",
    "fn", "struct", "impl", "'l", '"s"', "self", "$crate", "#[cfg(t)]",
)  # fmt: skip
_ITEMS = (
    "fn NAME() { REST }", "struct NAME;", "impl NAME { fn new() -> Self { REST } }", "mod NAME { REST }",
    "pub use NAME::*;", "trait NAME { fn go(&self); }", "impl<T: NAME> NAME for T { fn go(&self) { REST } }",
    "const NAME: u8 = { REST };", "type NAME = NAME<NAME>;", "enum NAME { A(u8), B { x: NAME } }",
    "macro_rules! NAME { ($($t:tt)*) => { REST NAME!($($t)*); } }", "CALL", "CALL CALL", "struct NAME<T>(T);",
    "let NAME = (NAME, NAME);", "NAME.go(|x| x.go());", "match NAME { x => NAME(x), _ => CALL }",
)  # fmt: skip


def macro(dice: random.Random) -> str:
    """One to three macros that may call each other and themselves, and calls of them."""
    names = [f"m{dice.randrange(4)}" for _ in range(dice.choice((1, 2, 3)))]
    made = []
    for name in names:
        rules = []
        for _ in range(dice.choice((1, 1, 2, 3))):
            known: list[tuple[str, int]] = []
            matcher = _matcher(dice, known, 0)
            rules.append(f"({matcher}) => {{ {_body(dice, names, known)} }};")
        made.append(f"macro_rules! {name} {{ {' '.join(rules)} }}")
    for _ in range(dice.choice((1, 2, 5, 40))):
        made.append(f"{dice.choice(names)}!({_tokens(dice, 0)});")
    dice.shuffle(made)
    return "\n".join(made)


def _matcher(dice: random.Random, known: list[tuple[str, int]], depth: int) -> str:
    if depth == 0 and dice.random() < 0.35:
        known.append(("t", 1))
        return "$($t:tt)*"
    parts = []
    for _ in range(dice.randrange(5)):
        kind = dice.random()
        if kind < 0.45:
            name = f"v{len(known)}"
            known.append((name, depth))
            parts.append(f"${name}:{dice.choice(_FRAGMENTS)}")
        elif kind < 0.7 and depth < 3:
            separator = dice.choice(("", "", ",", ";", "=>"))
            parts.append(f"$({_matcher(dice, known, depth + 1)}){separator}{dice.choice('*+?')}")
        elif kind < 0.8 and depth < 3:
            parts.append(f"({_matcher(dice, known, depth + 1)})")
        else:
            parts.append(dice.choice(_PLAIN))
    return " ".join(parts)


def _body(dice: random.Random, names: list[str], known: list[tuple[str, int]]) -> str:
    parts = [dice.choice(_ITEMS) for _ in range(dice.choice((0, 1, 2, 4)))]
    parts += [f"{'$(' * level}${name}{')*' * level}" for name, level in known if dice.random() < 0.6]
    dice.shuffle(parts)
    text = " ".join(parts)
    while (found := re.search("NAME|REST|CALL", text)) is not None and len(text) < 4_000:
        if found[0] == "NAME":
            put = f"${dice.choice(known)[0]}" if known and dice.random() < 0.4 else f"n{dice.randrange(6)}"
        elif found[0] == "CALL":
            inner = [f"{'$(' * n}${name}{')*' * n}" for name, n in known] * dice.choice((1, 1, 2))
            put = f"{dice.choice(names)}!({' '.join((*inner, *dice.choices(_PLAIN, k=dice.randrange(3))))});"
        else:
            put = dice.choice(("", "n1::go(n2);", "x.go();", "CALL", "let x = NAME::new(); x.go();"))
        text = text[: found.start()] + put + text[found.end() :]
    return text


def _tokens(dice: random.Random, depth: int) -> str:
    parts = []
    for _ in range(dice.choice((0, 1, 3, 8))):
        if depth < 3 and dice.random() < 0.2:
            opening, closing = dice.choice(("()", "[]", "{}"))
            parts.append(opening + _tokens(dice, depth + 1) + closing)
        else:
            parts.append(dice.choice((*_PLAIN[:12], "fn n3() {}", "a.b()", "Vec<u8>", "x + 1")))
    return " ".join(parts)


# --- rounds -------------------------------------------------------------------------------------------------

State = tuple[object, object, object]


class Finding(Exception):
    """What a round must not do. `kind` stays the same while the file is made smaller."""

    def __init__(self, kind: str, told: str) -> None:
        super().__init__(told)
        self.kind = kind


def timed(step: str, slow: float, work: Callable[[], object]) -> tuple[object, float]:
    """What the work gives and its processor seconds; a finding when it raises or takes too long."""
    start = time.process_time()
    try:
        with cut_off(slow * HANG_FACTOR):
            result = work()
    except Hang as hang:
        raise Finding(f"{step} hangs", f"{hang}: {_place(hang)}") from hang
    except Exception as error:
        kind = f"{step} raises {type(error).__name__} at {_place(error)}"
        raise Finding(kind, traceback.format_exc(limit=-6)) from error
    seconds = time.process_time() - start
    if seconds > slow:
        raise Finding(f"{step} is slow", f"{seconds:.1f} s")
    return result, seconds


def _place(error: BaseException) -> str:
    if isinstance(error, RecursionError):
        return "the stack's end"
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.name}"


def state(linker: Linker) -> State:
    return linker.nodes, linker.edges, linker.opens


class Workspace:
    """Some real files, in a live linker that damaged versions of one come to."""

    def __init__(self, rust: dict[str, bytes], manifests: dict[str, bytes], dice: random.Random) -> None:
        paths = [path for path in rust if len(rust[path]) <= FILE_BYTES_MAX]
        first = paths.index(dice.choice(paths))
        near = paths[max(0, first - 20) : first + 20]
        chosen = {paths[first], *dice.sample(near, min(len(near), dice.randrange(1, NEIGHBOURS_MAX)))}
        roots = [path for path in paths if path.endswith("lib.rs")]
        if roots and dice.random() < 0.5:
            chosen.add(dice.choice(roots))
        self.rust = {path: rust[path] for path in sorted(chosen)}
        self.others = list(self.rust.values()) + [
            rust[path] for path in dice.sample(paths, min(3, len(paths)))
        ]
        self.manifests = {path: text for path, text in manifests.items() if dice.random() < 0.5}
        self.texts = dict(self.rust)
        self.facts = {path: read(path, text) for path, text in self.rust.items()}
        self.live = self.fresh(self.facts)

    def fresh(self, facts: dict[str, FileFacts]) -> Linker:
        linker = Linker(live=True)
        for path, text in self.manifests.items():
            linker.put(path, read_manifest(text))
        for path, one in facts.items():
            linker.put(path, one)
        linker.link()
        return linker

    def check(self, path: str, text: bytes, slow: float, live: bool) -> None:
        """One damaged file, extracted and linked; `live`: into the linker as it is, else into its own."""
        facts, extracting = timed("extract", slow, lambda: read(path, text))
        assert isinstance(facts, FileFacts)
        after = {**self.facts, path: facts}
        wanted, linking = timed("link", slow, lambda: self.fresh(after))
        assert isinstance(wanted, Linker)
        linker = self.live if live else self.fresh(self.facts)
        linker.put(path, facts)
        timed("live link", slow, linker.link)
        for what, one, other in zip(("nodes", "edges", "opens"), state(linker), state(wanted), strict=True):
            if one != other:
                raise Finding(f"live {what} differ", "the live graph is not the fresh one")
        self._grow(path, text, extracting, linking, slow)

    def _grow(self, path: str, text: bytes, extracting: float, linking: float, slow: float) -> None:
        """Four copies of a file take four times as long, whatever it holds."""
        if len(text) * COPIES > 2 * FILE_BYTES_MAX:
            return
        limit = slow * COPIES
        facts, seconds = timed("extract of copies", limit, lambda: read(path, text * COPIES))
        _proportional("extract", extracting, seconds)
        assert isinstance(facts, FileFacts)
        if all(item.kind != "invocation" for item in facts.items):  # macros of macros are bounded, not linear
            after = {**self.facts, path: facts}
            _, seconds = timed("link of copies", limit, lambda: self.fresh(after))
            _proportional("link", linking, seconds)

    def stay(self, path: str, text: bytes) -> None:
        """What was just put is what the next damage comes to."""
        self.texts[path], self.facts[path] = text, read(path, text)

    def restart(self) -> None:
        """Forget all damage."""
        self.texts = dict(self.rust)
        self.facts = {path: read(path, text) for path, text in self.rust.items()}
        self.live = self.fresh(self.facts)


def _proportional(step: str, one: float, copies: float) -> None:
    if copies > GROWTH_SECONDS_MIN and copies > one * COPIES * GROWTH_MAX:
        raise Finding(f"{step} grows faster than its text", f"{one:.3f} s, {COPIES} copies {copies:.3f} s")


def fuzz(tree: Path, seconds: float, seed: int, only: int, slow: float, out: Path) -> dict[str, object]:
    """Damage for so long. `only`: the one workspace to replay, -1 for all."""
    rust, manifests = sources(tree)
    found: dict[str, list[str]] = {}
    kinds: Counter[str] = Counter()
    end = time.monotonic() + seconds
    number, rounds, worst = max(only, 0), 0, 0.0
    while time.monotonic() < end and (only < 0 or number == only):
        dice = random.Random(f"{seed}/{number}")
        try:
            made, _ = timed("link of real files", slow * 2, partial(Workspace, rust, manifests, dice))
        except Finding as finding:
            print(f"FINDING {finding.kind}: {finding}\n  --seed {seed} --only {number}", flush=True)
            found.setdefault(finding.kind, []).append(f"--seed {seed} --only {number}")
            number += 1
            continue
        assert isinstance(made, Workspace)
        workspace = made
        for turn in range(ROUNDS_PER_WORKSPACE):
            path = dice.choice(sorted(workspace.rust))
            text, told = damage(workspace.rust[path], workspace.others, dice)
            start = time.process_time()
            rounds += 1
            kinds.update(told.split("+"))
            try:
                workspace.check(path, text, slow, live=True)
                workspace.stay(path, text)
            except Finding as finding:
                known = found.setdefault(finding.kind, [])
                replay = f"--seed {seed} --only {number} (turn {turn}, {told}, {path})"
                known.append(replay)
                if len(known) == 1:
                    print(f"FINDING {finding.kind}: {finding}\n  {replay}", flush=True)
                    kept = keep(
                        workspace, path, text, finding, slow, out / f"{len(found)}-{seed}-{number}-{turn}"
                    )
                    print(f"  {kept}", flush=True)
                workspace.restart()
            worst = max(worst, time.process_time() - start)
        number += 1
    return {
        "seed": seed,
        "workspaces": number - max(only, 0),
        "rounds": rounds,
        "slowest_round_s": round(worst, 2),
        "damage": dict(kinds),
        "findings": {kind: (len(places), places[0]) for kind, places in found.items()},
    }


def keep(workspace: Workspace, path: str, text: bytes, finding: Finding, slow: float, folder: Path) -> Path:
    """Writes a finding's files, the damaged one as small as the finding stays the same, and what it was
    before beside it; returns its path."""

    def same(smaller: bytes) -> bool:
        try:
            workspace.check(path, smaller, slow, live=False)
        except Finding as other:
            return other.kind == finding.kind
        return False

    if same(text):  # else it needs what the live linker went through: the seed alone tells it
        text = shrink(text, same)
    before = workspace.texts[path]
    for name, content in {
        f"{path}.before": before,
        **workspace.texts,
        **workspace.manifests,
        path: text,
    }.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder / path


def shrink(text: bytes, same: Callable[[bytes], bool]) -> bytes:
    """Lines, then bytes, left out in halving runs while the finding stays."""
    end = time.monotonic() + SHRINK_SECONDS_MAX
    for split in (True, False):
        parts = text.splitlines(True) if split else [text[i : i + 1] for i in range(len(text))]
        size = max(1, len(parts) // 2)
        while time.monotonic() < end:
            at, smaller = 0, False
            while at < len(parts) and time.monotonic() < end:
                rest = parts[:at] + parts[at + size :]
                if same(b"".join(rest)):
                    parts, smaller = rest, True
                else:
                    at += size
            if size == 1 and not smaller:
                break
            size = max(1, size // 2)
        text = b"".join(parts)
    return text


# --- one brace ----------------------------------------------------------------------------------------------

_CODE = re.compile(
    rb'b?c?r(#*)".*?"\1|[bc]?"(?:\\.|[^"\\])*"|//[^\n]*|/\*.*?\*/|b?\'(?:\\[^u]|\\u\{[^}]*\}|[^\\\'\n])\'|(?P<brace>[{}])',
    re.DOTALL,
)
_ITEM_NODES = frozenset((
    "function_item", "function_signature_item", "struct_item", "enum_item", "union_item", "trait_item",
    "impl_item", "mod_item", "const_item", "static_item", "type_item", "associated_type", "macro_definition",
))  # fmt: skip
Item = tuple[object, int, int]
"""An item's identity, and its first and last line."""


def brace_places(text: bytes) -> list[int]:
    """Where braces stand outside strings and comments."""
    return [found.start() for found in _CODE.finditer(text) if found["brace"]]


def linked_items(path: str, text: bytes) -> list[Item]:
    """A file's written items by id, linked alone."""
    linker = Linker(live=False)
    linker.put(path, extract(text))
    linker.link()
    kept = (
        node
        for node in linker.nodes.values()
        if node.file == path and (node.signature, node.line) != ("mod " + node.name, 1)
    )
    return [(node.id, node.line, node.end_line) for node in kept if not node.derived and not node.macro]


def plain_items(text: bytes) -> list[Item]:
    """The same by path and ordinal, from the grammar's tree as it is, errors and all."""
    items: list[Item] = []
    seen: Counter[tuple[str, ...]] = Counter()
    todo = [(parse(text), ())]
    while todo:
        node, above = todo.pop()
        if node.type in _ITEM_NODES:
            body = node.child_by_field_name("body")
            name = node.child_by_field_name("name")
            if node.type == "impl_item":
                head = text[node.start_byte : body.start_byte if body is not None else node.end_byte]
                above = (*above, "impl " + " ".join(head.decode("utf-8", "replace").split()))
            else:
                said = text[name.start_byte : name.end_byte] if name is not None else b"?"
                above = (*above, f"{node.type} {said.decode('utf-8', 'replace')}")
            items.append(((above, seen[above]), node.start_point[0] + 1, node.end_point[0] + 1))
            seen[above] += 1
        todo.extend((child, above) for child in reversed(node.named_children))
    return items


def share_lost(before: list[Item], after: list[Item], line: int) -> float:
    """The share of items that are gone, but for the innermost that holds the line."""
    holding = [item for item in before if item[1] <= line <= item[2]]
    broken = min(holding, key=lambda item: item[2] - item[1])[0] if holding else None
    others = {item[0] for item in before} - {broken}
    return len(others - {item[0] for item in after}) / len(others) if others else 0.0


def braces(tree: Path, count: int, seed: int) -> dict[str, object]:
    """Remove one brace of a real file, so many times."""
    rust, _ = sources(tree)
    places = {path: brace_places(text) for path, text in rust.items() if len(text) <= FILE_BYTES_MAX}
    paths = [path for path, found in places.items() if len(found) >= 4 and not parse(rust[path]).has_error]
    weights = list(accumulate(len(places[path]) for path in paths))
    ours: list[float] = []
    plain: list[float] = []
    worst: list[tuple[float, str]] = []
    for number in range(count):
        dice = random.Random(f"{seed}/{number}")
        path = paths[bisect_right(weights, dice.randrange(weights[-1]))]
        text = rust[path]
        place = dice.choice(places[path])
        hurt = text[:place] + text[place + 1 :]
        line = text.count(b"\n", 0, place) + 1
        ours.append(share_lost(linked_items(path, text), linked_items(path, hurt), line))
        plain.append(share_lost(plain_items(text), plain_items(hurt), line))
        worst.append((ours[-1], f"{path}:{line} {chr(text[place])}"))
    worst.sort(reverse=True)
    return {
        "seed": seed,
        "braces": count,
        "files": len(paths),
        "lost": _spread(ours),
        "lost_by_plain_recovery": _spread(plain),
        "worst": [f"{share:.0%} {what}" for share, what in worst[:5]],
        "findings": [],
    }


def _spread(shares: list[float]) -> dict[str, float]:
    ordered = sorted(shares)
    return {
        "median": round(statistics.median(ordered), 4),
        "p90": round(ordered[int(len(ordered) * 0.9)], 4),
        "mean": round(statistics.fmean(ordered), 4),
        "none_lost": round(sum(share == 0 for share in ordered) / len(ordered), 3),
    }


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("source", type=Path, metavar="TREE")
    mode = words.add_mutually_exclusive_group(required=True)
    mode.add_argument("--tree", action="store_true", help="extract and link all of TREE")
    mode.add_argument("--fuzz", type=float, metavar="SECONDS")
    mode.add_argument("--braces", type=int, metavar="N")
    words.add_argument("--live", action="store_true", help="--tree: a linker that remembers what bodies ask")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--only", type=int, default=-1, metavar="N", help="--fuzz: this workspace alone")
    words.add_argument("--slow", type=float, default=2.0, metavar="SECONDS", help="of processor time")
    words.add_argument("--out", type=Path, help="where findings go (default: a new temporary directory)")
    options = words.parse_args()
    if options.tree:
        record = whole(options.source, options.live)
    elif options.fuzz is not None:
        out = options.out or Path(tempfile.mkdtemp(prefix="robustness-"))
        record = fuzz(options.source, options.fuzz, options.seed, options.only, options.slow, out)
    else:
        record = braces(options.source, options.braces, options.seed)
    print(json.dumps({"benchmark": "robustness", "source": options.source.name, **record}))
    return 1 if record["findings"] else 0


if __name__ == "__main__":
    sys.exit(main())
