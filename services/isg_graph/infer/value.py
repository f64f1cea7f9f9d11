"""Paths in a value's place: functions, constructors, constants, and associated items of types.

A *value* is what such a path means, before anyone calls it. Generic arguments that are not written are
fresh variables, so that the arguments and the expected type can decide them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from isg_graph.infer.frame import Frame, collect_path
from isg_graph.infer.method import inherent_items
from isg_graph.infer.trait import stable
from isg_graph.infer.ty import (
    ADT,
    DYN,
    OPAQUE,
    OUTSIDE,
    PARAM,
    PRIM,
    PROJ,
    UNKNOWN,
    UNKNOWN_TYPE,
    VAR,
    Bound,
    Substitution,
    Ty,
    head,
    substitute,
)
from isg_graph.resolve.definition import VALUES, Definition, External, Primitive, VariantOf
from isg_protocol import facts


@dataclass(slots=True)
class Value:
    """What a value path means.

    form: "function" (an inherent or free one, with `substitution`), "trait" (a trait's function for
    `self_type`, with the trait's arguments in `bound`), "constructor" (of `type`, with `variant` or -1),
    "constant" (of `type`), "outside" (only its path is known), "missing" (known to be none of ours), "open"
    """

    form: str
    definition: Definition | None = None
    substitution: Substitution = field(default_factory=dict)
    self_type: Ty = UNKNOWN_TYPE
    bound: Bound | None = None
    type: Ty = UNKNOWN_TYPE
    variant: int = -1
    path: str = ""
    name: str = ""
    inferred: bool = False


OPEN = Value("open")
_BOUNDED = (PARAM, DYN, OPAQUE, PROJ)


def resolve_value(frame: Frame, path: facts.Path, expected: Ty | None = None) -> Value:
    """What a value path means; says which types it names on the way."""
    segments = path.segments
    _mention_arguments(frame, path)
    name = segments[-1].name
    if path.self_type is not None:
        self_type = frame.normalize(frame.world.lowering.type(path.self_type, frame.owner))
        rest = segments
        bound: Bound | None = None
        if path.trait_len:
            trait_path = facts.Path(path.site, segments[: path.trait_len], path.global_)
            target = frame.type_target(trait_path)
            if target is not None:
                frame.use(target, path.site)
            bound = frame.world.lowering.bound(trait_path, frame.owner, self_type)
            rest = segments[path.trait_len :]
        return _associated(frame, self_type, bound, rest, name)
    first = segments[0].name
    if first == "Self":
        return _of_self(frame, segments, name)
    if not path.global_ and len(segments) > 1:
        parameter = frame.world.lowering.environment(frame.owner).get(first)
        if parameter is not None:
            return _associated(frame, parameter, None, segments[1:], name)
    names = [s.name for s in segments]
    found = frame.world.lookup.path(frame.scope, names, VALUES, path.global_)
    if found is None:
        return Value("open", name=name)
    base, used = found
    if used < len(segments):
        return _of_type(frame, base, path, used, name)
    if isinstance(base, External):
        return Value("outside", path=base.path, name=name)
    if isinstance(base, VariantOf):
        frame.use(base.enum, path.site)
        given = segments[-1].args or (segments[-2].args if len(segments) > 1 else [])
        return _constructor(frame, base.enum, given, base.position, name)
    if isinstance(base, Definition):
        return _of_definition(frame, base, path, name)
    return Value("open", name=name)


def _mention_arguments(frame: Frame, path: facts.Path) -> None:
    if path.self_type is not None:
        frame.mention(path.self_type)
    for segment in path.segments:
        for arg in segment.args:
            frame.mention(arg)
        for _, bound in segment.bindings:
            frame.mention(bound)


def _of_definition(frame: Frame, base: Definition, path: facts.Path, name: str) -> Value:
    kind = base.kind
    if kind in ("function", "method"):
        substitution = turbofish(frame, base, path.segments[-1].args)
        return Value("function", base, substitution, name=name)
    if kind == "struct":
        frame.use(base, path.site)
        return _constructor(frame, base, path.segments[-1].args, -1, name)
    if kind in ("const", "static"):
        frame.use(base, path.site)
        return Value("constant", base, type=frame.normalize(frame.world.lowering.value_type(base)), name=name)
    return Value("open", name=name)


def _constructor(
    frame: Frame, definition: Definition, given: list[facts.Type], variant: int, name: str
) -> Value:
    lowering = frame.world.lowering
    parameters = lowering.parameters(definition)
    args = tuple(
        frame.given(given[i]) if i < len(given) else frame.table.fresh() for i in range(len(parameters))
    )
    return Value("constructor", definition, type=(ADT, definition, args), variant=variant, name=name)


def turbofish(frame: Frame, function: Definition, given: list[facts.Type]) -> Substitution:
    """A function's own parameters: as written, else fresh."""
    lowering = frame.world.lowering
    parameters = lowering.parameters(function)
    return {
        p: frame.given(given[i]) if i < len(given) else frame.table.fresh() for i, p in enumerate(parameters)
    }


def _of_self(frame: Frame, segments: list[facts.Segment], name: str) -> Value:
    self_type = frame.normalize(frame.world.lowering.self_type(frame.owner))
    if len(segments) > 1:
        return _associated(frame, self_type, None, segments[1:], name)
    if self_type[0] == ADT:
        return Value("constructor", self_type[1], type=self_type, name=name)
    return Value("open", name=name)


def _of_type(frame: Frame, base: object, path: facts.Path, used: int, name: str) -> Value:
    """`Type::name`, `Trait::name`: the base is a type or trait, the rest associated items."""
    segments = path.segments
    rest = segments[used:]
    lowering = frame.world.lowering
    if isinstance(base, Definition | External):
        frame.use(base, path.site)
    elif isinstance(base, VariantOf):
        frame.use(base.enum, path.site)
    given = segments[used - 1].args
    if isinstance(base, Definition) and base.kind == "trait":
        args = tuple(
            frame.given(given[i]) if i < len(given) else frame.table.fresh()
            for i in range(len(lowering.parameters(base)))
        )
        return _associated(frame, frame.table.fresh(), (base, args, ()), rest, name)
    if isinstance(base, Definition) and base.kind in ("struct", "enum", "union", "type_alias"):
        parameters = lowering.parameters(base)
        args = tuple(
            frame.given(given[i]) if i < len(given) else frame.table.fresh() for i in range(len(parameters))
        )
        ty = lowering.alias(base, args) if base.kind == "type_alias" else (ADT, base, args)
        return _associated(frame, frame.normalize(ty), None, rest, name)
    if isinstance(base, External):
        return Value("outside", path="::".join((base.path, *(s.name for s in rest))), name=name)
    if isinstance(base, Primitive):
        return _associated(frame, (PRIM, base.name), None, rest, name)
    return Value("open", name=name)


def _associated(frame: Frame, ty: Ty, bound: Bound | None, rest: list[facts.Segment], name: str) -> Value:
    """An associated item of a type, through a given trait or any that fits."""
    for segment in rest[:-1]:
        ty = frame.normalize((PROJ, ty, bound, segment.name))
        bound = None
    given = rest[-1].args
    ty = frame.settle(ty)
    if bound is not None:
        return _of_bound(frame, ty, bound, name, given)
    if ty[0] in (UNKNOWN, VAR):
        return Value("open", name=name)
    if ty[0] == ADT:
        frame.world.lookup.reads.head(ty[1])
    if ty[0] == ADT and ty[1].kind == "enum" and (variant := ty[1].variant(name)) >= 0:
        return Value("constructor", ty[1], type=ty, variant=variant, name=name)
    if ty[0] in _BOUNDED:
        for known in frame.world.traits.bounds_of(ty, frame.predicates):
            if isinstance(known[0], Definition) and name in known[0].items:
                return _of_bound(frame, ty, known, name, given)
        if ty[0] != DYN:
            return Value("open" if ty[0] == PROJ else "missing", name=name, type=ty)
    value = _inherent(frame, ty, name, given)
    if value is not None:
        return value
    return _through_trait(frame, ty, name, given)


def _inherent(frame: Frame, ty: Ty, name: str, given: list[facts.Type]) -> Value | None:
    for item in inherent_items(frame, ty, name):
        impl = item.parent
        assert impl is not None
        mark = frame.table.mark()
        substitution = frame.world.traits.fits(impl, ty, frame.table, frame.predicates, 0)
        if substitution is None:
            frame.table.undo(mark)
            continue
        if item.kind == "method":
            return Value(
                "function", item, {**substitution, **turbofish(frame, item, given)}, name=name, inferred=False
            )
        if item.kind == "const":
            known = substitute(frame.world.lowering.value_type(item), substitution)
            return Value("constant", item, type=frame.normalize(known), name=name)
    return None


def _through_trait(frame: Frame, ty: Ty, name: str, given: list[facts.Type]) -> Value:
    traits = frame.world.traits
    reads = frame.world.lookup.reads
    reads.note(("item", stable(head(ty)), name))
    reads.note(("method", name))
    table = traits.outside_methods.get(head(ty))
    for item in table.get(name, ()) if table else ():
        impl = item.parent
        if item.kind != "method" or impl is None:
            continue
        mark = frame.table.mark()
        substitution = traits.fits(impl, ty, frame.table, frame.predicates, 0)
        if substitution is not None:
            return Value("function", item, {**substitution, **turbofish(frame, item, given)}, name=name)
        frame.table.undo(mark)
    in_scope = frame.world.traits_in_scope(frame.scope)
    for trait in frame.world.traits.with_method.get(name, ()):
        if trait not in in_scope:
            continue
        if traits.several(trait, ty, frame.table, frame.predicates):
            args = tuple(frame.table.fresh() for _ in frame.world.lowering.parameters(trait))
            return _of_bound(frame, ty, (trait, args, ()), name, given)
    if ty[0] == OUTSIDE:
        return Value("outside", path=f"{ty[1]}::{name}", name=name, type=ty)
    return Value("missing", name=name, type=ty)


def _of_bound(frame: Frame, ty: Ty, bound: Bound, name: str, given: list[facts.Type]) -> Value:
    trait = bound[0]
    if isinstance(trait, External):
        return Value("outside", path=f"{trait.path}::{name}", name=name)
    for item in trait.items.get(name, ()):
        substitution: Substitution = dict(zip(frame.world.lowering.parameters(trait), bound[1], strict=False))
        substitution[(PARAM, trait, "Self")] = ty
        if item.kind == "method":
            substitution.update(turbofish(frame, item, given))
            return Value("trait", item, substitution, ty, bound, name=name)
        if item.kind == "const":
            known = substitute(frame.world.lowering.value_type(item), substitution)
            return Value("constant", item, {}, ty, bound, frame.normalize(known), name=name)
    return Value("missing", name=name, type=ty)


__all__ = ["OPEN", "Value", "collect_path", "resolve_value", "turbofish"]
