"""R4, D: contexts are the same bytes in every process, and never over their budget."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from pathlib import Path

from isg_graph.context import answer_context, estimate_tokens, render_markdown, render_text
from isg_graph.error import QueryError
from isg_graph.memory import MemoryView
from isg_protocol.graph import FileEntry
from isg_protocol.vocabulary import EXTERNAL

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.rust import link
from support.rust_project import Author

ENTITIES = 50
PROJECTS = 5
SEEDS_OF_HASHES = ("1", "77")


def contexts() -> list[str]:
    """The contexts of entities drawn at random, over random projects and budgets."""
    made = []
    for seed in range(PROJECTS):
        view, dice = _linked(seed), random.Random(seed)
        nodes = sorted((view.node(n) for n in view.numbers()), key=lambda node: node.order())
        own = [node for node in nodes if node.kind != EXTERNAL]
        for node in dice.sample(own, ENTITIES // PROJECTS):
            budget = dice.choice((60, 200, 1_000, 4_000))
            code = dice.random() < 0.5
            try:
                context = answer_context(view, [node.id.hex()], budget_tokens=budget, code=code)
            except QueryError as error:  # too little even for the first line: it says so
                made.append(f"{node.symbol} {budget}: {error}")
                continue
            text = render_text(context)
            assert estimate_tokens(text) <= budget
            assert context.tokens <= budget
            assert estimate_tokens(render_markdown(context)) <= budget
            made.append(text)
    return made


def _linked(seed: int) -> MemoryView:
    texts = Author(seed).project().files()
    linker = link(texts, live=False)
    files = [FileEntry(p, b"", len(t), 0, t.count("\n"), []) for p, t in texts.items()]
    encoded = {path: text.encode() for path, text in texts.items()}
    return MemoryView(linker.nodes, linker.edges, linker.opens, files, encoded)


def test_the_same_entities_give_the_same_bytes_in_processes_of_other_hash_seeds() -> None:
    digests = set()
    for seed in SEEDS_OF_HASHES:
        done = subprocess.run(
            [sys.executable, __file__],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(done.stdout)
    here = contexts()
    assert len(here) == ENTITIES
    assert sum(len(text) > 150 for text in here) > ENTITIES / 2, "most of them say something"
    digests.add(_digest(here) + "\n")
    assert len(digests) == 1


def _digest(made: list[str]) -> str:
    return hashlib.sha256("\0".join(made).encode()).hexdigest()


if __name__ == "__main__":
    print(_digest(contexts()))
