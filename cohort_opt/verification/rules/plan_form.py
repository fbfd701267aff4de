"""Plan form: a plan is well formed, so that the rules of the trade can be read off it at all.

    class:     known offering, course, site, room, instructor; run = offering/start/pattern; dates ascend from the start
    numbers:   the classes of a run are numbered 1..k; classes ascend by run and number, or by id
    members:   known lines, each once and ascending, counts of at least 1; the same for the rows without a seat

This one is judged first. Where it fails, nothing else is judged: the other rules trust that ids are known and days are days.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from cohort_opt.problem.instance import Instance
from cohort_opt.solution import Member, PlannedClass, Solution
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "plan_form"

_TEXTS = ("run", "offering", "course", "site", "room", "instructor", "pattern")


def applies(instance: Instance) -> bool:
    """Every plan must have a form."""
    return True


def check(case: Case) -> Findings:
    """Yield once for each class, each row without a seat and each run; nothing here trusts a type annotation."""
    if shapeless := _shape_of_plan(case.solution):
        yield Violation(RULE, "plan", shapeless)
        return
    for place, planned in enumerate(case.solution.classes):
        yield from _class(case, place, planned)
    yield from _rows(case, "the rows without a seat", "unplaced", case.solution.unplaced)
    sound = [planned for planned in case.solution.classes if not _wrong_types(planned)]
    yield from _numbers(sound)
    yield from _order(sound)


def _shape_of_plan(solution: Any) -> str:
    if not isinstance(solution, Solution):
        return f"Plan: {_shown(solution)} is a {type(solution).__name__}, not a plan"
    for name in ("classes", "unplaced"):
        rows = getattr(solution, name)
        if not isinstance(rows, tuple):
            return f"Plan: {name} is a {type(rows).__name__}, it must be a tuple of rows"
    return ""


def _class(case: Case, place: int, planned: Any) -> Findings:
    if wrong := _wrong_types(planned):
        yield Violation(RULE, f"classes/{place}", f"Class number {place + 1} of the plan: {wrong}")
        return
    faults = [*_unknown_ids(case, planned), *_identity(planned), *_days(planned)]
    for fault in faults:
        yield Violation(RULE, planned.id, f"Class[{planned.id}]: {fault}")
    if not faults:
        yield None
    yield from _rows(case, f"Class[{planned.id}]", planned.id, planned.members)


def _wrong_types(planned: Any) -> str:
    if not isinstance(planned, PlannedClass):
        return f"{_shown(planned)} is a {type(planned).__name__}, not a class"
    for name in _TEXTS:
        if not isinstance(getattr(planned, name), str):
            return f"{name} {_shown(getattr(planned, name))} is not text"
    if not _is_int(planned.number):
        return f"number {_shown(planned.number)} is not a whole number"
    for name in ("dates", "members"):
        if not isinstance(getattr(planned, name), tuple):
            return f"{name} {_shown(getattr(planned, name))} is not a tuple"
    for day in (planned.start, *planned.dates):
        if type(day) is not dt.date:
            return f"{_shown(day)} is not a day of the calendar"
    return ""


def _unknown_ids(case: Case, planned: PlannedClass) -> Iterator[str]:
    for name, known in (
        ("offering", case.given.offerings),
        ("course", case.given.courses),
        ("site", case.given.sites),
        ("room", case.given.rooms),
        ("instructor", case.given.instructors),
    ):
        if getattr(planned, name) not in known:
            yield f"{name} {_shown(getattr(planned, name))} is not in the instance"


def _identity(planned: PlannedClass) -> Iterator[str]:
    expected = f"{planned.offering}/{planned.start.isoformat()}/{planned.pattern}"
    if planned.run not in (expected, f"{expected}/{planned.instructor}"):
        yield f"run {_shown(planned.run)} must be named by its offering, start and pattern, {expected}"
    if planned.number < 1:
        yield f"number {planned.number} is below 1"


def _days(planned: PlannedClass) -> Iterator[str]:
    if not planned.dates:
        yield "it has no teaching day"
        return
    if planned.dates[0] != planned.start:
        yield f"start {planned.start} is not its first teaching day {planned.dates[0]}"
    for before, day in zip(planned.dates, planned.dates[1:], strict=False):
        if day <= before:
            yield f"teaching days must ascend, but {day} follows {before}"


def _rows(case: Case, subject: str, key: str, rows: tuple[Any, ...]) -> Findings:
    before = ""
    for row in rows:
        faults = list(_row(case, row, before))
        for fault in faults:
            yield Violation(RULE, key, f"{subject}: {fault}")
        if not faults:
            yield None
        if isinstance(row, Member) and isinstance(row.demand, str):
            before = row.demand


def _row(case: Case, row: Any, before: str) -> Iterator[str]:
    if not isinstance(row, Member) or not isinstance(row.demand, str):
        yield f"{_shown(row)} does not name a demand line and a count"
        return
    if row.demand not in case.given.demands:
        yield f"demand line {_shown(row.demand)} is not in the instance"
    elif row.demand == before:
        yield f"Demand[{row.demand}] stands there twice"
    elif row.demand < before:
        yield f"Demand[{row.demand}] stands after Demand[{before}], the lines must ascend"
    if not _is_int(row.count):
        yield f"count {_shown(row.count)} of Demand[{row.demand}] is not a whole number"
    elif row.count < 1:
        yield f"count {row.count} of Demand[{row.demand}] is below 1"


def _numbers(classes: list[PlannedClass]) -> Findings:
    numbers: dict[str, Counter[int]] = defaultdict(Counter)
    for planned in classes:
        numbers[planned.run][planned.number] += 1
    for run, found in numbers.items():
        twice = [number for number, times in found.items() if times > 1]
        for number in sorted(twice):
            yield Violation(RULE, run, f"Run[{run}]: class number {number} stands in the plan {found[number]} times")
        if not twice and max(found) != len(found):
            shown = ", ".join(map(str, sorted(found)[:10]))
            yield Violation(RULE, run, f"Run[{run}]: its {len(found)} classes are numbered {shown} instead of 1 to {len(found)}")
        elif not twice:
            yield None


def _order(classes: list[PlannedClass]) -> Findings:
    """Both readings of 'sorted by id' pass: as text, where #10 comes before #2, and by number."""
    ids = [planned.id for planned in classes]
    keys = [(planned.run, planned.number) for planned in classes]
    if ids == sorted(ids) or keys == sorted(keys):
        yield None
        return
    first = next(i for i in range(1, len(keys)) if keys[i] < keys[i - 1])
    yield Violation(RULE, ids[first], f"Class[{ids[first]}]: it stands after Class[{ids[first - 1]}], the classes must ascend")


def _is_int(value: Any) -> bool:
    return type(value) is int


def _shown(value: Any) -> str:
    text = repr(value) if not isinstance(value, str) else value
    return text if len(text) <= 80 else text[:77] + "..."
