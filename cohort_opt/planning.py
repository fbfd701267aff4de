"""The whole path: an instance in, a verified, priced and explained proposal out."""

from __future__ import annotations

from cohort_opt.compose import filled, frame, solution_of
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.problem.goals import goals_of
from cohort_opt.problem.instance import Instance
from cohort_opt.proposal import Proposal
from cohort_opt.solver.goals import solve_goals
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.result import ProgressCallback
from cohort_opt.verification.verify import verify
from cohort_opt.verification.verify_proposal import verify_proposal


def propose(instance: Instance, params: SolveParams | None = None, *, progress: ProgressCallback | None = None) -> Proposal:
    """Pool the trainees of an instance into classes.

    Parameters
    ----------
    instance
        What is given.
    params
        Limits, seed and mode; the default is reproducible.
    progress
        Called now and then with phase, best plan and bound so far.

    Returns
    -------
    Proposal
        A plan that the judge has passed, or a status that says why there is none.

    Raises
    ------
    InstanceError
        If a pin or ban names a run that cannot be.
    ModelError
        If the instance is too large for exact numbers or for one model.
    VerificationError
        If the judge rejects the plan; then nothing may be shown.
    """
    params = params or SolveParams()
    candidates = find_candidates(instance)
    goals = goals_of(instance, candidates.runs, candidates.problem)
    result = solve_goals(candidates.problem, goals, params, progress=progress)
    draft = frame(instance, params, result)
    if result.classes is None:
        return draft
    solution = solution_of(candidates, result)
    report = verify(instance, solution, result.objective)
    report.raise_if_rejected()
    proposal = filled(draft, candidates, solution, report)
    verify_proposal(instance, proposal).raise_if_rejected()
    return proposal
