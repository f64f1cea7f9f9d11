"""R7: which file systems are polled, since they tell nothing of what others change."""

from __future__ import annotations

from pathlib import Path

import pytest

from isg_services.watcher import mount
from isg_services.watcher.mount import file_system, why_polled

MOUNTS = """\
22 1 0:20 / / rw,relatime shared:1 - ext4 /dev/root rw
30 22 0:25 / /home rw - btrfs /dev/sda rw
31 22 0:26 / /home/me/shared rw master:2 shared:5 - nfs4 server:/share rw,vers=4.2
32 22 0:27 / /mnt/with\\040space rw - 9p drive rw
33 22 0:28 / /stacked rw - ext4 /dev/sdb rw
34 22 0:29 / /stacked rw - fuse.sshfs host: rw
a line of another kind
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "ext4"),
        ("/srv/tree", "ext4"),
        ("/home/me", "btrfs"),
        ("/home/me/shared", "nfs4"),
        ("/home/me/shared/deep/tree", "nfs4"),
        ("/home/me/shared-not", "btrfs"),
        ("/mnt/with space/tree", "9p"),
        ("/stacked/tree", "fuse.sshfs"),
    ],
)
def test_the_deepest_and_last_mount_holds_a_path(path: str, kind: str) -> None:
    assert file_system(path, MOUNTS) == kind


def test_a_share_is_polled_with_its_reason_and_the_setting_overrules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(MOUNTS)
    monkeypatch.setattr(mount, "MOUNTS", table)
    monkeypatch.delenv("ISG_WATCH", raising=False)
    assert why_polled("/home/me") == ""
    assert why_polled("/home/me/shared/tree") == "nfs4 tells of no changes that others make"
    assert why_polled("/stacked/tree") == "fuse.sshfs tells of no changes that others make"
    monkeypatch.setenv("ISG_WATCH", "events")
    assert why_polled("/home/me/shared/tree") == ""
    monkeypatch.setenv("ISG_WATCH", "polling")
    assert why_polled("/home/me") == "asked for by the environment (ISG_WATCH)"


def test_a_system_without_the_table_relies_on_events(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mount, "MOUNTS", tmp_path / "none")
    monkeypatch.delenv("ISG_WATCH", raising=False)
    assert why_polled("/home/me") == ""
