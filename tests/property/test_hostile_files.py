"""E: whatever is in a file that is read: an answer, or an error that its reader declares; nothing else.

Each reader is given texts that it knows, changed in a few places. Longer, all of them in turn:

    python tests/property/test_hostile_files.py --seconds 300 --seed 1      (--reader NAME for one alone)
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from isg_client import setting
from isg_client.error import IsgError
from isg_client.place import Workspace
from isg_graph.error import QueryError
from isg_graph.expand.expand import expand
from isg_graph.memory import MemoryView
from isg_graph.parse.extract import extract
from isg_graph.parse.manifest import read_manifest
from isg_graph.parse.mend import mend_bytes
from isg_graph.query.arguments import QueryArguments
from isg_graph.query.table import QUERIES, answer
from isg_protocol import snapshot
from isg_protocol.facts import FileFacts
from isg_services.sealed import damage
from isg_services.watcher.source.dump import NoMarkers, read_dump
from isg_services.watcher.source.ignore import Filter
from support.dump import write_bare, write_gitingest
from support.rust import link

CHANGES = int(os.environ.get("ISG_HOSTILE_FILES", "100"))
RUST = (
    b"use a::{b as c, *};\npub mod m { pub fn f<T: Clone>(x: &'a [T; 3]) -> impl Fn(u8) { |y| x.go(y)? } }\n"
    b"macro_rules! m { ($($x:expr),* $(,)?) => { $( g($x); )* } }\nimpl<T> Tr<T> for S where T: 'static {}\n"
    b"#[derive(Debug)] enum E { A(u8), B { c: &'static str } } fn h() { m!(1, r#\"x\"#, b'y'); }\n"
)
CARGO = (
    b'[package]\nname = "a-b"\nedition.workspace = true\n[lib]\nname = "q"\npath = "src/x.rs"\n[[bin]]\n'
    b'name = "r"\n[dependencies]\nc = { path = "../c", package = "d" }\n[workspace]\nmembers = ["x/*"]\n'
)
FILES = [("src/lib.rs", RUST), ("Cargo.toml", CARGO), ("a b.rs", b"fn f() {}\n")]
PIECES = (
    b"", b"\0", b"\xff\xfe", b"\n", b"\r\n", b"{", b"}", b"(" * 300, b"[[", b'"', b"'", b"/*", b"*/", b"//",
    b"#!", b"$($", b'r#"', b"::", b"<" * 200, b"=" * 48, b"FILE: ", b"\xe2\x80\xae", b"macro_rules! m {",
    b"!" * 50, b"**/", b"../", b"[a-", b"\\",
)  # fmt: skip


def changed(dice: random.Random, text: bytes) -> bytes:
    made = bytearray(text)
    for _ in range(dice.randint(1, 8)):
        at = dice.randrange(len(made) + 1)
        match dice.randrange(6):
            case 0:
                made[at : at + 1] = dice.randbytes(1)
            case 1:
                del made[at : at + dice.choice((1, 5, 60))]
            case 2:
                made[at:at] = dice.choice(PIECES)
            case 3:
                other = dice.randrange(len(made) + 1)
                made[at:at] = made[other : other + dice.choice((3, 40, 200))]
            case 4:
                made[at:at] = dice.randbytes(dice.choice((2, 30)))
            case _:
                del made[at:]
    return bytes(made)


def extraction(dice: random.Random, work: Path) -> None:
    extract(changed(dice, RUST))


def mending(dice: random.Random, work: Path) -> None:
    text = changed(dice, RUST)
    assert len(mend_bytes(text)) == len(text)


def manifests(dice: random.Random, work: Path) -> None:
    read_manifest(changed(dice, CARGO))


def expansion(dice: random.Random, work: Path) -> None:
    rules = changed(
        dice, b"($($x:expr),* ; $n:ident) => { $( $n!($x ; $n) )* }; ($($t:tt)*) => { $($t)* $($t)* }"
    )
    arguments = changed(dice, b"1 + f(x), [a, b] ; name")
    expand(rules.decode("utf-8", "replace"), arguments.decode("utf-8", "replace"))


def linking(dice: random.Random, work: Path) -> None:
    texts = {"Cargo.toml": CARGO.decode(), "src/lib.rs": changed(dice, RUST).decode("utf-8", "replace")}
    linker = link(texts, live=False)
    view = MemoryView(linker.nodes, linker.edges, linker.opens)
    names = [*QUERIES, "nothing"]
    for name in dice.sample(names, 4):
        target = changed(dice, b"crate::m::f").decode("utf-8", "replace")
        try:
            answer(view, QueryArguments(name=name, target=target, to="S", cursor=None))
        except QueryError:
            continue


def dumps(dice: random.Random, work: Path) -> None:
    text = dice.choice((write_gitingest, write_bare))(FILES)
    try:
        for file in read_dump(changed(dice, text)).files:
            assert not file.path.startswith("/")
            assert ".." not in file.path.split("/")
    except NoMarkers:
        pass


def ignore_rules(dice: random.Random, work: Path) -> None:
    (work / "a").mkdir(exist_ok=True)
    (work / ".gitignore").write_bytes(
        changed(dice, b"target/\n!keep.rs\n**/x/*.rs\n/a[b-d]?\n# no\n\\#yes\n")
    )
    rules = Filter(str(work))
    for path in ("a/b.rs", "target/x.rs", "x/y.rs"):
        rules.wants_file(str(work / path))


def records(dice: random.Random, work: Path) -> None:
    workspace = Workspace("w", work)
    text = b'{"format": 1, "name": "w", "root": "/x", "source": "/x", "kind": "directory"}'
    workspace.record.write_bytes(changed(dice, text))
    workspace.read()


def seals(dice: random.Random, work: Path) -> None:
    path = work / "copy.mdb"
    path.write_bytes(changed(dice, b"x" * 5000 + b"isg-seal" + bytes(12)))
    damage(path)


def stored_facts(dice: random.Random, work: Path) -> None:
    encoded = changed(dice, msgspec.msgpack.encode(extract(RUST)))
    try:
        msgspec.msgpack.decode(encoded, type=FileFacts)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return


def stored_state(dice: random.Random, work: Path) -> None:
    try:
        snapshot.unpack_meta(
            changed(dice, snapshot.pack_meta(snapshot.Meta(version=3, source="/x", birth=b"12345678")))
        )
        zlib.decompress(changed(dice, zlib.compress(RUST)))
    except (msgspec.MsgspecError, zlib.error, RecursionError, UnicodeDecodeError):
        return


TOML = (
    b"limit = 3\ntokens = 20\nwatch = \"polling\"\n[table]\nx = [1, 2.5, 2026-01-01]\n\"quoted\" = '''a'''\n"
)


def settings(dice: random.Random, work: Path) -> None:
    path = work / "isg.toml"
    path.write_bytes(changed(dice, TOML))
    before = dict(os.environ)
    try:
        setting.adopt(work)
    except IsgError:
        return
    finally:
        os.environ.clear()
        os.environ.update(before)
        path.unlink()


READERS: dict[str, Callable[[random.Random, Path], None]] = {
    reader.__name__: reader
    for reader in (
        extraction, mending, manifests, expansion, linking, dumps, ignore_rules, records, seals, stored_facts,
        stored_state, settings,
    )
}  # fmt: skip


@pytest.mark.parametrize("name", READERS)
def test_a_reader_raises_nothing_but_what_it_declares(name: str, tmp_path: Path) -> None:
    for seed in range(CHANGES if name != "linking" else CHANGES // 6):
        try:
            READERS[name](random.Random(seed), tmp_path)
        except IsgError:
            continue
        except Exception as error:
            raise AssertionError(f"seed {seed}") from error


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--seconds", type=float, default=300)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--reader", choices=READERS)
    given = words.parse_args()
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as work:
        for name in [given.reader] if given.reader else READERS:
            ends = time.monotonic() + given.seconds
            seed = given.seed << 32
            slowest = 0.0
            while time.monotonic() < ends:
                began = time.monotonic()
                try:
                    READERS[name](random.Random(seed), Path(work))
                except Exception as error:
                    print(f"{name}: seed {seed}: {type(error).__name__}: {error}", flush=True)
                slowest = max(slowest, time.monotonic() - began)
                counts[name] += 1
                seed += 1
            print(f"{name}: {counts[name]} texts, the slowest {slowest * 1000:.0f} ms", flush=True)


if __name__ == "__main__":
    main()
