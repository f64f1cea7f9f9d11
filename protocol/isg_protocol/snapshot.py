"""The bytes in LMDB: every key and value of a snapshot, packed and unpacked. SNAPSHOT.md tells it in prose.

Owns the sub-databases' names and the layout of their records (`SNAPSHOT_FORMAT`). Invariants: a text is
stored once, in `string`, and everywhere else stands as its number (a *sid*, from 1 on, never given to
another text; 0 is None); all integers are big endian, so that keys sort by number; every function here is
the inverse of its partner. Absent: lmdb, and which records a change writes (isg_services.writer.store).

Lines of edges and open sites are relative to the node that holds them wherever they lie in its own file,
so that text which moves rewrites the node's record and nothing that points to it.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from struct import Struct as Packing
from typing import NamedTuple

import msgspec

from isg_protocol.graph import Change, Edge, FileEntry, LostReference, Node, OpenSite
from isg_protocol.version import FACTS_FORMAT, ID_FORMAT, SNAPSHOT_FORMAT
from isg_protocol.vocabulary import CONTEXTS, RESOLUTIONS, TARGET_KINDS

KEY_BYTES_MAX = 511
"""LMDB's own bound of a key."""
_PATH_BYTES_KEPT = KEY_BYTES_MAX - 17


class Table(NamedTuple):
    """One sub-database, as SNAPSHOT.md shows it."""

    name: str
    key: str
    value: str


TABLES = (
    Table("meta", "a word", "`format`: text; `meta`: msgpack map; `free`: u32 each"),
    Table("node", "u32 number", "72 bytes: the node's attributes"),
    Table("id", "16 bytes, the node's id", "u32 number"),
    Table("symbol", "16 bytes, digest of the symbol", "u32 number each"),
    Table("name", "16 bytes, digest of the name", "u32 sid of the name, then u32 number each"),
    Table("tail", "16 bytes, digest of the tail", "u32 number each"),
    Table("out", "u32 number", "14 bytes an outgoing edge"),
    Table("in", "u32 number", "14 bytes an incoming edge"),
    Table("open", "u32 number", "12 bytes an open site"),
    Table("opened", "16 bytes, digest of the name", "12 bytes an open site"),
    Table("string", "u32 sid", "UTF-8"),
    Table("file", "path", "msgpack array: FileEntry"),
    Table("span", "path", "12 bytes a node of the file, in source order"),
    Table("facts", "path", "u64 revision, then the encoded facts"),
    Table("text", "path", "the file's bytes, zlib"),
    Table("change", "u64 version", "29 bytes a change"),
    Table("touch", "u64 version", "u32 number each"),
    Table("former", "u64 version", "72 bytes a node"),
    Table("lost", "u32 number", "45 bytes a lost reference"),
)

TABLE_NAMES = tuple(table.name for table in TABLES)

FORMAT_KEY = b"format"
META_KEY = b"meta"
FREE_KEY = b"free"
FORMAT = f"isg snapshot {SNAPSHOT_FORMAT} facts {FACTS_FORMAT} id {ID_FORMAT}".encode()
"""The value of `format`: what else is there means something only when this is equal."""


class Meta(msgspec.Struct, kw_only=True):
    """The state of the whole, rewritten with every commit.

    version        the published version; 0 before the first
    covered        the revision up to which everything is in this version
    received       the highest revision ever received; its upper half is the last epoch
    root, source   as of the last whole scan: the directory (None for a dump), and SOURCE as given
    skipped        (path, reason) of what the last scan left out
    files, nodes, edges, opens, lost   totals
    next_number, next_string     the lowest number and sid never given out
    names_version  the version at which the set of names last changed
    birth          8 random bytes of the environment's making: sids mean something only within one birth
    whole          a whole scan is in it: there is a graph, if perhaps an empty one
    check          the sum of `record_check` over all records but `format` and `meta`
    """

    version: int = 0
    covered: int = 0
    received: int = 0
    root: str | None = None
    source: str = ""
    skipped: list[tuple[str, str]] = []
    files: int = 0
    nodes: int = 0
    edges: int = 0
    opens: int = 0
    lost: int = 0
    next_number: int = 0
    next_string: int = 1
    names_version: int = 0
    birth: bytes = b""
    whole: bool = False
    check: int = 0


_meta_encoder = msgspec.msgpack.Encoder()
_meta_decoder = msgspec.msgpack.Decoder(Meta)
_entry_decoder = msgspec.msgpack.Decoder(FileEntry)


def pack_meta(meta: Meta) -> bytes:
    return _meta_encoder.encode(meta)


def unpack_meta(record: bytes) -> Meta:
    """Raises msgspec.MsgspecError when the bytes are no Meta."""
    return _meta_decoder.decode(record)


CHECK_MASK = 2**64 - 1
"""Checks are added and taken away modulo this plus one."""
_check_seed = {table.name: zlib.crc32(table.name.encode()) for table in TABLES}


def record_check(table: str, key: bytes, value: bytes) -> int:
    """A record's share of `Meta.check`: by the sum one knows all records at once, and a commit changes it by
    what it changes."""
    return zlib.crc32(value, zlib.crc32(key, _check_seed[table]))


# --- keys -----------------------------------------------------------------------------------------------

U32 = Packing(">I")
U64 = Packing(">Q")
U32_MAX = 2**32 - 1
number_key = U32.pack
"""The key of a node or a string."""
version_key = U64.pack


def digest(text: str) -> bytes:
    """The key of a symbol, a name or a tail: BLAKE2b-128 of its UTF-8."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def path_key(path: str) -> bytes:
    """A path's UTF-8; one longer than a key may be is cut and ends in 0xFF and its digest."""
    key = path.encode("utf-8", "surrogatepass")
    if len(key) <= KEY_BYTES_MAX:
        return key
    return key[:_PATH_BYTES_KEPT] + b"\xff" + digest(path)


# --- lists of numbers -----------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def _u32s(count: int) -> Packing:
    return Packing(f">{count}I")


def pack_numbers(numbers: Iterable[int]) -> bytes:
    values = tuple(numbers)
    return _u32s(len(values)).pack(*values)


def unpack_numbers(record: bytes) -> tuple[int, ...]:
    return _u32s(len(record) // 4).unpack(record)


# --- nodes ----------------------------------------------------------------------------------------------

NODE = Packing(">16sBBBx13I")
NODE_KIND_AT = 16
_PLACE = Packing(">3I")
_PLACE_AT = 36
_TEST, _DERIVED, _MACRO, _LIBRARY = 1, 2, 4, 8
_TARGET_CODE: dict[str | None, int] = {None: 0} | {name: code for code, name in enumerate(TARGET_KINDS, 1)}
_TARGETS: tuple[str | None, ...] = (None, *TARGET_KINDS)
Sids = Mapping[str, int]
"""Gives each text its sid (the store's gives out new ones)."""
Texts = Callable[[int], str]


def split_symbol(symbol: str) -> tuple[str | None, str]:
    """What stands before the last segment, and that segment: joined by `::` they are the symbol. Without
    a `::` the first is None. Siblings share the first, so it is stored once."""
    if symbol.endswith(">"):
        before, separator, last = symbol.partition("::<")
        if separator:
            return before, "<" + last
    before, separator, last = symbol.rpartition("::")
    return (before, last) if separator else (None, symbol)


def _symbol_sids(symbol: str, sids: Sids) -> tuple[int, int]:
    prefix, last = split_symbol(symbol)
    return (0 if prefix is None else sids[prefix]), sids[last]


def _symbol_of(prefix: int, last: int, text: Texts) -> str:
    return f"{text(prefix)}::{text(last)}" if prefix else text(last)


def pack_node(node: Node, sids: Sids) -> bytes:
    """Raises KeyError for a target that is none of vocabulary.TARGET_KINDS."""
    prefix, last = _symbol_sids(node.symbol, sids)
    file, signature, visibility = node.file, node.signature, node.visibility
    cfg, trait, self_text = node.cfg, node.trait, node.self_text
    return NODE.pack(
        node.id,
        node.kind,
        (_TEST if node.test else 0)
        | (_DERIVED if node.derived else 0)
        | (_MACRO if node.macro else 0)
        | (_LIBRARY if node.library else 0),
        _TARGET_CODE[node.target],
        prefix,
        last,
        sids[node.name],
        sids[node.crate],
        0 if file is None else sids[file],
        node.line,
        node.end_line,
        0 if signature is None else sids[signature],
        0 if visibility is None else sids[visibility],
        0 if cfg is None else sids[cfg],
        0 if trait is None else sids[trait],
        0 if self_text is None else sids[self_text],
        sids["\n".join(node.attributes)] if node.attributes else 0,
    )


def unpack_node(record: bytes, text: Texts) -> Node:
    """The node of a record; `text` gives the text of a sid."""
    (
        node_id, kind, flags, target, prefix, last, name, crate, file, line, end_line, signature, visibility,
        cfg, trait, self_text, attributes,
    ) = NODE.unpack(record)  # fmt: skip
    return Node(
        id=node_id,
        kind=kind,
        symbol=_symbol_of(prefix, last, text),
        name=text(name),
        crate=text(crate),
        target=_TARGETS[target],
        file=text(file) if file else None,
        line=line,
        end_line=end_line,
        signature=text(signature) if signature else None,
        visibility=text(visibility) if visibility else None,
        test=bool(flags & _TEST),
        cfg=text(cfg) if cfg else None,
        trait=text(trait) if trait else None,
        self_text=text(self_text) if self_text else None,
        derived=bool(flags & _DERIVED),
        macro=bool(flags & _MACRO),
        attributes=tuple(text(attributes).split("\n")) if attributes else (),
        library=bool(flags & _LIBRARY),
    )


class Place(NamedTuple):
    """Where a node stands: the sid of its file (0: none) and its lines."""

    file: int
    line: int
    end_line: int


def node_place(record: bytes) -> Place:
    return Place(*_PLACE.unpack_from(record, _PLACE_AT))


def same_but_place(record: bytes, other: bytes) -> bool:
    """Whether two records of a node differ in nothing but its file and lines."""
    end = _PLACE_AT + _PLACE.size
    return record[:_PLACE_AT] == other[:_PLACE_AT] and record[end:] == other[end:]


def split_nodes(record: bytes) -> list[bytes]:
    """The records of a list of nodes."""
    return [record[at : at + NODE.size] for at in range(0, len(record), NODE.size)]


def node_sids(record: bytes) -> set[int]:
    """Every sid that a node's record holds, and 0."""
    fields = NODE.unpack(record)
    return {*fields[4:9], *fields[11:]}


# --- edges ----------------------------------------------------------------------------------------------

ENTRY_BYTES = 14
_ENTRY = Packing(">BBIIi")
_PARTS = Packing("2s4s8s")
BITS: tuple[tuple[int, int, bool, bool], ...] = tuple(
    (bits & 7, bits >> 3 & 3, bool(bits & 32), bool(bits & 64)) for bits in range(128)
)
"""(context, resolution, derived, macro) by an entry's second byte."""

assert len(CONTEXTS) <= 8, "a context has three bits"
assert len(RESOLUTIONS) <= 4, "a resolution has two bits"


@lru_cache(maxsize=256)
def _entries(count: int) -> Packing:
    return Packing(">" + "BBIIi" * count)


def pack_edges(
    edges: Iterable[Edge], numbers: Mapping[bytes, int], sids: Sids, file: str | None, line: int
) -> bytes:
    """The entries of one node's outgoing edges, in the order given; (file, line) are the node's.

    Raises KeyError when an edge's far end has no number.
    """
    flat: list[int] = []
    for kind, to, place, place_line, context, resolution, derived, macro in edges:
        bits = context | resolution << 3 | (32 if derived else 0) | (64 if macro else 0)
        if place == file:
            flat += (kind, bits, numbers[to], 0, place_line - line)
        else:
            flat += (kind, bits, numbers[to], sids[place], place_line)
    return _entries(len(flat) // 5).pack(*flat)


def unpack_entries(record: bytes) -> Iterator[tuple[int, int, int, int, int]]:
    """(kind, index of BITS, number of the far end, sid of the file, line) of each entry. With sid 0 the
    file is that of the node from which the edge runs, and the line is relative to that node's."""
    return _ENTRY.iter_unpack(record)


def split_entries(record: bytes) -> list[bytes]:
    return [record[at : at + ENTRY_BYTES] for at in range(0, len(record), ENTRY_BYTES)]


def entry_end(entry: bytes) -> bytes:
    """The key of the node at an entry's far end."""
    return entry[2:6]


def entry_parts(record: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """What stands before the far end's key in each entry, the key, and what stands after it."""
    return _PARTS.iter_unpack(record)


def turn_entry(entry: bytes, end: bytes) -> bytes:
    """The same edge seen from its far end, which then names the node of key `end`."""
    return entry[:2] + end + entry[6:]


def rebase_entries(record: bytes, old: tuple[int, int], new: tuple[int, int]) -> bytes:
    """The entries of edges that stayed where they are while their node went from place `old` to `new`,
    each (sid of the file, line)."""
    flat: list[int] = []
    for kind, bits, other, file, line in _ENTRY.iter_unpack(record):
        flat += (kind, bits, other, *_rebase(file, line, old, new))
    return _entries(len(flat) // 5).pack(*flat)


def _rebase(file: int, line: int, old: tuple[int, int], new: tuple[int, int]) -> tuple[int, int]:
    if file == 0:
        file, line = old[0], line + old[1]
    return (0, line - new[1]) if file == new[0] else (file, line)


# --- open sites -----------------------------------------------------------------------------------------

SITE_BYTES = 12
_SITE = Packing(">IIi")


def pack_sites(sites: Iterable[OpenSite], sids: Sids, file: str | None, line: int) -> bytes:
    """The open sites that one node holds; (file, line) are the node's."""
    return b"".join(
        _SITE.pack(sids[name], 0, site_line - line)
        if place == file
        else _SITE.pack(sids[name], sids[place], site_line)
        for name, place, site_line in sites
    )


def unpack_sites(record: bytes) -> Iterator[tuple[int, int, int]]:
    """(sid of the name, or in `opened` the number of the holder; sid of the file; line), as of edges."""
    return _SITE.iter_unpack(record)


def split_sites(record: bytes) -> list[bytes]:
    return [record[at : at + SITE_BYTES] for at in range(0, len(record), SITE_BYTES)]


def rebase_sites(record: bytes, old: tuple[int, int], new: tuple[int, int]) -> bytes:
    """As `rebase_entries`."""
    return b"".join(
        _SITE.pack(name, *_rebase(file, line, old, new)) for name, file, line in _SITE.iter_unpack(record)
    )


# --- files ----------------------------------------------------------------------------------------------

_SPAN = Packing(">III")


def pack_spans(rows: Iterable[tuple[int, int, int]]) -> bytes:
    """(line, end_line, number) of a file's nodes, in source order (isg_graph.lookup.spans_of)."""
    return b"".join(_SPAN.pack(*row) for row in rows)


def unpack_spans(record: bytes) -> Iterator[tuple[int, int, int]]:
    return _SPAN.iter_unpack(record)


def spans_beginning(record: bytes, line: int) -> list[tuple[int, int, int]]:
    """Those of `unpack_spans` that begin at a line, found by halves."""
    size, read = _SPAN.size, _SPAN.unpack_from
    low, high = 0, len(record) // size
    while low < high:
        middle = (low + high) // 2
        if read(record, middle * size)[0] < line:
            low = middle + 1
        else:
            high = middle
    found = []
    while low * size < len(record) and (row := read(record, low * size))[0] == line:
        found.append(row)
        low += 1
    return found


def span_count(record: bytes) -> int:
    return len(record) // _SPAN.size


def pack_file(entry: FileEntry) -> bytes:
    return _meta_encoder.encode(entry)


def unpack_file(record: bytes) -> FileEntry:
    return _entry_decoder.decode(record)


def pack_facts(revision: int, facts: bytes) -> bytes:
    return U64.pack(revision) + facts


def unpack_facts(record: bytes) -> tuple[int, bytes]:
    """The revision that brought a file's facts, and the facts (none of a quarantined file's)."""
    return U64.unpack_from(record)[0], record[U64.size :]


# --- changes --------------------------------------------------------------------------------------------

CHANGES = ("added", "removed", "signature", "body", "lines")
"""In the order of strength; a byte on disk is an index into it: append only."""
_CHANGE_CODE = {change: code for code, change in enumerate(CHANGES)}
_CHANGE = Packing(">B16sIII")


def pack_changes(changes: Iterable[Change], sids: Sids) -> bytes:
    packed: list[bytes] = []
    for change, node_id, symbol, file in changes:
        where = 0 if file is None else sids[file]
        packed.append(_CHANGE.pack(_CHANGE_CODE[change], node_id, *_symbol_sids(symbol, sids), where))
    return b"".join(packed)


def unpack_changes(record: bytes, text: Texts) -> list[Change]:
    return [
        Change(
            CHANGES[code],
            node_id,
            _symbol_of(prefix, last, text),
            text(file) if file else None,
        )
        for code, node_id, prefix, last, file in _CHANGE.iter_unpack(record)
    ]


def change_sids(record: bytes) -> set[int]:
    """Every sid that a change list holds, and perhaps 0."""
    return {sid for row in _CHANGE.iter_unpack(record) for sid in row[2:]}


# --- lost references ------------------------------------------------------------------------------------

_LOST = Packing(">BI16sIIQIi")
LOST_BYTES = _LOST.size


def pack_lost(rows: Iterable[LostReference], sids: Sids) -> bytes:
    packed: list[bytes] = []
    for kind, name, was, symbol, since, file, line in rows:
        halves = _symbol_sids(symbol, sids)
        packed.append(_LOST.pack(kind, sids[name], was, *halves, since, sids[file], line))
    return b"".join(packed)


def unpack_lost(record: bytes, text: Texts) -> list[LostReference]:
    return [
        LostReference(
            kind,
            text(name),
            was,
            _symbol_of(prefix, last, text),
            since,
            text(file),
            line,
        )
        for kind, name, was, prefix, last, since, file, line in _LOST.iter_unpack(record)
    ]


def lost_files(record: bytes) -> set[int]:
    """The sids of the files in which a node's lost references stand."""
    return {row[6] for row in _LOST.iter_unpack(record)}


def lost_sids(record: bytes) -> set[int]:
    """Every sid that a node's lost references hold, and perhaps 0."""
    return {sid for row in _LOST.iter_unpack(record) for sid in (row[1], row[3], row[4], row[6])}
