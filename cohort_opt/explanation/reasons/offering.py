"""Offering: those without a seat would fill one more class at a start, but the offering allows no more side by side."""

from __future__ import annotations

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.kind import ReasonKind, planner_only
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason for the first such run: all its parallel classes are open, and more could meet there."""
    parallel = {offering.id: offering.max_parallel for offering in case.instance.offerings}
    for arc in case.arcs_of_group(g):
        r = case.run_of(arc)
        run, opened = case.candidates.runs[r], case.classes_of_run.get(r, ())
        if len(opened) == parallel[run.offering] and case.waiting_for(r) >= int(case.problem.run_min[r]):
            yield say(
                "offering",
                "{waiting} without a seat could meet in one more class of {run}, but no more than {max_parallel} may open there "
                "side by side.",
                waiting=case.waiting_for(r), run=run.id, max_parallel=parallel[run.offering],
            )  # fmt: skip
            return


KIND = ReasonKind(find, planner_only)
