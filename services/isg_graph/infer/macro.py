"""Macros in bodies: those that everyone uses by what they mean, the workspace's own by what they make.

A call of a `macro_rules!` of the workspace is expanded by example, and what it makes is read as the code it
is, in the caller's scope and with the locals that its words name. All of it stands at the call's place
(`MADE`). Its arguments are read beside it, for they have places of their own: what both refer to stands
where someone wrote it, and the rest is the macro's (`settle_made`).
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from isg_graph.infer.frame import Frame
from isg_graph.infer.ty import ADT, ARRAY, BOOL, NEVER_TYPE, REF, STR, UNIT, UNKNOWN_TYPE, Ty
from isg_graph.parse.macro import KNOWN
from isg_graph.parse.made import Made, read_made
from isg_graph.resolve.definition import Definition
from isg_graph.resolve.expansion import expanded, word_of
from isg_protocol import body as ir
from isg_protocol.facts import MacroHead

_PANICS = frozenset(("panic", "todo", "unimplemented", "unreachable"))
_STRINGS = frozenset(("format", "concat", "stringify", "include_str", "env", "file", "module_path"))


MADE: Final = 1 << 30
"""A site with this bit is that of a call, for something that its macro made."""

MADE_DEPTH_MAX: Final = 8
"""Macros called by what macros made."""


def infer_macro(frame: Frame, e: ir.Macro, expected: Ty | None) -> Ty:
    """The type of a macro's value, and what its arguments and its expansion refer to."""
    target = frame.world.macro_target(e.path, frame.scope)
    if target is not None:
        frame.use(target, e.path.site)
    name = e.path.segments[-1].name
    made = _expansion(frame, target, e) if target is not None and name not in KNOWN else None
    if made is None:
        return macro_type(frame, name, _arguments(frame, e), expected)
    outer = frame.slots
    known = len(outer)
    frame.slots = [outer[slot] if slot < known else UNKNOWN_TYPE for _, slot in e.locals]
    frame.slots += [UNKNOWN_TYPE] * (made.slots - len(frame.slots))
    frame.made_depth += 1
    ty = frame.expr(frame, made.value, expected)
    frame.made_depth -= 1
    frame.slots = outer
    if not frame.made_depth:
        frame.made.append((e.path.site, e.first, e.last))
        frame.made_depth = MADE_DEPTH_MAX  # what stands in the arguments is part of the expansion
        _arguments(frame, e)
        frame.made_depth = 0
    return ty


def _arguments(frame: Frame, e: ir.Macro) -> list[Ty]:
    frame.macro_depth += 1
    types = [frame.expr(frame, arg, None) for arg in e.args]
    frame.macro_depth -= 1
    return types


def _expansion(frame: Frame, macro: Definition, e: ir.Macro) -> Made | None:
    """What a call makes, where its rules take it and no bound is reached."""
    head = macro.item.head if macro.item is not None else None
    if not isinstance(head, MacroHead) or frame.made_depth >= MADE_DEPTH_MAX or frame.spent.is_over():
        return None
    frame.world.lookup.reads.head(macro)
    text, steps = expanded(head.tokens, e.tokens, word_of(macro, frame.owner.target))
    frame.spent.add(steps, len(e.tokens) + len(text or ""))
    if text is None:
        return None
    return read_made(text, tuple([name for name, _ in e.locals]), e.path.site | MADE, e.statement)


def settle_made(frame: Frame) -> None:
    """Of what an expansion and the arguments in it both refer to, keep the arguments' own place. Whether a
    call stays open is for the expansion to say, which knows more."""
    if not frame.made:
        return
    calls = sorted(frame.made, key=lambda call: call[1])  # not in their order: closures are read last
    starts = [first for _, first, _ in calls]

    def call_of(site: int) -> int:
        """The site, as a made one, of the expanded call that a site is an argument's of; -1 for none."""
        at = bisect_right(starts, site) - 1
        return calls[at][0] | MADE if at >= 0 and site < calls[at][2] else -1

    written = {(call_of(r.site), r.kind, r.target) for r in frame.references if r.site < MADE}
    frame.references = [
        r for r in frame.references if r.site < MADE or (r.site, r.kind, r.target) not in written
    ]
    spelled = {(call_of(site), name) for name, site in frame.opens if site < MADE}
    made = {(site, name) for name, site in frame.opens if site >= MADE}
    opens = []
    for name, site in frame.opens:
        call = site if site >= MADE else call_of(site)
        if call < 0 or ((call, name) not in spelled if site >= MADE else (call, name) in made):
            opens.append((name, site))
    frame.opens = opens


def macro_type(frame: Frame, name: str, types: list[Ty], expected: Ty | None) -> Ty:
    """The type of one of the macros that everyone uses."""
    if name in _PANICS:
        return NEVER_TYPE
    if name == "vec":
        vec = frame.world.language("vec", "Vec")
        inner = types[0] if types else frame.table.fresh()
        if inner[0] == ARRAY:  # the elements are read as one array's
            inner = inner[1]
        return (ADT, vec, (inner,)) if vec is not None else UNKNOWN_TYPE
    if name == "format":
        string = frame.world.language("string", "String")
        return (ADT, string, ()) if string is not None else UNKNOWN_TYPE
    if name in _STRINGS:
        return (REF, STR, False)
    if name == "matches":
        return BOOL
    if name == "dbg" and types:
        return types[-1]
    if name == "ready" and types:
        poll = frame.settle(types[0])
        return frame.settle(poll[2][0]) if poll[0] == ADT and poll[2] else UNKNOWN_TYPE
    if name in ("write", "writeln"):
        result = frame.world.language("result", "Result")
        error = frame.world.language("fmt", "Error")
        if result is not None and error is not None:
            return (ADT, result, (UNIT, (ADT, error, ())))
    if name in ("println", "print", "eprintln", "eprint", "assert", "assert_eq", "assert_ne", "debug_assert",
                "debug_assert_eq", "debug_assert_ne"):  # fmt: skip
        return UNIT
    return UNKNOWN_TYPE
