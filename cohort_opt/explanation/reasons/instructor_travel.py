"""Too far between sites: one more class would ask instructors to be at two sites on one day that are too far apart."""

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.kind import ReasonKind, planner_only
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason for the first run within reach that those without a seat could fill but for the journeys of a day."""
    full = case.full_travel_rows
    for r in case.closed_runs(g):
        run = case.candidates.runs[r]
        if r in full and case.full_pool(run) is None and case.waiting_for(r) >= int(case.problem.run_min[r]):
            day, limit = full[r]
            yield say(
                "instructor_travel",
                "A class of {run} would need {pool} at another site on {date}, too far for the {max_minutes} minutes between a "
                "morning and an afternoon; all {capacity} are at work that day.",
                run=run.id, pool=run.instructor, date=day, max_minutes=case.longest_between_sites(run.instructor), capacity=limit,
            )  # fmt: skip
            return


KIND = ReasonKind(find, planner_only)
