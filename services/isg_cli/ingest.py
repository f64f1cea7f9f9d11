"""`isg ingest`: take a source in, show how far it is, name what could not be read, say what came of it."""

from __future__ import annotations

import signal
import sys
import time
from argparse import Namespace
from typing import TYPE_CHECKING

from isg_cli import failure, option

if TYPE_CHECKING:
    from isg_services.ingest import IngestReport

WARNINGS_SHOWN_MAX = 200
PROGRESS_SECONDS = 0.1


def parse(words: list[str]) -> Namespace:
    parser = option.Parser(
        prog="isg ingest",
        description="Read Rust sources and Cargo manifests into the workspace's graph, replacing it whole.",
        epilog="SOURCE is a directory, a dump (gitingest, repomix, files-to-prompt, code2prompt, bare FILE:\n"
        "lines), one .rs file, or - for a dump on standard input.\n\n"
        "examples:\n"
        "  isg ingest .\n"
        "  isg ingest ~/src/tokio --workspace tokio\n"
        "  isg ingest digest.txt --format json\n"
        "  gitingest . -o - | isg ingest - --workspace here",
    )
    parser.add_argument("source", metavar="SOURCE")
    option.common(parser)
    return parser.parse_args(words)


def run(arguments: Namespace) -> int:
    """Ingest and report. Raises failure.Failed and its kin."""
    began = time.monotonic()
    if not arguments.source:
        raise failure.usage("an empty source names nothing", "isg ingest DIR")
    workspace = option.workspace(arguments)
    from isg_services.ingest import ingest

    # A supervisor's or a script's end is Ctrl-C to us: no process is left behind at work.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    progress = _Progress() if arguments.format == "text" and sys.stderr.isatty() else None
    try:
        report = ingest(arguments.source, workspace, progress, began=began)
    finally:
        signal.signal(signal.SIGTERM, before)
        if progress is not None:
            progress.wipe()
    if arguments.format == "json":
        from isg_cli import document

        document.show(report.row())
    else:
        _say(report)
    return 0


def _say(report: IngestReport) -> None:
    """What could not be read on stderr, one line each; the last line on stdout."""
    lines = [f"{row['file']}:{row['line'] or 1}: {row['reason']}" for row in report.partial]
    lines += [f"{row['file']}: {row['reason']}" for row in report.skipped]
    for line in lines[:WARNINGS_SHOWN_MAX]:
        sys.stderr.write(f"isg: {failure.printable(line)}\n")
    if len(lines) > WARNINGS_SHOWN_MAX:
        left = len(lines) - WARNINGS_SHOWN_MAX
        sys.stderr.write(f"isg: {left} more; all of them: isg status --format json\n")
    sys.stderr.flush()
    sys.stdout.write(
        f"✓ Processed {report.files} files → {report.nodes} nodes, {report.edges} edges"
        f" in {report.seconds:.2f} s\n"
    )


class _Progress:
    """One line on a terminal, written over: how many files are in."""

    def __init__(self) -> None:
        self._next = 0.0

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + PROGRESS_SECONDS
        of = f"{done} of {total}" if total else str(done)
        sys.stderr.write(f"\r\x1b[K{of} files")
        sys.stderr.flush()

    def wipe(self) -> None:
        """Leave the line as it was before."""
        if self._next:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
