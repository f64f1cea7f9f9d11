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


def sources(root: Path) -> dict[str, bytes]:
    """The sources below a directory that has no ignore rules, by path."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and (path.suffix == ".rs" or path.name == "Cargo.toml")
    }
