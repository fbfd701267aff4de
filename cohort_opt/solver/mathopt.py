"""LP and MIP engines through MathOpt: its proto is filled from arrays, since one call per variable is 50 times slower."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Any

import numpy as np
from ortools.math_opt import callback_pb2, model_parameters_pb2, model_pb2, parameters_pb2, result_pb2, solution_pb2
from ortools.math_opt.core.python import solver

from cohort_opt.errors import SolverError
from cohort_opt.solver.matrix import Floats, Matrix

SECONDS_PER_ITERATION = 1e-4
"""Deterministic seconds of one simplex iteration: 33 kernels of a region took 70 s for 706,000 of them, whatever their size
(correlation with time 0.98; 2 cores, 2026-11)."""


class Engine(Enum):
    """Engines that ship with ortools."""

    GLOP = parameters_pb2.SOLVER_TYPE_GLOP
    PDLP = parameters_pb2.SOLVER_TYPE_PDLP
    HIGHS = parameters_pb2.SOLVER_TYPE_HIGHS
    SCIP = parameters_pb2.SOLVER_TYPE_GSCIP
    CP_SAT = parameters_pb2.SOLVER_TYPE_CP_SAT


@dataclass(frozen=True, slots=True)
class EngineAnswer:
    """What an engine says.

    Parameters
    ----------
    status
        `optimal`, `feasible`, `infeasible`, `unknown`.
    values, row_duals
        Of the best solution, `None` where there is none; duals only for linear problems.
    objective, bound
        As the engine reports them; floats, never money.
    work
        Deterministic seconds: simplex iterations, at `SECONDS_PER_ITERATION`.
    """

    status: str
    values: Floats | None
    row_duals: Floats | None
    objective: float | None
    bound: float | None
    work: float = 0.0


def model_of(matrix: Matrix, *, relax: bool = False) -> Any:
    """Return the MathOpt model of a matrix; `relax` drops integrality."""
    count = matrix.num_columns
    used = np.flatnonzero(matrix.cost)
    return model_pb2.ModelProto(
        variables=model_pb2.VariablesProto(
            ids=range(count),
            lower_bounds=np.zeros(count).tolist(),
            upper_bounds=matrix.upper.tolist(),
            integers=[False] * count if relax else matrix.is_integer.tolist(),
        ),
        objective=model_pb2.ObjectiveProto(linear_coefficients={"ids": used.tolist(), "values": matrix.cost[used].tolist()}),
        linear_constraints=model_pb2.LinearConstraintsProto(
            ids=range(len(matrix.row_lower)),
            lower_bounds=matrix.row_lower.tolist(),
            upper_bounds=matrix.row_upper.tolist(),
        ),
        linear_constraint_matrix={
            "row_ids": matrix.row.tolist(),
            "column_ids": matrix.column.tolist(),
            "coefficients": matrix.coefficient.tolist(),
        },
    )


def run(
    model: Any,
    engine: Engine,
    *,
    seconds: float,
    iterations: int | None = None,
    nodes: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    hint: Floats | None = None,
    gap: float = 0.0,
    presolve: bool = True,
) -> EngineAnswer:
    """Solve a model once.

    Parameters
    ----------
    seconds
        Wall limit; a run that it stops is not reproducible.
    iterations, nodes
        Limits that make a run reproducible, as far as the engine knows them.
    threads
        Never for HiGHS: through MathOpt 9.15 it fails when this is set.
    gap
        Relative gap of a MIP; 0 for every engine, although the default of HiGHS is 0.0001.

    Raises
    ------
    SolverError
        If the engine fails.
    """
    parameters = parameters_pb2.SolveParametersProto()
    parameters.time_limit.FromTimedelta(timedelta(seconds=max(0.01, seconds)))
    if engine in (Engine.HIGHS, Engine.SCIP, Engine.CP_SAT):
        parameters.relative_gap_tolerance = gap
        parameters.absolute_gap_tolerance = 0.0 if gap == 0 else 0.999
    if iterations is not None:
        parameters.iteration_limit = iterations
    if nodes is not None:
        parameters.node_limit = nodes
    if seed is not None:
        parameters.random_seed = seed
    if threads is not None and engine is not Engine.HIGHS:
        parameters.threads = threads
    if not presolve:
        parameters.presolve = parameters_pb2.EMPHASIS_OFF
    wishes = model_parameters_pb2.ModelSolveParametersProto()
    if hint is not None:
        wishes.solution_hints.add(variable_values={"ids": range(len(hint)), "values": hint.tolist()})
    nothing = callback_pb2.CallbackRegistrationProto()
    start = parameters_pb2.SolverInitializerProto()
    try:
        answer = solver.solve(model, engine.value, start, parameters, wishes, None, nothing, None, None)
    except Exception as error:  # pybind11_abseil.status.StatusNotOk has no public home
        raise SolverError(f"{engine.name} failed: {error}") from error
    return _read(answer)


def whole_bound(bound: float | None) -> int | None:
    """Return the smallest whole cent that a float bound allows, less what its last digits may be wrong by."""
    if bound is None:
        return None
    return math.ceil(bound - max(1e-4, 1e-9 * abs(bound)))


def _read(answer: Any) -> EngineAnswer:
    """Return the parts of the proto that are read here."""
    reason = answer.termination.reason
    best = next(
        (
            found
            for found in answer.solutions
            if found.HasField("primal_solution")
            and found.primal_solution.feasibility_status == solution_pb2.SOLUTION_STATUS_FEASIBLE
        ),
        None,
    )
    duals = next((found.dual_solution for found in answer.solutions if found.HasField("dual_solution")), None)
    bound = answer.termination.objective_bounds.dual_bound
    status = {
        result_pb2.TERMINATION_REASON_OPTIMAL: "optimal",
        result_pb2.TERMINATION_REASON_FEASIBLE: "feasible",
        result_pb2.TERMINATION_REASON_INFEASIBLE: "infeasible",
    }.get(reason, "unknown")
    return EngineAnswer(
        status if best is not None or status in ("infeasible", "unknown") else "unknown",
        None if best is None else np.array(best.primal_solution.variable_values.values),
        None if duals is None else np.array(duals.dual_values.values),
        None if best is None else float(best.primal_solution.objective_value),
        float(bound) if math.isfinite(bound) else None,
        SECONDS_PER_ITERATION * max(0, answer.solve_stats.simplex_iterations),
    )
