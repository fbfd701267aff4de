"""Functional needs: what support costs and how many seats it takes, also for those who fit no scheme. Never why it is needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cohort_opt.packs.claims import line_claims
from cohort_opt.packs.class_setting import seated_lines, setting_of_class
from cohort_opt.packs.facts import EligibilityFacts
from cohort_opt.packs.pack import RulePack
from cohort_opt.packs.wording import Language, euros, say
from cohort_opt.problem.instance import Instance
from cohort_opt.solution import PlannedClass


@dataclass(frozen=True, slots=True)
class SupportNeed:
    """One kind of support for one line in one class; for the planner and the company itself, for nobody else.

    Parameters
    ----------
    count
        Trainees who may sit in the class with this need: of a line seated in part, at most so many.
    cents
        Cost over all days of the class; price stated by the company.
    extra_seats
        Seats that the support takes beside the trainees.
    fits_a_scheme
        Whether any scheme in force may pay anything for the line; if not, the cost stays with the pool.
    """

    class_id: str
    demand: str
    company: str
    flag: str
    count: int
    cents: int
    extra_seats: int
    fits_a_scheme: bool

    def sentence(self, language: Language = "en") -> str:
        """Return the need in words, its cost as stated by the company."""
        key = "need.with_scheme" if self.fits_a_scheme else "need.without_scheme"
        return say(key, language, class_id=self.class_id, demand=self.demand, need=say(f"need.{self.flag}", language),
                   count=self.count, cost_euro=euros(self.cents, language), extra_seats=self.extra_seats,
                   price_status=say("price.stated", language))  # fmt: skip


@dataclass(frozen=True, slots=True)
class NeedsReport:
    """All needs of a plan, and the classes that the extra seats of support make too full."""

    needs: tuple[SupportNeed, ...]
    overfull: tuple[tuple[str, int, int], ...]
    """(class, trainees plus support seats, seats there are)"""

    @property
    def cents(self) -> int:
        """Return what all support costs."""
        return sum(need.cents for need in self.needs)


def supported(instance: Instance, facts: EligibilityFacts) -> Instance:
    """Return the instance in which the needs of its lines take their seats and cost what they cost, in every class.

    Only seats and cents pass on; which need it is stays in the facts. With one trainee of a line in need, every class that holds
    any of the line has the support, since counts do not say who sits where.
    """
    lines = []
    for demand in instance.demands:
        needs = facts.line(demand.id).needs
        more = {
            "support_seats": min(20, demand.support_seats + sum(need.extra_seats for need in needs)),
            "support_cents_per_day": demand.support_cents_per_day + sum(need.cents_per_day for need in needs),
            "support_cents_once": demand.support_cents_once + sum(need.cents_once for need in needs),
        }
        lines.append(type(demand).model_validate({**dict(demand), **more}) if needs else demand)
    return Instance.model_validate({**dict(instance), "demands": tuple(lines)})


def support_needs(
    instance: Instance, packs: Iterable[RulePack], facts: EligibilityFacts, classes: Sequence[PlannedClass]
) -> NeedsReport:
    """Return the support needs of a plan, sorted by class, line and kind."""
    packs = tuple(packs)
    found: list[SupportNeed] = []
    overfull: list[tuple[str, int, int]] = []
    room_seats = {room.id: room.seats for room in instance.rooms}
    max_seats = {course.id: course.max_seats for course in instance.courses}
    for planned in sorted(classes, key=lambda c: c.id):
        setting = setting_of_class(instance, planned)
        here: list[SupportNeed] = []
        for line in seated_lines(instance, planned.members):
            claims = line_claims(instance, packs, facts, setting, line)
            fits = any(claim.money == "cash" and claim.cents.high > 0 for claim in claims)
            for need in facts.line(line.demand.id).needs:
                cents = need.cents_per_day * setting.days + need.cents_once
                here.append(SupportNeed(planned.id, line.demand.id, line.demand.company, need.flag,
                                        min(need.count, line.seats), cents, need.extra_seats, fits))  # fmt: skip
        seats = min(max_seats[planned.course], room_seats[planned.room])
        taken = planned.size + sum(need.extra_seats for need in here)
        if taken > seats:
            overfull.append((planned.id, taken, seats))
        found += here
    return NeedsReport(tuple(found), tuple(overfull))
