"""E: a doctor finds what is wrong with a workspace's state, says what to do, and does it."""

from __future__ import annotations

import os
import random
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support.isg import Isg, plant

PAGE = 4096


@pytest.fixture
def zoo(tmp_path: Path) -> Isg:
    isg = Isg(tmp_path / "state", plant(tmp_path / "project"))
    assert isg("ingest", ".").status == 0
    return isg


def home(isg: Isg) -> Path:
    """The workspace's directory."""
    [found] = [path for path in isg.state.iterdir() if not path.name.startswith(".")]
    return found


def found(isg: Isg, *arguments: str, status: int = 0) -> dict[str, dict[str, Any]]:
    told = isg.json("doctor", *arguments, status=status)
    assert told["problems"] == sum(c["state"] == "bad" and not c["repaired"] for c in told["checks"])
    return {check["name"]: check for check in told["checks"]}


def cut_copy(at: Path) -> None:
    with open(at / "durable.mdb", "r+b") as file:
        file.truncate(3 * PAGE)


def turn_copy(at: Path) -> None:
    """One bit of one byte."""
    path = at / "durable.mdb"
    content = bytearray(path.read_bytes())
    content[random.Random(str(at)).randrange(len(content))] ^= 0x10
    path.write_bytes(content)


def empty_copy(at: Path) -> None:
    (at / "durable.mdb").write_bytes(b"not a graph" * 1000)


def remove_copy(at: Path) -> None:
    (at / "durable.mdb").unlink()


def tear_live(at: Path) -> None:
    """Every page but the two that LMDB begins with is another's."""
    path = at / "live" / "data.mdb"
    size = path.stat().st_size
    with open(path, "r+b") as file:
        file.seek(2 * PAGE)
        file.write(random.Random(7).randbytes(size - 2 * PAGE))


def cut_live(at: Path) -> None:
    with open(at / "live" / "data.mdb", "r+b") as file:
        file.truncate(2 * PAGE)


def open_door(at: Path) -> None:
    at.chmod(0o755)


def scribble(at: Path) -> None:
    (at / "workspace.json").write_text("{")


def leave(at: Path) -> None:
    """What processes that were killed leave: a half-written copy, a socket."""
    (at / ".durable.mdb.4711").write_bytes(b"half")
    here = os.open(at / "run", os.O_RDONLY)  # a socket's path has room for little
    try:
        with socket.socket(socket.AF_UNIX) as left:
            left.bind(f"/proc/self/fd/{here}/queries-0")
    finally:
        os.close(here)


DAMAGES: dict[Callable[[Path], None], str] = {
    cut_copy: "saved copy",
    turn_copy: "saved copy",
    empty_copy: "saved copy",
    remove_copy: "saved copy",
    tear_live: "live graph",
    cut_live: "live graph",
    open_door: "workspace",
    scribble: "record",
    leave: "leftovers",
}


def test_nothing_is_wrong_with_a_graph_that_was_just_made(zoo: Isg) -> None:
    checks = found(zoo)
    assert {check["state"] for check in checks.values()} <= {"ok", "note"}
    assert checks["saved copy"]["detail"].startswith("version 1, ")
    assert zoo("doctor").out.endswith("nothing is wrong\n")


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damage_is_found_named_and_mended(zoo: Isg, damage: Callable[[Path], None]) -> None:
    before = zoo("export").out
    damage(home(zoo))
    check = found(zoo, status=70)[DAMAGES[damage]]
    assert check["state"] == "bad"
    assert check["cure"]
    assert found(zoo, "--repair")[DAMAGES[damage]]["repaired"]
    assert {check["state"] for check in found(zoo).values()} <= {"ok", "note"}
    assert zoo("export").out == before


@pytest.mark.parametrize("damage", [cut_copy, turn_copy, empty_copy])
def test_a_damaged_copy_is_refused_and_never_answered_from(zoo: Isg, damage: Callable[[Path], None]) -> None:
    damage(home(zoo))
    ended = zoo("query", "callers", "label")
    assert (ended.status, ended.out) == (70, "")
    assert "is damaged" in ended.err
    assert "next: isg doctor --repair" in ended.err


def test_with_both_graphs_gone_the_source_is_read_again(zoo: Isg) -> None:
    before = zoo("export").out
    cut_copy(home(zoo))
    tear_live(home(zoo))
    assert found(zoo, "--repair")["saved copy"]["repaired"]
    assert zoo("export").out == before


def test_a_dump_that_is_gone_cannot_be_read_again_and_is_said_so(tmp_path: Path) -> None:
    isg = Isg(tmp_path / "state", tmp_path)
    assert isg("ingest", "-", input=b"FILE: a.rs\nfn f() {}\n").status == 0
    cut_copy(home(isg))
    cut_live(home(isg))
    check = found(isg, "--repair", status=70)["saved copy"]
    assert not check["repaired"]
    assert "its source is gone" in check["cure"]


def test_the_live_graph_is_saved_where_no_end_in_order_did_it(zoo: Isg) -> None:
    with zoo.daemon() as daemon:
        (zoo.cwd / "src/farm.rs").write_text("pub fn only() {}\n")
        daemon.expect("Updated")
        for child in daemon.family().values():
            child.kill()
        daemon.process.kill()
    assert zoo("query", "where-defined", "only").status == 1
    assert found(zoo)["saved copy"]["state"] == "note"
    assert found(zoo, "--repair")["saved copy"]["repaired"]
    assert zoo("query", "where-defined", "only").status == 0


def test_a_repair_beside_a_daemon_is_refused_and_a_look_is_not(zoo: Isg) -> None:
    with zoo.daemon() as daemon:
        assert found(zoo)["daemon"]["detail"].startswith(f"process {daemon.process.pid} ")
        ended = zoo("doctor", "--repair")
        assert ended.status == 7
        assert str(daemon.process.pid) in ended.err


def test_where_nothing_is_kept_that_is_no_problem(tmp_path: Path) -> None:
    isg = Isg(tmp_path / "state", tmp_path)
    assert found(isg)["workspace"]["detail"].startswith("nothing is kept of ")
    assert not isg.state.exists()
