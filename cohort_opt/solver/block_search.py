"""Problems of some blocks that shared rows tie together: prices that know whole plans, and pieces of one or two blocks.

One engine on the whole matrix proves many of them; it runs beside, in a process of its own.
"""

from __future__ import annotations

from cohort_opt.problem.compact import Ints
from cohort_opt.solver.columns import ColumnBound
from cohort_opt.solver.coordination import Coordination
from cohort_opt.solver.improve import Improver
from cohort_opt.solver.incumbent import Incumbent
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.pricing import Pricer
from cohort_opt.solver.race import Lane
from cohort_opt.solver.surroundings import Surroundings

WORTH_IT = 1_000
"""Arcs from which blocks are worth the effort; below it one engine proves the whole in a second or two (2 cores, 2026-11)."""
CLASSES, RUNS = 12, 90
"""Classes dissolved and runs offered at the first try: nearly all of a block; see `surroundings`."""
FIRST_SHARE, BOUND_SHARE, PIECES_SHARE = 0.15, 0.5, 0.6
"""Shares of what is left for first pieces, for prices, and in reproducible mode for the pieces after them."""


def search_blocks(incumbent: Incumbent, limits: Limits, relaxed: ColumnBound) -> bool:
    """Improve plan and bound by blocks; returns whether that is all that the limits allow, or a proof.

    In fast mode the engine on the whole matrix has its own process meanwhile, and nothing is left afterwards.
    """
    coordination = Coordination(incumbent, relaxed)
    if incumbent.problem.num_arcs < WORTH_IT or not coordination.is_worth_it:
        return False
    if not (limits.is_fast and limits.workers > 1):
        _pieces(incumbent, limits.piece(limits.left() * FIRST_SHARE), relaxed, coordination.block_of_group)
        coordination.run(limits.piece(limits.left() * BOUND_SHARE))
        _pieces(incumbent, limits.piece(limits.left() * PIECES_SHARE), relaxed, coordination.block_of_group)
        return incumbent.is_proven
    lane = Lane(incumbent, limits)
    lane.start()
    try:
        first = limits.piece(limits.left() * FIRST_SHARE)
        _pieces(incumbent, first, relaxed, coordination.block_of_group, lane)
        coordination.run(limits.piece(limits.left() * BOUND_SHARE), lane.is_done)
        _pieces(incumbent, limits, relaxed, coordination.block_of_group, lane)
    finally:
        lane.finish()
    return True


def _pieces(incumbent: Incumbent, limits: Limits, relaxed: ColumnBound, block_of_group: Ints, lane: Lane | None = None) -> None:
    """Reopen one or two blocks at a time until the limits."""
    problem, pricer = incumbent.problem, Pricer(incumbent.problem)
    if incumbent.plan is None:
        return
    around = Surroundings(problem, relaxed.prices, *pricer.tolls(relaxed.prices))
    target = limits.params.gap_target

    def is_enough() -> bool:
        return incumbent.is_proven or incumbent.gap() <= target or (lane is not None and lane.is_done())

    improver = Improver(problem, around, block_of_group, limits, workers=1, classes=CLASSES, runs=RUNS)
    improver.run(incumbent.plan, lambda plan: incumbent.offer(plan, "pieces"), is_enough)
