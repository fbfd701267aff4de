"""The judge of a plan: its form, every rule, and the objective recomputed; knows the instance and the plan only.

No number of the solver is used and no code is shared with the model: what the rules mean is read from the instance itself.
"""

from cohort_opt.problem.instance import Instance
from cohort_opt.solution import Solution
from cohort_opt.verification.case import Case
from cohort_opt.verification.given import Given
from cohort_opt.verification.objective import objective_terms, total_cents
from cohort_opt.verification.report import Report, Verdict, gather
from cohort_opt.verification.rules import RULES, plan_form
from cohort_opt.verification.violation import Findings, Violation


def verify(instance: Instance, solution: Solution, objective_cents: int | None = None) -> Report:
    """Judge a plan.

    Parameters
    ----------
    instance
        What is given.
    solution
        The plan. It may be broken in any way: that is reported, never raised.
    objective_cents
        What the plan is said to cost; `None` = not said, and then there is no verdict `objective`.

    Returns
    -------
    Report
        A verdict for each rule; those that the instance does not use looked at 0 things.
    """
    return judge(Case(Given(instance), solution), objective_cents)


def judge(case: Case, objective_cents: int | None = None) -> Report:
    """Judge a plan whose lookups are shared with the caller; see `verify`."""
    form = gather(plan_form.RULE, plan_form.check(case))
    if form.violations:
        return Report((form,), None)
    verdicts = [form]
    for name, rule in RULES.items():
        verdicts.append(gather(name, rule.check(case)) if rule.applies(case.instance) else Verdict(name, 0, ()))
    terms = objective_terms(case)
    if objective_cents is not None:
        verdicts.append(gather("objective", _objective(objective_cents, total_cents(terms))))
    return Report(tuple(verdicts), terms)


def _objective(said: int, found: int) -> Findings:
    if type(said) is int and said == found:
        yield None
    else:
        yield Violation("objective", "plan", f"Plan: objective {said!r} cents is said, its terms add up to {found}")
