"""More trainees: so many more of another company at the same place with the same wishes, until a further class can open."""

from collections.abc import Iterator

from cohort_opt.analysis.relaxations.kind import Question, Relaxation
from cohort_opt.explanation.sentence import say
from cohort_opt.problem.changes import AddCompany, AddDemand
from cohort_opt.problem.records import Demand, OutsideOptions
from cohort_opt.proposal import Reason

EXTRA = "more-trainees"
"""Id of the demand line that stands for trainees still to be found."""


def relaxations(question: Question) -> Iterator[Relaxation]:
    """Yield one, two, ... more trainees, up to the minimum of a class."""
    demand, course = question.demand, question.course
    taken = {line.id for line in question.instance.demands} | {company.id for company in question.instance.companies}
    name = next(name for number in range(len(taken) + 1) if (name := f"{EXTRA}-{number}") not in taken)
    neighbour = question.company.model_copy(update={"id": name, "closed": (), "max_away_per_day": None})
    for more in range(1, course.min_seats + 1):
        line = demand.model_copy(
            update={"id": name, "company": name, "count": more, "together": False, "min_part": 1, "outside": OutsideOptions(),
                    "unplaced_cents": 0}
        )  # fmt: skip
        changes = (AddCompany(kind="add_company", company=neighbour), AddDemand(kind="add_demand", demand=line))
        yield Relaxation(changes, _said(more, course.name, demand))


def _said(more: int, course: str, demand: Demand) -> Reason:
    facts: dict[str, int | str] = {
        "course": course, "travel_km": demand.max_travel_km, "week": demand.latest_start.isocalendar().week,
        "latest_start": demand.latest_start.isoformat(),
    }  # fmt: skip
    if more == 1:
        return say(
            "more_trainees",
            "one more trainee in {course} within {travel_km} km, to start by week {week} ({latest_start})",
            **facts,
        )
    return say(
        "more_trainees", "{more} more trainees in {course} within {travel_km} km, to start by week {week} ({latest_start})",
        more=more, **facts,
    )  # fmt: skip
