"""Ask the daemon of a workspace one question and print the answer.

    python examples/ask.py where-defined spawn
    python examples/ask.py callers 'Router::route' --workspace ~/code/axum

The daemon must be running: isg daemon --watch DIR
"""

from __future__ import annotations

import argparse
import json
import sys

from isg_client import Client, IsgError


def main() -> int:
    parser = argparse.ArgumentParser(description="Ask one question.")
    parser.add_argument("query", help="what-implements, callers, where-defined, stats, …")
    parser.add_argument("target", nargs="?", help="a symbol, a name, the tail of a path, FILE:LINE, an id")
    parser.add_argument("--workspace", help="default: ISG_WORKSPACE, or the one that belongs here")
    parser.add_argument("--limit", type=int, default=20)
    parser.add_argument("--sync", action="store_true", help="see everything saved before the question")
    arguments = parser.parse_args()
    try:
        with Client(arguments.workspace) as client:
            answer = client.query(
                arguments.query, arguments.target, limit=arguments.limit, sync=arguments.sync
            )
    except IsgError as error:
        print(f"{error}\nnext: {error.hint}", file=sys.stderr)
        for candidate in error.candidates:
            print(f"  {candidate['symbol']}", file=sys.stderr)
        return error.exit_code
    json.dump(answer, sys.stdout, indent=2, ensure_ascii=False)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
