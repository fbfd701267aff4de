"""What agreeing on one pack would gain: the same region planned twice, under the packs as they are and under one for all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cohort_opt.packs.amounts import Level
from cohort_opt.packs.apply import Effect, Uncovered, applied
from cohort_opt.packs.caps import capped
from cohort_opt.packs.claims import Cents
from cohort_opt.packs.credit import credited
from cohort_opt.packs.estimate import SubsidyReport, subsidy_estimate
from cohort_opt.packs.facts import EligibilityFacts
from cohort_opt.packs.needs import supported
from cohort_opt.packs.pack import LOCAL, RulePack
from cohort_opt.packs.plans import Planner, classes_of
from cohort_opt.packs.wording import Language, euro_range, euros, say
from cohort_opt.problem.instance import Instance
from cohort_opt.proposal import Proposal


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A region planned under a set of packs.

    Parameters
    ----------
    instance
        The instance in which the packs hold, as it was planned.
    classes, places, waiting
        Numbers of classes, of trainees with and of trainees without a seat; `None` where there is no plan.
    cost_cents
        What all classes cost; no subsidy is subtracted.
    subsidies
        What the packs may bring; beside the cost, never in it.
    """

    packs: tuple[str, ...]
    instance: Instance
    effects: tuple[Effect, ...]
    proposal: Proposal
    classes: int | None
    places: int | None
    waiting: int | None
    cost_cents: int | None
    subsidies: SubsidyReport


def evaluate(
    instance: Instance,
    packs: Iterable[RulePack],
    facts: EligibilityFacts,
    plan: Planner,
    uncovered: Uncovered = "plan",
    credit: Level | None = None,
    uncovered_cents: int | None = None,
    support: bool = False,
) -> Evaluation:
    """Return the region planned under these packs.

    Parameters
    ----------
    plan
        Makes the proposal, for example `propose`; called once.
    credit
        Level at which subsidies lower the objective (never a price); `None` = they stand beside it alone.
    uncovered_cents
        Cap on the uncovered risk, see `capped`; budgets of the packs always hold.
    support
        Whether the needs of the lines take seats and cost what they cost, see `supported`.
    """
    packs = tuple(packs)
    under = applied(instance, packs, facts, uncovered)
    planned = capped(under.instance, packs, under.facts, uncovered_cents)
    if support:
        planned = supported(planned, under.facts)
    if credit is not None:
        planned = credited(planned, packs, under.facts, credit)
    proposal = plan(planned)
    classes = classes_of(proposal)
    there = proposal.classes is not None
    return Evaluation(
        packs=tuple(sorted(pack.id for pack in packs)),
        instance=planned,
        effects=under.effects,
        proposal=proposal,
        classes=len(classes) if there else None,
        places=sum(planned.size for planned in classes) if there else None,
        waiting=sum(entry.count for entry in proposal.unplaced) if proposal.unplaced is not None else None,
        cost_cents=sum(entry.cost_cents for entry in proposal.classes) if proposal.classes is not None else None,
        subsidies=subsidy_estimate(under.instance, packs, under.facts, classes),
    )


def harmonised(packs: Iterable[RulePack], everyone_takes: str, municipalities: Iterable[str] = ()) -> tuple[RulePack, ...]:
    """Return the packs if every jurisdiction of the same tier took one pack.

    Parameters
    ----------
    everyone_takes
        Id of the pack that all take; the others of its tier (local ones, funds, countries) are gone, and it covers their
        municipalities.
    municipalities
        Further municipalities that take it, such as those that have no pack now.

    Raises
    ------
    KeyError
        If there is no such pack.
    """
    packs = tuple(packs)
    chosen = next((pack for pack in packs if pack.id == everyone_takes), None)
    if chosen is None:
        raise KeyError(f"no pack has the id {everyone_takes}; there are {', '.join(sorted(pack.id for pack in packs))}")
    same_tier = [pack for pack in packs if _tier(pack) == _tier(chosen)]
    covered = {name for pack in same_tier for name in pack.jurisdiction.municipalities} | set(municipalities)
    area = chosen.jurisdiction
    if not area.everywhere:
        area = type(area).model_validate({**dict(area), "municipalities": tuple(sorted(covered))})
    for_all = RulePack.model_validate({**dict(chosen), "jurisdiction": area})
    return tuple(sorted([for_all, *(pack for pack in packs if pack not in same_tier)], key=lambda pack: pack.id))


def _tier(pack: RulePack) -> str:
    return "local" if pack.jurisdiction.kind in LOCAL else pack.jurisdiction.kind


@dataclass(frozen=True, slots=True)
class Harmonisation:
    """Before and after, with what was gained; a negative gain is a loss and is shown as one."""

    pack: str
    status: str
    before: Evaluation
    after: Evaluation

    @property
    def classes_gained(self) -> int:
        """Return how many more classes open."""
        return (self.after.classes or 0) - (self.before.classes or 0)

    @property
    def places_gained(self) -> int:
        """Return how many more trainees have a seat."""
        return (self.after.places or 0) - (self.before.places or 0)

    @property
    def cost_added_cents(self) -> int:
        """Return how much more all classes cost together (more places cost more)."""
        return (self.after.cost_cents or 0) - (self.before.cost_cents or 0)

    @property
    def subsidy_added(self) -> Cents:
        """Return how much more cash the packs may bring, level by level."""
        old, new = self.before.subsidies.total("cash"), self.after.subsidies.total("cash")
        return Cents(new.low - old.low, new.expected - old.expected, new.high - old.high)

    def sentence(self, language: Language = "en") -> str:
        """Return the gain in words."""
        status = say(f"status.{self.status}", language)
        return say("harmonised", language, pack=self.pack, status=status, classes=self.classes_gained,
                   places=self.places_gained, cost_euro=euros(self.cost_added_cents, language),
                   price_status=say("price.of_the_instance", language),
                   range=euro_range(self.subsidy_added, status, language))  # fmt: skip


def harmonisation(
    instance: Instance,
    packs: Iterable[RulePack],
    facts: EligibilityFacts,
    everyone_takes: str,
    plan: Planner,
    uncovered: Uncovered = "plan",
) -> Harmonisation:
    """Return the region planned under its packs, and again as if every municipality of the instance took one of them."""
    packs = tuple(packs)
    places = sorted({c.municipality for c in instance.companies} | {s.municipality for s in instance.sites})
    shared = harmonised(packs, everyone_takes, places)
    status = next(pack.status for pack in shared if pack.id == everyone_takes)
    before = evaluate(instance, packs, facts, plan, uncovered)
    return Harmonisation(everyone_takes, status, before, evaluate(instance, shared, facts, plan, uncovered))
