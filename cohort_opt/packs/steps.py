"""Subsidies as step terms: what a line's seats in a class bring, for every class size; exact, after stacking, before pots.

For a run, a line of n trainees and a level, `cents[x]` is what x of them bring; it changes only where a threshold or a seat
price does, so a term is a short list of pieces over the class size:

    value(x, size) = piece.cents[x]     for the piece with first_size <= size <= last_size

Written for a model that wants exact step terms: where a piece is linear, `cents_per_seat` is its slope and one variable per
piece is enough. Pots are not in here: they tie all classes together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cohort_opt.packs.amounts import Level
from cohort_opt.packs.claims import claim_total, line_claims
from cohort_opt.packs.class_setting import SeatedLine, seated_line, setting_of_run
from cohort_opt.packs.facts import EligibilityFacts
from cohort_opt.packs.pack import RulePack
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.runs import Run


@dataclass(frozen=True, slots=True)
class Piece:
    """Class sizes between which nothing changes.

    Parameters
    ----------
    cents
        `cents[x]` for x = 0 to the most trainees of the line that fit; `cents[0] == 0`.
    """

    first_size: int
    last_size: int
    cents: tuple[int, ...]

    @property
    def cents_per_seat(self) -> int | None:
        """Return the slope if every seat brings the same; `None` if the piece is not linear."""
        slope = self.cents[1] if len(self.cents) > 1 else 0
        return slope if all(value == slope * x for x, value in enumerate(self.cents)) else None


@dataclass(frozen=True, slots=True)
class StepTerm:
    """What a demand line may bring in a run, by class size; pieces ascend and cover every size from the least to the most."""

    run: str
    course: str
    demand: str
    level: Level
    pieces: tuple[Piece, ...]

    def value(self, seats: int, size: int) -> int:
        """Return what `seats` trainees of the line bring in a class of `size`, in cents."""
        piece = next(piece for piece in self.pieces if piece.first_size <= size <= piece.last_size)
        return piece.cents[seats]


def step_terms(
    instance: Instance,
    packs: Iterable[RulePack],
    facts: EligibilityFacts,
    runs: Iterable[Run],
    level: Level = "expected",
) -> tuple[StepTerm, ...]:
    """Return the step terms of cash subsidies, by run and line; lines of another course and terms of nothing are left out.

    Sizes run from the least to the most seats of the run. Whether a line may attend a run at all is not asked here.
    """
    packs = tuple(packs)
    taught = {o.id: {o.course, *(other.course for other in o.combines)} for o in instance.offerings}
    found: list[StepTerm] = []
    for run in sorted(runs, key=lambda run: run.id):
        for demand in instance.demands:
            if demand.course in taught[run.offering]:
                pieces = tuple(_pieces(instance, packs, facts, run, demand.id, level, range(run.min_seats, run.max_seats + 1)))
                if any(any(piece.cents) for piece in pieces):
                    found.append(StepTerm(run.id, run.course, demand.id, level, pieces))
    return tuple(found)


def _pieces(
    instance: Instance,
    packs: tuple[RulePack, ...],
    facts: EligibilityFacts,
    run: Run,
    demand: str,
    level: Level,
    sizes: range,
) -> Iterator[Piece]:
    """Yield the pieces; a piece holds as many seats as fit into its largest class, so that neighbours can be one."""
    full = seated_line(instance, demand, 1)
    most = min(full.demand.count, run.max_seats)
    first, last = 0, 0
    cents: tuple[int, ...] = ()
    for size in sizes:
        setting = setting_of_run(instance, run, size)
        values = (
            claim_total(line_claims(instance, packs, facts, setting, SeatedLine(full.demand, full.municipality, full.trade, x)),
                        "cash").at(level)
            for x in range(1, most + 1)
        )  # fmt: skip
        now = (0, *values)
        if first and now == cents:
            last = size
            continue
        if first:
            yield Piece(first, last, cents)
        first, last, cents = size, size, now
    if first:
        yield Piece(first, last, cents)
