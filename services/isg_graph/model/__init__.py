"""The declared model of std: Rust stubs that go through the same resolution as user code."""

from __future__ import annotations

from importlib import resources


def load() -> dict[str, bytes]:
    """The model's sources by path (`std/option.rs`)."""
    folder = resources.files(__name__) / "std"
    return {f"std/{one.name}": one.read_bytes() for one in folder.iterdir() if one.name.endswith(".rs")}
