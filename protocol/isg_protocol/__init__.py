"""What the processes of isg say to each other, and nothing of how.

Owns the vocabulary, the facts of a file, the messages, the envelope, the channels, the errors, the
limits, the versions and the snapshot's encodings. Pure: no socket, no clock, no path, no process.
"""
