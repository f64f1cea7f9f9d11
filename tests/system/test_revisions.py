"""`isg query impact`, and `diff` between revisions: the real command in real repositories."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from support.isg import Isg

LIB = "pub mod cat;\npub fn feed() -> u32 { cat::size() }\n#[test]\nfn feeds() { feed(); }\n"
CAT = "pub fn size() -> u32 { 1 }\n"
TOML = '[package]\nname = "zoo"\n'
WHO = {
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@b",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@b",
}


def git(at: Path, *words: str) -> None:
    settings = ["-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *settings, *words], cwd=at, check=True, capture_output=True, env=os.environ | WHO)


def save(root: Path, **files: str) -> None:
    for name, text in files.items():
        path = root / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


@pytest.fixture
def isg(tmp_path: Path) -> Isg:
    return Isg(tmp_path / "state", tmp_path)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "zoo"
    root.mkdir()
    git(root, "init", "-q")
    save(root, **{"Cargo.toml": TOML, "src__lib.rs": LIB, "src__cat.rs": CAT})
    git(root, "add", "-A")
    git(root, "commit", "-qm", "one")
    return root


def ask(isg: Isg, root: Path, *words: str) -> dict[str, Any]:
    ended = isg("query", *words, "--format", "json", cwd=root)
    assert ended.status == 0, ended
    answer: dict[str, Any] = json.loads(ended.out)
    return answer


def told(answer: dict[str, Any]) -> list[str]:
    return [f"{row['change']} {row['symbol']}" for row in answer["results"]]


def test_an_edit_of_the_working_tree_tells_its_items_their_risk_and_tests(isg: Isg, repository: Path) -> None:
    assert ask(isg, repository, "impact")["results"] == []
    save(repository, **{"src__cat.rs": CAT.replace("size()", "size(n: u8)")})
    answer = ask(isg, repository, "impact")
    assert told(answer) == ["signature zoo::cat::size"]
    (row,) = answer["results"]
    assert row["before"] == "pub fn size() -> u32"
    assert [test["symbol"] for test in row["tests"]] == ["zoo::feeds"]
    assert (row["risk"], row["by_hop"]) == ("Low", {"1": 1, "2": 1})
    assert (answer["from"], answer["to"], answer["risk"]) == ("HEAD", "the working tree", "Low")


def test_what_is_staged_is_apart_from_what_is_not(isg: Isg, repository: Path) -> None:
    save(repository, **{"src__cat.rs": CAT + "pub fn staged() {}\n"})
    git(repository, "add", "-A")
    save(repository, **{"src__cat.rs": CAT + "pub fn staged() {}\npub fn later() {}\n"})
    assert told(ask(isg, repository, "impact", "--staged")) == ["added zoo::cat::staged"]
    assert told(ask(isg, repository, "impact")) == ["added zoo::cat::later", "added zoo::cat::staged"]


def test_ranges_of_commits_are_read_from_objects_whatever_is_checked_out(isg: Isg, repository: Path) -> None:
    git(repository, "checkout", "-qb", "side")
    save(repository, **{"src__cat.rs": CAT + "pub fn side() {}\n"})
    git(repository, "commit", "-qam", "side")
    git(repository, "checkout", "-q", "main")
    save(repository, **{"src__lib.rs": LIB + "pub fn main_only() {}\n"})
    git(repository, "commit", "-qam", "main")
    assert told(ask(isg, repository, "impact", "--diff", "main...side")) == ["added zoo::cat::side"]
    assert told(ask(isg, repository, "impact", "--diff", "main..side")) == [
        "added zoo::cat::side", "removed zoo::main_only"
    ]  # fmt: skip
    diff = ask(isg, repository, "diff", "--from", "main", "--to", "side")
    assert {"added zoo::cat::side", "removed zoo::main_only"} <= set(told(diff))


def test_a_directory_below_the_top_is_compared_alone(isg: Isg, repository: Path) -> None:
    save(repository, **{"inner__Cargo.toml": TOML.replace("zoo", "inner"), "inner__src__lib.rs": CAT})
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "inner")
    save(repository, **{"inner__src__lib.rs": CAT.replace("1", "2"), "src__cat.rs": CAT.replace("1", "2")})
    assert told(ask(isg, repository / "inner", "impact")) == ["body inner::size"]


def test_before_the_first_commit_everything_is_added(isg: Isg, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    save(tmp_path, **{"src__lib.rs": CAT})
    assert told(ask(isg, tmp_path, "impact")) == ["added crate"]


def test_the_markdown_is_a_document_for_a_pull_request(isg: Isg, repository: Path) -> None:
    save(repository, **{"src__cat.rs": "pub fn size() -> u32 { 2 }\n"})
    ended = isg("query", "impact", "--format", "markdown", cwd=repository)
    assert ended.status == 0
    assert ended.out.startswith("### Impact: Low risk\n\nHEAD → the working tree: 1 changed item in 1 file, ")
    assert "| `zoo::cat::size` | `src/cat.rs:1` | Low | 1, 1 | 1 |\n" in ended.out
    assert ended.out.endswith("**Tests that reach these**\n\n- `zoo::feeds`\n")


def test_nothing_that_a_repository_configures_is_run(isg: Isg, repository: Path, tmp_path: Path) -> None:
    trap = tmp_path / "sprung"
    script = tmp_path / "trap.sh"
    script.write_text(f"#!/bin/sh\ntouch {trap}\ncat\n")
    script.chmod(0o755)
    save(repository, **{".gitattributes": "*.rs filter=trap diff=trap\n"})
    for setting in ("filter.trap.clean", "filter.trap.smudge", "diff.trap.textconv", "diff.trap.command",
                    "core.fsmonitor", "diff.external", "core.pager", "core.sshCommand"):  # fmt: skip
        git(repository, "config", setting, str(script))
    for hook in ("post-index-change", "post-checkout", "pre-commit", "reference-transaction"):
        (repository / ".git" / "hooks").mkdir(exist_ok=True)
        (repository / ".git" / "hooks" / hook).symlink_to(script)
    save(repository, **{"src__cat.rs": CAT.replace("1", "2")})
    index = (repository / ".git" / "index").read_bytes()
    assert told(ask(isg, repository, "impact")) == ["body zoo::cat::size"]
    assert told(ask(isg, repository, "impact", "--staged")) == []
    assert told(ask(isg, repository, "diff", "--from", "HEAD")) is not None
    assert not trap.exists()
    assert (repository / ".git" / "index").read_bytes() == index


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["impact", "--diff", "nowhere"], 1),
        (["impact", "--diff=--upload-pack=x..HEAD"], 1),
        (["impact", "--diff", "HEAD", "--staged"], 2),
        (["impact", "--diff", " "], 2),
        (["diff", "--from", "nowhere"], 1),
    ],
)
def test_revisions_that_are_none_are_refused(
    isg: Isg, repository: Path, words: list[str], status: int
) -> None:
    ended = isg("query", *words, "--format", "json", cwd=repository)
    assert ended.status == status, ended
    assert json.loads(ended.out)["error"]["hint"]


def test_without_a_repository_it_is_said(isg: Isg, tmp_path: Path) -> None:
    ended = isg("query", "impact", cwd=tmp_path)
    assert ended.status == 6
    assert "does not lie in a git repository" in ended.err
