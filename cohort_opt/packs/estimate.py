"""The subsidy estimate of a plan: per class, line and scheme a range with its payment day, scaled by the pots.

An estimate stands beside the seat price and is never subtracted from it: it comes later, and perhaps not at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cohort_opt.packs.amounts import AdditionalPlace, Money
from cohort_opt.packs.claims import Cents, Claim, line_claims
from cohort_opt.packs.class_setting import ClassSetting, seated_lines, setting_of_class
from cohort_opt.packs.facts import EligibilityFacts
from cohort_opt.packs.pack import RulePack
from cohort_opt.packs.payment import apply_until, paid_on
from cohort_opt.packs.pots import PotUse, scaled
from cohort_opt.packs.wording import Language, date, euro_range, say
from cohort_opt.problem.instance import Instance
from cohort_opt.solution import PlannedClass


@dataclass(frozen=True, slots=True)
class Estimate:
    """What one scheme may bring for one line in one class.

    Parameters
    ----------
    status
        `sample`, `draft` or `confirmed`: stands beside the amount wherever a person sees it.
    seats
        Eligible seats: low, expected, high.
    cents
        The range after stacking and pots.
    before_pots
        The range before the pots.
    pays_on, apply_until
        `None` = the pack does not say.
    missing
        Facts that nobody stated; with them the range narrows.
    later
        Conditions that are known only after the class.
    alternatives
        Packs that contradict each other about this scheme; the reader must ask which one holds.
    """

    class_id: str
    demand: str
    company: str
    pack: str
    status: str
    scheme: str
    scheme_name: str
    money: Money
    seats: Cents
    cents: Cents
    before_pots: Cents
    pot: str
    pays_on: dt.date | None
    apply_until: dt.date | None
    missing: tuple[str, ...]
    later: tuple[str, ...]
    fails: tuple[str, ...]
    alternatives: tuple[str, ...]

    def sentence(self, language: Language = "en") -> str:
        """Return the estimate in words: the range with its status, payment day, deadline, what to ask."""
        status = say(f"status.{self.status}", language)
        key = "estimate" if self.money == "cash" else "estimate.social_return"
        seats = str(self.seats.low) if self.seats.low == self.seats.high else f"{self.seats.low}–{self.seats.high}"
        parts = [
            say(key, language, scheme=self.scheme_name, pack=self.pack, seats=seats, demand=self.demand, class_id=self.class_id,
                range=euro_range(self.cents, status, language))
        ]  # fmt: skip
        if self.money == "cash":
            parts.append(
                say("estimate.pays_on", language, day=date(self.pays_on, language))
                if self.pays_on
                else say("estimate.pays_unknown", language)
            )
        if self.apply_until:
            parts.append(say("estimate.apply_until", language, day=date(self.apply_until, language)))
        if self.missing:
            parts.append(say("estimate.missing", language, facts=", ".join(self.missing)))
        if self.cents != self.before_pots:
            parts.append(say("estimate.scaled", language, pot=self.pot, status=status))
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class SubsidyReport:
    """All estimates of a plan, sorted by class, line, pack and scheme; nothing is netted.

    Parameters
    ----------
    pots
        How full each pot is, per period.
    """

    estimates: tuple[Estimate, ...]
    pots: tuple[PotUse, ...]

    def total(self, money: Money, *, company: str = "", class_id: str = "") -> Cents:
        """Return the sum of one kind of money, of one company or class if named.

        Where two versions of a scheme contradict each other, the lowest and the highest count.
        """
        wanted = [
            e for e in self.estimates
            if e.money == money and company in ("", e.company) and class_id in ("", e.class_id)
        ]  # fmt: skip
        total = Cents()
        versions: dict[tuple[str, str, str], list[Cents]] = {}
        for estimate in wanted:
            if estimate.alternatives:
                versions.setdefault((estimate.class_id, estimate.demand, estimate.scheme), []).append(estimate.cents)
            else:
                total += estimate.cents
        for cents in versions.values():
            total += Cents(min(c.low for c in cents), min(c.expected for c in cents), max(c.high for c in cents))
        return total


def subsidy_estimate(
    instance: Instance, packs: Iterable[RulePack], facts: EligibilityFacts, classes: Sequence[PlannedClass]
) -> SubsidyReport:
    """Return what the packs in force may bring for the classes of a plan.

    Parameters
    ----------
    classes
        Of a solution, or made from a proposal (`classes_of`).
    """
    packs = tuple(packs)
    rows: list[tuple[ClassSetting, str, Claim]] = []
    for planned in sorted(classes, key=lambda c: (c.start, c.id)):
        setting = setting_of_class(instance, planned)
        for line in seated_lines(instance, planned.members):
            rows += [(setting, line.demand.company, claim) for claim in line_claims(instance, packs, facts, setting, line)]
    paid, uses = scaled([(setting.start, claim) for setting, _, claim in rows])
    estimates = [_estimate(setting, company, claim, cents) for (setting, company, claim), cents in zip(rows, paid, strict=True)]
    return SubsidyReport(tuple(sorted(estimates, key=_key)), uses)


def _key(estimate: Estimate) -> tuple[str, str, str, str, str]:
    return estimate.class_id, estimate.demand, estimate.pack, estimate.scheme, estimate.money


def _estimate(setting: ClassSetting, company: str, claim: Claim, cents: Cents) -> Estimate:
    pack, scheme = claim.eligible.pack, claim.eligible.scheme
    alliance = any(isinstance(amount, AdditionalPlace) for amount in scheme.amounts)
    return Estimate(
        class_id=setting.id,
        demand=claim.eligible.demand,
        company=company,
        pack=pack.id,
        status=pack.status,
        scheme=scheme.id,
        scheme_name=scheme.name,
        money=claim.money,
        seats=claim.seats,
        cents=cents,
        before_pots=claim.cents,
        pot=scheme.pot or (scheme.id if alliance else ""),
        pays_on=paid_on(scheme.payment, setting.start, setting.end),
        apply_until=apply_until(scheme.application, setting.start),
        missing=claim.missing,
        later=claim.eligible.later,
        fails=claim.eligible.fails,
        alternatives=claim.alternatives,
    )
