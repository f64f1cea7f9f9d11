"""What a build from nothing gives: what every live graph is held against."""

from __future__ import annotations

from pathlib import Path

from isg_graph.export import export
from isg_graph.link.linker import Linker
from isg_graph.memory import MemoryView
from support.rust import facts_of


def fresh_export(files: dict[str, bytes]) -> str:
    """The export of a build that knows nothing but these files."""
    linker = Linker(live=False)
    for name, text in files.items():
        linker.put(name, facts_of(name, text.decode()))
    linker.link()
    return "".join(export(MemoryView(linker.nodes, linker.edges, linker.opens), "jsonl"))


def source_names(root: Path) -> list[str]:
    """The paths of the sources below a directory, in order; ignore rules are not looked at."""
    return sorted(
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.is_file() and (path.suffix == ".rs" or path.name == "Cargo.toml")
    )


def sources(root: Path) -> dict[str, bytes]:
    """The same with their texts."""
    return {name: (root / name).read_bytes() for name in source_names(root)}
