"""R6, R9: every record of a snapshot says what was put in it, and each text is named, not repeated."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from isg_protocol import snapshot
from isg_protocol.graph import Change, Edge, FileEntry, Node, OpenSite
from isg_protocol.vocabulary import CONTEXTS, EDGE_KINDS, NODE_KINDS, RESOLUTIONS, TARGET_KINDS

ids = st.binary(min_size=16, max_size=16)
texts = st.text(max_size=30)
maybe = st.none() | texts
lines = st.integers(0, 2**31 - 1)
near = st.integers(1, 2**30)
places = st.tuples(st.sampled_from(("src/a.rs", "src/b.rs")), near)

nodes = st.builds(
    Node,
    id=ids,
    kind=st.sampled_from(range(len(NODE_KINDS))),
    symbol=st.lists(st.text(alphabet="ab<>: ", max_size=6), min_size=1, max_size=4).map("::".join),
    name=texts,
    crate=texts,
    target=st.none() | st.sampled_from(TARGET_KINDS),
    file=maybe,
    line=lines,
    end_line=lines,
    signature=maybe,
    visibility=maybe,
    test=st.booleans(),
    cfg=maybe,
    trait=maybe,
    self_text=maybe,
    derived=st.booleans(),
    macro=st.booleans(),
    attributes=st.lists(st.text(alphabet="abc:_", min_size=1, max_size=5), max_size=3).map(tuple),
    library=st.booleans(),
)
edges = st.builds(
    lambda kind, to, place, context, resolution, derived, macro: Edge(
        kind, to, *place, context, resolution, derived, macro
    ),
    st.sampled_from(range(len(EDGE_KINDS))),
    ids,
    places,
    st.sampled_from(range(len(CONTEXTS))),
    st.sampled_from(range(len(RESOLUTIONS))),
    st.booleans(),
    st.booleans(),
)
sites = st.builds(lambda name, place: OpenSite(name, *place), texts, places)


class Texts(dict[str, int]):
    """Sids as the store gives them out."""

    def __missing__(self, text: str) -> int:
        self[text] = len(self) + 1
        return self[text]

    def read(self, sid: int) -> str:
        return next(text for text, found in self.items() if found == sid)


@given(nodes)
def test_a_node_comes_back_from_its_record(node: Node) -> None:
    sids = Texts()
    record = snapshot.pack_node(node, sids)
    assert snapshot.unpack_node(record, sids.read) == node
    assert len(record) == snapshot.NODE.size == 72
    assert record[snapshot.NODE_KIND_AT] == node.kind
    assert snapshot.node_place(record)[1:] == (node.line, node.end_line)
    assert snapshot.node_sids(record) - {0} <= set(sids.values())


@given(st.text(alphabet="ab<>: ", max_size=20))
def test_the_two_parts_of_a_symbol_are_the_symbol(symbol: str) -> None:
    prefix, last = snapshot.split_symbol(symbol)
    assert (last if prefix is None else f"{prefix}::{last}") == symbol


def test_siblings_share_what_stands_before_their_names() -> None:
    assert snapshot.split_symbol("krate::m::Type::f") == ("krate::m::Type", "f")
    assert snapshot.split_symbol("krate::<T<X> as a::Tr>::f") == ("krate::<T<X> as a::Tr>", "f")
    assert snapshot.split_symbol("krate::m::<impl a::Tr for b::T>") == ("krate::m", "<impl a::Tr for b::T>")
    assert snapshot.split_symbol("krate") == (None, "krate")


def shown(record: bytes, sids: Texts, ends: dict[int, bytes], home: tuple[str | None, int]) -> list[Edge]:
    """The edges of a record, as a reader works them out."""
    found = []
    for kind, bit, other, file, line in snapshot.unpack_entries(record):
        path, at = (sids.read(file), line) if file else (home[0] or "", home[1] + line)
        found.append(Edge(kind, ends[other], path, at, *snapshot.BITS[bit]))
    return found


@given(st.lists(edges, max_size=12), places)
def test_edges_come_back_from_their_entries(given_edges: list[Edge], home: tuple[str, int]) -> None:
    sids = Texts()
    numbers = {edge.to: n for n, edge in enumerate(given_edges)}
    ends = {n: node_id for node_id, n in numbers.items()}
    record = snapshot.pack_edges(given_edges, numbers, sids, *home)
    assert shown(record, sids, ends, home) == given_edges
    assert b"".join(snapshot.split_entries(record)) == record
    assert len(record) == snapshot.ENTRY_BYTES * len(given_edges)


@given(st.lists(edges, min_size=1, max_size=12), places, places)
def test_edges_stay_where_they_are_when_only_their_node_moves(
    given_edges: list[Edge], old: tuple[str, int], new: tuple[str, int]
) -> None:
    sids = Texts()
    numbers = {edge.to: n for n, edge in enumerate(given_edges)}
    before = snapshot.pack_edges(given_edges, numbers, sids, *old)
    after = snapshot.rebase_entries(before, (sids[old[0]], old[1]), (sids[new[0]], new[1]))
    assert after == snapshot.pack_edges(given_edges, numbers, sids, *new)


@given(st.lists(edges, min_size=1, max_size=5), places, st.integers(0, 2**20))
def test_text_that_moves_as_a_whole_leaves_every_entry_as_it_is(
    given_edges: list[Edge], home: tuple[str, int], by: int
) -> None:
    sids = Texts()
    numbers = {edge.to: n for n, edge in enumerate(given_edges)}
    moved = [e._replace(line=e.line + by) if e.file == home[0] else e for e in given_edges]
    before = snapshot.pack_edges(given_edges, numbers, sids, *home)
    assert snapshot.pack_edges(moved, numbers, sids, home[0], home[1] + by) == before


@given(edges, places, st.integers(0, 2**32 - 1))
def test_an_entry_turned_twice_is_itself(edge: Edge, home: tuple[str, int], number: int) -> None:
    entry = snapshot.pack_edges([edge], {edge.to: 7}, Texts(), *home)
    key = snapshot.number_key(number)
    turned = snapshot.turn_entry(entry, key)
    assert snapshot.entry_end(entry) == snapshot.number_key(7)
    assert snapshot.entry_end(turned) == key
    assert snapshot.turn_entry(turned, snapshot.entry_end(entry)) == entry


@given(st.lists(sites, max_size=8), places, places)
def test_open_sites_come_back_and_stay_where_they_are(
    given_sites: list[OpenSite], old: tuple[str, int], new: tuple[str, int]
) -> None:
    sids = Texts()
    record = snapshot.pack_sites(given_sites, sids, *old)
    found = [
        OpenSite(sids.read(name), *((sids.read(file), line) if file else (old[0], old[1] + line)))
        for name, file, line in snapshot.unpack_sites(record)
    ]
    assert found == given_sites
    moved = snapshot.rebase_sites(record, (sids[old[0]], old[1]), (sids[new[0]], new[1]))
    assert moved == snapshot.pack_sites(given_sites, sids, *new)
    assert b"".join(snapshot.split_sites(record)) == record


@given(st.lists(st.builds(Change, st.sampled_from(snapshot.CHANGES), ids, texts, maybe), max_size=8))
def test_a_change_list_comes_back(changes: list[Change]) -> None:
    sids = Texts()
    record = snapshot.pack_changes(changes, sids)
    assert snapshot.unpack_changes(record, sids.read) == changes
    assert snapshot.change_sids(record) - {0} <= set(sids.values())


@given(st.lists(st.integers(0, snapshot.U32_MAX), max_size=300))
def test_numbers_come_back(numbers: list[int]) -> None:
    assert list(snapshot.unpack_numbers(snapshot.pack_numbers(numbers))) == numbers


@given(st.lists(st.text(alphabet="aé/", max_size=700), min_size=2, max_size=2))
def test_two_paths_have_two_keys_that_fit(paths: list[str]) -> None:
    first, second = (snapshot.path_key(path) for path in paths)
    assert len(first) <= snapshot.KEY_BYTES_MAX
    assert (first == second) == (paths[0] == paths[1])


def test_an_overlong_path_keeps_its_own_key() -> None:
    stem = "d/" * 400
    keys = {snapshot.path_key(stem + name) for name in ("a.rs", "b.rs", "c.rs")}
    assert len(keys) == 3
    assert {len(key) for key in keys} == {snapshot.KEY_BYTES_MAX}


@given(
    st.builds(
        FileEntry,
        path=texts,
        digest=ids,
        size=lines,
        mtime_ns=st.integers(0, 2**62),
        lines=lines,
        issues=st.lists(st.tuples(lines, texts), max_size=3),
    )
)
def test_a_file_entry_comes_back(entry: FileEntry) -> None:
    assert snapshot.unpack_file(snapshot.pack_file(entry)) == entry


def test_a_state_of_a_later_release_is_read_without_what_it_added() -> None:
    import msgspec

    later = msgspec.msgpack.encode({"version": 7, "covered": 3, "unheard_of": [1]})
    assert snapshot.unpack_meta(later).version == 7
