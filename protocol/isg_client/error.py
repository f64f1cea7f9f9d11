"""What can go wrong for an asker: one exception a stable code, each with the exact next command.

The codes and their exit statuses are `isg_protocol.error.EXIT_CODES`; a test holds the two together.
Light on purpose: a command that only lists workspaces imports this and neither zmq nor msgspec.
"""

from __future__ import annotations

from typing import Any

from isg_protocol.error import EXIT_CODES


class IsgError(Exception):
    """A question that got no answer.

    `str()` says what is wrong and why; `code` is of EXIT_CODES and never changes its meaning; `hint` is
    the exact next command; `candidates` are node rows (contract.md, "The graph") that may be meant.
    """

    code = "internal"

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        code: str | None = None,
        candidates: list[dict[str, Any]] | None = None,
    ) -> None:
        super().__init__(message)
        self.hint = hint
        self.candidates = candidates or []
        if code is not None:
            self.code = code

    @property
    def exit_code(self) -> int:
        """The exit status of a command that ends with this error."""
        return EXIT_CODES.get(self.code, 70)


class NotFound(IsgError):
    """No entity of that name; `candidates` are the nearest."""

    code = "not-found"


class Usage(IsgError):
    """The question itself is malformed: an empty name, an unknown query, a flag that does not fit."""

    code = "usage"


class Nothing(IsgError):
    """There is nothing to query: no graph in this workspace."""

    code = "nothing"


class NoDaemon(Nothing):
    """No daemon runs for this workspace. A saved graph may still be there for the commands."""


class TimedOut(IsgError):
    """No answer within the time; also a sync that did not come about (`stale`), a version that is no
    longer kept, an open circuit breaker, a cancelled question (see `code`)."""

    code = "timeout"


class Ambiguous(IsgError):
    """Several entities are meant; `candidates` are they."""

    code = "ambiguous"


class Unreadable(IsgError):
    """The input cannot be read, or is a dump without a marker (`no-markers`)."""

    code = "unreadable"


class Busy(IsgError):
    """Another process holds the workspace; `pid` is its, 0 where it could not be told."""

    code = "busy"

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        pid: int = 0,
        code: str | None = None,
        candidates: list[dict[str, Any]] | None = None,
    ) -> None:
        super().__init__(message, hint, code=code, candidates=candidates)
        self.pid = pid


class Storage(IsgError):
    """The graph's storage failed after its retries."""

    code = "storage"


class Protocol(IsgError):
    """The peer and this client do not understand each other: `bad-frame`, `wrong-version`, `too-large`."""

    code = "bad-frame"


class Interrupted(IsgError):
    """The user ended it."""

    code = "interrupted"


_CLASSES: dict[str, type[IsgError]] = {
    "not-found": NotFound,
    "usage": Usage,
    "nothing": Nothing,
    "timeout": TimedOut,
    "stale": TimedOut,
    "version-gone": TimedOut,
    "breaker-open": TimedOut,
    "cancelled": TimedOut,
    "ambiguous": Ambiguous,
    "unreadable": Unreadable,
    "no-markers": Unreadable,
    "busy": Busy,
    "storage": Storage,
    "internal": IsgError,
    "bad-frame": Protocol,
    "wrong-version": Protocol,
    "too-large": Protocol,
    "interrupted": Interrupted,
}


def from_failure(
    code: str, message: str, hint: str, candidates: list[dict[str, Any]] | None = None
) -> IsgError:
    """The exception for a failure reply. A code of a later release becomes a plain IsgError that keeps it."""
    return _CLASSES.get(code, IsgError)(message, hint, code=code, candidates=candidates)
