"""What opening a class costs: the offering, a hired room by the half day, instructors from elsewhere by the kilometre."""

import pytest

from cohort_opt import propose
from cohort_opt.errors import InstanceError
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.problem.records import Block, SiteDistance
from cohort_opt.verification.verify_proposal import verify_proposal
from tests.builders import company, course, demand, instructor, make_instance, offering, room, site


def opened(part="day", **changes):
    """Return what a class of five days costs to open, apart from the 950,000 of the offering."""
    instance = make_instance(courses=[course(patterns=(Block(kind="block", days=5, part=part),))], **changes)
    return int(find_candidates(instance).problem.run_fixed_cents[0]) - 950_000


@pytest.mark.parametrize(("part", "cents"), [("day", 80_000), ("morning", 40_000), ("afternoon", 40_000)])
def test_a_hired_room_is_paid_by_the_half_day(part, cents):
    # Five days at 8,000 for each half: ten halves, or five.
    assert opened(part, rooms=[room(hire_cents_per_half_day=8_000)]) == cents


def test_a_room_of_ones_own_and_instructors_at_home_cost_nothing_more():
    at_home = [instructor(base="academy", travel_cents_per_km=45)]
    assert opened(instructors=at_home) == opened() == 0


@pytest.mark.parametrize("part", ["day", "morning"])
def test_instructors_from_elsewhere_are_paid_there_and_back_on_each_day(part):
    # 2 x 30 km x 45 cents x 5 days, also where they come for the morning only.
    away = {
        "sites": [site(), site("annex")], "instructors": [instructor(base="annex", travel_cents_per_km=45)],
        "site_distances": [SiteDistance(first="academy", second="annex", km=30)],
    }  # fmt: skip
    assert opened(part, **away) == 13_500


def test_a_distance_that_nobody_measured_is_estimated():
    # 0.1 degrees of latitude are 11.12 km, with the detour of 130 % 14.46, rounded 14: 2 x 14 x 100 x 5.
    away = {
        "sites": [site(latitude=51.9), site("annex", latitude=52.0)],
        "instructors": [instructor(base="annex", travel_cents_per_km=100)],
    }  # fmt: skip
    assert opened(**away) == 14_000


def test_hire_and_journeys_are_part_of_what_a_seat_costs():
    # 950,000 + 10 x 8,000 + 2 x 30 x 45 x 5 = 1,043,500, and 9 x 18,500: 1,210,000 for nine, 134,444.4 each.
    instance = make_instance(
        rooms=[room(hire_cents_per_half_day=8_000)], sites=[site(), site("annex")],
        instructors=[instructor(base="annex", travel_cents_per_km=45)],
        site_distances=[SiteDistance(first="academy", second="annex", km=30)],
    )  # fmt: skip
    proposal = propose(instance)
    (entry,) = proposal.classes
    assert (entry.cost_cents, entry.seat_price_cents, proposal.objective_terms.class_fixed) == (1_210_000, 134_445, 1_043_500)
    assert sum(share.share_cents for share in proposal.cost_shares) == 1_210_000
    assert verify_proposal(instance, proposal).ok


@pytest.mark.parametrize(("cap", "placed"), [(134_445, 9), (134_444, 0)])
def test_a_price_cap_looks_at_the_hired_room_too(cap, placed):
    # 950,000 + 93,500 + 9 x 18,500 = 1,210,000: a seat at 134,444.4.
    lines = [demand("acme-drilling", count=5, max_seat_price_cents=cap), demand("bolt-drilling", count=4)]
    proposal = propose(make_instance(rooms=[room(hire_cents_per_half_day=9_350)], demands=lines))
    assert sum(entry.size for entry in proposal.classes) == placed


def _region(least, hire):
    """Return a far academy that opens in a year for `least`, and a hall in town with a hired room and instructors who travel."""
    return make_instance(
        companies=[company("acme")], demands=[demand("acme-drilling", count=9, max_travel_km=200)],
        sites=[site("academy", latitude=52.4, min_seats_per_year=least), site("hall")], distances=[],
        rooms=[room(), room("hired", site="hall", hire_cents_per_half_day=hire)],
        instructors=[instructor(count=2, base="academy", travel_cents_per_km=30)],
        offerings=[offering(), offering("drilling-hall", site="hall", room="hired")],
        site_distances=[SiteDistance(first="academy", second="hall", km=70)],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("least", "hire", "where"),
    [
        # To the academy nine travel 2 x 69 km x 20 cents x 5 days = 13,800 each, 124,200 in all. In the hall the instructor
        # travels for 2 x 70 x 30 x 5 = 21,000, and ten half days are hired.
        (None, 10_319, "hall"),  # 103,190 + 21,000 = 124,190
        (None, 10_321, "academy"),  # 103,210 + 21,000 = 124,210
        (10, 10_321, "hall"),  # nine are too few for the academy
    ],
)
def test_a_mobile_instructor_and_a_hired_room_are_an_alternative_to_a_site_that_needs_more(least, hire, where):
    (entry,) = propose(_region(least, hire)).classes
    assert entry.site == where


def test_a_price_per_kilometre_needs_to_know_where_they_are_at_home():
    with pytest.raises(InstanceError) as refused:
        make_instance(instructors=[instructor(travel_cents_per_km=45)])
    assert [problem.code for problem in refused.value.problems] == ["missing-field"]
    with pytest.raises(InstanceError) as refused:
        make_instance(instructors=[instructor(base="gone")])
    assert [problem.code for problem in refused.value.problems] == ["unknown-reference"]


def test_a_sum_that_no_float_holds_is_refused():
    # 500 classes of 60 days at 2 x 10 000 000 euros.
    with pytest.raises(InstanceError) as refused:
        make_instance(
            courses=[course(patterns=(Block(kind="block", days=60),))],
            rooms=[room(count=50, hire_cents_per_half_day=1_000_000_000)],
            offerings=[offering(f"o{i}", max_parallel=50) for i in range(2_000)],
        )
    assert {problem.code for problem in refused.value.problems} == {"numeric-range"}
