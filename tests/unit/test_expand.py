"""R8: the workspace's own `macro_rules!` are expanded by example, within bounds.

Each example is a macro's rules, an invocation's tokens, and the text they make (None where no rule applies).
"""

from __future__ import annotations

import re

import pytest

from isg_graph.expand import expand
from isg_graph.expand.limit import (
    CHARACTERS_OUT_MAX,
    TEXT_CHARACTERS_MAX,
    TOKENS_IN_MAX,
    TOKENS_OUT_MAX,
    TREE_DEPTH_LEVELS_MAX,
)
from isg_graph.expand.token import flat, read_trees
from isg_graph.parse.extract import extract
from isg_graph.parse.signature import normal_tokens
from isg_protocol.facts import StructHead

Example = tuple[str, str, str | None]


def check(rules: str, arguments: str, expected: str | None) -> None:
    """The same from source text and from its tokens joined by spaces; compared token by token."""
    wanted = None if expected is None else words(expected)
    for form in (str, lambda text: normal_tokens(text.encode())):
        got = expand(form(rules), form(arguments))
        assert (None if got is None else words(got)) == wanted


def words(text: str) -> list[str]:
    """The tokens; `>>` as two, for a fragment that ends inside it splits it."""
    parted = re.sub("<<|>>", lambda found: " ".join(found[0]), re.sub(">>>", "> >>", text))
    return flat(read_trees(parted), [])


# --- fragments ------------------------------------------------------------------------------------------

WHOLE: list[tuple[str, list[str], list[str]]] = [
    # specifier, texts that are exactly one such fragment, texts that are not
    ("ident", ["a", "_a", "r#fn", "self", "fn", "été"], ["_", "1", "a b", "'a", "a::b", ""]),
    ("lifetime", ["'a", "'static", "'_"], ["a", "'a'", "&'a", ""]),
    (
        "literal",
        ["1", "-1", "1.5e-3", "0x1fu8", '"a b"', 'r#"a " b"#', "b'\\''", 'b"x"', 'c"x"', "'\\n'", "true",
        "1."],
        ["a", "--1", '-"a"', "1 + 2", "", "'a"],
    ),
    ("block", ["{}", "{ a; b }"], ["()", "a", "{} {}", ""]),
    ("tt", ["a", "(a b)", "[ ]", "=>", "::", "'a", "1", ">>="], ["a b", ""]),
    ("vis", ["pub", "pub(crate)", "pub(in a::b)", "pub(super)", "crate"], ["pub (A, B)", "private", "",
     "fn"]),
    (
        "meta",
        ["a", "a::b", 'doc = "x"', "cfg(any(a, b))", "a = b::<c>!()", "unsafe(no_mangle)", "a[b]"],
        ["a b", "'a", "", "a =", "#[a]"],
    ),
    (
        "path",
        ["a", "a::b::C", "::a::B", "Vec<u8>", "a::B<C, 'd, 3>::E", "Fn(u8) -> u8", "Self", "$crate::a",
        "a::<b>"],
        ["a b", "&a", "", "3", "a::"],
    ),
    (
        "ty",
        [
            "u8", "()", "(A, B)", "[u8; 3]", "&'a mut T", "&&T", "*const T", "!", "_", "A + Send",
            "?Sized + A",
            "Result<Vec<u8>, Box<dyn Fn(u8) -> u8 + Send>>", "fn(u8) -> Vec<Vec<Vec<u8>>>", "A<B = C>",
            "unsafe extern \"C\" fn(a: u8)", "for<'a> fn(&'a u8)",
            "dyn for<'a> Fn(&'a u8) -> &'a u8 + 'static",
            "impl Iterator<Item = u8>", "<T as A<B>>::C", "<<T as A>::B as C>::D", "Vec<<T as A>::B>",
            "a::b!(c)",
            "A<-1, { N + 1 }, true, 'a'>", "&(dyn A + B)", "impl Iterator<Item: Clone>", "A<>", "'a + A",
            "::a::B",
        ],
        ["a b", "1", "", "Vec<", "Vec<u8>>", "A<B> C", "&a + b", "fn", "impl"],
    ),
    (
        "pat",
        [
            "_", "a", "A | B", "| A | B", "Some(x)", "a::B { c, .. }", "(a, b)", "[a, ..]", "1..=5", "..=9",
            "1..",
            "-1", "'a'..='z'", "&mut x", "&&x", "ref mut x", "x @ 1..=2", "A::B..=A::C", "Vec::<u8>::N",
            "a!(b)",
            "<T as A>::B", "mut x", "\"a\"", "true", "const { 1 }", "x @ A(_)", "..",
        ],
        ["a b", "", "a if b", "{ }", "=> a", "a = b"],
    ),
    ("pat_param", ["a", "Some(A | B)", "x @ 1"], ["A | B", "| A"]),
    (
        "expr",
        [
            "a", "1 + 2 * -3", "a.b.0.1.c()", "a::<u8>::b()?", "a.b::<Vec<Vec<u8>>>(c)", "a < b",
            "a < b && c > d",
            "a as u8 + 1", "A { b: c, ..d }", "a::B::<C> { d }", "|x| x + 1",
            "move |a: u8, (b, c)| -> u8 { a }",
            "|| a", "async move { a.await }", "if a { b } else if c { d } else { e }",
            "if let A(b) = c && d { e }",
            "match a { b => c }", "match a { } . b()", "loop { }", "'a: loop { break 'a 1 }", "while a { }",
            "for (a, b) in c.d() { }", "unsafe { a }", "return", "return a + b", "break", "break 'a",
            "continue",
            "&mut a", "&raw const a", "&&a", "*a = b", "a += b", "..", "a..", "..b", "a..=b", "a[1..]",
            "[1; 2]",
            "(a, b)", "{ a }", "a!(b => c)", "a::b![c] + d", "<T as A>::b(c)", "<u8>::c", "#[a] b", "!a",
            "a?.b?",
            "a == b", "const { a }", "|a| |b| a | b", "$crate::a(b)", "static || a", "x.0.0", "_",
            "if a == (B { c }) { d }", "a as *const u8 as usize", "yield a", "self", "a.await", "1.max(2)",
            "1. + 2.",
        ],
        ["a b", "a => b", "", "a,", "struct A", "fn a() {}", "as", "a +", "if a", "a.", "=> b", "x = ",
        "pub a", "let a = b"],
    ),
    ("expr_2021", ["a + b", "match a {}"], ["_", "const { a }"]),
    (
        "stmt",
        [
            "let a = b", "let (a, b): (u8, u8) = c", "let Some(a) = b else { return }", "a.b()", "struct A;",
            "a!(b)",
            "fn a() {}", "use a::{b, c};", "let a", "#[a] let b = c",
        ],
        ["a b", "let", "struct", ""],
    ),
    (
        "item",
        [
            "struct A;", "struct A(u8);", "pub struct A<T> where T: B { c: T }", "enum A { B }", "mod a { }",
            "mod a;",
            "#[a] pub(crate) fn b<const N: usize>(c: [u8; N]) -> D<{ N }> where E: F { }", "const A: u8 = 1;",
            "pub const unsafe extern \"C\" fn a() {}", "static mut A: u8 = 1;", "use a::{b, c as d};",
            "a! { b }",
            "type A<B> = C<D>;", "trait A: B { fn c(); }", "unsafe impl<T> A for B<T> {}",
            "extern crate a as b;",
            "extern \"C\" { fn a(); }", "macro_rules! a { () => {} }", "a::b!(c);", "union A { b: u8 }",
            "use ::a::b;",
            "async fn a() {}", "const _: () = { };", "pub unsafe trait A {}", "default impl A for B {}",
            "fn a();",
            "pub macro a($b:tt) { c }", "const fn a<T>() -> A<Vec<T>> { }",
        ],
        ["a", "let a = b;", "struct A", "struct A; struct B;", "", "a!(b)", "fn a()", "const { a }", "a { }"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text", "fits"),
    [(kind, text, True) for kind, good, _ in WHOLE for text in good]
    + [(kind, text, False) for kind, _, bad in WHOLE for text in bad],
)
def test_a_fragment_is_what_its_specifier_says(kind: str, text: str, fits: bool) -> None:
    """A text that is no such fragment falls to the next rule."""
    got = expand(f"($x:{kind}) => {{ yes $x }}; ($($x:tt)*) => {{ no }}", text)
    assert got is not None
    assert words(got) == (["yes", *words(text)] if fits else ["no"])


@pytest.mark.parametrize(
    "example",
    [
        # behind a fragment stands what may follow it
        ("($a:expr => $b:expr; $c:expr) => { $c $b $a }", "a < b => |x| x, y", None),
        ("($a:expr => $b:expr; $c:expr) => { $c, $b, $a }", "a < b => |x| x; A { y: z }",
         "A { y: z }, |x| x, a < b"),
        ("($t:ty = $e:expr) => { $e; $t }", "Vec<Vec<u8>>= 1", "1; Vec<Vec<u8> >"),
        ("(<$t:ty>) => { $t }", "<Vec<u8>>", "Vec<u8>"),
        ("($t:ty as $u:path, $p:pat => $e:expr) => { $t $u $p $e }", "&T as A<B>, A | B => 1",
         "&T A<B> A | B 1"),
        ("($p:pat if $e:expr) => { $e $p }", "Some(1..=2) if a == b", "a == b Some(1..=2)"),
        # in old editions a pattern may be separated by `|`
        ("($($p:pat)|+ => $e:expr) => { $( ($p) )* $e }", "A | B(_) => 1", "(A) (B(_)) 1"),
        ("($a:pat | $b:pat) => { $b $a }", "A | B", "B A"),
        # an empty visibility reads nothing
        ("($v:vis struct $n:ident) => { [$v] $n }", "struct A", "[] A"),
        ("($v:vis struct $n:ident) => { [$v] $n }", "pub(in a) struct A", "[pub(in a)] A"),
        ("($v:vis $t:ty) => { [$v] $t }", "pub (A, B)", "[pub] (A, B)"),
        ("($($v:vis $f:ident : $t:ty),*) => { $($f $v;)* }", "a: A, pub b: B<C>", "a; b pub;"),
        ("($l:lifetime: $b:block $l2:lifetime) => { $l2 $b $l }", "'a: { b } 'c", "'c { b } 'a"),
        ("($i:item $($r:tt)*) => { [$($r)*] $i }", "#[a] struct A(u8); fn b() {}",
         "[fn b() {}] #[a] struct A(u8);"),
        ("($s:stmt; $($r:tt)*) => { [$($r)*] $s }", "let a = b; c", "[c] let a = b"),
        ("(#[$m:meta] $i:ident) => { $i #[$m] }", "#[doc = \"a\"] b", "b #[doc = \"a\"]"),
        ("($x:literal $y:tt) => { $y $x }", "-1 a", "a -1"),
        ("($x:tt) => { $x }", "{ a [b] }", "{ a [b] }"),
    ],
)  # fmt: skip
def test_a_fragment_ends_where_its_grammar_does(example: Example) -> None:
    check(*example)


# --- repetitions ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "example",
    [
        ("() => { a }", "", "a"),
        ("() => { a }", "b", None),
        ("($x:ident) => { $x $x }", "a", "a a"),
        ("($($x:ident)*) => { [$($x)*] }", "", "[]"),
        ("($($x:ident)*) => { [$($x),*] }", "a b c", "[a, b, c]"),
        ("($($x:ident),*) => { $(f($x);)* }", "a, b", "f(a); f(b);"),
        ("($($x:ident),*) => { $($x)* }", "a, b,", None),
        ("($($x:ident),* $(,)?) => { $($x)* }", "a, b,", "a b"),
        ("($($x:ident),+) => { $($x)* }", "", None),
        ("($($x:ident),+) => { $($x)+ }", "a", "a"),
        ("($($x:ident);*) => { $($x)=>* }", "a; b", "a => b"),
        ("($($x:ident)=>*) => { $($x)::* }", "a => b", "a::b"),
        ("($($x:ident)?) => { [$($x)?] }", "", "[]"),
        ("($($x:ident)?) => { [$($x)?] }", "a", "[a]"),
        ("($($x:ident)?) => { [$($x)?] }", "a b", None),
        ("($(pub $x:ident)? fn) => { $($x)? }", "fn", ""),
        ("($a:ident $(, $b:ident)*) => { $a $($b)* }", "x, y, z", "x y z"),
        ("($($k:ident = $v:expr),*) => { $($v => $k),* }", "a = 1 + 2, b = c", "1 + 2 => a, c => b"),
        # depth two and three, driven by the variables within
        ("($($n:ident: [$($x:ty),*]);*) => { $(fn $n($(_: $x),*);)* }", "a: [u8, Vec<u8>]; b: []",
         "fn a(_: u8, _: Vec<u8>); fn b();"),
        ("($($a:ident { $($b:ident ( $($c:literal)* ))* })*) => { $($( $a::$b[$($c,)*]; )*)* }",
         "x { y (1 2) z () } w { v (3) }", "x::y[1, 2,]; x::z[]; w::v[3,];"),
        # a variable from further out stands in every turn
        ("($t:ty; $($x:ident),*) => { $($x: $t,)* }", "u8; a, b", "a: u8, b: u8,"),
        ("($($o:ident: $($i:ident)*);*) => { $($( $o.$i; )*)* }", "a: b c; d:", "a.b; a.c;"),
        # two lists in step
        ("($($a:ident)*; $($b:ident)*) => { $($a = $b;)* }", "a b; c d", "a = c; b = d;"),
        ("($($a:ident)*; $($b:ident)*) => { $($a = $b;)* }", "a b; c", None),
        # `+` behind the repetition is its operator, never its separator
        ("($($x:ident)+*) => { $($x)* }", "a b *", "a b"),
        # what follows decides where a repetition ends
        ("($(#[$m:meta])* $(pub)? struct $n:ident) => { $n }", "#[a] #[b(c)] pub struct S", "S"),
        ("($($x:ident,)* .. $($y:ident)?) => { $($x)* $($y)? }", "a, b, .. c", "a b c"),
        ("($($(#[$m:meta])* $x:ident),*) => { $($x $(#[$m])*),* }", "#[a] #[b] c, d", "c #[a] #[b], d"),
    ],
)  # fmt: skip
def test_a_repetition_binds_a_list_for_each_level(example: Example) -> None:
    check(*example)


def test_a_variable_used_at_the_wrong_depth_has_no_expansion() -> None:
    assert expand("($($x:ident)*) => { $x }", "a b") is None
    assert expand("($x:ident) => { $($x)* }", "a") is None
    assert expand("($x:ident) => { $(y)* }", "a") is None


def test_a_repetition_that_reads_nothing_is_no_rule() -> None:
    assert expand("($($($x:ident)*)*) => { 1 }; (a) => { 2 }", "a") == "2"
    assert expand("($($v:vis)*) => { 1 }; ($x:tt) => { 2 }", "a") == "2"


# --- rules --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "example",
    [
        ("(a) => { 1 }; (b) => { 2 }; ($x:ident) => { 3 };", "b", "2"),
        ("(a) => { 1 }; ($x:ident) => { 3 }", "c", "3"),
        ("(a) => { 1 }; ($x:ident) => { 3 }", "1", None),
        ("[$x:expr] => ( $x ) ; {$x:expr; $n:expr} => [ $n ]", "a; b", "b"),
        ("($x:expr) => { one }; ($($t:tt)*) => { many }", "a b c", "many"),
        ("(($a:ident, $b:ident)) => { pair }; ([$a:ident]) => { list }", "[x]", "list"),
        # internal rules, and one step of a muncher
        ("(@go $x:ident) => { done $x }; ($x:ident) => { m!(@go $x) }", "a", "m!(@go a)"),
        ("(@go $x:ident) => { done $x }; ($x:ident) => { m!(@go $x) }", "@go a", "done a"),
        ("(@a [$($d:tt)*] $h:tt $($r:tt)*) => { m!(@a [$($d)* ($h)] $($r)*) }; (@a $d:tt) => { $d }",
         "@a [(x)] y z => w", "m!(@a [(x) (y)] z => w)"),
        # rules of `macro`
        ("($x:ident) => { 1 }, ($x:literal) => { 2 }", "5", "2"),
        # a rule that no compiler takes is passed over
        ("($x:unheard) => { 1 }; ($x:ident) => { 2 }", "a", "2"),
        ("($x) => { 1 }; ($x:ident) => { 2 }", "a", "2"),
    ],
)  # fmt: skip
def test_the_first_rule_that_matches_is_taken(example: Example) -> None:
    check(*example)


@pytest.mark.parametrize(
    "example",
    [
        ("(=> $a:ident -> $b:ident) => { $b }", "=> x -> y", "y"),
        ("(a::b ..= c) => { 1 }", "a::b ..= c", "1"),
        ("(a :: b) => { 1 }", "a : : b", None),
        ("('a $x:ident) => { $x }", "'a b", "b"),
        ("(\"k\" 'c' 1u8) => { 1 }", "\"k\" 'c' 1u8", "1"),
        ("({ a [ $x:tt ] }) => { $x }", "{ a [ 1 ] }", "1"),
        ("({ a [ $x:tt ] }) => { $x }", "{ a ( 1 ) }", None),
        ("(r#fn) => { 1 }", "fn", None),
        ("() => { r#\"a \" $x\"# '\\'' b\"\\\"\" 1.0 ..= 2 }", "",
         "r#\"a \" $x\"# '\\'' b\"\\\"\" 1.0 ..= 2"),
        ("($x:expr) => { $x }", "f(r\"\\\", '{', \"}\", br#\"\"\"#)", "f(r\"\\\", '{', \"}\", br#\"\"\"#)"),
    ],
)  # fmt: skip
def test_other_tokens_stand_for_themselves(example: Example) -> None:
    check(*example)


def test_comments_are_no_tokens() -> None:
    rules = "/* a /* b */ } */ ($x:ident // $y\n) => { /// d\n $x /* ' */ }"
    assert expand(rules, "/* , */ a // )") == "a"


# --- bodies -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "arguments", "expected"),
    [
        ("() => { $crate::a::b!(c); }", "", "$crate :: a :: b! ( c ) ;"),
        ("($x:ident) => { $$x $$crate }", "a", "$x $crate"),
        # a macro that the body defines: what is not bound here is its own
        (
            "($n:ident, $v:expr) => { macro_rules! $n { ($x:expr) => { $x + $v } } }",
            "inner, 1",
            "macro_rules! inner { ( $x : expr ) => { $x + 1 } }",
        ),
        ("($d:tt $n:ident) => { macro_rules! $n { ($d($d x:tt)*) => { $d($d x)* } } }", "$ a",
         "macro_rules! a { ( $ ( $x : tt ) * ) => { $ ( $x ) * } }"),
        ("($($t:tt)*) => { $($t)* }", "$x:expr, $crate::y", "$x : expr , $crate :: y"),
        ("($x:ident) => { if !($x) { $x ! [1] } else { !$x } }", "a", "if ! ( a ) { a! [ 1 ] } else { ! a }"),
        ("($x:ident) => { ${count($x)} }", "a", None),
        ("($x:ident) => { ${index()} }", "a", None),
    ],
)  # fmt: skip
def test_a_body_keeps_what_is_not_its_own(rules: str, arguments: str, expected: str | None) -> None:
    assert expand(rules, arguments) == expected


@pytest.mark.parametrize(
    "example",
    [
        ("($e:expr) => { $e * 2 }", "1 + 2", "(1 + 2) * 2"),
        ("($e:expr) => { $e.f() }", "&a", "(&a).f()"),
        ("($e:expr) => { $e.f() }", "a.b(c)?[0]", "a.b(c)?[0].f()"),
        ("($e:expr) => { $e.f() }", "|x| x", "(|x| x).f()"),
        ("($e:expr) => { $e.f(); -$e }", "a as u8", "(a as u8).f(); -(a as u8)"),
        ("($e:expr) => { match $e { } f($e); x = $e; }", "A { b }.c()",
         "match (A { b }.c()) { } f(A { b }.c()); x = A { b }.c();"),
        ("($e:expr) => { f($e, $e); let x = $e; }", "a + b", "f(a + b, a + b); let x = a + b;"),
        ("($t:ty) => { $t::new(); x::<$t>() }", "Vec<u8>", "<Vec<u8>>::new(); x::<Vec<u8>>()"),
        ("($t:ty) => { $t::MAX }", "a::B", "a::B::MAX"),
        ("($t:ty) => { $t::len }", "[u8]", "<[u8]>::len"),
        ("($t:ty) => { &$t; Box<$t> }", "dyn A + B", "&(dyn A + B); Box<dyn A + B>"),
    ],
)  # fmt: skip
def test_a_fragment_stays_whole_beside_its_neighbours(example: Example) -> None:
    check(*example)


def test_a_struct_is_made_with_its_attributes_generics_and_fields() -> None:
    rules = """
        ($(#[$m:meta])* $vis:vis struct $name:ident<$($g:ident),*> { $($f:ident : $t:ty),* $(,)? }) => {
            $(#[$m])*
            $vis struct $name<$($g),*> { $($f: Option<$t>),* }
            impl<$($g),*> $name<$($g),*> {
                $(pub fn $f(&self) -> &Option<$t> { $crate::seen!($f); &self.$f })*
            }
        };
    """
    arguments = """
        /// What it is.
        #[derive(Debug)] #[cfg(feature = "a")]
        pub(crate) struct Pair<T, U> { left: Result<Vec<T>, Box<dyn Fn(U) -> T + Send>>, right: [U; 2], }
    """
    text = expand(rules, arguments)
    assert text is not None
    facts = extract(text.replace("$crate", "crate").encode())
    assert facts.issues == []
    assert [(item.kind, item.name, item.visibility) for item in facts.items] == [
        ("struct", "Pair", "pub(crate)"),
        ("impl", "", "private"),
        ("method", "left", "pub"),
        ("method", "right", "pub"),
    ]
    head = facts.items[0].head
    assert isinstance(head, StructHead)
    assert [field.name for field in head.fields] == ["left", "right"]
    assert [param.name for param in head.generics.params] == ["T", "U"]


# --- bounds -------------------------------------------------------------------------------------------

DEEP = TREE_DEPTH_LEVELS_MAX + 2


@pytest.mark.parametrize(
    ("rules", "arguments"),
    [
        ("($($x:tt)*) => { $($x)* }", "(" * DEEP + ")" * DEEP),
        ("($x:ty) => { $x }", "A<" * DEEP + ">" * DEEP),
        ("($x:expr) => { $x }", "match " * DEEP + "a" + "{}" * DEEP),
        ("($($x:tt)*) => { $($x)* }", "a " * (TOKENS_IN_MAX + 1)),
        ("($($x:tt)*) => { $($x)* }", "a" * (TEXT_CHARACTERS_MAX + 1)),
        ("($($x:tt)*) => { $($x $x $x)* }", "a " * (TOKENS_OUT_MAX // 3 + 1)),
        ("($x:tt $($y:tt)*) => { $($x $y)* }", '"' + "a" * (CHARACTERS_OUT_MAX // 100) + '"' + " b" * 101),
        # every way to share the tokens out among the repetitions
        ("($($a:tt)* $($b:tt)* $($c:tt)* $($d:tt)* !) => { }", "a " * 400),
        ("($($($($a:tt)*),*);* !) => { }", "a , ; " * 100),
        ("(" + "$($a:tt)? " * 60 + "!) => { }", "a " * 60),
    ],
)  # fmt: skip
def test_a_bomb_has_no_expansion(rules: str, arguments: str) -> None:
    assert expand(rules, arguments) is None


@pytest.mark.parametrize(
    "text", ["(", ")", "(]", '"', 'r#"a"', "'", "/* a", "\\", "b'", "{ ( } )", "\0\ud800'"]
)
def test_malformed_text_has_no_expansion(text: str) -> None:
    assert expand("($($x:tt)*) => { $($x)* }", text) is None
    assert expand(text, "a") is None
    assert expand(f"($x:tt) => {{ {text} }}", "a") is None


@pytest.mark.parametrize("rules", ["", "a", "() =>", "() {}", "() => a", "() => {} => {}", "$ => {}"])
def test_rules_of_another_shape_have_no_expansion(rules: str) -> None:
    assert expand(rules, "") is None


def test_a_caller_that_stands_deep_gets_none_and_no_error() -> None:
    arguments = "A<" * 30 + ">" * 30

    def deeper() -> set[str | None]:
        got = expand("($x:ty) => { $x }", arguments)
        try:
            return {got} | deeper()
        except RecursionError:
            return {got}

    assert {got and "".join(got.split()) for got in deeper()} == {None, arguments}


def test_thousands_of_tokens_go_through() -> None:
    text = expand("($($x:ident: $t:ty),* $(,)?) => { $(const $x: $t = 1;)* }", "a: Vec<u8>," * 3_000)
    assert text is not None
    assert len(re.findall("const", text)) == 3_000
