"""R1: a Cargo.toml says its package, targets, members and dependencies, and never fails."""

from __future__ import annotations

from isg_graph.parse.manifest import read_manifest
from isg_protocol.facts import Dependency, ManifestTarget

WHOLE = b"""
[package]
name = "my-crate"
edition = "2021"
build = "make.rs"
autobins = false

[lib]
name = "mine"
path = "src/mine.rs"

[[bin]]
name = "tool"

[[test]]
name = "t"
path = "t.rs"
test = false

[dependencies]
serde = "1"
other-name = { package = "real-name", path = "../real" }

[dev-dependencies.rand]
version = "0.8"

[target.'cfg(unix)'.build-dependencies]
cc = "1"

[workspace]
members = ["a", "b/*"]
exclude = ["c"]
"""


def test_a_whole_manifest_is_read() -> None:
    facts = read_manifest(WHOLE)
    assert facts.issues == []
    assert (facts.package, facts.edition, facts.build, facts.off) == (
        "my-crate", "2021", "make.rs", ["autobins"],
    )  # fmt: skip
    assert facts.targets == [
        ManifestTarget("lib", "mine", "src/mine.rs", True),
        ManifestTarget("bin", "tool", None, True),
        ManifestTarget("test", "t", "t.rs", False),
    ]
    assert facts.dependencies == [
        Dependency("serde", "serde", None),
        Dependency("other_name", "real-name", "../real"),
        Dependency("rand", "rand", None),
        Dependency("cc", "cc", None),
    ]
    assert (facts.members, facts.exclude) == (["a", "b/*"], ["c"])


def test_what_is_absent_has_cargos_default() -> None:
    facts = read_manifest(b'[package]\nname = "a"\n')
    assert (facts.edition, facts.build, facts.targets, facts.members) == ("2015", None, [], [])


def test_a_virtual_workspace_has_no_package() -> None:
    facts = read_manifest(b'[workspace]\nmembers = ["a"]\n[workspace.dependencies]\nx = "1"\n')
    assert (facts.package, facts.members, facts.dependencies, facts.issues) == (None, ["a"], [], [])


def test_a_build_script_can_be_switched_off() -> None:
    assert read_manifest(b'[package]\nname = "a"\nbuild = false\n').build == ""


def test_what_is_inherited_stays_at_its_default() -> None:
    facts = read_manifest(
        b'[package]\nname = "a"\nedition.workspace = true\n[dependencies]\nx.workspace = true\n'
    )
    assert (facts.edition, facts.dependencies) == ("2015", [Dependency("x", "x", None)])


def test_a_manifest_that_is_no_toml_is_an_issue_with_its_line() -> None:
    facts = read_manifest(b'[package]\nname = "a\n')
    assert facts.package is None
    assert [issue.line for issue in facts.issues] == [2]
    assert read_manifest(b"\xff\xfe").issues[0].reason == "not UTF-8"


def test_fields_of_a_wrong_kind_are_issues_and_left_out() -> None:
    facts = read_manifest(b'package = 1\nbin = 2\nlib = "x"\ndependencies = []\n[workspace]\nmembers = 1\n')
    assert facts.package is None
    assert facts.targets == []
    assert {issue.reason for issue in facts.issues} == {
        "`package` is no table", "`bin` is no list", "`lib` is no list", "`dependencies` is no table",
        "`members` is no list",
    }  # fmt: skip
