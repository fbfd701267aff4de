"""Social return: what the places of a plan count towards the obligation of a contract, with expiry; a fact sheet for a buyer.

The pack of the municipality that awards the contract decides, not that of the company. Values are no cash and no promise.
Reserving a contract for social firms is an option that a buyer has in law, never a right of the firm.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from cohort_opt.packs.amounts import SocialReturnYear
from cohort_opt.packs.claims import Cents, Claim, line_claims
from cohort_opt.packs.class_setting import ClassSetting, SeatedLine, seated_lines, setting_of_class
from cohort_opt.packs.eligibility import Answer
from cohort_opt.packs.facts import EligibilityFacts
from cohort_opt.packs.pack import RulePack
from cohort_opt.packs.payment import months_later
from cohort_opt.packs.wording import Language, date, euro_range, euros, say
from cohort_opt.problem.fields import Id, Int, Text
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Record
from cohort_opt.solution import PlannedClass

Percent = Annotated[Int, Field(ge=0, le=100)]


class Contract(Record):
    """A public contract with a social-return clause, held by one company.

    Attributes
    ----------
    municipality
        Who awards it.
    percent
        Share of the contract sum that must be met; the clause of the contract says it.
    reduced_percent, reduced_below
        Where the labour share is below `reduced_below` percent, `reduced_percent` holds instead.
    """

    id: Id
    company: Id
    municipality: Text
    sum_cents: Annotated[Int, Field(ge=0, le=10**13)]
    labour_share_percent: Percent = 100
    percent: Percent = 5
    reduced_percent: Percent = 5
    reduced_below: Percent = 0

    @property
    def obligation_cents(self) -> int:
        """Return what must be met, in cents, rounded up."""
        percent = self.reduced_percent if self.labour_share_percent < self.reduced_below else self.percent
        return -(-self.sum_cents * percent // 100)


class StatedStanding(Record):
    """What a company states about itself for a reserved tender; not checked here.

    Attributes
    ----------
    social_share_percent
        Share of its people with a disability or disadvantage, as the law of reserved contracts counts them.
    ladder_level
        Step of the performance ladder for social enterprise, 1 to 3; `None` = none.
    """

    company: Id
    social_share_percent: Percent
    ladder_level: Annotated[Int, Field(ge=1, le=3)] | None = None


@dataclass(frozen=True, slots=True)
class SocialReturnRow:
    """What one line in one class counts under one scheme, and until when."""

    class_id: str
    company: str
    demand: str
    pack: str
    status: str
    scheme: str
    scheme_name: str
    cents: Cents
    counts_until: dt.date | None
    missing: tuple[str, ...]
    alternatives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactSheet:
    """A sheet for the buyer of one contract.

    Parameters
    ----------
    met
        `yes` if even the low value meets the obligation, `no` if not even the high one does, else `ask`.
    standing
        What the company states about itself; `None` if it states nothing.
    """

    contract: Contract
    rows: tuple[SocialReturnRow, ...]
    total: Cents
    met: Answer
    standing: StatedStanding | None

    def sentences(self, language: Language = "en") -> tuple[str, ...]:
        """Return the sheet in words: obligation, value with status, rows with expiry, what the buyer may do."""
        statuses = sorted({row.status for row in self.rows}) or ["sample"]
        status = say(f"status.{'sample' if 'sample' in statuses else statuses[0]}", language)
        lines = [
            say(
                "sheet.obligation",
                language,
                contract=self.contract.id,
                cost_euro=euros(self.contract.obligation_cents, language),
                price_status=say("price.of_the_contract", language),
                range=euro_range(self.total, status, language),
                answer=say(f"answer.{self.met}", language),
            )
        ]
        for row in self.rows:
            until = date(row.counts_until, language) if row.counts_until else "–"
            amount = euro_range(row.cents, say(f"status.{row.status}", language), language)
            lines.append(say("sheet.row", language, demand=row.demand, class_id=row.class_id, scheme=row.scheme_name,
                             range=amount, until=until))  # fmt: skip
        if self.standing:
            ladder = self.standing.ladder_level or "–"
            lines.append(say("sheet.standing", language, company=self.standing.company, ladder=ladder,
                             share=self.standing.social_share_percent))  # fmt: skip
        return (*lines, say("sheet.option", language))


def fact_sheet(
    instance: Instance,
    packs: Iterable[RulePack],
    facts: EligibilityFacts,
    classes: Sequence[PlannedClass],
    contract: Contract,
    standing: StatedStanding | None = None,
) -> FactSheet:
    """Return what the company's trainees in these classes count towards one of its contracts.

    A place counts for one contract only: which one is the company's choice, so each sheet stands for itself and two of them must
    not be added up.
    """
    packs = tuple(packs)
    rows: list[SocialReturnRow] = []
    for planned in sorted(classes, key=lambda c: c.id):
        setting = setting_of_class(instance, planned)
        for line in seated_lines(instance, planned.members):
            if line.demand.company != contract.company:
                continue
            there = SeatedLine(line.demand, contract.municipality, line.trade, line.seats)
            claims = line_claims(instance, packs, facts, setting, there)
            rows += [_row(setting, contract.company, claim) for claim in claims if claim.money == "social_return" and claim.cents]
    total = _total(rows)
    needed = contract.obligation_cents
    met: Answer = "yes" if total.low >= needed else "ask" if total.high >= needed else "no"
    return FactSheet(contract, tuple(rows), total, met, standing)


def _row(setting: ClassSetting, company: str, claim: Claim) -> SocialReturnRow:
    pack, scheme = claim.eligible.pack, claim.eligible.scheme
    months = [amount.months for amount in scheme.amounts if isinstance(amount, SocialReturnYear)]
    until = months_later(setting.start, max(months)) - dt.timedelta(days=1) if months else None
    return SocialReturnRow(setting.id, company, claim.eligible.demand, pack.id, pack.status, scheme.id, scheme.name, claim.cents,
                           until, claim.missing, claim.alternatives)  # fmt: skip


def _total(rows: list[SocialReturnRow]) -> Cents:
    """Return the sum; where two versions of a scheme contradict each other, the lowest and the highest count."""
    total = Cents()
    versions: dict[tuple[str, str, str], list[Cents]] = {}
    for row in rows:
        if row.alternatives:
            versions.setdefault((row.class_id, row.demand, row.scheme), []).append(row.cents)
        else:
            total += row.cents
    for cents in versions.values():
        total += Cents(min(c.low for c in cents), min(c.expected for c in cents), max(c.high for c in cents))
    return total
