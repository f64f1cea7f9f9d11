"""The whole graph as lines: JSONL (the contract's export), GraphML and DOT.

Owns the order and the bytes of the export: nodes by `Node.order()`, then edges by (kind, from's symbol,
to's symbol, file, line, from, to). Edges that are equal in all of these go on by context and resolution,
so that the order is total. Invariant: equal graphs give equal bytes, whatever the view. Lines end with
`\\n` and come one at a time, so that an export need not be held whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.sax.saxutils import escape, quoteattr

from msgspec import json

from isg_graph.error import Usage, command, shown
from isg_graph.memo import ordered
from isg_graph.view import Link, View
from isg_protocol.graph import Node
from isg_protocol.vocabulary import CONTEXTS, EDGE_KINDS, NODE_KINDS, RESOLUTIONS

_FLAG = ("false", "true")
_CONTEXT_JSON = tuple("null" if word is None else f'"{word}"' for word in CONTEXTS)
_KINDS_BY_TEXT = sorted(range(len(EDGE_KINDS)), key=EDGE_KINDS.__getitem__)


def export(view: View, form: str, only: list[int] | None = None) -> Iterator[str]:
    """The lines of an export in a format of FORMATS; `only` these nodes, in their order, and the edges
    between them. Raises Usage for another format."""
    if form not in FORMATS:
        raise Usage(
            f"`{shown(form)}` is no export format; there are {', '.join(FORMATS)}",
            command("export", "--format", "jsonl"),
        )
    return FORMATS[form](view, ordered(view) if only is None else only)


def export_jsonl(view: View, numbers: list[int]) -> Iterator[str]:
    """One JSON object a line, with compact separators and the contract's order of keys."""
    encode = json.Encoder().encode
    for number in numbers:
        yield encode({"type": "node", **view.node(number).row()}).decode() + "\n"
    quoted: dict[str, str] = {}
    for source, link, target in _edges(view, numbers):
        file = quoted.get(link.file)
        if file is None:
            file = quoted.setdefault(link.file, encode(link.file).decode())
        yield (
            f'{{"type":"edge","kind":"{EDGE_KINDS[link.kind]}","from":"{source}","to":"{target}",'
            f'"file":{file},"line":{link.line},"context":{_CONTEXT_JSON[link.context]},'
            f'"resolution":"{RESOLUTIONS[link.resolution]}","derived":{_FLAG[link.derived]},'
            f'"macro":{_FLAG[link.macro]}}}\n'
        )


def _edges(view: View, numbers: list[int]) -> Iterator[tuple[str, Link, str]]:
    """(from's id, edge, to's id) in the export's order, one kind after the other."""
    nodes: dict[int, Node] = {number: view.node(number) for number in numbers}
    hexes = {number: node.id.hex() for number, node in nodes.items()}
    for kind in _KINDS_BY_TEXT:
        rows = [
            (
                node.symbol,
                nodes[link.other].symbol,
                link.file,
                link.line,
                hexes[number],
                hexes[link.other],
                link,
            )
            for number, node in nodes.items()
            for link in view.outgoing(number)
            if link.kind == kind and link.other in nodes
        ]
        rows.sort(key=lambda row: (*row[:6], row[6].context, row[6].resolution))
        for row in rows:
            yield row[4], row[6], row[5]


def export_graphml(view: View, numbers: list[int]) -> Iterator[str]:
    """GraphML: nodes and edges with their attributes as data; ids are the graph's own."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for name in ("kind", "symbol", "name", "crate", "target", "file", "signature", "visibility"):
        yield f'<key id="{name}" for="node" attr.name="{name}" attr.type="string"/>\n'
    yield '<key id="line" for="node" attr.name="line" attr.type="int"/>\n'
    yield '<key id="test" for="node" attr.name="test" attr.type="boolean"/>\n'
    for name in ("kind", "file", "context", "resolution"):
        yield f'<key id="e_{name}" for="edge" attr.name="{name}" attr.type="string"/>\n'
    yield '<key id="e_line" for="edge" attr.name="line" attr.type="int"/>\n'
    yield '<graph id="isg" edgedefault="directed">\n'
    for number in numbers:
        yield _graphml_node(view.node(number))
    for place, (source, link, target) in enumerate(_edges(view, numbers)):
        data = [("e_kind", EDGE_KINDS[link.kind]), ("e_file", link.file), ("e_line", str(link.line))]
        context = CONTEXTS[link.context]
        data += [("e_context", context)] if context is not None else []
        data += [("e_resolution", RESOLUTIONS[link.resolution])]
        yield f'<edge id="e{place}" source="{source}" target="{target}">{_graphml_data(data)}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _graphml_node(node: Node) -> str:
    data = [
        ("kind", NODE_KINDS[node.kind]),
        ("symbol", node.symbol),
        ("name", node.name),
        ("crate", node.crate),
    ]
    optional = (
        ("target", node.target),
        ("file", node.file),
        ("signature", node.signature),
        ("visibility", node.visibility),
        ("line", str(node.line) if node.line else None),
    )
    data += [(key, value) for key, value in optional if value is not None]
    data += [("test", _FLAG[node.test])]
    return f"<node id={quoteattr(node.id.hex())}>{_graphml_data(data)}</node>\n"


def _graphml_data(data: list[tuple[str, str]]) -> str:
    return "".join(f'<data key="{key}">{escape(_printable(value))}</data>' for key, value in data)


def _printable(text: str) -> str:
    """XML 1.0 has no way to write most control characters."""
    return "".join(char if char >= " " or char in "\t\n" else "\N{REPLACEMENT CHARACTER}" for char in text)


def export_dot(view: View, numbers: list[int]) -> Iterator[str]:
    """Graphviz: a node's label is its kind and symbol, an edge's its kind; candidates are dashed."""
    yield "digraph isg {\n"
    yield "  node [shape=box];\n"
    for number in numbers:
        node = view.node(number)
        yield f'  "{node.id.hex()}" [label="{NODE_KINDS[node.kind]}\\n{_dot(node.symbol)}"];\n'
    for source, link, target in _edges(view, numbers):
        style = ", style=dashed" if RESOLUTIONS[link.resolution] == "candidate" else ""
        yield f'  "{source}" -> "{target}" [label="{EDGE_KINDS[link.kind]}"{style}];\n'
    yield "}\n"


def _dot(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")


FORMATS: dict[str, Callable[[View, list[int]], Iterator[str]]] = {
    "jsonl": export_jsonl,
    "graphml": export_graphml,
    "dot": export_dot,
}
