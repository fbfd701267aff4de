"""From exact shares to cents: the largest remainder, with a tie-break that does not depend on any order of rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction


def round_to_cents(shares: Sequence[Fraction], ids: Sequence[str]) -> tuple[int, ...]:
    """Return whole cents that add up to the sum of the shares, each less than one cent away from its exact share.

    Method of the largest remainder (Hamilton): everybody pays the whole cents of its share, and the cents left over go to the
    largest fractions; among equal fractions to the smaller id. Since nobody moves by a whole cent, a share below a bound in
    whole cents stays within it.

    Parameters
    ----------
    shares
        Exact shares in cents; their sum is a whole number.
    ids
        Unique ids in the same order; they only break ties.

    Raises
    ------
    ValueError
        If the shares do not add up to whole cents: a method is wrong.
    """
    total = sum(shares, Fraction(0))
    if total.denominator != 1:
        raise ValueError(f"the shares add up to {total} cents: a method must divide a whole number of cents")
    cents = [math.floor(share) for share in shares]
    left = int(total) - sum(cents)
    order = sorted(range(len(shares)), key=lambda i: (cents[i] - shares[i], ids[i]))
    for i in order[:left]:
        cents[i] += 1
    return tuple(cents)
