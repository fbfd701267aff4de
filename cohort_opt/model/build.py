"""The model's table of contents: variables, then constraints, implied rows and objective."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cohort_opt.errors import ModelError
from cohort_opt.model.constraints import CONSTRAINTS
from cohort_opt.model.implied import add_implied
from cohort_opt.model.objective import OBJECTIVE_TERMS
from cohort_opt.model.plan import Plan
from cohort_opt.model.slots import Slots
from cohort_opt.model.variables import Model, Variables
from cohort_opt.problem.compact import MAX_EXACT, CompactProblem, Ints

MAX_VARIABLES = 1_500_000
"""Above it the native model alone takes more than a gigabyte per worker (measured on 2026-06; see solvers.md section 5)."""


@dataclass(slots=True)
class Built:
    """A model with its variables and, if guarded, the literal that switches each named constraint on."""

    model: Model
    variables: Variables
    guards: dict[str, int]

    def hint(self, plan: Plan) -> None:
        """Hint every variable from a plan."""
        self.variables.hint(plan)

    def read(self, values: Ints) -> Plan:
        """Return the plan of a solution."""
        return self.variables.read(values)


def check_size(problem: CompactProblem, slots: Slots | None = None) -> None:
    """Refuse what no solver could hold exactly.

    Raises
    ------
    ModelError
        If the objective could leave the exact integers of a float, a once-per-class cost is negative, or the model would have
        too many variables.
    """
    if problem.largest_sum() >= MAX_EXACT:
        raise ModelError(
            f"the objective could reach {problem.largest_sum()} cents, not exact above {MAX_EXACT}; "
            "use smaller prices or split the period"
        )
    if (problem.arc_group_cents < 0).any():
        raise ModelError("a cost paid once per class is negative; charge it per trainee or as a fixed cost of the class")
    if slots is not None:
        size = 2 * slots.num_seats + slots.num_slots + problem.num_groups
        if size > MAX_VARIABLES:
            raise ModelError(f"the model would have {size} variables, more than {MAX_VARIABLES}; solve it in parts")


def build(problem: CompactProblem, *, guarded: bool = False, objective: bool = True) -> Built:
    """Return the CP-SAT model of a problem; every posted constraint is named `concern[key]`, or by its rule, when guarded.

    Parameters
    ----------
    guarded
        Name each constraint and put it behind its own literal, to explain a conflict; upper bounds then know no rule.
    objective
        Whether the cost is minimised; off when only feasibility is asked.

    Raises
    ------
    ModelError
        See `check_size`.
    """
    check_size(problem, Slots.of(problem))
    model = Model()
    variables = Variables.create(model, problem, tight=not guarded)
    guards: dict[str, int] = {}
    for concern in CONSTRAINTS:
        if concern.applies(problem):
            for key, posted in concern.add(model, problem, variables):
                if guarded:
                    # A row that several rules may fill is named by its rule already.
                    name = key if key.endswith("]") else f"{concern.name}[{key}]"
                    guard = int(model.new_integers(np.zeros(1, dtype=np.int64), np.ones(1, dtype=np.int64))[0])
                    posted.proto.enforcement_literal.append(guard)
                    guards[name] = guard
    if not guarded:
        add_implied(model, problem, variables)
    if objective:
        terms = [term.terms(problem, variables) for term in OBJECTIVE_TERMS if term.applies(problem)]
        terms = terms or [(variables.waiting, np.zeros_like(variables.waiting))]
        model.minimise(np.concatenate([v for v, _ in terms]), np.concatenate([c for _, c in terms]))
    return Built(model, variables, guards)
