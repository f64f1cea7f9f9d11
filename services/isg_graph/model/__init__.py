"""The declared model of the standard library: Rust source of signatures, kept beside this module.

Owns the list of the model's files and the reading of them. Invariant: every file is read by the same
extractor as the user's code, and `FILES` is what the folder holds. Absent on purpose: what the sources
mean (the linker asks that), and any body.
"""

from __future__ import annotations

from importlib.resources import files

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


def load() -> dict[str, bytes]:
    """Every file of `FILES` and its source. Raises FileNotFoundError when the package lacks one."""
    here = files(__name__)
    return {path: here.joinpath(path).read_bytes() for path in FILES}


__all__ = ["FILES", "load"]
