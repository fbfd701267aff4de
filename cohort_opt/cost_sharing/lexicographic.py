"""The point of a polytope whose largest form is least, then the second largest, and so on: by a sequence of linear programs.

    minimise t   subject to   (c[k] * x + d[k]) / w[k] <= t  for every form k that is not determined yet,  hard rows,  equations

The forms whose multipliers are positive at the optimum equal t in every optimal point; they become equations, and the next
program minimises the rest. With all excesses x(S) - v(S) as forms this is the nucleolus (Schmeidler 1969; the sequence of
programs: Maschler, Peleg, Shapley 1979).

The programs are solved in floating point, and nothing of that is believed: the multipliers of each level are computed again in
fractions from their support alone and must be non-negative; the point is computed in fractions from the equations; and the point
must keep every form below the value of each level. Together these prove every level by duality, exactly.

References
----------
Schmeidler (1969), doi:10.1137/0117107. Maschler, Peleg, Shapley (1979), doi:10.1287/moor.4.4.303.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol, TypeAlias

from cohort_opt.cost_sharing.exact import Span, Vector, combination
from cohort_opt.cost_sharing.protocols import LinearProgram, Number, Row
from cohort_opt.errors import SolverError

Equation: TypeAlias = tuple[tuple[Number, ...], Number]
"""Coefficients and right-hand side."""
_TOLERANCE = 1e-7
"""Relative to the cost shared: smaller multipliers and violations are taken for rounding of the engine."""
_ROUNDS = 2_000
"""Most rounds of adding rows in one level; a safety net against an engine that does not move."""


@dataclass(frozen=True, slots=True)
class Form:
    """An affine form `(coefficients * x + constant) / weight`; the weight is positive."""

    coefficients: tuple[Number, ...]
    constant: Number = 0
    weight: Number = 1

    def at(self, point: Sequence[Fraction]) -> Fraction:
        """Return its value."""
        value = sum((c * x for c, x in zip(self.coefficients, point, strict=True) if c), Fraction(self.constant))
        return value / self.weight


class Family(Protocol):
    """A possibly very large set of forms, of which a program holds only those that matter."""

    def start(self) -> list[Form]:
        """Return the forms to begin with."""
        ...

    def largest(self, point: Sequence[Fraction], settled: Span, most: int) -> list[Form]:
        """Return the `most` largest forms at the point, largest first, among those that the equations do not determine."""
        ...


@dataclass(frozen=True, slots=True)
class Listed:
    """A family whose forms are written down."""

    forms: tuple[Form, ...]

    def start(self) -> list[Form]:
        """Return all of them."""
        return list(self.forms)

    def largest(self, point: Sequence[Fraction], settled: Span, most: int) -> list[Form]:
        """Return the largest of those that are not determined."""
        free = [form for form in self.forms if not settled.contains(form.coefficients)]
        return sorted(free, key=lambda form: (-form.at(point), form.coefficients))[:most]


@dataclass(frozen=True, slots=True)
class Level:
    """One value of the sequence: the proven least maximum of the forms that earlier levels leave open."""

    value: Fraction
    tight: tuple[Form, ...]
    hard: tuple[Form, ...] = ()

    def equations(self) -> Iterator[Equation]:
        """Yield what holds in every point that reaches this level: its tight forms have its value, hard ones are 0."""
        yield from (_fixed(form, self.value) for form in self.tight)
        yield from (_fixed(form, 0) for form in self.hard)


@dataclass(frozen=True, slots=True)
class Ordered:
    """The point found, with the levels that prove it."""

    point: tuple[Fraction, ...]
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Hard:
    """Forms that must stay at most 0; `tight` ones are proven to be 0 wherever all are kept."""

    family: Family
    tight: tuple[Form, ...] = ()


class ProofError(SolverError):
    """The engine's answer could not be turned into an exact proof: a numerical accident, or an engine outside its contract."""


def minimise_in_order(
    program: LinearProgram,
    family: Family,
    equation: tuple[tuple[int, ...], int],
    hard: Hard | None = None,
    levels: int | None = None,
) -> Ordered:
    """Return the point that minimises the forms of the family in order, largest first.

    Parameters
    ----------
    equation
        `coefficients * x = value`, the sum of shares.
    hard
        Forms that must stay at most 0, and those of them that are known to be 0 in every such point.
    levels
        Stop after so many levels; the point is then one of several (a vertex), exact all the same. `None` = until one is left.

    Raises
    ------
    ProofError
        If an exact proof fails, or the hard forms leave no point.
    """
    search = _Search(program, family, None if hard is None else hard.family, max(1, abs(equation[1])))
    equations: list[Equation] = [equation, *(_fixed(form, 0) for form in (hard.tight if hard is not None else ()))]
    settled = Span(len(equation[0]))
    given = equations = [known for known in equations if settled.add(*known)]
    found: list[Level] = []
    point: tuple[Fraction, ...] = ()
    while settled.rank < settled.dimension and (levels is None or len(found) < levels):
        level, point = search.level(equations, settled)
        found.append(level)
        equations = equations + [known for known in level.equations() if settled.add(*known)]
    if settled.rank == settled.dimension:
        point = settled.solution()
        _prove(point, found, family, hard, given)
    return Ordered(point, tuple(found))


def _fixed(form: Form, value: Number) -> Equation:
    """Return the equation that a form has this value."""
    return form.coefficients, value * form.weight - Fraction(form.constant)


def _prove(
    point: tuple[Fraction, ...], levels: list[Level], family: Family, hard: Hard | None, equations: Sequence[Equation]
) -> None:
    """Check in fractions that the point keeps every level and every hard form."""
    nothing = Span(len(point))
    if hard is not None and (worst := hard.family.largest(point, nothing, 1)) and worst[0].at(point) > 0:
        raise ProofError(f"a hard condition is missed by {worst[0].at(point)}")
    settled = Span(len(point))
    for vector, rhs in equations:
        settled.add(vector, rhs)
    for level in levels:
        worst = family.largest(point, settled, 1)
        if worst and worst[0].at(point) > level.value:
            raise ProofError(f"a form is {worst[0].at(point)} where {level.value} was proven least")
        for known in level.equations():
            settled.add(*known)


class _Search:
    """The linear programs of one sequence; rows once found are kept for the later levels."""

    def __init__(self, program: LinearProgram, family: Family, hard: Family | None, scale: int) -> None:
        self._program = program
        self._family = family
        self._hard = hard
        self._scale = scale
        self._forms = family.start()
        self._hard_forms = hard.start() if hard is not None else []

    def level(self, equations: list[Equation], settled: Span) -> tuple[Level, tuple[Fraction, ...]]:
        """Return the next level and its (inexact) point."""
        for _ in range(_ROUNDS):
            forms = [form for form in self._forms if not settled.contains(form.coefficients)]
            if not forms:
                forms = self._family.largest((Fraction(0),) * settled.dimension, settled, 1)
                self._forms += forms
            hard = [form for form in self._hard_forms if not settled.contains(form.coefficients)]
            answer = self._program.minimise([0] * settled.dimension + [1], self._rows(equations, forms, hard))
            if answer is None:
                raise ProofError("the hard conditions leave no point")
            point = tuple(Fraction(v) * self._scale for v in answer.values[:-1])
            value = Fraction(answer.values[-1]) * self._scale
            if not self._grow(point, value, settled):
                weights = [abs(dual) for dual in answer.duals[len(equations) :]]
                return self._exact_level(equations, forms, hard, weights), point
        raise ProofError("the rows of a level do not come to an end")

    def _rows(self, equations: list[Equation], forms: list[Form], hard: list[Form]) -> list[Row]:
        """Return the rows of the program in x and t, amounts divided by the scale."""
        scale, t = self._scale, len(equations[0][0])
        rows = [Row(_sparse(vector), least=Fraction(rhs) / scale, most=Fraction(rhs) / scale) for vector, rhs in equations]
        rows += [Row((*_sparse(f.coefficients), (t, -f.weight)), most=-Fraction(f.constant) / scale) for f in forms]
        return rows + [Row(_sparse(f.coefficients), most=-Fraction(f.constant) / scale) for f in hard]

    def _grow(self, point: tuple[Fraction, ...], value: Fraction, settled: Span) -> bool:
        """Add the forms that the point violates; return whether there were any."""
        slack = Fraction(_TOLERANCE) * self._scale
        known = set(self._forms)
        worst = [f for f in self._family.largest(point, settled, len(point)) if f.at(point) > value + slack and f not in known]
        self._forms += worst
        hard: list[Form] = []
        if self._hard is not None:
            known_hard = set(self._hard_forms)
            largest = self._hard.largest(point, Span(len(point)), len(point))
            hard = [f for f in largest if f.at(point) > slack and f not in known_hard]
            self._hard_forms += hard
        return bool(worst or hard)

    @staticmethod
    def _exact_level(equations: list[Equation], forms: list[Form], hard: list[Form], duals: list[float]) -> Level:
        """Return the level with its value proven by multipliers in fractions, computed from their support alone.

        sum m[k] c[k] + sum h[j] a[j] + sum e[i] q[i] = 0 and sum m[k] w[k] = 1 with m, h >= 0 give for every feasible point
        t >= sum m[k] (c[k] x + d[k]) >= sum m[k] d[k] + sum h[j] b[j] - sum e[i] rhs[i], where a hard form is a x + b <= 0.
        """
        rows = [((*f.coefficients, f.weight), Fraction(f.constant)) for f in forms]
        rows += [((*f.coefficients, 0), Fraction(f.constant)) for f in hard]
        free = [((*vector, 0), -Fraction(rhs)) for vector, rhs in equations]
        chosen = _independent([vector for vector, _ in free], [vector for vector, _ in rows], duals)
        used = [rows[k] for k in chosen] + free
        weights = combination([vector for vector, _ in used], [0] * len(equations[0][0]) + [1])
        if weights is None or any(weight < 0 for weight in weights[: len(chosen)]):
            raise ProofError("the multipliers of a level are not those of a vertex")
        value = sum((weight * constant for weight, (_, constant) in zip(weights, used, strict=True)), Fraction(0))
        tight = [k for k, weight in zip(chosen, weights, strict=False) if weight > 0]
        return Level(
            value,
            tuple(forms[k] for k in tight if k < len(forms)),
            tuple(hard[k - len(forms)] for k in tight if k >= len(forms)),
        )


def _independent(given: Sequence[Vector], vectors: Sequence[Vector], weights: Sequence[float]) -> list[int]:
    """Return the vectors with weight, heaviest first, that depend neither on those given nor on heavier ones."""
    span = Span(len(vectors[0]))
    for vector in given:
        span.add(vector, 0)
    support = [k for k, weight in enumerate(weights) if weight > _TOLERANCE]
    return sorted(k for k in sorted(support, key=lambda k: (-weights[k], k)) if span.add(vectors[k], 0))


def _sparse(vector: Sequence[int | Fraction]) -> tuple[tuple[int, int | Fraction], ...]:
    return tuple((k, value) for k, value in enumerate(vector) if value)
