"""Writers of code dumps, from the forms' descriptions and independent of the reader they test."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

SEPARATOR = b"=" * 48


def write_gitingest(
    files: Iterable[tuple[str, bytes]], links: Sequence[tuple[str, str]] = (), name: str = "project"
) -> bytes:
    """A digest as gitingest writes it: summary, tree, then a frame and the text of every file. `links` are
    (path, target)."""
    entries = list(files)
    lines = [f"Directory: {name}", f"Files analyzed: {len(entries)}", "", "Estimated tokens: 1.2k", ""]
    lines += ["Directory structure:", f"└── {name}/"]
    lines += [f"    ├── {path.rpartition('/')[2]}" for path, _ in entries]
    lines += [f"    ├── {path.rpartition('/')[2]} -> {target}" for path, target in links]
    chunks = ["\n".join(lines).encode() + b"\n\n"]
    chunks += [_framed(f"FILE: {path}", text or b"[Empty file]") for path, text in entries]
    chunks += [_framed(f"SYMLINK: {path} -> {target}", b"") for path, target in links]
    return b"\n".join(chunks)


def _framed(title: str, text: bytes) -> bytes:
    return b"\n".join((SEPARATOR, title.encode(), SEPARATOR, text)) + b"\n\n"


def write_bare(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Nothing but `FILE: path` lines between the texts."""
    return b"".join(b"FILE: " + path.encode() + b"\n" + text for path, text in files)


def write_repomix_plain(files: Iterable[tuple[str, bytes]]) -> bytes:
    long, short = "=" * 64, "=" * 16
    head = (
        f"This file is a merged representation.\n\n{long}\nFile Summary\n{long}\n\nPurpose:\n--------\nA.\n\n"
    )
    head += f"{long}\nDirectory Structure\n{long}\nsrc/\n  lib.rs\n\n{long}\nFiles\n{long}\n\n"
    body = "".join(f"{short}\nFile: {path}\n{short}\n{text.decode()}\n\n" for path, text in files)
    return (head + body + f"\n\n{long}\nEnd of Codebase\n{long}\n").encode()


def write_repomix_xml(files: Iterable[tuple[str, bytes]]) -> bytes:
    head = (
        "This file is a merged representation.\n\n<file_summary>\n<notes>\n- x\n</notes>\n</file_summary>\n\n"
    )
    head += "<directory_structure>\nsrc/\n  lib.rs\n</directory_structure>\n\n<files>\nThis section.\n\n"
    body = "".join(f'<file path="{path}">\n{text.decode()}\n</file>\n\n' for path, text in files)
    return (head + body + "</files>\n<git_logs>\nsrc/lib.rs\n</git_logs>\n").encode()


def write_repomix_markdown(files: Iterable[tuple[str, bytes]]) -> bytes:
    head = "This file is a merged representation.\n\n# File Summary\n\n## Purpose\nA.\n\n# Files\n\n"
    return (
        head + "".join(f"## File: {path}\n````rust\n{text.decode()}\n````\n\n" for path, text in files)
    ).encode()


def write_files_to_prompt(files: Iterable[tuple[str, bytes]]) -> bytes:
    return "".join(f"{path}\n---\n{text.decode()}\n\n---\n" for path, text in files).encode()


def write_files_to_prompt_cxml(files: Iterable[tuple[str, bytes]]) -> bytes:
    documents = "".join(
        f'<document index="{index}">\n<source>{path}</source>\n<document_content>\n{text.decode()}\n'
        "</document_content>\n</document>\n"
        for index, (path, text) in enumerate(files, start=1)
    )
    return f"<documents>\n{documents}</documents>\n".encode()


def write_files_to_prompt_markdown(files: Iterable[tuple[str, bytes]]) -> bytes:
    return "".join(f"{path}\n````\n{text.decode()}\n````\n" for path, text in files).encode()


def write_code2prompt(files: Iterable[tuple[str, bytes]]) -> bytes:
    head = "Project Path: project\n\nSource Tree:\n\n```txt\nproject\n└── src\n    └── lib.rs\n```\n\n"
    return (head + "".join(f"`{path}`:\n\n```rs\n{text.decode()}\n```\n\n" for path, text in files)).encode()
