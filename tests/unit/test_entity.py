"""What a typed name means (R3, R5; contract.md, ENTITY; acceptance 4 and 17)."""

from __future__ import annotations

import pytest

from isg_graph.entity import ANYTHING, CALLABLE, TRAITS, TYPES, find, resolve
from isg_graph.error import Ambiguous, NotFound, Usage
from isg_graph.lookup import lookup_keys, segments, tail_key
from support.graphs import graph, view

ANIMALS = """
crate app @ src/lib.rs:1-90 | target=lib
mod app::pets @ src/lib.rs:2-60
struct app::pets::Cat @ src/lib.rs:3-5
struct app::wild::Cat @ src/wild.rs:1-2
trait app::Speak @ src/lib.rs:6-8
method app::Speak::speak @ src/lib.rs:7
impl app::pets::<impl Speak for Cat> @ src/lib.rs:10-14 | trait=Speak, self=Cat
method app::pets::<Cat<T> as crate::Speak>::speak @ src/lib.rs:11-13
method app::pets::Cat::new @ src/lib.rs:20-22
method app::wild::Cat::new @ src/wild.rs:4-6
fn app::search_path @ src/lib.rs:30-39
method app::pets::Cat::search_path @ src/lib.rs:23-24
fn app::pets::speak @ src/lib.rs:40
fn app::type @ src/lib.rs:41
external std::fmt::Display
external serde::Display
external std::vec::Vec::new
"""


@pytest.fixture(scope="module")
def animals():
    return view(ANIMALS)


def meant(animals, text, accepted=ANYTHING):
    entities = resolve(animals, text, accepted, "query callers")
    assert len(entities) == 1
    return [animals.node(number).symbol for number in entities[0].numbers]


def test_an_exact_symbol_is_taken_before_any_tail(animals):
    assert meant(animals, "app::search_path") == ["app::search_path"]
    with pytest.raises(Ambiguous):
        resolve(animals, "search_path", ANYTHING, "query callers")


def test_a_tail_of_any_length_names_an_item(animals):
    for text in ("Cat::search_path", "pets::Cat::search_path", "app::pets::Cat::search_path"):
        assert meant(animals, text) == ["app::pets::Cat::search_path"]
    with pytest.raises(NotFound):
        find(animals, "wild::Cat::search_path", ANYTHING, "query callers")


def test_a_type_and_a_method_also_mean_the_method_of_its_traits_impl(animals):
    expected = ["app::pets::<Cat<T> as crate::Speak>::speak"]
    for text in (
        "Cat::speak",
        "<Cat as Speak>::speak",
        "pets::Cat::speak",
        "Cat::<u8>::speak",
        "Cat<u8>::speak()",
    ):
        assert meant(animals, text, CALLABLE) == expected
    assert meant(animals, "Speak::speak", CALLABLE) == ["app::Speak::speak"]


def test_only_kinds_that_the_query_accepts_are_considered(animals):
    assert meant(animals, "Speak", TRAITS) == ["app::Speak"]
    with pytest.raises(NotFound) as wrong:
        resolve(animals, "Speak", TYPES, "query implements")
    assert "is a trait" in wrong.value.message
    assert wrong.value.hint == "isg query used-by app::Speak"


def test_the_workspace_comes_before_externals(animals):
    symbols = [animals.node(e.numbers[0]).symbol for e in find(animals, "new", CALLABLE, "query callers")]
    assert symbols == ["app::pets::Cat::new", "app::wild::Cat::new"]
    assert meant(animals, "Vec::new", CALLABLE) == ["std::vec::Vec::new"]


def test_two_things_of_one_name_are_ambiguous_and_both_are_listed(animals):
    with pytest.raises(Ambiguous) as both:
        resolve(animals, "new", CALLABLE, "query callers")
    assert [row["symbol"] for row in both.value.candidates] == ["app::pets::Cat::new", "app::wild::Cat::new"]
    assert both.value.hint == "isg query callers app::pets::Cat::new"
    assert len(resolve(animals, "new", CALLABLE, "query callers", every=True)) == 2


def test_of_externals_those_with_evidence_of_their_kind_are_meant():
    graph_ = view(ANIMALS + "app::pets::Cat -implements-> std::fmt::Display")
    entities = resolve(graph_, "Display", TRAITS, "query what-implements")
    assert [graph_.node(e.numbers[0]).symbol for e in entities] == ["std::fmt::Display"]


def test_a_line_means_the_innermost_node_that_holds_it(animals):
    assert meant(animals, "src/lib.rs:12") == ["app::pets::<Cat<T> as crate::Speak>::speak"]
    assert meant(animals, "./src/lib.rs:35:9") == ["app::search_path"]
    assert meant(animals, "src/lib.rs:14") == ["app::pets::<impl Speak for Cat>"]
    assert meant(animals, "src/lib.rs:55") == ["app::pets"]


def test_a_line_between_items_is_of_the_innermost_accepted_node_or_of_none(animals):
    with pytest.raises(NotFound) as outside:
        resolve(animals, "src/lib.rs:89", CALLABLE, "query callers")
    assert outside.value.hint == "isg query outline src/lib.rs"
    assert meant(animals, "src/lib.rs:89") == ["app"]


def test_a_line_outside_every_item_means_the_files_module():
    found = view(
        """
        mod app::m @ src/lib.rs:3
        fn app::m::f @ src/m.rs:5-6
        app::m -contains-> app::m::f
        """
    )
    assert meant(found, "src/m.rs:1") == ["app::m"]


def test_items_that_a_macro_made_in_one_place_give_way_to_the_inner_one():
    found = view(
        """
        impl app::<impl T for A> @ src/m.rs:5
        method app::<A as T>::go @ src/m.rs:5
        app::<impl T for A> -contains-> app::<A as T>::go
        """
    )
    assert meant(found, "src/m.rs:5") == ["app::<A as T>::go"]


def test_an_id_means_its_node(animals):
    made = graph(ANIMALS)
    assert meant(made.view(), made.id("app::wild::Cat")) == ["app::wild::Cat"]


def test_cfg_alternatives_are_one_entity():
    found = view("fn app::f @ src/a.rs:1 | cfg=unix\nfn app::f @ src/b.rs:1 | cfg=windows")
    assert len(resolve(found, "f", CALLABLE, "query callers")[0].numbers) == 2


def test_a_file_that_two_targets_include_gives_one_entity():
    found = view("fn app::f @ src/a.rs:1 | target=lib\nfn app::f @ src/a.rs:1 | target=bin")
    assert len(resolve(found, "f", CALLABLE, "query callers")[0].numbers) == 2


def test_same_named_functions_of_two_test_targets_stay_apart():
    found = view(
        """
        crate app @ tests/a.rs:1-9 | target=test
        crate app @ tests/b.rs:1-9 | target=test
        fn app::setup @ tests/a.rs:1 | target=test
        fn app::setup @ tests/b.rs:1 | target=test
        app -contains-> app::setup
        app#2 -contains-> app::setup#2
        """
    )
    with pytest.raises(Ambiguous) as both:
        resolve(found, "setup", CALLABLE, "query callers")
    assert [row["file"] for row in both.value.candidates] == ["tests/a.rs", "tests/b.rs"]
    assert both.value.hint == f"isg query callers {both.value.candidates[0]['id']}"


def test_an_unknown_name_gives_the_nearest_and_the_next_command(animals):
    with pytest.raises(NotFound) as wrong:
        resolve(animals, "serch_path", CALLABLE, "query callers")
    assert {row["name"] for row in wrong.value.candidates} == {"search_path"}
    assert wrong.value.hint == "isg query search serch_path"
    with pytest.raises(NotFound) as cased:
        resolve(animals, "cat", TYPES, "query implements")
    assert "Cat" in cased.value.message


@pytest.mark.parametrize("text", [None, "", "  "])
def test_an_empty_name_is_a_usage_error(animals, text):
    with pytest.raises(Usage):
        resolve(animals, text, CALLABLE, "query callers")


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "x" * 4_000,
        "a\x00b",
        "a\x1b[31m",
        "\n\n f",
        "::",
        "<",
        "::<>::",
        "<<>>::x",
        ":1",
        "a:b:9",
        "é" * 300,
    ],
)
def test_no_name_however_odd_is_more_than_not_found(animals, text):
    with pytest.raises(NotFound) as wrong:
        resolve(animals, text, CALLABLE, "query callers")
    assert wrong.value.message.isprintable()
    assert wrong.value.hint.isprintable()
    assert len(wrong.value.message) < 400


def test_raw_identifiers_and_relative_prefixes_are_read_as_people_write_them(animals):
    assert meant(animals, "crate::search_path") == ["app::search_path"]
    assert meant(animals, "self::pets::speak") == ["app::pets::speak"]
    assert meant(animals, "r#type") == ["app::type"]


def test_a_path_through_a_modules_imports_means_what_it_imports():
    found = view(
        """
        crate app | target=lib
        mod app::rt
        struct app::rt::inner::Runtime
        method app::rt::inner::Runtime::new
        method app::rt::inner::<Runtime as Drop>::drop
        method app::other::Runtime::new
        app::rt -imports-> app::rt::inner::Runtime
        app -imports-> app::rt::inner::Runtime
        """
    )
    for text in ("app::rt::Runtime", "rt::Runtime", "app::Runtime"):
        assert meant(found, text) == ["app::rt::inner::Runtime"]
    assert meant(found, "app::rt::Runtime::new", CALLABLE) == ["app::rt::inner::Runtime::new"]
    assert meant(found, "app::Runtime::drop") == ["app::rt::inner::<Runtime as Drop>::drop"]
    with pytest.raises(NotFound):
        resolve(found, "app::gone::Runtime", ANYTHING, "query uses")


def test_every_node_is_found_by_its_own_symbol_and_by_each_of_its_tails(animals):
    for number in animals.numbers():
        node = animals.node(number)
        assert number in [n for e in find(animals, node.symbol, ANYTHING, "query uses") for n in e.numbers]
        name, *tails = lookup_keys(node)
        assert number in animals.by_name(name)
        assert all(number in animals.by_tail(tail) for tail in tails)
        parts = segments(node.symbol)
        assert len(parts) == 1 or tail_key(parts) in tails
