"""From the types as written to types as values: signatures, fields, headers and bounds, once each.

Everything here is remembered on its definition. Absent: any knowledge of impls (a projection stays one;
`trait` normalises it).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from isg_graph.infer.ty import (
    ADT,
    ARRAY,
    DYN,
    FN,
    NEVER_TYPE,
    OPAQUE,
    OUTSIDE,
    PARAM,
    PRIM,
    PROJ,
    PTR,
    REF,
    SLICE,
    TUPLE,
    UNIT,
    UNKNOWN,
    UNKNOWN_TYPE,
    Bound,
    Substitution,
    Ty,
    substitute,
)
from isg_graph.resolve.definition import (
    TYPES,
    Definition,
    External,
    Primitive,
    Scope,
    VariantOf,
)
from isg_graph.resolve.lookup import Lookup
from isg_protocol import facts
from isg_protocol.facts import (
    AliasHead,
    EnumHead,
    FnHead,
    Generics,
    ImplHead,
    Path,
    StructHead,
    TraitHead,
    ValueHead,
)

R = TypeVar("R")

ALIAS_DEPTH_MAX = 16
NO_GENERICS = Generics()
NO_FIELDS: dict[str, Ty] = {}


@dataclass(slots=True)
class Signature:
    """A function's types. `params` without self; `self_type` as declared (None without self);
    `parameters` are its own generic parameters, in order; `predicates` those of its container too."""

    parameters: list[Ty]
    self_kind: str
    self_type: Ty | None
    params: list[Ty]
    result: Ty
    predicates: list[tuple[Ty, Bound]]


@dataclass(slots=True)
class Header:
    """An impl's header. `trait` is None for an inherent one; `predicates` are its own bounds."""

    parameters: list[Ty]
    trait: Bound | None
    self_type: Ty
    predicates: list[tuple[Ty, Bound]]


class Lowering:
    """Lowers what definitions say, in the scope where they say it. Whoever asks is noted to have read the
    definition's head; what the making of the answer looks at is noted as the head's (`Reads.heads`)."""

    def __init__(self, lookup: Lookup, known: Lowering | None = None) -> None:
        """`known`: a lowering whose definitions are here too (the model's); what it has is not made again."""
        self.lookup = lookup
        self.reads = lookup.reads
        self._parameters: dict[Definition, list[Ty]] = dict(known._parameters) if known else {}
        self._environments: dict[Definition, dict[str, Ty]] = dict(known._environments) if known else {}
        self._self_types: dict[Definition, Ty] = dict(known._self_types) if known else {}
        self._predicates: dict[Definition, list[tuple[Ty, Bound]]] = dict(known._predicates) if known else {}
        self._signatures: dict[Definition, Signature] = dict(known._signatures) if known else {}
        self._headers: dict[Definition, Header] = dict(known._headers) if known else {}
        self._fields: dict[Definition, dict[int, dict[str, Ty]]] = dict(known._fields) if known else {}
        self._supertraits: dict[Definition, list[Bound]] = dict(known._supertraits) if known else {}
        self._targets: dict[Definition, Ty] = dict(known._targets) if known else {}
        self._value_types: dict[Definition, Ty] = dict(known._value_types) if known else {}
        self._alias_depth = 0

    def forget(self, definition: Definition) -> None:
        """What a definition says is to be read anew."""
        for table in (
            self._parameters, self._environments, self._self_types, self._predicates, self._signatures,
            self._headers, self._fields, self._supertraits, self._targets, self._value_types,
        ):  # fmt: skip
            table.pop(definition, None)
        self.reads.forget_head(definition.id)

    def _made(self, definition: Definition, make: Callable[[Definition], R]) -> R:
        """What a definition's own text gives, made for the first time."""
        reads = self.reads
        before, reads.now = reads.now, reads.of_head(definition)
        try:
            return make(definition)
        finally:
            reads.now = before

    # --- generics -----------------------------------------------------------------------------------

    def parameters(self, definition: Definition) -> list[Ty]:
        """A definition's own generic parameters."""
        self.reads.head(definition)
        known = self._parameters.get(definition)
        if known is None:
            known = [(PARAM, definition, p.name) for p in generics_of(definition).params]
            self._parameters[definition] = known
        return known

    def environment(self, definition: Definition) -> dict[str, Ty]:
        """The generic names that mean something inside a definition: its own and its container's."""
        self.reads.head(definition)
        known = self._environments.get(definition)
        return self._made(definition, self._environment) if known is None else known

    def _environment(self, definition: Definition) -> dict[str, Ty]:
        parent = definition.parent
        known: dict[str, Ty] = {}
        if parent is not None and parent.kind in ("impl", "trait"):
            known.update(self.environment(parent))
        for p in generics_of(definition).params:
            known[p.name] = (PARAM, definition, p.name)
        self._environments[definition] = known
        return known

    def self_type(self, definition: Definition) -> Ty:
        """What `Self` means inside a definition."""
        self.reads.head(definition)
        known = self._self_types.get(definition)
        return self._made(definition, self._self_type) if known is None else known

    def _self_type(self, definition: Definition) -> Ty:
        kind = definition.kind
        result: Ty
        if kind == "trait":
            result = (PARAM, definition, "Self")
        elif kind in ("struct", "enum", "union"):
            result = (ADT, definition, tuple(self.parameters(definition)))
        elif kind == "impl":
            self._self_types[definition] = UNKNOWN_TYPE
            head = definition.item.head  # type: ignore[union-attr]
            assert isinstance(head, ImplHead)
            result = self.type(head.self_type, definition)
        elif definition.parent is not None and definition.parent.kind not in ("module", "crate"):
            result = self.self_type(definition.parent)
        else:
            result = UNKNOWN_TYPE
        self._self_types[definition] = result
        return result

    def predicates(self, definition: Definition) -> list[tuple[Ty, Bound]]:
        """Every bound that holds inside a definition, its container's too."""
        self.reads.head(definition)
        known = self._predicates.get(definition)
        return self._made(definition, self._predicates_of) if known is None else known

    def _predicates_of(self, definition: Definition) -> list[tuple[Ty, Bound]]:
        known: list[tuple[Ty, Bound]] = []
        self._predicates[definition] = known
        parent = definition.parent
        if parent is not None and parent.kind in ("impl", "trait"):
            known.extend(self.predicates(parent))
        if definition.kind == "trait":
            own = tuple(self.parameters(definition))
            known.append(((PARAM, definition, "Self"), (definition, own, ())))
        self._own_predicates(definition, known)
        return known

    def _own_predicates(self, definition: Definition, into: list[tuple[Ty, Bound]]) -> None:
        generics = generics_of(definition)
        for p in generics.params:
            subject: Ty = (PARAM, definition, p.name)
            into.extend((subject, b) for b in self.bounds(p.bounds, definition, subject))
        for predicate in generics.where:
            subject = self.type(predicate.subject, definition)
            into.extend((subject, b) for b in self.bounds(predicate.bounds, definition, subject))

    def bounds(
        self, bounds: Sequence[facts.Bound], definition: Definition, subject: Ty | None = None
    ) -> list[Bound]:
        """Bounds of a subject as values; `?Sized` and what cannot be found are left out."""
        found = []
        for bound in bounds:
            if not bound.maybe and (one := self.bound(bound.path, definition, subject)) is not None:
                found.append(one)
        return found

    def bound(self, path: Path, definition: Definition, subject: Ty | None = None) -> Bound | None:
        """A trait's path as a bound of a subject, which `Self` in the trait's defaults (`Add<Rhs = Self>`)
        means."""
        names = [s.name for s in path.segments]
        found = self.lookup.path(inner_scope(definition), names, TYPES, path.global_)
        if found is None or found[1] != len(names):
            return None
        trait = found[0]
        if isinstance(trait, Definition) and trait.kind == "type_alias":
            return None
        if not isinstance(trait, Definition | External):
            return None
        last = path.segments[-1]
        args = tuple([self.type(a, definition) for a in last.args])
        bindings = tuple([(name, self.type(t, definition)) for name, t in last.bindings])
        if isinstance(trait, Definition) and trait.kind == "trait":
            args = self._pad(trait, args, subject)
        return (trait, args, bindings)

    def _pad(self, definition: Definition, args: tuple[Ty, ...], subject: Ty | None = None) -> tuple[Ty, ...]:
        """Arguments brought to the number of parameters: defaults, else unknown."""
        self.reads.head(definition)
        params = generics_of(definition).params
        if len(args) >= len(params):
            return args[: len(params)]
        given = list(args)
        for p in params[len(args) :]:
            if p.default is None:
                given.append(UNKNOWN_TYPE)
                continue
            default = self.type(p.default, definition)
            known: Substitution = {
                (PARAM, definition, q.name): a for q, a in zip(params, given, strict=False)
            }
            if subject is not None:
                known[(PARAM, definition, "Self")] = subject
            given.append(substitute(default, known))
        return tuple(given)

    # --- types --------------------------------------------------------------------------------------

    def type(self, ty: facts.Type, definition: Definition) -> Ty:
        """A written type as a value, as `definition` sees it."""
        form = ty.__class__
        if form is facts.PathType:
            return self.path_type(ty.path, definition)  # type: ignore[union-attr]
        if form is facts.RefType:
            return (PTR if ty.pointer else REF, self.type(ty.inner, definition), ty.mutable)  # type: ignore[union-attr]
        if form is facts.TupleType:
            elements = ty.elements  # type: ignore[union-attr]
            return (TUPLE, tuple([self.type(e, definition) for e in elements])) if elements else UNIT
        if form is facts.SliceType:
            return (SLICE, self.type(ty.inner, definition))  # type: ignore[union-attr]
        if form is facts.ArrayType:
            return (ARRAY, self.type(ty.inner, definition))  # type: ignore[union-attr]
        if form is facts.FnType:
            params = tuple([self.type(p, definition) for p in ty.params])  # type: ignore[union-attr]
            return (FN, params, self.type(ty.result, definition) if ty.result else UNIT)  # type: ignore[union-attr]
        if form is facts.DynType:
            return (DYN, tuple(self.bounds(ty.bounds, definition)))  # type: ignore[union-attr]
        if form is facts.ImplType:
            return (OPAQUE, tuple(self.bounds(ty.bounds, definition)))  # type: ignore[union-attr]
        if form is facts.NeverType:
            return NEVER_TYPE
        return UNKNOWN_TYPE

    def path_type(self, path: Path, definition: Definition) -> Ty:
        """A path in a type's place."""
        segments = path.segments
        if path.self_type is not None:
            subject = self.type(path.self_type, definition)
            bound = None
            rest = segments
            if path.trait_len:
                bound = self.bound(
                    Path(path.site, segments[: path.trait_len], path.global_), definition, subject
                )
                rest = segments[path.trait_len :]
            return self._project(subject, bound, rest, definition)
        first = segments[0].name
        if first == "Self":
            return self._project(self.self_type(definition), None, segments[1:], definition)
        if not path.global_:
            parameter = self.environment(definition).get(first)
            if parameter is not None:
                return self._project(parameter, None, segments[1:], definition)
        names = [s.name for s in segments]
        found = self.lookup.path(inner_scope(definition), names, TYPES, path.global_)
        if found is None:
            return UNKNOWN_TYPE
        base, used = found
        args = tuple([self.type(a, definition) for a in segments[used - 1].args])
        return self._project(self.applied(base, args, definition), None, segments[used:], definition)

    def applied(self, base: object, args: tuple[Ty, ...], definition: Definition) -> Ty:
        """A type's definition with arguments."""
        if isinstance(base, Definition):
            kind = base.kind
            if kind in ("struct", "enum", "union"):
                return (ADT, base, self._pad(base, args))
            if kind == "type_alias":
                return self.alias(base, args)
            if kind == "trait":
                return (DYN, ((base, self._pad(base, args), ()),))
            return UNKNOWN_TYPE
        if isinstance(base, External):
            return (OUTSIDE, base.path, args)
        if isinstance(base, Primitive):
            return (PRIM, base.name) if base.name != "never" else NEVER_TYPE
        if isinstance(base, VariantOf):
            return (ADT, base.enum, self._pad(base.enum, args))
        return UNKNOWN_TYPE

    def alias(self, alias: Definition, args: tuple[Ty, ...]) -> Ty:
        """What a type alias stands for."""
        self.reads.head(alias)
        target = self._targets.get(alias)
        if target is None:
            if self._alias_depth > ALIAS_DEPTH_MAX:
                return UNKNOWN_TYPE
            self._alias_depth += 1
            try:
                target = self._made(alias, self._target)
            finally:
                self._alias_depth -= 1
            if self._alias_depth == 0:  # below, it may have stopped short of what it stands for
                self._targets[alias] = target
        if target[0] == UNKNOWN:
            return target
        padded = self._pad(alias, args)
        return substitute(target, dict(zip(self.parameters(alias), padded, strict=False)))

    def _target(self, alias: Definition) -> Ty:
        head = alias.item.head if alias.item else None
        if not isinstance(head, AliasHead) or head.target is None:
            return UNKNOWN_TYPE
        return self.type(head.target, alias)

    def _project(
        self, subject: Ty, bound: Bound | None, rest: Sequence[facts.Segment], definition: Definition
    ) -> Ty:
        for segment in rest:
            subject = (PROJ, subject, bound, segment.name)
            bound = None
        return subject

    # --- items --------------------------------------------------------------------------------------

    def signature(self, function: Definition) -> Signature:
        """A function's types, as its own text has them."""
        self.reads.head(function)
        known = self._signatures.get(function)
        return self._made(function, self._signature) if known is None else known

    def _signature(self, function: Definition) -> Signature:
        head = function.item.head  # type: ignore[union-attr]
        assert isinstance(head, FnHead)
        self_type: Ty | None = None
        if head.self_kind:
            own = self.self_type(function)
            if head.self_kind == "typed" and head.self_type is not None:
                self_type = self.type(head.self_type, function)
            elif head.self_kind == "value":
                self_type = own
            else:
                self_type = (REF, own, head.self_kind == "mut")
        result = self.type(head.result, function) if head.result is not None else UNIT
        if head.is_async:
            result = self.future(result)
        known = self._signatures[function] = Signature(
            self.parameters(function),
            head.self_kind,
            self_type,
            [self.type(p, function) for p in head.params],
            result,
            self.predicates(function),
        )
        return known

    def future(self, output: Ty) -> Ty:
        """The type of an async block or function."""
        trait = self.named("future", "Future")
        return (OPAQUE, ((trait, (), (("Output", output),)),)) if trait is not None else UNKNOWN_TYPE

    def named(self, *path: str) -> Definition | None:
        """A definition of the model by its path below `std`."""
        model = self.lookup.model
        if model is None or model.scope is None:
            return None
        found = self.lookup.walk(model, path, 0, TYPES, model.scope)
        return found[0] if found and isinstance(found[0], Definition) and found[1] == len(path) else None

    def header(self, impl: Definition) -> Header:
        """An impl's header."""
        self.reads.head(impl)
        known = self._headers.get(impl)
        return self._made(impl, self._header) if known is None else known

    def _header(self, impl: Definition) -> Header:
        head = impl.item.head  # type: ignore[union-attr]
        assert isinstance(head, ImplHead)
        self_type = self.self_type(impl)
        trait = self.bound(head.trait, impl, self_type) if head.trait is not None else None
        known = Header(self.parameters(impl), trait, self_type, self.predicates(impl))
        self._headers[impl] = known
        return known

    def fields(self, definition: Definition, variant: int = -1) -> dict[str, Ty]:
        """The fields of a struct or union, or of an enum's variant, by name ("0", "1" of tuples)."""
        self.reads.head(definition)
        known = self._fields.get(definition)
        if known is None:
            known = self._fields[definition] = self._made(definition, self._fields_of)
        return known.get(variant, NO_FIELDS)

    def _fields_of(self, definition: Definition) -> dict[int, dict[str, Ty]]:
        """By variant; -1 for those of a struct or union."""
        head = definition.item.head if definition.item else None
        listed: dict[int, Sequence[facts.Field]] = {}
        if isinstance(head, StructHead):
            listed[-1] = head.fields
        elif isinstance(head, EnumHead):
            listed = {number: variant.fields for number, variant in enumerate(head.variants)}
        return {
            number: {f.name: self.type(f.ty, definition) for f in fields} for number, fields in listed.items()
        }

    def supertraits(self, trait: Definition) -> list[Bound]:
        """A trait's direct supertraits, those of `where Self: …` too."""
        self.reads.head(trait)
        known = self._supertraits.get(trait)
        return self._made(trait, self._supertraits_of) if known is None else known

    def _supertraits_of(self, trait: Definition) -> list[Bound]:
        self._supertraits[trait] = []
        head = trait.item.head  # type: ignore[union-attr]
        assert isinstance(head, TraitHead)
        subject: Ty = (PARAM, trait, "Self")
        known = self.bounds(head.supertraits, trait, subject)
        own: list[tuple[Ty, Bound]] = []
        self._own_predicates(trait, own)
        known.extend(b for s, b in own if s == subject)
        self._supertraits[trait] = known
        return known

    def value_type(self, definition: Definition) -> Ty:
        """The type of a const or static."""
        self.reads.head(definition)
        known = self._value_types.get(definition)
        if known is None:
            known = self._value_types[definition] = self._made(definition, self._value_type)
        return known

    def _value_type(self, definition: Definition) -> Ty:
        head = definition.item.head if definition.item else None
        if isinstance(head, ValueHead) and head.ty is not None:
            return self.type(head.ty, definition)
        return UNKNOWN_TYPE


def generics_of(definition: Definition) -> Generics:
    """A definition's generics, the empty ones for what cannot have any."""
    head = definition.item.head if definition.item else None
    return getattr(head, "generics", NO_GENERICS)


def inner_scope(definition: Definition) -> Scope:
    """The scope in which a definition's own text is read."""
    return (
        definition.scope
        if definition.scope is not None and definition.kind not in ("module", "crate")
        else definition.module
    )
