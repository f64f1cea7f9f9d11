"""Every message of every channel: one tagged union a direction.

Tags are explicit strings, fields are named on the wire (maps), except for the two bulk messages, whose
bodies travel as bytes encoded elsewhere. Fields are appended with defaults, never renamed
(`PROTOCOL_VERSION` otherwise). SPEC.md tells each in prose; a golden file holds the schemas.

**Revisions** (watcher → writer): 64 bits, `epoch << 32 | count`. The epoch is one more than the highest
the writer has ever seen, so revisions grow across restarts. `floor` in a job says that every revision
below it is covered. `supersedes` are uncovered revisions of the same path in whose place this one comes:
they have arrived once it has, and not before. `covered` enters an epoch only when its ScanDone, and all
of the epoch before it, has arrived.
"""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Raw, Struct

Revision = Annotated[int, Meta(ge=0, lt=1 << 62)]
"""2^30 epochs, of which a workspace uses one with each start of its watcher. A larger one is no revision: who
took it for one could count no further."""

# --- channel "jobs": watcher (ROUTER) -> parser (DEALER), and back ---------------------------------------


class ParseJob(Struct, tag="job.parse", kw_only=True):
    """Extract one file. `text` is its bytes as the watcher read them (so that the digest, BLAKE2b-128,
    is of exactly these), size and mtime those of the stat before the reading. `seen_ns` is when a watch
    noticed the change (0: none did) and `read_ns` when the bytes were there, on the monotonic clock.
    `behind` is how many more changes the watcher has at hand."""

    path: str
    revision: Revision
    floor: Revision
    digest: bytes
    text: bytes
    size: int = 0
    mtime_ns: int = 0
    attempt: int = 1
    supersedes: list[Revision] = []
    seen_ns: int = 0
    read_ns: int = 0
    behind: int = 0


class RelayJob(Struct, tag="job.relay", kw_only=True):
    """Pass `fact` on to the writer: what is gone, the end of a scan, a file that could not be parsed.
    It goes through the pool so that there is one road to the writer."""

    fact: Raw


class StopJob(Struct, tag="job.stop", kw_only=True):
    """Drain and exit: the source is exhausted (one-shot ingest)."""


Job = ParseJob | RelayJob | StopJob


class Ready(Struct, tag="ready", kw_only=True):
    """A worker asks for work: one credit. `done` is the (path, revision) of the job just finished ("" for
    what it relayed), None at first. `pid` names the process."""

    pid: int
    done: tuple[str, Revision] | None = None


JobReply = Ready

# --- channel "facts": parser (PUSH) -> writer (PULL) --------------------------------------------------------


class Parsed(Struct, tag="fact.parsed", kw_only=True):
    """The facts of a file. `facts` is an encoded facts.FileFacts (for `Cargo.toml`, ManifestFacts);
    `text` the file's bytes, zlib-compressed. `parse_us` is the worker's own time; `seen_ns`, `read_ns` and
    `behind` are the job's, `parsed_ns` is when the facts were there."""

    path: str
    revision: Revision
    floor: Revision
    digest: bytes
    size: int
    mtime_ns: int
    facts: bytes
    text: bytes
    parse_us: int = 0
    supersedes: list[Revision] = []
    seen_ns: int = 0
    read_ns: int = 0
    parsed_ns: int = 0
    behind: int = 0


class Gone(Struct, tag="fact.gone", kw_only=True):
    """A file is no longer there."""

    path: str
    revision: Revision
    floor: Revision
    supersedes: list[Revision] = []


class Quarantined(Struct, tag="fact.quarantined", kw_only=True):
    """A file whose parsing killed or outlasted its workers, or that cannot be read: it counts as covered,
    has no items, and is reported with its reason."""

    path: str
    revision: Revision
    floor: Revision
    digest: bytes
    reason: str
    supersedes: list[Revision] = []


class ScanDone(Struct, tag="fact.scan-done", kw_only=True):
    """A whole scan ends here: `paths` is every file there is (what else the writer holds is gone), with
    revisions up to `revision`. `root` is the directory, None for a dump; `skipped` are the (path, reason)
    left out. The writer publishes a first scan only once all up to `revision` is covered."""

    revision: Revision
    floor: Revision
    root: str | None
    paths: list[str]
    skipped: list[tuple[str, str]]
    source: str = ""


class Watermark(Struct, tag="fact.watermark", kw_only=True):
    """Nothing but a floor."""

    floor: Revision


Fact = Parsed | Gone | Quarantined | ScanDone | Watermark

# --- channel "versions": writer (PUB) -> watcher, query, clients (SUB) --------------------------------------


STAGES = ("read", "parse", "hop", "link", "commit")
"""What a change goes through, each stage from the end of the one before: noticed, its bytes read, facts made,
with the writer, linked, committed and published."""


class FileUpdate(Struct, kw_only=True):
    """One file of a publication: `nodes` it has now (0: gone), `elapsed_ms` from the arrival of its facts
    to the publication. `stages_us`: how long each of STAGES took, for a change that a watch noticed."""

    path: str
    nodes: int
    elapsed_ms: float
    stages_us: list[int] = []


class Published(Struct, tag="published", kw_only=True):
    """A new version is visible. `changes` are (change, id in hex, symbol, file), cut at
    CHANGES_PUBLISHED_MAX of `change_count`. `at_ns` is when, on the machine's monotonic clock."""

    version: int
    covered: int
    files: list[FileUpdate]
    changes: list[tuple[str, str, str, str | None]]
    change_count: int
    nodes: int
    edges: int
    seconds: float = 0.0
    at_ns: int = 0


class Heartbeat(Struct, tag="heartbeat", kw_only=True):
    """Repeats the truth every HEARTBEAT_MS: the current version, the revision up to which everything is
    in it, the highest revision ever received, the version that is on disk for good, and how many files
    wait. A lost publication heals by the next one of these."""

    version: int
    covered: int
    received: int
    durable_version: int
    pending: int
    pid: int


class Stopped(Struct, tag="stopped", kw_only=True):
    """The writer has drained, left the durable copy, and exits."""

    version: int


VersionEvent = Published | Heartbeat | Stopped

# --- channel "control": query, CLI (DEALER) -> watcher (ROUTER) ---------------------------------------------


class SyncRequest(Struct, tag="control.sync", kw_only=True):
    """Scan now; answer with the revision that covers everything saved before this request."""


class SyncReply(Struct, tag="control.synced", kw_only=True):
    """`revision` to wait for in `covered`; `error` in place of it when the tree cannot be read."""

    revision: int
    error: str | None = None


Control = SyncRequest
ControlReply = SyncReply

# --- channel "queries": client (DEALER) -> query (ROUTER) ---------------------------------------------------


class Query(Struct, tag="query", kw_only=True):
    """One question (contract.md, "Answers"). `name` is the query's; `target` and `to` are entities;
    `limit` 0 means all; `cursor` is an answer's, for what comes behind it. `sync` waits for everything saved
    before the question."""

    name: str
    target: str | None = None
    to: str | None = None
    kind: str | None = None
    file: str | None = None
    level: str | None = None
    depth: int | None = None
    kinds: list[str] | None = None
    no_tests: bool = False
    candidates: bool = False
    limit: int = 100
    all: bool = False
    sync: bool = False
    timeout_ms: int | None = None
    cursor: str | None = None


class ContextQuery(Struct, tag="context", kw_only=True):
    """A context for one or more entities."""

    entities: list[str]
    hops: int = 2
    tokens: int = 4000
    code: bool = False
    sync: bool = False
    all: bool = False


class StatusQuery(Struct, tag="status", kw_only=True):
    """What the workspace's processes are doing."""


class ExportQuery(Struct, tag="export", kw_only=True):
    """The graph of one version in chunks of at most EXPORT_CHUNK_BYTES: the whole of it, or what is within so
    many hops of some entities."""

    format: str = "jsonl"
    sync: bool = False
    around: list[str] = []
    hops: int = 2
    all: bool = False


Request = Query | ContextQuery | StatusQuery | ExportQuery


class Answer(Struct, tag="answer", kw_only=True):
    """The contract's JSON object, as msgpack: of a query, a context or a status."""

    value: dict[str, Any]


class Chunk(Struct, tag="chunk", kw_only=True):
    """A part of an export; `last` ends it. `index` counts the parts from 0, so that a dropped one is
    seen."""

    data: bytes
    last: bool
    version: int
    index: int


class Failure(Struct, tag="failure", kw_only=True):
    """`code` is of error.EXIT_CODES; `hint` is the exact next command; `candidates` are node rows."""

    code: str
    message: str
    hint: str
    candidates: list[dict[str, Any]] = []


Reply = Answer | Chunk | Failure
