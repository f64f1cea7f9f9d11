"""R2, R9: work spread over forked processes is the work done in one, whatever becomes of them."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from isg_graph.link.linker import Linker
from isg_graph.link.share import BODIES_MIN
from isg_services.writer import spread as spreading
from isg_services.writer.spread import spread
from support.rust import facts_of, link

SHARES = 40


@pytest.fixture(autouse=True)
def several_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Children are forked on a machine of one core, too."""
    monkeypatch.setattr(spreading, "_cores", lambda: 4)


def test_every_share_is_answered_by_its_number() -> None:
    met: list[int] = []
    answers = spread(SHARES, lambda number: f"{number} {os.getpid()}".encode(), lambda: met.append(1))
    assert [int(answer.split()[0]) for answer in answers] == list(range(SHARES))
    assert met == [1]


def test_children_work_while_this_process_is_at_something_else(tmp_path: Path) -> None:
    here, began = os.getpid(), tmp_path / "began"
    os.mkfifo(began)

    def work(number: int) -> bytes:
        if os.getpid() != here:
            began.write_text("a child is at work")
        return str(os.getpid()).encode()

    def meanwhile() -> None:
        assert began.read_text()  # waits for a child
        began.unlink()

    assert set(spread(SHARES, work, meanwhile)) - {str(here).encode()}


def test_the_shares_of_a_child_that_is_killed_are_done_here() -> None:
    here = os.getpid()

    def work(number: int) -> bytes:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return str(number).encode()

    assert spread(SHARES, work, lambda: None) == [str(number).encode() for number in range(SHARES)]


def test_the_shares_of_a_child_that_fails_are_done_here() -> None:
    here = os.getpid()

    def work(number: int) -> bytes:
        if os.getpid() != here and number % 3 == 0:
            raise MemoryError
        return str(number).encode()

    assert spread(SHARES, work, lambda: None) == [str(number).encode() for number in range(SHARES)]


def test_a_child_holds_no_lock_and_no_pipe_of_the_writer(tmp_path: Path) -> None:
    here = os.getpid()
    with open(tmp_path / "lock", "w") as held:

        def work(number: int) -> bytes:
            if os.getpid() == here:
                return b"here"
            try:
                os.fstat(held.fileno())
            except OSError:
                return b"closed"
            return b"open"

        assert b"open" not in spread(SHARES, work, lambda: None)


def test_nothing_of_a_failure_here_is_left_running() -> None:
    def fail() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        spread(SHARES, lambda number: b"", fail)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def _project(result: str) -> dict[str, str]:
    """A crate of more bodies than are read in one process."""
    count = BODIES_MIN // 4 + 8
    files = {"src/lib.rs": "mod base; " + " ".join(f"mod m{i};" for i in range(4))}
    files["src/base.rs"] = (
        f"pub struct A; pub struct B; impl A {{ pub fn go(&self) {{}} }} impl B {{ pub fn go(&self) {{}} }}"
        f" pub fn make() -> {result} {{ {result} }} pub trait T {{ fn t(&self) {{}} }} impl<X> T for X {{}}"
    )
    for i in range(4):
        bodies = [f"fn f{n}() {{ let x = make(); x.go(); x.t(); open().close(); }}" for n in range(count)]
        files[f"src/m{i}.rs"] = "use crate::base::{make, T};\n" + "\n".join(bodies)
    return files


@pytest.mark.parametrize("live", [True, False])
def test_a_graph_whose_bodies_were_read_by_several_is_the_graph(live: bool) -> None:
    before, after = _project("A"), _project("B")
    linker = Linker(live=live, spread=spread)
    for path, text in before.items():
        linker.put(path, facts_of(path, text))
    linker.link()
    wanted = link(before)
    assert (linker.nodes, linker.edges, linker.opens) == (wanted.nodes, wanted.edges, wanted.opens)
    if live:  # what the children's bodies had asked finds them again
        linker.put("src/base.rs", facts_of("src/base.rs", after["src/base.rs"]))
        linker.link()
        wanted = link(after)
        assert (linker.nodes, linker.edges, linker.opens) == (wanted.nodes, wanted.edges, wanted.opens)
