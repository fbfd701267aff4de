"""Cut a block into areas that stand alone: groups that could attend in more than one area get a price per seat.

A group inside one area keeps its rule that each trainee takes one seat; one that is cut earns its price in whatever area seats
it. The bounds of the areas, plus what the prices are worth, bound the block, whatever the prices are (Lagrangian decomposition:
Guignard & Kim 1987, 10.1007/BF02592954).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from cohort_opt.problem.compact import Bools, CompactProblem, Ints
from cohort_opt.solver.columns import column_bound
from cohort_opt.solver.count_tree import CountTree
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.parts import Part, restrict
from cohort_opt.solver.pricing import Pricer, Prices

MOST_GROUPS = 40
"""Groups that an area reaches, at most, unless one offering alone reaches more (24 to 90 tried on regions, 2026-11)."""
NODES = 20
"""Most nodes of one area's tree: 9/10 of what 60 lift, in half the time (2,000 companies, 2026-11)."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A block in areas.

    Parameters
    ----------
    areas
        Problems that stand alone, in indices of the block.
    prices
        Price of a seat of each group in each area, 0 where the group is cut: its price is among the costs already.
    constant
        What the prices of the cut groups are worth, in cents.
    """

    areas: tuple[Part, ...]
    prices: tuple[Ints, ...]
    constant: int


def area_of_runs(problem: CompactProblem, most: int = MOST_GROUPS) -> Ints:
    """Return the area of each run: offerings that share most trainees for the groups they reach, joined as long as few enough.

    Returns
    -------
    Ints
        Labels from 0, shape (R,).
    """
    _, place = np.unique(problem.run_offering, return_inverse=True)
    count = int(place.max(initial=-1)) + 1
    reach = np.zeros((problem.num_groups, count), dtype=np.bool_)
    reach[problem.arc_group, place[problem.arc_run]] = True
    weight = problem.group_count.astype(np.float64)
    area = np.arange(count)
    alive = np.ones(count, dtype=np.bool_)
    own = reach.astype(np.float64)
    both, shared = own.T @ own, (own * weight[:, None]).T @ own
    while True:
        size = np.diag(both)
        joint = size[:, None] + size[None, :] - both
        fits = (joint <= most) & (shared > 0) & alive[:, None] & alive[None, :]
        np.fill_diagonal(fits, val=False)
        if not fits.any():
            break
        score = np.where(fits, shared / np.maximum(joint, 1), -1.0)
        first, second = divmod(int(np.argmax(score)), count)
        own[:, first] = np.maximum(own[:, first], own[:, second])
        area[area == second] = first
        alive[second] = False
        both[first] = both[:, first] = own[:, first] @ own
        shared[first] = shared[:, first] = (own[:, first] * weight) @ own
        both[first, first] = own[:, first].sum()
    _, label = np.unique(area[place], return_inverse=True)
    return label.astype(np.int64)


def cut(problem: CompactProblem, area: Ints, price: Ints) -> Cut:
    """Return a block cut into areas at these prices per group.

    Parameters
    ----------
    area
        Area of each run, shape (R,).
    price
        Cents per trainee, shape (G,).
    """
    parts = [np.flatnonzero(area == number) for number in range(int(area.max(initial=-1)) + 1)]
    areas_of_group = _areas_of_groups(problem, area)
    is_cut: Bools = areas_of_group > 1
    priced = replace(
        problem,
        arc_cents=problem.arc_cents - np.where(is_cut, price, 0)[problem.arc_group],
        group_unplaced_cents=np.where(is_cut, 0, problem.group_unplaced_cents),
        group_must_place=problem.group_must_place & ~is_cut,
    )
    waiting = np.where(problem.group_must_place, 0, np.minimum(problem.group_unplaced_cents - price, 0))
    constant = int((((price + waiting) * problem.group_count)[is_cut]).sum())
    idle = areas_of_group == 0
    constant += int((problem.group_unplaced_cents * problem.group_count)[idle].sum())
    found = []
    for runs in parts:
        arcs = np.isin(problem.arc_run, runs)
        found.append(restrict(priced, np.unique(problem.arc_group[arcs]), runs))
    return Cut(tuple(found), tuple(np.where(is_cut, 0, price)[part.groups] for part in found), constant)


def area_bound(problem: CompactProblem, price: Ints, limits: Limits) -> int:
    """Return the bound of a block from trees over its areas at these prices per group, in cents.

    Where the limits come first, the areas that are left count with what their prices alone prove.
    """
    found = cut(problem, area_of_runs(problem), price)
    none = np.zeros(0, dtype=np.int64)
    total = found.constant
    for part, own in zip(found.areas, found.prices, strict=True):
        start = Prices(own, none, none)
        root = column_bound(part.problem, limits, [], start=start) if limits.left() > 0 else None
        if root is None:
            total += Pricer(part.problem, exact=True).price(start).bound
            continue
        tree = CountTree(part.problem, root)
        tree.grow(limits, nodes=NODES)
        total += tree.bound
    return total


def _areas_of_groups(problem: CompactProblem, area: Ints) -> Ints:
    """Return in how many areas each group could attend, shape (G,)."""
    pairs = np.unique(problem.arc_group * (int(area.max(initial=0)) + 1) + area[problem.arc_run])
    return np.bincount(pairs // (int(area.max(initial=0)) + 1), minlength=problem.num_groups).astype(np.int64)
