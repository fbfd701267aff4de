"""No candidate run: every run of the course is closed to the line by a rule that no plan could satisfy.

The first reason counts; then each rule speaks with the values of its closest miss. Runs at sites beyond the line's reach count
as too far, whatever else keeps it out of them; where no site is in reach, those of the nearest one are looked at in full.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.kind import ReasonKind, as_it_is
from cohort_opt.explanation.sentence import say
from cohort_opt.problem.candidates import Rejection
from cohort_opt.proposal import Reason

SENTENCES = {
    "travel_limit": "Too far away: {runs} of them; the nearest, {site}, is {travel_km} km away and the limit is {limit_km} km.",
    "start_window": "Outside the window {earliest_start} to {latest_start}: {runs} of them; the nearest starts on {start}.",
    "weekdays": "On a day of the week that the line refuses, such as {weekday}: {runs} of them.",
    "release_pattern": "Given as {pattern} where the line accepts {accepted}: {runs} of them.",
    "company_closed_days": "On a day when the company lets nobody go, such as {date} ({closure}): {runs} of them.",
    "parts": "With at most {max_seats} seats where the line sends no fewer than {smallest_part} to a class: {runs} of them.",
    "company_absence": "With {smallest_part} away on one day where the company lets {max_away_per_day} go: {runs} of them.",
    "price_cap": "Too dear: {runs} of them; even full, with {max_seats} in the class, a seat costs "
    "{price_of_a_full_class_cents}, and the cap is {cap_cents}.",
    "calendar": "Not in the calendar, such as {run}: {runs} starts.",
    "room_capacity": "Without a room: {runs} starts; {pool} has {capacity} on {date}.",
    "instructor_capacity": "Without an instructor: {runs} starts; {pool} has {capacity} on {date}.",
    "class_size_wish": "With at most {max_seats} seats where the line comes only to a class of {min_class_size}: {runs} of them.",
    "travel_time_limit": "Too long a journey: {runs} of them; the nearest, {site}, takes {travel_minutes} minutes and the limit "
    "is {limit_minutes}.",
    "boarding": "With {beds} beds at {site} where the line sends no fewer than {smallest_part}: {runs} of them.",
    "buffer_seats": "With {buffer_seats} buffer seats in {site} where the line sends no fewer than {smallest_part} to a class: "
    "{runs} of them.",
    "practice_share": "With {practice_percent} % practice where the line asks for {min_practice_percent} %: {runs} of them.",
    "company_absence_week": "With {smallest_part} away in one week where the company lets {max_away_per_week} go: {runs} of "
    "them.",
    "instructor_hours": "With more class days in a week than {pool} may teach ({class_days} in the week of {week_of}, at most "
    "{max_days}): {runs} starts.",
    "unbroken": "Interrupted by a closed day, such as {date} ({closure}): {runs} starts.",
    "exam_date": "With no exam within {exam_within_days} days after the last day, such as {last_day} (next exam: {next_exam}): "
    "{runs} starts.",
    "bans": "Banned by the planner, such as {run}: {runs} of them.",
}
"""One sentence per rule that can keep a line out of a run or a run out of the world, with the facts of `Rejection`."""


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield the count of what blocks, then one reason for each blocking rule."""
    demand = case.demand(g)
    if case.arcs_of_group(g):
        return
    runs = case.offered_runs(demand.course)
    near, far = case.runs_near(g)
    blocked = [found for run in near if (found := case.blockers.of(demand, run))]
    if len(blocked) < len(near):
        return  # some run suits the line, but too few others: see `too_few`
    by_rule = _by_rule(rejection for found in blocked for rejection in found)
    impossible = _by_rule(case.impossible_runs(demand.course))
    counts = Counter({rule: len(by_rule.get(rule, ())) + len(impossible.get(rule, ())) for rule in {**by_rule, **impossible}})
    if far:
        counts["travel_limit"] += len(far)
        by_rule.setdefault("travel_limit", [r for r in case.blockers.of(demand, far[0]) if r.rule == "travel_limit"])
    listed = (
        ", ".join(f"{rule} {counts[rule]}" for rule in sorted(counts, key=lambda rule: (-counts[rule], rule)))
        or "none is offered"
    )
    yield say(
        "no_run",
        "No run of {course} suits the line. Possible runs: {runs}; closed by: {rules}. Without a seat: "
        "{count}.",
        runs=len(runs), course=case.course(g), count=int(case.waiting[g]), rules=listed,
    )  # fmt: skip
    for rule in sorted(counts):
        yield _closest(rule, counts[rule], [*by_rule.get(rule, ()), *impossible.get(rule, ())])


def _by_rule(rejections: Iterable[Rejection]) -> dict[str, list[Rejection]]:
    found: dict[str, list[Rejection]] = {}
    for rejection in rejections:
        found.setdefault(rejection.rule, []).append(rejection)
    return found


def _closest(rule: str, count: int, rejections: list[Rejection]) -> Reason:
    """Return the rule's sentence with the values of its closest miss."""
    best = min(rejections, key=lambda rejection: (_miss(rejection), rejection.subject))
    facts = dict(best.facts)
    template = SENTENCES.get(rule)
    if rule == "calendar":
        facts = {"run": best.subject}
    if template is None:
        return say(
            "closed_by_rule", "Closed by the rule {closed_by}, such as {run}: {runs} of them.",
            closed_by=rule, run=best.subject, runs=count,
        )  # fmt: skip
    return say(rule, template, runs=count, **facts)


def _miss(rejection: Rejection) -> int:
    """Return by how much a rule is missed, where that has a measure; 0 else."""
    facts = rejection.facts
    if rejection.rule == "travel_limit":
        return int(facts["travel_km"]) - int(facts["limit_km"])
    if rejection.rule == "travel_time_limit":
        return int(facts["travel_minutes"]) - int(facts["limit_minutes"])
    if rejection.rule == "price_cap":
        return int(facts["price_of_a_full_class_cents"]) - int(facts["cap_cents"])
    if rejection.rule == "start_window":
        start, first, last = (dt.date.fromisoformat(str(facts[name])) for name in ("start", "earliest_start", "latest_start"))
        return max((first - start).days, (start - last).days)
    return 0


KIND = ReasonKind(find, as_it_is)
