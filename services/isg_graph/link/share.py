"""Bodies read by several at once: how a batch is cut into shares, and how what was read travels.

A share is read against the same world wherever that happens, and bodies know nothing of each other: so who
reads which changes nothing in the graph. What comes back is in values that outlive a world, as `marshal`
writes them (it keeps tuples, and both ends are one program). Absent: processes (the linker is handed a
`Spread`), and every rule of what a body means.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable

from isg_graph.link.assembly import BodyReference
from isg_graph.resolve.read import Key

Spread = Callable[[int, Callable[[int], bytes], Callable[[], None]], list[bytes]]
"""Do numbered shares of work, in any order and wherever there is room, and something else meanwhile. Called
as `spread(count, work, meanwhile)`; the answers come back by their numbers."""

BODIES_MIN = 400
"""A batch of fewer bodies is read where it is: to share it out would take longer."""
BODIES_IN_SHARE = 48
"""Small enough that all are busy to the end, large enough that handing it out costs nothing."""

ReadBody = tuple[list[BodyReference], list[tuple[str, int]], set[Key]]
"""What a body refers to, its open calls (name, site), and the questions it asked."""
Heads = dict[bytes, set[Key]]
"""The questions that the making of heads asked, by definition id."""


def alone(count: int, work: Callable[[int], bytes], meanwhile: Callable[[], None]) -> list[bytes]:
    """A `Spread` over nobody else."""
    meanwhile()
    return [work(number) for number in range(count)]


def pack(bodies: list[ReadBody], heads: Heads) -> bytes:
    """One share's answer."""
    plain = [(list(map(tuple, references)), opens, reads) for references, opens, reads in bodies]
    return marshal.dumps((plain, heads))


def unpack(answer: bytes) -> tuple[list[ReadBody], Heads]:
    """What `pack` was given. Only for what this program has written."""
    made: tuple[list[ReadBody], Heads] = marshal.loads(answer)  # noqa: S302  # it never left this machine's memory
    return made


def shares(total: int) -> list[range]:
    """The positions of each share of a batch."""
    return [range(at, min(at + BODIES_IN_SHARE, total)) for at in range(0, total, BODIES_IN_SHARE)]
