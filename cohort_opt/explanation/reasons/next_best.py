"""The next best: the other run in which the same trainees could all sit, and what it would cost more."""

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.kind import ClassReasonKind, planner_only
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason
from cohort_opt.solution import PlannedClass


def find(case: Case, planned: PlannedClass) -> Iterator[Reason]:
    """Yield one reason: the cheapest other run for exactly these trainees, or that there is none.

    Looks at this class alone: whether rooms and instructors of the other run are free is said, whom else they would serve is not.
    """
    options = sorted(_options(case, planned))
    here = next(cost for cost, r in _costs(case, planned) if r == case.run[planned.run])
    if not options:
        yield say("next_best", "No other run suits all {size} trainees of this class.", size=planned.size)
        return
    cost, r = options[0]
    extra = cost - here
    state = "free" if case.full_pool(case.candidates.runs[r]) is None else "in_use"
    yield _said(planned.size, case.problem.run_ids[r], extra, state)


def _said(size: int, run: str, extra_cents: int, state: str) -> Reason:
    if extra_cents > 0:
        return say(
            "next_best",
            "The next best run for the same {size} trainees is {run}, {dearer_cents} dearer; its room and instructor are "
            "{state}.",
            size=size, run=run, dearer_cents=extra_cents, state=state,
        )  # fmt: skip
    if extra_cents == 0:
        return say(
            "next_best",
            "The same {size} trainees could sit in {run} at the same cost; its room and instructor are {state}.",
            size=size, run=run, state=state,
        )  # fmt: skip
    return say(
        "next_best",
        "For these {size} trainees alone {run} would be {cheaper_cents} cheaper; its room and instructor are {state}, and the "
        "plan as a whole keeps the class here.",
        size=size, run=run, cheaper_cents=-extra_cents, state=state,
    )  # fmt: skip


def _options(case: Case, planned: PlannedClass) -> list[tuple[int, int]]:
    """Return (cost, run) of the other runs that could hold exactly these trainees and have no class yet."""
    return [
        (cost, r) for cost, r in _costs(case, planned) if r not in case.classes_of_run and r != case.run[planned.run]
    ]  # fmt: skip


def _costs(case: Case, planned: PlannedClass) -> Iterator[tuple[int, int]]:
    """Yield (cost, run) for each run that suits every member and the size."""
    problem = case.problem
    count = {case.group[member.demand]: member.count for member in planned.members}
    suits: dict[int, int] = {}
    cost: dict[int, int] = {}
    for g, trainees in count.items():
        for a in case.arcs_of_group(g):
            if planned.size >= int(problem.arc_min_size[a]):
                r = case.run_of(a)
                suits[r] = suits.get(r, 0) + 1
                cost[r] = cost.get(r, 0) + trainees * int(problem.arc_cents[a] + problem.arc_credit_cents[a])
    for r, members in suits.items():
        if members == len(count) and int(problem.run_min[r]) <= planned.size <= int(problem.run_max[r]):
            yield cost[r] + int(problem.run_fixed_cents[r]), r


KIND = ClassReasonKind(find, planner_only)
