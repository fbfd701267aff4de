"""What a quota counts as variables: one for each block, at least the worst of its steps.

    e[b] >= 0,   e[b] >= sum amount x - free[s]                       for every step s without an end
    e[b] >= sum amount x - free[s] - beyond p[s],   e[b] >= (most[s] - free[s]) p[s]     for a step that counts `most` at most

Only lower bounds: the limit or the price above it keeps them down.
"""

from __future__ import annotations

import numpy as np

from cohort_opt.model.variables import UNBOUNDED, Variables
from cohort_opt.problem.compact import CompactProblem, Ints
from cohort_opt.problem.stepwise import NO_END


def block_variables(problem: CompactProblem, variables: Variables, quota: int) -> list[int]:
    """Return one variable for each block of a quota."""
    blocks = np.flatnonzero(problem.quotas.block_quota == quota).tolist()
    return [_block(problem, variables, block) for block in blocks]


def _block(problem: CompactProblem, variables: Variables, block: int) -> int:
    quotas = problem.quotas
    steps = np.flatnonzero(quotas.step_block == block).tolist()
    parts = [_seats(problem, variables, step) for step in steps]
    most = [_end(quotas.most[s], int((amount * variables.slots.seat_upper[seat]).sum()), quotas.free[s])
            for s, (seat, amount) in zip(steps, parts, strict=True)]  # fmt: skip

    def worst(_: Ints, x: Ints) -> Ints:
        counted = [_end(quotas.most[s], int((amount * x[seat]).sum()), quotas.free[s])
                   for s, (seat, amount) in zip(steps, parts, strict=True)]  # fmt: skip
        return np.array([max(0, *counted)], dtype=np.int64)

    made = int(variables.derive(np.zeros(1, dtype=np.int64), np.array([max(0, *most)], dtype=np.int64), worst)[0])
    for step, (seat, amount) in zip(steps, parts, strict=True):
        _at_least(problem, variables, step, made, seat, amount)
    return made


def _at_least(problem: CompactProblem, variables: Variables, step: int, made: int, seat: Ints, amount: Ints) -> None:
    """Post that the block counts at least what the step uses."""
    quotas, model = problem.quotas, variables.model
    free, end = int(quotas.free[step]), int(quotas.most[step])
    row, factor = [*variables.seats[seat].tolist(), made], [*amount.tolist(), -1]
    beyond = int((amount * variables.slots.seat_upper[seat]).sum()) - end
    if end == NO_END or beyond <= 0:
        model.add_row(row, factor, UNBOUNDED, free)
        return
    full = variables.derive(
        np.zeros(1, dtype=np.int64),
        np.ones(1, dtype=np.int64),
        lambda _, x: np.array([int((amount * x[seat]).sum()) > end], dtype=np.int64),
    )
    model.add_row([*row, int(full[0])], [*factor, -beyond], UNBOUNDED, free)
    model.add_row([int(full[0]), made], [max(0, end - free), -1], UNBOUNDED, 0)


def _seats(problem: CompactProblem, variables: Variables, step: int) -> tuple[Ints, Ints]:
    """Return the seats of a step and what one trainee on each uses."""
    part = problem.quotas.entries(step)
    found = [variables.seats_of_arc(arc) for arc in problem.quotas.arc[part].tolist()]
    amount = np.repeat(problem.quotas.amount[part], [len(seats) for seats in found])
    return np.concatenate(found).astype(np.int64) if found else np.zeros(0, dtype=np.int64), amount


def _end(end: int, counted: int, free: int) -> int:
    return int(min(counted, end) if end != NO_END else counted) - int(free)
