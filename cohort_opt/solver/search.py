"""The search for one independent part: first plan, bound, then proof or better plans until the limits."""

from __future__ import annotations

from enum import StrEnum

from cohort_opt.model.build import build
from cohort_opt.model.plan import Plan
from cohort_opt.solver import sat
from cohort_opt.solver.greedy import greedy_plan
from cohort_opt.solver.incumbent import Incumbent
from cohort_opt.solver.limits import Limits


class Verdict(StrEnum):
    """How the search of one part ended."""

    OPEN = "open"
    """There is a plan."""
    INFEASIBLE = "infeasible"
    """There is none, and a second run with presolve off agrees."""
    NO_PLAN_IN_TIME = "no_plan_in_time"


def search(incumbent: Incumbent, limits: Limits, start: Plan | None) -> Verdict:
    """Improve plan and bound of one part until proven or out of limits."""
    _first_plans(incumbent, start)
    return _prove(incumbent, limits)


def _first_plans(incumbent: Incumbent, start: Plan | None) -> None:
    """Offer every plan that costs no search: nobody placed, the given start, the greedy one."""
    problem = incumbent.problem
    for plan, source in ((Plan.nobody(), "nobody"), (start, "start"), (greedy_plan(problem), "greedy")):
        if plan is not None and not plan.faults(problem):
            incumbent.offer(plan, source)


def _prove(incumbent: Incumbent, limits: Limits) -> Verdict:
    """Run the plain model with the best plan as its hint."""
    built = build(incumbent.problem)
    if incumbent.plan is not None:
        built.hint(incumbent.plan)
    outcome = sat.run_cp_sat(built, **limits.sat_options())
    sat.charge(outcome, limits)
    if outcome.status == sat.INFEASIBLE:
        return _recheck(incumbent, limits)
    incumbent.offer(outcome.plan, "cp-sat")
    incumbent.raise_bound(outcome.bound, "cp-sat")
    return Verdict.OPEN if incumbent.plan is not None else Verdict.NO_PLAN_IN_TIME


def _recheck(incumbent: Incumbent, limits: Limits) -> Verdict:
    """Believe an infeasibility only if a run without presolve agrees (google/or-tools #5274)."""
    if incumbent.plan is not None:
        incumbent.notes.append("contradiction: cp-sat calls the problem infeasible, yet a plan keeps every rule")
        return Verdict.OPEN
    built = build(incumbent.problem, objective=False)
    again = Limits(limits.params, max(limits.left(), RECHECK))
    outcome = sat.run_cp_sat(built, **again.sat_options(), presolve=False)
    if outcome.status == sat.INFEASIBLE:
        return Verdict.INFEASIBLE
    if outcome.plan is None:
        incumbent.notes.append("infeasible with presolve, not confirmed without it within the limits")
        return Verdict.NO_PLAN_IN_TIME
    incumbent.notes.append("contradiction: infeasible with presolve, a plan without it")
    incumbent.offer(outcome.plan, "cp-sat without presolve")
    return Verdict.OPEN


RECHECK = 5.0
"""Least seconds (deterministic or wall) for the second opinion on an infeasibility."""
