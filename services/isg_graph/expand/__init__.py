"""Macros by example: a definition's rules and an invocation's tokens in, the expansion's text out.

Pure text to text, and deterministic. Nothing is raised: what cannot be expanded, or would grow beyond a bound
of `limit`, is None. Absent: names, files and hygiene (an expansion is text like any other; `$crate` is left
in it for whoever knows the crate), and recursion: an expansion that invokes macros is given back as it is.
"""

from __future__ import annotations

from isg_graph.expand.expand import expand

__all__ = ["expand"]
