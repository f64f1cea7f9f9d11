"""The stable error codes, what each means to an exit status, and the exceptions of the wire."""

from __future__ import annotations

EXIT_CODES = {
    "not-found": 1,
    "usage": 2,
    "nothing": 3,
    "timeout": 4,
    "stale": 4,
    "version-gone": 4,
    "breaker-open": 4,
    "cancelled": 4,
    "ambiguous": 5,
    "unreadable": 6,
    "no-markers": 6,
    "busy": 7,
    "storage": 70,
    "internal": 70,
    "bad-frame": 70,
    "wrong-version": 70,
    "too-large": 70,
    "interrupted": 130,
}
"""Every code an error may carry, with the exit status of a command that ends with it."""


class WireError(Exception):
    """A message that cannot be taken: `code` is of EXIT_CODES, `hint` the next step."""

    code = "bad-frame"
    hint = "both sides must speak the frames of protocol/SPEC.md"


class BadFrame(WireError):
    """Not a message of this protocol, or not one of this channel."""


class WrongVersion(WireError):
    """The peer speaks another protocol version."""

    code = "wrong-version"
    hint = "stop the daemon and start it again with the installed release: isg daemon --watch DIR"

    def __init__(self, theirs: int, ours: int) -> None:
        super().__init__(f"the peer speaks protocol version {theirs}, this release speaks {ours}")
        self.theirs = theirs
        self.ours = ours


class TooLarge(WireError):
    """A frame beyond its bound (limit.py)."""

    code = "too-large"
    hint = "ask for less at once: --limit N"
