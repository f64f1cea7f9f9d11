"""The facts of one file: what its text says, with no name resolved and no other file read.

Facts are a pure function of a file's bytes. They travel from a parser to the writer, are kept beside
the graph so that a restart needs no source, and are the whole input of resolution. They hold no
absolute line of anything inside an item: a *site* is a number, counted from 0 within an item's head
and again within its body in source order, and two side lists say on which line, relative to the item's
first, each site stands. So text that merely moves changes no head and no body.

Every structure is an array on the wire (`array_like`) with an explicit integer tag where it is one of
several; fields are appended with defaults, never reordered (`FACTS_FORMAT` otherwise).
"""

from __future__ import annotations

from msgspec import Struct

# --- paths and types ---------------------------------------------------------------------------------


class Segment(Struct, array_like=True, gc=False, omit_defaults=True):
    """One segment of a path: `Vec<T>` in `std::vec::Vec<T>`.

    `args` are the positional generic arguments (lifetimes dropped; a const argument that is not a type
    stands as `InferType`). `bindings` are `Item = T` pairs. `Fn(A, B) -> C` sugar is written as args
    `[TupleType([A, B])]` and bindings `[("Output", C)]`.
    """

    name: str
    args: list[Type] = []
    bindings: list[tuple[str, Type]] = []


class Path(Struct, array_like=True, gc=False, omit_defaults=True):
    """A path as written. `global_` is a leading `::`. `<T as Trait>::a::b` has `self_type` T, and
    `segments` those of Trait followed by a, b, with `trait_len` the number of Trait's segments (0 for
    `<T>::a`). Raw identifiers lose their `r#`. The site is the path's first segment."""

    site: int
    segments: list[Segment]
    global_: bool = False
    self_type: Type | None = None
    trait_len: int = 0


class PathType(Struct, array_like=True, gc=False, tag=0):
    path: Path


class RefType(Struct, array_like=True, gc=False, tag=1):
    """`&T`, `&mut T`, `*const T`, `*mut T`; `pointer` tells the last two."""

    inner: Type
    mutable: bool = False
    pointer: bool = False


class TupleType(Struct, array_like=True, gc=False, tag=2):
    """`()` is the empty one."""

    elements: list[Type]


class SliceType(Struct, array_like=True, gc=False, tag=3):
    inner: Type


class ArrayType(Struct, array_like=True, gc=False, tag=4):
    inner: Type
    length: str


class FnType(Struct, array_like=True, gc=False, tag=5):
    """`fn(A) -> B`; `result` None is `()`."""

    params: list[Type]
    result: Type | None


class DynType(Struct, array_like=True, gc=False, tag=6):
    bounds: list[Bound]


class ImplType(Struct, array_like=True, gc=False, tag=7):
    bounds: list[Bound]


class NeverType(Struct, array_like=True, gc=False, tag=8):
    pass


class InferType(Struct, array_like=True, gc=False, tag=9):
    """`_`, a const argument, or a type this grammar could not read."""


class MacroType(Struct, array_like=True, gc=False, tag=10):
    """A macro in a type's place."""

    path: Path
    tokens: str


Type = (
    PathType | RefType | TupleType | SliceType | ArrayType | FnType | DynType | ImplType | NeverType
    | InferType | MacroType
)  # fmt: skip


class Bound(Struct, array_like=True, gc=False, omit_defaults=True):
    """One trait bound; `maybe` is `?Sized`. Lifetime bounds are dropped."""

    path: Path
    maybe: bool = False


class GenericParam(Struct, array_like=True, gc=False, omit_defaults=True):
    """A type or const parameter; lifetimes are dropped. `const` params carry their type in `const`."""

    name: str
    bounds: list[Bound] = []
    default: Type | None = None
    const: Type | None = None


class WherePredicate(Struct, array_like=True, gc=False):
    subject: Type
    bounds: list[Bound]


class Generics(Struct, array_like=True, gc=False, omit_defaults=True):
    params: list[GenericParam] = []
    where: list[WherePredicate] = []


# --- the head of an item: its interface ----------------------------------------------------------------


class FnHead(Struct, array_like=True, gc=False, tag=0):
    """`self_kind`: "" none, "value", "ref", "mut" (`&mut self`), or "typed" (`self: T`, with `self_type`).
    `params` are the types without self, in order; `result` None is `()`; for `async fn` the written
    result. `provided` tells a trait's method with a default body."""

    generics: Generics
    self_kind: str
    self_type: Type | None
    params: list[Type]
    result: Type | None
    is_async: bool = False
    provided: bool = False


class Field(Struct, array_like=True, gc=False):
    """A field, or a tuple field by its position ("0")."""

    name: str
    ty: Type


class StructHead(Struct, array_like=True, gc=False, tag=1):
    """`shape`: "named", "tuple" or "unit"; also a union's (the item's kind tells)."""

    generics: Generics
    shape: str
    fields: list[Field]


class Variant(Struct, array_like=True, gc=False):
    name: str
    shape: str
    fields: list[Field]


class EnumHead(Struct, array_like=True, gc=False, tag=2):
    generics: Generics
    variants: list[Variant]


class TraitHead(Struct, array_like=True, gc=False, tag=3):
    """`supertraits` are the bounds behind the colon. A trait alias is a trait without items."""

    generics: Generics
    supertraits: list[Bound]


class ImplHead(Struct, array_like=True, gc=False, tag=4):
    """`trait_text` and `self_text` are the header's own words, white space normalised."""

    generics: Generics
    trait: Path | None
    self_type: Type
    negative: bool
    trait_text: str | None
    self_text: str


class AliasHead(Struct, array_like=True, gc=False, tag=5):
    """A type alias, or an associated type (in a trait `target` may be None, with `bounds`)."""

    generics: Generics
    target: Type | None
    bounds: list[Bound]


class ValueHead(Struct, array_like=True, gc=False, tag=6):
    """A const or static, free or associated; `ty` None where it is not written."""

    ty: Type | None


class ModuleHead(Struct, array_like=True, gc=False, tag=7):
    """`inline` has its items in this file (`parent` links); otherwise `mod x;`, with the text of
    `#[path = "…"]` where it is given. `macro_use` is `#[macro_use]`."""

    inline: bool
    path: str | None
    macro_use: bool = False


class MacroHead(Struct, array_like=True, gc=False, tag=8):
    """`macro_rules!` (or `macro`); `tokens` is the text of its rules, for expansion."""

    exported: bool
    tokens: str


class ExternCrateHead(Struct, array_like=True, gc=False, tag=9):
    """`extern crate a as b;`: not a node. The item's `name` is the local name ("_" when anonymous)."""

    crate: str
    macro_use: bool


class UseLeaf(Struct, array_like=True, gc=False, omit_defaults=True):
    """One leaf of a use tree. `path` is the whole path (`a::b::c`; for `a::{self}` it is `a`); `alias`
    the local name ("_" for `as _`), equal to the last segment where no `as` is given; a glob has "*"."""

    site: int
    path: list[str]
    alias: str
    global_: bool = False


class UseHead(Struct, array_like=True, gc=False, tag=10):
    """One `use` declaration: not a node. Its item's `visibility` makes it a re-export."""

    leaves: list[UseLeaf]


class InvocationHead(Struct, array_like=True, gc=False, tag=11):
    """A macro invoked in item position whose tokens are not read as items: not a node. Kept whole, for
    expansion by example."""

    path: Path
    tokens: str


Head = (
    FnHead | StructHead | EnumHead | TraitHead | ImplHead | AliasHead | ValueHead | ModuleHead | MacroHead
    | ExternCrateHead | UseHead | InvocationHead
)  # fmt: skip


class Derive(Struct, array_like=True, gc=False):
    """One path of a `#[derive(…)]`; `line` relative to the item's first (negative: attributes stand
    before it); `cfg` the condition of a `#[cfg_attr(…, derive(…))]`."""

    path: list[str]
    line: int
    cfg: str | None = None


class ItemFacts(Struct, array_like=True, gc=False):
    """One item, in source order; a parent stands before its children.

    kind        of vocabulary.NODE_KINDS, or "use", "extern_crate", "invocation" (no nodes)
    name        without `r#`; "" for impls and uses
    parent      index of the containing item, -1 at the file's root. The containers are inline modules,
                impls, traits, foreign blocks' modules (transparent: their fns hang at the outer level)
                and functions, consts and statics (for items nested in bodies)
    line        1-based, where the item's own text begins after attributes and doc comments
    end_line    1-based, inclusive
    visibility  "pub", "pub(crate)", "pub(super)", "pub(in …)", "private"; "inherited" in a trait and a
                trait's impl
    signature   normalised source text of everything but the body (see extract.signature)
    cfg         the item's own condition as text (`feature = "rt"`; several joined as `all(a, b)`), of its
                own attributes and of the attributes of the macro wrapper it stands in
    test        under a `#[test]`-like attribute, or `cfg(test)` of its own
    attributes  names of the other outer attributes (`no_mangle`, `tokio::main`, `export_name`), sorted
    derives     of structs, enums and unions
    wrapper     names of the item-position macros the item stands in, the outermost first, joined by a
                space ("" none): `cfg_rt! { … }`
    head        the interface; equal heads mean equal interfaces
    lines       of the head's sites, relative to `line`
    body        the bytes of an encoded `body.Body`, or None; equal bytes mean equal bodies
    body_lines  of the body's sites, relative to `line`
    call_line   where the innermost macro of `wrapper` is called, relative to `line` (0 without)
    """

    kind: str
    name: str
    parent: int
    line: int
    end_line: int
    visibility: str
    signature: str
    cfg: str | None
    test: bool
    attributes: list[str]
    derives: list[Derive]
    wrapper: str
    head: Head
    lines: list[int]
    body: bytes | None
    body_lines: list[int]
    call_line: int = 0


class Issue(Struct, array_like=True, gc=False):
    """A place the grammar could not read (1-based) and why."""

    line: int
    reason: str


class FileFacts(Struct, array_like=True, gc=False):
    """All that is known of one file. `cfg` is of its inner attributes (`#![cfg(…)]`);
    `line_count` counts lines, the last one too when it has no end."""

    format: int
    items: list[ItemFacts]
    issues: list[Issue]
    line_count: int
    cfg: str | None = None
    attributes: list[str] = []


class ManifestTarget(Struct, array_like=True, gc=False):
    """One `[lib]`, `[[bin]]` … as written; `path` None means Cargo's default place."""

    kind: str
    name: str | None
    path: str | None
    test: bool = True


class Dependency(Struct, array_like=True, gc=False):
    """`name` is how the code names it (with `_`), `package` what it is called; `path` as written."""

    name: str
    package: str
    path: str | None


class ManifestFacts(Struct, array_like=True, gc=False):
    """What a Cargo.toml says. `package` None for a virtual workspace. `build` is the build script's
    path, "" when switched off, None by default. `autodiscover` maps bins/examples/tests/benches to the
    switches that are off."""

    format: int
    package: str | None
    edition: str
    targets: list[ManifestTarget]
    dependencies: list[Dependency]
    build: str | None
    members: list[str]
    exclude: list[str]
    off: list[str]
    issues: list[Issue]
