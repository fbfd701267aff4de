"""What each company's flexibility made possible: the plan is solved again as if that company alone were rigid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from cohort_opt.cost_sharing.flexibility import Discount, discounts
from cohort_opt.cost_sharing.plan_game import plan_game
from cohort_opt.planning import propose
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.journeys import Journeys
from cohort_opt.problem.records import Demand
from cohort_opt.proposal import PoolingEntry
from cohort_opt.solution import Solution
from cohort_opt.solver.params import SolveParams
from cohort_opt.verification.hearing import plan_of

RIGID_DAYS = 28
"""A start within four weeks is what any company is asked for; a wider window is flexibility. Reasoned, not measured (2026-11)."""


def flexibility_discounts(
    instance: Instance,
    solution: Solution,
    pooling: Iterable[PoolingEntry],
    percent: int = 50,
    *,
    rigid_days: int = RIGID_DAYS,
    params: SolveParams | None = None,
) -> tuple[Discount, ...]:
    """Return what the flexibility of each company with seats is worth, and its discount.

    The worth is in the money of the plan game: classes, journeys and outside options, waiting at its price included.

    Parameters
    ----------
    pooling
        Alone against together for each company of the plan (see `pooling_gain`).
    rigid_days
        A rigid line starts within so many days of its earliest start, at the nearest site that teaches its course.
    """
    base = plan_game(instance, solution).total_cents
    seated = {member.demand for planned in solution.classes for member in planned.members}
    worth: dict[str, int] = {}
    for company in sorted({demand.company for demand in instance.demands if demand.id in seated}):
        without = rigid(instance, company, rigid_days)
        if without == instance:
            continue
        plan = plan_of(propose(without, params))
        if plan is not None:
            worth[company] = max(0, plan_game(instance, plan).total_cents - base)
    return discounts(worth, {entry.company: entry.gain_cents for entry in pooling}, percent)


def rigid(instance: Instance, company: str, days: int = RIGID_DAYS) -> Instance:
    """Return the instance in which one company's lines have a narrow window and one site; pins and agreed seats are dropped."""
    ways = Journeys.of(instance)
    lines = tuple(
        demand if demand.company != company else _rigid_line(instance, ways, demand, days) for demand in instance.demands
    )
    if lines == instance.demands:
        return instance
    fields = {name: getattr(instance, name) for name in Instance.model_fields}
    return Instance(**{**fields, "demands": lines, "pins": (), "commitments": ()})


def _rigid_line(instance: Instance, ways: Journeys, demand: Demand, days: int) -> Demand:
    sites = {offering.site for offering in instance.offerings if offering.course == demand.course}
    nearest = min((ways.km(demand, site) for site in sites), default=demand.max_travel_km)
    return demand.model_copy(
        update={
            "latest_start": min(demand.latest_start, demand.earliest_start + dt.timedelta(days=days)),
            "max_travel_km": min(demand.max_travel_km, nearest),
        }
    )
