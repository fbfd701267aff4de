import pytest

from cohort_opt.explanation.case import Case
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.solution import Member, PlannedClass, Solution


@pytest.fixture
def make_case():
    """Return a builder: an instance and {run: [(line, count), ...] per class} make a case; the others wait."""

    def build(instance, opened):
        candidates = find_candidates(instance)
        runs = {run.id: run for run in candidates.runs}
        classes = tuple(
            planned_class(runs[run], number, members)
            for run, classes in opened.items()
            for number, members in enumerate(classes, start=1)
        )
        seated = {d.id: 0 for d in instance.demands}
        for planned in classes:
            for member in planned.members:
                seated[member.demand] += member.count
        unplaced = tuple(Member(d.id, d.count - seated[d.id]) for d in instance.demands if d.count > seated[d.id])
        return Case(instance, candidates, Solution(classes, unplaced))

    return build


def planned_class(run, number, members):
    placed = tuple(sorted(Member(*member) for member in members))
    return PlannedClass(
        run.id, number, run.offering, run.course, run.site, run.room, run.instructor, run.start, run.pattern, run.dates, placed
    )
