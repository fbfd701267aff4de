"""Linear programs for cost sharing: the protocol `LinearProgram`, solved by GLOP through MathOpt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ortools.math_opt.python import mathopt

from cohort_opt.cost_sharing.protocols import LinearAnswer, Number, Row
from cohort_opt.errors import SolverError

_ITERATIONS = 1_000_000
"""Most simplex iterations: far beyond any program here, and unlike a time limit the same on every machine."""

_SOLVED = mathopt.TerminationReason.OPTIMAL
_UNDECIDED = frozenset({mathopt.TerminationReason.INFEASIBLE_OR_UNBOUNDED, mathopt.TerminationReason.UNBOUNDED})


@dataclass(frozen=True, slots=True)
class _Answer:
    reason: mathopt.TerminationReason
    values: tuple[float, ...]
    duals: tuple[float, ...]


class GlopProgram:
    """Solves each program on its own, with the simplex method, so that the answer is a vertex and reproducible."""

    def minimise(self, costs: Sequence[Number], rows: Sequence[Row]) -> LinearAnswer | None:
        """Return an optimal vertex of `minimise costs * variables subject to rows`; `None` if the rows contradict each other.

        Raises
        ------
        SolverError
            If the program is unbounded or the engine gives up.
        """
        if any(row.least is not None and row.most is not None and row.least > row.most for row in rows):
            return None
        answer = self._solve(costs, rows)
        if answer.reason in _UNDECIDED and self._solve([0] * len(costs), rows).reason == _SOLVED:
            raise SolverError(f"a linear program of {len(costs)} variables and {len(rows)} rows is unbounded")
        if answer.reason == mathopt.TerminationReason.INFEASIBLE or answer.reason in _UNDECIDED:
            return None
        if answer.reason != _SOLVED:
            raise SolverError(f"a linear program of {len(costs)} variables and {len(rows)} rows ended as {answer.reason.value}")
        return LinearAnswer(answer.values, answer.duals)

    @staticmethod
    def _solve(costs: Sequence[Number], rows: Sequence[Row]) -> _Answer:
        model = mathopt.Model()
        variables = [model.add_variable(lb=-math.inf, ub=math.inf) for _ in costs]
        conditions = [
            model.add_linear_constraint(
                lb=-math.inf if row.least is None else float(row.least), ub=math.inf if row.most is None else float(row.most)
            )
            for row in rows
        ]
        for condition, row in zip(conditions, rows, strict=True):
            for index, coefficient in row.coefficients:
                condition.set_coefficient(variables[index], float(coefficient))
        for cost, variable in zip(costs, variables, strict=True):
            model.objective.set_linear_coefficient(variable, float(cost))
        result = mathopt.solve(
            model, mathopt.SolverType.GLOP, params=mathopt.SolveParameters(iteration_limit=_ITERATIONS, threads=1)
        )
        if result.termination.reason != _SOLVED:
            return _Answer(result.termination.reason, (), ())
        return _Answer(_SOLVED, tuple(result.variable_values(variables)), tuple(result.dual_values(conditions)))
