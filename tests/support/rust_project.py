"""Small Rust projects made at random, and edits of them as people make them.

Every name comes from a small pool, so that names collide, hide one another, are found and not found: an
edit in one file changes what another means. Nothing here need compile; the laws it serves are about equal
graphs. A project is a value: the texts of its items by file. The same seed makes the same project.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

MANIFEST = '[package]\nname = "{name}"\nedition = "{edition}"\n[dependencies]\nouter = "1"\n'
MODULES = ("a", "b", "c")
FUNCTIONS = ("f0", "f1", "f2", "f3")
TYPES = ("T0", "T1", "T2")
TRAITS = ("Tr0", "Tr1")
METHODS = ("m0", "m1", "m2")
FIELDS = ("x", "y")
CONSTS = ("C0", "C1")
FILES = {
    "src/lib.rs": ("a", "b"),
    "src/a.rs": ("c",),
    "src/a/c.rs": (),
    "src/b/mod.rs": (),
    "src/main.rs": (),
    "tests/it.rs": (),
}
"""Every file a project may have, and the modules it declares. A file may be away."""


@dataclass
class Project:
    """`items` by file: the texts, in order, that make the file. `crate` and `edition` are the manifest's;
    without a crate's name there is none."""

    items: dict[str, list[str]] = field(default_factory=dict)
    crate: str | None = "demo"
    edition: str = "2021"
    blank: dict[str, int] = field(default_factory=dict)

    def files(self) -> dict[str, str]:
        """The texts by path."""
        made = {
            path: "\n" * self.blank.get(path, 0) + "\n\n".join(items) + "\n"
            for path, items in self.items.items()
        }
        if self.crate is not None:
            made["Cargo.toml"] = MANIFEST.format(name=self.crate, edition=self.edition)
        return made

    def copy(self) -> Project:
        items = {path: list(texts) for path, texts in self.items.items()}
        return Project(items, self.crate, self.edition, dict(self.blank))


class Author:
    """Writes and edits projects, by a seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self._past: list[Project] = []

    # --- a project --------------------------------------------------------------------------------------

    def project(self) -> Project:
        made = Project()
        made.crate = self.pick("demo", "demo", None)
        for path, modules in FILES.items():
            if self.chance(0.85) or path == "src/lib.rs":
                made.items[path] = [f"{self.pick('', 'pub ')}mod {m};" for m in modules]
                made.items[path] += [self.item() for _ in range(self.random.randint(2, 6))]
        return made

    def edit(self, project: Project) -> tuple[str, Project]:
        """What was done, and the project after it."""
        if self._past and self.chance(0.15):
            return "undo", self._past.pop()
        self._past.append(project)
        after = project.copy()
        done = self.random.choice(
            (self._replace, self._replace, self._body, self._body, self._add, self._remove, self._rename,
             self._rename, self._swap, self._break, self._blank, self._file, self._manifest)
        )(after)  # fmt: skip
        return done, after

    # --- edits ------------------------------------------------------------------------------------------

    def _place(self, project: Project) -> tuple[str, int]:
        path = self.pick(*[p for p, items in project.items.items() if items] or ["src/lib.rs"])
        return path, self.random.randrange(max(1, len(project.items.get(path, []))))

    def _replace(self, project: Project) -> str:
        path, at = self._place(project)
        project.items[path][at] = self.item()
        return f"replace item {at} of {path}"

    def _body(self, project: Project) -> str:
        """A function's body alone, where there is one to be found."""
        path, at = self._place(project)
        text = project.items[path][at]
        start = text.find("{ /*body*/")
        end = text.find("/*end*/ }", max(start, 0))
        if start < 0 or end < 0:  # none, or one that an edit has broken off
            return self._replace(project)
        project.items[path][at] = f"{text[:start]}{self.block()[:-9]}{text[end:]}"
        return f"body of item {at} of {path}"

    def _add(self, project: Project) -> str:
        path, at = self._place(project)
        project.items.setdefault(path, []).insert(at, self.item())
        return f"add item {at} to {path}"

    def _remove(self, project: Project) -> str:
        path, at = self._place(project)
        project.items[path].pop(at)
        return f"remove item {at} of {path}"

    def _rename(self, project: Project) -> str:
        """One name for another, wherever an item has it."""
        path, at = self._place(project)
        pool = self.pick(FUNCTIONS, TYPES, TRAITS, METHODS)
        old, new = self.pick(*pool), self.pick(*pool, "New9")
        project.items[path][at] = project.items[path][at].replace(old, new)
        return f"rename {old} to {new} in item {at} of {path}"

    def _swap(self, project: Project) -> str:
        path, at = self._place(project)
        items = project.items[path]
        items.append(items.pop(at))
        return f"move item {at} of {path} to the end"

    def _break(self, project: Project) -> str:
        """A text that is no Rust any more."""
        path, at = self._place(project)
        text = project.items[path][at]
        cut = self.random.randrange(len(text) + 1)
        project.items[path][at] = self.pick(text[:cut], text[:cut] + "{{" + text[cut:], f"fn broken(\n{text}")
        return f"break item {at} of {path}"

    def _blank(self, project: Project) -> str:
        path, _ = self._place(project)
        project.blank[path] = self.random.randrange(4)
        return f"{project.blank[path]} blank lines on top of {path}"

    def _file(self, project: Project) -> str:
        path = self.pick(*[p for p in FILES if p != "src/lib.rs"])
        if path in project.items:
            del project.items[path]
            return f"remove {path}"
        project.items[path] = [f"mod {m};" for m in FILES[path]] + [self.item() for _ in range(4)]
        return f"make {path}"

    def _manifest(self, project: Project) -> str:
        project.crate = self.pick("demo", "other", None)
        project.edition = self.pick("2015", "2021")
        return f"crate {project.crate} of {project.edition}"

    # --- items ------------------------------------------------------------------------------------------

    def pick(self, *values):
        return self.random.choice(values)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def item(self) -> str:
        make = self.random.choice(
            (self._fn, self._fn, self._fn, self._struct, self._enum, self._trait, self._inherent, self._impl,
             self._impl, self._blanket, self._foreign, self._use, self._use, self._use, self._const,
             self._alias, self._inline, self._wrapped, self._operator, self._invocation, self._include)
        )  # fmt: skip
        return make()

    def visibility(self) -> str:
        return self.pick("", "pub ", "pub ", "pub(crate) ")

    def condition(self) -> str:
        return self.pick("", "", "", "", "#[cfg(unix)]\n", "#[cfg(windows)]\n", "#[cfg(test)]\n")

    def _fn(self) -> str:
        generic = self.pick("", "", f"<G: {self.pick(*TRAITS)}>")
        third = self.type() if not generic else "G"
        result = self.pick(
            "", f" -> {self.type()}", f" -> Option<{self.type()}>", f" -> impl {self.pick(*TRAITS)}"
        )
        return (
            f"{self.condition()}{self.visibility()}fn {self.pick(*FUNCTIONS)}{generic}"
            f"(p: {self.type()}, q: {third}){result} {self.block()}"
        )

    def _struct(self) -> str:
        derive = self.pick("", "#[derive(Clone, Debug)]\n", "#[derive(PartialEq)]\n")
        fields = ", ".join(f"pub {name}: {self.type()}" for name in FIELDS)
        name = self.pick(*TYPES)
        return self.pick(
            f"{derive}{self.condition()}{self.visibility()}struct {name} {{ {fields} }}",
            f"{derive}{self.visibility()}struct {name}(pub {self.type()});",
            f"{self.visibility()}struct {name}<A = u8> {{ x: A, y: {self.type()} }}",
            f"{self.visibility()}struct {name};",
        )

    def _enum(self) -> str:
        variants = f"V0, V1({self.type()}), V2 {{ x: {self.type()} }}"
        return f"{self.visibility()}enum {self.pick(*TYPES)} {{ {variants} }}"

    def _method(self) -> str:
        receiver = self.pick("&self", "self", "&mut self", "")
        comma = ", " if receiver else ""
        result = self.pick("", f" -> {self.type()}", " -> Self")
        return f"fn {self.pick(*METHODS)}({receiver}{comma}n: {self.type()}){result}"

    def _methods(self, head: str, provided: bool = True) -> str:
        made = []
        for _ in range(self.random.randint(1, 3)):
            method = self._method()
            made.append(f"    {method}{';' if not provided and self.chance(0.5) else ' ' + self.block()}")
        return head + " {\n" + "\n".join(made) + "\n}"

    def _trait(self) -> str:
        above = self.pick("", "", f": {self.pick(*TRAITS)}", ": Clone")
        head = f"{self.visibility()}trait {self.pick(*TRAITS)}{above}"
        return self._methods(head, provided=False)

    def _inherent(self) -> str:
        return self._methods(f"{self.condition()}impl {self.pick(*TYPES)}")

    def _impl(self) -> str:
        return self._methods(f"impl {self.trait_path()} for {self.type()}")

    def _blanket(self) -> str:
        return self._methods(f"impl<B: {self.pick(*TRAITS, 'Clone')}> {self.pick(*TRAITS)} for B")

    def _foreign(self) -> str:
        return self._methods(f"impl {self.pick('outer::Far', 'Iterator', 'Clone')} for {self.pick(*TYPES)}")

    def _operator(self) -> str:
        name = self.pick(*TYPES)
        return (
            f"impl std::ops::Add for {name} {{ type Output = {self.type()}; "
            f"fn add(self, o: {name}) -> Self::Output {self.block()} }}"
        )

    def _use(self) -> str:
        base = self.pick(
            "a", "b", "a::c", "crate::a", "crate::b", "self::a", "super", "crate", "super::b", "outer", "demo"
        )
        leaf = self.pick(
            "*", "*", self.pick(*FUNCTIONS), self.pick(*TYPES), self.pick(*TRAITS),
            f"{self.pick(*FUNCTIONS)} as {self.pick(*FUNCTIONS)}",
            f"{{self, {self.pick(*TYPES)}, {self.pick(*FUNCTIONS)} as {self.pick(*FUNCTIONS)}}}",
            f"{self.pick(*TYPES)}::*", f"{self.pick(*TRAITS)} as _",
        )  # fmt: skip
        return f"{self.pick('', '', 'pub ', 'pub(crate) ')}use {base}::{leaf};"

    def _include(self) -> str:
        path = self.pick("a.rs", "c.rs", "a/c.rs", "b/mod.rs", "../src/a.rs", "nowhere.rs")
        return f'{self.condition()}include!("{path}");'

    def _const(self) -> str:
        return f"{self.visibility()}const {self.pick(*CONSTS)}: {self.type()} = {self.expression(2)};"

    def _alias(self) -> str:
        return f"{self.visibility()}type {self.pick(*TYPES)} = {self.type()};"

    def _inline(self) -> str:
        items = "\n".join(self.pick(self._fn, self._struct, self._use)() for _ in range(2))
        return f"{self.visibility()}mod {self.pick(*MODULES)} {{\n{items}\n}}"

    def _wrapped(self) -> str:
        name = self.pick("cfg_on", "cfg_off")
        return self.pick(
            f"{name}! {{\n{self._fn()}\n}}",
            f"macro_rules! {name} {{ ($($i:item)*) => {{ $(#[cfg({self.pick('unix', 'windows')})] $i)* }} }}",
        )

    def _invocation(self) -> str:
        return self.pick(
            f"macro_rules! make {{ ($n:ident) => {{ fn $n() {{ {self.pick(*FUNCTIONS)}() }} }} }}",
            f"make!({self.pick(*FUNCTIONS)});",
            f"macro_rules! {self.pick('say', 'ask')} {{ {self._rule()} }}",
        )

    def _rule(self) -> str:
        """How a macro for bodies reads and what it makes."""
        path = self.pick("", "crate::", "$crate::")
        return self.pick(
            f"($e:expr) => {{ {path}{self.pick(*FUNCTIONS)}($e).{self.pick(*METHODS)}(1) }};",
            f"($e:expr) => {{{{ let p = $e; p.{self.pick(*METHODS)}(q); p }}}};",
            f"($($e:tt)*) => {{ {path}{self.pick(*TYPES)}::{self.pick(*METHODS)}($($e)*) }};",
            "($e:expr) => { ask!($e) };",
        )

    # --- types, paths, bodies ---------------------------------------------------------------------------

    def type(self) -> str:
        name = self.pick(*TYPES)
        return self.pick(
            name, name, name, f"&{name}", f"crate::a::{name}", f"Vec<{name}>", f"Option<{name}>", "u8",
            f"Box<dyn {self.pick(*TRAITS)}>", f"({name}, u8)", f"super::{name}", f"{name}<u8>", "outer::Far",
        )  # fmt: skip

    def trait_path(self) -> str:
        name = self.pick(*TRAITS)
        return self.pick(name, name, f"crate::{name}", f"crate::a::{name}", f"super::{name}")

    def block(self) -> str:
        count = self.random.randint(0, 3)
        return "{ /*body*/ " + " ".join(self.statement() for _ in range(count)) + " /*end*/ }"

    def statement(self) -> str:
        return self.pick(
            f"{self.expression()};",
            f"{self.expression()};",
            f"let p = {self.expression()};",
            f"let q: {self.type()} = {self.expression()};",
            f"use {self.pick('crate::a', 'super', 'self::b')}::{self.pick(*FUNCTIONS, *TYPES, '*')};",
            f"for q in {self.expression()} {{ q.{self.pick(*METHODS)}(1); }}",
            f"if let Some(q) = {self.expression()} {{ q.{self.pick(*METHODS)}(1); }}",
            f"fn {self.pick(*FUNCTIONS)}() {{}}",
            f"match p {{ {self.pick(*TYPES)}::V0 => {{}} {self.pick(*CONSTS)} => {{}} _ => {{}} }}",
            f'println!("{{}}", {self.expression()});',
        )

    def expression(self, depth: int = 0) -> str:
        if depth > 2:
            return self.pick("p", "q", "self", "1", *CONSTS)
        inner = self.expression(depth + 1)
        function, name, trait, method = (self.pick(*pool) for pool in (FUNCTIONS, TYPES, TRAITS, METHODS))
        prefix = self.pick(
            "", "", "", "self::", "super::", "crate::", "crate::a::", "a::", "b::", "c::", "demo::"
        )
        return self.pick(
            f"{prefix}{function}({inner})",
            f"{prefix}{function}({inner})",
            f"{prefix}{name}::{method}({inner})",
            f"<{name} as {trait}>::{method}({inner})",
            f"{prefix}{trait}::{method}({inner})",
            f"Self::{method}({inner})",
            f"{inner}.{method}({self.expression(depth + 1)})",
            f"{inner}.{method}(1)",
            f"{inner}.{self.pick(*FIELDS)}",
            f"{inner}.{self.pick(*FIELDS)}.{method}(1)",
            f"{prefix}{name} {{ x: {inner}, y: 1 }}",
            f"{name}({inner})",
            f"({inner} + {self.expression(depth + 1)})",
            f"(|p| p.{method}({inner}))(q)",
            f"{inner}?",
            f"{prefix}{function}",
            f"outer::{function}({inner})",
            f"{self.pick('say', 'ask')}!({inner})",
            f"{name}::V1({inner})",
            self.pick("p", "q", "self"),
        )


__all__ = ["FILES", "Author", "Project"]
