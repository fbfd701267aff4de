"""The whole path: an instance in, a verified, priced and explained proposal out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import Executor

from cohort_opt.compose import filled, frame, solution_of
from cohort_opt.problem.candidates import Candidates, find_candidates
from cohort_opt.problem.goals import goals_of
from cohort_opt.problem.instance import Instance
from cohort_opt.proposal import Proposal
from cohort_opt.solution import SolveStatus
from cohort_opt.solver.goals import solve_goals
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.part_store import PartStore
from cohort_opt.solver.result import CompactResult, PartResult, Progress, ProgressCallback
from cohort_opt.solver.start import StartPlan, start_plan
from cohort_opt.verification.verify import verify
from cohort_opt.verification.verify_proposal import verify_proposal

FIRST_DRAFT_SECONDS = 1.0


def propose(
    instance: Instance,
    params: SolveParams | None = None,
    *,
    progress: ProgressCallback | None = None,
    start: Proposal | None = None,
    cancelled: Callable[[], bool] | None = None,
    drafts: Callable[[Proposal], None] | None = None,
    executor: Executor | None = None,
    parts: PartStore | None = None,
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
        and changes them only for a plan that costs less. A part of the problem that is the same as there, and whose plan was
        proven to be the best, is not searched again. Named in the notes: it is part of what the answer depends on.
    cancelled
        Asked between the stages of the search; true ends it with the best plan so far, which is then not reproducible.
    drafts
        Called with the best plan so far, judged and priced as the last one will be: first after a second, then each time when
        the search has taken twice as long.
    executor
        Who solves the independent parts side by side: any executor of `concurrent.futures`, of threads, of processes, or the one
        of a cluster whose workers have this version. Where left out they are solved here, one after the other. In reproducible
        mode the bytes are the same.
    parts
        Where finished parts are kept by the hash of their input, so that they are solved once; the bytes are the same without.

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
    heard = progress if drafts is None else _drafting(instance, params, candidates, progress, drafts, start)
    keep = drafts is not None
    hint = _hint(candidates, start)
    result = solve_goals(
        candidates.problem, goals, params, progress=heard, cancelled=cancelled, keep_plans=keep, hint=hint, executor=executor,
        parts=parts, proven=_proven(start),
    )  # fmt: skip
    return _judged(instance, params, candidates, result, start)


def _judged(
    instance: Instance, params: SolveParams, candidates: Candidates, result: CompactResult, start: Proposal | None
) -> Proposal:
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


def _proven(start: Proposal | None) -> dict[str, PartResult]:
    """Return what an earlier proposal says of its parts."""
    entries = () if start is None else start.parts
    return {
        entry.input: PartResult(entry.input, entry.objective_cents, entry.bound_cents, entry.bound_source) for entry in entries
    }


def _drafting(
    instance: Instance, params: SolveParams, candidates: Candidates, progress: ProgressCallback | None,
    drafts: Callable[[Proposal], None], start: Proposal | None,
) -> ProgressCallback:  # fmt: skip
    """Return a listener that makes proposals of plans that are news, seldom enough to cost the search little."""
    problem, due = candidates.problem, [FIRST_DRAFT_SECONDS]

    def heard(step: Progress) -> None:
        if progress is not None:
            progress(step)
        if step.plan is None or step.seconds < due[0]:
            return
        due[0] = 2 * step.seconds
        value = step.plan.value(problem)
        bound = step.bound if step.bound is not None and step.bound <= value else None
        classes, unplaced = step.plan.classes_by_run(problem.num_runs), tuple(step.plan.unplaced(problem).tolist())
        notes = ("the best plan so far; the search had not ended",)
        source = "none" if bound is None else "parts"
        so_far = CompactResult(
            SolveStatus.FEASIBLE, classes, unplaced, value, bound, source, False, notes=notes, seconds=step.seconds
        )
        drafts(_judged(instance, params, candidates, so_far, start))

    return heard
