"""E: what a user sees of each fault, and what is kept. docs/faults.md is what this file saw.

Each row makes a fault, says what was printed, and asserts what is kept. The page holds the words with what
differs from run to run taken out; `ISG_FAULTS=write` writes it anew.
"""

from __future__ import annotations

import os
import re
import resource
import socket
import subprocess
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pytest

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
