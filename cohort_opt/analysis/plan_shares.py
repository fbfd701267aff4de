"""Who would pay what if all companies of a plan shared its cost as one game, and what is proven of that split."""

from __future__ import annotations

from dataclasses import dataclass

from cohort_opt.cost_sharing.plan_core import PlanShares, plan_core
from cohort_opt.cost_sharing.plan_game import CONVENTIONS, Convention, PlanGame, plan_game
from cohort_opt.cost_sharing.plan_promises import check_plan
from cohort_opt.cost_sharing.promises import Verdict
from cohort_opt.problem.instance import Instance
from cohort_opt.solution import Solution
from cohort_opt.solver.coalition_plans import CoalitionPlans
from cohort_opt.solver.linear_program import GlopProgram


@dataclass(frozen=True, slots=True)
class SharedPlan:
    """The game of a plan, the split of its least core, and the judge's verdict on each promise."""

    game: PlanGame
    shares: PlanShares
    verdicts: tuple[Verdict, ...]


def share_plan(
    instance: Instance, solution: Solution, convention: Convention = "own_and_proportional", *, seed: int = 1
) -> SharedPlan:
    """Return the least core of the whole plan's game with its certificate.

    Parameters
    ----------
    convention
        What a group of companies could use by itself; every verdict names it.

    Raises
    ------
    ValueError
        If nobody asked for a seat.
    SolverError
        If an engine answers outside its contract.
    """
    if not instance.demands:
        raise ValueError("nobody asked for a seat: there is no cost to share")
    game = plan_game(instance, solution)
    oracle = CoalitionPlans(instance, proportional=convention == "own_and_proportional", seed=seed)
    shares = plan_core(game, oracle, GlopProgram())
    paid = dict(zip(game.companies, shares.shares_cents, strict=True))
    verdicts = check_plan(instance, solution, paid, oracle, CONVENTIONS[convention], shares.family)
    return SharedPlan(game, shares, verdicts)
