"""Which workspace a command means, and who holds it (R6: state survives restarts; R9: one writer).

Real directories and real locks: the file system's rules are what is relied on.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from isg_client import place
from isg_client.error import Busy, IsgError, Usage
from isg_protocol.limit import IPC_PATH_BYTES_MAX


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    directory = tmp_path / "state"
    monkeypatch.setenv("ISG_STATE_DIR", str(directory))
    monkeypatch.delenv("ISG_WORKSPACE", raising=False)
    return directory


def tree(tmp_path: Path, name: str) -> Path:
    directory = tmp_path / name
    directory.mkdir(parents=True)
    return directory


# --- choosing -------------------------------------------------------------------------------------------


def test_a_word_is_a_name_and_a_path_is_a_directory(state: Path, tmp_path: Path) -> None:
    here = tree(tmp_path, "code")
    tree(tmp_path, "code/web")
    assert place.choose("web", here).name == "web"
    assert place.choose("./web", here).name == str(here / "web")
    assert place.choose(".", here).name == str(here)
    assert place.choose("..", here).name == str(tmp_path)
    assert place.choose("web", here).directory != place.choose("./web", here).directory


def test_the_environment_chooses_where_no_flag_does(
    state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ISG_WORKSPACE", "web")
    assert place.choose(None, tmp_path).name == "web"
    assert place.choose("other", tmp_path).name == "other"
    monkeypatch.setenv("ISG_WORKSPACE", "")
    assert place.choose(None, tmp_path).name == str(tmp_path)


def test_the_nearest_known_root_upwards_wins_over_the_current_directory(state: Path, tmp_path: Path) -> None:
    outer = tree(tmp_path, "outer")
    inner = tree(tmp_path, "outer/a/inner")
    deep = tree(tmp_path, "outer/a/inner/src/deep")
    assert place.choose(None, deep).name == str(deep)
    place.choose(None, outer).write(outer, str(outer), "directory")
    assert place.choose(None, deep).name == str(outer)
    place.choose("named", outer).write(inner, str(inner), "directory")
    assert place.choose(None, deep).name == "named"
    assert place.choose(None, outer / "a").name == str(outer)


def test_a_root_ingested_from_elsewhere_is_found_from_within_and_by_its_path(
    state: Path, tmp_path: Path
) -> None:
    inner = tree(tmp_path, "code/inner")
    workspace = place.choose(None, tmp_path)
    workspace.write(inner, str(inner), "directory")
    assert place.choose(None, inner) == workspace
    assert place.choose("./inner", tmp_path / "code") == workspace
    assert place.for_root(inner) == workspace


def test_a_directory_given_by_path_never_means_a_workspace_with_a_name_of_its_own(
    state: Path, tmp_path: Path
) -> None:
    code = tree(tmp_path, "code")
    place.choose("one").write(code, str(code), "directory")
    assert place.choose(str(code)).name == str(code)


def test_a_named_workspace_of_the_same_root_does_not_hide_one_ingested_from_elsewhere(
    state: Path, tmp_path: Path
) -> None:
    inner = tree(tmp_path, "code/inner")
    workspace = place.choose(None, tmp_path)
    workspace.write(inner, str(inner), "directory")
    place.choose("named").write(inner, str(inner), "directory")
    assert place.for_root(inner) == workspace


def test_a_dump_has_no_root_and_is_found_from_the_directory_it_was_ingested_in(
    state: Path, tmp_path: Path
) -> None:
    code = tree(tmp_path, "code")
    below = tree(tmp_path, "code/below")
    place.choose(None, code).write(None, str(code / "dump.txt"), "dump")
    assert place.choose(None, code).read() == place.Record(str(code), None, str(code / "dump.txt"), "dump")
    assert place.choose(None, below).name == str(below)


def test_a_symbolic_link_leads_to_the_same_workspace(state: Path, tmp_path: Path) -> None:
    code = tree(tmp_path, "code")
    (tmp_path / "link").symlink_to(code)
    assert place.choose(str(tmp_path / "link")) == place.choose(str(code)) == place.choose(None, code)


def test_every_listed_name_chooses_its_workspace_again(state: Path, tmp_path: Path) -> None:
    code = tree(tmp_path, "code")
    names = ["web", "Web", "wéb", "a b", "-", "..."]
    for name in names:
        place.choose(name).write(None, "-", "dump")
    place.choose(str(code)).write(code, str(code), "directory")
    listed = place.known()
    assert sorted(workspace.name for workspace in listed) == sorted([*names, str(code)])
    assert [place.choose(workspace.name) for workspace in listed] == listed
    assert len({workspace.directory for workspace in listed}) == len(listed)


@pytest.mark.parametrize("name", ["", "  ", "a\0b", "x" * 5_000])
def test_an_impossible_name_is_a_usage_error_with_a_hint(state: Path, name: str) -> None:
    with pytest.raises(Usage) as raised:
        place.choose(name)
    assert raised.value.exit_code == 2
    assert raised.value.hint


def test_choosing_and_listing_leave_nothing_behind(state: Path, tmp_path: Path) -> None:
    workspace = place.choose(None, tmp_path)
    assert place.known() == []
    assert place.running(workspace) is None
    assert workspace.query_sockets() == []
    assert not place.forget(workspace)
    assert not state.exists()


# --- directories, records, sockets --------------------------------------------------------------------------


def test_directories_are_private_whatever_the_umask(state: Path) -> None:
    before = os.umask(0)
    try:
        workspace = place.choose("web")
        workspace.write(None, "-", "dump")
    finally:
        os.umask(before)
    for directory in (state, workspace.directory, workspace.run, workspace.logs):
        assert directory.stat().st_mode & 0o777 == 0o700
    assert workspace.record.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"\xff", b'{"format": 99, "name": "web"}', b'{"format": 1, "name": 3}']
)
def test_a_record_that_cannot_be_read_is_no_record(state: Path, content: bytes) -> None:
    workspace = place.choose("web")
    workspace.make()
    workspace.record.write_bytes(content)
    assert workspace.read() is None
    assert place.known() == []


def test_a_copied_state_directory_does_not_impersonate_the_workspace(state: Path) -> None:
    workspace = place.choose("web")
    workspace.write(None, "-", "dump")
    (state / "copy").mkdir()
    (state / "copy" / "workspace.json").write_bytes(workspace.record.read_bytes())
    assert place.known() == [workspace]


def test_many_creators_at_once_leave_one_whole_record(state: Path) -> None:
    sources = [f"/source/{number}" + "x" * 2_000 for number in range(40)]

    def create(source: str) -> place.Record | None:
        workspace = place.choose("web")
        workspace.write(None, source, "dump")
        return workspace.read()

    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(create, sources))
    assert all(record is not None and record.source in sources for record in seen)
    workspace = place.choose("web")
    assert sorted(path.name for path in workspace.directory.iterdir()) == ["logs", "run", "workspace.json"]
    assert json.loads(workspace.record.read_bytes())["source"] in sources


def test_sockets_lie_in_the_workspace_where_their_paths_fit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ISG_STATE_DIR", "/s")
    workspace = place.choose("web")
    assert workspace.socket("queries", 3) == f"ipc://{workspace.run}/queries-3"
    assert workspace.socket("versions") == f"ipc://{workspace.run}/versions"


def test_a_long_state_path_gets_short_private_sockets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ISG_STATE_DIR", str(tmp_path / ("d" * 100)))
    workspace = place.choose("web")
    workspace.make()
    try:
        for channel in ("jobs", "facts", "versions", "control", "queries"):
            path = workspace.socket_path(channel, 999)
            assert len(os.fsencode(path)) <= IPC_PATH_BYTES_MAX
            assert path.parent == workspace.socket_directory
        assert workspace.socket_directory.stat().st_mode & 0o777 == 0o700
        assert workspace.socket_directory.parent.stat().st_mode & 0o777 == 0o700
        assert place.choose("other").socket_directory != workspace.socket_directory
    finally:
        assert place.forget(workspace)
    assert not workspace.socket_directory.exists()


def test_a_short_socket_directory_that_is_a_link_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ISG_STATE_DIR", str(tmp_path / ("d" * 100)))
    planted = tmp_path / "planted"
    planted.symlink_to(tree(tmp_path, "elsewhere"))
    monkeypatch.setattr(place, "_short_parent", lambda: planted)
    with pytest.raises(IsgError) as raised:
        place.choose("web").make()
    assert raised.value.code == "storage"


def test_query_sockets_are_listed_by_number(state: Path) -> None:
    workspace = place.choose("web")
    workspace.make()
    workspace.socket_directory.mkdir(parents=True, exist_ok=True)
    try:
        for name in ("queries-10", "queries-2", "versions"):
            (workspace.socket_directory / name).touch()
        assert workspace.query_sockets() == [workspace.socket("queries", 2), workspace.socket("queries", 10)]
    finally:
        place.forget(workspace)


# --- locks ----------------------------------------------------------------------------------------------


def test_the_daemons_lock_tells_its_pid_until_it_is_released(state: Path) -> None:
    workspace = place.choose("web")
    workspace.make()
    lock = place.take(workspace.daemon_lock, "daemon")
    assert lock is not None
    assert place.running(workspace) == os.getpid()
    assert place.take(workspace.daemon_lock, "daemon", wait_ms=0) is None
    lock.release()
    assert place.running(workspace) is None
    assert not workspace.daemon_lock.exists()


def test_a_writer_by_hand_serves_and_an_ingest_does_not_but_both_keep_the_workspace(state: Path) -> None:
    workspace = place.choose("web")
    workspace.make()
    for kind, serving in (("writer", os.getpid()), ("ingest", None)):
        lock = place.take(workspace.lock, kind)
        assert lock is not None
        with lock:
            assert place.holding(workspace) == place.Holder(os.getpid(), kind)
            assert place.running(workspace) == serving
    assert place.holding(workspace) is None


def test_a_probe_at_the_same_moment_does_not_keep_a_daemon_from_starting(state: Path) -> None:
    workspace = place.choose("web")
    workspace.make()
    with ThreadPoolExecutor(2) as pool:
        probes = [
            pool.submit(lambda: [place.holder(workspace.daemon_lock) for _ in range(300)]) for _ in "ab"
        ]
        for _ in range(50):
            lock = place.take(workspace.daemon_lock, "daemon", wait_ms=20_000)
            assert lock is not None
            lock.release()
        for probe in probes:
            assert all(found is None or found.pid in (0, os.getpid()) for found in probe.result())


def test_a_lock_on_a_file_that_was_removed_meanwhile_is_no_lock(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = place.choose("web")
    workspace.make()
    path = workspace.daemon_lock
    path.touch()
    locked, others = place.fcntl.flock, []

    def flock(descriptor: int, operation: int) -> None:
        if not others:  # between our opening and our locking, the holder leaves and another comes
            path.unlink()
            others.append(os.open(path, os.O_RDWR | os.O_CREAT))
            locked(others[0], place.fcntl.LOCK_EX)
        locked(descriptor, operation)

    monkeypatch.setattr(place.fcntl, "flock", flock)
    assert place.take(path, "daemon", wait_ms=50) is None
    os.close(others[0])
    lock = place.take(path, "daemon")
    assert lock is not None
    lock.release()


def test_a_killed_holder_leaves_no_lock(state: Path) -> None:
    workspace = place.choose("web")
    workspace.make()
    code = (
        "import sys; from pathlib import Path; from isg_client import place\n"
        "lock = place.take(Path(sys.argv[1]), 'daemon'); print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(workspace.daemon_lock)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        assert place.running(workspace) == process.pid
        process.kill()
        process.wait(10)
    assert place.running(workspace) is None
    lock = place.take(workspace.daemon_lock, "daemon")
    assert lock is not None
    lock.release()


@pytest.mark.parametrize("which", ["daemon_lock", "lock"])
def test_a_workspace_in_use_is_not_forgotten(state: Path, which: str) -> None:
    workspace = place.choose("web")
    workspace.write(None, "-", "dump")
    lock = place.take(getattr(workspace, which), "daemon")
    assert lock is not None
    with lock, pytest.raises(Busy) as raised:
        place.forget(workspace)
    assert raised.value.pid == os.getpid()
    assert raised.value.exit_code == 7
    assert workspace.read() is not None
    assert place.forget(workspace)
    assert place.known() == []
    assert list(state.iterdir()) == []
