"""A writer's work in one process: facts in, linked, stored; what a reader sees of it. No actors."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping as Texts
from pathlib import Path
from typing import Any

from isg_graph.link.linker import Linker
from isg_graph.query.arguments import QueryArguments
from isg_graph.query.table import answer
from isg_protocol.graph import FileEntry
from isg_services.query.mapping import Mapping
from isg_services.writer.store import Commit, FileChange, Store
from support.rust import facts_of


class Workspace:
    """The sources of a tree and the saved graph of them. `save` is one edit, as the writer takes it."""

    def __init__(self, directory: Path, texts: Texts[str, str]) -> None:
        self.directory = directory
        self.store = Store(directory / "live")
        self.linker = Linker()
        self.texts: dict[str, str] = {}
        self.revision = 0
        self.save(**texts)

    def save(self, **texts: str | None) -> Commit:
        """Files by path with their new text, None for one that is gone."""
        gone = [path for path, text in texts.items() if text is None and path in self.texts]
        kept = {path: text for path, text in texts.items() if text is not None}
        for path in gone:
            self.linker.remove(path)
            del self.texts[path]
        for path, text in kept.items():
            self.linker.put(path, facts_of(path, text))
        self.texts |= kept
        self.revision += 1
        return self.store.commit(
            self.linker.link(),
            files=[self._file(path, text) for path, text in kept.items()],
            gone=gone,
            mentions=self.linker.mentions,
        )

    def become(self, texts: Texts[str, str]) -> Commit:
        """The whole tree turns into another."""
        changed: dict[str, str | None] = {p: t for p, t in texts.items() if self.texts.get(p) != t}
        changed.update({path: None for path in self.texts if path not in texts})
        return self.save(**changed)

    def start_anew(self) -> Commit:
        """The writer goes down and comes up: a new linker, the graph as a whole over the stored one."""
        self.store.close()
        self.store = Store(self.directory / "live")
        self.linker = Linker()
        for path, text in self.texts.items():
            self.linker.put(path, facts_of(path, text))
        return self.store.commit(self.linker.link(), whole=True, mentions=self.linker.mentions)

    def ask(self, name: str, **arguments: Any) -> dict[str, Any]:
        """A query's answer, from a copy of the saved graph."""
        copy = self.directory / "copy.mdb"
        self.store.copy_durable(copy)
        with Mapping(copy, live=False) as mapping, mapping.snapshot() as view:
            return answer(view, QueryArguments(name=name, limit=0, **arguments))

    def close(self) -> None:
        self.store.close()

    def _file(self, path: str, text: str) -> FileChange:
        encoded = text.encode()
        digest = hashlib.blake2b(encoded, digest_size=16).digest()
        entry = FileEntry(path, digest, len(encoded), self.revision, text.count("\n"), [])
        return FileChange(entry, self.revision, b"facts", zlib.compress(encoded))
