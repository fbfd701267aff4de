"""Linear programs for cost sharing: the protocol `LinearProgram`, solved by GLOP through MathOpt."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ortools.math_opt import model_pb2

from cohort_opt.cost_sharing.protocols import LinearAnswer, Number, Row
from cohort_opt.errors import SolverError
from cohort_opt.solver.mathopt import Engine, EngineAnswer, run

_ITERATIONS = 1_000_000
"""Most simplex iterations: far beyond any program here, and unlike a time limit the same on every machine."""
_SECONDS = 3_600.0
"""Wall clock, a safety net only."""


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
        answer = _solve(costs, rows)
        if answer.status == "unknown" and _solve([0] * len(costs), rows).status != "infeasible":
            raise SolverError(f"a linear program of {len(costs)} variables and {len(rows)} rows is unbounded or too hard")
        if answer.values is None or answer.row_duals is None:
            return None
        return LinearAnswer(tuple(answer.values.tolist()), tuple(answer.row_duals.tolist()))


def _solve(costs: Sequence[Number], rows: Sequence[Row]) -> EngineAnswer:
    """Return what the engine says of one program."""
    entries = [(r, k, float(c)) for r, row in enumerate(rows) for k, c in sorted(row.coefficients)]
    used = [k for k, cost in enumerate(costs) if cost]
    model = model_pb2.ModelProto(
        variables=model_pb2.VariablesProto(
            ids=range(len(costs)),
            lower_bounds=[-math.inf] * len(costs),
            upper_bounds=[math.inf] * len(costs),
            integers=[False] * len(costs),
        ),
        objective=model_pb2.ObjectiveProto(linear_coefficients={"ids": used, "values": [float(costs[k]) for k in used]}),
        linear_constraints=model_pb2.LinearConstraintsProto(
            ids=range(len(rows)),
            lower_bounds=[-math.inf if row.least is None else float(row.least) for row in rows],
            upper_bounds=[math.inf if row.most is None else float(row.most) for row in rows],
        ),
        linear_constraint_matrix={
            "row_ids": [r for r, _, _ in entries],
            "column_ids": [k for _, k, _ in entries],
            "coefficients": [c for _, _, c in entries],
        },
    )
    return run(model, Engine.GLOP, seconds=_SECONDS, iterations=_ITERATIONS, threads=1)
