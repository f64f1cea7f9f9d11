"""The declared model of std as definitions, with their headers read and filed: made once a process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from isg_graph.infer.impl import Impls
from isg_graph.infer.lower import Lowering
from isg_graph.model import stored_facts
from isg_graph.resolve.definition import Definition
from isg_graph.resolve.lookup import Lookup
from isg_graph.resolve.package import Package, Target
from isg_graph.resolve.read import Reads
from isg_graph.resolve.tree import Tree


@dataclass(frozen=True)
class Model:
    """What every world begins with. `root` is the crate `std`."""

    tree: Tree
    root: Definition
    lowering: Lowering
    impls: Impls


def model_tree() -> Tree:
    """The model's tree: one crate, `std`, of kind "model"."""
    return model().tree


@lru_cache(maxsize=1)
def model() -> Model:
    """The model, read."""
    target = Target("std", "model", "std", "std/lib.rs", "2021", "std")
    tree = Tree(stored_facts(), [Package("std", "std", "2021", [target])])
    root = tree.crates[target]
    lowering = Lowering(Lookup(tree, root, Reads()))
    return Model(tree, root, lowering, Impls().extended(lowering, tree.definitions))
