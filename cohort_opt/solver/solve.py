"""The strategy: split into parts, solve each, join the answers -> result."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from dataclasses import replace

from cohort_opt.model.build import check_size
from cohort_opt.model.plan import Plan
from cohort_opt.problem.compact import CompactProblem
from cohort_opt.solution import SolveStatus
from cohort_opt.solver.conflict import explain
from cohort_opt.solver.incumbent import Incumbent
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.part_store import PartStore, keep, recall
from cohort_opt.solver.part_task import PartAnswer, PartTask, answer_of, input_hash, search_part, solve_part_bytes
from cohort_opt.solver.parts import Part, join, narrow, split, widen
from cohort_opt.solver.result import CompactResult, PartResult, Progress, ProgressCallback
from cohort_opt.solver.search import Verdict

POLL_SECONDS = 0.25
"""How often a solve that waits for its parts asks whether it is still wanted."""


def solve(
    problem: CompactProblem,
    params: SolveParams,
    *,
    progress: ProgressCallback | None = None,
    hint: Plan | None = None,
    cancelled: Callable[[], bool] | None = None,
    keep_plans: bool = False,
    executor: Executor | None = None,
    parts: PartStore | None = None,
    proven: Mapping[str, PartResult] | None = None,
) -> CompactResult:
    """Return the best plan found within the limits, with the best bound proven.

    Parameters
    ----------
    progress
        Called with each better plan or bound.
    hint
        A plan to start from, such as the last one; classes that no longer fit are dropped.
    cancelled
        Asked between stages; true ends the solve with the best plan so far.
    keep_plans
        Whether progress carries each better plan.
    executor
        Who solves the parts, side by side; default: here, one after the other. It runs `part_task.solve_part_bytes`, bytes in and
        bytes out. The largest part is solved here in any case, with what the others have left. In reproducible mode the answer is
        the same whoever it is; progress then comes part by part. A part that the executor loses is solved here.
    parts
        Where finished parts are kept by the hash of their input, in reproducible mode: the answer is the same with and without.
    proven
        Parts of the problem that `hint` is a plan of, by the hash of their input: one that is still the same, with the same plan
        at its bound, is not searched.

    Raises
    ------
    ModelError
        If the figures could leave the exact integers, or a part needs more variables than a model may have.
    SolverError
        If an engine answers outside its contract.
    """
    limits = Limits(params, cancelled=cancelled)
    check_size(problem)
    if problem.num_groups == 0:
        nothing = tuple(() for _ in problem.run_ids)
        return CompactResult(SolveStatus.EMPTY, nothing, (), 0, 0, "none", limits.reproducible)
    board = _Board(split(problem), limits, progress, keep_plans, problem.constant_cents, hint, parts, proven)
    order = board.order()
    # The largest part comes last, with what the others have left.
    for numbers, who in ((order[:-1], executor), (order[-1:], None)):
        verdicts = board.search_here(numbers) if who is None else board.search_there(numbers, who)
        for number, verdict in zip(numbers, verdicts, strict=True):
            if verdict is not Verdict.OPEN:
                return board.without_plan(verdict, board.parts[number])
    return board.result(problem)


class _Board:
    """The parts of one solve side by side: shares of the limits, progress of the whole, the joined answer."""

    def __init__(
        self,
        parts: tuple[Part, ...],
        limits: Limits,
        progress: ProgressCallback | None,
        keep_plans: bool,
        constant_cents: int = 0,
        hint: Plan | None = None,
        store: PartStore | None = None,
        proven: Mapping[str, PartResult] | None = None,
    ) -> None:
        self._constant_cents, self._hint, self._store = constant_cents, hint, store
        self._proven = proven or {}
        self.parts, self.limits, self._progress, self._keep_plans = parts, limits, progress, keep_plans
        self._sent: int | None = None
        self.incumbents = [Incumbent(part.problem, changed=self._report) for part in parts]

    def order(self) -> list[int]:
        """Return the parts, smallest first: what they leave of their share goes to the larger ones."""
        return sorted(range(len(self.parts)), key=lambda number: (self.parts[number].problem.num_arcs, number))

    def search_here(self, numbers: list[int]) -> Iterator[Verdict]:
        """Search parts in this process, one after the other; those known already are not searched."""
        for number in numbers:
            task = self._task(number)
            known = self._known(task)
            yield self._search(number, task) if known is None else self._take(number, known)

    def search_there(self, numbers: list[int], executor: Executor) -> Iterator[Verdict]:
        """Search parts by an executor; answers are taken in order of the parts, whoever was done first."""
        tasks = {number: self._task(number) for number in numbers}
        known = {number: self._known(task) for number, task in tasks.items()}
        asked = {
            number: executor.submit(solve_part_bytes, task.to_bytes()) for number, task in tasks.items() if known[number] is None
        }
        for number, task in tasks.items():
            answer = known[number] or self._await(asked[number])
            if answer is None:
                yield self._search(number, task)
                continue
            if known[number] is None:
                keep(self._store, task, answer)
            yield self._take(number, answer)
        for job in asked.values():
            job.cancel()

    def _known(self, task: PartTask) -> PartAnswer | None:
        """Return the answer of a part that need not be searched: its start is proven, or it was solved before."""
        start = task.start
        if start is not None and self._proven and not start.faults(task.problem):
            found = self._proven.get(input_hash(task.problem))
            if found is not None and start.value(task.problem) == found.objective == found.bound:
                return PartAnswer(Verdict.OPEN, start, {found.source: found.bound}, (), 0.0, False)
        return recall(self._store, task)

    def _await(self, job: Future[bytes]) -> PartAnswer | None:
        """Return the answer of an executor; `None` where it has lost the part, or nobody may wait any longer."""
        while True:
            try:
                return answer_of(job.result(timeout=POLL_SECONDS))
            except TimeoutError:
                if self.limits.left() <= 0:
                    job.cancel()
                    return None
            except (BrokenExecutor, CancelledError):
                return None

    def _search(self, number: int, task: PartTask) -> Verdict:
        """Search one part in this process; where nothing is left of the limits, for a first plan only."""
        incumbent = self.incumbents[number]
        limits = Limits(task.params, task.budget, cancelled=self.limits.asked, whole=self.limits)
        verdict = search_part(incumbent, limits, task.start)
        keep(self._store, task, PartAnswer.of(verdict, incumbent, limits))
        return verdict

    def _take(self, number: int, answer: PartAnswer) -> Verdict:
        """Take an answer from elsewhere as if it had been found here."""
        incumbent = self.incumbents[number]
        self.limits.spend(answer.work)
        if answer.was_cut:
            self.limits.cut()
        incumbent.notes.extend(answer.notes)
        for source, bound in answer.bounds.items():
            incumbent.raise_bound(bound, source)
        incumbent.offer(answer.plan, "part")
        return answer.verdict

    def _task(self, number: int) -> PartTask:
        start = None if self._hint is None else narrow(self.parts[number], self._hint)
        return PartTask(self.parts[number].problem, self.limits.params, self._share(number), start)

    def _share(self, number: int) -> float:
        """Return the budget of one part: its share by arcs, but enough to prove a small one; the largest gets all that is left.

        In reproducible mode the shares of all but the largest are settled beforehand, so that they can be solved in any order,
        and rounded, so that a small change elsewhere leaves the task of a part as it is.
        """
        mine = self.parts[number].problem.num_arcs + 1
        left = self.limits.left()
        if number == self.order()[-1]:
            return left if self.limits.is_fast else _rounded(left)
        if self.limits.is_fast:
            waiting = [part.problem.num_arcs + 1 for part in self.parts if part.problem.num_arcs + 1 >= mine]
            return left * max(mine / sum(waiting), min(0.2, 1.0 / max(left, 1e-9)))
        whole = self.limits.params.deterministic_limit
        every = sum(part.problem.num_arcs + 1 for part in self.parts)
        return _rounded(whole * max(mine / every, min(0.2, 1.0 / whole)))

    def totals(self) -> tuple[int | None, int | None]:
        """Return objective and bound of the whole, `None` while a part has none."""
        values = [incumbent.objective for incumbent in self.incumbents]
        bounds = [incumbent.best_bound()[0] for incumbent in self.incumbents]
        objective = None if None in values else self._constant_cents + sum(value for value in values if value is not None)
        bound = None if None in bounds else self._constant_cents + sum(value for value in bounds if value is not None)
        return objective, bound

    def _report(self) -> None:
        if self._progress is not None:
            objective, bound = self.totals()
            is_news = self._keep_plans and objective is not None and objective != self._sent
            self._sent = objective
            plan = self._joined() if is_news else None
            self._progress(Progress("search", self.limits.seconds(), objective, bound, plan))

    def _joined(self) -> Plan:
        """Return the plan of the whole."""
        plans = [incumbent.plan for incumbent in self.incumbents]
        return join([widen(part, plan) for part, plan in zip(self.parts, plans, strict=True) if plan is not None])

    def without_plan(self, verdict: Verdict, part: Part) -> CompactResult:
        """Return the answer of a solve in which one part has no plan."""
        impossible = verdict is Verdict.INFEASIBLE
        conflict = explain(part.problem) if impossible else None
        status = SolveStatus.INFEASIBLE if impossible else SolveStatus.NO_SOLUTION_IN_TIME
        result = CompactResult(status, None, None, None, None, "none", self.limits.reproducible, conflict)
        return replace(result, notes=self._notes(), seconds=self.limits.seconds())

    def result(self, problem: CompactProblem) -> CompactResult:
        """Return the joined answer."""
        whole = self._joined()
        objective, bound = whole.value(problem), self.totals()[1]
        sources = sorted({incumbent.best_bound()[1] for incumbent in self.incumbents})
        return CompactResult(
            SolveStatus.OPTIMAL if objective == bound else SolveStatus.FEASIBLE,
            whole.classes_by_run(problem.num_runs),
            tuple(whole.unplaced(problem).tolist()),
            objective,
            bound,
            "none" if bound is None else sources[0] if len(sources) == 1 else "parts",
            self.limits.reproducible,
            notes=self._notes(),
            seconds=self.limits.seconds(),
            parts=tuple(
                PartResult(input_hash(incumbent.problem), incumbent.objective, *incumbent.best_bound())
                for incumbent in self.incumbents
                if incumbent.objective is not None
            ),
        )

    def _notes(self) -> tuple[str, ...]:
        found = [note for incumbent in self.incumbents for note in (*incumbent.notes, *incumbent.contradictions())]
        return tuple(dict.fromkeys(found))


def _rounded(budget: float) -> float:
    """Return a budget rounded down to two digits."""
    if budget <= 0:
        return 0.0
    unit: float = 10.0 ** (math.floor(math.log10(budget)) - 1)
    return math.floor(budget / unit) * unit
