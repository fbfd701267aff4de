"""Optimality: no plan that the judge itself can find is cheaper than what is said to be best.

    the plan that opens nothing       costs sum of count * price without a seat
    the plan less its dear classes    a class that costs more than leaving its members without a seat is closed
    the plan filled up                those who wait take free seats beside others of their line, where that is cheaper

Each is first judged by every rule. One that passes refutes a bound above its cost, an `optimal` above its cost, and `infeasible`
altogether: three claims of a solver that no rule of the trade can see (false optima and false infeasibility are known of
CP-SAT: google/or-tools issues 5293 and 5274). With ordered goals the plans are compared goal by goal, as long as the values of
those before are kept, and in cents only after all of them.
"""

from collections.abc import Iterator

from cohort_opt.proposal import ObjectiveTerms
from cohort_opt.solution import Solution, SolveStatus
from cohort_opt.verification.case import Case
from cohort_opt.verification.goals import goal_value
from cohort_opt.verification.hearing import Hearing
from cohort_opt.verification.other_plans import cheaper_plans, opening_nothing
from cohort_opt.verification.verify import judge
from cohort_opt.verification.violation import Findings, Violation

CLAIM = "optimality"


def needs_plan() -> bool:
    """That no plan exists is a claim too."""
    return False


def check(hearing: Hearing) -> Findings:
    """Yield once for each other plan; one that breaks a rule refutes nothing."""
    for name, solution in _others(hearing):
        case = Case(hearing.given, solution)
        report = judge(case)
        refuted = ""
        if report.ok and report.total_cents is not None and report.objective_terms is not None:
            refuted = _refuted(hearing, case, report.objective_terms, report.total_cents)
        message = f"Proposal: {refuted}, but {name} keeps every rule and costs {report.total_cents} cents"
        yield Violation(CLAIM, name, message) if refuted else None


def _others(hearing: Hearing) -> Iterator[tuple[str, Solution]]:
    yield "the plan that opens nothing", opening_nothing(hearing.instance)
    if hearing.case is not None:
        yield from cheaper_plans(hearing.case)


def _refuted(hearing: Hearing, case: Case, terms: ObjectiveTerms, cost: int) -> str:
    proposal = hearing.proposal
    if proposal.status is SolveStatus.INFEASIBLE:
        return "status infeasible"
    for goal in proposal.goals:
        value = goal_value(goal.name, case, terms)
        if goal.bound is not None and value < goal.bound:
            return f"bound {goal.bound} of goal {goal.name}"
        if value > goal.value:
            return ""  # it gives up an earlier goal: what it reaches of the later ones and costs refutes nothing
    if proposal.status is SolveStatus.OPTIMAL and proposal.objective_cents is not None and proposal.objective_cents > cost:
        return f"status optimal at {proposal.objective_cents} cents"
    if proposal.bound_cents is not None and proposal.bound_cents > cost:
        return f"bound {proposal.bound_cents} cents"
    return ""
