"""Every bound of the pipeline, with its unit in its name. Reaching one is a named error with a hint."""

# --- frames and sockets
FRAME_BYTES_MAX = 64 * 1024 * 1024
"""MAXMSGSIZE of every socket: a 50 MB source file would be refused long before."""
REQUEST_BYTES_MAX = 1024 * 1024
EXPORT_CHUNK_BYTES = 1024 * 1024
JOBS_HWM_MESSAGES = 1_000
FACTS_HWM_MESSAGES = 1_000
VERSIONS_HWM_MESSAGES = 1_000
QUERIES_HWM_MESSAGES = 10_000
LINGER_MS = 200
RECONNECT_MIN_MS = 10
RECONNECT_MAX_MS = 50
IPC_PATH_BYTES_MAX = 107
"""Longer paths fail in bind; the socket directory is then a short hash under the temporary directory."""

# --- sources
SOURCE_FILE_BYTES_MAX = 8 * 1024 * 1024
DUMP_BYTES_MAX = 1024 * 1024 * 1024
SOURCE_FILES_MAX = 200_000
RESCAN_INTERVAL_MS = 45_000
LARGE_BATCH_EVENTS = 512
"""Above this many events in one batch the queue may have overflowed: reconcile by a scan."""

# --- parsing
JOB_DEADLINE_MS = 20_000
JOB_ATTEMPTS_MAX = 3
"""A file whose job killed or outlasted this many workers is quarantined until its bytes change."""
WORKER_CREDIT_JOBS = 1
REISSUE_AFTER_MS = 5_000

# --- writing
BATCH_WINDOW_MS = 2
BURST_WINDOW_MS = 30
"""While the watcher says that more is behind: a burst of saves is a few publications, not one each."""
READERS_MAX = 1024
CHANGE_LISTS_KEPT = 1_000
LOST_REFERENCES_MAX = 10_000
"""References that came loose, remembered until they are bound again; beyond these none is added."""
LOST_WALKS_MAX = 5_000
"""Look-ups in changed text for such references, in one commit: a branch switch is not to wait for more."""
CHANGES_PUBLISHED_MAX = 2_000
"""Longer change lists are cut in the publication (with their true length); the snapshot has them whole."""
HEARTBEAT_MS = 250
STORAGE_ATTEMPTS_MAX = 3
SYNC_INTERVAL_MS = 200

# --- asking
TIMEOUT_DEFAULT_MS = 10_000
RETRIES_MAX = 30
RETRY_FIRST_MS = 1_000
"""A client asks again after this long without a reply (a quarter of a shorter time-out), then doubles it…"""
RETRY_MS_MAX = 2_000
"""…up to this: whoever had the question may have died with it, and whoever has it again as well."""
REPLY_GRACE_MS = 250
"""How long beyond the deadline a client waits for the failure that says why it passed."""
SILENCE_MS = 2_000
"""A follower that has heard no heartbeat for this long asks whether anybody is still there."""
RESULTS_DEFAULT = 100
BLAST_RADIUS_NODES_MAX = 3_000
NAME_CHARACTERS_MAX = 4_096
CANDIDATES_SHOWN_MAX = 20
CONTEXT_TOKENS_DEFAULT = 4_000
CONTEXT_TOKENS_MAX = 1_000_000
HOPS_MAX = 16
"""How far around an entity a context or a part of the graph may reach."""

# --- processes
DRAIN_MS = 3_000
CRASH_LOOP_DAMP_MS = 1_000
RECYCLED_AFTER_MS_MIN = 60_000
"""An actor that has outgrown its memory has lived so long at least before it is started anew: a graph that
needs more does not end it at every start."""
STARTUP_MS = 20_000
