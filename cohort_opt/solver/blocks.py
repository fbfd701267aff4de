"""Blocks: what is left of a problem when shared rows become prices, and each block then stands alone.

A course in a region touches another only through rooms, instructors and companies' absences. With a price on each of those
rows the blocks are independent, and the sum of their bounds plus what the rows are worth bounds the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from cohort_opt.problem.compact import CompactProblem, Ints, Rows
from cohort_opt.solver.parts import Part, split
from cohort_opt.solver.pricing import Pricer, Prices


def priced_rows(pricer: Pricer, prices: Prices) -> tuple[CompactProblem, int]:
    """Return the problem with its shared rows turned into costs, and the constant that the rows add (at most 0)."""
    problem = pricer.problem
    fixed, cents = problem.run_fixed_cents.copy(), problem.arc_cents.copy()
    np.subtract.at(fixed, pricer.capacity.index, prices.capacity[pricer.capacity.owner()] * pricer.capacity.use)
    np.subtract.at(cents, pricer.absence.index, prices.absence[pricer.absence.owner()] * pricer.absence.use)
    constant = int((prices.capacity * pricer.capacity.limit).sum()) + int((prices.absence * pricer.absence.limit).sum())
    return (
        replace(problem, run_fixed_cents=fixed, arc_cents=cents, capacity=Rows.none(), absence=Rows.none()),
        constant,
    )


def blocks(problem: CompactProblem) -> tuple[Part, ...]:
    """Return the blocks of a problem, largest first: its parts once capacity and absence rows are left out."""
    loose = replace(problem, capacity=Rows.none(), absence=Rows.none())
    return tuple(sorted(split(loose), key=lambda part: (-part.problem.num_arcs, int(part.groups[0]) if len(part.groups) else -1)))


def number_of_groups(problem: CompactProblem, parts: Sequence[Part]) -> Ints:
    """Return the number of the block that holds each group, shape (G,); groups in none share the number after the last."""
    found = np.full(problem.num_groups, len(parts), dtype=np.int64)
    for number, part in enumerate(parts):
        found[part.groups] = number
    return found
