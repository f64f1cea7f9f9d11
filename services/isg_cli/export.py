"""`isg export`: the whole graph, to stdout or into a file that is replaced only once it is whole."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterable

from isg_cli import ask, failure, option, source


def parse(words: list[str]) -> Namespace:
    parser = option.Parser(
        prog="isg export",
        description="The whole graph of one version, or the part around some entities: nodes, then edges,\n"
        "the same bytes for the same sources.",
        epilog="examples:\n"
        "  isg export > graph.jsonl\n"
        "  isg export --format dot | dot -Tsvg > graph.svg\n"
        "  isg export --format graphml -o graph.graphml\n"
        "  isg export --around Router --hops 1 --format dot | dot -Tsvg > router.svg",
    )
    option.common(parser, formats=("jsonl", "graphml", "dot"))
    option.freshness(parser)
    parser.add_argument("-o", "--output", metavar="FILE", help="write here in place of stdout")
    parser.add_argument(
        "--around",
        action="append",
        default=[],
        metavar="ENTITY",
        help="only what is near it (more than once: them)",
    )
    parser.add_argument(
        "--hops", type=option.natural, default=2, metavar="N",
        help="how near: along any edge, either way, but for what modules contain (default: 2)",
    )  # fmt: skip
    parser.add_argument("--all", action="store_true", help="around every entity that a name may mean")
    return parser.parse_args(words)


def run(arguments: Namespace) -> int:
    """Write the export. Raises whatever has a code (main.py prints it)."""
    workspace = option.workspace(arguments)
    record = workspace.read()
    root, cwd = (record.root if record else None), os.getcwd()
    around = [source.graph_entity(option.entity(text), root, cwd) for text in arguments.around]
    with ask.asker(arguments, workspace) as asker:
        chunks = asker.export(
            arguments.format,
            around=around,
            hops=arguments.hops,
            all=arguments.all,
            sync=ask.wants_sync(arguments),
        )
        if arguments.output in (None, "-"):
            _pour(chunks)
        else:
            _write(arguments.output, chunks)
    return 0


def _pour(chunks: Iterable[bytes]) -> None:
    sys.stdout.flush()
    for chunk in chunks:
        sys.stdout.buffer.write(chunk)
    sys.stdout.buffer.flush()


def _write(path: str, chunks: Iterable[bytes]) -> None:
    """Into a file beside `path`, renamed over it at the end. A special file (a pipe, /dev/null) is written
    as it is."""
    special = os.path.exists(path) and not os.path.isfile(path)
    beside = path if special else f"{path}.{os.getpid()}.part"
    try:
        with open(beside, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
        if not special:
            os.replace(beside, path)
    except OSError as error:
        raise failure.Failed(
            "storage",
            f"cannot write {failure.printable(path)}: {error.strerror or error}",
            "isg export -o FILE, with a place you can write",
        ) from error
    finally:
        if not special and os.path.exists(beside):
            os.unlink(beside)
