"""Switches of what is placed already: agreed seats, pins and bans, each on runs that can be."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from cohort_opt.generate.dice import Dice
from cohort_opt.generate.draft import Draft
from cohort_opt.problem.candidates import Candidates, Run, find_candidates
from cohort_opt.problem.records import Demand

NUM_AGREED_RUNS = 3
LINES_PER_AGREED_RUN = 4


def bans(dice: Dice, draft: Draft) -> None:
    """The planner closed a run, and kept a line out of another."""
    found = find_candidates(draft.instance())
    able = [run for run in found.runs if run.course not in draft.quiet]
    closed = dice.pick(able)
    draft.rows("bans").append({"run": closed.id})
    members = _members(found)
    other = dice.pick([run for run in able if run.id != closed.id and members[run.id]])
    draft.rows("bans").append({"run": other.id, "demand": dice.pick(members[other.id]).id})


def commitments(dice: Dice, draft: Draft) -> None:
    """One class soon is frozen; seats of some later classes were agreed or shown, and moving them has a price."""
    fields = draft.fields
    start = min(offering["first_start"] for offering in draft.rows("offerings")) - dt.timedelta(weeks=1)
    fields["planning_date"] = start
    fields["prices"].update(change_cents_published=5_000, change_cents_agreed=20_000, change_weeks=16)
    found = find_candidates(draft.instance())
    frozen = _class(found, sorted(draft.quiet)[0])
    weeks = 0
    if frozen is not None:
        run, lines = frozen
        weeks = (run.start - start).days // 7 + 1
        draft.rows("commitments").extend(_told(line, run, line.count, "agreed") for line in lines)
    fields["prices"]["frozen_weeks"] = weeks
    late = start + dt.timedelta(weeks=weeks)
    _agree_later(dice, draft, found, late)


def _agree_later(dice: Dice, draft: Draft, found: Candidates, late: dt.date) -> None:
    """Agree some seats of classes that are not frozen; a line is told of one class only."""
    members, told = _members(found), set[str]()
    able = [run for run in found.runs if run.start >= late and run.course not in draft.quiet]
    for _ in range(NUM_AGREED_RUNS):
        run = dice.pick(able)
        for line in [line for line in members[run.id] if line.id not in told][:LINES_PER_AGREED_RUN]:
            told.add(line.id)
            draft.rows("commitments").append(_told(line, run, line.count, dice.pick(("agreed", "published"))))


def _told(line: Demand, run: Run, count: int, state: str) -> dict[str, object]:
    return {"demand": line.id, "run": run.id, "start": run.start, "count": count, "state": state}


def agreed_price(dice: Dice, draft: Draft) -> None:
    """Those who agreed to a seat in a later class agreed to its price in a class of the smallest size."""
    if not draft.rows("commitments"):
        commitments(dice, draft)
    least = {course["id"]: course["min_seats"] for course in draft.rows("courses")}
    offers = {offering["id"]: offering for offering in draft.rows("offerings")}
    for row in draft.rows("commitments"):
        if row["state"] == "agreed":
            offering = offers[str(row["run"]).split("/")[0]]
            row["seat_price_cents"] = -(-offering["fixed_cents"] // least[offering["course"]]) + offering["seat_cents"]


def pins(dice: Dice, draft: Draft) -> None:
    """The planner pinned two lines into a class that can be filled, after the frozen one."""
    del dice  # the first class that fits
    found = find_candidates(draft.instance())
    frozen = {row["run"] for row in draft.rows("commitments")}
    ends = [run.dates[-1] for run in found.runs if run.id in frozen and run.course in draft.quiet]
    wanted = _class(found, sorted(draft.quiet)[-1], after=max(ends, default=draft.fields["calendar"]["start"]))
    if wanted is not None:
        run, lines = wanted
        draft.rows("pins").extend({"demand": line.id, "run": run.id, "count": line.count} for line in lines[:2])


def _members(found: Candidates) -> dict[str, list[Demand]]:
    """Return the lines that may attend each run."""
    members: dict[str, list[Demand]] = defaultdict(list)
    problem = found.problem
    for group, run in zip(problem.arc_group.tolist(), problem.arc_run.tolist(), strict=True):
        members[found.runs[run].id].append(found.instance.demands[group])
    return members


def _class(found: Candidates, course: str, after: dt.date = dt.date.min) -> tuple[Run, list[Demand]] | None:
    """Return the first run of a course after a day that lines without wishes of their own can fill, and these lines."""
    members = _members(found)
    away = {company.id: company for company in found.instance.companies}
    for run in sorted(found.runs, key=lambda run: (run.start, run.id)):
        lines: list[Demand] = []
        for line in sorted(members[run.id], key=lambda line: (-line.count, line.id)):
            limits = (away[line.company].max_away_per_day, away[line.company].max_away_per_week)
            seats = sum(other.count for other in lines)
            fits = seats < run.min_seats and seats + line.count <= run.max_seats
            if fits and line.max_seat_price_cents is None and all(most is None or line.count <= most for most in limits):
                lines.append(line)
        if run.course == course and run.start > after and sum(line.count for line in lines) >= run.min_seats:
            return run, lines
    return None
