import datetime as dt

import pytest

from cohort_opt.packs.places.check import german_norm
from cohort_opt.packs.places.hosts import gate_findings, room_findings
from cohort_opt.packs.places.records import Gate, HostPlace

LAST = dt.date(2027, 6, 30)


def host(**changes):
    base = {"id": "acme-concrete", "company": "acme", "trade": "concrete", "places": 4, "recognised_until": "2027-12-31",
            "skilled_workers": 9, "contract": "direct", "min_months": 12, "guidance_hours_per_week": 4}  # fmt: skip
    return HostPlace.model_validate({**base, **changes})


def missing(needed, *hosts):
    return [finding.rule for finding in room_findings("acme", "concrete", needed, LAST, hosts, Gate(), german_norm())]


@pytest.mark.parametrize(
    ("skilled", "trainees"),
    # 1-2 skilled: 1; 3-5: 2; 6-8: 3; each 3 more: one more
    [(0, 0), (1, 1), (2, 1), (3, 2), (5, 2), (6, 3), (8, 3), (9, 4), (11, 4), (12, 5)],
)
def test_the_german_norm_counts_skilled_workers(skilled, trainees):
    assert german_norm().trainees_for(skilled) == trainees


def test_the_default_table_says_that_it_is_the_german_norm():
    assert "German norm" in german_norm().name
    assert german_norm().status == "sample"


def test_a_host_with_room_lacks_nothing():
    assert missing(4, host()) == []


def test_one_trainee_more_than_the_places_and_the_ratio():
    assert missing(5, host()) == ["host_places", "ratio"]


def test_a_recognition_that_ends_before_the_class_does_not_count():
    assert missing(1, host(recognised_until="2027-06-30")) == []
    assert missing(1, host(recognised_until="2027-06-29")) == ["recognition", "host_places"]
    assert missing(1, host(recognised_until=None)) == ["recognition", "host_places"]


def test_a_company_without_a_place_in_the_trade_is_named():
    assert missing(1, host(trade="roofing")) == ["no_host"]


def test_an_agency_passes_with_a_minimum_length_only():
    rules = [[f.rule for f in gate_findings(host(contract="agency", min_months=m), Gate(min_months=6))] for m in (5, 6)]
    assert rules == [["gate_contract"], []]
    assert list(gate_findings(host(contract="direct", min_months=0), Gate(min_months=6))) == []


def test_too_little_guidance_is_said_with_its_hours():
    (finding,) = gate_findings(host(guidance_hours_per_week=1), Gate(guidance_hours_per_week=2))
    assert finding.sentence() == "acme-concrete: 1 hours of guidance a week where 2 are asked."


def test_a_host_that_fails_the_gate_gives_no_places():
    assert missing(1, host(guidance_hours_per_week=0)) == ["gate_guidance", "host_places"]
