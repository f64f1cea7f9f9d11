"""What the structures of the wire look like, as plain values: compared with golden files and SPEC.md."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import msgspec
from msgspec import inspect

PLAIN = {
    inspect.IntType: "int",
    inspect.StrType: "str",
    inspect.BytesType: "bin",
    inspect.BoolType: "bool",
    inspect.FloatType: "float",
    inspect.NoneType: "nil",
    inspect.AnyType: "any",
    inspect.RawType: "message",
}


def type_text(kind: inspect.Type) -> str:
    """A field's type in the words of SPEC.md."""
    plain = PLAIN.get(type(kind))
    if plain is not None:
        return plain
    match kind:
        case inspect.StructType():
            return kind.cls.__name__
        case inspect.ListType() | inspect.VarTupleType():
            return f"[{type_text(kind.item_type)}]"
        case inspect.TupleType():
            return f"({', '.join(type_text(item) for item in kind.item_types)})"
        case inspect.DictType():
            return f"{{{type_text(kind.key_type)}: {type_text(kind.value_type)}}}"
        case inspect.UnionType():
            texts = sorted((type_text(each) for each in kind.types), key=lambda text: (text == "nil", text))
            return " or ".join(texts)
    raise AssertionError(f"a type that the wire has no word for: {kind!r}")


def default_text(field: inspect.Field) -> str:
    """ "required", or the default as JSON."""
    if field.required:
        return "required"
    value = field.default_factory() if field.default is inspect.NODEFAULT else field.default
    return msgspec.json.encode(value).decode()


def structs(module: ModuleType) -> dict[str, type[msgspec.Struct]]:
    """The structures that a module defines, in its order."""
    return {
        name: value
        for name, value in vars(module).items()
        if isinstance(value, type)
        and issubclass(value, msgspec.Struct)
        and (value.__module__, value.__name__) == (module.__name__, name)
    }


def schema(cls: type[msgspec.Struct]) -> dict[str, Any]:
    """One structure: how it is tagged, whether its fields go by position, and each field in order."""
    described = inspect.type_info(cls)
    assert isinstance(described, inspect.StructType)
    fields = [[field.encode_name, type_text(field.type), default_text(field)] for field in described.fields]
    return {"tag": described.tag, "array": described.array_like, "fields": fields}


def schemas(*modules: ModuleType) -> dict[str, Any]:
    return {name: schema(cls) for module in modules for name, cls in structs(module).items()}


def incompatible(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Why a reader of `old` and a writer of `new` (or the reverse) would misunderstand each other. New
    structures, and fields appended with a default, are understood by both."""
    reasons = []
    for name, was in old.items():
        now = new.get(name)
        if now is None:
            reasons.append(f"{name} is gone")
            continue
        if (was["tag"], was["array"]) != (now["tag"], now["array"]):
            reasons.append(f"{name} is tagged or laid out otherwise")
        kept = now["fields"][: len(was["fields"])]
        if kept != was["fields"]:
            others = [*kept, *[None] * len(was["fields"])]
            changed = [
                field[0] for field, other in zip(was["fields"], others, strict=False) if field != other
            ]
            reasons.append(f"{name} renames, removes, reorders or changes: {', '.join(changed)}")
        reasons += [
            f"{name}.{field[0]} is new and has no default"
            for field in now["fields"][len(was["fields"]) :]
            if field[2] == "required"
        ]
    return reasons
