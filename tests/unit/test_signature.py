"""R8: signatures are kept whole, in one normal form whatever the layout of the source."""

from __future__ import annotations

import pytest

from isg_graph.parse.extract import extract
from isg_graph.parse.signature import normal_text, normal_tokens

ONE_LINE = [
    "pub fn route(self, path: &str, method_router: MethodRouter<S>) -> Self",
    "impl<H, S> ErasedIntoRoute<S, Infallible> for MakeErasedHandler<H, S> "
    "where H: Clone + Send + Sync + 'static, S: 'static",
    "pub(crate) async unsafe extern \"C\" fn f<'a, T: ?Sized + 'a, const N: usize>"
    "(x: &'a mut [T; N], _: u8) -> !",
    "fn f(x: impl Fn(&str) -> Option<u8> + 'static, y: &dyn for<'b> Tr<'b, Out = u8>) "
    "-> impl Iterator<Item = u8>",
    "fn f() -> (u8,)",
    "pub struct S<T = u8> where T: Clone { pub x: Vec<T>, y: fn(u8) -> u8 }",
    "pub struct S(pub u8, Vec<(u8, u16)>)",
    "pub struct S",
    "enum E { A = 1, B(u8), C { x: u8 } }",
    "union U { a: u8, b: u16 }",
    "pub unsafe trait T<A>: Send + Sync where A: B",
    "type A<T> = Box<dyn Fn(T) -> u8 + Send>",
    "pub const A: [u8; 3]",
    "static mut A: &[&str]",
    "pub mod a",
    "macro_rules! a",
    "default impl<T> A for T",
]


def source_of(signature: str) -> str:
    """A whole item with this signature."""
    words = signature.replace("pub(crate) ", "").replace("pub ", "").replace("default ", "").split()
    kind = next(word for word in words if word not in ("async", "unsafe", "extern", '"C"'))
    if kind.startswith(("fn", "impl", "trait", "mod")):
        return signature + " {}"
    if kind in ("const", "static"):
        return signature + " = x;"
    if kind == "macro_rules!":
        return signature + " { () => {} }"
    return signature if signature.endswith("}") else signature + ";"


@pytest.mark.parametrize("signature", ONE_LINE)
def test_a_tidy_signature_comes_out_as_it_is(signature: str) -> None:
    facts = extract(source_of(signature).encode())
    assert facts.issues == []
    assert facts.items[0].signature == signature


@pytest.mark.parametrize("signature", ONE_LINE)
def test_the_layout_does_not_show(signature: str) -> None:
    """One word a line, trailing commas, comments: the same signature."""
    spread = source_of(signature)
    head, brace, rest = spread.partition(" {") if not signature.endswith("}") else (spread, "", "")
    for opening in "(<[":
        head = head.replace(opening, opening + "\n    ")
    head = head.replace(", ", ", // note (\n    ").replace(" where ", " /* a, b */\nwhere\n    ")
    if "(self" in head:
        head = head.replace(") ->", ",\n) ->")
    facts = extract((head + brace + rest).encode())
    assert facts.issues == []
    assert facts.items[0].signature == signature


def test_a_multi_line_impl_header_loses_its_trailing_comma() -> None:
    source = b"""impl<H, S> ErasedIntoRoute<S, Infallible>
    for MakeErasedHandler<
        H,
        S,
    >
where
    H: Clone + Send + Sync + 'static, // kept
    S: 'static,
{
}
"""
    (item,) = extract(source).items
    assert item.signature == ONE_LINE[1]


def test_fields_stand_without_comments_and_docs() -> None:
    source = b"""pub struct S {
    /// The x, see (a).
    #[doc = "more, ]"]
    #[serde(default)]
    pub x: u8, // trailing
    y: u8,
}
"""
    (item,) = extract(source).items
    assert item.signature == "pub struct S { #[serde(default)] pub x: u8, y: u8 }"


def test_slashes_in_strings_are_no_comments() -> None:
    source = b'struct S { #[serde(rename = "http://x")]\n    x: u8, }'
    (item,) = extract(source).items
    assert item.signature == 'struct S { #[serde(rename = "http://x")] x: u8 }'


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        (b"fn f(\n    a: u8,\n)", "fn f(a: u8)"),
        (b"Fn(\n  A,\n) -> (B,)", "Fn(A) -> (B,)"),
        (b"(\n  A,\n  B,\n)", "(A, B)"),
        (b"( A, )", "(A,)"),
        (b"Vec< u8 >", "Vec<u8>"),
        (b"a  ->  b", "a -> b"),
        (b"where\n A: B,\n", "where A: B"),
    ],
)
def test_normal_text(text: bytes, normal: str) -> None:
    assert normal_text(text) == normal


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        (b"a+b /* c */ => // d\n {e}", "a + b => { e }"),
        (b"$x:expr,$(,)?", "$x : expr , $ ( , ) ?"),
        (b"'a' 'b \"c  d\" r#\"e\"# b'f' r#fn", "'a' 'b \"c  d\" r#\"e\"# b'f' r#fn"),
        (b"1..2 1.5 0..=n x.0.1 ..", "1 .. 2 1.5 0 ..= n x . 0.1 .."),
        (b"a::b<<=c&&d", "a :: b <<= c && d"),
    ],
)
def test_normal_tokens_read_back_as_the_same_tokens(text: bytes, normal: str) -> None:
    assert normal_tokens(text) == normal
    assert normal_tokens(normal.encode()) == normal
