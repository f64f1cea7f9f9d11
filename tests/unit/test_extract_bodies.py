"""R1, R8: bodies become the compact form that resolution reads: slots for locals, sites for places, macros
opened.

Rust in, a rendering of the body out: `_0` is slot 0, `a::b` a path, everything else as in Rust.
"""

from __future__ import annotations

import pytest
from msgspec.msgpack import Decoder

from isg_graph.parse.extract import extract
from isg_protocol import body as ir
from isg_protocol import facts as ft
from isg_protocol.body import Body
from isg_protocol.facts import Bound, FileFacts, ItemFacts, Path, Segment, Type

DECODER = Decoder(Body)


def body_of(item: ItemFacts) -> Body:
    assert item.body is not None
    return DECODER.decode(item.body)


def read(source: str) -> FileFacts:
    facts = extract(source.encode())
    assert facts.issues == []
    return facts


def of(statements: str) -> str:
    """The rendered body of a function with these statements."""
    rendered = expr(body_of(read(f"fn f(a: A, b: B) {{ {statements} }}").items[0]).value)
    assert rendered.startswith("{ ")
    return rendered[2:-2]


# --- the rendering ------------------------------------------------------------------------------------------


def segment(found: Segment) -> str:
    parts = [ty(arg) for arg in found.args] + [f"{name} = {ty(arg)}" for name, arg in found.bindings]
    return found.name + (f"<{', '.join(parts)}>" if parts else "")


def path(found: Path) -> str:
    words = [segment(one) for one in found.segments]
    if found.self_type is not None:
        trait = "::".join(words[: found.trait_len])
        start = f"<{ty(found.self_type)}{' as ' + trait if trait else ''}>"
        return "::".join([start, *words[found.trait_len :]])
    return ("::" if found.global_ else "") + "::".join(words)


def bounds(found: list[Bound]) -> str:
    return " + ".join(("?" if bound.maybe else "") + path(bound.path) for bound in found)


def ty(found: Type) -> str:
    match found:
        case ft.PathType():
            return path(found.path)
        case ft.RefType():
            sign = "*" if found.pointer else "&"
            return sign + ("mut " if found.mutable else "") + ty(found.inner)
        case ft.TupleType():
            return f"({', '.join(map(ty, found.elements))})"
        case ft.SliceType():
            return f"[{ty(found.inner)}]"
        case ft.ArrayType():
            return f"[{ty(found.inner)}; {found.length}]"
        case ft.FnType():
            result = "" if found.result is None else " -> " + ty(found.result)
            return f"fn({', '.join(map(ty, found.params))}){result}"
        case ft.DynType():
            return "dyn " + bounds(found.bounds)
        case ft.ImplType():
            return "impl " + bounds(found.bounds)
        case ft.MacroType():
            return f"{path(found.path)}!({found.tokens})"
        case ft.NeverType():
            return "!"
        case ft.InferType():
            return "_"


def elements(found: list[ir.Pattern], rest: int) -> str:
    words = [pat(one) for one in found]
    if rest >= 0:
        words.insert(rest, "..")
    return ", ".join(words)


def pat(found: ir.Pattern) -> str:
    match found:
        case ir.BindPattern():
            sub = "" if found.sub is None else f" @ {pat(found.sub)}"
            return ("ref " if found.by_ref else "") + f"_{found.slot}{sub}"
        case ir.PathPattern():
            return path(found.path)
        case ir.TuplePattern():
            return f"({elements(found.elements, found.rest)})"
        case ir.TupleStructPattern():
            return f"{path(found.path)}({elements(found.elements, found.rest)})"
        case ir.StructPattern():
            return path(found.path) + " { " + ", ".join(f"{n}: {pat(p)}" for n, p in found.fields) + " }"
        case ir.SlicePattern():
            return f"[{elements(found.elements, found.rest)}]"
        case ir.RefPattern():
            return "&" + pat(found.inner)
        case ir.OrPattern():
            return " | ".join(map(pat, found.alternatives))
        case ir.RestPattern():
            return ".."
        case ir.WildPattern():
            return "_"


def several(found: list[ir.Expr]) -> str:
    return ", ".join(map(expr, found))


def expr(found: ir.Expr) -> str:
    match found:
        case ir.Literal():
            return found.kind
        case ir.Local():
            return f"_{found.slot}"
        case ir.PathExpr():
            return path(found.path)
        case ir.Call():
            return f"{expr(found.callee)}({several(found.args)})"
        case ir.MethodCall():
            generics = f"::<{', '.join(map(ty, found.generics))}>" if found.generics else ""
            return f"{expr(found.receiver)}.{found.name}{generics}({several(found.args)})"
        case ir.FieldAccess():
            return f"{expr(found.base)}.{found.name}"
        case ir.Index():
            return f"{expr(found.base)}[{expr(found.index)}]"
        case ir.Unary():
            return f"{found.op}{expr(found.operand)}"
        case ir.Reference():
            return ("&mut " if found.mutable else "&") + expr(found.operand)
        case ir.Binary():
            return f"({expr(found.left)} {found.op} {expr(found.right)})"
        case ir.Assign():
            return f"{expr(found.left)} = {expr(found.right)}"
        case ir.Try():
            return expr(found.operand) + "?"
        case ir.Await():
            return expr(found.operand) + ".await"
        case ir.Cast():
            return f"({expr(found.operand)} as {ty(found.ty)})"
        case ir.StructExpr():
            fields = [f"{name}: {expr(value)}" for name, value in found.fields]
            if found.base is not None:
                fields.append(".." + expr(found.base))
            return f"{path(found.path)} {{ {', '.join(fields)} }}"
        case ir.TupleExpr():
            return f"({several(found.elements)})"
        case ir.ArrayExpr():
            return "[" + ("; " if found.repeat else ", ").join(map(expr, found.elements)) + "]"
        case ir.Block():
            words = [expr(one) + ";" for one in found.statements]
            if found.tail is not None:
                words.append(expr(found.tail))
            flavour = found.flavour + " " if found.flavour else ""
            label = f"'{found.label}: " if found.label else ""
            return f"{label}{flavour}{{ {' '.join(words)} }}"
        case ir.If():
            otherwise = "" if found.otherwise is None else " else " + expr(found.otherwise)
            return f"if {expr(found.condition)} {expr(found.then)}{otherwise}"
        case ir.LetCondition():
            return f"let {pat(found.pattern)} = {expr(found.value)}"
        case ir.Match():
            arms = [
                pat(arm.pattern)
                + ("" if arm.guard is None else " if " + expr(arm.guard))
                + (f" #[{arm.cfg}]" if arm.cfg else "")
                + " => "
                + expr(arm.body)
                for arm in found.arms
            ]
            return f"match {expr(found.value)} {{ {', '.join(arms)} }}"
        case ir.Loop():
            return (f"'{found.label}: " if found.label else "") + "loop " + expr(found.body)
        case ir.While():
            return f"while {expr(found.condition)} {expr(found.body)}"
        case ir.For():
            return f"for {pat(found.pattern)} in {expr(found.iterated)} {expr(found.body)}"
        case ir.Closure():
            params = [pat(p) + ("" if t is None else ": " + ty(t)) for p, t in found.params]
            result = "" if found.result is None else f" -> {ty(found.result)}"
            return ("async " if found.is_async else "") + f"|{', '.join(params)}|{result} {expr(found.body)}"
        case ir.Return():
            return "return" + ("" if found.value is None else " " + expr(found.value))
        case ir.Break():
            words = [
                "break",
                f"'{found.label}" if found.label else "",
                expr(found.value) if found.value else "",
            ]
            return " ".join(word for word in words if word)
        case ir.Macro():
            tokens = f" `{found.tokens}`" if found.tokens else ""
            return f"{path(found.path)}!({several(found.args)}){tokens}"
        case ir.Range():
            low, high = (expr(end) if end is not None else "" for end in (found.low, found.high))
            return low + ("..=" if found.inclusive else "..") + high
        case ir.Let():
            words = "let " + pat(found.pattern) + ("" if found.ty is None else ": " + ty(found.ty))
            words += "" if found.value is None else " = " + expr(found.value)
            return words + ("" if found.otherwise is None else " else " + expr(found.otherwise))
        case ir.Conditional():
            hides = ", ".join(
                f"_{new} hides {f'_{old}' if old >= 0 else 'none'}" for new, old in found.shadows
            )
            return f"#[{found.cfg}{': ' + hides if hides else ''}] {expr(found.value)}"
        case ir.Opaque():
            return f"opaque({several(found.parts)})"


# --- locals -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statements", "rendered"),
    [
        ("a.x(b)", "_0.x(_1)"),
        ("let a = a.x(); a", "let _2 = _0.x(); _2"),
        ("{ let a = 1; a; } a", "{ let _2 = int; _2; }; _0"),
        ("let (c, mut d) = a; d = c;", "let (_2, _3) = _0; _3 = _2;"),
        ("if let Some(c) = a && c.ok() { c } else { c }",
         "if (let Some(_2) = _0 && _2.ok()) { _2 } else { c }"),
        ("while let Some(b) = b.next() { b; } b", "while let Some(_2) = _1.next() { _2; }; _1"),
        ("for (i, x) in a.iter() { x.y(i) } x", "for (_2, _3) in _0.iter() { _3.y(_2) }; x"),
        ("match a { Some(c) if c.d() => c, None => b, c => c }",
         "match _0 { Some(_2) if _2.d() => _2, None => _1, _3 => _3 }"),
        ("match a { A(c, _) | B { c, .. } => c, _ => b }",
         "match _0 { A(_2, _) | B { c: _2 } => _2, _ => _1 }"),
        ("let f = move |c: C, &d| -> D { c.x(d, a) }; f(b)",
         "let _2 = |_3: C, &_4| -> D { _3.x(_4, _0) }; _2(_1)"),
        ("let Some(c) = a else { return b }; c", "let Some(_2) = _0 else { return _1 }; _2"),
        ("let [c, .., d] = a; let [e, f @ ..] = b;", "let [_2, .., _3] = _0; let [_4, _5 @ ..] = _1;"),
        ("let ref c @ D { e: F::G, .. } = a;", "let ref _2 @ D { e: F::G } = _0;"),
        ("match a { 1..=5 => b, X::Y..=Z => b, -1 | 'c' => b, ref mut c => c }",
         "match _0 { _ => _1, X::Y => _1, _ | _ => _1, ref _2 => _2 }"),
        ("fn a() {} a", "_0"),
        ("A::b(c::D, a)", "A::b(c::D, _0)"),
    ],
)  # fmt: skip
def test_locals_are_slots_and_shadowing_is_settled(statements: str, rendered: str) -> None:
    assert of(statements) == rendered


def test_self_is_slot_0_of_a_method_and_params_follow() -> None:
    found = body_of(read("impl S { fn f(&mut self, (a, B(c)): X, _: Y, d: Z) { self.g(a, c, d) } }").items[1])
    assert [pat(one) for one in found.params] == ["(_1, B(_2))", "_", "_3"]
    assert expr(found.value) == "{ _0.g(_1, _2, _3) }"
    assert found.slots == 4


def test_what_has_no_body_has_none() -> None:
    items = read("trait T { fn f(); const C: u8; type X; } struct S { x: [u8; 3] } enum E { A = 1 }").items
    assert [item.body for item in items] == [None] * len(items)


def test_initialisers_lengths_and_discriminants_are_bodies() -> None:
    items = read(
        "const C: A = b(c); static S: A = D; struct X { y: [u8; N + 1] } enum E { A = V, B = 2 }"
    ).items
    assert [expr(body_of(item).value) for item in items] == [
        "b(c)",
        "D",
        "opaque((N + int))",
        "opaque(V, int)",
    ]


# --- expressions --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statements", "rendered"),
    [
        ("a.b.0.c()?.d::<E, _>(1).await", "_0.b.0.c()?.d::<E, _>(int).await"),
        ("a[b].c = -*d;", "_0[_1].c = -*d;"),
        ("&mut a; &b; &raw const a;", "&mut _0; &_1; &_0;"),
        ("a + b * c; a += b; !a", "(_0 + (_1 * c)); (_0 += _1); !_0"),
        ("1 + 2; 1 < 2; 1u8; 2.5; 1f32; 0xff_u32; 'c'; b'c'; \"s\"; b\"s\"; r#\"s\"#; true",
         "int; bool; u8; float; f32; u32; char; u8; str; bytes; str; bool"),
        ("a as *const u8 as usize", "((_0 as *u8) as usize)"),
        ("S { a, b: 1, ..c() }", "S { a: _0, b: int, ..c() }"),
        ("(); (a,); (a, b); [a, b]; [a; 3]", "(); (_0); (_0, _1); [_0, _1]; [_0; int]"),
        ("if a {} else if b { 1 } else { 2 }", "if _0 {  } else if _1 { int } else { int }"),
        ("'x: loop { break 'x a; continue 'x; }", "'x: loop { break 'x _0; break 'x; }"),
        ("a..b; ..=b; a..; ..", "_0.._1; ..=_1; _0..; .."),
        ("async move { a }.await; unsafe { b }; const { 1 }", "async { _0 }.await; { _1 }; { int }"),
        ("'l: { break 'l 1 }", "'l: { break 'l int }"),
        ("<A as B<C>>::d::<E>(f); <A>::g(); ::h::i();", "<A as B<C>>::d<E>(f); <A>::g(); ::h::i();"),
        ("let c: Vec<Box<dyn Fn(u8) -> A + Send>> = d;",
         "let _2: Vec<Box<dyn Fn<(u8), Output = A> + Send>> = d;"),
        ("(a.b)(c); a()(b)", "_0.b(c); _0()(_1)"),
        ("return a; return", "return _0; return"),
        ("r#type(r#match)", "type(match)"),
        ("a.b(#[inline] c, b)", "_0.b(c, _1)"),
    ],
)  # fmt: skip
def test_expressions(statements: str, rendered: str) -> None:
    assert of(statements) == rendered


@pytest.mark.parametrize(
    ("statements", "rendered"),
    [
        ("#[cfg(x)] a.x(); #[cfg(not(x))] a.y(); b", "#[x] _0.x(); #[not(x)] _0.y(); _1"),
        ('#[cfg(feature = "x",)]\n{ a }', '#[feature = "x"] { _0 }'),
        ("#[cfg(x)] { a } #[cfg(y)] { b }", "#[x] { _0 }; #[y] { _1 }"),
        ("#[cfg(x)]\n#[allow(z)]\n#[cfg(y)]\nreturn a;", "#[all(x, y)] return _0;"),
        ("#[cfg(x)] #[cfg(y)] b", "#[all(x, y)] _1"),
        ("#[cfg(x)] println!(\"{}\", a); #[cfg(y)] m!(b); #[cfg(z)] m! { b }",
         "#[x] println!(str, _0); #[y] m!(_1) `b`; #[z] m!(_1) `b`"),
        ("#[cfg_attr(x, cfg(y))] a.x(); #[allow(z)] a.y(); a", "#[any(not(x), y)] _0.x(); _0.y(); _0"),
        ("#[allow(x)] let c = a; c", "let _2 = _0; _2"),
        ("#[cfg(x)] let c = a; c", "#[x: _2 hides none] let _2 = _0; _2"),
        ("#[cfg(x)] let a = a.x(); a", "#[x: _2 hides _0] let _2 = _0.x(); _2"),
        ("#[cfg(x)] let (b, S { c, a }) = a; b", "#[x: _2 hides _1, _3 hides none, _4 hides _0] "
         "let (_2, S { c: _3, a: _4 }) = _0; _2"),
        ("let a = 1; #[cfg(x)] let a = 2; #[cfg(not(x))] let a = 3; a",
         "let _2 = int; #[x: _3 hides _2] let _3 = int; #[not(x): _4 hides _3] let _4 = int; _4"),
        ("#[cfg(x)] { let a = b; a.x(); } a", "#[x] { let _2 = _1; _2.x(); }; _0"),
        ("#[cfg(x)] if let Some(a) = b { a.x(); } a", "#[x] if let Some(_2) = _1 { _2.x(); }; _0"),
        ("a.x(#[cfg(x)] b, a); f(a, #[cfg(y)] #[cfg(z)] b)", "_0.x(#[x] _1, _0); f(_0, #[all(y, z)] _1)"),
        ("println!(\"\", #[cfg(x)] b, a)", "println!(str, #[x] _1, _0)"),
        ("S { #[cfg(x)] a, #[cfg(y)] b: a.x(), c: b, #[allow(z)] d: b }",
         "S { a: #[x] _0, b: #[y] _0.x(), c: _1, d: _1 }"),
        ("match a { #[cfg(x)] A => 1, #[cfg(y)] #[allow(z)] #[cfg(z)] B if b => {} #[allow(z)] c => c }",
         "match _0 { A #[x] => int, B if _1 #[all(y, z)] => {  }, _2 => _2 }"),
    ],
)  # fmt: skip
def test_parts_under_a_condition_of_their_own_carry_it(statements: str, rendered: str) -> None:
    assert of(statements) == rendered


def test_names_that_leave_a_conditional_statement_macro_hide_too() -> None:
    assert of("#[cfg(x)] m! { let a = b; } a") == "#[x: _2 hides _0] m!({ let _2 = _1; }) `let a = b ;`; _2"


def test_an_items_condition_in_a_body_is_the_items() -> None:
    facts = read("fn f() { #[cfg(x)] fn g() {} g() }")
    assert [item.cfg for item in facts.items] == [None, "x"]
    assert expr(body_of(facts.items[0]).value) == "{ g() }"


def test_a_last_expression_that_ends_with_a_block_is_the_value() -> None:
    assert of("match a { _ => b }") == "match _0 { _ => _1 }"
    assert of("match a { _ => b };") == "match _0 { _ => _1 };"
    assert of("if a { b } /* note */") == "if _0 { _1 }"
    assert of("a; m! { x }") == "_0; m!(x) `x`"


# --- macros -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statements", "rendered"),
    [
        ('println!("{} {c}", a.x(), c = b.y());', "println!(str, _0.x(), _1.y());"),
        ('assert_eq!(a, f(b), "{}", 1);', "assert_eq!(_0, f(_1), str, int);"),
        ("std::panic! { \"x {}\", a }", "std::panic!(str, _0)"),
        ("vec![a, b.c()].len(); vec![a; 3]", "vec!([_0, _1.c()]).len(); vec!([_0; int])"),
        ("if a {} vec![b]", "if _0 {  }; vec!([_1])"),
        ("vec!(a, b)", "vec!([_0, _1])"),
        ("matches!(a.b(), Some(c) | D(c) if c.ok())",
         "matches!(match _0.b() { Some(_2) | D(_2) if _2.ok() => bool })"),
        ("let x = ready!(a.poll(b))?;", "let _2 = ready!(_0.poll(_1))?;"),
        ("try!(a.b()).c()", "_0.b()?.c()"),
        ("tokio::select! { biased; r = a.recv(), if b => { r.go() } _ = c() => d(r), else => e() }",
         "tokio::select!(match _0.recv().await { _2 if _1 => { _2.go() } }, "
         "match c().await { _ => d(r) }, e())"),
        ('info!(target: "t", x = %a, ?b, "hi {}", c.d());', "info!(str, _0, _1, str, c.d());"),
        ("join!(a.x(), b.y())", "join!(_0.x(), _1.y())"),
        ("dbg!(vec![format!(\"{}\", a.x())])", "dbg!(vec!([format!(str, _0.x())]))"),
        ("mine!(a, b.c(); d)", "mine!(_0, _1.c(), d) `a , b . c ( ) ; d`"),
        ("mine!(a => b)", "mine!() `a => b`"),
        ("mine! { let c = a.x(); c.y() } c.z();",
         "mine!({ let _2 = _0.x(); _2.y() }) `let c = a . x ( ) ; c . y ( )`; _2.z();"),
        ("mine!()", "mine!()"),
        ("cfg_if! { if #[cfg(x)] { a.x() } else { b.y() } }", "cfg_if!({ _0.x() }, { _1.y() })"),
    ],
)  # fmt: skip
def test_macro_arguments_are_read_where_they_are_code(statements: str, rendered: str) -> None:
    assert of(statements) == rendered


@pytest.mark.parametrize(
    ("call", "rendered"),
    [
        ("m!(x: a, y: b)", "m!() `x : a , y : b`"),
        ("m!(1 2 a)", "m!() `1 2 a`"),
        ("m!(|x, y: u8| a)", "m!(|_2, _3: u8| _0) `| x , y : u8 | a`"),
        ("m! { let c: u8 = a; }", "m!({ let _2: u8 = _0; }) `let c : u8 = a ;`"),
        ("m!(a, S { x: b })", "m!(_0, S { x: _1 }) `a , S { x : b }`"),
        ("m!(1 as u8, -1 - 2)", "m!((int as u8), (-int - int)) `1 as u8 , - 1 - 2`"),
    ],
)
def test_a_macro_whose_tokens_cannot_be_code_is_told_by_its_tokens(call: str, rendered: str) -> None:
    assert of(f"{call};").removesuffix(";") == rendered


def test_after_much_that_is_no_code_macros_are_kept_unread() -> None:
    tried = "m!(" + "a b, " * 10_000 + ");"
    source = f"fn f(x: u8) {{ k!(x); {tried} {tried} {tried} k!(x); println!(x); }}"
    rendered = expr(body_of(read(source).items[0]).value)
    assert rendered.startswith("{ k!(_0) `x`;")
    assert rendered.endswith("k!() `x`; println!(_0); }")


def test_macros_know_their_sites_and_position() -> None:
    source = "fn f() {\n    mine!(\n        a(),\n        b());\n    c(d!(e()));\n}\n"
    item = read(source).items[0]
    block = body_of(item).value
    assert isinstance(block, ir.Block)
    mine = block.statements[0]
    assert isinstance(mine, ir.Macro)
    assert (mine.path.site, mine.first, mine.last, mine.statement) == (0, 1, 5, True)
    assert item.body_lines[mine.first : mine.last] == [2, 2, 3, 3]
    call = block.statements[1]
    assert isinstance(call, ir.Call)
    inner = call.args[0]
    assert isinstance(inner, ir.Macro)
    assert not inner.statement


def test_items_in_a_statement_macro_are_items_of_the_function() -> None:
    facts = read("fn f() { cfg_x! { fn g() {} } thread_local! { static T: A = b() } }")
    assert [(item.kind, item.name, item.parent, item.wrapper) for item in facts.items] == [
        ("function", "f", -1, ""), ("function", "g", 0, "cfg_x"), ("static", "T", 0, "thread_local"),
    ]  # fmt: skip


# --- sites --------------------------------------------------------------------------------------------------


def test_sites_count_in_source_order_and_know_their_line() -> None:
    item = read(
        """fn f(A(a): B) {
    let x: C = a
        .m::<D>(e)
        ?;
    x
        + g(
            h,
        )
}
"""
    ).items[0]
    body = body_of(item)
    assert isinstance(body.value, ir.Block)
    let, tail = body.value.statements[0], body.value.tail
    assert isinstance(let, ir.Let)
    assert isinstance(let.value, ir.Try)
    assert isinstance(let.value.operand, ir.MethodCall)
    assert isinstance(tail, ir.Binary)
    assert isinstance(tail.right, ir.Call)
    lines = item.body_lines
    assert lines == [0, 1, 2, 2, 2, 3, 5, 5, 5, 6]
    assert lines[let.value.operand.site] == 2
    assert lines[let.value.site] == 3
    assert lines[tail.site] == 5
    assert lines[tail.right.site] == 5


def test_a_calls_site_and_its_callees_are_the_same_place() -> None:
    body = body_of(read("fn f() {\n  a::b()\n}").items[0])
    assert isinstance(body.value, ir.Block)
    call = body.value.tail
    assert isinstance(call, ir.Call)
    assert isinstance(call.callee, ir.PathExpr)
    assert (call.site, call.callee.path.site) == (0, 1)


def test_a_field_has_the_site_of_its_name() -> None:
    item = read("fn f(a: A) {\n a\n  .x\n  .b()\n  .y.0.c(d,\n a.z)\n}").items[0]
    sites: dict[str, tuple[int, int]] = {}

    def gather(found: ir.Expr) -> None:
        if isinstance(found, ir.MethodCall):
            gather(found.receiver)
            for arg in found.args:
                gather(arg)
        elif isinstance(found, ir.FieldAccess):
            gather(found.base)
            sites[found.name] = (found.site, item.body_lines[found.site])

    value = body_of(item).value
    assert isinstance(value, ir.Block)
    assert value.tail is not None
    gather(value.tail)
    # In between: the methods `b` (1) and `c` (4), and the path `d` (5).
    assert sites == {"x": (0, 2), "y": (2, 4), "0": (3, 4), "z": (6, 5)}


@pytest.mark.parametrize(
    ("chain", "rendered"),
    [
        ("a.x.y().z", "_0.x.y().z"),
        ("a . x\n\n  . y () ?", "_0.x.y()?"),
        ("a.x /* . */ . y()", "_0.x.y()"),
        ("a.x // ?\n .y()", "_0.x.y()"),
        ("a.r#type.r#match()", "_0.type.match()"),
        ("c.d?.e??.await.f()", "c.d?.e??.await.f()"),
        ("a.0.1.x()", "_0.0.1.x()"),
        ("true.x()", "bool.x()"),
        ("Self.x(); Self::A.x()", "Self.x(); Self::A.x()"),
        ("a.été().b", "_0.été().b"),
    ],
)
def test_a_chain_reads_alike_however_it_is_written(chain: str, rendered: str) -> None:
    assert of(chain) == rendered


def test_a_long_chain_is_cut_into_locals() -> None:
    body = body_of(read("fn f(a: A) { a" + ".b()" * 100 + " }").items[0])
    assert isinstance(body.value, ir.Block)
    chain = body.value.tail
    assert isinstance(chain, ir.Block)
    assert len(chain.statements) == 2
    assert body.slots == 3
    assert expr(chain).count(".b()") == 100
