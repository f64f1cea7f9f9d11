"""where-defined, search, list, outline: what there is, and where.

Owns the ranking of search and the nesting of an outline. where-defined and search take every meaning of
a name; search without a hit is an empty answer, where-defined of an unknown name a failure.
"""

from __future__ import annotations

from typing import Any

from isg_graph.entity import ANYTHING, Accepted, container, find, known_file
from isg_graph.error import NotFound, Usage, command, shown
from isg_graph.lookup import segments
from isg_graph.memo import ordered
from isg_graph.nearest import TYPO, score, typos
from isg_graph.query.arguments import Bounds, Part, QueryArguments
from isg_graph.query.row import by_order, numbers_of, order, page
from isg_graph.view import View
from isg_protocol.limit import NAME_CHARACTERS_MAX
from isg_protocol.vocabulary import CONTAINS, EXTERNAL, IMPL, NODE_KIND_CODE, NODE_KINDS

TYPOS_WHEN_FEWER = 5
"""Names with typing errors are looked for when fewer names than this match without."""
EXTERNAL_WEIGHT = 0.5
IMPL_WEIGHT = 0.8
"""A thing outside the workspace, and an impl's header that holds the text, are seldom what is meant."""


def where_defined(view: View, arguments: QueryArguments, bounds: Bounds) -> Part:
    """Every node that the name can mean."""
    kind = kind_code(arguments)
    accepted = ANYTHING if kind is None else Accepted(frozenset({kind}))
    numbers = by_order(view, numbers_of(find(view, arguments.target, accepted, "query where-defined")))
    rows = [view.node(number).row() for number in page(numbers, arguments)]
    return Part(results=rows, count=len(numbers))


def list_nodes(view: View, arguments: QueryArguments, bounds: Bounds) -> Part:
    """All nodes, of one kind or of one file or both; externals only where their kind is asked for."""
    kind = kind_code(arguments)
    if arguments.file is not None:
        path = file_of(view, arguments.file, "query list --file")
        numbers = by_order(view, {span.number for span in view.spans(path)})
    else:
        numbers = ordered(view)
    kept = [n for n in numbers if (view.kind(n) == kind if kind is not None else view.kind(n) != EXTERNAL)]
    bounds.step(len(numbers))
    return Part(
        results=[view.node(number).row() for number in page(kept, arguments)],
        count=len(kept),
    )


def outline(view: View, arguments: QueryArguments, bounds: Bounds) -> Part:
    """The nodes of a file in source order, with `depth` within the file and `parent` (an id, which for a
    file's outermost items may be a module of another file's)."""
    path = file_of(view, arguments.target or arguments.file, "query outline")
    numbers = list(dict.fromkeys(span.number for span in view.spans(path)))
    parents: dict[int, int] = {}
    for number in numbers:
        for link in view.outgoing(number):
            if link.kind == CONTAINS:
                parents[link.other] = number
    depths: dict[int, int] = {}
    results = []
    for number in page(numbers, arguments):
        bounds.step()
        above = parents[number] if number in parents else container(view, number)
        row: dict[str, Any] = view.node(number).row()
        row["depth"] = _depth(number, parents, depths)
        row["parent"] = view.node(above).id.hex() if above is not None else None
        results.append(row)
    return Part(results=results, count=len(numbers), target={"file": path})


def _depth(number: int, parents: dict[int, int], known: dict[int, int]) -> int:
    chain = []
    while number in parents and number not in known and number not in chain:
        chain.append(number)
        number = parents[number]
    depth = known.setdefault(number, 0)
    for inner in reversed(chain):
        depth += 1
        known[inner] = depth
    return depth


def search(view: View, arguments: QueryArguments, bounds: Bounds) -> Part:
    """Nodes whose name matches exactly, by its beginning, a word of it, any part of it, the beginnings of
    its words, or but for typing errors; `score` 0 to 1. `Owner::name` asks for the owner too."""
    text = (arguments.target or "").strip()
    if not text:
        raise Usage("search takes a text", command("query", "search", "--help"))
    if len(text) > NAME_CHARACTERS_MAX or not text.isprintable():
        return Part(results=[], count=0)
    kind = kind_code(arguments)
    parts = [part for part in segments(text) if part] or [text]
    owners = [part.lower() for part in parts[:-1]]
    asked = parts[-1].removesuffix("()").removesuffix("!").removeprefix("r#") or parts[-1]
    found: list[tuple[float, int]] = []
    for name, match in _matches(view, asked, bounds).items():
        for number in view.by_name(name):
            own = view.kind(number)
            if (kind is not None and own != kind) or (owners and not _under(view, number, owners)):
                continue
            weight = EXTERNAL_WEIGHT if own == EXTERNAL else IMPL_WEIGHT if own == IMPL else 1.0
            found.append((round(match * weight, 3), number))
    best = _best(view, found, arguments)
    results = [{**view.node(number).row(), "score": match} for match, number in best]
    return Part(results=results, count=len(found))


def _matches(view: View, asked: str, bounds: Bounds) -> dict[str, float]:
    folded = asked.lower()
    matches = {}
    for name in view.names():
        bounds.step()
        match = score(asked, folded, name)
        if match:
            matches[name] = match
    if len(matches) < TYPOS_WHEN_FEWER and 3 <= len(folded) <= 128:
        for apart, name in typos(folded, view.names()):
            matches.setdefault(name, TYPO + 0.1 / (1 + apart))
    return matches


def _under(view: View, number: int, owners: list[str]) -> bool:
    """True when the symbol's segments before the last hold the owners in order."""
    above = iter(segments(view.node(number).symbol.lower())[:-1])
    return all(any(owner in part for part in above) for owner in owners)


def _best(view: View, found: list[tuple[float, int]], arguments: QueryArguments) -> list[tuple[float, int]]:
    """The best by score, then by `Node.order()`; only the nodes that can be among them are read."""
    found.sort(key=lambda row: -row[0])
    last = arguments.offset + arguments.limit
    if arguments.limit and len(found) > last:
        least = found[last - 1][0]
        found = [row for row in found if row[0] >= least]
    found.sort(key=lambda row: (-row[0], order(view, row[1])))
    return list(page(found, arguments))


def kind_code(arguments: QueryArguments) -> int | None:
    """`--kind` as a code, None where it is not given. Raises Usage for an unknown one."""
    if arguments.kind is None:
        return None
    if arguments.kind not in NODE_KIND_CODE:
        raise Usage(
            f"`{shown(arguments.kind)}` is no kind of node; there are {', '.join(NODE_KINDS)}",
            command("query", "list", "--kind", "function"),
        )
    return NODE_KIND_CODE[arguments.kind]


def file_of(view: View, path: str | None, asking: str) -> str:
    """The graph's name of a file. Raises Usage for none, NotFound for one it does not have, with files of
    that name elsewhere."""
    if not (path or "").strip():
        raise Usage("a file is needed, relative to the root", command(*asking.split(), "--help"))
    asked = (path or "").strip()
    known = known_file(view, asked)
    if known is not None:
        return known
    last = asked.replace("\\", "/").rsplit("/", 1)[-1]
    near = [entry.path for entry in view.files() if entry.path.rsplit("/", 1)[-1] == last][:5]
    ending = f"; of that name: {', '.join(near)}" if near else ""
    hint = command(*asking.split(), near[0]) if near else command("query", "list", "--kind", "module")
    raise NotFound(f"no file `{shown(asked)}` in this graph{ending}", hint)
