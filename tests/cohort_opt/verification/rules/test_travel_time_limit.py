"""Travel time limit: nobody travels longer every day than accepted; minutes are given or follow from the distance."""

import pytest

from cohort_opt.errors import InstanceError
from cohort_opt.problem.candidates import blockers, find_candidates
from cohort_opt.problem.journeys import Journeys
from cohort_opt.problem.records import Area, Distance
from cohort_opt.verification.given import Given
from cohort_opt.verification.rules import travel_time_limit
from tests.builders import RUN, demand, make_instance, prices
from tests.cohort_opt.verification.plans import broken, checked, message, planned

ALONE = {"acme-drilling": 8}


def _limit(minutes, measured=None, speed=50, **changes):
    lines = [demand("acme-drilling", count=8, max_travel_minutes=minutes, **changes)]
    way = Distance(company="acme", site="academy", km=21, minutes=measured)
    return make_instance(demands=lines, distances=[way], prices=prices(speed_km_per_hour=speed))


@pytest.mark.parametrize(
    ("minutes", "measured", "speed", "fits"),
    [
        (26, None, 50, True),
        (25, None, 50, False),
        (21, None, 60, True),
        (40, 40, 50, True),
        (39, 40, 50, False),
        (0, 0, 50, True),
    ],
)
def test_a_journey_of_21_km(minutes, measured, speed, fits):
    # 21 km at 50 km/h: 25.2 minutes, rounded up to 26; at 60 km/h 21; or 40 as measured.
    instance = _limit(minutes, measured, speed)
    assert broken(instance, planned(ALONE)) == (() if fits else ("travel_time_limit",))
    assert bool(find_candidates(instance).runs) == fits


def test_the_blocker_names_minutes_and_limit():
    instance = _limit(25)
    run = find_candidates(_limit(26)).runs[0]
    (blocker,) = blockers(instance, instance.demands[0], run)
    assert blocker.rule == "travel_time_limit"
    assert blocker.facts == {"travel_minutes": 26, "limit_minutes": 25, "site": "academy"}


def test_the_message_names_minutes_and_limit():
    assert message(_limit(25), planned(ALONE)) == (
        f"Class[{RUN}#1]: 26 minutes to Site[academy] for 8 trainees of Demand[acme-drilling], above its limit of 25 minutes"
    )


def test_it_applies_where_a_line_has_such_a_limit():
    assert travel_time_limit.applies(_limit(26))
    assert not travel_time_limit.applies(make_instance())
    assert checked("travel_time_limit", _limit(26), planned(ALONE)) == 1


def _from_area(km=None):
    """Return a line whose trainees live one degree of latitude north of the academy: 111.2 km, 145 by road."""
    ways = [Distance(company="acme", site="academy", km=10)] + ([Distance(area="3011", site="academy", km=km)] if km else [])
    return make_instance(
        areas=[Area(id="3011", latitude=52.92, longitude=4.48)],
        demands=[demand("acme-drilling", count=8, area="3011")],
        distances=ways,
    )


@pytest.mark.parametrize(("given", "km"), [(None, 145), (12, 12)])
def test_trainees_start_where_they_live(given, km):
    # 6371.0088 km x pi / 180 = 111.195 km; x 1.3 = 144.55.
    instance = _from_area(given)
    assert Journeys.of(instance).km(instance.demands[0], "academy") == km
    assert Given(instance).line_km(instance.demands[0], "academy") == km
    assert bool(find_candidates(instance).runs) == (km <= 100)
    assert broken(instance, planned(ALONE)) == (() if km <= 100 else ("travel_limit",))


def test_a_journey_from_an_area_costs_its_own_distance():
    # Seat 18,500 + 12 km x 2 x 5 days x 20 cents.
    assert find_candidates(_from_area(12)).problem.arc_cents.tolist() == [18_500 + 2_400]


def test_a_line_from_an_unknown_area_and_a_distance_from_two_places_are_refused():
    with pytest.raises(InstanceError) as refused:
        make_instance(demands=[demand(area="3011")], distances=[Distance(site="academy", km=3)])
    assert sorted(problem.code for problem in refused.value.problems) == ["missing-field", "unknown-reference"]
