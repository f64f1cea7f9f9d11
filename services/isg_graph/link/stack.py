"""Room on the interpreter's stack for one link.

Every recursion in resolution and inference has a bound of its own; what those bounds allow together is more
than the 1,000 frames that an interpreter begins with, and a caller may stand deep already. Absent: any
catching of what overflows, which would make the graph depend on where the caller stood.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

STACK_FRAMES_MAX = 6_000


@contextmanager
def deep_stack() -> Iterator[None]:
    """A body may stand this deep; afterwards the limit is what it was."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, STACK_FRAMES_MAX))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
