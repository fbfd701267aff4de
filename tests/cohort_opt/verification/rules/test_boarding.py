"""Boarding: who cannot go home every day stays at the site, as long as there are beds."""

import pytest

from cohort_opt.planning import propose
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.verification.rules import boarding
from cohort_opt.verification.verify import verify
from tests.builders import course, day, demand, make_instance, release, site
from tests.cohort_opt.verification.plans import broken, checked, message, plan, planned

RULE = ("boarding",)


def _far(beds, **changes):
    """Return 5 of acme who go home (10 km) and 4 of bolt for whom 20 km are too far every day."""
    bolt = demand("bolt-drilling", count=4, **{"max_travel_km": 15, "accepts_boarding": True, **changes})
    return make_instance(sites=[site(beds=beds, boarding_cents_per_week=30_000)], demands=[demand("acme-drilling"), bolt])


@pytest.mark.parametrize(("beds", "expected"), [(4, ()), (3, RULE), (0, ("travel_limit",))])
def test_four_need_four_beds(beds, expected):
    assert broken(_far(beds), planned()) == expected


def test_without_their_consent_the_limit_holds():
    assert broken(_far(4, accepts_boarding=False), planned()) == ("travel_limit",)
    assert broken(_far(4, max_travel_km=100, max_travel_minutes=5, accepts_boarding=False), planned()) == ("travel_time_limit",)
    assert broken(_far(4, max_travel_km=100, max_travel_minutes=5), planned()) == ()


def test_who_is_near_needs_no_bed():
    assert broken(_far(1, max_travel_km=20), planned()) == ()
    assert checked("boarding", _far(1, max_travel_km=20), planned()) == 0


def test_a_week_costs_the_stay_and_one_journey():
    # Bolt: one week, 30,000 and 20 km x 2 x 20 cents = 800 a head; acme every day: 5 x 10 km x 2 x 5 x 20 = 10,000.
    terms = verify(_far(4), plan(planned())).objective_terms
    assert (terms.travel, terms.boarding) == (10_000 + 4 * 800, 4 * 30_000)
    # Seats at 18,500 each.
    assert find_candidates(_far(4)).problem.arc_cents.tolist() == [20_500, 18_500 + 30_000 + 800]


def test_three_weeks_of_one_day_are_three_weeks():
    instance = _far(4, patterns=("day_release",)).model_copy(update={"courses": (course(patterns=(release(3),)),)})
    week = planned(pattern="release3", dates=(day(), day(weeks=1), day(weeks=2)))
    terms = verify(instance, plan(week)).objective_terms
    assert terms.boarding == 4 * 3 * 30_000


@pytest.mark.parametrize(("beds", "staying"), [(4, 4), (3, 3), (0, 0)])
def test_as_many_sit_as_there_are_beds(beds, staying):
    proposal = propose(_far(beds))
    seats = {m.demand: m.count for entry in proposal.classes for m in entry.members}
    assert proposal.status == "optimal"
    # With three of bolt there are eight, enough for a class; with none there are five, too few.
    assert seats.get("bolt-drilling", 0) == staying
    assert proposal.objective_terms.boarding == staying * 30_000


def test_the_row_says_site_and_week():
    assert find_candidates(_far(3)).problem.absence.names == ("boarding[academy,2027-03-01]",)
    assert len(find_candidates(_far(4)).problem.absence) == 0


def test_a_line_that_stays_together_needs_beds_for_all():
    entry = next(row for row in propose(_far(3, together=True)).unplaced if row.demand == "bolt-drilling")
    assert "boarding" in {reason.rule for reason in entry.reasons}


def test_the_message_names_site_week_and_beds():
    assert message(_far(3), planned()) == "Site[academy] in the week of 2027-03-01: 4 trainees stay there, it has 3 beds"


def test_it_applies_where_a_line_would_stay():
    assert boarding.applies(_far(4))
    assert not boarding.applies(make_instance())
