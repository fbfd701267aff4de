from fractions import Fraction

import pytest

from cohort_opt.cost_sharing.exact import Span, combination


def test_independent_equations_determine_the_unknowns():
    # x + y = 3, x - y = 1: x = 2, y = 1.
    span = Span(2)
    assert span.add([1, 1], 3)
    assert not span.contains([1, 0])
    assert span.add([1, -1], 1)
    assert span.solution() == (2, 1)


def test_a_dependent_equation_adds_nothing_and_a_contradiction_is_refused():
    span = Span(2)
    span.add([1, 2], 4)
    assert not span.add([2, 4], 8)
    with pytest.raises(ValueError, match="contradicts"):
        span.add([2, 4], 9)
    with pytest.raises(ValueError, match="1 unknowns are free"):
        span.solution()


def test_the_kernel_keeps_every_equation():
    # x + 2 y + 3 z = 0: two directions, both orthogonal to (1, 2, 3).
    span = Span(3)
    span.add([1, 2, 3], 7)
    kernel = span.kernel()
    assert len(kernel) == 2
    assert all(v[0] + 2 * v[1] + 3 * v[2] == 0 for v in kernel)


def test_weights_combine_columns_into_the_target_or_there_are_none():
    # 1/2 (1, 1) + 1/2 (1, -1) = (1, 0).
    assert combination([(1, 1), (1, -1)], (1, 0)) == (Fraction(1, 2), Fraction(1, 2))
    assert combination([(1, 1)], (1, 0)) is None
    assert combination([(1, 0), (2, 0)], (1, 0)) is None
