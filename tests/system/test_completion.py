"""R5: a shell that completes gets the words that can stand there, names of the graph included."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from support.isg import COMMAND, Isg

MAIN = """
pub struct Router;
impl Router { pub fn route(&self) {} pub fn merge(&self) {} }
pub fn run() {}
"""


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Isg:
    place = tmp_path_factory.mktemp("completion")
    (place / "src").mkdir()
    (place / "src/lib.rs").write_text(MAIN)
    isg = Isg(place / "state", place)
    assert isg("ingest", ".").status == 0
    return isg


def here(isg: Isg) -> dict[str, str]:
    """The environment of a shell that has this `isg`."""
    path = os.environ["PATH"]
    return isg.environment(PATH=f"{COMMAND.parent}{os.pathsep}{path}")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("isg sta", ["status"]),
        ("isg query calle", ["callees", "callers"]),
        ("isg query callers --format ", ["json", "text"]),
        ("isg query list --ki", ["--kind"]),
        ("isg query find-cycles --level f", ["function"]),
        ("isg export --format ", ["dot", "graphml", "jsonl"]),
        ("isg query callers ru", ["run"]),
        ("isg query callers Router::r", ["Router::route"]),
        ("isg query path run Router::m", ["Router::merge"]),
        ("isg generate-context --tokens 9 Rou", ["Router", "Router::route"]),
        ("isg query nothing ", []),
        ("isg query callers 'Rou", ["Router", "Router::route"]),
        ("isg nothing ", []),
    ],
)
def test_the_words_at_the_end_of_a_line(saved: Isg, line: str, words: list[str]) -> None:
    done = saved("completion", "words", line)
    assert (done.status, done.err) == (0, "")
    assert [word for word in done.out.splitlines() if word] == words


def test_without_a_graph_no_names_are_offered_and_nothing_fails(tmp_path: Path) -> None:
    done = Isg(tmp_path / "state", tmp_path)("completion", "words", "isg query callers x")
    assert (done.status, done.out.strip(), done.err) == (0, "", "")


def test_bash_completes_behind_colons(saved: Isg) -> None:
    script = (
        'eval "$(isg completion bash)"; COMP_LINE="isg query callers Router::r"; '
        'COMP_POINT=${#COMP_LINE}; _isg; printf "%s" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "-c", script], cwd=saved.cwd, env=here(saved), capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("route", "")


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_the_other_shells_take_their_scripts(saved: Isg, shell: str) -> None:
    found = shutil.which(shell)
    if found is None:
        pytest.skip(f"{shell} is not here")
    script = saved("completion", shell).out
    check = "autoload -U compinit; compinit -u -d /dev/null\n" if shell == "zsh" else ""
    done = subprocess.run(
        [found, "-c", check + script],
        cwd=saved.cwd,
        env=here(saved),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
