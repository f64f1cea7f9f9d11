"""How a question fails. Owns the exceptions of the reading side; their codes are those of the wire
(isg_protocol.error.EXIT_CODES) and stable. Invariant: every one carries the exact next command. Absent:
printing and exit statuses, which are the command's.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from isg_protocol.graph import Node


class QueryError(Exception):
    """`code` of EXIT_CODES, what is wrong, `hint` the exact next command, `candidates` node rows."""

    code = "internal"

    def __init__(self, message: str, hint: str, candidates: Sequence[Node] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.candidates: list[dict[str, object]] = [node.row() for node in candidates]


class NotFound(QueryError):
    """No entity of that name; `candidates` are the nearest."""

    code = "not-found"


class Usage(QueryError):
    """The question itself is wrong: an empty name, an unknown kind, a missing argument."""

    code = "usage"


class Ambiguous(QueryError):
    """More than one entity; `candidates` are the first of them."""

    code = "ambiguous"


class Nothing(QueryError):
    """There is no graph to ask."""

    code = "nothing"


class TimedOut(QueryError):
    """The question's deadline passed before its answer was whole."""

    code = "timeout"


class BreakerOpen(QueryError):
    """Questions of this kind met their deadline too often and are refused for a while."""

    code = "breaker-open"


class VersionGone(QueryError):
    """A version that is no longer kept."""

    code = "version-gone"


def shown(text: str, characters_max: int = 80) -> str:
    """A name as it may stand in a message: shortened, control characters escaped."""
    cut = text if len(text) <= characters_max else text[:characters_max] + "…"
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in cut)


def command(*words: str) -> str:
    """A command line that a shell takes as it stands."""
    return " ".join(["isg", *(shlex.quote(shown(word, 400)) for word in words)])
