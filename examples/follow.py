"""Follow what a daemon publishes, a line a version, until it stops or --count is reached.

    python examples/follow.py --count 3 --timeout-s 60

The first line, `following from version V`, says that nothing published from then on is missed.
"""

from __future__ import annotations

import argparse
import sys

from isg_client import Client, IsgError


def main() -> int:
    parser = argparse.ArgumentParser(description="Follow published versions.")
    parser.add_argument("--workspace", help="default: ISG_WORKSPACE, or the one that belongs here")
    parser.add_argument("--count", type=int, default=0, help="end after so many (0: never)")
    parser.add_argument("--timeout-s", type=float, help="give up when nothing comes for so long")
    parser.add_argument("--since", type=int, help="tell at once what is newer than this version")
    arguments = parser.parse_args()
    timeout_ms = None if arguments.timeout_s is None else int(arguments.timeout_s * 1000)
    try:
        with (
            Client(arguments.workspace) as client,
            client.versions(since=arguments.since, timeout_ms=timeout_ms) as publications,
        ):
            print(f"following from version {publications.version}", flush=True)
            for number, publication in enumerate(publications, 1):
                files = ", ".join(file.path for file in publication.files)
                missed = "" if publication.complete else " (some publications before it were missed)"
                what = f"{publication.change_count} changes in {files}" if files else "changed"
                print(f"version {publication.version}: {what}{missed}", flush=True)
                if number == arguments.count:
                    break
    except IsgError as error:
        print(f"{error}\nnext: {error.hint}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
