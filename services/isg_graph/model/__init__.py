"""The declared model of the standard library: Rust source of signatures, kept beside this module.

Owns the list of the model's files and the reading of them. Invariant: every file is read by the same
extractor as the user's code, and `FILES` is what the folder holds. Absent on purpose: what the sources
mean (the linker asks that), and any body.
"""

from __future__ import annotations

from importlib.resources import files
from zlib import compress, decompress

import msgspec

from isg_protocol.facts import FileFacts

_MODULES = (
    "alloc", "any", "arch", "array", "ascii", "backtrace", "borrow", "boxed", "cell", "char", "clone",
    "cmp", "collections", "collections/binary_heap", "collections/btree_map", "collections/btree_set",
    "collections/hash_map", "collections/hash_set", "collections/linked_list", "collections/vec_deque",
    "convert", "default", "env", "error", "ffi", "fmt", "fs", "future", "hash", "hint", "io", "iter", "lib",
    "marker", "mem", "net", "num", "num/ability", "num/conversion", "num/operator", "ops", "option", "os",
    "panic", "path", "pin", "prelude", "primitive", "process", "ptr", "rc", "result", "slice", "str",
    "string", "sync", "sync/atomic", "sync/mpsc", "task", "thread", "time", "vec",
)  # fmt: skip

FILES: tuple[str, ...] = tuple(sorted(f"std/{name}.rs" for name in _MODULES))
"""The model's files as paths below this package, sorted."""


STORED = "std.facts"
"""The extracted facts of all of them, beside the sources."""


def load() -> dict[str, bytes]:
    """Every file of `FILES` and its source. Raises FileNotFoundError when the package lacks one."""
    here = files(__name__)
    return {path: here.joinpath(path).read_bytes() for path in FILES}


def packed() -> bytes:
    """The facts of every file, as `STORED` holds them: extracted now."""
    from isg_graph.parse.extract import extract

    facts = {path: extract(source) for path, source in load().items()}
    return compress(msgspec.msgpack.encode(facts), 9)


def stored_facts() -> dict[str, FileFacts]:
    """The facts of every file as they were stored, at a twentieth of what extracting them takes. A test holds
    them equal to what the sources say now; `tests/contract/renew_model.py` renews them."""
    return msgspec.msgpack.decode(
        decompress(files(__name__).joinpath(STORED).read_bytes()), type=dict[str, FileFacts]
    )


__all__ = ["FILES", "STORED", "load", "packed", "stored_facts"]
