"""Answers without a daemon: the same questions, from the saved graph, in the asker's own process.

Owns the opening of the durable copy and the count of files that changed since it was saved. Invariant:
the answers are those of the query actor for the same graph, but for `stale_files`. Nothing is written.
Deliberately absent: refreshing (that is an ingest), and any socket.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from types import TracebackType

from isg_client.error import Nothing
from isg_client.place import Workspace
from isg_protocol.limit import TIMEOUT_DEFAULT_MS
from isg_protocol.message import Answer, ExportQuery, Failure, Reply, Request, StatusQuery
from isg_services.query.mapping import Mapping, SnapshotView
from isg_services.query.respond import export_chunks, failure_of, respond, settle_elapsed

STAMP_SIZE, STAMP_MTIME = 0, 1


class LocalAsker:
    """A workspace's saved graph, opened. Raises Nothing where there is none."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        if not workspace.durable.exists():
            raise Nothing(
                f"workspace {workspace.name} holds no graph",
                "isg ingest SOURCE, or isg daemon --watch DIR",
            )
        self._mapping = Mapping(workspace.durable, live=False)
        self._stale_files: int | None = None

    def ask(self, request: Request, timeout_ms: int = TIMEOUT_DEFAULT_MS) -> Iterator[Reply]:
        """The replies to one request: a single one, or the chunks of an export. Never raises for what a
        request holds."""
        try:
            with self._mapping.snapshot() as view:
                yield from self._replies(view, request, timeout_ms)
        except Exception as error:
            yield failure_of(error)

    def stale_files(self) -> int:
        """How many files of the source differ by now in size or time, are new, or are gone. Looked at
        once; 0 for a dump."""
        if self._stale_files is None:
            with self._mapping.snapshot() as view:
                self._stale_files = self._count_stale(view)
        return self._stale_files

    def close(self) -> None:
        self._mapping.close()

    def __enter__(self) -> LocalAsker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _replies(self, view: SnapshotView, request: Request, timeout_ms: int) -> Iterator[Reply]:
        if isinstance(request, StatusQuery):
            from isg_services.query.status import status

            value = status(self.workspace, view, durable_version=view.version, lag_ms=None)
            yield Answer(value={**value, "stale_files": self._stale(view)})
            return
        if request.sync and (stale := self._stale(view)):
            yield Failure(
                code="stale",
                message=f"{stale} files changed since the graph was saved, and no daemon follows them",
                hint=f"isg ingest {view.root}" if view.root else "isg ingest SOURCE",
            )
            return
        if isinstance(request, ExportQuery):
            yield from export_chunks(view, request)
            return
        stale = self._stale(view)
        began_ns = time.perf_counter_ns()  # the walk over the tree is no part of answering
        reply = respond(view, request, lag_ms=None, stale_files=stale, timeout_ms=timeout_ms)
        yield settle_elapsed(reply, began_ns)

    def _stale(self, view: SnapshotView) -> int:
        if self._stale_files is None:
            self._stale_files = self._count_stale(view)
        return self._stale_files

    def _count_stale(self, view: SnapshotView) -> int:
        record = self.workspace.read()
        root = view.root
        if root is None or (record is not None and record.kind == "dump"):
            return 0
        known = {entry.path: (entry.size, entry.mtime_ns) for entry in view.files()}
        if record is not None and record.kind == "file":
            return sum(_stamp(root, path) != stamp for path, stamp in known.items())
        from isg_services.watcher.source.directory import stat_scan

        try:
            there = stat_scan(root)
        except OSError:
            return len(known)
        refused = {path for path, _ in view.meta.skipped}
        now = {
            path: (stamp[STAMP_SIZE], stamp[STAMP_MTIME])
            for path, stamp in there.items()
            if path not in refused or path in known
        }
        return sum(known.get(path) != now.get(path) for path in known.keys() | now.keys())


def _stamp(root: str, path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(os.path.join(root, path))
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns
