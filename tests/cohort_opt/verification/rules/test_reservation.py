"""Reserved seats: until a day they stay free for their company."""

import datetime as dt

import pytest

from cohort_opt.planning import propose
from cohort_opt.problem.records import Reservation
from cohort_opt.verification.rules import reservation
from tests.builders import MONDAY, company, demand, make_instance, offering, room
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("reservation",)


def _kept(seats=3, who="cito", today=None, until=MONDAY, **more):
    """Return the base instance with twelve seats of which cito keeps some."""
    held = (Reservation(company=who, seats=seats, until=until), *more.pop("others", ()))
    companies = [company("acme"), company("bolt"), company("cito"), company("dune")]
    return make_instance(companies=companies, offerings=[offering(reserved=held)], planning_date=today, **more)


@pytest.mark.parametrize(("seats", "expected"), [(3, ()), (4, RULE)])
def test_nine_others_leave_three_of_twelve_seats_free(seats, expected):
    assert broken(_kept(seats), planned()) == expected


def test_the_company_itself_may_take_them():
    # Five of acme sit there: eight kept for it leave three free beside nine, nine kept would need a thirteenth seat.
    assert broken(_kept(8, who="acme"), planned()) == ()
    assert broken(_kept(9, who="acme"), planned()) == RULE
    instance = _kept(12, who="acme", demands=[demand("acme-drilling", count=9)], distances=[])
    assert broken(instance, planned({"acme-drilling": 9})) == ()


def test_two_companies_keep_their_seats_beside_each_other():
    other = Reservation(company="dune", seats=2, until=MONDAY)
    assert broken(_kept(1, others=(other,)), planned()) == ()
    assert broken(_kept(2, others=(other,)), planned()) == RULE


@pytest.mark.parametrize(("today", "expected"), [(MONDAY, RULE), (MONDAY + dt.timedelta(days=1), ()), (None, RULE)])
def test_they_are_kept_up_to_the_day_and_always_where_no_day_is_known(today, expected):
    assert broken(_kept(4, today=today), planned()) == expected


def test_the_room_counts_where_it_is_smaller():
    assert broken(_kept(1, rooms=[room(seats=9)]), planned()) == RULE


def test_a_planner_sees_who_waits_for_a_reservation():
    # Four kept: eight of nine sit, one of bolt waits: 950,000 + 8 x 18,500 + 10,000 + 12,000 + 1,000,000.
    assert propose(_kept(4)).objective_cents == 2_120_000


def test_the_message_names_class_seats_and_company():
    assert message(_kept(4), planned()).endswith(
        "9 trainees and 4 seats that are kept for Company[cito] make more than its 12 seats"
    )


def test_it_applies_to_offerings_that_keep_seats():
    assert reservation.applies(_kept())
    assert not reservation.applies(make_instance())
    assert checked("reservation", _kept(), planned()) == 1
