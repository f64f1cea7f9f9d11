"""The author beside a load: one file of the watched tree saved again and again, and when each save was seen.

Each save adds a function of a new name behind the file's text and is renamed into place; a question that asks
for everything saved then tells when it is in the answers. Invariant: the file ends as it began.
"""

from __future__ import annotations

import threading
import time
from array import array
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isg_cli import failure
from isg_cli.loading.report import percentiles

if TYPE_CHECKING:
    from isg_client.place import Workspace

SEEN_MS_MAX = 30_000


class Saver:
    """A thread that saves `rate` times a second, as long as the block lasts."""

    def __init__(self, workspace: Workspace, root: str | None, name: str, rate: float) -> None:
        self._workspace = workspace
        self._path = Path(root or ".") / name
        self._name = name
        self._gap = 1 / rate
        self._ended = threading.Event()
        self._seen: array[int] = array("I")
        self._lost = 0
        self._thread = threading.Thread(target=self._run, daemon=True)
        if root is None or not self._path.resolve().is_relative_to(Path(root).resolve()):
            raise failure.usage(f"{failure.printable(name)} is not in the watched directory", "isg status")
        try:
            self._text = self._path.read_bytes()
        except OSError as error:
            raise failure.Failed(
                "unreadable", f"cannot read {failure.printable(name)}: {error.strerror}", "isg query list"
            ) from error

    def __enter__(self) -> Saver:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()
        self._save(self._text)

    def told(self) -> dict[str, Any]:
        """How many saves were seen, how long it took in microseconds, and how many were not seen in time."""
        return {
            "seen": len(self._seen),
            "not_seen": self._lost,
            "seen_us": percentiles(array("I", sorted(self._seen))),
        }

    def _run(self) -> None:
        from isg_client.client import Client
        from isg_client.error import IsgError

        number = 0
        with Client(self._workspace, timeout_ms=SEEN_MS_MAX) as client:
            while not self._ended.wait(self._gap):
                number += 1
                name = f"isg_load_{number}"
                began = time.perf_counter()
                self._save(self._text + b"\npub fn %s() {}\n" % name.encode())
                try:
                    shown = client.outline(self._name, sync=True, limit=0)["results"]
                except IsgError:
                    self._lost += 1
                    continue
                if shown[-1]["name"] == name:
                    self._seen.append(int((time.perf_counter() - began) * 1e6))
                else:
                    self._lost += 1

    def _save(self, text: bytes) -> None:
        beside = self._path.with_name(f".{self._path.name}.isg-load")
        beside.write_bytes(text)
        beside.replace(self._path)
