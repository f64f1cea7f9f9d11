"""Which paths under a root belong to its source: names, `target/` and `.git/`, and every `.gitignore`.

Owns the reading of ignore files: nested ones, those of the directories above the root up to the root of the
git repository, and `.git/info/exclude`. Invariant: the answer for a path depends on its name and on the
ignore files alone, never on the order of questions. A `Filter` is a snapshot: it reads each ignore file once,
so a change of one (`is_rule`) calls for a new `Filter`. Deliberately absent: a user's global ignore file (the
graph of a tree must not depend on whose machine it is on) and what git has in its index.
"""

from __future__ import annotations

import os
import re
import warnings
from dataclasses import dataclass
from typing import Final

from pathspec import GitIgnoreSpec

from isg_services.watcher.source.file import NEVER_DIRECTORIES, is_relevant_name
from isg_services.watcher.source.limit import IGNORE_FILE_BYTES_MAX

_IGNORE_FILE: Final = ".gitignore"
STARS_IN_NAME_MAX: Final = 3
STARS_MAX: Final = 4
"""Of a pattern; one with more is passed over, as git passes over what it cannot read."""
_STARS: Final = re.compile(r"\*+")
_NAMED_GROUP: Final = re.compile(r"\(\?P<\w+>")


@dataclass(frozen=True, slots=True)
class _Rules:
    """The patterns of one ignore file. They are asked with the path relative to the root, less its first
    `strip` characters, with `prefix` before it. `any_of` matches whatever one of them matches: most paths
    match none, and one pattern is asked faster than several (0.8 µs against 2.9 for seven)."""

    spec: GitIgnoreSpec
    any_of: re.Pattern[str]
    strip: int = 0
    prefix: str = ""

    def ignores(self, path: str) -> bool | None:
        asked = self.prefix + path[self.strip :]
        return self.spec.check_file(asked).include if self.any_of.match(asked) else None


class Filter:
    """The rules below one root, an existing directory. Paths are relative to it, with `/`."""

    def __init__(self, root: str) -> None:
        self._root = os.path.abspath(root)
        self._above = _rules_above(self._root)
        self._rules: dict[str, tuple[_Rules, ...]] = {}
        self._directories: dict[str, bool] = {"": True}

    def wants_directory(self, path: str) -> bool:
        """Whether a directory is looked into; `""` is the root."""
        wanted = self._directories.get(path)
        if wanted is None:
            parent, _, name = path.rpartition("/")
            wanted = (
                name not in NEVER_DIRECTORIES
                and self.wants_directory(parent)
                and not self.ignores(parent, path + "/")
            )
            self._directories[path] = wanted
        return wanted

    def wants_file(self, path: str) -> bool:
        """Whether a file of this path is part of the source, if it is there and a regular file."""
        parent = path.rpartition("/")[0]
        return is_relevant_name(path) and self.wants_directory(parent) and not self.ignores(parent, path)

    def relative(self, path: str) -> str | None:
        """An absolute path as one relative to the root; None when it is not below it."""
        if path == self._root:
            return ""
        below = path.removeprefix(self._root.rstrip(os.sep) + os.sep)
        return below.replace(os.sep, "/") if below != path else None

    @staticmethod
    def is_rule(path: str) -> bool:
        """Whether a change of this path changes the rules."""
        return path == _IGNORE_FILE or path.endswith(("/" + _IGNORE_FILE, ".git/info/exclude"))

    def ignores(self, directory: str, path: str) -> bool:
        """Whether the ignore files ignore `path` (a directory ends in `/`), which is directly in `directory`,
        itself wanted."""
        for rules in self._rules_of(directory):
            answer = rules.ignores(path)
            if answer is not None:
                return answer
        return False

    def _rules_of(self, directory: str) -> tuple[_Rules, ...]:
        """The rules that hold for what is directly in `directory`, the deepest first."""
        known = self._rules.get(directory)
        if known is None:
            spec = _read_spec(os.path.join(self._root, directory, _IGNORE_FILE))
            outer = self._rules_of(directory.rpartition("/")[0]) if directory else self._above
            own = (_Rules(spec, _any_of(spec), strip=len(directory) + 1 if directory else 0),) if spec else ()
            known = self._rules[directory] = own + outer
        return known


def _rules_above(root: str) -> tuple[_Rules, ...]:
    """The rules from above the root, the deepest first; none when they ignore the root itself, which was
    named by someone who wants it read."""
    repository = _repository_of(root)
    if repository is None:
        return ()
    below = "" if repository == root else os.path.relpath(root, repository).replace(os.sep, "/") + "/"
    found: list[_Rules] = []
    directory = root
    while directory != repository:
        directory = os.path.dirname(directory)
        spec = _read_spec(os.path.join(directory, _IGNORE_FILE))
        if spec:
            found.append(
                _Rules(
                    spec, _any_of(spec), prefix=os.path.relpath(root, directory).replace(os.sep, "/") + "/"
                )
            )
    spec = _read_spec(_exclude_file(os.path.join(repository, ".git")))
    if spec:
        found.append(_Rules(spec, _any_of(spec), prefix=below))
    for rules in found:
        answer = rules.ignores("") if rules.prefix else None
        if answer is not None:
            return () if answer else tuple(found)
    return tuple(found)


def _repository_of(root: str) -> str | None:
    directory = root
    while not os.path.lexists(os.path.join(directory, ".git")):
        parent = os.path.dirname(directory)
        if parent == directory:
            return None
        directory = parent
    return directory


def _exclude_file(dot_git: str) -> str:
    """`info/exclude` of a repository, of a worktree (whose `.git` is a file that points to its own directory,
    and that to the common one), or of a submodule."""
    if os.path.isfile(dot_git):
        pointed = _read(dot_git).decode("utf-8", "surrogateescape").partition("gitdir:")[2].strip()
        dot_git = os.path.join(os.path.dirname(dot_git), pointed)
        common = _read(os.path.join(dot_git, "commondir")).decode("utf-8", "surrogateescape").strip()
        dot_git = os.path.join(dot_git, common) if common else dot_git
    return os.path.join(dot_git, "info", "exclude")


def _read_spec(path: str) -> GitIgnoreSpec | None:
    lines = _read(path).decode("utf-8", "surrogateescape").removeprefix("\ufeff").splitlines()
    patterns = [line for line in lines if line.strip() and not line.startswith("#") and not _is_runaway(line)]
    return _spec(patterns) if patterns else None


def _is_runaway(pattern: str) -> bool:
    """Whether matching it could take for ever: each star tries every place for what follows it."""
    in_segment = max(len(_STARS.findall(segment)) for segment in pattern.split("/"))
    return in_segment > STARS_IN_NAME_MAX or len(_STARS.findall(pattern)) > STARS_MAX


def _spec(patterns: list[str]) -> GitIgnoreSpec | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)
            return GitIgnoreSpec.from_lines(patterns)
    except (ValueError, re.error):
        # git passes over a pattern it cannot read; so do we, and keep the others.
        readable = [pattern for pattern in patterns if len(patterns) > 1 and _spec([pattern]) is not None]
        return GitIgnoreSpec.from_lines(readable) if readable else None


def _any_of(spec: GitIgnoreSpec) -> re.Pattern[str]:
    sources = [pattern.regex.pattern for pattern in spec.patterns if pattern.regex is not None]
    # A group's name may stand only once in a pattern; nothing here reads the groups.
    joined = "|".join(f"(?:{_NAMED_GROUP.sub('(', source)})" for source in sources)
    with warnings.catch_warnings():  # `[[` and `--` in a set mean what they always did
        warnings.simplefilter("ignore", FutureWarning)
        try:
            return re.compile(joined)
        except re.error:
            return re.compile("")


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(IGNORE_FILE_BYTES_MAX)
    except OSError:
        return b""
