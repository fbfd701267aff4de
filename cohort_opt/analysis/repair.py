"""The cheapest repair: the least-cost change, out of a stated set, that places everybody of a waiting demand line.

Each relaxation is tried by solving again. First everybody else keeps the seat; what does not work so is tried with the other
courses held and this course planned anew. Within its neighbourhood each repair is the cheapest plan (`proven`), no line that had
a seat loses it, and the cost is real money: classes, seats and journeys. Trainees still to be found pay for themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cohort_opt.analysis.hold import Keep, held
from cohort_opt.analysis.relaxations import RELAXATIONS, Question, Relaxation
from cohort_opt.analysis.relaxations.more_trainees import EXTRA
from cohort_opt.analysis.replan import Replan, replan
from cohort_opt.errors import InputProblem, InstanceError
from cohort_opt.problem.changes import SetUnplacedPrice
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.journeys import Journeys
from cohort_opt.problem.scenario import Scenario, apply
from cohort_opt.proposal import Reason
from cohort_opt.solution import Solution
from cohort_opt.solver.params import SolveParams
from cohort_opt.verification.verify import verify

PLACE_FIRST_CENTS = 100_000_000
"""Price of a trainee without a seat while a repair is sought, a million euros: first everybody sits, then the plan is cheap."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One change that places the line.

    Parameters
    ----------
    kind
        Name in the registry of relaxations.
    scenario
        The change, ready to be applied.
    said
        The change in words.
    kept
        What was held while it was sought.
    extra_cents
        Real money more than the present plan; negative = cheaper. Without what trainees still to be found pay themselves.
    seat_price_cents
        Dearest price per seat that the line pays afterwards, rounded up.
    sizes
        Sizes of the classes that hold the line afterwards, ascending.
    proven
        Whether no plan of this neighbourhood is cheaper.
    """

    kind: str
    scenario: Scenario
    said: Reason
    kept: Keep
    extra_cents: int
    seat_price_cents: int
    sizes: tuple[int, ...]
    proven: bool


@dataclass(frozen=True, slots=True)
class RepairAnswer:
    """All repairs of one line, cheapest first, and what was tried.

    Parameters
    ----------
    tried
        Relaxations that were solved, by kind.
    """

    demand: str
    waiting: int
    repairs: tuple[Repair, ...]
    tried: dict[str, int]


def find_repairs(
    instance: Instance, solution: Solution, demand: str, params: SolveParams, kinds: Sequence[str] = tuple(RELAXATIONS)
) -> RepairAnswer:
    """Return what would place the waiting trainees of a demand line, cheapest first.

    Parameters
    ----------
    solution
        The present plan; it must be a plan of the instance.
    kinds
        Kinds of relaxations to try; the answer is the cheapest of these and of no others.

    Raises
    ------
    InstanceError
        If there is no such line, or nobody of it waits.
    """
    question = _question(instance, solution, demand)
    terms = verify(instance, solution).objective_terms
    if terms is None:
        raise InstanceError([InputProblem("no-plan", "Plan", "", "it is not a plan of this instance", "propose again")])
    before = terms.class_fixed + terms.seats + terms.travel
    repairs: list[Repair] = []
    tried: Counter[str] = Counter()
    for kind in kinds:
        relaxations = tuple(RELAXATIONS[kind](question))
        for keep in (Keep.ALL, Keep.OTHER_COURSES):
            at = _gentlest(question, kind, relaxations, keep, params, before, tried)
            if at is not None:
                repairs.append(at[1])
                relaxations = relaxations[: at[0]]  # with less held, only something gentler is worth saying
    repairs.sort(key=lambda repair: (repair.extra_cents, list(RELAXATIONS).index(repair.kind)))
    return RepairAnswer(demand, question.waiting, tuple(repairs), dict(sorted(tried.items())))


def _question(instance: Instance, solution: Solution, demand: str) -> Question:
    line = next((line for line in instance.demands if line.id == demand), None)
    waiting = sum(member.count for member in solution.unplaced if member.demand == demand)
    if line is None or waiting == 0:
        rule = "there is no such demand line" if line is None else "nobody of this line waits"
        raise InstanceError([InputProblem("nothing-to-repair", f"Demand[{demand}]", "", rule, "name a line that waits")])
    return Question(instance, solution, line, waiting)


def _gentlest(
    question: Question, kind: str, relaxations: Sequence[Relaxation], keep: Keep, params: SolveParams, before: int,
    tried: Counter[str],
) -> tuple[int, Repair] | None:  # fmt: skip
    """Return position and repair of the first relaxation that places the line in this neighbourhood."""
    for position, relaxation in enumerate(relaxations):
        tried[kind] += 1
        scenario = Scenario(name=relaxation.said.sentence[:200], changes=(*relaxation.changes, *_place_first(question)))
        answer = _solved(question, scenario, keep, params)
        if answer is not None and _places(question, answer):
            return position, _repair(question, kind, relaxation, scenario, keep, answer, before)
    return None


def _place_first(question: Question) -> Iterator[SetUnplacedPrice]:
    """Yield the changes that make a seat for everybody of the course come first, so that the scenario alone shows the repair."""
    for line in question.instance.demands:
        if line.course == question.demand.course:
            yield SetUnplacedPrice(kind="set_unplaced_price", unplaced_cents=PLACE_FIRST_CENTS, demand=line.id)


def _solved(question: Question, scenario: Scenario, keep: Keep, params: SolveParams) -> Replan | None:
    try:
        changed = apply(question.instance, scenario)
        return replan(held(changed, question.solution, keep, question.demand.course), params)
    except InstanceError:  # the change contradicts a pin or leaves the calendar: no repair
        return None


def _places(question: Question, answer: Replan) -> bool:
    """Return whether the line sits, and no other line waits with more trainees than before."""
    if answer.solution is None or answer.unplaced(question.demand.id):
        return False
    before = {member.demand: member.count for member in question.solution.unplaced}
    return all(member.count <= before.get(member.demand, 0) for member in answer.solution.unplaced)


def _repair(
    question: Question, kind: str, relaxation: Relaxation, scenario: Scenario, keep: Keep, answer: Replan, before: int
) -> Repair:
    instance, course = question.instance, question.demand.course
    solution = answer.solution
    if solution is None or answer.real_cents is None:
        raise ValueError("a repair needs a plan")
    offering = {o.id: o for o in instance.offerings}
    sizes, price, for_others = [], 0, 0
    for planned in solution.classes:
        cost = offering[planned.offering].fixed_cents + offering[planned.offering].seat_cents * planned.size
        extra = sum(member.count for member in planned.members if member.demand.startswith(EXTRA))
        if extra and planned.course == course:
            journey = Journeys.of(instance).cents(question.demand, planned.site, planned.dates)
            for_others += cost * extra // planned.size + journey * extra
        if any(member.demand == question.demand.id for member in planned.members):
            sizes.append(planned.size)
            price = max(price, -(-cost // planned.size))
    return Repair(
        kind, scenario, relaxation.said, keep, answer.real_cents - for_others - before, price, tuple(sorted(sizes)),
        answer.is_proven,
    )  # fmt: skip
