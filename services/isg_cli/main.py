"""The `isg` command: which command is meant, and what its end means to the shell.

Owns the table of commands, the top-level help and the one boundary where failures become text and exit
statuses. Invariant: only the module of the command that was named is imported, so that a question costs
the start of Python and little more. Deliberately absent: anything a command does.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple

from isg_cli import failure, option
from isg_client import setting


class Command(NamedTuple):
    """A command's module under isg_cli and its line in the help."""

    module: str
    summary: str


COMMANDS = {
    "ingest": Command("ingest", "read a directory, a dump, one .rs file or standard input into a graph"),
    "daemon": Command("daemon", "watch a directory and keep its graph current"),
    "query": Command("query", "ask what implements, who calls, what breaks, where the cycles are, ..."),
    "generate-context": Command("context", "what to tell a language model about an entity"),
    "status": Command("status", "what the graph holds and what its processes do"),
    "health": Command("health", "whether a daemon and all its processes are well; exit status 0 or not"),
    "ready": Command("ready", "whether everything that is on disk is in the answers; --wait S waits for it"),
    "export": Command("export", "the whole graph as JSON lines, GraphML or dot"),
    "forget": Command("forget", "delete a workspace's saved graph"),
    "load": Command("load", "measure the query processes under many clients"),
    "mcp": Command("mcp", "an MCP server on standard input and output, for coding agents"),
    "completion": Command("completion", "a script that completes command lines in bash, zsh or fish"),
    "settings": Command("settings", "every setting, its value, and where that comes from"),
    "doctor": Command("doctor", "check a workspace's state and repair it"),
}
"""Every command, in the order of the help."""

EXAMPLES = """\
examples:
  isg ingest .                                    read the Rust tree here
  isg query what-implements Display               who implements a trait
  isg query blast-radius 'Router::route'          who is affected if it changes
  isg query where-defined spawn --format json     one JSON document on stdout
  isg generate-context spawn --tokens 2000        facts to put before a model
  isg daemon --watch .                            keep the graph current while you edit
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the return value is its exit status (contract.md, "Exit codes")."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # pragma: no branch - a test's capture may lack it
            stream.reconfigure(errors="backslashreplace")
    try:
        status = run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return _hang_up()
    except SystemExit as end:  # argparse's --help and --version
        return end.code if isinstance(end.code, int) else 0
    except Exception as error:
        if getattr(error, "code", None) == "interrupted":
            return 130
        try:
            return failure.report(error, as_json=wants_json(arguments), workspace=_workspace(arguments))
        except BrokenPipeError:
            return _hang_up()
    return status


def run(arguments: list[str]) -> int:
    """Parse and carry out one command line. Raises failure.Failed and its kin, SystemExit for help."""
    name, rest = _command(arguments)
    if name != "daemon":  # whose project is the directory that it watches
        setting.adopt(".")
    command = COMMANDS[name]
    module = import_module(f"isg_cli.{command.module}")
    status: int = module.run(module.parse(rest))
    return status


def wants_json(arguments: list[str]) -> bool:
    """Whether a failure of this command line belongs on stdout as JSON; read by hand because the command
    line itself may be what is wrong."""
    for at, word in enumerate(arguments):
        if word == "--":
            break
        if word == "--format=json" or (word == "--format" and arguments[at + 1 : at + 2] == ["json"]):
            return True
    return False


def _workspace(arguments: list[str]) -> str | None:
    """The --workspace of a command line that failed, read by hand as in wants_json."""
    for at, word in enumerate(arguments):
        if word == "--":
            break
        if word.startswith("--workspace="):
            return word.removeprefix("--workspace=")
        if word == "--workspace":
            return "".join(arguments[at + 1 : at + 2]) or None
    return None


def _command(arguments: list[str]) -> tuple[str, list[str]]:
    """The command's name and its arguments. Options ahead of the name are the command's own."""
    ahead: list[str] = []
    words = list(arguments)
    while words and words[0].startswith("-"):
        word = words.pop(0)
        if word in ("-h", "--help", "--version"):
            _top().parse_args([word])
        ahead.append(word)
        if word in ("--workspace", "--format") and words:
            ahead.append(words.pop(0))
    if not words:
        raise failure.usage("which command? " + ", ".join(COMMANDS), "isg --help")
    name = words.pop(0)
    if name not in COMMANDS:
        raise failure.usage(
            f"there is no command {failure.printable(name)!r}", option.nearest("isg", name, COMMANDS)
        )
    return name, [*ahead, *words]


def _top() -> ArgumentParser:
    from importlib.metadata import version

    lines = ["commands:"]
    for name, command in COMMANDS.items():
        lines.append(f"  {name:18}{command.summary}")
    parser = option.Parser(
        prog="isg",
        usage="isg COMMAND [ARGUMENT ...] [--workspace W] [--format text|json]",
        description="Live, exact architectural knowledge of Rust code: the Interface Signature Graph.",
        epilog="\n".join(lines) + "\n\n" + EXAMPLES + "\nisg COMMAND --help tells more.",
    )
    parser.add_argument("--version", action="version", version=f"isg {version('isg')}")
    return parser


def _hang_up() -> int:
    """The reader of our output went away: say nothing more, not even when the interpreter flushes."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return 130


if __name__ == "__main__":
    sys.exit(main())
