"""Who meets the conditions of a scheme: yes, no, or *ask the authority* with the missing fact named; in counts.

Two answers in counts do not say how many trainees meet both. What is certain are the bounds of Fréchet (1935): of n trainees
with yes_1 ... yes_k, at least sum(yes_i) - (k - 1) n meet all, and at least max(no_i) fail. The rest must be asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from cohort_opt.packs.class_setting import ClassSetting, SeatedLine
from cohort_opt.packs.conditions import (
    Attendance,
    BenefitKept,
    Condition,
    CourseLevel,
    MaxClassSize,
    MaxWeeks,
    MinClassSize,
    MinHours,
    MinWeeks,
    SameArea,
    UnbrokenBlock,
    WholeDiploma,
    counted_rules,
)
from cohort_opt.packs.facts import CourseFacts, EligibilityFacts, LineFacts
from cohort_opt.packs.pack import RulePack, Scheme
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Course

Answer = Literal["yes", "no", "ask"]


@dataclass(frozen=True, slots=True)
class Tally:
    """So many yes, so many no, so many to be asked."""

    yes: int
    no: int
    ask: int

    @property
    def count(self) -> int:
        """Return yes + no + ask."""
        return self.yes + self.no + self.ask

    def seats(self, seated: int) -> tuple[int, int]:
        """Return the least and most trainees with a *yes* (most: or *ask*) among `seated` of the line, whoever is seated."""
        return max(0, self.yes - (self.count - seated)), min(seated, self.yes + self.ask)


def both(*tallies: Tally) -> Tally:
    """Return what is certain about meeting all of several rules; all tallies have the same count."""
    count = tallies[0].count
    yes = max(0, sum(tally.yes for tally in tallies) - (len(tallies) - 1) * count)
    no = max(tally.no for tally in tallies)
    return Tally(yes, no, count - yes - no)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One condition: its key, the answer for the class or course, the counts for the line, and the fact that is missing.

    Parameters
    ----------
    answer
        `yes`, `no` or `ask`; for counted conditions `yes` and `no` only where all trainees of the line agree.
    missing
        Key of the fact that nobody stated; empty if none is missing.
    later
        Whether it is known only after the class (attendance).
    actual
        The figure of the class or course that the condition looks at; `None` where there is none.
    """

    rule: str
    answer: Answer
    tally: Tally
    missing: str = ""
    later: bool = False
    actual: int | None = None


@dataclass(frozen=True, slots=True)
class Eligibility:
    """How many trainees of a demand line meet all conditions of a scheme in a class."""

    pack: RulePack
    scheme: Scheme
    demand: str
    tally: Tally
    verdicts: tuple[Verdict, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the keys of the facts without which some trainees stay at *ask*; empty if all is known or nobody can qualify."""
        if not self.tally.ask:
            return ()
        unknown = sorted({verdict.missing or verdict.rule for verdict in self.verdicts if verdict.tally.ask})
        counted = [rule for condition in self.scheme.conditions for rule in counted_rules(condition)]
        return tuple(unknown) or ("+".join(sorted(counted)),)

    @property
    def fails(self) -> tuple[str, ...]:
        """Return the conditions that no trainee of the line meets."""
        return tuple(verdict.rule for verdict in self.verdicts if verdict.answer == "no")

    @property
    def later(self) -> tuple[str, ...]:
        """Return the conditions that are known only after the class."""
        return tuple(verdict.rule for verdict in self.verdicts if verdict.later)


def eligibility(
    instance: Instance,
    pack: RulePack,
    scheme: Scheme,
    facts: EligibilityFacts,
    setting: ClassSetting,
    line: SeatedLine,
    ignoring: frozenset[str] = frozenset(),
) -> Eligibility:
    """Return how many trainees of a line meet all conditions of a scheme in a class.

    Parameters
    ----------
    ignoring
        Keys of conditions taken as met: what would hold if only this one did.
    """
    case = _Case(instance, pack, setting, line, facts.course(line.demand.course), facts.line(line.demand.id))
    judged = [condition for condition in scheme.conditions if condition.rule not in ignoring]
    verdicts = [verdict for condition in judged for verdict in case.judge(condition)]
    if scheme.trades and line.trade not in scheme.trades:
        verdicts.append(case.whole("trade", "no"))
    counted = sorted(rule for condition in judged for rule in counted_rules(condition))
    return Eligibility(pack, scheme, line.demand.id, case.combined(verdicts, counted), tuple(verdicts))


@dataclass(frozen=True, slots=True)
class _Case:
    instance: Instance
    pack: RulePack
    setting: ClassSetting
    line: SeatedLine
    course: CourseFacts
    stated: LineFacts

    @property
    def count(self) -> int:
        return self.line.demand.count

    @property
    def given(self) -> Course:
        """Return the course of the instance, which may tell what the facts do not."""
        return next(course for course in self.instance.courses if course.id == self.line.demand.course)

    def judge(self, condition: Condition) -> tuple[Verdict, ...]:
        """Return the verdicts of one condition; a trial placement has four."""
        counted = tuple(self.counted(rule) for rule in counted_rules(condition))
        decide = _DECIDERS.get(type(condition))
        return (*((decide(self, condition),) if decide else ()), *counted)

    def whole(self, rule: str, answer: Answer, missing: str = "", actual: int | None = None, later: bool = False) -> Verdict:
        """Return a verdict that holds for all trainees of the line alike."""
        tally = {"yes": Tally(self.count, 0, 0), "no": Tally(0, self.count, 0), "ask": Tally(0, 0, self.count)}[answer]
        return Verdict(rule, answer, tally, missing, later, actual)

    def figure(self, rule: str, actual: int | None, missing: str, holds: Callable[[int], bool]) -> Verdict:
        """Return a verdict on a figure that may not have been stated."""
        if actual is None:
            return self.whole(rule, "ask", missing)
        return self.whole(rule, "yes" if holds(actual) else "no", actual=actual)

    def counted(self, rule: str) -> Verdict:
        """Return what the company answered to a rule; everybody to be asked if it did not."""
        fact = next((fact for fact in self.stated.facts if fact.rule == rule), None)
        if fact is None:
            return Verdict(rule, "ask", Tally(0, 0, self.count), missing=rule)
        tally = Tally(fact.yes, fact.no, fact.ask)
        answer: Answer = "yes" if tally.yes == self.count else "no" if tally.no == self.count else "ask"
        return Verdict(rule, answer, tally)

    def combined(self, verdicts: list[Verdict], counted: list[str]) -> Tally:
        """Return the certain counts over all verdicts; a joint answer of the company replaces the bounds it answers."""
        joint = next((f for f in self.stated.facts if len(counted) > 1 and sorted(f.rule.split("+")) == counted), None)
        tallies = [verdict.tally for verdict in verdicts if joint is None or verdict.rule not in counted]
        if joint is not None:
            tallies.append(Tally(joint.yes, joint.no, joint.ask))
        return both(*tallies) if tallies else Tally(self.count, 0, 0)


def _course_level(case: _Case, condition: CourseLevel) -> Verdict:
    missing = f"course.{case.course.course}.level"
    level = case.given.level if case.course.level is None else case.course.level
    return case.figure(condition.rule, level, missing, lambda x: condition.at_least <= x <= condition.at_most)


def _whole_diploma(case: _Case, condition: WholeDiploma) -> Verdict:
    stated = case.course.whole_diploma
    if stated is None and case.given.certificate_only:
        stated = False
    return case.figure(
        condition.rule, None if stated is None else int(stated), f"course.{case.course.course}.whole-diploma", bool
    )


def _min_hours(case: _Case, condition: MinHours) -> Verdict:
    actual = case.course.taught_hours if condition.of == "taught" else case.course.practice_hours
    return case.figure(
        condition.rule, actual, f"course.{case.course.course}.{condition.of}-hours", lambda x: x >= condition.hours
    )


def _min_class_size(case: _Case, condition: MinClassSize) -> Verdict:
    return case.figure(condition.rule, case.setting.size, "", lambda x: x >= condition.seats)


def _max_class_size(case: _Case, condition: MaxClassSize) -> Verdict:
    return case.figure(condition.rule, case.setting.size, "", lambda x: x <= condition.seats)


def _min_weeks(case: _Case, condition: MinWeeks) -> Verdict:
    return case.figure(condition.rule, case.setting.weeks, "", lambda x: x >= condition.weeks)


def _max_weeks(case: _Case, condition: MaxWeeks) -> Verdict:
    return case.figure(condition.rule, case.setting.weeks, "", lambda x: x <= condition.weeks)


def _unbroken_block(case: _Case, condition: UnbrokenBlock) -> Verdict:
    return case.whole(condition.rule, "yes" if case.setting.kind == "block" else "no")


def _same_area(case: _Case, condition: SameArea) -> Verdict:
    area = case.pack.jurisdiction
    if area.covers(case.setting.site_municipality) and area.covers(case.line.municipality):
        return case.whole(condition.rule, "yes")
    home = {site.id for site in case.instance.sites if area.covers(site.municipality)}
    offered = any(case.line.demand.course == o.course and o.site in home for o in case.instance.offerings)
    return case.whole(condition.rule, "yes" if condition.unless_no_offer and not offered else "no")


def _attendance(case: _Case, condition: Attendance) -> Verdict:
    return case.whole(condition.rule, "yes", later=True)


def _trial_length(case: _Case, condition: BenefitKept) -> Verdict:
    missing = f"line.{case.line.demand.id}.trial-months"
    return case.figure(
        condition.rule, case.stated.trial_months, missing, lambda x: condition.min_months <= x <= condition.max_months
    )


_DECIDERS: Mapping[type, Callable[[_Case, Any], Verdict]] = {
    CourseLevel: _course_level,
    WholeDiploma: _whole_diploma,
    MinHours: _min_hours,
    MinClassSize: _min_class_size,
    MaxClassSize: _max_class_size,
    MinWeeks: _min_weeks,
    MaxWeeks: _max_weeks,
    UnbrokenBlock: _unbroken_block,
    SameArea: _same_area,
    Attendance: _attendance,
    BenefitKept: _trial_length,
}
"""Conditions that the course or the class decides; `Age` and `Counted` are answered by the company alone."""
