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
from cohort_opt.analysis.relaxations.pairs import PAIRS
from cohort_opt.analysis.relaxations.pairs import relaxations as pairs_of
from cohort_opt.analysis.replan import Replan, replan
from cohort_opt.analysis.shortage import Shortage, shortage_of
from cohort_opt.errors import InputProblem, InstanceError
from cohort_opt.explanation.sentence import say
from cohort_opt.problem.changes import SetUnplacedPrice
from cohort_opt.problem.class_costs import ClassCosts
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.journeys import Journeys
from cohort_opt.problem.scenario import Scenario, apply
from cohort_opt.proposal import Reason
from cohort_opt.solution import Solution
from cohort_opt.solver.params import SolveParams
from cohort_opt.verification.verify import verify

PLACE_FIRST_CENTS = 100_000_000
"""Price of a trainee without a seat while a repair is sought, a million euros: first everybody sits, then the plan is cheap."""

REPAIR_KINDS = (*RELAXATIONS, *PAIRS)
"""Names of all kinds of changes that a repair may make, single ones first."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One change that places the line.

    Parameters
    ----------
    kind
        Name in `REPAIR_KINDS`.
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
        Sizes of the classes that hold the line afterwards, and of those of its course that open or change, ascending.
    proven
        Whether no plan of this neighbourhood is cheaper.
    also
        A second change that goes with the first, in words.
    price_before_cents
        Dearest price per seat in a class of the course in the present plan; `None` where none opens.
    changes
        Number of changes in the scenario that are the repair itself; the others make a seat come first while it is sought.
    """

    kind: str
    scenario: Scenario
    said: Reason
    kept: Keep
    extra_cents: int
    seat_price_cents: int
    sizes: tuple[int, ...]
    proven: bool
    also: tuple[Reason, ...] = ()
    price_before_cents: int | None = None
    changes: int = 1

    def result(self) -> Reason:
        """Return what comes out of it: the classes of the line and the price of a seat."""
        before: dict[str, int] = {} if self.price_before_cents is None else {"before_cents": self.price_before_cents}
        if len(self.sizes) == 1 and before:
            return say(
                "repair_result", "a class of {size} at {seat_price_cents} a seat instead of {before_cents}",
                size=self.sizes[0], seat_price_cents=self.seat_price_cents, **before,
            )  # fmt: skip
        if len(self.sizes) == 1:
            return say(
                "repair_result", "a class of {size} at {seat_price_cents} a seat",
                size=self.sizes[0], seat_price_cents=self.seat_price_cents,
            )  # fmt: skip
        if before:
            return say(
                "repair_result", "{classes} at {seat_price_cents} a seat instead of {before_cents}",
                classes=self._classes(), seat_price_cents=self.seat_price_cents, **before,
            )  # fmt: skip
        return say(
            "repair_result", "{classes} at {seat_price_cents} a seat",
            classes=self._classes(), seat_price_cents=self.seat_price_cents,
        )  # fmt: skip

    def _classes(self) -> str:
        """Return `2 classes of 7`, or `classes of 7 + 8`, in words of the data."""
        if len(set(self.sizes)) == 1:
            return f"{len(self.sizes)} classes_of {self.sizes[0]}"
        return f"classes_of {' + '.join(str(size) for size in self.sizes)}"


@dataclass(frozen=True, slots=True)
class RepairAnswer:
    """All repairs of one line, cheapest first, and what was tried.

    Parameters
    ----------
    tried
        Relaxations that were solved, by kind.
    shortage
        Who asked and who is placed among those who could share a class with the line, and whether their number is a gap number.
    """

    demand: str
    waiting: int
    repairs: tuple[Repair, ...]
    tried: dict[str, int]
    shortage: Shortage


def find_repairs(
    instance: Instance, solution: Solution, demand: str, params: SolveParams, kinds: Sequence[str] = REPAIR_KINDS
) -> RepairAnswer:
    """Return what would place the waiting trainees of a demand line, cheapest first.

    Of each kind the gentlest change that works is told, and every other one that is cheaper still; of trainees still to be found
    only the fewest, since each one more pays for itself. Where a seat can be had under the present rules, only what is cheaper
    than that is told.

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
    search = _Search(question, params)
    repairs = [repair for kind in sorted(kinds, key=REPAIR_KINDS.index) for repair in search.of_kind(kind)]
    repairs.sort(key=lambda repair: (repair.extra_cents, REPAIR_KINDS.index(repair.kind), repair.kept is not Keep.ALL))
    tried = dict(sorted(search.tried.items()))
    return RepairAnswer(demand, question.waiting, tuple(repairs), tried, shortage_of(instance, solution, demand))


def _question(instance: Instance, solution: Solution, demand: str) -> Question:
    line = next((line for line in instance.demands if line.id == demand), None)
    waiting = sum(member.count for member in solution.unplaced if member.demand == demand)
    if line is None or waiting == 0:
        rule = "there is no such demand line" if line is None else "nobody of this line waits"
        raise InstanceError([InputProblem("nothing-to-repair", f"Demand[{demand}]", "", rule, "name a line that waits")])
    return Question(instance, solution, line, waiting)


class _Search:
    """One question, its present plan, and what was tried."""

    def __init__(self, question: Question, params: SolveParams) -> None:
        self._question, self._params = question, params
        self.tried: Counter[str] = Counter()
        self._works_alone: set[tuple[str, Keep]] = set()
        self._unchanged_cents: dict[Keep, int] = {}
        terms = verify(question.instance, question.solution).objective_terms
        if terms is None:
            raise InstanceError([InputProblem("no-plan", "Plan", "", "it is not a plan of this instance", "propose again")])
        self._before = terms.class_fixed + terms.seats + terms.travel
        self._price_before = _dearest_seat(question)

    def of_kind(self, kind: str) -> Iterator[Repair]:
        """Yield the repairs of a kind: with everybody held, then gentler or cheaper ones with this course planned anew."""
        relaxations = self._relaxations(kind)
        for keep in (Keep.ALL, Keep.OTHER_COURSES):
            if any((part, keep) in self._works_alone for part in kind.split("+")):
                continue  # one of the two is enough
            if "more_trainees" in kind and keep in self._unchanged_cents:
                continue  # nobody else is needed
            at = None
            for position, repair in self._working(kind, relaxations, keep):
                at = position if at is None else at
                yield repair
            if at is not None:
                self._works_alone.add((kind, keep))
                relaxations = relaxations[:at]  # with less held, only something gentler is worth saying

    def _relaxations(self, kind: str) -> tuple[Relaxation, ...]:
        found = RELAXATIONS[kind](self._question) if kind in RELAXATIONS else pairs_of(kind, self._question)
        return tuple(found)

    def _working(self, kind: str, relaxations: Sequence[Relaxation], keep: Keep) -> Iterator[tuple[int, Repair]]:
        """Yield position and repair of the first relaxation that places the line, then of each that is cheaper still."""
        best = self._unchanged_cents.get(keep)
        for position, relaxation in enumerate(relaxations):
            self.tried[kind] += 1
            scenario = Scenario(name=relaxation.said.sentence[:200], changes=(*relaxation.changes, *_place_first(self._question)))
            answer = self._solved(scenario, keep)
            if answer is None or not _places(self._question, answer):
                continue
            repair = self._repair(kind, relaxation, scenario, keep, answer)
            if best is None or repair.extra_cents < best:
                yield position, repair
                best = repair.extra_cents
            if not relaxation.changes:
                self._unchanged_cents[keep] = repair.extra_cents
            if kind.endswith("more_trainees"):
                return

    def _solved(self, scenario: Scenario, keep: Keep) -> Replan | None:
        question = self._question
        try:
            changed = apply(question.instance, scenario)
            return replan(held(changed, question.solution, keep, question.demand.course), self._params, question.demand.course)
        except InstanceError:  # the change contradicts a pin or leaves the calendar: no repair
            return None

    def _repair(self, kind: str, relaxation: Relaxation, scenario: Scenario, keep: Keep, answer: Replan) -> Repair:
        solution, question = answer.solution, self._question
        if solution is None or answer.real_cents is None:
            raise ValueError("a repair needs a plan")
        offering, costs = {o.id: o for o in question.instance.offerings}, ClassCosts.of(question.instance)
        sizes, price, for_others = [], 0, 0
        before = {planned.id: planned.size for planned in question.solution.classes}
        for planned in solution.classes:
            cost = costs.fixed_cents(planned) + offering[planned.offering].seat_cents * planned.size
            extra = sum(member.count for member in planned.members if member.demand.startswith(EXTRA))
            if extra and planned.course == question.demand.course:
                journey = Journeys.of(question.instance).cents(question.demand, planned.site, planned.dates)
                for_others += cost * extra // planned.size + journey * extra
            holds_line = any(member.demand == question.demand.id for member in planned.members)
            if holds_line or (planned.course == question.demand.course and before.get(planned.id) != planned.size):
                sizes.append(planned.size)
            if holds_line:
                price = max(price, -(-cost // planned.size))
        return Repair(
            kind, scenario, relaxation.said, keep, answer.real_cents - for_others - self._before, price, tuple(sorted(sizes)),
            answer.is_proven, relaxation.also, self._price_before, len(relaxation.changes),
        )  # fmt: skip


def _place_first(question: Question) -> Iterator[SetUnplacedPrice]:
    """Yield the changes that make a seat for everybody of the course come first, so that the scenario alone shows the repair."""
    for line in question.instance.demands:
        if line.course == question.demand.course:
            yield SetUnplacedPrice(kind="set_unplaced_price", unplaced_cents=PLACE_FIRST_CENTS, demand=line.id)


def _places(question: Question, answer: Replan) -> bool:
    """Return whether the line sits, and no other line waits with more trainees than before."""
    if answer.solution is None or answer.unplaced(question.demand.id):
        return False
    before = {member.demand: member.count for member in question.solution.unplaced}
    return all(member.count <= before.get(member.demand, 0) for member in answer.solution.unplaced)


def _dearest_seat(question: Question) -> int | None:
    """Return the dearest price per seat in a class of the course, rounded up."""
    offering, costs = {o.id: o for o in question.instance.offerings}, ClassCosts.of(question.instance)
    prices = [
        -(-(costs.fixed_cents(c) + offering[c.offering].seat_cents * c.size) // c.size)
        for c in question.solution.classes
        if c.course == question.demand.course and c.size
    ]
    return max(prices, default=None)
