"""What reading one item carries along: the text, the sites read so far, and the names in scope.

Invariant: positions recorded are bytes of the *original* source (`base` is added to those of a snippet).
The scope maps a live local's name to its slot; a pattern's names go live when its owner says so (`commit`),
since `let x = x;` reads the value in the old scope.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tree_sitter import Node

from isg_graph.parse.limit import NODE_DEPTH_LEVELS_MAX

if TYPE_CHECKING:
    from isg_graph.parse.item import FileReader


class TooDeep(Exception):
    """The nesting passed NODE_DEPTH_LEVELS_MAX."""


class Reader:
    """The state of reading one head or one body.

    file         the file's own reader, for items nested in bodies
    source       the file's original bytes
    text, base   the text whose tree is being read, and what to add to its positions to have the source's
    sites        source positions (bytes), in order
    scope        live locals, name to slot; `bound` those of the pattern being read
    hidden       what names meant before they went live, to give it back: name and slot, -1 for nothing
    owner        index of the item being read, the parent of items nested in it
    wrapper      names of the macros whose tokens are being read, the outermost first, joined by a space
    lengths      array lengths met in types, where the owner wants to read them as expressions
    """

    __slots__ = (
        "base", "bound", "depth", "file", "hidden", "lengths", "macro_depth", "owner", "scope", "sites",
        "slots", "source", "text", "wrapper",
    )  # fmt: skip

    def __init__(self, file: FileReader, text: bytes, base: int, owner: int) -> None:
        self.file = file
        self.source = file.source
        self.text = text
        self.base = base
        self.owner = owner
        self.sites: list[int] = []
        self.scope: dict[str, int] = {}
        self.bound: dict[str, int] = {}
        self.hidden: list[tuple[str, int]] = []
        self.slots = 0
        self.depth = 0
        self.macro_depth = 0
        self.wrapper = ""
        self.lengths: list[Node] | None = None

    def site(self, position: int) -> int:
        """A new site at a byte of `text`; returns its number."""
        sites = self.sites
        sites.append(position + self.base)
        return len(sites) - 1

    def name(self, node: Node) -> str:
        """The node's text as a name, without `r#`."""
        name = self.text[node.start_byte : node.end_byte].decode()
        return name[2:] if "#" in name else name  # only `r#name` has one

    def bind(self, name: str) -> int:
        """The slot of a name in the pattern being read: alternatives share it."""
        slot = self.bound.get(name)
        if slot is None:
            slot = self.slots
            self.slots += 1
            self.bound[name] = slot
        return slot

    def commit(self, bound: dict[str, int]) -> None:
        """The names of a pattern go live, until the scope is restored to where `hidden` ended before."""
        scope = self.scope
        for name, slot in bound.items():
            self.hidden.append((name, scope.get(name, -1)))
            scope[name] = slot

    def restore(self, mark: int) -> None:
        """The names that went live since `len(hidden)` was `mark` go, and those they hid are back."""
        hidden = self.hidden
        while len(hidden) > mark:
            name, slot = hidden.pop()
            if slot < 0:
                del self.scope[name]
            else:
                self.scope[name] = slot

    def deeper(self) -> None:
        """One level down; pair with `depth -= 1`."""
        self.depth += 1
        if self.depth > NODE_DEPTH_LEVELS_MAX:
            raise TooDeep
