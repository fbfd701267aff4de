"""Quota of seats: seats together use no more than there is."""

import pytest

from cohort_opt.planning import propose
from cohort_opt.problem.records import QuotaAllowance, QuotaUse, SeatQuota
from cohort_opt.verification.rules import seat_quota
from tests.builders import day, demand, make_instance
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("seat_quota",)
BOTH = ("acme-drilling", "bolt-drilling")


def _region(*quotas, acme=8, bolt=4):
    return make_instance(
        demands=[demand("acme-drilling", count=acme), demand("bolt-drilling", count=bolt)], seat_quotas=list(quotas)
    )


def _plain(limit, **changes):
    amount = changes.pop("amount", 1)
    use = QuotaUse(demands=BOTH, amount=amount, **changes)
    return SeatQuota(id="budget", kind="municipal_budget", limit=limit, uses=(use,))


def _pool(limit, acme_own=0):
    """Mentors: acme has so many of its own, the rest is shared."""
    uses = (QuotaUse(block="acme", demands=BOTH[:1]), QuotaUse(block="bolt", demands=BOTH[1:]))
    allowances = (QuotaAllowance(block="acme", free=acme_own),)
    return SeatQuota(id="masters", kind="mentors", limit=limit, uses=uses, allowances=allowances)


SEATED = planned({"acme-drilling": 8, "bolt-drilling": 4})


def test_as_much_as_there_is_may_be_used_and_not_one_more():
    # 12 seats at 100: 1,200.
    assert broken(_region(_plain(1_200, amount=100)), SEATED) == ()
    assert broken(_region(_plain(1_199, amount=100)), SEATED) == RULE


def test_own_mentors_do_not_count_and_do_not_help_others():
    # max(0, 8 - 3) + 4 = 9 of the pool; bolt cannot use the three of acme.
    assert broken(_region(_pool(9, acme_own=3)), SEATED) == ()
    assert broken(_region(_pool(8, acme_own=3)), SEATED) == RULE
    # Nine of acme's own for its eight leave nothing for bolt: 0 + 4.
    assert broken(_region(_pool(3, acme_own=9)), SEATED) == RULE


def test_the_worst_of_several_steps_counts():
    uses = (QuotaUse(step=1, demands=BOTH), QuotaUse(step=2, demands=BOTH[:1]))
    allowances = (QuotaAllowance(step=1, free=6), QuotaAllowance(step=2, free=1))
    quota = SeatQuota(id="masters", kind="mentors", limit=7, uses=uses, allowances=allowances)
    # max(12 - 6, 8 - 1) = 7.
    assert broken(_region(quota), SEATED) == ()
    assert broken(_region(quota.model_copy(update={"limit": 6})), SEATED) == RULE


def test_more_than_are_concerned_is_never_counted():
    # Two of acme's eight keep a benefit: whoever sits, at most two count.
    quota = SeatQuota(id="risk", kind="uncovered_risk", limit=2, uses=(QuotaUse(demands=BOTH[:1]),),
                      allowances=(QuotaAllowance(at_most=2),))  # fmt: skip
    assert broken(_region(quota), SEATED) == ()
    assert broken(_region(quota.model_copy(update={"limit": 1})), SEATED) == RULE


@pytest.mark.parametrize(
    ("window", "counts"),
    [
        ({"starts_from": day()}, True),
        ({"starts_from": day(days=1)}, False),
        ({"starts_until": day()}, True),
        ({"ends_from": day(days=4)}, True),  # five days from Monday: Friday
        ({"ends_from": day(days=5)}, False),
        ({"ends_until": day(days=4)}, True),
        ({"ends_until": day(days=3)}, False),
    ],
)
def test_only_classes_of_the_period_count(window, counts):
    assert broken(_region(_plain(11, **window)), SEATED) == (RULE if counts else ())


def test_a_price_above_the_limit_is_no_rule():
    soft = _plain(3).model_copy(update={"cents_over": 100})
    assert broken(_region(soft), SEATED) == ()
    assert not seat_quota.applies(_region(soft))


def test_a_budget_for_eleven_seats_leaves_one_without():
    # 8 + 4 with a budget for eleven: one waits, 1,000,000 more and 18,500 less than all twelve.
    free, capped = (propose(_region(*quotas)) for quotas in ((), (_plain(11),)))
    assert capped.status == "optimal"
    assert sum(row.count for row in capped.unplaced) == 1
    assert sum(entry.size for entry in free.classes) == 12


def test_a_pool_too_small_for_a_class_closes_it():
    # Seven mentors, no own ones: a class needs eight.
    assert propose(_region(_pool(7))).classes == ()
    assert sum(entry.size for entry in propose(_region(_pool(8))).classes) == 8


def test_the_message_names_the_quota_and_what_it_is_of():
    assert message(_region(_plain(3)), SEATED) == (
        "SeatQuota[budget]: the plan uses 12 of municipal_budget, more than the 3 that there are"
    )


def test_it_applies_to_quotas_that_must_hold():
    assert seat_quota.applies(_region(_plain(12)))
    assert not seat_quota.applies(make_instance())
    assert checked("seat_quota", _region(_plain(12), _pool(12)), SEATED) == 2
