"""The wheel's hook: compiles the pure modules where the time goes, if it is asked to and can.

`ISG_COMPILE=1 pip install .` makes extension modules of them with mypyc; the same sources, so the same
answers. Without it, or where that fails (no C compiler), they are installed as the Python they are. An
editable install is never compiled: it is for changing the sources.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOTS = ("protocol", "services")
ROOMS = ("isg_graph/expand", "isg_graph/infer", "isg_graph/link", "isg_graph/parse", "isg_graph/resolve")
ALSO = ("isg_graph/lookup.py",)
NOT = ("isg_graph/parse/tree.py",)
"""It tells the type checker something of tree-sitter that a compiler would take at its word."""

NEEDED = ("mypy>=1.13", "setuptools", "msgspec>=0.19", "tree-sitter>=0.25,!=0.26.0")
"""mypyc, what it drives the C compiler with, and the packages whose types it reads."""

SETUP = """
import sys
from setuptools import setup
from mypyc.build import mypycify
flags = ["--follow-imports=silent", "--ignore-missing-imports"]
setup(ext_modules=mypycify(flags + sys.argv.pop().split(":"), opt_level="1", debug_level="0"))
"""


class CompileHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's, generic over its configuration
    """Adds the extension modules beside the sources in the wheel."""

    def dependencies(self) -> list[str]:
        return list(NEEDED) if asked() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable" or not asked():
            return
        self._made = tempfile.mkdtemp()
        try:
            modules = compiled(Path(self.root), Path(self._made))
        except (OSError, subprocess.CalledProcessError) as error:
            self.app.display_warning(f"not compiled, the modules stay Python: {error}")
            return
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        build_data["force_include"].update(modules)

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if hasattr(self, "_made"):
            shutil.rmtree(self._made, ignore_errors=True)


def asked() -> bool:
    """Whether whoever builds wants it compiled."""
    return os.environ.get("ISG_COMPILE", "") not in ("", "0")


def compiled(root: Path, work: Path) -> dict[str, str]:
    """Compile into `work`; returns each extension module's place and its path in the wheel."""
    for source in ROOTS:
        shutil.copytree(
            root / source, work, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__", "*.so")
        )
    chosen = [str(path.relative_to(work)) for room in ROOMS for path in sorted((work / room).glob("*.py"))]
    chosen = [path for path in chosen if not path.endswith("__init__.py") and path not in NOT]
    command = [sys.executable, "-c", SETUP, "build_ext", "--inplace", ":".join([*chosen, *ALSO])]
    environment = dict(os.environ, MYPYPATH=str(work))
    subprocess.run(command, cwd=work, env=environment, check=True, stdout=subprocess.DEVNULL)
    return {
        str(path): str(path.relative_to(work))
        for path in work.rglob("*.so")
        if work / "build" not in path.parents
    }
