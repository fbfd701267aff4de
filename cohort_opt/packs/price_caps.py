"""A least class size, said as a price cap: the seat costs at most `cap` exactly if the class holds at least so many.

A class of s costs `(fixed + seat * s) / s` per seat. With `cap - seat` between `ceil(fixed / k)` and `ceil(fixed / (k - 1)) - 1`
the least size that keeps the cap is exactly k. Over several offerings the ranges must meet; if they do not, the lowest upper end
is taken: no class is ever too small, though some could have been smaller.
"""

from __future__ import annotations

from collections.abc import Sequence

from cohort_opt.problem.rates import least_size_for_price


def least_cap(prices: Sequence[tuple[int, int, int, int]]) -> tuple[int, bool]:
    """Return the price cap for offerings with their least sizes, and whether it says them exactly.

    Parameters
    ----------
    prices
        (fixed_cents, seat_cents, least size wanted, least size of the course) of each run that stays open; at least one
        wants more than the course's minimum. Where it does, `fixed_cents` is above zero.
    """
    ends = [_highest(fixed, seat, wanted) for fixed, seat, wanted, course in prices if wanted > course]
    cap = min(ends)
    exact = all(_means(fixed, seat, cap, wanted, course) for fixed, seat, wanted, course in prices)
    return cap, exact


def _highest(fixed: int, seat: int, wanted: int) -> int:
    """Return the highest cap that a class of `wanted - 1` does not keep; `wanted` is at least 2."""
    return seat + -(-fixed // (wanted - 1)) - 1


def _means(fixed: int, seat: int, cap: int, wanted: int, course: int) -> bool:
    """Return whether the cap keeps out exactly the classes below `wanted` among those that the course allows."""
    size = least_size_for_price(fixed, seat, cap)
    return size is not None and max(size, course) == max(wanted, course)
