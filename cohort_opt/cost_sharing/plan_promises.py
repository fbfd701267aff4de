"""The promises of a split of a whole plan, judged apart from the method that made it.

The total is added up again from the rows of the instance; alone and in groups a company is asked through `SolvedCoalitions`, one
coalition at a time. Up to 12 companies every group is asked: the verdict is `checked` if each answer is proven. Above, the
oracle's bound on the strongest objection decides and the verdict is only claimed. Where no split can please every group, a
family of coalitions is the witness: its weights cover every company equally often and are checked coalition by coalition.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from cohort_opt.cost_sharing.books import Books, Rows
from cohort_opt.cost_sharing.promises import MAX_CHECKED, State, Verdict
from cohort_opt.cost_sharing.protocols import SolvedCoalitions
from cohort_opt.problem.instance import Instance
from cohort_opt.solution import Solution

PLAN = "plan"
"""Stands where verdicts on a class have its id."""


def check_plan(
    instance: Instance,
    solution: Solution,
    shares: Mapping[str, int],
    oracle: SolvedCoalitions,
    convention: str,
    family: Sequence[tuple[Sequence[str], Fraction]] = (),
) -> tuple[Verdict, ...]:
    """Return a verdict on each promise of a split of the whole plan.

    Parameters
    ----------
    shares
        Everything each company bears in the plan, in cents: classes, journeys, outside options.
    oracle
        Players are the companies that asked for seats, ascending.
    convention
        Sentence that says what a coalition may use.
    family
        Coalitions with weights that show that no split pleases every group; empty where there is no such claim.
    """
    companies = sorted({demand.company for demand in instance.demands})
    missing = _total(instance, solution) - sum(shares.values())
    whole = missing == 0 and sorted(shares) == companies
    adds_up = Verdict(PLAN, "adds_up", State.KEPT if whole else State.BROKEN, abs(missing), () if whole else tuple(companies),
                      convention=convention)  # fmt: skip
    paid = [shares.get(company, 0) for company in companies]
    verdicts = (adds_up, _nobody_above(companies, paid, oracle, convention), _no_group(companies, paid, oracle, convention))
    if not family or verdicts[-1].state is State.KEPT:
        return verdicts
    return (*verdicts[:2], _impossible(companies, paid, oracle, family, verdicts[-1]))


def _total(instance: Instance, solution: Solution) -> int:
    """Return what the plan costs all together: classes, journeys, and outside options of those left over."""
    total = 0
    rows = Rows(instance)
    for planned in solution.classes:
        books = Books(instance, planned, rows)
        total += books.cost + sum(books.journeys.values())
    left = {member.demand: member.count for member in solution.unplaced}
    return total + sum(Books.outside_of(instance, demand, left[demand.id]) for demand in instance.demands if demand.id in left)


def _nobody_above(companies: Sequence[str], paid: Sequence[int], oracle: SolvedCoalitions, convention: str) -> Verdict:
    answers = [oracle.cost(1 << i) for i in range(len(companies))]
    over = {company: share - answer.cents for company, share, answer in zip(companies, paid, answers, strict=True)}
    checked = all(answer.cents == answer.least_cents for answer in answers)
    worst = max(companies, key=lambda company: (over[company], company))
    name = "nobody_above_stand_alone"
    if over[worst] > 0:
        return Verdict(PLAN, name, State.BROKEN, over[worst], (worst,), checked, convention=convention)
    return Verdict(PLAN, name, State.KEPT, checked=checked, convention=convention)


def _no_group(companies: Sequence[str], paid: Sequence[int], oracle: SolvedCoalitions, convention: str) -> Verdict:
    name, everybody = "no_group_better_off", (1 << len(companies)) - 1
    if len(companies) == 1:
        return Verdict(PLAN, name, State.KEPT, convention=convention)
    if len(companies) > MAX_CHECKED:
        found, bound = oracle.objections(list(paid))
        answers, checked, least = list(found), False, bound
    else:
        answers = [oracle.cost(coalition) for coalition in range(1, everybody)]
        checked = all(answer.cents == answer.least_cents for answer in answers)
        least = max(_paid(paid, answer.coalition) - answer.least_cents for answer in answers)
    gains = [(_paid(paid, answer.coalition) - answer.cents, -answer.coalition) for answer in answers]
    gain, group = max(gains, default=(0, 0))
    if gain > 0:
        return Verdict(PLAN, name, State.BROKEN, gain, _names(companies, -group), checked, convention=convention)
    if least > 0:  # nobody is known to gain, and nobody has proven that nobody does
        return Verdict(PLAN, name, State.BROKEN, least, (), False, convention=convention)
    return Verdict(PLAN, name, State.KEPT, checked=checked, convention=convention)


def _impossible(
    companies: Sequence[str],
    paid: Sequence[int],
    oracle: SolvedCoalitions,
    family: Sequence[tuple[Sequence[str], Fraction]],
    broken: Verdict,
) -> Verdict:
    """Return that no split is stable, if the family proves it: x(S) <= v(S) for all its S would add up to less than is paid."""
    weight_of = [sum((w for members, w in family if company in members), Fraction(0)) for company in companies]
    if any(weight < 0 for _, weight in family) or len(set(weight_of)) != 1 or weight_of[0] <= 0:
        return broken
    collected = Fraction(0)
    for members, weight in family:
        coalition = sum(1 << companies.index(company) for company in members)
        collected += weight * oracle.cost(coalition).cents
    missing = sum(paid) - collected / weight_of[0]
    if missing <= 0:
        return broken
    heaviest = max(family, key=lambda row: (row[1], tuple(row[0])))[0]
    subsidy = -(-missing.numerator // missing.denominator)
    return Verdict(PLAN, broken.promise, State.IMPOSSIBLE, broken.broken_by_cents, tuple(heaviest), broken.checked, subsidy,
                   broken.convention)  # fmt: skip


def _paid(paid: Sequence[int], coalition: int) -> int:
    return sum(share for i, share in enumerate(paid) if coalition >> i & 1)


def _names(companies: Sequence[str], coalition: int) -> tuple[str, ...]:
    return tuple(company for i, company in enumerate(companies) if coalition >> i & 1)
