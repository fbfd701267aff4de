"""Other plans that a judge can find without a solver, each in one pass: what a claim to be the best must not be dearer than.

Nothing here promises that such a plan keeps the rules; whoever uses one has it judged like any other.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from cohort_opt.problem.instance import Instance
from cohort_opt.solution import Member, PlannedClass, Solution
from cohort_opt.verification.case import Case
from cohort_opt.verification.objective import class_cents, seat_for_one_cents, unplaced_cents


def opening_nothing(instance: Instance) -> Solution:
    """Return the plan that leaves everybody without a seat."""
    return Solution((), tuple(Member(demand.id, demand.count) for demand in instance.demands))


def cheaper_plans(case: Case) -> Iterator[tuple[str, Solution]]:
    """Yield `(name, plan)` for each change of the plan that makes it cheaper, if it keeps the rules."""
    if dear := _dear_classes(case):
        yield f"the plan without {_named([planned.id for planned in dear])}", _without(case.solution, dear)
    seated = _seated_with_their_own(case)
    if seated != case.solution:
        yield "the plan in which those who wait fill up the classes that hold their own line", seated


def _dear_classes(case: Case) -> tuple[PlannedClass, ...]:
    """Return the classes without a pin that cost more than their members would cost without a seat."""
    pinned = {pin.run for pin in case.instance.pins}
    return tuple(
        planned
        for planned in case.solution.classes
        if planned.run not in pinned and class_cents(case, planned) > unplaced_cents(case, planned.members)
    )


def _without(solution: Solution, closed: tuple[PlannedClass, ...]) -> Solution:
    """Return the plan with these classes closed; parallel classes close ranks in number."""
    gone = {planned.id for planned in closed}
    waiting = Counter({row.demand: row.count for row in solution.unplaced})
    for planned in closed:
        waiting.update({member.demand: member.count for member in planned.members})
    numbers: Counter[str] = Counter()
    kept = []
    for planned in sorted(solution.classes):
        if planned.id not in gone:
            numbers[planned.run] += 1
            kept.append(replace(planned, number=numbers[planned.run]))
    return Solution(tuple(kept), tuple(Member(demand, waiting[demand]) for demand in sorted(waiting)))


def _seated_with_their_own(case: Case) -> Solution:
    """Return the plan in which trainees who wait take free seats beside others of their line, where that is cheaper.

    Lines with a limit on how many are away are left alone: their seat is most often barred by it.
    """
    waiting = dict(case.without_seat)
    limited = {company.id for company in case.instance.companies if company.max_away_per_day is not None}
    classes = []
    for planned in case.solution.classes:
        free = _most_seats(case, planned) - planned.size
        members = []
        for member in planned.members:
            demand = case.given.demands[member.demand]
            more = min(free, waiting.get(demand.id, 0)) if demand.company not in limited else 0
            if more > 0 and seat_for_one_cents(case, planned, demand) < case.given.unplaced_price_cents(demand):
                waiting[demand.id] -= more
                free -= more
                members.append(replace(member, count=member.count + more))
            else:
                members.append(member)
        classes.append(replace(planned, members=tuple(members)))
    left = tuple(Member(row.demand, waiting[row.demand]) for row in case.solution.unplaced if waiting[row.demand])
    return Solution(tuple(classes), left)


def _most_seats(case: Case, planned: PlannedClass) -> int:
    return min(case.given.courses[planned.course].max_seats, case.given.rooms[planned.room].seats)


def _named(ids: list[str]) -> str:
    shown = ", ".join(f"Class[{class_id}]" for class_id in ids[:3])
    return shown if len(ids) <= 3 else f"{shown} and {len(ids) - 3} others"
