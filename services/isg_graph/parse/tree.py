"""The grammar: its language, its one parser, the numbers of its node kinds, and how a tree's errors are told.

The parser is not thread-safe; a process has one. Kinds are compared by number (`kind_id`), which is several
times cheaper than by name; one name may have several numbers (aliases), so tables are filled by `kinds_of`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import tree_sitter_rust
from tree_sitter import Language, Node, Parser

LANGUAGE = Language(tree_sitter_rust.language())
_PARSER = Parser(LANGUAGE)

KIND_COUNT = LANGUAGE.node_kind_count
ERROR = 65535

_IDS: dict[tuple[str, bool], list[int]] = {}
for _number in range(KIND_COUNT):
    if LANGUAGE.node_kind_is_visible(_number):
        _name = LANGUAGE.node_kind_for_id(_number)
        assert _name is not None
        _IDS.setdefault((_name, LANGUAGE.node_kind_is_named(_number)), []).append(_number)


def kinds_of(*names: str, named: bool = True) -> frozenset[int]:
    """All numbers of the kinds with these names."""
    return frozenset(number for name in names for number in _IDS[name, named])


def kind_of(name: str, named: bool = True) -> int:
    """The number of a kind that has but one."""
    (number,) = _IDS[name, named]
    return number


COMMENTS = kinds_of("line_comment", "block_comment")
ATTRIBUTE = kind_of("attribute_item")
INNER_ATTRIBUTE = kind_of("inner_attribute_item")
NAMES = kinds_of(
    "identifier", "type_identifier", "field_identifier", "shorthand_field_identifier", "self", "super",
    "crate", "primitive_type", "metavariable",
)  # fmt: skip
SCOPED = kinds_of("scoped_identifier", "scoped_type_identifier")
GENERIC = kinds_of("generic_type", "generic_type_with_turbofish", "generic_function", "generic_pattern")
IDENTIFIER = kind_of("identifier")
TYPE_IDENTIFIER = kind_of("type_identifier")
METAVARIABLE = kind_of("metavariable")
SELF = kind_of("self")
LIFETIME = kind_of("lifetime")
LABEL = kind_of("label")
MUTABLE = kind_of("mutable_specifier")
BLOCK = kind_of("block")
MACRO_INVOCATION = kind_of("macro_invocation")
TOKEN_TREES = kinds_of("token_tree")
EXPRESSION_STATEMENT = kind_of("expression_statement")
EMPTY_STATEMENT = kind_of("empty_statement")
DECLARATION_LIST = kind_of("declaration_list")
BRACKETED_TYPE = kind_of("bracketed_type")
QUALIFIED_TYPE = kind_of("qualified_type")
FUNCTION_TYPE = kind_of("function_type")
TYPE_ARGUMENTS = kind_of("type_arguments")
TYPE_BINDING = kind_of("type_binding")
TYPE_PARAMETERS = kind_of("type_parameters")
TRAIT_BOUNDS = kind_of("trait_bounds")
WHERE_CLAUSE = kind_of("where_clause")
VISIBILITY = kind_of("visibility_modifier")
PARAMETERS = kind_of("parameters")
PARAMETER = kind_of("parameter")
SELF_PARAMETER = kind_of("self_parameter")
FIELD_EXPRESSION = kind_of("field_expression")
UNDERSCORE = kind_of("_", named=False)
COLON = kind_of(":", named=False)
EQUALS = kind_of("=", named=False)
ELSE = kind_of("else", named=False)

FIELD_TRAIT = LANGUAGE.field_id_for_name("trait") or 0
FIELD_TYPE = LANGUAGE.field_id_for_name("type") or 0
FIELD_BODY = LANGUAGE.field_id_for_name("body") or 0
FIELD_VALUE = LANGUAGE.field_id_for_name("value") or 0
FIELD_CONDITION = LANGUAGE.field_id_for_name("condition") or 0
FIELD_CONSEQUENCE = LANGUAGE.field_id_for_name("consequence") or 0
FIELD_PATTERN = LANGUAGE.field_id_for_name("pattern") or 0
FIELD_ALTERNATIVE = LANGUAGE.field_id_for_name("alternative") or 0


def parse(text: bytes) -> Node:
    """The root of the text's tree. Positions are bytes of `text`."""
    return _PARSER.parse(text).root_node


if TYPE_CHECKING:

    def child_at(node: Node, index: int) -> Node:
        """A child that is known to be there. A quarter of the cost of the list of children."""
        return node
else:
    child_at = Node.child


def pair(node: Node) -> list[Node]:
    """The two named children of a node that has two (a token may stand between); else all but comments."""
    count = node.child_count
    if count <= 3 and node.named_child_count == 2:
        first = child_at(node, 0)
        if first.is_named:
            return [first, child_at(node, count - 1)]
    return plain(node.named_children)


def plain(children: Iterable[Node]) -> list[Node]:
    """The children without comments."""
    return [child for child in children if child.kind_id not in COMMENTS]


def first_error(root: Node) -> tuple[int, str]:
    """Where the first error of a tree that has one stands (a byte of the text), and what it is."""
    node = root
    while True:
        for child in node.children:
            if child.is_missing:
                return child.start_byte, f"`{child.type}` is missing"
            if child.kind_id == ERROR:
                inner = next(
                    (grandchild for grandchild in child.children if grandchild.kind_id == ERROR), None
                )
                if inner is None:
                    return child.start_byte, "syntax error"
                node = child
                break
            if child.has_error:
                node = child
                break
        else:
            return node.start_byte, "syntax error"
