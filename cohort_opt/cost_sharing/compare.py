"""All methods on one plan, side by side: for the planner, never for one company."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from cohort_opt.cost_sharing.class_game import ClassFacts, FactsReader, game_of
from cohort_opt.cost_sharing.game import MAX_ENUMERATED, Tools
from cohort_opt.cost_sharing.methods import METHODS, NEED_LINEAR_PROGRAM
from cohort_opt.cost_sharing.share import NO_TOOLS, share_game
from cohort_opt.problem.instance import Instance
from cohort_opt.solution import Solution


@dataclass(frozen=True, slots=True)
class ComparedShare:
    """What one company pays in one class by one method.

    Parameters
    ----------
    seat_price_cents
        Share per seat, rounded up to the cent.
    alone_cents
        Its cheapest outside option (waiting at its price included) less its journeys, at least 0.
    above_alone_cents
        By how much the share exceeds that; 0 if it does not.
    """

    class_id: str
    method: str
    company: str
    seats: int
    share_cents: int
    seat_price_cents: int
    alone_cents: int
    above_alone_cents: int


@dataclass(frozen=True, slots=True)
class ComparedMethod:
    """How one method does in one class.

    Parameters
    ----------
    spread_cents
        Dearest less cheapest price per seat, rounded up.
    objection_cents, objectors
        What the group with most to gain by leaving would gain, and who it is; 0 and nobody if the split is stable.
    note
        Why there are no shares: the method needs a linear program, or the class has too many companies; empty else.
    """

    class_id: str
    method: str
    spread_cents: int
    objection_cents: int
    objectors: tuple[str, ...]
    facts: dict[str, int | str]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rows by class, method (order of the registry) and company."""

    shares: tuple[ComparedShare, ...]
    methods: tuple[ComparedMethod, ...]


def compare(
    instance: Instance, solution: Solution, tools: Tools = NO_TOOLS, methods: Sequence[str] = tuple(METHODS)
) -> Comparison:
    """Return what each company pays by each method in each class, and how stable and even each method is."""
    reader = FactsReader(instance)
    shares: list[ComparedShare] = []
    summaries: list[ComparedMethod] = []
    for planned in sorted(solution.classes, key=lambda c: c.id):
        facts = reader.read(planned)
        for method in methods:
            rows, summary = _one(planned.id, facts, len(planned.dates), method, tools)
            shares += rows
            summaries.append(summary)
    return Comparison(tuple(shares), tuple(summaries))


def _one(
    class_id: str, facts: ClassFacts, num_days: int, method: str, tools: Tools
) -> tuple[list[ComparedShare], ComparedMethod]:
    if method in NEED_LINEAR_PROGRAM and tools.linear_program is None:
        return [], ComparedMethod(class_id, method, 0, 0, (), {}, "needs a linear program")
    if method == "nucleolus" and len(facts.companies) > MAX_ENUMERATED:
        return [], ComparedMethod(class_id, method, 0, 0, (), {}, f"more than {MAX_ENUMERATED} companies")
    result = share_game(class_id, game_of(facts, num_days), method, tools)
    rows = [
        ComparedShare(class_id, method, company, seats, cents, -(-cents // seats), alone, max(0, cents - alone))
        for company, seats, cents, alone in zip(
            result.companies, result.seats, result.shares_cents, facts.outside_cents, strict=True
        )
    ]
    prices = [Fraction(row.share_cents, row.seats) for row in rows]
    spread = max(prices) - min(prices)
    gain, group = _objection(facts, result.shares_cents)
    return rows, ComparedMethod(class_id, method, -(-spread.numerator // spread.denominator), gain, group, result.facts)


def _objection(facts: ClassFacts, shares: Sequence[int]) -> tuple[int, tuple[str, ...]]:
    """Return what the strongest objecting group gains, and its companies; (0, ()) if nobody objects."""
    if len(shares) == 1:
        return 0, ()
    coalition, gain = facts.strongest_objection([Fraction(share) for share in shares])
    if gain <= 0:
        return 0, ()
    return int(gain), tuple(company for i, company in enumerate(facts.companies) if coalition >> i & 1)
