"""What a scheme would pay for the seats of one line in one class: low, expected, high; before pots, after stacking.

With x of a line's n trainees seated, and yes / ask of the n eligible (`eligibility`):

    low       per_seat(low)      * max(0, yes - (n - x))     whoever is seated, so many are eligible for certain
    expected  per_seat(expected) * yes * x // n              a fair share of the certain ones; nobody who must be asked
    high      per_seat(high)     * min(x, yes + ask)

The three levels are three worlds. After stacking or a pot, one claim may well be smaller in a world in which an earlier claim is
larger; their sum is never smaller.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from cohort_opt.packs.amounts import (
    LEVELS,
    WHOLE,
    AdditionalPlace,
    Amount,
    BoardingWeek,
    Bonus,
    Level,
    Money,
    PaidHour,
    Participant,
    ParticipantWeek,
    PlaceYear,
    ShareOfSeatPrice,
    SocialReturnAtCost,
    SocialReturnYear,
    money_of,
)
from cohort_opt.packs.class_setting import DAYS_PER_COURSE_WEEK, ClassSetting, SeatedLine
from cohort_opt.packs.eligibility import Eligibility, Tally, both, eligibility
from cohort_opt.packs.facts import EligibilityFacts, LineFacts
from cohort_opt.packs.in_force import packs_in_force
from cohort_opt.packs.pack import RulePack, StackGroup
from cohort_opt.problem.instance import Instance


@dataclass(frozen=True, slots=True)
class Cents:
    """Low, expected and high, in cents."""

    low: int = 0
    expected: int = 0
    high: int = 0

    def at(self, level: Level) -> int:
        """Return the amount at a level."""
        return {"low": self.low, "expected": self.expected, "high": self.high}[level]

    def __add__(self, other: Cents) -> Cents:
        """Return the sum, level by level."""
        return Cents(self.low + other.low, self.expected + other.expected, self.high + other.high)

    def __bool__(self) -> bool:
        """Return whether any level is above zero."""
        return self.high > 0 or self.expected > 0


@dataclass(frozen=True, slots=True)
class Claim:
    """What one scheme of one pack pays for the seats of one line in one class.

    Parameters
    ----------
    seats
        Eligible seats at each level (`expected`: the share of the certain ones, rounded down).
    alternatives
        Packs that hold the same scheme in contradictory versions, this one included; empty if there is none.
    missing
        Keys of facts that nobody stated.
    """

    eligible: Eligibility
    money: Money
    seats: Cents
    cents: Cents
    alternatives: tuple[str, ...]
    missing: tuple[str, ...]


def line_claims(
    instance: Instance,
    packs: Iterable[RulePack],
    facts: EligibilityFacts,
    setting: ClassSetting,
    line: SeatedLine,
    ignoring: frozenset[str] = frozenset(),
) -> tuple[Claim, ...]:
    """Return the claims of a line in a class under the packs in force where its company stands, on the day the class starts.

    Sorted by pack, scheme and kind of money; claims of nothing (nobody eligible) are left in, with their reasons.
    """
    stated = facts.line(line.demand.id)
    found: list[Claim] = []
    in_force = packs_in_force(packs, line.municipality, setting.start)
    for pack in in_force.packs:
        for scheme in pack.schemes:
            judged = eligibility(instance, pack, scheme, facts, setting, line, ignoring)
            others = in_force.alternatives_of(scheme.id)
            for money in sorted({money_of(amount) for amount in scheme.amounts}):
                found.append(_claim(judged, money, setting, line, stated, others if pack.id in others else ()))
    groups = {group.id: group for pack in in_force.packs for group in pack.groups}
    return _stacked(found, groups, setting, line.seats)


def claim_total(claims: Sequence[Claim], money: Money) -> Cents:
    """Return the sum over claims of one line; where two versions contradict each other, the lowest and the highest count."""
    total = Cents()
    versions: dict[str, list[Cents]] = {}
    for claim in claims:
        if claim.money != money:
            continue
        if claim.alternatives:
            versions.setdefault(claim.eligible.scheme.id, []).append(claim.cents)
        else:
            total += claim.cents
    for cents in versions.values():
        total += Cents(min(c.low for c in cents), min(c.expected for c in cents), max(c.high for c in cents))
    return total


def _claim(
    judged: Eligibility, money: Money, setting: ClassSetting, line: SeatedLine, stated: LineFacts, others: tuple[str, ...]
) -> Claim:
    cents = Cents()
    missing = set(judged.missing)
    for amount in judged.scheme.amounts:
        if money_of(amount) == money:
            tally = _narrowed(judged.tally, amount, stated)
            cents += Cents(*(_paid(amount, level, tally, setting, line.seats, stated) for level in LEVELS))
            if isinstance(amount, PaidHour) and stated.paid_hours_per_year is None and judged.tally.yes + judged.tally.ask:
                missing.add(f"line.{line.demand.id}.paid-hours-per-year")
    if others:
        missing.add(f"version-in-force.{judged.scheme.id}")
    low, high = judged.tally.seats(line.seats)
    seats = Cents(low, judged.tally.yes * line.seats // line.demand.count, high)
    return Claim(judged, money, seats, cents, others, tuple(sorted(missing)))


def _narrowed(tally: Tally, amount: Amount, stated: LineFacts) -> Tally:
    """Return the tally of those who are eligible and board, or take an additional place, where the amount is only for these."""
    if isinstance(amount, BoardingWeek):
        return both(tally, Tally(stated.boarders, tally.count - stated.boarders, 0))
    if isinstance(amount, AdditionalPlace):
        return both(tally, Tally(stated.additional_places, tally.count - stated.additional_places, 0))
    return tally


def _paid(amount: Amount, level: Level, tally: Tally, setting: ClassSetting, seated: int, stated: LineFacts) -> int:
    each = _per_seat(amount, level, setting, stated)
    if level == "expected":
        return each * tally.yes * seated // tally.count
    low, high = tally.seats(seated)
    return each * (low if level == "low" else high)


def _per_seat(amount: Amount, level: Level, setting: ClassSetting, stated: LineFacts) -> int:
    """Return what one eligible seat brings, in cents, rounded down."""
    match amount:
        case PlaceYear():
            return amount.cents.at(level) * min(setting.weeks, amount.full_weeks) // amount.full_weeks
        case ParticipantWeek():
            days = setting.days if amount.max_weeks is None else min(setting.days, amount.max_weeks * DAYS_PER_COURSE_WEEK)
            return amount.cents.at(level) * days // DAYS_PER_COURSE_WEEK
        case BoardingWeek():
            return amount.cents.at(level) * setting.days // DAYS_PER_COURSE_WEEK
        case Participant() | Bonus() | AdditionalPlace():
            return amount.cents.at(level)
        case ShareOfSeatPrice():
            share = setting.seat_price_cents * amount.share.at(level) // WHOLE
            return share if amount.cap_cents is None else min(share, amount.cap_cents)
        case PaidHour():
            a_year = min(amount.cents.at(level) * (stated.paid_hours_per_year or 0), amount.max_cents_per_year)
            return a_year * amount.months // 12
        case SocialReturnYear():
            return amount.cents.at(level) * amount.months // 12
        case SocialReturnAtCost():
            return setting.seat_price_cents


def _stacked(claims: list[Claim], groups: dict[str, StackGroup], setting: ClassSetting, seats: int) -> tuple[Claim, ...]:
    """Return the claims after the rules of their stacking groups, cash and social return apart.

    A pack that contradicts another version of itself is stacked alone: the versions are alternatives, not neighbours.
    """
    contested = {name for claim in claims for name in claim.alternatives}
    grouped: dict[tuple[str, str, str], list[int]] = {}
    for i, claim in enumerate(claims):
        stack = claim.eligible.scheme.stack
        if stack is not None:
            alone = claim.eligible.pack.id if claim.eligible.pack.id in contested else ""
            grouped.setdefault((stack.group, claim.money, alone), []).append(i)
    for (name, money, _), members in sorted(grouped.items()):
        ordered = sorted(members, key=lambda i: (_order(claims[i]), claims[i].eligible.pack.id, claims[i].eligible.scheme.id))
        rule = groups[name].rule
        if rule == "first":
            _first_only(claims, ordered, seats)
        elif rule == "up_to_cost" and money == "cash":
            _up_to_cost(claims, ordered, setting.cost_cents * seats // setting.size)
    return tuple(claims)


def _order(claim: Claim) -> int:
    stack = claim.eligible.scheme.stack
    return stack.order if stack else 0


def _first_only(claims: list[Claim], ordered: list[int], seats: int) -> None:
    """Each trainee has at most one scheme of the group. Who has two is not known from counts, so the bounds are kept apart:

    low: as few as possible are left for the later scheme; expected: as few as the certain counts leave; high: as many as fit.
    """
    earlier = Cents()  # `expected` in n-ths of a seat, so that a fair share is not rounded away
    for i in ordered:
        claim, tally = claims[i], claims[i].eligible.tally
        had = Cents(claim.seats.low, tally.yes * seats, claim.seats.high)
        left = Cents(
            max(0, had.low - earlier.high),
            max(0, had.expected - earlier.expected),
            min(had.high, seats - earlier.low),
        )
        cents = Cents(*(_cut(claim.cents.at(level), left.at(level), had.at(level)) for level in LEVELS))
        claims[i] = replace(claim, seats=Cents(left.low, left.expected // tally.count, left.high), cents=cents)
        earlier += Cents(left.low, left.expected, left.high)


def _cut(cents: int, left: int, had: int) -> int:
    return cents if left >= had else cents * left // had


def _up_to_cost(claims: list[Claim], ordered: list[int], cost_cents: int) -> None:
    """All pay in order until the price of the seats is reached, in each of the three worlds by itself."""
    spent = Cents()
    for i in ordered:
        cents = Cents(*(min(claims[i].cents.at(level), cost_cents - spent.at(level)) for level in LEVELS))
        claims[i] = replace(claims[i], cents=cents)
        spent += cents
