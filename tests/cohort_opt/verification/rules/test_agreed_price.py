"""Agreed price: while a line sits in the run for which a price was agreed, a seat costs at most that."""

import pytest

from cohort_opt.problem.records import Commitment
from cohort_opt.verification.rules import agreed_price
from tests.builders import MONDAY, RUN, make_instance
from tests.cohort_opt.verification.plans import broken, checked, planned

RULE = ("agreed_price",)


def agreed(cents, **changes):
    """Return the base instance: acme's five were promised a seat at this price; five and four share a class."""
    fields = {"demand": "acme-drilling", "run": RUN, "start": MONDAY, "count": 5, "seat_price_cents": cents, **changes}
    return make_instance(commitments=[Commitment(**fields)])


@pytest.mark.parametrize(("cents", "expected"), [(124_056, ()), (124_055, RULE)])
def test_a_class_of_nine_keeps_an_agreed_price_to_the_cent(cents, expected):
    # 950,000 + 9 x 18,500 = 1,116,500; a ninth is 124,055.6.
    assert broken(agreed(cents), planned()) == expected


def test_no_price_was_agreed_where_none_is_named():
    assert not agreed_price.applies(agreed(None))
    assert broken(agreed(None), planned()) == ()


def test_a_seat_that_has_started_stays_whatever_it_costs():
    assert broken(agreed(1, state="started"), planned()) == ()


def test_the_price_was_agreed_for_its_run_alone():
    elsewhere = agreed(1, run="drilling-academy/2027-04-05/block5")
    assert agreed_price.applies(elsewhere)
    assert checked("agreed_price", elsewhere, planned()) == 0
    assert checked("agreed_price", agreed(200_000), planned()) == 1
