"""R8, R1: every item of a file becomes facts, wherever it hides, and a broken file keeps its whole items.

Rust in, items out: `kind name` lines, indented under their container.
"""

from __future__ import annotations

from isg_graph.parse.extract import extract
from isg_protocol.facts import (
    EnumHead,
    ExternCrateHead,
    FileFacts,
    FnHead,
    ImplHead,
    InvocationHead,
    ItemFacts,
    MacroHead,
    ModuleHead,
    PathType,
    StructHead,
    TraitHead,
    UseHead,
)


def tree(facts: FileFacts) -> list[str]:
    """One line an item: its depth, kind and name."""
    depths: list[int] = []
    lines = []
    for item in facts.items:
        depth = 0 if item.parent < 0 else depths[item.parent] + 1
        depths.append(depth)
        lines.append("  " * depth + f"{item.kind} {item.name}".rstrip())
    return lines


def only(source: str) -> ItemFacts:
    facts = extract(source.encode())
    assert facts.issues == []
    (item,) = facts.items
    return item


def named(source: str, name: str) -> ItemFacts:
    return next(item for item in extract(source.encode()).items if item.name == name)


def names(facts: FileFacts) -> list[str]:
    return [item.name for item in facts.items]


def test_every_kind_of_item_is_found() -> None:
    facts = extract(
        b"""extern crate alloc as a;
use std::fmt;
mod there;
mod here { struct Inside; }
fn free() {}
struct S;
enum E { A }
union U { a: u8 }
trait T { type Item; const N: u8; fn must(&self); fn may(&self) {} }
impl T for S { type Item = u8; const N: u8 = 1; fn must(&self) {} }
impl S { pub const fn new() -> S { S } }
type Alias = S;
const C: u8 = 1;
static V: u8 = 2;
macro_rules! m { () => {} }
extern "C" { fn foreign(); static FOREIGN: u8; }
m!();
"""
    )
    assert facts.issues == []
    assert tree(facts) == [
        "extern_crate a",
        "use",
        "module there",
        "module here",
        "  struct Inside",
        "function free",
        "struct S",
        "enum E",
        "union U",
        "trait T",
        "  type_alias Item",
        "  const N",
        "  method must",
        "  method may",
        "impl",
        "  type_alias Item",
        "  const N",
        "  method must",
        "impl",
        "  method new",
        "type_alias Alias",
        "const C",
        "static V",
        "macro m",
        "function foreign",
        "static FOREIGN",
        "invocation m",
    ]


def test_items_in_bodies_hang_under_their_function_or_const() -> None:
    facts = extract(
        b"""fn outer() {
    fn inner() { struct Deep; }
    use a::b;
    let f = || { fn in_closure() {} };
}
const _: () = { impl T for S { fn f() {} } };
"""
    )
    assert tree(facts) == [
        "function outer",
        "  function inner",
        "    struct Deep",
        "  use",
        "  function in_closure",
        "const _",
        "  impl",
        "    method f",
    ]


def test_the_line_is_that_of_the_items_own_text() -> None:
    item = only("/// doc\n#[inline]\n// note\npub\nfn f()\n{\n}\n")
    assert (item.line, item.end_line) == (4, 7)


def test_visibilities_are_written_in_one_way() -> None:
    source = """pub struct A; pub(crate) struct B; pub(super) struct C; pub(in crate::x) struct D; struct E;
pub(self) struct F; pub(in super) struct G; pub( crate ) struct H; pub(in crate) struct I;"""
    assert [item.visibility for item in extract(source.encode()).items] == [
        "pub", "pub(crate)", "pub(super)", "pub(in crate::x)", "private",
        "private", "pub(super)", "pub(crate)", "pub(crate)",
    ]  # fmt: skip


def test_what_a_trait_and_its_impls_hold_inherits() -> None:
    facts = extract(
        b"""trait T { fn a(); const A: u8; type B; m!(); }
impl T for S { fn b() {} const C: u8 = 1; type D = u8; cfg_x! { fn e() {} } m!(a + b); }
impl S { fn c() {} pub fn d() {} const E: u8 = 1; pub(crate) const F: u8 = 1; c! { fn g() {} } m!(a + b); }
impl<'a> a::T<u8> for &'a [S] where S: T { fn h() { fn i() {} } }"""
    )
    visibilities = [(item.name, item.visibility) for item in facts.items if item.parent >= 0]
    assert visibilities == [
        ("a", "inherited"), ("A", "inherited"), ("B", "inherited"), ("m", "inherited"),
        ("b", "inherited"), ("C", "inherited"), ("D", "inherited"), ("e", "inherited"), ("m", "inherited"),
        ("c", "private"), ("d", "pub"), ("E", "private"), ("F", "pub(crate)"), ("g", "private"),
        ("m", "private"), ("h", "inherited"), ("i", "private"),
    ]  # fmt: skip


def test_members_of_a_broken_trait_impl_inherit_too() -> None:
    facts = extract(
        b"impl T for S {\n    fn a() {}\n    fn b( {}\n}\nimpl S {\n    fn c() {}\n    fn d( {}\n}\n"
    )
    assert [(item.name, item.visibility) for item in facts.items if item.kind == "method"] == [
        ("a", "inherited"),
        ("c", "private"),
    ]


def test_attributes_say_condition_test_and_derives() -> None:
    item = only(
        '#[derive(Debug, serde::Serialize)]\n#[cfg(feature = "rt")]\n#[cfg_attr(x, derive(Clone))]\n'
        "#[cfg( all( unix,\n   not(test)) )]\n#[must_use]\npub struct S;\n"
    )
    assert item.cfg == 'all(feature = "rt", all(unix, not(test)))'
    assert [(derive.path, derive.line, derive.cfg) for derive in item.derives] == [
        (["Debug"], -6, None),
        (["serde", "Serialize"], -6, None),
        (["Clone"], -4, "x"),
    ]
    assert item.attributes == ["must_use"]
    assert not item.test


def test_what_stands_in_a_cfg_attr_stands_under_its_condition() -> None:
    item = only(
        "#[cfg_attr(all(a, not( b )), derive(Clone, x::Y), must_use)]\n"
        "#[cfg_attr(c, cfg_attr(d, derive(Z)))]\n"
        "#[cfg_attr(e, cfg(f))] struct S;"
    )
    assert [(derive.path, derive.cfg) for derive in item.derives] == [
        (["Clone"], "all(a, not(b))"), (["x", "Y"], "all(a, not(b))"), (["Z"], "all(c, d)"),
    ]  # fmt: skip
    assert (item.cfg, item.attributes) == ("any(not(e), f)", ["must_use"])


def test_tests_are_told_from_production_code() -> None:
    facts = extract(
        b"""#[test] fn a() {} #[tokio::test(flavor = "x")] async fn b() {} #[cfg(test)] mod c {}
#[cfg(all(test, unix))] fn d() {} #[cfg(any(test, unix))] fn e() {} #[cfg(not(test))] fn f() {} fn g() {}"""
    )
    assert {item.name: item.test for item in facts.items} == {
        "a": True, "b": True, "c": True, "d": True, "e": False, "f": False, "g": False,
    }  # fmt: skip


def test_the_files_own_conditions_are_its_inner_attributes() -> None:
    facts = extract(b"#![cfg(unix)]\n#![no_std]\n//! doc\nfn f() {}\n")
    assert (facts.cfg, facts.attributes, facts.line_count) == ("unix", ["no_std"], 4)


def test_modules_know_their_path_and_macro_use() -> None:
    assert only('#[path = "x/y.rs"] #[macro_use] mod a;').head == ModuleHead(False, "x/y.rs", True)
    assert only("mod a {}").head == ModuleHead(True, None, False)
    assert only("#[macro_use] extern crate a as b;").head == ExternCrateHead("a", True)


def test_macros_keep_their_rules_in_normal_form() -> None:
    item = only("#[macro_export]\nmacro_rules! m {\n  // note\n  ($x:expr) => { $x+1 };\n}\n")
    assert item.head == MacroHead(True, "( $x : expr ) => { $x + 1 } ;")
    assert item.signature == "macro_rules! m"


def test_use_trees_are_leaves() -> None:
    item = only("pub use ::a::{self, b as c, d::{e, *}, f as _};")
    assert isinstance(item.head, UseHead)
    assert [(leaf.path, leaf.alias, leaf.global_) for leaf in item.head.leaves] == [
        (["a"], "a", True),
        (["a", "b"], "c", True),
        (["a", "d", "e"], "e", True),
        (["a", "d"], "*", True),
        (["a", "f"], "_", True),
    ]
    assert item.visibility == "pub"


def test_use_of_crate_self_and_super() -> None:
    leaves = [
        leaf
        for item in extract(b"use crate::a; use self::b; use super::super::c; use r#type::d;").items
        if isinstance(item.head, UseHead)
        for leaf in item.head.leaves
    ]
    assert [leaf.path for leaf in leaves] == [
        ["crate", "a"], ["self", "b"], ["super", "super", "c"], ["type", "d"],
    ]  # fmt: skip


def test_receivers_of_methods() -> None:
    source = """impl S { fn a() {} fn b(self) {} fn c(mut self) {} fn d(&self) {} fn e(&'a mut self) {}
        fn f(self: Box<Self>) {} }"""
    kinds = [item.head.self_kind for item in extract(source.encode()).items if isinstance(item.head, FnHead)]
    assert kinds == ["", "value", "value", "ref", "mut", "typed"]


def test_a_foreign_block_is_transparent_but_for_its_condition() -> None:
    facts = extract(b'#[cfg(unix)] unsafe extern "C" { pub safe fn a(x: u8); type T; }')
    assert facts.issues == []
    assert [(item.kind, item.name, item.parent, item.cfg) for item in facts.items] == [
        ("function", "a", -1, "unix"),
        ("type_alias", "T", -1, "unix"),
    ]
    assert facts.items[0].signature == "pub safe fn a(x: u8)"


def test_a_negative_impl_says_so() -> None:
    head = only("impl<T> !Send for X<T> {}").head
    assert isinstance(head, ImplHead)
    assert (head.negative, head.trait_text, head.self_text) == (True, "Send", "X<T>")


def test_enums_have_their_variants_shapes() -> None:
    head = only("enum E { A, B(u8, C), D { x: F } = 3 }").head
    assert isinstance(head, EnumHead)
    shapes = [
        (variant.name, variant.shape, [field.name for field in variant.fields]) for variant in head.variants
    ]
    assert shapes == [("A", "unit", []), ("B", "tuple", ["0", "1"]), ("D", "named", ["x"])]


# --- macros whose tokens are items --------------------------------------------------------------------------


def test_items_in_a_macros_tokens_are_items_with_a_wrapper() -> None:
    facts = extract(
        b"""cfg_rt! {
    mod a;

    #[cfg(unix)]
    pub fn b() {}
    cfg_net! { impl X { fn c(&self) {} } }
}
"""
    )
    assert tree(facts) == ["module a", "function b", "impl", "  method c"]
    assert [(item.line, item.wrapper, item.cfg) for item in facts.items] == [
        (2, "cfg_rt", None),
        (5, "cfg_rt", "unix"),
        (6, "cfg_rt cfg_net", None),
        (6, "", None),
    ]


def test_a_wrapper_in_parentheses_or_inside_an_impl_is_read_too() -> None:
    assert tree(extract(b"wrap!(fn a() {});")) == ["function a"]
    assert tree(extract(b"impl X { cfg_x! { pub fn a(&self) {} } fn b() {} }")) == [
        "impl",
        "  method a",
        "  method b",
    ]


def test_conditions_on_and_in_a_wrapper_hold_for_its_items() -> None:
    facts = extract(b"#[cfg(a)] feature! { #![cfg(b)] pub struct S; #[cfg(c)] fn f() {} }")
    assert [(item.name, item.cfg) for item in facts.items] == [("S", "all(a, b)"), ("f", "all(a, b, c)")]


def test_cfg_if_branches_carry_their_conditions() -> None:
    facts = extract(
        b"""cfg_if! {
    if #[cfg(unix)] { mod a; }
    else if #[cfg(windows)] { mod b; }
    else { mod c; }
}"""
    )
    assert [(item.name, item.cfg, item.line, item.wrapper) for item in facts.items] == [
        ("a", "unix", 2, "cfg_if"),
        ("b", "all(not(unix), windows)", 3, "cfg_if"),
        ("c", "all(not(unix), not(windows))", 4, "cfg_if"),
    ]


def test_lazy_static_and_thread_local_make_statics() -> None:
    facts = extract(
        b"""lazy_static! { pub static ref A: Vec<u8> = make(); static ref B: u8 = 1; }
thread_local!(static C: Cell<u8> = const { Cell::new(1) });
"""
    )
    assert facts.issues == []
    assert [(item.kind, item.name, item.visibility, item.line) for item in facts.items] == [
        ("static", "A", "pub", 1),
        ("static", "B", "private", 1),
        ("static", "C", "private", 2),
    ]


def test_a_macro_whose_tokens_are_no_items_is_an_invocation() -> None:
    item = only("my::table! { a => b, // note\n  c => d }")
    assert isinstance(item.head, InvocationHead)
    assert [segment.name for segment in item.head.path.segments] == ["my", "table"]
    assert item.head.tokens == "a => b , c => d"


def test_a_macro_that_only_looks_like_a_wrapper_is_an_invocation() -> None:
    facts = extract(b"mock! { pub File { fn a(&self); } }\nfn b() {}\nproptest! { fn c(x in 0..1) {} }\n")
    assert facts.issues == []
    assert tree(facts) == ["invocation mock", "function b", "invocation proptest"]


# --- gaps of the grammar ------------------------------------------------------------------------------------


def test_try_of_edition_2015_parses() -> None:
    facts = extract(b"fn f() -> R { let x = try!(g(1)); try!(h()) }\nfn g() {}\n")
    assert facts.issues == []
    assert names(facts) == ["f", "g"]


def test_unstable_syntax_is_mended_and_keeps_its_words() -> None:
    facts = extract(
        b"""pub unsafe auto trait A {}
pub trait B<T> = C<T> + Send;
impl<T: ~const D> const E for F<T> {}
pub(crate) macro g($x:expr) { $x + 1 }
macro h { () => { 1 } }
fn i() { let j = for<'a> |x: &'a u8| x; box j; (_, k) = l(); }
"""
    )
    assert facts.issues == []
    assert [(item.kind, item.name, item.visibility, item.signature) for item in facts.items] == [
        ("trait", "A", "pub", "pub unsafe auto trait A"),
        ("trait", "B", "pub", "pub trait B<T> = C<T> + Send"),
        ("impl", "", "private", "impl<T: ~const D> const E for F<T>"),
        ("macro", "g", "pub(crate)", "pub(crate) macro g"),
        ("macro", "h", "private", "macro h"),
        ("function", "i", "private", "fn i()"),
    ]
    alias = facts.items[1].head
    assert isinstance(alias, TraitHead)
    assert [bound.path.segments[0].name for bound in alias.supertraits] == ["C", "Send"]
    macro = facts.items[3].head
    assert isinstance(macro, MacroHead)
    assert macro.tokens == "( $x : expr ) => { $x + 1 }"


def test_attributes_on_expressions_do_no_harm() -> None:
    facts = extract(b"#[inline]\nfn f() { let x = #[allow(y)] g(); S { #[cfg(z)] ..d } }")
    assert facts.issues == []
    assert facts.items[0].attributes == ["inline"]


# --- broken files -------------------------------------------------------------------------------------------


def test_an_unfinished_function_goes_and_its_siblings_stay() -> None:
    facts = extract(b"fn a() {}\n\npub fn incomplete_function(\n\n/// doc\npub struct B;\nfn c() { B; }\n")
    assert tree(facts) == ["function a", "struct B", "function c"]
    assert [issue.line for issue in facts.issues] == [3]
    assert facts.items[1].line == 6


def test_a_missing_brace_breaks_its_function_alone() -> None:
    facts = extract(b"fn a() {}\nfn b() {\n    if x {\n}\n\nfn c() {}\nimpl D {\n    fn e() {}\n}\n")
    assert tree(facts) == ["function a", "function c", "impl", "  method e"]
    assert len(facts.issues) == 1


def test_an_extra_brace_breaks_nothing_but_its_function() -> None:
    facts = extract(b"fn a() {}\nfn b() {\n}}\n\nfn c() {}\n")
    assert tree(facts) == ["function a", "function c"]


def test_an_unterminated_string_swallows_its_function_alone() -> None:
    facts = extract(b'fn a() {}\nfn b() { let s = "open; }\n\nfn c() { d("x") }\nfn e() {}\n')
    assert tree(facts) == ["function a", "function c", "function e"]


def test_a_string_with_code_in_column_0_is_no_item_of_a_broken_file() -> None:
    facts = extract(b'fn a( {\nconst B: &str = r#"\nfn not_an_item() {}\n"#;\nfn c() {}\n')
    assert tree(facts) == ["const B", "function c"]


def test_a_broken_method_leaves_its_impl_and_siblings() -> None:
    source = b"""impl A for B {
    fn a(&self) {}

    fn broken(&self {
        1
    }

    /// doc
    fn c(&self) -> u8 {
        1
    }
}

fn d() {}
"""
    facts = extract(source)
    assert tree(facts) == ["impl", "  method a", "  method c", "function d"]
    assert [(item.line, item.end_line, item.visibility) for item in facts.items] == [
        (1, 12, "private"),
        (2, 2, "inherited"),
        (9, 11, "inherited"),
        (14, 14, "private"),
    ]


def test_a_broken_module_keeps_its_whole_members() -> None:
    facts = extract(
        b"mod a {\n    fn b() {}\n    struct C {\n        x: ,\n    }\n    fn d() {}\n}\nfn e() {}\n"
    )
    assert tree(facts) == ["module a", "  function b", "  function d", "function e"]


def test_whole_items_of_a_broken_file_say_the_same_as_in_a_whole_one() -> None:
    whole = b'fn a() { println!("{}", x.y()); }\n\ncfg_rt! {\n    pub fn b() { vec![1].len(); }\n}\n'
    broken = extract(whole + b"fn broken( {\n")
    assert broken.items == extract(whole).items
    assert [issue.line for issue in broken.issues] == [6]


def test_text_that_is_no_rust_gives_an_issue_and_no_item() -> None:
    facts = extract(b"this is not valid rust {{{")
    assert facts.items == []
    assert [issue.line for issue in facts.issues] == [1]
    assert extract(b"hello;\n").issues


def test_odd_bytes_are_read_as_far_as_they_are_rust() -> None:
    assert names(extract(b"\xef\xbb\xbffn a() {}\r\nfn b() {}\r\n")) == ["a", "b"]
    assert names(extract(b"#!/usr/bin/env run\nfn a() {}\n")) == ["a"]
    assert names(extract(b'fn a() { "\xff\xfe" }\n// \xe9\nfn b() {}\0\n')) == ["a", "b"]
    assert extract(b"").items == []
    assert extract(b"").line_count == 0


def test_nesting_is_bounded_and_reported() -> None:
    deep = b"fn a() { " + b"f(" * 500 + b")" * 500 + b" }\nfn b() {}\n"
    facts = extract(deep)
    assert names(facts) == ["a", "b"]
    assert facts.items[0].body is None
    assert [issue.reason for issue in facts.issues] == ["nested too deeply: the body is left out"]
    modules = extract(b"mod m { " * 500 + b"}" * 500)
    assert [issue.reason for issue in modules.issues] == ["nested too deeply"]


def test_long_chains_are_no_nesting() -> None:
    facts = extract(
        b"fn a() { x" + b".b()" * 1000 + b"; y" + b" + 1" * 1000 + b"; "
        + b"if c {} else " * 500 + b"{} }"
    )  # fmt: skip
    assert facts.issues == []
    assert facts.items[0].body is not None


def test_heads_know_fields_and_their_sites() -> None:
    item = only("pub struct S<T>\nwhere\n    T: A,\n{\n    x: Vec<T>,\n}\n")
    assert isinstance(item.head, StructHead)
    (field,) = item.head.fields
    assert field.name == "x"
    assert isinstance(field.ty, PathType)
    assert item.lines == [2, 2, 4, 4]
    assert field.ty.path.site == 2
