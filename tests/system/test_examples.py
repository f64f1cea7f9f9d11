"""R9: the scripts of examples/ against a real daemon, alone and twenty at once while files are edited: no
error, and no client sees a version go back.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from isg_client import place
from support.isg import Daemon, Ended, Isg, plant

EXAMPLES = Path(__file__).parents[2] / "examples"
SECONDS_MAX = 60
CLIENTS = 20


@pytest.fixture(scope="module")
def isg(tmp_path_factory: pytest.TempPathFactory) -> Isg:
    top = tmp_path_factory.mktemp("examples")
    return Isg(top / "state", plant(top / "project"))


@pytest.fixture(scope="module")
def daemon(isg: Isg) -> Iterator[Daemon]:
    with isg.daemon("--parsers", "1") as running:
        yield running


def line(name: str, *arguments: str) -> list[str]:
    return [sys.executable, str(EXAMPLES / name), *arguments]


def run(isg: Isg, name: str, *arguments: str) -> Ended:
    done = subprocess.run(
        line(name, *arguments), cwd=isg.cwd, env=isg.environment(), capture_output=True,
        text=True, timeout=SECONDS_MAX, check=False,
    )  # fmt: skip
    return Ended(done.returncode, done.stdout, done.stderr)


def edit(isg: Isg, number: int) -> None:
    path = isg.cwd / "src" / "farm.rs"
    beside = path.with_suffix(".tmp")
    beside.write_bytes(plant_of_farm() + f"\npub fn edit_{number}() {{ d(); }}\n".encode())
    beside.replace(path)


def plant_of_farm() -> bytes:
    from support.isg import FARM

    return FARM


def test_ask_prints_an_answer_and_a_failure_says_what_next(isg: Isg, daemon: Daemon) -> None:
    ended = run(isg, "ask.py", "where-defined", "pong")
    assert (ended.status, ended.err) == (0, "")
    assert ended.document["results"][0]["symbol"] == "zoo::farm::pong"
    unknown = run(isg, "ask.py", "where-defined", "pongg")
    assert (unknown.status, unknown.out) == (1, "")
    assert "next: isg query" in unknown.err


def test_the_bare_frames_get_the_same_answer(
    isg: Isg, daemon: Daemon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ISG_STATE_DIR", str(isg.state))
    address = place.choose(str(isg.cwd)).socket("queries")
    ended = run(isg, "bare_frames.py", address, "where-defined", "pong")
    assert (ended.status, ended.err) == (0, "")
    asked = json.loads(run(isg, "ask.py", "where-defined", "pong").out)
    assert ended.document["results"] == asked["results"]


def test_follow_tells_each_version(isg: Isg, daemon: Daemon) -> None:
    with subprocess.Popen(
        line("follow.py", "--count", "1", "--timeout-s", "30"), cwd=isg.cwd, env=isg.environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline().startswith("following from version ")
        edit(isg, 999)
        out, err = process.communicate(timeout=SECONDS_MAX)
    assert (process.returncode, err) == (0, "")
    assert "changes in src/farm.rs" in out


def test_fifty_askers_on_one_socket_see_no_version_go_back(isg: Isg, daemon: Daemon) -> None:
    ended = run(isg, "fifty_askers.py", "--rounds", "10")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("500 answers to 50 askers")


def test_twenty_client_scripts_during_edits_meet_no_error_and_no_version_that_goes_back(
    isg: Isg, daemon: Daemon
) -> None:
    scripts = [
        subprocess.Popen(
            line("fifty_askers.py", "--askers", "4", "--rounds", "40", "--timeout-s", "30"),
            cwd=isg.cwd, env=isg.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(CLIENTS)
    ]  # fmt: skip
    done = threading.Event()
    edits = 0

    def keep_editing() -> None:
        nonlocal edits
        while not done.wait(0.02):
            edit(isg, edits)
            edits += 1

    editor = threading.Thread(target=keep_editing)
    editor.start()
    try:
        ended = [(*script.communicate(timeout=SECONDS_MAX), script.returncode) for script in scripts]
    finally:
        done.set()
        editor.join(timeout=SECONDS_MAX)
        for script in scripts:
            script.kill()
            script.wait(timeout=SECONDS_MAX)
    assert [(err, status) for _, err, status in ended] == [("", 0)] * CLIENTS
    assert all(out.startswith("160 answers to 4 askers") for out, _, _ in ended)
    assert edits > 0
    seen = {version for out, _, _ in ended for version in eval(out.partition("version: ")[2])}
    assert len(seen) > 1, "edits happened while they asked"
