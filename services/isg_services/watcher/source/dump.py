"""A code dump, taken apart into its files.

Owns the decision which markers count. A marker that lies between two Rust literals always counts. One
inside an open literal or comment is content, unless the file is better explained as broken:

1. where the dump opens with a directory tree, a marker whose name the tree does not list is no file
   (a tree that lacks a file whose marker is certain is not believed);
2. where the literal stays open until the end of the dump (or beyond the largest file that is taken, or beyond
   what may be read ahead), the marker counts: an unterminated literal swallows nothing;
3. where reading on as content leads to a file that is not whole (its brackets do not pair), while every file
   that the markers in between would begin is whole by itself, the markers count;
4. otherwise it is content.

A file that begins where the other reading has content never displaces another file of its path.

Invariants: pure; the only error is `NoMarkers`; linear in the dump; a file's content begins right behind its
marker, so lines keep their numbers; the line ends that a form appends are dropped but for one.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

from isg_services.watcher.source import dump_form
from isg_services.watcher.source.dump_form import Form, Mark
from isg_services.watcher.source.file import (
    Skipped,
    SourceFile,
    escape,
    is_relevant,
    is_relevant_name,
    settle_path,
    settle_text,
)
from isg_services.watcher.source.limit import (
    LOOKAHEAD_FACTOR_MAX,
    LOOKAHEAD_FLOOR_BYTES,
    SOURCE_FILE_BYTES_MAX,
)
from isg_services.watcher.source.rust_text import Opened, close, is_whole, open_at

_UTF16_MARKS: Final = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_STAND_IN: Final = re.compile(
    rb"\[(?:Binary|Non-text) file\]|Error reading file[^\n]*|Error: Unable to decode[^\n]*"
)
_CUT_CHARACTER: Final = re.compile(rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})\Z")
_EMPTY_FILE: Final = b"[Empty file]"


class NoMarkers(ValueError):
    """The text holds no marker of any known form. `hint` is what to do about it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class DumpContents:
    """The Rust files and manifests of a dump in its order, what was refused, and the form's name (`empty`
    for a dump without text)."""

    files: list[SourceFile]
    skipped: list[Skipped]
    form: str


def read_dump(data: bytes) -> DumpContents:
    """Take a dump apart; `data` is the whole of it, in UTF-8 or in UTF-16 with its mark.

    Raises `NoMarkers` for a text, or for bytes, without a single marker."""
    text = _decoded(data)
    if not text.strip():
        return DumpContents([], [], "empty")
    form = dump_form.recognise(text)
    if form is None:
        raise NoMarkers(*_why_no_marker(text))
    return _Reading(text, form).contents()


class _Reading:
    """The state of one pass over a dump."""

    def __init__(self, data: bytes, form: Form) -> None:
        self._data = data
        self._form = form
        self._marks = dump_form.marks(form, data)
        self._starts = [mark.start for mark in self._marks]
        self._tree = dump_form.named_in_tree(data, self._starts[0])
        self._files: dict[str, SourceFile] = {}
        self._skipped: list[Skipped] = []
        self._doubtful_until = 0  # what begins before this offset may be content of a file before it
        self._lookahead_bytes_left = LOOKAHEAD_FACTOR_MAX * len(data) + LOOKAHEAD_FLOOR_BYTES

    def contents(self) -> DumpContents:
        index = 0
        while index < len(self._marks):
            mark = self._marks[index]
            path = _written_path(mark)
            if path is None or not is_relevant_name(path.replace("\\", "/")):
                index = self._next_mark(mark, index + 1)
                continue
            is_doubtful = mark.start < self._doubtful_until
            is_outside_tree = self._is_outside_tree(index)
            if is_outside_tree and not is_doubtful:
                self._tree = frozenset()  # a tree that does not list what is certain says nothing
            following = self._end_of(index)
            if is_outside_tree and is_doubtful:
                self._skipped.append(
                    Skipped(escape(path), "not in the dump's own tree, and inside a broken file")
                )
            else:
                self._take(mark, path, self._start_of(following), is_doubtful)
            index = following
        return DumpContents(list(self._files.values()), self._skipped, self._form.name)

    def _take(self, mark: Mark, written: str, end: int, is_doubtful: bool) -> None:
        files, skipped = self._files, self._skipped
        path, refused = settle_path(written)
        if refused is not None:
            skipped.append(Skipped(path, refused))
            return
        if not is_relevant(path):
            return
        if mark.cut:
            skipped.append(Skipped(path, "the dump ends before its first line"))
            return
        taken = self._text(path, mark.body, end)
        if isinstance(taken, Skipped):
            skipped.append(taken)
        elif path not in files:
            files[path] = taken
        elif is_doubtful:
            skipped.append(
                Skipped(path, "named twice, here perhaps inside a broken file: the first is taken")
            )
        else:
            del files[path]
            files[path] = taken
            skipped.append(Skipped(path, "named twice: the last one is taken"))

    def _text(self, path: str, start: int, end: int) -> SourceFile | Skipped:
        text = self._data[start:end]
        if end == len(self._data):
            text = _without_cut_character(text)
        body = text.rstrip(b"\r\n")
        line_end = text[len(body) :]
        if body == _EMPTY_FILE:
            body = b""
        elif len(body) < 512 and _STAND_IN.fullmatch(body):
            return Skipped(path, f"the dump holds no text of it: {body.decode('utf-8', 'replace')}")
        if self._form.is_escaped:
            body = dump_form.unescape(body)
        if body and line_end:
            body += b"\r\n" if line_end.startswith(b"\r\n") else b"\n"
        return settle_text(path, body)

    def _start_of(self, index: int) -> int:
        return self._starts[index] if index < len(self._marks) else len(self._data)

    def _next_mark(self, of: Mark, index: int) -> int:
        """The first mark from `index` that can end the file begun by `of`, or the number of marks."""
        while index < len(self._marks):
            mark = self._marks[index]
            if mark.is_head or mark.fence == of.fence:
                return index
            index += 1
        return index

    def _end_of(self, index: int) -> int:
        """The mark that ends the file begun by mark `index`."""
        head = self._marks[index]
        position = head.body
        following = self._next_mark(head, index + 1)
        if head.path is None or not head.path.endswith(b".rs"):
            return following
        while following < len(self._marks):
            opened = open_at(self._data, position, self._starts[following])
            if opened is None:
                return following
            if self._is_outside_tree(following) and self._spend(self._starts[following] - opened.start):
                position = opened.start
                following = self._next_mark(head, following + 1)
                continue
            resumed = self._content_until(index, following, opened)
            return following if resumed is None else resumed
        return following

    def _content_until(self, index: int, doubtful: int, opened: Opened) -> int | None:
        """The mark that ends the file when mark `doubtful`, inside `opened`, is content; None when it is
        none."""
        head = self._marks[index]
        end = self._synchronised(head, doubtful, opened)
        if end is None:
            self._doubtful_until = head.body + SOURCE_FILE_BYTES_MAX
            return None
        if is_whole(self._data, head.body, self._start_of(end)):
            return end
        pieces = [k for k in range(doubtful, min(end, len(self._marks))) if self._marks[k].path is not None]
        if pieces and all(self._is_whole_piece(k) for k in pieces):
            self._doubtful_until = self._start_of(end)
            return None
        return end

    def _synchronised(self, head: Mark, doubtful: int, opened: Opened) -> int | None:
        """The first mark that lies between two literals when everything before it is read as one file (the
        number of marks: the end of the dump); None when there is none within the bounds."""
        furthest = min(len(self._data), head.body + SOURCE_FILE_BYTES_MAX)
        furthest = min(furthest, self._starts[doubtful] + max(0, self._lookahead_bytes_left))
        following = doubtful
        still: Opened | None = opened
        reached = self._starts[doubtful]
        while still is not None:
            position = close(self._data, still, furthest)
            if position is None:
                self._spend(furthest - self._starts[doubtful])
                return None
            following = self._next_mark(head, bisect_left(self._starts, position, following))
            reached = self._start_of(following)
            still = open_at(self._data, position, min(reached, furthest))
        # Both readings are lexed once more, with their brackets.
        within = reached <= furthest and self._spend(3 * (reached - self._starts[doubtful]))
        return following if within else None

    def _is_whole_piece(self, index: int) -> bool:
        mark = self._marks[index]
        return is_whole(self._data, mark.body, self._start_of(self._next_mark(mark, index + 1)))

    def _is_outside_tree(self, index: int) -> bool:
        path = self._marks[index].path
        return bool(self._tree) and path is not None and path.rpartition(b"/")[2] not in self._tree

    def _spend(self, lookahead_bytes: int) -> bool:
        self._lookahead_bytes_left -= lookahead_bytes
        return self._lookahead_bytes_left > 0


def _written_path(mark: Mark) -> str | None:
    return None if mark.path is None else mark.path.decode("utf-8", "surrogateescape")


def _without_cut_character(text: bytes) -> bytes:
    """A dump can end within a character; what is before it still counts."""
    cut = _CUT_CHARACTER.search(text, max(0, len(text) - 3))
    return text[: cut.start()] if cut else text


def _decoded(data: bytes) -> bytes:
    for mark, encoding in _UTF16_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace").encode()
    return data.removeprefix(codecs.BOM_UTF8)


def _why_no_marker(text: bytes) -> tuple[str, str]:
    hint = "name a directory, a .rs file or a dump of gitingest, repomix, files-to-prompt or code2prompt"
    if b"\0" in text[:8192]:
        return "the source is binary, not a code dump", hint
    first = escape(text.strip().splitlines()[0][:60].decode("utf-8", "replace"))
    return f"the text holds no file marker such as `FILE: src/lib.rs` (it begins with {first!r})", hint
