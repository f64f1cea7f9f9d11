"""Who answers an agent: the workspace's daemon, started where none runs.

Owns finding it, starting it, waiting for its first scan, and keeping it while the agent is connected.
Invariant: an answer covers everything saved before the question, or says why not. Deliberately absent: the
daemon's own life (isg_cli.daemon); a daemon that this started ends by itself when nobody asks any more.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from threading import Lock
from typing import TYPE_CHECKING, Any

from isg_cli import failure
from isg_cli.ask import Embedded

if TYPE_CHECKING:
    from isg_client.client import Client
    from isg_client.place import Workspace
    from isg_protocol.message import ContextQuery, Query

IDLE_EXIT_SECONDS = 600
KEPT_EVERY_SECONDS = 120
FIRST_SCAN_SECONDS_MAX = 120
START_SECONDS_MAX = 20
LOOK_SECONDS = 0.05
TIMEOUT_MS = 20_000


class Door:
    """The way to a workspace's answers. For several threads."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        record = workspace.read()
        self.root: str | None = os.getcwd() if record is None else record.root
        """None for a dump: there is nothing to watch, and the saved graph answers."""
        self._turn = Lock()
        self._client: Client | None = None

    def ask(self, request: Query | ContextQuery) -> tuple[dict[str, Any], str | None]:
        """The answer, and a note where it may not cover everything saved. Raises what has a code."""
        if self.root is None:
            return self._saved(request), None
        client = self._ready()
        request.sync = True
        try:
            return client.ask(request), None
        except Exception as error:
            if getattr(error, "code", None) != "stale":
                raise
            request.sync = False
            return client.ask(request), f"perhaps not the last save: {error}"

    def keep(self) -> None:
        """Let the daemon know that somebody is still there; no question is lost where there is none."""
        from isg_client.error import IsgError

        if self._client is not None:
            try:
                self._client.status()
            except IsgError:
                return

    def close(self) -> None:
        if self._client is not None:
            self._client.close()

    def _ready(self) -> Client:
        """A client of a daemon that has a graph."""
        from isg_client import place
        from isg_client.client import Client

        with self._turn:
            if self._client is None or place.running(self.workspace) is None:
                if place.running(self.workspace) is None:
                    self._start()
                self._client = self._client or Client(self.workspace, timeout_ms=TIMEOUT_MS)
                self._await_graph(self._client)
            return self._client

    def _start(self) -> None:
        """Start a daemon and wait until it holds the workspace. Raises failure.Failed with what it said."""
        from isg_client import place

        assert self.root is not None
        command = [
            sys.executable, "-m", "isg_cli.main", "daemon", "--watch", self.root,
            "--workspace", self.workspace.name, "--idle-exit", str(IDLE_EXIT_SECONDS),
        ]  # fmt: skip
        self.workspace.make()
        with open(self.workspace.logs / "daemon.err", "wb") as errors:
            started = subprocess.Popen(
                command,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS_MAX
        while place.running(self.workspace) is None:
            # Another door may have started one at the same moment; then ours is refused.
            if started.poll() is not None and place.running(self.workspace) is None:
                said = (self.workspace.logs / "daemon.err").read_text(errors="replace").strip()
                raise failure.Failed(
                    "internal", f"the daemon ended at once: {said}", f"isg daemon --watch {self.root}"
                )
            if time.monotonic() > deadline:
                raise failure.Failed(
                    "timeout",
                    f"the daemon did not start within {START_SECONDS_MAX} s",
                    f"isg daemon --watch {self.root}",
                )
            time.sleep(LOOK_SECONDS)

    def _await_graph(self, client: Client) -> None:
        """Wait for the first scan. Raises failure.Failed where it takes too long."""
        from isg_client.error import IsgError
        from isg_protocol.message import Query

        deadline = time.monotonic() + FIRST_SCAN_SECONDS_MAX
        while time.monotonic() < deadline:
            try:
                client.ask(Query(name="list", limit=1, sync=True))
                return
            except IsgError as error:
                if error.code not in ("nothing", "timeout", "stale"):
                    raise
            time.sleep(LOOK_SECONDS)
        raise failure.Failed(
            "nothing", f"the first scan of {self.root} is still running", "ask again in a minute"
        )

    def _saved(self, request: Query | ContextQuery) -> dict[str, Any]:
        from isg_services.query.local import LocalAsker

        with LocalAsker(self.workspace) as opened:
            return Embedded(opened, TIMEOUT_MS).ask(request)
