"""R3: a nearer name hides a farther one: locals, parameters, inner items, generic parameters.

Acceptance case 5, its end.
"""

from __future__ import annotations

from support.rust import calls, graph_of


def test_a_local_hides_a_function() -> None:
    graph = graph_of("""
        fn work(x: u8) -> u8 { x }
        fn f() { let work = |x: u8| x; work(1); }
    """)
    assert graph.calls() == []
    assert graph.opens() == []


def test_a_parameter_hides_a_function() -> None:
    assert (
        calls("""
        fn work(x: u8) -> u8 { x }
        fn f(work: fn(u8) -> u8) { work(1); }
        fn g(work: impl Fn(u8) -> u8) { work(1); }
    """)
        == []
    )


def test_a_local_hides_only_from_its_own_line_on_and_in_its_own_block() -> None:
    assert calls("""
        fn work() {}
        fn before() { work(); let work = 1; }
        fn after() { { let work = || (); work(); } work(); }
        fn in_its_own_initializer() { let work = work(); }
    """) == [
        "crate::after -> crate::work",
        "crate::before -> crate::work",
        "crate::in_its_own_initializer -> crate::work",
    ]


def test_a_pattern_binds_in_its_arm_alone() -> None:
    assert calls("""
        fn work() {}
        fn f(o: Option<fn()>) {
            match o { Some(work) => work(), None => work() }
            if let Some(work) = o { work() } else { work() }
        }
    """) == ["crate::f -> crate::work"]


def test_a_constant_in_a_pattern_is_no_binding() -> None:
    graph = graph_of("""
        const LIMIT: u8 = 1;
        fn f(x: u8) -> u8 { match x { LIMIT => 0, other => other } }
    """)
    assert graph.edges("uses") == ["crate::f uses crate::LIMIT [body]"]


def test_an_inner_function_hides_an_outer_one_even_before_its_line() -> None:
    assert calls("""
        fn work() {}
        fn f() { work(); fn work() {} }
        fn g() { work() }
    """) == ["crate::f -> crate::f::work", "crate::g -> crate::work"]


def test_an_inner_function_sees_no_locals_of_the_outer() -> None:
    assert calls("""
        fn work() {}
        fn f() { let work = 1; fn inner() { work() } inner() }
    """) == ["crate::f -> crate::f::inner", "crate::f::inner -> crate::work"]


def test_an_inner_block_may_hold_items_of_its_own() -> None:
    assert calls("""
        fn work() {}
        fn f() { if true { fn work() {} work() } }
    """) == ["crate::f -> crate::f::work"]


def test_a_method_and_a_field_of_one_name() -> None:
    graph = graph_of("""
        struct S { run: fn() }
        impl S { fn run(&self) { (self.run)() } }
        fn f(s: S) { s.run(); (s.run)() }
    """)
    assert graph.edges("calls", places=True) == ["crate::f calls crate::S::run [inferred] @ src/lib.rs:3"]


def test_a_type_parameter_hides_a_type() -> None:
    graph = graph_of("""
        struct T;
        impl T { fn new() {} }
        trait New { fn new() -> Self; }
        fn generic<T: New>() -> T { T::new() }
        fn plain() { T::new() }
    """)
    assert graph.calls() == ["crate::generic -> crate::New::new [inferred]", "crate::plain -> crate::T::new"]
    assert graph.edges("uses", of="crate::generic") == ["crate::generic uses crate::New [signature]"]


def test_a_local_struct_and_a_function_of_one_name_are_two_namespaces() -> None:
    graph = graph_of("""
        struct Thing { x: u8 }
        fn Thing() {}
        fn f(t: Thing) { Thing() }
    """)
    assert graph.calls() == ["crate::f -> crate::Thing"]
    assert graph.edges("uses") == ["crate::f uses crate::Thing [signature]"]


def test_a_local_type_hides_the_preludes() -> None:
    graph = graph_of("""
        pub struct Vec;
        impl Vec { pub fn new() -> Vec { Vec } pub fn push(&self) {} }
        fn f() { let v = Vec::new(); v.push() }
        mod other { fn g() { let v = Vec::<u8>::new(); v.len(); } }
    """)
    assert graph.calls() == ["crate::f -> crate::Vec::new", "crate::f -> crate::Vec::push [inferred]"]


def test_a_local_result_alias_hides_the_preludes_and_still_is_one() -> None:
    assert calls("""
        pub struct Error;
        pub type Result<T> = std::result::Result<T, Error>;
        struct S;
        impl S { fn go(&self) {} }
        fn make() -> Result<S> { Ok(S) }
        fn f() -> Result<()> { make()?.go(); make().unwrap().go(); Ok(()) }
    """) == ["crate::f -> crate::S::go [inferred]", "crate::f -> crate::make"]
