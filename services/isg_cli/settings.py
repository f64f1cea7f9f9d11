"""`isg settings`: every setting, its value, where that comes from, and why one would change it."""

from __future__ import annotations

from argparse import Namespace

from isg_cli import option
from isg_client import setting


def parse(words: list[str]) -> Namespace:
    parser = option.Parser(
        prog="isg settings",
        description="Every setting and where its value comes from: a command's flag before the\n"
        "environment, that before the project's isg.toml (the nearest from here upwards), that before\n"
        "the user's.",
        epilog="examples:\n  isg settings\n  isg settings --toml > isg.toml   every setting, its default",
    )
    option.common(parser)
    parser.add_argument("--toml", action="store_true", help="print a file with every setting and its default")
    return parser.parse_args(words)


def run(arguments: Namespace) -> int:
    """Print them. JSON: `{"settings":[{"name","value","source","default","why","variable","flag"}]}`."""
    from isg_cli import render

    if arguments.toml:
        render.show(as_toml())
        return 0
    rows = []
    for name, each in setting.SETTINGS.items():
        value, source = setting.of(name)
        rows.append(
            {
                "name": name,
                "value": value,
                "source": source,
                "default": each.default,
                "why": each.why,
                "variable": setting.variable(name),
                "flag": each.flag,
            }
        )
    if arguments.format == "json":
        from isg_cli import document

        document.show({"settings": rows, "user_file": str(setting.user_file_path())})
        return 0
    width = max(len(f"{row['name']} = {row['value']}") for row in rows)
    render.show(f"{row['name']} = {row['value']}".ljust(width) + f"  {row['source']}" for row in rows)
    render.show(["", f"the user's file: {setting.user_file_path()}; what each is for: isg settings --toml"])
    return 0


def as_toml() -> list[str]:
    """The lines of deploy/isg.toml."""
    lines = [
        "# Every setting of isg with its default. Take out the sign before a line to change it.",
        "#",
        "# A command's flag comes before the environment (ISG_ and the name in capitals), that before",
        "# the project's isg.toml (of the watched directory; for a command the nearest from where it",
        "# runs upwards), that before the user's (isg/isg.toml in the platform's configuration",
        "# directory, or what ISG_CONFIG names). `isg settings` tells what holds and where from.",
    ]
    for name, each in setting.SETTINGS.items():
        limits = f" ({', '.join(each.choices)})" if each.choices else ""
        where = " Only in the user's file." if each.personal else ""
        flag = f" Flag: isg {each.flag}." if each.flag else ""
        value = f'"{each.default}"' if isinstance(each.default, str) else each.default
        lines += ["", f"# {each.why[0].upper()}{each.why[1:]}{limits}.{where}{flag}", f"#{name} = {value}"]
    return lines
