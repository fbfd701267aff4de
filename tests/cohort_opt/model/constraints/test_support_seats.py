"""Two groups of three, one class of 1 to 6, nobody pays: a trainee without a seat costs 100."""

from dataclasses import replace

import numpy as np
import pytest

from cohort_opt.bench.small import compact
from cohort_opt.model.constraints import support_seats

BASE = compact([3, 3], [(0, 1, 6)], {(0, 0): 0, (1, 0): 0})


def with_support(first, second):
    return replace(BASE, arc_support_seats=np.array([first, second]))


@pytest.mark.parametrize(
    ("support", "cents"),
    [
        ((0, 0), 0),
        ((1, 0), 100),  # five and one for support
        ((1, 1), 200),
        ((4, 0), 300),  # without the first group nobody needs the four seats: three sit, three wait
        ((7, 7), 600),  # no class holds the support alone
    ],
)
def test_support_takes_seats_in_each_class_that_holds_its_group(value, support, cents):
    assert value(with_support(*support)) == cents


def test_applies_only_where_support_takes_a_seat():
    assert not support_seats.applies(BASE)
    assert support_seats.applies(with_support(0, 1))
