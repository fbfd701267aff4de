"""The promises of a price, decided for one class of one plan; a judge that shares no code with the methods.

Everything is worked out again from the rows of the instance: the cost of the class, what each coalition would pay on its own (its
table is built coalition by coalition), and what the method would charge without a newcomer (by asking it).

    adds_up                      the shares add up to the cost of the class
    nobody_above_stand_alone     nobody pays more than its cheapest outside option, journeys counted on both sides
    no_group_better_off          no group of companies would pay less by itself
    no_regret_joining            no company, had it come last, raised the price of those already in
    no_regret_in_any_order       the same for every order in which the companies could have come; asked up to 5 companies
    order_and_names              renaming the companies and shuffling the rows changes no share by more than the rounding cent

A promise is kept, broken by so many cents with a witness, or impossible: no split at all could keep it, again with a witness.
Convention of all figures: a coalition has the room, the instructor and the dates of its class; waiting is an outside option at
its price.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from cohort_opt.cost_sharing.books import Books, Rows, only, renamed, without
from cohort_opt.cost_sharing.protocols import LinearProgram, Objector, Row
from cohort_opt.problem.instance import Instance
from cohort_opt.solution import PlannedClass

Resplit: TypeAlias = Callable[[Instance, PlannedClass], Mapping[str, int]]
"""Asks the method again: the share of each company in a class, in cents."""

MAX_CHECKED = 12
"""Most companies whose groups are all looked at; above, the answer rests on an oracle and is `claimed`."""
CONVENTION = "class game: own class resources, outside options open to all, waiting at its price"
MAX_ORDERED = 5
"""Most companies for which every order of joining is looked at: the method is asked once for each of at most 31 groups."""
_DENOMINATOR = 1_000
"""The engine's figures are read as fractions up to this denominator, then checked exactly."""


class State(StrEnum):
    """How it stands with a promise."""

    KEPT = "kept"
    BROKEN = "broken"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One promise for one class.

    Parameters
    ----------
    broken_by_cents
        By how much at worst; 0 if kept. Where impossible: by how much every split breaks it, at least.
    witness
        The companies that show it: who pays too much, the group that would leave, the newcomer first; empty if kept.
    checked
        Whether everything was looked at; else the answer rests on an oracle's bound and is only claimed.
    subsidy_cents
        The least money from outside that would make the promise possible; `None` where that was not asked or not proven.
    """

    class_id: str
    promise: str
    state: State
    broken_by_cents: int = 0
    witness: tuple[str, ...] = ()
    checked: bool = True
    subsidy_cents: int | None = None
    convention: str = CONVENTION


def check_class(
    instance: Instance,
    planned: PlannedClass,
    shares: Mapping[str, int],
    resplit: Resplit | None = None,
    program: LinearProgram | None = None,
    oracle: Objector | None = None,
    *,
    rows: Rows | None = None,
) -> tuple[Verdict, ...]:
    """Return a verdict on each promise for the shares of one class.

    Parameters
    ----------
    shares
        What each company in the class pays, in cents.
    resplit
        The method; without it the last two promises are not looked at.
    program
        Finds the least subsidy where a group would be better off; without it "impossible" is never said of groups.
    oracle
        Finds the strongest objection above 12 companies; its players are the companies of the class, ascending. Without it
        groups are not looked at there.
    rows
        Of this instance, where many classes of it are checked; looked up here otherwise.
    """
    books = Books(instance, planned, rows)
    verdicts = [_adds_up(books, shares), _nobody_above(books, shares)]
    if len(books.companies) <= MAX_CHECKED:
        verdicts.append(_no_group(books, shares, program))
    elif oracle is not None:
        verdicts.append(_no_group_claimed(books, shares, oracle))
    if resplit is not None:
        verdicts += [_no_regret(books, shares, resplit), *_any_order(books, resplit), _order_and_names(books, shares, resplit)]
    return tuple(verdicts)


def _adds_up(books: Books, shares: Mapping[str, int]) -> Verdict:
    missing = books.cost - sum(shares.values())
    strangers = sorted(set(shares) ^ set(books.companies))
    if missing == 0 and not strangers:
        return Verdict(books.planned.id, "adds_up", State.KEPT)
    return Verdict(books.planned.id, "adds_up", State.BROKEN, abs(missing), tuple(strangers or books.companies))


def _nobody_above(books: Books, shares: Mapping[str, int]) -> Verdict:
    name = "nobody_above_stand_alone"
    over = {c: shares[c] - books.alone[c] for c in books.companies}
    worst = max(books.companies, key=lambda c: (over[c], c))
    if over[worst] <= 0:
        return Verdict(books.planned.id, name, State.KEPT)
    lost = tuple(c for c in books.companies if books.alone[c] < 0)
    uncovered = books.cost - sum(max(0, books.alone[c]) for c in books.companies)
    if lost:
        return Verdict(books.planned.id, name, State.IMPOSSIBLE, max(-books.alone[c] for c in lost), lost)
    if uncovered > 0:
        return Verdict(books.planned.id, name, State.IMPOSSIBLE, -(-uncovered // len(books.companies)), tuple(books.companies),
                       subsidy_cents=uncovered)  # fmt: skip
    return Verdict(books.planned.id, name, State.BROKEN, over[worst], (worst,))


def _coalition_costs(books: Books) -> dict[int, int]:
    """Return what each coalition (bit mask over the companies) would pay on its own.

    Built up by size: a coalition holds the class, if it may, or sends one of its members outside and does the best without.
    """
    n = len(books.companies)
    outside = [max(0, books.alone[c]) for c in books.companies]
    cost = {0: 0}
    for coalition in range(1, 1 << n):
        members = [i for i in range(n) if coalition >> i & 1]
        apart = [cost[coalition ^ 1 << i] + outside[i] for i in members]
        names = [books.companies[i] for i in members]
        cost[coalition] = min([*apart, books.class_cost(names)] if books.may_hold(names) else apart)
    return cost


def _no_group(books: Books, shares: Mapping[str, int], program: LinearProgram | None) -> Verdict:
    name = "no_group_better_off"
    cost = _coalition_costs(books)
    paid = [shares[c] for c in books.companies]
    over = {s: sum(paid[i] for i in range(len(paid)) if s >> i & 1) - cost[s] for s in cost if s}
    worst = max(over, key=lambda s: (over[s], -s))
    if over[worst] <= 0:
        return Verdict(books.planned.id, name, State.KEPT)
    if program is not None and (proof := _subsidy(books, cost, program)) is not None and proof[0] > 0:
        subsidy, group = proof
        return Verdict(
            books.planned.id,
            name,
            State.IMPOSSIBLE,
            over[worst],
            group,
            subsidy_cents=-(-subsidy.numerator // subsidy.denominator),
        )
    return Verdict(books.planned.id, name, State.BROKEN, over[worst], _names(books, worst))


def _names(books: Books, coalition: int) -> tuple[str, ...]:
    return tuple(c for i, c in enumerate(books.companies) if coalition >> i & 1)


def _subsidy(books: Books, cost: Mapping[int, int], program: LinearProgram) -> tuple[Fraction, tuple[str, ...]] | None:
    """Return the least subsidy that leaves no group better off, and the group that weighs most in its proof.

    The most that can be collected is the maximum of sum x subject to x(S) <= v(S) for all S (Bondareva 1963, Shapley 1967,
    doi:10.1002/nav.3800140404). The engine's point and its balancing weights are read as fractions; both are then checked
    exactly, so that the figure is proven or `None`.
    """
    n, groups = len(books.companies), sorted(s for s in cost if s)
    scale = max(1, books.cost)
    rows = [Row(tuple((i, 1) for i in range(n) if s >> i & 1), most=Fraction(cost[s], scale)) for s in groups]
    answer = program.minimise([-1] * n, rows)
    if answer is None:
        return None
    weights = {
        s: Fraction(-dual).limit_denominator(_DENOMINATOR)
        for s, dual in zip(groups, answer.duals, strict=True)
        if abs(dual) > 1e-9
    }
    balanced = all(sum(w for s, w in weights.items() if s >> i & 1) == 1 for i in range(n))
    point = [(Fraction(value) * scale).limit_denominator(_DENOMINATOR) for value in answer.values]
    kept = all(sum(point[i] for i in range(n) if s >> i & 1) <= cost[s] for s in groups)
    collected = sum((w * cost[s] for s, w in weights.items()), Fraction(0))
    if not balanced or any(w < 0 for w in weights.values()) or not kept or sum(point) != collected:
        return None
    heaviest = max(weights, key=lambda s: (weights[s], -s))
    return books.cost - collected, _names(books, heaviest)


def _no_group_claimed(books: Books, shares: Mapping[str, int], oracle: Objector) -> Verdict:
    paid = [Fraction(shares[c]) for c in books.companies]
    coalition, bound = oracle.strongest_objection(paid)
    gain = sum(paid[i] for i in range(len(paid)) if coalition >> i & 1) - oracle.value(coalition)
    if bound <= 0:
        return Verdict(books.planned.id, "no_group_better_off", State.KEPT, checked=False)
    return Verdict(
        books.planned.id, "no_group_better_off", State.BROKEN, max(1, int(gain)), _names(books, coalition), checked=False
    )


def _no_regret(books: Books, shares: Mapping[str, int], resplit: Resplit) -> Verdict:
    """Ask the method for the class without each company in turn: nobody may have paid less then."""
    name = "no_regret_joining"
    broken: tuple[int, tuple[str, ...]] = (0, ())
    for newcomer in books.companies:
        others = [c for c in books.companies if c != newcomer]
        if not others or not books.may_hold(others):
            continue  # without the newcomer there was no class to have a price in
        before = resplit(books.instance, without(books, newcomer))
        uncovered = books.cost - sum(before[c] for c in others) - books.alone[newcomer]
        if uncovered > 0 and uncovered >= broken[0] and any(shares[c] > before[c] for c in others):
            return Verdict(books.planned.id, name, State.IMPOSSIBLE, uncovered, (newcomer, *others), subsidy_cents=uncovered)
        rise, who = max((shares[c] - before[c], c) for c in others)
        if rise > broken[0]:
            broken = (rise, (newcomer, who))
    return Verdict(books.planned.id, name, State.BROKEN if broken[0] else State.KEPT, *broken)


def _any_order(books: Books, resplit: Resplit) -> Iterator[Verdict]:
    """Ask the method for every group that may hold the class, and compare it with the group and one newcomer.

    Every order of joining is a chain of such pairs, so that all pairs are all orders. Too small a group has no price.
    """
    name, count = "no_regret_in_any_order", len(books.companies)
    if not 1 < count <= MAX_ORDERED:
        return
    prices: dict[tuple[str, ...], Mapping[str, int]] = {}
    for group in (_names(books, s) for s in range(1, 1 << count)):
        if books.may_hold(group):
            prices[group] = resplit(books.instance, only(books, group))
    rises = [
        (after[company] - before[company], (newcomer, company))
        for group, before in prices.items()
        for newcomer in books.companies
        if newcomer not in group and (after := prices.get(tuple(sorted((*group, newcomer))))) is not None
        for company in group
    ]
    rise, witness = max(rises, default=(0, ()))
    if rise > 0:
        yield Verdict(books.planned.id, name, State.BROKEN, rise, witness)
    else:
        yield Verdict(books.planned.id, name, State.KEPT)


def _order_and_names(books: Books, shares: Mapping[str, int], resplit: Resplit) -> Verdict:
    """Ask the method for the same class with companies and lines renamed so that their order is reversed.

    Cents left over from rounding go by id; a difference of one cent is therefore no breach.
    """
    new = {c: f"z{len(books.companies) - i:04d}" for i, c in enumerate(books.companies)}
    instance, planned = renamed(books, new)
    again = resplit(instance, planned)
    apart, who = max((abs(again[new[c]] - shares[c]), c) for c in books.companies)
    if apart <= 1:
        return Verdict(books.planned.id, "order_and_names", State.KEPT)
    return Verdict(books.planned.id, "order_and_names", State.BROKEN, apart, (who,))
