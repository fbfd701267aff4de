"""Subsidies in the objective, at a level the planner names: grants and pots of an instance, made from packs and facts.

A grant lowers the objective and no price. What the plan then counts is what `subsidy_estimate` says of it at the same level,
cent by cent, pots included.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cohort_opt.packs.amounts import Level, ShareOfSeatPrice
from cohort_opt.packs.claims import Claim, claim_total, line_claims
from cohort_opt.packs.class_setting import SeatedLine, seated_line, setting_of_run
from cohort_opt.packs.conditions import MaxClassSize, MinClassSize
from cohort_opt.packs.facts import EligibilityFacts
from cohort_opt.packs.pack import RulePack
from cohort_opt.packs.pots import PotKey, pot_budget, pot_key
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Grant, GrantPot, GrantStatus
from cohort_opt.problem.run import Run

Table = tuple[int, ...]
"""What x seats bring, for x = 0, 1, ...; never falls."""


def credited(instance: Instance, packs: Iterable[RulePack], facts: EligibilityFacts, level: Level = "low") -> Instance:
    """Return the instance with the cash subsidies of its lines as grants, in addition to those that it has.

    Parameters
    ----------
    level
        `low` counts only what is certain; `expected` and `high` are hopes, and their bound is one of hopes.
    """
    packs = tuple(packs)
    found = find_candidates(instance)
    lines = [seated_line(instance, demand.id, 1) for demand in instance.demands]
    pots: dict[PotKey, int] = {}
    steps: list[tuple[str, str, PotKey | None, _Step]] = []
    for group, number in zip(found.problem.arc_group.tolist(), found.problem.arc_run.tolist(), strict=True):
        run, whole = found.runs[number], lines[group]
        line = _Line(instance, packs, facts, run, whole, level, pots)
        steps += [(whole.demand.id, run.id, pot, step) for pot, step in line.steps()]
    names = {key: f"pot{i}" for i, key in enumerate(sorted(pots), start=1)}
    grants = [
        Grant(id=f"grant{i}", demand=demand, run=run, first_size=step.first_size, last_size=step.last_size,
              first_seat=step.first_seat, last_seat=step.last_seat, cents=step.cents, status=step.status,
              pot=None if pot is None else names[pot])
        for i, (demand, run, pot, step) in enumerate(steps, start=1)
    ]  # fmt: skip
    made = [GrantPot(id=names[key], budget_cents=budget) for key, budget in pots.items()]
    fields = {**dict(instance), "grants": (*instance.grants, *grants), "grant_pots": (*instance.grant_pots, *made)}
    return Instance.model_validate(fields)


@dataclass(frozen=True, slots=True)
class _Step:
    first_size: int
    last_size: int
    first_seat: int
    last_seat: int
    cents: int
    status: GrantStatus


@dataclass(frozen=True, slots=True)
class _Line:
    """One demand line in one run."""

    instance: Instance
    packs: tuple[RulePack, ...]
    facts: EligibilityFacts
    run: Run
    whole: SeatedLine
    level: Level
    pots: dict[PotKey, int]

    def steps(self) -> Iterator[tuple[PotKey | None, _Step]]:
        """Yield the steps of each pot: sizes between which nothing changes, seats that bring the same."""
        tables: dict[PotKey | None, dict[int, Table]] = {}
        statuses: set[GrantStatus] = set()
        most = min(self.whole.demand.count, self.run.max_seats)
        for first, last in _ranges(self.packs, max(self.run.min_seats, 1), self.run.max_seats):
            rows = [self.brought(first, seats, statuses) for seats in range(1, min(most, last) + 1)]
            for pot in sorted({pot for row in rows for pot in row}, key=_first_of_no_pot):
                table = _never_falling([row.get(pot, 0) for row in rows], most)
                tables.setdefault(pot, {}).update(dict.fromkeys(range(first, last + 1), table))
        status: GrantStatus = next((s for s in ("sample", "draft", "confirmed") if s in statuses), "sample")
        for pot, by_size in tables.items():
            for first, last, table in _pieces(by_size):
                for first_seat, last_seat, cents in _ladder(table):
                    yield pot, _Step(first, last, first_seat, last_seat, cents, status)

    def brought(self, size: int, seats: int, statuses: set[GrantStatus]) -> dict[PotKey | None, int]:
        """Return what so many seats bring in a class of this size, by pot; a contested scheme with a pot brings nothing."""
        setting = setting_of_run(self.instance, self.run, size)
        line = SeatedLine(self.whole.demand, self.whole.municipality, self.whole.trade, seats)
        by_pot: dict[PotKey | None, list[Claim]] = {}
        for claim in line_claims(self.instance, self.packs, self.facts, setting, line):
            if claim.money != "cash" or not claim.cents.at(self.level):
                continue
            pot = pot_key(claim, setting.start)
            budget = None if pot is None else pot_budget(claim)
            if claim.alternatives and budget is not None:
                continue
            if pot is not None and budget is not None:
                self.pots[pot] = budget
            statuses.add(claim.eligible.pack.status)
            by_pot.setdefault(pot if budget is not None else None, []).append(claim)
        return {pot: claim_total(claims, "cash").at(self.level) for pot, claims in by_pot.items()}


def _ranges(packs: Iterable[RulePack], least: int, most: int) -> Iterator[tuple[int, int]]:
    """Yield (first, last) class sizes between which no rule of any pack can tell a difference."""
    packs = tuple(packs)
    priced = any(group.rule == "up_to_cost" for pack in packs for group in pack.groups)
    edges = {least}
    for scheme in (scheme for pack in packs for scheme in pack.schemes):
        priced = priced or any(isinstance(amount, ShareOfSeatPrice) for amount in scheme.amounts)
        edges |= {condition.seats for condition in scheme.conditions if isinstance(condition, MinClassSize)}
        edges |= {condition.seats + 1 for condition in scheme.conditions if isinstance(condition, MaxClassSize)}
    starts = sorted(size for size in (range(least, most + 1) if priced else edges) if least <= size <= most)
    for first, after in zip(starts, [*starts[1:], most + 1], strict=True):
        yield first, after - 1


def _first_of_no_pot(pot: PotKey | None) -> tuple[str, str, str]:
    return ("", "", "") if pot is None else (pot.pot, pot.pack, pot.period)


def _never_falling(values: Sequence[int], most: int) -> Table:
    """Return the table that never falls and is never above the values; seats that do not fit bring as much as the last."""
    table = [0, *values, *([values[-1]] * (most - len(values)) if values else [0] * most)]
    for x in range(len(table) - 2, -1, -1):
        table[x] = min(table[x], table[x + 1])
    return tuple(table)


def _pieces(by_size: dict[int, Table]) -> Iterator[tuple[int, int, Table]]:
    """Yield (first size, last size, table) of sizes that follow each other and bring the same."""
    first = last = 0
    table: Table = ()
    for size, now in sorted(by_size.items()):
        if last and size == last + 1 and now == table:
            last = size
            continue
        if last:
            yield first, last, table
        first, last, table = size, size, now
    if last:
        yield first, last, table


def _ladder(table: Table) -> Iterator[tuple[int, int, int]]:
    """Yield (first seat, last seat, cents of each) of neighbouring seats that bring the same; seats of nothing are left out."""
    first = 0
    for seat in range(1, len(table)):
        each = table[seat] - table[seat - 1]
        if first and each == table[first] - table[first - 1]:
            continue
        if first and (before := table[first] - table[first - 1]):
            yield first, seat - 1, before
        first = seat
    if first and (before := table[first] - table[first - 1]):
        yield first, len(table) - 1, before
