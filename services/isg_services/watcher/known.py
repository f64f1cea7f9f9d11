"""What the published graph already holds of the source: the digest of every file, read as any reader would.

Owns that one look into the snapshot. Invariant: a snapshot that is not there, or cannot be read, is no
error: the watcher then issues everything. Deliberately absent: any state.
"""

from __future__ import annotations

from isg_client.place import Workspace


def known_digests(workspace: Workspace) -> dict[str, bytes] | None:
    """Digest by path, of the live snapshot's current version; None when there is none."""
    from isg_services.query.mapping import Mapping

    try:
        with Mapping(workspace.live, live=True) as mapping, mapping.snapshot() as view:
            return {entry.path: entry.digest for entry in view.files()}
    except Exception:  # whatever is wrong with it, the answer is the same: issue every file
        return None
