"""Repairs: each is proven by solving again, and brute force finds no cheaper one of its set."""

import pytest

from cohort_opt.analysis import find_repairs, free_replan, replan
from cohort_opt.analysis.hold import Keep, held
from cohort_opt.analysis.relaxations import RELAXATIONS, Question, Relaxation
from cohort_opt.analysis.repair import PLACE_FIRST_CENTS
from cohort_opt.errors import InstanceError
from cohort_opt.problem.changes import SetClassSize, SetUnplacedPrice
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.scenario import Scenario, apply
from cohort_opt.solver.params import SolveParams
from tests.builders import (
    company,
    course,
    day,
    demand,
    gap_number,
    make_instance,
    offering,
    too_few_for_a_class,
    two_companies_one_class,
)
from tests.properties.brute_force import best_plan
from tests.properties.random_instances import random_fields

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


def test_one_more_trainee_and_a_week_place_who_neither_of_them_alone_would():
    # Acme's 4 and bolt's 2 may start in week 0 only, where no class is held; in week 1 they are 6, one less than a class needs.
    instance = make_instance(
        courses=[course(min_seats=7)],
        demands=[
            demand("acme-drilling", count=4, latest_start=day(weeks=1)),
            demand("bolt-drilling", count=2, latest_start=day()),
        ],
        offerings=[offering(first_start=day(weeks=1), last_start=day(weeks=1))],
        bans=[],
    )
    plan = replan(instance, PARAMS)
    answer = find_repairs(instance, plan.solution, "bolt-drilling", PARAMS)
    pair = next(repair for repair in answer.repairs if repair.kind == "start_window+more_trainees")
    assert [said.rule for said in (pair.said, *pair.also)] == ["more_trainees", "start_window"]
    assert pair.said.sentence.startswith("one more trainee in Drilling")
    assert pair.sizes == (7,)
    assert not any(repair.kind in ("start_window", "more_trainees") for repair in answer.repairs)


def test_the_first_sentence_names_the_gap_number():
    instance = gap_number()
    plan, line = waiting_line(instance)
    shortage = find_repairs(instance, plan.solution, line, PARAMS, ["room"]).shortage
    assert shortage.said().sentence == (
        "14 trainees ask for Drilling, 12 are placed: 14 cannot be split into classes of 8 to 12, nor can any number from 13 "
        "to 15."
    )


def test_a_change_with_nobody_held_is_an_interval_that_may_not_be_told_apart_from_nothing():
    # Proven: two classes of 7 cost 2,159,000; today 1,172,000 and two who wait at 600,000 each.
    instance = gap_number()
    plan, _ = waiting_line(instance)
    smaller = (SetClassSize(kind="set_class_size", course="drilling", min_seats=7),)
    exact = free_replan(instance, plan.objective_cents, plan.bound_cents, smaller, PARAMS)
    assert exact.least_cents == exact.difference_cents == exact.most_cents <= 0
    # The same change, where all that is known of today's plan is that none costs less than 1,000,000.
    loose = free_replan(instance, plan.objective_cents, 1_000_000, smaller, PARAMS)
    assert loose.most_cents - loose.least_cents == plan.objective_cents - 1_000_000
    assert not loose.is_distinguishable
    assert "not distinguishable" in loose.said().sentence


CASES = 300


@pytest.mark.campaign
def test_brute_force_confirms_each_repair_and_finds_no_cheaper_one_of_its_set(campaign):
    """Random small cases with one waiting line: what works, what it costs, and that no other change of the set costs less."""
    asked = works = 0
    for seed in range(CASES * campaign):
        case = _one_waits(seed)
        if case is None:
            continue
        question, present = case
        answer = find_repairs(question.instance, question.solution, question.demand.id, PARAMS)
        asked += 1
        for repair in answer.repairs:  # also of two changes together: each works, and costs what enumeration says
            cost = _brute_cost(question, Relaxation(repair.scenario.changes[: repair.changes], repair.said), repair.kept)
            assert cost is not None, f"seed {seed}: {repair.kind}"
            assert "more_trainees" in repair.kind or cost - present == repair.extra_cents, f"seed {seed}: {repair.kind}"
        repairs = [repair for repair in answer.repairs if repair.kept is Keep.ALL and "+" not in repair.kind]
        found = {repair.kind: repair for repair in reversed(repairs)}
        unchanged = _brute_cost(question, next(RELAXATIONS["as_it_is"](question)))
        for kind, relaxations in RELAXATIONS.items():
            costs = [_brute_cost(question, relaxation) for relaxation in relaxations(question)]
            if kind == "more_trainees":  # what the others pay is not in the objective: only how many are enough is compared
                first = next((i for i, cost in enumerate(costs) if cost is not None and unchanged is None), None)
                assert (kind in found) == (first is not None), f"seed {seed}"
                assert first is None or found[kind].said.facts.get("more", 1) == first + 1, f"seed {seed}"
                continue
            least = float("inf") if unchanged is None or kind == "as_it_is" else unchanged
            working = [cost - present for cost in costs if cost is not None and cost < least]
            assert (kind in found) == bool(working), f"seed {seed}: {kind} {working}"
            if working:
                cheapest = min(repair.extra_cents for repair in repairs if repair.kind == kind)
                assert all(repair.proven for repair in repairs), f"seed {seed}"
                assert cheapest == min(working), f"seed {seed}: {kind}"
                works += 1
    assert asked > CASES // 20
    assert works > CASES // 20


def _one_waits(seed):
    """Return a random case in which one line waits and the real cost of its plan, `None` for any other case."""
    fields = random_fields(seed, trade=False, coupling=0.0)
    fields["prices"] |= {"waiting_cents_per_week": 0}
    try:
        instance = Instance(**fields)
        plan = replan(instance, PARAMS)
    except InstanceError:
        return None
    if plan.solution is None or len(plan.solution.unplaced) != 1:
        return None
    waiting = plan.solution.unplaced[0]
    line = next(line for line in instance.demands if line.id == waiting.demand)
    return Question(instance, plan.solution, line, waiting.count), plan.real_cents


def _brute_cost(question, relaxation, keep=Keep.ALL):
    """Return the real cost of the cheapest plan that holds what is kept and places the line, `None` if none does."""
    first = [
        SetUnplacedPrice(kind="set_unplaced_price", unplaced_cents=PLACE_FIRST_CENTS, demand=line.id)
        for line in question.instance.demands
        if line.course == question.demand.course
    ]
    try:
        changed = apply(question.instance, Scenario(name="x", changes=(*relaxation.changes, *first)))
        best = best_plan(held(changed, question.solution, keep, question.demand.course))
    except InstanceError:
        return None
    if best is None or best.unplaced:
        return None
    return best.cents
