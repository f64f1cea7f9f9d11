"""R1, R7: extraction never fails, whatever the bytes, and depends on nothing but what the text says.

The laws: no bytes raise; text that moves down changes lines alone; white space and comments between a
body's tokens change neither head nor body; what breaks at the end of a file leaves the rest as it was.
"""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.msgpack import Decoder, Encoder

from isg_graph.parse.extract import extract
from isg_graph.parse.manifest import read_manifest
from isg_protocol.facts import FileFacts, ItemFacts

ENCODER = Encoder()
DECODER = Decoder(FileFacts)

SAMPLE = rb"""//! A realistic file.
#![cfg(feature = "full")]
use crate::{a::B, c::{self, D as E}, f::*};

/// Documentation: fn not_this() {}
#[derive(Debug, Clone)]
pub struct Router<S = ()> where S: Clone + 'static {
    pub(crate) routes: HashMap<String, Vec<(u8, Box<dyn Fn(&S) -> E + Send>)>>,
    size: [u8; { N + 1 }],
}

impl<S> Router<S> {
    pub async fn route(&mut self, path: &str, (a, Some(b)): (u8, Option<S>)) -> Result<Self, Error> {
        let x = self.routes.get(path).ok_or_else(|| Error::new("no { route"))?.clone();
        if let Some(y) = x.first() && y.0 > 1 { return Ok(y.into()); }
        for (i, z) in x.iter().enumerate() { println!("{} {i}", z.1(&b)); }
        tokio::select! { r = self.next() => { r.unwrap() } _ = done(), if a => return Err(e), }
        match x.len() { 0 | 1 => vec![1u8, b'\n'].into(), n @ 2..=5 if n > a => E::make::<S>(n), _ =>
        fail!(x => y) }
    }
}

cfg_rt! {
    mod inner;
    impl<'a, T: ?Sized> Trait for &'a T { type Out = u8; fn go(&self) -> Self::Out { r#"raw " string"# ; 'c'
    } }
}

macro_rules! make { ($($name:ident),*) => { $(fn $name() { $name!(); })* } }
make!(one, two);
extern "C" { fn foreign(x: *const u8, ...); }
pub(in crate::x) enum Kind { A = 1, B(u8), C { d: Box<Kind> } }
const fn last<const N: usize>() -> [u8; N] { /* block /* nested */ comment */ [0; N] }
"""
PIECES = [
    b"{",
    b"}",
    b"(",
    b")",
    b'"',
    b"'",
    b"/*",
    b"*/",
    b"//",
    b"\n",
    b"fn ",
    b'r#"',
    b"!",
    b"\xff",
    b"\0",
    b"<",
    b"#[",
]


@given(st.binary(max_size=200))
def test_no_bytes_raise(source: bytes) -> None:
    facts = extract(source)
    assert DECODER.decode(ENCODER.encode(facts)) == facts
    read_manifest(source)


@given(st.text(alphabet="fn {}()<>[]\"'/*!#;:,.=|&?ab\n\\r$_0", max_size=120))
def test_no_text_of_rusts_own_letters_raises(text: str) -> None:
    facts = extract(text.encode())
    assert all(1 <= issue.line <= text.count("\n") + 2 for issue in facts.issues)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(SAMPLE)), st.integers(0, 40), st.sampled_from([b"", *PIECES]))
def test_no_edit_of_a_real_file_raises(start: int, length: int, piece: bytes) -> None:
    edited = SAMPLE[:start] + piece + SAMPLE[start + length :]
    facts = extract(edited)
    assert facts == extract(edited)
    for index, item in enumerate(facts.items):
        assert item.parent < index
        assert 1 <= item.line <= item.end_line <= facts.line_count
    truncated = extract(SAMPLE[:start])
    assert all(item.line <= truncated.line_count for item in truncated.items)


def without_lines(item: ItemFacts) -> ItemFacts:
    copy = DECODER.decode(ENCODER.encode(FileFacts(1, [item], [], 0))).items[0]
    copy.line = copy.end_line = 0
    return copy


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 50))
def test_text_that_moves_changes_lines_alone(count: int) -> None:
    before = extract(SAMPLE)
    after = extract(b"\n" * count + SAMPLE)
    assert [item.line + count for item in before.items] == [item.line for item in after.items]
    assert [item.end_line + count for item in before.items] == [item.end_line for item in after.items]
    assert [without_lines(item) for item in before.items] == [without_lines(item) for item in after.items]


def spaces(source: bytes) -> list[int]:
    """Where white space stands between tokens: outside strings, comments and attributes."""
    outside = re.compile(rb'r#".*?"#|"(?:\\.|[^"\\])*"|//[^\n]*|/\*.*\*/|#!?\[[^\n]*\]|(\s)', re.DOTALL)
    return [found.start(1) for found in outside.finditer(source) if found[1] is not None]


SPACES = spaces(SAMPLE)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(SPACES), min_size=1, max_size=6, unique=True),
    st.sampled_from([b" ", b"\n", b"\t\n\n  ", b" /* a, b */ ", b' // c { "\n']),
)
def test_white_space_and_comments_change_no_head_and_no_body(places: list[int], filling: bytes) -> None:
    changed = SAMPLE
    for place in sorted(places, reverse=True):
        changed = changed[:place] + filling + changed[place:]
    before, after = extract(SAMPLE), extract(changed)
    assert after.issues == []
    assert [item.head for item in before.items] == [item.head for item in after.items]
    assert [item.body for item in before.items] == [item.body for item in after.items]
    assert [item.signature for item in before.items] == [item.signature for item in after.items]


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(
        [
            b"fn broken( {\n",
            b"pub fn incomplete_function(\n",
            b"struct { \n",
            b"impl X for {\n}\n",
            b'fn a() { "\n',
        ]
    )
)
def test_a_broken_end_leaves_the_rest_as_it_was(end: bytes) -> None:
    before, after = extract(SAMPLE), extract(SAMPLE + end)
    assert after.issues
    assert after.items == before.items
