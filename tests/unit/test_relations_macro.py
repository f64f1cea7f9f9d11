"""R8 and the contract's `macro`: a call of the workspace's own macro in a body is what the macro makes.

What the macro's rules bring stands at the call, flagged; what stands in its arguments keeps its own place.
"""

from __future__ import annotations

import pytest

from support.rust import graph_of

TYPES = """
    struct Target;
    impl Target { fn go(&self) -> Other { Other } }
    struct Other;
    impl Other { fn on(&self) -> Target { Target } }
    fn make() -> Target { Target }
    fn take(t: Target) -> Target { t }
"""


def told(source: str) -> list[str]:
    """The calls of `f`, with their places' lines in it."""
    graph = graph_of(TYPES + source)
    assert graph.opens() == []
    return graph.calls(of="crate::f")


def test_what_a_rule_calls_is_called_by_who_calls_the_macro() -> None:
    assert told("macro_rules! m { () => { make() } } fn f() { m!(); }") == [
        "crate::f -> crate::make [macro-made]"
    ]


def test_the_value_of_a_call_has_the_type_of_what_is_made() -> None:
    calls = told("macro_rules! m { ($e:expr) => { take($e).go() } } fn f() { m!(make()).on(); }")
    assert calls == [
        "crate::f -> crate::Other::on [inferred]",
        "crate::f -> crate::Target::go [inferred macro-made]",
        "crate::f -> crate::make [macro]",
        "crate::f -> crate::take [macro-made]",
    ]


def test_an_argument_keeps_its_own_line_and_what_is_made_stands_at_the_call() -> None:
    graph = graph_of(
        """
        macro_rules! m { ($e:expr) => { outer($e) } }
        fn f() {
            m!(
                inner()
            );
        }
        fn inner() -> u8 { 0 }
        fn outer(_: u8) {}
        """
    )
    assert graph.edges("calls", places=True) == [
        "crate::f calls crate::inner [macro] @ src/lib.rs:4",
        "crate::f calls crate::outer [macro-made] @ src/lib.rs:3",
    ]


@pytest.mark.parametrize(
    "rules",
    [
        "($x:ident) => { $x.go() }",
        "($x:expr) => { $x.go() }",
        "($($x:tt)*) => { ($($x)*).go() }",
        "($x:ident) => {{ let y = &$x; y.go() }}",
        "($x:ident) => { if true { $x.go() } else { Other } }",
        "($x:ident) => { match $x { y => y.go() } }",
        "($x:ident) => { inner!($x) }",
    ],
)
def test_a_local_that_an_argument_names_is_the_callers(rules: str) -> None:
    inner = "macro_rules! inner { ($x:expr) => { $x.go() } }"
    calls = told(f"{inner} macro_rules! m {{ {rules} }} fn f(t: Target) {{ m!(t).on(); }}")
    assert calls == [
        "crate::f -> crate::Other::on [inferred]",
        "crate::f -> crate::Target::go [inferred macro-made]",
    ]


def test_self_and_fields_and_methods_can_be_named() -> None:
    graph = graph_of(
        TYPES
        + """
        struct Holder { t: Target }
        macro_rules! field { ($s:ident . $n:ident => $m:ident) => { $s.$n.$m() } }
        impl Holder { fn f(&self) { field!(self.t => go).on(); } }
        """
    )
    assert graph.calls(of="crate::Holder::f") == [
        "crate::Holder::f -> crate::Other::on [inferred]",
        "crate::Holder::f -> crate::Target::go [inferred macro-made]",
    ]
    assert graph.opens() == []


def test_the_first_rule_that_takes_the_arguments_is_the_one() -> None:
    rules = "(one $e:expr) => { take($e) }; ($e:expr) => { $e.go() };"
    assert told(f"macro_rules! m {{ {rules} }} fn f(t: Target) {{ m!(t); }}") == [
        "crate::f -> crate::Target::go [inferred macro-made]"
    ]


def test_a_repetition_is_written_out() -> None:
    rules = "($($e:expr),*) => { $( take($e); )* }"
    calls = told(f"macro_rules! m {{ {rules} }} fn f() {{ m!(make(), Target, make()); }}")
    assert calls == ["crate::f -> crate::make [macro]", "crate::f -> crate::take [macro-made]"]


def test_crate_is_that_of_the_macro() -> None:
    graph = graph_of(
        """
        //- /a/Cargo.toml
        [package]
        name = "a"
        [dependencies]
        b = { path = "../b" }
        //- /a/src/lib.rs
        pub fn helper() {}
        pub fn f() { b::m!(); }
        //- /b/Cargo.toml
        [package]
        name = "b"
        //- /b/src/lib.rs
        pub fn helper() {}
        #[macro_export]
        macro_rules! m { () => { $crate::helper() } }
        """
    )
    assert graph.calls(of="a::f") == ["a::f -> b::helper [macro-made]"]


def test_what_a_macro_makes_can_call_macros() -> None:
    source = "macro_rules! a { () => { make() } } macro_rules! b { () => { a!().go() } } fn f() { b!(); }"
    assert told(source) == [
        "crate::f -> crate::Target::go [inferred macro-made]",
        "crate::f -> crate::make [macro-made]",
    ]


def test_a_name_that_nobody_can_tell_is_open_once() -> None:
    graph = graph_of("macro_rules! m { ($e:expr) => { $e.what().more() } } fn f(x: &X) { m!(x.first()); }")
    assert graph.opens() == ["crate::f ? first", "crate::f ? more", "crate::f ? what"]


def test_arguments_that_no_rule_takes_are_read_as_they_stand() -> None:
    assert told("macro_rules! m { (never) => { take() } } fn f() { m!(make()); }") == [
        "crate::f -> crate::make [macro]"
    ]


@pytest.mark.parametrize(
    "rules",
    [
        "($($x:tt)*) => { m!($($x)* 1) }",
        "($($x:tt)*) => { m!($($x)* $($x)* 1); m!($($x)* 1) }",
        "($($x:tt)*) => {{ m!($($x)*); m!($($x)*); m!($($x)*); make() }}",
    ],
)
def test_a_bomb_is_bounded(rules: str) -> None:
    graph = graph_of(TYPES + f"macro_rules! m {{ {rules} }} fn f() {{ m!(1); make(); }}")
    assert "crate::f -> crate::make" in graph.calls(of="crate::f")


def test_deep_nesting_is_bounded() -> None:
    rules = "($e:expr) => { (($e)) }"
    body = "m!(" * 60 + "make()" + ")" * 60
    graph = graph_of(TYPES + f"macro_rules! m {{ {rules} }} fn f() {{ {body}; make(); }}")
    assert "crate::f -> crate::make" in graph.calls(of="crate::f")


def test_an_edit_of_a_macro_changes_who_calls_it() -> None:
    from support.rust import facts_of, link

    files = {
        "src/lib.rs": "#[macro_use] mod m; mod n;",
        "src/m.rs": "macro_rules! m { () => { crate::n::a() } }",
        "src/n.rs": "pub fn a() {} pub fn b() {} fn f() { m!(); }",
    }
    linker = link(files)
    files["src/m.rs"] = files["src/m.rs"].replace("a()", "b()")
    linker.put("src/m.rs", facts_of("src/m.rs", files["src/m.rs"]))
    linker.link()
    wanted = link(files)
    assert (linker.nodes, linker.edges) == (wanted.nodes, wanted.edges)
    symbols = {node.id: node.symbol for node in linker.nodes.values()}
    holder = next(key for key, symbol in symbols.items() if symbol == "crate::n::f")
    assert "crate::n::b" in {symbols[edge.to] for edge in linker.edges[holder]}
