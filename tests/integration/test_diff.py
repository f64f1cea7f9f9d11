"""What changed between two versions: the real linker and store, held against the graphs themselves."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from isg_graph.error import NotFound, Usage, VersionGone
from isg_protocol import limit
from isg_protocol.graph import Node
from support.rust_project import Author
from support.workspace import Workspace

LIB = "pub struct Cat;\npub fn feed(cat: &Cat) {}\npub fn call() { feed(&Cat) }\n"


def changes(tree: Workspace, start: int | None = None, to: int | None = None) -> list[str]:
    asked = {"target": None if start is None else str(start), "to": None if to is None else str(to)}
    return [f"{row['change']} {row['symbol']}" for row in tree.ask("diff", **asked)["results"]]


@pytest.fixture
def tree(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path, {"src/lib.rs": LIB})


def test_each_kind_of_change_is_told_once_and_lines_are_not(tree: Workspace) -> None:
    text = LIB.replace("feed(cat: &Cat)", "feed(cat: &Cat, often: u8)").replace(
        "pub struct Cat;\n", "\npub struct Cat;\n"
    )
    tree.save(**{"src/lib.rs": text})
    assert changes(tree) == ["signature crate::feed"]
    (row,) = tree.ask("diff")["results"]
    assert row["before"] == "pub fn feed(cat: &Cat)"
    assert row["signature"] == "pub fn feed(cat: &Cat, often: u8)"
    tree.save(**{"src/lib.rs": text.replace("feed(&Cat)", "")})
    assert changes(tree) == ["body crate::call"]
    tree.save(**{"src/lib.rs": text.replace("pub struct Cat;", "pub struct Dog;")})
    assert "removed crate::Cat" in changes(tree)
    assert "added crate::Dog" in changes(tree)


def test_a_change_that_was_taken_back_is_none_of_its_kind(tree: Workspace) -> None:
    tree.save(**{"src/lib.rs": LIB + "pub fn more() {}\n"})
    tree.save(**{"src/lib.rs": LIB})
    assert not [line for line in changes(tree, 1, 3) if "more" in line]
    assert "removed crate::more" in changes(tree, 2, 3)
    assert "added crate::more" in changes(tree, 1, 2)


def test_a_removed_node_is_shown_as_it_was(tree: Workspace) -> None:
    tree.save(**{"src/lib.rs": LIB.replace("pub fn call() { feed(&Cat) }\n", "")})
    tree.save(**{"src/lib.rs": "pub struct Cat;\npub fn feed(cat: &Cat) {}\npub fn other() {}\n"})
    row = next(row for row in tree.ask("diff", target="1")["results"] if row["change"] == "removed")
    assert (row["symbol"], row["line"], row["signature"]) == ("crate::call", 3, "pub fn call()")


def test_versions_that_are_not_there_are_refused(tree: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Usage):
        tree.ask("diff", target="two")
    with pytest.raises(NotFound):
        tree.ask("diff", target="1", to="9")
    with pytest.raises(Usage):
        tree.ask("diff", target="1", to="0")
    monkeypatch.setattr(limit, "CHANGE_LISTS_KEPT", 2)
    for number in range(5):
        tree.save(**{"src/lib.rs": LIB + f"pub fn f{number}() {{}}\n"})
    with pytest.raises(VersionGone) as gone:
        tree.ask("diff", target="1")
    assert gone.value.hint == "isg query diff --from 4 --to 6"
    assert changes(tree, 4, 6) == ["body crate", "removed crate::f2", "added crate::f4"]


@pytest.mark.parametrize("seed", range(6))
def test_any_two_versions_differ_as_their_graphs_do(seed: int, tmp_path: Path) -> None:
    author, dice = Author(seed), random.Random(seed)
    project = author.project()
    tree = Workspace(tmp_path, project.files())
    graphs: dict[int, dict[bytes, Node]] = {0: {}, 1: dict(tree.linker.nodes)}
    for step in range(20):
        _, project = author.edit(project)
        tree.become(project.files())
        if step == 10:
            tree.start_anew()
        graphs[tree.store.version] = dict(tree.linker.nodes)
    versions = sorted(graphs)
    for _ in range(12):
        start, to = sorted(dice.choices(versions, k=2))
        _hold(tree, start, to, graphs[start], graphs[to])
    tree.close()


def _hold(tree: Workspace, start: int, to: int, was: dict[bytes, Node], now: dict[bytes, Node]) -> None:
    told = {
        bytes.fromhex(row["id"]): row["change"]
        for row in tree.ask("diff", target=str(start), to=str(to))["results"]
    }
    expected = dict.fromkeys(now.keys() - was.keys(), "added") | dict.fromkeys(
        was.keys() - now.keys(), "removed"
    )
    expected |= {i: "signature" for i in was.keys() & now.keys() if not was[i].says_the_same(now[i])}
    assert {i: change for i, change in told.items() if change != "body"} == expected
