"""The seal of a saved copy: what tells a whole one from one that a disk or a hand has damaged.

Owns the trailer: behind the graph's own bytes, which LMDB never looks past, stand a magic word, their length
and their CRC-32. It is written before the copy is put in its place, so that a copy in place has it.
Invariant: a copy whose bytes are not those that were written is never mapped: a damaged page would be a wrong
answer, and a missing one ends the process. Absent: what is in a copy, and what to do about a damaged one.
"""

from __future__ import annotations

import os
import zlib
from pathlib import Path
from struct import Struct

TRAILER = Struct(">8sQI")
MAGIC = b"isg-seal"
_CHUNK_BYTES = 1 << 20


def seal(descriptor: int) -> None:
    """Put the trailer behind what a file holds. It must be open for reading too."""
    size, check = _check(descriptor, os.fstat(descriptor).st_size)
    os.pwrite(descriptor, TRAILER.pack(MAGIC, size, check), size)


def damage(path: Path) -> str | None:
    """Why a copy is not what was written, None when it is. Raises OSError when it cannot be read."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        size = os.fstat(descriptor).st_size - TRAILER.size
        trailer = os.pread(descriptor, TRAILER.size, size) if size > 0 else b""
        if len(trailer) != TRAILER.size or not trailer.startswith(MAGIC):
            return "its end is missing"
        _, wanted_size, wanted = TRAILER.unpack(trailer)
        if size != wanted_size:
            return f"it has {size} bytes of {wanted_size}"
        return None if _check(descriptor, size)[1] == wanted else "its bytes are not those that were saved"
    finally:
        os.close(descriptor)


def _check(descriptor: int, size: int) -> tuple[int, int]:
    """The length and CRC-32 of the first so many bytes."""
    check = done = 0
    while done < size:
        chunk = os.pread(descriptor, min(_CHUNK_BYTES, size - done), done)
        if not chunk:
            break
        check = zlib.crc32(chunk, check)
        done += len(chunk)
    return done, check
