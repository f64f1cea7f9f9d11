"""FILE arguments: relative to the workspace's root first, then to the current directory.

Owns the one rule by which a path that a user typed becomes a path of the graph. Deliberately absent:
reading the file; a path that is nowhere on disk is handed on as it was typed, for the graph may know it.
"""

from __future__ import annotations

import os
import re

FILE_LINE = re.compile(r"(?P<file>.*[^:]):(?P<line>[0-9]{1,9})", re.DOTALL)


def graph_path(typed: str, root: str | None, cwd: str) -> str:
    """`typed` as the graph writes it: relative to `root`, with `/`. `root` is None for a dump."""
    plain = os.path.normpath(typed).replace(os.sep, "/")
    if root is None:
        return plain
    if not os.path.isabs(typed) and os.path.lexists(os.path.join(root, typed)):
        return plain
    # Both spellings: a root below a symbolic link may be typed with the link or without.
    for base in (root, os.path.realpath(root)):
        for path in (os.path.join(cwd, typed), os.path.realpath(os.path.join(cwd, typed))):
            inside = os.path.relpath(path, base)
            if inside != ".." and not inside.startswith(".." + os.sep) and _meant(typed, path):
                return inside.replace(os.sep, "/")
    return plain


def graph_entity(typed: str, root: str | None, cwd: str) -> str:
    """An ENTITY with its file, if it is `FILE:LINE`, as the graph writes it."""
    match = FILE_LINE.fullmatch(typed)
    if match is None or "::" in match["file"]:
        return typed
    return f"{graph_path(match['file'], root, cwd)}:{match['line']}"


def _meant(typed: str, path: str) -> bool:
    return os.path.isabs(typed) or os.path.lexists(path)
