"""Quota of seats: one more seat of the line, wherever it could be, would use more of a quota than there is."""

from collections.abc import Iterator

import numpy as np

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.one_more import with_room
from cohort_opt.explanation.reasons.kind import ReasonKind, planner_only
from cohort_opt.explanation.sentence import say
from cohort_opt.problem.compact import Ints
from cohort_opt.problem.stepwise import HARD
from cohort_opt.proposal import Reason


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason if a quota keeps one more trainee of the line out of every class that is open, or could be."""
    if not case.instance.seat_quotas:
        return
    arcs = [arc for arc, _ in with_room(case, g)]
    if not arcs:
        closed = set(case.closed_runs(g))
        arcs = [arc for arc in case.arcs_of_group(g) if case.run_of(arc) in closed]
    seats = _seats(case)
    blocking = [_blocking(case, seats, int(arc)) for arc in arcs]
    if blocking and all(blocking):
        quota = next(q for q in case.instance.seat_quotas if q.id == min(name for name in blocking if name))
        yield say(
            "seat_quota",
            "One more seat would use more of {what} than there is: {quota} has {limit}.",
            what=quota.kind, quota=quota.id, limit=quota.limit,
        )  # fmt: skip


def _seats(case: Case) -> Ints:
    """Return the trainees of the plan per arc."""
    arc = {(case.run_of(a), int(case.problem.arc_group[a])): a for a in range(case.problem.num_arcs)}
    found = np.zeros(case.problem.num_arcs, dtype=np.int64)
    for planned in case.solution.classes:
        for member in planned.members:
            found[arc[case.run[planned.run], case.group[member.demand]]] += member.count
    return found


def _blocking(case: Case, seats: Ints, arc: int) -> str:
    """Return the id of a quota that one more seat on the arc would break; empty if none."""
    more = seats.copy()
    more[arc] += 1
    quotas, rows = case.problem.quotas, case.problem.absence
    over = (quotas.used(more) > quotas.limit) & (quotas.cents == HARD) & (quotas.used(more) > quotas.used(seats))
    names = [quotas.names[q] for q in np.flatnonzero(over).tolist()]
    for i, name in enumerate(rows.names):
        index, use = rows.row(i)
        if name.startswith("seat_quota[") and arc in index and int((use * more[index]).sum()) > int(rows.limit[i]):
            names.append(name)
    return min((name.removeprefix("seat_quota[").removesuffix("]") for name in names), default="")


KIND = ReasonKind(find, planner_only)
