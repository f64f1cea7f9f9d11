"""The declared model of the standard library: Rust source of signatures, kept beside this module.

Owns the list of the model's files and the reading of them. Invariant: every file is read by the same
extractor as the user's code, and `FILES` is what the folder holds. Absent on purpose: what the sources
mean (the linker asks that), and any body.
"""

from __future__ import annotations

from importlib.resources import files

_MODULES = (
    "alloc", "any", "arch", "array", "ascii", "backtrace", "borrow", "boxed", "cell", "char", "clone",
    "cmp", "convert", "default", "env", "error", "ffi", "fmt", "fs", "future", "hash", "hint", "iter",
    "lib", "marker", "mem", "num", "num/conversion", "num/float", "num/operator", "num/signed",
    "num/unsigned", "ops", "option", "pin", "prelude", "ptr", "rc", "result", "slice", "str", "string",
    "sync", "sync/atomic", "sync/mpsc", "task", "vec",
)  # fmt: skip

FILES: tuple[str, ...] = tuple(sorted(f"std/{name}.rs" for name in _MODULES))
"""The model's files as paths below this package, sorted."""


def load() -> dict[str, bytes]:
    """Every file of `FILES` and its source. Raises FileNotFoundError when the package lacks one."""
    here = files(__name__)
    return {path: here.joinpath(path).read_bytes() for path in FILES}


__all__ = ["FILES", "load"]
