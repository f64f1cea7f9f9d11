"""How a command fails: what is wrong, why, the exact next command, the nearest names, the exit status.

Owns the one exception that the commands raise themselves and the one place where any failure (the
commands', the client's, the pipeline's: whatever carries a `code` of isg_protocol.error) is printed.
Invariant: with `--format json` the failure document is the only thing on stdout; as text it goes to
stderr and stdout stays empty. Deliberately absent: tracebacks, but for ISG_DEBUG=1.
"""

from __future__ import annotations

import json
import os
import re
import sys
from typing import Any

from isg_protocol.error import EXIT_CODES

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]|[\ud800-\udfff]")
SHOWN_CHARACTERS_MAX = 2_000


class Failed(Exception):
    """A command cannot go on. `code` is of isg_protocol.error.EXIT_CODES, `hint` the exact next command,
    `candidates` are node rows (the nearest names, or the entities a name may mean)."""

    def __init__(
        self, code: str, message: str, hint: str, candidates: list[dict[str, Any]] | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint
        self.candidates = candidates or []


def usage(message: str, hint: str) -> Failed:
    """The failure of a command line that says nothing isg can do."""
    return Failed("usage", message, hint)


def printable(text: str) -> str:
    """`text` on one line, its control characters escaped, cut where it is absurdly long."""
    if len(text) > SHOWN_CHARACTERS_MAX:
        text = text[: SHOWN_CHARACTERS_MAX - 1] + "…"
    return CONTROL.sub(lambda match: f"\\x{ord(match.group()):02x}", text)


def report(error: BaseException, *, as_json: bool, workspace: str | None = None) -> int:
    """Print `error` where failures belong and return the exit status of the command.

    `workspace` is the --workspace of the command line, which the next command needs too.
    An exception without a known `code` is our own fault: code "internal", exit 70, one line and how to
    report it.
    """
    code = getattr(error, "code", None)
    if not isinstance(code, str) or code not in EXIT_CODES:
        code, message = "internal", f"{type(error).__name__}: {error}"
        again = " ".join(["isg", *map(_quoted, sys.argv[1:])])
        hint = f"ISG_DEBUG=1 {again} ; report what it prints: this is a fault of isg, not of your sources"
    else:
        message, hint = str(error), _in_workspace(str(getattr(error, "hint", "")), workspace)
    if os.environ.get("ISG_DEBUG") == "1":
        import traceback

        traceback.print_exception(error, file=sys.stderr)
    candidates = list(getattr(error, "candidates", None) or [])
    if as_json:
        document = {"code": code, "message": message, "hint": hint, "candidates": candidates}
        # Plain ASCII: a name with half a surrogate pair must not become a second failure.
        sys.stdout.write(json.dumps({"error": document}, separators=(",", ":")) + "\n")
        sys.stdout.flush()
    else:
        sys.stderr.write(_text(code, message, hint, candidates))
    return EXIT_CODES[code]


def _in_workspace(hint: str, workspace: str | None) -> str:
    """The next command, in the workspace of this one. Help has none, and some hints are advice in words."""
    if workspace is None or not hint.startswith(("isg query ", "isg generate-context ", "isg ingest ")):
        return hint
    if hint.endswith("--help") or "--workspace" in hint or hint.startswith("isg ingest DIRECTORY, "):
        return hint
    return f"{hint} --workspace {_quoted(workspace)}"


def _text(code: str, message: str, hint: str, candidates: list[dict[str, Any]]) -> str:
    # A message may have several lines (what, then why); each is escaped on its own.
    what, *why = [printable(line) for line in message.splitlines()] or [code]
    lines = [f"isg: {what}", *(f"  {line.strip()}" for line in why)]
    if candidates:
        from isg_cli.render import node_lines

        lines.append("  it may mean:" if code == "ambiguous" else "  nearest names:")
        lines += [f"    {line}" for line in node_lines(candidates)]
    if hint:
        lines.append(f"  next: {printable(hint)}")
    return "\n".join(lines) + "\n"


def _quoted(argument: str) -> str:
    import shlex

    return shlex.quote(printable(argument))
