"""Class size wish: a line comes only if at least so many do."""

import pytest

from cohort_opt.planning import propose
from cohort_opt.verification.rules import class_size_wish
from tests.builders import demand, make_instance
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("class_size_wish",)


def _wish(size):
    return make_instance(demands=[demand("acme-drilling", min_class_size=size), demand("bolt-drilling", count=4)])


@pytest.mark.parametrize(("size", "expected"), [(9, ()), (10, RULE)])
def test_a_class_of_nine(size, expected):
    assert broken(_wish(size), planned()) == expected


@pytest.mark.parametrize(("size", "placed"), [(9, 9), (10, 0)])
def test_acme_comes_only_if_enough_do(size, placed):
    # 5 + 4 fill one class of nine; without acme the four of bolt are below the minimum of eight.
    proposal = propose(_wish(size))
    assert proposal.status == "optimal"
    assert sum(entry.size for entry in proposal.classes) == placed


def test_a_wish_that_none_fulfils_is_the_reason():
    (waiting, _) = propose(_wish(10)).unplaced
    assert "class_size_wish" in {reason.rule for reason in waiting.reasons}


def test_the_message_names_the_wish():
    assert message(_wish(12), planned()) == (
        "Class[drilling-academy/2027-03-01/block5#1]: 9 trainees, but the 5 of Demand[acme-drilling] come only if at least 12 do"
    )


def test_it_applies_where_a_line_has_a_wish():
    assert class_size_wish.applies(_wish(9))
    assert not class_size_wish.applies(make_instance())
    assert checked("class_size_wish", _wish(9), planned()) == 1
