"""E: what a user sees of each fault, and what is kept. docs/faults.md is what this file saw.

Each row makes a fault, says what was printed, and asserts what is kept. The page holds the words with what
differs from run to run taken out; `ISG_FAULTS=write` writes it anew.
"""

from __future__ import annotations

import contextlib
import os
import re
import resource
import signal
import socket
import subprocess
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest
import zmq

from isg_client import place
from support.isg import Daemon, Ended, Isg, plant
from support.wait import until

PAGE = Path(__file__).parents[2] / "docs" / "faults.md"
FILE_BYTES_MAX = 16_384
"""The largest file that a process may write where the disk is to be full."""
LARGE = 8 * 1024 * 1024


class Fault(NamedTuple):
    """`make` has the fault happen to a graph of a small project and gives what was printed."""

    what: str
    kept: str
    make: Callable[[Isg], str]


FAULTS: list[Fault] = []


def fault(what: str, kept: str) -> Callable[[Callable[[Isg], str]], Callable[[Isg], str]]:
    def note(make: Callable[[Isg], str]) -> Callable[[Isg], str]:
        FAULTS.append(Fault(what, kept, make))
        return make

    return note


def home(isg: Isg) -> Path:
    return next(path for path in sorted(isg.state.iterdir()) if path.name.startswith("zoo-"))


def said(ended: Ended, status: int) -> str:
    assert ended.status == status, ended
    assert "Traceback" not in ended.err, ended
    return ended.err or ended.out


def works(isg: Isg) -> None:
    """The graph is there, and is what it was."""
    assert isg.json("query", "callees", "add")["results"][0]["symbol"] == "zoo::validate_input"


def dump(isg: Isg, text: bytes, status: int = 0) -> str:
    return said(isg("ingest", "-", "--workspace", "other", input=text), status)


# --- the saved graph --------------------------------------------------------------------------------------


def copied_again(isg: Isg, status: int) -> str:
    """What is said of a saved copy that is not whole, which the doctor then copies from the live graph."""
    told = said(isg("query", "callees", "add"), status)
    assert isg("doctor", "--repair").status == 0
    works(isg)
    return told


@fault("the saved copy is cut short", "the live graph; `isg doctor --repair` copies it")
def copy_cut(isg: Isg) -> str:
    os.truncate(home(isg) / "durable.mdb", 5_000)
    return copied_again(isg, 70)


@fault("a byte of the saved copy is another", "the live graph; `isg doctor --repair` copies it")
def copy_turned(isg: Isg) -> str:
    path = home(isg) / "durable.mdb"
    content = bytearray(path.read_bytes())
    content[9_000] ^= 1
    path.write_bytes(content)
    return copied_again(isg, 70)


@fault("the saved copy was deleted", "the live graph; `isg doctor --repair` copies it")
def copy_gone(isg: Isg) -> str:
    (home(isg) / "durable.mdb").unlink()
    return copied_again(isg, 3)


@fault("the live graph is torn, and a daemon starts", "the sources: it is built anew, and said so in the log")
def live_torn(isg: Isg) -> str:
    (home(isg) / "live" / "data.mdb").write_bytes(b"\x5a" * 100_000)
    with isg.daemon():
        works(isg)
    [line] = [one for one in _logs(isg).splitlines() if "built anew" in one]
    return line.partition("why=")[2].strip('"')


@fault("the disk is full during an ingest", "the graph of before, which goes on answering")
def disk_full(isg: Isg) -> str:
    (isg.cwd / "src" / "more.rs").write_text("".join(f"pub fn f{n}() {{}}\n" for n in range(5_000)))
    limit = (FILE_BYTES_MAX, FILE_BYTES_MAX)
    done = subprocess.run(
        isg.line("ingest", "."),
        cwd=isg.cwd,
        env=isg.environment(),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
    )
    works(isg)
    return said(Ended(done.returncode, done.stdout, done.stderr), 70)


@fault("the state directory cannot be made", "nothing is lost: there was nothing")
def state_blocked(isg: Isg) -> str:
    blocked = isg.cwd / "blocked"
    blocked.write_text("")
    return said(Isg(blocked / "state", isg.cwd)("ingest", "."), 70)


# --- the live graph, damaged under a running daemon --------------------------------------------------------


def follows(isg: Isg, name: str) -> None:
    """A save is in the answers, and what was there before is too."""
    with open(isg.cwd / "src" / "lib.rs", "a") as file:
        file.write(f"pub fn {name}() {{}}\n")
    until(lambda: _is_seen(isg, name), "a save is seen", 60)
    works(isg)


def damaged_live(isg: Isg, damage: Callable[[Path], None]) -> str:
    """What is logged when the graph is damaged while a daemon has it open, and then something is saved."""
    with isg.daemon() as daemon:
        before = isg.json("status")["version"]
        damage(home(isg) / "live" / "data.mdb")
        follows(isg, "late")
        assert isg.json("status")["version"] > before
        assert daemon.process.poll() is None
    lines = [one for one in _logs(isg).splitlines() if "actor=writer event=store" in one]
    return "\n".join(line.partition("why=")[2].strip('"') for line in lines)


@fault("the live graph is cut short under a daemon", "the saved copy, or the sources: it is built anew")
def live_cut(isg: Isg) -> str:
    return damaged_live(isg, lambda path: os.truncate(path, path.stat().st_size // 8192 * 4096))


@fault("the live graph is overwritten under a daemon", "the saved copy, or the sources: it is built anew")
def live_overwritten(isg: Isg) -> str:
    def overwrite(path: Path) -> None:
        size = path.stat().st_size
        with open(path, "r+b") as file:
            file.seek(8192)
            file.write(b"\x5a" * (size - 8192))

    return damaged_live(isg, overwrite)


@fault("the live graph is deleted under a daemon", "everything: who has it open goes on, the end saves it")
def live_deleted(isg: Isg) -> str:
    with isg.daemon() as daemon:
        (home(isg) / "live" / "data.mdb").unlink()
        follows(isg, "late")
        assert daemon.stop() == 0
    assert isg("query", "where-defined", "late").status == 0
    works(isg)
    return "(nothing)"


@fault("the disk is full under a daemon", "the graph of before, which goes on answering until there is room")
def live_full(isg: Isg) -> str:
    with isg.daemon() as daemon:
        daemon.family()["writer"].rlimit(psutil.RLIMIT_FSIZE, (4_096, 4_096))
        follows(isg, "late")  # by the writer that is started in its place
        told = next(line for line in daemon.errors if "writer ended" in line)
        [logged] = [one for one in _logs(isg).splitlines() if "actor=writer event=failed" in one]
    return f"{told}\n{logged}"


@fault("permission to write the state directory is lost", "the graph of before")
def state_not_ours(isg: Isg) -> str:
    directory = home(isg)
    modes = {path: path.stat().st_mode for path in [directory, *directory.rglob("*")]}
    for path in modes:
        path.chmod(0o500 if path.is_dir() else 0o400)
    # The superuser may write all the same, unless it is told not to be allowed.
    drop = "-dac_override,-dac_read_search,-fowner"
    words = ["setpriv", f"--bounding-set={drop}", f"--inh-caps={drop}"] if os.geteuid() == 0 else []
    try:
        told = ran(isg, [*words, *isg.line("ingest", ".")], 70)
    finally:
        for path, mode in modes.items():
            path.chmod(mode)
    works(isg)
    return told


@fault("the state directory is on a file system that is read-only", "the graph of before, which is answered")
def state_read_only(isg: Isg) -> str:
    script = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && shift 0 && exec "$@"'
    words = ["unshare", "--mount", "--user", "--map-root-user", "sh", "-c", script, str(isg.state)]
    try:
        subprocess.run([*words, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no mount namespaces here")
    ran(isg, [*words, *isg.line("query", "callees", "add")], 0)
    told = ran(isg, [*words, *isg.line("ingest", ".")], 70)
    works(isg)
    return told


@fault("the graph outgrows its map", "the graph of before")
def map_full(isg: Isg) -> str:
    text = "".join(f"pub fn function_number_{n}() {{ function_number_{n + 1}() }}\n" for n in range(20_000))
    (isg.cwd / "src" / "more.rs").write_text(text)
    told = said(isg("ingest", ".", ISG_MAP_MB="1"), 70)
    works(isg)
    return told


def ran(isg: Isg, words: list[str], status: int) -> str:
    done = subprocess.run(
        words, cwd=isg.cwd, env=isg.environment(), capture_output=True, text=True, check=False
    )
    return said(Ended(done.returncode, done.stdout, done.stderr), status)


# --- processes --------------------------------------------------------------------------------------------


@fault("two daemons on one workspace", "the first one's work")
def second_daemon(isg: Isg) -> str:
    with isg.daemon() as first:
        told = said(isg("daemon", "--watch", "."), 7)
        assert str(first.process.pid) in told
        works(isg)
    return told


@fault("an ingest into a running daemon's workspace", "the daemon's graph")
def ingest_beside(isg: Isg) -> str:
    with isg.daemon():
        told = said(isg("ingest", "."), 7)
        works(isg)
    return told


@fault("a repair beside a running daemon", "everything: nothing is touched")
def repair_beside(isg: Isg) -> str:
    with isg.daemon():
        return said(isg("doctor", "--repair"), 7)


@lru_cache(maxsize=1)
def _deaths(isg: Isg) -> dict[str, str]:
    """What one daemon says when its actors are killed, one after another; by the actor's name."""
    told = {}
    with isg.daemon() as daemon:
        for name in ("writer", "query-0", "watcher"):
            daemon.family()[name].kill()
            line = until(lambda: next((e for e in daemon.errors if f"{name} ended" in e), ""), "it is told")  # noqa: B023
            (isg.cwd / "src" / "late.rs").write_text(f"pub fn after_{name[:5]}() {{}}\n")
            until(lambda: _is_seen(isg, f"after_{name[:5]}"), "a save is seen", 60)  # noqa: B023
            works(isg)
            told[name] = steady(line, isg)
    return told


def _is_seen(isg: Isg, name: str) -> bool:
    return isg("query", "where-defined", name, "--sync").status == 0


def _killed(isg: Isg, name: str) -> str:
    return _deaths(_first_of(isg))[name]


_first: list[Isg] = []


def _first_of(isg: Isg) -> Isg:
    """One project for all the rows that look at one daemon."""
    _first.append(isg)
    return _first[0]


@fault("the writer is killed", "every acknowledged change; it comes back by itself")
def writer_killed(isg: Isg) -> str:
    return _killed(isg, "writer")


@fault("the query process is killed", "clients ask again by themselves; it comes back")
def query_killed(isg: Isg) -> str:
    return _killed(isg, "query-0")


@fault("the watcher is killed", "what was saved meanwhile is found by the scan that it begins with")
def watcher_killed(isg: Isg) -> str:
    return _killed(isg, "watcher")


@fault("the writer hangs", "answers from the version that is there; what was saved meanwhile comes after")
def writer_hangs(isg: Isg) -> str:
    return hung(isg, "writer")


@fault("the watcher hangs", "answers from the version that is there; what was saved meanwhile comes after")
def watcher_hangs(isg: Isg) -> str:
    return hung(isg, "watcher")


@fault("the query process hangs", "nothing is answered meanwhile; no question is lost that is asked again")
def query_hangs(isg: Isg) -> str:
    return hung(isg, "query-0")


@fault(
    "both parsers hang", "answers from the version that is there; they are killed after 20 s, and others come"
)
def parsers_hang(isg: Isg) -> str:
    return hung(isg, "parser-0", "parser-1")


def hung(isg: Isg, *names: str) -> str:
    """What a question that wants everything saved is told while an actor is stopped."""
    with isg.daemon("--parsers", "2") as daemon:
        family = daemon.family()
        for name in names:
            family[name].suspend()
        with open(isg.cwd / "src" / "lib.rs", "a") as file:
            file.write("pub fn meanwhile() {}\n")
        told = said(isg("query", "callees", "add", "--sync", "--timeout-ms", "1500"), 4)
        if not names[0].startswith("query"):
            works(isg)
        for name in names:
            family[name].resume()
        until(lambda: _is_seen(isg, "meanwhile"), "what was saved meanwhile is seen", 60)
        works(isg)
    return told


def starve(process: psutil.Process, more: int) -> None:
    """Allow a process so many bytes more than it has."""
    room = process.memory_info().vms + more
    process.rlimit(psutil.RLIMIT_AS, (room, room))


def many(path: Path, count: int, body: str = "") -> None:
    """A file of so many functions."""
    path.write_text("".join(f"pub fn many_{n}() {{{body}}}\n" for n in range(count)))


def starved(isg: Isg, name: str, *options: str) -> str:
    """What is said of an actor that has no memory for a file, which its successor takes in."""
    with isg.daemon(*options) as daemon:
        starve(daemon.family()[name], 100_000)
        many(isg.cwd / "src" / "farm.rs", 5_000, " add(1, 2); ")
        told = until(lambda: next((e for e in daemon.errors if f"{name} ended" in e), ""), "it is told", 60)
        follows(isg, "late")
    return told


@fault("the query process may have no more memory", "the others' questions: another process answers them")
def query_starved(isg: Isg) -> str:
    # Names that take more to list than it is allowed.
    many(isg.cwd / "src" / "many.rs", 20_000)
    with isg.daemon() as daemon:
        starve(daemon.family()["query-0"], 500_000)
        told = said(isg("query", "list", "--limit", "0"), 70)
        works(isg)
    return told


@fault("the writer may have no more memory", "the graph of before; its successor takes the change in")
def writer_starved(isg: Isg) -> str:
    return starved(isg, "writer")


@fault("a parser may have no more memory", "every file: another parser reads it")
def parser_starved(isg: Isg) -> str:
    return starved(isg, "parser-0", "--parsers", "1")


@fault(
    "the daemon hangs, and supervisord",
    "everything but new starts: what was killed meanwhile comes back after",
)
def daemon_hangs(isg: Isg) -> str:
    with isg.daemon() as daemon:
        family = daemon.family()
        held = [psutil.Process(daemon.process.pid), family["supervisord"]]
        for process in held:
            process.suspend()
        follows(isg, "meanwhile")
        family["query-0"].kill()
        for process in held:
            process.resume()
        follows(isg, "afterwards")
        return until(lambda: next((e for e in daemon.errors if "query-0 ended" in e), ""), "it is told", 60)


@fault("a command of another release asks a daemon", "the daemon goes on for its own")
def newer_command(isg: Isg) -> str:
    with isg.daemon():
        told = said(isg("query", "callees", "add", PYTHONPATH=str(another_release(isg))), 70)
        works(isg)
    return told


@fault("a daemon of another release is asked", "the daemon goes on for its own")
def newer_daemon(isg: Isg) -> str:
    with isg.daemon(PYTHONPATH=str(another_release(isg))):
        return said(isg("query", "callees", "add"), 70)


def another_release(isg: Isg) -> Path:
    """What makes every Python process that has it on its path one of another protocol version."""
    directory = isg.cwd.parent / "another"
    directory.mkdir(exist_ok=True)
    (directory / "sitecustomize.py").write_text(
        "import isg_protocol.version as version\nversion.PROTOCOL_VERSION += 1\n"
    )
    return directory


@fault("a subscriber does not read", "everything: what it does not take is dropped for it alone")
def slow_subscriber(isg: Isg) -> str:
    with isg.daemon() as daemon, zmq.Context() as context, context.socket(zmq.SUB) as deaf:
        deaf.set(zmq.RCVHWM, 1)
        deaf.set(zmq.LINGER, 0)
        deaf.subscribe(b"")
        deaf.connect(place.Workspace(str(isg.cwd), home(isg)).socket("versions"))
        assert deaf.poll(10_000)
        before = daemon.family()["writer"].memory_info().rss
        for number in range(8):
            follows(isg, f"late_{number}")
        assert daemon.family()["writer"].memory_info().rss < before + 50_000_000
        return steady_update(daemon.expect("Updated"))


@fault("a client goes away in the middle of an export", "everything; the snapshot that it held is let go of")
def client_vanishes(isg: Isg) -> str:
    many(isg.cwd / "src" / "many.rs", 20_000)
    with isg.daemon() as daemon:
        asker = subprocess.Popen(
            isg.line("export"), cwd=isg.cwd, env=isg.environment(), stdout=subprocess.PIPE
        )
        assert asker.stdout is not None
        assert asker.stdout.read(1000)
        asker.kill()
        asker.wait()
        asker.stdout.close()
        follows(isg, "late")
        return steady_update(daemon.expect("lib.rs"))


def steady_update(line: str) -> str:
    return re.sub(r"\(\d+\.\d ms\)", "(T ms)", re.sub(r"\d+ nodes", "N nodes", line))


@fault("supervisord is killed", "the graph; the daemon ends and says so")
def supervisor_killed(isg: Isg) -> str:
    with isg.daemon() as daemon:
        daemon.family()["supervisord"].kill()
        daemon.process.wait(timeout=60)
        told = _last(daemon)
    with isg.daemon():
        works(isg)
    return told


@fault("a lock of a process that is gone", "nothing stands in the way")
def stale_lock(isg: Isg) -> str:
    (home(isg) / "daemon.lock").write_text("4711 daemon\n")
    (home(isg) / "lock").write_text("4712 writer\n")
    works(isg)
    return said(isg("ingest", "."), 0)


# --- sources ----------------------------------------------------------------------------------------------


@fault("a source that is not there", "the graph of before")
def source_missing(isg: Isg) -> str:
    told = said(isg("ingest", "nowhere"), 6)
    works(isg)
    return told


@fault("a file that is not UTF-8", "the other files")
def not_utf8(isg: Isg) -> str:
    (isg.cwd / "src" / "bad.rs").write_bytes(b'pub fn f() { "\xff\xfe" }\n')
    return said(isg("ingest", "."), 0)


@fault("a file that is too large", "the other files")
def too_large(isg: Isg) -> str:
    (isg.cwd / "src" / "huge.rs").write_bytes(b"// x\n" * (LARGE // 2))
    return said(isg("ingest", "."), 0)


@fault("a file with a name that is not UTF-8", "the other files")
def bad_name(isg: Isg) -> str:
    with open(os.fsencode(isg.cwd / "src") + b"/\xff.rs", "wb") as file:
        file.write(b"pub fn f() {}\n")
    return said(isg("ingest", "."), 0)


@fault("nesting 20,000 deep", "the other files, and the rest of this one")
def nested(isg: Isg) -> str:
    (isg.cwd / "src" / "deep.rs").write_text(f"fn f() {{ {'(' * 20_000}1{')' * 20_000} }}\nfn g() {{}}\n")
    told = said(isg("ingest", "."), 0)
    assert isg("query", "where-defined", "g").status == 0
    return told


@fault("a line of 5 MB", "everything")
def long_line(isg: Isg) -> str:
    (isg.cwd / "src" / "long.rs").write_text(
        f'pub const C: &str = "{"x" * 5_000_000}"; pub fn after() {{}}\n'
    )
    told = said(isg("ingest", "."), 0)
    assert isg("query", "where-defined", "after").status == 0
    return told


@fault("a macro that calls itself for ever", "everything but what it would have made")
def macro_bomb(isg: Isg) -> str:
    (isg.cwd / "src" / "bomb.rs").write_text(
        "macro_rules! b { ($($t:tt)*) => { b!($($t)* $($t)*); b!($($t)* x); } }\nb!(1);\nfn f() { b!(2) }\n"
    )
    return said(isg("ingest", "."), 0)


@fault("a file that ends every parser that reads it", "the other files; it is tried again when it changes")
def parser_killer(isg: Isg) -> str:
    long = "".join(
        f"pub fn many_{n}(a: u32) -> u32 {{ if a > {n} {{ a }} else {{ {n} }} }}\n" for n in range(40_000)
    )
    with isg.daemon("--parsers", "1") as daemon:
        (isg.cwd / "src" / "killer.rs").write_text(long)

        def quarantined() -> list[dict[str, str]]:
            parser = daemon.children().get("parser-0")
            with contextlib.suppress(psutil.Error):
                if parser is not None and parser.cpu_times().user > 0.7:
                    parser.send_signal(signal.SIGSEGV)
            found: list[dict[str, str]] = isg.json("status")["quarantined"]
            return found

        [row] = until(quarantined, "it is given up on", 100)
        works(isg)
        (isg.cwd / "src" / "killer.rs").write_text("pub fn harmless() {}\n")
        until(lambda: _is_seen(isg, "harmless"), "it is read again", 60)
    return f"{row['file']}: {row['reason']}"


@fault("a file that changes while it is read", "every version of it that stood still is seen in the end")
def changing_file(isg: Isg) -> str:
    with isg.daemon():
        with open(isg.cwd / "src" / "farm.rs", "w") as file:
            for number in range(2_000):
                file.write(f"pub fn torn_{number}() {{\n")
                file.flush()
                file.write("}\n")
                file.flush()
        until(lambda: _is_seen(isg, "torn_1999"), "the last of it is seen", 60)
        assert isg.json("status")["partial"] == []
        fresh = Isg(isg.state.with_name("fresh"), isg.cwd)
        assert fresh("ingest", ".").status == 0
        assert isg("export").out == fresh("export").out
    return "(nothing)"


@fault("devices and files of NUL bytes in the tree", "the other files")
def devices(isg: Isg) -> str:
    (isg.cwd / "src" / "zero.rs").symlink_to("/dev/zero")
    (isg.cwd / "src" / "nul.rs").write_bytes(b"\0" * 100_000)
    told = said(isg("ingest", "."), 0)
    works(isg)
    return told


@fault("links in a circle, a pipe and a socket in the tree", "everything; they are passed over")
def odd_files(isg: Isg) -> str:
    (isg.cwd / "src" / "around").symlink_to(isg.cwd)
    (isg.cwd / "src" / "out").symlink_to("/")
    os.mkfifo(isg.cwd / "src" / "pipe.rs")
    here = os.open(isg.cwd / "src", os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(f"/proc/self/fd/{here}/socket.rs")
    os.close(here)
    return said(isg("ingest", "."), 0)


@fault("a dump with paths out of it", "its other files")
def dump_traversal(isg: Isg) -> str:
    return dump(
        isg, b"FILE: ../../evil.rs\nfn f() {}\nFILE: /etc/evil.rs\nfn g() {}\nFILE: a.rs\nfn h() {}\n"
    )


@fault("a text that is no dump", "the graph of before")
def no_dump(isg: Isg) -> str:
    return dump(isg, b"hello\n", 6)


@fault("the watched directory is deleted", "the graph, until it is back")
def root_gone(isg: Isg) -> str:
    with isg.daemon():
        moved = isg.cwd.with_name("moved")
        isg.cwd.rename(moved)
        told = said(
            isg("query", "callees", "add", "--sync", "--workspace", f"{isg.cwd}/", cwd=moved.parent), 4
        )
        moved.rename(isg.cwd)
        until(lambda: isg("query", "callees", "add", "--sync").status == 0, "it is followed again", 60)
    return told


# --- the page ---------------------------------------------------------------------------------------------


def _logs(isg: Isg) -> str:
    return "".join(path.read_text(errors="replace") for path in sorted(home(isg).rglob("*.log*")))


def _last(daemon: Daemon) -> str:
    return "\n".join(daemon.errors[-2:])


def steady(text: str, isg: Isg) -> str:
    """The words, without what differs from run to run."""
    text = text.replace(str(home(isg)) if isg.state.exists() else "-", "STATE/zoo").replace(
        str(isg.state), "STATE"
    )
    text = text.replace(str(isg.cwd), "DIR").replace(str(isg.cwd.parent), "TOP")
    text = re.sub(r"(process|kill|pid|Process) \d+", r"\1 PID", text)
    text = re.sub(r"\(pid \d+\)", "(pid PID)", text)
    text = re.sub(r"in \d+\.\d+ s", "in T s", text)
    text = re.sub(r"element #\d+", "element #N", text)
    text = re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z?", "TIME", text)
    return "\n".join(
        line.rstrip() for line in text.strip().splitlines() if not re.match(r"\s*\d+ of \d+", line)
    )


def row(each: Fault, told: str) -> str:
    return f"### {each.what[0].upper()}{each.what[1:]}\n\n```\n{told}\n```\n\nKept: {each.kept}.\n"


@pytest.mark.parametrize("each", FAULTS, ids=lambda each: each.make.__name__)
def test_a_fault_is_said_as_the_page_has_it_and_what_matters_is_kept(each: Fault, tmp_path: Path) -> None:
    isg = Isg(tmp_path / "state", plant(tmp_path / "zoo"))
    assert isg("ingest", ".").status == 0
    told = row(each, steady(each.make(isg), isg))
    if os.environ.get("ISG_FAULTS") == "write":
        with open(PAGE, "a") as page:
            page.write(f"\n{told}")
        return
    assert told in PAGE.read_text()


def test_the_page_has_no_other_rows() -> None:
    assert PAGE.read_text().count("\n### ") == len(FAULTS)
