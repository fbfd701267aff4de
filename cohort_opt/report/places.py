"""What the map and its table show: companies (or, where there are many, municipalities), sites, and who travels where."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from cohort_opt.problem.journeys import Journeys
from cohort_opt.problem.records import Company, Site
from cohort_opt.report.view import View

MOST_DOTS = 150
"""Beyond so many companies the map shows one dot per municipality."""


@dataclass(frozen=True, slots=True)
class Journey:
    """`count` trainees travel `km` (single journey, on average) to a site for a course."""

    course: str
    site: str
    count: int
    km: int


@dataclass(frozen=True, slots=True)
class Place:
    """One dot of the map: a company, or all companies of a municipality.

    Parameters
    ----------
    number
        Number beside the dot and in the table.
    longitude, latitude
        Degrees; of several companies the mean.
    asked, waiting
        Trainees asked for, and those without a seat.
    """

    number: int
    name: str
    municipality: str
    longitude: float
    latitude: float
    asked: int
    waiting: int
    journeys: tuple[Journey, ...]


@dataclass(frozen=True, slots=True)
class UsedSite:
    """A site with the numbers of the classes that it holds."""

    site: Site
    classes: tuple[int, ...]


def places(view: View) -> tuple[Place, ...]:
    """Return one place per company that asked for a seat, in order of id; or one per municipality beyond `MOST_DOTS`."""
    asked, placed = view.asked_by_company(), view.placed_by_company()
    companies = [company for company in view.instance.companies if asked[company.id]]
    journeys = _journeys(view)
    groups = _by_municipality(companies) if len(companies) > MOST_DOTS else [(c.name, [c]) for c in companies]
    return tuple(
        Place(
            number,
            name,
            group[0].municipality,
            sum(company.longitude for company in group) / len(group),
            sum(company.latitude for company in group) / len(group),
            sum(asked[company.id] for company in group),
            sum(asked[company.id] - placed[company.id] for company in group) if view.has_plan else 0,
            _merged([journey for company in group for journey in journeys[company.id]]),
        )
        for number, (name, group) in enumerate(groups, start=1)
    )


def used_sites(view: View) -> tuple[UsedSite, ...]:
    """Return all sites of the instance, each with the classes it holds, in order of id."""
    return tuple(
        UsedSite(site, tuple(item.number for item in view.classes if item.site.id == site.id)) for site in view.instance.sites
    )


def _merged(journeys: list[Journey]) -> tuple[Journey, ...]:
    """Return one journey per course and site; of several companies the mean distance, weighted by trainees."""
    groups: defaultdict[tuple[str, str], list[Journey]] = defaultdict(list)
    for journey in journeys:
        groups[(journey.course, journey.site)].append(journey)
    return tuple(
        Journey(course, site, count, (2 * sum(j.km * j.count for j in group) + count) // (2 * count))
        for (course, site), group in sorted(groups.items())
        for count in [sum(journey.count for journey in group)]
    )


def _by_municipality(companies: list[Company]) -> list[tuple[str, list[Company]]]:
    groups: defaultdict[str, list[Company]] = defaultdict(list)
    for company in companies:
        groups[company.municipality].append(company)
    return [(f"{len(group)} companies in {name}", group) for name, group in sorted(groups.items())]


def _journeys(view: View) -> defaultdict[str, list[Journey]]:
    ways = Journeys.of(view.instance)
    seats: Counter[tuple[str, str, str, int]] = Counter()
    for item in view.classes:
        for member in item.entry.members:
            demand = view.demands[member.demand]
            seats[(demand.company, item.course.id, item.site.id, ways.km(demand, item.site.id))] += member.count
    journeys: defaultdict[str, list[Journey]] = defaultdict(list)
    for (company, course, site, km), count in sorted(seats.items()):
        journeys[company].append(Journey(course, site, count, km))
    return journeys
