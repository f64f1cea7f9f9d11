"""R3, R8: calls through bounds, `dyn`, `impl Trait`; generic, blanket and foreign impls; which impl is meant.

Acceptance cases 2, 6 and 7.
"""

from __future__ import annotations

import pytest

from support.rust import calls, graph_of

TRAIT = """
    trait Run {
        fn run(&self) -> u8;
        fn twice(&self) -> u8 { self.run() }
        fn make() -> Self where Self: Sized;
    }
    struct S;
    impl Run for S { fn run(&self) -> u8 { 1 } fn make() -> Self { S } }
"""


@pytest.mark.parametrize(
    "body",
    [
        "fn f<T: Run>(t: T) { t.run(); }",
        "fn f<T>(t: &T) where T: Run { t.run(); }",
        "fn f<T>(t: &T) where for<'a> &'a T: Run { t.run(); }",
        "fn f<T: ?Sized + Run>(t: &T) { t.run(); }",
        "fn f(t: impl Run) { t.run(); }",
        "fn f(t: &dyn Run) { t.run(); }",
        "fn f(t: Box<dyn Run + Send>) { t.run(); }",
        "fn f(t: &mut (dyn Run + 'static)) { t.run(); }",
        "fn f<T: Sub>(t: T) { t.run(); } trait Sub: Run {}",
        "fn f(t: &dyn Sub) { t.run(); } trait Sub: Middle {} trait Middle: Run {}",
        "fn f<I: Iterator>(i: I) where I::Item: Run { for x in i { x.run(); } }",
        "fn f<I: Iterator<Item = T>, T: Run>(mut i: I) { i.next().unwrap().run(); }",
        "fn f<H: Has>(h: H) { h.helper().run(); } trait Has { type R: Run; fn helper(&self) -> Self::R; }",
        "fn f<T>(t: Vec<T>) where T: Run { t.iter().for_each(|t| { t.run(); }); }",
        "fn f<T: Run>(t: Option<T>) { if let Some(t) = t { t.run(); } }",
        "fn f() { helper().run(); } fn helper() -> impl Run { S }",
        "fn f() { helper().run(); } fn helper() -> Box<dyn Run> { Box::new(S) }",
        "fn f(t: &[Box<dyn Run>]) { t.iter().map(|t| t.run()).count(); }",
    ],
)
def test_a_bound_leads_to_the_traits_function(body: str) -> None:
    graph = graph_of(TRAIT + body)
    assert graph.opens() == []
    told = [line for line in graph.calls(of="crate::f") if "helper" not in line]
    assert told == ["crate::f -> crate::Run::run [inferred]"]


def test_a_bound_of_the_impl_holds_in_its_methods() -> None:
    assert calls(
        TRAIT
        + """
        struct H<T> { t: T }
        impl<T: Run> H<T> { fn go(&self) { self.t.run(); T::make(); } }
    """
    ) == [
        "crate::H::go -> crate::Run::make [inferred]",
        "crate::H::go -> crate::Run::run [inferred]",
        "crate::Run::twice -> crate::Run::run [inferred]",
    ]


def test_a_provided_method_is_the_traits_unless_the_impl_has_its_own() -> None:
    assert calls("""
        trait T { fn provided(&self) {} fn redone(&self) {} }
        struct S;
        impl T for S { fn redone(&self) {} }
        fn f(s: S) { s.provided(); s.redone() }
    """) == [
        "crate::f -> crate::<S as T>::redone [inferred]",
        "crate::f -> crate::T::provided [inferred]",
    ]


def test_a_traits_argument_decides_between_impls() -> None:
    assert calls("""
        trait Conv<T> { fn conv(&self, x: T); }
        struct S;
        impl Conv<u8> for S { fn conv(&self, x: u8) {} }
        impl Conv<String> for S { fn conv(&self, x: String) {} }
        fn small(s: S, n: u8) { s.conv(n) }
        fn text(s: S) { s.conv(String::new()) }
    """) == [
        "crate::small -> crate::<S as Conv<u8>>::conv [inferred]",
        "crate::text -> crate::<S as Conv<String>>::conv [inferred]",
    ]


def test_from_and_into_and_question_mark_call_the_impl_that_converts() -> None:
    assert calls("""
        struct A;
        struct B;
        struct E;
        impl From<A> for E { fn from(a: A) -> E { E } }
        impl From<B> for E { fn from(b: B) -> E { E } }
        fn make() -> Result<u8, B> { Ok(1) }
        fn direct(a: A) -> E { E::from(a) }
        fn question() -> Result<u8, E> { let x = make()?; Ok(x) }
    """) == [
        "crate::direct -> crate::<E as From<A>>::from [inferred]",
        "crate::question -> crate::<E as From<B>>::from [implicit inferred]",
        "crate::question -> crate::make",
    ]


def test_a_blanket_impl_answers_for_what_its_bounds_admit() -> None:
    assert calls("""
        trait Base { fn base(&self); }
        trait Ext { fn ext(&self); }
        impl<T: Base> Ext for T { fn ext(&self) { self.base() } }
        struct S;
        impl Base for S { fn base(&self) {} }
        struct N;
        fn f(s: S) { s.ext() }
        fn g(n: N) { n.ext() }
    """) == [
        "crate::<T as Ext>::ext -> crate::Base::base [inferred]",
        "crate::f -> crate::<T as Ext>::ext [inferred]",
    ]


def test_a_blanket_impl_over_functions_takes_closures_and_items() -> None:
    assert calls("""
        trait Handler { fn handle(&self); }
        impl<F> Handler for F where F: Fn() { fn handle(&self) { self() } }
        fn item() {}
        fn f() { item.handle(); (|| ()).handle() }
    """) == ["crate::f -> crate::<F as Handler>::handle [inferred]"]


@pytest.mark.parametrize(
    ("ty", "value"),
    [
        ("String", "String::new()"),
        ("&str", '"text"'),
        ("str", '"text"'),
        ("Vec<u8>", "vec![1u8]"),
        ("[u8; 3]", "[1u8, 2, 3]"),
        ("[u8]", "[1u8, 2, 3][..]"),
        ("(u8, S)", "(1u8, S)"),
        ("Box<S>", "Box::new(S)"),
        ("Option<S>", "Some(S)"),
        ("u8", "7u8"),
        ("u8", "x"),
        ("bool", "true"),
        ("char", "'c'"),
        ("f64", "1.5"),
        ("()", "()"),
        ("fn(u8)", "p"),
    ],
)
def test_an_impl_for_something_foreign_is_found_by_the_receivers_type(ty: str, value: str) -> None:
    graph = graph_of(f"""
        struct S;
        struct Other;
        trait Tr {{ fn tr(&self); }}
        impl Tr for {ty} {{ fn tr(&self) {{}} }}
        impl Tr for Other {{ fn tr(&self) {{}} }}
        fn f(x: u8, p: fn(u8)) {{ {value}.tr() }}
    """)
    assert graph.calls() == [f"crate::f -> crate::<{ty} as Tr>::tr [inferred]"]


def test_an_impl_over_any_array_length_or_reference() -> None:
    assert calls("""
        trait Tr { fn tr(&self) -> u8; }
        impl<T: Tr, const N: usize> Tr for [T; N] { fn tr(&self) -> u8 { self[0].tr() } }
        impl<'a, T: Tr + ?Sized> Tr for &'a T { fn tr(&self) -> u8 { (**self).tr() } }
        impl Tr for u8 { fn tr(&self) -> u8 { 1 } }
        fn array(x: [u8; 4]) { x.tr(); }
    """) == [
        "crate::<&'a T as Tr>::tr -> crate::Tr::tr [inferred]",
        "crate::<[T; N] as Tr>::tr -> crate::Tr::tr [inferred]",
        "crate::array -> crate::<[T; N] as Tr>::tr [inferred]",
    ]


def test_an_impl_for_a_trait_object_and_its_inherent_methods() -> None:
    assert calls("""
        trait Shape { fn area(&self) -> u8; }
        impl dyn Shape { fn describe(&self) { self.area(); } }
        fn f(s: &dyn Shape) { s.describe() }
    """) == [
        "crate::dyn Shape::describe -> crate::Shape::area [inferred]",
        "crate::f -> crate::dyn Shape::describe [inferred]",
    ]


def test_an_outside_trait_on_a_local_type_gives_the_local_function() -> None:
    assert calls("""
        use futures::Stream;
        struct S;
        impl Stream for S { fn poll_next(&mut self) {} }
        impl Iterator for S { type Item = u8; fn next(&mut self) -> Option<u8> { None } }
        fn f(mut s: S) { s.poll_next(); s.next(); s.by_ref().count(); }
    """) == [
        "crate::f -> crate::<S as Iterator>::next [inferred]",
        "crate::f -> crate::<S as Stream>::poll_next [inferred]",
    ]


def test_supertraits_extend_in_order_and_with_where_self() -> None:
    graph = graph_of("""
        trait A {}
        trait B<T> {}
        trait C: A + B<u8> + Clone where Self: D {}
        trait D {}
    """)
    assert graph.edges("extends", externals=True) == [
        "crate::C extends crate::A",
        "crate::C extends crate::B",
        "crate::C extends crate::D",
        "crate::C extends std::clone::Clone [external]",
    ]


def test_an_explicit_impl_of_a_generic_function_is_decided_at_its_turbofish() -> None:
    assert calls("""
        trait Make { fn make() -> Self; fn go(&self); }
        struct A;
        impl Make for A { fn make() -> A { A } fn go(&self) {} }
        fn build<T: Make>() -> T { T::make() }
        fn f() { build::<A>().go() }
    """) == [
        "crate::build -> crate::Make::make [inferred]",
        "crate::f -> crate::<A as Make>::go [inferred]",
        "crate::f -> crate::build",
    ]


def test_a_negative_impl_implements_nothing() -> None:
    graph = graph_of("struct S; impl !Send for S {} unsafe impl Sync for S {}")
    assert graph.edges("implements", externals=True) == ["crate::S implements std::marker::Sync [external]"]
