"""`isg mcp`, asked by the SDK's own client over real standard input and output."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp_types import CallToolResult, TextContent

from isg_cli.agent.tool import SCHEMAS_BYTES_MAX, TOOLS
from support.isg import COMMAND, SECONDS_MAX, Isg, plant
from support.wait import until

LIB = """\
pub mod cat;
pub mod dog;

pub fn feed(cat: &cat::Cat) -> u32 {
    cat.age() + dog::size()
}

#[cfg(test)]
mod tests {
    #[test]
    fn feeds() {
        super::feed(&crate::cat::Cat { age: 1 });
    }
}
"""
CAT = """\
pub trait Speak {
    fn speak(&self) -> u32;
}

pub struct Cat {
    pub age: u32,
}

impl Cat {
    pub fn age(&self) -> u32 {
        self.age
    }
}

impl Speak for Cat {
    fn speak(&self) -> u32 {
        self.age()
    }
}
"""
DOG = "pub fn size() -> u32 {\n    1\n}\n\npub fn age() -> u32 {\n    2\n}\n"
FILES = {
    "Cargo.toml": b'[package]\nname = "zoo"\nedition = "2021"\n',
    "src/lib.rs": LIB.encode(),
    "src/cat.rs": CAT.encode(),
    "src/dog.rs": DOG.encode(),
}
Call = Callable[..., Awaitable[CallToolResult]]


@pytest.fixture
def isg(tmp_path: Path) -> Iterator[Isg]:
    """A planted tree; the daemon that a server starts for it is ended behind the test."""
    isg = Isg(tmp_path / "state", plant(tmp_path / "zoo", FILES))
    yield isg
    for pid in daemons(isg):
        os.kill(pid, signal.SIGTERM)
    until(lambda: not daemons(isg), "the daemons are gone", SECONDS_MAX)


def daemons(isg: Isg) -> list[int]:
    """The pids of the daemons of a state directory."""
    out = subprocess.run(["pgrep", "-f", "isg_cli.main daemon"], capture_output=True, text=True, check=False)
    mine = []
    for pid in map(int, out.stdout.split()):
        try:
            environment = Path(f"/proc/{pid}/environ").read_bytes()
        except OSError:
            continue
        if f"ISG_STATE_DIR={isg.state}\0".encode() in environment:
            mine.append(pid)
    return mine


def served(isg: Isg, work: Callable[[Client, Call], Awaitable[None]]) -> None:
    """Run `work` with a client of a server in the tree."""

    async def main() -> None:
        server = StdioServerParameters(
            command=str(COMMAND), args=["mcp"], cwd=str(isg.cwd), env=isg.environment()
        )
        with anyio.fail_after(SECONDS_MAX):
            async with Client(stdio_client(server)) as client:

                async def call(tool: str, **arguments: Any) -> CallToolResult:
                    return await client.call_tool(tool, arguments)

                await work(client, call)

    anyio.run(main)


def text(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def body(result: CallToolResult) -> list[str]:
    """The lines but the last, which tells the version."""
    assert not result.is_error, text(result)
    *lines, last = text(result).split("\n")
    assert last.startswith("[v")
    return lines


def test_a_session_finds_shows_edits_and_hears_what_broke(isg: Isg) -> None:
    async def work(client: Client, call: Call) -> None:
        assert body(await call("find", name="feed")) == [
            "1 definition of feed",
            "src/lib.rs",
            "  4 zoo::feed  pub fn feed(cat: &cat::Cat) -> u32",
        ]
        assert "src/lib.rs:5     cat.age() + dog::size()" in body(await call("context", symbols=["feed"]))
        (isg.cwd / "src/dog.rs").write_text(DOG.replace("size", "height"))
        assert body(await call("impact"))[:3] == [
            "1 broken reference",
            "src/lib.rs",
            "  5 size: zoo::dog::size is gone  in zoo::feed",
        ]
        (isg.cwd / "src/dog.rs").write_text(DOG)
        assert body(await call("impact"))[0] == "0 broken references"
        assert body(await call("impact", symbol="zoo::dog::size")) == [
            "risk Low: 2 affected by zoo::dog::size (1 at hop 1, 1 at hop 2); 1 test; "
            "1 may be called from outside",
            "hop 1",
            " src/lib.rs",
            "   4 zoo::feed",
            "hop 2",
            " src/lib.rs",
            "   11 zoo::tests::feeds  test",
        ]

    served(isg, work)


def test_every_tool_answers_with_its_counts_first(isg: Isg) -> None:
    async def work(client: Client, call: Call) -> None:
        assert body(await call("refs", symbol="Cat::age")) == [
            "2 callers of zoo::cat::Cat::age",
            "src/cat.rs",
            "  17 zoo::cat::<Cat as Speak>::speak",
            "src/lib.rs",
            "  5 zoo::feed",
        ]
        assert body(await call("refs", symbol="feed", relation="callees"))[0] == "2 calls by zoo::feed"
        assert body(await call("impls", symbol="Speak")) == [
            "1 impl of zoo::cat::Speak",
            "src/cat.rs",
            "  15 zoo::cat::Cat  impl Speak for Cat",
        ]
        assert body(await call("impls", symbol="Cat"))[0] == "zoo::cat::Cat implements 1 trait"
        assert body(await call("outline", file="src/dog.rs")) == [
            "2 items in src/dog.rs",
            "  1 pub fn size() -> u32",
            "  5 pub fn age() -> u32",
        ]
        shown = body(await call("show", symbol="zoo::dog::size"))
        assert shown[0] == "function zoo::dog::size: 1 caller, 0 uses"
        assert shown[-3:] == ["  1 pub fn size() -> u32 {", "  2     1", "  3 }"]

    served(isg, work)


def test_an_ambiguous_name_is_answered_with_its_meanings_and_a_wrong_one_with_the_nearest(isg: Isg) -> None:
    async def work(client: Client, call: Call) -> None:
        ambiguous = await call("show", symbol="age")
        assert not ambiguous.is_error
        assert text(ambiguous).split("\n")[0] == "2 meanings; ask again with one of these symbols"
        assert "  10 zoo::cat::Cat::age  pub fn age(&self) -> u32" in text(ambiguous).split("\n")
        wrong = await call("show", symbol="fede")
        assert wrong.is_error
        assert "zoo::feed" in text(wrong)
        missing = await call("show")
        assert missing.is_error
        assert "'symbol' is a required property" in text(missing)

    served(isg, work)


def test_a_long_answer_goes_on_by_its_cursor(isg: Isg) -> None:
    async def work(client: Client, call: Call) -> None:
        first = text(await call("refs", symbol="Cat::age", limit=1)).split("\n")
        assert first[-1] == "[v1; as saved; shown 1 of 2, cursor 1.1]"
        second = text(await call("refs", symbol="Cat::age", limit=1, cursor="1.1")).split("\n")
        assert second[1:3] == ["src/lib.rs", "  5 zoo::feed"]
        (isg.cwd / "src/dog.rs").write_text(DOG + "pub fn more() {}\n")
        gone = await call("refs", symbol="Cat::age", limit=1, cursor="1.1")
        assert gone.is_error
        assert "the graph is at version 2 now" in text(gone)

    served(isg, work)


def test_every_symbol_that_is_shown_is_accepted_and_structure_comes_on_request(isg: Isg) -> None:
    async def work(client: Client, call: Call) -> None:
        plain = await call("outline", file="src/cat.rs")
        assert plain.structured_content is None
        asked = await call("outline", file="src/cat.rs", json=True)
        rows = asked.structured_content["outline"]["results"] if asked.structured_content else []
        assert len(rows) == 7
        for row in rows:
            shown = await call("show", symbol=row["symbol"])
            assert not shown.is_error, text(shown)
            assert row["symbol"] in text(shown).split("\n")[0]

    served(isg, work)


def test_the_tools_are_seven_read_only_and_small(isg: Isg) -> None:
    async def work(client: Client, call: Call) -> None:
        listed = (await client.list_tools()).tools
        assert [tool.name for tool in listed] == list(TOOLS)
        assert len(listed) == 7
        assert all(tool.annotations is not None and tool.annotations.read_only_hint for tool in listed)
        wire = json.dumps([tool.model_dump(by_alias=True, exclude_none=True) for tool in listed])
        assert len(wire) < SCHEMAS_BYTES_MAX

    served(isg, work)
    assert daemons(isg) == []  # nobody asked anything: none was started


def test_the_server_ends_with_its_input_and_leaves_the_daemon_to_others(isg: Isg) -> None:
    async def work(client: Client, call: Call) -> None:
        await call("find", name="feed")

    served(isg, work)
    assert len(daemons(isg)) == 1
    assert isg("query", "callers", "feed").status == 0
    ended = isg("mcp", input=b"")
    assert (ended.status, ended.out, ended.err) == (0, "", "")


def test_the_session_in_the_docs_can_be_made_again(tmp_path: Path) -> None:
    examples = Path(__file__).parents[2] / "examples"
    words = ["Keeper::take", "pub fn take(", "pub fn grab("]
    done = subprocess.run(
        [sys.executable, str(examples / "mcp_session.py"), str(examples / "menagerie"), *words],
        capture_output=True, text=True, timeout=SECONDS_MAX, check=True, cwd=tmp_path,
    )  # fmt: skip
    assert " take: menagerie::keeper::Keeper::take is gone  in " in done.stdout
    assert "0 broken references\n0 changed items since the last commit\n" in done.stdout


def test_without_the_sdk_it_is_said_how_to_get_it(isg: Isg, tmp_path: Path) -> None:
    (tmp_path / "none" / "mcp").mkdir(parents=True)
    for name in ("mcp", "mcp_types"):
        (tmp_path / "none" / f"{name}.py").write_text(f"raise ModuleNotFoundError(name={name!r})\n")
    (tmp_path / "none" / "mcp").rmdir()
    ended = isg("mcp", PYTHONPATH=str(tmp_path / "none"))
    assert ended.status == 2
    assert "pip install 'isg[mcp]'" in ended.err


def test_a_daemon_that_nobody_asks_ends_by_itself(isg: Isg) -> None:
    with isg.daemon("--idle-exit", "1") as daemon:
        assert daemon.process.wait(SECONDS_MAX) == 0
