"""Names to definitions: packages and targets, the module tree, scopes, imports, paths.

Invariant: everything here is a function of the facts alone, names only; no type is inferred and no
body is read. Scopes answer lazily and remember, so that what nobody asks costs nothing.
"""
