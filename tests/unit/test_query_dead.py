"""dead-code and its three certainties (R3; acceptance 16a)."""

from __future__ import annotations

from support.graphs import ask, graph, view


def told(text, **texts):
    """{symbol: confidence} of an answer over the lines, with one source that names every item once."""
    made = graph(text)
    if not texts:
        names = " ".join(sorted({node.name for node in made.nodes.values() if node.file}))
        made.texts = {"src/lib.rs": names.encode()}
    else:
        made.texts = {path: source.encode() for path, source in texts.items()}
    found = ask(made.view(), "dead-code")
    return {row["symbol"]: row["confidence"] for row in found["results"]}


def test_a_private_function_that_nothing_refers_to_is_certain():
    text = "fn app::main\nfn app::used\nfn app::unused\napp::main -calls-> app::used"
    assert told(text) == {"app::unused": "certain"}


def test_why_is_said():
    made = graph("fn app::main\nfn app::unused")
    made.texts = {"src/lib.rs": b"fn main() {} fn unused() {}"}
    row = ask(made.view(), "dead-code")["results"][0]
    assert row["why"] == "private, and nothing refers to it"


def test_a_function_passed_as_a_value_is_alive():
    text = "fn app::main\nfn app::handler\napp::main -uses-> app::handler | body"
    assert told(text) == {}


def test_what_only_tests_reach_is_likely():
    text = "fn app::main\nfn app::helper\nfn app::t | test\napp::t -calls-> app::helper"
    assert told(text) == {"app::helper": "likely"}
    assert ask(view(text), "dead-code")["results"][0]["why"] == "only tests reach it"


def test_an_island_of_unused_items_is_likely():
    text = "fn app::main\nfn app::a\nfn app::b\napp::a -calls-> app::b\napp::b -calls-> app::a"
    assert told(text) == {"app::a": "likely", "app::b": "likely"}


def test_a_function_that_only_calls_itself_is_certain():
    assert told("fn app::main\nfn app::a\napp::a -calls-> app::a") == {"app::a": "certain"}


def test_public_items_of_a_library_are_alive_and_other_public_ones_are_likely_dead():
    assert told("fn app::main\nfn app::a | library, vis=pub\nfn app::b | vis=pub") == {"app::b": "likely"}


def test_a_public_item_that_a_librarys_module_imports_is_taken_for_re_exported():
    text = "crate app | library, vis=pub\nfn app::inner::a | vis=pub\nfn app::inner::b | vis=pub"
    assert told(text + "\napp -imports-> app::inner::a") == {"app::inner::b": "likely"}


def test_what_an_attribute_a_macro_a_cfg_or_an_open_call_may_use_is_unknown():
    text = """
    fn app::main
    fn app::a | attr=no_mangle
    fn app::b | macro
    fn app::c | cfg=windows
    fn app::d
    fn app::e
    fn app::f | attr=inline
    app::main ?d
    app::main -calls-> app::e | candidate
    """
    assert told(text) == {
        "app::a": "unknown",
        "app::b": "unknown",
        "app::c": "unknown",
        "app::d": "unknown",
        "app::e": "unknown",
        "app::f": "certain",
    }


def test_a_name_that_stands_elsewhere_in_the_sources_is_unknown_unless_in_a_comment():
    text = "fn app::main\nfn app::odd"
    assert told(text, **{"src/lib.rs": "fn odd() {} macro_rules! m { () => { odd() } }"}) == {
        "app::odd": "unknown"
    }
    assert told(text, **{"src/lib.rs": "fn odd() {} // odd is odd"}) == {"app::odd": "certain"}


def test_without_sources_nothing_is_certain():
    assert {r["confidence"] for r in ask(view("fn app::a"), "dead-code")["results"]} == {"likely"}


TRAITS = """
fn app::main
struct app::Used
struct app::Unused
trait app::T
method app::T::go
impl app::<impl T for Used> @ src/lib.rs:20 | trait=T, self=Used
method app::<Used as T>::go @ src/lib.rs:21
fn app::behind
app::T -contains-> app::T::go
app::<impl T for Used> -contains-> app::<Used as T>::go
app::<impl T for Used> -uses-> app::Used | signature
app::<impl T for Used> -uses-> app::T | signature
app::Used -implements-> app::T @ src/lib.rs:20
app::<Used as T>::go -overrides-> app::T::go
app::<Used as T>::go -calls-> app::behind
"""


def test_a_living_type_keeps_its_impls_and_what_they_call_alive():
    assert told(TRAITS + "app::main -uses-> app::Used | body") == {"app::Unused": "certain"}


def test_items_of_traits_and_of_their_impls_are_never_listed():
    found = told(TRAITS)
    assert found == {
        "app::Unused": "certain",
        "app::Used": "likely",
        "app::T": "likely",
        "app::behind": "likely",
    }


def test_the_confidences_are_counted_before_the_limit():
    made = graph("fn app::main\nfn app::a\nfn app::b")
    made.texts = {"src/lib.rs": b"a b main"}
    found = ask(made.view(), "dead-code", limit=1)
    assert found["by_confidence"] == {"certain": 2, "likely": 0, "unknown": 0}
    assert found["truncated"] is True


def test_a_macro_whose_name_stands_elsewhere_is_not_listed():
    text = "fn app::main\nmacro app::used\nmacro app::unused"
    assert told(text, **{"src/lib.rs": "macro_rules! used {} macro_rules! unused {} used!();"}) == {
        "app::unused": "certain"
    }


def test_an_item_whose_name_says_unused_is_only_likely():
    assert told("fn app::main\nfn app::_types") == {"app::_types": "likely"}
