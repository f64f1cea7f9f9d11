"""R7, and the issue's rule: the daemon, the Procfile and deploy/supervisord.conf start the same actors.

All three are read with the parser of the program that runs them, and compared as command lines.
"""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from honcho.environ import parse_procfile
from supervisor.options import EventListenerConfig, ServerOptions

from isg_services import supervise
from isg_services.actor import KINDS, POOLED

TOP = Path(__file__).parents[2]
WATCH = "/a b/it's 100% #1 ; x"
PARSERS, QUERIES = 2, 1

Actors = dict[str, list[str]]


def expected(lifeline: str, workspace: str) -> Actors:
    counts = {"parser": PARSERS, "query": QUERIES}
    return {
        f"{actor.kind}-{index}" if actor.pooled else actor.kind: supervise.command(
            actor, workspace, WATCH, str(index), lifeline
        )
        for actor in supervise.ACTORS
        for index in range(counts.get(actor.kind, 1))
    }


def read_supervisord(path: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> Actors:
    """The programs of a configuration as supervisord itself reads them."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(path.parent)
    options = ServerOptions()
    options.realize(args=["-c", str(path)], doc="")
    programs = [
        program
        for group in options.process_group_configs
        for program in group.process_configs
        if not isinstance(program, EventListenerConfig)
    ]  # fmt: skip
    for program in programs:
        assert program.autorestart is not False
        assert program.startsecs == 0, "an early death must not count towards giving up"
        assert program.stopasgroup
        assert program.killasgroup
        assert program.redirect_stderr
    return {program.name: shlex.split(program.command)[1:] for program in programs}


def test_the_generated_configuration_starts_every_actor_whatever_the_directory_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / supervise.CONFIGURATION_NAME
    path.write_text(supervise.configuration(PARSERS, QUERIES, open_files=256))
    for name in ("logs", "run"):
        (tmp_path / name).mkdir()
    environment = {
        "ISG_ACTOR_PYTHON": shlex.quote("/usr/my python"),
        "ISG_ACTOR_WORKSPACE": shlex.quote(WATCH),
        "ISG_ACTOR_WATCH": shlex.quote(WATCH),
        "ISG_ACTOR_SOCKETS": str(tmp_path),
    }
    assert read_supervisord(path, monkeypatch, environment) == expected("daemon", WATCH)


def test_the_hand_run_configuration_starts_the_same_actors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "supervisord.conf"
    path.write_text((TOP / "deploy" / "supervisord.conf").read_text())
    assert read_supervisord(path, monkeypatch, {"ISG_ROOT": WATCH.replace("'", "")}) == {
        name: [word.replace("'", "") for word in words]
        for name, words in expected("parent", WATCH + "/").items()
    }


def test_the_procfile_starts_the_same_actors(monkeypatch: pytest.MonkeyPatch) -> None:
    processes = parse_procfile((TOP / "Procfile").read_text()).processes
    written = {name: line.replace("${ISG_ROOT:-.}", WATCH) for name, line in processes.items()}
    split = {name: shlex.split(line) for name, line in written.items()}
    assert {tuple(words[:2]) for words in split.values()} == {("exec", "python")}
    assert {name: words[2:] for name, words in split.items()} == expected("parent", WATCH + "/")


def test_every_kind_of_actor_is_started_and_only_pooled_kinds_have_an_index() -> None:
    assert {actor.kind for actor in supervise.ACTORS} == set(KINDS)
    assert {actor.kind for actor in supervise.ACTORS if actor.pooled} == set(POOLED)
    assert all(("--index" in words) == (name[-1].isdigit()) for name, words in expected("none", "w").items())


def test_what_was_read_is_written_before_the_writer_is_stopped() -> None:
    priority = {actor.kind: actor.priority for actor in supervise.ACTORS}
    # supervisord stops the highest number first, and waits for it.
    assert priority["watcher"] > priority["parser"] > priority["writer"]


@pytest.mark.parametrize(
    ("line", "name", "how"),
    [
        ("2026-01-01 00:00:00,000 WARN exited: writer (terminated by SIGKILL; not expected)", "writer",
         "terminated by SIGKILL; not expected"),
        ("2026-01-01 00:00:00,000 INFO exited: parser-1 (exit status 0; expected)", "parser-1",
         "exit status 0; expected"),
    ],
)  # fmt: skip
def test_an_actors_end_is_read_from_what_supervisord_says(line: str, name: str, how: str) -> None:
    match = supervise.ENDED.search(line)
    assert match is not None
    assert (match["name"], match["how"]) == (name, how)
