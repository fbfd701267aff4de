"""Two engines side by side on one small problem: neither wins everywhere, and the first proof ends the race.

The mixed-integer engine cannot be interrupted, so it runs in slices that grow, each from the best plan of both.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from cohort_opt.errors import SolverError
from cohort_opt.model.build import build
from cohort_opt.solver import mathopt, sat
from cohort_opt.solver.incumbent import Incumbent
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.mathopt import Engine
from cohort_opt.solver.matrix import Matrix, exact_matrix

FIRST_SLICE, GROWTH = 0.6, 2.5
"""Seconds of the first slice, and how each next one grows: at most two thirds of the time is spent on restarts."""
PARALLEL_WORKERS = 5
"""Threads from which CP-SAT runs more than its one linear search: with 2 workers it was at 30 % where one worker had proven 95
companies (2026-11, 2 cores)."""
MOST_COLUMNS = 20_000
"""Above it one slice of the mixed-integer engine does not leave its root within minutes (measured, 2 cores)."""


def race(incumbent: Incumbent, limits: Limits) -> sat.SatOutcome | None:
    """Run CP-SAT here and the mixed-integer engine beside it until a proof, the gap target or the limits.

    Returns
    -------
    SatOutcome | None
        What CP-SAT said; `None` if it was never asked because the other was done.
    """
    lane = _Lane(incumbent, limits)
    lane.start()
    try:
        return _constraint_lane(incumbent, limits, lane)
    finally:
        lane.finish()


def _constraint_lane(incumbent: Incumbent, limits: Limits, lane: _Lane) -> sat.SatOutcome | None:
    """Run CP-SAT until it proves something or the other lane is done."""
    if lane.is_done():
        return None
    built = build(incumbent.problem)
    if incumbent.plan is not None:
        built.hint(incumbent.plan)
    gap = limits.params.gap_target
    options = limits.sat_options()
    options["workers"] = 1 if limits.workers < PARALLEL_WORKERS else limits.workers - 1
    outcome = sat.run_cp_sat(built, **options, gap=gap, started=lane.stop_when_done)
    sat.charge(outcome, limits)
    if outcome.status != sat.INFEASIBLE:
        incumbent.offer(outcome.plan, "cp-sat")
        incumbent.raise_bound(outcome.bound, "cp-sat")
    return outcome


class _Lane:
    """The mixed-integer engine in its own thread."""

    def __init__(self, incumbent: Incumbent, limits: Limits) -> None:
        self._incumbent, self._limits = incumbent, limits
        self._over = threading.Event()
        self._done = threading.Event()
        self._stop_other: Callable[[], None] | None = None
        self._failure: Exception | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Start the thread, if the mixed-integer engine can hold the problem."""
        self._thread.start()

    def is_done(self) -> bool:
        """Return whether this lane has closed the gap."""
        return self._done.is_set()

    def stop_when_done(self, stop: Callable[[], None]) -> None:
        """Remember how to stop the other lane."""
        self._stop_other = stop

    def finish(self) -> None:
        """End after the current slice, and pass on what went wrong."""
        self._over.set()
        self._thread.join()
        if self._failure is not None:
            self._incumbent.notes.append(f"the mixed-integer engine stopped: {self._failure}")

    def _run(self) -> None:
        try:
            matrix = exact_matrix(self._incumbent.problem)
            if matrix.num_columns <= MOST_COLUMNS:
                self._slices(matrix)
        except SolverError as failure:
            self._failure = failure

    def _slices(self, matrix: Matrix) -> None:
        model = mathopt.model_of(matrix)
        incumbent, slice_seconds = self._incumbent, FIRST_SLICE
        while not self._over.is_set() and self._limits.wall_left() > 0.2:
            seconds = self._limits.wall_left()
            seconds = seconds if seconds < 2 * slice_seconds else slice_seconds
            hint = None if incumbent.plan is None else matrix.start(incumbent.problem, incumbent.plan)
            answer = mathopt.run(
                model,
                Engine.HIGHS,
                seconds=seconds,
                hint=hint,
                gap=self._limits.params.gap_target,
                presolve=self._limits.params.presolve,
            )
            take_answer(incumbent, matrix, answer)
            if incumbent.is_proven or (answer.status != "unknown" and incumbent.gap() <= self._limits.params.gap_target):
                self._done.set()
                if self._stop_other is not None:
                    self._stop_other()
                return
            slice_seconds *= GROWTH


def take_answer(incumbent: Incumbent, matrix: Matrix, answer: mathopt.EngineAnswer, source: str = "highs") -> None:
    """Offer plan and bound of an engine; a plan that breaks a rule which the matrix does not know is left."""
    if answer.values is not None:
        plan = matrix.read(incumbent.problem, answer.values)
        if not plan.faults(incumbent.problem):
            incumbent.offer(plan, source)
    incumbent.raise_bound(mathopt.whole_bound(answer.bound), source)
