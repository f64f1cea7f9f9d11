"""R3: a method call finds its method by the type of its receiver, worked out as the compiler does.

Acceptance case 6: fields, parameters, chains, closures, patterns, smart pointers, loops.
"""

from __future__ import annotations

import pytest

from support.rust import calls, graph_of

TARGET = """
    struct Target;
    impl Target { fn go(&self) -> u8 { 0 } fn take(self) -> u8 { 0 } fn change(&mut self) {} }
    struct Decoy;
    impl Decoy { fn go(&self) -> u8 { 0 } fn take(self) -> u8 { 0 } fn change(&mut self) {} }
"""
GO = ["crate::f -> crate::Target::go [inferred]"]


def reached(source: str) -> list[str]:
    """What `f` calls of the target, the decoy, or anything else, its own helpers left out."""
    graph = graph_of(TARGET + source)
    assert graph.opens() == []
    return [line for line in graph.calls(of="crate::f") if "helper" not in line]


@pytest.mark.parametrize(
    "body",
    [
        "fn f(t: Target) { t.go(); }",
        "fn f(t: &Target) { t.go(); }",
        "fn f(t: &mut &Target) { t.go(); }",
        "fn f(t: Box<Target>) { t.go(); }",
        "fn f(t: std::rc::Rc<Target>) { t.go(); }",
        "fn f(t: std::sync::Arc<std::sync::Mutex<Target>>) { t.lock().unwrap().go(); }",
        "fn f(t: std::rc::Rc<std::cell::RefCell<Target>>) { t.borrow().go(); }",
        "fn f(t: &std::sync::RwLock<Target>) { let held = t.read().unwrap(); held.go(); }",
        "fn f((_, t): (u8, Target)) { t.go(); }",
        "fn f(&(ref t, _): &(Target, u8)) { t.go(); }",
        "fn f([t, ..]: [Target; 3]) { t.go(); }",
    ],
)
def test_a_parameter(body: str) -> None:
    assert reached(body) == GO


@pytest.mark.parametrize(
    "body",
    [
        "fn f() { let t = Target; t.go(); }",
        "fn f() { let t: Target = helper(); t.go(); } fn helper<T>() -> T { loop {} }",
        "fn f() { let t; t = Target; t.go(); }",
        "fn f() { let (a, t) = (Decoy, Target); t.go(); }",
        "fn f() { let t = if true { Target } else { return }; t.go(); }",
        "fn f(x: u8) { let t = match x { 0 => return, _ => Target }; t.go(); }",
        "fn f() { let t = loop { break Target; }; t.go(); }",
        "fn f() { let t = 'a: { if true { break 'a Target; } Target }; t.go(); }",
        "fn f() { let t = { let t = Decoy; Target }; t.go(); }",
        "fn f() { let t = unsafe { Target }; t.go(); }",
        "fn f() { let t = Decoy; let t = Target; t.go(); }",
        "fn f(p: *const Target) { unsafe { (*p).go(); } }",
        "fn f() { let ref t = Target; t.go(); }",
        "fn f() { let t = &mut Target; (*t).go(); }",
        "fn f(x: u8) { let t = x as usize; let u = [Target, Target]; u[t].go(); }",
        "fn f() { Target.go(); }",
        "fn f() { (&&Target).go(); }",
        "fn f(o: Option<Target>) { let Some(t) = o else { return }; t.go(); }",
    ],
)
def test_a_local(body: str) -> None:
    assert reached(body) == GO


@pytest.mark.parametrize(
    "body",
    [
        "struct H { t: Target } fn f(h: &H) { h.t.go(); }",
        "struct H(u8, Target); fn f(h: &H) { h.1.go(); }",
        "struct H { t: Box<Inner> } struct Inner { t: Target } fn f(h: &H) { h.t.t.go(); }",
        "struct H<T> { t: T } fn f(h: H<Target>) { h.t.go(); }",
        "struct H<T> { t: Option<T> } fn f(h: H<Target>) { h.t.as_ref().unwrap().go(); }",
        "struct H<'a> { t: &'a Target } fn f(h: H<'_>) { h.t.go(); }",
        "struct H { t: Vec<Target> } fn f(h: &H) { h.t[0].go(); h.t.first().unwrap().go(); }",
        "struct H { t: Target } fn f(h: H) { let H { t: x } = h; x.go(); }",
        "struct H { t: Target } fn f(h: &H) { let H { t, .. } = h; t.go(); }",
        "enum E { A { t: Target }, B(Decoy) } fn f(e: E) { if let E::A { t } = e { t.go(); } }",
        "enum E { A(Target), B } fn f(e: &E) { match e { E::A(t) if t.go() == 1 => {} _ => {} } }",
        "union U { t: std::mem::ManuallyDrop<Target> } fn f(u: U) { unsafe { u.t.go(); } }",
        "fn f(m: std::collections::HashMap<u8, Target>) { m[&1].go(); m.get(&1).unwrap().go(); }",
    ],
)
def test_a_field_or_an_element(body: str) -> None:
    assert reached(body) == GO


@pytest.mark.parametrize(
    "body",
    [
        "fn helper() -> Target { Target } fn f() { helper().go(); }",
        "fn helper() -> Result<Target, ()> { Ok(Target) } fn f() -> Result<u8, ()> { Ok(helper()?.go()) }",
        "fn helper() -> Option<Target> { None } fn f() -> Option<()> { helper()?.go(); None }",
        "fn helper() -> Option<Target> { None } fn f() { helper().unwrap_or_else(|| Target).go(); }",
        "fn helper() -> Option<&'static Target> { None } fn f() { helper().map(|t| t.go()); }",
        "fn helper() -> Option<u8> { None } fn f() { helper().map(|_| Target).unwrap().go(); }",
        "fn helper() -> Option<u8> { None } fn f() { helper().and_then(|_| Some(Target)).unwrap().go(); }",
        "async fn helper() -> Target { Target } async fn f() { helper().await.go(); }",
        "fn helper() -> impl std::ops::Deref<Target = Target> { Box::new(Target) } fn f() { helper().go(); }",
        "fn f(s: &str) { s.parse::<u8>().map(|_| Target).unwrap().go(); }",
        "fn f(t: Target) { std::mem::take(&mut Some(t)).unwrap().go(); }",
        "fn f(t: Target) { Some(t).ok_or(()).unwrap().go(); }",
        "fn f(t: &[Target]) { t.iter().find(|t| true).unwrap().go(); }",
        "fn f(t: Vec<Target>) { t.into_iter().next().unwrap().go(); }",
        "fn f(t: Vec<Target>) { t.iter().enumerate().for_each(|(_, t)| { t.go(); }); }",
        "fn f(t: Vec<Target>) { t.iter().filter(|t| t.go() > 1).map(|t| t.go()).collect::<Vec<_>>(); }",
        "fn f(t: Vec<Target>) { let v: Vec<_> = t.iter().rev().collect(); v[0].go(); }",
        "fn f(t: Vec<Target>) { t.iter().fold(0, |n, t| n + t.go()); }",
    ],
)
def test_a_result_of_a_chain(body: str) -> None:
    assert reached(body) == GO


@pytest.mark.parametrize(
    "body",
    [
        "fn f(all: Vec<Target>) { for t in all { t.go(); } }",
        "fn f(all: &[Target]) { for t in all { t.go(); } }",
        "fn f(all: &mut Vec<Target>) { for t in all.iter_mut() { t.go(); } }",
        "fn f(all: [Target; 2]) { for (i, t) in all.iter().enumerate() { t.go(); } }",
        "fn f(all: &std::collections::BTreeMap<u8, Target>) { for (_, t) in all { t.go(); } }",
        "fn f(all: std::collections::HashMap<u8, Target>) { for t in all.values() { t.go(); } }",
        "fn f(mut all: Vec<Target>) { while let Some(t) = all.pop() { t.go(); } }",
        "fn f(a: Vec<Target>, b: Vec<u8>) { for (t, n) in a.iter().zip(b) { t.go(); } }",
        "fn f(a: Option<Target>) { for t in a { t.go(); } }",
    ],
)
def test_a_loops_variable(body: str) -> None:
    assert reached(body) == GO


@pytest.mark.parametrize(
    "body",
    [
        "fn f(t: Target) { let run = || t.go(); run(); }",
        "fn f(t: Target) { let run = move |n: u8| t.go() + n; run(1); }",
        "fn f() { let run = |t: Target| t.go(); run(Target); }",
        "fn f() { let run = |t| helper(t).go(); run(Target); } fn helper(t: Target) -> Target { t }",
        "fn f() { helper(|t| { t.go(); }) } fn helper(run: impl Fn(&Target)) {}",
        "fn f() { helper(|t| { t.go(); }) } fn helper<F>(run: F) where F: FnOnce(Target) {}",
        "fn f() { helper(Box::new(|t| { t.go(); })) } fn helper(run: Box<dyn Fn(&Target)>) {}",
        "fn f() { let make = || Target; make().go(); }",
        "fn f(make: fn() -> Target) { make().go(); }",
        "fn f(make: &dyn Fn() -> Target) { make().go(); }",
        "fn f(make: impl FnOnce() -> Target) { make().go(); }",
        "fn f() { let make = helper; make().go(); } fn helper() -> Target { Target }",
        "fn f(t: Target) { std::thread::spawn(move || { t.go(); }); }",
    ],
)
def test_a_closures_own_and_captured_variables(body: str) -> None:
    assert reached(body) == GO


def test_self_its_fields_and_its_own_methods() -> None:
    assert calls("""
        struct Inner;
        impl Inner { fn run(&self) {} }
        struct Outer { one: Inner, many: Vec<Inner> }
        impl Outer {
            fn get(&self) -> Option<&Inner> { self.many.first() }
            fn all(&self) {
                self.one.run();
                for x in &self.many { x.run(); }
                if let Some(x) = self.get() { x.run() }
            }
        }
    """) == [
        "crate::Outer::all -> crate::Inner::run [inferred]",
        "crate::Outer::all -> crate::Outer::get [inferred]",
    ]


def test_clone_gives_the_type_itself_and_a_derived_clone_is_the_outside_traits() -> None:
    graph = graph_of("""
        #[derive(Clone)]
        struct T;
        impl T { fn go(&self) {} }
        fn f(x: &T) { x.clone().go() }
    """)
    assert graph.calls(externals=True) == [
        "crate::f -> crate::T::go [inferred]",
        "crate::f -> std::clone::Clone::clone [external]",
    ]


def test_by_value_stands_before_by_reference_and_inherent_before_trait() -> None:
    assert calls("""
        trait ByRef { fn go(&self); }
        trait ByValue { fn go(self); }
        struct S;
        impl ByRef for S { fn go(&self) {} }
        impl ByValue for S { fn go(self) {} }
        fn f(s: S) { s.go() }
        struct I;
        impl I { fn go(&self) {} }
        impl ByRef for I { fn go(&self) {} }
        fn g(i: I) { i.go() }
    """) == ["crate::f -> crate::<S as ByValue>::go [inferred]", "crate::g -> crate::I::go [inferred]"]


def test_a_reference_may_have_an_impl_of_its_own() -> None:
    assert calls("""
        trait Take { fn take(self) -> u8; }
        struct S;
        impl Take for S { fn take(self) -> u8 { 1 } }
        impl Take for &S { fn take(self) -> u8 { 2 } }
        fn value(s: S) { s.take(); }
        fn reference(s: &S) { s.take(); }
    """) == [
        "crate::reference -> crate::<&S as Take>::take [inferred]",
        "crate::value -> crate::<S as Take>::take [inferred]",
    ]


def test_a_traits_method_needs_its_trait_in_scope() -> None:
    graph = graph_of("""
        mod t { pub trait T { fn go(&self); } pub struct S; impl T for S { fn go(&self) {} } }
        mod with { use crate::t::{S, T}; fn f(s: S) { s.go() } }
        mod anonymous { use crate::t::{S, T as _}; fn f(s: S) { s.go() } }
        mod without { use crate::t::S; fn f(s: S) { s.go() } }
    """)
    assert graph.calls() == [
        "crate::anonymous::f -> crate::t::<S as T>::go [inferred]",
        "crate::with::f -> crate::t::<S as T>::go [inferred]",
    ]


def test_a_method_of_a_known_outside_type_binds_to_no_local_one() -> None:
    graph = graph_of("""
        struct Stack;
        impl Stack { fn push(&mut self, x: u8) {} fn len(&self) -> usize { 0 } }
        fn f(mut v: Vec<u8>, s: &str) { v.push(1); v.len(); s.len(); }
    """)
    assert graph.calls() == []


def test_a_receiver_nobody_knows_is_open_with_its_candidates() -> None:
    graph = graph_of("""
        struct A;
        impl A { fn go(&self) {} }
        struct B;
        impl B { fn go(&self) {} }
        fn f() { outside::make().go() }
    """)
    assert graph.calls() == ["crate::f -> crate::A::go [candidate]", "crate::f -> crate::B::go [candidate]"]
    assert graph.opens() == ["crate::f ? go"]


def test_generic_arguments_flow_through_a_generic_type_of_ones_own() -> None:
    assert calls("""
        struct Cell<T> { value: T }
        impl<T> Cell<T> {
            fn new(value: T) -> Self { Cell { value } }
            fn get(&self) -> &T { &self.value }
            fn map<U, F: Fn(&T) -> U>(&self, f: F) -> Cell<U> { Cell::new(f(self.get())) }
        }
        struct A;
        impl A { fn make_b(&self) -> B { B } }
        struct B;
        impl B { fn done(&self) {} }
        fn f() { Cell::new(A).map(|a| a.make_b()).get().done() }
    """) == [
        "crate::Cell::map -> crate::Cell::get [inferred]",
        "crate::Cell::map -> crate::Cell::new",
        "crate::f -> crate::A::make_b [inferred]",
        "crate::f -> crate::B::done [inferred]",
        "crate::f -> crate::Cell::get [inferred]",
        "crate::f -> crate::Cell::map [inferred]",
        "crate::f -> crate::Cell::new",
    ]


def test_a_builder_that_gives_self_back() -> None:
    assert calls("""
        struct Builder;
        struct Built;
        impl Builder {
            fn new() -> Self { Builder }
            fn name(self, n: &str) -> Self { self }
            fn size(&mut self, n: u8) -> &mut Self { self }
            fn build(&self) -> Built { Built }
        }
        impl Built { fn run(&self) {} }
        fn f() { Builder::new().name("x").size(1).size(2).build().run() }
    """) == [
        "crate::f -> crate::Builder::build [inferred]",
        "crate::f -> crate::Builder::name [inferred]",
        "crate::f -> crate::Builder::new",
        "crate::f -> crate::Builder::size [inferred]",
        "crate::f -> crate::Built::run [inferred]",
    ]


def test_a_written_self_type_takes_the_pointer_it_says() -> None:
    assert calls("""
        use std::pin::Pin;
        use std::rc::Rc;
        struct S;
        impl S { fn rc(self: Rc<Self>) {} fn pinned(self: Pin<&mut Self>) {} fn boxed(self: Box<Self>) {} }
        fn f(a: Rc<S>, b: Pin<&mut S>, c: Box<S>) { a.rc(); b.pinned(); c.boxed() }
    """) == [
        "crate::f -> crate::S::boxed [inferred]",
        "crate::f -> crate::S::pinned [inferred]",
        "crate::f -> crate::S::rc [inferred]",
    ]
