"""Quota excess: a price for each unit that a quota is passed by: sum over quotas of cents (sum of e[b] - limit)+."""

from __future__ import annotations

import numpy as np

from cohort_opt.model.quotas import block_variables
from cohort_opt.model.variables import UNBOUNDED, Variables
from cohort_opt.problem.compact import CompactProblem, Ints


def applies(problem: CompactProblem) -> bool:
    """Return whether any quota has a price."""
    return bool((problem.quotas.cents > 0).any())


def terms(problem: CompactProblem, variables: Variables) -> tuple[Ints, Ints]:
    """Return variables and coefficients: one variable for each quota with a price."""
    quotas = problem.quotas
    priced = np.flatnonzero(quotas.cents > 0)
    parts = [block_variables(problem, variables, quota) for quota in priced.tolist()]
    upper = np.array([sum(variables.model.proto.variables[v].domain[1] for v in used) for used in parts], dtype=np.int64)
    arc = variables.slots.seat_arc

    def over(_: Ints, x: Ints) -> Ints:
        seats = np.bincount(arc, weights=x, minlength=problem.num_arcs).astype(np.int64)
        found: Ints = np.maximum(quotas.used(seats) - quotas.limit, 0)[priced]
        return found

    made = variables.derive(np.zeros_like(upper), upper, over)
    for variable, used, limit in zip(made.tolist(), parts, quotas.limit[priced].tolist(), strict=True):
        variables.model.add_row([*used, variable], [*([1] * len(used)), -1], UNBOUNDED, limit)
    return made, quotas.cents[priced]
