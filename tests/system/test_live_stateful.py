"""R2: whatever happens to a watched tree, the live export is that of a fresh build, byte for byte.

A real daemon on a real directory; after each operation a client asks for everything saved before, and what
it gets is held against a link of the files as they are. `ISG_LIVE_SEED` and `ISG_LIVE_OPERATIONS` choose
another run of the test; a longer one, with a line now and then:

    python tests/system/test_live_stateful.py --operations 10000 --seed 1
    python tests/system/test_live_stateful.py --operations 200 --tree DIR     (edits of a copy of a real tree)
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from isg_client import Client, place
from support.fresh import fresh_export, source_names
from support.isg import Isg
from support.rust_project import Author, Project

OPERATIONS = int(os.environ.get("ISG_LIVE_OPERATIONS", "40"))
SEED = int(os.environ.get("ISG_LIVE_SEED", "11"))
SWITCH_FILES_MIN = 2
PROJECT_EDITS_MAX = 40
"""After so many edits an author begins another project: texts grow with every edit."""


class Tree:
    """A directory under edits, and the story of what was done to it."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.dice = random.Random(seed)
        self.seed = seed
        self.story: list[str] = []
        self.past: list[dict[str, bytes]] = []
        self._begin()

    def _begin(self) -> None:
        self.author = Author(self.seed)
        self.project: Project = self.author.project()
        self.edits = 0
        self.become(self._texts())

    def operate(self) -> None:
        """One operation, of any kind."""
        kinds: list[tuple[int, str, Callable[[], None]]] = [
            (10, "edit", self._edit),
            (2, "go back to another state", self._switch),
            (1, "rename a directory and back", self._rename_directory),
            (1, "break a file", self._break),
            (1, "remove a file", self._remove),
            (1, "add what is no source", self._other),
            (1, "ignore a file", self._ignore),
        ]
        weights = [weight for weight, _, _ in kinds]
        (_, told, act) = self.dice.choices(kinds, weights)[0]
        self.story.append(told)
        act()

    def files(self) -> dict[str, bytes]:
        """What a fresh build would read."""
        ignored = set()
        rules = self.root / ".gitignore"
        if rules.exists():
            ignored = set(rules.read_text().split())
        found = {}
        for path in sorted(self.root.rglob("*")):
            name = path.relative_to(self.root).as_posix()
            if path.is_file() and (name.endswith(".rs") or path.name == "Cargo.toml"):
                if f"/{name}" not in ignored:
                    found[name] = path.read_bytes()
        return found

    def become(self, texts: dict[str, bytes]) -> None:
        """Bring the directory's sources to these, each in one of the ways that editors have."""
        now = {name for name in self._there() if name not in texts}
        for name in sorted(now):
            (self.root / name).unlink()
        for name, text in texts.items():
            path = self.root / name
            if path.exists() and path.read_bytes() == text:
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            self._write(path, text)

    def _there(self) -> list[str]:
        return source_names(self.root)

    def _write(self, path: Path, text: bytes) -> None:
        match self.dice.randrange(4):
            case 0:
                path.write_bytes(text)
            case 1:  # in pieces, as a slow writer does
                half = len(text) // 2
                with path.open("wb") as file:
                    file.write(text[:half])
                    file.flush()
                    file.write(text[half:])
            case 2:  # removed and made again
                path.unlink(missing_ok=True)
                path.write_bytes(text)
            case _:
                beside = path.with_name(f".{path.name}~")
                beside.write_bytes(text)
                beside.replace(path)

    def _texts(self) -> dict[str, bytes]:
        return {name: text.encode() for name, text in self.project.files().items()}

    # --- operations

    def _edit(self) -> None:
        self.past.append(self.files())
        self.edits += 1
        if self.edits % PROJECT_EDITS_MAX == 0:
            self.author = Author(self.dice.randrange(2**32))
            self.project = self.author.project()
        else:
            done, self.project = self.author.edit(self.project)
            self.story[-1] += f": {done}"
        self.become(self._texts())

    def _switch(self) -> None:
        if self.past:
            self.become(self.dice.choice(self.past[-20:]))

    def _rename_directory(self) -> None:
        found = sorted({path.parent for path in self.root.rglob("*.rs")} - {self.root})
        if found:
            chosen = self.dice.choice(found)
            moved = chosen.with_name(chosen.name + "_moved")
            if not moved.exists():
                chosen.rename(moved)
                if self.dice.random() < 0.5:
                    moved.rename(chosen)

    def _break(self) -> None:
        path = self.root / self.dice.choice(self._there())
        text = path.read_bytes()
        at = self.dice.randrange(len(text) + 1)
        self._write(path, text[:at] + self.dice.choice((b"{", b"}", b'"', b"/*", b"fn (", b"\0")) + text[at:])

    def _remove(self) -> None:
        there = [name for name in self._there() if name.endswith(".rs")]
        if len(there) > 1:
            (self.root / self.dice.choice(there)).unlink()

    def _other(self) -> None:
        (self.root / "src" / "notes.txt").write_text(str(self.dice.random()))
        target = self.root / "target" / "debug"
        target.mkdir(parents=True, exist_ok=True)
        (target / "made.rs").write_text("pub fn made() {}")
        shutil.rmtree(self.root / "target")

    def _ignore(self) -> None:
        rules = self.root / ".gitignore"
        if rules.exists():
            rules.unlink()
        else:
            rules.write_text("/" + self.dice.choice(self._there()) + "\n")


class RealTree(Tree):
    """The same with a copy of a real tree, and edits of its own text."""

    def _begin(self) -> None:
        self.past.append(self.files())

    def _edit(self) -> None:
        self.past = self.past[-10:]
        path = self.root / self.dice.choice([name for name in self._there() if name.endswith(".rs")])
        lines = path.read_bytes().splitlines(keepends=True) or [b"\n"]
        at = self.dice.randrange(len(lines))
        match self.dice.randrange(6):
            case 0:
                how = "lines out"
                del lines[at : at + self.dice.randint(1, 12)]
            case 1:
                how = "lines twice"
                lines[at:at] = lines[at : at + self.dice.randint(1, 12)]
            case 2:
                how = "lines of another file"
                other = (self.root / self.dice.choice(self._there())).read_bytes().splitlines(keepends=True)
                start = self.dice.randrange(len(other) + 1)
                lines[at:at] = other[start : start + self.dice.randint(1, 30)]
            case 3:
                how = "a blank line"
                lines[at:at] = [b"\n"]
            case _:
                how = "an item renamed"
                lines = self._rename_item(lines)
        self.story[-1] += f": {how} in {path.relative_to(self.root)}"
        self._write(path, b"".join(lines))
        if self.dice.random() < 0.1:
            self.past.append(self.files())

    def _rename_item(self, lines: list[bytes]) -> list[bytes]:
        text = b"".join(lines)
        names = re.findall(rb"(?:fn|struct|trait|mod|macro_rules!) (\w+)", text)
        if not names:
            return [text + b"pub fn more() {}\n"]
        name = self.dice.choice(names)
        everywhere = self.dice.random() < 0.5
        return [re.sub(rb"\b" + name + rb"\b", name + b"_", text, count=0 if everywhere else 1)]


def compare(tree: Tree, client: Client) -> None:
    """Hold the live graph against a fresh one."""
    live = b"".join(client.export(sync=True)).decode()
    wanted = fresh_export(tree.files())
    if live != wanted:
        lines = set(live.splitlines()) ^ set(wanted.splitlines())
        told = "\n".join(sorted(lines)[:6])
        pytest.fail(f"seed {tree.seed}, after {len(tree.story)}: {tree.story[-8:]}\n{told}")


def live_through(folder: Path, seed: int, operations: int, every: int = 0, real: Path | None = None) -> None:
    root = folder / "project"
    if real is None:
        root.mkdir()
    else:
        shutil.copytree(real, root, ignore=shutil.ignore_patterns("target", ".git"))
    tree = Tree(root, seed) if real is None else RealTree(root, seed)
    isg = Isg(folder / "state", root)
    os.environ["ISG_STATE_DIR"] = str(isg.state)
    with isg.daemon("--parsers", "2"), Client(place.choose(str(root)), timeout_ms=30_000) as client:
        compare(tree, client)
        for number in range(1, operations + 1):
            tree.operate()
            compare(tree, client)
            if every and number % every == 0:
                print(f"{number} operations, {len(tree.files())} files: no difference", flush=True)


def test_after_every_operation_the_live_export_is_a_fresh_builds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ISG_STATE_DIR", "")  # put back at the end
    live_through(tmp_path, SEED, OPERATIONS)


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--operations", type=int, default=1_000)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--tree", type=Path)
    given = words.parse_args()
    every = 100 if given.tree is None else 10
    with tempfile.TemporaryDirectory() as made:
        live_through(Path(made), given.seed, given.operations, every, given.tree)
