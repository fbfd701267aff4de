"""Sums over companies that tell nothing about one of them (reliability.md, G23)."""

from __future__ import annotations

from service.schemas.wire import Wire

LEAST_PERSONS, LEAST_COMPANIES = 10, 3
"""No sum over fewer is told (reliability.md, G23)."""


class CourseSum(Wire):
    """Demand for one course over all companies of a round; `null` where it would tell about too few."""

    course: str
    course_name: str
    trainees: int | None
    companies: int | None


class RoundAggregate(Wire):
    """Sums over a round for readers. `trainees` over all courses is told only where no course was left out."""

    round: str
    courses: tuple[CourseSum, ...]
    trainees: int | None


def aggregate_of(round_id: str, names: dict[str, str], lines: list[tuple[str, str, int]]) -> RoundAggregate:
    """Return the sums of (company, course, count) lines, those over too few persons or companies left out.

    The total is left out with them: the difference between it and the courses shown would tell the missing one.
    """
    sums = []
    for course, name in sorted(names.items()):
        own = [(company, count) for company, wanted, count in lines if wanted == course]
        trainees, companies = sum(count for _, count in own), len({company for company, _ in own})
        told = trainees >= LEAST_PERSONS and companies >= LEAST_COMPANIES
        figures = {"trainees": trainees if told else None, "companies": companies if told else None}
        sums.append(CourseSum(course=course, course_name=name, **figures))
    total = None if any(row.trainees is None for row in sums) else sum(row.trainees or 0 for row in sums)
    return RoundAggregate(round=round_id, courses=tuple(sums), trainees=total)
