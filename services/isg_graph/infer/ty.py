"""Types as values: plain tuples whose first element is their form.

    (ADT, definition, args)         struct, enum or union, the model's too; args as many as its parameters
    (OUTSIDE, path, args)           a type of which only the path is known
    (PRIM, name)                    a primitive; number literals before they settle: "{int}", "{float}"
    (PARAM, owner, name)            a generic parameter of a definition; a trait's own type is its "Self"
    (REF, inner, mutable)           `&T`, `&mut T`
    (PTR, inner, mutable)           `*const T`, `*mut T`
    (TUPLE, elements)
    (SLICE, inner), (ARRAY, inner)
    (FN, params, result)            a function pointer, a closure, an `Fn…` bound read as a type
    (ITEM, definition, substitution) a function or constructor as a value; substitution as a tuple of pairs
    (DYN, bounds), (OPAQUE, bounds) `dyn A + B`, `impl A + B`
    (PROJ, self, bound, name)       an associated type not yet known; bound None where only the name is given
    (VAR, number)                   an inference variable of one body
    (NEVER,), (UNKNOWN,)

A *bound* is (trait, args, bindings): a Definition or External, the positional arguments, and a tuple of
(associated name, type).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

# Each apart and Final: a compiled build then has them as numbers in place of look-ups.
ADT: Final = 0
OUTSIDE: Final = 1
PRIM: Final = 2
PARAM: Final = 3
REF: Final = 4
PTR: Final = 5
TUPLE: Final = 6
SLICE: Final = 7
ARRAY: Final = 8
FN: Final = 9
ITEM: Final = 10
DYN: Final = 11
OPAQUE: Final = 12
PROJ: Final = 13
VAR: Final = 14
NEVER: Final = 15
UNKNOWN: Final = 16

Ty = tuple[Any, ...]
Bound = tuple[Any, tuple[Ty, ...], tuple[tuple[str, Ty], ...]]
Substitution = dict[Ty, Ty]

UNIT: Ty = (TUPLE, ())
NEVER_TYPE: Ty = (NEVER,)
UNKNOWN_TYPE: Ty = (UNKNOWN,)
_PLAIN = frozenset((PRIM, PARAM, VAR, NEVER, UNKNOWN))
BOOL: Ty = (PRIM, "bool")
STR: Ty = (PRIM, "str")

TYPE_PARTS_MAX = 500
"""Of one expression's type; `let b = (a, a);` sixty times over makes one of 2^60."""


def bounded(ty: Ty) -> Ty:
    """The type, or the unknown one for a type that has grown beyond all use."""
    form: int = ty[0]
    if form in _PLAIN or ((form == ADT or form == OUTSIDE) and not ty[2]):
        return ty
    left = TYPE_PARTS_MAX
    todo: list[Any] = [ty]
    while todo:
        left -= 1
        if left < 0:
            return UNKNOWN_TYPE
        for part in todo.pop():
            if part.__class__ is tuple and part:
                todo.append(part)
    return ty


def transform(ty: Ty, leaf: Callable[[Ty], Ty | None]) -> Ty:
    """Rebuild a type bottom-up; `leaf` answers for parameters, variables, projections and what is unknown,
    None to keep (a kept projection's own parts are rebuilt)."""
    form: int = ty[0]
    if form == ADT or form == OUTSIDE:
        args = ty[2]
        if not args:
            return ty
        return (form, ty[1], tuple([transform(a, leaf) for a in args]))
    if form == PARAM or form == VAR or form == UNKNOWN:
        return leaf(ty) or ty
    if form == REF or form == PTR:
        return (form, transform(ty[1], leaf), ty[2])
    if form == TUPLE:
        return (TUPLE, tuple([transform(e, leaf) for e in ty[1]])) if ty[1] else ty
    if form == SLICE or form == ARRAY:
        return (form, transform(ty[1], leaf))
    if form == FN:
        return (FN, tuple([transform(p, leaf) for p in ty[1]]), transform(ty[2], leaf))
    if form == DYN or form == OPAQUE:
        return (form, tuple([transform_bound(b, leaf) for b in ty[1]]))
    if form == PROJ:
        bound = transform_bound(ty[2], leaf) if ty[2] is not None else None
        rebuilt = (PROJ, transform(ty[1], leaf), bound, ty[3])
        return leaf(rebuilt) or rebuilt
    if form == ITEM:
        return (ITEM, ty[1], tuple([(k, transform(v, leaf)) for k, v in ty[2]]))
    return ty


def transform_bound(bound: Bound, leaf: Callable[[Ty], Ty | None]) -> Bound:
    """A bound with its arguments and bindings rebuilt."""
    trait, args, bindings = bound
    if not args and not bindings:
        return bound
    return (
        trait,
        tuple([transform(a, leaf) for a in args]),
        tuple([(name, transform(t, leaf)) for name, t in bindings]),
    )


def substitute(ty: Ty, substitution: Substitution) -> Ty:
    """A type with its parameters replaced."""
    if not substitution or not mentions_parameter(ty):
        return ty
    return transform(ty, substitution.get)


def mentions_parameter(ty: Ty) -> bool:
    """Whether anything in a type could be replaced."""
    form: int = ty[0]
    if form == ADT or form == OUTSIDE:
        return any(mentions_parameter(a) for a in ty[2])
    if form == PRIM or form == NEVER or form == UNKNOWN or form == VAR:
        return False
    if form == PARAM or form == PROJ or form == ITEM:
        return True
    if form == TUPLE:
        return any(mentions_parameter(e) for e in ty[1])
    if form == FN:
        return True
    if form == DYN or form == OPAQUE:
        return any(b[1] or b[2] for b in ty[1])
    return mentions_parameter(ty[1])


def head(ty: Ty) -> Any:
    """What a type's impls are filed under: its definition, its path, or the name of its form; None for
    what has no head of its own (parameters, projections, variables, unknown)."""
    form: int = ty[0]
    if form == ADT or form == OUTSIDE or form == PRIM:
        return ty[1]
    if form == REF:
        return "&mut" if ty[2] else "&"
    if form == PTR:
        return "*mut" if ty[2] else "*const"
    if form == TUPLE:
        return f"({len(ty[1])})"
    if form == SLICE:
        return "[]"
    if form == ARRAY:
        return "[;]"
    if form == FN or form == ITEM:
        return "fn"
    if form == DYN:
        return ("dyn", ty[1][0][0]) if ty[1] else "dyn"
    if form == NEVER:
        return "!"
    return None
