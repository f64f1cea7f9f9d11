"""Paths, types, bounds and generics: what heads are made of, and what bodies mention.

Lifetimes are dropped. A form the grammar could not read becomes `InferType`, never an error.
"""

from __future__ import annotations

from tree_sitter import Node

from isg_graph.parse.reader import Reader
from isg_graph.parse.signature import normal_text, normal_tokens
from isg_graph.parse.tree import (
    BRACKETED_TYPE,
    COMMENTS,
    FIELD_TRAIT,
    FUNCTION_TYPE,
    GENERIC,
    LIFETIME,
    MACRO_INVOCATION,
    METAVARIABLE,
    MUTABLE,
    NAMES,
    PARAMETER,
    PARAMETERS,
    QUALIFIED_TYPE,
    SCOPED,
    SELF_PARAMETER,
    TOKEN_TREES,
    TRAIT_BOUNDS,
    TYPE_ARGUMENTS,
    TYPE_BINDING,
    TYPE_PARAMETERS,
    child_at,
    kind_of,
    kinds_of,
    pair,
    plain,
)
from isg_protocol.facts import (
    ArrayType,
    Bound,
    DynType,
    FnType,
    GenericParam,
    Generics,
    ImplType,
    InferType,
    MacroType,
    NeverType,
    Path,
    PathType,
    RefType,
    Segment,
    SliceType,
    TupleType,
    Type,
    WherePredicate,
)

_TYPE_PARAMETER = kind_of("type_parameter")
_CONST_PARAMETER = kind_of("const_parameter")
_HIGHER_RANKED = kind_of("higher_ranked_trait_bound")
_REMOVED_BOUND = kind_of("removed_trait_bound")
_BOUNDED_TYPE = kind_of("bounded_type")
_ABSTRACT_TYPE = kind_of("abstract_type")
_DYNAMIC_TYPE = kind_of("dynamic_type")
_TUPLE_TYPE = kind_of("tuple_type")
_UNIT_TYPE = kind_of("unit_type")
_ARRAY_TYPE = kind_of("array_type")
_REFERENCE_TYPE = kind_of("reference_type")
_POINTER_TYPE = kind_of("pointer_type")
_NEVER_TYPE = kind_of("never_type")
_USE_BOUNDS = kind_of("use_bounds")
_WHERE_PREDICATE = kind_of("where_predicate")
_ARROW = kind_of("->", named=False)
_NO_ARGUMENTS = kinds_of(
    "string_literal", "raw_string_literal", "char_literal", "boolean_literal", "integer_literal",
    "float_literal", "negative_literal", "block",
)  # fmt: skip
_NOT_A_BOUND = frozenset({LIFETIME, _USE_BOUNDS}) | COMMENTS
INFER = InferType()
UNIT = TupleType([])
_NEVER = NeverType()


def read_path(r: Reader, node: Node) -> Path:
    """Any node that is a path, with its site first."""
    start = node.start_byte
    sites = r.sites
    site = len(sites)
    sites.append(start + r.base)
    kind = node.kind_id
    if kind in NAMES:  # by far the most frequent
        return Path(site, [Segment(r.name(node))])
    if kind in SCOPED:
        words = r.text[start : node.end_byte].decode()
        if words.replace("::", "").isidentifier():  # plain names, without space, `<` or `r#` among them
            names = words.split("::")
            if names[0]:
                return Path(site, [Segment(name) for name in names])
            return Path(site, [Segment(name) for name in names[1:]], True)
    path = Path(site, [])
    _segments(r, node, path)
    if not path.segments:  # of broken text: it names nothing
        path.segments.append(Segment(""))
    return path


def _segments(r: Reader, node: Node, path: Path) -> None:
    """Appends the segments of a path: down to its first in a loop, then the names in order."""
    names: list[Node] = []
    kind = node.kind_id
    while kind in SCOPED:
        parts = pair(node) if node.child_count == 3 else plain(node.named_children)
        if len(parts) == 1:
            path.global_ = True
            names.append(parts[0])
            break
        names.append(parts[-1])
        node = parts[0]
        kind = node.kind_id
    segments = path.segments
    if kind in NAMES:
        segments.append(Segment(r.name(node)))
    elif kind not in SCOPED:
        r.deeper()
        _head(r, node, kind, path)
        r.depth -= 1
    for name in reversed(names):
        segments.append(Segment(r.name(name)))


def _head(r: Reader, node: Node, kind: int, path: Path) -> None:
    """The first part of a path, where it is no plain name."""
    if kind in GENERIC:
        _segments(r, child_at(node, 0), path)
        arguments = child_at(node, node.child_count - 1)
        if arguments.kind_id == TYPE_ARGUMENTS and path.segments:
            last = path.segments[-1]
            last.args, last.bindings = read_arguments(r, arguments)
    elif kind == FUNCTION_TYPE:
        _sugar(r, node, path)
    elif kind == BRACKETED_TYPE:
        for part in plain(node.named_children):
            if part.kind_id == QUALIFIED_TYPE:
                own, trait = plain(part.named_children)[:2]
                path.self_type = read_type(r, own)
                _segments(r, trait, path)
                path.trait_len = len(path.segments)
            else:
                path.self_type = read_type(r, part)
    elif kind in (_HIGHER_RANKED, _REMOVED_BOUND):
        parts = plain(node.named_children)
        if parts:
            _segments(r, parts[-1], path)


def _sugar(r: Reader, node: Node, path: Path) -> None:
    """`Fn(A, B) -> C`."""
    trait = node.child_by_field_id(FIELD_TRAIT)
    if trait is not None:
        _segments(r, trait, path)
    params, result = _signature(r, node)
    if path.segments:
        last = path.segments[-1]
        last.args = [TupleType(params)]
        last.bindings = [("Output", result or UNIT)]


def _signature(r: Reader, node: Node) -> tuple[list[Type], Type | None]:
    """The parameters' types and the result of a function type."""
    params: list[Type] = []
    result: Type | None = None
    after_arrow = False
    for part in node.children:
        kind = part.kind_id
        if kind == PARAMETERS:
            for param in part.named_children:
                found = param.kind_id
                if found == PARAMETER:
                    params.append(read_type(r, param.named_children[-1]))
                elif found in _TYPES:
                    params.append(read_type(r, param))
                elif found == SELF_PARAMETER:
                    params.append(INFER)
        elif kind == _ARROW:
            after_arrow = True
        elif after_arrow and kind not in COMMENTS:
            result = read_type(r, part)
    return params, result


def read_arguments(r: Reader, node: Node) -> tuple[list[Type], list[tuple[str, Type]]]:
    """`<A, B, Item = C>`: positional arguments and bindings."""
    args: list[Type] = []
    bindings: list[tuple[str, Type]] = []
    for part in node.named_children:
        kind = part.kind_id
        if kind in _TYPES:
            args.append(read_type(r, part))
        elif kind == TYPE_BINDING:
            parts = plain(part.named_children)
            bindings.append((r.name(parts[0]), read_type(r, parts[-1])))
        elif kind in _NO_ARGUMENTS:
            args.append(INFER)
        elif kind == TRAIT_BOUNDS and args:  # `Item: Bound`, read as a type and its bounds
            subject = args.pop()
            if isinstance(subject, PathType):
                bindings.append((subject.path.segments[-1].name, ImplType(read_bounds(r, part))))
    return args, bindings


def read_type(r: Reader, node: Node) -> Type:
    """Any type."""
    kind = node.kind_id
    if kind in NAMES:
        return _named(r, node)
    reading = _TYPES.get(kind)
    if reading is None:
        return INFER
    r.deeper()
    found = reading(r, node)
    r.depth -= 1
    return found


def _named(r: Reader, node: Node) -> Type:
    start = node.start_byte
    name = r.text[start : node.end_byte].decode()
    if name == "_":
        return INFER
    if "#" in name:
        name = name[2:]
    sites = r.sites
    sites.append(start + r.base)
    return PathType(Path(len(sites) - 1, [Segment(name)]))


def _path_type(r: Reader, node: Node) -> Type:
    return PathType(read_path(r, node))


def _reference(r: Reader, node: Node) -> Type:
    count = node.child_count
    if count == 2:
        return RefType(read_type(r, child_at(node, 1)))
    if count == 3:  # `&mut T`, `&'a T`
        middle = child_at(node, 1).kind_id
        return RefType(read_type(r, child_at(node, 2)), middle == MUTABLE)
    parts = node.named_children
    inner = read_type(r, parts[-1])
    return RefType(inner, any(part.kind_id == MUTABLE for part in parts[:-1]))


def _pointer(r: Reader, node: Node) -> Type:
    parts = node.named_children
    return RefType(read_type(r, parts[-1]), parts[0].kind_id == MUTABLE, True)


def _tuple(r: Reader, node: Node) -> Type:
    parts = plain(node.named_children)
    elements = [read_type(r, part) for part in parts]
    if len(parts) == 1 and b"," not in r.text[parts[0].end_byte : node.end_byte]:
        return elements[0]
    return TupleType(elements)


def _array(r: Reader, node: Node) -> Type:
    parts = plain(node.named_children)
    if not parts:
        return INFER
    inner = read_type(r, parts[0])
    if len(parts) == 1:
        return SliceType(inner)
    if r.lengths is not None:
        r.lengths.append(parts[1])
    return ArrayType(inner, normal_text(r.text[parts[1].start_byte : parts[1].end_byte]))


def _function(r: Reader, node: Node) -> Type:
    if node.child_by_field_id(FIELD_TRAIT) is not None:
        return PathType(read_path(r, node))
    params, result = _signature(r, node)
    return FnType(params, result)


def _higher_ranked(r: Reader, node: Node) -> Type:
    """`for<'a> &'a T`: the type behind the lifetimes."""
    parts = plain(node.named_children)
    return read_type(r, parts[-1]) if len(parts) > 1 else INFER


def _several(r: Reader, node: Node) -> Type:
    """`impl A + B`, `dyn A + B`, or, in edition 2015, `A + B`."""
    bounds: list[Bound] = []
    first = node
    while first.kind_id == _BOUNDED_TYPE:
        first = first.named_children[0]
    _add_bound(r, node, bounds)
    return ImplType(bounds) if first.kind_id == _ABSTRACT_TYPE else DynType(bounds)


def _abstract(r: Reader, node: Node) -> Type:
    bounds: list[Bound] = []
    _add_bound(r, node, bounds)
    return ImplType(bounds)


def _dynamic(r: Reader, node: Node) -> Type:
    bounds: list[Bound] = []
    _add_bound(r, node, bounds)
    return DynType(bounds)


def _macro(r: Reader, node: Node) -> Type:
    parts = plain(node.named_children)
    path = read_path(r, parts[0])
    tree = parts[-1]
    start, end = r.base + tree.start_byte, r.base + tree.end_byte
    return MacroType(
        path, normal_tokens(r.source[start + 1 : end - 1]) if tree.kind_id in TOKEN_TREES else ""
    )


def _infer(r: Reader, node: Node) -> Type:
    return INFER


def _never(r: Reader, node: Node) -> Type:
    return _NEVER


def _unit(r: Reader, node: Node) -> Type:
    return TupleType([])


_TYPES = {
    **dict.fromkeys(NAMES, _named),
    **dict.fromkeys(SCOPED | GENERIC | {_REMOVED_BOUND, BRACKETED_TYPE}, _path_type),
    _HIGHER_RANKED: _higher_ranked,
    METAVARIABLE: _named,
    _REFERENCE_TYPE: _reference,
    _POINTER_TYPE: _pointer,
    _TUPLE_TYPE: _tuple,
    _UNIT_TYPE: _unit,
    _ARRAY_TYPE: _array,
    FUNCTION_TYPE: _function,
    _BOUNDED_TYPE: _several,
    _ABSTRACT_TYPE: _abstract,
    _DYNAMIC_TYPE: _dynamic,
    MACRO_INVOCATION: _macro,
    _NEVER_TYPE: _never,
    QUALIFIED_TYPE: _infer,
}

# --- bounds and generics ---------------------------------------------------------------------------------


def _add_bound(r: Reader, node: Node, bounds: list[Bound]) -> None:
    kind = node.kind_id
    if kind in _NOT_A_BOUND:
        return
    r.deeper()
    if kind in (_BOUNDED_TYPE, _TUPLE_TYPE):
        for part in node.named_children:
            _add_bound(r, part, bounds)
    elif kind in (_ABSTRACT_TYPE, _DYNAMIC_TYPE, _HIGHER_RANKED):
        for part in node.named_children:
            if part.kind_id != TYPE_PARAMETERS:
                _add_bound(r, part, bounds)
    elif kind == _REMOVED_BOUND:
        bounds.append(Bound(read_path(r, node), True))
    elif kind in NAMES or kind in SCOPED or kind in GENERIC or kind == FUNCTION_TYPE:
        bounds.append(Bound(read_path(r, node)))
    r.depth -= 1


def read_bounds(r: Reader, node: Node) -> list[Bound]:
    """The bounds of a `trait_bounds` node."""
    bounds: list[Bound] = []
    for part in node.named_children:
        _add_bound(r, part, bounds)
    return bounds


def read_generics(r: Reader, parameters: Node | None, where: Node | None) -> Generics:
    """Type and const parameters and where clauses. Sites follow the source: read them in its order."""
    generics = Generics()
    if parameters is not None:
        generics.params = read_parameters(r, parameters)
    if where is not None:
        generics.where = read_where(r, where)
    return generics


def read_parameters(r: Reader, node: Node) -> list[GenericParam]:
    params: list[GenericParam] = []
    for part in node.named_children:
        kind = part.kind_id
        if kind == _TYPE_PARAMETER:
            inner = plain(part.named_children)
            param = GenericParam(r.name(inner[0]))
            for child in inner[1:]:
                if child.kind_id == TRAIT_BOUNDS:
                    param.bounds = read_bounds(r, child)
                else:
                    param.default = read_type(r, child)
            params.append(param)
        elif kind == _CONST_PARAMETER:
            inner = plain(part.named_children)
            params.append(GenericParam(r.name(inner[0]), const=read_type(r, inner[1])))
        elif kind == METAVARIABLE:
            params.append(GenericParam(r.name(part)))
    return params


def read_where(r: Reader, node: Node) -> list[WherePredicate]:
    predicates: list[WherePredicate] = []
    for part in node.named_children:
        if part.kind_id != _WHERE_PREDICATE:
            continue
        inner = plain(part.named_children)
        if len(inner) != 2 or inner[0].kind_id == LIFETIME:
            continue
        subject = read_type(r, inner[0])
        predicates.append(WherePredicate(subject, read_bounds(r, inner[1])))
    return predicates
