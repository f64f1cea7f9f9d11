"""Renew `isg_graph/model/std.facts`: the facts of the declared model, so that no process has to extract them.

    python tests/contract/renew_model.py

To be run after a change of the model's sources or of the extractor; `test_model_facts.py` says when.
"""

from __future__ import annotations

from pathlib import Path

import isg_graph.model
from isg_graph.model import STORED, packed


def main() -> None:
    target = Path(isg_graph.model.__file__).with_name(STORED)
    target.write_bytes(packed())
    print(f"{target.name}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
