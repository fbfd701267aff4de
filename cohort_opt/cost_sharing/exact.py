"""Exact linear algebra in fractions: small systems whose equality matters, at most a few dozen unknowns."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

Vector = Sequence[int | Fraction]


class Span:
    """The space spanned by the left-hand sides of equations, kept in reduced echelon form with their right-hand sides."""

    def __init__(self, dimension: int) -> None:
        """Start with no equation over so many unknowns."""
        self.dimension = dimension
        self._rows: dict[int, list[Fraction]] = {}

    @property
    def rank(self) -> int:
        """Return the number of independent equations."""
        return len(self._rows)

    def add(self, vector: Vector, rhs: int | Fraction) -> bool:
        """Add `vector * x = rhs`; return whether it was independent of those before.

        Raises
        ------
        ValueError
            If it contradicts those before.
        """
        row = self._reduced([Fraction(v) for v in vector] + [Fraction(rhs)])
        pivot = next((k for k in range(self.dimension) if row[k]), None)
        if pivot is None:
            if row[-1]:
                raise ValueError("the equation contradicts those before it")
            return False
        row = [v / row[pivot] for v in row]
        for k, other in self._rows.items():
            if factor := other[pivot]:
                self._rows[k] = [a - factor * b for a, b in zip(other, row, strict=True)]
        self._rows[pivot] = row
        return True

    def contains(self, vector: Vector) -> bool:
        """Return whether the equations determine `vector * x`."""
        row = self._reduced([Fraction(v) for v in vector] + [Fraction(0)])
        return not any(row[:-1])

    def kernel(self) -> list[list[Fraction]]:
        """Return a basis of the directions that keep all equations: one vector for each unknown that is still free."""
        free = [k for k in range(self.dimension) if k not in self._rows]
        return [
            [-self._rows[k][f] if k in self._rows else Fraction(int(k == f)) for k in range(self.dimension)] for f in free
        ]  # fmt: skip

    def solution(self) -> tuple[Fraction, ...]:
        """Return the unknowns.

        Raises
        ------
        ValueError
            If the equations leave one of them free.
        """
        if self.rank < self.dimension:
            raise ValueError(f"{self.dimension - self.rank} unknowns are free")
        return tuple(self._rows[k][-1] for k in range(self.dimension))

    def _reduced(self, row: list[Fraction]) -> list[Fraction]:
        for pivot, known in self._rows.items():
            if factor := row[pivot]:
                row = [a - factor * b for a, b in zip(row, known, strict=True)]
        return row


def combination(columns: Sequence[Vector], target: Vector) -> tuple[Fraction, ...] | None:
    """Return the weights that combine the columns into the target exactly; `None` if there are none or several."""
    span = Span(len(columns))
    try:
        for k, wanted in enumerate(target):
            span.add([column[k] for column in columns], wanted)
    except ValueError:
        return None
    return span.solution() if span.rank == len(columns) else None
