"""Subsidies: grants as an optimistic credit on each arc, which every engine knows, and the steps that take it back.

    cost[a] - credit[a]      credit[a] >= value(x, size) / x   for every possible x and size

So the relaxation bounds from below, and what is lost at a step or in a pot is a cost of at least 0. Grants that are the same for
every seat, at every size and out of no pot are all credit: then nothing is taken back and nothing looks inside a class.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np

from cohort_opt.problem.compact import Ints
from cohort_opt.problem.couplings.view import View
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.stepwise import NO_POT, Grants

RULE = "subsidies"


def applies(instance: Instance) -> bool:
    """Return whether anything brings a grant."""
    return bool(instance.grants)


def arrays(view: View) -> dict[str, Any]:
    """Return costs less credit, the credit of each arc, and the rows of the grants that are not all credit."""
    problem, grants = view.problem, _rows(view)
    of_arc: dict[int, list[int]] = defaultdict(list)
    for i, arc in enumerate(grants.arc.tolist()):
        of_arc[arc].append(i)
    credit = np.zeros(problem.num_arcs, dtype=np.int64)
    stepwise = np.zeros(len(grants), dtype=np.bool_)
    for arc, rows in sorted(of_arc.items()):
        run = int(problem.arc_run[arc])
        least, most = int(problem.run_min[run]), int(problem.run_max[run])
        seats = min(int(problem.group_count[problem.arc_group[arc]]), most)
        credit[arc] = _best_per_seat(grants, rows, range(max(least, 1), most + 1), seats)
        stepwise[rows] = not all(_is_plain(grants, i, max(least, 1), most, seats) for i in rows)
    keep: Ints = np.flatnonzero(stepwise)
    kept = Grants.of(grants.table()[keep], grants.pot_cents)
    return {"arc_cents": problem.arc_cents - credit, "arc_credit_cents": credit, "grants": kept}


def _rows(view: View) -> Grants:
    """Return all grants on arcs that exist."""
    pots = {pot.id: i for i, pot in enumerate(view.instance.grant_pots)}
    rows = []
    for grant in view.instance.grants:
        if grant.run in view.run and (arc := view.arc.get((view.group[grant.demand], view.run[grant.run]))) is not None:
            pot = NO_POT if grant.pot is None else pots[grant.pot]
            rows.append((arc, pot, grant.first_size, grant.last_size, grant.first_seat, grant.last_seat, grant.cents))
    table = np.array(rows, dtype=np.int64).reshape(-1, 7)
    budgets = np.array([pot.budget_cents for pot in view.instance.grant_pots], dtype=np.int64)
    return Grants.of(table, budgets)


def _best_per_seat(grants: Grants, rows: list[int], sizes: range, most: int) -> int:
    """Return the most that a seat brings on average, rounded up; sizes are tried only where a step begins or ends."""
    edges = {sizes.start, sizes.stop - 1}
    for i in rows:
        edges |= {int(grants.first_size[i]), int(grants.last_size[i])}
    best = 0
    for size in sorted(edge for edge in edges if edge in sizes):
        for seats in range(1, most + 1):
            best = max(best, -(-sum(grants.brings(i, seats, size) for i in rows) // seats))
    return best


def _is_plain(grants: Grants, i: int, least: int, most: int, seats: int) -> bool:
    """Return whether every seat brings the same, whatever the class."""
    every_size = grants.first_size[i] <= least and grants.last_size[i] >= most
    return bool(every_size and grants.first_seat[i] == 1 and grants.last_seat[i] >= seats and grants.pot[i] == NO_POT)
