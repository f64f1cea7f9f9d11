"""The declared model of std as definitions: read once a process."""

from __future__ import annotations

from functools import lru_cache

from isg_graph.model import load
from isg_graph.parse.extract import extract
from isg_graph.resolve.package import Package, Target
from isg_graph.resolve.tree import Tree


@lru_cache(maxsize=1)
def model_tree() -> Tree:
    """The model's tree: one crate, `std`, of kind "model"."""
    files = {path: extract(source) for path, source in load().items()}
    target = Target("std", "model", "std", "std/lib.rs", "2021", "std")
    return Tree(files, [Package("std", "std", "2021", [target])])
