"""R3, R8: the relations of the acceptance cases, one test each: cases 1 to 5, 7 and 8 as their texts say."""

from __future__ import annotations

from support.rust import calls, graph_of


def test_case_1_a_user_is_displayed() -> None:
    graph = graph_of("""
        struct User;
        trait Display { fn fmt(&self) -> String; }
        impl Display for User { fn fmt(&self) -> String { String::new() } }
        fn create_user() -> User { User }
        fn main() {
            let u = create_user();
            println!("{}", u.fmt());
        }
    """)
    assert graph.edges() == [
        "crate::<User as Display>::fmt overrides crate::Display::fmt",
        "crate::<impl Display for User> uses crate::Display [signature]",
        "crate::<impl Display for User> uses crate::User [signature]",
        "crate::User implements crate::Display",
        "crate::create_user uses crate::User [body]",
        "crate::create_user uses crate::User [signature]",
        "crate::main calls crate::<User as Display>::fmt [macro inferred]",
        "crate::main calls crate::create_user",
    ]


def test_case_1_each_edge_has_the_place_that_causes_it() -> None:
    graph = graph_of("""
        struct User;
        trait Display { fn fmt(&self) -> String; }
        impl Display for User { fn fmt(&self) -> String { String::new() } }
        fn create_user() -> User { User }
        fn main() {
            let u = create_user();
            println!("{}", u.fmt());
        }
    """)
    assert graph.edges("calls", "implements", places=True) == [
        "crate::User implements crate::Display @ src/lib.rs:3",
        "crate::main calls crate::<User as Display>::fmt [macro inferred] @ src/lib.rs:7",
        "crate::main calls crate::create_user @ src/lib.rs:6",
    ]


def test_case_2_a_call_through_dyn_means_the_traits_function_and_no_impls() -> None:
    graph = graph_of("""
        trait Drawable { fn draw(&self); }
        struct Circle;
        struct Square;
        impl Drawable for Circle { fn draw(&self) {} }
        impl Drawable for Square { fn draw(&self) {} }
        fn draw_shape(s: &dyn Drawable) { s.draw() }
        fn all(shapes: &[Box<dyn Drawable>]) { for s in shapes { s.draw(); } }
    """)
    assert graph.edges(of="crate::draw_shape") == [
        "crate::draw_shape calls crate::Drawable::draw [inferred]",
        "crate::draw_shape uses crate::Drawable [signature]",
    ]
    assert graph.edges(of="crate::all") == [
        "crate::all calls crate::Drawable::draw [inferred]",
        "crate::all uses crate::Drawable [signature]",
    ]


def test_case_3_a_complex_impl_is_kept_whole() -> None:
    graph = graph_of("""
        pub trait ErasedIntoRoute<S, E> { fn go(self); }
        pub struct MakeErasedHandler<H, S> { handler: H, state: S }
        impl<H, S> ErasedIntoRoute<S, Infallible> for MakeErasedHandler<H, S>
        where
            H: Clone + Send + Sync + 'static,
            S: 'static,
        {
            fn go(self) {}
        }
        use std::convert::Infallible;
    """)
    symbol = "crate::<impl ErasedIntoRoute<S, Infallible> for MakeErasedHandler<H, S>>"
    node = graph.node(symbol, "impl")
    header = (
        "impl<H, S> ErasedIntoRoute<S, Infallible> for MakeErasedHandler<H, S> "
        "where H: Clone + Send + Sync + 'static, S: 'static"
    )
    assert node.signature is not None
    assert node.signature.rstrip(",") == header
    assert (node.trait, node.self_text) == ("ErasedIntoRoute<S, Infallible>", "MakeErasedHandler<H, S>")
    assert (node.file, node.line, node.end_line) == ("src/lib.rs", 3, 9)
    assert graph.edges("implements", places=True) == [
        "crate::MakeErasedHandler implements crate::ErasedIntoRoute @ src/lib.rs:3"
    ]
    assert graph.edges("uses", of=symbol, externals=True) == [
        f"{symbol} uses crate::ErasedIntoRoute [signature]",
        f"{symbol} uses crate::MakeErasedHandler [signature]",
        f"{symbol} uses std::clone::Clone [signature external]",
        f"{symbol} uses std::convert::Infallible [signature external]",
        f"{symbol} uses std::marker::Send [signature external]",
        f"{symbol} uses std::marker::Sync [signature external]",
    ]


def test_case_4_two_structs_of_one_name_stay_apart() -> None:
    graph = graph_of("""
        mod server {
            pub struct Config;
            impl Config { pub fn load() -> Config { Config } }
            pub fn start() { Config::load(); }
        }
        mod client {
            pub struct Config;
            impl Config { pub fn load() -> Config { Config } }
            pub fn start() { Config::load(); }
        }
        fn both(a: server::Config, b: client::Config) {
            client::Config::load();
        }
    """)
    assert graph.edges("calls", "uses") == [
        "crate::both calls crate::client::Config::load",
        "crate::both uses crate::client::Config [body]",
        "crate::both uses crate::client::Config [signature]",
        "crate::both uses crate::server::Config [signature]",
        "crate::client::<impl Config> uses crate::client::Config [signature]",
        "crate::client::Config::load uses crate::client::Config [body]",
        "crate::client::Config::load uses crate::client::Config [signature]",
        "crate::client::start calls crate::client::Config::load",
        "crate::client::start uses crate::client::Config [body]",
        "crate::server::<impl Config> uses crate::server::Config [signature]",
        "crate::server::Config::load uses crate::server::Config [body]",
        "crate::server::Config::load uses crate::server::Config [signature]",
        "crate::server::start calls crate::server::Config::load",
        "crate::server::start uses crate::server::Config [body]",
    ]


def test_case_4_new_of_another_type_and_of_an_outside_type_bind_to_no_local_new() -> None:
    assert calls("""
        use walkdir::WalkDir;
        struct A;
        struct B;
        impl A { fn new() -> A { A } }
        impl B { fn new() -> B { B } }
        fn a() { A::new(); }
        fn b() { B::new(); }
        fn outside() {
            let v: Vec<u8> = Vec::new();
            WalkDir::new(".");
        }
    """) == ["crate::a -> crate::A::new", "crate::b -> crate::B::new"]


def test_case_4_a_function_and_a_method_of_one_name_stay_apart() -> None:
    assert calls("""
        struct Searcher;
        impl Searcher { fn search_path(&self) { search_path() } }
        fn search_path() {}
        fn run(s: Searcher) { s.search_path() }
    """) == [
        "crate::Searcher::search_path -> crate::search_path",
        "crate::run -> crate::Searcher::search_path [inferred]",
    ]


def test_case_4_a_local_type_named_like_an_outside_one() -> None:
    graph = graph_of("""
        mod ours {
            pub struct Uri;
            impl Uri { pub fn parse() {} }
            pub fn use_ours(u: Uri) { Uri::parse(); }
        }
        mod theirs {
            use http::Uri;
            pub fn use_theirs(u: Uri) { Uri::parse(); }
        }
    """)
    assert graph.edges("calls", "uses", externals=True, of="crate::ours::use_ours") == [
        "crate::ours::use_ours calls crate::ours::Uri::parse",
        "crate::ours::use_ours uses crate::ours::Uri [body]",
        "crate::ours::use_ours uses crate::ours::Uri [signature]",
    ]
    assert graph.edges("calls", "uses", externals=True, of="crate::theirs::use_theirs") == [
        "crate::theirs::use_theirs calls http::Uri::parse [external]",
        "crate::theirs::use_theirs uses http::Uri [signature external]",
    ]


def test_case_7_blanket_and_foreign_impls() -> None:
    graph = graph_of("""
        struct S;
        trait Handler { fn handle(&self); }
        impl<F> Handler for F where F: Fn() { fn handle(&self) { self() } }
        trait Tr { fn tr(&self); }
        impl Tr for &S { fn tr(&self) {} }
        impl Tr for Box<S> { fn tr(&self) {} }
        impl Tr for String { fn tr(&self) {} }
        impl Tr for (u8, S) { fn tr(&self) {} }
        impl<const N: usize> Tr for [u8; N] { fn tr(&self) {} }
        impl Tr for Vec<u8> { fn tr(&self) {} }
        trait FromRequest<T> { fn from(t: T) -> Self; }
        impl<T> FromRequest<T> for S { fn from(t: T) -> Self { S } }
    """)
    assert graph.edges("implements", externals=True, places=True) == [
        "crate::<impl Handler for F> implements crate::Handler @ src/lib.rs:3",
        "crate::<impl Tr for &S> implements crate::Tr @ src/lib.rs:5",
        "crate::<impl Tr for (u8, S)> implements crate::Tr @ src/lib.rs:8",
        "crate::<impl Tr for [u8; N]> implements crate::Tr @ src/lib.rs:9",
        "crate::S implements crate::FromRequest @ src/lib.rs:12",
        "std::boxed::Box implements crate::Tr @ src/lib.rs:6",
        "std::string::String implements crate::Tr @ src/lib.rs:7",
        "std::vec::Vec implements crate::Tr @ src/lib.rs:10",
    ]


def test_case_7_a_subtrait_extends_its_supertrait_and_does_not_implement_it() -> None:
    graph = graph_of("""
        trait Animal { fn name(&self); }
        trait Dog: Animal { fn bark(&self) { self.name() } }
        struct Rex;
        impl Animal for Rex { fn name(&self) {} }
    """)
    assert graph.edges("extends", "implements") == [
        "crate::Dog extends crate::Animal",
        "crate::Rex implements crate::Animal",
    ]


def test_case_8_derives_are_impls_at_their_attribute() -> None:
    graph = graph_of("""
        #[derive(Debug, Clone)]
        #[derive(Default)]
        pub struct Point { x: u8 }
    """)
    told = [
        (n.symbol, n.line, n.derived, n.trait, n.self_text) for n in map(graph.node, graph.symbols("impl"))
    ]
    assert told == [
        ("crate::<impl Clone for Point>", 1, True, "Clone", "Point"),
        ("crate::<impl Debug for Point>", 1, True, "Debug", "Point"),
        ("crate::<impl Default for Point>", 2, True, "Default", "Point"),
    ]
    assert graph.edges("implements", externals=True) == [
        "crate::Point implements std::clone::Clone [external derived]",
        "crate::Point implements std::default::Default [external derived]",
        "crate::Point implements std::fmt::Debug [external derived]",
    ]


def test_case_8_both_arms_of_a_condition_are_nodes_and_a_call_binds_to_the_one_that_holds() -> None:
    graph = graph_of("""
        #[cfg(unix)]
        fn open() {}
        #[cfg(windows)]
        fn open() {}
        fn run() { open() }
    """)
    arms = graph.all("crate::open")
    assert [(n.cfg, n.line) for n in arms] == [("unix", 2), ("windows", 4)]
    assert len({n.id for n in arms}) == 2
    assert graph.edges("calls", of="crate::run") == [
        "crate::run calls crate::open",
        "crate::run calls crate::open [candidate]",
    ]
