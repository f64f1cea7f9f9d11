"""R2, R6: no text makes the linker fail or run away. Each test holds a mend of something that once did.

A text that grows with a number stands for any size: what was exponential or cubic would not end here.
"""

from __future__ import annotations

import sys

from isg_graph.infer.ty import TYPE_PARTS_MAX, UNKNOWN_TYPE, bounded
from isg_graph.link.linker import Linker
from isg_graph.parse.extract import extract
from isg_graph.resolve.expansion import CALL_EXPANSIONS_MAX
from isg_graph.resolve.tree import ALTERNATIVES_MAX
from isg_protocol.vocabulary import CALLS
from support.rust import Graph, facts_of, link


def graph(source: str) -> Graph:
    return Graph(link({"src/lib.rs": source}))


# --- re-exports in rings ------------------------------------------------------------------------------------


def ring(size: int, *steps: int, inside: str = "") -> str:
    """Modules that each re-export everything of those some steps ahead, around a ring."""
    return "".join(
        f"pub mod m{i} {{ "
        + "".join(f"pub use crate::m{(i + step) % size}::*; " for step in steps)
        + f"pub fn f{i}() {{ far(); nowhere(); }} {inside if i == size // 2 else ''} }}\n"
        for i in range(size)
    )


def test_a_long_chain_of_glob_re_exports_is_followed_to_its_end() -> None:
    told = graph(ring(200, 1, inside="pub fn far() {}"))
    assert told.calls(of="crate::m101::f101") == ["crate::m101::f101 -> crate::m100::far"]


def test_a_chain_longer_than_any_in_use_is_no_error() -> None:
    told = graph(ring(300, 1))
    assert len(told.symbols("function")) == 300


def test_a_dense_ring_of_globs_is_not_walked_along_all_its_ways() -> None:
    told = graph(ring(24, 1, 5, 7, inside="pub fn far() {}"))
    assert len([line for line in told.calls() if line.endswith("-> crate::m12::far")]) == 24
    assert len([line for line in told.opens() if line.endswith("? nowhere")]) == 24


def test_a_ring_of_named_re_exports_finds_what_one_of_them_defines() -> None:
    everyone = range(12)
    source = "".join(
        f"pub mod m{i} {{ "
        + (
            "pub fn far() {} "
            if i == 7
            else "".join(f"pub use crate::m{j}::far; " for j in everyone if j != i)
        )
        + f"pub fn f{i}() {{ far(); }} }}\n"
        for i in everyone
    )
    told = graph(source)
    assert sorted(told.calls()) == sorted(f"crate::m{i}::f{i} -> crate::m7::far" for i in everyone)


def test_what_a_ring_answers_does_not_depend_on_who_asks_first() -> None:
    """`a` asks through `b`, `b` through `a`; each must also see what the other's second glob brings."""
    first = "pub mod a { pub use crate::b::*; pub use crate::c::*; pub fn fa() { x(); } }"
    second = "pub mod b { pub use crate::a::*; pub use crate::d::*; pub fn fb() { x(); } }"
    rest = "pub mod c { pub fn x() {} } pub mod d { pub fn y() {} }"
    one, other = graph(f"{first} {second} {rest}"), graph(f"{second} {first} {rest}")
    wanted = ["crate::a::fa -> crate::c::x", "crate::b::fb -> crate::c::x"]
    assert one.calls() == other.calls() == wanted


def test_the_stack_limit_is_what_it_was_after_a_link() -> None:
    before = sys.getrecursionlimit()
    graph("fn f() {}")
    assert sys.getrecursionlimit() == before


def test_a_linker_may_be_called_from_deep_in_a_stack() -> None:
    linker = Linker()
    linker.put("src/lib.rs", facts_of("src/lib.rs", f"fn f(x: u8) -> u8 {{ {'f(' * 90}1{')' * 90} }}"))

    def deep(levels: int) -> None:
        if levels:
            deep(levels - 1)
        else:
            linker.link()

    deep(700)
    assert Graph(linker).calls() == ["crate::f -> crate::f"]


# --- macros that multiply -----------------------------------------------------------------------------------


def test_a_macro_that_calls_itself_twice_ends_at_its_bound_and_others_are_not_hurt() -> None:
    told = graph(
        "macro_rules! bomb { ($($t:tt)*) => { fn made() {} bomb!($($t)* a); bomb!($($t)* b); } }"
        "macro_rules! plain { ($name:ident) => { fn $name() {} } }"
        "bomb!(); plain!(after);"
    )
    assert len(told.all("crate::made")) == CALL_EXPANSIONS_MAX
    assert told.node("crate::after").macro


def test_a_macro_that_doubles_its_arguments_ends() -> None:
    told = graph(
        "macro_rules! grow { ($($t:tt)*) => { grow!($($t)* $($t)*); grow!($($t)* $($t)* x); fn made() {} } }"
        "grow!(x);"
    )
    assert 1 < len(told.all("crate::made")) < CALL_EXPANSIONS_MAX


def test_a_written_call_has_the_bound_for_itself() -> None:
    calls = "".join(f"one!(f{i});" for i in range(CALL_EXPANSIONS_MAX + 10))
    told = graph("macro_rules! one { ($name:ident) => { fn $name() {} } }" + calls)
    assert len(told.symbols("function")) == CALL_EXPANSIONS_MAX + 10


# --- one name, many times -----------------------------------------------------------------------------------


def test_thousands_of_one_name_make_no_square_of_edges() -> None:
    count = 2_000
    told = graph("fn f() { f(); }\n" * count)
    assert len(told.all("crate::f")) == count
    assert len(told.edges("calls")) <= ALTERNATIVES_MAX + 1
    few = graph("fn f() { f(); }\n" * 3)
    assert few.edges("calls") == ["crate::f calls crate::f", "crate::f calls crate::f [candidate]"]


# --- types that double --------------------------------------------------------------------------------------


def doubled(first: str, step: str, last: str) -> str:
    """A body of sixty `let`s, each of which uses the one before twice."""
    lets = "".join(f"let a{i + 1} = {step.replace('A', f'a{i}')};" for i in range(60))
    return f"fn f() {{ let a0 = {first}; {lets} {last.replace('A', 'a60')} }}"


def test_a_tuple_of_itself_sixty_times_over_becomes_unknown() -> None:
    source = doubled("1u8", "(A, A)", "let mut c = A; c = A; A == c; A.go(); after();") + " fn after() {}"
    assert graph(source).calls() == ["crate::f -> crate::after"]


def test_a_generic_result_of_itself_sixty_times_over_becomes_unknown() -> None:
    source = (
        "struct W<A, B>(A, B); impl<A, B> W<A, B> { fn go(&self) {} } "
        "fn twice<T>(t: T) -> W<T, T> { W(t, t) }"
    )
    told = graph(
        source + doubled("1u8", "twice(A)", "A.go(); a3.go();") + f"fn g() {{ {'twice(' * 60}1{')' * 60}; }}"
    )
    assert "crate::f -> crate::W::go [inferred]" in told.calls()
    assert "crate::g -> crate::twice" in told.calls()


def test_a_type_within_the_bound_is_kept_whole() -> None:
    chain: tuple[object, ...] = (2, "u8")
    for _ in range(TYPE_PARTS_MAX - 1):
        chain = (4, chain, False)
    assert bounded(chain) is chain
    assert bounded((4, chain, False)) == UNKNOWN_TYPE


# --- imports that name themselves ---------------------------------------------------------------------------


def test_an_import_of_a_name_from_a_crate_of_that_name_means_the_same_whoever_asks_first() -> None:
    """`use tool::tool`: the first `tool` is the crate, though the import makes a `tool` too. Asked of a live
    linker after a body had asked, it once was `tool::tool::tool`."""
    after = {"src/lib.rs": "use tool::tool; fn f() { tool::new(); }"}
    linker = link({"src/lib.rs": "use tool::tool; fn f() { tool::new(); } fn g() {}"})
    linker.put("src/lib.rs", facts_of("src/lib.rs", after["src/lib.rs"]))
    linker.link()
    assert linker.nodes == link(after).nodes
    assert "tool::tool" in Graph(linker).symbols("external", externals=True)
    assert "tool::tool::tool" not in Graph(linker).symbols("external", externals=True)


def test_an_import_that_names_itself_may_begin_at_a_module_beside_it() -> None:
    told = graph("mod tool { pub fn tool() {} } use tool::tool; fn f() { tool(); tool::tool(); }")
    assert told.calls() == ["crate::f -> crate::tool::tool"]


# --- projections that lead to projections -------------------------------------------------------------------


def test_bounds_that_name_the_associated_type_of_their_own_subject_end() -> None:
    """Each bound's `Output` is asked of every impl, whose bounds ask for the `Output` again."""
    ops = ("Add", "Mul", "Sub", "Div", "Rem", "BitAnd", "BitOr", "BitXor", "Shl", "Shr")
    kinds = ("u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64", "f32", "f64")
    impls = [
        f"impl<T, U> {op}Assign<U> for Lanes<T> where Self: {op}<U, Output = Self>"
        f" {{ fn {op.lower()}_assign(&mut self, rhs: U) {{ *self = self.{op.lower()}(rhs); done(); }} }}"
        for op in ops
    ]
    impls += [
        f"impl Sum<Self> for Lanes<{kind}> {{ fn sum<I: Iterator<Item = Self>>(iter: I) -> Self"
        f" {{ iter.fold(Lanes::splat(0 as {kind}), Add::add) }} }}"
        for kind in kinds
    ]
    told = graph(
        "use core::ops::*; use core::iter::*; use crate::lanes::Lanes; fn done() {}" + "\n".join(impls)
    )
    assert len([line for line in told.calls() if line.endswith("-> crate::done")]) == len(ops)


# --- text ---------------------------------------------------------------------------------------------------


def test_many_inner_attributes_behind_a_macros_brace_are_read_once() -> None:
    source = "feature! {\n" + "    #![windows]\n\n" * 40 + "    (\n}\nfn whole() {}\n"
    assert graph(source).symbols("function") == ["crate::whole"]


def test_a_type_that_recovery_left_without_a_name_names_nothing() -> None:
    linker = Linker()
    linker.put("src/lib.rs", extract(b"fn f() -> I<r,\xff&r> {} fn g() { f(); }"))
    linker.link()
    assert [edge for edges in linker.edges.values() for edge in edges if edge.kind == CALLS]


def test_a_derive_above_what_cannot_derive_makes_nothing() -> None:
    assert graph("#[derive(Clone)] pub mod e {} #[derive(Clone)] fn f() {}").symbols("impl") == []
