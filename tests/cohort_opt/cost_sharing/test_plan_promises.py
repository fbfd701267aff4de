from fractions import Fraction

import pytest

from cohort_opt.cost_sharing.plan_promises import check_plan
from cohort_opt.cost_sharing.promises import State
from cohort_opt.cost_sharing.protocols import Priced
from cohort_opt.problem.records import OutsideOptions
from cohort_opt.solution import Member, PlannedClass, Solution
from tests.builders import MONDAY, RUN, company, course, day, demand, make_instance, offering, prices

PAIR_FAMILY = [(("acme", "bolt"), Fraction(1, 2)), (("acme", "cito"), Fraction(1, 2)), (("bolt", "cito"), Fraction(1, 2))]


class Pairs:
    """Any two pay 1,200 together, one pays 1,200 alone, three 2,400; `doubt` is what was not proven."""

    def __init__(self, doubt=0):
        self.doubt = doubt

    def cost(self, coalition):
        cents = {1: 1_200, 2: 1_200, 3: 2_400}[coalition.bit_count()]
        return Priced(coalition, cents, cents - self.doubt)

    def objections(self, shares):
        raise AssertionError("three companies are enumerated")


def three(count=6):
    """Return (instance, plan): acme and bolt fill a class at 1,200, cito takes seats elsewhere for 1,200."""
    names = ("acme", "bolt", "cito")
    outside = OutsideOptions(list_price_cents=1_200 // count)
    instance = make_instance(
        companies=[company(c) for c in names],
        courses=[course(min_seats=2 * count, max_seats=2 * count)],
        offerings=[offering(fixed_cents=1_200, seat_cents=0)],
        demands=[demand(f"{c}-drilling", count=count, outside=outside) for c in names],
        distances=[],
        prices=prices(travel_cents_per_km=0, unplaced_cents=10_000),
    )
    dates = tuple(day(days=i) for i in range(5))
    seated = (Member("acme-drilling", count), Member("bolt-drilling", count))
    planned = PlannedClass(RUN, 1, "drilling-academy", "drilling", "academy", "bay", "crew", MONDAY, "block5", dates, seated)
    return instance, Solution((planned,), (Member("cito-drilling", count),))


def verdicts(shares, oracle=None, family=()):
    found = check_plan(*three(), dict(zip(("acme", "bolt", "cito"), shares, strict=True)), oracle or Pairs(), "said", family)
    return {verdict.promise: verdict for verdict in found}


def test_every_group_is_looked_at_up_to_twelve():
    verdict = verdicts((800, 800, 800))["no_group_better_off"]
    # A pair pays 1,600 and would pay 1,200.
    assert (verdict.state, verdict.broken_by_cents, len(verdict.witness), verdict.checked) == (State.BROKEN, 400, 2, True)
    assert verdict.convention == "said"


def test_a_balanced_family_proves_that_no_split_pleases_all():
    verdict = verdicts((800, 800, 800), family=PAIR_FAMILY)["no_group_better_off"]
    # The pairs, each counted half, cover everybody once and pay 1,800 together: 600 of 2,400 are missing.
    assert (verdict.state, verdict.subsidy_cents) == (State.IMPOSSIBLE, 600)


@pytest.mark.parametrize(
    "family",
    [
        PAIR_FAMILY[:2],
        [(("acme", "bolt"), Fraction(-1)), (("acme", "bolt", "cito"), Fraction(2))],
        [(("acme", "bolt", "cito"), Fraction(1))],
    ],
)
def test_a_family_that_proves_nothing_is_not_believed(family):
    # Uneven cover; a negative weight; everybody together, who pay just what is asked.
    assert verdicts((800, 800, 800), family=family)["no_group_better_off"].state is State.BROKEN


def test_an_answer_that_is_not_proven_is_only_claimed():
    found = verdicts((800, 800, 800), Pairs(doubt=1))["no_group_better_off"]
    assert (found.state, found.checked) == (State.BROKEN, False)


def test_a_missing_cent_and_a_stranger_are_found():
    assert verdicts((800, 800, 799))["adds_up"].broken_by_cents == 1
    assert verdicts((800, 800, 800))["adds_up"].state is State.KEPT
    found = check_plan(*three(), {"acme": 1_200, "bolt": 1_200, "dune": 0}, Pairs(), "said")
    assert found[0].state is State.BROKEN


def test_who_pays_more_than_alone_is_found():
    found = verdicts((1_000, 100, 1_300))["nobody_above_stand_alone"]
    assert (found.state, found.broken_by_cents, found.witness) == (State.BROKEN, 100, ("cito",))


def test_above_twelve_the_oracle_decides_and_the_verdict_is_claimed():
    names = [f"c{i:02d}" for i in range(13)]
    instance = make_instance(
        companies=[company(c) for c in names], demands=[demand(f"{c}-drilling", count=1) for c in names], distances=[]
    )

    class Says:
        def __init__(self, bound):
            self.bound = bound

        def cost(self, coalition):
            return Priced(coalition, 10**6, 10**6)

        def objections(self, shares):
            return (), self.bound

    everybody_waits = Solution((), tuple(Member(f"{c}-drilling", 1) for c in names))
    paid = dict.fromkeys(names, 10**6)
    for bound, state in ((0, State.KEPT), (5, State.BROKEN)):
        verdict = check_plan(instance, everybody_waits, paid, Says(bound), "said")[-1]
        assert (verdict.state, verdict.broken_by_cents, verdict.checked) == (state, bound, False)
