"""Thresholds: for every class, whether each holds at its size, weeks or hours, and what is lost on the other side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cohort_opt.packs.claims import Cents, line_claims
from cohort_opt.packs.class_setting import ClassSetting, SeatedLine, seated_lines, setting_of_class
from cohort_opt.packs.conditions import THRESHOLDS, Attendance, Condition
from cohort_opt.packs.eligibility import Answer
from cohort_opt.packs.facts import EligibilityFacts
from cohort_opt.packs.pack import RulePack, Scheme
from cohort_opt.packs.wording import Language, condition_words, euro_range, say
from cohort_opt.problem.instance import Instance
from cohort_opt.solution import PlannedClass


@dataclass(frozen=True, slots=True)
class Threshold:
    """One threshold of one scheme in one class.

    Parameters
    ----------
    answer
        `ask` where the figure was not stated, or is known only after the class (`later`).
    actual
        Size, weeks or hours of the class; `None` if unknown.
    at_stake
        Cash and social return apart: what hangs on this threshold alone, all other conditions as they are. If it holds, this
        is lost below it; if it does not, this is lost now.
    """

    class_id: str
    pack: str
    status: str
    scheme: str
    scheme_name: str
    condition: Condition
    answer: Answer
    later: bool
    actual: int | None
    cash: Cents
    social_return: Cents

    def sentences(self, language: Language = "en") -> tuple[str, ...]:
        """Return one sentence per kind of money at stake; none if nothing hangs on it."""
        key = "later" if self.later else {"yes": "holds", "no": "fails", "ask": "ask"}[self.answer]
        status = say(f"status.{self.status}", language)
        return tuple(
            say(f"threshold.{key}", language, class_id=self.class_id, condition=condition_words(self.condition, language),
                actual=self.actual, scheme=self.scheme_name, range=euro_range(cents, status, language))
            for cents in (self.cash, self.social_return)
            if cents
        )  # fmt: skip


def thresholds(
    instance: Instance, packs: Iterable[RulePack], facts: EligibilityFacts, classes: Sequence[PlannedClass]
) -> tuple[Threshold, ...]:
    """Return every threshold of every class, sorted by class, pack, scheme and condition."""
    packs = tuple(packs)
    found: list[Threshold] = []
    for planned in sorted(classes, key=lambda c: c.id):
        setting = setting_of_class(instance, planned)
        lines = seated_lines(instance, planned.members)
        for pack, scheme, condition in _conditions(packs, lines, setting):
            found.append(_threshold(instance, packs, facts, setting, lines, pack, scheme, condition))
    return tuple(found)


def _conditions(
    packs: tuple[RulePack, ...], lines: Sequence[SeatedLine], setting: ClassSetting
) -> list[tuple[RulePack, Scheme, Condition]]:
    covering = [
        pack for pack in packs
        if pack.may_hold_on(setting.start) and any(pack.jurisdiction.covers(line.municipality) for line in lines)
    ]  # fmt: skip
    return [
        (pack, scheme, condition)
        for pack in sorted(covering, key=lambda pack: pack.id)
        for scheme in pack.schemes
        for condition in scheme.conditions
        if isinstance(condition, THRESHOLDS)
    ]


def _threshold(
    instance: Instance,
    packs: tuple[RulePack, ...],
    facts: EligibilityFacts,
    setting: ClassSetting,
    lines: Sequence[SeatedLine],
    pack: RulePack,
    scheme: Scheme,
    condition: Condition,
) -> Threshold:
    cash, social = Cents(), Cents()
    answer: Answer = "ask"
    actual: int | None = None
    for line in lines:
        for claim in line_claims(instance, packs, facts, setting, line):
            if claim.eligible.pack is pack and claim.eligible.scheme is scheme:
                verdict = next(v for v in claim.eligible.verdicts if v.rule == condition.rule)
                answer, actual = verdict.answer, verdict.actual
        for claim in line_claims(instance, packs, facts, setting, line, frozenset({condition.rule})):
            if claim.eligible.pack is pack and claim.eligible.scheme is scheme:
                cash, social = (cash + claim.cents, social) if claim.money == "cash" else (cash, social + claim.cents)
    later = isinstance(condition, Attendance)
    return Threshold(setting.id, pack.id, pack.status, scheme.id, scheme.name, condition, "ask" if later else answer, later,
                     actual, cash, social)  # fmt: skip
