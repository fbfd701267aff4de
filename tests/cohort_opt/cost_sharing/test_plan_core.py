import random
from fractions import Fraction

import pytest

from cohort_opt.cost_sharing.game import Game
from cohort_opt.cost_sharing.plan_core import plan_core
from cohort_opt.cost_sharing.plan_game import PlanGame
from cohort_opt.cost_sharing.protocols import Priced
from cohort_opt.cost_sharing.stable import least_excess


class Listed:
    """An oracle that knows the cost of every coalition from a function of its players' numbers, by looking at all of them."""

    def __init__(self, count, cost):
        self.costs = {s: cost([i for i in range(count) if s >> i & 1]) for s in range(1, 1 << count)}
        self.everybody = (1 << count) - 1

    def value(self, coalition):
        return self.costs[coalition]

    def cost(self, coalition):
        return Priced(coalition, self.costs[coalition], self.costs[coalition])

    def objections(self, shares):
        def gain(s):
            return sum(c for i, c in enumerate(shares) if s >> i & 1) - self.costs[s]

        worst = max((s for s in self.costs if s != self.everybody), key=lambda s: (gain(s), -s))
        return (self.cost(worst),), gain(worst)


def game_of(count, total):
    names = tuple(f"c{i}" for i in range(count))
    return PlanGame(names, (1,) * count, (0,) * count, total, 0)


def test_two_who_need_each_other_share_the_gain(glop):
    # Alone 100 and 80, together 120: each gains at most 30 by staying, 70 and 50.
    found = plan_core(game_of(2, 120), Listed(2, lambda who: {(0,): 100, (1,): 80}.get(tuple(who), 120)), glop.linear_program)
    assert found.shares_cents == (70, 50)
    assert (found.excess_cents, found.least_excess_cents, found.objectors, found.subsidy_cents) == (-30, -30, (), None)


def test_three_of_whom_any_two_fill_the_class_need_a_subsidy(glop):
    # Class for two at 1,200, outside 1,200 each; all three pay 2,400. Each pair pays 1,200 alone: 1,200 * 3 / 2 = 1,800 is
    # the most that no pair objects to: 600 are missing. Without them 800 each is best: a pair then pays 1,600, 400 too much.
    cost = {1: 1_200, 2: 1_200, 3: 2_400}
    found = plan_core(game_of(3, 2_400), Listed(3, lambda who: cost[len(who)]), glop.linear_program)
    assert found.shares_cents == (800, 800, 800)
    assert found.excess_cents == 400
    assert 399 <= found.least_excess_cents <= 400  # rounded down from a proof in fractions
    assert len(found.objectors) == 2
    assert found.subsidy_cents is not None
    least, most = found.subsidy_cents
    assert 599 <= least <= 600 <= most <= 603
    cover = [sum((w for who, w in found.family if f"c{i}" in who), Fraction(0)) for i in range(3)]
    assert len(set(cover)) == 1


def test_a_company_alone_pays_what_the_plan_costs(glop):
    found = plan_core(game_of(1, 500), Listed(1, lambda who: 500), glop.linear_program)
    assert (found.shares_cents, found.excess_cents) == ((500,), 0)


@pytest.mark.parametrize("seed", range(60))
def test_the_bounds_hold_the_exact_least_core_of_random_games(seed, glop):
    rng = random.Random(seed)
    count = rng.randint(2, 6)
    alone = [rng.randint(500, 3_000) for _ in range(count)]
    table = {}

    def cost(who):
        key = tuple(who)
        if key not in table:
            table[key] = rng.randint(max(alone[i] for i in who), sum(alone[i] for i in who))
        return table[key]

    oracle = Listed(count, cost)
    total = oracle.costs[oracle.everybody]
    found = plan_core(game_of(count, total), oracle, glop.linear_program)
    names = tuple(f"c{i}" for i in range(count))
    exact = least_excess(Game(names, (1,) * count, (1,) * count, total, oracle), glop.linear_program)
    assert sum(found.shares_cents) == total
    # The excess is that of whole cents: above the exact one by at most a cent for each company, and by the programs' tolerance.
    assert exact <= found.excess_cents <= exact + count + 1
    assert exact - 1 <= found.least_excess_cents + 1
    assert found.least_excess_cents <= exact
    assert found.excess_cents == oracle.objections(found.shares_cents)[1]


def test_an_oracle_that_is_not_sure_only_widens_the_bound(glop):
    class Unsure(Listed):
        def objections(self, shares):
            found, bound = super().objections(shares)
            return found, bound + 50

    found = plan_core(game_of(2, 120), Unsure(2, lambda who: {(0,): 100, (1,): 80}.get(tuple(who), 120)), glop.linear_program)
    assert (found.excess_cents, found.least_excess_cents) == (20, -30)
