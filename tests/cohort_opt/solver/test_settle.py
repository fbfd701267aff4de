"""Among equally cheap plans the one nearest to the start; never a dearer one."""

import numpy as np
import pytest

from cohort_opt import Instance, SolveParams, apply, find_repairs, generate_json, plan_of, propose
from cohort_opt.model.plan import Plan
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.settle import moves, settle
from tests.builders import day, demand, make_instance, offering, prices


@pytest.fixture
def two_dates():
    """8 + 8 trainees of two companies, two equally good Mondays with one bay: two classes, who goes when is open."""
    instance = make_instance(
        offerings=[offering(last_start=day(weeks=1))],
        demands=[demand("acme-drilling", count=8), demand("bolt-drilling", count=8)],
        prices=prices(waiting_cents_per_week=0, travel_cents_per_km=0),
    )
    return find_candidates(instance).problem


def classes(problem, *pairs):
    """Return a plan of (date, company) pairs: `classes(problem, (0, "acme"), (1, "bolt"))`."""
    mondays = [number for number, run in enumerate(problem.run_ids) if "/2027-03-01/" in run or "/2027-03-08/" in run]
    groups = {name.split("-")[0]: number for number, name in enumerate(problem.group_ids)}
    return Plan.of_classes([(mondays[which], ((groups[who], 8),)) for which, who in pairs])


def test_of_two_equally_cheap_plans_the_nearer_one_is_taken(two_dates):
    start = classes(two_dates, (0, "bolt"), (1, "acme"))
    other = classes(two_dates, (0, "acme"), (1, "bolt"))
    assert moves(two_dates, start, other) == 16
    settled = settle(two_dates, other, start, Limits(SolveParams()))
    assert moves(two_dates, start, settled) == 0
    assert settled.value(two_dates) == other.value(two_dates)


def test_a_dearer_plan_is_never_taken_however_near(two_dates):
    """The start leaves bolt without a seat, at 10,000 euros each: the plan with both classes stays."""
    start = classes(two_dates, (0, "acme"))
    both = classes(two_dates, (1, "acme"), (0, "bolt"))
    settled = settle(two_dates, both, start, Limits(SolveParams()))
    assert settled.value(two_dates) <= both.value(two_dates)
    assert int(settled.sizes().sum()) == 16
    # acme goes back to the first Monday, where it sat, and bolt takes the second.
    assert moves(two_dates, start, settled) == 0


def test_a_what_if_moves_nobody_of_other_courses_without_a_gain(monkeypatch):
    """A sawyer who waits gets a 13th seat: without settling, two drillers would change places for nothing."""
    instance = Instance.model_validate_json(generate_json("A", 1))
    first = propose(instance)
    repair = find_repairs(instance, plan_of(first), "c05-sawing", SolveParams(), ("class_maximum",)).repairs[0]
    changed = apply(instance, repair.scenario)

    def moved():
        proposal = propose(changed, start=first)
        before, after = (
            {(s.demand, e.run): s.count for e in plan.classes for s in e.members if "sawing" not in s.demand}
            for plan in (first, proposal)
        )
        return proposal.objective_cents, sum(max(0, count - after.get(key, 0)) for key, count in before.items())

    settled = moved()
    monkeypatch.setattr("cohort_opt.solver.part_task.settle", lambda problem, plan, start, limits: plan)
    unsettled = moved()
    assert settled[0] == unsettled[0] == propose(changed).objective_cents
    assert (settled[1], unsettled[1]) == (0, 2)


def test_a_problem_whose_rows_read_prices_is_left_alone(two_dates):
    from dataclasses import replace

    from cohort_opt.problem.compact import Rows

    rows = Rows(("budget[x]",), np.array([10**9]), np.array([0, 1]), np.array([0]), np.array([1]))
    start, other = classes(two_dates, (0, "bolt"), (1, "acme")), classes(two_dates, (0, "acme"), (1, "bolt"))
    assert settle(replace(two_dates, budgets=rows), other, start, Limits(SolveParams())) is other
