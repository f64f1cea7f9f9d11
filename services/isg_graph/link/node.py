"""Definitions as nodes, and the nodes of what stands outside."""

from __future__ import annotations

from isg_graph.resolve.definition import SEPARATOR, Definition, External, hash_id
from isg_protocol.facts import FileFacts, ImplHead
from isg_protocol.graph import Node
from isg_protocol.version import ID_FORMAT
from isg_protocol.vocabulary import EXTERNAL, NODE_KIND_CODE


def node_of(definition: Definition, files: dict[str, FileFacts], visibility: str) -> Node:
    """A definition's node. `visibility` is its own or what it inherits."""
    item = definition.item
    target = definition.target
    trait = self_text = None
    if item is None:
        facts = files.get(definition.file)
        line, end_line = (1, max(1, facts.line_count)) if facts else (0, 0)
        signature = f"crate {definition.name}" if definition.kind == "crate" else f"mod {definition.name}"
        cfg = facts.cfg if facts else None
        attributes: tuple[str, ...] = tuple(facts.attributes) if facts else ()
        macro = False
    else:
        line, end_line = item.line, item.end_line
        signature = item.signature
        cfg = item.cfg
        attributes = tuple(item.attributes)
        macro = definition.made is not None
        if isinstance(item.head, ImplHead):
            trait, self_text = item.head.trait_text, item.head.self_text
    return Node(
        id=definition.id,
        kind=NODE_KIND_CODE[definition.kind],
        symbol=definition.symbol,
        name=definition.name,
        crate=target.package,
        target=target.kind,
        file=definition.file or None,
        line=line,
        end_line=end_line,
        signature=signature,
        visibility=visibility,
        test=definition.test,
        cfg=cfg,
        trait=trait,
        self_text=self_text,
        derived=definition.derive >= 0,
        macro=macro,
        attributes=attributes,
        library=definition.library,
    )


def external_id(path: str) -> bytes:
    """The id of an outside thing: the hash of its path."""
    return hash_id(SEPARATOR.join((str(ID_FORMAT), "external", path)))


def external_node(path: str) -> Node:
    """The node of an outside thing, of which only the path is known."""
    return Node(
        id=external_id(path),
        kind=EXTERNAL,
        symbol=path,
        name=path.rpartition("::")[2],
        crate=path.partition("::")[0],
        target=None,
        file=None,
        line=0,
        end_line=0,
        signature=None,
        visibility=None,
        test=False,
        cfg=None,
        trait=None,
        self_text=None,
        derived=False,
        macro=False,
    )


def outside_path(target: Definition | External | str) -> str | None:
    """The path of a target that is no node of the workspace's own; None for one that is."""
    if isinstance(target, str):
        return target
    if isinstance(target, External):
        return target.path
    return target.symbol if target.target.kind == "model" else None
