"""git, through its command, as a store of objects.

Owns the command line that keeps git to reading: no hooks, filters, text conversions, external helpers,
fetches, prompts or locks, whatever the repository or its attributes configure. Only plumbing is called,
and of it only what does not look at files of the working tree. Absent: which files are sources.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from typing import NamedTuple

GIT_SECONDS_MAX = 60
_QUIET = (
    "--no-pager", "--literal-pathspecs", "--no-optional-locks",
    "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "core.untrackedCache=false",
    "-c", "protocol.allow=never", "-c", "core.quotePath=false",
)  # fmt: skip
_REGULAR = (b"100644", b"100755")


class GitFailed(Exception):
    """git cannot answer: `code` of error.EXIT_CODES, what is wrong, and the next step."""

    def __init__(self, message: str, hint: str, code: str = "unreadable") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code
        self.candidates: list[dict[str, object]] = []


class Entry(NamedTuple):
    """A regular file of a tree: its path, relative to the directory asked about, and its object."""

    path: str
    object: str


class Git:
    """The repository around a directory. Raises GitFailed where there is none."""

    def __init__(self, directory: str) -> None:
        self.directory = directory
        found = self._try("rev-parse", "--show-prefix")
        if found is None:
            raise GitFailed(
                f"{directory} does not lie in a git repository",
                "run it in one, or compare versions: isg query diff --from V --to V",
            )
        self.prefix = os.fsdecode(found).rstrip("\n")
        """The directory's path in the repository: empty or ending with a slash."""

    def commit(self, revision: str) -> str:
        """The commit that a name means. Raises GitFailed."""
        found = self._try("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")
        if found is None:
            raise GitFailed(f"git knows no commit {revision!r}", "git log --oneline -n 10", code="not-found")
        return found.decode("ascii").strip()

    def head(self) -> str | None:
        """The commit that is checked out; None before the first."""
        found = self._try("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        return None if found is None else found.decode("ascii").strip()

    def merge_base(self, one: str, other: str) -> str:
        """The commit from which two went apart. Raises GitFailed."""
        found = self._try("merge-base", self.commit(one), self.commit(other))
        if found is None:
            raise GitFailed(f"{one} and {other} have no commit in common", f"name both: {one}..{other}")
        return found.decode("ascii").strip()

    def tree(self, commit: str) -> Iterator[Entry]:
        """The regular files of a commit below the directory."""
        listing = self._run("ls-tree", "-r", "-z", "--full-tree", commit, "--", self.prefix or ".")
        for line in _split(listing):
            head, _, path = line.partition(b"\t")
            mode, _, name = head.split(b" ")
            yield from self._entry(mode, name, path)

    def index(self) -> Iterator[Entry]:
        """The regular files of the index below the directory."""
        for line in _split(self._run("ls-files", "-z", "--stage", "--full-name")):
            head, _, path = line.partition(b"\t")
            mode, name, stage = head.split(b" ")
            if stage != b"0":
                raise GitFailed("the index holds a merge that is not resolved", "git status")
            yield from self._entry(mode, name, path)

    def texts(self, objects: Iterable[str], bytes_max: int) -> dict[str, bytes | None]:
        """The bytes of each object; None for one larger than `bytes_max`."""
        wanted = list(dict.fromkeys(objects))
        sizes = self._sizes(wanted)
        small = [name for name in wanted if sizes[name] <= bytes_max]
        found: dict[str, bytes | None] = dict.fromkeys(wanted)
        out = self._run("cat-file", "--batch", told="".join(name + "\n" for name in small))
        at = 0
        for name in small:
            end = out.index(b"\n", at)
            size = int(out[at:end].split(b" ")[2])
            found[name] = out[end + 1 : end + 1 + size]
            at = end + size + 2
        return found

    def _sizes(self, wanted: list[str]) -> dict[str, int]:
        told = "".join(name + "\n" for name in wanted)
        lines = self._run("cat-file", "--batch-check", told=told).decode("ascii").splitlines()
        sizes: dict[str, int] = {}
        for line in lines:
            name, *rest = line.split(" ")
            if len(rest) != 2:
                raise GitFailed(f"the repository lacks the object {name}", "git fetch --refetch, or git fsck")
            sizes[name] = int(rest[1])
        return sizes

    def _entry(self, mode: bytes, name: bytes, path: bytes) -> Iterator[Entry]:
        inside = os.fsdecode(path)
        if mode in _REGULAR and inside.startswith(self.prefix):
            yield Entry(inside[len(self.prefix) :], name.decode("ascii"))

    def _run(self, *words: str, told: str = "") -> bytes:
        done = self._call(words, told)
        if done.returncode:
            why = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise GitFailed(f"git {words[0]} failed: {why[-1] if why else done.returncode}", "git status")
        return done.stdout

    def _try(self, *words: str) -> bytes | None:
        done = self._call(words, "")
        return None if done.returncode else done.stdout

    def _call(self, words: tuple[str, ...], told: str) -> subprocess.CompletedProcess[bytes]:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
            # A commit in the making (a hook's, say) has an index of its own.
            **{name: os.path.abspath(os.environ[name]) for name in ("GIT_INDEX_FILE",) if name in os.environ},
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_NO_LAZY_FETCH": "1",
            "LC_ALL": "C",
        }
        try:
            return subprocess.run(
                ["git", "-C", self.directory, *_QUIET, *words],
                input=told.encode(),
                capture_output=True,
                env=environment,
                timeout=GIT_SECONDS_MAX,
                check=False,
            )
        except FileNotFoundError as error:
            raise GitFailed("there is no git command here", "install git") from error
        except subprocess.TimeoutExpired as error:
            raise GitFailed(
                f"git {words[0]} did not end within {GIT_SECONDS_MAX} s", "git status", code="timeout"
            ) from error


def _split(listing: bytes) -> list[bytes]:
    return [line for line in listing.split(b"\0") if line]
