"""A late line finds the classes that can take it, at the price that planning with it in mind would show."""

import pytest

from cohort_opt.analysis.late import HeldPlan, late_demand_fits
from cohort_opt.compose import solution_of
from cohort_opt.errors import InstanceError
from cohort_opt.planning import propose
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.problem.instance import Instance
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.solve import solve
from tests.builders import RUN, company, course, demand, make_instance

PARAMS = SolveParams(deterministic_limit=5)


def _late(**changes):
    """Return a late line of the third company, which is where the academy is (0 km)."""
    return demand("late", company_id="acme", **changes)


def test_two_more_in_a_class_of_nine_cost_seats_and_journeys_only():
    instance = make_instance()
    answer = late_demand_fits(instance, propose(instance, PARAMS), _late(count=2))
    # fixed 950,000 + 18,500 a seat: nine pay ceil(1,116,500 / 9) = 124,056, eleven ceil(1,153,500 / 11) = 104,864.
    # Two seats 37,000 and two journeys of 10 km x 2 x 5 days x 20 cents = 2,000 each: 41,000 more, against 2,000,000 for two
    # without a seat.
    (fit,) = answer.fits
    assert (fit.planned.run, fit.size) == (RUN, 11)
    assert (fit.seat_price_before_cents, fit.seat_price_cents) == (124_056, 104_864)
    assert (fit.journey_cents, fit.waiting_cents, fit.extra_cents, fit.saved_cents) == (4_000, 0, 41_000, 1_959_000)
    assert answer.is_complete


def test_the_price_is_what_the_engine_finds_when_it_plans_with_the_line():
    instance = make_instance()
    before = propose(instance, PARAMS)
    late = _late(count=3)
    (fit,) = late_demand_fits(instance, before, late).fits
    fields = {name: getattr(instance, name) for name in Instance.model_fields}
    after = propose(Instance(**{**fields, "demands": (*instance.demands, late)}), PARAMS)
    assert after.objective_cents - before.objective_cents == fit.extra_cents


def test_a_line_larger_than_the_free_seats_has_no_fit():
    instance = make_instance()
    proposal = propose(instance, PARAMS)
    # Nine of twelve seats are taken: three fit, four do not.
    assert len(late_demand_fits(instance, proposal, _late(count=3)).fits) == 1
    answer = late_demand_fits(instance, proposal, _late(count=4))
    assert (answer.fits, answer.looked_at) == ((), 0)


def test_a_company_that_may_send_only_five_a_day_is_refused_by_the_judge():
    instance = make_instance(companies=[company("acme", max_away_per_day=5), company("bolt")])
    answer = late_demand_fits(instance, propose(instance, PARAMS), _late(count=1))
    # Five of acme are away in that week already.
    assert answer.fits == ()
    assert [rule for _, rule in answer.refused] == ["company_absence"]


def test_a_line_outside_its_window_or_beyond_its_distance_is_not_offered_a_class():
    instance = make_instance()
    held = _held(instance)
    start = instance.demands[0].earliest_start
    assert held.fits(_late(count=1)).fits
    assert not held.fits(_late(count=1, earliest_start=start.replace(day=start.day + 1))).fits
    assert not held.fits(_late(count=1, max_travel_km=1)).fits


def test_a_price_cap_of_the_late_line_counts():
    instance = make_instance()
    held = _held(instance)
    # With one more a seat costs ceil((950,000 + 10 x 18,500) / 10) = 113,500.
    assert held.fits(_late(count=1, max_seat_price_cents=113_500)).fits
    refused = held.fits(_late(count=1, max_seat_price_cents=113_499)).refused
    assert [rule for _, rule in refused] == ["price_cap"]


def test_an_id_in_use_and_an_unknown_course_are_named():
    instance = make_instance(courses=[course("drilling")])
    with pytest.raises(InstanceError, match=r"acme-drilling.*id"):
        _held(instance).fits(demand("acme-drilling", count=1))
    with pytest.raises(InstanceError, match="welding"):
        _held(instance).fits(demand("late", company_id="acme", course_id="welding", count=1))


def _held(instance):
    candidates = find_candidates(instance)
    return HeldPlan(instance, solution_of(candidates, solve(candidates.problem, PARAMS)))
