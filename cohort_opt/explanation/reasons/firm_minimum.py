"""Firm minimum: firm lines alone cannot fill any class that suits the line."""

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.kind import ReasonKind, as_it_is
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason if some line is less than firm, and no run that suits this one has enough firm trainees."""
    limits = case.problem.class_limits
    # The first row of a run counts every seat of those who are agreed in part.
    named = [i for i, name in enumerate(limits.names) if name.startswith("firm_minimum[")]
    rows = {int(limits.run[i]): i for i in reversed(named)}
    runs = [case.run_of(arc) for arc in case.arcs_of_group(g)]
    if not runs or not all(r in rows for r in runs):
        return
    firm = {r: int(case.problem.group_count[case.problem.arc_group[limits.arcs(rows[r])]].sum()) for r in runs}
    if all(firm[r] < int(limits.lower[rows[r]]) for r in runs):
        best = max(runs, key=lambda r: (firm[r] - int(limits.lower[rows[r]]), -r))
        yield say(
            "firm_minimum",
            "At most {firm} firm trainees suit a class of {course}, its minimum is {min_seats}; those who may stay away do not "
            "count for it.",
            firm=firm[best], course=case.course(g), min_seats=int(limits.lower[rows[best]]),
        )  # fmt: skip


KIND = ReasonKind(find, as_it_is)
