"""Chances by sampling agree with the binomial distribution, and the same seed gives the same chances."""

from math import comb

import pytest

from cohort_opt.analysis import replan, robustness
from cohort_opt.errors import InstanceError
from cohort_opt.solver.params import SolveParams
from tests.builders import course, demand, gap_number, make_instance

PLAN = SolveParams(deterministic_limit=20)


def planned(instance):
    return instance, replan(instance, PLAN).solution


def test_at_two_thirds_survival_a_class_of_twelve_keeps_eight_in_about_six_of_ten_cases():
    # P(Binomial(12, 0.66) >= 8), by hand: the sum over k = 8..12 of C(12, k) 0.66^k 0.34^(12 - k).
    exact = sum(comb(12, k) * 0.66**k * 0.34 ** (12 - k) for k in range(8, 13))
    chance = robustness(*planned(gap_number()), samples=40_000, survival_percent=66).classes[0]
    assert (chance.size, chance.min_seats) == (12, 8)
    assert abs(chance.percent - 100 * exact) < 2 * chance.error_points
    assert chance.error_points < 0.5


def test_who_may_not_come_counts_with_its_probability():
    # 8 firm and 4 maybe at 1 %: without drop-out the minimum of 8 is met always.
    instance = make_instance(
        courses=[course()],
        demands=[demand("acme-drilling", count=8),
                 demand("bolt-drilling", count=4, certainty="maybe", probability_percent=1)],
    )  # fmt: skip
    chance = robustness(*planned(instance), samples=2_000).classes[0]
    assert chance.survived == 2_000
    assert 800 <= chance.expected_hundredths <= 815  # 8 + 4 * 0.01, if bolt sits there at all


def test_the_same_seed_gives_the_same_chances_and_another_seed_nearly_the_same():
    case = planned(gap_number())
    first, again, other = (robustness(*case, samples=5_000, seed=seed, survival_percent=70) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert abs(first.classes[0].percent - other.classes[0].percent) < 5


def test_everybody_stays_where_no_drop_out_is_known():
    found = robustness(*planned(gap_number()), samples=100)
    assert found.all_survived == 100


@pytest.mark.parametrize("changes", [{"samples": 0}, {"survival_percent": 101}])
def test_figures_outside_their_range_are_refused(changes):
    with pytest.raises(InstanceError, match="out-of-range"):
        robustness(*planned(gap_number()), **changes)
