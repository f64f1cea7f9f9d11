"""Types of expressions, so that a method call finds its method: lowering, unification, traits, bodies.

Invariant: a *known* receiver without a matching method gets no local edge; what is not known is said to
be open, never guessed. Definitions are read, never changed; what a body looked at is recorded.
"""
