"""Revisions of git as sources: what a tree was in a commit or the index, and what differs.

git.py asks git for objects; source.py makes the files of a revision of them; compare.py links two revisions
and answers `diff` and `impact`. Invariant: the working tree, the index and the repository are read, never
written, and nothing that the repository configures is run.
"""
