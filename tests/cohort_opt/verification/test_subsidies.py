"""What grants bring, worked out by hand; they lower the objective and no price."""

import pytest

from cohort_opt.planning import propose
from cohort_opt.problem.records import Grant, GrantPot
from cohort_opt.verification.case import Case
from cohort_opt.verification.given import Given
from cohort_opt.verification.subsidies import subsidy_cents
from tests.builders import demand, make_instance
from tests.cohort_opt.verification.plans import plan, planned

RUN = "drilling-academy/2027-03-01/block5"
SEATED = planned({"acme-drilling": 8, "bolt-drilling": 2})


def _grant(number=1, line="acme-drilling", **changes):
    return Grant(**{"id": f"g{number}", "demand": line, "run": RUN, "cents": 10_000, **changes})


def _region(*grants, pots=(), bolt=2):
    lines = [demand("acme-drilling", count=8), demand("bolt-drilling", count=bolt)]
    return make_instance(demands=lines, grants=list(grants), grant_pots=list(pots))


def brought(*grants, pots=()):
    instance = _region(*grants, pots=pots)
    return subsidy_cents(Case(Given(instance), plan(SEATED)))


@pytest.mark.parametrize(
    ("step", "cents"),
    [
        ({}, 80_000),  # eight seats
        ({"first_size": 10}, 80_000),  # the class holds ten
        ({"first_size": 11}, 0),
        ({"last_size": 10}, 80_000),
        ({"last_size": 9}, 0),
        ({"last_seat": 3}, 30_000),
        ({"first_seat": 7}, 20_000),  # the seventh and the eighth
        ({"first_seat": 9}, 0),
    ],
)
def test_a_step_pays_its_seats_at_its_sizes(step, cents):
    assert brought(_grant(**step)) == cents


def test_rows_add_up_and_a_pot_pays_what_it_holds():
    # 80,000 of acme and 20,000 of bolt out of a pot of 70,000, 5 x 1,000 of no pot.
    rows = (_grant(pot="p"), _grant(2, "bolt-drilling", pot="p"), _grant(3, cents=1_000, last_seat=5))
    assert brought(*rows, pots=[GrantPot(id="p", budget_cents=70_000)]) == 75_000
    assert brought(*rows, pots=[GrantPot(id="p", budget_cents=100_000)]) == 105_000


def test_a_grant_lowers_the_objective_and_no_price():
    plain, granted = propose(_region()), propose(_region(_grant()))
    assert granted.objective_terms.subsidies == -80_000
    assert granted.objective_cents == plain.objective_cents - 80_000
    assert granted.bound_cents == granted.objective_cents
    assert [entry.cost_cents for entry in granted.classes] == [entry.cost_cents for entry in plain.classes]
    assert granted.cost_shares == plain.cost_shares


def test_a_threshold_is_worth_a_seat_that_costs_more_than_it_saves():
    # Bolt's two are worth 1,000 each to seat, and a seat costs 18,500: alone they wait. With them the class holds ten, and
    # acme's eight bring 10,000 each: 80,000 - 2 x 17,500 = 45,000 better (bolt stands at the same place as acme).
    lines = [demand("acme-drilling", count=8), demand("bolt-drilling", count=2, unplaced_cents=1_000)]
    step = _grant(first_size=10)
    kept, alone = (propose(make_instance(demands=lines, distances=[], grants=rows)) for rows in ([step], []))
    assert ([entry.size for entry in kept.classes], [entry.size for entry in alone.classes]) == ([10], [8])
