"""The search for one independent part: first plan, bound, then proof or better plans until the limits."""

from __future__ import annotations

from enum import StrEnum

from cohort_opt.model.build import build
from cohort_opt.model.plan import Plan
from cohort_opt.solver import patterns, sat
from cohort_opt.solver.ascent import first_prices
from cohort_opt.solver.block_search import search_blocks
from cohort_opt.solver.columns import ColumnBound, column_bound
from cohort_opt.solver.greedy import greedy_plan
from cohort_opt.solver.incumbent import Incumbent
from cohort_opt.solver.large import LargeSearch
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.nearest import nearest_plan, worth_nearing
from cohort_opt.solver.openings import choose_and_seat, worth_choosing
from cohort_opt.solver.pricing import Pricer
from cohort_opt.solver.race import race


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
    relaxed = _bound(incumbent, limits)
    if incumbent.plan is not None and (incumbent.is_proven or limits.left() <= 0):
        return Verdict.OPEN
    problem = incumbent.problem
    if incumbent.plan is None and worth_nearing(problem) and _nearest(incumbent, limits) and problem.num_arcs > SMALL:
        LargeSearch(incumbent, limits).bound()  # Prices start from a plan, so they come only now.
        return Verdict.OPEN
    if problem.num_arcs > SMALL and incumbent.plan is not None and not problem.beyond_matrix():
        LargeSearch(incumbent, limits).run(is_warm=incumbent.plan is start)
        return Verdict.OPEN
    if patterns.applies(problem) and _by_patterns(incumbent, limits):
        return Verdict.OPEN
    if relaxed is not None and not problem.beyond_matrix() and search_blocks(incumbent, limits, relaxed):
        return Verdict.OPEN
    if limits.is_fast and worth_choosing(problem) and not problem.beyond_matrix():
        choose_and_seat(incumbent, limits)
        if incumbent.plan is not None and (incumbent.is_proven or limits.left() <= 0):
            return Verdict.OPEN
    if limits.is_fast and limits.workers > 1:
        return _verdict(incumbent, limits, race(incumbent, limits))
    return _prove(incumbent, limits)


def _by_patterns(incumbent: Incumbent, limits: Limits) -> bool:
    """Try to list every way to fill a class; returns whether that has proven the best plan."""
    answer = patterns.solve_patterns(incumbent.problem, limits.piece(limits.left() * 0.9), incumbent.best_bound()[0])
    if answer is None:
        return False
    incumbent.offer(answer.plan, "patterns")
    incumbent.raise_bound(answer.bound, "patterns")
    return incumbent.is_proven


SMALL = 6_000
"""Arcs up to which one engine on the whole problem beats pieces of it (measured on regions of 95 to 2,000 companies)."""


def _bound(incumbent: Incumbent, limits: Limits) -> ColumnBound | None:
    """Raise the bound of the linear relaxation where it is cheap, and return it; large problems get theirs from blocks."""
    problem = incumbent.problem
    pricer = Pricer(problem)
    first = first_prices(pricer, incumbent.plan or Plan.nobody())
    incumbent.raise_bound(pricer.price(first).bound, "prices")
    if incumbent.is_proven or problem.num_arcs > SMALL or incumbent.plan is None:
        return None
    found = column_bound(problem, limits.piece(limits.left() / 4), [incumbent.plan], start=first)
    if found is not None:
        incumbent.raise_bound(found.bound, "columns")
    return found


def _nearest(incumbent: Incumbent, limits: Limits) -> bool:
    """Look for a first plan in the few best runs of each group; returns whether there is one."""
    return incumbent.offer(nearest_plan(incumbent.problem, limits), "nearest")


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
    outcome = sat.run_cp_sat(built, **limits.sat_options(), gap=limits.params.gap_target)
    sat.charge(outcome, limits)
    if outcome.status != sat.INFEASIBLE:
        incumbent.offer(outcome.plan, "cp-sat")
        incumbent.raise_bound(outcome.bound, "cp-sat")
    return _verdict(incumbent, limits, outcome)


def _verdict(incumbent: Incumbent, limits: Limits, outcome: sat.SatOutcome | None) -> Verdict:
    """Return how the search of the part ended."""
    if outcome is not None and outcome.status == sat.INFEASIBLE:
        return _recheck(incumbent, limits)
    return Verdict.OPEN if incumbent.plan is not None else Verdict.NO_PLAN_IN_TIME


def _recheck(incumbent: Incumbent, limits: Limits) -> Verdict:
    """Believe an infeasibility only if a run without presolve agrees (google/or-tools #5274)."""
    if incumbent.plan is not None:
        incumbent.notes.append("contradiction: cp-sat calls the problem infeasible, yet a plan keeps every rule")
        return Verdict.OPEN
    built = build(incumbent.problem, objective=False)
    again = Limits(limits.params, max(limits.left(), RECHECK))
    options = again.sat_options()
    options["presolve"] = False
    outcome = sat.run_cp_sat(built, **options)
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
