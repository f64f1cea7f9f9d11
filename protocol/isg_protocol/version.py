"""The numbers that are written down once: change one when what it names changes its meaning.

Golden tests compare each with the bytes it stands for and fail on a change without a bump.
"""

PROTOCOL_VERSION = 1
"""The wire: envelope, messages, channels (SPEC.md)."""

SNAPSHOT_FORMAT = 3
"""The bytes in LMDB (SNAPSHOT.md)."""

FACTS_FORMAT = 3
"""What the extractor says of a file's bytes; facts of another number are extracted anew."""

ID_FORMAT = 1
"""What a node's id is a hash of; a change moves every id."""
