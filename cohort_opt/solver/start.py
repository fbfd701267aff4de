"""A plan to start from: the classes of an earlier proposal, as far as they still fit the problem.

Starting from the last plan changes as little as possible where nothing forces a change: a plan replaces it only if it costs less.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from cohort_opt.model.plan import Members, Plan
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
    left = problem.group_count.tolist()
    kept: list[tuple[int, Members]] = []
    for run, members in classes:
        if run not in run_of:
            continue
        own = []
        for name, count in members:
            group = group_of.get(name)
            if group is None or (seats := min(count, left[group])) <= 0:
                continue
            if find_one(problem, run_of[run], group):
                left[group] -= seats
                own.append((group, seats))
        if own:
            kept.append((run_of[run], tuple(sorted(own))))
    return _fitting(problem, Plan.of_classes(kept))


def find_one(problem: CompactProblem, run: int, group: int) -> bool:
    """Return whether the group may attend the run."""
    one = Plan.of_classes([(run, ((group, 1),))])
    return bool(one.member_arc(problem)[0] >= 0)


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
