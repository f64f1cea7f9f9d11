"""R3: associated functions by path: of a type, of `Self`, of a trait, of a type through a trait, of an alias.

Acceptance cases 4 and 6.
"""

from __future__ import annotations

from support.rust import calls, graph_of


def test_self_is_the_impls_type() -> None:
    assert calls("""
        struct S;
        impl S {
            fn new() -> Self { Self::make() }
            fn make() -> Self { Self }
            fn go(&self) { Self::help(self) }
            fn help(&self) {}
        }
    """) == ["crate::S::go -> crate::S::help", "crate::S::new -> crate::S::make"]


def test_self_in_a_traits_provided_method_means_the_traits_own() -> None:
    assert calls("""
        trait T { fn a(&self); fn n() -> u8 { 1 } fn b(&self) { Self::a(self); Self::n(); } }
    """) == ["crate::T::b -> crate::T::a [inferred]", "crate::T::b -> crate::T::n [inferred]"]


def test_self_in_a_traits_impl_finds_the_impls_items_and_the_types_own_first() -> None:
    assert calls("""
        trait T { fn a(); fn b(); }
        struct S;
        impl S { fn own() {} }
        impl T for S { fn a() { Self::b(); Self::own() } fn b() {} }
    """) == ["crate::<S as T>::a -> crate::<S as T>::b [inferred]", "crate::<S as T>::a -> crate::S::own"]


def test_a_trait_named_in_full_decides() -> None:
    assert calls("""
        trait A { fn f(&self); }
        trait B { fn f(&self); }
        struct S;
        impl A for S { fn f(&self) {} }
        impl B for S { fn f(&self) {} }
        fn qualified(s: &S) { <S as A>::f(s) }
        fn by_trait(s: &S) { B::f(s) }
        fn generic<T: A + B>(t: &T) { <T as A>::f(t); B::f(t) }
    """) == [
        "crate::by_trait -> crate::<S as B>::f [inferred]",
        "crate::generic -> crate::A::f [inferred]",
        "crate::generic -> crate::B::f [inferred]",
        "crate::qualified -> crate::<S as A>::f [inferred]",
    ]


def test_an_inherent_function_stands_before_a_traits() -> None:
    assert calls("""
        trait T { fn f(); fn m(&self); }
        struct S;
        impl T for S { fn f() {} fn m(&self) {} }
        impl S { fn f() {} fn m(&self) {} }
        fn run(s: S) { S::f(); s.m(); S::m(&s) }
    """) == ["crate::run -> crate::S::f", "crate::run -> crate::S::m", "crate::run -> crate::S::m [inferred]"]


def test_an_alias_leads_to_its_types_functions() -> None:
    graph = graph_of("""
        struct Wide<A, B>(A, B);
        type Narrow = Wide<u8, u8>;
        impl Wide<u8, u8> { fn bytes() {} }
        impl Wide<u16, u8> { fn words() {} }
        fn f() { Narrow::bytes() }
    """)
    assert graph.calls() == ["crate::f -> crate::Wide::bytes"]
    assert "crate::f uses crate::Narrow [body]" in graph.edges("uses")


def test_impls_for_different_arguments_of_one_type_stay_apart() -> None:
    assert calls("""
        struct Id<T>(T);
        impl Id<u8> { fn small(&self) {} fn which() {} }
        impl Id<u64> { fn large(&self) {} fn which() {} }
        fn f(a: Id<u8>, b: Id<u64>) { a.small(); b.large(); Id::<u64>::which() }
    """) == [
        "crate::f -> crate::Id::large [inferred]",
        "crate::f -> crate::Id::small [inferred]",
        "crate::f -> crate::Id::which",
    ]


def test_what_has_one_symbol_in_two_impls_is_two_nodes() -> None:
    graph = graph_of("""
        struct Id<T>(T);
        impl Id<u8> { fn which() {} }
        impl Id<u64> { fn which() {} }
        fn f() { Id::<u64>::which() }
    """)
    first, second = graph.all("crate::Id::which")
    assert (first.line, second.line) == (2, 3)
    assert [e.to for e in graph._edges[graph.node("crate::f").id] if e.kind == 1] == [second.id]


def test_a_call_of_a_tuple_struct_or_variant_is_a_use_and_no_call() -> None:
    graph = graph_of("""
        struct Meters(u8);
        enum Shape { Dot, Line(Meters) }
        fn f() -> Shape { Shape::Line(Meters(1)) }
        impl Shape { fn dot() -> Self { Self::Dot } fn line() -> Shape { Self::Line(Meters(2)) } }
    """)
    assert graph.calls() == []
    assert graph.edges("uses", of="crate::f") == [
        "crate::f uses crate::Meters [body]",
        "crate::f uses crate::Shape [body]",
        "crate::f uses crate::Shape [signature]",
    ]


def test_an_associated_type_leads_to_its_functions() -> None:
    assert calls("""
        struct Made;
        impl Made { fn new() -> Made { Made } fn go(&self) {} }
        trait Maker { type Out; fn make(&self) -> Self::Out; }
        struct M;
        impl Maker for M { type Out = Made; fn make(&self) -> Self::Out { Self::Out::new() } }
        fn f(m: M) { m.make().go() }
    """) == [
        "crate::<M as Maker>::make -> crate::Made::new",
        "crate::f -> crate::<M as Maker>::make [inferred]",
        "crate::f -> crate::Made::go [inferred]",
    ]


def test_an_expected_type_decides_a_traits_function() -> None:
    assert calls("""
        trait Make { fn make() -> Self; }
        struct A;
        struct B;
        impl Make for A { fn make() -> A { A } }
        impl Make for B { fn make() -> B { B } }
        fn result() -> B { Make::make() }
        fn annotated() { let a: A = Make::make(); }
        fn argument() { takes(Make::make()) }
        fn takes(a: A) {}
    """) == [
        "crate::annotated -> crate::<A as Make>::make [inferred]",
        "crate::argument -> crate::<A as Make>::make [inferred]",
        "crate::argument -> crate::takes",
        "crate::result -> crate::<B as Make>::make [inferred]",
    ]


def test_associated_consts_are_used() -> None:
    graph = graph_of("""
        struct S;
        impl S { const SIZE: usize = 4; fn f() -> usize { Self::SIZE } }
        trait T { const N: u8; }
        impl T for S { const N: u8 = 1; }
        fn g() -> usize { S::SIZE }
        fn h<X: T>() -> u8 { X::N }
        fn i() -> u8 { <S as T>::N }
        fn j(x: u8) { match x { <S as T>::N => {} u8::MAX => {} _ => {} } }
    """)
    uses = [line for line in graph.edges("uses") if "[body" in line]
    assert uses == [
        "crate::S::f uses crate::S::SIZE [body]",
        "crate::g uses crate::S [body]",
        "crate::g uses crate::S::SIZE [body]",
        "crate::h uses crate::T::N [body inferred]",
        "crate::i uses crate::<S as T>::N [body inferred]",
        "crate::i uses crate::S [body]",
        "crate::i uses crate::T [body]",
        "crate::j uses crate::<S as T>::N [body inferred]",
        "crate::j uses crate::S [body]",
        "crate::j uses crate::T [body]",
    ]


def test_overrides_join_each_item_of_an_impl_to_the_traits() -> None:
    graph = graph_of("""
        trait T { type Out; const N: u8; fn f(&self); fn g(&self) {} }
        struct S;
        impl T for S { type Out = u8; const N: u8 = 2; fn f(&self) {} }
        impl Iterator for S { type Item = u8; fn next(&mut self) -> Option<u8> { None } }
    """)
    assert graph.edges("overrides", externals=True) == [
        "crate::<S as Iterator>::Item overrides std::iter::Iterator::Item [external]",
        "crate::<S as Iterator>::next overrides std::iter::Iterator::next [external]",
        "crate::<S as T>::N overrides crate::T::N",
        "crate::<S as T>::Out overrides crate::T::Out",
        "crate::<S as T>::f overrides crate::T::f",
    ]
