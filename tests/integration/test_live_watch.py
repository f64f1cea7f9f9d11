"""R2, R7: the four actors as real processes over a real tree: edits are in the answers, deaths heal."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import zmq

from isg_client.place import Workspace
from isg_protocol.envelope import EVENT, REQUEST, seal
from isg_services.ingest import ingest
from support.actors import FARM, Actors, actors
from support.wait import until

EVERYONE = ("watcher", "parser-0", "parser-1", "query-0", "writer")


@pytest.fixture
def zoo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Actors]:
    with actors(tmp_path, monkeypatch) as made:
        yield made


def test_actors_find_each_other_in_any_order_and_answer(zoo: Actors) -> None:
    zoo.start_all()
    assert zoo.symbols("callers", "cow") == ["zoo::feed"]
    assert {row["name"] for row in zoo.status()["actors"]} == set(EVERYONE)


def test_an_edit_a_new_file_a_rename_and_a_deletion_are_in_the_answers(zoo: Actors) -> None:
    zoo.start_all()
    assert zoo.symbols("where-defined", "cow") == ["zoo::farm::cow"]
    zoo.write("src/farm.rs", "pub fn cow() { milk() }\nfn milk() {}\n")
    assert zoo.symbols("callers", "milk") == ["zoo::farm::cow"]
    zoo.write("src/pond.rs", "pub fn duck() { crate::farm::cow() }\n")
    zoo.write("src/lib.rs", "pub mod farm;\npub mod pond;\n")
    assert zoo.symbols("callers", "cow") == ["zoo::pond::duck"]
    os.rename(zoo.tree / "src/pond.rs", zoo.tree / "src/lake.rs")
    zoo.write("src/lib.rs", "pub mod farm;\npub mod lake;\n")
    assert zoo.symbols("callers", "cow") == ["zoo::lake::duck"]
    (zoo.tree / "src/lake.rs").unlink()
    assert zoo.symbols("callers", "cow") == []


def test_what_the_watch_reports_is_published_without_anybody_asking(zoo: Actors) -> None:
    zoo.start_all()
    version = zoo.fresh("stats")["version"]
    zoo.write("src/farm.rs", FARM + "pub fn pig() {}\n")
    until(lambda: zoo.status()["version"] > version, "a version by the watch alone")
    # No sync here: the answer is as of that version.
    from isg_client import Client

    with Client(zoo.workspace.name) as client:
        assert client.query("where-defined", "pig")["count"] == 1


def test_a_save_without_other_bytes_publishes_nothing(zoo: Actors) -> None:
    zoo.start_all()
    version = zoo.fresh("stats")["version"]
    zoo.write("src/farm.rs", FARM)
    assert zoo.fresh("stats")["version"] == version


def test_directories_that_come_move_and_go_are_followed(zoo: Actors) -> None:
    zoo.start_all()
    zoo.fresh("stats")
    elsewhere = zoo.tree.parent / "elsewhere"
    (elsewhere / "deep/deeper").mkdir(parents=True)
    for number in range(40):
        (elsewhere / f"deep/deeper/m{number}.rs").write_text(f"pub fn f{number}() {{}}\n")
    version = zoo.status()["version"]
    shutil.move(elsewhere, zoo.tree / "src/new")
    until(lambda: zoo.status()["files"] == 42, f"the moved directory is read; {zoo.tails()}")
    os.rename(zoo.tree / "src/new", zoo.tree / "src/other")
    assert all("src/other" in str(row["file"]) for row in zoo.fresh("where-defined", "f7")["results"])
    shutil.rmtree(zoo.tree / "src/other")
    until(lambda: zoo.status()["files"] == 2, "the removed directory is gone")
    assert zoo.status()["version"] >= version


def test_a_root_that_was_removed_and_made_again_is_followed_again(zoo: Actors) -> None:
    zoo.start_all()
    assert zoo.symbols("callers", "cow") == ["zoo::feed"]
    aside = zoo.tree.with_name("aside")
    shutil.copytree(zoo.tree, aside)
    shutil.rmtree(zoo.tree)
    until(lambda: "watch-lost" in zoo.log("watcher"), "the watcher sees that its root is gone")
    os.rename(aside, zoo.tree)
    zoo.write("src/farm.rs", FARM + "pub fn pig() {}\n")
    assert zoo.symbols("where-defined", "pig") == ["zoo::farm::pig"]
    assert zoo.symbols("callers", "cow") == ["zoo::feed"]
    count = zoo.log("watcher").count("watch-lost")
    zoo.write("src/farm.rs", FARM + "pub fn hen() {}\n")
    until(lambda: zoo.fresh("where-defined", "hen")["count"] == 1, "the new root is watched")
    assert zoo.log("watcher").count("watch-lost") == count


def test_a_name_that_is_no_text_does_not_end_the_watch(zoo: Actors) -> None:
    zoo.start_all()
    zoo.fresh("stats")
    with open(os.fsencode(zoo.tree / "src") + b"/\xff.rs", "w") as file:
        file.write("fn odd() {}\n")
    version = zoo.fresh("stats")["version"]
    zoo.write("src/farm.rs", FARM + "pub fn pig() {}\n")
    until(lambda: zoo.status()["version"] > version, f"a version by the watch; {zoo.tails()}")
    assert zoo.symbols("where-defined", "pig") == ["zoo::farm::pig"]


def test_a_stop_of_each_is_clean_and_leaves_no_socket(zoo: Actors) -> None:
    zoo.start_all()
    zoo.fresh("stats")
    assert [zoo.end(name) for name in EVERYONE] == [0] * 5
    left = {path.name for path in zoo.workspace.run.iterdir()}
    assert left <= {"epoch"}, left
    assert zoo.workspace.durable.exists()


@pytest.mark.parametrize("name", EVERYONE)
def test_a_killed_actor_started_again_heals(zoo: Actors, name: str) -> None:
    zoo.start_all()
    before = zoo.fresh("stats")["version"]
    zoo.end(name, signal.SIGKILL)
    zoo.write("src/farm.rs", FARM + "pub fn pig() { cow() }\n")
    zoo.start(name)
    assert sorted(zoo.symbols("callers", "cow")) == ["zoo::farm::pig", "zoo::feed"]
    assert zoo.fresh("stats")["version"] > before


def test_after_many_edits_and_deaths_the_export_is_that_of_a_fresh_build(zoo: Actors) -> None:
    zoo.start_all()
    zoo.fresh("stats")
    for turn, name in enumerate(EVERYONE):
        for number in range(12):
            zoo.write(f"src/m{number}.rs", f"pub fn f{number}_{turn}() {{ crate::farm::cow() }}\n")
        zoo.end(name, signal.SIGKILL)
        modules = "".join(f"mod m{number};\n" for number in range(12 - turn))
        zoo.write("src/lib.rs", f"pub mod farm;\n{modules}")
        zoo.start(name)
    live = zoo.export()
    fresh = Workspace("fresh", zoo.workspace.directory.with_name("fresh"))
    ingest(str(zoo.tree), fresh)
    assert live.splitlines() == saved_export(fresh).splitlines()


def saved_export(workspace: Workspace) -> bytes:
    from isg_protocol.message import Chunk, ExportQuery
    from isg_services.query.local import LocalAsker

    with LocalAsker(workspace) as asker:
        chunks = list(asker.ask(ExportQuery()))
    assert all(isinstance(chunk, Chunk) for chunk in chunks)
    return b"".join(chunk.data for chunk in chunks if isinstance(chunk, Chunk))


def test_garbage_on_every_socket_ends_nobody(zoo: Actors) -> None:
    zoo.start_all()
    zoo.fresh("stats")
    nested = b"\x91" * 100_000
    garbage = [
        [b""],
        [b"x"],
        [b"one", b"two", b"three", b"four"],
        seal(EVENT, b"\xc1"),
        seal(REQUEST, nested),
        seal(REQUEST, b"\x81\xa4type\xa7nothing"),
        seal(EVENT, b"\x82\xa4type\xa5ready\xa3pid\xa1x"),
        [b"ISG\x01" + bytes(28), b""],
        [seal(REQUEST, b"")[0][:5] + b"\x09" + seal(REQUEST, b"")[0][6:], b"later release"],
    ]
    context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
    try:
        for channel, kind in (
            ("queries", zmq.DEALER),
            ("jobs", zmq.DEALER),
            ("control", zmq.DEALER),
            ("facts", zmq.PUSH),
            ("versions", zmq.SUB),
        ):
            socket = context.socket(kind)
            socket.setsockopt(zmq.LINGER, 1000)
            socket.connect(zoo.workspace.socket(channel))
            for frames in garbage:
                if kind != zmq.SUB:
                    socket.send_multipart(frames)
            if kind == zmq.SUB:
                socket.setsockopt(zmq.SUBSCRIBE, b"\xff" * 300)
            socket.close()
    finally:
        context.term()
    zoo.write("src/farm.rs", FARM + "pub fn pig() {}\n")
    assert zoo.symbols("where-defined", "pig") == ["zoo::farm::pig"]
    assert [zoo.ended(name) for name in EVERYONE] == [None] * 5


def test_a_request_that_cannot_be_read_gets_a_failure_with_its_correlation_id(zoo: Actors) -> None:
    from msgspec.msgpack import decode

    from isg_protocol.envelope import unseal
    from isg_protocol.message import Failure, Reply

    zoo.start("query-0")
    context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
    try:
        socket = context.socket(zmq.DEALER)
        socket.setsockopt(zmq.LINGER, 0)
        socket.setsockopt(zmq.RCVTIMEO, 20_000)
        socket.connect(zoo.workspace.socket("queries"))
        socket.send_multipart(seal(REQUEST, b"\xc1", b"0123456789abcdef"))
        envelope, body = unseal(socket.recv_multipart())
        socket.close()
    finally:
        context.term()
    reply = decode(body, type=Reply)
    assert envelope.correlation == b"0123456789abcdef"
    assert isinstance(reply, Failure)
    assert reply.code == "bad-frame"


def test_an_actor_record_counts_the_restarts_after_deaths(zoo: Actors) -> None:
    zoo.start_all()
    zoo.fresh("stats")
    zoo.end("parser-1", signal.SIGKILL)
    zoo.start("parser-1")
    record = zoo.workspace.run / "parser-1.json"
    pid = zoo.running["parser-1"].pid
    until(lambda: json.loads(record.read_bytes())["pid"] == pid, "the new one is on record")
    assert json.loads(record.read_bytes())["restarts"] == 1


def test_a_tree_whose_changes_nobody_tells_of_is_looked_over_and_the_status_says_so(
    zoo: Actors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ISG_WATCH", "polling")
    zoo.start_all()
    version = zoo.fresh("stats")["version"]
    assert (
        zoo.status()["watch"].items()
        >= {"by": "polling", "why": "asked for by the environment (ISG_WATCH)"}.items()
    )
    zoo.write("src/farm.rs", FARM + "pub fn pig() {}\n")
    until(lambda: zoo.status()["version"] > version, f"a version by looking alone; {zoo.tails()}")


def test_the_status_says_that_the_watch_is_told_of_changes(zoo: Actors) -> None:
    zoo.start_all()
    zoo.fresh("stats")
    assert zoo.status()["watch"].items() >= {"by": "events", "why": None}.items()


WATCHES = 2
FEW_WATCHES = ("unshare", "--user", "--map-root-user", "sh", "-c",
               f'echo {WATCHES} > /proc/sys/user/max_inotify_watches && exec "$@"', "sh")  # fmt: skip


@pytest.mark.skipif(
    subprocess.run([*FEW_WATCHES, "true"], capture_output=True, check=False).returncode != 0
    if shutil.which("unshare")
    else True,
    reason="this system gives no user namespace with a limit of its own",
)
def test_a_tree_for_which_there_are_no_watches_left_is_polled(zoo: Actors) -> None:
    for number in range(2 * WATCHES):
        zoo.write(f"src/deep{number}/mod.rs", "")
    zoo.start("watcher", under=FEW_WATCHES)
    zoo.start("query-0", "parser-0", "writer")
    version = zoo.fresh("stats")["version"]
    watch = zoo.status()["watch"]
    assert watch["by"] == "polling"
    assert "raise fs.inotify.max_user_watches" in watch["why"]
    zoo.write("src/farm.rs", FARM + "pub fn pig() {}\n")
    until(lambda: zoo.status()["version"] > version, "a version by polling alone")
    assert zoo.symbols("where-defined", "pig") == ["zoo::farm::pig"]
