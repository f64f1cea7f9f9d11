"""R7, E: the power goes while commits are not on disk yet: what is opened afterwards is a whole version that
was committed, not older than the durable one, or it is said to be damaged and built anew. Never a
mixture.

How a cut is made: after each commit the environment's file is copied as the running system sees it. What a
disk may hold once the power is back is, for each page that was written since the last sync, any of the
contents it had since then, whatever the order in which they were written; and the file may be as short as it
was at that sync. Each cut draws one such file. It is opened in a child, since a torn map may end whoever
reads it.

    python tests/integration/test_power_loss.py --cuts 500 --seed 1
"""

from __future__ import annotations

import argparse
import hashlib
import os
import pickle
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from isg_graph.view import View
from isg_services.query.mapping import Mapping
from isg_services.writer import store as store_module
from isg_services.writer.store import FileChange, Scan, Store
from support.random_graph import FILES, Model, everything

CUTS = int(os.environ.get("ISG_POWER_CUTS", "40"))
CUTS_A_HISTORY = 20
COMMITS = 14
PAGE = 4096
TEXTS = {path: f"// {path}\n".encode() * 3 for path in FILES}


class Moment(NamedTuple):
    """After a commit: the file, the version, what the graph says, and which version was durable."""

    content: bytes
    version: int
    told: str
    durable: int


class Outcome(NamedTuple):
    """Of one opening: "kept", "rebuilt", or how the child ended."""

    how: str
    version: int = 0
    told: str = ""


def say(view: View) -> str:
    return hashlib.blake2b(repr(sorted(everything(view).items())).encode()).hexdigest()


def history(directory: Path, seed: int) -> list[Moment]:
    """A store's life: commits, some of them synced. Its files stay in the directory."""
    dice, model, moments = random.Random(seed), Model(seed), []
    model.grow(dice.randrange(5, 60))
    with Store(directory / "live") as store:
        store.commit(model.whole(), files=_files(1), scan=Scan("/p", "/p", []), whole=True)
        store.sync()
        for number in range(COMMITS):
            store.commit(model.change(), files=_files(number) if dice.random() < 0.3 else ())
            if dice.random() < 0.2:
                store.sync()
            content = (directory / "live" / "data.mdb").read_bytes()
            copy = directory / "copy.mdb"
            store.copy_durable(copy)
            with Mapping(copy, live=False) as mapping, mapping.snapshot() as view:
                moments.append(Moment(content, store.version, say(view), store.durable_version))
    return moments


def _files(revision: int) -> list[FileChange]:
    from isg_protocol.graph import FileEntry

    return [
        FileChange(
            FileEntry(path, bytes([revision]) * 16, len(text), revision, 3, []), revision, b"facts", None
        )
        for path, text in TEXTS.items()
    ]


def cut(moments: list[Moment], dice: random.Random) -> tuple[bytes, list[Moment]]:
    """What the disk may hold, and the moments that it may be of."""
    last = dice.randrange(len(moments))
    durable = moments[last].durable
    possible = [m for m in moments[: last + 1] if m.version >= durable]
    size = len(possible[0].content) if dice.random() < 0.2 else len(possible[-1].content)
    made = bytearray(size)
    kind = dice.choice(("any", "old", "new"))
    for at in range(0, size, PAGE):
        pages = [m.content[at : at + PAGE] for m in possible if len(m.content) > at]
        if kind == "any" or dice.random() < 0.1:
            page = dice.choice(pages)
        else:
            page = pages[0] if kind == "old" else pages[-1]
        made[at : at + len(page)] = page
    return bytes(made), possible


def reopened(source: Path, content: bytes, directory: Path) -> Outcome:
    """Open what the disk holds as the next start of the machine does, in a child."""
    live = directory / "live"
    live.mkdir(parents=True)
    for name in ("ceiling", "opened"):
        if (source / "live" / name).exists():
            (live / name).write_bytes((source / "live" / name).read_bytes())
    (live / "data.mdb").write_bytes(content)
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(read)
            store_module._boot_name = lambda: "another boot"
            notes: list[str] = []
            with Store(live, notes.append) as store:
                if notes:
                    outcome = Outcome("rebuilt", store.version)
                else:
                    store.copy_durable(directory / "copy.mdb")
                    version = store.version
                    with Mapping(directory / "copy.mdb", live=False) as mapping, mapping.snapshot() as view:
                        outcome = Outcome("kept", version, say(view))
            os.write(write, pickle.dumps(outcome))
        except BaseException as error:
            os.write(write, pickle.dumps(Outcome(f"{type(error).__name__}: {error}")))
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as answer:
        told = answer.read()
    _, status = os.waitpid(pid, 0)
    if not told:
        return Outcome(f"killed by signal {os.WTERMSIG(status)}")
    outcome = pickle.loads(told)
    assert isinstance(outcome, Outcome)
    return outcome


def campaign(work: Path, cuts: int, seed: int) -> Counter[str]:
    """Make so many cuts; how often the graph was kept and how often built anew. Fails on anything else."""
    counts: Counter[str] = Counter()
    done = 0
    while done < cuts:
        source = work / f"history-{done}"
        source.mkdir()
        moments = history(source, seed + done)
        dice = random.Random(seed + done)
        for _ in range(min(CUTS_A_HISTORY, cuts - done)):
            content, possible = cut(moments, dice)
            outcome = reopened(source, content, work / f"cut-{done}")
            counts[outcome.how] += 1
            where = f"seed {seed}, cut {done}"
            assert outcome.how in ("kept", "rebuilt"), (where, outcome)
            assert outcome.version >= possible[-1].version, (where, "the version went back")
            if outcome.how == "kept":
                assert outcome.told in {moment.told for moment in possible}, (where, "a mixture")
            done += 1
    return counts


def test_after_a_power_cut_the_graph_is_one_that_was_committed_or_is_built_anew(tmp_path: Path) -> None:
    counts = campaign(tmp_path, CUTS, 1)
    assert counts["kept"] > CUTS / 10, counts
    assert counts["rebuilt"] > CUTS / 10, counts


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--cuts", type=int, default=500)
    words.add_argument("--seed", type=int, default=1)
    given = words.parse_args()
    with tempfile.TemporaryDirectory() as work:
        print(dict(campaign(Path(work), given.cuts, given.seed)))


if __name__ == "__main__":
    main()
