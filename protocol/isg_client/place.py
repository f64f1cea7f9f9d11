"""Where a workspace's state lies, which workspace a command means, and who is running there.

Owns every path under the state directory, the record `workspace.json`, the socket addresses, and the
locks by which processes exclude each other. Invariants: a workspace is one directory, 0700, a function
of its name alone; records are replaced whole, so a reader never sees half of one; nothing is ever
written inside a source tree. A workspace of a directory is *named* by that directory's absolute path, so
that `--workspace NAME` finds again whatever NAME a listing shows.

Deliberately absent: zmq, msgspec, the graph, and any asking. One-shot commands import this first.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import re
import stat
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from isg_client import setting
from isg_client.error import Busy, IsgError, Usage
from isg_protocol.channel import CHANNEL
from isg_protocol.limit import IPC_PATH_BYTES_MAX, NAME_CHARACTERS_MAX

RECORD_FORMAT = 1
SLUG_CHARACTERS_MAX = 40
SOCKET_NAME_BYTES_MAX = 16
"""Room for the longest socket name, so that all sockets of a workspace lie in one directory."""
LOCK_WAIT_MS = 300
"""How long a taker puts up with a lock that may only be a probe's, held for microseconds."""
LOCK_POLL_MS = 5


class Record(NamedTuple):
    """What a workspace says of its source. `root` is the absolute directory to which files are relative,
    None for a dump; `source` is the SOURCE or DIR as an absolute path, or "-"; `kind` is "directory",
    "dump" or "file"."""

    name: str
    root: str | None
    source: str
    kind: str


class Holder(NamedTuple):
    """Who holds a lock. `kind` is "daemon", "writer" (started by hand) or "ingest"; pid 0: not told."""

    pid: int
    kind: str


@dataclass(frozen=True)
class Workspace:
    """One workspace's places. Nothing is read or made until a method says so."""

    name: str
    directory: Path

    @property
    def record(self) -> Path:
        return self.directory / "workspace.json"

    @property
    def live(self) -> Path:
        """The live LMDB environment's directory."""
        return self.directory / "live"

    @property
    def durable(self) -> Path:
        """The durable, compacted copy: one file, replaced by rename."""
        return self.directory / "durable.mdb"

    @property
    def lock(self) -> Path:
        """Held by the writer, whoever started it."""
        return self.directory / "lock"

    @property
    def daemon_lock(self) -> Path:
        """Held by `isg daemon`."""
        return self.directory / "daemon.lock"

    @property
    def logs(self) -> Path:
        return self.directory / "logs"

    @property
    def run(self) -> Path:
        """Actor records (NAME.json), and the sockets where their paths fit."""
        return self.directory / "run"

    @property
    def socket_directory(self) -> Path:
        """`run`, or a short directory under /tmp when `run` is too long for a unix socket's address."""
        longest = len(os.fsencode(self.run)) + 1 + SOCKET_NAME_BYTES_MAX
        if longest <= _ipc_path_bytes_max():
            return self.run
        return _short_parent() / hashlib.blake2b(os.fsencode(self.directory), digest_size=8).hexdigest()

    def socket_path(self, channel: str, index: int = 0) -> Path:
        name = CHANNEL[channel].socket
        return self.socket_directory / (f"{name}-{index}" if channel == "queries" else name)

    def socket(self, channel: str, index: int = 0) -> str:
        """The zmq address of a channel; `index` tells the query actors apart."""
        return f"ipc://{self.socket_path(channel, index)}"

    def query_sockets(self) -> list[str]:
        """The addresses of every query actor that has bound (a killed one may have left its file)."""
        prefix = CHANNEL["queries"].socket + "-"
        try:
            names = [name for name in os.listdir(self.socket_directory) if name.startswith(prefix)]
        except OSError:
            return []
        return [f"ipc://{self.socket_directory / name}" for name in sorted(names, key=lambda n: (len(n), n))]

    def make(self) -> None:
        """Create the directories, 0700; idempotent, and safe against another process doing the same.

        Raises IsgError("storage") when they cannot be made or written in, or the short socket directory is
        another user's.
        """
        state = state_directory()
        try:
            state.mkdir(mode=0o700, parents=True, exist_ok=True)
            for path in (self.directory, self.logs, self.run):
                path.mkdir(mode=0o700, exist_ok=True)
            self.directory.chmod(0o700)
            for path in (self.directory, self.logs, self.run):
                if not os.access(path, os.W_OK | os.X_OK):
                    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
            if self.socket_directory != self.run:
                _make_private(self.socket_directory.parent)
                _make_private(self.socket_directory)
        except OSError as error:
            raise IsgError(
                f"cannot write in the state directory of workspace {self.name}: {error}",
                "make it yours again (chown, chmod), or set ISG_STATE_DIR to another, and try again",
                code="storage",
            ) from error

    def read(self) -> Record | None:
        """The record; None when there is none, or none that this release can read."""
        try:
            row = json.loads(self.record.read_bytes())
        except (OSError, ValueError):
            return None
        if not isinstance(row, dict) or row.get("format") != RECORD_FORMAT:
            return None
        name, root, source, kind = (row.get(key) for key in ("name", "root", "source", "kind"))
        if not (isinstance(name, str) and isinstance(source, str) and isinstance(kind, str)):
            return None
        return Record(name, root if isinstance(root, str) else None, source, kind)

    def write(self, root: Path | None, source: str, kind: str) -> Record:
        """Make the directories and replace the record. Returns what was written."""
        self.make()
        record = Record(self.name, None if root is None else str(root), source, kind)
        row = {"format": RECORD_FORMAT, **record._asdict()}
        replace(self.record, json.dumps(row, ensure_ascii=True, indent=1).encode() + b"\n")
        return record


# --- choosing -------------------------------------------------------------------------------------------


def state_directory() -> Path:
    """Where all workspaces lie: the setting state_dir, else the platform's user state directory. Not created
    here: a question that finds nothing leaves nothing behind (`Workspace.make` creates it, 0700)."""
    chosen = setting.text("state_dir") or setting.of_user("state_dir")
    if chosen:
        return Path(os.path.abspath(chosen))
    from platformdirs import user_state_path  # only where the default is wanted

    return user_state_path("isg", appauthor=False)


def choose(workspace: str | None = None, cwd: Path | None = None) -> Workspace:
    """The workspace a command means (contract.md, "Workspaces and state").

    `workspace` is --workspace; None falls back to ISG_WORKSPACE, then to the nearest directory from
    `cwd` upwards that is a known workspace's root, then to `cwd` itself. Raises Usage for an empty or
    overlong name.
    """
    here = Path(os.path.realpath(cwd if cwd is not None else os.getcwd()))
    if workspace is None:
        workspace = os.environ.get("ISG_WORKSPACE") or None
    if workspace is not None:
        return _named(workspace, here)
    roots = _roots()
    for directory in (here, *here.parents):
        if str(directory) in roots:
            return roots[str(directory)]
    return _of_directory(here)


def for_root(directory: Path) -> Workspace:
    """The workspace of a directory: its own, or else one of another directory whose root it is (as
    `isg ingest sub/` leaves it); never one that was given a name of its own."""
    own = _of_directory(Path(os.path.realpath(directory)))
    if own.record.exists():
        return own
    return _roots(named=False).get(own.name, own)


def known() -> list[Workspace]:
    """Every workspace with a record, by name."""
    found = []
    state = state_directory()
    try:
        entries = sorted(os.listdir(state))
    except OSError:
        return []
    for entry in entries:
        record = Workspace(entry, state / entry).read()
        # A directory that was copied or renamed by hand is not the one its name leads to.
        if record is not None and _directory_name(record.name) == entry:
            found.append(Workspace(record.name, state / entry))
    return sorted(found, key=lambda workspace: workspace.name)


def _named(workspace: str, here: Path) -> Workspace:
    if not workspace.strip() or "\0" in workspace or len(workspace) > NAME_CHARACTERS_MAX:
        raise Usage(
            "a workspace's name is empty, too long, or holds a zero byte",
            "name it, or give its directory: --workspace . ; `isg status --all` lists the known ones",
        )
    if "/" in workspace or workspace in (".", ".."):
        return for_root(here / workspace)
    return Workspace(workspace, state_directory() / _directory_name(workspace))


def _roots(named: bool = True) -> dict[str, Workspace]:
    """Known roots. Of several workspaces with one root: the directory's own, then the last ingested.
    `named`: those that were given a name of their own, too."""
    roots: dict[str, tuple[tuple[bool, int, str], Workspace]] = {}
    for workspace in known():
        record = workspace.read()
        if record is None or record.root is None or not (named or "/" in workspace.name):
            continue
        try:
            written = workspace.record.stat().st_mtime_ns
        except OSError:  # forgotten meanwhile
            continue
        rank = (workspace.name == record.root, written, workspace.name)
        if record.root not in roots or roots[record.root][0] < rank:
            roots[record.root] = (rank, workspace)
    return {root: workspace for root, (_, workspace) in roots.items()}


def _of_directory(directory: Path) -> Workspace:
    return Workspace(str(directory), state_directory() / _directory_name(str(directory)))


def _directory_name(name: str) -> str:
    """`<slug>-<hash>`: readable, and one to one with the name."""
    last = name.rstrip("/").rpartition("/")[2]
    slug = re.sub(r"[^a-z0-9]+", "-", last.lower()).strip("-")[:SLUG_CHARACTERS_MAX] or "root"
    digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return f"{slug}-{digest}"


# --- who is running --------------------------------------------------------------------------------------


class Lock:
    """A held lock: an flock on a file with "pid kind" in it, until `release` or the process's end.

    A process forked from the holder (not one that runs another program) holds it too, until released.
    """

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor

    def release(self) -> None:
        """Give it up and remove the file. Removing it while it is held is safe: takers check that what
        they locked is still what the path names."""
        if self._descriptor < 0:
            return
        try:
            self.path.unlink(missing_ok=True)
        finally:
            self.forsake()

    def forsake(self) -> None:
        """Give it up without touching the path."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            fcntl.flock(descriptor, fcntl.LOCK_UN)
            os.close(descriptor)

    def __enter__(self) -> Lock:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def take(path: Path, kind: str, wait_ms: int = LOCK_WAIT_MS) -> Lock | None:
    """Take the lock at `path` (its directory must exist) and write "pid kind" in it; None when another
    holds it for all of `wait_ms`."""
    deadline = time.monotonic() + wait_ms / 1000
    while True:
        lock = _try(path)
        if lock is not None:
            os.ftruncate(lock._descriptor, 0)
            os.pwrite(lock._descriptor, f"{os.getpid()} {kind}\n".encode(), 0)
            return lock
        if time.monotonic() >= deadline:
            return None
        time.sleep(LOCK_POLL_MS / 1000)


def holder(path: Path) -> Holder | None:
    """Who holds the lock at `path` at this moment, without disturbing it for longer than a probe."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        words = os.pread(descriptor, 64, 0).decode("ascii", "replace").split()
        # Taken this moment and not yet signed, or signed by another release.
        pid = int(words[0]) if words and words[0].isdigit() else 0
        return Holder(pid, words[1] if len(words) > 1 else "")
    else:
        return None
    finally:
        os.close(descriptor)


def holding(workspace: Workspace) -> Holder | None:
    """The process that keeps this workspace to itself: its daemon, a hand-run writer, or an ingest."""
    return holder(workspace.daemon_lock) or holder(workspace.lock)


def running(workspace: Workspace) -> int | None:
    """The pid of the daemon, or of a writer run by hand; None where nobody serves questions (an ingest
    does not)."""
    found = holding(workspace)
    return None if found is None or found.kind == "ingest" else found.pid


def forget(workspace: Workspace) -> bool:
    """Remove everything a workspace left; False when there was nothing. Raises Busy(pid) while a daemon,
    a writer or an ingest is at work there."""
    if not workspace.directory.is_dir():
        return False
    daemon = take(workspace.daemon_lock, "forget")
    if daemon is None:
        raise _busy(workspace, workspace.daemon_lock)
    with daemon:
        writer = take(workspace.lock, "forget")
        if writer is None:
            raise _busy(workspace, workspace.lock)
        with writer:
            _remove(workspace)
    return True


def _remove(workspace: Workspace) -> None:
    from shutil import rmtree

    sockets = workspace.socket_directory
    # Out of sight first: whoever looks meanwhile sees all of it or nothing.
    doomed = workspace.directory.with_name(f".forgotten-{workspace.directory.name}-{_unique()}")
    os.rename(workspace.directory, doomed)
    rmtree(doomed)
    if sockets != workspace.run:
        rmtree(sockets, ignore_errors=True)


def _busy(workspace: Workspace, path: Path) -> Busy:
    found = holder(path) or Holder(0, "")
    return Busy(
        f"workspace {workspace.name} is in use by process {found.pid} ({found.kind or 'unknown'})",
        f"stop it first: kill {found.pid}" if found.pid else "try again",
        pid=found.pid,
    )


def _try(path: Path) -> Lock | None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        locked, named = os.fstat(descriptor), os.stat(path)
    except OSError:  # held, or removed by the one who held it
        os.close(descriptor)
        return None
    if (locked.st_dev, locked.st_ino) != (named.st_dev, named.st_ino):
        os.close(descriptor)
        return None
    return Lock(path, descriptor)


# --- files ----------------------------------------------------------------------------------------------


def replace(path: Path, content: bytes, *, durable: bool = True) -> None:
    """Write a file whole: temporary name, fsync (unless not `durable`), rename. 0600."""
    temporary = path.with_name(f".{path.name}.{_unique()}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            if durable:
                os.fsync(descriptor)
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _unique() -> str:
    return f"{os.getpid()}-{threading.get_ident()}"


def _ipc_path_bytes_max() -> int:
    # macOS has 104 bytes for a socket's address, end included; Linux 108.
    return 103 if sys.platform == "darwin" else IPC_PATH_BYTES_MAX


def _short_parent() -> Path:
    """Not $TMPDIR: a daemon and its client must agree, and may have different environments."""
    if os.path.isdir("/tmp"):  # noqa: S108  (0700 and ours, see _make_private)
        return Path("/tmp") / f"isg-{os.getuid()}"  # noqa: S108
    from tempfile import gettempdir

    return Path(gettempdir()) / f"isg-{os.getuid()}"


def _make_private(path: Path) -> None:
    """A directory that is ours alone, in a place where anyone may have made one before us."""
    path.mkdir(mode=0o700, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise PermissionError(f"{path} is not a directory of this user")
    if found.st_mode & 0o077:
        path.chmod(0o700)
