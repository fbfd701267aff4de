"""Unplaced: the price of trainees without a seat: sum over groups of price[g] u[g], in cents."""

from __future__ import annotations

from cohort_opt.model.variables import Variables
from cohort_opt.problem.compact import CompactProblem, Ints


def applies(problem: CompactProblem) -> bool:
    """Return whether waiting has a price."""
    return bool(problem.group_unplaced_cents.any())


def terms(problem: CompactProblem, variables: Variables) -> tuple[Ints, Ints]:
    """Return variables and coefficients."""
    return variables.waiting, problem.group_unplaced_cents
