"""The wire and the facts keep their form, or take a new number (R9: processes of one number understand
each other; R7: what was stored stays readable or is made anew).

Renew after a deliberate change: python tests/contract/renew_golden.py
"""

from __future__ import annotations

import copy
import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


def load() -> ModuleType:
    path = Path(__file__).parent / "renew_golden.py"
    spec = importlib.util.spec_from_file_location("renew_golden", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


RENEW = load()


@pytest.mark.parametrize("name", sorted(RENEW.SUBJECTS))
def test_the_schemas_are_those_that_the_number_stands_for(name: str) -> None:
    golden = json.loads((RENEW.GOLDEN / f"{name}.json").read_text())
    now = json.loads(json.dumps(RENEW.SUBJECTS[name]()))
    if golden == now:
        return
    reasons = RENEW.differences(golden, now)
    if reasons and golden["number"] == now["number"]:
        pytest.fail(f"bump {RENEW.NUMBERS[name]}, then renew the golden file: " + "; ".join(reasons))
    pytest.fail("compatible, but not written down: run python tests/contract/renew_golden.py")


def changed(name: str, struct: str, fields: list[list[str]]) -> tuple[dict[str, Any], dict[str, Any]]:
    old = RENEW.SUBJECTS[name]()
    new = copy.deepcopy(old)
    new["structs"][struct]["fields"] = fields
    return old, new


def test_a_field_appended_with_a_default_needs_no_new_number() -> None:
    fields = RENEW.wire()["structs"]["Answer"]["fields"]
    assert RENEW.differences(*changed("wire", "Answer", [*fields, ["note", "str", '""']])) == []


@pytest.mark.parametrize(
    "fields",
    [
        [],
        [["worth", "{str: any}", "required"]],
        [["value", "any", "required"]],
        [["first", "int", "0"], ["value", "{str: any}", "required"]],
        [["value", "{str: any}", "required"], ["second", "int", "required"]],
    ],
    ids=["removed", "renamed", "retyped", "put-in-front", "required"],
)
def test_any_other_change_of_a_field_needs_one(fields: list[list[str]]) -> None:
    assert RENEW.differences(*changed("wire", "Answer", fields))


def test_a_code_with_another_exit_status_needs_one() -> None:
    old = RENEW.wire()
    new = copy.deepcopy(old)
    new["codes"]["busy"] = 8
    assert RENEW.differences(old, new)
