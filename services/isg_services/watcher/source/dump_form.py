"""The forms of code dumps, each as the marks that it sets between files.

Owns what a marker looks like in each form; whether a marker that lies inside a Rust literal counts is
decided in `dump.py`. Invariant: `marks` is linear in the dump and sorted by place. Deliberately absent: forms
that hold their files in JSON.

What the tools write (content ends before the closing line; blank lines after it are theirs):

    gitingest         ={48} / FILE: path / ={48} / content            SYMLINK: a -> b has no content
    repomix           ={16} / File: path / ={16} / content            sections between ={64} lines
                      <file path="path"> / content / </file>          parsable style: escaped, on one line
                      ## File: path / ```rust / content / ```         one fence, longer than any run inside
    files-to-prompt   path / --- / content / blank / ---
                      <document index="1"> / <source>path</source> / <document_content> / content / ...
                      path / ``` / content / ```
    code2prompt       `path`: / blank / ```rs / content / ```         or no fence; its XML is repomix's
    bare              FILE: path / content
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Mark:
    """One boundary at `start`. A head names a file whose content begins at `body`; without a `path` it only
    ends the file before it. A `fence` closes, and is closed by, an equal one. `cut`: the dump ends in it."""

    start: int
    body: int
    path: bytes | None = None
    fence: bytes = b""
    is_head: bool = True
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """`head` has the groups `path` and perhaps `tag` and `fence`; `close` ends a file without beginning one;
    `cut` matches what is left, at the very end, of a marker that the dump's end cuts through."""

    name: str
    head: re.Pattern[bytes]
    close: re.Pattern[bytes] | None = None
    cut: re.Pattern[bytes] | None = None
    is_escaped: bool = False
    at_line_start: bool = True


_EOL: Final = rb"[ \t]*\r?(?:\n|\Z)"
_TAG: Final = rb"(?:FILE|File|SYMLINK|DIRECTORY)"
_FENCE: Final = rb"(?P<fence>`{3,})"
_LANGUAGE: Final = rb"[A-Za-z0-9_+.-]*"
# A line that can be a path by itself: without blanks and with a dot or separator, or of a name that we take.
# Possessive and bounded, so that no line makes it look twice.
_PATH_LINE: Final = (
    rb"(?P<path>(?=[^\s:`]{0,4096}[./])[^\s:`*\"<>|]{1,4096}+(?=[ \t\r\n])"
    rb"|[^\r\n`]{1,4096}+(?:(?<=\.rs)|(?<=Cargo\.toml)))"
)
_MARKER_BYTES_MAX: Final = 16 * 1024  # a path is at most 4,096 of them


def _beginnings(*pieces: bytes) -> bytes:
    r"""A pattern for every proper beginning of a marker, at the end of the dump. A piece that begins with `[`
    or is `\r?\n` is a pattern; any other stands for its bytes."""
    pattern = b""
    for piece in reversed(pieces):
        is_pattern = piece.startswith((b"[", rb"\r"))
        for unit in [piece] if is_pattern else [re.escape(bytes([byte])) for byte in reversed(piece)]:
            pattern = unit + (b"(?:" + pattern + b")?" if pattern else b"")
    return pattern + rb"\r?\Z"


def _cut(*markers: tuple[bytes, ...]) -> re.Pattern[bytes]:
    return re.compile(rb"(?m:^)(?:" + b"|".join(_beginnings(*marker) for marker in markers) + b")")


def _framed(name: str, width: int, close: bytes, cut_close: bytes) -> Form:
    line = b"=" * width  # spelt out: the engine jumps by a literal, not by a repetition
    return Form(
        name,
        re.compile(
            line + rb"\r?\n(?P<tag>" + _TAG + rb"): (?P<path>[^\r\n]+)\r?\n" + line + _EOL,
        ),
        re.compile(close + _EOL),
        re.compile(
            rb"(?m:^)(?:={1,%d}|={%d}\r?\n(?:[A-Za-z]{0,9}|%s:"
            rb"(?: (?P<path>[^\r\n]*)(?P<whole>\r?\n={0,%d})?)?)|%s)\r?\Z"
            % (width, width, _TAG, width - 1, cut_close)
        ),
    )


_GITINGEST: Final = _framed("gitingest", 48, rb"# End of gitingest context", rb"# End of [a-z ]*")
_REPOMIX: Final = _framed(
    "repomix",
    16,
    b"=" * 64 + rb"\r?\n[A-Z][A-Za-z ]+\r?\n={64}",
    rb"={1,64}(?:\r?\n(?:[A-Z][A-Za-z ]*(?:\r?\n={0,64})?)?)?",
)
_BARE: Final = Form(
    "bare",
    re.compile(rb"(?P<tag>FILE|SYMLINK): (?P<path>[^\r\n]*[^\s])" + _EOL),
    cut=re.compile(rb"(?m:^)(?:F|FI|FIL|FILE|FILE:|FILE: )\Z"),
)
_XML: Final = Form(
    "repomix-xml",
    re.compile(rb'<file path="(?P<path>[^"\r\n]*)"[^>\r\n]*>[ \t]*\r?\n(?:[ \t]*```\w*\r?\n)?'),
    re.compile(rb"(?:```\r?\n[ \t]*)?</file>" + _EOL),
    _cut((b'<file path="', rb'[^"\n]*', b'"', rb"[^>\n]*", b">"), (b"</file>",)),
    at_line_start=False,
)
_XML_PARSABLE: Final = Form(
    "repomix-xml",
    re.compile(rb'<file path="(?P<path>[^"\r\n]*)"[^>\r\n]*>'),
    re.compile(rb"</file>"),
    re.compile(_beginnings(b"</file>")),
    is_escaped=True,
    at_line_start=False,
)
_MARKDOWN: Final = Form(
    "repomix-markdown",
    re.compile(rb"## File: (?P<path>[^\r\n]+)\r?\n" + _FENCE + _LANGUAGE + _EOL),
    re.compile(rb"(?P<fence>`{3,})" + _EOL),
    _cut((b"## File: ", rb"[^\n]*", rb"\r?\n", rb"[`]*", rb"[a-z]*"), (rb"[`]+",)),
)
_CXML: Final = Form(
    "files-to-prompt-cxml",
    re.compile(
        rb'<document index="\d+">\r?\n<source>(?P<path>[^\r\n]*)</source>\r?\n<document_content>' + _EOL
    ),
    re.compile(rb"</document_content>\r?\n</document>" + _EOL),
    _cut(
        (
            b'<document index="',
            rb"[0-9]*",
            b'">',
            rb"\r?\n",
            b"<source>",
            rb"[^\n<]*",
            b"</source>",
            rb"\r?\n",
            b"<document_content>",
        ),
        (b"</document_content>", rb"\r?\n", b"</document>"),
    ),
)
_DASHED: Final = Form(
    "files-to-prompt",
    re.compile(rb"---\r?\n" + _PATH_LINE + rb"\r?\n---" + _EOL),
    re.compile(rb"---\s*\Z"),
    re.compile(rb"(?m:^)(?:-{1,2}|---\r?\n[^\r\n]*(?:\r?\n-{0,2})?)\r?\Z"),
)
_FENCED: Final = Form(
    "files-to-prompt-markdown",
    # The fence leads, so that the search can jump; the path is the line before it.
    re.compile(_FENCE + _LANGUAGE + _EOL),
    re.compile(_FENCE + _EOL),
    _cut((rb"[`]+",)),
)
_QUOTED: Final = Form(
    "code2prompt",
    re.compile(rb"`(?P<path>[^`\r\n]+)`:[ \t]*\r?\n(?:[ \t]*\r?\n)?(?:" + _FENCE + _LANGUAGE + _EOL + rb")?"),
    re.compile(rb"(?:" + _FENCE + rb"|Git Diff:)" + _EOL),
    _cut((b"`", rb"[^`\n]*", b"`:", rb"\r?\n", rb"\r?\n", rb"[`]*", rb"[a-z]*"), (rb"[`]+",)),
)
_SEARCHED: Final = (_GITINGEST, _REPOMIX, _BARE, _XML, _MARKDOWN, _CXML, _QUOTED)
_FIRST_LINES: Final = (
    (re.compile(rb"\s*+" + _PATH_LINE + rb"\r?\n---" + _EOL), _DASHED),
    (re.compile(rb"\s*+" + _PATH_LINE + rb"\r?\n" + _FENCE + _LANGUAGE + _EOL), _FENCED),
)


def recognise(data: bytes) -> Form | None:
    """The form whose first marker comes first; None where there is no marker. Two forms of files-to-prompt
    have weak markers and are recognised by the dump's very first lines alone."""
    for first, form in _FIRST_LINES:
        if first.match(data):
            return form
    if data.lstrip().startswith((b"<repomix>", b"<?xml")) and _XML_PARSABLE.head.search(data):
        return _XML_PARSABLE
    best: Form | None = None
    best_start = len(data)
    for form in _SEARCHED:
        for found in _matches(form, form.head, data, best_start):
            best, best_start = form, found.start()
            break
    return best


def marks(form: Form, data: bytes) -> list[Mark]:
    """Every boundary of the form, in order and without overlap."""
    if form is _FENCED:
        found = list(_fenced_marks(data))
    else:
        found = [_head(form, match) for match in _matches(form, form.head, data, len(data))]
        if form is _DASHED and (first := _FIRST_LINES[0][0].match(data)):
            found.insert(0, Mark(first.start(), first.end(), first["path"]))
        if form.close is not None:
            found.extend(
                Mark(match.start(), match.end(), None, match.groupdict().get("fence") or b"", is_head=False)
                for match in _matches(form, form.close, data, len(data))
            )
        found.sort(key=lambda mark: (mark.start, not mark.is_head))
    kept: list[Mark] = []
    for mark in found:
        if not kept or mark.start >= kept[-1].body:
            kept.append(mark)
    last_head = next((mark.body for mark in reversed(kept) if mark.is_head), 0)
    if form.cut is not None and (cut := _cut_mark(form.cut, data, last_head)):
        kept = [mark for mark in kept if mark.start < cut.start]
        kept.append(cut)
    return kept


def named_in_tree(data: bytes, end: int) -> frozenset[bytes]:
    """The names (not paths) that a directory tree before `end` lists; empty where there is none."""
    return frozenset(
        name.strip().rstrip(b"/").partition(b" -> ")[0]
        for name in re.findall(
            rb"(?:\xe2\x94\x9c|\xe2\x94\x94)\xe2\x94\x80\xe2\x94\x80 ([^\r\n]+)", data[:end]
        )
    )


def _head(form: Form, match: re.Match[bytes]) -> Mark:
    groups = match.groupdict()
    is_file = groups.get("tag") not in (b"SYMLINK", b"DIRECTORY")
    path = match["path"].strip() if is_file else None
    if form.name == "repomix-xml" and path is not None and b"&" in path:
        path = unescape(path)
    return Mark(match.start(), match.end(), path, groups.get("fence") or b"")


def _cut_mark(pattern: re.Pattern[bytes], data: bytes, start: int) -> Mark | None:
    found = pattern.search(data, max(start, len(data) - _MARKER_BYTES_MAX))
    if found is None or found.end() == found.start():
        return None
    groups = found.groupdict()
    path = groups.get("path") if groups.get("whole") else None
    return Mark(found.start(), len(data), path, cut=True)


def _fenced_marks(data: bytes) -> Iterator[Mark]:
    for match in _at_line_starts(_FENCED.head, data):
        line_start = data.rfind(b"\n", 0, max(0, match.start() - 1)) + 1
        before = data[line_start : match.start()]
        if re.fullmatch(_PATH_LINE + rb"\r?\n", before):
            yield Mark(line_start, match.end(), before.strip(), match["fence"])
        elif _FENCED.close is not None and _FENCED.close.match(data, match.start()):
            yield Mark(match.start(), match.end(), None, match["fence"], is_head=False)


def _matches(form: Form, pattern: re.Pattern[bytes], data: bytes, end: int) -> Iterator[re.Match[bytes]]:
    return (_at_line_starts if form.at_line_start else _after_blanks)(pattern, data, end)


def _at_line_starts(
    pattern: re.Pattern[bytes], data: bytes, end: int | None = None
) -> Iterator[re.Match[bytes]]:
    """Matches that begin a line. The patterns begin with a literal, by which the engine jumps; an anchor in
    front would make it look at every byte."""
    position, stop = 0, len(data) if end is None else end
    reach = min(len(data), stop + _MARKER_BYTES_MAX)
    while (found := pattern.search(data, position, reach)) is not None and found.start() < stop:
        if found.start() == 0 or data[found.start() - 1] == 0x0A:
            yield found
            position = max(found.end(), found.start() + 1)
        else:
            position = found.start() + 1


def _after_blanks(
    pattern: re.Pattern[bytes], data: bytes, end: int | None = None
) -> Iterator[re.Match[bytes]]:
    """Matches that have nothing but blanks before them on their line, or, where the form puts contents on the
    line of the tag, anything."""
    stop = len(data) if end is None else end
    for found in pattern.finditer(data, 0, min(len(data), stop + _MARKER_BYTES_MAX)):
        if found.start() >= stop:
            return
        if pattern in _INLINE or not data[data.rfind(b"\n", 0, found.start()) + 1 : found.start()].strip():
            yield found


_INLINE: Final = (_XML_PARSABLE.head, _XML_PARSABLE.close)
_ENTITY: Final = re.compile(rb"&(amp|lt|gt|quot|apos|#39);")
_CHARACTER: Final[dict[bytes, bytes]] = {
    b"amp": b"&",
    b"lt": b"<",
    b"gt": b">",
    b"quot": b'"',
    b"apos": b"'",
    b"#39": b"'",
}


def unescape(text: bytes) -> bytes:
    """XML's five predefined entities, undone."""
    return _ENTITY.sub(lambda found: _CHARACTER[found[1]], text)
