"""R1: a dump of any known form gives exactly its Rust files and manifests, whatever they hold (case 9)."""

from __future__ import annotations

import codecs

import pytest

from isg_services.watcher.source import dump as dump_module
from isg_services.watcher.source.dump import NoMarkers, read_dump
from isg_services.watcher.source.limit import (
    LOOKAHEAD_FACTOR_MAX,
    LOOKAHEAD_FLOOR_BYTES,
    SOURCE_FILE_BYTES_MAX,
)
from isg_services.watcher.source.rust_text import Opened, close, is_whole, open_at
from support.dump import (
    SEPARATOR,
    write_bare,
    write_code2prompt,
    write_files_to_prompt,
    write_files_to_prompt_cxml,
    write_files_to_prompt_markdown,
    write_gitingest,
    write_repomix_markdown,
    write_repomix_plain,
    write_repomix_xml,
)

WRITERS = {
    "gitingest": write_gitingest,
    "bare": write_bare,
    "repomix": write_repomix_plain,
    "repomix-xml": write_repomix_xml,
    "repomix-markdown": write_repomix_markdown,
    "files-to-prompt": write_files_to_prompt,
    "files-to-prompt-cxml": write_files_to_prompt_cxml,
    "files-to-prompt-markdown": write_files_to_prompt_markdown,
    "code2prompt": write_code2prompt,
}

# What each form's own markers look like to a file that quotes them.
QUOTED = {
    "gitingest": f"{SEPARATOR.decode()}\nFILE: fake.rs\n{SEPARATOR.decode()}\nfn fake() {{}}\n",
    "bare": "FILE: fake.rs\nfn fake() {}\n",
    "repomix": f"{'=' * 16}\nFile: fake.rs\n{'=' * 16}\nfn fake() {{}}\n",
    "repomix-xml": '</file>\n<file path="fake.rs">\nfn fake() {}\n</file>\n',
    "repomix-markdown": "````\n## File: fake.rs\n````rust\nfn fake() {}\n````\n",
    "files-to-prompt": "---\nfake.rs\n---\nfn fake() {}\n\n---\n",
    "files-to-prompt-cxml": '</document_content>\n</document>\n<document index="7">\n'
    "<source>fake.rs</source>\n<document_content>\nfn fake() {}\n",
    "files-to-prompt-markdown": "````\nfake.rs\n````\nfn fake() {}\n````\n",
    "code2prompt": "```\n`fake.rs`:\n\n```rs\nfn fake() {}\n```\n",
}

LIB = b"//! Crate.\n\npub mod m;\n\n/// It's `a`.\npub fn a() -> &'static str {\n    \"x\"\n}\n"
MANIFEST = b'[package]\nname = "p" # don\'t "rename\n'
FILES = [("Cargo.toml", MANIFEST), ("src/lib.rs", LIB), ("src/m.rs", b"pub struct M;\n")]


def texts(data: bytes) -> dict[str, bytes]:
    return {file.path: file.text for file in read_dump(data).files}


@pytest.mark.parametrize("form", WRITERS)
def test_every_form_gives_back_its_files_byte_for_byte(form: str) -> None:
    contents = read_dump(WRITERS[form](FILES))
    assert contents.form == form
    assert [(file.path, file.text) for file in contents.files] == FILES
    assert contents.skipped == []


@pytest.mark.parametrize("form", WRITERS)
def test_files_that_are_neither_rust_nor_manifests_are_neither_taken_nor_listed(form: str) -> None:
    others = [("README.md", b"# It's\nFILE\n"), ("src/x.rsx", b"fn\n"), ("MyCargo.toml", b"[x]\n")]
    contents = read_dump(WRITERS[form]([others[0], *FILES, *others[1:]]))
    assert [(file.path, file.text) for file in contents.files] == FILES
    assert contents.skipped == []


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("/* outer /* inner */\n", "*/\nfn real() {}\n"),
        ('const S: &str = r#"\n', '"#;\nfn real() {}\n'),
        ('const S: &str = r"\n', "\";\nfn real() { let c = '\"'; }\n"),
        ('const S: &[u8] = br##"say "# \n', '"##;\nfn real() {}\n'),
        ('fn real() {\n    let s = "a\\\n\\"\n', '";\n    let t = "u";\n}\n'),
        ('fn real() { let s = c"\n', '"; }\n'),
    ],
)
def test_a_marker_inside_a_literal_or_comment_is_content(form: str, before: str, after: str) -> None:
    text = (before + QUOTED[form] + after).encode()
    files = [("src/a.rs", text), ("src/b.rs", LIB)]
    contents = read_dump(WRITERS[form](files))
    assert [(file.path, file.text) for file in contents.files] == files


@pytest.mark.parametrize("form", WRITERS)
def test_several_quoted_markers_in_several_literals_are_content(form: str) -> None:
    quoted = QUOTED[form]
    text = (
        f'const A: &str = r#"\n{quoted}{quoted}"#;\nconst B: &str = r#"\n{quoted}"#;\n/*\n{quoted}*/\n'
        f'fn real() {{\n    let _ = ("\n{quoted}", \'"\');\n}}\n'
    ).encode()
    files = [("src/a.rs", text), ("src/b.rs", text), ("src/c.rs", LIB)]
    assert [(file.path, file.text) for file in read_dump(WRITERS[form](files)).files] == files


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize(
    "broken",
    [
        b"this is not valid rust {{{\n",
        b"pub fn incomplete_function(\n",
        b'fn f() { let s = "never closed;\n}\n',
        b"/* never closed\nfn f() {}\n",
        b'fn f() { let s = r#"never closed;\n}\n',
        b'fn f() { \'"; }\n"\n',
    ],
)
def test_a_broken_file_swallows_none_of_the_files_after_it(form: str, broken: bytes) -> None:
    raw = b'pub const R: &str = r#"a "b" c"#; // it\'s 5" wide\n/* fine */\n'
    files = [("bad.rs", broken), ("raw.rs", raw), ("good.rs", LIB)]
    assert [(file.path, file.text) for file in read_dump(WRITERS[form](files)).files] == files


@pytest.mark.parametrize("form", WRITERS)
def test_markers_are_recognised_with_windows_line_ends(form: str) -> None:
    dump = WRITERS[form](FILES).replace(b"\n", b"\r\n")
    assert texts(dump) == {path: text.replace(b"\n", b"\r\n") for path, text in FILES}


@pytest.mark.parametrize("form", WRITERS)
def test_a_dump_cut_at_any_byte_keeps_its_whole_files(form: str) -> None:
    files = [("src/a.rs", b"fn a() {}\n"), ("src/b.rs", b"fn b() {}\n"), ("src/c.rs", b"fn c() {}\n")]
    dump = WRITERS[form](files)
    for cut in range(dump.index(b"fn b"), len(dump)):
        contents = read_dump(dump[:cut])
        found = [(file.path, file.text) for file in contents.files]
        whole = [file for file in files if dump.index(file[1]) + len(file[1]) <= cut]
        assert found[: len(whole)] == whole, dump[:cut]
        assert len(found) + len(contents.skipped) <= len(whole) + 1
        assert all(
            text.startswith(part.rstrip(b"\n")) for (_, text), (_, part) in zip(files, found, strict=False)
        )


def test_an_empty_dump_has_no_files_and_is_no_error() -> None:
    for data in (b"", b" \n\r\n\t", codecs.BOM_UTF8):
        assert read_dump(data).files == []
        assert read_dump(data).form == "empty"


@pytest.mark.parametrize(
    "data", [b"hello\n", b"fn main() {}\n", b"\x7fELF\0\0\1\2\xff", b"=" * 500_000, b"`" * 9]
)
def test_a_text_without_a_marker_says_what_is_missing_and_what_to_do(data: bytes) -> None:
    with pytest.raises(NoMarkers) as failure:
        read_dump(data)
    assert failure.value.message
    assert "gitingest" in failure.value.hint


def test_symlinks_of_gitingest_are_no_files() -> None:
    links = [("src/link.rs", "lib.rs"), ("docs", "../elsewhere")]
    contents = read_dump(write_gitingest(FILES, links))
    assert [(file.path, file.text) for file in contents.files] == FILES
    assert contents.skipped == []


def test_older_gitingest_frames_and_bare_symlinks_are_known() -> None:
    older = write_gitingest(FILES).replace(b"\nFILE: ", b"\nFile: ")
    assert list(texts(older).items()) == FILES
    assert texts(b"SYMLINK: b.rs -> a.rs\nFILE: a.rs\nfn a() {}\n") == {"a.rs": b"fn a() {}\n"}


def test_lines_of_equals_signs_stay_in_the_file_and_lines_keep_their_numbers() -> None:
    text = (
        b"\n\n/*\n" + SEPARATOR + b"\nTitle\n" + SEPARATOR + b"\n*/\n// " + SEPARATOR + b"\nfn at_nine() {}\n"
    )
    assert texts(write_gitingest([("a.rs", text), ("b.rs", LIB)])) == {"a.rs": text, "b.rs": LIB}
    assert text.splitlines()[8] == b"fn at_nine() {}"


def test_what_a_dump_writes_in_place_of_a_text_is_no_text() -> None:
    contents = read_dump(write_gitingest([("empty.rs", b""), ("image.rs", b"[Binary file]"), *FILES]))
    assert contents.files[0].text == b""
    assert [skipped.path for skipped in contents.skipped] == ["image.rs"]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/etc/passwd.rs", "absolute"),
        ("src/../../evil.rs", ".."),
        ("..\\evil.rs", ".."),
        ("C:\\src\\lib.rs", "drive"),
        ("C:/src/lib.rs", "drive"),
        ("\\\\server\\share\\lib.rs", "absolute"),
        ("src/nul\0.rs", "control"),
    ],
)
def test_a_path_out_of_the_source_is_refused_by_name(path: str, reason: str) -> None:
    contents = read_dump(write_gitingest([(path, b"fn f() {}\n"), *FILES]))
    assert [(file.path, file.text) for file in contents.files] == FILES
    (refused,) = contents.skipped
    assert reason in refused.reason
    assert "evil" in refused.path or refused.path.replace("\\x00", "\0") == path


def test_backslashes_separate_where_there_is_no_slash() -> None:
    assert texts(write_gitingest([("src\\m\\a.rs", LIB)])) == {"src/m/a.rs": LIB}
    assert texts(write_bare([("./src//a.rs", LIB)])) == {"src/a.rs": LIB}


def test_build_products_are_left_out_as_they_are_in_a_directory() -> None:
    assert texts(write_gitingest([("target/debug/a.rs", LIB), ("targets/a.rs", LIB)])) == {
        "targets/a.rs": LIB
    }


def test_of_a_path_named_twice_the_last_is_taken_and_reported() -> None:
    contents = read_dump(write_gitingest([("a.rs", b"old\n"), ("b.rs", LIB), ("a.rs", b"new\n")]))
    assert [(file.path, file.text) for file in contents.files] == [("b.rs", LIB), ("a.rs", b"new\n")]
    assert [skipped.path for skipped in contents.skipped] == ["a.rs"]


def test_a_quoted_marker_in_a_cut_literal_never_displaces_a_real_file() -> None:
    quoting = b'const S: &str = r#"\nFILE: src/lib.rs\nfn fake() {}\nFILE: src/lib.rs\nfn fake() {}\n'
    assert texts(write_bare([("src/lib.rs", LIB), ("q.rs", quoting)]))["src/lib.rs"] == LIB


def test_a_quoted_marker_that_the_tree_does_not_list_is_content_even_in_a_cut_literal() -> None:
    quoting = b'const S: &str = r#"\n' + QUOTED["gitingest"].encode() + b"fn x() {}\n"
    dump = write_gitingest([("src/lib.rs", LIB), ("q.rs", quoting)]).rstrip(b"\n")
    assert [file.path for file in read_dump(dump).files] == ["src/lib.rs", "q.rs"]


def test_bad_files_are_named_and_the_others_kept() -> None:
    huge = b"// x\n" * (SOURCE_FILE_BYTES_MAX // 5 + 1)
    contents = read_dump(write_bare([("latin.rs", b"// caf\xe9\n"), ("huge.rs", huge), ("a.rs", LIB)]))
    assert [file.path for file in contents.files] == ["a.rs"]
    assert {skipped.path: skipped.reason for skipped in contents.skipped} == {
        "latin.rs": "is not UTF-8 at byte 6",
        "huge.rs": f"is larger than {SOURCE_FILE_BYTES_MAX} bytes ({len(huge)})",
    }


def test_a_dump_cut_inside_a_character_keeps_what_is_before_it() -> None:
    for last in ("é", "漢", "🦀"):
        for cut in range(1, len(last.encode())):
            dump = f"FILE: a.rs\n// éé{last}".encode()[:-cut]
            assert texts(dump) == {"a.rs": "// éé".encode()}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_byte_order_marks_are_understood(encoding: str) -> None:
    assert texts(write_gitingest(FILES).decode().encode(encoding)) == dict(FILES)


def test_parsable_repomix_is_unescaped() -> None:
    dump = '<repomix><files>Text.<file path="src/a.rs">fn a&lt;T&gt;(x: &amp;T) {}\n</file></files></repomix>'
    assert texts(dump.encode()) == {"src/a.rs": b"fn a<T>(x: &T) {}\n"}


def test_code2prompt_without_fences_and_as_xml_are_known() -> None:
    assert texts(b"Project Path: p\n\n`a.rs`:\n\nfn a() {}\n\n`b.rs`:\n\nfn b() {}\n\n") == {
        "a.rs": b"fn a() {}\n",
        "b.rs": b"fn b() {}\n",
    }
    xml = (
        b'<files>\n      <file path="a.rs">\n        ```rs\nfn a() {}\n        ```\n      </file>\n</files>\n'
    )
    assert {path: text.strip() for path, text in texts(xml).items()} == {"a.rs": b"fn a() {}"}


def test_many_unterminated_comments_cost_a_bounded_lookahead(monkeypatch: pytest.MonkeyPatch) -> None:
    spans: list[int] = []

    def counted(data: bytes, opened: Opened, end: int) -> int | None:
        spans.append(end - opened.start)
        return close(data, opened, end)

    monkeypatch.setattr(dump_module, "close", counted)
    files = [(f"f{number}.rs", b"/* " + b"x" * 2000 + b"\n") for number in range(1500)]
    dump = write_bare(files)
    assert len(read_dump(dump).files) == 1500
    assert sum(spans) < (LOOKAHEAD_FACTOR_MAX + 3) * len(dump) + LOOKAHEAD_FLOOR_BYTES


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        (b"'\"'", False),
        (b"'\\\"'", False),
        (b"b'\"'", False),
        (b"fn f<'a>(x: &'a str) {}", False),
        (b'r"\\"', False),
        (b'"\\"', True),
        (b'r##" "# ', True),
        (b'bar"x', True),
        (b'// "\n', False),
        (b"/* /* */", True),
        (b'"/*"', False),
        (b'//* "\n', False),
        (b'let r#type = 1; "', True),
    ],
)
def test_the_scanner_knows_what_is_open(text: bytes, is_open: bool) -> None:
    assert (open_at(text, 0, len(text)) is not None) is is_open
    assert is_whole(text, 0, len(text)) is not is_open


@pytest.mark.parametrize("text", [b"(", b"}", b"(]", b"*/", b"fn f() { '}' "])
def test_unpaired_brackets_are_not_whole(text: bytes) -> None:
    assert not is_whole(text, 0, len(text))
