"""Parts: a line stays together, or splits into parts of at least so many."""

import pytest

from cohort_opt.verification.rules import parts
from tests.builders import course, demand, instructor, make_instance, offering, room
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("parts",)


def _two_parallel(**changes):
    """Return acme's ten and bolt's eight before two parallel classes; `changes` are acme's."""
    return make_instance(
        courses=[course(min_seats=6)],
        rooms=[room(count=2)],
        instructors=[instructor(count=2)],
        offerings=[offering(max_parallel=2)],
        demands=[demand("acme-drilling", count=10, **changes), demand("bolt-drilling", count=8)],
    )


def _split(first, bolts=4):
    """Return acme's ten as `first` and the rest, each with four of bolt."""
    return (
        planned({"acme-drilling": first, "bolt-drilling": bolts}),
        planned({"acme-drilling": 10 - first, "bolt-drilling": 8 - bolts}, number=2),
    )


def test_a_line_without_a_wish_may_be_split():
    assert broken(_two_parallel(), *_split(2)) == ()


def test_a_line_that_stays_together_is_not_split():
    assert broken(_two_parallel(together=True), *_split(5)) == RULE


def test_a_line_that_stays_together_sits_in_one_class():
    together = (planned({"acme-drilling": 10, "bolt-drilling": 2}), planned({"bolt-drilling": 6}, number=2))
    assert broken(_two_parallel(together=True), *together) == ()


def test_a_line_that_stays_together_waits_together():
    instance = _two_parallel(together=True)
    some_wait = planned({"acme-drilling": 9}), planned({"bolt-drilling": 8}, number=2)
    assert broken(instance, *some_wait, without={"acme-drilling": 1}) == RULE
    assert broken(instance, planned({"bolt-drilling": 8}), without={"acme-drilling": 10}) == ()


@pytest.mark.parametrize(("smallest", "expected"), [(3, ()), (4, RULE)])
def test_a_part_is_at_least_so_many(smallest, expected):
    # Acme's ten sit as three and seven.
    assert broken(_two_parallel(min_part=smallest), *_split(3)) == expected


def test_a_part_that_waits_may_be_of_any_size():
    item = planned({"acme-drilling": 8, "bolt-drilling": 4}), planned({"bolt-drilling": 4, "acme-drilling": 2}, number=2)
    assert broken(_two_parallel(min_part=8), item[0], without={"acme-drilling": 2, "bolt-drilling": 4}) == ()


def test_the_message_names_the_parts():
    assert message(_two_parallel(together=True), *_split(5)) == (
        "Demand[acme-drilling]: 5 in Class[drilling-academy/2027-03-01/block5#1], 5 in "
        "Class[drilling-academy/2027-03-01/block5#2], but all 10 stay together in one class or without a seat"
    )
    assert message(_two_parallel(min_part=4), *_split(3)).endswith(
        "#1]: 3 trainees of Demand[acme-drilling], below its smallest part 4"
    )


def test_each_line_together_and_each_part_is_looked_at():
    assert checked("parts", _two_parallel(together=True), *_split(5)) == 1
    assert checked("parts", _two_parallel(min_part=2), *_split(5)) == 2


def test_it_applies_where_a_line_has_a_wish():
    assert parts.applies(_two_parallel(together=True))
    assert parts.applies(_two_parallel(min_part=2))
    assert not parts.applies(_two_parallel())
