"""what-implements and implements (R3, R8; acceptance 3 and 7)."""

from __future__ import annotations

import pytest

from isg_graph.blanket import simple_bounds, type_parameters
from isg_graph.lookup import segments
from support.graphs import ask, symbols, view

R8 = (
    "impl<H, S> ErasedIntoRoute<S, Infallible> for MakeErasedHandler<H, S> "
    "where H: Clone + Send + Sync + 'static, S: 'static"
)

ROUTES = f"""
trait app::ErasedIntoRoute
struct app::MakeErasedHandler
impl app::<impl ErasedIntoRoute<S, Infallible> for MakeErasedHandler<H, S>> \
@ src/lib.rs:40 | trait=ErasedIntoRoute<S; Infallible>, \
self=MakeErasedHandler, sig={R8}
trait app::Sub
app::MakeErasedHandler -implements-> app::ErasedIntoRoute @ src/lib.rs:40
app::Sub -extends-> app::ErasedIntoRoute @ src/lib.rs:41
"""

HANDLERS = """
trait app::Handler
trait app::Loud
trait app::Quiet
struct app::Cat
struct app::Dog
external std::string::String
external std::clone::Clone
impl app::<impl Handler for F> @ src/lib.rs:20 | trait=Handler, self=F, \
sig=impl<F> Handler for F where F: Loud
impl app::<impl Quiet for T> @ src/lib.rs:21 | trait=Quiet, self=T, sig=impl<T: Clone> Quiet for T
impl app::<impl Handler for &T> @ src/lib.rs:22 | trait=Handler, self=&T, sig=impl<T> Handler for &T
impl app::<impl Loud for Cat> @ src/lib.rs:23 | trait=Loud, self=Cat
impl app::<impl Handler for String> @ src/lib.rs:24 | trait=Handler, self=String
impl app::<impl Clone for Dog> @ src/lib.rs:25 | trait=Clone, self=Dog, derived
impl app::<impl Debug for Dog> @ src/lib.rs:25 | trait=Debug, self=Dog, derived
external std::fmt::Debug
app::<impl Handler for F> -implements-> app::Handler @ src/lib.rs:20
app::<impl Handler for F> -uses-> app::Loud @ src/lib.rs:20 | signature
app::<impl Quiet for T> -implements-> app::Quiet @ src/lib.rs:21
app::<impl Quiet for T> -uses-> std::clone::Clone @ src/lib.rs:21 | signature
app::<impl Handler for &T> -implements-> app::Handler @ src/lib.rs:22
app::Cat -implements-> app::Loud @ src/lib.rs:23
std::string::String -implements-> app::Handler @ src/lib.rs:24
app::Dog -implements-> std::clone::Clone @ src/lib.rs:25 | derived
app::Dog -implements-> std::fmt::Debug @ src/lib.rs:25 | derived
"""


@pytest.fixture(scope="module")
def handlers():
    return view(HANDLERS)


def test_the_complex_impl_is_named_whole_with_its_place():
    found = ask(view(ROUTES), "what-implements", "ErasedIntoRoute")
    assert found["count"] == 1
    row = found["results"][0]
    assert row["symbol"] == "app::MakeErasedHandler"
    assert row["impl"]["signature"] == R8
    assert (row["impl"]["file"], row["impl"]["line"], row["impl"]["blanket"]) == ("src/lib.rs", 40, False)


def test_a_subtrait_is_no_implementor():
    assert symbols(ask(view(ROUTES), "what-implements", "ErasedIntoRoute")) == ["app::MakeErasedHandler"]


def test_every_kind_of_self_is_shown(handlers):
    found = ask(handlers, "what-implements", "app::Handler")
    assert [(row["symbol"], row["impl"]["self"], row["impl"]["blanket"]) for row in found["results"]] == [
        ("app::<impl Handler for &T>", "&T", False),
        ("app::<impl Handler for F>", "F", True),
        ("std::string::String", "String", False),
    ]


def test_the_derives_of_one_attribute_keep_their_own_impls(handlers):
    for name in ("Clone", "Debug"):
        found = ask(handlers, "what-implements", name)
        assert [
            (row["symbol"], row["impl"]["trait"], row["impl"]["derived"]) for row in found["results"]
        ] == [("app::Dog", name, True)]


def test_derives_whose_bounds_name_one_of_their_traits_are_not_mixed_up():
    derived = view("""
        struct app::Bag
        external std::clone::Clone
        external std::fmt::Debug
        impl app::<impl Clone for Bag<T>> @ src/lib.rs:1 | trait=Clone, self=Bag<T>, derived
        impl app::<impl Debug for Bag<T>> @ src/lib.rs:1 | trait=Debug, self=Bag<T>, derived
        app::<impl Clone for Bag<T>> -uses-> std::clone::Clone @ src/lib.rs:1 | signature
        app::<impl Debug for Bag<T>> -uses-> std::clone::Clone @ src/lib.rs:1 | signature
        app::<impl Debug for Bag<T>> -uses-> std::fmt::Debug @ src/lib.rs:1 | signature
        app::Bag -implements-> std::clone::Clone @ src/lib.rs:1 | derived
        app::Bag -implements-> std::fmt::Debug @ src/lib.rs:1 | derived
    """)
    found = ask(derived, "implements", "Bag")
    assert [(row["name"], row["impl"]["trait"]) for row in found["results"]] == [
        ("Clone", "Clone"),
        ("Debug", "Debug"),
    ]


def test_a_blanket_impl_counts_where_its_bounds_are_shown_to_hold(handlers):
    found = ask(handlers, "implements", "Cat")
    assert [(row["symbol"], row["conditional"], row["impl"]["blanket"]) for row in found["results"]] == [
        ("app::Handler", False, True),
        ("app::Loud", False, False),
    ]


def test_a_blanket_impl_whose_bounds_fail_is_left_out(handlers):
    assert symbols(ask(handlers, "implements", "Dog")) == [
        "app::Quiet",
        "std::clone::Clone",
        "std::fmt::Debug",
    ]


def test_for_a_foreign_type_undecided_bounds_are_conditional(handlers):
    told = [
        (row["symbol"], row["impl"]["self"], row["conditional"])
        for row in ask(handlers, "implements", "String")["results"]
    ]
    assert told == [
        ("app::Handler", "F", True),
        ("app::Handler", "String", False),
        ("app::Quiet", "T", True),
    ]


def test_several_impls_that_a_macro_made_in_one_place_are_several_results():
    found = view(
        """
        trait app::From
        struct app::N
        impl app::<impl From<u8> for N> @ src/lib.rs:9 | trait=From<u8>, self=N, macro
        impl app::<impl From<u16> for N> @ src/lib.rs:9 | trait=From<u16>, self=N, macro
        impl app::<impl Other for N> @ src/lib.rs:9 | trait=Other, self=N, macro
        app::N -implements-> app::From @ src/lib.rs:9
        """
    )
    told = ask(found, "what-implements", "app::From")["results"]
    assert [row["impl"]["trait"] for row in told] == ["From<u16>", "From<u8>"]


def test_of_two_traits_of_one_name_each_keeps_its_own_impl_in_a_shared_place():
    found = view(
        """
        trait app::a::Tr
        trait app::b::Tr
        struct app::S
        impl app::<impl a::Tr for S> @ src/lib.rs:9 | trait=a::Tr, self=S, macro
        impl app::<impl b::Tr for S> @ src/lib.rs:9 | trait=b::Tr, self=S, macro
        app::<impl a::Tr for S> -uses-> app::a::Tr @ src/lib.rs:9 | signature
        app::<impl b::Tr for S> -uses-> app::b::Tr @ src/lib.rs:9 | signature
        app::S -implements-> app::a::Tr @ src/lib.rs:9
        app::S -implements-> app::b::Tr @ src/lib.rs:9
        """
    )
    told = ask(found, "implements", "app::S")["results"]
    assert [(row["symbol"], row["impl"]["trait"]) for row in told] == [
        ("app::a::Tr", "a::Tr"),
        ("app::b::Tr", "b::Tr"),
    ]


def test_an_edge_without_an_impl_at_its_place_still_gives_a_result():
    found = view("trait app::T\nstruct app::S\napp::S -implements-> app::T @ src/x.rs:3")
    row = ask(found, "what-implements", "T")["results"][0]
    assert (row["impl"]["id"], row["impl"]["file"], row["impl"]["line"]) == (None, "src/x.rs", 3)


def test_a_trait_that_nothing_implements_is_an_empty_answer():
    assert ask(view("trait app::T"), "what-implements", "T")["count"] == 0


@pytest.mark.parametrize(
    ("signature", "parameter", "bounds"),
    [
        ("impl<T> A for T", "T", ["Sized"]),
        ("impl<T: ?Sized> A for T", "T", []),
        ("impl<'a, T: B + C<D, E> + 'a> A for T", "T", ["Sized", "B", "C<D, E>"]),
        ("impl<F, R> A for F where F: Fn(u8) -> R", "F", ["Sized", "Fn(u8) -> R"]),
        ("impl<T> A for T where T: B, T: C", "T", ["Sized", "B", "C"]),
    ],
)
def test_simple_bounds_are_read_from_a_header(signature, parameter, bounds):
    found = simple_bounds(signature, parameter)
    assert (found if found is None else list(found)) == bounds


@pytest.mark.parametrize(
    "signature",
    [
        "impl<T> A for T where T::Item: B",
        "impl<T, U: B> A for T",
        "impl<F, R> A for F where F: Fn() -> R, R: B",
        "impl<T> A for T where T: for<'a> B<'a>",
        "impl<T> A for T where for<'a> &'a T: B",
    ],
)
def test_a_header_that_bounds_more_than_its_parameter_decides_nothing(signature):
    assert simple_bounds(signature, signature[5]) is None


def test_parameters_of_a_header():
    assert type_parameters("impl<'a, const N: usize, T: B<C>, U = D> X for Y") == {"T": "B<C>", "U": ""}
    assert type_parameters("impl X for Y") == {}
    assert segments("a::<impl Fn(A) -> B::C for D>::e") == ["a", "<impl Fn(A) -> B::C for D>", "e"]
