"""The tools over MCP on standard input and output, by the official SDK.

Owns the translation between the SDK's types and a tool's call. Invariant: stdout carries MCP and nothing
else; the process ends when standard input does. The only file that imports the SDK.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import anyio
import mcp_types as types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server

from isg_cli.agent.answer import call
from isg_cli.agent.door import KEPT_EVERY_SECONDS
from isg_cli.agent.tool import INSTRUCTIONS, TOOLS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from isg_cli.agent.door import Door

_ANNOTATIONS = types.ToolAnnotations(read_only_hint=True)


def tools() -> list[types.Tool]:
    """The list that a client is given."""
    return [
        types.Tool(
            name=name,
            description=tool.description,
            input_schema=tool.schema(),
            annotations=_ANNOTATIONS,
        )
        for name, tool in TOOLS.items()
    ]


def serve(door: Door) -> None:
    """Answer until standard input ends."""
    anyio.run(_serve, door)


async def _serve(door: Door) -> None:
    @asynccontextmanager
    async def kept(_: Server[Any]) -> AsyncIterator[dict[str, Any]]:
        async with anyio.create_task_group() as group:
            group.start_soon(_keep, door)
            yield {}
            group.cancel_scope.cancel()

    async def list_tools(_: Any, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=tools())

    async def call_tool(_: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        arguments = params.arguments or {}
        wrong = _wrong(params.name, arguments)
        if wrong is not None:
            return types.CallToolResult(content=[types.TextContent(text=wrong)], is_error=True)
        told = await anyio.to_thread.run_sync(call, door, params.name, arguments)
        return types.CallToolResult(
            content=[types.TextContent(text=told.text)],
            structured_content=told.answers if arguments.get("json") else None,
            is_error=told.failed,
        )

    server = Server(
        "isg",
        version=version("isg"),
        instructions=INSTRUCTIONS,
        lifespan=kept,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())


async def _keep(door: Door) -> None:
    while True:
        await anyio.sleep(KEPT_EVERY_SECONDS)
        await anyio.to_thread.run_sync(door.keep)


def _wrong(name: str, arguments: dict[str, Any]) -> str | None:
    """What is wrong with a call, in the words of the schema."""
    import jsonschema

    tool = TOOLS.get(name)
    if tool is None:
        return f"there is no tool {name!r}; there are {', '.join(TOOLS)}"
    try:
        jsonschema.validate(arguments, tool.schema())
    except jsonschema.ValidationError as error:
        where = ".".join(str(part) for part in error.absolute_path)
        return f"{name}: {where + ': ' if where else ''}{error.message}"
    return None
