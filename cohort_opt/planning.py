"""The whole path: an instance in, a verified, priced and explained proposal out."""

from __future__ import annotations

import hashlib

from cohort_opt.compose import filled, frame, solution_of
from cohort_opt.problem.candidates import Candidates, find_candidates
from cohort_opt.problem.goals import goals_of
from cohort_opt.problem.instance import Instance
from cohort_opt.proposal import Proposal
from cohort_opt.solver.goals import solve_goals
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.result import ProgressCallback
from cohort_opt.solver.start import StartPlan, start_plan
from cohort_opt.verification.verify import verify
from cohort_opt.verification.verify_proposal import verify_proposal


def propose(
    instance: Instance,
    params: SolveParams | None = None,
    *,
    progress: ProgressCallback | None = None,
    start: Proposal | None = None,
) -> Proposal:
    """Pool the trainees of an instance into classes.

    Parameters
    ----------
    instance
        What is given.
    params
        Limits, seed and mode; the default is reproducible.
    progress
        Called now and then with phase, best plan and bound so far.
    start
        An earlier proposal, of this instance or of one like it: the search begins with its classes as far as they still fit,
        and changes them only for a plan that costs less. Named in the notes: it is part of what the answer depends on.

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
    result = solve_goals(candidates.problem, goals, params, progress=progress, hint=_hint(candidates, start))
    draft = frame(instance, params, result)
    if start is not None:
        digest = hashlib.sha256(start.to_json().encode()).hexdigest()
        draft = draft.model_copy(update={"notes": (*draft.notes, f"started from the proposal {digest[:16]}")})
    if result.classes is None:
        return draft
    solution = solution_of(candidates, result)
    report = verify(instance, solution, result.objective)
    report.raise_if_rejected()
    proposal = filled(draft, candidates, solution, report)
    verify_proposal(instance, proposal).raise_if_rejected()
    return proposal


def _hint(candidates: Candidates, start: Proposal | None) -> StartPlan | None:
    """Return the classes of a proposal that still fit; `None` without one."""
    if start is None or start.classes is None:
        return None
    classes = [(entry.run, [(seats.demand, seats.count) for seats in entry.members]) for entry in start.classes]
    return start_plan(candidates.problem, classes)
