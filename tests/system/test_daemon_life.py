"""R2, R7, R9: the life of a real `isg daemon`: edits are in the answers, killed actors come back and the
graph is right again, and whatever ends the daemon leaves no process, socket file or lock.
"""

from __future__ import annotations

import fcntl
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from isg_client import Client, place
from isg_client.place import Workspace
from support.isg import Daemon, Isg, plant
from support.wait import until

F_SETPIPE_SZ = 1031
"""fcntl(2): the size of a pipe, on Linux."""
ACTORS = ["writer", "query-0", "parser-0", "watcher"]


@pytest.fixture
def isg(tmp_path: Path) -> Isg:
    return Isg(tmp_path / "state", plant(tmp_path / "project"))


@pytest.fixture
def daemon(isg: Isg) -> Iterator[Daemon]:
    with isg.daemon("--parsers", "1") as running:
        yield running


@pytest.fixture
def workspace(isg: Isg, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """The daemon's workspace, in this process."""
    monkeypatch.setenv("ISG_STATE_DIR", str(isg.state))
    return place.choose(str(isg.cwd))


def define(isg: Isg, name: str) -> None:
    """Add a function to a file, the way an editor saves: a new file renamed into place."""
    path = isg.cwd / "src" / "farm.rs"
    beside = path.with_suffix(".tmp")
    beside.write_bytes(path.read_bytes() + f"\npub fn {name}() {{\n    d();\n}}\n".encode())
    beside.replace(path)


def is_defined(workspace: Workspace, name: str) -> bool:
    """Whether a client's question, with everything saved before it, finds the function and its call."""
    with Client(workspace) as client:
        answer = client.query("callees", name, sync=True)
        return [row["name"] for row in answer["results"]] == ["d"]


def leftovers(workspace: Workspace) -> list[str]:
    """Sockets, locks and records that a running daemon has, and a stopped one must not."""
    found = [path for path in workspace.directory.rglob("*") if path.suffix in (".lock", ".json", ".pid")]
    found += [path for path in workspace.socket_directory.glob("*") if stat.S_ISSOCK(path.stat().st_mode)]
    held = [path for path in (workspace.lock, workspace.daemon_lock) if path.exists()]
    return sorted(path.name for path in {*found, *held} if path != workspace.record)


def alive(processes: list[psutil.Process]) -> list[str]:
    """Those that still run (a zombie whose parent is another's does not)."""
    found = []
    for process in processes:
        try:
            if process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
                found.append(str(process))
        except psutil.NoSuchProcess:
            continue
    return found


def test_an_edit_is_printed_and_is_in_the_answers_of_another_terminal(isg: Isg, daemon: Daemon) -> None:
    assert daemon.lines[0] == f"Watching {isg.cwd} for .rs files"
    assert daemon.lines[1].startswith("✓ Scanned 3 files → ")
    before = isg.json("query", "where-defined", "pong")
    define(isg, "meadow")
    line = daemon.expect("Updated")
    nodes = isg.json("query", "list", "--file", "src/farm.rs", "--limit", "0")["count"]
    assert line.startswith(f"✓ Updated src/farm.rs → {nodes} nodes (")
    assert line.endswith(" ms)")
    answer = isg.json("query", "callees", "meadow", "--sync")
    assert [row["name"] for row in answer["results"]] == ["d"]
    assert answer["version"] > before["version"]
    assert answer["stale_files"] == 0
    status = isg.json("status")
    assert {row["name"] for row in status["actors"]} >= set(ACTORS)
    assert status["root"] == str(isg.cwd)
    assert isg("query", "callees", "meadow").err == ""
    assert sorted(path.name for path in isg.cwd.iterdir()) == ["Cargo.toml", "src"], (
        "nothing is written there"
    )


def test_once_the_first_line_is_there_questions_are_answered(isg: Isg) -> None:
    with isg.daemon(said="Watching") as daemon:
        assert daemon.lines[0] == f"Watching {isg.cwd} for .rs files"
        assert isg.json("query", "where-defined", "Drawable")["count"] == 1


def test_a_batch_of_many_files_is_one_line_and_equals_a_fresh_build(
    isg: Isg, daemon: Daemon, tmp_path: Path
) -> None:
    names = [f"field_{number}" for number in range(40)]
    modules = "".join(f"pub mod {name};\n" for name in names)
    with open(isg.cwd / "src" / "lib.rs", "a") as library:
        library.write(modules)
    for name in names:
        (isg.cwd / "src" / f"{name}.rs").write_text("pub fn plough() { crate::farm::d() }\n")
    live = isg("export", "--sync")
    assert live.status == 0
    fresh = Isg(tmp_path / "fresh", isg.cwd)
    assert fresh("ingest", ".").status == 0
    assert live.out == fresh("export").out
    assert sum("✓ Updated" in line for line in daemon.lines) < len(names)


def test_every_actor_that_is_killed_comes_back_and_the_graph_is_right_again(
    isg: Isg, daemon: Daemon, workspace: Workspace
) -> None:
    family = daemon.family()
    for number, name in enumerate(ACTORS):
        heals(isg, daemon, workspace, family[name], name, f"after_{number}")
    for number in range(len(ACTORS)):
        assert is_defined(workspace, f"after_{number}")
    assert isg.json("query", "where-defined", "after_3")["count"] == 1
    told = " ".join(daemon.errors)
    assert all(f"{name} ended (terminated by SIGKILL" in told for name in ACTORS)


def heals(
    isg: Isg, daemon: Daemon, workspace: Workspace, process: psutil.Process, name: str, function: str
) -> None:
    """Kill an actor, edit, and wait for the answer that has the edit and for the actor's successor."""
    process.kill()
    define(isg, function)
    until(lambda: asks(workspace, function), f"an answer after the {name} was killed")
    until(lambda: daemon.children().get(name, process).pid != process.pid, f"a new {name}")
    assert alive([daemon.children()["supervisord"]])


def asks(workspace: Workspace, name: str) -> bool:
    """is_defined, while actors may be away."""
    from isg_client import IsgError

    try:
        return is_defined(workspace, name)
    except IsgError:
        return False


def test_an_actor_killed_again_and_again_within_its_first_second_is_not_given_up_on(
    isg: Isg, daemon: Daemon, workspace: Workspace
) -> None:
    killed: set[int] = set()
    for _ in range(4):

        def another() -> psutil.Process | None:
            found = daemon.children().get("query-0")
            return found if found is not None and found.pid not in killed else None

        process = until(another, "query-0 is started again")
        killed.add(process.pid)
        process.kill()
    define(isg, "patient")
    until(lambda: asks(workspace, "patient"), "an answer after four early deaths", seconds=40)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_everything_and_the_graph_is_kept(
    isg: Isg, daemon: Daemon, workspace: Workspace, number: int
) -> None:
    below = list(daemon.family().values())
    define(isg, "last_words")
    assert isg.json("query", "where-defined", "last_words", "--sync")["count"] == 1
    live = isg("export").out
    version = isg.json("status")["version"]
    assert daemon.stop(number) == 0
    assert alive(below) == []
    assert leftovers(workspace) == []
    assert place.running(workspace) is None
    assert isg("export").out == live
    saved = isg.json("status")
    assert (saved["version"], saved["durable_version"], saved["actors"]) == (version, version, [])


def test_a_second_daemon_and_an_ingest_are_refused_with_the_pid(isg: Isg, daemon: Daemon) -> None:
    pid = str(daemon.process.pid)
    for arguments in (("daemon", "--watch", "."), ("ingest", ".")):
        ended = isg(*arguments)
        assert (ended.status, ended.out) == (7, "")
        assert pid in ended.err
        error = isg.json(*arguments, status=7)["error"]
        assert error["code"] == "busy"
        assert pid in error["message"]
    assert isg("forget").status == 7
    assert isg.json("query", "where-defined", "pong")["count"] == 1


def test_when_supervisord_is_killed_nothing_is_left_running_and_the_daemon_says_so(
    daemon: Daemon, workspace: Workspace
) -> None:
    family = daemon.family()
    family["supervisord"].kill()
    assert daemon.process.wait(timeout=30) == 70
    assert alive(list(family.values())) == []
    assert leftovers(workspace) == []
    until(lambda: "supervisord ended" in " ".join(daemon.errors), "the daemon says so")


def test_when_the_daemon_is_killed_nothing_is_left_running(
    isg: Isg, daemon: Daemon, workspace: Workspace
) -> None:
    below = list(daemon.family().values())
    daemon.process.kill()
    until(lambda: not alive(below), "all actors and supervisord are gone")
    assert place.running(workspace) is None
    with isg.daemon() as again:
        assert again.lines[0].startswith("Watching")
        assert is_defined(workspace, "c")
        assert again.stop() == 0
    assert leftovers(workspace) == []


def test_the_updates_are_json_lines_when_asked(isg: Isg) -> None:
    import json

    with isg.daemon("--format", "json") as daemon:
        define(isg, "meadow")
        daemon.expect('"updated"')
        assert daemon.stop() == 0
        events: list[dict[str, Any]] = [json.loads(line) for line in daemon.lines]
    assert [event["event"] for event in events] == ["watching", "scanned", "updated"]
    assert [file["file"] for file in events[2]["files"]] == ["src/farm.rs"]


def test_a_reader_that_does_not_read_holds_nobody_up(isg: Isg, workspace: Workspace) -> None:
    process = subprocess.Popen(
        isg.line("daemon", "--watch", str(isg.cwd), "--parsers", "1"),
        cwd=isg.cwd,
        env=isg.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert process.stdout is not None
        fcntl.fcntl(process.stdout.fileno(), F_SETPIPE_SZ, 4_096)
        assert isg("ready", "--wait", "60").status == 0
        for number in range(150):  # more lines than the pipe holds
            define(isg, f"unread_{number}")
            assert is_defined(workspace, f"unread_{number}")
        [writer] = [row["pid"] for row in isg.json("status")["actors"] if row["name"] == "writer"]
        psutil.Process(writer).kill()
        define(isg, "afterwards")
        assert is_defined(workspace, "afterwards")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0
    finally:
        process.kill()
        process.wait()


def test_a_daemon_whose_reader_is_gone_ends_in_order(isg: Isg, workspace: Workspace) -> None:
    process = subprocess.Popen(
        isg.line("daemon", "--watch", str(isg.cwd)),
        cwd=isg.cwd,
        env=isg.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith(b"Watching")
    process.stdout.close()
    define(isg, "unheard")
    assert process.wait(timeout=60) == 0
    assert leftovers(workspace) == []


def test_a_directory_that_is_not_there_is_refused(isg: Isg) -> None:
    ended = isg("daemon", "--watch", "nowhere")
    assert (ended.status, ended.out) == (6, "")
    assert "nowhere" in ended.err


def test_a_watched_directory_may_have_any_name(tmp_path: Path) -> None:
    isg = Isg(tmp_path / "a state; #1", plant(tmp_path / 'it\'s 100% "odd" ; #2 %(x)s'))
    with isg.daemon() as daemon:
        assert isg.json("query", "where-defined", "pong")["count"] == 1
        assert daemon.stop() == 0


def test_state_paths_too_long_for_a_socket_still_work(tmp_path: Path) -> None:
    isg = Isg(tmp_path / ("deep" * 30), plant(tmp_path / "project"))
    with isg.daemon() as daemon:
        assert isg.json("query", "where-defined", "pong")["count"] == 1
        assert daemon.stop() == 0


def test_supervisorctl_reads_the_generated_configuration(daemon: Daemon, workspace: Workspace) -> None:
    daemon.family()
    environment = psutil.Process(daemon.process.pid).children()[0].environ()
    done = subprocess.run(
        [sys.executable, "-m", "supervisor.supervisorctl", "-c", "supervisord.conf", "status"],
        cwd=workspace.directory, env=environment, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert sorted(line.split()[0].rpartition(":")[2] for line in done.stdout.splitlines()) == sorted(ACTORS)
