"""Implied rows: true in every plan that keeps the rules, and posted because cuts on the number of classes need them.

    sum max[r] y[r] >= trainees who must be placed      the seats of all open classes hold everybody who may not wait

Without the row no engine adds the class sizes up by itself; with it CP-SAT proves 15 classes x 30 whole groups in a fifth of the
time (measured 2026-11). No rule of its own, so it has no judge and is left out where a conflict is explained.
"""

from __future__ import annotations

from cohort_opt.model.variables import UNBOUNDED, Model, Variables
from cohort_opt.problem.compact import CompactProblem


def trainees_to_place(problem: CompactProblem) -> int:
    """Return how many trainees may not wait."""
    return int(problem.group_count[problem.group_must_place].sum())


def add_implied(model: Model, problem: CompactProblem, variables: Variables) -> None:
    """Post the implied rows."""
    wanted = trainees_to_place(problem)
    if wanted:
        model.add_row(variables.open_classes, -problem.run_max[variables.slots.run], UNBOUNDED, -wanted)
