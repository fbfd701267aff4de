"""What is left of a solve's limits: deterministic work in reproducible mode, wall clock in fast mode."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypedDict

from cohort_opt.solver.params import Mode, SolveParams


class SatOptions(TypedDict):
    """Keyword arguments of one CP-SAT run."""

    wall_seconds: float
    deterministic: float | None
    workers: int
    seed: int
    presolve: bool


class Limits:
    """The budget of one solve, or of a piece of it, spent stage by stage.

    In reproducible mode work counts in deterministic seconds and the wall clock is a safety net: where it cuts, `was_cut` is
    set and the result is not reproducible. In fast mode the wall clock is the budget.

    Parameters
    ----------
    budget
        Deterministic seconds (reproducible) or wall seconds from now (fast).
    cancelled
        Asked between stages; true ends the solve with the best plan so far.
    whole
        The limits that this piece belongs to; work and cuts are charged there too.
    """

    def __init__(
        self,
        params: SolveParams,
        budget: float | None = None,
        *,
        cancelled: Callable[[], bool] | None = None,
        whole: Limits | None = None,
    ) -> None:
        self.params, self._cancelled, self._whole = params, cancelled, whole
        self._started: float = time.monotonic() if whole is None else whole._started
        if self.is_fast:
            end = self.seconds() + budget if budget is not None else params.time_limit_seconds
            self._wall_end = min(end, params.time_limit_seconds)
        else:
            self._wall_end = params.time_limit_seconds
        self._budget = params.deterministic_limit if budget is None else budget
        self._work = 0.0
        self.was_cut = False

    @property
    def is_fast(self) -> bool:
        """Return whether the wall clock is the budget."""
        return self.params.mode is Mode.FAST

    @property
    def workers(self) -> int:
        """Return the threads a solve may use; one in reproducible mode."""
        return self.params.workers if self.is_fast else 1

    @property
    def asked(self) -> Callable[[], bool] | None:
        """Return what is asked whether the job is cancelled."""
        return self._cancelled

    @property
    def work(self) -> float:
        """Return the deterministic seconds spent."""
        return self._work

    def seconds(self) -> float:
        """Return the wall seconds since the whole solve began."""
        return time.monotonic() - self._started

    def wall_left(self) -> float:
        """Return the wall seconds left, at least 0."""
        return max(0.0, self._wall_end - self.seconds())

    def left(self) -> float:
        """Return what is left of the budget in its own unit; 0 once the safety net has cut or the job is cancelled."""
        if self._cancelled is not None and self._cancelled():
            self.cut()
            return 0.0
        if self.is_fast:
            return self.wall_left()
        if self.wall_left() <= 0:
            self.cut()
            return 0.0
        return max(0.0, self._budget - self._work)

    def cut(self) -> None:
        """Remember that something other than deterministic work has stopped a stage."""
        self.was_cut = True
        if self._whole is not None:
            self._whole.cut()

    def spend(self, work: float) -> None:
        """Count deterministic work that a stage has done."""
        self._work += work
        if self._whole is not None:
            self._whole.spend(work)

    def piece(self, budget: float) -> Limits:
        """Return limits for a piece of the work: at most `budget` of what is left, charged here as well."""
        return Limits(self.params, min(budget, self.left()), cancelled=self._cancelled, whole=self)

    def sat_options(self, budget: float | None = None) -> SatOptions:
        """Return limits, workers and seed of one CP-SAT run that may use `budget` (default: all) of what is left."""
        share = self.left() if budget is None else min(budget, self.left())
        return {
            "wall_seconds": share if self.is_fast else self.wall_left(),
            "deterministic": None if self.is_fast else share,
            "workers": self.workers,
            "seed": self.params.seed,
            "presolve": self.params.presolve,
        }

    @property
    def reproducible(self) -> bool:
        """Return whether nothing but deterministic work has stopped the solve so far."""
        return not self.is_fast and not self.was_cut
