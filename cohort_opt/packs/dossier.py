"""The dossier of one company: what its seats cost, what may come back, until when to ask, and what proves each claim."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cohort_opt.packs.conditions import (
    Age,
    Attendance,
    BenefitKept,
    Condition,
    Counted,
    CourseLevel,
    MaxClassSize,
    MaxWeeks,
    MinClassSize,
    MinHours,
    MinWeeks,
    SameArea,
    UnbrokenBlock,
    WholeDiploma,
)
from cohort_opt.packs.estimate import Estimate, subsidy_estimate
from cohort_opt.packs.facts import EligibilityFacts
from cohort_opt.packs.pack import RulePack
from cohort_opt.packs.plans import classes_of
from cohort_opt.packs.wording import Language, euro_range, euros, say
from cohort_opt.problem.instance import Instance
from cohort_opt.proposal import Proposal

EVIDENCE: dict[type, str] = {
    CourseLevel: "register", WholeDiploma: "register", MinHours: "hours", MinClassSize: "class_list", MaxClassSize: "class_list",
    MinWeeks: "calendar", MaxWeeks: "calendar", UnbrokenBlock: "calendar", SameArea: "addresses", Attendance: "attendance",
    Age: "reference_day", Counted: "statement", BenefitKept: "permission",
}  # fmt: skip
"""What proves each kind of condition; the word is a message `evidence.<word>`."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """One estimate with what proves it: words of `EVIDENCE`, sorted."""

    estimate: Estimate
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """Invoice proposal and subsidy claims of one company; neither is subtracted from the other.

    Parameters
    ----------
    invoice
        (class, seats of the company, its share in cents), by class.
    """

    company: str
    invoice: tuple[tuple[str, int, int], ...]
    claims: tuple[Claimed, ...]

    def sentences(self, language: Language = "en") -> tuple[str, ...]:
        """Return the dossier in words."""
        lines = [
            say("dossier.invoice", language, class_id=name, seats=seats, share_euro=euros(cents, language),
                price_status=say("price.of_the_plan", language))
            for name, seats, cents in self.invoice
        ]  # fmt: skip
        for claimed in self.claims:
            proof = ", ".join(say(f"evidence.{word}", language) for word in claimed.evidence)
            lines.append(f"{claimed.estimate.sentence(language)} {say('dossier.evidence', language, evidence=proof or '–')}")
        status = " / ".join(sorted({say(f"status.{c.estimate.status}", language) for c in self.claims})) or "–"
        cash = [claimed.estimate for claimed in self.claims if claimed.estimate.money == "cash"]
        total = sum((estimate.cents for estimate in cash), start=type(cash[0].cents)()) if cash else None
        if total is not None:
            lines.append(say("dossier.total", language, cash=euro_range(total, status, language)))
        return tuple(lines)


def dossier(instance: Instance, packs: Iterable[RulePack], facts: EligibilityFacts, proposal: Proposal, company: str) -> Dossier:
    """Return the dossier of a company for a plan; claims of nothing that no fact could change are left out.

    Raises
    ------
    KeyError
        If the instance has no such company.
    """
    if company not in {row.id for row in instance.companies}:
        raise KeyError(f"the instance has no company {company}")
    packs = tuple(packs)
    estimates = subsidy_estimate(instance, packs, facts, classes_of(proposal)).estimates
    schemes = {(pack.id, scheme.id): scheme.conditions for pack in packs for scheme in pack.schemes}
    claims = tuple(
        Claimed(estimate, _evidence(schemes[estimate.pack, estimate.scheme]))
        for estimate in estimates
        if estimate.company == company and (estimate.cents or estimate.missing)
    )
    invoice = tuple(
        (entry.id, sum(m.count for m in entry.members if m.company == company), share.share_cents)
        for entry in proposal.classes or ()
        for share in proposal.cost_shares or ()
        if share.class_id == entry.id and share.company == company
    )
    return Dossier(company, invoice, claims)


def _evidence(conditions: Sequence[Condition]) -> tuple[str, ...]:
    words = {EVIDENCE[type(condition)] for condition in conditions}
    if any(isinstance(condition, Counted) and condition.topic == "placement_agreement" for condition in conditions):
        words.add("agreement")
    if any(isinstance(condition, Counted) and condition.topic == "recognised_firm" for condition in conditions):
        words.add("recognition")
    return tuple(sorted(words))
