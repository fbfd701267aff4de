"""The strategy: split into parts, solve each, join the answers -> result."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import replace

from cohort_opt.model.build import check_size
from cohort_opt.model.plan import Plan
from cohort_opt.problem.compact import CompactProblem
from cohort_opt.solution import SolveStatus
from cohort_opt.solver.conflict import explain
from cohort_opt.solver.incumbent import Incumbent
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.part_task import PartTask, answer_of, search_part, solve_part_bytes
from cohort_opt.solver.parts import Part, join, narrow, split, widen
from cohort_opt.solver.result import CompactResult, Progress, ProgressCallback
from cohort_opt.solver.search import Verdict


def solve(
    problem: CompactProblem,
    params: SolveParams,
    *,
    progress: ProgressCallback | None = None,
    hint: Plan | None = None,
    cancelled: Callable[[], bool] | None = None,
    keep_plans: bool = False,
    executor: Executor | None = None,
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
        bytes out. In reproducible mode the answer is the same whoever it is; progress then comes part by part.

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
    board = _Board(split(problem), limits, progress, keep_plans, problem.constant_cents)
    order = board.order()
    # The largest part comes last, with what the others have left.
    for numbers in (order[:-1], order[-1:]):
        starts = [narrow(board.parts[number], hint) if hint is not None else None for number in numbers]
        verdicts = board.search_here(numbers, starts) if executor is None else board.search_there(numbers, starts, executor)
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
    ) -> None:
        self._constant_cents = constant_cents
        self.parts, self.limits, self._progress, self._keep_plans = parts, limits, progress, keep_plans
        self._sent: int | None = None
        self.incumbents = [Incumbent(part.problem, changed=self._report) for part in parts]

    def order(self) -> list[int]:
        """Return the parts, smallest first: what they leave of their share goes to the larger ones."""
        return sorted(range(len(self.parts)), key=lambda number: (self.parts[number].problem.num_arcs, number))

    def search_here(self, numbers: list[int], starts: list[Plan | None]) -> Iterator[Verdict]:
        """Search parts in this process, one after the other."""
        for number, start in zip(numbers, starts, strict=True):
            budget = self._share(number)
            limits = Limits(self.limits.params, budget, cancelled=self.limits.asked, whole=self.limits)
            yield search_part(self.incumbents[number], limits, start)

    def search_there(self, numbers: list[int], starts: list[Plan | None], executor: Executor) -> Iterator[Verdict]:
        """Search parts by an executor; answers are taken in order of the parts, whoever was done first."""
        params = self.limits.params
        tasks = [
            PartTask(self.parts[number].problem, params, self._share(number), start)
            for number, start in zip(numbers, starts, strict=True)
        ]
        jobs = [executor.submit(solve_part_bytes, task.to_bytes()) for task in tasks]
        for number, job in zip(numbers, jobs, strict=True):
            answer, incumbent = answer_of(job.result()), self.incumbents[number]
            self.limits.spend(answer.work)
            if answer.was_cut:
                self.limits.cut()
            incumbent.notes.extend(answer.notes)
            for source, bound in answer.bounds.items():
                incumbent.raise_bound(bound, source)
            incumbent.offer(answer.plan, "part")
            yield answer.verdict

    def _share(self, number: int) -> float:
        """Return the budget of one part: its share by arcs, but enough to prove a small one; the largest gets all that is left.

        In reproducible mode the shares of all but the largest are settled beforehand, so that they can be solved in any order.
        """
        mine = self.parts[number].problem.num_arcs + 1
        left = self.limits.left()
        if number == self.order()[-1]:
            return left
        if self.limits.is_fast:
            waiting = [part.problem.num_arcs + 1 for part in self.parts if part.problem.num_arcs + 1 >= mine]
            return left * max(mine / sum(waiting), min(0.2, 1.0 / max(left, 1e-9)))
        whole = self.limits.params.deterministic_limit
        every = sum(part.problem.num_arcs + 1 for part in self.parts)
        return whole * max(mine / every, min(0.2, 1.0 / whole))

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
        )

    def _notes(self) -> tuple[str, ...]:
        found = [note for incumbent in self.incumbents for note in (*incumbent.notes, *incumbent.contradictions())]
        return tuple(dict.fromkeys(found))
