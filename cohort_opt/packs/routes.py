"""The route of each line through each scheme: so many yes, no, or to be asked, with the missing fact; also of unpaid schemes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cohort_opt.packs.class_setting import seated_lines, setting_of_class
from cohort_opt.packs.eligibility import Eligibility, eligibility
from cohort_opt.packs.facts import EligibilityFacts
from cohort_opt.packs.in_force import packs_in_force
from cohort_opt.packs.pack import RulePack
from cohort_opt.packs.wording import Language, say
from cohort_opt.problem.instance import Instance
from cohort_opt.solution import PlannedClass


def routes(
    instance: Instance, packs: Iterable[RulePack], facts: EligibilityFacts, classes: Sequence[PlannedClass]
) -> tuple[Eligibility, ...]:
    """Return the eligibility of every line of every class under every scheme in force where its company stands.

    The counts are those of the whole line, seated or not. Sorted by class, line, pack and scheme.
    """
    packs = tuple(packs)
    found: list[Eligibility] = []
    for planned in sorted(classes, key=lambda c: c.id):
        setting = setting_of_class(instance, planned)
        for line in seated_lines(instance, planned.members):
            for pack in packs_in_force(packs, line.municipality, setting.start).packs:
                found += [eligibility(instance, pack, scheme, facts, setting, line) for scheme in pack.schemes]
    return tuple(found)


def route_sentence(judged: Eligibility, language: Language = "en") -> str:
    """Return one route in words: counts, what fails, what must be asked."""
    tally, status = judged.tally, say(f"status.{judged.pack.status}", language)
    parts = [say("route", language, scheme=judged.scheme.name, pack=judged.pack.id, status=status, demand=judged.demand,
                 yes=tally.yes, no=tally.no, ask=tally.ask)]  # fmt: skip
    if judged.fails:
        parts.append(say("route.fails", language, rules=", ".join(judged.fails)))
    if judged.missing:
        parts.append(say("estimate.missing", language, facts=", ".join(judged.missing)))
    return " ".join(parts)
