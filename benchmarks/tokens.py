"""The estimate of tokens by which contexts are packed, beside real tokenizers.

    pip install bpe-openai
    python benchmarks/tokens.py TREE [--entities 300] [--seed 1] [--json FILE]

TREE is ingested; contexts of entities drawn at random (no externals) are made at budgets of 500, 2,000 and
8,000 tokens, as text and as Markdown. For each tokenizer: how many tokens a context really has for each
estimated one (median, 99th percentile, most), and how many contexts have more than their budget. Below 1 the
estimate is on the safe side. The last line is the record as JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import tempfile
from pathlib import Path
from typing import Any

import bpe_openai

from isg_client import place
from isg_graph.context import answer_context, estimate_tokens, render_markdown, render_text
from isg_graph.error import QueryError
from isg_protocol.vocabulary import EXTERNAL
from isg_services.ingest import ingest
from isg_services.query.mapping import Mapping

BUDGETS = (500, 2_000, 8_000)
TOKENIZERS = {name: bpe_openai.get_encoding(name) for name in ("cl100k_base", "o200k_base")}
SMALL_BYTES = 120
"""A text of fewer says little about a ratio."""


def contexts(tree: str, entities: int, seed: int) -> list[tuple[int, str]]:
    """(budget, text) of every context."""
    workspace = place.choose(tree)
    ingest(tree, workspace)
    made = []
    with Mapping(workspace.durable, live=False) as mapping, mapping.snapshot() as view:
        own = [number for number in view.numbers() if view.kind(number) != EXTERNAL]
        for number in random.Random(seed).sample(own, min(entities, len(own))):
            for budget in BUDGETS:
                try:
                    context = answer_context(view, [view.node(number).id.hex()], budget_tokens=budget)
                except QueryError:
                    continue
                made += [(budget, render_text(context)), (budget, render_markdown(context))]
    return [(budget, text) for budget, text in made if len(text) > SMALL_BYTES]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("tree")
    parser.add_argument("--entities", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as state:
        os.environ["ISG_STATE_DIR"] = state
        found = contexts(arguments.tree, arguments.entities, arguments.seed)
    record: dict[str, Any] = {
        "benchmark": "tokens",
        "tree": Path(arguments.tree).name,
        "contexts": len(found),
    }
    for name, tokenizer in TOKENIZERS.items():
        counts = [len(tokenizer.encode(text)) for _, text in found]
        ratios = [count / estimate_tokens(text) for count, (_, text) in zip(counts, found, strict=True)]
        over = sum(count > budget for count, (budget, _) in zip(counts, found, strict=True))
        p99 = statistics.quantiles(ratios, n=100)[98]
        record[name] = {
            "real_per_estimated": {"p50": statistics.median(ratios), "p99": p99, "max": max(ratios)},
            "over_budget": over,
        }
        print(
            f"{name:12} real tokens per estimated one: median {statistics.median(ratios):.2f}, "
            f"p99 {p99:.2f}, "
            f"most {max(ratios):.2f}; over their budget: {over} of {len(found)}"
        )
    line = json.dumps(record)
    print(line)
    if arguments.json:
        Path(arguments.json).write_text(line + "\n")


if __name__ == "__main__":
    main()
