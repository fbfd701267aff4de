"""The judge's own division of whole cents in proportion to seats: largest remainder, ties to the smaller id.

    floor[i] = total * weight[i] div W        rest[i] = total * weight[i] mod W        W = sum of weights
    the total - sum of floors cents that are left go to the largest rests

Everything is a whole number, so that no fraction is ever rounded on the way (method of Hamilton; Balinski and Young 2001).
"""

from collections.abc import Mapping


def divide(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Return the cents of each id; they add up to the total. Weights are at least 0, one of them above 0."""
    whole = sum(weights.values())
    cents = {name: total * weight // whole for name, weight in weights.items()}
    left = total - sum(cents.values())
    for name in sorted(weights, key=lambda name: (-(total * weights[name] % whole), name))[:left]:
        cents[name] += 1
    return cents
