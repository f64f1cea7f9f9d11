"""`python -m isg_services.listener`: reports supervisord's crashes and what it gives up on.

Owns one line on standard error for each (actor.write_log: text or JSON), which the configuration sends to a
file of its own; the protocol is supervisor's (supervisor.childutils). Absent: any mending: supervisord's.
"""

from __future__ import annotations

import sys
from collections import Counter

from supervisor import childutils

from isg_services.actor import write_log

FATAL = "PROCESS_STATE_FATAL"
EXITED = "PROCESS_STATE_EXITED"


def report(event: str, fields: dict[str, str], deaths: Counter[str]) -> None:
    """Say what became of a process: always that it was given up on; of its deaths the first, the second, the
    fourth and so on, so that a crash loop is no flood."""
    name = fields.get("processname", "?")
    if event == FATAL:
        write_log("listener", "fatal", process=name, why="supervisord has given up starting it")
    elif event == EXITED and fields.get("expected") == "0":
        deaths[name] += 1
        if deaths[name] & (deaths[name] - 1) == 0:
            write_log("listener", "died", process=name, pid=fields.get("pid", "?"), times=deaths[name])


def main() -> None:
    """Listen until supervisord ends."""
    deaths: Counter[str] = Counter()
    while True:
        try:
            headers, payload = childutils.listener.wait(sys.stdin, sys.stdout)
        except (ValueError, KeyError, OSError):  # its end of the pipe is gone
            return
        fields, _ = childutils.eventdata(payload + "\n")
        report(headers.get("eventname", ""), fields, deaths)
        childutils.listener.ok(sys.stdout)


if __name__ == "__main__":
    main()
