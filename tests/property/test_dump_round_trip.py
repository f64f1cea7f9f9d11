"""R1: whatever Rust-like files a dump holds come back; cut anywhere, the whole ones before the cut do."""

from __future__ import annotations

import contextlib
import re

from hypothesis import given
from hypothesis import strategies as st

from isg_services.watcher.source.dump import NoMarkers, read_dump
from isg_services.watcher.source.rust_text import close, is_whole, open_at
from support.dump import SEPARATOR, write_bare, write_gitingest

FRAME = SEPARATOR.decode() + "\nFILE: {path}\n" + SEPARATOR.decode() + "\n"

# Lines that a literal or comment may quote; none ends one.
quoted_line = st.sampled_from(
    [
        FRAME.format(path="src/lib.rs"),
        FRAME.format(path="fake.rs"),
        FRAME.format(path="README.md"),
        "FILE: fake.rs\n",
        "SYMLINK: a -> b\n",
        SEPARATOR.decode() + "\n",
        "plain text, it's\n",
        "fn quoted() { 1 }\n",
        "\n",
        "é 漢\n",
    ]
)
quoted = st.lists(quoted_line, max_size=5).map("".join)
item = st.one_of(
    st.sampled_from(
        [
            "fn f<'a>(x: &'a str) -> char { '\"' }\n",
            '// it\'s "one" /* line\n',
            'const E: &str = "\\"\\\\";\n',
            "impl<'a> T<'a> { fn g(&self) -> u8 { b'\\'' } }\n",
            "pub struct S;\n\n",
            'let r#type = r"\\"; // raw\n',
            "/// ```\n/// FILE: doc.rs\n/// ```\nmod m {}\n",
        ]
    ),
    quoted.map(lambda text: f'const R: &str = r#"\n{text}"#;\n'),
    quoted.map(lambda text: f'fn p() {{\n    let s = "\n{text}";\n    s\n}}\n'),
    quoted.map(lambda text: f"/*\n{text}/* nested */\n{text}*/\n"),
)
rust = st.lists(item, max_size=6).map(lambda items: "".join(items).rstrip("\n").encode())
text = rust.map(lambda body: body + b"\n" if body else body)
path = st.sampled_from(["src/lib.rs", "src/a.rs", "src/b/mod.rs", "é.rs", "with space.rs", "tests/t.rs"])
files = st.dictionaries(path, text, min_size=1).map(lambda found: list(found.items()))


@given(files)
def test_files_survive_a_gitingest_dump(written: list[tuple[str, bytes]]) -> None:
    contents = read_dump(write_gitingest(written))
    assert [(file.path, file.text) for file in contents.files] == written
    assert contents.skipped == []


@given(files)
def test_files_survive_a_bare_dump(written: list[tuple[str, bytes]]) -> None:
    contents = read_dump(write_bare(written))
    assert [(file.path, file.text) for file in contents.files] == written


@given(files, st.data())
def test_a_dump_cut_at_any_byte_keeps_the_whole_files_before_the_cut(
    written: list[tuple[str, bytes]], data: st.DataObject
) -> None:
    dump = write_gitingest(written)
    ends = [
        len(write_gitingest(written[: count + 1])) - 2 - _head_gap(written, count)
        for count in range(len(written))
    ]
    cut = data.draw(st.integers(0, len(dump)))
    whole = [file for file, end in zip(written, ends, strict=True) if end <= cut]
    try:
        contents = read_dump(dump[:cut])
    except NoMarkers:
        assert whole == []
        return
    found = [(file.path, file.text) for file in contents.files]
    assert found[: len(whole)] == whole
    # The tree lists what is real: nothing but the cut file itself comes on top, or a name that it quotes.
    assert {path for path, _ in found} <= {path for path, _ in written}


def _head_gap(written: list[tuple[str, bytes]], count: int) -> int:
    """By how much the summary of the first files alone is shorter than that of all of them."""

    def head(some: list[tuple[str, bytes]]) -> int:
        return write_gitingest(some).index(SEPARATOR)

    return head(written[: count + 1]) - head(written)


@given(st.binary(max_size=300))
def test_bytes_without_a_marker_raise_nothing_else(data: bytes) -> None:
    with contextlib.suppress(NoMarkers):
        read_dump(data)


@given(
    st.lists(
        st.sampled_from(
            [
                b"FILE: a.rs\n",
                b"FILE: b.rs\n",
                b"/*",
                b"*/",
                b'"',
                b'r#"',
                b'"#',
                b"'",
                b"\\",
                b"\n",
                b"{",
                b"}",
            ]
        ),
        max_size=40,
    )
)
def test_a_dump_of_broken_files_is_taken_apart_without_loss(pieces: list[bytes]) -> None:
    dump = b"FILE: first.rs\n" + b"".join(pieces)
    contents = read_dump(dump)
    assert {file.path for file in contents.files} <= {"first.rs", "a.rs", "b.rs"}
    for file in contents.files:
        assert file.text.rstrip(b"\r\n") in dump


@given(rust, st.data())
def test_what_is_open_somewhere_is_closed_where_the_scanner_says(whole: bytes, data: st.DataObject) -> None:
    assert is_whole(whole, 0, len(whole))
    # Markers stand at the start of a line; within one, a character literal can be mistaken for a string.
    starts = [0, *(found.end() for found in re.finditer(rb"\n", whole))]
    cut = data.draw(st.sampled_from(starts))
    opened = open_at(whole, 0, cut)
    if opened is not None:
        end = close(whole, opened, len(whole))
        assert end is not None
        assert end > cut
        assert open_at(whole, end, len(whole)) is None
