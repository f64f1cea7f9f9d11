"""`isg mcp`: an MCP server on standard input and output, for coding agents."""

from __future__ import annotations

from argparse import Namespace

from isg_cli import failure, option


def parse(words: list[str]) -> Namespace:
    parser = option.Parser(
        prog="isg mcp",
        description="Serve the workspace's graph to a coding agent (Model Context Protocol, on stdin and\n"
        "stdout). Starts a daemon for the directory where none runs; that one ends by itself when nobody\n"
        "asks any more.",
        epilog="examples:\n  claude mcp add isg -- isg mcp\n"
        '  {"mcpServers": {"isg": {"command": "isg", "args": ["mcp", "--workspace", "/path/to/tree"]}}}',
    )
    parser.add_argument(
        "--workspace", metavar="W", help="a workspace's name, or its directory (with a /); or ISG_WORKSPACE"
    )
    return parser.parse_args(words)


def run(arguments: Namespace) -> int:
    """Serve until standard input ends. Raises failure.Failed without the SDK."""
    from isg_cli.agent.door import Door

    workspace = option.workspace(arguments)
    try:
        from isg_cli.agent.server import serve
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in ("mcp", "mcp_types", "anyio"):
            raise
        raise failure.Failed(
            "usage", "the MCP server needs the extra `mcp`, which is not installed", "pip install 'isg[mcp]'"
        ) from error
    door = Door(workspace)
    try:
        serve(door)
    finally:
        door.close()
    return 0
