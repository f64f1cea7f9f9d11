"""R3: what every process knows of std is what the model's sources say."""

from __future__ import annotations

from isg_graph.model import load, stored_facts
from isg_graph.parse.extract import extract


def test_the_stored_facts_of_the_model_are_those_of_its_sources() -> None:
    fresh = {path: extract(source) for path, source in load().items()}
    assert stored_facts() == fresh, "run: python tests/contract/renew_model.py"
