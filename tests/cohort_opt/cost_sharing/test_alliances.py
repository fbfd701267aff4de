import datetime as dt

import pytest

from cohort_opt.cost_sharing.alliances import ALLIANCES, Cost, Subsidy, bill

COSTS = (
    Cost("alder", "seat", 100_000),
    Cost("alder", "travel", 4_000),
    Cost("alder", "boarding", 10_000),
    Cost("alder", "wage", 50_000),
    Cost("alder", "phase", 30_000, host="birch"),
)


@pytest.mark.parametrize(
    ("form", "totals"),
    [
        # The lead pays 100,000 + 4,000 + 10,000 + 50,000; birch bears the phase in its own firm.
        ("lead_firm", {"birch": 30_000, "lime": 164_000}),
        # alder buys everything, the phase too.
        ("commissioned_training", {"alder": 194_000}),
        # Each keeps its cost.
        ("consortium", {"alder": 164_000, "birch": 30_000}),
        # 194,000 over three parts of alder and one of birch: 145,500 and 48,500.
        ("association", {"alder": 145_500, "birch": 48_500}),
    ],
)
def test_each_form_says_who_bears_what(form, totals):
    found = bill(form, COSTS, lead="lime", members={"alder": 3, "birch": 1})
    assert found.total_cents() == totals
    assert sum(totals.values()) == sum(cost.cents for cost in COSTS)


def test_an_odd_cent_of_an_association_is_not_lost():
    found = bill("association", [Cost("alder", "seat", 100)], members={"alder": 1, "birch": 1, "cedar": 1})
    assert found.total_cents() == {"alder": 34, "birch": 33, "cedar": 33}


def test_a_subsidy_is_listed_for_whoever_bears_the_cost_and_lowers_none():
    subsidy = Subsidy("alder", "wage", 150_000, 221_670, 270_000, dt.date(2027, 12, 31))
    found = bill("lead_firm", COSTS, lead="lime", subsidies=[subsidy])
    assert found.total_cents() == bill("lead_firm", COSTS, lead="lime").total_cents()
    assert [(row.receiver, row.subsidy.expected_cents, row.subsidy.paid_on.year) for row in found.subsidies] == [
        ("lime", 221_670, 2027)
    ]
    shared = bill("association", COSTS, members={"alder": 1}, subsidies=[subsidy])
    assert shared.subsidies[0].receiver == "association"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("lead_firm", "the lead bears it, and none is named"),
        ("association", "no member with a weight"),
        ("cartel", "choose one of association"),
    ],
)
def test_what_a_form_needs_must_be_named(form, said):
    with pytest.raises(ValueError, match=said):
        bill(form, COSTS)


def test_a_phase_needs_the_firm_where_it_takes_place():
    with pytest.raises(ValueError, match="phase of alder: in the form consortium the host bears it"):
        bill("consortium", [Cost("alder", "phase", 1)])


def test_every_template_says_who_bears_each_kind():
    assert all(set(form) == {"seat", "travel", "boarding", "wage", "phase"} for form in ALLIANCES.values())
