"""Column generation: a column is one class with its members. Its master is a small linear problem; its pricing is a sort.

The bound at each round comes from the prices alone (`pricing`), so it is valid however the master was solved. Prices are
smoothed towards the best so far (Wentges 1997, 10.1016/S0969-6016(97)00001-4; Pessoa et al. 2018, 10.1287/ijoc.2017.0784).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cohort_opt.model.plan import Plan
from cohort_opt.problem.compact import CompactProblem, Ints, Rows
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.master import Columns, Master
from cohort_opt.solver.matrix import Floats
from cohort_opt.solver.pricing import NEVER, Pricer, Prices

WORK_PER_ROUND, WORK_PER_ARC_ROUND = 2e-3, 1.6e-6
"""Deterministic seconds of one round of master and pricing: in all, and for each arc (fitted to 60 runs, 2 cores, 2026-11)."""


@dataclass(frozen=True, slots=True)
class ColumnBound:
    """What column generation leaves behind.

    Parameters
    ----------
    bound, prices
        Best bound in cents and its prices.
    run_use, arc_use
        Fractional classes per run and trainees per arc in the last master; shapes (R,), (A,).
    value
        Reduced cost of each run's best class at the best prices: a run with a value above the gap opens in no better plan.
    columns
        The columns that the last master uses, and those nearly as good.
    """

    bound: int
    prices: Prices
    run_use: Floats
    arc_use: Floats
    value: Ints
    columns: Columns


def column_bound(
    problem: CompactProblem,
    limits: Limits,
    starts: list[Plan],
    columns: tuple[Columns, ...] = (),
    *,
    rounds: int = 200,
    tolerance: float = 1e-4,
    tell: Callable[[int], None] | None = None,
    start: Prices | None = None,
    per_round: float = 1.0,
    smooth: float = 0.7,
    counts: Rows | None = None,
    enough: int | None = None,
) -> ColumnBound | None:
    """Return the bound of the linear relaxation, `None` if not one round fitted into the limits.

    Parameters
    ----------
    starts
        Plans whose classes are the first columns.
    columns
        More first columns.
    tolerance
        Stop when bound and master are this close.
    tell
        Called with each better bound.
    start
        Prices to begin from.
    counts
        More rows over runs; see `Pricer`.
    enough
        Stop as soon as the bound has reached this.
    """
    pricer = Pricer(problem, exact=True, counts=counts)
    master = Master(problem, pricer)
    work = WORK_PER_ROUND + WORK_PER_ARC_ROUND * problem.num_arcs
    for plan in starts:
        if plan.num_classes:
            master.add_plan(plan)
    for batch in columns:
        master.add_columns(batch)
    most = max(60, int(per_round * problem.num_groups))
    best: tuple[int, Prices, Ints] | None = None
    center: Floats | None = None
    if start is not None:
        priced = pricer.price(start)
        best, center = (priced.bound, start, priced.value), start.flat()
        if not columns:
            master.add_priced(priced, 3 * most, slack=True)
    for _ in range(rounds):
        if best is not None and limits.left() <= 0:
            break
        limits.spend(work)
        duals = master.solve(limits.wall_left())
        if duals is None:
            if limits.wall_left() <= 0:
                limits.cut()
            break
        rows_added = master.cut() if master.pool.size else 0
        mixed = duals if center is None else smooth * center + (1 - smooth) * duals
        useful, top = 0, -NEVER if best is None else best[0]
        for point in (mixed, duals):
            prices = pricer.prices(point)
            priced = pricer.price(prices)
            if priced.bound > top:
                top, best, center = priced.bound, (priced.bound, prices, priced.value), point
                if tell is not None:
                    tell(top)
            useful += master.add_priced(priced, most)
        if enough is not None and top >= enough:
            break
        if not rows_added and (not useful or master.objective - top <= tolerance * abs(master.objective)):
            break
    if best is None:
        return None
    return ColumnBound(best[0], best[1], *master.use(), best[2], master.best_columns(best[1], 2 * problem.num_groups))
