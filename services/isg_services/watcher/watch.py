"""The watch on a directory: a thread that waits for changes and hands them over in batches.

Owns watchfiles' watch, the thread it blocks, the noticing of a root that was replaced, and the times of
looking where the system tells of no changes (isg_services.watcher.mount). A batch is a set of absolute
paths in which something happened: no order, no kinds, and no promise to be complete (a batch that fills up
the queue of the operating system says nothing of what was dropped). Invariant: whatever ends the watch is
handed over as `Lost`, and the thread starts it again until `close`.

Deliberately absent: which paths matter, and what follows from a change (shell.py, core.py).
"""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time
from collections import deque
from typing import NamedTuple

from watchfiles._rust_notify import RustNotify

from isg_services.watcher.mount import why_polled

STEP_MS = 1
"""The latency floor is about twice this, and it costs 2 % of a core."""
QUIET_STEP_MS = 2
"""Of a tree in which nothing has changed for QUIET_AFTER_S: 1 % of a core."""
QUIET_AFTER_S = 10.0
DEBOUNCE_MS = 15
"""A batch is handed over after this at the latest, however busy the tree is."""
SILENT_MS = 250
"""So often a silent watch looks whether its root is still the directory it was, and whether it is to end."""
POLL_MS = 500
"""So often a tree is looked over of whose changes the system does not tell; a look costs a stat a file."""
WATCH_ASKED_S = 60.0
"""So often a running watch makes sure that directories which come could be watched."""
EVENTS_AGAIN_S = 60.0
"""So long after watches had run out, it is tried again."""
RETRY_MS = 200
RETRY_MS_MAX = 5_000
BATCHES_MAX = 1_000
"""More batches than this are not kept for a reader that does not come: they become one `Lost`."""

_NEVER = ("/target/", "/.git/")
_HEAD = "/.git/HEAD"


class Batch(NamedTuple):
    paths: set[str]


class Begun(NamedTuple):
    """The watch has begun, or begun again: what happened before is for a scan to find. `polled`: why there
    are no events but only times to look, "" where there are."""

    polled: str = ""


class Due(NamedTuple):
    """It is time to look a polled tree over."""


class Lost(NamedTuple):
    """The watch ended; it is being started again."""

    reason: str


Report = Batch | Begun | Due | Lost


class Watch:
    """A running watch of one directory (an absolute, real path). Poll `fd`; then `take`."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._reports: deque[Report] = deque()
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self._thread.start()

    @property
    def fd(self) -> int:
        """Readable when there is something to take."""
        return self._reader.fileno()

    def take(self) -> list[Report]:
        """Everything handed over since the last call, in order."""
        with contextlib.suppress(BlockingIOError):
            while self._reader.recv(4096):
                pass
        taken = []
        while self._reports:
            taken.append(self._reports.popleft())
        return taken

    def close(self) -> None:
        """End the thread. Waits for it no longer than a moment: it is a daemon thread."""
        self._closed.set()
        self._thread.join(timeout=1.0)
        self._reader.close()
        self._writer.close()

    # --- the thread

    def _run(self) -> None:
        pause_ms = RETRY_MS
        while not self._closed.is_set():
            try:
                polled = why_polled(self._root)
                began = self._poll(polled) if polled else self._follow()
                reason = "the watched directory was removed or replaced"
            except Exception as error:  # a name that is not UTF-8, too few inotify watches, a missing root
                began = False
                reason = f"{type(error).__name__}: {error}"
                if _is_exhaustion(error) and self._poll_meanwhile(reason):
                    continue
            if self._closed.is_set():
                return
            pause_ms = RETRY_MS if began else min(pause_ms * 2, RETRY_MS_MAX)
            self._hand(Lost(reason))
            self._closed.wait(pause_ms / 1000)

    def _follow(self) -> bool:
        """One watch, from its start to its end; True once the root is no longer what is watched."""
        watched = _identity(self._root)
        # The loop under `watchfiles.watch`, which asks a stop event of Python's a thousand times a second: a
        # third of what watching costs. Made, it watches every directory.
        notify = RustNotify([self._root], False, False, 0, True, True)
        try:
            _ask_for_a_watch(self._root)
            self._hand(Begun())
            changed = asked = time.monotonic()
            while not self._closed.is_set():
                quiet = time.monotonic() - changed > QUIET_AFTER_S
                found = notify.watch(DEBOUNCE_MS, QUIET_STEP_MS if quiet else STEP_MS, SILENT_MS, None)
                paths = {path for _, path in found if _matters(path)} if isinstance(found, set) else set()
                if paths:
                    changed = time.monotonic()
                    self._hand(Batch(paths))
                if (not paths or self._root in paths) and _identity(self._root) != watched:
                    return True
                if time.monotonic() - asked > WATCH_ASKED_S:
                    _ask_for_a_watch(self._root)
                    asked = time.monotonic()
        finally:
            notify.close()
        return True

    def _poll(self, why: str, seconds: float | None = None) -> bool:
        """Say when to look, for so long (None: until the end); True once the root is not what it was."""
        watched = _identity(self._root)
        self._hand(Begun(why))
        until = None if seconds is None else time.monotonic() + seconds
        while not self._closed.wait(POLL_MS / 1000):
            if _identity(self._root) != watched:
                return True
            if until is not None and time.monotonic() > until:
                return False
            self._hand(Due())
        return True

    def _poll_meanwhile(self, why: str) -> bool:
        """Look until watches may be had again; False when the root went away by then."""
        try:
            return not self._poll(f"{why}; raise fs.inotify.max_user_watches", EVENTS_AGAIN_S)
        except OSError:
            return False

    def _hand(self, report: Report) -> None:
        if len(self._reports) >= BATCHES_MAX:
            self._reports.clear()
            report = Lost(f"more than {BATCHES_MAX} batches were waiting")
        self._reports.append(report)
        with contextlib.suppress(BlockingIOError, OSError):
            self._writer.send(b"\0")


def _ask_for_a_watch(root: str) -> None:
    """Raises OSError where the system gives out no more watches. A watch that is to pass over directories
    which cannot be read passes over these refusals too, and says nothing: of directories, and of those
    that come later."""
    RustNotify([root], False, False, 0, False, False).close()


def _matters(path: str) -> bool:
    """A first, cheap sieve over what a build or git writes by the thousand."""
    return not any(part in path for part in _NEVER) or path.endswith(_HEAD)


def _is_exhaustion(error: Exception) -> bool:
    """Whether the system gives out no more watches, or instances of them."""
    text = str(error).lower()
    return "watch limit" in text or "no space left" in text or "too many open files" in text


def _identity(root: str) -> tuple[int, int]:
    """What tells a directory from another of the same name. Raises OSError when it is not there."""
    found = os.stat(root)
    return found.st_dev, found.st_ino
