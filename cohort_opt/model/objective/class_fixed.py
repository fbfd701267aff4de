"""Fixed cost of classes: sum over slots r of fixed[r] y[r], in cents."""

from __future__ import annotations

from cohort_opt.model.variables import Variables
from cohort_opt.problem.compact import CompactProblem, Ints


def applies(problem: CompactProblem) -> bool:
    """Return whether any class has a fixed cost."""
    return bool(problem.run_fixed_cents.any())


def terms(problem: CompactProblem, variables: Variables) -> tuple[Ints, Ints]:
    """Return variables and coefficients."""
    return variables.open_classes, problem.run_fixed_cents[variables.slots.run]
