"""Rules inside a class and between classes for the brute force: each read from its sentence once more, from the records alone.

`classes` are the runs that open, `seats[k]` the trainees by line in class k.
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
from fractions import Fraction
from typing import Any

Seats = list[dict[str, int]]


def takes_course(run: Any, course: str) -> bool:
    """Return whether trainees of the course may sit in the classes of the run."""
    return course == run.offering.course or any(other.course == course for other in run.offering.combines)


def waiting_share(price: int, demand: Any) -> int:
    """Return the price of a trainee without a seat, at the probability that they come, rounded half up."""
    return math.floor(Fraction(price * demand.probability_percent, 100) + Fraction(1, 2))


def couplings_hold(given: Any, classes: Any, seats: Seats) -> bool:
    """Return whether every rule of this file holds."""
    if any(not sum(held.values()) for held in seats):
        return False
    return (
        all(_class_holds(given, run, held) for run, held in zip(classes, seats, strict=True))
        and all(_order_holds(given, line, classes, seats) for line in given.demands if line.after)
        and all(_budget_holds(given, company, classes, seats) for company in given.companies)
        and all(_spread_holds(course, classes, seats) for course in given.courses)
        and all(_frozen_holds(given, row, classes, seats) for row in given.commitments)
        and all(_price_holds(given, row, classes, seats) for row in given.commitments)
        and all(_merge_holds(run, classes, seats) for run in classes)
        and all(_load_holds(site, classes, seats) for site in given.sites)
        and all(quota_use(quota, classes, seats) <= quota.limit for quota in given.seat_quotas if quota.cents_over is None)
    )


def coupled_cents(given: Any, classes: Any, seats: Seats) -> int:
    """Return the price of moved seats, classes off their wished size, support and passed quotas, less what grants bring."""
    moved = moved_cents(given, classes, seats)
    wished = [(run.course, sum(held.values())) for run, held in zip(classes, seats, strict=True)]
    off = sum(c.off_target_cents * abs(n - c.target_seats) for c, n in wished if c.target_seats is not None)
    over = sum(
        quota.cents_over * max(0, quota_use(quota, classes, seats) - quota.limit)
        for quota in given.seat_quotas
        if quota.cents_over is not None
    )
    support = sum(
        line.support_cents_once + line.support_cents_per_day * len(run.dates)
        for run, held in zip(classes, seats, strict=True)
        for line in (_line(given, name) for name in held)
    )
    return moved + off + over + support - granted(given, classes, seats)


def moved_cents(given: Any, classes: Any, seats: Seats) -> int:
    """Return the price of moved seats."""
    return sum(
        max(0, row.count - _kept(row, classes, seats)) * _change_price(given, row)
        for row in given.commitments
        if not _is_frozen(given, row)
    )


def granted(given: Any, classes: Any, seats: Seats) -> int:
    """Return what the grants bring: seat by seat, then each pot at most what it holds."""
    paid: dict[str | None, int] = {}
    for run, held in zip(classes, seats, strict=True):
        for grant in given.grants:
            if grant.run == run.id and grant.first_size <= sum(held.values()) <= grant.last_size:
                for seat in range(1, held.get(grant.demand, 0) + 1):
                    if grant.first_seat <= seat <= grant.last_seat:
                        paid[grant.pot] = paid.get(grant.pot, 0) + grant.cents
    holds = {pot.id: pot.budget_cents for pot in given.grant_pots}
    return sum(cents if pot is None else min(cents, holds[pot]) for pot, cents in paid.items())


def most_granted(given: Any) -> int:
    """Return more than all grants together can bring: every seat of a line at the dearest of its rows, all added up."""
    counts = {line.id: line.count for line in given.demands}
    return sum(grant.cents * counts[grant.demand] for grant in given.grants)


def quota_use(quota: Any, classes: Any, seats: Seats) -> int:
    """Return what a plan uses of a quota."""
    total = 0
    for block in {use.block for use in quota.uses}:
        worst = [0]
        for step in {use.step for use in quota.uses if use.block == block}:
            counted = sum(
                use.amount * sum(held.get(name, 0) for name in use.demands)
                for use in quota.uses
                if (use.block, use.step) == (block, step)
                for run, held in zip(classes, seats, strict=True)
                if (use.starts_from or dt.date.min) <= run.dates[0] <= (use.starts_until or dt.date.max)
                and (use.ends_from or dt.date.min) <= run.dates[-1] <= (use.ends_until or dt.date.max)
            )
            for row in quota.allowances:
                if (row.block, row.step) == (block, step):
                    counted = (counted if row.at_most is None else min(counted, row.at_most)) - row.free
            worst.append(counted)
        total += max(worst)
    return total


def _line(given: Any, name: str) -> Any:
    return next(line for line in given.demands if line.id == name)


def _sure_to_come(given: Any, run: Any, line: Any, seats: int) -> int:
    """Return how many of a line's seats in a class count for its minimum: all, or as many as are agreed there."""
    if line.certainty == "firm":
        return seats
    told = sum(row.count for row in given.commitments if (row.demand, row.run) == (line.id, run.id) and row.state != "published")
    if told < line.count and run.offering.max_parallel > 1:
        return 0
    return min(seats, told)


def _class_holds(given: Any, run: Any, held: dict[str, int]) -> bool:
    lines = {name: _line(given, name) for name in held}
    size = sum(held.values())
    own = run.offering.own_max_seats
    limits = [(other.course, other.max_seats) for other in run.offering.combines]
    limits += [] if own is None else [(run.offering.course, own)]
    if any(sum(n for name, n in held.items() if lines[name].course == course) > most for course, most in limits):
        return False
    if size + sum(line.support_seats for line in lines.values()) > run.most_seats:
        return False
    kept = 0
    for row in run.offering.reserved:
        if given.planning_date is None or given.planning_date <= row.until:
            kept += max(0, row.seats - sum(n for name, n in held.items() if lines[name].company == row.company))
    if size + kept > run.most_seats:
        return False
    unsure = any(line.certainty != "firm" for line in given.demands)
    if unsure and sum(_sure_to_come(given, run, lines[name], n) for name, n in held.items()) < run.course.min_seats:
        return False
    companies = [line.company for line in lines.values()]
    for pair in given.apart:
        here = list(held) if pair.of == "demands" else companies
        if pair.first in here and pair.second in here:
            return False
    if any((pair.first in held) != (pair.second in held) for pair in given.side_by_side):
        return False
    return all(_not_above_alone(given, run, lines[name], n, size) for name, n in held.items() if lines[name].not_above_alone)


def _not_above_alone(given: Any, run: Any, line: Any, n: int, size: int) -> bool:
    from tests.properties.trade_rules import way_cents

    share = Fraction((run.opening_cents + run.offering.seat_cents * size) * n, size)
    outside = line.outside
    options = [] if outside.list_price_cents is None else [outside.list_price_cents * n]
    if outside.own_course_fixed_cents is not None:
        options.append(outside.own_course_fixed_cents + outside.own_course_seat_cents * n)
    return share + way_cents(given, line, run) * n <= min(options) + outside.travel_cents * n


def _order_holds(given: Any, line: Any, classes: Any, seats: Seats) -> bool:
    """Every set of classes of the following line finds enough seats of the first line at the right distance (Hall 1935)."""
    following = [k for k, held in enumerate(seats) if held.get(line.id)]
    for size in range(1, len(following) + 1):
        for some in itertools.combinations(following, size):
            first = {
                b
                for b in range(len(classes))
                for k in some
                if line.min_gap_days <= (classes[k].dates[0] - classes[b].dates[-1]).days <= (line.max_gap_days or 10_000)
            }
            if sum(seats[k][line.id] for k in some) > sum(seats[b].get(line.after, 0) for b in first):
                return False
    return True


def _budget_holds(given: Any, company: Any, classes: Any, seats: Seats) -> bool:
    if company.budget_cents is None:
        return True
    spent = 0
    for run, held in zip(classes, seats, strict=True):
        if (company.budget_first or dt.date.min) <= run.dates[0] <= (company.budget_last or dt.date.max):
            own = sum(n for name, n in held.items() if _line(given, name).company == company.id)
            spent += math.ceil(Fraction(run.opening_cents * own, sum(held.values()))) + run.offering.seat_cents * own
    return spent <= company.budget_cents


def _spread_holds(course: Any, classes: Any, seats: Seats) -> bool:
    if course.max_price_spread_cents is None:
        return True
    prices = [
        math.ceil(Fraction(run.opening_cents, sum(held.values()))) + run.offering.seat_cents
        for run, held in zip(classes, seats, strict=True)
        if run.course.id == course.id
    ]
    return max(prices, default=0) - min(prices, default=0) <= course.max_price_spread_cents


def _merge_holds(run: Any, classes: Any, seats: Seats) -> bool:
    """All who start the run are enough for one class later, and those expected to stay fit into it."""
    from tests.properties.trade_rules import starts_with_enough

    course, places = run.course, run.most_seats * run.course.show_percent // 100
    if course.merge_from_week is None:
        return True
    total = sum(sum(held.values()) for other, held in zip(classes, seats, strict=True) if other.id == run.id)
    return starts_with_enough(course, total) and Fraction(total * course.survival_percent, 100) <= places


def _load_holds(site: Any, classes: Any, seats: Seats) -> bool:
    """In no year does the site hold anybody unless it holds enough."""
    years = [
        (run.dates[0].year, sum(held.values())) for run, held in zip(classes, seats, strict=True) if run.offering.site == site.id
    ]
    return all(sum(n for year, n in years if year == each) >= (site.min_seats_per_year or 0) for each, _ in years)


def _kept(row: Any, classes: Any, seats: Seats) -> int:
    return sum(held.get(row.demand, 0) for run, held in zip(classes, seats, strict=True) if run.id == row.run)


def _is_frozen(given: Any, row: Any) -> bool:
    today = given.planning_date
    return row.state == "started" or (today is not None and row.start < today + given.prices.frozen_weeks * dt.timedelta(days=7))


def _frozen_holds(given: Any, row: Any, classes: Any, seats: Seats) -> bool:
    return not _is_frozen(given, row) or _kept(row, classes, seats) >= row.count


def _price_holds(given: Any, row: Any, classes: Any, seats: Seats) -> bool:
    """An agreed price holds in every class of the run with somebody of the line, unless the seats are frozen."""
    if row.seat_price_cents is None or _is_frozen(given, row):
        return True
    return all(
        Fraction(run.opening_cents, sum(held.values())) + run.offering.seat_cents <= row.seat_price_cents
        for run, held in zip(classes, seats, strict=True)
        if run.id == row.run and held.get(row.demand)
    )


def _change_price(given: Any, row: Any) -> int:
    prices = given.prices
    full = prices.change_cents_published if row.state == "published" else prices.change_cents_agreed
    if not prices.change_weeks or given.planning_date is None:
        return full
    weeks = (row.start - given.planning_date).days // 7
    near = Fraction(min(max(prices.change_weeks - weeks, 0), prices.change_weeks), prices.change_weeks)
    return math.floor(full * near + Fraction(1, 2))
