"""Whether a problem has any plan at all: no objective, and an infeasibility is believed only if two runs agree."""

from __future__ import annotations

from cohort_opt.model.build import build
from cohort_opt.model.plan import Plan
from cohort_opt.problem.compact import CompactProblem
from cohort_opt.solver import sat
from cohort_opt.solver.greedy import greedy_plan
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.parts import split


def has_plan(problem: CompactProblem, params: SolveParams) -> bool | None:
    """Return whether some plan keeps all rules and pins; `None` if the limit came first.

    Parts are asked one by one: a part without a plan decides, whatever the others say.
    """
    answers = [_part_has_plan(part.problem, params) for part in split(problem)] if problem.num_groups else []
    if False in answers:
        return False
    return None if None in answers else True


def _part_has_plan(problem: CompactProblem, params: SolveParams) -> bool | None:
    for plan in (Plan.nobody(), greedy_plan(problem)):
        if not plan.faults(problem):
            return True
    limits = Limits(params)
    first = sat.run_cp_sat(build(problem, objective=False), **limits.sat_options())
    if first.plan is not None and not first.plan.faults(problem):
        return True
    if first.status != sat.INFEASIBLE:
        return None
    # A second opinion without presolve: false infeasibilities are reported (google/or-tools #5274).
    options = Limits(params).sat_options()
    options["presolve"] = False
    again = sat.run_cp_sat(build(problem, objective=False), **options)
    return False if again.status == sat.INFEASIBLE else None
