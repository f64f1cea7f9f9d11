"""`isg completion`: what a shell needs to complete command lines of isg, and the words themselves.

Owns the three shells' scripts and the choice of words: commands, questions, options, their choices, and names
out of the graph where an entity is meant. Invariant: it never fails loudly; a shell that asks while a line is
half written gets words or nothing. Deliberately absent: files, which shells complete by themselves.
"""

from __future__ import annotations

import shlex
from argparse import Action, ArgumentParser, Namespace
from collections.abc import Iterable

from isg_cli import option

NAMES_MAX = 200
"""Names out of the graph that are offered at once."""

_NAMED = frozenset({"TRAIT", "TYPE", "FN", "ENTITY", "FROM", "TO", "NAME", "TEXT"})

BASH = """\
_isg() {
    local IFS=$'\\n'
    COMPREPLY=($(isg completion --colons words "${COMP_LINE:0:$COMP_POINT}" 2>/dev/null))
}
complete -o default -F _isg isg
"""

ZSH = """\
#compdef isg
_isg() {
    local -a found
    found=("${(@f)$(isg completion words "${(pj: :)words[1,CURRENT]}" 2>/dev/null)}")
    if [[ -n $found ]]; then compadd -Q -- $found; else _files; fi
}
compdef _isg isg
"""

FISH = """\
complete -c isg -a '(isg completion words (commandline -cp) 2>/dev/null)'
"""

SHELLS = {"bash": BASH, "zsh": ZSH, "fish": FISH}


def parse(words: list[str]) -> Namespace:
    parser = option.Parser(
        prog="isg completion",
        description="A script that completes the command line of isg in a shell.",
        epilog="examples:\n"
        '  eval "$(isg completion bash)"             in ~/.bashrc\n'
        '  eval "$(isg completion zsh)"              in ~/.zshrc, behind compinit\n'
        "  isg completion fish | source              in ~/.config/fish/config.fish",
    )
    parser.add_argument("shell", choices=(*SHELLS, "words"), help="words: what can stand at a line's end")
    parser.add_argument("line", nargs="?", default="", help="the line up to the cursor, for words")
    parser.add_argument("--colons", action="store_true", help="the shell ends words at colons, as bash does")
    return parser.parse_args(words)


def run(arguments: Namespace) -> int:
    """Print a script, or words, one a line."""
    if arguments.shell in SHELLS:
        print(SHELLS[arguments.shell], end="")
        return 0
    words, last = _split(arguments.line)
    found = sorted({word for word in _candidates(words, last) if word.startswith(last)})
    cut = last.rfind(":") + 1 if arguments.colons else 0
    print("\n".join(word[cut:] for word in found))
    return 0


def _split(line: str) -> tuple[list[str], str]:
    """The words of a line behind `isg`, and the one that is being written."""
    try:
        words = shlex.split(line)
    except ValueError:  # a quote that is still open
        words = shlex.split(line + "'") if line.count("'") % 2 else line.split()
    if not line or line[-1].isspace():
        words.append("")
    return words[1:-1], words[-1] if len(words) > 1 else ""


def _candidates(words: list[str], last: str) -> Iterable[str]:
    from isg_cli.main import COMMANDS
    from isg_cli.query import QUESTIONS

    if not words:
        return COMMANDS
    name, rest = words[0], words[1:]
    if name == "query" and not rest:
        return QUESTIONS
    parser = _parser(name, rest)
    if parser is None:
        return ()
    options = {text: action for action in parser._actions for text in action.option_strings}
    before = options.get(rest[-1]) if rest else None
    if before is not None and before.nargs is None:
        return _values(before, words, last)
    if last.startswith("-"):
        return options
    position = _given(rest[1:] if name == "query" else rest, options)
    positional = [action for action in parser._actions if not action.option_strings]
    if not positional:
        return options
    at = positional[min(position, len(positional) - 1)]
    if position >= len(positional) and at.nargs is None:
        return options
    return _values(at, words, last)


def _parser(name: str, rest: list[str]) -> ArgumentParser | None:
    """The parser of a command's arguments, as far as the line tells which."""
    from importlib import import_module

    from isg_cli.main import COMMANDS

    command = COMMANDS.get(name)
    if command is None:
        return None
    module = import_module(f"isg_cli.{command.module}")
    try:
        return option.parser_of(module.parse, rest[:1] if name == "query" else [])
    except Exception:  # no such question
        return None


def _given(words: list[str], options: dict[str, Action]) -> int:
    """How many words stand for themselves: no options, and no values of such."""
    count = 0
    value = False
    for word in words:
        if value:
            value = False
        elif word in options:
            value = options[word].nargs is None
        elif not word.startswith("-"):
            count += 1
    return count


def _values(action: Action, words: list[str], last: str) -> Iterable[str]:
    """What can be said where an argument stands."""
    if action.choices is not None:
        return [str(choice) for choice in action.choices]
    metavar = action.metavar if isinstance(action.metavar, str) else action.dest
    return _names(words, last) if metavar in _NAMED and last else ()


def _names(words: list[str], last: str) -> list[str]:
    """Names and symbols of the graph that begin so."""
    from isg_cli import ask
    from isg_protocol.message import Query

    named = [words[at + 1] for at, word in enumerate(words[:-1]) if word == "--workspace"]
    arguments = Namespace(workspace=named[0] if named else None, refresh=False, sync=False)
    asked = Query(name="search", target=last, limit=NAMES_MAX)
    try:
        with ask.asker(arguments, option.workspace(arguments)) as asker:
            rows = asker.ask(asked)["results"]
    except Exception:  # no graph, or a name that no graph has
        return []
    found = []
    for row in rows:
        parts = row["symbol"].split("::")
        found += ["::".join(parts[at:]) for at in range(len(parts))]
    return [name for name in found if name.startswith(last) and not set(name) & set("<> ")]
