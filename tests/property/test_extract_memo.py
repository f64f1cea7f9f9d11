"""R2: reading a file with what was read before gives what reading it afresh gives."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from isg_graph.parse.extract import extract
from isg_graph.parse.memo import ItemMemo
from support.rust_project import Author

EDITS = 8
PIECES = (
    "{", "}", '"', "/*", "*/", "\n", "\r\n", "// x\n", "#[test]\n", "pub ", "fn added() { one::two(); }\n",
    "#[derive(Clone)]\n", "impl A {", "macro_rules! m { () => {} }\n", "r#", "\u00e9",
)  # fmt: skip


def damaged(text: str, dice: random.Random) -> str:
    """A text with a piece put in, taken out or moved."""
    at = dice.randrange(len(text) + 1)
    to = min(len(text), at + dice.choice((0, 1, 7, 60, 300)))
    match dice.randrange(4):
        case 0:
            return text[:at] + text[to:]
        case 1:
            return text[:at] + dice.choice(PIECES) + text[at:]
        case 2:
            return text[to:] + text[:to]
        case _:
            return text[:to] + text[at:to] + text[to:]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(0, 2**32))
def test_a_file_read_with_a_memo_has_the_facts_it_has_without(seed: int) -> None:
    author, dice, memo = Author(seed), random.Random(seed), ItemMemo()
    project = author.project()
    for _ in range(EDITS):
        for text in project.files().values():
            for each in (text, damaged(text, dice), text):
                source = each.encode()
                assert extract(source, memo) == extract(source), f"seed {seed}"
        _, project = author.edit(project)


def test_an_item_that_moved_and_one_inside_another_are_found_again() -> None:
    inner = "    fn speak(&self) -> String { self.name.clone() + &other(1, 2, 3).to_string() }\n"
    first = f"struct Cat {{ name: String }}\nimpl Speak for Cat {{\n{inner}}}\n"
    second = f"\n\nmod m {{\n\nimpl Speak for Dog {{\n    const X: u8 = 1;\n{inner}}}\n}}\n" + first
    memo = ItemMemo()
    assert extract(first.encode(), memo) == extract(first.encode())
    known = dict(memo._known)
    assert extract(second.encode(), memo) == extract(second.encode())
    assert set(known) <= set(memo._known)
    assert [i.parent for i in extract(second.encode(), memo).items if i.name == "speak"] == [1, 5]


def test_the_room_of_an_item_tells_it_from_its_like_elsewhere() -> None:
    body = "fn speak(&self) -> u8 { let long_enough_to_be_kept = 1; long_enough_to_be_kept + 2 }"
    memo = ItemMemo()
    for text in (f"impl A {{ {body} }}", f"impl B for A {{ {body} }}", f"trait T {{ {body} }}", body):
        assert extract(text.encode(), memo) == extract(text.encode())


def test_broken_text_is_read_and_not_remembered() -> None:
    memo = ItemMemo()
    text = b"pub fn whole() { first_call(); second_call(); third_call(); fourth_call(); }\npub fn broken( {"
    assert extract(text, memo) == extract(text)
    assert not memo._known
