"""What an edit has broken: references that were bound and are open now. The real linker and store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from isg_protocol.vocabulary import CANDIDATE
from support.rust import files_of
from support.rust_project import Author
from support.workspace import Workspace

ZOO = """
    //- /Cargo.toml
    [package]
    name = "zoo"
    edition = "2021"
    //- /src/lib.rs
    pub mod cat;
    pub mod house;
    //- /src/cat.rs
    pub struct Cat { pub age: u32 }
    impl Cat {
        pub fn new() -> Cat { Cat { age: 1 } }
        pub fn speak(&self) -> u32 { self.age }
    }
    pub trait Animal {
        fn name(&self) -> u32;
        fn legs(&self) -> u32 { 4 }
    }
    pub fn helper() -> u32 { 7 }
    //- /src/house.rs
    use crate::cat::{Animal, Cat as Kitty, helper};
    impl Animal for Kitty {
        fn name(&self) -> u32 { 1 }
    }
    pub fn run() -> u32 {
        let cat = Kitty::new();
        cat.speak() + helper()
    }
    pub fn legs(cat: &Kitty) -> u32 { cat.legs() }
"""
Make = Callable[[str], Workspace]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    made: list[Workspace] = []

    def workspace(text: str) -> Workspace:
        made.append(Workspace(tmp_path, files_of(text)))
        return made[-1]

    yield workspace
    for one in made:
        one.close()


def replace(workspace: Workspace, path: str, old: str, new: str) -> None:
    text = workspace.texts[path]
    assert old in text
    workspace.save(**{path: text.replace(old, new)})


def broken(workspace: Workspace) -> list[str]:
    return [
        f"{row['site']['file']}:{row['site']['line']} {row['reference']} {row['name']} in {row['symbol']}"
        for row in workspace.ask("broken")["results"]
    ]


def test_a_renamed_function_breaks_its_calls_and_its_imports(make: Make) -> None:
    zoo = make(ZOO)
    assert broken(zoo) == []
    replace(zoo, "src/cat.rs", "fn helper", "fn other")
    assert broken(zoo) == [
        "src/house.rs:1 imports helper in zoo::house",
        "src/house.rs:7 calls helper in zoo::house::run",
    ]
    (row, _) = zoo.ask("broken")["results"]
    assert row["was"]["symbol"] == "zoo::cat::helper"
    assert row["since"] == zoo.store.version == 2
    assert row["gone"] is True


def test_what_is_mended_is_not_told_any_more(make: Make) -> None:
    zoo = make(ZOO)
    replace(zoo, "src/cat.rs", "fn helper", "fn other")
    replace(zoo, "src/cat.rs", "fn speak", "fn meow")
    assert "src/house.rs:7 calls speak in zoo::house::run" in broken(zoo)
    replace(zoo, "src/cat.rs", "fn other", "fn helper")
    assert broken(zoo) == ["src/house.rs:7 calls speak in zoo::house::run"]
    replace(zoo, "src/house.rs", "cat.speak()", "cat.meow()")
    assert broken(zoo) == []


def test_a_call_that_is_deleted_is_not_broken(make: Make) -> None:
    zoo = make(ZOO)
    replace(zoo, "src/cat.rs", "fn speak", "fn meow")
    replace(zoo, "src/house.rs", "cat.speak() + ", "")
    assert broken(zoo) == []


def test_lines_follow_the_text_that_moves(make: Make) -> None:
    zoo = make(ZOO)
    replace(zoo, "src/cat.rs", "fn speak", "fn meow")
    replace(zoo, "src/house.rs", "pub fn run", "\n\npub fn run")
    assert broken(zoo) == ["src/house.rs:9 calls speak in zoo::house::run"]
    assert zoo.ask("broken")["results"][0]["since"] == 2


def test_a_type_that_is_gone_breaks_uses_under_another_name_too(make: Make) -> None:
    zoo = make(ZOO)
    replace(zoo, "src/cat.rs", "struct Cat", "struct Dog")
    found = broken(zoo)
    assert "src/house.rs:1 imports Cat in zoo::house" in found
    assert "src/house.rs:9 uses Cat in zoo::house::legs" in found
    assert "src/house.rs:6 calls new in zoo::house::run" in found


def test_an_import_that_is_taken_away_breaks_what_it_served(make: Make) -> None:
    zoo = make(ZOO)
    replace(zoo, "src/house.rs", ", helper};", "};")
    assert broken(zoo) == ["src/house.rs:7 calls helper in zoo::house::run"]
    assert zoo.ask("broken")["results"][0]["gone"] is False


def test_a_method_whose_trait_lost_it_is_told(make: Make) -> None:
    zoo = make(ZOO)
    replace(zoo, "src/cat.rs", "fn name(&self) -> u32;", "")
    assert broken(zoo) == ["src/house.rs:3 overrides name in zoo::house::<Kitty as Animal>::name"]
    replace(zoo, "src/house.rs", "fn name(&self) -> u32 { 1 }", "")
    assert broken(zoo) == []


def test_a_name_that_a_local_or_a_type_parameter_takes_is_not_broken(make: Make) -> None:
    zoo = make(
        """
        pub struct Gone;
        pub fn gone() -> u32 { 1 }
        pub fn by_type(x: Gone) { let _ = x; }
        pub fn by_call() -> u32 { gone() }
        """
    )
    text = zoo.texts["src/lib.rs"].replace("pub struct Gone;\n", "").replace("pub fn gone() -> u32 { 1 }", "")
    text = text.replace("by_type(x", "by_type<Gone>(x").replace("{ gone() }", "{ let gone = || 1; gone() }")
    zoo.save(**{"src/lib.rs": text})
    assert broken(zoo) == []


def test_what_is_bound_to_something_else_is_not_broken(make: Make) -> None:
    zoo = make(ZOO + "    //- /src/dog.rs\n    pub fn helper() -> u32 { 8 }\n")
    replace(zoo, "src/lib.rs", "pub mod cat;", "pub mod cat;\npub mod dog;")
    replace(zoo, "src/cat.rs", "pub fn helper() -> u32 { 7 }", "pub use crate::dog::helper;")
    assert broken(zoo) == []


def test_a_start_of_the_writer_forgets_nothing(make: Make) -> None:
    zoo = make(ZOO)
    replace(zoo, "src/cat.rs", "fn helper", "fn other")
    before = broken(zoo)
    assert not zoo.start_anew().changed
    assert broken(zoo) == before
    replace(zoo, "src/cat.rs", "fn other", "fn helper")
    assert broken(zoo) == []


def test_only_a_file_is_told_where_one_is_asked_for(make: Make) -> None:
    zoo = make(ZOO)
    replace(zoo, "src/cat.rs", "fn helper", "fn other")
    assert zoo.ask("broken", file="src/house.rs")["count"] == 2
    assert zoo.ask("broken", file="src/cat.rs")["count"] == 0


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_edited_what_is_told_is_open(seed: int, tmp_path: Path) -> None:
    author = Author(seed)
    project = author.project()
    first = project.files()
    tree = Workspace(tmp_path, first)
    try:
        for _ in range(25):
            _, project = author.edit(project)
            tree.become(project.files())
            _hold(tree)
        tree.become(first)
        _hold(tree)
    finally:
        tree.close()


def _hold(tree: Workspace) -> None:
    """Each that is told has no edge to what it was bound to, and a line that has its name, if under another
    one then because that is gone."""
    edges = tree.linker.edges
    for row in tree.ask("broken")["results"]:
        site = row["site"]
        line = tree.texts[site["file"]].splitlines()[site["line"] - 1]
        bound = {
            edge.to
            for edge in edges.get(bytes.fromhex(row["id"]), ())
            if (edge.file, edge.line) == (site["file"], site["line"]) and edge.resolution != CANDIDATE
        }
        assert bytes.fromhex(row["was"]["id"]) not in bound
        assert row["name"] in line or row["gone"]
