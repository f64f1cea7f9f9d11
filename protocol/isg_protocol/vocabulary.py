"""The words of the graph: kinds of nodes and edges, contexts, resolutions, visibilities.

Each list's order is part of the snapshot format (a byte on disk is an index into it): append only.
"""

from __future__ import annotations

from typing import Final

NODE_KINDS = (
    "crate", "module", "function", "method", "struct", "enum", "union", "trait", "impl", "type_alias",
    "const", "static", "macro", "external",
)  # fmt: skip

EDGE_KINDS = ("contains", "calls", "uses", "implements", "extends", "overrides", "imports")

CONTEXTS = (None, "signature", "body", "implicit", "macro")

RESOLUTIONS = ("exact", "inferred", "candidate", "external")

TARGET_KINDS = ("lib", "bin", "test", "bench", "example", "build")

# Each apart and Final: a compiled build then has them as numbers in place of look-ups.
CRATE: Final = 0
MODULE: Final = 1
FUNCTION: Final = 2
METHOD: Final = 3
STRUCT: Final = 4
ENUM: Final = 5
UNION: Final = 6
TRAIT: Final = 7
IMPL: Final = 8
TYPE_ALIAS: Final = 9
CONST: Final = 10
STATIC: Final = 11
MACRO: Final = 12
EXTERNAL: Final = 13

CONTAINS: Final = 0
CALLS: Final = 1
USES: Final = 2
IMPLEMENTS: Final = 3
EXTENDS: Final = 4
OVERRIDES: Final = 5
IMPORTS: Final = 6

NO_CONTEXT: Final = 0
SIGNATURE: Final = 1
BODY: Final = 2
IMPLICIT: Final = 3
IN_MACRO: Final = 4

EXACT: Final = 0
INFERRED: Final = 1
CANDIDATE: Final = 2
RESOLVED_EXTERNAL: Final = 3

NODE_KIND_CODE = {kind: code for code, kind in enumerate(NODE_KINDS)}
EDGE_KIND_CODE = {kind: code for code, kind in enumerate(EDGE_KINDS)}
CONTEXT_CODE = {context: code for code, context in enumerate(CONTEXTS)}
RESOLUTION_CODE = {resolution: code for code, resolution in enumerate(RESOLUTIONS)}
