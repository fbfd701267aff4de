"""The attacker of G23 against the settlement: it enumerates every class that fits what it knows, alone or with one member."""

from collections import defaultdict
from itertools import combinations, product

import pytest

from cohort_opt.cost_sharing.exact_shares import may_show_exact_shares


def classes(companies, most):
    """Yield the counts of every class of so many companies with at most so many seats."""
    for counts in product(range(1, most), repeat=companies):
        if sum(counts) <= most:
            yield counts


@pytest.mark.parametrize(("companies", "most"), [(4, 16), (5, 14), (6, 13)])
@pytest.mark.parametrize("colluding", [1, 2])
def test_whoever_sees_exact_shares_is_left_with_three_counts_of_everybody_else(companies, most, colluding):
    # Everything the attacker sees where exact shares are shown: who is in the class, its own counts, and the size.
    seen = defaultdict(lambda: defaultdict(set))
    for counts in classes(companies, most):
        if not may_show_exact_shares(counts, has_started=True):
            continue
        for known in combinations(range(companies), colluding):
            view = (known, tuple(counts[i] for i in known), sum(counts))
            for other in set(range(companies)) - set(known):
                seen[view][other].add(counts[other])
    assert all(len(possible) >= 3 for others in seen.values() for possible in others.values())
    assert seen


def test_a_class_of_four_alike_is_settled_exactly():
    # Two who hold four each know that the others hold eight together: one of them may hold 1 to 7.
    assert may_show_exact_shares((4, 4, 4, 4), has_started=True)


def test_nothing_is_shown_before_the_class_has_started():
    assert not may_show_exact_shares((4, 4, 4, 4), has_started=False)


@pytest.mark.parametrize("counts", [(8,), (5, 4), (4, 4, 4), (9, 1, 1, 1)])
def test_few_companies_or_one_large_one_see_no_exact_share(counts):
    # With three companies two who collude know the third one's count; beside nine of twelve the others hold one each.
    assert not may_show_exact_shares(counts, has_started=True)
