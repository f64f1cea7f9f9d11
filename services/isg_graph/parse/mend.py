"""Text that the grammar cannot read is rewritten, byte for byte of the same length, before it is parsed.

Three strengths. *Gaps* are language the grammar lacks (`try!(x)` of edition 2015, `safe fn`, `auto trait`,
`~const`). *Shortcuts* make the tokens of macros that everyone knows readable at once, without a second
parse: `println!(x)` becomes the call `println (x)`, `vec![x]` becomes `!!!![x]`, `cfg_rt! { items }`
becomes `mod c   { items }`. A shortcut that leads to an error is taken back by parsing without it. *Losses*
drop what the grammar knows only in some places (attributes on expressions); they are tried when nothing
else parses.

Whoever reads the tree compares with the original bytes, at the same places, and so knows what was mended.
Nothing that leaves extraction is taken from mended text but names. Absent: any knowledge of strings and
comments, which the patterns may touch, for nothing is read from them.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

ARGUMENT_MACROS = frozenset(
    b"print println eprint eprintln format format_args write writeln panic todo unimplemented unreachable "
    b"assert assert_eq assert_ne debug_assert debug_assert_eq debug_assert_ne dbg ready".split()
)
"""Macros whose arguments in parentheses are expressions, `name = value` apart."""

ALIAS_KEYWORD = b"type "
"""What a trait alias's `trait` is made."""


def _blank(found: re.Match[bytes]) -> bytes:
    return b" " * len(found[0])


# Repetitions are bounded where a pattern could otherwise run to the text's end from each of its beginnings.

# --- gaps ---------------------------------------------------------------------------------------------------

_TRY = re.compile(rb"try!(?=\s*\()")
# Each pattern begins with plain letters: the engine then finds them as fast as a substring.
_SAFE = re.compile(rb"safe(?=\s+(?:fn|static)\b)(?<!\wsafe)")
_AUTO_TRAIT = re.compile(rb"auto(?=\s+trait\b)(?<!\wauto)")
_CONST_TRAIT = re.compile(rb"const(?=\s+(?:unsafe\s+)?(?:auto\s+)?trait\b)(?<!\wconst)")
_TRAIT_ALIAS = re.compile(rb"trait(?=\s+\w+\s*(?:<[^={};]{0,400}>)?\s*=[^{};]{0,400};)(?<!\wtrait)")
_MAYBE_CONST = re.compile(rb"~const\b")
_BRACKETED_CONST = re.compile(rb"\[const\](?=\s+[\w:])")
_CONST_IMPL = re.compile(rb" const(?= +[\w:$(&!\[]+)(?:(?<=\bimpl const)|(?<=[^=\-\s]> const))")
_DEFAULT_IMPL = re.compile(rb"default(?=\s+(?:unsafe\s+)?impl\b)(?<!\wdefault)")
_ASYNC_BOUND = re.compile(rb"async(?=\s+(?:\w+::)*(?:Fn|FnMut|FnOnce)\b)(?<!\wasync)")
_BOX = re.compile(rb"box(?= +[A-Za-z_])(?<!\wbox)")
_CLOSURE_LIFETIMES = re.compile(rb"for\s*<[^<>(){};]*>(?=\s*(?:async\s+)?(?:move\s+)?\|)")
_DECLARED_MACRO = re.compile(rb"macro[ \t]+(\w+)[ \t]*([({])")
_BEFORE_MACRO = re.compile(rb"(?:^|\n)([ \t]*(?:pub(?:\([^)\n]*\))?[ \t]+)?)\Z")
_BRACKET = re.compile(rb"[()\[\]{}]")


def mend_bytes(source: bytes) -> bytes:
    """The source as valid UTF-8 without NUL, of the same length, and with the gaps that are frequent where
    they occur at all. The same object when nothing was to mend."""
    text = source
    if not text.isascii():
        try:
            text.decode()
        except UnicodeDecodeError:
            text = text.decode("utf-8", "isg.same-length").encode()
        if text.startswith(b"\xef\xbb\xbf"):
            text = b"   " + text[3:]
    if b"\0" in text:
        text = text.replace(b"\0", b" ")
    if b"try!" in text:
        text = _TRY.sub(b"try_", text)
    if b"safe fn" in text or b"safe static" in text:
        text = _SAFE.sub(_blank, text)
    return text


def mend_gaps(text: bytes) -> bytes:
    """The text without the rarer gaps of the grammar, of the same length. Each of them is an error to the
    grammar, so that only text that does not parse needs this. The same object when nothing was to mend."""
    before = text
    text = _AUTO_TRAIT.sub(_blank, text)
    text = _CONST_TRAIT.sub(_blank, text)
    text = _TRAIT_ALIAS.sub(ALIAS_KEYWORD, text)
    text = _MAYBE_CONST.sub(_blank, text).replace(b"~", b"!")
    text = _BRACKETED_CONST.sub(_blank, text)
    text = _CONST_IMPL.sub(_blank, text)
    text = _DEFAULT_IMPL.sub(_blank, text)
    text = _ASYNC_BOUND.sub(_blank, text)
    text = _BOX.sub(_blank, text)
    text = _CLOSURE_LIFETIMES.sub(_blank, text).replace(b"${", b" {")
    text = _mend_declared_macros(text)
    return before if text == before else text


def _mend_declared_macros(text: bytes) -> bytes:
    """`pub macro a($x:expr) { … }` becomes ` a!{$x:expr   … }`: one token tree behind an invocation."""
    out = bytearray(text)
    for found in _DECLARED_MACRO.finditer(text):
        before = _BEFORE_MACRO.search(text, max(0, found.start() - 80), found.start())
        if before is None:
            continue
        start, end = found.span(1)
        opening = found.start(2)
        if text[opening] == 0x28:  # "("
            closing = _closing(text, opening)
            body = closing + 1
            while closing and text[body : body + 1].isspace():
                body += 1
            if not closing or text[body : body + 1] != b"{":
                continue
            out[opening] = 0x7B
            out[closing] = 0x20
            out[body] = 0x20
        out[before.start(1) : start - 1] = b" " * (start - 1 - before.start(1))
        out[start - 1 : end] = text[start:end] + b"!"
    return bytes(out)


def _closing(text: bytes, opening: int) -> int:
    """Where the bracket that opens here closes; 0 when it does not."""
    depth = 0
    for found in _BRACKET.finditer(text, opening):
        depth += 1 if found[0] in b"([{" else -1
        if depth == 0:
            return found.start()
    return 0


# --- shortcuts ----------------------------------------------------------------------------------------------

_BEHIND = b"|".join(rb"(?<=\b" + name + b"!)" for name in sorted(ARGUMENT_MACROS))
_CALLS = re.compile(rb"!(?= ?\()(?:" + _BEHIND + rb")")
_VEC = re.compile(rb"vec!(?=\[)(?<![:\w.]vec!)")
_VISIBLE = rb"(?:pub(?:\([^)]*\))?\s+)?"
_WRAPPER = re.compile(
    rb"![ \t]*(?=\{\s*(?:(?://[^\n]*\n|#!?\[[^\n]*\][ \t\r]*\n)\s*)*"
    + _VISIBLE
    + rb"(?:fn\s+\w+\s*[(<]|struct\s+\w+\s*[<{(;]|"
    rb"enum\s+\w+\s*[<{]|impl(?:\s+\w|\s*<[^>])|mod\s+\w+\s*[{;]|use\s|const\s+\w+\s*:|type\s+\w|"
    rb"trait\s+\w+|unsafe\s+(?:fn|impl\s+\w+\s+for|trait)\b|async\s+fn\b|extern\s+(?:crate|\"|fn|\{)|macro_rules!\s))"
)
_NAME_BEFORE = re.compile(rb"(?:^|\n)[ \t]*([A-Za-z_][A-Za-z0-9_]{3,})\Z")
_NO_WRAPPERS = frozenset(b"macro_rules thread_local lazy_static proptest mock quick_error bitflags".split())


def mend_shortcuts(text: bytes, wrappers: bool = True) -> bytes:
    """The same text with known macros opened, of the same length. The same object when there are none."""
    if b"!" not in text:
        return text
    text = _CALLS.sub(b" ", text)
    if b"vec![" in text:
        text = _VEC.sub(b"!!!!", text)
    return _open_wrappers(text) if wrappers else text


def _open_wrappers(text: bytes) -> bytes:
    parts: list[bytes] = []
    done = 0
    for found in _WRAPPER.finditer(text):
        bang = found.start()
        name = _NAME_BEFORE.search(text, max(0, bang - 80), bang)
        if name is None or name[1] in _NO_WRAPPERS:
            continue
        start = name.start(1)
        parts += (text[done:start], b"mod c".ljust(bang + 1 - start))
        done = bang + 1
    if not parts:
        return text
    parts.append(text[done:])
    return b"".join(parts)


def readings(text: bytes, whole: bool = False) -> Iterator[bytes]:
    """The texts to try in turn until one parses: shortcuts alone, gaps mended, fewer shortcuts, none, losses.
    Of a whole file only those that serve many files: pieces of the others are read by themselves."""
    yield (tried := mend_shortcuts(text))
    gapless = mend_gaps(text)
    seen = {tried}
    for step in (0, 2) if whole else (0, 1, 2, 3):
        match step:
            case 0:
                reading = mend_shortcuts(gapless)
            case 1:
                reading = mend_shortcuts(gapless, wrappers=False)
            case 2:
                reading = gapless
            case _:
                reading = mend_losses(gapless)
        if reading not in seen:
            seen.add(reading)
            yield reading


# --- losses -------------------------------------------------------------------------------------------------

_ITEM_AHEAD = (
    rb"\s*(?:#!?\[(?:[^\[\]]|\[[^\[\]]*\])*\]\s*|//[^\n]*\n\s*|/\*.*?\*/\s*){0,40}"
    rb"(?:pub\b|crate\b|fn\b|struct\b|enum\b|union\b|trait\b|impl\b|mod\b|use\b|const\b|static\b|type\b|extern\b|unsafe\b|"
    rb"async\b|default\b|macro_rules!|\w+(?:::\w+)*!)"
)
_LOOSE_ATTRIBUTE = re.compile(
    rb"#\[(?:[^\[\]\"]|\"(?:\\.|[^\"\\])*\"|\[[^\[\]]*\])*\](?!" + _ITEM_AHEAD + rb")", re.DOTALL
)
_NEGATIVE_ARGUMENT = re.compile(rb"(?<=[<,]) *-(?=\d)")
_ASSOCIATED_DEFAULT = re.compile(rb"(\btype\s+\w+\s*:[^;={}<]{0,400})(=[^;{}]{0,400})(?=;)")
_DESTRUCTURED = re.compile(rb"^[ \t]*[(\[][^=;|]{0,400}[)\]]\s*=(?![=>])", re.MULTILINE)
_LONE_UNDERSCORE = re.compile(rb"(?<![\w])_(?![\w])")
_FN_POINTER = re.compile(rb"\bfn\s*\([^(){}|]*\)\s*->\s*_")


def mend_losses(text: bytes) -> bytes:
    """The text without attributes where no item follows, and without other rare forms. Nothing that is read
    is lost but conditions on parts of bodies."""
    if b"#[" in text:
        text = _LOOSE_ATTRIBUTE.sub(_blank, text)
    text = _NEGATIVE_ARGUMENT.sub(_blank, text)
    text = _ASSOCIATED_DEFAULT.sub(lambda found: found[1] + b" " * len(found[2]), text)
    text = _DESTRUCTURED.sub(lambda found: _LONE_UNDERSCORE.sub(b"0", found[0]), text)
    return _FN_POINTER.sub(lambda found: _LONE_UNDERSCORE.sub(b"T", found[0]), text)


def _question_marks(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return "?" * (error.end - error.start), error.end


codecs.register_error("isg.same-length", _question_marks)
