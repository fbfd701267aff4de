"""Two engines side by side on one small problem: neither wins everywhere, and the first proof ends the race.

The mixed-integer engine cannot be interrupted: after a first short slice it runs in a process of its own, which is killed when
the other is first.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

from cohort_opt.errors import SolverError
from cohort_opt.model.build import build
from cohort_opt.solver import mathopt, sat
from cohort_opt.solver.engine_child import EngineChild, EngineTask, deadline
from cohort_opt.solver.incumbent import Incumbent
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.mathopt import Engine
from cohort_opt.solver.matrix import Floats, Matrix, exact_matrix

FIRST_SLICE = 0.6
"""Seconds of the first slice, inside this process: what is easy needs no other one."""
HAND_OVER = 0.3
"""Seconds before the limit at which the process ends by itself, so that its answer still arrives."""
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
    lane = Lane(incumbent, limits)
    lane.start()
    try:
        return _constraint_lane(incumbent, limits, lane)
    finally:
        lane.finish()


def _constraint_lane(incumbent: Incumbent, limits: Limits, lane: Lane) -> sat.SatOutcome | None:
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


class Lane:
    """The mixed-integer engine: a thread that runs a first slice and then waits for a process."""

    def __init__(self, incumbent: Incumbent, limits: Limits) -> None:
        self._incumbent, self._limits = incumbent, limits
        self._over = threading.Event()
        self._done = threading.Event()
        self._stop_other: Callable[[], None] | None = None
        self._child: EngineChild | None = None
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def is_done(self) -> bool:
        """Return whether this lane has closed the gap."""
        return self._done.is_set()

    def stop_when_done(self, stop: Callable[[], None]) -> None:
        """Remember how to stop the other lane."""
        self._stop_other = stop
        if self.is_done():
            stop()

    def finish(self) -> None:
        """Wait for what the limits still allow unless the race is decided, then end the process."""
        if not self._is_decided():
            self._thread.join(max(self._limits.wall_left(), HAND_OVER))
        with self._lock:
            self._over.set()
            if self._child is not None:
                self._child.kill()
        self._thread.join()

    def _is_decided(self) -> bool:
        incumbent = self._incumbent
        return incumbent.is_proven or incumbent.gap() <= self._limits.params.gap_target

    def _run(self) -> None:
        try:
            matrix = exact_matrix(self._incumbent.problem)
            if matrix.num_columns <= MOST_COLUMNS and not self._first_slice(matrix):
                self._long_slice(matrix)
        except SolverError as failure:
            self._incumbent.notes.append(f"the mixed-integer engine stopped: {failure}")

    def _first_slice(self, matrix: Matrix) -> bool:
        """Run the engine for a moment; returns whether that ended the race."""
        params, left = self._limits.params, self._limits.wall_left()
        answer = mathopt.run(
            mathopt.model_of(matrix),
            Engine.HIGHS,
            seconds=min(FIRST_SLICE, left),
            hint=self._hint(matrix),
            gap=params.gap_target,
            presolve=params.presolve,
        )
        return self._take(matrix, answer)

    def _long_slice(self, matrix: Matrix) -> None:
        """Run the engine in a process of its own for all that is left."""
        params, left = self._limits.params, self._limits.wall_left() - HAND_OVER
        with self._lock:
            if self._over.is_set() or left <= FIRST_SLICE:
                return
            # The child needs rows and columns only; how a start is filled in stays here.
            bare, hint = replace(matrix, couplings=None), self._hint(matrix)
            self._child = EngineChild(
                EngineTask(bare, Engine.HIGHS.name, deadline(left), params.gap_target, params.presolve, hint)
            )
        answer = self._child.answer()
        if answer is not None:
            self._take(matrix, answer)

    def _hint(self, matrix: Matrix) -> Floats | None:
        plan = self._incumbent.plan
        return None if plan is None else matrix.start(self._incumbent.problem, plan)

    def _take(self, matrix: Matrix, answer: mathopt.EngineAnswer) -> bool:
        """Take an answer; returns whether the race is over."""
        take_answer(self._incumbent, matrix, answer)
        if not self._is_decided():
            return self._over.is_set()
        self._done.set()
        if self._stop_other is not None:
            self._stop_other()
        return True


def take_answer(incumbent: Incumbent, matrix: Matrix, answer: mathopt.EngineAnswer, source: str = "highs") -> None:
    """Offer plan and bound of an engine; a plan that breaks a rule which the matrix does not know is left."""
    if answer.values is not None:
        plan = matrix.read(incumbent.problem, answer.values)
        if not plan.faults(incumbent.problem):
            incumbent.offer(plan, source)
    incumbent.raise_bound(mathopt.whole_bound(answer.bound), source)
