"""R2: an edit of what a file says is brought into the world in place, and costs what hangs on it.

That the outcome is a fresh build's is held by tests/property/test_linker_laws.py; here stands what may be
done in place, and what is left alone.
"""

from __future__ import annotations

import pytest

from isg_graph.link.linker import AMENDED_FILES_MAX, Linker
from isg_graph.resolve.retake import may_retake
from isg_protocol.facts import FileFacts
from isg_protocol.graph import Delta
from support.rust import Graph, facts_of, link

LIB = "mod a; mod b; pub use a::Thing;"
A = """pub struct Thing { pub size: u8 }
impl Thing { pub fn new() -> Thing { Thing { size: 0 } } pub fn go(&self) {} }
pub trait Tell { fn tell(&self) {} }
pub fn make() -> Thing { Thing::new() }
"""
B = """use crate::a::{make, Tell};
impl Tell for crate::Thing {}
pub fn first() { make().go(); }
pub fn second() { make().tell(); }
pub fn third() { apart(); }
fn apart() {}
"""


def facts(text: str) -> FileFacts:
    made = facts_of("src/a.rs", text)
    assert isinstance(made, FileFacts)
    return made


class Live:
    """A linker that has linked a small crate."""

    def __init__(self) -> None:
        self.files = {"src/lib.rs": LIB, "src/a.rs": A, "src/b.rs": B}
        self.linker: Linker = link(self.files)
        self.tree = self.linker._tree

    def edit(self, path: str, old: str, new: str) -> Delta:
        assert old in self.files[path]
        self.files[path] = self.files[path].replace(old, new)
        self.linker.put(path, facts_of(path, self.files[path]))
        delta = self.linker.link()
        wanted = link(self.files)
        assert (self.linker.nodes, self.linker.edges) == (wanted.nodes, wanted.edges)
        return delta

    @property
    def stayed(self) -> bool:
        """Whether the world is still the one that was linked first."""
        return self.linker._tree is self.tree


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("pub fn make()", "pub fn made()"),
        ("pub fn make() ->", "fn make() ->"),
        ("pub fn go(&self) {}", ""),
        ("pub fn go(&self) {}", "pub fn go(&self) {} pub fn went(&self) {}"),
        ("pub fn go(&self) {}", "pub fn go() {}"),
        ("pub struct Thing { pub size: u8 }", "pub enum Thing { Size }"),
        ("pub struct Thing {", "#[derive(Clone)] pub struct Thing {"),
        ("pub struct Thing {", "#[cfg(windows)] pub struct Thing; pub struct Thing {"),
        ("fn tell(&self) {}", "fn tell(&self);"),
        ("pub trait Tell", "pub trait Told"),
        ("-> Thing { Thing::new() }", "-> u8 { 0 }"),
        ("pub fn make()", "use std::fmt::Debug; pub fn make()"),
    ],
)
def test_an_edit_of_items_amends_the_world_and_undone_leaves_it_as_it_was(old: str, new: str) -> None:
    live = Live()
    before = (dict(live.linker.nodes), dict(live.linker.edges))
    live.edit("src/a.rs", old, new)
    assert live.stayed
    live.files["src/a.rs"] = A
    live.linker.put("src/a.rs", facts_of("src/a.rs", A))
    live.linker.link()
    assert live.stayed
    assert (live.linker.nodes, live.linker.edges) == before


def test_calls_elsewhere_bind_again_when_the_name_comes_back() -> None:
    live = Live()
    live.edit("src/a.rs", "pub fn make()", "pub fn made()")
    assert "crate::b::first -> crate::a::make" not in Graph(live.linker).calls()
    live.edit("src/a.rs", "pub fn made()", "pub fn make()")
    assert "crate::b::first -> crate::a::make" in Graph(live.linker).calls()
    assert live.stayed


def test_an_import_that_comes_or_goes_is_followed() -> None:
    live = Live()
    live.edit("src/b.rs", "use crate::a::{make, Tell};", "use crate::a::make;")
    live.edit("src/b.rs", "use crate::a::make;", "use crate::a::{make, Tell};")
    live.edit("src/lib.rs", "pub use a::Thing;", "pub use a::Thing as Other;")
    assert live.stayed


def test_bodies_that_have_nothing_to_do_with_an_edit_are_not_read_again() -> None:
    live = Live()
    known = dict(live.linker._bodies)
    live.edit("src/a.rs", "pub fn go(&self) {}", "pub fn go(&self, much: u8) {}")
    symbols = {key: node.symbol for key, node in live.linker.nodes.items()}
    read = {symbols[key] for key, body in live.linker._bodies.items() if known.get(key) is not body}
    assert read == {"crate::a::Thing::go", "crate::b::first"}, "the function and its caller, nothing else"


@pytest.mark.parametrize(
    "text",
    [
        "pub fn f(x: u8) {}",
        "use a::b; pub fn f() {}",
        "pub struct S; impl S { fn f() {} }",
        "thread_local! { static X: u8 = 0 }",
        "",
    ],
)
def test_items_that_stand_for_themselves_may_be_taken_anew(text: str) -> None:
    assert may_retake(facts("pub fn f() {}"), facts(text), {"make_items"})


@pytest.mark.parametrize(
    "text",
    [
        "pub fn f() {} mod m;",
        "pub fn f() {} mod m {}",
        "pub fn f() {} macro_rules! m { () => {} }",
        "pub fn f() {} make_items! { x }",
        "pub fn f() {} use a::*;",
        "#![cfg(test)] pub fn f() {}",
    ],
)
def test_what_ties_a_file_to_others_asks_for_a_new_world(text: str) -> None:
    assert not may_retake(facts("pub fn f() {}"), facts(text), {"make_items"})


def test_a_change_of_many_files_makes_a_new_world() -> None:
    files = {"src/lib.rs": " ".join(f"mod m{i};" for i in range(AMENDED_FILES_MAX + 1))}
    files |= {f"src/m{i}.rs": "pub fn f() {}" for i in range(AMENDED_FILES_MAX + 1)}
    linker = link(files)
    tree = linker._tree
    for i in range(AMENDED_FILES_MAX + 1):
        files[f"src/m{i}.rs"] = "pub fn g() {}"
        linker.put(f"src/m{i}.rs", facts_of(f"src/m{i}.rs", "pub fn g() {}"))
    linker.link()
    assert linker._tree is not tree
    assert linker.edges == link(files).edges


@pytest.mark.parametrize(
    "text",
    ["pub mod x; pub fn g() {}", "pub mod n {} pub fn g() {}", "pub mod n { pub mod x {} } pub fn g() {}"],
)
@pytest.mark.parametrize("other", ["src/m/x.rs", "src/m/n/x.rs"])
def test_a_module_that_only_a_place_suggests_asks_for_a_new_world(text: str, other: str) -> None:
    """Nothing declares `m`: what lies below its place makes modules beside its own, first or later."""
    files = {"src/lib.rs": "", other: "pub fn f() {}", "src/m.rs": text}
    linker = link(files)
    for name in ("h", "g"):
        files["src/m.rs"] = text.replace("fn g", f"fn {name}")
        linker.put("src/m.rs", facts_of("src/m.rs", files["src/m.rs"]))
        linker.link()
        assert (linker.nodes, linker.edges) == (link(files).nodes, link(files).edges)
