"""What stands beside a share: journeys, and what the same trainees would cost without the others."""

import datetime as dt

from cohort_opt import OutsideOptions, OwnAccounts
from tests.builders import demand, make_instance

WEEK = tuple(dt.date(2027, 3, day) for day in range(1, 6))


def test_a_line_with_an_option_in_money_has_a_price_alone():
    # 5 seats elsewhere at 120,000 and 1,000 of journey each: 605,000 cents.
    asked = demand(outside=OutsideOptions(list_price_cents=120_000, travel_cents=1_000))
    account = OwnAccounts(make_instance(demands=[asked])).of([("acme-drilling", 5)], "academy", WEEK)
    assert (account.alone_cents, account.waiting_alone) == (605_000, 0)


def test_a_line_without_an_option_would_wait():
    account = OwnAccounts(make_instance(demands=[demand()])).of([("acme-drilling", 5)], "academy", WEEK)
    assert (account.alone_cents, account.waiting_alone) == (None, 5)


def test_journeys_are_there_and_back_on_every_day():
    instance = make_instance(demands=[demand()])
    km = next(row.km for row in instance.distances if (row.company, row.site) == ("acme", "academy"))
    account = OwnAccounts(instance).of([("acme-drilling", 5)], "academy", WEEK)
    assert account.journeys_cents == 5 * 2 * km * 5 * 20  # trainees, both ways, km, days, 20 cents a km
