"""Repairs: each is proven by solving again, and brute force finds no cheaper one of its set."""

import random

import pytest

from cohort_opt.analysis import find_repairs, replan
from cohort_opt.analysis.hold import Keep, held
from cohort_opt.analysis.relaxations import RELAXATIONS, Question
from cohort_opt.analysis.repair import PLACE_FIRST_CENTS
from cohort_opt.errors import InstanceError
from cohort_opt.problem.scenario import Scenario, apply
from cohort_opt.solver.params import SolveParams
from tests.builders import (
    company,
    day,
    demand,
    gap_number,
    make_instance,
    offering,
    prices,
    too_few_for_a_class,
    two_companies_one_class,
)
from tests.properties.brute_force import best_plan

PARAMS = SolveParams(deterministic_limit=20)


def waiting_line(instance):
    plan = replan(instance, PARAMS)
    return plan, plan.solution.unplaced[0].demand


def test_fourteen_in_classes_of_eight_to_twelve_are_repaired_by_a_smaller_minimum_or_two_more():
    instance = gap_number()
    plan, line = waiting_line(instance)
    answer = find_repairs(instance, plan.solution, line, PARAMS)
    by_kind = {repair.kind: repair for repair in answer.repairs if repair.kept is Keep.OTHER_COURSES}
    # Two classes of 7: 2 x 950,000 + 14 x 18,500 = 2,159,000 instead of 1,172,000; a seat at 950,000 / 7 + 18,500 = 154,214.3.
    seven = by_kind["class_minimum"]
    assert (seven.extra_cents, seven.seat_price_cents, seven.proven) == (987_000, 154_215, True)
    assert 7 in seven.sizes
    # 8 + 8: 2 x 950,000 + 16 x 18,500 = 2,196,000, of which the two more pay 2/8 of 1,098,000 = 274,500.
    more = by_kind["more_trainees"]
    assert more.said.facts["more"] == 2
    assert more.extra_cents == 2_196_000 - 274_500 - 1_172_000
    # A class of 14 needs two more seats: 2 x 18,500 more, everybody keeps the seat.
    wide = next(repair for repair in answer.repairs if repair.kind == "class_maximum")
    assert (wide.extra_cents, wide.kept, wide.sizes) == (37_000, Keep.ALL, (14,))
    # Nobody moves: the two who wait and six more fill a second class of 8 at 1,098,000, of which the six pay 6/8.
    still = next(repair for repair in answer.repairs if repair.kind == "more_trainees" and repair.kept is Keep.ALL)
    assert (still.said.facts["more"], still.extra_cents) == (6, 1_098_000 - 823_500)
    assert [repair.extra_cents for repair in answer.repairs] == sorted(repair.extra_cents for repair in answer.repairs)


def test_the_scenario_of_a_repair_alone_places_the_line():
    instance = gap_number()
    plan, line = waiting_line(instance)
    for repair in find_repairs(instance, plan.solution, line, PARAMS).repairs:
        assert replan(apply(instance, repair.scenario), PARAMS).unplaced(line) == 0, repair.kind


def test_a_journey_just_long_enough_is_a_repair():
    # Bolt goes 20 km but allows 15; with 5 of acme alone there is no class.
    instance = make_instance(demands=[demand("acme-drilling", count=8), demand("bolt-drilling", count=2, max_travel_km=15)])
    plan, line = waiting_line(instance)
    assert line == "bolt-drilling"
    repair = next(r for r in find_repairs(instance, plan.solution, line, PARAMS).repairs if r.kind == "travel")
    assert repair.said.facts["travel_km"] == 20
    # Two seats at 18,500 and two journeys of 20 km x 2 x 5 days x 20 cents.
    assert repair.extra_cents == 2 * (18_500 + 4_000)


def test_a_company_that_lets_more_go_places_its_own():
    instance = make_instance(
        companies=[company("acme", max_away_per_day=4), company("bolt")],
        demands=[demand("acme-drilling", count=5), demand("bolt-drilling", count=5)],
    )
    plan, line = waiting_line(instance)
    assert line == "acme-drilling"
    repair = next(r for r in find_repairs(instance, plan.solution, line, PARAMS).repairs if r.kind == "absence")
    assert repair.said.facts["away"] == 5
    assert repair.kept is Keep.ALL


def test_too_few_are_repaired_by_one_more_and_by_a_smaller_minimum():
    instance = too_few_for_a_class()
    plan, line = waiting_line(instance)
    kinds = {repair.kind for repair in find_repairs(instance, plan.solution, line, PARAMS).repairs}
    assert {"class_minimum", "more_trainees"} <= kinds


@pytest.mark.parametrize("line", ["acme-drilling", "nobody"])
def test_a_line_that_does_not_wait_has_nothing_to_repair(line):
    instance = two_companies_one_class()
    with pytest.raises(InstanceError, match="nothing-to-repair"):
        find_repairs(instance, replan(instance, PARAMS).solution, line, PARAMS)


def test_every_repair_works_and_none_of_its_kind_is_gentler_or_cheaper(campaign):
    """Random small cases: the plan of each repair costs what enumeration says, and what was skipped places nobody."""
    rng = random.Random(11)
    checked = 0
    for _ in range(40 * campaign):
        instance = make_instance(
            demands=[demand("acme-drilling", count=rng.randint(3, 9), max_travel_km=rng.choice([5, 100])),
                     demand("bolt-drilling", count=rng.randint(3, 9))],
            offerings=[offering(last_start=day(weeks=rng.choice([0, 1])))],
            prices=prices(travel_cents_per_km=rng.choice([0, 20]), waiting_cents_per_week=0),
        )  # fmt: skip
        plan = replan(instance, PARAMS)
        for member in plan.solution.unplaced:
            question = Question(instance, plan.solution, next(d for d in instance.demands if d.id == member.demand), member.count)
            for repair in find_repairs(instance, plan.solution, member.demand, PARAMS).repairs:
                if repair.kind == "more_trainees":
                    continue
                assert repair.proven
                changed = held(apply(instance, repair.scenario), plan.solution, repair.kept, "drilling")
                answer = replan(changed, PARAMS)
                assert answer.objective_cents == best_plan(changed).cents
                assert answer.real_cents == repair.extra_cents + plan.real_cents
                for relaxation in RELAXATIONS[repair.kind](question):
                    if relaxation.said == repair.said:
                        break
                    skipped = apply(instance, Scenario(name="skipped", changes=repair.scenario.changes[-2:] + relaxation.changes))
                    assert best_plan(held(skipped, plan.solution, repair.kept, "drilling")).cents >= PLACE_FIRST_CENTS
                checked += 1
    assert checked >= 40
