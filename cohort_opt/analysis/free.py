"""A change with nobody held: the whole plan again, as an interval from both plans and both bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cohort_opt.analysis.replan import replan
from cohort_opt.errors import InstanceError
from cohort_opt.explanation.sentence import say
from cohort_opt.problem.changes import Change
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.scenario import Scenario, apply
from cohort_opt.proposal import Reason
from cohort_opt.solver.params import SolveParams


@dataclass(frozen=True, slots=True)
class FreeReplan:
    """The changed plan less the present one, both with their prices of waiting and of no seat.

    Parameters
    ----------
    difference_cents
        Between the two plans found; negative = the change saves.
    least_cents, most_cents
        Whatever the best plans are, the difference between them lies between these.
    """

    difference_cents: int
    least_cents: int
    most_cents: int

    @property
    def gaps_cents(self) -> int:
        """Return the sum of the two gaps."""
        return self.most_cents - self.least_cents

    @property
    def is_distinguishable(self) -> bool:
        """Return whether the difference is at least the two gaps together."""
        return abs(self.difference_cents) >= self.gaps_cents

    def said(self) -> Reason:
        """Return the difference in words."""
        if not self.is_distinguishable:
            return say(
                "free_replan",
                "planned anew with nobody held, not distinguishable from the present plan: the change of {difference_cents} is "
                "less than both gaps together ({gaps_cents})",
                difference_cents=self.difference_cents, gaps_cents=self.gaps_cents,
            )  # fmt: skip
        if self.gaps_cents:
            return say(
                "free_replan", "planned anew with nobody held, the plan as a whole changes by {least_cents} to {most_cents}",
                least_cents=self.least_cents, most_cents=self.most_cents,
            )  # fmt: skip
        if self.difference_cents < 0:
            return say(
                "free_replan", "planned anew with nobody held, the plan as a whole costs {cheaper_cents} less",
                cheaper_cents=-self.difference_cents,
            )  # fmt: skip
        if self.difference_cents > 0:
            return say(
                "free_replan", "planned anew with nobody held, the plan as a whole costs {dearer_cents} more",
                dearer_cents=self.difference_cents,
            )  # fmt: skip
        return say("free_replan", "planned anew with nobody held, the plan as a whole costs the same")


def free_replan(
    instance: Instance, objective_cents: int, bound_cents: int, changes: Sequence[Change], params: SolveParams
) -> FreeReplan | None:
    """Return what changes do when everybody may be moved; `None` where there is no plan or no bound.

    Parameters
    ----------
    objective_cents, bound_cents
        Of the present plan.
    """
    try:
        answer = replan(apply(instance, Scenario(name="free", changes=tuple(changes))), params)
    except InstanceError:  # the change contradicts a pin: no plan
        return None
    if answer.objective_cents is None or answer.bound_cents is None:
        return None
    return FreeReplan(
        answer.objective_cents - objective_cents, answer.bound_cents - objective_cents, answer.objective_cents - bound_cents
    )
