"""Moves by hand: 'these trainees to that run' as a scenario of pins, and which runs a line could move to.

Nothing is solved here. Whoever moves is pinned where the planner puts them; everybody else is pinned where the plan has them, or
left to the solver. What no plan can keep is said before anything is solved, by the rule that forbids it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cohort_opt.errors import InputProblem, InstanceError
from cohort_opt.problem.candidates import Candidates, find_candidates
from cohort_opt.problem.changes import AddDemand, AddPin, Change, RemovePin
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Demand
from cohort_opt.problem.run import Run
from cohort_opt.problem.scenario import Scenario, apply
from cohort_opt.solution import Solution


@dataclass(frozen=True, slots=True)
class Move:
    """So many trainees of a line sit in another run.

    Parameters
    ----------
    from_run
        Run of the plan that they leave; empty = they wait.
    to_run
        Any candidate run that takes the line.
    """

    demand: str
    from_run: str
    to_run: str
    count: int


@dataclass(frozen=True, slots=True)
class Choices:
    """Where lines could sit.

    Parameters
    ----------
    runs
        The candidate runs, by first day and id.
    runs_of
        Demand line -> ids of the runs that it may attend.
    """

    runs: tuple[Run, ...]
    runs_of: dict[str, tuple[str, ...]]


def choices(instance: Instance) -> Choices:
    """Return the candidate runs and which of them each line may attend."""
    return _choices(find_candidates(instance))


def move_scenario(
    instance: Instance, solution: Solution, moves: Sequence[Move], name: str, *, keep_others: bool = True
) -> Scenario:
    """Return the scenario in which the moves hold.

    Parameters
    ----------
    solution
        The plan of the instance that is changed.
    keep_others
        Whether everybody else keeps the seat; otherwise only those who move are pinned, pins of before are lifted, and the solver
        places the others.

    Raises
    ------
    InstanceError
        If more trainees of a line leave a run, or the waiting list, than are there (pointer `/moves/2`), or a rule keeps a line
        out of the run.
    """
    before = _seats(solution)
    after, touched = _moved(before, moves, _waiting(instance, before))
    changes: list[Change] = [
        RemovePin(kind="remove_pin", demand=pin.demand, run=pin.run)
        for pin in instance.pins
        if after[pin.demand, pin.run] < pin.count or not (keep_others or (pin.demand, pin.run) in touched)
    ]
    changes += [
        AddPin(kind="add_pin", demand=demand, run=run, count=count)
        for (demand, run), count in sorted(after.items())
        if count > 0 and (keep_others or (demand, run) in touched)
    ]
    found = Scenario(name=name, changes=tuple(changes))
    find_candidates(apply(instance, found))  # refuses a pin that a rule forbids, with its words
    return found


def late_scenario(instance: Instance, solution: Solution, demand: Demand, run: str, name: str) -> Scenario:
    """Return the scenario in which a line that came too late sits in a run of the plan, and everybody else stays.

    Raises
    ------
    InstanceError
        If the line has the id of another, or a rule keeps it out of the run.
    """
    added = AddDemand(kind="add_demand", demand=demand)
    larger = apply(instance, Scenario(name=name, changes=(added,)))
    move = Move(demand.id, "", run, demand.count)
    return Scenario(name=name, changes=(added, *move_scenario(larger, solution, [move], name).changes))


def _choices(candidates: Candidates) -> Choices:
    problem = candidates.problem
    of: dict[str, list[str]] = {demand.id: [] for demand in candidates.instance.demands}
    for group, run in zip(problem.arc_group.tolist(), problem.arc_run.tolist(), strict=True):
        of[problem.group_ids[group]].append(problem.run_ids[run])
    runs = tuple(sorted(candidates.runs, key=lambda run: (run.start, run.id)))
    return Choices(runs, {demand: tuple(sorted(names)) for demand, names in of.items()})


def _seats(solution: Solution) -> Counter[tuple[str, str]]:
    seats: Counter[tuple[str, str]] = Counter()
    for planned in solution.classes:
        for member in planned.members:
            seats[member.demand, planned.run] += member.count
    return seats


def _waiting(instance: Instance, seats: Counter[tuple[str, str]]) -> Counter[str]:
    waiting: Counter[str] = Counter({demand.id: demand.count for demand in instance.demands})
    for (demand, _), count in seats.items():
        waiting[demand] -= count
    return waiting


def _moved(
    before: Counter[tuple[str, str]], moves: Iterable[Move], waiting: Counter[str]
) -> tuple[Counter[tuple[str, str]], set[tuple[str, str]]]:
    """Return the seats after all moves, and the places that somebody moved to."""
    after, touched, problems = before.copy(), set(), []
    for number, move in enumerate(moves):
        here = after[move.demand, move.from_run] if move.from_run else waiting[move.demand]
        if not 1 <= move.count <= here:
            place = f"run {move.from_run}" if move.from_run else "the waiting list"
            problems.append(
                InputProblem(
                    "out-of-range", f"Move[{move.demand}]", str(move.count), f"{here} of the line are in {place}",
                    "move at most so many", f"/moves/{number}",
                )
            )  # fmt: skip
            continue
        if move.from_run:
            after[move.demand, move.from_run] -= move.count
        else:
            waiting[move.demand] -= move.count
        after[move.demand, move.to_run] += move.count
        touched.add((move.demand, move.to_run))
    if problems:
        raise InstanceError(problems)
    return after, touched
