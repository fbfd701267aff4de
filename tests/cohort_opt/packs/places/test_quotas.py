"""Places as capacity: a plan keeps the quotas exactly if the check of places finds nothing; and each kind by hand."""

import datetime as dt
import random

import pytest

from cohort_opt.errors import InstanceError
from cohort_opt.packs.places.check import check_places, german_norm
from cohort_opt.packs.places.quotas import placed
from cohort_opt.packs.places.records import Places
from cohort_opt.planning import propose
from cohort_opt.problem.instance import Instance
from cohort_opt.verification.hearing import plan_of
from cohort_opt.verification.verify import verify
from tests.builders import course, day, demand, make_instance, offering
from tests.properties.random_instances import MONDAY, random_fields

LONG = dt.date(2028, 12, 31)
REGION = make_instance(demands=[demand("acme-drilling", count=8), demand("bolt-drilling", count=4)])


def host(company, **changes):
    base = {"id": f"{company}-yard", "company": company, "trade": "concrete", "places": 20, "recognised_until": LONG,
            "skilled_workers": 60, "contract": "direct", "min_months": 6, "guidance_hours_per_week": 2}  # fmt: skip
    return {**base, **changes}


def mentor(company, name="", **changes):
    base = {"id": f"{company}-{name or 'm'}", "company": company, "trade": "concrete", "hours_per_week": 40, "until": LONG}
    return {**base, **changes}


def there(**changes):
    base = {"hosts": [host("acme"), host("bolt")], "mentors": [mentor("acme"), mentor("bolt")]}
    return Places.model_validate({**base, **changes})


def seated(places, region=REGION):
    """Return how many of each company sit, as a proven plan under these places."""
    proposal = propose(placed(region, places))
    assert proposal.status == "optimal"
    assert proposal.verified
    members = [member for entry in proposal.classes for member in entry.members]
    return {name: sum(m.count for m in members if m.company == name) for name in ("acme", "bolt")}


def test_where_there_is_enough_of_all_everybody_sits():
    assert seated(there()) == {"acme": 8, "bolt": 4}


@pytest.mark.parametrize(
    ("changes", "bolt"),
    [
        ({"hosts": [host("acme"), host("bolt", places=2)]}, 2),
        # German norm: six to eight skilled workers may have three trainees.
        ({"hosts": [host("acme"), host("bolt", skilled_workers=6)]}, 3),
        ({"hosts": [host("acme"), host("bolt", recognised_until=day(days=3))]}, 0),  # the class ends on day four
        ({"hosts": [host("acme"), host("bolt", recognised_until=day(days=4))]}, 4),
        ({"hosts": [host("acme"), host("bolt", recognised_until=None)]}, 0),
        ({"hosts": [host("acme"), host("bolt", guidance_hours_per_week=1)]}, 0),  # the gate asks for two
        ({"hosts": [host("acme"), host("bolt", contract="agency", min_months=5)]}, 0),
        ({"hosts": [host("acme")]}, 0),
        # A part-time mentor has three trainees at most.
        ({"mentors": [mentor("acme"), mentor("bolt", hours_per_week=20)]}, 3),
        ({"mentors": [mentor("acme"), mentor("bolt", max_trainees=2), mentor("acme", "pool", pool=True, max_trainees=1)]}, 3),
        ({"mentors": [mentor("acme"), mentor("bolt", until=day(days=3))]}, 0),
        # Two hours of guidance each: five hours carry two.
        ({"mentors": [mentor("acme"), mentor("bolt", hours_per_week=5)]}, 2),
        ({"check_ins": [{"id": "c", "first": day(), "last": day(40), "capacity": 10}], "check_in_months": [1]}, 2),
        ({"check_ins": [{"id": "c", "first": day(), "last": day(40), "capacity": 22}], "check_in_months": [1, 3]}, 3),
        ({"require_follow_on": True, "follow_ons": [{"demand": "acme-drilling", "count": 8, "by": "2027-09-05"},
                                                    {"demand": "bolt-drilling", "count": 1, "by": "2027-09-05"},
                                                    {"demand": "bolt-drilling", "count": 3, "by": "2027-09-06"}]}, 1),
        ({"trade_tasks": [{"trade": "concrete", "tasks": ["sawing"]}],
          "hosts": [host("acme", tasks=["sawing"], rotation_places=3), host("bolt")]}, 3),
    ],
)  # fmt: skip
def test_what_is_missing_keeps_trainees_of_bolt_out_and_no_more(changes, bolt):
    assert seated(there(**changes)) == {"acme": 8, "bolt": bolt}


def test_a_class_that_ends_earlier_finds_the_mentor_who_leaves():
    # A second course of one day, Monday: the mentor stays until Wednesday. The block of five days does not find him.
    region = make_instance(
        courses=[course("drilling"), course("sawing", patterns=({"kind": "block", "days": 1},), min_seats=1)],
        offerings=[offering(), offering("sawing-academy", course="sawing", first_start=day(1), last_start=day(1))],
        demands=[demand("acme-drilling", count=8), demand("bolt-sawing", company_id="bolt", course_id="sawing", count=2)],
    )
    assert seated(there(mentors=[mentor("acme"), mentor("bolt", until=day(1, 2))]), region) == {"acme": 8, "bolt": 2}
    assert seated(there(mentors=[mentor("acme"), mentor("bolt", until=day(0, 6))]), region) == {"acme": 8, "bolt": 0}


def test_a_wish_toward_one_to_one_costs_and_forbids_nothing():
    # Two slots for acme's eight, three for bolt's four, none in the pool: (8 - 2) + (4 - 3) above one to one, at 100 each.
    mentors = [mentor("acme", "a"), mentor("acme", "b"), *(mentor("bolt", name) for name in "abc")]
    proposal = propose(placed(REGION, there(mentors=mentors, one_to_one_cents=100)))
    assert proposal.objective_terms.quota_excess == 700
    assert sum(entry.size for entry in proposal.classes) == 12


def test_a_trade_with_a_mentor_left_until_the_end_keeps_him_for_the_next_module():
    first, second = demand("acme-first", company_id="acme", count=8), demand("acme-second", company_id="acme", count=8,
                                                                             course_id="sawing", after="acme-first")  # fmt: skip
    region = make_instance(
        courses=[course("drilling"), course("sawing")],
        offerings=[offering(), offering("sawing-academy", course="sawing", first_start=day(2), last_start=day(2))],
        demands=[first, second],
    )
    mentors = [mentor("acme", until=day(1)), mentor("acme", "pool", pool=True)]
    proposal = propose(placed(region, there(mentors=mentors, continuity_cents=50)))
    # The own mentor leaves after the first module, the pool takes over: eight changes at 50.
    assert proposal.objective_terms.quota_excess == 400
    assert [entry.size for entry in proposal.classes] == [8, 8]


def random_places(rng, instance):
    trade = instance.courses[0].trade
    until = [MONDAY + dt.timedelta(days=n) for n in (3, 6, 9, 13, 40)]
    hosts = [
        host(company.id, id=f"{company.id}-{i}", trade=trade, places=rng.randint(1, 4), recognised_until=rng.choice(until),
             skilled_workers=rng.choice((1, 3, 9, 30)), guidance_hours_per_week=0)
        for company in instance.companies
        for i in range(rng.choice((1, 1, 2)))
    ]  # fmt: skip
    mentors = [
        mentor(company.id, str(i), trade=trade, until=rng.choice(until), pool=rng.random() < 0.4, max_trainees=rng.randint(1, 3))
        for company in instance.companies
        for i in range(rng.choice((0, 1, 2)))
    ]
    checks = [{"id": "c", "first": MONDAY, "last": MONDAY + dt.timedelta(days=36), "capacity": rng.randint(1, 9)},
              {"id": "d", "first": MONDAY + dt.timedelta(days=37), "last": LONG, "capacity": rng.randint(1, 9)}]  # fmt: skip
    gate = {"min_months": 0, "guidance_hours_per_week": 0}
    return Places.model_validate({"hosts": hosts, "mentors": mentors, "check_ins": checks, "check_in_months": [1], "gate": gate})


@pytest.mark.campaign
def test_a_plan_keeps_the_quotas_exactly_if_the_check_finds_nothing(campaign):
    seen = {True: 0, False: 0}
    for seed in range(150 * campaign):
        try:
            instance = Instance(**random_fields(seed))
            proposal = propose(instance)
        except InstanceError:
            continue
        if not proposal.classes:
            continue
        rng = random.Random(f"places {seed}")
        for _ in range(4):
            places = random_places(rng, instance)
            rules = {
                finding.rule for finding in check_places(instance, places, plan_of(proposal).classes, german_norm()).findings
            }
            fits = not rules & {"mentor", "host_places", "ratio", "no_host", "check_in"}
            asked = placed(instance, places)
            more = asked.model_copy(update={"seat_quotas": asked.seat_quotas[len(instance.seat_quotas) :]})
            kept = "seat_quota" not in verify(more, plan_of(proposal)).broken
            assert kept == fits, f"seed {seed}: {rules}"
            seen[fits] += 1
    assert min(seen.values()) > 15
