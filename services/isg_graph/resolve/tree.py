"""The module tree: from targets' root files through `mod` declarations to every item's definition.

Files that no declaration reaches hang where their path says, so that nothing in a source is lost. The
children of each scope stand in file and place order, on which ordinals (and with them ids) depend.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from posixpath import dirname
from typing import NamedTuple

from isg_graph.resolve.condition import built, holds
from isg_graph.resolve.declared import added_text, drops_pinned
from isg_graph.resolve.definition import (
    MACROS,
    SEPARATOR,
    TYPES,
    VALUES,
    Definition,
    Import,
    Scope,
    place_of,
)
from isg_graph.resolve.derive import derived_impl, derives_of
from isg_graph.resolve.expansion import (
    EXPANSION_DEPTH_MAX,
    EXPANSIONS_MAX,
    MACRO_CALLS_SHARE,
    Spent,
    expanded,
    items_of,
    placed,
    word_of,
)
from isg_graph.resolve.package import Package, Target, join, owner
from isg_graph.resolve.wrapper import wrappers
from isg_protocol.facts import (
    ExternCrateHead,
    FileFacts,
    InvocationHead,
    ItemFacts,
    MacroHead,
    ModuleHead,
    StructHead,
    UseHead,
    UseLeaf,
)

MODULE_DEPTH_MAX = 128
"""A module file that includes itself through `#[path]` would nest for ever."""
ALTERNATIVES_MAX = 64
"""Of one name in one scope, that a reference tells as candidates: conditions of real code are fewer, and a
name defined ten thousand times over would make the square of that in edges."""

_NAMESPACE = {
    "module": TYPES, "struct": TYPES, "enum": TYPES, "union": TYPES, "trait": TYPES, "type_alias": TYPES,
    "function": VALUES, "const": VALUES, "static": VALUES, "macro": MACROS, "method": VALUES,
}  # fmt: skip
_ID_NAMESPACE = {TYPES: "t", VALUES: "v", MACROS: "m"}


class Origin(NamedTuple):
    """Where a definition comes from: the position and item of what stands in the file, and, for what a macro
    made, the item as the expansion has it."""

    position: int
    call: ItemFacts
    template: ItemFacts | None


class Filled(NamedTuple):
    """A module that a file's items are in, and the directory where its child modules' files lie."""

    module: Definition
    directory: str


class Tree:
    """Every target's definitions. `crates` by target, in order; `by_file` the definitions a file holds,
    by the index of their item, once for each module that includes it."""

    def __init__(self, files: dict[str, FileFacts], packages: list[Package]) -> None:
        self.files = files
        self.packages = packages
        self.crates: dict[Target, Definition] = {}
        self.definitions: list[Definition] = []
        self.macros: dict[str, list[Definition]] = {}
        self.filled: dict[str, list[Filled]] = {}
        self.exhausted = False
        """Whether a bound cut an expansion off: what one file makes then hangs on what others did."""
        self.kept: dict[str, Definition] = {}
        """While a file is taken anew (isg_graph.resolve.retake): what was there, by place."""
        self.put_aside: dict[Definition, Scope] = {}
        """Their scopes, emptied."""
        self.shared: set[str] = set()
        """Files with an `include!`, and those that it puts in: their items share modules."""
        self._included: list[tuple[Definition, ItemFacts, str]] = []
        self._wrappers = wrappers(files.values())
        self._calls: deque[tuple[Definition, ItemFacts, str, Origin, int, Spent]] = deque()
        self._reached: set[str] = set()
        self._ordinals: dict[str, int] = {}
        self._several: dict[int, list[Definition]] = {}
        self._library: dict[str, Target] = {}
        self._library_named: dict[str, Target] = {}
        for package in self.packages:
            for target in sorted(package.targets, key=lambda t: t.key):
                self._grow(target)
                if target.kind == "lib":
                    self._library.setdefault(target.package, target)
                    self._library_named.setdefault(target.name, target)
        self._dependencies = {p.home: p.dependencies for p in self.packages}
        for path in sorted(files):
            if path not in self._reached:
                self._hang(path)
        self.expand_calls()
        self.tell_alternatives()

    def library(self, package: str) -> Definition | None:
        """The lib crate of a package of the workspace."""
        target = self._library.get(package)
        return self.crates[target] if target else None

    def extern(self, target: Target, name: str) -> Definition | str | None:
        """What a crate name means to a target: a crate of the workspace, or the name of an outside package
        that its manifest declares, or None."""
        declared = self._dependencies.get(target.home, {}).get(name)
        package = declared or name
        local = self._library.get(package) or self._library_named.get(name)
        if local is None or (local == target and declared is None):
            return declared
        return self.crates[local]

    # --- growing ------------------------------------------------------------------------------------

    def _grow(self, target: Target) -> Definition:
        root = Definition(
            "crate", target.package, place_of(target), target.package, None, target, target.root, None
        )
        root.test = target.kind in ("test", "bench")
        root.scope = Scope(root, None, None)
        root.module = root.scope
        self.crates[target] = root
        self.definitions.append(root)
        if target.root:
            directory = dirname(target.root)
            self._fill(root, target.root, directory, (target.root,))
        return root

    def _fill(self, module: Definition, file: str, directory: str, trail: tuple[str, ...]) -> None:
        """Put a file's items into a module; `directory` is where its child modules' files lie, `trail`
        the files around it (one that includes itself ends there)."""
        facts = self.files.get(file)
        if facts is None:
            return
        self._reached.add(file)
        self.filled.setdefault(file, []).append(Filled(module, directory))
        if facts.cfg is not None:
            module.active = module.active and holds(facts.cfg)
            module.built = module.built and built(facts.cfg)
            module.test = module.test or facts.cfg == "test"
        self._take_file(module, facts.items, file, directory, trail)

    def _take_file(
        self, module: Definition, items: list[ItemFacts], file: str, directory: str, trail: tuple[str, ...]
    ) -> None:
        """Items of a file, then the files of modules among them, then what `include!` puts beside them."""
        children = self.take(module, items, file, directory, None, 0)
        included, self._included = self._included, []
        self._fill_children(children, trail)
        for holder, call, path in included:
            if path not in trail and len(trail) < MODULE_DEPTH_MAX:
                self.shared |= {file, path}
                self._reached.add(path)
                self.filled.setdefault(path, []).append(Filled(holder, dirname(path)))
                first = len(holder.children)
                self._take_file(holder, self.files[path].items, path, dirname(path), (*trail, path))
                if not self._holds(call):
                    _put_out(holder.children[first:])

    def _fill_children(self, children: list[tuple[Definition, str, str]], trail: tuple[str, ...]) -> None:
        """Fill `mod x;` modules. Declarations of one file under several conditions share its items: those of
        the declaration that holds, else of the first."""
        filled: dict[str, list[Definition]] = {}
        for definition, path, _ in children:
            filled.setdefault(path, []).append(definition)
        for _, path, below in children:
            several = filled.pop(path, None)
            if several is None or path in trail or len(trail) >= MODULE_DEPTH_MAX:
                continue
            chosen = next((d for d in several if d.active), several[0])
            for other in several:
                if other is not chosen and other.name == chosen.name and other.parent is chosen.parent:
                    other.scope = chosen.scope
                elif other is not chosen:
                    self._fill(other, path, below, (*trail, path))
            self._fill(chosen, path, below, (*trail, path))

    def take(
        self, container: Definition, items: Sequence[ItemFacts], file: str, directory: str,
        origin: Origin | None, depth: int, spent: Spent | None = None,
    ) -> list[tuple[Definition, str, str]]:  # fmt: skip
        """Define items below a container; returns the `mod x;` modules among them with their files.
        `origin` is the call that made them, None for what stands in the file; `depth` of calls; `spent`
        what the outermost of them has led to."""
        made: list[Definition | None] = []
        directories: dict[int, str] = {}
        children: list[tuple[Definition, str, str]] = []
        parents = {item.parent for item in items}
        for index, template in enumerate(items):
            item = template if origin is None else placed(template, origin.call)
            holder = container if item.parent < 0 else made[item.parent]
            if holder is None:
                made.append(None)
                continue
            here = (
                Origin(index, item, None)
                if origin is None
                else Origin(origin.position, origin.call, template)
            )
            if origin is not None and not self._built(item):
                made.append(None)
                continue
            if item.kind == "invocation" and origin is None and holder.scope is not None:
                path = included_path(item, file)
                if path in self.files:
                    self._included.append((holder, item, path))
                    self.shared.add(file)
            if item.kind == "invocation" and holder.built and self._built(item):
                self._calls.append((holder, item, file, here, depth, spent or Spent()))
            definition = self._define(holder, item, file, index in parents)
            made.append(definition)
            if definition is None:
                _place(holder, item, file, here)
                continue
            definition.index, definition.made = here.position, here.template
            for which in range(len(derives_of(item))):
                self._derive(definition, item, which)
            if (item.wrapper or item.attributes) and definition.built:
                self._declared(holder, item, drops_pinned(item, items), file, here, depth)
            if item.kind != "module":
                continue
            head = item.head
            assert isinstance(head, ModuleHead)
            around = directories.get(item.parent, directory)
            if head.inline:
                directories[index] = join(around, head.path or item.name)
            else:
                base = dirname(file) if item.parent < 0 else around
                found = self._module_file(head, item.name, base, around)
                if found:
                    children.append((definition, *found))
        return children

    def _declared(
        self, holder: Definition, item: ItemFacts, dropped: bool, file: str, here: Origin, depth: int
    ) -> None:
        """What a declared macro adds to an item."""
        text = added_text(item, dropped)
        if text is not None and depth < EXPANSION_DEPTH_MAX:
            self.take(holder, items_of(text, False), file, "", here, depth + 1)

    def expand_calls(self) -> None:
        """Expand the calls of the workspace's own macros among items, and the calls in those."""
        count = 0
        by_macro: dict[Definition, Spent] = {}
        while self._calls and count < EXPANSIONS_MAX:
            holder, item, file, here, depth, spent = self._calls.popleft()
            head = item.head
            assert isinstance(head, InvocationHead)
            if depth >= EXPANSION_DEPTH_MAX or spent.is_over():
                self.exhausted = True
                continue
            macro = self._macro(head.path.segments[-1].name, holder.target, file, here.position)
            if macro is None or macro.item is None:
                continue
            within = by_macro.setdefault(macro, Spent())
            if depth and within.is_over(MACRO_CALLS_SHARE):
                self.exhausted = True
                continue
            count += 1
            assert isinstance(macro.item.head, MacroHead)
            text, steps = expanded(macro.item.head.tokens, head.tokens, word_of(macro, holder.target))
            characters = len(head.tokens) + len(text or "")
            spent.add(steps, characters)
            if depth:
                within.add(steps, characters)
            if text is not None:
                items = items_of(text, holder.kind in ("impl", "trait"))
                self.take(holder, items, file, "", here, depth + 1, spent)
        self.exhausted = self.exhausted or bool(self._calls)

    def _macro(self, name: str, target: Target, file: str, index: int) -> Definition | None:
        """The macro that a bare name means where it is called: the last of its file before the call, else
        another of its crate, else one that a library here exports."""
        known = self.macros.get(name, ())
        own = [d for d in known if d.target is target or d.target == target]
        here = [d for d in own if d.file == file and d.index < index]
        for several in (here, [d for d in own if d.active], own):
            if several:
                return several[-1] if several is here else several[0]
        for one in known:
            head = one.item.head if one.item is not None else None
            if one.target.kind == "lib" and isinstance(head, MacroHead) and head.exported:
                return one
        return None

    def _module_file(self, head: ModuleHead, name: str, base: str, around: str) -> tuple[str, str] | None:
        """The file of `mod name;` and the directory of that module's own children."""
        if head.path is not None:
            path = join(base, head.path.replace("\\", "/"))
            return (path, dirname(path)) if path in self.files else None
        for path, below in (
            (join(around, f"{name}.rs"), join(around, name)),
            (join(around, f"{name}/mod.rs"), join(around, name)),
        ):
            if path in self.files:
                return path, below
        return None

    def _hang(self, path: str) -> None:
        """Give a file that nothing declares the module its path says."""
        package = owner(self.packages, path)
        if package is None:
            return
        kind, trail = _layout(path, package)
        root = self._root_for(package, kind)
        if not root.file:  # a crate without a root file stands where its first file does
            root.file = path
        module = root
        for name in trail:
            assert module.scope is not None
            known = [d for d in module.scope.names[TYPES].get(name, ()) if d.kind == "module" and d.scope]
            module = known[0] if known else self._implicit(module, name, path)
        below = path.removesuffix(".rs") if not path.endswith("/mod.rs") else dirname(path)
        self._fill(module, path, below, (path,))

    def _root_for(self, package: Package, kind: str) -> Definition:
        for target in package.targets:
            if target.kind == kind and (kind == "lib" or target.root == ""):
                return self.crates[target]
        if kind == "lib" and package.targets:
            for target in package.targets:
                if target.kind == "bin":
                    return self.crates[target]
        target = Target(package.name, kind, "", "", package.edition, package.home)
        return self.crates.get(target) or self._grow(target)

    def _implicit(self, parent: Definition, name: str, path: str) -> Definition:
        definition = self._new("module", name, parent, path, None, f"{parent.symbol}::{name}")
        definition.scope = Scope(definition, None, parent.scope.root if parent.scope else None)
        definition.module = definition.scope
        if parent.scope:
            parent.scope.add(TYPES, definition)
        return definition

    # --- one item -----------------------------------------------------------------------------------

    def _new(
        self, kind: str, name: str, parent: Definition, file: str, item: ItemFacts | None, symbol: str,
        key: str = "",
    ) -> Definition:  # fmt: skip
        base = _base(parent, kind, name, key)
        ordinal = self._ordinals.get(base, 0)
        self._ordinals[base] = ordinal + 1
        place = f"{base}{SEPARATOR}{ordinal}" if ordinal else base
        definition = self._again(kind, place, symbol, parent, file, item)
        if definition is None:
            definition = Definition(kind, name, place, symbol, parent, parent.target, file, item)
            self.definitions.append(definition)
        definition.test = parent.test or (item is not None and item.test)
        definition.active = item is None or self._holds(item)
        if parent.kind != "module" and parent.kind != "crate" and not parent.active:
            definition.active = False
        definition.built = parent.built and (item is None or self._built(item))
        parent.children.append(definition)
        return definition

    def _again(
        self, kind: str, place: str, symbol: str, parent: Definition, file: str, item: ItemFacts | None
    ) -> Definition | None:
        """The definition that was at a place before its file was taken anew. All that is known of it by
        others stays true; what it holds is taken anew too, but for a module with a file of its own."""
        known = self.kept.pop(place, None)
        if known is None or known.kind != kind:
            return None
        known.symbol, known.parent, known.file, known.item = symbol, parent, file, item
        known.alternatives, known.items = (), {}
        known.index, known.derive, known.made = -1, -1, None
        if not has_own_file(known):
            known.children = []
            if known.scope is not None:
                self.put_aside[known] = known.scope
                known.scope = None
        return known

    def _scope(self, definition: Definition, lexical: Scope | None, root: Scope | None) -> Scope:
        """A scope for a definition: the one that it had before its file was taken anew, else a new one."""
        scope = self.put_aside.pop(definition, None)
        if scope is None:
            return Scope(definition, lexical, root)
        scope.empty(lexical, root)
        return scope

    def _define(
        self, container: Definition, item: ItemFacts, file: str, holds_items: bool
    ) -> Definition | None:
        kind = item.kind
        scope = container.scope
        if kind == "use" or kind == "extern_crate":
            if scope is None:
                scope = self._open(container)
            _import(item, scope, self._holds(item))
            return None
        if kind == "invocation":
            return None
        if kind == "impl":
            return self._define_impl(container, item, file)
        namespace = _NAMESPACE[kind]
        if container.kind in ("impl", "trait"):
            symbol = _associated_symbol(container, item.name)
            definition = self._new(kind, item.name, container, file, item, symbol)
            definition.module = container.module
            container.items.setdefault(item.name, []).append(definition)
            if holds_items:
                self._open(definition)
            return definition
        if scope is None:
            scope = self._open(container)
        definition = self._new(kind, item.name, container, file, item, f"{container.symbol}::{item.name}")
        definition.module = scope
        if item.name != "_":
            self._name(scope, namespace, definition)
        if kind == "macro":
            known = self.macros.setdefault(item.name, [])
            if definition not in known:
                known.append(definition)
        elif kind == "module":
            if definition.scope is None:
                definition.scope = self._scope(definition, None, scope.root)
            definition.module = definition.scope
        elif kind == "struct" and isinstance(item.head, StructHead) and item.head.shape != "named":
            self._name(scope, VALUES, definition)
        elif holds_items and kind in ("function", "const", "static"):
            self._open(definition)
        return definition

    def _name(self, scope: Scope, namespace: int, definition: Definition) -> None:
        scope.add(namespace, definition)
        known = scope.names[namespace][definition.name]
        if len(known) > 1:
            self._several.pop(id(known), None)  # the list that grew last comes last: it has the last word
            self._several[id(known)] = known

    def tell_alternatives(self) -> None:
        """Each of several things of one name learns of the others, of the first ones where they are many."""
        for known in self._several.values():
            shown = known[: ALTERNATIVES_MAX + 1]
            for one in known:
                one.alternatives = tuple([other for other in shown if other is not one][:ALTERNATIVES_MAX])
        self._several.clear()

    def _holds(self, item: ItemFacts) -> bool:
        """Whether an item's own condition holds, those of the macros it stands in too."""
        return not item.test and self._under(item, holds)

    def _built(self, item: ItemFacts) -> bool:
        """Whether a plain build has an item, as far as its own conditions say."""
        return not item.test and self._under(item, built)

    def _under(self, item: ItemFacts, test: Callable[[str | None], bool]) -> bool:
        if not test(item.cfg):
            return False
        return not item.wrapper or all(
            test(condition)
            for wrapper in item.wrapper.split(" ")
            for condition in self._wrappers.get(wrapper, ())
        )

    def _define_impl(self, container: Definition, item: ItemFacts, file: str) -> Definition:
        head = item.head
        scope = container.scope or self._open(container)
        trait_text, self_text = head.trait_text, head.self_text  # type: ignore[union-attr]
        symbol = f"{container.symbol}::<impl {trait_text} for {self_text}>"
        if trait_text is None:
            symbol = f"{container.symbol}::<impl {self_text}>"
        definition = self._new("impl", item.signature, container, file, item, symbol, item.signature)
        definition.module = scope
        return definition

    def _derive(self, subject: Definition, item: ItemFacts, which: int) -> None:
        """The impl that one path of a `#[derive(…)]` makes; it has no items of its own."""
        made = derived_impl(item, which)
        container = subject.parent
        assert container is not None
        definition = self._define_impl(container, made, subject.file)
        definition.index, definition.made = subject.index, subject.made
        definition.derive = which
        condition = derives_of(item)[which].cfg
        definition.active = subject.active and holds(condition)
        definition.built = subject.built and built(condition)

    def _open(self, definition: Definition) -> Scope:
        """The body scope of something that turns out to hold items."""
        if definition.scope is None:
            definition.scope = self._scope(definition, definition.module, definition.module.root)
        return definition.scope

    def forget_ordinals(self, definitions: Iterable[Definition]) -> None:
        """Count anew what has the places of these."""
        for one in definitions:
            assert one.parent is not None
            base = _base(one.parent, one.kind, one.name, one.name if one.kind == "impl" else "")
            self._ordinals.pop(base, None)


def included_path(item: ItemFacts, file: str) -> str:
    """The file that an item `include!("…")` names, as a path in the tree; "" for anything else."""
    head = item.head
    if not isinstance(head, InvocationHead) or head.path.segments[-1].name != "include":
        return ""
    text = head.tokens.strip().removesuffix(",").strip()
    if len(text) < 3 or text[0] != '"' or text[-1] != '"' or "\\" in text or '"' in text[1:-1]:
        return ""
    return join(dirname(file), text[1:-1])


def _put_out(definitions: Iterable[Definition]) -> None:
    """What a condition around them excludes is in no build."""
    todo = list(definitions)
    while todo:
        one = todo.pop()
        one.active = one.built = False
        todo += one.children


def has_own_file(definition: Definition) -> bool:
    """Whether a definition is a `mod x;`."""
    head = definition.item.head if definition.item is not None else None
    return isinstance(head, ModuleHead) and not head.inline


def _base(parent: Definition, kind: str, name: str, key: str) -> str:
    """A place without its ordinal."""
    return SEPARATOR.join((parent.place, "i" if key else _ID_NAMESPACE[_NAMESPACE[kind]], key or name))


def _associated_symbol(container: Definition, name: str) -> str:
    if container.kind == "trait":
        return f"{container.symbol}::{name}"
    head = container.item.head  # type: ignore[union-attr]
    module = container.parent.symbol  # type: ignore[union-attr]
    if head.trait_text is None:  # type: ignore[union-attr]
        return f"{module}::{bare(head.self_text)}::{name}"  # type: ignore[union-attr]
    return f"{module}::<{head.self_text} as {head.trait_text.lstrip('!')}>::{name}"  # type: ignore[union-attr]


def bare(text: str) -> str:
    """A type's text without generic arguments and path: `a::Cat<T>` is `Cat`; what is no plain path
    stays as it is."""
    if text[:1] in "&*([<" or text.startswith(("dyn ", "impl ", "fn(")):
        return text
    return text.partition("<")[0].rpartition("::")[2].strip()


def _import(item: ItemFacts, scope: Scope, active: bool) -> None:
    head = item.head
    if isinstance(head, ExternCrateHead):
        leaves = [UseLeaf(0, ["", head.crate], item.name)]
    else:
        assert isinstance(head, UseHead)
        leaves = head.leaves
    for leaf in leaves:
        one = Import(leaf, scope, item.visibility, active, item)
        scope.uses.append(one)
        if leaf.alias == "*":
            scope.globs.append(one)
        else:
            scope.imports.setdefault(leaf.alias, []).append(one)


def _place(holder: Definition, item: ItemFacts, file: str, here: Origin) -> None:
    """Say of the imports that an item just made where it stands."""
    for one in reversed(holder.scope.uses if holder.scope is not None else []):
        if one.definition is not item:
            break
        one.file, one.index, one.made = file, here.position, here.template


def _layout(path: str, package: Package) -> tuple[str, list[str]]:
    """The kind of target and the module path that a file's place in its package suggests."""
    rest = path[len(package.home) :].lstrip("/").removesuffix(".rs").split("/")
    kind = {"tests": "test", "benches": "bench", "examples": "example"}.get(rest[0], "lib")
    if len(rest) > 1 and (kind != "lib" or rest[0] == "src"):
        rest = rest[1:]
    if rest[-1] == "mod" and len(rest) > 1:
        rest = rest[:-1]
    return kind, [part.replace("-", "_") for part in rest]
