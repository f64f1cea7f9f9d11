"""Inference variables and the making-equal of types, with undo.

Lenient on purpose: what is unknown equals anything, and a projection that nobody could normalise is not
held against a match. A wrong "no" would lose a call; a wrong "yes" is told apart by the other candidates.
"""

from __future__ import annotations

from isg_graph.infer.ty import (
    ADT,
    ARRAY,
    DYN,
    FN,
    ITEM,
    NEVER,
    OPAQUE,
    OUTSIDE,
    PARAM,
    PRIM,
    PROJ,
    PTR,
    REF,
    SLICE,
    TUPLE,
    UNKNOWN,
    UNKNOWN_TYPE,
    VAR,
    Ty,
    transform,
)

_INTEGERS = frozenset(
    ("u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "{int}")
)
_FLOATS = frozenset(("f32", "f64", "{float}"))
OCCURS_DEPTH_MAX = 32
DEEP_VARIABLES_MAX = 200
"""Variables replaced in one type; what is left of a larger one is unknown."""
STEPS_MAX = 500_000
"""Pairs compared and parts searched in one body; beyond, everything fits and nothing is bound."""


class Table:
    """The variables of one body. `mark` and `undo` bracket a trial."""

    __slots__ = ("_left", "_steps", "_trail", "_values")

    def __init__(self) -> None:
        self._values: list[Ty | None] = []
        self._trail: list[int] = []
        self._steps = STEPS_MAX
        self._left = 0

    def fresh(self) -> Ty:
        """A new variable."""
        self._values.append(None)
        return (VAR, len(self._values) - 1)

    def mark(self) -> int:
        """A point to come back to."""
        return len(self._trail)

    def undo(self, mark: int) -> None:
        """Forget every binding made since a mark."""
        trail = self._trail
        values = self._values
        while len(trail) > mark:
            values[trail.pop()] = None

    def shallow(self, ty: Ty) -> Ty:
        """A type with a bound variable at its top replaced."""
        values = self._values
        while ty[0] == VAR:
            value = values[ty[1]]
            if value is None:
                return ty
            ty = value
        return ty

    def deep(self, ty: Ty, depth: int = 0) -> Ty:
        """A type with every bound variable replaced."""
        form: int = ty[0]
        if form == PRIM or form == PARAM or form == UNKNOWN or form == NEVER:
            return ty
        if form in (ADT, OUTSIDE) and not ty[2]:
            return ty
        if depth > OCCURS_DEPTH_MAX:
            return UNKNOWN_TYPE

        if depth == 0:
            self._left = DEEP_VARIABLES_MAX

        def leaf(one: Ty) -> Ty | None:
            if one[0] == VAR:
                value = self._values[one[1]]
                if value is None:
                    return None
                self._left -= 1
                return self.deep(value, depth + 1) if self._left >= 0 else UNKNOWN_TYPE
            return None

        return transform(ty, leaf)

    def _bind(self, variable: Ty, ty: Ty) -> bool:
        if ty[0] == UNKNOWN:
            return True
        if self._occurs(variable[1], ty, 0):
            return False
        self._values[variable[1]] = ty
        self._trail.append(variable[1])
        return True

    def _occurs(self, number: int, ty: Ty, depth: int) -> bool:
        ty = self.shallow(ty)
        form: int = ty[0]
        if form == VAR:
            return bool(ty[1] == number)
        self._steps -= 1
        if depth > OCCURS_DEPTH_MAX or self._steps < 0:
            return True
        if form == ADT or form == OUTSIDE:
            return any(self._occurs(number, a, depth + 1) for a in ty[2])
        if form in (REF, PTR, SLICE, ARRAY):
            return self._occurs(number, ty[1], depth + 1)
        if form == TUPLE:
            return any(self._occurs(number, e, depth + 1) for e in ty[1])
        if form == FN:
            return any(self._occurs(number, p, depth + 1) for p in ty[1]) or self._occurs(
                number, ty[2], depth + 1
            )
        return False

    def unify(self, left: Ty, right: Ty) -> bool:
        """Make two types equal; what was bound on the way to a "no" stays bound (see `mark`)."""
        left = self.shallow(left)
        right = self.shallow(right)
        if left is right or left == right:
            return True
        a, b = left[0], right[0]
        self._steps -= 1
        if a == UNKNOWN or b == UNKNOWN or self._steps < 0:
            return True
        if a == VAR:
            return self._bind(left, right)
        if b == VAR:
            return self._bind(right, left)
        if a == PROJ or b == PROJ or a == NEVER or b == NEVER:
            return True
        if a != b:
            return bool((a == ITEM and b == FN) or (a == FN and b == ITEM))
        if a == ADT or a == OUTSIDE:
            if left[1] is not right[1] and left[1] != right[1]:
                return False
            return self._all(left[2], right[2])
        if a == PRIM:
            return _primitives(left[1], right[1])
        if a == REF or a == PTR:
            return bool(left[2] == right[2]) and self.unify(left[1], right[1])
        if a == SLICE or a == ARRAY:
            return self.unify(left[1], right[1])
        if a == TUPLE:
            return len(left[1]) == len(right[1]) and self._all(left[1], right[1])
        if a == FN:
            return (
                len(left[1]) == len(right[1])
                and self._all(left[1], right[1])
                and self.unify(left[2], right[2])
            )
        if a == DYN or a == OPAQUE:
            return self._same_bounds(left, right)
        return bool(a != PARAM)

    def _all(self, lefts: tuple[Ty, ...], rights: tuple[Ty, ...]) -> bool:
        return all(self.unify(x, y) for x, y in zip(lefts, rights, strict=False))

    def _same_bounds(self, left: Ty, right: Ty) -> bool:
        if not left[1] or not right[1]:
            return True
        one, other = left[1][0], right[1][0]
        if one[0] is not other[0]:
            return False
        for (name, x), (other_name, y) in zip(one[2], other[2], strict=False):
            if name == other_name:
                self.unify(x, y)
        return self._all(one[1], other[1])


def _primitives(left: str, right: str) -> bool:
    if left == right:
        return True
    if left == "{int}":
        return right in _INTEGERS
    if right == "{int}":
        return left in _INTEGERS
    if left == "{float}":
        return right in _FLOATS
    return right == "{float}" and left in _FLOATS
