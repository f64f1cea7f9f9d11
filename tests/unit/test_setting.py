"""The order in which settings are found, what a project's file may say, and what is said of a wrong one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from isg_cli.settings import as_toml
from isg_client import setting
from isg_client.error import Usage

DEPLOYED = Path(__file__).parents[2] / "deploy" / "isg.toml"


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith("ISG_"):
            monkeypatch.delenv(name)
    for name in setting.SETTINGS:  # so that what `adopt` puts there is taken away again
        for variable in (setting.variable(name), f"ISG_SOURCE_{name.upper()}"):
            monkeypatch.setenv(variable, "")
    monkeypatch.setenv("ISG_CONFIG", str(tmp_path / "user.toml"))


def test_the_environment_comes_before_the_project_that_before_the_user_that_before_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "project" / "isg.toml"
    project.parent.mkdir()
    below = project.parent / "a" / "b"
    below.mkdir(parents=True)
    (tmp_path / "user.toml").write_text("limit = 3\ntokens = 30\nhops = 3\n")
    project.write_text("limit = 2\ntokens = 20\n")
    monkeypatch.setenv("ISG_LIMIT", "1")
    setting.adopt(below)
    assert setting.of("limit") == (1, "the environment (ISG_LIMIT)")
    assert setting.of("tokens") == (20, str(project))
    assert setting.of("hops") == (3, str(tmp_path / "user.toml"))
    assert setting.of("queries") == (1, "default")


def test_a_childs_process_finds_what_its_parent_adopted(tmp_path: Path) -> None:
    (tmp_path / "isg.toml").write_text('parsers = 7\nwatch = "polling"\n')
    setting.adopt(tmp_path)
    assert os.environ["ISG_PARSERS"] == "7"
    assert (setting.number("parsers"), setting.text("watch")) == (7, "polling")


@pytest.mark.parametrize("name", [name for name, each in setting.SETTINGS.items() if each.personal])
def test_a_projects_file_cannot_say_where_state_lies_or_how_much_memory_is_used(
    name: str, tmp_path: Path
) -> None:
    (tmp_path / "isg.toml").write_text(f'{name} = "x"\n')
    with pytest.raises(Usage, match=f"`{name}` is not for a project's file"):
        setting.adopt(tmp_path)
    (tmp_path / "isg.toml").unlink()
    (tmp_path / "user.toml").write_text(f"{name} = {100 if name != 'state_dir' else repr('/x')}\n")
    setting.adopt(tmp_path)
    assert setting.of(name).value in (100, "/x")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("limits = 3\n", "there is no setting `limits`; did you mean `limit`?"),
        ("limit = true\n", "`limit` must be a number from 0 to 1000000000, not True"),
        ('limit = "many"\n', "not 'many'"),
        ("queries = 0\n", "`queries` must be a number from 1 to 256, not '0'"),
        ('watch = "sometimes"\n', "`watch` must be one of auto, events, polling"),
        ("limit = [1]\n", "must be a number"),
        ("limit = \n", "is no TOML"),
        ("a" * 200_000, "is larger than"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_and_what_may_stand_there(
    text: str, words: str, tmp_path: Path
) -> None:
    (tmp_path / "isg.toml").write_text(text)
    with pytest.raises(Usage) as caught:
        setting.adopt(tmp_path)
    assert words in str(caught.value)
    assert str(tmp_path / "isg.toml") in str(caught.value)


def test_a_wrong_variable_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISG_LIMIT", "-1")
    with pytest.raises(Usage, match="ISG_LIMIT must be a number from 0"):
        setting.number("limit")


def test_the_deployed_file_has_every_setting_with_its_default_and_is_read_back(tmp_path: Path) -> None:
    assert DEPLOYED.read_text() == "\n".join(as_toml()) + "\n"
    lines = [
        line.removeprefix("#") for line in as_toml() if line.startswith("#") and not line.startswith("# ")
    ]
    (tmp_path / "user.toml").write_text("\n".join(lines))
    setting.adopt(tmp_path)
    assert {name: setting.of(name).value for name in setting.SETTINGS} == {
        name: each.default for name, each in setting.SETTINGS.items()
    }
