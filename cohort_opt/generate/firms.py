"""The company side: invented companies in real towns, and their demand lines with every rule that a line can have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from cohort_opt.generate.academies import Academies, Trade
from cohort_opt.generate.closures import BUILDERS_HOLIDAYS
from cohort_opt.generate.dice import Dice
from cohort_opt.generate.sizes import Scale
from cohort_opt.generate.towns import Town
from cohort_opt.problem.fields import ALL_WEEKDAYS, Weekday
from cohort_opt.problem.records import Calendar, Company, DatePeriod, Demand, OutsideOptions

LARGEST_LINE = 14
"""No generated line asks for more; small companies are what the product is for."""
MOST_LINES = 5
"""No generated company has more lines."""
WINDOW_WEEKS = (10, 13, 17, 20, 26, 39)
"""Between the earliest and the latest start of a line."""


def make_firms(
    dice: Dice, scale: Scale, academies: Academies, towns: dict[str, list[Town]], calendar: Calendar
) -> tuple[tuple[Company, ...], tuple[Demand, ...]]:
    """Return companies and demand lines; their numbers and the trainees are those of the scale, exactly."""
    region_of = {town.name: hub for hub, members in towns.items() for town in members}
    places = [town for members in towns.values() for town in members]
    homes = _spread(dice, places, scale)
    width = len(str(scale.companies))
    ids = [f"c{number:0{width}d}" for number in range(1, scale.companies + 1)]
    asked = _lines(dice, scale, academies, [region_of[home.name] for home in homes])
    counts = _counts(dice, scale, [company for company, _ in asked])
    parts, together, capped = sorted(range(len(asked)), key=lambda line: (-counts[line], line))[:3]
    surely = {parts: "min_part", together: "together", capped: "price_cap"}
    demands = tuple(
        _demand(dice, scale, academies, calendar, ids[company], course, counts[line], surely.get(line, ""))
        for line, (company, course) in enumerate(asked)
    )
    trainees = [0] * scale.companies
    for (company, _), count in zip(asked, counts, strict=True):
        trainees[company] += count
    limited = asked[parts][0]
    companies = (_company(dice, ids[i], homes[i], trainees[i], calendar, i == limited) for i in range(scale.companies))
    return tuple(companies), demands


def _spread(dice: Dice, places: list[Town], scale: Scale) -> list[Town]:
    """Return a home town per company: each town once where there are enough companies, then by the root of inhabitants."""
    weights = [max(1, town.inhabitants // 10) for town in places]
    homes = places[: scale.companies]
    return homes + [dice.pick_weighted(places, weights) for _ in range(scale.companies - len(homes))]


def _lines(dice: Dice, scale: Scale, academies: Academies, regions: list[str]) -> list[tuple[int, str]]:
    """Return (company, course) of each line: one line each, then more for some; a company asks for a course once."""
    wanted: list[set[str]] = [set() for _ in regions]
    taught = academies.taught
    weights = {hub: [academies.trades[name].weight for name in names] for hub, names in taught.items()}
    lines = 0
    while lines < scale.lines:
        company = lines if lines < scale.companies else dice.between(0, scale.companies - 1)
        hub = regions[company]
        course = dice.pick_weighted(taught[hub], weights[hub])
        if course not in wanted[company] and len(wanted[company]) < MOST_LINES:
            wanted[company].add(course)
            lines += 1
    return [(company, course) for company, courses in enumerate(wanted) for course in sorted(courses)]


def _counts(dice: Dice, scale: Scale, companies: Sequence[int]) -> list[int]:
    """Return trainees per line: one each, and the rest drawn, more often for the larger companies."""
    staff = [dice.pick((1, 1, 1, 2, 2, 4, 6)) for _ in range(scale.companies)]
    tickets = [line for line, company in enumerate(companies) for _ in range(staff[company])]
    counts = [1] * len(companies)
    rest = scale.trainees - len(companies)
    while rest:
        line = dice.pick(tickets)
        if counts[line] < LARGEST_LINE:
            counts[line] += 1
            rest -= 1
    return counts


def _company(dice: Dice, company_id: str, home: Town, trainees: int, calendar: Calendar, is_limited: bool) -> Company:
    limit = dice.between(max(1, trainees // 2), trainees) if trainees > 1 and (dice.one_in(3) or is_limited) else None
    return Company(
        id=company_id, name=f"Company {company_id[1:]}", municipality=home.name,
        latitude=(home.latitude + dice.scatter(250)) / 10_000, longitude=(home.longitude + dice.scatter(400)) / 10_000,
        closed=tuple(_closures(dice, calendar)), max_away_per_day=limit,
    )  # fmt: skip


def _closures(dice: Dice, calendar: Calendar) -> list[DatePeriod]:
    """Return the builders' holiday of one of the three regions and, for one company in three, a busy fortnight."""
    first = dice.pick(BUILDERS_HOLIDAYS)
    closed = [DatePeriod(first=first, last=first + dt.timedelta(days=18), name="builders' holiday")]
    if dice.one_in(3):
        busy = calendar.start + dt.timedelta(weeks=dice.between(2, (calendar.end - calendar.start).days // 7 - 3))
        closed.append(DatePeriod(first=busy, last=busy + dt.timedelta(days=11), name="busy fortnight"))
    return [period for period in closed if period.first <= calendar.end]


def _demand(
    dice: Dice, scale: Scale, academies: Academies, calendar: Calendar, company: str, course: str, count: int, surely: str
) -> Demand:
    """Return a line; `surely` names a rule that it has in any case, so that every size and seed shows each rule."""
    trade = academies.trades[course]
    weeks = (calendar.end - calendar.start).days // 7
    earliest = calendar.start + dt.timedelta(weeks=dice.between(0, weeks // 3))
    latest = min(calendar.end, earliest + dt.timedelta(weeks=dice.pick(WINDOW_WEEKS)))
    together = count > 1 and (dice.one_in(6) or surely == "together") and surely != "min_part"
    part = 2 if count >= 2 and not together and ((count >= 4 and dice.one_in(4)) or surely == "min_part") else 1
    capped = dice.one_in(10) or surely == "price_cap"
    return Demand(
        id=f"{company}-{course}", company=company, course=course, count=count,
        earliest_start=earliest, latest_start=latest,
        weekdays=_weekdays(dice), patterns=_patterns(dice, trade.release_weeks > 0),
        max_travel_km=dice.pick(scale.travel_km), together=together, min_part=part,
        max_seat_price_cents=_price_cap(dice, trade) if capped else None,
        unplaced_cents=dice.pick((200_000, 300_000)) if dice.one_in(8) else None,
        outside=_outside(dice, trade.fixed_cents, trade.seat_cents),
    )  # fmt: skip


def _weekdays(dice: Dice) -> tuple[Weekday, ...]:
    """Return all weekdays, or, for one line in eight, all but one: then only some day releases remain."""
    kept_free = dice.pick(ALL_WEEKDAYS)
    return tuple(day for day in ALL_WEEKDAYS if day != kept_free) if dice.one_in(8) else ALL_WEEKDAYS


def _patterns(dice: Dice, has_release: bool) -> tuple[str, ...]:
    if has_release and dice.one_in(5):
        return (dice.pick(("block", "day_release")),)
    return ("block", "day_release")


def _price_cap(dice: Dice, trade: Trade) -> int:
    """Return a cap that a class of some size between minimum and maximum just keeps."""
    size = dice.between(trade.min_seats, trade.max_seats - 1)
    # 40,000 cents above the usual fixed cost, so that the dearer sites can keep the cap with a class a little fuller.
    return -(-(trade.fixed_cents + 40_000) // size) + trade.seat_cents


def _outside(dice: Dice, fixed_cents: int, seat_cents: int) -> OutsideOptions:
    """Return what the line could do alone: a course of its own at full price and, for three in five, a list-price seat."""
    list_price = -(-fixed_cents // 7) + seat_cents + 1_000 * dice.between(0, 40)
    return OutsideOptions(
        own_course_fixed_cents=fixed_cents, own_course_seat_cents=seat_cents,
        list_price_cents=list_price if dice.between(1, 5) <= 3 else None,
        travel_cents=500 * dice.between(0, 20),
    )  # fmt: skip
