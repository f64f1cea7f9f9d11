"""generate-context (R4, R8; acceptance 3)."""

from __future__ import annotations

import re

import pytest

from isg_graph.context import answer_context, as_json, estimate_tokens, render_markdown, render_text
from isg_graph.context.gather import DRAFTS_MAX
from isg_graph.error import Ambiguous, NotFound, Usage
from support.graphs import graph

SOURCE = """use crate::T;
pub struct Deep<A> {
    pub field: A,
}
impl<A> Deep<A> {
    pub fn run(&self, input: &Input) -> Out {
        let made = helper(input);
        made
    }
}
fn caller() { deep.run(&input); }
fn outer() { caller(); }
#[test]
fn checks() { outer(); }
"""

TEXT = """
crate app @ src/lib.rs:1-14
struct app::Deep @ src/lib.rs:2-4 | vis=pub, sig=pub struct Deep<A> { pub field: A }
impl app::<impl Deep> @ src/lib.rs:5-10 | self=Deep<A>, sig=impl<A> Deep<A>
method app::Deep::run @ src/lib.rs:6-9 | vis=pub, sig=pub fn run(&self, input: &Input) -> Out
struct app::Input @ src/types.rs:1 | sig=pub struct Input
struct app::Out @ src/types.rs:2 | sig=pub struct Out
fn app::helper @ src/types.rs:3 | sig=fn helper(input: &Input) -> Out
fn app::caller @ src/lib.rs:11 | sig=fn caller()
fn app::outer @ src/lib.rs:12 | sig=fn outer()
fn app::checks @ src/lib.rs:14 | test, sig=fn checks()
external std::mem::drop
app -contains-> app::Deep
app::<impl Deep> -contains-> app::Deep::run
app::<impl Deep> -uses-> app::Deep @ src/lib.rs:5 | signature
app::Deep::run -uses-> app::Input @ src/lib.rs:6 | signature
app::Deep::run -uses-> app::Out @ src/lib.rs:6 | signature
app::Deep::run -calls-> app::helper @ src/lib.rs:7
app::Deep::run -calls-> std::mem::drop @ src/lib.rs:7
app::caller -calls-> app::Deep::run @ src/lib.rs:11
app::outer -calls-> app::caller @ src/lib.rs:12
app::checks -calls-> app::outer @ src/lib.rs:14
trait app::Erased @ src/route.rs:1 | sig=pub trait Erased<S, E>
struct app::Maker @ src/route.rs:2 | sig=pub struct Maker<H, S>
impl app::<impl Erased<S, Infallible> for Maker<H, S>> \
@ src/route.rs:3-5 | trait=Erased<S>, self=Maker, \
sig=impl<H, S> Erased<S, Infallible> for Maker<H, S> \
where H: Clone + Send + Sync + 'static, S: 'static
method app::<Maker as Erased>::into_route @ src/route.rs:4 | sig=fn into_route(self)
method app::Erased::into_route @ src/route.rs:1 | sig=fn into_route(self)
app::Maker -implements-> app::Erased @ src/route.rs:3
app::Erased -contains-> app::Erased::into_route
app::<impl Erased<S, Infallible> for Maker<H, S>> -contains-> app::<Maker as Erased>::into_route
app::<Maker as Erased>::into_route -overrides-> app::Erased::into_route
"""


@pytest.fixture(scope="module")
def made():
    return graph(TEXT, src__lib_=SOURCE)


def sections(context):
    return {section.title: [item.text for item in section.items] for section in context.sections}


def test_a_method_is_told_with_body_types_callers_calls_and_tests(made):
    told = sections(answer_context(made.view(), ["Deep::run"]))
    assert list(told) == ["Definition", "Types in its signature", "Callers", "Calls", "Tests"]
    assert "src/lib.rs:5 impl<A> Deep<A>" in told["Definition"][0]
    assert "src/lib.rs:7     let made = helper(input);" in told["Definition"][0].splitlines()
    assert told["Types in its signature"] == [
        "src/types.rs:1 pub struct Input",
        "src/types.rs:2 pub struct Out",
    ]
    assert told["Callers"] == [
        "src/lib.rs:11 app::caller — fn caller() { deep.run(&input); }",
        "src/lib.rs:12 app::outer — fn outer() (hop 2)",
    ]
    assert told["Calls"] == [
        "src/types.rs:3 app::helper — fn helper(input: &Input) -> Out",
        "external std::mem::drop",
    ]
    assert told["Tests"] == ["src/lib.rs:14 app::checks (hop 3)"]


def test_the_complex_impl_keeps_its_where_clause(made):
    whole = (
        "impl<H, S> Erased<S, Infallible> for Maker<H, S> where H: Clone + Send + Sync + 'static, S: 'static"
    )
    for entity in ("app::Maker", "app::Erased", "<Maker as Erased>::into_route", "src/route.rs:3"):
        assert f"src/route.rs:3 {whole}" in render_text(answer_context(made.view(), [entity]))


def test_a_traits_method_comes_with_the_contract(made):
    told = sections(answer_context(made.view(), ["<Maker as Erased>::into_route"]))
    assert told["Trait contract"] == [
        "src/route.rs:1 pub trait Erased<S, E>",
        "src/route.rs:1 app::Erased::into_route — fn into_route(self)",
    ]


def test_every_line_but_headings_begins_with_its_place(made):
    for entity in ("Deep::run", "app::Deep", "app::Erased", "std::mem::drop", "app"):
        for line in render_text(answer_context(made.view(), [entity])).splitlines():
            if line and not line.startswith(("#", "left out: ")):
                assert re.match(r"(\S+\.rs:\d+|external)( |$)", line), line


@pytest.mark.parametrize("budget", [1, 10, 30, 60, 90, 120, 200, 400, 4000])
@pytest.mark.parametrize("code", [False, True])
def test_the_budget_is_never_passed_and_what_is_left_out_is_counted(made, budget, code):
    context = answer_context(made.view(), ["Deep::run", "app::Maker"], budget_tokens=budget, code=code)
    text = render_text(context)
    assert context.tokens == estimate_tokens(text) <= budget
    whole = answer_context(made.view(), ["Deep::run", "app::Maker"], budget_tokens=100_000)
    assert whole.omitted == {}
    shown = {title: len(items) for title, items in sections(context).items()}
    for title, items in sections(whole).items():
        assert shown.get(title, 0) + context.omitted.get(title, 0) == len(items)


def test_the_body_is_left_out_when_it_is_more_than_its_share_unless_code_is_asked_for(made):
    small = answer_context(made.view(), ["Deep::run"], budget_tokens=170)
    assert "let made" not in render_text(small)
    assert small.omitted["Body lines"] > 0
    assert "pub fn run(&self, input: &Input) -> Out" in render_text(small)
    assert "let made" in render_text(answer_context(made.view(), ["Deep::run"], budget_tokens=170, code=True))


def test_the_same_question_gives_the_same_bytes_from_any_order_of_arrival(made):
    for entity in ("Deep::run", "app::Deep", "app::Erased", "app"):
        told = [render_text(answer_context(made.view(backwards), [entity])) for backwards in (False, True)]
        assert told[0] == told[1]


def test_the_json_has_the_contracts_keys(made):
    told = as_json(answer_context(made.view(), ["app::Deep"], budget_tokens=500))
    assert list(told) == ["entities", "budget", "tokens", "sections", "omitted", "version"]
    assert told["entities"][0]["symbol"] == "app::Deep"
    assert set(told["sections"][0]["items"][0]) == {"node", "text"}


def test_several_entities_share_the_sections(made):
    context = answer_context(made.view(), ["app::Deep", "app::Input"])
    assert [row["symbol"] for row in context.entities] == ["app::Deep", "app::Input"]
    assert len(sections(context)["Definition"]) == 2


def test_markdown_fences_each_section(made):
    text = render_markdown(answer_context(made.view(), ["Deep::run"]))
    assert text.startswith("# `app::Deep::run`\n")
    assert text.count("```") == 2 * text.count("\n## ")


def test_a_hop_less_context_has_direct_callers_only(made):
    told = sections(answer_context(made.view(), ["Deep::run"], hops=1))
    assert len(told["Callers"]) == 1


def test_failures_are_those_of_queries(made):
    with pytest.raises(NotFound):
        answer_context(made.view(), ["nothing_here"])
    with pytest.raises(Ambiguous) as both:
        answer_context(made.view(), ["into_route"])
    assert both.value.hint.startswith("isg generate-context ")
    for names, wrong in ((["Deep"], {"budget_tokens": 0}), (["Deep"], {"hops": 99}), ([], {}), ([""], {})):
        with pytest.raises(Usage):
            answer_context(made.view(), names, **wrong)


def test_what_half_the_code_calls_has_its_first_callers_told_and_all_counted():
    lines = ["fn app::hub @ src/hub.rs:1"]
    for number in range(DRAFTS_MAX + 40):
        lines += [f"fn app::f{number:04}", f"app::f{number:04} -calls-> app::hub @ src/a.rs:{number + 1}"]
    context = answer_context(graph("\n".join(lines)).view(), ["hub"], budget_tokens=100_000)
    assert len(sections(context)["Callers"]) == DRAFTS_MAX
    assert context.omitted == {"Callers": 40}
