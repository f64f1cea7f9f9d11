"""The table of queries, and the one way to answer a question.

Owns the common shape of answers and the checks that all questions share. Invariant: the keys of an answer
stand in one order, and the same question of the same version gives the same answer, whatever view holds
it. `lag_ms`, `stale_files` and `elapsed_us` are left for who knows them. Absent: impact, which reads git.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from msgspec import structs

from isg_graph.error import QueryError, Usage, VersionGone, command, shown
from isg_graph.nearest import typos
from isg_graph.query import change, count, cycle, dead, find, implementation, rank, reach, relation, route
from isg_graph.query.arguments import Bounds, Part, QueryArguments
from isg_graph.view import View

Run = Callable[[View, QueryArguments, Bounds], Part]


class QuerySpec(NamedTuple):
    """A query: what it runs, what it takes (`entity`, `two`, `text`, `file`, `versions`, `nothing`), its
    example, whether it reads the whole graph (and so stands behind a breaker), and whether it looks no
    further than one edge away (and so need not wait for one that does)."""

    run: Run
    takes: str
    example: str
    whole: bool = False
    quick: bool = False


QUERIES: dict[str, QuerySpec] = {
    "what-implements": QuerySpec(
        implementation.what_implements, "entity", "what-implements Handler", quick=True
    ),
    "implements": QuerySpec(implementation.implements, "entity", "implements Router", quick=True),
    "callers": QuerySpec(relation.callers, "entity", "callers Router::route", quick=True),
    "callees": QuerySpec(relation.callees, "entity", "callees Router::route", quick=True),
    "uses": QuerySpec(relation.uses, "entity", "uses Router::route", quick=True),
    "used-by": QuerySpec(relation.used_by, "entity", "used-by Router", quick=True),
    "blast-radius": QuerySpec(reach.blast_radius, "entity", "blast-radius Router --depth 3"),
    "find-cycles": QuerySpec(cycle.find_cycles, "nothing", "find-cycles --level module", whole=True),
    "path": QuerySpec(route.path, "two", "path main Router::route"),
    "where-defined": QuerySpec(find.where_defined, "entity", "where-defined spawn", quick=True),
    "search": QuerySpec(find.search, "text", "search wlkbld"),
    "list": QuerySpec(find.list_nodes, "nothing", "list --kind trait"),
    "outline": QuerySpec(find.outline, "file", "outline src/lib.rs", quick=True),
    "hotspots": QuerySpec(rank.hotspots, "nothing", "hotspots --limit 20", whole=True),
    "dead-code": QuerySpec(dead.dead_code, "nothing", "dead-code", whole=True),
    "stats": QuerySpec(count.stats, "nothing", "stats", whole=True),
    "broken": QuerySpec(change.broken, "nothing", "broken"),
    "diff": QuerySpec(change.diff, "versions", "diff --from 1 --to 2"),
}


def answer(view: View, arguments: QueryArguments, clock: Callable[[], int] | None = None) -> dict[str, Any]:
    """The contract's answer object. `clock` counts nanoseconds, for `timeout_ms`. Raises QueryError."""
    spec = QUERIES.get(arguments.name)
    if spec is None:
        raise _unknown(arguments.name)
    _check(arguments, spec)
    if arguments.cursor is not None:
        arguments = structs.replace(arguments, offset=_offset(view, arguments, arguments.cursor))
    bounds = Bounds(arguments, clock)
    part = spec.run(view, arguments, bounds)
    bounds.check()
    return shaped(arguments.name, part, view.version, arguments.offset)


def shaped(query: str, part: Part, version: int | None, offset: int = 0) -> dict[str, Any]:
    """The common keys of every answer, and a part's own. `version` is None where no graph was asked."""
    seen = offset + len(part.results)
    return {
        "query": query,
        "target": part.target,
        "results": part.results,
        "count": part.count,
        "truncated": part.bounded or part.count > len(part.results),
        "version": version,
        "lag_ms": None,
        "stale_files": 0,
        "elapsed_us": 0,
        "cursor": f"{version}.{seen}" if version is not None and part.results and part.count > seen else None,
        **part.extras,
    }


def _check(arguments: QueryArguments, spec: QuerySpec) -> None:
    help_line = command("query", arguments.name, "--help")
    if arguments.limit < 0:
        raise Usage("--limit takes a number from 0 (no limit)", help_line)
    if arguments.timeout_ms is not None and arguments.timeout_ms < 0:
        raise Usage("--timeout-ms takes milliseconds, from 0", help_line)
    if spec.takes == "nothing" and arguments.target is not None:
        raise Usage(f"{arguments.name} takes no target", command("query", arguments.name))
    if spec.takes in ("entity", "two", "text") and not (arguments.target or "").strip():
        raise Usage(f"{arguments.name} needs a name, which is empty", command("query", *spec.example.split()))


def _offset(view: View, arguments: QueryArguments, cursor: str) -> int:
    """How many results a cursor skips. It goes on with the version that it came from, or says that this is
    gone."""
    words = [word for word in (arguments.name, arguments.target, arguments.to) if word]
    version, _, offset = cursor.partition(".")
    if not (cursor.isascii() and version.isdigit() and offset.isdigit() and len(cursor) < 40):
        raise Usage(f"`{shown(cursor)}` is no cursor of an answer", command("query", *words))
    if int(version) != view.version:
        raise VersionGone(
            f"the cursor is of version {version}, and the graph is at version {view.version} now: its first "
            "results may be others",
            command("query", *words),
        )
    return int(offset)


def _unknown(name: str) -> QueryError:
    near = [query for _, query in typos(name.lower(), QUERIES)][:1]
    ending = f"; nearest: {near[0]}" if near else f"; there are {', '.join(QUERIES)}"
    return Usage(f"there is no query `{shown(name)}`{ending}", command("query", *(near or ["--help"])))
