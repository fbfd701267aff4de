"""One CP-SAT run under limits, with the guards that its known faults ask for."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from ortools.sat.python import cp_model

from cohort_opt.errors import ModelError
from cohort_opt.model.plan import Plan
from cohort_opt.problem.compact import Ints
from cohort_opt.solver.limits import Limits

IGNORED_SUBSOLVERS = ("variables_shaving", "variables_shaving_max", "variables_shaving_no_lp", "shaving_search")
"""Presolve inside variable shaving cannot be interrupted (google/or-tools #5163), so a limit would be overrun by hours."""

OPTIMAL, FEASIBLE, INFEASIBLE, UNKNOWN = "optimal", "feasible", "infeasible", "unknown"


@dataclass(frozen=True, slots=True)
class SatOutcome:
    """What one run says; `plan` only after optimal or feasible, `bound` only where an objective was given."""

    status: str
    plan: Plan | None
    bound: int | None
    work: float
    was_cut: bool


def charge(outcome: SatOutcome, limits: Limits) -> None:
    """Count the work of a run; a run that the wall clock stopped is no longer reproducible."""
    limits.spend(outcome.work)
    if outcome.was_cut:
        limits.cut()


class Solvable(Protocol):
    """A model, and how a plan is read from a solution of it."""

    @property
    def model(self) -> cp_model.CpModel:
        """The model."""

    def read(self, values: Ints) -> Plan:
        """Return the plan of the values of all variables."""


class _Watch(cp_model.CpSolverSolutionCallback):
    """Relays each better plan's objective and bound."""

    def __init__(self, found: Callable[[float, float], bool]) -> None:
        super().__init__()
        self._found = found

    def on_solution_callback(self) -> None:
        """Report, and stop where the listener says so."""
        if self._found(self.objective_value, self.best_objective_bound):
            self.stop_search()


def guarded_solver(
    wall_seconds: float,
    deterministic: float | None = None,
    *,
    workers: int = 1,
    seed: int = 1,
    presolve: bool = True,
    gap: float = 0.0,
) -> cp_model.CpSolver:
    """Return a CP-SAT solver with these limits and the guards that its known faults ask for; parameters as in `run_cp_sat`."""
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.max_time_in_seconds = max(0.01, wall_seconds)
    if deterministic is not None:
        parameters.max_deterministic_time = max(1e-4, deterministic)
    parameters.num_workers = workers
    parameters.random_seed = seed
    parameters.relative_gap_limit = gap
    parameters.cp_model_presolve = presolve
    # A wrong optimum on a linear model was traced to this inclusion detection (#5293).
    parameters.presolve_inclusion_work_limit = 0
    if workers == 1:
        parameters.linearization_level = 2
    parameters.ignore_subsolvers.extend(IGNORED_SUBSOLVERS)
    return solver


def run_cp_sat(
    built: Solvable,
    *,
    wall_seconds: float,
    deterministic: float | None = None,
    workers: int = 1,
    seed: int = 1,
    presolve: bool = True,
    gap: float = 0.0,
    found: Callable[[float, float], bool] | None = None,
    started: Callable[[Callable[[], None]], None] | None = None,
) -> SatOutcome:
    """Solve a built model once.

    Parameters
    ----------
    wall_seconds, deterministic
        Limits; without the second the run is not reproducible.
    workers
        Threads; one run with one worker and a deterministic limit gives the same answer each time.
    presolve
        Off for re-checks: presolve has reported false infeasibility and wrong optima (#5274, #5293).
    gap
        Relative gap at which the run may stop.
    found
        Called with objective and bound at each better plan; returning true stops the run.
    started
        Handed the function that stops this run from another thread.

    Raises
    ------
    ModelError
        If the solver calls the model invalid.
    """
    solver = guarded_solver(wall_seconds, deterministic, workers=workers, seed=seed, presolve=presolve, gap=gap)
    if started is not None:
        started(solver.stop_search)
    code = solver.solve(built.model, _Watch(found) if found is not None else None)
    if code == cp_model.MODEL_INVALID:
        raise ModelError(f"the model is invalid: {built.model.validate()}")
    response = solver.response_proto
    has_plan = code in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    plan = built.read(np.array(response.solution, dtype=np.int64)) if has_plan else None
    status = {cp_model.OPTIMAL: OPTIMAL, cp_model.FEASIBLE: FEASIBLE, cp_model.INFEASIBLE: INFEASIBLE}.get(code, UNKNOWN)
    bound = None
    # A run that is stopped before its first bound reports 0, the default of the field, whatever the objective can be.
    has_bound = status in (OPTIMAL, FEASIBLE) or (status == UNKNOWN and solver.best_objective_bound != 0)
    if built.model.has_objective() and has_bound and math.isfinite(solver.best_objective_bound):
        bound = math.ceil(solver.best_objective_bound - 1e-6)
    work = float(response.deterministic_time)
    stopped_early = status in (FEASIBLE, UNKNOWN) and deterministic is not None and work < 0.9 * deterministic
    return SatOutcome(status, plan, bound, work, was_cut=stopped_early and response.wall_time >= 0.95 * wall_seconds)
