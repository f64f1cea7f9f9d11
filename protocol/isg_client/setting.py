"""Settings: what may be chosen beside the command line, its defaults, and where each value comes from.

A value is the flag's, else that of the environment (`ISG_` and the name in capitals), else that of the
project's `isg.toml` (the nearest from a directory upwards), else that of the user's (in the platform's
configuration directory; ISG_CONFIG names another file), else the default. Owns the table and the reading;
`adopt` puts what the files say into the environment once, at the start of a process, so that its children
have the same and nothing else reads files. Invariant: a project's file, which may come with a stranger's
sources, cannot say where state lies nor how much memory may be used. deploy/isg.toml shows every setting; a
test holds it to the table.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NamedTuple

from isg_client.error import Usage

FILE_NAME = "isg.toml"
FILE_BYTES_MAX = 100_000
USER_FILE = "ISG_CONFIG"


class Setting(NamedTuple):
    """One setting. Its values are of the default's type: a number from `least` up to `most`, or one of
    `choices`, or any text. `personal`: a project's file cannot say it."""

    default: int | str
    why: str
    flag: str | None = None
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 1_000_000_000
    personal: bool = False


SETTINGS: dict[str, Setting] = {
    "state_dir": Setting(
        "", "where graphs are kept; empty: the platform's user state directory", personal=True
    ),
    "parsers": Setting(0, "parser processes of a daemon; 0: one a core", "daemon --parsers", most=256),
    "queries": Setting(1, "query processes of a daemon", "daemon --queries", least=1, most=256),
    "idle_exit_s": Setting(
        0, "a daemon ends once nobody has asked for so many seconds; 0: never", "daemon --idle-exit"
    ),
    "watch": Setting(
        "auto", "how changes are noticed: auto polls where the file system tells of none",
        choices=("auto", "events", "polling"),
    ),
    "limit": Setting(100, "results of an answer that are shown; 0: all", "query --limit"),
    "timeout_ms": Setting(10_000, "milliseconds a question may take", "query --timeout-ms", least=1),
    "tokens": Setting(4_000, "the budget of a context", "generate-context --tokens", least=1),
    "hops": Setting(2, "how far around its entities a context looks", "generate-context --hops", most=16),
    "log_format": Setting("text", "lines of the actors' logs", choices=("text", "json")),
    "log_level": Setting("info", "debug: a line for each change and question", choices=("info", "debug")),
    "log_mb": Setting(1, "megabytes of an actor's log before it is turned over", least=1, most=10_000),
    "log_backups": Setting(2, "logs that were turned over and are kept, for each actor", most=100),
    "actor_memory_mb": Setting(
        4_096, "an actor with more megabytes of its own is started anew", least=64, personal=True
    ),
    "map_mb": Setting(
        65_536, "megabytes of address space for a graph's file; less where ulimit -v is set", least=1,
        most=1_048_576, personal=True,
    ),
}  # fmt: skip


class Found(NamedTuple):
    """A setting's value and where it is from: a file, the environment, or the default."""

    value: int | str
    source: str


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return f"ISG_{name.upper()}"


def number(name: str) -> int:
    """The value of a setting that counts. Raises Usage where the environment says something else."""
    value = of(name).value
    assert isinstance(value, int)
    return value


def text(name: str) -> str:
    """The value of a setting that is a word. Raises Usage as `number`."""
    value = of(name).value
    assert isinstance(value, str)
    return value


def of(name: str) -> Found:
    """The value as the environment has it (files count once `adopt` has read them)."""
    said = os.environ.get(variable(name), "")
    if not said:
        return Found(SETTINGS[name].default, "default")
    source = os.environ.get(_source_variable(name), "") or f"the environment ({variable(name)})"
    return Found(_value(name, said, variable(name)), source)


def of_user(name: str) -> str:
    """What the user's file says of a setting that is text, for who has adopted nothing; "" for nothing."""
    path = user_file()
    said = _read(path).get(name, "") if path is not None else ""
    return said if isinstance(said, str) else ""


def adopt(start: str | Path) -> None:
    """Put what the files say into the environment, where that says nothing; `start` is the directory from
    which the project's is looked for. Raises Usage, with file and setting, for what cannot be meant."""
    for path, is_personal in ((project_file(start), False), (user_file(), True)):
        if path is None:
            continue
        for name, said in _read(path).items():
            setting = SETTINGS.get(name)
            if setting is None:
                raise _unknown(path, name)
            if setting.personal and not is_personal:
                raise Usage(f"{path}: `{name}` is not for a project's file", f"set it in {user_file_path()}")
            if isinstance(said, bool) or not isinstance(said, int | str):
                raise Usage(f"{path}: `{name}` must be {_kind(setting)}, not {said!r}", _HINT)
            value = _value(name, str(said), f"{path}: `{name}`")
            if not os.environ.get(variable(name)):
                os.environ[variable(name)] = str(value)
                os.environ[_source_variable(name)] = str(path)


def project_file(start: str | Path) -> Path | None:
    """The nearest isg.toml from a directory upwards; None where the directory itself is gone."""
    try:
        here = Path(os.path.abspath(start))
    except FileNotFoundError:
        return None
    return next((path for d in (here, *here.parents) if os.path.isfile(path := d / FILE_NAME)), None)


def user_file() -> Path | None:
    """The user's isg.toml, where there is one."""
    path = user_file_path()
    return path if os.path.isfile(path) else None


def user_file_path() -> Path:
    chosen = os.environ.get(USER_FILE)
    if chosen:
        return Path(os.path.abspath(chosen))
    from platformdirs import user_config_path

    return user_config_path("isg", appauthor=False) / FILE_NAME


_HINT = "isg settings tells what there is"


def _source_variable(name: str) -> str:
    return f"ISG_SOURCE_{name.upper()}"


def _read(path: Path) -> dict[str, Any]:
    import tomllib  # only where there is a file

    try:
        with open(path, "rb") as file:
            content = file.read(FILE_BYTES_MAX + 1)
        if len(content) > FILE_BYTES_MAX:
            raise Usage(f"{path} is larger than {FILE_BYTES_MAX} bytes", _HINT)
        return tomllib.loads(content.decode())
    except OSError as error:
        raise Usage(f"{path} cannot be read: {error.strerror or error}", _HINT) from error
    except (ValueError, RecursionError) as error:
        raise Usage(f"{path} is no TOML: {error}", _HINT) from error


def _value(name: str, said: str, where: str) -> int | str:
    setting = SETTINGS[name]
    if isinstance(setting.default, int):
        value = int(said) if said.isascii() and said.isdigit() and len(said) < 12 else -1
        if not setting.least <= value <= setting.most:
            raise Usage(f"{where} must be {_kind(setting)}, not {said[:100]!r}", _HINT)
        return value
    if setting.choices and said not in setting.choices:
        raise Usage(f"{where} must be {_kind(setting)}, not {said[:100]!r}", _HINT)
    return said


def _kind(setting: Setting) -> str:
    if setting.choices:
        return "one of " + ", ".join(setting.choices)
    if isinstance(setting.default, int):
        return f"a number from {setting.least} to {setting.most}"
    return "text"


def _unknown(path: Path, name: str) -> Usage:
    from difflib import get_close_matches

    close = get_close_matches(name[:100], SETTINGS, n=1)
    meant = f"; did you mean `{close[0]}`?" if close else ""
    return Usage(f"{path}: there is no setting `{name[:100]}`{meant}", _HINT)
