"""What a planner asks 'what if' about: agreed seats, who sits with whom, budgets and prices."""

import json

import pytest

from cohort_opt.errors import InstanceError
from cohort_opt.planning import propose
from cohort_opt.problem.scenario import apply, scenario_from_dict
from tests.builders import RUN, course, demand, make_instance

BASE = make_instance(
    courses=[course("drilling"), course("sawing")],
    demands=[
        demand("acme-drilling"), demand("bolt-drilling", count=4), demand("acme-later", company_id="acme", after="acme-drilling"),
    ],
)  # fmt: skip


def after(*changes):
    """Return the document of the base after some changes."""
    document = {"format": "cohort-opt-scenario/1", "name": "what if", "changes": list(changes)}
    return json.loads(apply(BASE, scenario_from_dict(document)).canonical_json())


def row(document, collection, key):
    """Return the row with this id."""
    return next(found for found in document[collection] if found["id"] == key)


AGREED = {"kind": "add_commitment", "demand": "acme-drilling", "run": RUN, "start": "2027-03-01", "count": 5}


def test_seats_are_agreed_frozen_and_set_free():
    told = after(
        AGREED, {**AGREED, "count": 4, "state": "published"}, {"kind": "set_planning_date", "planning_date": "2027-01-04"},
        {"kind": "set_change_prices", "change_cents_published": 700, "change_weeks": 8, "frozen_weeks": 2},
    )  # fmt: skip
    assert told["commitments"] == [
        {"demand": "acme-drilling", "run": RUN, "start": "2027-03-01", "count": 4, "state": "published", "seat_price_cents": None}
    ]
    assert told["planning_date"] == "2027-01-04"
    assert (told["prices"]["change_cents_published"], told["prices"]["change_cents_agreed"]) == (700, 0)
    free = after(AGREED, {"kind": "remove_commitment", "demand": "acme-drilling", "run": RUN})
    assert free["commitments"] == []


@pytest.mark.parametrize(
    ("change", "collection", "key", "fields"),
    [
        ({"kind": "set_certainty", "demand": "bolt-drilling", "certainty": "maybe", "probability_percent": 30}, "demands",
         "bolt-drilling", {"certainty": "maybe", "probability_percent": 30}),
        ({"kind": "combine_course", "offering": "drilling-academy", "course": "sawing", "max_seats": 3}, "offerings",
         "drilling-academy", {"combines": [{"course": "sawing", "max_seats": 3}]}),
        ({"kind": "add_reservation", "offering": "drilling-academy", "company": "acme", "seats": 2, "until": "2027-02-01"},
         "offerings", "drilling-academy", {"reserved": [{"company": "acme", "seats": 2, "until": "2027-02-01"}]}),
        ({"kind": "set_target_size", "course": "drilling", "target_seats": 10, "off_target_cents": 5}, "courses", "drilling",
         {"target_seats": 10, "off_target_cents": 5}),
        ({"kind": "set_module_order", "demand": "acme-later", "after": None}, "demands", "acme-later",
         {"after": None, "min_gap_days": 1, "max_gap_days": None}),
        ({"kind": "set_budget", "company": "acme", "budget_cents": 9, "budget_last": "2027-04-01"}, "companies", "acme",
         {"budget_cents": 9, "budget_first": None, "budget_last": "2027-04-01"}),
        ({"kind": "set_price_spread", "course": "drilling", "max_price_spread_cents": 0}, "courses", "drilling",
         {"max_price_spread_cents": 0}),
    ],
)  # fmt: skip
def test_one_rule_is_changed_and_nothing_else(change, collection, key, fields):
    document, before = after(change), json.loads(BASE.canonical_json())
    assert {name: row(document, collection, key)[name] for name in fields} == fields
    row(before, collection, key).update(fields)
    assert document == before


def test_whoever_asks_to_pay_no_more_than_outside_needs_an_outside_option():
    with pytest.raises(InstanceError, match="not_above_alone needs an outside option"):
        after({"kind": "set_not_above_alone", "demand": "bolt-drilling", "not_above_alone": True})


def test_pairs_courses_and_reservations_come_and_go():
    pair = {"first": "acme", "second": "bolt"}
    assert after({"kind": "keep_apart", **pair, "of": "companies"})["apart"] == [{**pair, "of": "companies"}]
    turned = {"kind": "let_meet", "first": "bolt", "second": "acme"}
    assert after({"kind": "keep_apart", **pair, "of": "companies"}, turned)["apart"] == []
    lines = {"first": "acme-drilling", "second": "bolt-drilling"}
    twice = ({"kind": "sit_side_by_side", **lines},) * 2
    assert after(*twice)["side_by_side"] == [lines]
    assert after(*twice, {"kind": "let_sit_alone", **lines})["side_by_side"] == []
    taken = {"kind": "combine_course", "offering": "drilling-academy", "course": "sawing", "max_seats": 3}
    alone = {"kind": "separate_course", "offering": "drilling-academy", "course": "sawing"}
    assert row(after(taken, alone), "offerings", "drilling-academy")["combines"] == []
    kept = {"kind": "add_reservation", "offering": "drilling-academy", "company": "acme", "seats": 2, "until": "2027-02-01"}
    freed = {"kind": "remove_reservation", "offering": "drilling-academy", "company": "acme"}
    assert row(after(kept, freed), "offerings", "drilling-academy")["reserved"] == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "let_meet", "first": "acme", "second": "bolt"}, "first"),
        ({"kind": "separate_course", "offering": "drilling-academy", "course": "sawing"}, "course"),
        ({"kind": "remove_commitment", "demand": "acme-drilling", "run": RUN}, "run"),
        ({"kind": "set_budget", "company": "gone", "budget_cents": 1}, "company"),
        ({"kind": "set_change_prices"}, ""),
    ],
)
def test_what_is_not_there_cannot_be_changed(change, field):
    with pytest.raises(InstanceError) as refused:
        after(change)
    assert refused.value.problems[0].pointer == f"/changes/0/{field}".rstrip("/")


def test_whoever_withdraws_leaves_no_trace():
    document = after(
        AGREED,
        {"kind": "keep_apart", "first": "acme-drilling", "second": "acme-later"},
        {"kind": "sit_side_by_side", "first": "acme-drilling", "second": "bolt-drilling"},
        {"kind": "withdraw_demand", "demand": "acme-drilling"},
    )
    assert (document["commitments"], document["apart"], document["side_by_side"]) == ([], [], [])
    assert row(document, "demands", "acme-later")["after"] is None


def test_an_agreed_seat_moves_only_where_it_saves_more_than_it_costs():
    # A second run a week later is 90,000 cents cheaper in all: nine seats agreed in the first one stay from 10,000 cents each on.
    from tests.builders import day, offering, prices

    cheap = offering("late", first_start=day(weeks=1), last_start=day(weeks=1), fixed_cents=860_000)
    for each, run in ((9_999, "late"), (10_001, "drilling-academy")):
        held = [
            {"demand": line, "run": RUN, "start": "2027-03-01", "count": count}
            for line, count in (("acme-drilling", 5), ("bolt-drilling", 4))
        ]
        instance = make_instance(
            offerings=[offering(), cheap], prices=prices(waiting_cents_per_week=0, change_cents_agreed=each), commitments=held
        )
        proposal = propose(instance)
        assert [entry.offering for entry in proposal.classes] == [run]
        assert proposal.objective_terms.changes == (9 * 9_999 if run == "late" else 0)
