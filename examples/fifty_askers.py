"""Fifty askers at once on one socket, each asking in turn, while the code may be edited.

    python examples/fifty_askers.py --rounds 20

Checks that no asker sees the version go back, and prints how many answers of which versions there were.
Exits 1 when anything is wrong with an answer, with the client's status when a question fails.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections import Counter

from isg_client import AsyncClient, IsgError


async def asker(client: AsyncClient, names: list[str], rounds: int, versions: Counter[int]) -> int:
    """Ask `rounds` questions, one after another; returns how often the version went back."""
    newest = backwards = 0
    for number in range(rounds):
        answer = await client.where_defined(names[number % len(names)], limit=5)
        backwards += answer["version"] < newest
        newest = max(newest, answer["version"])
        versions[newest] += 1
    return backwards


async def run(arguments: argparse.Namespace) -> int:
    versions: Counter[int] = Counter()
    async with AsyncClient(arguments.workspace, timeout_ms=int(arguments.timeout_s * 1000)) as client:
        listed = await client.list_nodes(kind="function", limit=arguments.askers)
        names = [node["name"] for node in listed["results"]]
        if not names:
            print("the graph has no functions to ask about", file=sys.stderr)
            return 1
        turned = [names[number % len(names) :] + names for number in range(arguments.askers)]
        backwards = await asyncio.gather(
            *(asker(client, mine, arguments.rounds, versions) for mine in turned)
        )
    by_version = dict(sorted(versions.items()))
    print(f"{versions.total()} answers to {arguments.askers} askers, by version: {by_version}")
    if any(backwards):
        print(f"the version went back {sum(backwards)} times", file=sys.stderr)
        return 1
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description="Many askers on one socket.")
    parser.add_argument("--workspace", help="default: ISG_WORKSPACE, or the one that belongs here")
    parser.add_argument("--askers", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--timeout-s", type=float, default=10.0, help="for each question")
    try:
        return asyncio.run(run(parser.parse_args()))
    except IsgError as error:
        print(f"{error}\nnext: {error.hint}", file=sys.stderr)
        return error.exit_code


if __name__ == "__main__":
    sys.exit(main())
