"""The live LMDB environment, held by the one process that may write it.

Owns opening (and mending) the environment, the one transaction a commit is, versions that only grow, the
background sync and the durable copy. Invariants: a commit is visible whole or not at all; the version
never falls, through a lost power supply too (`ceiling`); every string is stored once. A commit is not
synced: `sync` makes what is visible durable. Absent: what a change means (edit.py, rewrite.py), reading
for answers (isg_services.query.mapping), the decision when to do any of it (core.py).
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import lmdb
import msgspec

from isg_client import setting
from isg_client.error import Storage
from isg_protocol import limit, snapshot
from isg_protocol.graph import Change, Delta, FileEntry
from isg_protocol.snapshot import Meta
from isg_services.sealed import damage, seal
from isg_services.writer.draft import BrokenGraph, Draft, Strings
from isg_services.writer.edit import edit
from isg_services.writer.lost import Mentions, settle_lost
from isg_services.writer.rewrite import rewrite
from isg_services.writer.salvage import salvaged

ENGINE = 0
"""lmdb 3 ships two engines whose files neither reads of the other; this is LMDB 0.9's."""
CEILING_STEP = 1_000
"""How far ahead of the version the ceiling is put."""
STRINGS_LOOSE_MIN = 10_000
_STRINGS_LOOSE_SHARE = 2
FAILED = "failed"
"""The file that tells that a writer could not go on with what is stored."""
OPENED = "opened"
"""The file that names the boot of the system under which a store is open; a stop in order removes it."""
_NO_ROOM = "make room on the disk of the state directory (or set ISG_STATE_DIR), and try again"
DOUBTED = "the saved graph could not be used"
_CUT_OFF = "the machine went down while the graph was written"
_T = TypeVar("_T")


class StorageFault(Storage):
    """The environment cannot be opened, read or written, after STORAGE_ATTEMPTS_MAX attempts."""


class Scan(NamedTuple):
    """What a whole scan says of the source; see Meta."""

    root: str | None
    source: str
    skipped: list[tuple[str, str]]


class FileChange(NamedTuple):
    """One file of a commit. `facts` None keeps what is stored; b"" is a quarantined file's. `text` is
    zlib-compressed, None where there is none."""

    entry: FileEntry
    revision: int
    facts: bytes | None
    text: bytes | None


class StoredFile(NamedTuple):
    """One file as the environment holds it."""

    entry: FileEntry
    revision: int
    facts: bytes


class Commit(NamedTuple):
    """What a commit made. `changed` tells a new version; `counts` are the nodes of every file whose nodes
    stand differently now."""

    version: int
    changed: bool
    changes: list[Change]
    counts: dict[str, int]


class Store:
    """The writer's hand on the live environment. One a process, and only while the workspace's lock is
    held. Not to be taken across a fork.

    `note` is given one line about anything a person should know of (a rebuilt environment).
    """

    def __init__(
        self,
        directory: Path,
        note: Callable[[str], None] = lambda _: None,
        *,
        saved: Path | None = None,
        doubt: str = "",
    ) -> None:
        """Open the environment, making or mending it; `saved` is a durable copy to begin from again where
        what is there is torn. `doubt` says why that may be, where the caller knows. Raises StorageFault."""
        self.directory = directory
        self.durable_version = 0
        self._note = note
        self._boot = _boot_name()
        self._replace = False
        cut_off = _was_cut_off(directory, self._boot)
        self._skips = cut_off
        """Versions beyond the one that is stored may have been seen."""
        doubt = _CUT_OFF if cut_off else doubt or _failed_before(directory)
        if doubt:
            self._salvage(saved, doubt)
        self._env = self._open()
        if not doubt and self._is_short():
            self._env.close()
            self._salvage(saved, DOUBTED)
            self._env = self._open()
        self._dbs: dict[str, Any] = {}
        self._meta = Meta()
        self._free: tuple[int, ...] = ()
        self._strings = Strings()
        self._strings_settled = 0
        self._ceiling = _read_ceiling(directory)
        try:
            self._begin()
        except (lmdb.Error, msgspec.MsgspecError, BrokenGraph, OSError) as error:
            self._rebuild(f"the saved graph cannot be read ({error})")

    # --- reading

    @property
    def meta(self) -> Meta:
        """The state as committed. Not to be changed."""
        return self._meta

    @property
    def version(self) -> int:
        return self._meta.version

    def load_facts(self) -> Iterator[StoredFile]:
        """Every file of the graph with its facts, by path. One read transaction, open meanwhile."""
        with self._env.begin() as txn:
            facts = self._dbs["facts"]
            for key, record in txn.cursor(self._dbs["file"]):
                stored = txn.get(key, db=facts)
                revision, encoded = snapshot.unpack_facts(stored) if stored is not None else (0, b"")
                yield StoredFile(snapshot.unpack_file(record), revision, encoded)

    # --- writing

    def reset(self) -> None:
        """The next commit is the whole: its delta the whole graph, its files all files. Nothing changes
        before it, so that an interrupted replacement leaves what was."""
        self._replace = True

    def commit(
        self,
        delta: Delta,
        *,
        files: Iterable[FileChange] = (),
        gone: Iterable[str] = (),
        covered: int | None = None,
        received: int | None = None,
        scan: Scan | None = None,
        whole: bool = False,
        mentions: Mentions | None = None,
    ) -> Commit:
        """Write one delta with its files, in one transaction.

        `whole` says that the delta is the entire graph (as after a restart): only what differs is
        written, and the commit's changes are against what was stored. A delta that changes nothing makes
        no version. `mentions` tells where text that changed still names something (lost.py). Raises
        StorageFault, after which nothing of it is kept and the same may be tried again.
        """
        replace = self._replace
        changed_files, gone_files = list(files), list(gone)

        def attempt(txn: lmdb.Transaction[bytes]) -> tuple[Draft, Commit]:
            draft = self._draft(txn)
            changes = _apply(draft, delta, whole or replace)
            settle_lost(draft, _changed_files(draft, changed_files, gone_files, replace), mentions)
            _set_files(draft, changed_files, gone_files, replace)
            meta = draft.meta
            meta.covered = meta.covered if covered is None else covered
            meta.received = meta.received if received is None else received
            if scan is not None:
                meta.root, meta.source, meta.skipped = scan
                meta.whole = True
            changed = self._publish(draft, txn, changes)
            self._settle_strings(draft, txn, drop_unused=whole or replace)
            self._flush(draft, txn)
            return draft, Commit(meta.version, changed, changes if changed else [], draft.counts)

        draft, done = self._write(attempt)
        self._take_over(draft)
        self._replace = False
        return done

    def sync(self) -> int:
        """Bring to disk all that is committed; returns the version that is durable by it."""
        version = self._meta.version
        self._attempt(lambda: self._env.sync(True), "synced")
        self._raise_ceiling(version)
        self.durable_version = version
        return version

    def copy_durable(self, path: Path) -> None:
        """A compacted, sealed copy of the whole as one file, replaced by rename: the old one or the new.

        The file is on disk for good when this returns. Raises StorageFault.
        """
        temporary = path.with_name(f".{path.name}.{os.getpid()}")

        def copy() -> None:
            try:
                descriptor = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
                try:
                    self._env.copyfd(descriptor, compact=True)
                    seal(descriptor)
                    os.fsync(descriptor)
                finally:
                    os.close(descriptor)
                os.replace(temporary, path)
                _sync_directory(path.parent)
            finally:
                temporary.unlink(missing_ok=True)

        self._attempt(copy, "copied")

    def finish(self) -> None:
        """Bring all to disk, and mark a stop in order. A store that is not finished is salvaged when it is
        opened after the machine was started anew."""
        self.sync()
        (self.directory / OPENED).unlink(missing_ok=True)

    def doubt(self) -> None:
        """What is stored could not be used: whoever opens it next is to look at it first."""
        with contextlib.suppress(OSError):
            (self.directory / FAILED).touch()

    def check_readers(self) -> int:
        """Free the slots of readers that died; how many there were."""
        return int(self._env.reader_check())

    def close(self) -> None:
        self._env.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- a commit's parts

    def _draft(self, txn: lmdb.Transaction[bytes]) -> Draft:
        dbs = self._dbs

        def read(name: str, key: bytes) -> bytes | None:
            found: bytes | None = txn.get(key, db=dbs[name])
            return found

        def scan(name: str) -> Iterator[tuple[bytes, bytes]]:
            return iter(txn.cursor(dbs[name]))

        return Draft(read, scan, msgspec.structs.replace(self._meta), self._strings, self._free)

    def _publish(self, draft: Draft, txn: lmdb.Transaction[bytes], changes: list[Change]) -> bool:
        """Give the draft the next version when it changes the graph."""
        if not changes and not draft.touched:
            return False
        meta = draft.meta
        meta.version += 1
        if meta.version > self._ceiling:
            self._raise_ceiling(meta.version)
        if meta.names_version < 0:
            meta.names_version = meta.version
        key = snapshot.version_key(meta.version)
        draft.table["change"].pending[key] = snapshot.pack_changes(changes, draft.sids)
        draft.table["touch"].pending[key] = snapshot.pack_numbers(sorted(draft.touched))
        if draft.former:
            draft.table["former"].pending[key] = b"".join(draft.former)
        oldest = snapshot.version_key(max(0, meta.version - limit.CHANGE_LISTS_KEPT))
        for name in ("change", "touch", "former"):
            for stale in txn.cursor(self._dbs[name]).iternext(keys=True, values=False):
                if stale > oldest:
                    break
                draft.table[name].pending[stale] = None
        return True

    def _settle_strings(self, draft: Draft, txn: lmdb.Transaction[bytes], drop_unused: bool) -> None:
        """Put the new strings, and drop the unused ones where that is due."""
        pending = draft.table["string"].pending
        for sid, text in draft.sids.fresh.items():
            pending[snapshot.number_key(sid)] = text.encode("utf-8", "surrogatepass")
        draft.meta.next_string = draft.sids.next_sid
        known = self._strings.text
        loose = len(known) - self._strings_settled * _STRINGS_LOOSE_SHARE
        if not known or not (drop_unused or loose > STRINGS_LOOSE_MIN):
            return
        used = _used_sids(draft)
        for sid in known.keys() - used:
            pending[snapshot.number_key(sid)] = None
        self._strings_settled = len(used)

    def _flush(self, draft: Draft, txn: lmdb.Transaction[bytes]) -> None:
        free = draft.free_after()
        if tuple(free) != self._free:
            draft.table["meta"].pending[snapshot.FREE_KEY] = snapshot.pack_numbers(free)
        check = draft.meta.check
        for name, table in draft.table.items():
            if not table.pending:
                continue
            db = self._dbs[name]
            empty = txn.stat(db)["entries"] == 0
            puts = [(key, value) for key, value in table.pending.items() if value is not None]
            for key, value in puts:
                check += snapshot.record_check(name, key, value)
            if not empty:
                for key, after in table.pending.items():
                    before = txn.get(key, db=db)
                    if before is not None:
                        check -= snapshot.record_check(name, key, before)
                        if after is None:
                            txn.delete(key, db=db)
            puts.sort()
            txn.cursor(db).putmulti(puts, append=empty)
        draft.meta.check = check & snapshot.CHECK_MASK
        txn.put(snapshot.META_KEY, snapshot.pack_meta(draft.meta), db=self._dbs["meta"])

    def _take_over(self, draft: Draft) -> None:
        """The commit has succeeded: what it gave out is given out."""
        self._meta = draft.meta
        self._free = tuple(draft.free_after())
        for sid, text in draft.sids.fresh.items():
            self._strings.add(text, sid)
        for key, value in draft.table["string"].pending.items():
            if value is None:
                self._strings.drop(snapshot.U32.unpack(key)[0])

    # --- opening

    def _open(self) -> lmdb.Environment:
        def make() -> lmdb.Environment:
            self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            return lmdb.open(
                str(self.directory),
                map_size=setting.number("map_mb") << 20,
                mode=0o600,
                metasync=False,
                sync=False,
                max_readers=limit.READERS_MAX,
                max_dbs=len(snapshot.TABLES) + 4,
                lib_version=ENGINE,
            )

        try:
            env = self._attempt(make, "opened")
        except StorageFault:
            if not (self.directory / "data.mdb").exists():
                raise
            # A file that LMDB does not take for its own: rebuilt as one that cannot be read.
            self._note(f"the saved graph in {self.directory} is damaged; it is built anew")
            self._clear()
            env = self._attempt(make, "opened")
        assert env.lib_version()[0] == ENGINE, "the engine is pinned; another one's files cannot be read"
        return env

    def _begin(self) -> None:
        """Read the state, or write the first one. Raises what cannot be read."""
        self._env.reader_check()
        with self._env.begin(write=True) as txn:
            found = txn.get(snapshot.FORMAT_KEY, db=self._env.open_db(b"meta", txn=txn))
            if found is not None and found != snapshot.FORMAT:
                raise BrokenGraph(f"it is of another release: {found.decode('ascii', 'replace')}")
            self._dbs = {name: self._env.open_db(name.encode(), txn=txn) for name in snapshot.TABLE_NAMES}
            if found is None:
                self._meta = Meta(version=self._ceiling, birth=os.urandom(8))
                txn.put(snapshot.FORMAT_KEY, snapshot.FORMAT, db=self._dbs["meta"])
                txn.put(snapshot.META_KEY, snapshot.pack_meta(self._meta), db=self._dbs["meta"])
                self._free, self._strings = (), Strings()
            else:
                self._load(txn)
        self._raise_ceiling(self._meta.version)
        self.sync()
        (self.directory / FAILED).unlink(missing_ok=True)
        if self._skips or not (self.directory / OPENED).exists():
            self._keep(OPENED, self._boot)
            self._skips = False

    def _load(self, txn: lmdb.Transaction[bytes]) -> None:
        record = txn.get(snapshot.META_KEY, db=self._dbs["meta"])
        if record is None:
            raise BrokenGraph("it has no state")
        meta = snapshot.unpack_meta(record)
        self._free = snapshot.unpack_numbers(txn.get(snapshot.FREE_KEY, b"", db=self._dbs["meta"]))
        strings = Strings()
        for key, text in txn.cursor(self._dbs["string"]):
            strings.add(text.decode("utf-8", "surrogatepass"), snapshot.U32.unpack(key)[0])
        self._strings, self._strings_settled = strings, len(strings.text)
        if self._skips:
            meta.version = max(meta.version, self._ceiling)
            txn.put(snapshot.META_KEY, snapshot.pack_meta(meta), db=self._dbs["meta"])
        self._meta = meta

    def _is_short(self) -> bool:
        """Whether the file ends before the last page that it says it has. Pages at its end that were never
        written are no loss: whether this is one is for `_salvage` to find out."""
        size = (self.directory / "data.mdb").stat().st_size
        return size < (self._env.info()["last_pgno"] + 1) * self._env.stat()["psize"]

    def _salvage(self, saved: Path | None, doubt: str) -> None:
        """The environment may be torn: the system went down before it was synced, or its writer could not use
        it. It is read through in a child, since a torn map can end its reader, and made anew of what can be
        reached: the list of free pages may be another commit's. What does not add up gives way to the saved
        copy, or to nothing."""
        data, taken = self.directory / "data.mdb", self.directory / "salvaged.mdb"
        if not data.exists():
            return
        why = salvaged(self.directory, taken)
        self._skips = self._skips or why is not None
        try:
            if why is None:
                os.replace(taken, data)
            elif saved is not None and saved.exists() and damage(saved) is None:
                self._note(f"{doubt}, and {why}: the saved copy is used")
                shutil.copyfile(saved, taken)
                os.replace(taken, data)
            else:
                self._note(f"{doubt}, and {why}: it is built anew")
                self._clear()
            (self.directory / "lock.mdb").unlink(missing_ok=True)
            taken.unlink(missing_ok=True)
            _sync_directory(self.directory)
        except OSError as error:
            raise StorageFault(
                f"the graph in {self.directory} cannot be mended: {error}", _hint(error)
            ) from error

    def _rebuild(self, why: str) -> None:
        """Start from nothing, with versions that go on."""
        self._note(f"{why}; it is built anew")
        self._env.close()
        known = self._meta.version
        self._clear()
        self._ceiling = max(self._ceiling, known)
        self._env = self._open()
        self._begin()

    def _clear(self) -> None:
        """Remove the environment's files, but for the ceiling."""
        for name in ("data.mdb", "lock.mdb"):
            (self.directory / name).unlink(missing_ok=True)

    def _raise_ceiling(self, version: int) -> None:
        """Keep on disk a number above every version ever shown. Written ahead, once in CEILING_STEP."""
        if version + CEILING_STEP // 2 <= self._ceiling:
            return
        self._keep("ceiling", f"{version + CEILING_STEP}\n")
        self._ceiling = version + CEILING_STEP

    def _keep(self, name: str, text: str) -> None:
        """Put a small file beside the environment, on disk for good."""
        from isg_client.place import replace

        replace(self.directory / name, text.encode())

    # --- attempts

    def _write(self, work: Callable[[lmdb.Transaction[bytes]], _T]) -> _T:
        def attempt() -> _T:
            with self._env.begin(write=True) as txn:
                return work(txn)

        return self._attempt(attempt, "written")

    def _attempt(self, work: Callable[[], _T], what: str) -> _T:
        for attempt in range(1, limit.STORAGE_ATTEMPTS_MAX + 1):
            try:
                return work()
            except (lmdb.Error, OSError) as error:
                if attempt == limit.STORAGE_ATTEMPTS_MAX:
                    raise StorageFault(
                        f"the graph in {self.directory} could not be {what} in {attempt} attempts: {error}",
                        _hint(error),
                    ) from error
        raise AssertionError("unreachable: the last attempt returns or raises")


def _apply(draft: Draft, delta: Delta, whole: bool) -> list[Change]:
    if not whole:
        if not delta.is_empty():
            edit(draft, delta)
        return delta.changes
    return rewrite(draft, delta.nodes, delta.edges, delta.opens)


def _set_files(draft: Draft, files: list[FileChange], gone: list[str], replace: bool) -> None:
    table = draft.table
    if replace:
        kept = {snapshot.path_key(change.entry.path) for change in files}
        for name in ("file", "facts", "text"):
            for key, _ in draft.scan(name):
                if key not in kept:
                    table[name].pending[key] = None
        draft.meta.files = len(kept)
    for path in gone:
        key = snapshot.path_key(path)
        if table["file"].get(key):
            draft.meta.files -= 1
        for name in ("file", "facts", "text"):
            table[name].put(key, b"")
        draft.counts.setdefault(path, 0)
    for entry, revision, facts, text in files:
        key = snapshot.path_key(entry.path)
        if not replace and not table["file"].get(key):
            draft.meta.files += 1
        table["file"].put(key, snapshot.pack_file(entry))
        if facts is not None:
            table["facts"].put(key, snapshot.pack_facts(revision, facts))
            table["text"].put(key, text or b"")
        if entry.path not in draft.counts:
            draft.counts[entry.path] = snapshot.span_count(table["span"].get(key))


def _changed_files(draft: Draft, files: list[FileChange], gone: list[str], replace: bool) -> frozenset[str]:
    """The files whose bytes are others than what is stored, before `_set_files`."""
    changed = set(gone)
    for entry, *_ in files:
        stored = draft.table["file"].get(snapshot.path_key(entry.path))
        if not stored or snapshot.unpack_file(stored).digest != entry.digest:
            changed.add(entry.path)
    if replace:
        kept = {entry.path for entry, *_ in files}
        stored_paths = (snapshot.unpack_file(record).path for _, record in draft.scan("file"))
        changed.update(path for path in stored_paths if path not in kept)
    return frozenset(changed)


def _former_sids(record: bytes) -> set[int]:
    return {sid for node in snapshot.split_nodes(record) for sid in snapshot.node_sids(node)}


def _used_sids(draft: Draft) -> set[int]:
    """Every sid that the environment holds once the draft is in it."""
    used: set[int] = set()
    fields: dict[str, Callable[[bytes], Iterable[int]]] = {
        "node": snapshot.node_sids,
        "name": lambda record: (snapshot.U32.unpack_from(record)[0],),
        "out": lambda record: {row[3] for row in snapshot.unpack_entries(record)},
        "open": lambda record: {sid for row in snapshot.unpack_sites(record) for sid in row[:2]},
        "change": snapshot.change_sids,
        "former": _former_sids,
        "lost": snapshot.lost_sids,
    }
    for name, of in fields.items():
        pending = draft.table[name].pending
        for key, record in draft.scan(name):
            if key not in pending:
                used.update(of(record))
        for value in pending.values():
            if value is not None:
                used.update(of(value))
    return used


def salvage(directory: Path, taken: Path) -> str | None:
    """Read an environment through; what can be reached of it goes, compacted, to `taken`, if its records are
    all those of one commit. Returns why not, else None. May be ended by a signal: see `salvaged`."""
    with lmdb.open(
        str(directory), map_size=setting.number("map_mb") << 20, readonly=True, create=False, lock=False,
        max_dbs=len(snapshot.TABLES) + 4, lib_version=ENGINE,
    ) as env:  # fmt: skip
        with env.begin() as txn:
            dbs = {name: env.open_db(name.encode(), txn=txn, create=False) for name in snapshot.TABLE_NAMES}
            meta = snapshot.unpack_meta(txn.get(snapshot.META_KEY, b"", db=dbs["meta"]))
            check = 0
            for name, db in dbs.items():
                for key, value in txn.cursor(db):
                    if name != "meta" or key == snapshot.FREE_KEY:
                        check += snapshot.record_check(name, key, value)
            if check & snapshot.CHECK_MASK != meta.check:
                return "its records are not those of one commit"
        with open(taken, "wb") as file:
            env.copyfd(file.fileno(), compact=True)
            os.fsync(file.fileno())
    return None


def _was_cut_off(directory: Path, boot: str) -> bool:
    """Whether the machine went down since a store was opened there and not finished."""
    try:
        return (directory / OPENED).read_text("utf-8") != boot
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True


def _failed_before(directory: Path) -> str:
    return DOUBTED if (directory / FAILED).exists() else ""


def _hint(error: Exception) -> str:
    if isinstance(error, lmdb.MapFullError):
        return "the graph has outgrown its map: ingest a smaller tree, or allow it more: the setting map_mb"
    if any(word in str(error) for word in ("No space", "too large", "quota")):
        return _NO_ROOM
    if isinstance(error, lmdb.DiskError) or (
        isinstance(error, OSError) and not isinstance(error, lmdb.Error)
    ):
        return _NO_ROOM
    return "start again; if it stays, remove the workspace with `isg forget` and ingest anew"


def _read_ceiling(directory: Path) -> int:
    with contextlib.suppress(OSError, ValueError):
        return int((directory / "ceiling").read_text("ascii"))
    return 0


def _boot_name() -> str:
    """What differs from one start of the machine to the next; "" where nothing tells it, which is then
    taken for the same boot only by a clean stop."""
    with contextlib.suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    import psutil  # elsewhere; to the second, since it is computed from the clock

    return f"{psutil.boot_time():.0f}"


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
