"""Every command of the runbook's blocks, run in order by one shell."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from support.isg import Isg, plant

RUNBOOK = Path(__file__).parents[2] / "deploy" / "RUNBOOK.md"


def test_the_runbooks_commands_run_as_they_stand(tmp_path: Path) -> None:
    isg = Isg(tmp_path / "state", plant(tmp_path / "zoo"))
    home = tmp_path / "home"
    home.mkdir()
    blocks = re.findall(r"^```sh\n(.*?)^```$", RUNBOOK.read_text(), re.DOTALL | re.MULTILINE)
    assert len(blocks) > 5
    # As in a terminal, where `%1` is the job; what fails ends it, and the daemon with it.
    script = "set -eum\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n" + "\n".join(blocks)
    path = f"{Path(sys.executable).parent}:{isg.environment()['PATH']}"
    done = subprocess.run(
        ["bash", "-c", script],
        env=isg.environment(HOME=str(home), TREE=str(isg.cwd), PATH=path),
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert "healthy: version" in done.stdout
    assert "0 errors" in done.stdout
    assert "nothing is wrong" in done.stdout
    assert (home / "graph.jsonl").read_text().count("\n") == 30 + 56
    assert not list(isg.state.glob("*/durable.mdb")), "all was forgotten"
