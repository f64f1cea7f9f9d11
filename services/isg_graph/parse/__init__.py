"""Rust text in, facts out: the grammar's tree is read here and nowhere else.

Invariant: extraction never fails, knows one file alone, and is a function of its bytes. Absent on purpose:
anything that resolves a name.
"""
