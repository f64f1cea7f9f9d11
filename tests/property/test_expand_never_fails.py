"""R1, R7: no rules and no arguments make expansion raise, and it depends on nothing but them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from isg_graph.expand import expand
from isg_graph.expand.fragment import READERS
from isg_graph.expand.token import flat, read_trees

LEAVES = [
    "a", "b", "fn", "struct", "impl", "if", "match", "let", "pub", "for", "in", "as", "dyn", "const",
    "unsafe",
    "self", "crate", "$crate", "_", "'a", "'x'", '"s"', 'r#"r"#', "1", "2.5", "r#fn", ",", ";", ":", "::",
    "=>",
    "->", "=", "==", "<", ">", "<<", ">>", ">>=", "&", "&&", "|", "||", "!", "?", ".", "..", "..=", "+", "-",
    "*",
    "#", "@", "$", "$x", "$y", "$z",
]  # fmt: skip
soup = st.lists(st.sampled_from(LEAVES), max_size=12).map(" ".join)
trees = st.recursive(
    soup,
    lambda inner: st.lists(
        st.one_of(soup, st.builds("{} ({})".format, st.sampled_from(LEAVES), inner),
                  st.builds("[{}]".format, inner), st.builds("{{{}}}".format, inner),
                  st.builds("$({}){}".format, inner, st.sampled_from(["*", ",*", "+", ";+", "?", ""]))),
        max_size=4,
    ).map(" ".join),
    max_leaves=8,
)  # fmt: skip
fragment = st.builds("${}:{}".format, st.sampled_from("xyz"), st.sampled_from([*READERS, "what"]))
matcher = st.recursive(
    st.lists(st.one_of(fragment, st.sampled_from(LEAVES)), max_size=5).map(" ".join),
    lambda inner: st.lists(
        st.one_of(fragment, st.builds("({})".format, inner),
                  st.builds("$({}){}".format, inner, st.sampled_from(["*", ",*", "+", ";+", "?"]))),
        max_size=4,
    ).map(" ".join),
    max_leaves=6,
)  # fmt: skip
rules = st.lists(st.builds("({}) => {{ {} }}".format, matcher, trees), min_size=1, max_size=4).map("; ".join)


@settings(max_examples=400, deadline=None)
@given(rules, trees)
def test_no_rules_and_no_arguments_raise(definition: str, arguments: str) -> None:
    first = expand(definition, arguments)
    assert first is None or isinstance(first, str)
    assert expand(definition, arguments) == first
    if first is not None:
        read_trees(first)  # it is whole: its delimiters pair


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.text(alphabet="(){}[]<>$'\"ab:,;=>*+?!#/\\r1. \n", max_size=60))
def test_no_text_at_all_raises(one: str, other: str) -> None:
    for definition, arguments in ((one, other), (other, one), (f"($($x:tt)*) => {{ {other} }}", one)):
        got = expand(definition, arguments)
        assert got is None or isinstance(got, str)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(READERS)), soup, soup)
def test_a_fragment_reads_a_prefix_and_the_rest_is_left(kind: str, before: str, after: str) -> None:
    """Nothing is lost, added or moved between what a fragment takes and what it leaves."""
    text = f"{before} {after}"
    got = expand(f"($x:{kind} $($rest:tt)*) => {{ [$x] [$($rest)*] }}", text)
    if got is not None:
        taken, rest = read_trees(got)
        assert not isinstance(taken, str)
        assert not isinstance(rest, str)
        assert unsplit(flat(taken.items, []) + flat(rest.items, [])) == unsplit(flat(read_trees(text), []))


def unsplit(words: list[str]) -> str:
    return "".join(words)
