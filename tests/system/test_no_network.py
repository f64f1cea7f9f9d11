"""E: everything works with the network denied, nothing of a tree is run, and nothing is written but the
state.

The tree is one that would like to be run: a build script, a toolchain file, cargo's configuration, a
Makefile, hooks; and tools ahead on PATH that leave a mark when anybody calls them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from support.isg import CARGO, COMMAND, ZOO, Isg, plant

TRAPS = ("cargo", "rustc", "rustup", "make", "sh", "bash", "cc", "ld", "curl", "wget", "python", "perl")
BUILD = b'[package]\nname = "zoo"\nversion = "0.1.0"\nedition = "2021"\nbuild = "build.rs"\n'
MARKING = '#!/bin/sh\necho "$0 $*" >> "{mark}"\n'
RUN_ME = b'fn main() { std::fs::write("ran", "x").unwrap(); }\n'
HOSTILE = {
    **ZOO,
    "Cargo.toml": BUILD,
    "build.rs": RUN_ME,
    "rust-toolchain.toml": b'[toolchain]\nchannel = "nightly"\n',
    ".cargo/config.toml": b'[build]\nrustc-wrapper = "./evil"\n',
    "Makefile": b"all:\n\ttouch ran\n",
    "evil": b"#!/bin/sh\ntouch ran\n",
    "src/made.rs": b'include!(concat!(env!("OUT_DIR"), "/x.rs")); const P: &str = include_str!("/etc/x");',
}
COMMANDS = (
    ("ingest", "."),
    ("query", "callers", "label"),
    ("query", "dead-code"),
    ("query", "impact"),
    ("generate-context", "Circle", "--code"),
    ("export", "--format", "dot"),
    ("status", "--all"),
    ("doctor",),
    ("completion", "words", "isg query callers la"),
)


@pytest.fixture
def denied() -> tuple[str, ...]:
    """A command that runs another without any network."""
    words = ("unshare", "--user", "--map-root-user", "--net")
    tool = shutil.which("unshare")
    if tool is None or subprocess.run([*words, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no network can be taken away here")
    return words


@pytest.fixture
def tree(tmp_path: Path) -> Iterator[Isg]:
    """The hostile tree; afterwards it must be what it was, and no trap sprung."""
    isg = Isg(tmp_path / "state", plant(tmp_path / "tree", HOSTILE))
    (isg.cwd / "evil").chmod(0o755)
    mark = tmp_path / "mark"
    traps = tmp_path / "traps"
    traps.mkdir()
    for name in TRAPS:
        (traps / name).write_text(MARKING.format(mark=mark))
        (traps / name).chmod(0o755)
    (tmp_path / "home").mkdir()
    before = _listing(isg.cwd)
    yield isg
    assert _listing(isg.cwd) == before
    assert not mark.exists(), mark.read_text()
    assert list((tmp_path / "home").iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "state", "traps", "tree"]


def _listing(root: Path) -> dict[str, tuple[int, int]]:
    found = {}
    for path in sorted(root.rglob("*")):
        stat = path.stat()
        found[str(path)] = (stat.st_size, stat.st_mtime_ns)
    return found


def _environment(isg: Isg) -> dict[str, str]:
    above = isg.state.parent
    path = os.pathsep.join((str(above / "traps"), str(COMMAND.parent), os.environ["PATH"]))
    return isg.environment(PATH=path, HOME=str(above / "home"), XDG_STATE_HOME="", TMPDIR="/tmp")


def test_every_command_works_without_a_network_and_runs_nothing(tree: Isg, denied: tuple[str, ...]) -> None:
    for arguments in COMMANDS:
        done = subprocess.run(
            [*denied, *tree.line(*arguments)],
            cwd=tree.cwd,
            env=_environment(tree),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        wanted = 6 if arguments[1:2] == ("impact",) else 0  # there is no git repository
        assert done.returncode == wanted, (arguments, done)


def test_a_daemon_has_no_socket_but_those_of_its_directory(tree: Isg) -> None:
    with tree.daemon() as daemon:
        assert tree("query", "callers", "label").status == 0
        processes = [psutil.Process(daemon.process.pid), *daemon.family().values()]
        for process in processes:
            assert process.net_connections("inet") == []
        heard = [c.laddr for p in processes for c in p.net_connections("unix") if c.laddr]
        assert heard
        assert all(str(path).startswith(str(tree.state)) or "/isg-" in str(path) for path in heard)


def test_a_manifest_that_asks_for_a_build_is_read_and_not_obeyed(tree: Isg) -> None:
    assert tree("ingest", ".").status == 0
    targets = {row["target"] for row in tree.json("query", "list", "--limit", "0")["results"]}
    assert "build" in targets, "the build script is code like any other"
    assert CARGO != BUILD
