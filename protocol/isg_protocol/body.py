"""The compact form of a function's body: what names, receivers and results depend on, and no more.

A body is not a syntax tree. Locals are *slots*: the extractor knows every `let`, parameter, pattern and
closure, so shadowing is settled here and a local is a number. Everything that feeds no name, call, type
or value is dropped (literals keep their kind alone, operators between plain numbers fold away only when
neither side holds a call). Sites are counted in source order across the body, those of generic
arguments and annotated types included; `ItemFacts.body_lines` has their lines.
"""

from __future__ import annotations

from msgspec import Struct

from isg_protocol.facts import Path, Type

# --- patterns ------------------------------------------------------------------------------------------


class BindPattern(Struct, array_like=True, gc=False, tag=0):
    """A name that binds `slot`; the name is "" where the extractor cut a long chain. A lone identifier that
    begins with a capital is written as a `PathPattern` instead. `by_ref` is `ref`; `sub` what stands behind
    `@`."""

    slot: int
    name: str
    by_ref: bool = False
    sub: Pattern | None = None


class PathPattern(Struct, array_like=True, gc=False, tag=1):
    path: Path


class TuplePattern(Struct, array_like=True, gc=False, tag=2):
    """`rest` is the position of `..` in `elements` (which leaves it out), -1 without."""

    elements: list[Pattern]
    rest: int = -1


class TupleStructPattern(Struct, array_like=True, gc=False, tag=3):
    path: Path
    elements: list[Pattern]
    rest: int = -1


class StructPattern(Struct, array_like=True, gc=False, tag=4):
    path: Path
    fields: list[tuple[str, Pattern]]


class SlicePattern(Struct, array_like=True, gc=False, tag=5):
    """`rest` as in TuplePattern; `x @ ..` is the element itself, a BindPattern with a RestPattern."""

    elements: list[Pattern]
    rest: int = -1


class RefPattern(Struct, array_like=True, gc=False, tag=6):
    inner: Pattern


class OrPattern(Struct, array_like=True, gc=False, tag=7):
    """Alternatives share slots by name."""

    alternatives: list[Pattern]


class WildPattern(Struct, array_like=True, gc=False, tag=8):
    """`_`, a literal, a range of literals, a macro: binds nothing and names nothing."""


class RestPattern(Struct, array_like=True, gc=False, tag=9):
    """The `..` of `x @ ..`."""


Pattern = (
    BindPattern | PathPattern | TuplePattern | TupleStructPattern | StructPattern | SlicePattern | RefPattern
    | OrPattern | WildPattern | RestPattern
)  # fmt: skip

# --- expressions ---------------------------------------------------------------------------------------


class Literal(Struct, array_like=True, gc=False, tag=0):
    """`kind`: a primitive's name where the suffix or form decides (`u8`, `bool`, `char`), else "int",
    "float", "str", "bytes" (a byte string), "cstr"."""

    kind: str


class Local(Struct, array_like=True, gc=False, tag=1):
    slot: int


class PathExpr(Struct, array_like=True, gc=False, tag=2):
    path: Path


class Call(Struct, array_like=True, gc=False, tag=3):
    """`callee(args)`; a callee that is a path has its own site, equal to the call's place."""

    site: int
    callee: Expr
    args: list[Expr]


class MethodCall(Struct, array_like=True, gc=False, tag=4):
    """`receiver.name::<generics>(args)`; the site is the name's."""

    site: int
    receiver: Expr
    name: str
    generics: list[Type]
    args: list[Expr]


class FieldAccess(Struct, array_like=True, gc=False, tag=5):
    """`base.name`; the site is the name's (where an overloaded dereference is called)."""

    base: Expr
    name: str
    site: int = -1


class Index(Struct, array_like=True, gc=False, tag=6):
    site: int
    base: Expr
    index: Expr


class Unary(Struct, array_like=True, gc=False, tag=7):
    """`op`: "*", "-", "!"."""

    site: int
    op: str
    operand: Expr


class Reference(Struct, array_like=True, gc=False, tag=8):
    """`&x`, `&mut x`, `&raw const x`."""

    operand: Expr
    mutable: bool = False


class Binary(Struct, array_like=True, gc=False, tag=9):
    """`op` as written, `+=` and its kin too; `&&`, `||` as well."""

    site: int
    op: str
    left: Expr
    right: Expr


class Assign(Struct, array_like=True, gc=False, tag=10):
    left: Expr
    right: Expr


class Try(Struct, array_like=True, gc=False, tag=11):
    """`x?`, and `try!(x)` of edition 2015."""

    site: int
    operand: Expr


class Await(Struct, array_like=True, gc=False, tag=12):
    site: int
    operand: Expr


class Cast(Struct, array_like=True, gc=False, tag=13):
    operand: Expr
    ty: Type


class StructExpr(Struct, array_like=True, gc=False, tag=14):
    """`Path { name: value, ..base }`; shorthand fields have the local or path as their value."""

    path: Path
    fields: list[tuple[str, Expr]]
    base: Expr | None


class TupleExpr(Struct, array_like=True, gc=False, tag=15):
    """`()` is the empty one."""

    elements: list[Expr]


class ArrayExpr(Struct, array_like=True, gc=False, tag=16):
    """`[a, b]`, and `[a; n]` as `repeat` with elements `[a, n]`."""

    elements: list[Expr]
    repeat: bool = False


class Block(Struct, array_like=True, gc=False, tag=17):
    """`statements` in order; `tail` the value. `flavour`: "" (plain, unsafe, const), "async", "try" or
    "gen"."""

    statements: list[Expr]
    tail: Expr | None
    flavour: str = ""
    label: str = ""


class If(Struct, array_like=True, gc=False, tag=18):
    """The condition may hold `LetCondition`s joined by `Binary("&&")`."""

    condition: Expr
    then: Expr
    otherwise: Expr | None


class LetCondition(Struct, array_like=True, gc=False, tag=19):
    pattern: Pattern
    value: Expr


class Arm(Struct, array_like=True, gc=False):
    """`cfg` is the arm's own condition, "" without."""

    pattern: Pattern
    guard: Expr | None
    body: Expr
    cfg: str = ""


class Match(Struct, array_like=True, gc=False, tag=20):
    value: Expr
    arms: list[Arm]


class Loop(Struct, array_like=True, gc=False, tag=21):
    body: Expr
    label: str = ""


class While(Struct, array_like=True, gc=False, tag=22):
    condition: Expr
    body: Expr
    label: str = ""


class For(Struct, array_like=True, gc=False, tag=23):
    """The site is the iterated expression's (where `into_iter` and `next` are called)."""

    site: int
    pattern: Pattern
    iterated: Expr
    body: Expr
    label: str = ""


class Closure(Struct, array_like=True, gc=False, tag=24):
    params: list[tuple[Pattern, Type | None]]
    result: Type | None
    body: Expr
    is_async: bool = False


class Return(Struct, array_like=True, gc=False, tag=25):
    value: Expr | None


class Break(Struct, array_like=True, gc=False, tag=26):
    """Also `continue`, without a value."""

    value: Expr | None
    label: str = ""


class Macro(Struct, array_like=True, gc=False, tag=27):
    """A macro invoked in a body. `args` are its arguments where they parse as expressions (their sites
    and slots are the body's; the sites read inside it are `first` up to but without `last`);
    `tokens` the whole text between the delimiters where the macro is not one of the known families, for
    expansion by example, and `locals` the live locals among its words, each with its slot. `statement` tells
    a statement position."""

    path: Path
    args: list[Expr]
    first: int
    last: int
    tokens: str = ""
    statement: bool = False
    locals: list[tuple[str, int]] = []


class Range(Struct, array_like=True, gc=False, tag=28):
    low: Expr | None
    high: Expr | None
    inclusive: bool = False


class Let(Struct, array_like=True, gc=False, tag=29):
    """A `let` statement; `otherwise` is the `else` block."""

    pattern: Pattern
    ty: Type | None
    value: Expr | None
    otherwise: Expr | None


class Opaque(Struct, array_like=True, gc=False, tag=30):
    """An expression of no modelled form (`yield`, inline assembly, an error): its parts are still read."""

    parts: list[Expr]


class Conditional(Struct, array_like=True, gc=False, tag=31):
    """A statement, a tail, a field's value or an argument under a `#[cfg(…)]` of its own (`cfg` as in
    `ItemFacts`). `shadows` pairs each slot that a `let` here binds with the slot of the same name that
    it hides, -1 where it hides none: where the condition does not hold, the later locals mean the latter."""

    cfg: str
    value: Expr
    shadows: list[tuple[int, int]] = []


Expr = (
    Literal | Local | PathExpr | Call | MethodCall | FieldAccess | Index | Unary | Reference | Binary | Assign
    | Try | Await | Cast | StructExpr | TupleExpr | ArrayExpr | Block | If | LetCondition | Match | Loop
    | While | For | Closure | Return | Break | Macro | Range | Let | Opaque | Conditional
)  # fmt: skip


class Body(Struct, array_like=True, gc=False):
    """`params` bind the parameters in the order of `FnHead.params`; a method's `self` is slot 0 and has
    no entry. `value` is the block, or the initialiser of a const or static, or, for a type's array
    lengths and an enum's discriminants, an `Opaque` of them."""

    params: list[Pattern]
    value: Expr
    slots: int
