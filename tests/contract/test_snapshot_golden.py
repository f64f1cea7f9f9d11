"""R6, R9: the bytes of a snapshot are a format that other releases read: golden bytes, and the prose.

When this fails and the change is meant: raise SNAPSHOT_FORMAT in isg_protocol.version, run this test with
ISG_GOLDEN=write, which leaves the next golden file beside the old ones, and tell it in SNAPSHOT.md.
"""

from __future__ import annotations

import os
import zlib
from pathlib import Path

import lmdb
import msgspec

from isg_protocol import snapshot
from isg_protocol.graph import Change, Delta, Edge, FileEntry, Node, OpenSite
from isg_protocol.version import SNAPSHOT_FORMAT
from isg_protocol.vocabulary import (
    CALLS,
    CRATE,
    EXACT,
    EXTERNAL,
    FUNCTION,
    IMPL,
    IMPLEMENTS,
    IN_MACRO,
    INFERRED,
    NO_CONTEXT,
    RESOLVED_EXTERNAL,
    SIGNATURE,
    STRUCT,
    USES,
)
from isg_services.writer.store import FileChange, Scan, Store

HERE = Path(__file__).parent
GOLDEN = HERE / "golden" / f"snapshot-{SNAPSHOT_FORMAT}.txt"
PROSE = HERE.parent.parent / "protocol" / "SNAPSHOT.md"


def _node(number: int, kind: int, symbol: str, **given: object) -> Node:
    values: dict[str, object] = {
        "id": bytes([number]) * 16, "kind": kind, "symbol": symbol, "name": symbol.rpartition("::")[2],
        "crate": "zoo", "target": "lib", "file": "src/lib.rs", "line": number, "end_line": number + 2,
        "signature": None, "visibility": "pub", "test": False, "cfg": None, "trait": None, "self_text": None,
        "derived": False, "macro": False,
    }  # fmt: skip
    return msgspec.convert(values | given, Node)


def _write(directory: Path) -> None:
    """A small graph with one of everything, then an edit, a removal and an addition."""
    header = "impl Display for Cat"
    crate = _node(1, CRATE, "zoo", visibility=None)
    cat = _node(4, STRUCT, "zoo::Cat", signature="pub struct Cat", attributes=("repr",), library=True)
    impl = _node(
        8, IMPL, "zoo::<impl Display for Cat>", name=header, signature=header, trait="Display",
        self_text="Cat", visibility=None, derived=True, macro=True, test=True, cfg="unix",
    )  # fmt: skip
    run = _node(12, FUNCTION, "zoo::run", signature="pub fn run()", target="bin", file="src/main.rs")
    display = _node(
        16, EXTERNAL, "std::fmt::Display", crate="std", target=None, file=None, line=0, end_line=0,
        visibility=None,
    )  # fmt: skip
    edges = {
        cat.id: [Edge(IMPLEMENTS, display.id, "src/lib.rs", 8, NO_CONTEXT, RESOLVED_EXTERNAL, True, False)],
        run.id: [
            Edge(CALLS, run.id, "src/main.rs", 13, IN_MACRO, INFERRED, False, True),
            Edge(USES, cat.id, "src/lib.rs", 2, SIGNATURE, EXACT, False, False),
        ],
    }
    opens = {run.id: [OpenSite("poll", "src/main.rs", 14), OpenSite("poll", "src/lib.rs", 3)]}
    nodes = [crate, cat, impl, run, display]
    added = [Change("added", node.id, node.symbol, node.file) for node in nodes]
    entries = [
        FileEntry("src/lib.rs", b"L" * 16, 300, 1_700_000_000_000_000_000, 20, [(3, "what is this")]),
        FileEntry("src/main.rs", b"M" * 16, 200, 1_700_000_000_000_000_001, 15, []),
    ]
    # Level 0 (stored) is the same bytes from every zlib.
    files = [FileChange(e, 1 << 32 | n, b"facts", zlib.compress(b"fn", 0)) for n, e in enumerate(entries)]
    with Store(directory) as store:
        store.commit(
            Delta([], nodes, edges, opens, added),
            files=files,
            covered=1 << 32 | 2,
            received=1 << 32 | 3,
            scan=Scan("/zoo", "/zoo", [("big.rs", "too large")]),
        )
        impl_gone = Change("removed", impl.id, impl.symbol, impl.file)
        store.commit(Delta([impl.id], [], {}, {}, [impl_gone]))
        run.line, run.end_line = 13, 15
        called = edges[run.id][:1]
        dog = _node(20, STRUCT, "zoo::Dog", signature="struct Dog", visibility="private")
        store.commit(
            Delta([], [run, dog], {run.id: called}, {}, [Change("added", dog.id, dog.symbol, dog.file)]),
            gone=["src/none.rs"],
            mentions=lambda node_id, kind, name: [("src/lib.rs", 2)],
        )


def _dump(directory: Path) -> str:
    lines = []
    with lmdb.open(str(directory), readonly=True, max_dbs=32, lib_version=0) as env:
        for table in snapshot.TABLES:
            db = env.open_db(table.name.encode(), create=False)
            with env.begin() as txn:
                for key, value in txn.cursor(db):
                    lines.append(f"{table.name} {key.hex()} {_steady(key, value).hex()}")
    return "\n".join(lines) + "\n"


def _steady(key: bytes, value: bytes) -> bytes:
    """The state without what differs from run to run."""
    if key != snapshot.META_KEY:
        return value
    meta = snapshot.unpack_meta(value)
    meta.birth = b""
    return snapshot.pack_meta(meta)


def test_the_bytes_of_a_snapshot_change_only_with_its_format(tmp_path: Path) -> None:
    _write(tmp_path / "live")
    found = _dump(tmp_path / "live")
    if os.environ.get("ISG_GOLDEN") == "write":
        assert not GOLDEN.exists(), f"{GOLDEN.name} is fixed: raise SNAPSHOT_FORMAT"
        GOLDEN.write_text(found)
    assert GOLDEN.exists(), f"{GOLDEN.name} is not there: ISG_GOLDEN=write makes it"
    assert found == GOLDEN.read_text(), "the layout has changed: raise SNAPSHOT_FORMAT (see above)"


def test_the_golden_bytes_hold_a_record_of_every_sub_database() -> None:
    held = {line.partition(" ")[0] for line in GOLDEN.read_text().splitlines()}
    assert held == set(snapshot.TABLE_NAMES)


def _rows(prose: str, heading: str) -> list[list[str]]:
    section = prose.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def test_the_prose_shows_the_sub_databases_of_the_code() -> None:
    shown = _rows(PROSE.read_text(), "Sub-databases")
    assert shown == [[f"`{table.name}`", table.key, table.value] for table in snapshot.TABLES]


def test_the_prose_names_the_format_of_the_code() -> None:
    prose = PROSE.read_text()
    assert f"This is format **{SNAPSHOT_FORMAT}**." in prose
    assert f"`{snapshot.FORMAT.decode()}`" in prose


def test_the_prose_shows_every_field_of_a_node_at_its_place() -> None:
    shown = [(int(row[0]), int(row[1])) for row in _rows(PROSE.read_text(), "A node")]
    at = 0
    for offset, size in shown:
        assert offset == at
        at += size
    assert at == snapshot.NODE.size


def test_the_prose_shows_every_field_of_the_state() -> None:
    shown = [row[0].strip("`") for row in _rows(PROSE.read_text(), "The state")]
    assert shown == list(snapshot.Meta.__struct_fields__)
