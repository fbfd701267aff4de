"""When exact shares may be shown: in the settlement, after the class has started, and only where they give no count away.

An exact share at an equal price gives the size of the class away. Whoever then knows k seats (its own and those of one colluding
member) knows that the others hold size - k together. Exact shares are shown only if every member, alone and with any other one,
is left with at least `least_counts` possible counts of every other company.

That they are shown at all tells something too: all classes that would be hidden are ruled out. So the classes that are shown are
the largest set in which the promise holds even for who knows this set: begin with all classes of this size and number of
companies, strike those that give a count away among the classes left, and repeat until none does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from math import comb
from typing import TypeAlias

from cohort_opt.cost_sharing.bands import LEAST_COUNTS

Counts: TypeAlias = tuple[int, ...]
"""Seats of each company of a class."""
MOST_CLASSES = 20_000
"""Most classes of one size and number of companies that are looked at; where there are more, exact shares stay hidden."""


def may_show_exact_shares(counts: Sequence[int], *, has_started: bool, least_counts: int = LEAST_COUNTS) -> bool:
    """Return whether the companies of a class may see their exact shares.

    Parameters
    ----------
    counts
        Seats of each company in the class, at least 1 each.
    has_started
        Whether the class has started; before that, never.
    least_counts
        Every other company keeps at least so many possible counts, whoever looks.
    """
    if not has_started or comb(sum(counts) - 1, len(counts) - 1) > MOST_CLASSES:
        return False
    return tuple(sorted(counts)) in _shown(sum(counts), len(counts), least_counts)


@lru_cache(maxsize=256)
def _shown(size: int, companies: int, least_counts: int) -> frozenset[Counts]:
    """Return the classes, counts ascending, whose exact shares may be shown."""
    left = set(_classes(size, companies))
    while struck := {counts for counts in left if _gives_away(counts, left, least_counts)}:
        left -= struck
    return frozenset(left)


def _gives_away(counts: Counts, shown: set[Counts], least_counts: int) -> bool:
    """Return whether somebody, alone or with one other, learns too much of a third; the order of companies does not matter."""
    for together in (1, 2):
        for known in set(combinations(counts, together)):
            possible = _others(known, shown)
            if len(possible) < least_counts:
                return True
    return len(counts) < 3


def _others(known: Counts, shown: set[Counts]) -> set[int]:
    """Return the counts that one particular other company may have; by symmetry the same for each of them."""
    found: set[int] = set()
    for counts in shown:
        rest = list(counts)
        try:
            for count in known:
                rest.remove(count)
        except ValueError:
            continue
        found.update(rest)
    return found


def _classes(size: int, companies: int, least: int = 1) -> Iterator[Counts]:
    """Yield the ways to divide a size over so many companies, counts ascending."""
    if companies == 1:
        if size >= least:
            yield (size,)
        return
    for first in range(least, size // companies + 1):
        for rest in _classes(size - first, companies - 1, first):
            yield (first, *rest)
