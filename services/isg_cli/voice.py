"""What `isg daemon` says: lines on stdout for the graph, on stderr for its processes; text or JSON lines.

Invariant: nobody who reads slowly, or not at all, can hold the daemon up: a line waits in a bounded queue
for a thread that writes it, and beyond the bound lines are dropped and counted.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TextIO

from isg_cli import failure

if TYPE_CHECKING:
    from isg_protocol.message import FileUpdate, Published

BATCH_FILES_MAX = 20
"""A publication of more files than this is one line."""
LINES_WAITING_MAX = 1_000
CLOSE_SECONDS_MAX = 2.0


class Printer:
    """A stream that is written by a thread of its own."""

    def __init__(self, stream: TextIO, unread: Callable[[int], str]) -> None:
        self._stream = stream
        self._unread = unread
        self._lines: queue.Queue[str | None] = queue.Queue(LINES_WAITING_MAX)
        self._dropped = 0
        self.is_unheard = False
        """Its reader is gone."""
        self._thread = threading.Thread(target=self._write, daemon=True)
        self._thread.start()

    def put(self, line: str) -> None:
        """Print it as soon as it can be; drop it where too many wait."""
        told = self._dropped
        try:
            if told:
                self._lines.put_nowait(self._unread(told))
                self._dropped = 0
            self._lines.put_nowait(line)
        except queue.Full:
            self._dropped += 1

    def close(self) -> None:
        """Wait a moment until all is written."""
        try:
            self._lines.put(None, timeout=CLOSE_SECONDS_MAX)
        except queue.Full:
            return
        self._thread.join(CLOSE_SECONDS_MAX)

    def _write(self) -> None:
        while (line := self._lines.get()) is not None:
            try:
                self._stream.write(line + "\n")
                self._stream.flush()
            except (OSError, ValueError):
                self.is_unheard = True


class Voice:
    """What the daemon says: lines on stdout for the graph, on stderr for its processes."""

    def watching(self, typed: str, root: str, workspace: str) -> None:
        raise NotImplementedError

    def ready(self, counts: dict[str, Any], seconds: float) -> None:
        raise NotImplementedError

    def published(self, event: Published) -> None:
        raise NotImplementedError

    def __init__(self) -> None:
        self.greeting: Callable[[], None] = lambda: None
        self._ends: dict[str, int] = {}
        self._lines = Printer(sys.stdout, self.unread)
        self._errors = Printer(sys.stderr, lambda count: f"isg: {count} lines before this were not read")

    def unread(self, count: int) -> str:
        """What stands in the place of so many lines that nobody read in time."""
        raise NotImplementedError

    @property
    def is_unheard(self) -> bool:
        """Whether whoever read the lines is gone."""
        return self._lines.is_unheard

    def close(self) -> None:
        """Give what is still to be printed a moment."""
        self._lines.close()
        self._errors.close()

    def _print(self, line: str) -> None:
        self._lines.put(line)

    def ended(self, actor: str, how: str, log: str) -> None:
        """An actor's end, told the first time, the second, the fourth, ...: a crash loop is no flood."""
        times = self._ends[actor] = self._ends.get(actor, 0) + 1
        if times & (times - 1):
            return
        again = f", {times} times by now" if times > 1 else ""
        self._errors.put(f"isg: {actor} ended ({how}){again}, and is started again; its log is {log}")

    def trouble(self, message: str) -> None:
        self._errors.put(f"isg: {failure.printable(message)}")


class TextVoice(Voice):
    def unread(self, count: int) -> str:
        return f"… {count} lines before this were not read"

    def watching(self, typed: str, root: str, workspace: str) -> None:
        self._print(f"Watching {failure.printable(typed)} for .rs files")

    def ready(self, counts: dict[str, Any], seconds: float) -> None:
        if "files" in counts:
            what = f"{counts['files']} files → {counts['nodes']} nodes, {counts['edges']} edges"
        else:
            what = f"version {counts['version']}"
        self._print(f"✓ Scanned {what} in {seconds:.2f} s")

    def published(self, event: Published) -> None:
        if len(event.files) > BATCH_FILES_MAX:
            slowest = max(file.elapsed_ms for file in event.files)
            self._print(f"✓ Updated {len(event.files)} files → {event.nodes} nodes in all ({slowest:.1f} ms)")
            return
        for file in event.files:
            self._print(f"✓ Updated {_name(file)} → {file.nodes} nodes ({file.elapsed_ms:.1f} ms)")


class JsonVoice(Voice):
    def unread(self, count: int) -> str:
        return f'{{"event":"unread","lines":{count}}}'

    def _line(self, event: str, **fields: Any) -> None:
        from msgspec import json

        self._print(json.encode({"event": event, **fields}).decode())

    def watching(self, typed: str, root: str, workspace: str) -> None:
        self._line("watching", directory=root, workspace=workspace, pid=os.getpid())

    def ready(self, counts: dict[str, Any], seconds: float) -> None:
        row = {key: counts.get(key) for key in ("files", "nodes", "edges", "version")}
        self._line("scanned", **row, seconds=round(seconds, 3))

    def published(self, event: Published) -> None:
        self._line(
            "updated",
            version=event.version,
            files=[
                {"file": file.path, "nodes": file.nodes, "elapsed_ms": file.elapsed_ms}
                for file in event.files
            ],
            changes=event.change_count,
            nodes=event.nodes,
            edges=event.edges,
        )


def _name(file: FileUpdate) -> str:
    return failure.printable(file.path)
