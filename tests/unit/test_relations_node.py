"""R6, R8: nodes: ids that line shifts and places on a machine leave alone, whole signatures, impl fields."""

from __future__ import annotations

import pytest

from support.rust import files_of, graph_of, link

SAMPLE = """
    //- /src/lib.rs
    mod a;
    pub struct S<T>(T);
    impl<T: Clone> S<T> { pub fn get(&self) -> &T { &self.0 } }
    impl<T> Drop for S<T> { fn drop(&mut self) { fn nested() {} nested() } }
    #[derive(Debug)]
    enum E { A }
    macro_rules! m { () => {} }
    const _: () = ();
    const _: () = ();
    #[cfg(unix)] fn twice() {}
    #[cfg(windows)] fn twice() {}
    //- /src/a.rs
    pub fn f() {}
"""


def ids(files: dict[str, str]) -> dict[tuple[str, int, str | None], set[bytes]]:
    """The ids of each symbol, kind and condition."""
    found: dict[tuple[str, int, str | None], set[bytes]] = {}
    for node in link(files).nodes.values():
        found.setdefault((node.symbol, node.kind, node.cfg), set()).add(node.id)
    return found


def test_ids_are_unmoved_by_line_shifts() -> None:
    files = files_of(SAMPLE)
    shifted = {path: "\n\n// moved\n\n" + text for path, text in files.items()}
    assert ids(files) == ids(shifted)


def test_ids_are_unmoved_by_bodies_and_attributes_and_visibility() -> None:
    files = files_of(SAMPLE)
    changed = dict(files)
    changed["src/lib.rs"] = files["src/lib.rs"].replace("{ &self.0 }", "{ todo!() }").replace("pub fn", "fn")
    assert ids(files) == ids(changed)


def test_ids_do_not_depend_on_which_directory_is_the_root() -> None:
    manifest = '[package]\nname = "p"\n'
    here = {**files_of(SAMPLE), "Cargo.toml": manifest}
    below = {f"deep/down/{path}": text for path, text in here.items()}
    assert ids(here) == ids(below)


def test_every_node_has_an_id_of_its_own_and_ordinals_count_equals() -> None:
    linker = link(files_of(SAMPLE))
    assert all(key == node.id and len(key) == 16 for key, node in linker.nodes.items())
    graph = graph_of(SAMPLE)
    assert len(graph.all("crate::_", "const")) == 2
    assert len(graph.all("crate::twice")) == 2


def test_a_renamed_item_is_another_node() -> None:
    files = files_of(SAMPLE)
    renamed = {**files, "src/a.rs": "pub fn g() {}\n"}
    gone = set(ids(files)) - set(ids(renamed))
    assert {symbol for symbol, _, _ in gone} == {"crate::a::f"}


def test_an_impl_node_says_its_trait_its_type_and_its_header() -> None:
    graph = graph_of("""
        mod m {
            pub struct Type<A>(A);
            impl<A> Type<A> {}
            impl<'a, A: Copy + 'a> super::Tr<A> for &'a Type<A> where A: Sized {}
            impl dyn super::Tr<u8> {}
        }
        trait Tr<A> {}
    """)
    told = {n.symbol: (n.name, n.trait, n.self_text, n.line) for n in map(graph.node, graph.symbols("impl"))}
    assert told == {
        "crate::m::<impl Type<A>>": ("impl<A> Type<A>", None, "Type<A>", 3),
        "crate::m::<impl dyn super::Tr<u8>>": ("impl dyn super::Tr<u8>", None, "dyn super::Tr<u8>", 5),
        "crate::m::<impl super::Tr<A> for &'a Type<A>>": (
            "impl<'a, A: Copy + 'a> super::Tr<A> for &'a Type<A> where A: Sized",
            "super::Tr<A>",
            "&'a Type<A>",
            4,
        ),
    }


@pytest.mark.parametrize(
    "signature",
    [
        "pub fn route(self, path: &str, method_router: MethodRouter<S>) -> Self",
        'pub(crate) const unsafe extern "C" fn raw(x: *const u8, y: *mut u8)',
        "async fn f<'a, T: 'a + ?Sized, const N: usize>(x: &'a [T; N]) -> impl Future<Output = ()> + 'a",
        "fn hrtb<F>(f: F) where F: for<'a> Fn(&'a str) -> Box<dyn Error + Send + 'a>, F: Clone",
        "pub struct Pair<A, B = Vec<A>> where A: Ord { pub a: A, b: B }",
        "struct Unit;",
        "struct Tuple(pub u8, String);",
        "pub enum Kind { A, B(u8), C { x: Kind2 }, D = 4 }",
        "pub unsafe trait Tr<T = Self>: Send + for<'a> Other<'a> where Self: Sized",
        "pub type Alias<T> = Result<T, Error>;",
        "pub static mut COUNT: AtomicUsize",
        "const LIMIT: usize",
    ],
)
def test_a_signature_is_kept_whole(signature: str) -> None:
    body = {"fn": " { loop {} }", "trait": " {}", "static": " = make();", "const LIMIT": " = 3;"}
    tail = next(
        (t for word, t in body.items() if word in signature and not signature.endswith((";", "}"))), ""
    )
    graph = graph_of(signature + tail)
    (node,) = [n for n in graph.nodes.values() if n.symbol.startswith("crate::") and n.file]
    assert node.signature is not None
    assert node.signature.rstrip(";,") == signature.rstrip(";,")


def test_places_begin_after_attributes_and_doc_comments() -> None:
    graph = graph_of("""
        /// Documentation.
        #[inline]
        pub fn f() {
        }

        #[derive(Clone)]
        /* a comment */ struct S {
            x: u8,
        }
    """)
    assert (graph.node("crate::f").line, graph.node("crate::f").end_line) == (3, 4)
    assert (graph.node("crate::S").line, graph.node("crate::S").end_line) == (7, 9)
    assert graph.node("crate").line == 1


def test_a_call_over_several_lines_stands_where_its_name_does() -> None:
    graph = graph_of("""
        struct S;
        impl S { fn one(&self) -> &S { self } fn two(&self) {} }
        fn f(s: S) {
            s
                .one()
                .two();
        }
    """)
    assert graph.edges("calls", places=True) == [
        "crate::f calls crate::S::one [inferred] @ src/lib.rs:5",
        "crate::f calls crate::S::two [inferred] @ src/lib.rs:6",
    ]


def test_a_signatures_uses_stand_on_their_own_lines() -> None:
    graph = graph_of("""
        struct A;
        struct B;
        fn f(
            a: A,
        ) -> B
        where
            A: Clone,
        { B }
    """)
    assert [line for line in graph.edges("uses", places=True) if "signature" in line] == [
        "crate::f uses crate::A [signature] @ src/lib.rs:4",
        "crate::f uses crate::A [signature] @ src/lib.rs:7",
        "crate::f uses crate::B [signature] @ src/lib.rs:5",
    ]
