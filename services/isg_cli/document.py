"""JSON on stdout: one document, one line, UTF-8, the keys in the order in which they were made.

Invariant: what is printed passes any JSON parser and is the only thing on stdout.
"""

from __future__ import annotations

import sys
from typing import Any

from msgspec import json


def show(document: dict[str, Any]) -> None:
    """Print one document."""
    sys.stdout.flush()
    sys.stdout.buffer.write(json.encode(document) + b"\n")
    sys.stdout.buffer.flush()
