"""A saved graph, mapped read-only: the view that answers are made from.

Owns the reader's side of LMDB: opening, one read transaction a snapshot, and the bounded memory of what
was decoded. Invariants: a view is one version; what is remembered from one version to the next is
exactly what the versions between have not touched; nothing handed out points into the map (records are
copied), so nothing outlives its transaction but as its own value. Absent: any write, and any waiting for
a graph that is not there yet.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, TypeVar

import lmdb
import msgspec

from isg_client import setting
from isg_client.error import Nothing, Storage
from isg_graph.view import Arc, Link, Open, Span, Totals
from isg_protocol import limit, snapshot
from isg_protocol.graph import Change, FileEntry, LostReference, Node
from isg_protocol.snapshot import BITS, Meta, number_key
from isg_services.sealed import damage

ENGINE = 0
"""As the store's."""
NODES_REMEMBERED_MAX = 32_768
STRINGS_REMEMBERED_MAX = 65_536
LINKS_REMEMBERED_MAX = 131_072
"""Links (150 bytes each), not nodes that have them; once for each direction."""
TOUCHES_FOLLOWED_MAX = 64
"""Further versions behind than this, what is remembered is dropped instead."""

_K = TypeVar("_K")
_V = TypeVar("_V")
_Get = Any
"""A transaction's `get`: (key, default=None, db=None) -> bytes | None."""
_open_here: dict[str, int] = {}
"""Real paths that this process (by its pid) has mapped."""


class Mapping:
    """One saved graph, opened read-only. Raises Nothing where there is no graph, Storage where what is
    there cannot be read.

    `live` is the writer's environment (a directory); otherwise `path` is a durable copy (one file, which
    nobody writes: when it is replaced, this still shows the old one). For one thread.
    """

    def __init__(self, path: Path, live: bool) -> None:
        self.path = path
        self._key = os.path.realpath(path)
        self._pid = os.getpid()
        if _open_here.get(self._key) == self._pid:
            raise Storage(
                f"{path} is already open in this process", "use the mapping that is open: LMDB allows one"
            )
        self._data = path / "data.mdb" if live else path
        self._env, self._file = _open(path, live)
        self._descriptor = os.open(self._data, os.O_RDONLY | os.O_CLOEXEC)
        self._size = 0
        try:
            self._dbs = _tables(self._env, path)
        except BaseException:
            self._env.close()
            os.close(self._descriptor)
            raise
        _open_here[self._key] = self._pid
        self._meta_record = b""
        self._meta = Meta()
        self._memory = _Memory()
        self._views = 0

    def snapshot(self) -> SnapshotView:
        """The current version as a view, to be used in a `with` block: it is good until its end.

        Raises Nothing as long as no whole scan has been taken, and Storage for what cannot be read.
        """
        if os.getpid() != self._pid:
            raise Storage(f"{self.path} was opened before a fork", "open it in the process that reads it")
        size = os.fstat(self._descriptor).st_size
        if size < self._size:  # LMDB never shortens it: pages that the map still shows are gone
            raise Storage(f"the graph {self._data} is damaged: its end is missing", _DAMAGED_HINT)
        self._size = size
        try:
            txn = self._env.begin()
        except lmdb.ReadersFullError as error:
            raise Storage(
                f"more than {limit.READERS_MAX} readers of {self.path}", "end some of them, and ask again"
            ) from error
        except lmdb.Error as error:
            raise Storage(f"{self.path} cannot be read: {error}", _DAMAGED_HINT) from error
        try:
            meta = self._read_meta(txn)
            if not (meta.whole or meta.nodes):
                raise Nothing(f"there is no graph at {self.path} yet", _NOTHING_HINT)
            memory = self._recall(txn, meta)
        except BaseException:
            txn.abort()
            raise
        self._views += 1
        return SnapshotView(self, txn, meta, memory)

    def is_current(self) -> bool:
        """Whether `path` still names what is mapped: the writer replaces a durable copy, and an
        environment that it found damaged. Open a new mapping when it does not."""
        try:
            found = os.stat(self._data)
        except OSError:
            return False
        return (found.st_dev, found.st_ino) == self._file

    def commits(self) -> int:
        """A number that every commit makes higher; cheaper than a snapshot."""
        return int(self._env.info()["last_txnid"])

    def check_readers(self) -> int:
        """Free the slots of readers that died; how many there were."""
        return int(self._env.reader_check())

    def map_bytes(self) -> int:
        """How many bytes of the map are in use: what a snapshot weighs."""
        return int(self._env.info()["last_pgno"] + 1) * int(self._env.stat()["psize"])

    def close(self) -> None:
        if _open_here.get(self._key) == self._pid:
            del _open_here[self._key]
            self._env.close()
            os.close(self._descriptor)

    def __enter__(self) -> Mapping:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _read_meta(self, txn: lmdb.Transaction[bytes]) -> Meta:
        record = txn.get(snapshot.META_KEY, db=self._dbs["meta"])
        if record is None:
            raise Nothing(f"{self.path} holds no graph", _NOTHING_HINT)
        if record != self._meta_record:
            self._meta, self._meta_record = snapshot.unpack_meta(record), record
        return self._meta

    def _recall(self, txn: lmdb.Transaction[bytes], meta: Meta) -> _Memory:
        """The memory, brought to this version."""
        memory = self._memory
        if memory.birth == meta.birth and memory.version == meta.version:
            return memory
        behind = meta.version - memory.version
        if self._views or memory.birth != meta.birth or not 0 < behind <= TOUCHES_FOLLOWED_MAX:
            self._memory = _Memory(meta.birth, meta.version)
            return self._memory
        touch = self._dbs["touch"]
        for version in range(memory.version + 1, meta.version + 1):
            record = txn.get(snapshot.version_key(version), db=touch)
            if record is None:
                self._memory = _Memory(meta.birth, meta.version)
                return self._memory
            memory.forget(snapshot.unpack_numbers(record))
        memory.turn(meta)
        return memory

    def _leave(self) -> None:
        self._views -= 1


class SnapshotView:
    """One version (isg_graph.view.View), good within its `with` block. After that every look-up that has
    to read raises Storage."""

    def __init__(self, mapping: Mapping, txn: lmdb.Transaction[bytes], meta: Meta, memory: _Memory) -> None:
        self._mapping = mapping
        self._txn = txn
        self._meta = meta
        self._memory = memory
        self._dbs = mapping._dbs
        self._get: _Get = txn.get

    def __enter__(self) -> SnapshotView:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._get = _closed
        self._txn.abort()
        self._mapping._leave()

    @property
    def version(self) -> int:
        return self._meta.version

    @property
    def root(self) -> str | None:
        return self._meta.root

    @property
    def meta(self) -> Meta:
        """The state this version was committed with; `covered` may move without a new version."""
        return self._meta

    @property
    def memo(self) -> dict[str, Any]:
        """What was worked out of this whole version (isg_graph.memo), shared by its views."""
        return self._memory.memo

    def totals(self) -> Totals:
        meta = self._meta
        return Totals(meta.files, meta.nodes, meta.edges, meta.opens)

    # --- nodes

    def node(self, number: int) -> Node:
        node = self._memory.nodes.get(number)
        if node is None:
            node = snapshot.unpack_node(self._record(number), self._text)
            self._memory.nodes.put(number, node)
        return node

    def kind(self, number: int) -> int:
        node = self._memory.nodes.get(number)
        return self._record(number)[snapshot.NODE_KIND_AT] if node is None else node.kind

    def by_id(self, node_id: bytes) -> int | None:
        record = self._get(node_id, db=self._dbs["id"]) if len(node_id) == 16 else None
        return None if record is None else int(snapshot.U32.unpack(record)[0])

    def by_symbol(self, symbol: str) -> Sequence[int]:
        return self._numbers("symbol", symbol)

    def by_name(self, name: str) -> Sequence[int]:
        return self._numbers("name", name)[1:]

    def by_tail(self, tail: str) -> Sequence[int]:
        return self._numbers("tail", tail)

    def numbers(self) -> Iterable[int]:
        cursor = self._cursor("node")
        return [snapshot.U32.unpack(key)[0] for key in cursor.iternext(keys=True, values=False)]

    def arcs(self) -> Iterator[Arc]:
        unpack, resolution_of = snapshot.U32.unpack, [bit[1] for bit in BITS]
        for key, record in self._cursor("out"):
            source = unpack(key)[0]
            for kind, bit, other, file, line in snapshot.unpack_entries(record):
                yield source, kind, other, resolution_of[bit], (file, line)

    def names(self) -> Iterator[str]:
        memory = self._memory
        if memory.names is None:
            unpack = snapshot.U32.unpack_from
            memory.names = [self._read_text(unpack(record)[0]) for _, record in self._cursor("name")]
            memory.names_version = self._meta.names_version
        return iter(memory.names)

    # --- edges

    def outgoing(self, number: int) -> Sequence[Link]:
        links = self._memory.outgoing.get(number)
        if links is None:
            record = self._get(number_key(number), db=self._dbs["out"])
            links = self._links_out(number, record) if record is not None else ()
            self._memory.outgoing.put(number, links)
        return links

    def incoming(self, number: int) -> Sequence[Link]:
        links = self._memory.incoming.get(number)
        if links is None:
            record = self._get(number_key(number), db=self._dbs["in"])
            links = self._links_in(record) if record is not None else ()
            self._memory.incoming.put(number, links)
        return links

    def opens(self, name: str) -> Sequence[Open]:
        found = self._memory.opens.get(name)
        if found is None:
            record = self._get(snapshot.digest(name), db=self._dbs["opened"])
            found = tuple(self._sites(record)) if record is not None else ()
            self._memory.opens.put(name, found)
        return found

    # --- files

    def file(self, path: str) -> FileEntry | None:
        record = self._get(snapshot.path_key(path), db=self._dbs["file"])
        return None if record is None else snapshot.unpack_file(record)

    def files(self) -> Iterator[FileEntry]:
        # Keys sort as paths do, but for those that were cut.
        entries = [snapshot.unpack_file(record) for _, record in self._cursor("file")]
        entries.sort(key=lambda entry: entry.path)
        return iter(entries)

    def spans(self, path: str) -> Sequence[Span]:
        record = self._get(snapshot.path_key(path), db=self._dbs["span"])
        if record is None:
            return ()
        return [Span(number, line, end_line) for line, end_line, number in snapshot.unpack_spans(record)]

    def begins(self, path: str, line: int) -> Sequence[Span]:
        record = self._get(snapshot.path_key(path), db=self._dbs["span"])
        if record is None:
            return ()
        found = snapshot.spans_beginning(record, line)
        return [Span(number, first, last) for first, last, number in found]

    def text(self, path: str) -> bytes | None:
        record = self._get(snapshot.path_key(path), db=self._dbs["text"])
        return None if record is None else zlib.decompress(record)

    def facts(self, path: str) -> bytes | None:
        """The encoded facts of a file; None of one that has none (quarantined, or not there)."""
        record = self._get(snapshot.path_key(path), db=self._dbs["facts"])
        return None if record is None else snapshot.unpack_facts(record)[1] or None

    def changes(self, version: int) -> Sequence[Change] | None:
        if not 0 < version <= self._meta.version:
            return None
        record = self._get(snapshot.version_key(version), db=self._dbs["change"])
        return None if record is None else snapshot.unpack_changes(record, self._text)

    def former(self, version: int) -> Sequence[Node]:
        record = self._get(snapshot.version_key(version), db=self._dbs["former"])
        if record is None:
            return ()
        return [snapshot.unpack_node(node, self._text) for node in snapshot.split_nodes(record)]

    def lost(self) -> Iterator[tuple[int, LostReference]]:
        for key, record in self._cursor("lost"):
            number = snapshot.U32.unpack(key)[0]
            for reference in snapshot.unpack_lost(record, self._text):
                yield number, reference

    # --- decoding

    def _record(self, number: int) -> bytes:
        record: bytes | None = self._get(number_key(number), db=self._dbs["node"])
        if record is None:
            raise KeyError(number)
        return record

    def _numbers(self, table: str, text: str) -> Sequence[int]:
        record = self._get(snapshot.digest(text), db=self._dbs[table])
        return () if record is None else snapshot.unpack_numbers(record)

    def _links_out(self, number: int, record: bytes) -> tuple[Link, ...]:
        home, base, _ = snapshot.node_place(self._record(number))
        text, bits = self._text, BITS
        home_text = text(home) if home else ""
        return tuple(
            [
                Link(kind, other, text(file), line, *bits[bit])
                if file
                else Link(kind, other, home_text, base + line, *bits[bit])
                for kind, bit, other, file, line in snapshot.unpack_entries(record)
            ]
        )

    def _links_in(self, record: bytes) -> tuple[Link, ...]:
        text, bits = self._text, BITS
        links = []
        source, home_text, base = -1, "", 0
        for kind, bit, other, file, line in snapshot.unpack_entries(record):
            if file:
                links.append(Link(kind, other, text(file), line, *bits[bit]))
                continue
            if other != source:
                home, base, _ = snapshot.node_place(self._record(other))
                source, home_text = other, text(home)
            links.append(Link(kind, other, home_text, base + line, *bits[bit]))
        return tuple(links)

    def _sites(self, record: bytes) -> Iterator[Open]:
        text = self._text
        for number, file, line in snapshot.unpack_sites(record):
            if file:
                yield Open(number, text(file), line)
            else:
                home, base, _ = snapshot.node_place(self._record(number))
                yield Open(number, text(home), base + line)

    def _text(self, sid: int) -> str:
        strings = self._memory.strings
        text = strings.get(sid)
        if text is None:
            text = self._read_text(sid)
            strings.put(sid, text)
        return text

    def _read_text(self, sid: int) -> str:
        record: bytes | None = self._get(number_key(sid), db=self._dbs["string"])
        if record is None:
            raise Storage(f"{self._mapping.path} lacks its string number {sid}", _DAMAGED_HINT)
        return record.decode("utf-8", "surrogatepass")

    def _cursor(self, table: str) -> Any:
        if self._get is _closed:
            _closed()
        return self._txn.cursor(self._dbs[table])


class _Shelf(Generic[_K, _V]):
    """What was decoded, by key, up to a weight: two halves, of which the older is dropped when the
    younger is full, so that what is in use stays."""

    def __init__(self, weight_max: int, weigh: Callable[[_V], int] = lambda _: 1) -> None:
        self._half = weight_max // 2
        self._weigh = weigh
        self._weight = 0
        self._young: dict[_K, _V] = {}
        self._old: dict[_K, _V] = {}
        self.get: Callable[[_K], _V | None] = self._young.get

    def put(self, key: _K, value: _V) -> None:
        weight = self._weigh(value)
        if self._weight + weight > self._half:
            self._old, self._young, self._weight = self._young, {}, 0
            self.get = self._find
        self._young[key] = value
        self._weight += weight

    def drop(self, key: _K) -> None:
        self._young.pop(key, None)
        self._old.pop(key, None)

    def _find(self, key: _K) -> _V | None:
        found = self._young.get(key)
        if found is None:
            found = self._old.get(key)
            if found is not None:
                self.put(key, found)
        return found


def _length(found: Sequence[object]) -> int:
    return len(found) + 1


class _Memory:
    """What was decoded of one version. Strings hold for all versions of an environment, nodes and links until
    their number is touched, open sites and what was worked out for one version, names for one set."""

    def __init__(self, birth: bytes = b"", version: int = -1) -> None:
        self.birth = birth
        self.version = version
        self.strings: _Shelf[int, str] = _Shelf(STRINGS_REMEMBERED_MAX)
        self.nodes: _Shelf[int, Node] = _Shelf(NODES_REMEMBERED_MAX)
        self.outgoing: _Shelf[int, Sequence[Link]] = _Shelf(LINKS_REMEMBERED_MAX, _length)
        self.incoming: _Shelf[int, Sequence[Link]] = _Shelf(LINKS_REMEMBERED_MAX, _length)
        self.opens: _Shelf[str, Sequence[Open]] = _Shelf(LINKS_REMEMBERED_MAX, _length)
        self.names: list[str] | None = None
        self.names_version = -1
        self.memo: dict[str, Any] = {}

    def forget(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            self.nodes.drop(number)
            self.outgoing.drop(number)
            self.incoming.drop(number)

    def turn(self, meta: Meta) -> None:
        self.version = meta.version
        self.memo = {}
        self.opens = _Shelf(LINKS_REMEMBERED_MAX, _length)
        if self.names_version != meta.names_version:
            self.names = None


_NOTHING_HINT = "isg ingest SOURCE"
_DAMAGED_HINT = "isg doctor --repair, or build it anew: isg ingest SOURCE"


def _open(path: Path, live: bool) -> tuple[lmdb.Environment, tuple[int, int]]:
    """The environment, and the (device, inode) of its file."""
    data = path / "data.mdb" if live else path
    try:
        found = data.stat()
    except FileNotFoundError:
        raise Nothing(f"there is no graph at {path}", _NOTHING_HINT) from None
    except OSError as error:
        raise Storage(f"{path} cannot be read: {error}", _DAMAGED_HINT) from error
    if found.st_size == 0:
        raise Nothing(f"there is no graph at {path} yet", _NOTHING_HINT)
    if not live:
        _require_whole(path)
    try:
        env = lmdb.open(
            str(path),
            map_size=setting.number("map_mb") << 20,
            subdir=live,
            readonly=True,
            create=False,
            lock=live,
            readahead=not live,
            max_readers=limit.READERS_MAX,
            max_dbs=len(snapshot.TABLES) + 4,
            max_spare_txns=2,
            lib_version=ENGINE,
        )
    except lmdb.Error as error:
        raise Storage(f"{path} cannot be read: {error}", _DAMAGED_HINT) from error
    assert env.lib_version()[0] == ENGINE, "the engine is pinned; another one's files cannot be read"
    return env, (found.st_dev, found.st_ino)


def _require_whole(path: Path) -> None:
    """Raises Storage for a copy that is not what was saved."""
    try:
        why = damage(path)
    except OSError as error:
        raise Storage(f"{path} cannot be read: {error}", _DAMAGED_HINT) from error
    if why is not None:
        raise Storage(f"the saved graph {path} is damaged: {why}", _DAMAGED_HINT)


def _tables(env: lmdb.Environment, path: Path) -> dict[str, Any]:
    """The sub-databases, once the format is known to be ours."""
    try:
        meta = env.open_db(b"meta", create=False)
        with env.begin() as txn:
            found = txn.get(snapshot.FORMAT_KEY, db=meta)
        if found is None:
            raise Nothing(f"there is no graph at {path} yet", _NOTHING_HINT)
        if found != snapshot.FORMAT:
            raise Storage(
                f"{path} is of another release ({found.decode('ascii', 'replace')}; this one reads "
                f"{snapshot.FORMAT.decode()})",
                _DAMAGED_HINT,
            )
        return {name: env.open_db(name.encode(), create=False) for name in snapshot.TABLE_NAMES}
    except lmdb.NotFoundError:
        raise Nothing(f"there is no graph at {path} yet", _NOTHING_HINT) from None
    except (lmdb.Error, msgspec.MsgspecError) as error:
        raise Storage(f"{path} cannot be read: {error}", _DAMAGED_HINT) from error


def _closed(*_: object, **__: object) -> bytes | None:
    raise Storage("a view was used after its snapshot had ended", "take a snapshot for each question")
