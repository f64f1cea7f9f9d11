"""The sources of a revision: of a commit, the index, or the working tree.

Owns which files of git's are sources, and how two revisions are named. Invariant: a file that is on disk
and that the scan of the working tree leaves out (ignored, too large) is in no revision, so that a difference
tells edits and not rules. Absent: git's own command line.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from isg_services.revision.git import Git, GitFailed
from isg_services.watcher.source.directory import read_all, scan
from isg_services.watcher.source.file import Skipped, SourceFile, is_relevant, settle_text
from isg_services.watcher.source.limit import SOURCE_FILE_BYTES_MAX

WORKING_TREE = "the working tree"
INDEX = "the index"


@dataclass(frozen=True)
class Revision:
    """The texts of a tree by path; `name` is what people call it."""

    name: str
    texts: dict[str, bytes]


def between(root: str, asked: str | None, staged: bool) -> tuple[Revision, Revision]:
    """The two sides of a difference: `asked` is A..B, A...B (from where they went apart) or A (to the
    working tree); without it the last commit and the working tree, or what is staged. Raises GitFailed."""
    git = Git(root)
    if asked is None:
        head = git.head()
        before = Revision("nothing", {}) if head is None else _commit(git, head, "HEAD")
        return _settled(root, before, _index(git) if staged else _working_tree(root))
    one, dots, other = _parted(asked)
    start = git.merge_base(one, other) if dots == "..." else git.commit(one)
    before = _commit(git, start, one if dots != "..." else start[:12])
    return _settled(root, before, _commit(git, git.commit(other), other) if dots else _working_tree(root))


def two(root: str, one: str | None, other: str | None) -> tuple[Revision, Revision]:
    """The last commit by default, and the working tree."""
    git = Git(root)
    before = _commit(git, git.commit(one or "HEAD"), one or "HEAD")
    return _settled(
        root, before, _working_tree(root) if other is None else _commit(git, git.commit(other), other)
    )


def _parted(asked: str) -> tuple[str, str, str]:
    for dots in ("...", ".."):
        one, found, other = asked.partition(dots)
        if found:
            return one or "HEAD", dots, other or "HEAD"
    return asked, "", ""


def _commit(git: Git, commit: str, name: str) -> Revision:
    return Revision(name, _texts(git, {e.path: e.object for e in git.tree(commit)}))


def _index(git: Git) -> Revision:
    return Revision(INDEX, _texts(git, {e.path: e.object for e in git.index()}))


def _texts(git: Git, entries: dict[str, str]) -> dict[str, bytes]:
    sources = {path: name for path, name in entries.items() if _is_source(path)}
    texts = git.texts(sources.values(), SOURCE_FILE_BYTES_MAX)
    found: dict[str, bytes] = {}
    for path, name in sources.items():
        text = texts[name]
        file = None if text is None else settle_text(path, text)
        if isinstance(file, SourceFile):
            found[path] = file.text
    return found


def _is_source(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return is_relevant(path)


def _working_tree(root: str) -> Revision:
    try:
        found = scan(root)
    except OSError as error:
        raise GitFailed(f"{root} cannot be listed: {error.strerror}", f"ls {root}") from error
    texts = {file.path: file.text for file in read_all(root, found) if not isinstance(file, Skipped)}
    return Revision(WORKING_TREE, texts)


def _settled(root: str, before: Revision, after: Revision) -> tuple[Revision, Revision]:
    """Without what is on disk and left out by the scan."""
    if after.name != WORKING_TREE:
        return before, after
    kept = {
        path: text
        for path, text in before.texts.items()
        if path in after.texts or not os.path.lexists(os.path.join(root, path))
    }
    return Revision(before.name, kept), after
