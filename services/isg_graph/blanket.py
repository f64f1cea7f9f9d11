"""Blanket impls: `impl<T: A + B> Trait for T`, and whether their bounds hold for a type.

Owns the reading of simple bounds (`T: A + B`, inline and in the where clause) from an impl's signature,
and the proof by the graph's implements edges. Three answers: it holds, it does not, or nobody here can
say: bounds on anything but the parameter itself, closures' traits of external types, auto traits, and
external traits that may come from a blanket impl of their own crate. Absent: type inference.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from isg_graph.lookup import bare
from isg_graph.memo import once
from isg_graph.view import View
from isg_protocol.graph import Node
from isg_protocol.vocabulary import ENUM, EXTERNAL, IMPL, IMPLEMENTS, STRUCT, UNION, USES

PROOF_DEPTH_MAX = 4
HEADERS_REMEMBERED_MAX = 4_096

_PREDICATE = re.compile(r"((?:[^:]|::)*):(?!:)(.*)", re.DOTALL)
_PARAMETER = re.compile(r"(?:const )?([A-Za-z_]\w*)")
_NEVER_BLANKET = {
    "Clone", "Copy", "Debug", "Display", "Default", "PartialEq", "Eq", "PartialOrd", "Ord", "Hash",
    "Iterator", "DoubleEndedIterator", "ExactSizeIterator", "Future", "Error", "Read", "Write",
    "BufRead", "Seek", "Drop", "Deref", "DerefMut", "Index", "IndexMut", "Add", "Sub", "Mul", "Div",
    "Rem", "Neg", "Not", "AsRef", "AsMut", "FromStr", "Fn", "FnMut", "FnOnce", "Extend", "FromIterator",
}  # fmt: skip
"""Traits of the standard library that a local type has only by an impl of its own."""


class Verdict(Enum):
    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"


def is_blanket(node: Node) -> bool:
    """True for a trait impl whose Self is one of its own type parameters."""
    if node.kind != IMPL or node.trait is None or not node.self_text or node.signature is None:
        return False
    self_text = node.self_text
    return self_text.isidentifier() and self_text in type_parameters(node.signature)


def blanket_impls(view: View) -> list[int]:
    """Every blanket impl of the graph, by `Node.order()`; found once a version."""
    return once(view, "blanket impls", _blanket_impls)


def _blanket_impls(view: View) -> list[int]:
    numbers = (number for number in view.numbers() if view.kind(number) == IMPL)
    found = [number for number in numbers if is_blanket(view.node(number))]
    return sorted(found, key=lambda number: view.node(number).order())


def _by_trait(view: View) -> dict[int, list[int]]:
    """The blanket impls of each trait, by `Node.order()`."""
    found: dict[int, list[int]] = {}
    for impl in blanket_impls(view):
        for trait in {link.other for link in view.outgoing(impl) if link.kind == IMPLEMENTS}:
            found.setdefault(trait, []).append(impl)
    return found


def verdict(view: View, impl: int, types: frozenset[int], depth: int = 0) -> Verdict:
    """Whether a blanket impl covers a type, given as its nodes (cfg alternatives)."""
    node = view.node(impl)
    bounds = simple_bounds(node.signature or "", node.self_text or "")
    if bounds is None:
        return Verdict.UNKNOWN
    result = Verdict.HOLDS
    for bound in bounds:
        one = _bound_verdict(view, impl, bound, types, depth)
        if one is Verdict.FAILS:
            return one
        if one is Verdict.UNKNOWN:
            result = one
    return result


def _bound_verdict(view: View, impl: int, bound: str, types: frozenset[int], depth: int) -> Verdict:
    name = bare(bound.split("(", 1)[0])
    own = all(view.kind(number) in (STRUCT, ENUM, UNION) for number in types)
    if name == "Sized":
        return Verdict.HOLDS if own else Verdict.UNKNOWN
    traits = {
        link.other for link in view.outgoing(impl) if link.kind == USES and view.node(link.other).name == name
    }
    if not traits:
        return Verdict.FAILS if own and name in _NEVER_BLANKET else Verdict.UNKNOWN
    if any(
        link.kind == IMPLEMENTS and link.other in traits for number in types for link in view.outgoing(number)
    ):
        return Verdict.UNKNOWN if "<" in bound else Verdict.HOLDS
    result = _by_other_blankets(view, traits, types, depth)
    if result is not Verdict.FAILS:
        return result
    external = any(view.kind(trait) == EXTERNAL for trait in traits)
    if not own or (external and name not in _NEVER_BLANKET):
        return Verdict.UNKNOWN
    return Verdict.FAILS


def _by_other_blankets(view: View, traits: set[int], types: frozenset[int], depth: int) -> Verdict:
    if depth >= PROOF_DEPTH_MAX:
        return Verdict.UNKNOWN
    result = Verdict.FAILS
    by_trait = once(view, "blanket impls by trait", _by_trait)
    for other in dict.fromkeys(impl for trait in sorted(traits) for impl in by_trait.get(trait, ())):
        one = verdict(view, other, types, depth + 1)
        if one is Verdict.HOLDS:
            return one
        if one is Verdict.UNKNOWN:
            result = one
    return result


# --- reading a header ---------------------------------------------------------------------------------


def type_parameters(signature: str) -> dict[str, str]:
    """Each type parameter of `impl<…>` with its inline bounds as text ("" for none)."""
    start = signature.find("impl")
    opening = start + 4
    if start < 0 or signature[opening : opening + 1] != "<":
        return {}
    found: dict[str, str] = {}
    for part in _divided(_inside(signature, opening), ","):
        name = _PARAMETER.match(part)
        if name is not None and not part.startswith("const "):
            bounds = part[name.end() :].split(" = ", 1)[0].strip()
            found[name[1]] = bounds.removeprefix(":").strip()
    return found


@lru_cache(maxsize=HEADERS_REMEMBERED_MAX)
def simple_bounds(signature: str, parameter: str) -> tuple[str, ...] | None:
    """The trait bounds of an impl's own Self parameter, lifetimes and `?Sized` left out (what is not
    `?Sized` asks for Sized, which is named). None when the header also bounds anything else, so that no
    list of the parameter's traits decides."""
    parameters = type_parameters(signature)
    texts = [parameters.get(parameter, "")]
    if any(bounds for name, bounds in parameters.items() if name != parameter):
        return None
    for predicate in _divided(_where(signature), ","):
        halves = _PREDICATE.match(predicate)
        if halves is None:
            return None
        subject = halves[1].strip()
        if subject == parameter:
            texts.append(halves[2])
        elif not subject.startswith("'"):
            return None
    found: list[str] = []
    sized = True
    for text in texts:
        for bound in _divided(text, "+"):
            if bound.startswith("?"):
                sized = False
            elif bound.startswith("for<"):
                return None
            elif bound and not bound.startswith("'"):
                found.append(bound)
    return ("Sized", *found) if sized else tuple(found)


def _where(signature: str) -> str:
    depth = 0
    for index, char in enumerate(signature):
        if char in "<([{":
            depth += 1
        elif char in ">)]}" and not (char == ">" and signature[index - 1] in "-="):
            depth -= 1
        elif depth == 0 and signature.startswith(" where ", index):
            return signature[index + 7 :]
    return ""


def _inside(text: str, opening: int) -> str:
    """What stands between the `<` at `opening` and its `>`."""
    depth = 0
    for index in range(opening, len(text)):
        if text[index] in "<([{":
            depth += 1
        elif text[index] in ">)]}" and not (text[index] == ">" and text[index - 1] in "-="):
            depth -= 1
            if depth == 0:
                return text[opening + 1 : index]
    return text[opening + 1 :]


def _divided(text: str, by: str) -> list[str]:
    """The parts between `by` outside all brackets, without white space around, empty ones left out."""
    parts: list[str] = []
    depth = 0
    start = 0
    for index, char in enumerate(text):
        if char in "<([{":
            depth += 1
        elif char in ">)]}" and not (char == ">" and text[index - 1 : index] in ("-", "=")):
            depth -= 1
        elif char == by and depth == 0:
            parts.append(text[start:index])
            start = index + 1
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]
