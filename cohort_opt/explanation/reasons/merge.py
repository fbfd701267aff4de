"""Merge: a run of the line stays closed, since too few could start in all of its classes together to merge them later."""

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.kind import ReasonKind, planner_only
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason for the closed run with the most trainees without a seat who could attend, if they are too few."""
    rows = {name: int(limit) for name, limit in zip(case.problem.loads.names, case.problem.loads.limit, strict=True)}
    closed = [r for r in case.closed_runs(g) if r not in case.classes_of_run and f"merge[{case.problem.run_ids[r]}]" in rows]
    if not closed:
        return
    r = max(closed, key=lambda run: (case.waiting_for(run), -run))
    least = rows[f"merge[{case.problem.run_ids[r]}]"]
    if case.waiting_for(r) < least:
        yield say(
            "merge",
            "The classes of {run} start together with {start_size} or more, so that enough stay to merge them; without a seat "
            "are {could_attend} who could attend.",
            run=case.problem.run_ids[r], start_size=least, could_attend=case.waiting_for(r),
        )  # fmt: skip


KIND = ReasonKind(find, planner_only)
