"""One tool call: its questions, and its text.

Owns which questions a tool puts and how their answers make one. Invariant: whatever the arguments, a text
comes out; what is ambiguous is answered with what it can mean, best first. Deliberately absent: MCP.
"""

from __future__ import annotations

import os
from typing import Any, NamedTuple

from isg_cli import source
from isg_cli.agent import text
from isg_cli.agent.door import Door
from isg_cli.agent.tool import LIMIT_DEFAULT, TOKENS_DEFAULT
from isg_cli.render import count
from isg_protocol.limit import CANDIDATES_SHOWN_MAX
from isg_protocol.message import ContextQuery, Query

SHOW_TOKENS = 8_000
_KINDS = {"fn": "function", "mod": "module", "type": "type_alias"}
"""Rust's own words for kinds, which a model will use."""
_RELATIONS = {
    "callers": ("caller of", "callers of"),
    "used-by": ("use of", "uses of"),
    "callees": ("call by", "calls by"),
    "uses": ("use by", "uses by"),
}
Arguments = dict[str, Any]


class Told(NamedTuple):
    """A tool's answer: its text, the answers behind it, and whether it is a failure."""

    text: str
    answers: dict[str, Any]
    failed: bool = False


def call(door: Door, tool: str, arguments: Arguments) -> Told:
    """Carry out one call of a tool of tool.TOOLS."""
    try:
        return _CALLS[tool](_Call(door, arguments))
    except Exception as error:
        return _failure(error)


def _failure(error: Exception) -> Told:
    code = getattr(error, "code", "internal")
    candidates: list[Any] = getattr(error, "candidates", [])
    lines = [str(getattr(error, "message", None) or error)]
    answers = {"error": {"code": code, "message": lines[0], "candidates": candidates}}
    if code == "ambiguous":
        many = "at least " if len(candidates) >= CANDIDATES_SHOWN_MAX else ""
        lines[0] = f"{many}{count(len(candidates), 'meaning')}; ask again with one of these symbols"
        return Told("\n".join([*lines, *text.nodes(candidates)]), answers)
    if candidates:
        lines += ["nearest:", *text.nodes(candidates)]
    return Told("\n".join(lines), answers, failed=True)


class _Call:
    """One call: its arguments, and the questions it has put."""

    def __init__(self, door: Door, arguments: Arguments) -> None:
        self.door = door
        self.arguments = arguments
        self.answers: dict[str, Any] = {}
        self._note: str | None = None

    def ask(self, name: str, target: str | None = None, **asked: Any) -> dict[str, Any]:
        """Put a question, of which the call's `limit` and `cursor` are."""
        asked.setdefault("limit", self.arguments.get("limit", LIMIT_DEFAULT))
        return self._kept(Query(name=name, target=self.entity(target), **asked))

    def page(self) -> Arguments:
        return {"cursor": self.arguments.get("cursor")}

    def context(self, symbols: list[str], tokens: int, code: bool = False) -> dict[str, Any]:
        entities = [self.entity(symbol) or "" for symbol in symbols]
        return self._kept(ContextQuery(entities=entities, tokens=tokens, code=code))

    def entity(self, target: str | None) -> str | None:
        return None if target is None else source.graph_entity(target, self.door.root, os.getcwd())

    def told(self, lines: list[str], of: dict[str, Any]) -> Told:
        return Told("\n".join([*lines, text.foot(of, self._note)]), self.answers)

    def _kept(self, request: Query | ContextQuery) -> dict[str, Any]:
        answer, note = self.door.ask(request)
        self._note = note or self._note
        name = request.name if isinstance(request, Query) else "context"
        self.answers[name] = answer
        return answer


def _find(call: _Call) -> Told:
    name = call.arguments["name"]
    kind = call.arguments.get("kind")
    kind = _KINDS.get(kind, kind) if kind is not None else None
    try:
        found = call.ask("where-defined", name, kind=kind, **call.page())
    except Exception as error:
        if getattr(error, "code", None) != "not-found":
            raise
        found = {"count": 0}
    if not found["count"]:
        found = call.ask("search", name, kind=kind, **call.page())
        head = f"nothing is named {name}; {count(found['count'], 'name')} like it"
    else:
        head = f"{count(found['count'], 'definition')} of {name}"
    return call.told([head, *text.nodes(found["results"])], found)


def _show(call: _Call) -> Told:
    symbol = call.arguments["symbol"]
    context = call.context([symbol], SHOW_TOKENS, code=True)
    definition = [item for s in context["sections"] if s["title"] == "Definition" for item in s["items"]]
    (entity, *_) = context["entities"]
    counts = []
    for relation, one, many in (("callers", "caller", "callers"), ("used-by", "use", "uses")):
        if relation == "callers" and entity["kind"] not in ("function", "method"):
            continue
        found = call.ask(relation, entity["id"], limit=1)
        counts.append(count(found["count"], one, many))
    head = f"{entity['kind']} {entity['symbol']}" + (f": {', '.join(counts)}" if counts else "")
    left = context["omitted"].get("Body lines")
    lines = [head, *text.source(definition), *([f"  … {left} lines left out"] if left else [])]
    return call.told(lines, {"version": context["version"], "lag_ms": 0})


def _refs(call: _Call) -> Told:
    relation = call.arguments.get("relation", "callers")
    found = call.ask(relation, call.arguments["symbol"], **call.page())
    tests = sum(row["test"] for row in found["results"])
    head = f"{count(found['count'], *_RELATIONS[relation])} {found['target']['symbol']}"
    head += f", {tests} of those shown in tests" if tests and relation in ("callers", "used-by") else ""
    head += f"; {count(found['values'], 'use')} as a value" if found.get("values") else ""
    return call.told([head, *text.sites(found["results"])], found)


def _impls(call: _Call) -> Told:
    symbol = call.arguments["symbol"]
    try:
        found = call.ask("what-implements", symbol, **call.page())
        head = f"{count(found['count'], 'impl')} of {found['target']['symbol']}"
    except Exception as error:
        if getattr(error, "code", None) != "not-found":
            raise
        found = call.ask("implements", symbol, **call.page())
        head = f"{found['target']['symbol']} implements {count(found['count'], 'trait')}"
    return call.told([head, *text.implementations(found["results"])], found)


def _impact(call: _Call) -> Told:
    if "symbol" not in call.arguments:
        return _edits(call)
    asked = {"depth": call.arguments.get("depth"), "no_tests": call.arguments.get("no_tests", False)}
    found = call.ask("blast-radius", call.arguments["symbol"], **asked, **call.page())
    hops = ", ".join(f"{number} at hop {hop}" for hop, number in found["by_hop"].items())
    head = f"risk {found['risk']}: {found['count']} affected by {found['target']['symbol']}"
    head += f" ({hops}); {count(found['tests'], 'test')}" if hops else ""
    head += f"; {found['open_ends']} may be called from outside" if found["open_ends"] else ""
    return call.told([head, *text.affected(found["results"])], found)


def _edits(call: _Call) -> Told:
    """What the edits broke, then what the changes since the last commit affect, where git can tell."""
    broken = call.ask("broken", **call.page())
    lines = [count(broken["count"], "broken reference")]
    lines += text.broken(broken["results"])
    if call.door.root is not None and call.arguments.get("cursor") is None:
        from isg_graph.query.arguments import QueryArguments
        from isg_services.revision import compare
        from isg_services.revision.git import GitFailed

        asked = QueryArguments(name="impact", limit=call.arguments.get("limit", LIMIT_DEFAULT))
        try:
            found = compare.impact(call.door.root, None, False, asked, compare.reader(call.door.workspace))
        except GitFailed as error:
            lines.append(f"changes since the last commit: {error.message}")
        else:
            call.answers["impact"] = found
            what = f"{count(found['count'], 'changed item')} since the last commit"
            if found["count"]:
                what += f", together risk {found['risk']}: {found['affected']} affected, "
                what += f"{count(found['tests'], 'test')} among them"
            lines.append(what)
            lines += text.changed(found["results"])
    return call.told(lines, broken)


def _context(call: _Call) -> Told:
    from msgspec import convert

    from isg_graph.context import Context, render_text

    found = call.context(call.arguments["symbols"], call.arguments.get("tokens", TOKENS_DEFAULT))
    lines = render_text(convert(found, Context)).rstrip("\n").split("\n")
    return call.told(lines, {"version": found["version"], "lag_ms": 0})


def _outline(call: _Call) -> Told:
    file = source.graph_path(call.arguments["file"], call.door.root, os.getcwd())
    found = call.ask("outline", file, **call.page())
    head = f"{count(found['count'], 'item')} in {found['target']['file']}"
    return call.told([head, *text.outline(found["results"])], found)


_CALLS = {
    "find": _find,
    "show": _show,
    "refs": _refs,
    "impls": _impls,
    "impact": _impact,
    "context": _context,
    "outline": _outline,
}
