"""The best plan and the best bounds of one problem while it is being solved."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from cohort_opt.errors import SolverError
from cohort_opt.model.plan import Plan
from cohort_opt.problem.compact import CompactProblem


@dataclass(slots=True)
class Incumbent:
    """Best plan so far, and every source's best bound; nothing becomes a plan here without keeping all rules.

    Parameters
    ----------
    bounds
        Best bound by source, in cents.
    changed
        Called after each better plan or bound.
    lock
        Held while plan or bounds change: two engines may race.
    """

    problem: CompactProblem
    plan: Plan | None = None
    objective: int | None = None
    bounds: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    changed: Callable[[], None] | None = None
    lock: threading.RLock = field(default_factory=threading.RLock)

    def offer(self, plan: Plan | None, source: str) -> bool:
        """Take a plan if it is better; returns whether it was.

        Raises
        ------
        SolverError
            If the plan breaks a rule: whoever made it has a fault.
        """
        if plan is None:
            return False
        if faults := plan.faults(self.problem):
            raise SolverError(f"{source} returned a plan that breaks {', '.join(faults)}; the plan was thrown away")
        value = plan.value(self.problem)
        with self.lock:
            if self.objective is not None and value >= self.objective:
                return False
            self.plan, self.objective = plan, value
            self._tell()
        return True

    def exchange(self, plan: Plan, source: str) -> None:
        """Take a plan that costs no more, because it is nearer to what people were told.

        Raises
        ------
        SolverError
            If the plan breaks a rule, or costs more.
        """
        if faults := plan.faults(self.problem):
            raise SolverError(f"{source} returned a plan that breaks {', '.join(faults)}; the plan was thrown away")
        value = plan.value(self.problem)
        with self.lock:
            if self.objective is not None and value > self.objective:
                raise SolverError(f"{source} returned a plan that costs {value}, more than {self.objective}")
            self.plan, self.objective = plan, value

    def raise_bound(self, bound: int | None, source: str) -> None:
        """Remember that no plan costs less than `bound`, if that is news."""
        with self.lock:
            if bound is not None and bound > self.bounds.get(source, bound - 1):
                self.bounds[source] = bound
                self._tell()

    def best_bound(self) -> tuple[int | None, str]:
        """Return the best bound that does not contradict the plan, and its source; a tie goes to the first by name."""
        sound = {source: bound for source, bound in self.bounds.items() if self.objective is None or bound <= self.objective}
        if not sound:
            return None, "none"
        best = max(sound.values())
        return best, min(source for source, bound in sound.items() if bound == best)

    def contradictions(self) -> list[str]:
        """Return a note for each bound that lies above the plan: one of the two engines is wrong, and a reader must know."""
        return [
            f"contradiction: {source} claims that no plan costs less than {bound}, yet a plan costs {self.objective}"
            for source, bound in sorted(self.bounds.items())
            if self.objective is not None and bound > self.objective
        ]

    def gap(self) -> float:
        """Return the relative gap, 1 where plan or bound is missing."""
        bound, _ = self.best_bound()
        if bound is None or self.objective is None:
            return 1.0
        return (self.objective - bound) / max(abs(self.objective), 1)

    @property
    def is_proven(self) -> bool:
        """Return whether the bound has met the plan."""
        return self.objective is not None and self.best_bound()[0] == self.objective

    def _tell(self) -> None:
        if self.changed is not None:
            self.changed()
