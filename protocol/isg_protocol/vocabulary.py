"""The words of the graph: kinds of nodes and edges, contexts, resolutions, visibilities.

Each list's order is part of the snapshot format (a byte on disk is an index into it): append only.
"""

NODE_KINDS = (
    "crate", "module", "function", "method", "struct", "enum", "union", "trait", "impl", "type_alias",
    "const", "static", "macro", "external",
)  # fmt: skip

EDGE_KINDS = ("contains", "calls", "uses", "implements", "extends", "overrides", "imports")

CONTEXTS = (None, "signature", "body", "implicit", "macro")

RESOLUTIONS = ("exact", "inferred", "candidate", "external")

TARGET_KINDS = ("lib", "bin", "test", "bench", "example", "build")

(
    CRATE,
    MODULE,
    FUNCTION,
    METHOD,
    STRUCT,
    ENUM,
    UNION,
    TRAIT,
    IMPL,
    TYPE_ALIAS,
    CONST,
    STATIC,
    MACRO,
    EXTERNAL,
) = range(14)
CONTAINS, CALLS, USES, IMPLEMENTS, EXTENDS, OVERRIDES, IMPORTS = range(7)
NO_CONTEXT, SIGNATURE, BODY, IMPLICIT, IN_MACRO = range(5)
EXACT, INFERRED, CANDIDATE, RESOLVED_EXTERNAL = range(4)

NODE_KIND_CODE = {kind: code for code, kind in enumerate(NODE_KINDS)}
EDGE_KIND_CODE = {kind: code for code, kind in enumerate(EDGE_KINDS)}
CONTEXT_CODE = {context: code for code, context in enumerate(CONTEXTS)}
RESOLUTION_CODE = {resolution: code for code, resolution in enumerate(RESOLUTIONS)}
