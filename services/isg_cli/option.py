"""The command line's own vocabulary: the parser that fails like everything else, and shared options.

Invariant: a wrong command line raises failure.Failed with code "usage" and the help to read next; it
never prints by itself. Deliberately absent: what an option does.
"""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from isg_cli import failure

if TYPE_CHECKING:
    from isg_client.place import Workspace


class _Found(Exception):
    def __init__(self, parser: ArgumentParser) -> None:
        self.parser = parser


_wanted: list[bool] = []


def parser_of(parse: Callable[[list[str]], Namespace], words: list[str]) -> ArgumentParser | None:
    """The parser that a command's `parse` makes for these words, without parsing them."""
    _wanted.append(True)
    try:
        parse(words)
    except _Found as found:
        return found.parser
    finally:
        _wanted.pop()
    return None


class Parser(ArgumentParser):
    """An ArgumentParser whose errors are failures, whose help keeps its examples' lines, and that takes no
    abbreviated options (a new option must not change what an old script means)."""

    def __init__(self, **settings: Any) -> None:
        settings.setdefault("formatter_class", RawDescriptionHelpFormatter)
        super().__init__(allow_abbrev=False, **settings)

    def parse_args(self, words: Sequence[str] | None = None) -> Namespace:  # type: ignore[override]
        """As ever; but see `parser_of`."""
        if _wanted:
            raise _Found(self)
        return super().parse_args(words)

    def error(self, message: str) -> NoReturn:
        raise failure.usage(f"{self.prog}: {message}", f"{self.prog} --help")


def common(parser: ArgumentParser, formats: tuple[str, ...] = ("text", "json")) -> None:
    """--workspace and --format; the first of `formats` is the default."""
    parser.add_argument(
        "--workspace", metavar="W", help="a workspace's name, or its directory (with a /); or ISG_WORKSPACE"
    )
    parser.add_argument(
        "--format", choices=formats, default=formats[0], help="of what is printed (default: %(default)s)"
    )


def freshness(parser: ArgumentParser) -> None:
    """--sync and --refresh."""
    parser.add_argument(
        "--sync", action="store_true", help="see everything that was saved before the question"
    )
    parser.add_argument(
        "--refresh", action="store_true", help="take in what changed in the directory before answering"
    )


def workspace(arguments: Namespace) -> Workspace:
    """The workspace that the command line, the environment or the current directory chooses."""
    from isg_client import place

    try:
        return place.choose(arguments.workspace)
    except FileNotFoundError as error:
        raise failure.Failed(
            "unreadable", "the current directory is gone", "cd to a directory that exists"
        ) from error


def natural(text: str) -> int:
    """An argument that counts: 0 or more."""
    value = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
    if value < 0:
        raise ArgumentTypeError(f"{failure.printable(text)!r} is not a number of 0 or more")
    return value


def positive(text: str) -> int:
    """An argument that counts and cannot be nothing."""
    value = natural(text)
    if value == 0:
        raise ArgumentTypeError("must be 1 or more")
    return value


def entity(text: str) -> str:
    """What names an entity: never empty. Half surrogate pairs (bytes that are not UTF-8) become U+FFFD,
    which no Rust name contains, so that they are not found like any other wrong name."""
    if not text.strip():
        raise failure.usage("an empty name names nothing", "isg query search TEXT")
    return text.encode("utf-8", "replace").decode() if text.isascii() else _whole(text)


def _whole(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def nearest(prefix: str, word: str, words: Iterable[str]) -> str:
    """The next command for a mistyped word: the likeliest one's help, or the help of `prefix`."""
    from difflib import get_close_matches

    close = get_close_matches(word[:100], list(words), n=1)
    return f"{prefix} {close[0]} --help" if close else f"{prefix} --help"
