"""What a Cargo.toml says of names, targets, members and dependencies; nothing is looked up.

Never raises: what is not as Cargo has it becomes an `Issue` and is left out. Absent: inheritance from a
workspace (`x.workspace = true` leaves the field at its default), features, versions.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

from isg_protocol.facts import Dependency, Issue, ManifestFacts, ManifestTarget
from isg_protocol.version import FACTS_FORMAT

_TARGETS = (("lib", "lib"), ("bin", "bin"), ("example", "example"), ("test", "test"), ("bench", "bench"))
_SWITCHES = ("autolib", "autobins", "autoexamples", "autotests", "autobenches")
_DEPENDENCIES = (
    "dependencies",
    "dev-dependencies",
    "dev_dependencies",
    "build-dependencies",
    "build_dependencies",
)
_LINE = re.compile(r"line (\d+)")
DEFAULT_EDITION = "2015"


def read_manifest(text: bytes) -> ManifestFacts:
    """The facts of one manifest. `build` is "" for `build = false`, None by default; `off` names the
    switches of auto-discovery that are off (`autobins`)."""
    facts = ManifestFacts(FACTS_FORMAT, None, DEFAULT_EDITION, [], [], None, [], [], [], [])
    try:
        document = tomllib.loads(text.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        facts.issues.append(Issue(text.count(b"\n", 0, error.start) + 1, "not UTF-8"))
        return facts
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        found = _LINE.search(str(error))
        facts.issues.append(Issue(int(found[1]) if found else 1, f"not TOML: {error}"))
        return facts
    package = _table(document, "package", facts) or _table(document, "project", facts)
    if package:
        _read_package(package, facts)
    for kind, key in _TARGETS:
        entries = document.get(key)
        for entry in [entries] if isinstance(entries, dict) else _list(entries, key, facts):
            if isinstance(entry, dict):
                facts.targets.append(
                    ManifestTarget(
                        kind, _text(entry, "name"), _text(entry, "path"), entry.get("test") is not False
                    )
                )
            else:
                facts.issues.append(Issue(1, f"`{key}` holds something that is no table"))
    workspace = _table(document, "workspace", facts)
    facts.members = _texts(workspace, "members", facts)
    facts.exclude = _texts(workspace, "exclude", facts)
    _read_dependencies(document, facts)
    for target in _table(document, "target", facts).values():
        if isinstance(target, dict):
            _read_dependencies(target, facts)
    return facts


def _read_package(package: dict[str, Any], facts: ManifestFacts) -> None:
    facts.package = _text(package, "name")
    if facts.package is None:
        facts.issues.append(Issue(1, "`package.name` is missing"))
    facts.edition = _text(package, "edition") or DEFAULT_EDITION
    build = package.get("build")
    facts.build = "" if build is False else build if isinstance(build, str) else None
    facts.off = [switch for switch in _SWITCHES if package.get(switch) is False]


def _read_dependencies(table: dict[str, Any], facts: ManifestFacts) -> None:
    for key in _DEPENDENCIES:
        for name, entry in _table(table, key, facts).items():
            package, path = name, None
            if isinstance(entry, dict):
                package = _text(entry, "package") or name
                path = _text(entry, "path")
            dependency = Dependency(name.replace("-", "_"), package, path)
            if dependency not in facts.dependencies:
                facts.dependencies.append(dependency)


def _table(table: dict[str, Any], key: str, facts: ManifestFacts) -> dict[str, Any]:
    found = table.get(key, {})
    if isinstance(found, dict):
        return found
    facts.issues.append(Issue(1, f"`{key}` is no table"))
    return {}


def _list(found: object, key: str, facts: ManifestFacts) -> list[Any]:
    if found is None:
        return []
    if isinstance(found, list):
        return found
    facts.issues.append(Issue(1, f"`{key}` is no list"))
    return []


def _text(table: dict[str, Any], key: str) -> str | None:
    found = table.get(key)
    return found if isinstance(found, str) else None


def _texts(table: dict[str, Any], key: str, facts: ManifestFacts) -> list[str]:
    return [entry for entry in _list(table.get(key), key, facts) if isinstance(entry, str)]
