"""Travel limit: the given distance, else the estimate, is at most what the line accepts."""

import pytest

from cohort_opt.verification.given import Given
from cohort_opt.verification.rules import travel_limit
from tests.builders import company, demand, make_instance, prices, site
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("travel_limit",)


def _limit(km, **changes):
    return make_instance(demands=[demand("acme-drilling"), demand("bolt-drilling", count=4, max_travel_km=km)], **changes)


@pytest.mark.parametrize(("limit", "expected"), [(20, ()), (19, RULE)])
def test_bolt_travels_the_given_twenty_kilometres(limit, expected):
    assert broken(_limit(limit), planned()) == expected


def test_the_message_names_both_ends_and_both_figures():
    assert message(_limit(19), planned()) == (
        "Class[drilling-academy/2027-03-01/block5#1]: 20 km from Company[bolt] to Site[academy] for 4 trainees of "
        "Demand[bolt-drilling], above its limit of 19 km"
    )


def test_a_limit_of_zero_means_the_own_door_only():
    # Both companies and the academy stand on the same spot, no distance is given: 0 km.
    at_the_door = make_instance(
        demands=[demand("acme-drilling", max_travel_km=0), demand("bolt-drilling", count=4, max_travel_km=0)], distances=[]
    )
    assert broken(at_the_door, planned()) == ()


# One degree of latitude is pi / 180 x 6371.0088 = 111.1951 km; with a detour of 30 %: 144.5536, rounded 145.
@pytest.mark.parametrize(("limit", "expected"), [(145, ()), (144, RULE)])
def test_without_a_given_distance_the_estimate_counts(limit, expected):
    companies = [company("acme"), company("bolt", latitude=52.92)]
    assert broken(_limit(limit, companies=companies, distances=[]), planned()) == expected


@pytest.mark.parametrize(
    ("latitude", "longitude", "detour", "km"),
    [
        (0, 1, 100, 111),  # one degree along the equator, 111.1951
        (0, 180, 100, 20_015),  # the other side of the Earth, pi x 6371.0088 = 20015.1145
        (90, 0, 100, 10_008),  # a quarter, 10007.5572
        (0, 1, 300, 334),  # 333.5853
        (0, 0, 300, 0),
    ],
)
def test_the_estimate_is_the_great_circle_times_the_detour(latitude, longitude, detour, km):
    instance = make_instance(
        companies=[company("acme", latitude=latitude, longitude=longitude)],
        demands=[demand("acme-drilling")],
        sites=[site(latitude=0, longitude=0)],
        distances=[],
        prices=prices(detour_percent=detour),
    )
    assert Given(instance).travel_km("acme", "academy") == km


def test_every_membership_is_looked_at():
    assert checked("travel_limit", _limit(20), planned()) == 2


def test_it_applies_where_somebody_asks():
    assert travel_limit.applies(make_instance())
    assert not travel_limit.applies(make_instance(demands=[]))
