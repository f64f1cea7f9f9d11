"""R1, R2: a directory gives its Rust files and manifests, `.gitignore` heeded, bad files named (case 10)."""

from __future__ import annotations

import io
import os
import socket
import sys
from pathlib import Path

import pytest

from isg_services.watcher.source.directory import read, read_all, scan, stat_file, stat_scan
from isg_services.watcher.source.file import GONE, Skipped, SourceFile, is_relevant
from isg_services.watcher.source.ignore import Filter
from isg_services.watcher.source.limit import SOURCE_FILE_BYTES_MAX
from isg_services.watcher.source.open_source import Source, SourceUnreadable, open_source
from support.dump import write_gitingest


def plant(root: Path, *paths: str, text: str = "fn f() {}\n") -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def listed(root: Path) -> list[str]:
    return list(scan(str(root)).stamps)


def opened(argument: Path | str, stdin: bytes = b"") -> Source:
    return open_source(str(argument), io.BytesIO(stdin))


def test_rust_files_and_manifests_are_listed_in_order_and_nothing_else(tmp_path: Path) -> None:
    plant(
        tmp_path,
        "src/z.rs",
        "src/a/m.rs",
        "Cargo.toml",
        "README.md",
        "src/x.rsx",
        ".hidden/h.rs",
        "Cargo.lock",
    )
    plant(tmp_path, "target/debug/o.rs", "src/target/t.rs", ".git/g.rs", "targets/t.rs")
    assert listed(tmp_path) == [".hidden/h.rs", "Cargo.toml", "src/a/m.rs", "src/z.rs", "targets/t.rs"]
    assert scan(str(tmp_path)) == scan(str(tmp_path))


def test_stamps_tell_a_changed_file_and_a_replaced_one(tmp_path: Path) -> None:
    plant(tmp_path, "a.rs", "b.rs", "c.rs")
    before = stat_scan(str(tmp_path))
    os.utime(tmp_path / "a.rs", ns=(1, 1))
    plant(tmp_path, "new.rs")
    os.utime(tmp_path / "new.rs", ns=(before["b.rs"][1], before["b.rs"][1]))
    (tmp_path / "new.rs").replace(tmp_path / "b.rs")
    after = stat_scan(str(tmp_path))
    assert [path for path in before if before[path] != after[path]] == ["a.rs", "b.rs"]
    assert stat_file(str(tmp_path), "a.rs") == after["a.rs"]
    assert stat_file(str(tmp_path), "absent.rs") is None


@pytest.mark.parametrize("path", ["src/lib.rs", "Cargo.toml", "a/Cargo.toml", "mytarget/a.rs", "target.rs"])
def test_relevant_paths(path: str) -> None:
    assert is_relevant(path)


@pytest.mark.parametrize(
    "path", ["a.rsx", "xCargo.toml", "target/a.rs", "a/target/b/c.rs", ".git/a.rs", "a/.git/x.rs"]
)
def test_irrelevant_paths(path: str) -> None:
    assert not is_relevant(path)


def test_nested_ignore_files_and_their_exceptions_are_heeded(tmp_path: Path) -> None:
    plant(tmp_path, ".gitignore", text="# generated\n*_gen.rs\n/out/\nbuild/\n!keep_gen.rs\nbad[\n")
    plant(tmp_path, "a/.gitignore", text="!again_gen.rs\nsecret.rs\n/only_here.rs\n")
    plant(tmp_path, "x_gen.rs", "keep_gen.rs", "out/o.rs", "a/out/o.rs", "a/build/b.rs", "build.rs")
    plant(tmp_path, "a/again_gen.rs", "a/other_gen.rs", "a/secret.rs", "a/b/secret.rs", "secret.rs")
    plant(tmp_path, "a/only_here.rs", "a/b/only_here.rs", "build/keep_gen.rs")
    assert listed(tmp_path) == [
        "a/again_gen.rs",
        "a/b/only_here.rs",
        "a/out/o.rs",
        "build.rs",
        "keep_gen.rs",
        "secret.rs",
    ]


def test_ignore_files_above_the_root_count_up_to_the_repository(tmp_path: Path) -> None:
    plant(tmp_path, ".gitignore", text="*.rs\n")
    repository = tmp_path / "repository"
    plant(repository, ".git/info/exclude", text="excluded.rs\n/crates/one/anchored.rs\n")
    plant(repository, ".gitignore", text="ignored.rs\n/crates/one/deep/\n")
    plant(repository, "crates/.gitignore", text="!ignored.rs\nmiddle.rs\n")
    root = repository / "crates" / "one"
    plant(
        root, "a.rs", "excluded.rs", "anchored.rs", "ignored.rs", "deep/d.rs", "middle.rs", "src/anchored.rs"
    )
    assert listed(root) == ["a.rs", "ignored.rs", "src/anchored.rs"]


def test_a_root_that_is_itself_ignored_is_read_because_it_was_named(tmp_path: Path) -> None:
    plant(tmp_path, ".git/HEAD", text="ref\n")
    plant(tmp_path, ".gitignore", text="vendor/\n")
    plant(tmp_path, "vendor/one/src/lib.rs")
    assert listed(tmp_path / "vendor" / "one") == ["src/lib.rs"]
    assert listed(tmp_path) == []


def test_the_filter_answers_for_single_paths_as_the_scan_does(tmp_path: Path) -> None:
    plant(tmp_path, ".gitignore", text="gen/\n*.tmp.rs\n")
    plant(tmp_path, "src/lib.rs", "gen/g.rs", "a.tmp.rs", "target/t.rs")
    rules = Filter(str(tmp_path))
    asked = ["src/lib.rs", "gen/g.rs", "a.tmp.rs", "target/t.rs", "src/new.rs", "notes.md"]
    assert [path for path in asked if rules.wants_file(path)] == ["src/lib.rs", "src/new.rs"]
    assert [path for path in ("", "src", "gen", "target", "src/target/x") if rules.wants_directory(path)] == [
        "",
        "src",
    ]
    assert rules.relative(str(tmp_path / "src" / "lib.rs")) == "src/lib.rs"
    assert rules.relative(str(tmp_path)) == ""
    assert rules.relative(str(tmp_path) + "x/a.rs") is None
    assert Filter.is_rule("a/.gitignore")
    assert not Filter.is_rule("a.gitignore")


def test_a_linked_file_is_read_under_its_own_name_when_it_stays_inside(tmp_path: Path) -> None:
    root = tmp_path / "root"
    plant(root, "a/shared.rs")
    plant(tmp_path, "outside.rs")
    (root / "b").mkdir()
    (root / "b" / "link.rs").symlink_to("../a/shared.rs")
    (root / "b" / "leaves.rs").symlink_to(tmp_path / "outside.rs")
    (root / "b" / "nowhere.rs").symlink_to("absent.rs")
    found = scan(str(root))
    assert list(found.stamps) == ["a/shared.rs", "b/link.rs"]
    assert [skipped.path for skipped in found.skipped] == ["b/leaves.rs"]
    assert isinstance(stat_file(str(root), "b/leaves.rs"), Skipped)
    assert stat_file(str(root), "b/link.rs") == found.stamps["b/link.rs"]


def test_linked_directories_neither_leave_the_root_nor_loop(tmp_path: Path) -> None:
    root = tmp_path / "root"
    plant(root, "a/x.rs", "b/y.rs")
    plant(tmp_path, "outside/o.rs")
    (root / "out").symlink_to(tmp_path / "outside")
    (root / "self").symlink_to(".")
    (root / "a" / "up").symlink_to("..")
    (root / "a" / "to_b").symlink_to("../b")
    (root / "b" / "to_a").symlink_to("../a")
    assert listed(root) == ["a/to_b/y.rs", "a/x.rs", "b/to_a/x.rs", "b/y.rs"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no fifos here")
def test_fifos_sockets_and_directories_named_like_files_are_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.rs")
    (tmp_path / "dir.rs").mkdir()
    plant(tmp_path, "dir.rs/in.rs")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(os.path.relpath(tmp_path / "s.rs"))
        assert listed(tmp_path) == ["dir.rs/in.rs"]
    assert read(str(tmp_path), "pipe.rs") == Skipped("pipe.rs", "is not a regular file")


@pytest.mark.skipif(sys.platform == "darwin", reason="the file system refuses such names")
def test_names_that_are_not_utf8_are_named_escaped(tmp_path: Path) -> None:
    plant(tmp_path, "a.rs")
    (tmp_path / os.fsdecode(b"caf\xe9.rs")).write_text("")
    (tmp_path / os.fsdecode(b"caf\xe9.md")).write_text("")
    (tmp_path / os.fsdecode(b"dir\xff")).mkdir()
    found = scan(str(tmp_path))
    assert list(found.stamps) == ["a.rs"]
    assert [skipped.path for skipped in found.skipped] == ["caf\\xe9.rs", "dir\\xff/"]


def test_bad_files_are_named_and_the_others_kept(tmp_path: Path) -> None:
    plant(tmp_path, "a.rs", "bom.rs")
    (tmp_path / "bom.rs").write_bytes(b"\xef\xbb\xbffn f() {}\n")
    (tmp_path / "latin.rs").write_bytes(b"// caf\xe9\n")
    with (tmp_path / "huge.rs").open("wb") as huge:
        huge.truncate(SOURCE_FILE_BYTES_MAX + 1)
    entries = list(opened(tmp_path).entries())
    assert [entry for entry in entries if isinstance(entry, SourceFile)] == [
        SourceFile("a.rs", b"fn f() {}\n"),
        SourceFile("bom.rs", b"fn f() {}\n"),
    ]
    reasons = {entry.path: entry.reason for entry in entries if isinstance(entry, Skipped)}
    assert reasons["latin.rs"] == "is not UTF-8 at byte 6"
    assert "larger" in reasons["huge.rs"]
    assert opened(tmp_path).files_total == 4


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_unreadable_files_and_directories_are_named(tmp_path: Path) -> None:
    plant(tmp_path, "a.rs", "locked.rs", "dir/b.rs")
    (tmp_path / "locked.rs").chmod(0)
    (tmp_path / "dir").chmod(0)
    try:
        skipped = [entry.path for entry in opened(tmp_path).entries() if isinstance(entry, Skipped)]
        with pytest.raises(SourceUnreadable, match="permission"):
            opened(tmp_path / "locked.rs")
    finally:
        (tmp_path / "dir").chmod(0o700)
    assert skipped == ["dir/", "locked.rs"]


def test_a_file_that_vanishes_between_scan_and_read_is_no_error(tmp_path: Path) -> None:
    plant(tmp_path, "a.rs", "b.rs")
    found = scan(str(tmp_path))
    (tmp_path / "a.rs").unlink()
    assert read(str(tmp_path), "a.rs") == Skipped("a.rs", GONE)
    assert [entry.path for entry in read_all(str(tmp_path), found)] == ["b.rs"]


def test_a_single_rust_file_is_a_source_of_one_file(tmp_path: Path) -> None:
    plant(tmp_path, "one.rs", text="FILE: fake.rs\n")
    plant(tmp_path, "other.rs", "Cargo.toml")
    source = opened(tmp_path / "one.rs")
    assert (source.kind, source.root, source.files_total) == ("file", str(tmp_path), 1)
    assert list(source.entries()) == [SourceFile("one.rs", b"FILE: fake.rs\n")]
    assert source.stamps == {"one.rs": stat_file(str(tmp_path), "one.rs")}


def test_a_manifest_names_its_directory(tmp_path: Path) -> None:
    plant(tmp_path, "Cargo.toml", "src/lib.rs")
    assert opened(tmp_path / "Cargo.toml").stamps == opened(tmp_path).stamps


def test_a_dump_is_read_from_a_file_and_from_standard_input_alike(tmp_path: Path) -> None:
    dump = write_gitingest([("src/lib.rs", b"fn f() {}\n")])
    (tmp_path / "dump.txt").write_bytes(dump)
    from_file, from_stdin = opened(tmp_path / "dump.txt"), opened("-", dump)
    assert (
        list(from_file.entries()) == list(from_stdin.entries()) == [SourceFile("src/lib.rs", b"fn f() {}\n")]
    )
    assert (from_file.kind, from_file.form, from_stdin.root) == ("dump", "gitingest", "-")


def test_an_empty_dump_and_an_empty_directory_are_sources_without_files(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "none").mkdir()
    for source in (opened(tmp_path / "empty.txt"), opened("-"), opened(tmp_path / "none")):
        assert (source.files_total, list(source.entries())) == (0, [])


def test_a_directory_and_a_dump_of_it_give_the_same_files(tmp_path: Path) -> None:
    plant(tmp_path, "Cargo.toml", "src/lib.rs", "src/m/mod.rs")
    plant(tmp_path, "src/empty.rs", text="")
    entries = [entry for entry in opened(tmp_path).entries() if isinstance(entry, SourceFile)]
    assert list(opened("-", write_gitingest([(e.path, e.text) for e in entries])).entries()) == entries


@pytest.mark.parametrize(
    "argument", ["absent", "absent/deeper/x.txt", "", "nul\0.txt", "text.txt", "binary.bin", "gone.rs"]
)
def test_a_source_that_cannot_be_read_says_why_and_what_to_do(
    argument: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "text.txt").write_text("just words\n")
    (tmp_path / "binary.bin").write_bytes(b"\x7fELF\0\1")
    (tmp_path / "gone.rs").symlink_to("nothing")
    with pytest.raises(SourceUnreadable) as failure:
        opened(argument)
    assert failure.value.message
    assert failure.value.hint


def test_a_misspelt_source_is_answered_with_the_nearest_name(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    with pytest.raises(SourceUnreadable) as failure:
        opened(tmp_path / "projekt")
    assert failure.value.hint == f"isg ingest {tmp_path / 'project'}"


@pytest.mark.skipif(not os.path.exists(os.devnull), reason="no devices here")
def test_a_device_is_refused() -> None:
    with pytest.raises(SourceUnreadable, match="neither a file nor a directory"):
        opened(os.devnull)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no fifos here")
def test_a_pipe_without_a_writer_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SourceUnreadable, match="nothing was written"):
        opened(tmp_path / "pipe")


@pytest.mark.skipif(not os.path.isdir("/dev/fd"), reason="no /dev/fd here")
def test_the_pipe_of_a_shell_substitution_is_read_as_a_dump() -> None:
    reader, writer = os.pipe()
    try:
        os.write(writer, b"FILE: a.rs\nfn a() {}\n")
        os.close(writer)
        assert list(opened(f"/dev/fd/{reader}").entries()) == [SourceFile("a.rs", b"fn a() {}\n")]
    finally:
        os.close(reader)


def test_a_rule_that_no_pattern_can_be_made_of_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_bytes(b"/a[\xff-d]?\nout.rs\n[[x\n")
    rules = Filter(str(tmp_path))
    assert rules.wants_file(str(tmp_path / "in.rs"))
    assert not rules.wants_file(str(tmp_path / "out.rs"))


@pytest.mark.parametrize("pattern", ["*a" * 12 + "b", "a/**/" * 9 + "x", "**/*b*c*d*e"])
def test_a_pattern_that_would_be_matched_for_ever_is_passed_over(pattern: str, tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text(f"{pattern}\n**/*.x.rs\n")
    rules = Filter(str(tmp_path))
    assert rules.wants_file("a" * 200 + ".rs")
    assert not rules.wants_file("a.x.rs")
