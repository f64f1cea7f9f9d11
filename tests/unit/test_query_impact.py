"""impact: from two texts to the items that differ, and whom they affect."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isg_graph.memory import MemoryView
from isg_graph.query.arguments import Bounds, QueryArguments
from isg_graph.query.impact import changed_items, changed_lines, impact_rows
from support.rust import files_of, link

BEFORE = """
    //- /Cargo.toml
    [package]
    name = "zoo"
    //- /src/lib.rs
    pub mod cat;
    pub fn feed() -> u32 {
        cat::size() + 1
    }
    #[test]
    fn feeds() {
        feed();
    }
    //- /src/cat.rs
    pub struct Cat { age: u32 }
    impl Cat {
        #[inline]
        pub fn age(&self) -> u32 {
            self.age
        }
        pub fn older(&self) -> u32 { self.age() + 1 }
    }
    pub fn size() -> u32 { 1 }
"""


def linked(texts: dict[str, str]) -> MemoryView:
    linker = link(texts)
    return MemoryView(linker.nodes, linker.edges, linker.opens)


def impact(*edits: tuple[str, str, str]) -> list[str]:
    """`change symbol: risk, hops, tests` of each changed item after edits of (file, old, new)."""
    before = files_of(BEFORE)
    after = dict(before)
    for path, old, new in edits:
        assert old in after[path]
        after[path] = after[path].replace(old, new)
    views = linked(before), linked(after)
    texts = [{p: t.encode() for p, t in side.items() if before[p] != after[p]} for side in (before, after)]
    items = changed_items(*views, texts[0], texts[1])
    rows, _ = impact_rows(*views, items, 0, Bounds(QueryArguments(name="impact")))
    return [
        f"{row['change']} {row['symbol']}: {row['risk']} {list(row['by_hop'].values())} {row['test_count']}"
        for row in rows
    ]


def test_a_changed_body_affects_its_callers_and_names_their_tests() -> None:
    assert impact(("src/cat.rs", "{ 1 }", "{ 2 }")) == ["body zoo::cat::size: Low [1, 1] 1"]


def test_a_changed_signature_is_told_as_such() -> None:
    assert impact(("src/cat.rs", "size()", "size(n: u8)")) == ["signature zoo::cat::size: Low [1, 1] 1"]


def test_a_removed_item_affects_those_who_had_it() -> None:
    assert impact(("src/cat.rs", "pub fn size() -> u32 { 1 }", "")) == [
        "removed zoo::cat::size: Low [1, 1] 1"
    ]


def test_what_comes_with_its_container_is_told_with_it() -> None:
    added = "pub struct Dog;\nimpl Dog { pub fn bark(&self) {} }\npub fn size"
    assert impact(("src/cat.rs", "pub fn size", added)) == [
        "added zoo::cat::<impl Dog>: None [] 0",
        "added zoo::cat::Dog: Low [1] 0",
    ]


def test_an_attribute_belongs_to_the_item_beneath_it() -> None:
    assert impact(("src/cat.rs", "#[inline]", "#[inline(always)]")) == ["body zoo::cat::Cat::age: Low [1] 0"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("pub fn size", "\n\n// as a number\npub fn size"),
        ("self.age\n", "// years\nself.age\n"),
        ("#[inline]\n", "\n\n#[inline]\n"),
    ],
)
def test_white_space_and_comments_change_nothing(old: str, new: str) -> None:
    assert impact(("src/cat.rs", old, new)) == []


def test_lines_that_moved_are_not_changed() -> None:
    assert impact(("src/cat.rs", "pub struct Cat", "pub fn new() {}\npub struct Cat")) == [
        "added zoo::cat::new: None [] 0"
    ]


LINES = st.lists(st.sampled_from([b"a", b"b", b"c()", b"// x", b"}", b""]), max_size=12)


@given(LINES, LINES)
def test_what_is_left_of_both_texts_without_the_changed_lines_says_the_same(
    old: list[bytes], new: list[bytes]
) -> None:
    edit = changed_lines(b"\n".join(old), b"\n".join(new))
    silent = {b"// x", b"}", b""}

    def left(lines: list[bytes], changed: list[int]) -> list[bytes]:
        return [t for n, t in enumerate(lines, 1) if n not in changed and t not in silent]

    assert left(old, edit.before) == left(new, edit.after)
