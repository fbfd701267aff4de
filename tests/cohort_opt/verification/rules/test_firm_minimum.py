"""Firm minimum: likely and maybe lines come on top of a class that is full enough without them."""

import pytest

from cohort_opt.planning import propose
from cohort_opt.problem.records import Commitment
from cohort_opt.verification.rules import firm_minimum
from tests.builders import MONDAY, course, day, demand, instructor, make_instance, offering, room
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("firm_minimum",)
FIRST_RUN = "drilling-academy/2027-03-01/block5"


def _unsure(least=8, percent=70, certainty="likely"):
    """Return the base instance with bolt's four less than firm."""
    bolt = demand("bolt-drilling", count=4, certainty=certainty, probability_percent=percent)
    return make_instance(demands=[demand("acme-drilling"), bolt], courses=[course(min_seats=least)])


@pytest.mark.parametrize(("least", "expected"), [(5, ()), (6, RULE)])
@pytest.mark.parametrize("certainty", ["likely", "maybe"])
def test_five_firm_trainees_carry_a_minimum_of_five(least, expected, certainty):
    assert broken(_unsure(least, certainty=certainty), planned()) == expected


@pytest.mark.parametrize(("percent", "price"), [(70, 700_000), (1, 10_000), (99, 990_000)])
def test_whoever_may_stay_away_waits_at_a_lower_price(percent, price):
    # Nobody can carry the class: acme's five wait at the full price, bolt's four at theirs.
    assert propose(_unsure(percent=percent)).objective_cents == 5_000_000 + 4 * price


def test_they_sit_in_a_class_that_holds_without_them():
    # 950,000 + 9 x 18,500 + 10,000 + 16,000, as if all were firm.
    assert propose(_unsure(5)).objective_cents == 1_142_500


def _agreed(count, state="agreed", **changes):
    """Return five firm ones and four likely ones, `count` of whom were told that they sit in the run; the minimum is eight."""
    told = Commitment(demand="bolt-drilling", run=FIRST_RUN, start=MONDAY, count=max(count, 1), state=state)
    return make_instance(
        demands=[demand("acme-drilling"), demand("bolt-drilling", count=4, certainty="likely", probability_percent=70)],
        commitments=[told] if count else [], **changes,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("count", "state", "expected"),
    [
        (4, "agreed", ()),  # 5 + 4
        (3, "agreed", ()),  # 5 + 3
        (2, "agreed", RULE),  # 5 + 2 = 7
        (0, "agreed", RULE),
        (4, "started", ()),
        (4, "published", RULE),
    ],
)
def test_agreed_seats_count_for_the_minimum(count, state, expected):
    assert broken(_agreed(count, state), planned()) == expected
    opens = not expected
    assert [entry.size for entry in propose(_agreed(count, state)).classes] == ([9] if opens else [])


def test_no_more_than_are_seated_count_however_many_were_agreed():
    # Two of the three agreed ones sit there: 5 + 2 = 7.
    assert broken(_agreed(3), planned({"acme-drilling": 5, "bolt-drilling": 2}), without={"bolt-drilling": 2}) == (
        "class_size", *RULE,
    )  # fmt: skip


def test_seats_agreed_in_another_run_do_not_count():
    there = Commitment(demand="bolt-drilling", run="drilling-academy/2027-03-08/block5", start=day(1), count=4)
    instance = _agreed(4, offerings=[offering(last_start=day(1))]).model_copy(update={"commitments": (there,)})
    assert broken(instance, planned()) == RULE


@pytest.mark.parametrize(("count", "expected"), [(4, ()), (3, RULE)])
def test_where_classes_stand_side_by_side_a_line_counts_if_all_of_it_is_agreed(count, expected):
    instance = _agreed(count, offerings=[offering(max_parallel=2)], rooms=[room(count=2)], instructors=[instructor(count=2)])
    assert broken(instance, planned()) == expected
    assert len(propose(instance).classes) == (0 if expected else 1)


def test_the_message_names_class_firm_trainees_and_minimum():
    assert message(_unsure(6), planned()).endswith("5 of its 9 trainees are firm or agreed, its minimum is 6")


def test_it_applies_where_a_line_is_less_than_firm():
    assert firm_minimum.applies(_unsure())
    assert not firm_minimum.applies(make_instance())
    assert checked("firm_minimum", _unsure(5), planned()) == 1
