"""What the watch's reports mean: which files are dirty, and when only a scan can tell.

Owns the judgement of paths and batches. Invariants: a path that is not the source's own is nothing; what a
batch cannot tell for certain (directories, rules, branches, many changes at once) asks for a scan. Absent:
what follows from either (core.py).
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import NamedTuple

from isg_protocol.limit import LARGE_BATCH_EVENTS
from isg_services.watcher.origin import Tree
from isg_services.watcher.watch import Batch, Begun, Due, Lost, Report


class Noticed(NamedTuple):
    """What some reports amount to.

    dirty      files that may have changed, sorted
    disturbed  why the tree has to be looked over, "" when it need not
    due        it is time to look a polled tree over
    begun      the watch has begun, with why it polls ("" where it is told of changes); None where it has not
    lost       why the watch ended, each time
    """

    dirty: list[str]
    disturbed: str
    due: bool
    begun: str | None
    lost: list[str]


class Judge:
    """The judgement over one tree. It knows the directories that hold sources."""

    def __init__(self, files: Tree) -> None:
        self._files = files
        self._directories: set[str] = set()

    def scanned(self, paths: Iterable[str]) -> None:
        """A scan has found these files, and no others."""
        self._directories = set()
        for path in paths:
            self._note_directories(path)

    def take(self, reports: Iterable[Report]) -> Noticed:
        """Judge what the watch handed over, in order."""
        dirty: set[str] = set()
        disturbed, due, begun, lost = "", False, None, []
        for report in reports:
            match report:
                case Batch(paths):
                    if len(paths) >= LARGE_BATCH_EVENTS:
                        disturbed = f"a batch of {len(paths)} changes"
                    for path in paths:
                        disturbed = self._path(path, dirty) or disturbed
                case Begun(polled):
                    disturbed, begun = "the watch has begun", polled
                case Due():
                    due = True
                case Lost(reason):
                    disturbed = reason
                    lost.append(reason)
        for path in dirty:
            self._note_directories(path)
        return Noticed(sorted(dirty), disturbed, due, begun, lost)

    def _path(self, absolute: str, dirty: set[str]) -> str:
        """Mark a changed file dirty; returns why a scan is needed, "" when it is not."""
        rules = self._files.rules
        path = rules.relative(absolute)
        if path is None:
            return ""
        if path == ".git/HEAD":
            return "another branch was checked out"
        if rules.is_rule(path):
            return "the ignore rules changed"
        if path and not rules.wants_directory(path.rpartition("/")[0]):
            return ""
        if path in self._directories:
            return f"the directory {path} changed"
        if os.path.isdir(absolute):
            return f"the directory {path} was added" if rules.wants_directory(path) else ""
        if rules.wants_file(path):
            dirty.add(path)
        return ""

    def _note_directories(self, path: str) -> None:
        parent = path.rpartition("/")[0]
        while parent and parent not in self._directories:
            self._directories.add(parent)
            parent = parent.rpartition("/")[0]
