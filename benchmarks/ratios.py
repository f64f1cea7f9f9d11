"""Whether the work has become dearer than it was: processor time, as ratios to floors in the same process.

    python benchmarks/ratios.py [--rounds 7] [--write]

Reading, linking, editing and answering are each done on the same sources (the declared model of std, and a
project that is made here) and divided by a floor: a bare tree-sitter parse of the same bytes, or the bare
encoding of the same answers. Both are processor time of this process, the least of some rounds that
alternate between them, so that neither other work on the machine nor its speed is in the ratio. Fails when
a ratio is more than MARGIN above the one that is stated in ratios.json; --write states the present ones
(say why in the commit).
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import tree_sitter
import tree_sitter_rust

from isg_graph.link.linker import Linker
from isg_graph.memory import MemoryView
from isg_graph.parse.extract import extract
from isg_graph.parse.manifest import read_manifest
from isg_graph.query.arguments import QueryArguments
from isg_graph.query.table import answer
from isg_protocol.facts import FileFacts

MARGIN = 1.35
STATED = Path(__file__).with_suffix(".json")
MODEL = Path(__file__).parents[1] / "services" / "isg_graph" / "model" / "std"
MODULES = 120
CARGO = b'[package]\nname = "made"\nedition = "2021"\n'


def project() -> dict[str, bytes]:
    """A crate of modules that use each other: structs, traits, generic functions, closures, calls."""
    files = {"src/lib.rs": "".join(f"pub mod m{n};\n" for n in range(MODULES)).encode()}
    for n in range(MODULES):
        other = (n * 7 + 3) % MODULES
        files[f"src/m{n}.rs"] = f"""\
use crate::m{other}::{{Thing as Other, Made}};
use std::collections::HashMap;

#[derive(Debug, Clone, PartialEq)]
pub struct Thing {{ pub name: String, pub parts: Vec<Other>, index: HashMap<String, usize> }}

pub trait Made {{
    fn make(&self, n: usize) -> Option<String>;
    fn twice(&self) -> Option<String> {{ self.make(2) }}
}}

impl Made for Thing {{
    fn make(&self, n: usize) -> Option<String> {{
        let found = self.parts.iter().filter(|part| part.name.len() > n).map(|part| part.make(n)).next()?;
        found.or_else(|| self.index.get(&self.name).map(|at| at.to_string()))
    }}
}}

impl Thing {{
    pub fn new(name: &str) -> Self {{
        Thing {{ name: name.to_string(), parts: vec![], index: HashMap::new() }}
    }}
    pub fn grow<T: Into<Other> + Clone>(&mut self, from: &[T]) -> &mut Self {{
        for one in from {{ self.parts.push(one.clone().into()); }}
        if let Some(last) = self.parts.last() {{ self.index.insert(last.name.clone(), {n}); }}
        self
    }}
}}

pub fn run(other: &Other) -> usize {{
    let mut thing = Thing::new("a");
    thing.grow(&[other.clone()]).grow::<Other>(&[]);
    match thing.twice() {{
        Some(text) => text.len() + count(&thing),
        None => other.make(1).map_or(0, |t| t.len()),
    }}
}}

fn count<M: Made + ?Sized>(made: &M) -> usize {{ made.make(3).iter().count() }}
""".encode()
    return files


def least(rounds: int, *works: Callable[[], object]) -> list[float]:
    """The least processor time of each, over rounds in which they take turns."""
    found = [float("inf")] * len(works)
    for _ in range(rounds):
        for at, work in enumerate(works):
            gc.collect()
            began = time.process_time()
            work()
            found[at] = min(found[at], time.process_time() - began)
    return found


def measure(rounds: int) -> dict[str, float]:
    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_rust.language()))
    model = [path.read_bytes() for path in sorted(MODEL.rglob("*.rs"))]
    files = project()
    manifest = read_manifest(CARGO)
    facts = {path: extract(text) for path, text in files.items()}

    def linked(live: bool = False) -> Linker:
        linker = Linker(live)
        linker.put("Cargo.toml", manifest)
        for path, one in facts.items():
            linker.put(path, one)
        return linker

    def parse(texts: list[bytes], times: int) -> None:
        for _ in range(times):
            for text in texts:
                parser.parse(text)

    texts = list(files.values())
    kept = linked(live=True)
    kept.link()
    view = MemoryView(kept.nodes, kept.edges, kept.opens)
    edited: list[FileFacts] = [
        extract(files["src/m5.rs"].replace(b"len() > n", b"len() > %d" % number)) for number in range(2)
    ]

    def edit() -> None:
        for number in range(20):
            kept.put("src/m5.rs", edited[number % 2])
            kept.link()

    asked = [
        QueryArguments(name=name, target=f"made::m{number}::run")
        for number in range(0, MODULES, 4)
        for name in ("callers", "callees", "uses", "blast-radius")
    ]
    answers = [answer(view, one) for one in asked]
    encode = msgspec.msgpack.Encoder().encode
    gc.freeze()
    read, read_floor = least(rounds, lambda: [extract(text) for text in model], lambda: parse(model, 5))
    whole, whole_floor = least(rounds, lambda: linked().link(), lambda: parse(texts, 10))
    amend, amend_floor = least(rounds, edit, lambda: parse(texts, 5))
    ask, ask_floor = least(
        rounds,
        lambda: [answer(view, one) for one in asked],
        lambda: [encode(one) for _ in range(50) for one in answers],
    )
    return {
        "read": read / read_floor,
        "link": whole / whole_floor,
        "edit": amend / amend_floor,
        "answer": ask / ask_floor,
    }


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--rounds", type=int, default=7)
    words.add_argument("--write", action="store_true")
    given = words.parse_args()
    found = {name: round(ratio, 3) for name, ratio in measure(given.rounds).items()}
    if given.write:
        STATED.write_text(json.dumps(found, indent=1) + "\n")
    stated = json.loads(STATED.read_text())
    dearer = [name for name, ratio in found.items() if ratio > stated[name] * MARGIN]
    for name, ratio in found.items():
        print(
            f"{name:8} {ratio:7.3f} x its floor, stated {stated[name]:.3f}"
            + ("  DEARER" if name in dearer else "")
        )
    if dearer:
        sys.exit(f"more than {MARGIN} x what is stated in {STATED.name}: {', '.join(dearer)}")


if __name__ == "__main__":
    main()
