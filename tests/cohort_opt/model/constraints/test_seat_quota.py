"""Two groups of three, one class of 1 to 6, nobody pays: a trainee without a seat costs 100."""

from dataclasses import replace

import numpy as np
import pytest

from cohort_opt.bench.small import compact
from cohort_opt.model.constraints import seat_quota
from cohort_opt.problem.stepwise import HARD, NO_END, Quotas

BASE = compact([3, 3], [(0, 1, 6)], {(0, 0): 0, (1, 0): 0})


def quota(limit, steps, cents=HARD):
    """Return the base with one quota; a step is (block, free, most, {arc: amount})."""
    blocks = sorted({block for block, *_ in steps})
    arrays = [[limit], [cents], [0] * len(blocks), [s[0] for s in steps], [s[1] for s in steps], [s[2] for s in steps]]
    start = np.cumsum([0, *[len(s[3]) for s in steps]])
    arcs, amounts = [a for s in steps for a in s[3]], [n for s in steps for n in s[3].values()]
    ints = [np.array(values, dtype=np.int64) for values in (*arrays, start, arcs, amounts)]
    return replace(BASE, quotas=Quotas(("seat_quota[q]",), *ints))


@pytest.mark.parametrize(
    ("limit", "steps", "cents"),
    [
        (6, [(0, 0, NO_END, {0: 1, 1: 1})], 0),
        (5, [(0, 0, NO_END, {0: 1, 1: 1})], 100),
        (5, [(0, 0, NO_END, {0: 2, 1: 1})], 200),  # 2 x + z <= 5: one of the first, three of the second
        (2, [(0, 1, NO_END, {0: 1}), (1, 0, NO_END, {1: 1})], 300),  # (x - 1)+ + z <= 2: three sit, three wait
        (0, [(0, 3, NO_END, {0: 1}), (1, 3, NO_END, {1: 1})], 0),
        (2, [(0, 0, 2, {0: 1})], 0),  # at most two are ever counted
        (1, [(0, 0, 2, {0: 1})], 200),
        (1, [(0, 2, NO_END, {0: 1, 1: 1}), (0, 0, NO_END, {1: 1})], 300),  # x + z <= 3 and z <= 1
    ],
)
def test_what_several_sums_count_stays_within_the_limit(value, limit, steps, cents):
    assert value(quota(limit, steps)) == cents


def test_applies_only_to_quotas_that_must_hold():
    assert not seat_quota.applies(BASE)
    assert not seat_quota.applies(quota(1, [(0, 0, NO_END, {0: 1})], cents=5))
    assert seat_quota.applies(quota(1, [(0, 0, NO_END, {0: 1})]))
