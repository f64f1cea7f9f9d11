"""The forms of bodies, all loaded: what items and macros read bodies with.

The rooms know each other by `expression.TABLE` alone, which each fills when it is loaded; so whoever reads
bodies imports this.
"""

from __future__ import annotations

from isg_graph.parse import chain as _chain  # noqa: F401 (fills the table)
from isg_graph.parse.block import block
from isg_graph.parse.control import parameter_pattern
from isg_graph.parse.expression import expression

__all__ = ["block", "expression", "parameter_pattern"]
