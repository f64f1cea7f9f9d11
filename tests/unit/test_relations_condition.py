"""R3: conditions, macros and items in odd places: cfg arms, wrapper macros, `macro_rules!`, nested items.

Acceptance case 8.
"""

from __future__ import annotations

import pytest

from support.rust import calls, graph_of


@pytest.mark.parametrize(
    ("holds", "other"),
    [
        ("unix", "windows"),
        ('target_os = "linux"', 'target_os = "macos"'),
        ('target_pointer_width = "64"', 'target_pointer_width = "32"'),
        ('target_endian = "little"', 'target_endian = "big"'),
        ('feature = "rt"', 'not(feature = "rt")'),
        ("not(test)", "test"),
        ("not(loom)", "loom"),
        ("not(miri)", "miri"),
        ("not(docsrs)", "docsrs"),
        ("not(tokio_unstable)", "tokio_unstable"),
        ('all(unix, feature = "a")', 'not(all(unix, feature = "a"))'),
        ("any(windows, unix)", "not(any(windows, unix))"),
    ],
)
def test_a_reference_binds_to_the_arm_that_holds(holds: str, other: str) -> None:
    for first, second in ((holds, other), (other, holds)):
        graph = graph_of(f"""
            #[cfg({first})]
            pub fn arm() {{}}
            #[cfg({second})]
            pub fn arm() {{}}
            fn f() {{ arm() }}
        """)
        bound = {
            graph.nodes[e.to].cfg: e.resolution
            for e in graph._edges[graph.node("crate::f").id]
            if e.kind == 1
        }
        assert bound == {holds: 0, other: 2}


def test_arms_that_are_modules_files_or_imports() -> None:
    graph = graph_of("""
        #[cfg(unix)]
        #[path = "unix.rs"]
        mod sys;
        #[cfg(windows)]
        #[path = "windows.rs"]
        mod sys;
        #[cfg(windows)]
        use other::poll;
        #[cfg(unix)]
        use sys::poll;
        mod other { pub fn poll() {} }
        fn f() { sys::poll(); poll() }
        //- /src/unix.rs
        pub fn poll() {}
        //- /src/windows.rs
        pub fn poll() {}
    """)
    ends = {graph.nodes[e.to].file for e in graph._edges[graph.node("crate::f").id] if e.resolution == 0}
    assert ends == {"src/unix.rs"}
    assert [n.file for n in graph.all("crate::sys::poll")] == ["src/unix.rs", "src/windows.rs"]


def test_arms_that_are_types_give_the_methods_of_the_one_that_holds() -> None:
    graph = graph_of("""
        #[cfg(unix)]
        struct Fd;
        #[cfg(unix)]
        impl Fd { fn close(&self) {} }
        #[cfg(windows)]
        struct Fd;
        #[cfg(windows)]
        impl Fd { fn close(&self) {} }
        fn f(d: Fd) { d.close() }
    """)
    ends = [graph.nodes[e.to].line for e in graph._edges[graph.node("crate::f").id] if e.kind == 1]
    assert ends == [4]


def test_tests_are_told_apart() -> None:
    graph = graph_of("""
        fn real() {}
        #[cfg(test)]
        mod tests { use super::*; fn helper() {} #[test] fn it() { real(); helper() } }
        #[tokio::test]
        async fn other() {}
    """)
    assert {s for s in graph.symbols() if graph.node(s).test} == {
        "crate::other",
        "crate::tests",
        "crate::tests::helper",
        "crate::tests::it",
    }
    assert graph.calls() == ["crate::tests::it -> crate::real", "crate::tests::it -> crate::tests::helper"]


def test_items_in_a_macro_that_only_adds_a_condition_are_items() -> None:
    graph = graph_of("""
        macro_rules! cfg_rt { ($($item:item)*) => { $( #[cfg(feature = "rt")] $item )* } }
        cfg_rt! {
            pub fn spawn() { helper() }
            fn helper() {}
            impl S { fn go(&self) { spawn() } }
        }
        struct S;
        fn f(s: S) { spawn(); s.go() }
    """)
    assert graph.calls() == [
        "crate::S::go -> crate::spawn",
        "crate::f -> crate::S::go [inferred]",
        "crate::f -> crate::spawn",
        "crate::spawn -> crate::helper",
    ]
    assert (graph.node("crate::spawn").line, graph.node("crate::S::go").line) == (3, 5)


def test_a_wrapper_whose_condition_does_not_hold_gives_candidates() -> None:
    graph = graph_of("""
        macro_rules! cfg_rt { ($($item:item)*) => { $( #[cfg(feature = "rt")] $item )* } }
        macro_rules! cfg_not_rt { ($($item:item)*) => { $( #[cfg(not(feature = "rt"))] $item )* } }
        cfg_not_rt! { fn arm() {} }
        cfg_rt! { fn arm() {} }
        fn f() { arm() }
    """)
    ends = {
        graph.nodes[e.to].line: e.resolution for e in graph._edges[graph.node("crate::f").id] if e.kind == 1
    }
    assert ends == {4: 0, 3: 2}


def test_arguments_of_the_usual_macros_are_read() -> None:
    assert calls("""
        fn a() -> u8 { 1 }
        fn f(s: S) -> String {
            println!("{}", a());
            assert_eq!(a(), 1, "but {}", s.text());
            let v = vec![a(), a()];
            matches!(a(), 1 | 2);
            format!("{}", s.text())
        }
        struct S;
        impl S { fn text(&self) -> String { String::new() } }
    """) == ["crate::f -> crate::S::text [macro inferred]", "crate::f -> crate::a [macro]"]


def test_a_local_macro_is_used_and_its_arguments_are_read() -> None:
    graph = graph_of("""
        macro_rules! twice { ($e:expr) => { $e + $e } }
        fn one() -> u8 { 1 }
        fn f() -> u8 { twice!(one()) }
    """)
    assert graph.edges("calls", "uses") == [
        "crate::f calls crate::one [macro]",
        "crate::f uses crate::twice [body]",
    ]


def test_impls_and_functions_that_a_local_macro_makes_are_nodes() -> None:
    graph = graph_of("""
        trait Speak { fn speak(&self); }
        macro_rules! speak { ($($t:ty),*) => { $( impl Speak for $t { fn speak(&self) { helper() } } )* } }
        speak!(u8, S);
        struct S;
        fn helper() {}
        fn f(s: S) { s.speak() }
    """)
    assert graph.symbols("impl") == ["crate::<impl Speak for S>", "crate::<impl Speak for u8>"]
    made = graph.node("crate::<S as Speak>::speak")
    assert (made.macro, made.line) == (True, 3)
    assert graph.calls() == [
        "crate::<S as Speak>::speak -> crate::helper",
        "crate::<u8 as Speak>::speak -> crate::helper",
        "crate::f -> crate::<S as Speak>::speak [inferred]",
    ]


def test_a_derived_impl_has_no_methods_and_a_call_goes_to_the_outside_trait() -> None:
    graph = graph_of("""
        #[derive(Clone, PartialEq, Default, Hash)]
        struct S;
        fn f(a: &S, b: &S) -> bool { a.clone(); S::default(); a == b }
    """)
    assert graph.symbols("method") == []
    assert graph.calls(externals=True) == [
        "crate::f -> std::clone::Clone::clone [external]",
        "crate::f -> std::cmp::PartialEq::eq [implicit external]",
        "crate::f -> std::default::Default::default [external]",
    ]


def test_a_derive_by_a_local_traits_name_is_still_the_standard_one() -> None:
    graph = graph_of("""
        trait Debug {}
        #[derive(Debug, std::hash::Hash)]
        struct S;
    """)
    assert graph.edges("implements", externals=True) == [
        "crate::S implements std::fmt::Debug [external derived]",
        "crate::S implements std::hash::Hash [external derived]",
    ]


def test_items_nested_in_bodies_hang_in_their_function() -> None:
    graph = graph_of("""
        fn outer() {
            struct Local;
            impl Local { fn go(&self) { inner() } }
            fn inner() { const N: u8 = deep(); const fn deep() -> u8 { 1 } }
            enum E { A }
            use E::A;
            Local.go();
        }
    """)
    assert graph.calls() == [
        "crate::outer -> crate::outer::Local::go [inferred]",
        "crate::outer::Local::go -> crate::outer::inner",
        "crate::outer::inner::N -> crate::outer::inner::deep",
    ]
    assert graph.edges("contains", of="crate::outer") == [
        "crate::outer contains crate::outer::<impl Local>",
        "crate::outer contains crate::outer::E",
        "crate::outer contains crate::outer::Local",
        "crate::outer contains crate::outer::inner",
    ]


def test_an_impl_inside_a_body_is_the_outer_types_too() -> None:
    assert calls("""
        struct S;
        fn setup() { impl S { fn late(&self) {} } }
        fn f(s: S) { s.late() }
    """) == ["crate::f -> crate::setup::S::late [inferred]"]


def test_conditions_inside_bodies_make_possibilities_of_what_does_not_hold() -> None:
    assert calls("""
        fn a() {}
        fn b() {}
        fn f() { #[cfg(unix)] a(); #[cfg(windows)] b(); }
    """) == ["crate::f -> crate::a", "crate::f -> crate::b [candidate]"]


def test_foreign_functions_are_functions() -> None:
    graph = graph_of("""
        extern "C" { fn foreign(x: u8) -> u8; static FLAG: u8; }
        fn f() { unsafe { foreign(1); FLAG; } }
    """)
    assert graph.calls() == ["crate::f -> crate::foreign"]
    assert graph.symbols("function") == ["crate::f", "crate::foreign"]
    assert graph.edges("uses") == ["crate::f uses crate::FLAG [body]"]


def test_a_derive_under_a_condition_that_does_not_hold_leaves_no_loose_edge() -> None:
    graph = graph_of("""
        #[cfg(windows)]
        #[derive(Clone)]
        struct S;
        use outer::T as S;
    """)
    assert all(source in graph.nodes for source in graph._edges)
