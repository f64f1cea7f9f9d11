"""R3: the calls that the language makes (context `implicit`), functions as values, consts and statics.

Acceptance cases 6 and 16a.
"""

from __future__ import annotations

import pytest

from support.rust import calls, graph_of


@pytest.mark.parametrize(
    ("trait", "method", "use"),
    [
        ("Add", "add", "a + b"),
        ("Sub", "sub", "a - b"),
        ("Mul", "mul", "a * b"),
        ("Div", "div", "a / b"),
        ("Rem", "rem", "a % b"),
        ("BitAnd", "bitand", "a & b"),
        ("BitOr", "bitor", "a | b"),
        ("BitXor", "bitxor", "a ^ b"),
        ("Shl", "shl", "a << b"),
        ("Shr", "shr", "a >> b"),
    ],
)
def test_a_binary_operator_on_a_local_type_calls_its_function(trait: str, method: str, use: str) -> None:
    assert calls(f"""
        struct V;
        impl std::ops::{trait} for V {{ type Output = V; fn {method}(self, o: V) -> V {{ V }} }}
        impl V {{ fn go(&self) {{}} }}
        fn f(a: V, b: V) {{ ({use}).go() }}
    """) == [
        f"crate::f -> crate::<V as std::ops::{trait}>::{method} [implicit inferred]",
        "crate::f -> crate::V::go [inferred]",
    ]


def test_assignment_unary_and_comparison_operators() -> None:
    assert calls("""
        use std::ops::{AddAssign, Neg, Not};
        struct V;
        impl AddAssign for V { fn add_assign(&mut self, o: V) {} }
        impl Neg for V { type Output = V; fn neg(self) -> V { self } }
        impl Not for V { type Output = bool; fn not(self) -> bool { true } }
        impl PartialEq for V { fn eq(&self, o: &V) -> bool { true } }
        impl PartialOrd for V { fn partial_cmp(&self, o: &V) -> Option<std::cmp::Ordering> { None } }
        fn assign(mut a: V, b: V) { a += b; }
        fn minus(a: V) -> V { -a }
        fn not(a: V) -> bool { !a }
        fn equal(a: V, b: V) -> bool { a == b }
        fn equal_references(a: &V, b: &V) -> bool { a == b } // the outside impl for references
        fn primitive(a: u8, b: u8) -> bool { -(a as i8) == b as i8 && !true }
    """) == [
        "crate::assign -> crate::<V as AddAssign>::add_assign [implicit inferred]",
        "crate::equal -> crate::<V as PartialEq>::eq [implicit inferred]",
        "crate::minus -> crate::<V as Neg>::neg [implicit inferred]",
        "crate::not -> crate::<V as Not>::not [implicit inferred]",
    ]


def test_the_right_side_decides_between_impls_of_an_operator() -> None:
    assert calls("""
        use std::ops::Mul;
        struct V;
        struct M;
        impl Mul<u8> for V { type Output = V; fn mul(self, n: u8) -> V { self } }
        impl Mul<M> for V { type Output = M; fn mul(self, m: M) -> M { m } }
        impl Mul<V> for u8 { type Output = V; fn mul(self, v: V) -> V { v } }
        fn scale(v: V) -> V { v * 2 }
        fn apply(v: V, m: M) -> M { v * m }
        fn left(v: V) -> V { 2u8 * v }
        fn literal(v: V) -> V { 2 * v }
    """) == [
        "crate::apply -> crate::<V as Mul<M>>::mul [implicit inferred]",
        "crate::left -> crate::<u8 as Mul<V>>::mul [implicit inferred]",
        "crate::literal -> crate::<u8 as Mul<V>>::mul [implicit inferred]",
        "crate::scale -> crate::<V as Mul<u8>>::mul [implicit inferred]",
    ]


def test_an_index_calls_index_or_index_mut() -> None:
    assert calls("""
        use std::ops::{Index, IndexMut};
        struct Row;
        impl Row { fn go(&self) {} }
        struct Grid(Vec<Row>);
        impl Index<usize> for Grid { type Output = Row; fn index(&self, i: usize) -> &Row { &self.0[i] } }
        impl IndexMut<usize> for Grid { fn index_mut(&mut self, i: usize) -> &mut Row { &mut self.0[i] } }
        fn read(g: &Grid) { g[1].go() }
        fn write(g: &mut Grid) { g[1] = Row; }
    """) == [
        "crate::read -> crate::<Grid as Index<usize>>::index [implicit inferred]",
        "crate::read -> crate::Row::go [inferred]",
        "crate::write -> crate::<Grid as IndexMut<usize>>::index_mut [implicit inferred]",
    ]


def test_a_deref_to_an_inner_type_is_gone_through_and_called() -> None:
    assert calls("""
        use std::ops::Deref;
        struct Inner { n: u8 }
        impl Inner { fn go(&self) {} }
        struct Guard { inner: Inner }
        impl Deref for Guard { type Target = Inner; fn deref(&self) -> &Inner { &self.inner } }
        fn method(g: Guard) { g.go() }
        fn star(g: &Guard) { (**g).go() }
        fn own(g: Guard) { g.inner.go() }
    """) == [
        "crate::method -> crate::<Guard as Deref>::deref [implicit inferred]",
        "crate::method -> crate::Inner::go [inferred]",
        "crate::own -> crate::Inner::go [inferred]",
        "crate::star -> crate::<Guard as Deref>::deref [implicit inferred]",
        "crate::star -> crate::Inner::go [inferred]",
    ]


def test_a_field_behind_a_deref_calls_deref() -> None:
    assert calls("""
        use std::ops::Deref;
        struct Inner { n: u8 }
        struct Guard { inner: Inner }
        impl Deref for Guard { type Target = Inner; fn deref(&self) -> &Inner { &self.inner } }
        fn field(g: Guard) -> u8 { g.n }
    """) == ["crate::field -> crate::<Guard as Deref>::deref [implicit inferred]"]


def test_a_for_over_a_local_iterator_calls_next_and_over_a_local_collection_into_iter() -> None:
    assert calls("""
        struct Item;
        impl Item { fn go(&self) {} }
        struct Iter;
        impl Iterator for Iter { type Item = Item; fn next(&mut self) -> Option<Item> { None } }
        struct Bag;
        impl IntoIterator for Bag { type Item = Item; type IntoIter = Iter;
            fn into_iter(self) -> Iter { Iter } }
        impl<'a> IntoIterator for &'a Bag { type Item = &'a Item; type IntoIter = std::slice::Iter<'a, Item>;
            fn into_iter(self) -> Self::IntoIter { loop {} } }
        fn iterator(i: Iter) { for x in i { x.go() } }
        fn by_reference(b: &Bag) { for x in b { x.go() } }
    """) == [
        "crate::by_reference -> crate::<&'a Bag as IntoIterator>::into_iter [implicit inferred]",
        "crate::by_reference -> crate::Item::go [inferred]",
        "crate::iterator -> crate::<Iter as Iterator>::next [implicit inferred]",
        "crate::iterator -> crate::Item::go [inferred]",
    ]


def test_drop_glue_is_no_call() -> None:
    assert (
        calls("""
        struct D;
        impl Drop for D { fn drop(&mut self) {} }
        fn f() { let d = D; drop(d); }
    """)
        == []
    )


def test_await_reaches_the_output_of_a_local_future() -> None:
    assert calls("""
        use std::future::Future;
        struct Done;
        impl Done { fn go(&self) {} }
        struct Fut;
        impl Future for Fut { type Output = Done; fn poll(self) {} }
        trait Source { async fn load(&self) -> Done; }
        async fn named(f: Fut) { f.await.go() }
        async fn boxed(f: std::pin::Pin<Box<dyn Future<Output = Done>>>) { f.await.go() }
        async fn block() { async { Done }.await.go() }
        async fn generic<S: Source>(s: S) { s.load().await.go() }
    """) == [
        "crate::block -> crate::Done::go [inferred]",
        "crate::boxed -> crate::Done::go [inferred]",
        "crate::generic -> crate::Done::go [inferred]",
        "crate::generic -> crate::Source::load [inferred]",
        "crate::named -> crate::Done::go [inferred]",
    ]


# --- values -----------------------------------------------------------------------------------------------


def test_a_function_passed_as_a_value_is_used_and_not_called() -> None:
    graph = graph_of("""
        struct Router;
        impl Router { fn route(&self, h: fn() -> u8) {} fn page() -> u8 { 1 } fn show(&self) {} }
        fn handler() -> u8 { 1 }
        fn f(r: Router) { r.route(handler); r.route(Router::page); let h: fn() -> u8 = handler; h(); }
        fn g(all: &[Router]) { all.iter().for_each(Router::show) }
        static TABLE: [fn() -> u8; 1] = [handler];
    """)
    assert graph.calls() == ["crate::f -> crate::Router::route [inferred]"]
    assert [line for line in graph.edges("uses") if "[body" in line] == [
        "crate::TABLE uses crate::handler [body]",
        "crate::f uses crate::Router [body]",
        "crate::f uses crate::Router::page [body]",
        "crate::f uses crate::handler [body]",
        "crate::g uses crate::Router [body]",
        "crate::g uses crate::Router::show [body]",
    ]


def test_a_traits_function_as_a_value_is_the_impls_where_the_type_is_known() -> None:
    graph = graph_of("""
        trait T { fn go(&self); }
        struct S;
        impl T for S { fn go(&self) {} }
        fn known(all: &[S]) { all.iter().for_each(<S as T>::go) }
        fn open<X: T>(all: &[X]) { all.iter().for_each(X::go) }
    """)
    uses = [line for line in graph.edges("uses") if line.endswith("inferred]")]
    assert uses == [
        "crate::known uses crate::<S as T>::go [body inferred]",
        "crate::open uses crate::T::go [body inferred]",
    ]


def test_consts_and_statics_are_used_and_may_call() -> None:
    graph = graph_of("""
        const fn make() -> usize { 3 }
        const SIZE: usize = make();
        static NAMES: [&str; SIZE] = [""; SIZE];
        struct Buffer { data: [u8; SIZE] }
        fn f() -> usize { SIZE + NAMES.len() }
        fn g(x: [u8; SIZE]) {}
    """)
    assert graph.calls() == ["crate::SIZE -> crate::make"]
    assert "crate::f uses crate::SIZE [body]" in graph.edges("uses")
    assert "crate::f uses crate::NAMES [body]" in graph.edges("uses")
    assert "crate::NAMES uses crate::SIZE [body]" in graph.edges("uses")


def test_types_named_in_a_body_are_used_there() -> None:
    graph = graph_of("""
        struct A;
        struct B<T>(T);
        enum E { V { x: u8 } }
        trait T { fn t(); }
        impl T for A { fn t() {} }
        fn generic<X>() {}
        fn annotated() { let x: Option<A> = None; }
        fn cast(p: *const u8) { p as *const A; }
        fn turbofish() { generic::<B<A>>(); }
        fn structure() { E::V { x: 1 }; }
        fn pattern(e: E) { let E::V { x } = e; }
        fn qualified() { <A as T>::t() }
        fn closure() { let c = |a: A| (); }
    """)
    uses = [line for line in graph.edges("uses") if "[body" in line]
    assert uses == [
        "crate::annotated uses crate::A [body]",
        "crate::cast uses crate::A [body]",
        "crate::closure uses crate::A [body]",
        "crate::pattern uses crate::E [body]",
        "crate::qualified uses crate::A [body]",
        "crate::qualified uses crate::T [body]",
        "crate::structure uses crate::E [body]",
        "crate::turbofish uses crate::A [body]",
        "crate::turbofish uses crate::B [body]",
    ]
