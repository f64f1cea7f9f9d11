"""A session of a coding agent with `isg mcp`, as Markdown: find, context, an edit, what it broke, its impact.

    python examples/mcp_session.py TREE NAME OLD NEW > docs/mcp-session.md

works on a copy of TREE: it asks about NAME, then replaces the text OLD by NEW in the file that defines it.
The client is the official SDK's own (`pip install 'isg[mcp]'`).
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import psutil
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from isg_client import place

LINES_SHOWN_MAX = 40


async def session(tree: Path, name: str, old: str, new: str) -> None:
    server = StdioServerParameters(
        command=sys.executable, args=["-m", "isg_cli.main", "mcp"], cwd=str(tree), env=dict(os.environ)
    )
    async with Client(stdio_client(server)) as client:

        async def call(tool: str, **arguments: Any) -> str:
            result = await client.call_tool(tool, arguments)
            text = "".join(part.text for part in result.content if part.type == "text")
            lines = text.split("\n")
            if len(lines) > LINES_SHOWN_MAX:
                more = len(lines) - LINES_SHOWN_MAX
                lines = [*lines[: LINES_SHOWN_MAX - 1], f"… {more} more lines", lines[-1]]
            print(f"**{tool}** `{json.dumps(arguments)}`\n\n```text", *lines, "```\n", sep="\n")
            return text

        found = await call("find", name=name)
        await call("context", symbols=[name], tokens=1200)
        file = tree / found.split("\n")[1]
        print(f"*The agent replaces `{old}` by `{new}` in {file.relative_to(tree)}.*\n")
        file.write_text(file.read_text().replace(old, new))
        await call("impact")
        print("*It takes the edit back.*\n")
        file.write_text(file.read_text().replace(new, old))
        await call("impact")
        await call("impact", symbol=name, no_tests=True, limit=12)


def main(words: list[str]) -> None:
    source, name, old, new = words
    with tempfile.TemporaryDirectory() as top:
        tree = Path(top) / Path(source).name
        shutil.copytree(source, tree, ignore=shutil.ignore_patterns(".git", "target"))
        git = ["git", "-c", "user.name=agent", "-c", "user.email=agent@example.com"]
        for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "as it was"]):
            subprocess.run([*git, *command], cwd=tree, check=True)
        os.environ["ISG_STATE_DIR"] = str(Path(top) / "state")
        print(f"# A session with `isg mcp`\n\nMade by `examples/mcp_session.py` on a copy of {tree.name}.\n")
        asyncio.run(session(tree, name, old, new))
        pid = place.running(place.choose(f"{tree}/"))
        if pid is not None:  # it would end by itself, but its state lies in a directory that goes now
            daemon = psutil.Process(pid)
            daemon.terminate()
            psutil.wait_procs([daemon], timeout=30)


if __name__ == "__main__":
    main(sys.argv[1:])
