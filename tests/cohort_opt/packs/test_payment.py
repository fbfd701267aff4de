import datetime as dt

import pytest

from cohort_opt.packs.pack import Application, Payment, Pot
from cohort_opt.packs.payment import apply_until, months_later, paid_on, period_of

START, END = dt.date(2027, 3, 1), dt.date(2027, 8, 1)


@pytest.mark.parametrize(
    ("after", "months", "day"),
    [
        ("class_start", 1, dt.date(2027, 4, 1)),
        ("class_end", 0, dt.date(2027, 8, 1)),
        ("school_year_end", 5, dt.date(2028, 12, 31)),  # 1 August belongs to the year that ends on 31 July 2028
        ("calendar_year_end", 2, dt.date(2028, 2, 29)),
    ],
)
def test_money_comes_months_after_its_day(after, months, day):
    assert paid_on(Payment(after=after, months=months), START, END) == day


def test_an_unknown_payment_has_no_day():
    assert paid_on(None, START, END) is None
    assert apply_until(None, START) is None


def test_a_month_without_the_day_ends_on_its_last():
    assert months_later(dt.date(2027, 1, 31), 1) == dt.date(2027, 2, 28)
    assert months_later(dt.date(2027, 11, 30), 3) == dt.date(2028, 2, 29)


def test_the_deadline_lies_in_the_year_before_or_months_after_the_start():
    assert apply_until(Application(month=11, day=30), START) == dt.date(2026, 11, 30)
    assert apply_until(Application(months_after_start=3), START) == dt.date(2027, 6, 1)


def test_a_school_year_begins_on_the_first_of_august():
    pot = Pot(id="p", name="P", period="school_year")
    assert [period_of(pot, day) for day in (dt.date(2027, 7, 31), dt.date(2027, 8, 1))] == ["2026/27", "2027/28"]
    assert period_of(Pot(id="p", name="P"), START) == "2027"
