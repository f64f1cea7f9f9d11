"""Definitions and scopes: what an item becomes once it is known in which crate and module it stands.

A file that two targets include has two definitions an item. A definition's identity is its `id`, the
hash of its place by name (contract.md, "The graph"): no line, no path of the machine. Scopes hold names
in Rust's three namespaces; they are filled by `tree` and answered by `lookup`.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

from isg_graph.resolve.package import Target
from isg_protocol.facts import ItemFacts, UseLeaf, Variant
from isg_protocol.version import ID_FORMAT

TYPES: Final = 0
VALUES: Final = 1
MACROS: Final = 2
SEPARATOR = "\x1f"


def hash_id(place: str) -> bytes:
    """The 16 bytes that identify a place: the one hash of ids."""
    return blake2b(place.encode("utf-8", "surrogatepass"), digest_size=16).digest()


class Definition:
    """One item of one target.

    kind         facts' kind ("crate" and "module" too)
    place        the text that `id` is the hash of; containers' places begin those of what they hold
    parent       the containing definition; None for a crate
    fixed        it is the model's, which never changes
    scope        names inside: of crates, modules, enums (variants are asked of the facts), and functions,
                 consts and statics that hold items
    module       the scope in which the item's own paths begin: that of its module or enclosing body
    active       its own cfg, and those around it up to the nearest module, hold
    built        a plain build has it, and all around it: what macros and derives make is in
                 the graph where this holds
    alternatives what has the same name in the same scope under other conditions
    items        associated items by name (impls and traits)
    index        the item's position in its file's facts, -1 for what no item makes
    made         for what a macro made, the item as its expansion has it (`index` is then the call's item)
    derive       which of the item's derives made this impl, -1 for all that is written
    """

    __slots__ = (
        "active", "alternatives", "built", "children", "derive", "file", "fixed", "id", "index",
        "item", "items", "kind", "library", "made", "module", "name", "parent", "place", "scope",
        "symbol", "target", "test",
    )  # fmt: skip

    def __init__(
        self,
        kind: str,
        name: str,
        place: str,
        symbol: str,
        parent: Definition | None,
        target: Target,
        file: str,
        item: ItemFacts | None,
    ) -> None:
        self.kind = kind
        self.name = name
        self.place = place
        self.id = hash_id(place)
        self.symbol = symbol
        self.parent = parent
        self.target = target
        self.fixed = target.kind == "model"
        self.file = file
        self.item = item
        self.scope: Scope | None = None
        self.module: Scope = None  # type: ignore[assignment]  # set by the tree before anyone asks
        self.active = True
        self.built = True
        self.test = False
        self.library = False
        self.alternatives: tuple[Definition, ...] = ()
        self.children: list[Definition] = []
        self.items: dict[str, list[Definition]] = {}
        self.index = -1
        self.derive = -1
        self.made: ItemFacts | None = None

    def __repr__(self) -> str:
        return f"<{self.kind} {self.symbol}>"

    def variant(self, name: str) -> int:
        """The position of an enum's variant, -1 when it has none of that name."""
        variants: list[Variant] = getattr(self.item.head if self.item else None, "variants", [])
        for position, variant in enumerate(variants):
            if variant.name == name:
                return position
        return -1


class External:
    """A named thing outside the workspace and outside the model: only its path is known."""

    __slots__ = ("path",)

    def __init__(self, path: str) -> None:
        self.path = path

    def __repr__(self) -> str:
        return f"<external {self.path}>"


class VariantOf:
    """An enum's variant: no node of its own."""

    __slots__ = ("enum", "position")

    def __init__(self, enum: Definition, position: int) -> None:
        self.enum = enum
        self.position = position

    def __repr__(self) -> str:
        return f"<variant {self.position} of {self.enum.symbol}>"


class Primitive:
    """`u8`, `str`, `bool` …"""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"<primitive {self.name}>"


class Parameter:
    """A generic parameter of the definition `owner`; the `Self` of a trait is one too."""

    __slots__ = ("name", "owner")

    def __init__(self, owner: Definition, name: str) -> None:
        self.owner = owner
        self.name = name

    def __repr__(self) -> str:
        return f"<parameter {self.name} of {self.owner.symbol}>"


Resolution = Definition | External | VariantOf | Primitive | Parameter


class Import:
    """One leaf of a `use`, in the scope that holds it. Where its item stands, as in a definition: `file`,
    `index`, `made`. `answers`: what it brings, by namespace, once that is decided. `resolving`: its depth
    among the questions that wait while it is followed, else 0."""

    __slots__ = (
        "active", "answers", "definition", "file", "index", "leaf", "made", "resolving", "scope",
        "visibility",
    )  # fmt: skip

    def __init__(self, leaf: UseLeaf, scope: Scope, visibility: str, active: bool, item: ItemFacts) -> None:
        self.leaf = leaf
        self.scope = scope
        self.visibility = visibility
        self.active = active
        self.definition = item
        self.file = ""
        self.index = -1
        self.made: ItemFacts | None = None
        self.answers: dict[int, Resolution | None] = {}
        self.resolving = 0


class Scope:
    """The names of one crate root, module or body.

    `names` and `imports` are per namespace and per local name; `lexical` is the scope around it for a
    body (None for a module: paths stop there). `answers` remembers look-ups, found and not found.
    """

    __slots__ = (
        "answers", "definition", "globs", "imports", "lexical", "names", "root", "uses",
    )  # fmt: skip

    def __init__(self, definition: Definition, lexical: Scope | None, root: Scope | None) -> None:
        self.definition = definition
        self.lexical = lexical
        self.root = root or self
        self.names: tuple[dict[str, list[Definition]], ...] = ({}, {}, {})
        self.imports: dict[str, list[Import]] = {}
        self.globs: list[Import] = []
        self.uses: list[Import] = []
        self.answers: dict[tuple[int, str], Resolution | None] = {}

    def empty(self, lexical: Scope | None, root: Scope | None) -> None:
        """Take everything out but what is remembered of look-ups, for its items are taken anew."""
        self.lexical = lexical
        self.root = root or self
        self.names = ({}, {}, {})
        self.imports = {}
        self.globs = []
        self.uses = []

    def add(self, namespace: int, definition: Definition) -> None:
        """Define a name; a second one under it becomes an alternative."""
        self.names[namespace].setdefault(definition.name, []).append(definition)

    @property
    def is_module(self) -> bool:
        return self.lexical is None


def place_of(target: Target) -> str:
    """Where a crate stands: the head of every place in it."""
    return SEPARATOR.join((str(ID_FORMAT), target.package, target.kind, target.name))
