"""Optimality: no plan that the judge itself can find is cheaper than what is said to be best.

    the plan that opens nothing       costs sum of count * price without a seat
    the plan less its dear classes    a class that costs more than leaving its members without a seat is closed

Each is first judged by every rule. One that passes refutes a bound above its cost, an `optimal` above its cost, and `infeasible`
altogether: three claims of a solver that no rule of the trade can see (false optima and false infeasibility are known of
CP-SAT: google/or-tools issues 5293 and 5274).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from cohort_opt.solution import Member, PlannedClass, Solution, SolveStatus
from cohort_opt.verification.case import Case
from cohort_opt.verification.hearing import Hearing
from cohort_opt.verification.objective import class_cents, unplaced_cents
from cohort_opt.verification.verify import judge
from cohort_opt.verification.violation import Findings, Violation

CLAIM = "optimality"


def needs_plan() -> bool:
    """That no plan exists is a claim too."""
    return False


def check(hearing: Hearing) -> Findings:
    """Yield once for each other plan; one that breaks a rule refutes nothing."""
    for name, case in _others(hearing):
        report = judge(case)
        refuted = _refuted(hearing, report.total_cents) if report.ok and report.total_cents is not None else ""
        message = f"Proposal: {refuted}, but {name} keeps every rule and costs {report.total_cents} cents"
        yield Violation(CLAIM, name, message) if refuted else None


def _refuted(hearing: Hearing, cost: int) -> str:
    proposal = hearing.proposal
    if proposal.status is SolveStatus.INFEASIBLE:
        return "status infeasible"
    if proposal.bound_cents is not None and proposal.bound_cents > cost:
        return f"bound {proposal.bound_cents} cents"
    if proposal.status is SolveStatus.OPTIMAL and proposal.objective_cents is not None and proposal.objective_cents > cost:
        return f"status optimal at {proposal.objective_cents} cents"
    return ""


def _others(hearing: Hearing) -> Iterator[tuple[str, Case]]:
    instance = hearing.instance
    everybody = tuple(Member(demand.id, demand.count) for demand in instance.demands)
    nothing = Solution((), everybody)
    yield "the plan that opens nothing", Case(hearing.given, nothing)
    if hearing.case is not None and (dear := _dear_classes(hearing.case)):
        yield f"the plan without {_named(dear)}", Case(hearing.given, _without(hearing.case.solution, dear))


def _dear_classes(case: Case) -> tuple[PlannedClass, ...]:
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


def _named(classes: tuple[PlannedClass, ...]) -> str:
    shown = ", ".join(f"Class[{planned.id}]" for planned in classes[:3])
    return shown if len(classes) <= 3 else f"{shown} and {len(classes) - 3} others"
