"""The impls that `#[derive(…)]` makes: a header each, at the attribute's place, without items."""

from __future__ import annotations

from isg_protocol.facts import (
    Bound,
    Derive,
    EnumHead,
    GenericParam,
    Generics,
    ImplHead,
    ItemFacts,
    Path,
    PathType,
    Segment,
    StructHead,
)

_BUILT_IN = {
    "Clone": "clone", "Copy": "marker", "Debug": "fmt", "Default": "default", "Eq": "cmp", "Hash": "hash",
    "Ord": "cmp", "PartialEq": "cmp", "PartialOrd": "cmp",
}  # fmt: skip
"""The derives that every scope has as macros, and the module of std where the trait of each is: a scope need
not have the trait under that name, and may have another."""


def derives_of(item: ItemFacts) -> list[Derive]:
    """The derives of an item, with the marker traits that the compiler's own derives add unnamed:
    `PartialEq` makes a type usable in patterns, `Clone` of a plain `Copy` type a bitwise copy."""
    if not item.derives or not isinstance(item.head, StructHead | EnumHead):
        return []  # nothing else can derive, whatever someone is just writing
    names = {derive.path[-1]: derive for derive in item.derives if derive.path}
    added = []
    if "PartialEq" in names:
        added.append(Derive(["", "std", "marker", "StructuralPartialEq"], names["PartialEq"].line))
    if "Clone" in names and "Copy" in names and not item.head.generics.params:
        added.append(Derive(["", "std", "clone", "TrivialClone"], names["Clone"].line))
    return [*item.derives, *added] if added else item.derives


def derived_impl(item: ItemFacts, which: int) -> ItemFacts:
    """The impl item of one derive of a struct, enum or union, with each type parameter so bounded."""
    derive = derives_of(item)[which]
    generics: Generics = item.head.generics  # type: ignore[union-attr]
    trait = Path(0, [Segment(name) for name in derive.path if name], bool(derive.path and not derive.path[0]))
    if len(derive.path) == 1 and (module := _BUILT_IN.get(derive.path[0])) is not None:
        trait = Path(0, [Segment("std"), Segment(module), Segment(derive.path[0])], global_=True)
    params = [
        GenericParam(p.name, p.bounds if p.const else [*p.bounds, Bound(trait)], None, p.const)
        for p in generics.params
    ]
    names = [p.name for p in generics.params]
    arguments = f"<{', '.join(names)}>" if names else ""
    own = PathType(Path(0, [Segment(item.name, [PathType(Path(0, [Segment(n)])) for n in names])]))
    trait_text = "::".join(derive.path)
    self_text = item.name + arguments
    line = item.line + derive.line
    return ItemFacts(
        kind="impl",
        name="",
        parent=item.parent,
        line=line,
        end_line=line,
        visibility="private",
        signature=f"impl{arguments} {trait_text} for {self_text}",
        cfg=item.cfg,
        test=item.test,
        attributes=[],
        derives=[],
        wrapper=item.wrapper,
        head=ImplHead(Generics(params, generics.where), trait, own, False, trait_text, self_text),
        lines=[0],
        body=None,
        body_lines=[],
    )
