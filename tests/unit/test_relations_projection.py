"""R3, R8: `pin_project`, macro and attribute: projections with their fields' types, and sound impls."""

from __future__ import annotations

import pytest

from support.rust import calls, graph_of

INNER = "struct Inner; impl Inner { fn go(&self) {} fn poll(self: Pin<&mut Self>) {} } use std::pin::Pin;"
FORMS = [
    pytest.param("pin_project! {{ {0} }}", id="macro"),
    pytest.param("#[pin_project] {0}", id="attribute"),
    pytest.param("#[pin_project::pin_project] {0}", id="path"),
]


@pytest.mark.parametrize("form", FORMS)
def test_a_projection_has_pinned_fields_as_pins_and_others_as_references(form: str) -> None:
    outer = form.format("struct Outer<T> { #[pin] inner: Inner, plain: Inner, other: T }")
    told = calls(f"""{INNER} {outer}
        impl<T> Outer<T> {{ fn f(self: Pin<&mut Self>) {{
            let this = self.project(); this.inner.poll(); this.plain.go();
        }} }}
    """)
    assert "crate::Outer::f -> crate::Inner::poll [inferred]" in told
    assert "crate::Outer::f -> crate::Inner::go [inferred]" in told


@pytest.mark.parametrize(
    "outer",
    [
        "pin_project! { #[project = Seen] enum Outer<T> { A { #[pin] inner: Inner }, B { other: T }, C } }",
        "#[pin_project(project = Seen)] enum Outer<T> { A { #[pin] inner: Inner }, B { other: T }, C }",
    ],
)
def test_an_enums_projection_has_its_variants(outer: str) -> None:
    told = calls(f"""{INNER} {outer}
        impl<T> Outer<T> {{ fn f(self: Pin<&mut Self>) {{
            match self.project() {{ Seen::A {{ inner }} => inner.poll(), Seen::B {{ .. }} | Seen::C => {{}} }}
        }} }}
    """)
    assert "crate::Outer::f -> crate::Inner::poll [inferred]" in told


def test_a_variant_of_a_tuple_is_projected_place_by_place() -> None:
    told = calls(f"""{INNER}
        #[pin_project(project = Seen, project_ref = SeenRef)]
        enum Outer {{ A(#[pin] Inner), B(Inner, u8) }}
        impl Outer {{
            fn f(self: Pin<&mut Self>) {{
                match self.project() {{ Seen::A(one) => one.poll(), Seen::B(one, _) => one.go() }}
            }}
            fn g(self: Pin<&Self>) {{ if let SeenRef::B(one, _) = self.project_ref() {{ one.go() }} }}
        }}
    """)
    assert "crate::Outer::f -> crate::Inner::poll [inferred]" in told
    assert "crate::Outer::f -> crate::Inner::go [inferred]" in told
    assert "crate::Outer::g -> crate::Inner::go [inferred]" in told


def test_an_enum_without_a_named_projection_has_none() -> None:
    told = graph_of("#[pin_project] enum Outer { A(#[pin] u8) }")
    assert told.symbols("method") == ["crate::_::<Outer as ::pin_project::__private::PinnedDrop>::drop"]


def test_a_named_projection_can_be_named_beside_its_type() -> None:
    assert "crate::Seen" in graph_of("#[pin_project(project = Seen)] struct Outer { a: u8 }").symbols(
        "struct"
    )


def test_a_projected_type_is_unpin_and_must_not_implement_drop() -> None:
    made = graph_of("pin_project! { struct Outer { a: u8 } }").edges("implements", externals=True)
    assert any(line.startswith("crate::Outer implements std::marker::Unpin") for line in made)
    assert any("MustNotImplDrop" in line for line in made)


def test_what_a_condition_chooses_in_a_plain_build_is_derived_there() -> None:
    """A feature that is for tests is on by the one assumption, and off in a plain build."""
    told = graph_of("""
        #[cfg(not(feature = "test-util"))] #[derive(Clone)] struct Clock;
        #[cfg(feature = "test-util")] #[derive(Clone)] struct Clock(u8);
    """)
    assert len([name for name in told.symbols("impl") if "Clone" in name]) == 1
