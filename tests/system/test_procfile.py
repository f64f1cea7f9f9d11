"""R7 and the issue's rule: honcho, given the Procfile, starts the actors for real, and they answer."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from isg_client import Client, IsgError, place
from support.isg import Isg, actor_name, plant
from support.wait import until

TOP = Path(__file__).parents[2]


def test_honcho_starts_every_actor_and_they_answer_until_it_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    isg = Isg(tmp_path / "state", plant(tmp_path / "project"))
    monkeypatch.setenv("ISG_STATE_DIR", str(isg.state))
    workspace = place.choose(f"{isg.cwd}/")
    shutil.copy(TOP / "Procfile", tmp_path)
    path = f"{Path(sys.executable).parent}:{isg.environment()['PATH']}"
    honcho = subprocess.Popen(
        [sys.executable, "-m", "honcho", "start"],
        cwd=tmp_path,
        env=isg.environment(ISG_ROOT=str(isg.cwd), PATH=path),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    below: list[psutil.Process] = []
    try:
        until(lambda: place.running(workspace), "the writer runs")

        def answers() -> bool:
            try:
                with Client(workspace, timeout_ms=2_000) as client:
                    return bool(client.query("callees", "farm::a", sync=True)["count"] == 1)
            except IsgError:
                return False

        until(answers, "an answer", seconds=40)
        below = psutil.Process(honcho.pid).children(recursive=True)
        actors = {name for process in below if (name := actor_name(process)) is not None}
        assert actors == {"writer", "query-0", "parser-0", "parser-1", "watcher"}
        honcho.terminate()
        honcho.wait(timeout=30)
        until(lambda: place.running(workspace) is None, "the writer has ended")
        until(lambda: not [process for process in below if process.is_running()], "all actors have ended")
        assert not list(workspace.socket_directory.glob("queries*"))
    finally:
        for process in [*below, psutil.Process(honcho.pid)] if honcho.poll() is None else below:
            try:
                process.kill()
            except psutil.NoSuchProcess:
                continue
        honcho.wait(timeout=30)
