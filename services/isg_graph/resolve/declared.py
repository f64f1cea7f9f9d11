"""Macros of the field that no source here defines, as what they add to an item: declared, not guessed.

`pin_project!` (and the attribute of that name) gives a struct or enum its projection: a type whose pinned
fields are `Pin<&mut T>` and whose others are `&mut T`, the methods `project` and `project_ref`, and the
impls that make it sound.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from isg_protocol.facts import EnumHead, ImplHead, ItemFacts, StructHead

_NAME = re.compile(r"\b(?:struct|enum)\s+(\w+)")
_FIELD = re.compile(r"((?:#\[[^\]]*\]\s*)*)(?:pub(?:\([^)]*\))?\s+)?(\w+)\s*:\s*(.+)", re.DOTALL)


def drops_pinned(item: ItemFacts, items: Sequence[ItemFacts]) -> bool:
    """Whether a `PinnedDrop` impl stands in the same macro as a type: it then has a Drop of its own."""
    if not item.wrapper.endswith("pin_project"):
        return False
    for other in items:
        head = other.head
        if other.wrapper == item.wrapper and isinstance(head, ImplHead) and head.trait_text is not None:
            if (
                head.trait_text.endswith("PinnedDrop")
                and head.self_text.partition("<")[0].strip() == item.name
            ):
                return True
    return False


def added_text(item: ItemFacts, dropped: bool) -> str | None:
    """What declared macros add to an item, as Rust source; None for most. `dropped`: see `drops_pinned`."""
    inside = item.wrapper.rpartition(" ")[2] == "pin_project"
    attribute = any(name.rpartition("::")[2] == "pin_project" for name in item.attributes)
    if (inside or attribute) and isinstance(item.head, StructHead) and item.head.shape == "named":
        return _pin_project(item, inside, dropped)
    if inside and isinstance(item.head, EnumHead):
        return _sound(item, dropped)
    return None


def _parts(signature: str) -> tuple[str, str, str, str] | None:
    """(name, generic parameters, where clause, fields) of a struct's or enum's signature."""
    match = _NAME.search(signature)
    if match is None:
        return None
    rest = signature[match.end() :].lstrip()
    generics = ""
    if rest.startswith("<"):
        end = _closing(rest, 0)
        generics, rest = rest[1:end], rest[end + 1 :].lstrip()
    opening = _opening_brace(rest)
    if opening < 0:
        return None
    return match.group(1), generics, rest[:opening].strip(), rest[opening + 1 : rest.rfind("}")]


def _opening_brace(text: str) -> int:
    return text.find("{")


def _closing(text: str, at: int) -> int:
    depth = 0
    for position in range(at, len(text)):
        character = text[position]
        if character in "<([{":
            depth += 1
        elif character in ")]}" or (character == ">" and text[position - 1] not in "-="):
            depth -= 1
            if depth == 0:
                return position
    return len(text) - 1


def _split(text: str) -> list[str]:
    """The parts of a list at its top-level commas."""
    parts, depth, start = [], 0, 0
    for position, character in enumerate(text):
        if character in "<([{":
            depth += 1
        elif character in ")]}" or (character == ">" and text[position - 1] not in "-="):
            depth -= 1
        elif character == "," and depth == 0:
            parts.append(text[start:position].strip())
            start = position + 1
    parts.append(text[start:].strip())
    return [part for part in parts if part]


def _arguments(generics: str) -> str:
    """Generic parameters as arguments: their names alone."""
    names = []
    for part in _split(generics):
        name = part.partition(":")[0].partition("=")[0].strip()
        names.append(name.removeprefix("const ").strip())
    return ", ".join(names)


def _without_defaults(generics: str) -> str:
    return ", ".join(re.sub(r"\s=(?!>).*", "", part) for part in _split(generics))


def _pin_project(item: ItemFacts, sound: bool, dropped: bool) -> str | None:
    parts = _parts(item.signature)
    if parts is None:
        return None
    name, generics, where, fields = parts
    generics = _without_defaults(generics)
    arguments = _arguments(generics)
    owned = f"<{generics}>" if generics else ""
    applied = f"<{arguments}>" if arguments else ""
    changing, reading = [], []
    for part in _split(fields):
        match = _FIELD.match(part)
        if match is None:
            continue
        attributes, field, ty = match.groups()
        pinned = re.search(r"#\[\s*pin\s*\]", attributes) is not None
        changing.append(f"{field}: {_projected(ty, 'mut ', pinned)}")
        reading.append(f"{field}: {_projected(ty, '', pinned)}")
    lifetime = f"<'__pin{', ' + generics if generics else ''}>"
    taken = f"<'__pin{', ' + arguments if arguments else ''}>"
    text = (
        f"const _: () = {{ struct Projection{lifetime} {where} {{ {', '.join(changing)} }}"
        f" struct ProjectionRef{lifetime} {where} {{ {', '.join(reading)} }}"
        f" impl{owned} {name}{applied} {where} {{"
        f" pub(crate) fn project<'__pin>(self: ::std::pin::Pin<&'__pin mut Self>) -> Projection{taken}"
        " { loop {} }"
        f" pub(crate) fn project_ref<'__pin>(self: ::std::pin::Pin<&'__pin Self>) -> ProjectionRef{taken}"
        " { loop {} } }"
    )
    return text + (_soundness(name, owned, applied, where, dropped) if sound else "") + " };"


def _projected(ty: str, mutable: str, pinned: bool) -> str:
    borrowed = f"&'__pin {mutable}{ty.strip()}"
    return f"::std::pin::Pin<{borrowed}>" if pinned else borrowed


def _sound(item: ItemFacts, dropped: bool) -> str | None:
    parts = _parts(item.signature)
    if parts is None:
        return None
    name, generics, where, _ = parts
    generics = _without_defaults(generics)
    arguments = _arguments(generics)
    owned = f"<{generics}>" if generics else ""
    applied = f"<{arguments}>" if arguments else ""
    return f"const _: () = {{ {_soundness(name, owned, applied, where, dropped)} }};"


def _soundness(name: str, owned: str, applied: str, where: str, dropped: bool) -> str:
    unpin = f" impl{owned} ::std::marker::Unpin for {name}{applied} {where} {{}}"
    if dropped:
        return (
            unpin + f" impl{owned} ::std::ops::Drop for {name}{applied} {where} {{ fn drop(&mut self) {{}} }}"
        )
    return (
        unpin + " trait MustNotImplDrop {} impl<T: ::std::ops::Drop + ?Sized> MustNotImplDrop for T {}"
        f" impl{owned} MustNotImplDrop for {name}{applied} {where} {{}}"
    )
