"""R3, R4: answers, not edges, against what the compiler resolved: the impls of every trait (but
those that macros make, which the scorer counts), and no function called unused that the compiler reaches.

Instruments and corpora as in test_compiler_truth.py.
"""

from __future__ import annotations

import gzip
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from accuracy.test_compiler_truth import CORPORA, INSTRUMENTS, NAMES
from isg_graph.error import NotFound
from isg_graph.link.linker import Linker
from isg_graph.memory import MemoryView
from isg_graph.parse.extract import extract
from isg_graph.parse.manifest import read_manifest
from isg_graph.query.arguments import QueryArguments
from isg_graph.query.table import answer
from isg_protocol.graph import FileEntry
from isg_protocol.vocabulary import EXTERNAL, TRAIT
from isg_services.watcher.source.directory import read_all, scan
from isg_services.watcher.source.file import SourceFile

LINES_APART_MAX = 3
"""As the scorer allows: the compiler counts attributes differently."""

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not (INSTRUMENTS / "truth").is_dir(), reason=f"no instruments at {INSTRUMENTS}"),
]


def sources(name: str) -> Path:
    found = INSTRUMENTS / name if name == "tiny" else CORPORA / name
    if not found.is_dir():
        pytest.skip(f"{name} is not fetched to {CORPORA}")
    return found


def truth(name: str) -> dict[str, Any]:
    with gzip.open(INSTRUMENTS / "truth" / f"{name}.json.gz") as file:
        found: dict[str, Any] = json.load(file)
    return found


@lru_cache(maxsize=1)
def view(name: str) -> MemoryView:
    """The graph of a corpus, with its texts (dead code looks names up in them)."""
    root = str(sources(name))
    texts = {one.path: one.text for one in read_all(root, scan(root)) if isinstance(one, SourceFile)}
    linker = Linker(live=False)
    for path, text in texts.items():
        linker.put(path, read_manifest(text) if path.endswith("Cargo.toml") else extract(text))
    linker.link()
    files = [FileEntry(path, b"", len(text), 0, text.count(b"\n"), []) for path, text in texts.items()]
    return MemoryView(linker.nodes, linker.edges, linker.opens, files, texts)


def near(place: tuple[str, int], places: set[tuple[str, int]]) -> bool:
    file, line = place
    return any((file, line + n) in places for n in range(-LINES_APART_MAX, LINES_APART_MAX + 1))


@pytest.mark.parametrize("name", NAMES)
def test_what_implements_a_trait_is_what_the_compiler_lists(name: str) -> None:
    graph, known = view(name), truth(name)
    told: dict[str, set[tuple[str, int]]] = {}
    for number in graph.numbers():
        node = graph.node(number)
        if node.kind not in (TRAIT, EXTERNAL):
            continue
        try:
            found = answer(graph, QueryArguments(name="what-implements", target=node.id.hex(), limit=0))
        except NotFound:  # an external that is no trait
            continue
        for row in found["results"]:
            told.setdefault(node.name, set()).add((row["impl"]["file"], row["impl"]["line"]))
    wanted = [
        (impl["trait_name"], impl["file"], impl["line"])
        for impl in known["impls"]
        if impl.get("trait_name") and not impl.get("macro") and not impl.get("negative")
        and impl["trait_name"] not in _MARKERS
    ]  # fmt: skip
    missing = [one for one in wanted if not near(one[1:], told.get(one[0], set()))]
    assert missing == []


_MARKERS = frozenset({"StructuralPartialEq"})
"""What a derive makes beside its trait."""


@pytest.mark.parametrize("name", NAMES)
def test_no_function_that_the_compiler_reaches_from_elsewhere_is_called_unused(name: str) -> None:
    graph, known = view(name), truth(name)
    items = known["items"]
    reached: set[tuple[str, str, int]] = set()
    for reference in [*known["calls"], *known["fn_refs"]]:
        if reference["caller"] != reference["callee"]:
            item = items[reference["callee"]]
            reached.add((item["name"], item["file"], item["line"]))
    found = answer(graph, QueryArguments(name="dead-code", limit=0))
    wrong = [
        row["symbol"]
        for row in found["results"]
        if row["confidence"] == "certain"
        and any(
            (row["name"], row["file"], row["line"] + n) in reached
            for n in range(-LINES_APART_MAX, LINES_APART_MAX + 1)
        )
    ]
    assert wrong == []
