"""Which file systems tell of changes: on the others a watch would stay silent for ever.

Owns the reading of the table of mounts (Linux; elsewhere the system's own events are relied on) and the
setting `watch`: events or polling, whatever the table says. A change that another machine makes on a
shared file system reaches this kernel by no event, so these are polled. Absent: the polling (watch.py).
"""

from __future__ import annotations

import re
from pathlib import Path

from isg_client import setting

MOUNTS = Path("/proc/self/mountinfo")
SILENT = frozenset(
    {
        "9p", "afs", "autofs", "ceph", "cifs", "coda", "davfs", "drvfs", "gfs2", "glusterfs", "gpfs",
        "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "prl_fs", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs",
    }
)  # fmt: skip
"""File systems whose files others change: network mounts, and the shares of virtual machines and WSL."""
_ESCAPE = re.compile(r"\\([0-7]{3})")


def why_polled(root: str) -> str:
    """Why changes below `root` (absolute, real) have to be looked for; "" where the system tells of them."""
    asked = setting.text("watch")
    if asked == "polling":
        return f"asked for by {setting.of('watch').source}"
    if asked == "events":
        return ""
    try:
        kind = file_system(root, MOUNTS.read_text("utf-8", "surrogateescape"))
    except OSError:
        return ""
    if kind in SILENT or kind.startswith("fuse.") or kind == "fuse":
        return f"{kind} tells of no changes that others make"
    return ""


def file_system(path: str, mounts: str) -> str:
    """The kind of the file system that holds an absolute path, by a text like /proc/self/mountinfo
    (proc_pid_mountinfo(5)): the deepest mount above it, the last of several on one place."""
    found, depth = "", -1
    for line in mounts.splitlines():
        before, separator, after = line.partition(" - ")
        fields = before.split(" ")
        if not separator or len(fields) < 5:
            continue
        at = _ESCAPE.sub(lambda octal: chr(int(octal[1], 8)), fields[4])
        inside = path == at or path.startswith(at if at.endswith("/") else at + "/")
        if inside and len(at) >= depth:
            found, depth = after.split(" ")[0], len(at)
    return found
