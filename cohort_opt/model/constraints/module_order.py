"""Module order: who sits in a following module has a seat in the first one that ends early enough, and late enough, before it.

sum over links (b, a) of f[b,a]  = x[a]      for every arc a of a group that follows another
sum over links (b, a) of f[b,a] <= x[b]      for every arc b of the first group and each group that follows it

f = trainees of the first module's arc b who go on to arc a; a link exists where the gap between the two classes is allowed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from cohort_opt.model.effect import RESTRICTS
from cohort_opt.model.variables import UNBOUNDED, Model, Posted, Variables
from cohort_opt.problem.compact import CompactProblem

EFFECT = RESTRICTS


def applies(problem: CompactProblem) -> bool:
    """Return whether any group follows another."""
    return bool((problem.group_after >= 0).any())


def add(model: Model, problem: CompactProblem, variables: Variables) -> Iterator[tuple[str, Posted]]:
    """Post both kinds of rows; keys are `group@run` and `group@run|following group`."""
    first, second = problem.links[:, 0], problem.links[:, 1]
    most = np.minimum(problem.group_count[problem.arc_group[first]], problem.group_count[problem.arc_group[second]])
    flow = model.new_integers(np.zeros_like(most), most).tolist()
    into: dict[int, list[int]] = defaultdict(list)
    out_of: dict[tuple[int, int], list[int]] = defaultdict(list)
    for variable, b, a in zip(flow, first.tolist(), second.tolist(), strict=True):
        into[a].append(variable)
        out_of[b, int(problem.arc_group[a])].append(variable)
    for a in np.flatnonzero(problem.group_after[problem.arc_group] >= 0).tolist():
        seats = variables.seats[variables.seats_of_arc(a)].tolist()
        row, ones = [*seats, *into[a]], [1] * len(seats) + [-1] * len(into[a])
        yield _name(problem, a), model.add_row(row, ones, 0, 0)
    for (b, group), used in sorted(out_of.items()):
        seats = variables.seats[variables.seats_of_arc(b)].tolist()
        row = [*used, *seats]
        key = f"{_name(problem, b)}|{problem.group_ids[group]}"
        yield key, model.add_row(row, [1] * len(used) + [-1] * len(seats), UNBOUNDED, 0)


def _name(problem: CompactProblem, arc: int) -> str:
    """Return `group@run`."""
    return f"{problem.group_ids[int(problem.arc_group[arc])]}@{problem.run_ids[int(problem.arc_run[arc])]}"
