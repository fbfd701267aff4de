"""Shadow prices: what the linear relaxation would pay for one more trainee or one more room day; an estimate, never a promise."""

from __future__ import annotations

from dataclasses import dataclass

from cohort_opt.model.plan import Plan
from cohort_opt.problem.compact import CompactProblem
from cohort_opt.solver.columns import column_bound
from cohort_opt.solver.greedy import greedy_plan
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.pricing import Pricer


@dataclass(frozen=True, slots=True)
class ShadowPrices:
    """Cents for one unit.

    Parameters
    ----------
    group
        By group id: what one more trainee adds to the cost of the plan.
    capacity
        By name of the capacity row, such as `room_capacity[bay,2027-03-01]`: what one more unit on those days saves; rows
        that can never bind are left out.
    """

    group: dict[str, int]
    capacity: dict[str, int]


def shadow_prices(problem: CompactProblem, params: SolveParams) -> ShadowPrices | None:
    """Return the prices of the linear relaxation, `None` if it was not solved within the limits."""
    greedy = greedy_plan(problem)
    starts = [plan for plan in (Plan.nobody(), greedy) if not plan.faults(problem)]
    found = column_bound(problem, Limits(params), starts)
    if found is None:
        return None
    rows = Pricer(problem).capacity.names
    return ShadowPrices(
        dict(zip(problem.group_ids, found.prices.group.tolist(), strict=True)),
        {name: -price for name, price in zip(rows, found.prices.capacity.tolist(), strict=True)},
    )
