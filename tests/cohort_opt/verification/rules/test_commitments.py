"""Commitments: frozen and started seats stay; what moving the others costs is part of the objective."""

import datetime as dt

import pytest

from cohort_opt.problem.records import Commitment
from cohort_opt.verification.case import Case
from cohort_opt.verification.given import Given
from cohort_opt.verification.objective import objective_terms
from cohort_opt.verification.rules import commitments
from tests.builders import MONDAY, RUN, make_instance, prices
from tests.cohort_opt.verification.plans import broken, checked, message, plan, planned

RULE = ("commitments",)
ALL_WAIT = {"acme-drilling": 5, "bolt-drilling": 4}


def _agreed(state="agreed", count=5, weeks_before=8, **rates):
    """Return the base instance with acme's seats agreed, planned so many weeks before the class."""
    held = Commitment(demand="acme-drilling", run=RUN, start=MONDAY, count=count, state=state)
    rates = {"change_cents_published": 1_000, "change_cents_agreed": 3_000, **rates}
    today = MONDAY - dt.timedelta(weeks=weeks_before)
    return make_instance(commitments=[held], planning_date=today, prices=prices(**rates))


def _moved(instance, *classes, without=None):
    """Return the term `changes` of a plan."""
    return objective_terms(Case(Given(instance), plan(*classes, without=without))).changes


def test_seats_of_a_class_that_has_started_stay():
    assert broken(_agreed("started"), planned()) == ()
    assert broken(_agreed("started"), without=ALL_WAIT) == RULE


@pytest.mark.parametrize(("weeks", "expected"), [(8, ()), (9, RULE)])
def test_seats_are_frozen_inside_so_many_weeks(weeks, expected):
    # The class starts exactly 8 weeks after the planning date: inside 9 weeks, not inside 8.
    assert broken(_agreed(frozen_weeks=weeks), without=ALL_WAIT) == expected


def test_nothing_is_frozen_where_no_planning_date_is_known():
    instance = make_instance(commitments=_agreed().commitments, prices=prices(frozen_weeks=100))
    assert broken(instance, without=ALL_WAIT) == ()


@pytest.mark.parametrize(("state", "cents"), [("published", 5_000), ("agreed", 15_000)])
def test_moving_a_seat_costs_the_price_of_its_state(state, cents):
    assert _moved(_agreed(state), without=ALL_WAIT) == cents
    assert _moved(_agreed(state), planned()) == 0


@pytest.mark.parametrize(
    ("weeks_before", "each"),
    [
        (10, 0),  # ten weeks ahead the price begins
        (8, 600),  # two of ten weeks nearer: 3,000 x 2 / 10
        (1, 2_700),
        (0, 3_000),  # at the start: in full
    ],
)
def test_the_price_of_change_rises_toward_the_start(weeks_before, each):
    assert _moved(_agreed(count=2, weeks_before=weeks_before, change_weeks=10), without=ALL_WAIT) == 2 * each


def test_the_price_is_rounded_half_up_to_the_cent():
    # 3,001 x 1 / 2 = 1,500.5
    assert _moved(_agreed(count=1, weeks_before=1, change_weeks=2, change_cents_agreed=3_001), without=ALL_WAIT) == 1_501


def test_only_the_seats_that_are_given_up_are_paid():
    three = planned({"acme-drilling": 3, "bolt-drilling": 4})
    assert _moved(_agreed(), three, without={"acme-drilling": 2}) == 2 * 3_000


def test_the_message_names_line_run_and_seats():
    assert message(_agreed("started"), without=ALL_WAIT) == (
        f"Commitment[acme-drilling, {RUN}]: 0 trainees of the line sit in the run, 5 seats there are started and frozen"
    )


def test_it_applies_to_agreed_seats_and_looks_at_frozen_ones():
    assert commitments.applies(_agreed())
    assert not commitments.applies(make_instance())
    assert checked("commitments", _agreed(), planned()) == 0
    assert checked("commitments", _agreed("started"), planned()) == 1
