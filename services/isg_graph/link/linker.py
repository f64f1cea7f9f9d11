"""The linker: facts of files in, what changed in the graph out.

It keeps the facts of every file and the graph they make. A change that leaves every head as it was reads
again only the bodies it changed. One that changes what a few files say amends the world in place
(`link.amend`). Any other rebuilds scopes and headers (names only, no body), asks the questions that bodies
once asked again, and reads the bodies whose answers differ. Invariant: the graph after any sequence of
`put` and `remove` is the one that a new linker makes of the same facts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from isg_graph.infer.body import infer_body
from isg_graph.infer.lower import Lowering
from isg_graph.infer.trait import Traits
from isg_graph.infer.world import World
from isg_graph.link.amend import amend
from isg_graph.link.assembly import Assembly, BodyReference, Contribution
from isg_graph.link.dependency import Questions, affected
from isg_graph.link.difference import difference
from isg_graph.link.mention import mentions
from isg_graph.link.model import model
from isg_graph.link.node import node_of, outside_path
from isg_graph.link.share import BODIES_MIN, Heads, ReadBody, Spread, alone, pack, shares, unpack
from isg_graph.link.stack import deep_stack
from isg_graph.link.structure import implements_edge, own_edges, place_of
from isg_graph.resolve.definition import Definition, Import
from isg_graph.resolve.derive import derived_impl
from isg_graph.resolve.expansion import placed
from isg_graph.resolve.lookup import Lookup
from isg_graph.resolve.package import Package, discover
from isg_graph.resolve.public import mark_library
from isg_graph.resolve.read import Key, Readers, Reads
from isg_graph.resolve.retake import has_all_to_itself, may_retake
from isg_graph.resolve.tree import Tree
from isg_protocol.facts import FileFacts, ItemFacts, ManifestFacts
from isg_protocol.graph import Delta, Edge, Node, OpenSite

AMENDED_FILES_MAX = 16
"""Files whose changes are brought in one by one; for more, the world is built anew."""


@dataclass(slots=True)
class KnownBody:
    """A body that was read: its bytes, what it refers to in values that outlive a world, what it asked."""

    encoded: bytes
    references: list[BodyReference]
    opens: list[tuple[str, int]]
    reads: frozenset[Key]


class Linker:
    """The graph of one workspace. `put` and `remove` note changes; `link` carries them out. A linker that is
    not `live` serves one link and remembers no questions, which saves a sixth of its time; `spread` is how
    many bodies are read at once, and a batch of fewer than `bodies_min` is read by one."""

    def __init__(self, live: bool = True, spread: Spread = alone, bodies_min: int = BODIES_MIN) -> None:
        self._live = live
        self._spread = spread
        self._bodies_min = bodies_min
        self._std = model()  # read now, while the first facts are still on their way
        self._assembly = Assembly()
        self._files: dict[str, FileFacts] = {}
        self._manifests: dict[str, ManifestFacts] = {}
        self._bodies: dict[bytes, KnownBody] = {}
        self._reads = Reads()
        self._packages: list[Package] = []
        self._world: World | None = None
        self._tree: Tree | None = None
        self._impls = self._std.impls
        self._definitions: dict[str, dict[Definition, None]] = {}
        """What has its place, or lines of it, in a file."""
        self._by_id: dict[bytes, Definition] = {}
        self._own: dict[bytes, list[tuple[int, bytes, Definition | Import, int, int, int]]] = {}
        """A definition's own edges, of whatever lines; and what of their ends is outside."""
        self._outside: dict[bytes, dict[bytes, str]] = {}
        self._head_reads: dict[bytes, frozenset[Key]] = {}
        """What they asked."""
        self._readers_by_body, self._readers_by_head = Readers(), Readers()
        self._restructured = True
        self._reshaped: dict[str, FileFacts] = {}
        """Files that say something else than at the last link, with what they said."""
        self._moved: set[str] = set()

    @property
    def nodes(self) -> dict[bytes, Node]:
        """Every node by id, externals too."""
        return self._assembly.nodes

    @property
    def edges(self) -> dict[bytes, list[Edge]]:
        """Outgoing edges by the id they leave: sorted, no repeats, no empty lists."""
        return self._assembly.edges

    @property
    def opens(self) -> dict[bytes, list[OpenSite]]:
        """Open call sites by the id that holds them."""
        return self._assembly.opens

    def put(self, path: str, facts: FileFacts | ManifestFacts) -> None:
        """A file's facts as they are now."""
        if isinstance(facts, ManifestFacts):
            if self._manifests.get(path) != facts:
                self._manifests[path] = facts
                self._restructured = True
            return
        before = self._files.get(path)
        self._files[path] = facts
        if before is None:
            self._restructured = True
        elif not same_structure(before, facts):
            self._reshaped.setdefault(path, before)
        self._moved.add(path)

    def remove(self, path: str) -> None:
        """A file is gone."""
        if self._files.pop(path, None) is not None or self._manifests.pop(path, None) is not None:
            self._restructured = True
        self._moved.discard(path)
        self._reshaped.pop(path, None)

    def link(self) -> Delta:
        """Bring the graph to the facts as they are; returns what that changed."""
        with deep_stack():
            return self._link()

    def _link(self) -> Delta:
        if self._tree is None or self._restructured or not self._may_amend():
            gone = set(self._by_id)
            self._rebuild()
            gone.difference_update(self._by_id)
            todo = list(self._by_id.values())
        else:
            self._swap()
            gone, todo = self._amend() if self._reshaped else (set(), [])
            known = set(todo)
            todo += [
                d for path in sorted(self._moved) for d in self._definitions.get(path, ()) if d not in known
            ]
        self._moved.clear()
        self._reshaped.clear()
        self._restructured = False
        parts = self._contributions(list(dict.fromkeys(todo)))
        for key in gone:
            self._forget_body(key)
            self._note_head(key, frozenset())
        return self._publish(parts, gone)

    def _forget_body(self, key: bytes) -> None:
        known = self._bodies.pop(key, None)
        if known is not None:
            self._readers_by_body.drop(key, known.reads)

    def _note_head(self, key: bytes, reads: frozenset[Key]) -> None:
        """What a definition's own edges have asked; nothing of one that is gone."""
        self._readers_by_head.drop(key, self._head_reads.pop(key, ()))
        if reads:
            self._head_reads[key] = reads
            self._readers_by_head.add(key, reads)

    def _publish(self, parts: dict[bytes, Contribution], gone: set[bytes]) -> Delta:
        assembly = self._assembly
        watched = assembly.watched(parts, gone)
        before = assembly.parts_of(watched)
        touched = assembly.update(parts, gone)
        assert touched <= watched, "an update touched what nobody watched"
        return difference(before, assembly.parts_of(watched))

    def mentions(self, node_id: bytes, kind: int, name: str) -> list[tuple[str, int]]:
        """(file, line) of each place where a node's own text names something, as the cause of an edge of
        `kind` would. Of the graph as last linked; nothing for an id that no item has."""
        definition = self._by_id.get(node_id)
        if definition is None or self._world is None:
            return []
        return sorted(set(mentions(self._world, definition, kind, name)))

    # --- definitions ------------------------------------------------------------------------------------

    def _rebuild(self) -> None:
        """New scopes and headers, and the bodies that can have changed with them forgotten."""
        old_tree, old_world, old_packages = self._tree, self._world, self._packages
        old_reads = self._reads
        packages = discover(set(self._files), self._manifests)
        tree = Tree(self._files, packages)
        reads = Reads(self._live)
        std = self._std
        lookup = Lookup(tree, std.root, reads)
        lowering = Lowering(lookup, std.lowering)
        self._impls = std.impls.extended(lowering, tree.definitions)
        traits = Traits(lowering, self._impls)
        methods: dict[str, list[Definition]] = {}
        self._definitions = {}
        self._by_id = {definition.id: definition for definition in tree.definitions}
        self._own.clear()
        self._outside.clear()
        for definition in tree.definitions:
            self._place(definition)
            if definition.kind == "method":
                methods.setdefault(definition.name, []).append(definition)
        world = World(lookup, lowering, traits, methods)
        mark_library(tree, lookup)
        self._tree, self._world, self._packages, self._reads = tree, world, packages, reads
        if old_world is None or old_tree is None or old_packages != packages or not self._live:
            self._bodies.clear()
            self._readers_by_body = Readers()
            return
        changed = affected(
            Questions(old_world, old_tree.definitions),
            Questions(world, tree.definitions),
            old_reads.heads,
            {key: body.reads for key, body in self._bodies.items()},
        )
        for key in changed:
            self._forget_body(key)
        reads.add_heads(old_reads.heads)

    def _place(self, definition: Definition) -> None:
        for path in _files_of(definition):
            self._definitions.setdefault(path, {})[definition] = None

    def _may_amend(self) -> bool:
        """Whether what files say now can be brought into the world as it is."""
        assert self._tree is not None
        return not self._reshaped or (
            self._live
            and len(self._reshaped) <= AMENDED_FILES_MAX
            and not self._tree.exhausted
            and all(has_all_to_itself(self._tree, path) for path in self._reshaped)
            and all(
                may_retake(before, self._files[path], self._tree.macros)
                for path, before in self._reshaped.items()
            )
        )

    def _amend(self) -> tuple[set[bytes], list[Definition]]:
        """Bring the world to the files that say something else; returns the ids that are gone, and whose
        contributions are to be made anew."""
        assert self._tree is not None
        assert self._world is not None
        done = amend(self._tree, self._world, self._impls, self._reshaped)
        for definition in done.gone:
            del self._by_id[definition.id]
        for definition in [*done.gone, *done.taken]:
            for path in self._reshaped:
                self._definitions.get(path, {}).pop(definition, None)
        for definition in done.taken:
            self._by_id[definition.id] = definition
            self._place(definition)
        unread = self._readers_by_body.of(done.keys)
        for key in unread:
            self._forget_body(key)
        heads = self._readers_by_head.of(done.keys)
        todo = [self._by_id[key] for key in (*unread, *heads) if key in self._by_id]
        for key in (*heads, *(one.id for one in (*done.gone, *done.taken))):
            self._own.pop(key, None)
            self._outside.pop(key, None)
        gone = {one.id for one in done.gone if one.id not in self._by_id}
        return gone, [*done.taken, *todo, *done.library]

    def _swap(self) -> None:
        """Give definitions of files that only moved or changed bodies their items as they are now."""
        for path in self._moved.difference(self._reshaped):
            for definition in self._definitions.get(path, ()):
                if definition.index >= 0 and definition.file == path:
                    definition.item = self._item(definition, path)
                for one in definition.scope.uses if definition.scope is not None else ():
                    if one.file == path:
                        item = self._files[path].items[one.index]
                        one.definition = placed(one.made, item) if one.made is not None else item

    def _item(self, definition: Definition, path: str) -> ItemFacts:
        item = self._files[path].items[definition.index]
        if definition.made is not None:
            item = placed(definition.made, item)
        return derived_impl(item, definition.derive) if definition.derive >= 0 else item

    # --- contributions ----------------------------------------------------------------------------------

    def _contributions(self, todo: list[Definition]) -> dict[bytes, Contribution]:
        """What each definition adds: by its head, then by its body."""
        parts: dict[bytes, Contribution] = {}
        holding: list[tuple[Definition, ItemFacts]] = []
        unread: list[tuple[Definition, bytes]] = []
        for definition in todo:
            item = definition.item
            if item is None or item.body is None or definition.derive >= 0:
                continue
            holding.append((definition, item))
            known = self._bodies.get(definition.id)
            if known is None or known.encoded != item.body:
                unread.append((definition, item.body))

        def heads() -> None:
            for definition in todo:
                if not self._live or definition.id in self._own:
                    parts[definition.id] = self._by_head(definition)
                    continue
                reads: set[Key] = set()
                with self._reads.of_body(reads):
                    parts[definition.id] = self._by_head(definition)
                self._note_head(definition.id, frozenset(reads))

        if len(unread) < self._bodies_min:
            heads()
            for definition, encoded in unread:
                self._keep(definition, encoded, self._read(definition, encoded))
        else:
            self._read_together(unread, heads)
        for definition, item in holding:
            body = self._bodies[definition.id]
            parts[definition.id].body(item, definition.file, body.references, body.opens)
        if not self._live:
            self._bodies.clear()
        return parts

    def _by_head(self, definition: Definition) -> Contribution:
        world = self._world
        assert world is not None
        # A derive under a condition that does not hold makes no impl here, but the type still says it.
        shown = definition.derive < 0 or definition.built
        node = node_of(definition, self._files, visibility_of(definition, world)) if shown else None
        part = Contribution(node)
        if shown:
            own = self._own.get(definition.id)
            if own is None:
                own = [
                    (kind, part.target(target), anchor, site, context, resolution)
                    for kind, target, anchor, site, context, resolution in own_edges(world, definition)
                ]
                if self._live:
                    self._own[definition.id] = own
                    self._outside[definition.id] = dict(part.outside)
            else:
                part.outside.update(self._outside[definition.id])
            for kind, end, anchor, site, context, resolution in own:
                part.edge(kind, end, anchor.file, place_of(anchor, site), context, resolution)
        if definition.kind == "impl":
            implements = implements_edge(world, definition)
            if implements is not None and (shown or implements[0] is not definition):
                source, (kind, target, file, line, context, resolution) = implements
                to = part.target(target)
                edge = Edge(kind, to, file, line, context, resolution, definition.derive >= 0, False)
                part.give(source, edge)
        return part

    # --- bodies -----------------------------------------------------------------------------------------

    def _read(self, definition: Definition, encoded: bytes) -> ReadBody:
        reads: set[Key] = set()
        assert self._world is not None
        with self._reads.of_body(reads if self._live else None):
            inferred = infer_body(self._world, definition, encoded)
        references: list[BodyReference] = []
        for kind, target, site, context, resolution in inferred.references:
            path = outside_path(target)
            end = path if path is not None else target.id  # type: ignore[union-attr]
            references.append((kind, end, site, context, resolution))
        return references, inferred.opens, reads

    def _keep(self, definition: Definition, encoded: bytes, read: ReadBody) -> None:
        references, opens, reads = read
        self._forget_body(definition.id)
        self._bodies[definition.id] = KnownBody(encoded, references, opens, frozenset(reads))
        self._readers_by_body.add(definition.id, reads)

    def _read_together(self, unread: list[tuple[Definition, bytes]], meanwhile: Callable[[], None]) -> None:
        """Read many bodies, wherever there is room."""
        cut = shares(len(unread))

        def work(number: int) -> bytes:
            heads: Heads = {}
            with self._reads.heads_apart(heads):
                return pack([self._read(*unread[at]) for at in cut[number]], heads)

        asked: set[Key] = set()
        for part, answer in zip(cut, self._spread(len(cut), work, meanwhile), strict=True):
            bodies, heads = unpack(answer)
            self._reads.add_heads(heads)
            for at, read in zip(part, bodies, strict=True):
                self._keep(*unread[at], read)
                asked.update(read[2])
            asked.update(*heads.values())
        if self._live:
            self._ask_again(asked)

    def _ask_again(self, keys: set[Key]) -> None:
        """Ask what others asked of their copies of the world: what an edit changes is told by comparing
        answers, and only those that this world remembers are compared (link.amend)."""
        world = self._world
        assert world is not None
        with self._reads.of_body(None):
            for key in keys:
                if key[0] not in ("name", "scope"):
                    continue
                definition = self._by_id.get(key[1])
                scope = definition.scope if definition is not None else None
                if scope is None or scope.definition is not definition:
                    continue
                if key[0] == "scope":
                    world.traits_in_scope(scope)
                elif (key[2], key[3]) not in scope.answers:
                    world.lookup.in_scope(scope, key[2], key[3], scope)


def _files_of(definition: Definition) -> set[str]:
    """The files that a definition's node and edges have their lines in: a module declared in one file has
    its items in another."""
    found = {definition.file}
    found.update(child.file for child in definition.children if child.item is not None)
    if definition.scope is not None:
        found.update(one.file for one in definition.scope.uses)
    return found


def visibility_of(definition: Definition, world: World) -> str:
    """A definition's visibility; what a trait's items inherit is the trait's."""
    item = definition.item
    if item is None:
        return "pub"
    if item.visibility != "inherited":
        return item.visibility
    parent = definition.parent
    if parent is not None and parent.kind == "impl":
        header = world.lowering.header(parent)
        trait = header.trait[0] if header.trait is not None else None
        if isinstance(trait, Definition) and trait.item is not None:
            world.lookup.reads.head(trait)
            return trait.item.visibility
        return "pub"
    return parent.item.visibility if parent is not None and parent.item is not None else "pub"


def same_structure(before: FileFacts, after: FileFacts) -> bool:
    """Whether two readings of a file differ in nothing but bodies and places."""
    if len(before.items) != len(after.items) or (before.cfg, before.attributes) != (
        after.cfg,
        after.attributes,
    ):
        return False
    return all(_same_item(x, y) for x, y in zip(before.items, after.items, strict=True))


def _same_item(x: ItemFacts, y: ItemFacts) -> bool:
    return (
        (x.kind, x.name, x.parent, x.visibility, x.signature, x.cfg, x.test, x.attributes, x.wrapper)
        == (y.kind, y.name, y.parent, y.visibility, y.signature, y.cfg, y.test, y.attributes, y.wrapper)
        and [d.path for d in x.derives] == [d.path for d in y.derives]
        and x.head == y.head
    )
