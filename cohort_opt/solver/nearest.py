"""A first plan where everybody must be placed and the problem is large: each group may attend only its few best runs."""

from __future__ import annotations

import numpy as np

from cohort_opt.model.plan import Plan
from cohort_opt.problem.compact import CompactProblem, Ints
from cohort_opt.solver.kernel import KernelTask, solve_kernel
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.parts import restrict, widen

RUNS_PER_GROUP = 15
"""Runs of each group in the kernel: 100 classes x 253 groups then had a plan below the best published one in 25 s (2026-11)."""
FROM_ARCS = 3_000
"""Arcs from which the few best runs come first."""
SHARE = 0.7
"""Share of the budget."""
NODES = 2_000
"""Nodes that make the kernel reproducible."""


def worth_nearing(problem: CompactProblem) -> bool:
    """Return whether a matrix knows all rules, groups may split, and there are many runs to leave out."""
    whole = (problem.group_min_part >= problem.group_count).all()
    return problem.num_arcs > max(FROM_ARCS, RUNS_PER_GROUP * problem.num_groups) and not whole and not problem.beyond_matrix()


def nearest_plan(problem: CompactProblem, limits: Limits) -> Plan | None:
    """Return the best plan in the few best runs of each group, `None` if none was found."""
    part = restrict(problem, np.arange(problem.num_groups), np.arange(problem.num_runs), nearest_arcs(problem, RUNS_PER_GROUP))
    nodes = None if limits.is_fast else NODES
    seconds = limits.left() * SHARE if limits.is_fast else limits.wall_left()
    found = solve_kernel(KernelTask(part.problem, seconds, nodes, 5.0, limits.params.seed))
    limits.spend(found.work)
    return None if found.plan is None else widen(part, found.plan)


def nearest_arcs(problem: CompactProblem, most: int) -> Ints:
    """Return the arcs to each group's cheapest runs, at most `most` each: a seat, and its share of a full class."""
    share = problem.run_fixed_cents[problem.arc_run] / np.maximum(problem.run_max[problem.arc_run], 1)
    once = problem.arc_group_cents / np.maximum(problem.group_count[problem.arc_group], 1)
    order = np.lexsort((problem.arc_cents + share + once, problem.arc_group))
    first = np.searchsorted(problem.arc_group[order], np.arange(problem.num_groups))
    rank = np.empty(problem.num_arcs, dtype=np.int64)
    rank[order] = np.arange(problem.num_arcs) - first[problem.arc_group[order]]
    kept = (rank < most) | (problem.arc_pinned > 0)
    return np.flatnonzero(kept)
