"""R3: names are found as Rust finds them: modules, `use` in every form, re-exports, globs, visibility.

Acceptance case 5.
"""

from __future__ import annotations

from support.rust import calls, graph_of


def test_a_module_file_and_a_directory_module_are_the_modules_they_are_declared_as() -> None:
    graph = graph_of("""
        mod a;
        mod b;
        fn run() { a::f(); b::g(); b::c::h(); }
        //- /src/a.rs
        pub fn f() { crate::b::g() }
        //- /src/b/mod.rs
        pub mod c;
        pub fn g() { self::c::h() }
        //- /src/b/c.rs
        pub fn h() { super::g(); super::super::run() }
    """)
    assert graph.calls() == [
        "crate::a::f -> crate::b::g",
        "crate::b::c::h -> crate::b::g",
        "crate::b::c::h -> crate::run",
        "crate::b::g -> crate::b::c::h",
        "crate::run -> crate::a::f",
        "crate::run -> crate::b::c::h",
        "crate::run -> crate::b::g",
    ]
    assert [(m, graph.node(m).file, graph.node(m).line) for m in graph.symbols("module")] == [
        ("crate::a", "src/lib.rs", 1),
        ("crate::b", "src/lib.rs", 2),
        ("crate::b::c", "src/b/mod.rs", 1),
    ]


def test_children_of_a_module_file_lie_in_the_directory_of_its_name() -> None:
    assert calls("""
        mod a;
        //- /src/a.rs
        mod deep;
        fn f() { deep::g() }
        //- /src/a/deep.rs
        pub fn g() {}
    """) == ["crate::a::f -> crate::a::deep::g"]


def test_an_inline_module_puts_the_files_of_its_children_into_its_directory() -> None:
    assert calls("""
        mod outer { pub mod inner; }
        fn f() { outer::inner::g() }
        //- /src/outer/inner.rs
        pub fn g() {}
    """) == ["crate::f -> crate::outer::inner::g"]


def test_a_path_attribute_names_the_file() -> None:
    graph = graph_of("""
        #[path = "elsewhere/unix.rs"]
        mod sys;
        fn f() { sys::g(); sys::child::h() }
        //- /src/elsewhere/unix.rs
        pub mod child;
        pub fn g() {}
        //- /src/elsewhere/child.rs
        pub fn h() {}
    """)
    assert graph.calls() == ["crate::f -> crate::sys::child::h", "crate::f -> crate::sys::g"]
    assert graph.node("crate::sys::g").file == "src/elsewhere/unix.rs"


def test_a_file_that_nothing_declares_hangs_where_its_path_says() -> None:
    graph = graph_of("""
        fn f() {}
        //- /src/lost/found.rs
        pub fn g() { crate::f() }
    """)
    assert graph.calls() == ["crate::lost::found::g -> crate::f"]


def test_a_use_may_rename_nest_and_name_the_module_itself() -> None:
    graph = graph_of("""
        mod a {
            pub mod b { pub fn c() {} pub fn d() {} }
            pub fn e() {}
        }
        use a::b as bb;
        use a::{self as aa, b::{self, c as see, d}, e};
        fn f() { bb::c(); aa::e(); b::d(); see(); d(); e() }
    """)
    assert graph.edges("calls", places=True) == [
        "crate::f calls crate::a::b::c @ src/lib.rs:7",
        "crate::f calls crate::a::b::d @ src/lib.rs:7",
        "crate::f calls crate::a::e @ src/lib.rs:7",
    ]
    assert graph.edges("imports", places=True) == [
        "crate imports crate::a @ src/lib.rs:6",
        "crate imports crate::a::b @ src/lib.rs:5",
        "crate imports crate::a::b @ src/lib.rs:6",
        "crate imports crate::a::b::c @ src/lib.rs:6",
        "crate imports crate::a::b::d @ src/lib.rs:6",
        "crate imports crate::a::e @ src/lib.rs:6",
    ]


def test_a_leaf_on_its_own_line_is_imported_there() -> None:
    graph = graph_of("""
        mod a { pub fn x() {} pub fn y() {} }
        use a::{
            x,
            y,
        };
    """)
    assert graph.edges("imports", places=True) == [
        "crate imports crate::a::x @ src/lib.rs:3",
        "crate imports crate::a::y @ src/lib.rs:4",
    ]


def test_one_name_in_two_namespaces_imports_both() -> None:
    graph = graph_of("""
        mod a { pub mod both { pub fn inner() {} } pub fn both() {} }
        use a::both;
        fn f() { both(); both::inner() }
    """)
    assert graph.calls() == ["crate::f -> crate::a::both", "crate::f -> crate::a::both::inner"]
    assert len(graph.edges("imports")) == 1  # both have one symbol
    assert {n.id for n in graph.all("crate::a::both")} == {
        e.to for e in graph._edges[graph.node("crate").id] if e.kind == 6
    }


def test_a_re_export_leads_to_what_it_re_exports_through_any_number_of_steps() -> None:
    graph = graph_of("""
        mod a { mod b { mod c { pub fn deep() {} } pub use self::c::deep as d; } pub use b::d; }
        pub use a::d as entry;
        fn f() { entry(); crate::a::d() }
        mod user { use crate::entry; fn g() { entry() } }
    """)
    assert graph.calls() == ["crate::f -> crate::a::b::c::deep", "crate::user::g -> crate::a::b::c::deep"]
    assert graph.edges("imports") == [
        "crate imports crate::a::b::c::deep",
        "crate::a imports crate::a::b::c::deep",
        "crate::a::b imports crate::a::b::c::deep",
        "crate::user imports crate::a::b::c::deep",
    ]


def test_a_glob_brings_what_is_public_there() -> None:
    graph = graph_of("""
        mod a { pub fn shown() {} fn hidden() {} pub use self::b::*; mod b { pub fn below() {} } }
        use a::*;
        fn f() { shown(); below(); hidden() }
    """)
    assert graph.calls() == ["crate::f -> crate::a::b::below", "crate::f -> crate::a::shown"]
    assert graph.opens() == ["crate::f ? hidden"]
    assert graph.edges("imports") == ["crate imports crate::a", "crate::a imports crate::a::b"]


def test_a_child_that_globs_its_parent_sees_private_things() -> None:
    assert calls("""
        fn private() {}
        use helper::help;
        mod helper { pub fn help() {} }
        mod tests { use super::*; fn t() { private(); help() } }
    """) == ["crate::tests::t -> crate::helper::help", "crate::tests::t -> crate::private"]


def test_two_modules_that_glob_each_other_end() -> None:
    assert calls("""
        mod a { pub use crate::b::*; pub fn in_a() {} }
        mod b { pub use crate::a::*; pub fn in_b() {} }
        fn f() { a::in_b(); b::in_a(); a::in_a() }
    """) == ["crate::f -> crate::a::in_a", "crate::f -> crate::b::in_b"]


def test_a_named_import_stands_before_a_glob_and_a_definition_before_both() -> None:
    assert calls("""
        mod a { pub fn x() {} pub fn y() {} pub fn z() {} }
        mod b { pub fn x() {} pub fn y() {} }
        use a::*;
        use b::y;
        fn x() {}
        fn f() { x(); y(); z() }
    """) == ["crate::f -> crate::a::z", "crate::f -> crate::b::y", "crate::f -> crate::x"]


def test_variants_come_by_a_glob_or_a_name_and_use_their_enum() -> None:
    graph = graph_of("""
        mod e { pub enum Kind { One, Two(u8) } }
        use e::Kind::{self, *};
        fn f() -> Kind { Two(1) }
        fn g(k: Kind) -> u8 { match k { One => 1, Kind::Two(n) => n } }
    """)
    assert graph.edges("uses", "calls") == [
        "crate::f uses crate::e::Kind [body]",
        "crate::f uses crate::e::Kind [signature]",
        "crate::g uses crate::e::Kind [body]",
        "crate::g uses crate::e::Kind [signature]",
    ]
    assert graph.edges("imports") == ["crate imports crate::e::Kind"]


def test_a_use_inside_a_body_holds_in_that_body_alone() -> None:
    graph = graph_of("""
        mod a { pub fn x() {} }
        fn f() { use a::x; x() }
        fn g() { x() }
    """)
    assert graph.calls() == ["crate::f -> crate::a::x"]
    assert graph.opens() == ["crate::g ? x"]


def test_an_import_of_an_outside_crate_is_an_external() -> None:
    graph = graph_of("""
        use serde::de::{self, Deserialize};
        use std::collections::HashMap as Map;
        fn f(m: Map<u8, u8>) { de::value::make(); }
    """)
    assert graph.edges("imports", "calls", "uses", externals=True) == [
        "crate imports serde::de [external]",
        "crate imports serde::de::Deserialize [external]",
        "crate imports std::collections::HashMap [external]",
        "crate::f calls serde::de::value::make [external]",
        "crate::f uses std::collections::HashMap [signature external]",
    ]


def test_visibility_is_written_on_the_node_and_inherited_from_the_trait() -> None:
    graph = graph_of("""
        pub(crate) trait T { fn m(&self); }
        pub struct S;
        impl T for S { fn m(&self) {} }
        impl S { pub(super) fn a(&self) {} fn b(&self) {} }
        mod inner { pub(in crate::inner) fn c() {} }
        pub use inner as shown;
    """)
    told = {n: graph.node(n).visibility for n in graph.symbols() if "impl" not in n}
    assert told == {
        "crate": "pub",
        "crate::<S as T>::m": "pub(crate)",
        "crate::S": "pub",
        "crate::S::a": "pub(super)",
        "crate::S::b": "private",
        "crate::T": "pub(crate)",
        "crate::T::m": "pub(crate)",
        "crate::inner": "private",
        "crate::inner::c": "pub(in crate::inner)",
    }


def test_a_library_names_what_outside_code_can_reach() -> None:
    graph = graph_of("""
        mod hidden { pub struct Shown; pub struct Unseen; impl Shown { pub fn m(&self) {} fn n(&self) {} } }
        pub use hidden::Shown;
        pub mod open { pub fn f() {} fn g() {} }
        fn private() {}
    """)
    reached = {s for s in graph.symbols() if graph.node(s).library}
    assert {"crate::hidden::Shown", "crate::hidden::Shown::m", "crate::open", "crate::open::f"} <= reached
    assert not reached & {
        "crate::hidden",
        "crate::hidden::Unseen",
        "crate::hidden::Shown::n",
        "crate::open::g",
        "crate::private",
    }


def test_raw_identifiers_are_their_plain_names() -> None:
    graph = graph_of("""
        mod r#type { pub fn r#match() {} pub struct r#Plain; }
        use r#type::Plain;
        fn f(p: Plain) { r#type::r#match(); }
    """)
    assert graph.calls() == ["crate::f -> crate::type::match"]
    assert graph.edges("uses", of="crate::f") == ["crate::f uses crate::type::Plain [signature]"]
    assert graph.node("crate::type::match").signature == "pub fn r#match()"


def test_a_name_that_is_nowhere_stays_open() -> None:
    graph = graph_of("fn f() { nowhere(1) }")
    assert graph.calls(externals=True) == []
    assert graph.opens() == ["crate::f ? nowhere"]


def test_what_a_module_file_holds_and_imports_stands_in_that_file() -> None:
    graph = graph_of("""
        mod a;
        fn f() {}
        //- /src/a.rs
        use crate::f;

        pub fn g() {}
    """)
    assert graph.edges("contains", "imports", places=True) == [
        "crate contains crate::a @ src/lib.rs:1",
        "crate contains crate::f @ src/lib.rs:2",
        "crate::a contains crate::a::g @ src/a.rs:3",
        "crate::a imports crate::f @ src/a.rs:1",
    ]


def test_include_puts_a_file_where_it_stands() -> None:
    graph = graph_of(
        """
        //- /src/lib.rs
        mod deep;
        fn f() { deep::made(); deep::below::low(); deep::here(); }
        //- /src/deep.rs
        include!("gen/parts.rs");
        pub fn here() { made() }
        //- /src/gen/parts.rs
        pub mod below;
        pub fn made() { here() }
        //- /src/gen/below.rs
        pub fn low() { super::here() }
        """
    )
    assert graph.calls() == [
        "crate::deep::below::low -> crate::deep::here",
        "crate::deep::here -> crate::deep::made",
        "crate::deep::made -> crate::deep::here",
        "crate::f -> crate::deep::below::low",
        "crate::f -> crate::deep::here",
        "crate::f -> crate::deep::made",
    ]
    assert graph.node("crate::deep::made").file == "src/gen/parts.rs"


def test_what_is_included_twice_is_in_the_graph_twice() -> None:
    graph = graph_of(
        """
        //- /src/lib.rs
        mod a { include!("shared.rs"); }
        mod b { include!("shared.rs"); }
        //- /src/shared.rs
        pub fn made() { helper() }
        fn helper() {}
        """
    )
    assert graph.calls() == [
        "crate::a::made -> crate::a::helper",
        "crate::b::made -> crate::b::helper",
    ]


def test_an_include_under_a_condition_that_does_not_hold_gives_candidates() -> None:
    graph = graph_of(
        """
        //- /src/lib.rs
        #[cfg(unix)]
        include!("unix.rs");
        #[cfg(windows)]
        include!("windows.rs");
        fn f() { made() }
        //- /src/unix.rs
        fn made() {}
        //- /src/windows.rs
        fn made() {}
        """
    )
    assert graph.edges("calls") == [
        "crate::f calls crate::made",
        "crate::f calls crate::made [candidate]",
    ]


def test_what_cannot_be_included_is_left_out() -> None:
    graph = graph_of(
        """
        //- /src/lib.rs
        include!("lib.rs");
        include!("nowhere.rs");
        include!(concat!(env!("OUT_DIR"), "/made.rs"));
        include!("a.rs");
        fn f() { g() }
        //- /src/a.rs
        include!("b.rs");
        fn g() { h() }
        //- /src/b.rs
        include!("a.rs");
        fn h() {}
        """
    )
    assert graph.calls() == ["crate::f -> crate::g", "crate::g -> crate::h"]
