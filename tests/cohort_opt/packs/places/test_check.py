import json

import pytest

from cohort_opt.errors import InstanceError
from cohort_opt.packs.places.check import check_places, read_places
from cohort_opt.packs.wording import LANGUAGES
from tests.builders import two_companies_one_class


def document(**changes):
    host = {"trade": "concrete", "places": 5, "recognised_until": "2028-01-01", "skilled_workers": 12, "contract": "direct",
            "min_months": 6, "guidance_hours_per_week": 4}  # fmt: skip
    mentor = {"trade": "concrete", "hours_per_week": 38, "until": "2028-01-31"}
    base = {
        "hosts": [{"id": f"{c}-host", "company": c, **host} for c in ("acme", "bolt")],
        "mentors": [{"id": f"{c}-mentor", "company": c, **mentor} for c in ("acme", "bolt")],
        "check_ins": [{"id": "spring", "first": "2027-03-01", "last": "2028-01-01", "capacity": 27}],
        "follow_ons": [
            {"demand": "acme-drilling", "count": 5, "by": "2027-04-01"},
            {"demand": "bolt-drilling", "count": 4, "by": "2027-04-01"},
        ],
    }
    return json.dumps({**base, **changes})


def report(planned, **changes):
    instance = two_companies_one_class()
    classes = [planned(instance, {"acme-drilling": 5, "bolt-drilling": 4})]
    return check_places(instance, read_places(document(**changes), instance), classes)


def test_a_region_with_all_places_lacks_nothing(planned):
    assert report(planned).findings == ()


def test_whatever_is_missing_is_said_in_three_languages(planned):
    # Without hosts, mentors, check-ins and promises: per company, per class and month, per line.
    found = report(planned, hosts=[], mentors=[], check_ins=[], follow_ons=[]).findings
    assert [f.rule for f in found] == ["check_in"] * 3 + ["follow_on"] * 2 + ["mentor"] * 2 + ["no_host"] * 2
    for finding in found:
        assert len({finding.sentence(language) for language in LANGUAGES}) == 3


def test_a_pool_master_of_another_company_serves(planned):
    pool = [{"id": "m", "company": "bolt", "trade": "concrete", "hours_per_week": 38, "until": "2027-12-31", "pool": True}]
    found = report(planned, mentors=pool)
    assert found.findings == ()
    assert [(row.need.company, row.pool) for row in found.mentored] == [("acme", 5), ("bolt", 4)]


def test_places_of_unknown_companies_and_ids_given_twice_are_refused():
    slot = {"id": "m", "company": "dodo", "trade": "concrete", "hours_per_week": 8, "until": "2027-12-31"}
    with pytest.raises(InstanceError) as caught:
        read_places(json.dumps({"mentors": [slot, slot]}), two_companies_one_class())
    assert [problem.code for problem in caught.value.problems] == ["unknown-reference"] * 2 + ["duplicate-id"]


def test_a_mentor_is_no_person():
    for field in ("name", "age", "birth_date"):
        slot = {"id": "m", "company": "acme", "trade": "concrete", "hours_per_week": 8, "until": "2027-12-31", field: "x"}
        with pytest.raises(InstanceError, match="unknown-field"):
            read_places(json.dumps({"mentors": [slot]}), two_companies_one_class())
