"""A plan to start from: the classes of an earlier proposal, as far as they still fit the problem.

Starting from the last plan changes as little as possible where nothing forces a change: a plan replaces it only if it costs less.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from cohort_opt.model.plan import Plan, find_arcs
from cohort_opt.problem.compact import CompactProblem
from cohort_opt.solver.parts import join, keep_classes

StartPlan = Plan
"""What `solve` takes as its hint, for those who may not know the model."""


def start_plan(problem: CompactProblem, classes: Iterable[tuple[str, Iterable[tuple[str, int]]]]) -> Plan:
    """Return the classes that still fit, as a plan that keeps every rule.

    Parameters
    ----------
    classes
        Run id and (group id, trainees) of each class of the earlier plan, in its order. What is unknown now is left out, of a
        group that has shrunk as many stay as there are, and a class that would break a rule is closed.
    """
    run_of = {name: number for number, name in enumerate(problem.run_ids)}
    group_of = {name: number for number, name in enumerate(problem.group_ids)}
    known = [
        (number, run_of[run], group_of[name], count)
        for number, (run, members) in enumerate(classes)
        if run in run_of
        for name, count in members
        if name in group_of
    ]
    table = np.array(known, dtype=np.int64).reshape(-1, 4)
    left = problem.group_count.tolist()
    kept: dict[int, tuple[int, list[tuple[int, int]]]] = {}
    # All arcs at once: a look-up goes through every arc of the problem.
    for (number, run_index, group, count), arc in zip(known, find_arcs(problem, table[:, 1], table[:, 2]).tolist(), strict=True):
        if arc >= 0 and (seats := min(count, left[group])) > 0:
            left[group] -= seats
            kept.setdefault(number, (run_index, []))[1].append((group, seats))
    plan = Plan.of_classes([(run_index, tuple(sorted(own))) for run_index, own in kept.values()])
    return _fitting(problem, plan)


def _fitting(problem: CompactProblem, plan: Plan) -> Plan:
    """Return the plan without classes that break a rule, the later one of two that do not fit together."""
    if not plan.faults(problem):
        return plan
    sizes = plan.sizes()
    mask = (sizes >= problem.run_min[plan.class_run]) & (sizes <= problem.run_max[plan.class_run])
    if not keep_classes(plan, mask).faults(problem):
        return keep_classes(plan, mask)
    fitting = Plan.nobody()
    for k in np.flatnonzero(mask).tolist():
        alone = np.zeros(plan.num_classes, dtype=np.bool_)
        alone[k] = True
        wider = join([fitting, keep_classes(plan, alone)])
        if not wider.faults(problem):
            fitting = wider
    return fitting
