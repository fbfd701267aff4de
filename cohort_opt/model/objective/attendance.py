"""Attendance: seat, journey and waiting of every placed trainee: sum over seats of cost[g,r] x[g,r], in cents."""

from __future__ import annotations

from cohort_opt.model.variables import Variables
from cohort_opt.problem.compact import CompactProblem, Ints


def applies(problem: CompactProblem) -> bool:
    """Return whether any attendance costs anything."""
    return bool(problem.arc_cents.any())


def terms(problem: CompactProblem, variables: Variables) -> tuple[Ints, Ints]:
    """Return variables and coefficients."""
    return variables.seats, problem.arc_cents[variables.slots.seat_arc]
