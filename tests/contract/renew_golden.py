"""Write the golden schemas anew:  python tests/contract/renew_golden.py

Refuses a change that peers or stored facts of the same number would misunderstand: bump PROTOCOL_VERSION
or FACTS_FORMAT in protocol/isg_protocol/version.py first. What is compatible (new structures, fields
appended with a default) is written without a bump. `--unreleased` takes any change under the same number:
right only while no release carries that number.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from isg_protocol import body, channel, envelope, error, facts, message, version
from support.schema import incompatible, schemas

GOLDEN = Path(__file__).parent / "golden"


def wire() -> dict[str, Any]:
    """All that PROTOCOL_VERSION stands for."""
    kinds = [envelope.REQUEST, envelope.REPLY, envelope.EVENT]
    return {
        "number": version.PROTOCOL_VERSION,
        "header": [envelope.HEADER.format, envelope.MAGIC.hex(), *kinds],
        "channels": {each.name: [each.pattern, each.binds, each.socket] for each in channel.CHANNELS},
        "codes": error.EXIT_CODES,
        "structs": schemas(message),
    }


def stored_facts() -> dict[str, Any]:
    """All that FACTS_FORMAT stands for, as far as structures tell it."""
    return {"number": version.FACTS_FORMAT, "structs": schemas(facts, body)}


SUBJECTS = {"wire": wire, "facts": stored_facts}
NUMBERS = {"wire": "PROTOCOL_VERSION", "facts": "FACTS_FORMAT"}


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Why `new` needs another number than `old`."""
    reasons = incompatible(old["structs"], new["structs"])
    for part in ("header", "channels", "codes"):
        was, now = old.get(part), new.get(part)
        if isinstance(was, dict) and isinstance(now, dict):
            reasons += [f"{part}: {key} changed" for key in was if now.get(key) != was[key]]
        elif was != now:
            reasons.append(f"{part} changed")
    return reasons


def main() -> int:
    for name, subject in SUBJECTS.items():
        path, new = GOLDEN / f"{name}.json", subject()
        if path.exists():
            old = json.loads(path.read_text())
            reasons = differences(old, new)
            if reasons and old["number"] == new["number"] and "--unreleased" not in sys.argv[1:]:
                print(f"{name}: bump {NUMBERS[name]} first:", *reasons, sep="\n  ")
                return 1
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(json.dumps(new, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
