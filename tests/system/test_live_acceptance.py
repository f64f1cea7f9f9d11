"""Acceptance cases 11-14: what happens to a watched tree, and what the graph of the real actors is then.

After each step the live export is the one of a build from nothing, byte for byte.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from isg_client import Client
from isg_protocol.message import Published
from support.actors import CARGO, Actors, actors
from support.fresh import fresh_export, sources

OVERFLOW_FILES = 8_192
"""Written with the watcher stopped: three events each, and the system's queue holds 16,384."""
BRANCH_FILES = 1_000

MATH = "use crate::check::validate_input;\n\npub fn add(a: i32) -> i32 {\n    validate_input(a);\n    a\n}\n"
CHECK = (
    "pub fn validate_input(a: i32) -> bool {\n    is_small(a)\n}\n\n"
    "fn is_small(a: i32) -> bool {\n    a < 9\n}\n"
)
SHAPE = (
    "pub trait Shape {\n    fn area(&self) -> f64;\n}\n\npub struct Square;\n\n"
    "impl Shape for Square {\n    fn area(&self) -> f64 {\n        old_function()\n    }\n}\n\n"
    "pub fn old_function() -> f64 {\n    1.0\n}\n"
)
LIB = "pub mod check;\npub mod math;\npub mod shape;\n\npub fn run() {\n    shape::old_function();\n}\n"


@pytest.fixture
def crate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Actors]:
    with actors(tmp_path, monkeypatch) as made:
        shutil.rmtree(made.tree / "src")
        for path, text in (("lib", LIB), ("math", MATH), ("check", CHECK), ("shape", SHAPE)):
            made.write(f"src/{path}.rs", text)
        made.start_all()
        made.fresh("stats")
        yield made


def hold(crate: Actors) -> None:
    """The live export is a fresh build's."""
    live = crate.export().decode()
    wanted = fresh_export(sources(crate.tree))
    differing = set(live.splitlines()) ^ set(wanted.splitlines())
    assert live == wanted, "\n".join(sorted(differing)[:6])


def publications(crate: Actors, path: str, text: str) -> list[Published]:
    """What one save publishes."""
    found: list[Published] = []
    before = crate.fresh("stats")["version"]
    with Client(crate.workspace.name, timeout_ms=15_000) as client, client.versions() as versions:
        crate.write(path, text)
        after = crate.fresh("stats")["version"]
        while before < after:
            found.append(next(versions))
            before = found[-1].version
    return found


def test_a_renamed_function_loses_its_callers_elsewhere_and_has_them_back_with_its_name(
    crate: Actors,
) -> None:
    assert crate.symbols("callers", "old_function") == ["zoo::run", "zoo::shape::<Square as Shape>::area"]
    crate.write("src/shape.rs", SHAPE.replace("old_function", "new_function"))
    assert crate.symbols("callers", "new_function") == ["zoo::shape::<Square as Shape>::area"]
    assert crate.fresh("where-defined", "new_function")["count"] == 1
    hold(crate)
    crate.write("src/shape.rs", SHAPE)
    assert crate.symbols("callers", "old_function") == ["zoo::run", "zoo::shape::<Square as Shape>::area"]
    hold(crate)


def test_a_save_without_change_publishes_nothing_and_a_blank_line_nothing_but_lines(crate: Actors) -> None:
    assert publications(crate, "src/check.rs", CHECK) == []
    told = publications(crate, "src/check.rs", "\n" + CHECK)
    assert {change for one in told for change, *_ in one.changes} == {"lines"}
    hold(crate)


def test_a_function_more_is_its_edges_more_and_an_undo_the_same_bytes(crate: Actors) -> None:
    before = crate.export()
    crate.write("src/math.rs", MATH + "\npub fn divide(a: i32) -> bool {\n    validate_input(a)\n}\n")
    assert crate.symbols("callers", "validate_input") == ["zoo::math::add", "zoo::math::divide"]
    hold(crate)
    crate.write("src/math.rs", MATH)
    assert crate.export() == before


def test_traits_modules_and_crates_change_under_their_users(crate: Actors) -> None:
    crate.write("src/shape.rs", SHAPE.replace("f64;\n", "f64;\n    fn sides(&self) -> u32 { 4 }\n", 1))
    hold(crate)
    (crate.tree / "src/math").mkdir()
    os.rename(crate.tree / "src/math.rs", crate.tree / "src/math/mod.rs")
    hold(crate)
    crate.write("src/lib.rs", LIB.replace("pub mod check;\n", ""))
    hold(crate)
    crate.write("src/lib.rs", LIB)
    crate.write("Cargo.toml", CARGO.replace('"zoo"', '"park"'))
    assert crate.symbols("callers", "validate_input") == ["park::math::add"]
    hold(crate)


def test_while_a_file_is_no_rust_its_whole_items_stay_and_it_is_listed(crate: Actors) -> None:
    before = crate.export()
    crate.write("src/check.rs", CHECK.replace("bool {\n    is_small(a)\n}", "bool {\n    is_small((a\n", 1))
    assert crate.fresh("where-defined", "is_small")["count"] == 1
    assert [row["file"] for row in crate.status()["partial"]] == ["src/check.rs"]
    hold(crate)
    crate.write("src/check.rs", CHECK)
    assert crate.export() == before
    assert crate.status()["partial"] == []


def test_more_changes_than_the_queue_of_the_watch_holds_are_all_found(crate: Actors) -> None:
    crate.running["watcher"].send_signal(signal.SIGSTOP)
    (crate.tree / "src/many").mkdir()
    for number in range(OVERFLOW_FILES):
        (crate.tree / f"src/many/m{number}.rs").write_text(f"pub fn f{number}() {{}}\n")
    crate.write("src/lib.rs", LIB + '#[path = "many/m77.rs"]\npub mod seventy;\n')
    crate.running["watcher"].send_signal(signal.SIGCONT)
    assert crate.symbols("where-defined", "f77") == ["zoo::seventy::f77"]
    hold(crate)


def test_a_branch_of_a_thousand_files_and_a_renamed_directory(crate: Actors) -> None:
    def git(*words: str) -> None:
        command = ["git", "-c", "user.name=t", "-c", "user.email=t@t", "-c", "commit.gpgsign=false", *words]
        subprocess.run(command, cwd=crate.tree, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "one")
    git("checkout", "-qb", "wide")
    for number in range(BRANCH_FILES):
        crate.write(
            f"src/wide/m{number}.rs", f"pub fn f{number}() {{ crate::check::validate_input({number}); }}\n"
        )
    crate.write("src/wide/mod.rs", "".join(f"mod m{number};\n" for number in range(BRANCH_FILES)))
    crate.write("src/lib.rs", LIB + "mod wide;\n")
    git("add", "-A")
    git("commit", "-qm", "two")
    hold(crate)
    git("checkout", "-q", "main")
    assert crate.fresh("callers", "validate_input")["count"] == 1
    hold(crate)
    git("checkout", "-q", "wide")
    assert crate.fresh("callers", "validate_input")["count"] == BRANCH_FILES + 1
    hold(crate)
    os.rename(crate.tree / "src/wide", crate.tree / "src/broad")
    crate.write("src/lib.rs", LIB + "mod broad;\n")
    assert crate.fresh("callers", "validate_input")["count"] == BRANCH_FILES + 1
    hold(crate)
