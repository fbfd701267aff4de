"""Class rows: what is derived in a row follows from the class and the instance."""

import datetime as dt

import pytest

from cohort_opt.verification.claims import class_rows
from tests.cohort_opt.verification.plans import village_proposal
from tests.cohort_opt.verification.proposals import complaints, refused, rows


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("end", [dt.date(2027, 3, 4), dt.date(2027, 3, 8)]),
        ("min_seats", [4, 6]),
        ("max_seats", [7, 12]),
        ("size", [7, 9]),
        ("cost_cents", [1_097_999, 1_098_001]),
        ("seat_price_cents", [137_249, 137_251]),
    ],
)
def test_a_derived_field_that_is_off_either_way_is_refused(name, values):
    for value in values:
        assert refused(**rows("classes", 0, **{name: value})) == ("class_rows",)


def test_the_price_of_a_seat_is_rounded_up():
    # 1,061,000 / 6 = 176,833.33.
    assert village_proposal().classes[1].seat_price_cents == 176_834
    assert refused(**rows("classes", 1, seat_price_cents=176_833)) == ("class_rows",)


def test_the_largest_class_is_that_of_the_room_where_it_is_smaller():
    # Sawing takes 9, the hall has 6 seats.
    assert village_proposal().classes[2].max_seats == 6
    assert refused(**rows("classes", 2, max_seats=9)) == ("class_rows",)


def test_the_id_is_run_and_number():
    assert "class_rows" in refused(**rows("classes", 2, id="sawing"))


def test_a_member_is_listed_under_its_own_company():
    members = list(village_proposal().classes[0].members)
    members[0] = members[0].model_copy(update={"company": "bolt"})
    assert refused(**rows("classes", 0, members=tuple(members))) == ("class_rows",)
    assert complaints(**rows("classes", 0, members=tuple(members))) == [
        "Class[drilling-academy/2027-03-01/block5#1]: Demand[acme-drilling] is listed under bolt, it belongs to acme"
    ]


def test_it_needs_a_plan():
    assert class_rows.needs_plan()
