"""R5: what a user types as FILE or FILE:LINE becomes the path that the graph knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from isg_cli.source import graph_entity, graph_path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "root" / "src").mkdir(parents=True)
    (tmp_path / "root" / "src" / "lib.rs").touch()
    (tmp_path / "root" / "lib.rs").touch()
    return tmp_path / "root"


def test_the_root_comes_before_the_current_directory(root: Path) -> None:
    assert graph_path("lib.rs", str(root), str(root / "src")) == "lib.rs"
    assert graph_path("./src/lib.rs", str(root), "/") == "src/lib.rs"


def test_a_file_that_the_root_does_not_have_is_looked_for_here(root: Path) -> None:
    (root / "lib.rs").unlink()
    assert graph_path("lib.rs", str(root), str(root / "src")) == "src/lib.rs"
    assert graph_path("../src/lib.rs", str(root), str(root / "src")) == "src/lib.rs"


def test_an_absolute_path_below_the_root_is_shortened_even_through_a_link(root: Path) -> None:
    link = root.parent / "link"
    link.symlink_to(root)
    for base in (root, link):
        assert graph_path(str(base / "src" / "lib.rs"), str(root), "/") == "src/lib.rs"
    assert graph_path(str(link / "src" / "gone.rs"), str(link), "/") == "src/gone.rs"


def test_what_is_nowhere_is_left_as_it_was_typed(root: Path) -> None:
    assert graph_path("gone.rs", str(root), str(root / "src")) == "gone.rs"
    assert graph_path("/elsewhere/a.rs", str(root), "/") == "/elsewhere/a.rs"


def test_a_dump_has_no_root_to_look_under(root: Path) -> None:
    assert graph_path("./src/lib.rs", None, str(root)) == "src/lib.rs"


@pytest.mark.parametrize(
    "entity", ["Router::route", "<A as B>::f", "crate::x:12", "lib.rs", "lib.rs:", ":7", "a" * 32]
)
def test_only_file_and_line_are_taken_for_a_file(root: Path, entity: str) -> None:
    assert graph_entity(entity, str(root), str(root / "src")) == entity


def test_the_line_stays_with_its_file(root: Path) -> None:
    (root / "lib.rs").unlink()
    assert graph_entity("lib.rs:12", str(root), str(root / "src")) == "src/lib.rs:12"
