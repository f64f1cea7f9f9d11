"""Macros of the field that no source here defines, as what they add to an item: declared, not guessed.

`pin_project!` (and the attribute of that name) gives a struct or enum its projection: a type whose pinned
fields are `Pin<&mut T>` and whose others are `&mut T`, the methods `project` and `project_ref`, and the
impls that make it sound.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from isg_protocol.facts import EnumHead, ImplHead, ItemFacts, StructHead

_NAME = re.compile(r"\b(?:struct|enum)\s+(\w+)")
_ATTRIBUTE_NAME = re.compile(r"[\w:]*")
_PROJECT = re.compile(r"\b(project|project_ref)\s*=\s*(\w+)")
_PIN = re.compile(r"#\[\s*pin\s*\]")
_VARIANT = re.compile(r"(?:#\[[^\]]*\]\s*)*(\w+)(.*)", re.DOTALL)
_PLACE = re.compile(r"((?:#\[[^\]]*\]\s*)*)(?:pub(?:\([^)]*\))?\s+)?(.+)", re.DOTALL)
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
    attribute = next((name for name in item.attributes if _name_of(name) == "pin_project"), None)
    if not inside and attribute is None:
        return None
    body: Callable[[str, str], str]
    if isinstance(item.head, EnumHead):
        body = _variants
    elif isinstance(item.head, StructHead) and item.head.shape == "named":
        body = _named
    else:
        return None
    parts = _parts(item.signature)
    if parts is None:
        return None
    told = [attribute] if attribute is not None else [*item.attributes]
    return _pin_project(parts, body, _told(told), inside, dropped, isinstance(item.head, EnumHead))


def _name_of(attribute: str) -> str:
    return _ATTRIBUTE_NAME.match(attribute)[0].rpartition("::")[2]  # type: ignore[index]  # it matches anything


def _told(attributes: Sequence[str]) -> dict[str, str]:
    """What the projections are to be called: `project = Name`, `project_ref = Name`."""
    return {key: name for text in attributes for key, name in _PROJECT.findall(text)}


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


def _pin_project(
    parts: tuple[str, str, str, str],
    body: Callable[[str, str], str],
    told: dict[str, str],
    inside: bool,
    dropped: bool,
    is_enum: bool,
) -> str:
    """The projections with their methods, and the impls that make them sound. A projection that was given a
    name can be named, and an enum has none but such."""
    name, generics, where, fields = parts
    generics = _without_defaults(generics)
    arguments = _arguments(generics)
    owned = f"<{generics}>" if generics else ""
    applied = f"<{arguments}>" if arguments else ""
    lifetime = f"<'__pin{', ' + generics if generics else ''}>"
    taken = f"<'__pin{', ' + arguments if arguments else ''}>"
    word = "enum" if is_enum else "struct"
    named, hidden, methods = "", "", ""
    for method, mutable, default in (("project", "mut ", "Projection"), ("project_ref", "", "ProjectionRef")):
        if is_enum and method not in told:
            continue
        called = told.get(method, default)
        text = f"pub(crate) {word} {called}{lifetime} {where} {{ {body(fields, mutable)} }} "
        if method in told:
            named += text
        else:
            hidden += text
        methods += (
            f" pub(crate) fn {method}<'__pin>(self: ::std::pin::Pin<&'__pin {mutable}Self>)"
            f" -> {called}{taken} {{ loop {{}} }}"
        )
    text = f"{named}const _: () = {{ {hidden}"
    if methods:
        text += f"impl{owned} {name}{applied} {where} {{{methods} }}"
    soundness = _soundness if inside else _attribute_soundness
    return text + soundness(name, owned, applied, where, dropped) + " };"


def _named(fields: str, mutable: str) -> str:
    """Named fields as their projection has them."""
    found = [_FIELD.match(part) for part in _split(fields)]
    return ", ".join(
        f"{match[2]}: {_projected(match[3], mutable, _PIN.search(match[1]) is not None)}"
        for match in found
        if match is not None
    )


def _variants(variants: str, mutable: str) -> str:
    """An enum's variants as their projection has them."""
    found = []
    for part in _split(variants):
        match = _VARIANT.match(part)
        if match is None:
            continue
        name, rest = match[1], match[2].strip()
        if rest.startswith("{"):
            found.append(f"{name} {{ {_named(rest[1 : _closing(rest, 0)], mutable)} }}")
        elif rest.startswith("("):
            places = [_PLACE.match(one) for one in _split(rest[1 : _closing(rest, 0)])]
            types = [_projected(p[2], mutable, _PIN.search(p[1]) is not None) for p in places if p]
            found.append(f"{name}({', '.join(types)})")
        else:
            found.append(name)
    return ", ".join(found)


def _projected(ty: str, mutable: str, pinned: bool) -> str:
    borrowed = f"&'__pin {mutable}{ty.strip()}"
    return f"::std::pin::Pin<{borrowed}>" if pinned else borrowed


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


def _attribute_soundness(name: str, owned: str, applied: str, where: str, dropped: bool) -> str:
    """As the attribute of the crate `pin-project` has it."""
    trait = f"{name}MustNotImplDrop"
    text = (
        f" impl{owned} ::std::marker::Unpin for {name}{applied} {where} {{}}"
        f" impl{owned} ::pin_project::UnsafeUnpin for {name}{applied} {where} {{}}"
    )
    if dropped:
        return text
    return (
        text + f" trait {trait} {{}} impl<T: ::std::ops::Drop + ?Sized> {trait} for T {{}}"
        f" impl{owned} {trait} for {name}{applied} {where} {{}}"
        f" impl{owned} ::pin_project::__private::PinnedDrop for {name}{applied} {where} {{"
        " fn drop(self: ::std::pin::Pin<&mut Self>) {} }"
    )
