"""Site load: a site that the line could go to stays empty for a year, since it opens only for so many."""

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.kind import ReasonKind, as_it_is
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason for each such site and year in which the plan holds nobody there."""
    mine = {case.run_of(arc) for arc in case.arcs_of_group(g)}
    for i, limit in enumerate(case.problem.loads.limit.tolist()):
        runs = set(case.problem.loads.row(i)[0].tolist())
        if case.problem.loads.names[i].startswith("site_load[") and mine & runs and not runs & set(case.classes_of_run):
            run = case.candidates.runs[min(mine & runs)]
            yield say(
                "site_load",
                "{site} opens in {year} only if {min_seats_per_year} trainees or more come there in that year; it stays closed.",
                site=run.site, year=run.start.year, min_seats_per_year=limit,
            )  # fmt: skip


KIND = ReasonKind(find, as_it_is)
