"""`extract`: the bytes of one Rust file in, its facts out.

Never raises, whatever the bytes; never reads anything but them. What could not be read is in `issues`; what
is whole stands in `items` all the same.
"""

from __future__ import annotations

from isg_graph.parse import container, datatype, function, use, wrapper  # noqa: F401 (they fill READINGS)
from isg_graph.parse.attribute import join_conditions
from isg_graph.parse.item import FileReader, Place
from isg_graph.parse.memo import ItemMemo
from isg_graph.parse.mend import mend_bytes, mend_gaps, readings
from isg_graph.parse.recover import recover
from isg_graph.parse.tree import parse
from isg_protocol.facts import FileFacts, Issue
from isg_protocol.version import FACTS_FORMAT


def extract(source: bytes, memo: ItemMemo | None = None) -> FileFacts:
    """The facts of one file. Errors are in `issues`, 1-based lines; nothing is raised. `memo`: items read
    before, which makes the reading of a file known but for an edit a matter of its parse."""
    lines = source.count(b"\n") + (1 if source and not source.endswith(b"\n") else 0)
    try:
        file = _read(source, memo)
    except RecursionError:  # the caller stands deeper than our own limit allows for
        return FileFacts(FACTS_FORMAT, [], [Issue(1, "nested too deeply")], lines)
    if file.issue_count > len(file.issues):
        file.issues[-1].reason += f" (and {file.issue_count - len(file.issues)} more)"
    attributes = file.attributes
    return FileFacts(
        FACTS_FORMAT,
        file.items,
        file.issues,
        lines,
        join_conditions(attributes.cfg),
        sorted(attributes.names),
    )


def _read(source: bytes, memo: ItemMemo | None) -> FileReader:
    plain = mend_bytes(source)
    file = FileReader(source, plain is not source, memo)
    for text in readings(plain, whole=True):
        root = parse(text)
        if not root.has_error:
            file.members(root.named_children, Place(text, 0))
            return file
        file.mended = True
    gapless = mend_gaps(plain)
    recover(file, gapless, Place(gapless, 0))
    return file
