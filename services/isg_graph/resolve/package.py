"""Which crates a set of paths holds: Cargo's manifests and its rules of where targets lie.

A *target* is one crate in rustc's sense: a root file, compiled with a package's name and edition.
Without a manifest the tree is one package called `crate`, with a root guessed by Cargo's own places.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from posixpath import dirname, normpath

from isg_protocol.facts import Dependency, ManifestFacts

NAMELESS = "crate"
_PLACES = (("bins", "bin", "src/bin"), ("tests", "test", "tests"), ("benches", "bench", "benches"),
           ("examples", "example", "examples"))  # fmt: skip


@dataclass(frozen=True)
class Target:
    """One crate. `package` is the package's name with `_` for `-`; `name` the target's own; `root` the
    root file's path ("" when there is none to be found); `home` the package's directory ("" at the top)."""

    package: str
    kind: str
    name: str
    root: str
    edition: str
    home: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What tells targets apart, and orders them."""
        return (self.home, self.package, self.kind, self.name)


@dataclass
class Package:
    """A package and where it lies. `dependencies` maps the names its code uses to package names."""

    name: str
    home: str
    edition: str
    targets: list[Target] = field(default_factory=list)
    dependencies: dict[str, str] = field(default_factory=dict)


def join(directory: str, path: str) -> str:
    """A path below a directory, both relative to the workspace's root, normalised."""
    joined = normpath(f"{directory}/{path}" if directory else path)
    return "" if joined == "." else joined


def discover(paths: set[str], manifests: dict[str, ManifestFacts]) -> list[Package]:
    """All packages of a tree, by their directory. Every target's root file is in `paths`."""
    packages = []
    for manifest_path in sorted(manifests):
        facts = manifests[manifest_path]
        if facts.package is not None:
            packages.append(_declared(dirname(manifest_path), facts, paths))
    if not packages or any(not _home_of(packages, path) for path in paths):
        packages.extend(_guessed(paths, packages))
    return packages


def owner(packages: list[Package], path: str) -> Package | None:
    """The package in whose directory a file lies: the deepest."""
    best: Package | None = None
    for package in packages:
        inside = not package.home or path.startswith(package.home + "/")
        if inside and (best is None or len(package.home) > len(best.home)):
            best = package
    return best


def _home_of(packages: list[Package], path: str) -> bool:
    return any(not package.home or path.startswith(package.home + "/") for package in packages)


def _declared(home: str, facts: ManifestFacts, paths: set[str]) -> Package:
    assert facts.package is not None
    name = facts.package.replace("-", "_")
    package = Package(name, home, facts.edition, dependencies=_names(facts.dependencies))
    found: dict[tuple[str, str], str] = {}
    for target in facts.targets:
        title = (target.name or facts.package).replace("-", "_")
        for place in _candidate_places(target.kind, target.name or facts.package, target.path):
            if (root := join(home, place)) in paths:
                found[target.kind, title] = root
                break
    kinds_of_roots = set(found.values())
    for kind, place in (("lib", "src/lib.rs"), ("bin", "src/main.rs")):
        root = join(home, place)
        if root in paths and root not in kinds_of_roots and not (kind == "lib" and _has(found, "lib")):
            found[kind, name] = root
    for switch, kind, directory in _PLACES:
        if switch not in facts.off:
            for title, root in _discovered(join(home, directory), paths):
                if root not in kinds_of_roots:
                    found.setdefault((kind, title), root)
    build = join(home, facts.build if facts.build is not None else "build.rs")
    if facts.build != "" and build in paths:
        found["build", "build_script_build"] = build
    package.targets = [
        Target(name, kind, title, root, facts.edition, home) for (kind, title), root in sorted(found.items())
    ]
    return package


def _has(found: dict[tuple[str, str], str], kind: str) -> bool:
    return any(known == kind for known, _ in found)


def _names(dependencies: list[Dependency]) -> dict[str, str]:
    return {d.name.replace("-", "_"): d.package.replace("-", "_") for d in dependencies}


def _candidate_places(kind: str, name: str, path: str | None) -> list[str]:
    if path is not None:
        return [path]
    if kind == "lib":
        return ["src/lib.rs"]
    directory = next((place for _, known, place in _PLACES if known == kind), "src")
    places = [f"{directory}/{name}.rs", f"{directory}/{name}/main.rs"]
    return [*places, "src/main.rs"] if kind == "bin" else places


def _discovered(directory: str, paths: set[str]) -> list[tuple[str, str]]:
    prefix = directory + "/"
    found = []
    for path in sorted(path for path in paths if path.startswith(prefix) and path.endswith(".rs")):
        rest = path[len(prefix) :]
        if "/" not in rest:
            found.append((rest[:-3].replace("-", "_"), path))
        elif rest.endswith("/main.rs") and rest.count("/") == 1:
            found.append((rest[: -len("/main.rs")].replace("-", "_"), path))
    return found


def _guessed(paths: set[str], known: list[Package]) -> list[Package]:
    """Packages for what no manifest covers: a directory that holds a root in one of Cargo's places."""
    loose = {path for path in paths if path.endswith(".rs") and not _home_of(known, path)}
    if not loose:
        return []
    homes: dict[str, list[tuple[str, str]]] = {}
    for path in sorted(loose):
        for kind, ending in (("lib", "src/lib.rs"), ("bin", "src/main.rs")):
            if path == ending or path.endswith("/" + ending):
                homes.setdefault(path[: -len(ending)].rstrip("/"), []).append((kind, path))
    for kind, ending in (("lib", "lib.rs"), ("bin", "main.rs")):
        if ending in loose:
            homes.setdefault("", []).append((kind, ending))
    if not homes:
        if len(loose) == 1:
            homes[""] = [("lib", next(iter(loose)))]
        else:
            homes[""] = []
    packages = []
    for home, roots in sorted(homes.items()):
        package = Package(NAMELESS, home, "2021")
        for kind, root in roots:
            package.targets.append(Target(NAMELESS, kind, home or NAMELESS, root, "2021", home))
        for _, kind, directory in _PLACES:
            for title, root in _discovered(join(home, directory), loose):
                package.targets.append(Target(NAMELESS, kind, title, root, "2021", home))
        if not package.targets:
            package.targets.append(Target(NAMELESS, "lib", NAMELESS, "", "2021", home))
        packages.append(package)
    if not any(package.home == "" for package in packages) and any(
        not _home_of([*known, *packages], path) for path in loose
    ):
        packages.append(Package(NAMELESS, "", "2021", [Target(NAMELESS, "lib", NAMELESS, "", "2021", "")]))
    return packages
