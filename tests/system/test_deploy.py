"""What is in deploy/, run or read by the programs that it is for."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from support.isg import Isg, actor_name, plant
from support.wait import until

DEPLOY = Path(__file__).parents[2] / "deploy"


@pytest.fixture
def zoo(tmp_path: Path) -> Isg:
    return Isg(tmp_path / "state", plant(tmp_path / "zoo"))


@contextmanager
def supervised(isg: Isg, logs: Path, text: str) -> Iterator[subprocess.Popen[bytes]]:
    """A supervisord of one's own, as the head of deploy/supervisord.conf tells to start it."""
    logs.mkdir(mode=0o700)
    (logs / "supervisord.conf").write_text(text)
    path = f"{Path(sys.executable).parent}:{isg.environment()['PATH']}"
    process = subprocess.Popen(
        [sys.executable, "-m", "supervisor.supervisord", "-n", "-c", "supervisord.conf"],
        cwd=logs,
        env=isg.environment(ISG_ROOT=str(isg.cwd), PATH=path),
        stdout=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        below = psutil.Process(process.pid).children(recursive=True)
        process.terminate()
        try:
            process.wait(timeout=60)
        finally:
            for child in below:
                if child.is_running():
                    child.kill()


def test_ones_own_supervisord_runs_the_actors_and_tells_what_died(zoo: Isg, tmp_path: Path) -> None:
    logs = tmp_path / "logs"
    with supervised(zoo, logs, (DEPLOY / "supervisord.conf").read_text()) as process:
        assert zoo("ready", "--wait", "60").status == 0
        assert zoo("health").status == 0
        assert (logs / "supervisor.sock").stat().st_mode & 0o777 == 0o700
        writer = next(c for c in psutil.Process(process.pid).children() if actor_name(c) == "writer")
        writer.kill()
        told = until(lambda: _read(logs / "alerts.log"), "the death is told", 30)
        assert f"event=died process=writer pid={writer.pid} times=1" in told
        assert zoo("ready", "--wait", "60").status == 0


def test_a_program_that_cannot_be_started_is_told_as_fatal(zoo: Isg, tmp_path: Path) -> None:
    text = (DEPLOY / "supervisord.conf").read_text()
    text = text.replace("python -m isg_services parser", "no-such-python -m isg_services parser")
    text = text.replace("startretries=10", "startretries=1")
    with supervised(zoo, tmp_path / "logs", text):
        alerts = tmp_path / "logs" / "alerts.log"
        until(lambda: 'event=fatal process="parser-0"' in _read(alerts), "it is told", 30)


def _recorded(isg: Isg, but: int) -> dict[str, Any] | None:
    """What the status says of parser-0, once its process is not `but`."""
    rows = isg.json("status")["actors"]
    return next((row for row in rows if row["name"] == "parser-0" and row["pid"] != but), None)


def _until_it_waits(isg: Isg, early_deaths: int) -> dict[str, Any]:
    """Kill parser-0 whenever it has begun, until one waits since so many have died early."""
    killed = 0
    for _ in range(20):
        row = until(lambda k=killed: _recorded(isg, k), "it is on record", 60)  # type: ignore[misc]
        if row["early_deaths"] >= early_deaths and row["waits_s"]:
            return row
        if not row["waits_s"]:
            killed = row["pid"]
            psutil.Process(killed).kill()
    raise AssertionError("it never waited")


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def test_a_service_manager_is_told_when_the_daemon_is_ready_alive_and_stopping(
    zoo: Isg, tmp_path: Path
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(60)
        heard: list[str] = []

        def hear(line: str) -> None:
            while line not in heard:
                heard.extend(manager.recv(4096).decode().split("\n"))

        with zoo.daemon(NOTIFY_SOCKET=str(tmp_path / "notify")) as daemon:
            hear("READY=1")
            assert zoo("ready").status == 0
            heard.clear()
            hear("WATCHDOG=1")
            assert daemon.stop() == 0
            hear("STOPPING=1")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_accepts_the_unit(tmp_path: Path) -> None:
    command = tmp_path / ".local" / "bin" / "isg"
    command.parent.mkdir(parents=True)
    command.symlink_to(Path(sys.executable).with_name("isg"))
    unit = tmp_path / "isg@home-me-tokio.service"
    unit.write_text((DEPLOY / "systemd" / "isg@.service").read_text())
    done = subprocess.run(
        ["systemd-analyze", "--user", "verify", str(unit)],
        env={**os.environ, "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("sysctl") is None, reason="no sysctl here")
def test_the_kernels_settings_are_ones_it_has() -> None:
    text = (DEPLOY / "60-isg-inotify.conf").read_text()
    for name in re.findall(r"^([a-z_.]+) = \d+$", text, re.MULTILINE):
        assert Path("/proc/sys", *name.split(".")).exists(), name
    assert len(re.findall(r"^[a-z]", text, re.MULTILINE)) == 3


def test_health_names_what_is_wrong(zoo: Isg) -> None:
    assert zoo("health").status == 3
    assert zoo("ready").status == 3
    with zoo.daemon() as daemon:
        assert zoo.json("health")["healthy"] is True
        family = daemon.family()
        family["supervisord"].suspend()  # so that nothing is started again
        family["writer"].kill()
        until(
            lambda: not family["writer"].is_running() or family["writer"].status() == "zombie", "it is gone"
        )
        told = zoo.json("health", status=4)
        assert told["problems"] == ["there is no writer"]
        assert zoo("ready").status == 0  # nothing was saved since
        (zoo.cwd / "src" / "late.rs").write_text("pub fn late() {}\n")
        assert zoo("ready").status == 4
        family["supervisord"].resume()
        assert zoo("ready", "--wait", "60").status == 0
        until(lambda: zoo("health").status == 0, "all are well again", 30)


def test_a_crash_loop_is_damped_and_said(zoo: Isg) -> None:
    with zoo.daemon():
        _until_it_waits(zoo, 3)  # for two seconds
        out = zoo("status").out
        assert "parser-0   died 3 times within a second of its start; tried again in" in out
        assert any("parser-0 has died young" in one for one in zoo.json("health", status=4)["problems"])
        until(lambda: zoo("health").status == 0, "it is over", 60)


def test_who_is_killed_while_it_waits_does_not_wait_longer_for_it(zoo: Isg) -> None:
    with zoo.daemon():
        row = _until_it_waits(zoo, 3)
        psutil.Process(row["pid"]).kill()
        after = until(lambda: _recorded(zoo, row["pid"]), "the next one", 60)
        assert after["early_deaths"] == row["early_deaths"]
        assert after["waits_s"] <= row["waits_s"]


def test_logs_are_json_where_that_is_asked_for_and_a_questions_lines_have_its_trace(zoo: Isg) -> None:
    with zoo.daemon(ISG_LOG_FORMAT="json", ISG_LOG_LEVEL="debug"):
        assert zoo("query", "callees", "add").status == 0
        (zoo.cwd / "src" / "late.rs").write_text("pub fn late() {}\n")
        assert zoo("query", "list", "--file", "src/late.rs", "--sync").status == 0
        home = next(path for path in zoo.state.iterdir() if path.name.startswith("zoo-"))

        def lines(name: str, event: str) -> list[dict[str, object]]:
            rows = [json.loads(line) for line in (home / "logs" / f"{name}.log").read_text().splitlines()]
            assert all({"time", "actor", "event"} <= row.keys() for row in rows)
            return [row for row in rows if row["event"] == event]

        asked = until(lambda: lines("query-0", "asked"), "the question is logged")
        assert {row["query"] for row in asked} >= {"callees", "list"}
        assert all(len(str(row["trace"])) == 32 for row in asked)
        read = [row for name in ("parser-0", "parser-1") for row in lines(name, "read")]
        [late] = [row for row in read if row["file"] == "src/late.rs"]
        published = lines("writer", "published")[-1]
        assert published["files"] == "src/late.rs"
        assert str(published["trace"]) >= str(late["trace"])
