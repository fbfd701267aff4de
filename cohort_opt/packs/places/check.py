"""All checks of places on one plan: hosts, mentors, aftercare."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources

from cohort_opt.errors import InputProblem, InstanceError
from cohort_opt.packs.places.aftercare import check_in_findings, follow_on_findings
from cohort_opt.packs.places.finding import PlaceFinding
from cohort_opt.packs.places.hosts import room_findings
from cohort_opt.packs.places.mentors import Mentored, MentorNeed, share_mentors
from cohort_opt.packs.places.records import Places, RatioTable
from cohort_opt.packs.read import record_from
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.strict_json import read_json
from cohort_opt.solution import PlannedClass

FOLLOW_ON_MONTHS = 6
"""Within so many months after the class a follow-on place is expected: the inclusion figure counts placed after six months."""


@dataclass(frozen=True, slots=True)
class PlaceReport:
    """What the places of a region say about a plan.

    Parameters
    ----------
    mentored
        Who has a mentor, own or of the pool.
    findings
        What is missing, sorted by rule and subject; empty if nothing is.
    table
        Ratio table used; its name says where it comes from.
    """

    mentored: tuple[Mentored, ...]
    findings: tuple[PlaceFinding, ...]
    table: RatioTable


def german_norm() -> RatioTable:
    """Return the ratio table that is used by default; its name says that it is the German norm and why."""
    text = (resources.files("cohort_opt.packs") / "data" / "ratio-german-norm.json").read_bytes()
    return RatioTable.model_validate(read_json(text))


def read_places(source: str | bytes, instance: Instance) -> Places:
    """Return the places in a JSON text.

    Raises
    ------
    InstanceError
        With every problem: fields, ids given twice, unknown companies and lines.
    """
    places = record_from(Places, read_json(source))
    if problems := [*_unknown(places, instance), *_twice(places)]:
        raise InstanceError(problems)
    return places


def _unknown(places: Places, instance: Instance) -> Iterable[InputProblem]:
    companies, lines = {c.id for c in instance.companies}, {d.id for d in instance.demands}
    named = [("mentors", row.id, "company", row.company, companies) for row in places.mentors]
    named += [("hosts", row.id, "company", row.company, companies) for row in places.hosts]
    named += [("follow_ons", row.demand, "demand", row.demand, lines) for row in places.follow_ons]
    named += [("subsidised", row.site, "site", row.site, {site.id for site in instance.sites}) for row in places.subsidised]
    for collection, name, field, value, known in named:
        if value not in known:
            yield InputProblem("unknown-reference", f"{collection}[{name}]", value, f"the instance has no such {field}",
                               "correct the id", f"/{collection}/{name}/{field}")  # fmt: skip


def _twice(places: Places) -> Iterable[InputProblem]:
    for collection in ("mentors", "hosts", "check_ins"):
        ids = [row.id for row in getattr(places, collection)]
        for name in sorted({name for name in ids if ids.count(name) > 1}):
            yield InputProblem("duplicate-id", f"{collection}[{name}]", name, "the id stands on several rows",
                               "give each row an id of its own", f"/{collection}/{name}")  # fmt: skip


def check_places(
    instance: Instance, places: Places, classes: Sequence[PlannedClass], table: RatioTable | None = None
) -> PlaceReport:
    """Return what the hosts, mentors and aftercare of a region lack for a plan.

    A trainee needs place and mentor at the own company, in the trade of the course, until the last day of the own class. A mentor
    of the pool will do.
    """
    table = table or german_norm()
    needs = _needs(instance, classes)
    mentored = share_mentors(needs, places.mentors, table)
    findings = [
        PlaceFinding("mentor", row.need.company, {"trade": row.need.trade, "without": row.without, "needed": row.need.count})
        for row in mentored
        if row.without
    ]
    rooms: dict[str, PlaceFinding] = {}
    for need in needs:
        staying = sum(
            n.count for n in needs if (n.company, n.trade) == (need.company, need.trade) and n.last_day >= need.last_day
        )
        for found in room_findings(need.company, need.trade, staying, need.last_day, places.hosts, places.gate, table):
            rooms.setdefault(f"{found.rule} {found.subject} {need.trade}", found)
    findings += rooms.values()
    findings += check_in_findings(places, classes)
    findings += follow_on_findings(places.follow_ons, classes, FOLLOW_ON_MONTHS)
    return PlaceReport(mentored, tuple(sorted(findings, key=lambda f: (f.rule, f.subject, str(sorted(f.facts.items()))))), table)


def _needs(instance: Instance, classes: Sequence[PlannedClass]) -> tuple[MentorNeed, ...]:
    """Return the needs of each company and trade, by the last day of the classes."""
    trade = {course.id: course.trade for course in instance.courses}
    company = {demand.id: demand.company for demand in instance.demands}
    counts: dict[tuple[str, str, dt.date], int] = {}
    for planned in classes:
        for member in planned.members:
            key = company[member.demand], trade[planned.course], planned.dates[-1]
            counts[key] = counts.get(key, 0) + member.count
    return tuple(MentorNeed(firm, what, last, number) for (firm, what, last), number in sorted(counts.items()))
