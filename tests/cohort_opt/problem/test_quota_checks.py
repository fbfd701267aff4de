"""Contradictions in grants and quotas, each named with its object, value, rule and way out."""

import pytest

from cohort_opt.errors import InstanceError
from cohort_opt.planning import propose
from cohort_opt.problem.records import Grant, GrantPot, QuotaAllowance, QuotaUse, SeatQuota
from tests.builders import day, make_instance

RUN = "drilling-academy/2027-03-01/block5"


def grant(**changes):
    return Grant(**{"id": "g", "demand": "acme-drilling", "run": RUN, "cents": 1, **changes})


def quota(*uses, **changes):
    return SeatQuota(
        **{"id": "q", "kind": "mentors", "limit": 1, "uses": uses or (QuotaUse(demands=("acme-drilling",)),), **changes}
    )


def refused(**changes):
    with pytest.raises(InstanceError) as error:
        make_instance(**changes)
    (problem,) = error.value.problems
    return problem.code, problem.subject, problem.value


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"grants": [grant(demand="nobody")]}, ("unknown-reference", "Grant[g]", "nobody")),
        ({"grants": [grant(pot="empty")]}, ("unknown-reference", "Grant[g]", "empty")),
        ({"grants": [grant(first_size=9, last_size=8)]}, ("out-of-range", "Grant[g]", "8")),
        ({"grants": [grant(first_seat=3, last_seat=2)]}, ("out-of-range", "Grant[g]", "2")),
        ({"grant_pots": [GrantPot(id="p", budget_cents=1)] * 2}, ("duplicate-id", "GrantPot[p]", "p")),
        ({"seat_quotas": [quota(QuotaUse(demands=("nobody",)))]}, ("unknown-reference", "SeatQuota[q]", "nobody")),
        ({"seat_quotas": [quota(QuotaUse(demands=("acme-drilling",), ends_from=day(1), ends_until=day()))]},
         ("start-after-end", "SeatQuota[q]", "2027-03-08 to 2027-03-01")),
        ({"seat_quotas": [quota(allowances=(QuotaAllowance(block="other"),))]},
         ("unknown-reference", "SeatQuota[q]", "other, 1")),
        ({"seat_quotas": [quota(allowances=(QuotaAllowance(free=1), QuotaAllowance(free=2)))]},
         ("duplicate-line", "SeatQuota[q]", "all, 1")),
    ],
)  # fmt: skip
def test_each_contradiction_is_named(changes, said):
    assert refused(**changes) == said


def test_a_grant_of_a_run_that_no_offering_has_is_refused():
    with pytest.raises(InstanceError) as error:
        propose(make_instance(grants=[grant(run="drilling-academy/2027-03-02/block5")]))
    assert [(p.code, p.subject) for p in error.value.problems] == [("unknown-run", "Grant[g]")]


def test_the_edges_are_allowed():
    edges = QuotaUse(demands=("acme-drilling",), starts_from=day(), starts_until=day())
    assert make_instance(grants=[grant(first_size=8, last_size=8, first_seat=2, last_seat=2)], seat_quotas=[quota(edges)])
