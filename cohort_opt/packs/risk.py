"""Uncovered risk: seats that are planned although permission or insurance is not confirmed, in euros, as a report.

Two figures stand apart: what the seats cost the class if those trainees may not come (a price of the instance), and what may
be claimed back afterwards (an amount of the pack).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cohort_opt.packs.claims import Cents
from cohort_opt.packs.class_setting import DAYS_PER_COURSE_WEEK, ClassSetting, SeatedLine, seated_lines, setting_of_class
from cohort_opt.packs.conditions import BenefitKept, Counted
from cohort_opt.packs.eligibility import Eligibility, Tally, both, eligibility
from cohort_opt.packs.facts import EligibilityFacts
from cohort_opt.packs.in_force import packs_in_force
from cohort_opt.packs.pack import RulePack, Scheme
from cohort_opt.packs.wording import Language, euros, say
from cohort_opt.problem.instance import Instance
from cohort_opt.solution import PlannedClass

_BENEFITS = ("unemployment_benefit", "municipal_benefit")


@dataclass(frozen=True, slots=True)
class UncoveredSeats:
    """Seats of one line in one class without confirmed permission or insurance.

    Parameters
    ----------
    what
        `permission`, `insured` or `permission_and_insured`.
    seats
        Least, expected and most such seats. Trainees without the benefit need neither and do not count.
    cost
        What those seats cost in the class, rounded up per seat; price of the instance.
    clawback
        What may be claimed back; `None` = the pack does not know.
    """

    class_id: str
    demand: str
    company: str
    pack: str
    status: str
    scheme: str
    what: str
    seats: Cents
    cost: Cents
    clawback: Cents | None

    def sentence(self, language: Language = "en") -> str:
        """Return the risk in words; the highest figure, since that is what must be borne."""
        status = say(f"status.{self.status}", language)
        price = say("price.of_the_instance", language)
        first = say("risk", language, seats=self.seats.high, demand=self.demand, class_id=self.class_id, pack=self.pack,
                    status=status, what=say(f"risk.{self.what}", language), cost_euro=euros(self.cost.high, language),
                    price_status=price)  # fmt: skip
        if self.clawback is None:
            return f"{first} {say('risk.clawback_unknown', language, status=status)}"
        return f"{first} {say('risk.clawback', language, high_euro=euros(self.clawback.high, language), status=status)}"


def uncovered_risk(
    instance: Instance, packs: Iterable[RulePack], facts: EligibilityFacts, classes: Sequence[PlannedClass]
) -> tuple[UncoveredSeats, ...]:
    """Return the uncovered seats of a plan, sorted by class, line, pack and scheme; empty if every seat is covered."""
    packs = tuple(packs)
    found: list[UncoveredSeats] = []
    for planned in sorted(classes, key=lambda c: c.id):
        setting = setting_of_class(instance, planned)
        for line in seated_lines(instance, planned.members):
            for pack in packs_in_force(packs, line.municipality, setting.start).packs:
                for scheme in pack.schemes:
                    found += _uncovered(instance, pack, scheme, facts, setting, line)
    return tuple(found)


def uncovered_tally(judged: Eligibility, condition: BenefitKept) -> Tally:
    """Return how many of a line keep a benefit without confirmed cover: yes = certainly, ask = perhaps.

    A trainee is concerned if the benefit that the scheme asks for is there, and uncovered if permission or
    insurance is not confirmed. *Ask* about either leaves the seat uncovered: it is not confirmed.
    """
    by_rule = {verdict.rule: verdict.tally for verdict in judged.verdicts}
    concerned = [by_rule[c.rule] for c in judged.scheme.conditions if isinstance(c, Counted) and c.topic in _BENEFITS]
    cover = both(*(by_rule[rule] for rule in condition.rules[:2]))
    count = cover.count
    certain = max(0, count - min(by_rule[rule].yes for rule in condition.rules[:2]))
    bare = Tally(certain, cover.yes, count - certain - cover.yes)
    return both(bare, *concerned)


def _uncovered(
    instance: Instance, pack: RulePack, scheme: Scheme, facts: EligibilityFacts, setting: ClassSetting, line: SeatedLine
) -> list[UncoveredSeats]:
    condition = next((c for c in scheme.conditions if isinstance(c, BenefitKept)), None)
    if condition is None:
        return []
    judged = eligibility(instance, pack, scheme, facts, setting, line)
    tally = uncovered_tally(judged, condition)
    low, high = tally.seats(line.seats)
    if not high:
        return []
    seats = Cents(low, max(low, tally.yes * line.seats // tally.count), high)
    each = -(-setting.cost_cents // setting.size)
    cost = Cents(*(each * number for number in (seats.low, seats.expected, seats.high)))
    return [UncoveredSeats(setting.id, line.demand.id, line.demand.company, pack.id, pack.status, scheme.id,
                           _what(judged, condition), seats, cost, _clawback(condition, seats, setting))]  # fmt: skip


def _what(judged: Eligibility, condition: BenefitKept) -> str:
    tallies = {verdict.rule: verdict.tally for verdict in judged.verdicts}
    permission, insured = (tallies[rule].yes == tallies[rule].count for rule in condition.rules[:2])
    return "insured" if permission else "permission" if insured else "permission_and_insured"


def _clawback(condition: BenefitKept, seats: Cents, setting: ClassSetting) -> Cents | None:
    per_week = condition.exposure_cents_per_week
    if per_week is None:
        return None
    weeks = -(-setting.days // DAYS_PER_COURSE_WEEK)
    return Cents(per_week.low * seats.low * weeks, per_week.expected * seats.expected * weeks, per_week.high * seats.high * weeks)
