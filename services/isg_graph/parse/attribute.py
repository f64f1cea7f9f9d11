"""Attributes: what `#[…]` before an item says about it.

They are read as text, each once: the conditions, the derives, whether it is a test, the path of a module.
Absent: the meaning of a condition; `cfg` is kept as its normalised text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from isg_graph.parse.signature import normal_text

_HEAD = re.compile(rb"\s*(?:unsafe\s*\(\s*)?((?:r#)?\w+(?:\s*::\s*\w+)*)\s*")
_STRING = re.compile(rb'=\s*(?:r#*)?"((?:\\.|[^"\\])*)"')
_PATH = re.compile(rb"(?:::)?\s*\w+(?:\s*::\s*\w+)*")
_TEST_LIKE = frozenset(
    {"test", "bench", "rstest", "test_case", "wasm_bindgen_test", "quickcheck", "proptest"}
)
_QUIET = frozenset({"doc", "cfg", "cfg_attr", "derive", "test"})
_WITH_ARGUMENTS = frozenset({"pin_project", "project", "project_ref"})
"""Of these, what they are given is kept: a declared macro (isg_graph.resolve.declared) goes by it."""


@dataclass(slots=True)
class Attributes:
    """cfg         the conditions, each as text
    derives     each path of a derive, with the position (a byte of the source) of its attribute and the
                condition it stands under
    names       of all others; with what they are given, where a declared macro goes by it
    path        of `#[path = "…"]`
    """

    cfg: list[str] = field(default_factory=list)
    test: bool = False
    names: set[str] = field(default_factory=set)
    derives: list[tuple[list[str], int, str | None]] = field(default_factory=list)
    path: str | None = None
    macro_use: bool = False
    macro_export: bool = False

    def add(self, text: bytes, position: int, given: str | None = None) -> None:
        """One attribute, as the text between its brackets; `position` is where it stands, `given` the
        condition of the `cfg_attr` it stands in."""
        if text.isalpha():  # most are a mere word: `test`, `inline`
            name, rest = text.decode(), b""
        else:
            found = _HEAD.match(text)
            if found is None:
                return
            name = found[1].decode("utf-8", "replace")
            if "::" in name:
                name = "".join(name.split())
            rest = text[found.end() :]
        if name == "doc":
            return
        if name == "cfg":
            condition = _inside(rest)
            if given is not None:
                condition = f"any(not({given}), {condition})"
            self.cfg.append(condition)
            if requires_test(condition):
                self.test = True
        elif name == "derive":
            for path in _PATH.findall(_uncommented(rest)):
                words = path.decode("utf-8", "replace").replace(" ", "").split("::")
                self.derives.append(([word for word in words if word], position, given))
        elif name == "cfg_attr":
            parts = split_commas(rest.strip()[1:-1])
            if parts:
                condition = normal_text(parts[0])
                inner = condition if given is None else f"all({given}, {condition})"
                for part in parts[1:]:
                    self.add(part, position, inner)
        elif name == "path":
            value = _STRING.match(rest)
            if value is not None:
                self.path = value[1].decode("utf-8", "replace")
        else:
            last = name.rsplit("::", 1)[-1]
            if last in _TEST_LIKE:
                self.test = True
            if name == "macro_use":
                self.macro_use = True
            elif name == "macro_export":
                self.macro_export = True
        if name not in _QUIET:
            told = name.rsplit("::", 1)[-1] in _WITH_ARGUMENTS
            self.names.add(name + normal_text(rest.strip()) if told else name)


@lru_cache(maxsize=1024)
def _inside(text: bytes) -> str:
    """The normalised text between the outer parentheses."""
    return normal_text(text.strip()[1:-1].strip()).rstrip(",")


def _uncommented(text: bytes) -> bytes:
    return re.sub(rb"//[^\n]*|/\*.*?\*/", b" ", text, flags=re.DOTALL) if b"/" in text else text


def split_commas(text: bytes) -> list[bytes]:
    """The parts between commas outside brackets and strings."""
    parts, depth, start = [], 0, 0
    for found in re.finditer(rb'"(?:\\.|[^"\\])*"|[()\[\]{},]', text):
        letter = found[0]
        if letter in b"([{":
            depth += 1
        elif letter in b")]}":
            depth -= 1
        elif letter == b"," and depth == 0:
            parts.append(text[start : found.start()])
            start = found.end()
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]


def requires_test(condition: str) -> bool:
    """Does the condition hold under `test` alone? `test`, `all(test, …)`."""
    if condition == "test":
        return True
    if condition.startswith("all(") and condition.endswith(")"):
        return any(requires_test(part.decode()) for part in split_commas(condition[4:-1].encode()))
    return False


def join_conditions(conditions: list[str]) -> str | None:
    """None, the one condition, or `all(…)` of several."""
    if not conditions:
        return None
    return conditions[0] if len(conditions) == 1 else f"all({', '.join(conditions)})"
