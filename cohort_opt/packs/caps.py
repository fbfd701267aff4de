"""Caps that packs put on a plan, as quotas of seats: municipal budgets per period and group, and the uncovered risk in euros.

What is certain and what must be asked both count: of a line of which k may be concerned, x seats are at most min(x, k).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from cohort_opt.packs.class_setting import DAYS_PER_COURSE_WEEK, seated_line, setting_of_run
from cohort_opt.packs.conditions import BenefitKept, Counted
from cohort_opt.packs.eligibility import eligibility
from cohort_opt.packs.facts import EligibilityFacts
from cohort_opt.packs.in_force import packs_in_force
from cohort_opt.packs.pack import PlaceBudget, RulePack
from cohort_opt.packs.payment import period_of
from cohort_opt.packs.risk import uncovered_tally
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Demand, QuotaAllowance, QuotaUse, SeatQuota
from cohort_opt.problem.run import Run
from cohort_opt.problem.runs import list_runs


def capped(
    instance: Instance, packs: Iterable[RulePack], facts: EligibilityFacts, uncovered_cents: int | None = None
) -> Instance:
    """Return the instance with the budgets of its packs and a cap on the uncovered risk as quotas, beside those that it has.

    Parameters
    ----------
    uncovered_cents
        The most that seats without confirmed permission or insurance may come to: their dearest possible price in the class plus
        what may be claimed back; `None` = no cap.
    """
    packs = tuple(packs)
    runs, _ = list_runs(instance)
    quotas = [*_budgets(instance, packs, facts, runs)]
    if uncovered_cents is not None:
        quotas += _risk(instance, packs, facts, runs, uncovered_cents)
    return Instance.model_validate({**dict(instance), "seat_quotas": (*instance.seat_quotas, *quotas)})


def _budgets(
    instance: Instance, packs: tuple[RulePack, ...], facts: EligibilityFacts, runs: Iterable[Run]
) -> Iterator[SeatQuota]:
    """Yield one quota for each budget and period in which a run starts."""
    town = {company.id: company.municipality for company in instance.companies}
    days = sorted({run.start for run in runs})
    for pack in packs:
        lines = [demand for demand in instance.demands if pack.jurisdiction.covers(town[demand.company])]
        for budget in pack.budgets:
            concerned = {line.id: _in_group(line, budget, facts) for line in lines}
            asked = [line for line in lines if concerned[line.id]]
            periods: dict[str, list[dt.date]] = {}
            for day in days:
                if pack.may_hold_on(day):
                    periods.setdefault(period_of(budget, day), []).append(day)
            for period, starts in sorted(periods.items()) if asked else ():
                yield SeatQuota(
                    id=f"{budget.id}.{period.replace('/', '-')}",
                    kind="municipal_budget",
                    limit=budget.budget_cents,
                    uses=tuple(
                        QuotaUse(block=line.id, demands=(line.id,), amount=budget.cents_per_place,
                                 starts_from=starts[0], starts_until=starts[-1])
                        for line in asked
                    ),
                    allowances=tuple(
                        QuotaAllowance(block=line.id, at_most=concerned[line.id] * budget.cents_per_place)
                        for line in asked
                        if concerned[line.id] < line.count
                    ),
                )  # fmt: skip


def _in_group(line: Demand, budget: PlaceBudget, facts: EligibilityFacts) -> int:
    """Return how many of a line may belong to the group of a budget; all of them where nobody answered."""
    if budget.group is None:
        return line.count
    rule = Counted(kind="counted", topic=budget.group).rule
    fact = next((fact for fact in facts.line(line.id).facts if fact.rule == rule), None)
    return line.count if fact is None else fact.yes + fact.ask


def _risk(
    instance: Instance, packs: tuple[RulePack, ...], facts: EligibilityFacts, runs: Iterable[Run], limit: int
) -> Iterator[SeatQuota]:
    """Yield the quota of the uncovered risk, if any seat may be uncovered."""
    taught = {o.id: {o.course, *(other.course for other in o.combines)} for o in instance.offerings}
    uses: list[QuotaUse] = []
    allowances: list[QuotaAllowance] = []
    for demand in instance.demands:
        seats, dearest = 0, 0
        found: dict[tuple[dt.date, dt.date], int] = {}
        for run in runs:
            if demand.course not in taught[run.offering]:
                continue
            concerned, clawback = _bare(instance, packs, facts, run, demand)
            if concerned:
                setting = setting_of_run(instance, run, max(run.min_seats, 1))
                cents = -(-setting.cost_cents // setting.size) + clawback
                days = run.dates[0], run.dates[-1]
                found[days] = max(found.get(days, 0), cents)
                seats, dearest = max(seats, concerned), max(dearest, cents)
        uses += [
            QuotaUse(block=demand.id, demands=(demand.id,), amount=cents, starts_from=first, starts_until=first,
                     ends_from=last, ends_until=last)
            for (first, last), cents in sorted(found.items())
        ]  # fmt: skip
        if found and seats < demand.count:
            allowances.append(QuotaAllowance(block=demand.id, at_most=seats * dearest))
    if uses:
        yield SeatQuota(id="uncovered-risk", kind="uncovered_risk", limit=limit, uses=tuple(uses), allowances=tuple(allowances))


def _bare(instance: Instance, packs: tuple[RulePack, ...], facts: EligibilityFacts, run: Run, demand: Demand) -> tuple[int, int]:
    """Return how many of the line may be uncovered in the run, and what may be claimed back for each at most."""
    setting = setting_of_run(instance, run, max(run.min_seats, 1))
    line = seated_line(instance, demand.id, demand.count)
    seats, clawback = 0, 0
    for pack in packs_in_force(packs, line.municipality, run.start).packs:
        for scheme in pack.schemes:
            condition = next((c for c in scheme.conditions if isinstance(c, BenefitKept)), None)
            if condition is None:
                continue
            bare = uncovered_tally(eligibility(instance, pack, scheme, facts, setting, line), condition)
            if bare.yes + bare.ask:
                a_week = condition.exposure_cents_per_week
                weeks = -(-setting.days // DAYS_PER_COURSE_WEEK)
                seats = max(seats, bare.yes + bare.ask)
                clawback = max(clawback, 0 if a_week is None else a_week.high * weeks)
    return seats, clawback
