"""Items: everything of a file that becomes a node, wherever it hides.

A `FileReader` walks the lists of declarations, gathers the attributes before each item and appends one
`ItemFacts` an item, a parent before its children. Item-position macros whose tokens are items are walked as
if the macro were not there (`wrapper`); the others become `invocation` items. Only error-free nodes come
here: what to do with broken text is `recover.py`'s.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate
from typing import NamedTuple

from msgspec.msgpack import Encoder
from tree_sitter import Node

from isg_graph.parse import expression as forms
from isg_graph.parse.attribute import Attributes, join_conditions
from isg_graph.parse.head import FIELD_LISTS, read_fields, read_params, read_use, read_variants
from isg_graph.parse.limit import (
    ISSUES_PER_FILE_MAX,
    ITEMS_PER_FILE_MAX,
    MACRO_DEPTH_LEVELS_MAX,
    NODE_DEPTH_LEVELS_MAX,
)
from isg_graph.parse.mend import mend_bytes, readings
from isg_graph.parse.pattern import WILD
from isg_graph.parse.reader import Reader, TooDeep
from isg_graph.parse.signature import normal_text, normal_tokens
from isg_graph.parse.tree import (
    ATTRIBUTE,
    BLOCK,
    COMMENTS,
    DECLARATION_LIST,
    EMPTY_STATEMENT,
    EXPRESSION_STATEMENT,
    FIELD_BODY,
    FIELD_TRAIT,
    FIELD_TYPE,
    FIELD_VALUE,
    INNER_ATTRIBUTE,
    MACRO_INVOCATION,
    NAMES,
    PARAMETERS,
    TOKEN_TREES,
    TRAIT_BOUNDS,
    TYPE_PARAMETERS,
    VISIBILITY,
    WHERE_CLAUSE,
    kind_of,
    kinds_of,
    parse,
    plain,
)
from isg_graph.parse.type import read_bounds, read_parameters, read_path, read_type, read_where
from isg_protocol.body import Body, Expr, Literal, Opaque, Pattern
from isg_protocol.facts import (
    AliasHead,
    Bound,
    Derive,
    DynType,
    EnumHead,
    ExternCrateHead,
    FnHead,
    Generics,
    Head,
    ImplHead,
    InvocationHead,
    Issue,
    ItemFacts,
    MacroHead,
    ModuleHead,
    PathType,
    StructHead,
    TraitHead,
    Type,
    UseHead,
    UseLeaf,
    ValueHead,
)

_ENCODER = Encoder()
_MODIFIERS = kind_of("function_modifiers")
_FUNCTION_ITEM = kind_of("function_item")
_MOD_ITEM = kind_of("mod_item")
_CRATE = kind_of("crate")
_MUTABLE = kind_of("mutable_specifier")
_SEMICOLON = kind_of(";", named=False)
_CHAIN = kinds_of("identifier", "scoped_identifier")
_NO_ATTRIBUTES = Attributes()
_ITEM_START = re.compile(
    rb"\s*(?:(?://[^\n]*\n|/\*.*?\*/|#!?\[(?:[^\[\]]|\[[^\[\]]*\])*\])\s*)*"
    rb"(?:pub\b|crate\b|fn\s|struct\s|enum\s|union\s|impl\b|mod\s|use\s|const\s|static\s|type\s|trait\s|unsafe\s|"
    rb"async\s|extern\b|macro_rules!|\w+(?:::\w+)*!\s*[({\[])",
    re.DOTALL,
)
_CFG = re.compile(rb"^\[\s*cfg\s*\((.*)\)\s*\]$", re.DOTALL)
_NO_SIGNATURE = frozenset({"use", "extern_crate", "invocation"})
_OPTIONAL_SEMICOLON = ("thread_local", "lazy_static")
_VISIBILITIES = {
    b"pub": "pub",
    b"pub(crate)": "pub(crate)",
    b"pub(super)": "pub(super)",
    b"crate": "pub(crate)",
}


class Place(NamedTuple):
    """Where items are being read.

    text, base  the text of the tree, and what to add to its positions
    parent      index of the containing item, -1 at the root
    room        "" (a module), "trait", "impl" (inherent), "trait_impl"; "foreign" for an extern block
    wrapper     the innermost item-position macro, "" for none; cfg the conditions that hang on it
    depth       nesting so far, in nodes; `macros` in macros
    """

    text: bytes
    base: int
    parent: int = -1
    room: str = ""
    wrapper: str = ""
    cfg: tuple[str, ...] = ()
    depth: int = 0
    macros: int = 0


class FileReader:
    """Reads one file's items. `items` and `issues` grow as it goes; `attributes` are the file's inner
    ones."""

    def __init__(self, source: bytes, mended: bool = False) -> None:
        self.source = source
        self.mended = mended
        self.items: list[ItemFacts] = []
        self.issues: list[Issue] = []
        self.issue_count = 0
        self.attributes = Attributes()
        # Byte at which each line but the first begins: a position's row is the number of entries up to it.
        if b"\r" in source:
            self._line_starts = [found.end() for found in re.finditer(b"\n", source)]
        else:
            self._line_starts = list(accumulate(map(len, source.splitlines(True))))

    def line(self, position: int) -> int:
        """The 1-based line of a byte of the source."""
        return bisect_right(self._line_starts, position) + 1

    def issue(self, position: int, reason: str) -> None:
        """Reports a place that could not be read."""
        self.issue_count += 1
        if len(self.issues) < ISSUES_PER_FILE_MAX:
            self.issues.append(Issue(self.line(position), reason))

    # --- lists of declarations -----------------------------------------------------------------------------

    def members(self, nodes: list[Node], place: Place) -> None:
        """Reads the items among the children of a file, a module, an impl or a macro's tokens."""
        attributes: list[Node] = []
        for node in nodes:
            kind = node.kind_id
            reading = _READINGS.get(kind)
            if reading is not None:
                self._item(reading, node, place, attributes)
            elif kind in COMMENTS or kind == EMPTY_STATEMENT:
                continue
            elif kind == ATTRIBUTE:
                attributes.append(node)
                continue
            elif kind == INNER_ATTRIBUTE:
                if place.parent < 0 and not place.wrapper:
                    self._attribute(self.attributes, node, place)
                elif place.wrapper:
                    place = self._inner_condition(node, place)
                continue
            elif kind == MACRO_INVOCATION:
                self._item(FileReader._invocation, node, place, attributes)
            elif kind == EXPRESSION_STATEMENT:
                inner = plain(node.named_children)
                if inner and inner[0].kind_id == MACRO_INVOCATION:
                    self._item(FileReader._invocation, inner[0], place, attributes)
                else:
                    self.issue(place.base + node.start_byte, "this is not an item")
            elif node.is_named:
                self.issue(place.base + node.start_byte, "this is not an item")
            if attributes:
                attributes = []

    def nested(self, r: Reader, node: Node, attributes: list[Node]) -> None:
        """An item in a body."""
        place = Place(r.text, r.base, r.owner, "", r.wrapper, (), r.depth, r.macro_depth)
        self._item(_READINGS[node.kind_id], node, place, attributes)

    def _item(
        self,
        reading: Callable[[FileReader, Node, Place, Attributes], None],
        node: Node,
        place: Place,
        attributes: list[Node],
    ) -> None:
        position = place.base + node.start_byte
        if len(self.items) >= ITEMS_PER_FILE_MAX:
            if len(self.items) == ITEMS_PER_FILE_MAX and not self.issues:
                self.issue(position, f"more than {ITEMS_PER_FILE_MAX} items in one file")
            return
        if place.depth > NODE_DEPTH_LEVELS_MAX:
            self.issue(position, "nested too deeply")
            return
        found = _NO_ATTRIBUTES
        if attributes:
            found = Attributes()
            for attribute in attributes:
                self._attribute(found, attribute, place)
        count = len(self.items)
        try:
            reading(self, node, place, found)
        except TooDeep:
            del self.items[count:]
            self.issue(position, "nested too deeply")

    def _attribute(self, attributes: Attributes, node: Node, place: Place) -> None:
        start, end = place.base + node.start_byte, place.base + node.end_byte
        text = self.source[start:end]
        attributes.add(text[text.index(b"[") + 1 : -1], start)

    def _inner_condition(self, node: Node, place: Place) -> Place:
        found = Attributes()
        self._attribute(found, node, place)
        return place._replace(cfg=(*place.cfg, *found.cfg)) if found.cfg else place

    # --- one item ------------------------------------------------------------------------------------------

    def _add(
        self,
        kind: str,
        name: str,
        node: Node,
        place: Place,
        attributes: Attributes,
        head: Head,
        r: Reader,
        signature_end: int,
        visibility: str | None = None,
    ) -> ItemFacts:
        """Appends an item; the signature is the source from the node's start to `signature_end` (of the
        text)."""
        base = place.base
        start = base + node.start_byte
        if self.mended:
            start = self._before_mending(start, node.start_byte, place)
        if visibility is None:
            visibility = self._visibility(node, place)
        line = bisect_right(self._line_starts, start) + 1
        conditions = [*place.cfg, *attributes.cfg] if place.cfg else attributes.cfg
        starts = self._line_starts
        item = ItemFacts(
            kind,
            name,
            place.parent,
            line,
            bisect_right(starts, base + node.end_byte - 1) + 1,
            visibility,
            "" if kind in _NO_SIGNATURE else normal_text(self.source[start : base + signature_end]),
            join_conditions(conditions),
            attributes.test or "test" in place.cfg,
            sorted(attributes.names) if attributes.names else [],
            [Derive(path, self.line(position) - line) for path, position in attributes.derives],
            place.wrapper,
            head,
            [bisect_right(starts, site) + 1 - line for site in r.sites],
            None,
            [],
        )
        self.items.append(item)
        return item

    def _before_mending(self, start: int, position: int, place: Place) -> int:
        """Where an item begins whose first words were blanked (`safe fn`, `auto trait`, `macro a`)."""
        text = place.text
        while position > 0 and text[position - 1] == 0x20:
            position -= 1
        blanked = self.source[place.base + position : start]
        words = blanked.lstrip()
        return start - len(words) if words and b"\n" not in words else start

    def _visibility(self, node: Node, place: Place) -> str:
        first = node.named_children
        if first and first[0].kind_id == VISIBILITY:
            start = place.base + first[0].start_byte
            text = self.source[start : start + first[0].end_byte - first[0].start_byte]
            known = _VISIBILITIES.get(text)
            if known is not None:
                return known
            text = b"".join(text.split()).replace(b"(in", b"(in ", 1)
            if text in (b"pub(self)", b"pub(in self)"):
                return "private"
            return _VISIBILITIES.get(text.replace(b"(in ", b"(", 1), text.decode("utf-8", "replace"))
        return "inherited" if place.room in ("trait", "trait_impl") else "private"

    def _reader(self, place: Place) -> Reader:
        r = Reader(self, place.text, place.base, len(self.items))
        r.depth = place.depth
        return r

    def _close(self, item: ItemFacts, r: Reader, params: list[Pattern], value: Expr) -> None:
        """Puts a body that was read into its item."""
        starts, line = self._line_starts, item.line
        item.body = _ENCODER.encode(Body(params, value, r.slots))
        item.body_lines = [bisect_right(starts, site) + 1 - line for site in r.sites]

    def _body(self, item: ItemFacts, place: Place, nodes: list[Node]) -> None:
        """The body of what holds expressions beside its interface: lengths, discriminants. Plain literals are
        nothing to know."""
        r = Reader(self, place.text, place.base, len(self.items) - 1)
        r.depth = place.depth + 2
        nodes = sorted(nodes, key=lambda node: node.start_byte)
        parts = [forms.expression(r, node) for node in nodes]
        if any(type(part) is not Literal for part in parts):
            self._close(item, r, [], Opaque(parts))

    # --- functions -----------------------------------------------------------------------------------------

    def _function(self, node: Node, place: Place, attributes: Attributes) -> None:
        r = self._reader(place)
        text = place.text
        name = ""
        generics = Generics()
        self_kind = ""
        self_type = result = None
        params: list[Type] = []
        patterns: list[Node | None] = []
        is_async = False
        body: Node | None = None
        state = 0
        for part in node.named_children:
            kind = part.kind_id
            if kind == PARAMETERS and state:
                self_kind, self_type, params, patterns = read_params(r, part)
                state = 2
            elif kind == BLOCK:
                body = part
            elif kind == TYPE_PARAMETERS:
                generics.params = read_parameters(r, part)
            elif kind == WHERE_CLAUSE:
                generics.where = read_where(r, part)
            elif kind == _MODIFIERS:
                is_async = b"async" in text[part.start_byte : part.end_byte]
            elif kind == VISIBILITY or kind in COMMENTS:
                continue
            elif state == 0:
                name = r.name(part)
                state = 1
            else:
                result = read_type(r, part)
        room = place.room
        head = FnHead(
            generics, self_kind, self_type, params, result, is_async, room == "trait" and body is not None
        )
        end = node.end_byte - 1 if body is None else body.start_byte
        kind_name = "method" if room in ("impl", "trait_impl", "trait") else "function"
        item = self._add(kind_name, name, node, place, attributes, head, r, end)
        if body is None:
            return
        # The parent is known by its index: items nested in the body are appended while it is read.
        r = Reader(self, text, place.base, len(self.items) - 1)
        r.depth = place.depth + 2
        if self_kind:
            r.scope["self"] = 0
            r.slots = 1
        bindings: list[Pattern] = []
        for pattern_node in patterns:
            if pattern_node is None:
                bindings.append(WILD)
                continue
            pattern, bound = forms.parameter_pattern(r, pattern_node)
            r.commit(bound)
            bindings.append(pattern)
        try:
            value = forms.block(r, body)
        except TooDeep:
            self.issue(place.base + node.start_byte, "nested too deeply: the body is left out")
            return
        self._close(item, r, bindings, value)

    # --- types ---------------------------------------------------------------------------------------------

    def _struct(self, node: Node, place: Place, attributes: Attributes) -> None:
        r = self._reader(place)
        r.lengths = []
        generics = Generics()
        head = StructHead(generics, "unit", [])
        name = ""
        for part in node.named_children:
            kind = part.kind_id
            if kind in FIELD_LISTS:
                head.shape, head.fields = read_fields(r, part)
            elif kind == TYPE_PARAMETERS:
                generics.params = read_parameters(r, part)
            elif kind == WHERE_CLAUSE:
                generics.where = read_where(r, part)
            elif kind != VISIBILITY and kind not in COMMENTS and not name:
                name = r.name(part)
        end = node.end_byte
        if place.text[end - 1] == 0x3B:  # ";"
            end -= 1
        what = "union" if node.kind_id == _UNION_ITEM else "struct"
        item = self._add(what, name, node, place, attributes, head, r, end)
        if r.lengths:
            self._body(item, place, r.lengths)

    def _enum(self, node: Node, place: Place, attributes: Attributes) -> None:
        r = self._reader(place)
        lengths: list[Node] = []
        r.lengths = lengths
        head = EnumHead(Generics(), [])
        name = ""
        for part in node.named_children:
            kind = part.kind_id
            if kind == _VARIANTS:
                head.variants = read_variants(r, part, lengths)
            elif kind == TYPE_PARAMETERS:
                head.generics.params = read_parameters(r, part)
            elif kind == WHERE_CLAUSE:
                head.generics.where = read_where(r, part)
            elif kind != VISIBILITY and kind not in COMMENTS and not name:
                name = r.name(part)
        item = self._add("enum", name, node, place, attributes, head, r, node.end_byte)
        if lengths:
            self._body(item, place, lengths)

    def _alias(self, node: Node, place: Place, attributes: Attributes) -> None:
        """A type alias, an associated type, a foreign type; a trait alias, mended to one."""
        r = self._reader(place)
        r.lengths = []
        head = AliasHead(Generics(), None, [])
        name = ""
        for part in node.named_children:
            kind = part.kind_id
            if kind == VISIBILITY or kind in COMMENTS:
                continue
            if not name:
                name = r.name(part)
            elif kind == TYPE_PARAMETERS:
                head.generics.params = read_parameters(r, part)
            elif kind == TRAIT_BOUNDS:
                head.bounds = read_bounds(r, part)
            elif kind == WHERE_CLAUSE:
                head.generics.where = read_where(r, part)
            else:
                head.target = read_type(r, part)
        if self.mended and self._is_trait_alias(node, place):
            bounds = head.target.bounds if isinstance(head.target, DynType) else []
            if isinstance(head.target, PathType):
                bounds = [Bound(head.target.path)]
            self._add(
                "trait", name, node, place, attributes, TraitHead(head.generics, bounds), r, node.end_byte - 1
            )
            return
        item = self._add("type_alias", name, node, place, attributes, head, r, node.end_byte - 1)
        if r.lengths:
            self._body(item, place, r.lengths)

    def _is_trait_alias(self, node: Node, place: Place) -> bool:
        for part in node.children:
            if not part.is_named:
                at = place.base + part.start_byte
                return self.source[at : at + 5] == b"trait"
        return False

    def _value(self, node: Node, place: Place, attributes: Attributes) -> None:
        """A const or a static."""
        r = self._reader(place)
        name = ""
        ty: Type | None = None
        value = node.child_by_field_id(FIELD_VALUE)
        declared = node.child_by_field_id(FIELD_TYPE)
        for part in node.named_children:
            kind = part.kind_id
            if kind not in (VISIBILITY, _MUTABLE) and kind not in COMMENTS:
                name = r.name(part)
                break
        end = node.end_byte - 1
        if declared is not None:
            ty = read_type(r, declared)
            end = declared.end_byte
        kind_name = "const" if node.kind_id == _CONST_ITEM else "static"
        item = self._add(kind_name, name, node, place, attributes, ValueHead(ty), r, end)
        if value is None:
            return
        r = Reader(self, place.text, place.base, len(self.items) - 1)
        r.depth = place.depth + 2
        try:
            found = forms.expression(r, value)
        except TooDeep:
            self.issue(place.base + node.start_byte, "nested too deeply: the body is left out")
            return
        self._close(item, r, [], found)

    # --- containers ----------------------------------------------------------------------------------------

    def _trait(self, node: Node, place: Place, attributes: Attributes) -> None:
        r = self._reader(place)
        head = TraitHead(Generics(), [])
        name = ""
        body: Node | None = None
        for part in node.named_children:
            kind = part.kind_id
            if kind == DECLARATION_LIST:
                body = part
            elif kind == TYPE_PARAMETERS:
                head.generics.params = read_parameters(r, part)
            elif kind == TRAIT_BOUNDS:
                head.supertraits = read_bounds(r, part)
            elif kind == WHERE_CLAUSE:
                head.generics.where = read_where(r, part)
            elif kind != VISIBILITY and kind not in COMMENTS and not name:
                name = r.name(part)
        end = node.end_byte if body is None else body.start_byte
        self._add("trait", name, node, place, attributes, head, r, end)
        self._inside(body, place, "trait")

    def _impl(self, node: Node, place: Place, attributes: Attributes) -> None:
        r = self._reader(place)
        generics = Generics()
        trait_node = node.child_by_field_id(FIELD_TRAIT)
        self_node = node.child_by_field_id(FIELD_TYPE)
        body = node.child_by_field_id(FIELD_BODY)
        trait = None
        self_type: Type | None = None
        where: Node | None = None
        for part in node.named_children:
            kind = part.kind_id
            if kind == TYPE_PARAMETERS:
                generics.params = read_parameters(r, part)
            elif kind == WHERE_CLAUSE:
                where = part
        if trait_node is not None:
            trait = read_path(r, trait_node)
        if self_node is not None:
            self_type = read_type(r, self_node)
        if where is not None:
            generics.where = read_where(r, where)
        assert self_node is not None
        assert self_type is not None
        base = place.base
        negative = False
        trait_text = None
        if trait_node is not None:
            trait_text = normal_text(self.source[base + trait_node.start_byte : base + trait_node.end_byte])
            negative = place.text[: trait_node.start_byte].rstrip()[-1:] == b"!"
        self_text = normal_text(self.source[base + self_node.start_byte : base + self_node.end_byte])
        head = ImplHead(generics, trait, self_type, negative, trait_text, self_text)
        end = node.end_byte - 1 if body is None else body.start_byte
        self._add("impl", "", node, place, attributes, head, r, end, "private")
        self._inside(body, place, "impl" if trait is None else "trait_impl")

    def _inside(self, body: Node | None, place: Place, room: str) -> None:
        """The members of the item just added."""
        if body is not None:
            parent = len(self.items) - 1
            inner = Place(place.text, place.base, parent, room, "", (), place.depth + 2, place.macros)
            self.members(body.named_children, inner)

    def _foreign(self, node: Node, place: Place, attributes: Attributes) -> None:
        """`extern "C" { … }`: its members hang at the outer level, under the block's conditions."""
        body = node.child_by_field_id(FIELD_BODY)
        if body is not None:
            cfg = (*place.cfg, *attributes.cfg)
            self.members(body.named_children, place._replace(room="foreign", cfg=cfg, depth=place.depth + 2))

    def _module(self, node: Node, place: Place, attributes: Attributes) -> None:
        text, start = place.text, node.start_byte
        at = place.base + start
        body = node.child_by_field_id(FIELD_BODY)
        if text[start : start + 5] == b"mod c" and self.source[at : at + 5] != b"mod c" and body is not None:
            # A wrapper that was opened before the parse.
            wrapper = self.source[at : self.source.index(b"!", at)].decode("utf-8", "replace")
            self._wrapped(body.named_children, place, attributes, wrapper)
            return
        r = self._reader(place)
        name = ""
        for part in node.named_children:
            if part.kind_id in NAMES:
                name = r.name(part)
                break
        head = ModuleHead(body is not None, attributes.path, attributes.macro_use)
        end = node.end_byte - 1 if body is None else body.start_byte
        self._add("module", name, node, place, attributes, head, r, end)
        self._inside(body, place, "")

    def _wrapped(self, nodes: list[Node], place: Place, attributes: Attributes, wrapper: str) -> None:
        cfg = (*place.cfg, *attributes.cfg)
        self.members(
            nodes, place._replace(wrapper=wrapper, cfg=cfg, depth=place.depth + 2, macros=place.macros + 1)
        )

    # --- what is no node -----------------------------------------------------------------------------------

    def _use(self, node: Node, place: Place, attributes: Attributes) -> None:
        r = self._reader(place)
        leaves: list[UseLeaf] = []
        for part in node.named_children:
            if part.kind_id != VISIBILITY and part.kind_id not in COMMENTS:
                read_use(r, part, [], False, leaves)
        self._add("use", "", node, place, attributes, UseHead(leaves), r, 0)

    def _extern_crate(self, node: Node, place: Place, attributes: Attributes) -> None:
        r = self._reader(place)
        names = [
            r.name(part) for part in plain(node.named_children) if part.kind_id not in (VISIBILITY, _CRATE)
        ]
        if not names:  # `extern crate self as a`, where the grammar knows it
            names = ["self"]
        head = ExternCrateHead(names[0], attributes.macro_use)
        self._add("extern_crate", names[-1], node, place, attributes, head, r, 0)

    def _macro(self, node: Node, place: Place, attributes: Attributes) -> None:
        r = self._reader(place)
        name_node = plain(node.named_children)[0]
        base = place.base
        brackets = [part for part in node.children[2:] if not part.is_named and part.kind_id != _SEMICOLON]
        rules = self.source[base + brackets[0].end_byte : base + brackets[-1].start_byte]
        head = MacroHead(attributes.macro_export, normal_tokens(rules))
        visibility = "pub" if attributes.macro_export else "private"
        self._add(
            "macro", r.name(name_node), node, place, attributes, head, r, name_node.end_byte, visibility
        )

    def _declared_macro(self, node: Node, name_node: Node, place: Place, attributes: Attributes) -> None:
        """`pub macro a($x:expr) { … }`, mended to an invocation whose name stands one byte early."""
        r = self._reader(place)
        base = place.base
        name_end = base + name_node.end_byte + 1
        tree = plain(node.named_children)[-1]
        rules = self.source[base + tree.start_byte : base + tree.end_byte]
        if rules.startswith(b"("):
            tokens = normal_tokens(rules).replace(") {", ") => {", 1)
        else:
            tokens = normal_tokens(rules[1:-1])
        start = self._before_mending(base + node.start_byte, node.start_byte, place)
        words = self.source[start:name_end].split(b"macro", 1)[0].decode("utf-8", "replace")
        visibility = "".join(words.split()) or "private"
        head = MacroHead(attributes.macro_export, tokens)
        self._add(
            "macro", r.name(name_node), node, place, attributes, head, r, name_node.end_byte + 1, visibility
        )

    def _invocation(self, node: Node, place: Place, attributes: Attributes) -> None:
        """A macro in an item's place: its tokens read as items, where they are such."""
        parts = plain(node.named_children)
        tree = parts[-1]
        if tree.kind_id not in TOKEN_TREES:
            return
        wrapper = place.text[parts[0].start_byte : parts[0].end_byte].decode().rsplit("::", 1)[-1].strip()
        if place.macros < MACRO_DEPTH_LEVELS_MAX:
            if wrapper == "cfg_if" and self._cfg_if(tree, place, attributes):
                return
            inner = self._as_items(tree, place, wrapper)
            if inner is not None:
                root, text = inner
                place = place._replace(text=text, base=place.base + tree.start_byte + 1)
                self._wrapped(root.named_children, place, attributes, wrapper)
                return
        if self.mended and self.source[place.base + node.start_byte] in b" \t":
            self._declared_macro(node, parts[0], place, attributes)
            return
        r = self._reader(place)
        path = read_path(r, parts[0])
        base = place.base
        tokens = normal_tokens(self.source[base + tree.start_byte + 1 : base + tree.end_byte - 1])
        head = InvocationHead(path, tokens)
        self._add("invocation", wrapper, node, place, attributes, head, r, 0, "private")

    def _as_items(self, tree: Node, place: Place, wrapper: str) -> tuple[Node, bytes] | None:
        """The tree of a macro's tokens where all of them are items, with its text; else None."""
        start, end = tree.start_byte + 1, tree.end_byte - 1
        text = place.text[start:end]
        if _ITEM_START.match(text) is None:
            return None
        suffix = b"\n;" if wrapper.endswith(_OPTIONAL_SEMICOLON) else b""
        root = parse(text + suffix)
        if root.has_error:  # shortcuts that did no harm among tokens may do some here
            self.mended = True
            for text in readings(mend_bytes(self.source[place.base + start : place.base + end])):
                root = parse(text + suffix)
                if not root.has_error:
                    break
            else:
                return None
        seen = False
        for part in root.named_children:
            kind = part.kind_id
            if kind in _READINGS or kind == MACRO_INVOCATION:
                seen = True
            elif kind == EXPRESSION_STATEMENT:
                inner = plain(part.named_children)
                if not inner or inner[0].kind_id != MACRO_INVOCATION:
                    return None
            elif kind not in COMMENTS and kind not in (ATTRIBUTE, INNER_ATTRIBUTE, EMPTY_STATEMENT):
                return None
        return (root, text + suffix) if seen else None

    def _cfg_if(self, tree: Node, place: Place, attributes: Attributes) -> bool:
        """`if #[cfg(a)] { … } else if #[cfg(b)] { … } else { … }`: each branch under its condition."""
        denied: list[str] = []
        condition: str | None = None
        for part in tree.children:
            if part.kind_id not in TOKEN_TREES:
                continue
            start, end = place.base + part.start_byte, place.base + part.end_byte
            found = _CFG.match(self.source[start:end])
            if found is not None:
                condition = normal_text(found[1].strip()).rstrip(",")
                continue
            conditions = list(place.cfg) + list(attributes.cfg) + [f"not({denial})" for denial in denied]
            if condition is not None:
                conditions.append(condition)
                denied.append(condition)
                condition = None
            for text in readings(mend_bytes(self.source[start + 1 : end - 1])):
                root = parse(text)
                if not root.has_error:
                    break
                self.mended = True
            else:
                self.issue(start, "the branch could not be read as items")
                continue
            inner = place._replace(text=text, base=start + 1, cfg=tuple(conditions))
            self._wrapped(root.named_children, inner, _NO_ATTRIBUTES, "cfg_if")
        return True


_CONST_ITEM = kind_of("const_item")
_UNION_ITEM = kind_of("union_item")
_VARIANTS = kind_of("enum_variant_list")
_READINGS: dict[int, Callable[[FileReader, Node, Place, Attributes], None]] = {
    _FUNCTION_ITEM: FileReader._function,
    kind_of("function_signature_item"): FileReader._function,
    kind_of("struct_item"): FileReader._struct,
    _UNION_ITEM: FileReader._struct,
    kind_of("enum_item"): FileReader._enum,
    kind_of("type_item"): FileReader._alias,
    kind_of("associated_type"): FileReader._alias,
    _CONST_ITEM: FileReader._value,
    kind_of("static_item"): FileReader._value,
    kind_of("trait_item"): FileReader._trait,
    kind_of("impl_item"): FileReader._impl,
    kind_of("foreign_mod_item"): FileReader._foreign,
    _MOD_ITEM: FileReader._module,
    kind_of("use_declaration"): FileReader._use,
    kind_of("extern_crate_declaration"): FileReader._extern_crate,
    kind_of("macro_definition"): FileReader._macro,
}
