"""R2: what the watch reports, judged: dirty files, and when only a scan can tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from isg_protocol.limit import LARGE_BATCH_EVENTS
from isg_services.watcher.judge import Judge, Noticed
from isg_services.watcher.origin import Tree
from isg_services.watcher.watch import Batch, Begun, Due, Lost


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("src/deep", "target/debug", "ignored", ".git"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / ".gitignore").write_text("/ignored/\n")
    return tmp_path


def judged(root: Path, *names: str, known: tuple[str, ...] = ()) -> Noticed:
    judge = Judge(Tree(str(root)))
    judge.scanned(known)
    return judge.take([Batch({str(root / name) for name in names})])


def test_a_source_is_dirty_and_nothing_else_follows(root: Path) -> None:
    assert judged(root, "src/lib.rs", "Cargo.toml") == Noticed(
        ["Cargo.toml", "src/lib.rs"], "", False, None, []
    )


def test_what_is_no_source_is_nothing(root: Path) -> None:
    names = ("src/notes.txt", "target/debug/made.rs", "ignored/a.rs", ".git/index")
    assert judged(root, *names) == Noticed([], "", False, None, [])


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (".git/HEAD", "another branch was checked out"),
        (".gitignore", "the ignore rules changed"),
        ("src/deep", "the directory src/deep was added"),
    ],
)
def test_what_one_path_cannot_tell_asks_for_a_scan(root: Path, name: str, why: str) -> None:
    assert judged(root, name).disturbed == why


def test_a_directory_that_holds_sources_asks_for_a_scan_when_it_is_gone_too(root: Path) -> None:
    assert judged(root, "src/gone", known=("src/gone/a.rs",)).disturbed == "the directory src/gone changed"
    assert judged(root, "src/gone").disturbed == ""


def test_many_changes_at_once_ask_for_a_scan_and_are_dirty_all_the_same(root: Path) -> None:
    names = [f"src/m{number}.rs" for number in range(LARGE_BATCH_EVENTS)]
    noticed = judged(root, *names)
    assert noticed.disturbed == f"a batch of {LARGE_BATCH_EVENTS} changes"
    assert noticed.dirty == sorted(names)


def test_the_watch_itself_is_told_of(root: Path) -> None:
    judge = Judge(Tree(str(root)))
    assert judge.take([Begun()]) == Noticed([], "the watch has begun", False, "", [])
    assert judge.take([Begun("nfs"), Due()]) == Noticed([], "the watch has begun", True, "nfs", [])
    assert judge.take([Due()]) == Noticed([], "", True, None, [])
    assert judge.take([Lost("gone")]) == Noticed([], "gone", False, None, ["gone"])
