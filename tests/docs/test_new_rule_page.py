"""The recipe for a new rule: what it names exists, and a rule that follows it is judged, kept, left out and explained."""

import datetime as dt
import importlib
import re
from pathlib import Path
from types import MappingProxyType, SimpleNamespace

import pytest

from cohort_opt import propose
from cohort_opt.explanation.reasons import no_run
from cohort_opt.explanation.sentence import shown
from cohort_opt.problem import run_rules
from cohort_opt.verification.hearing import plan_of
from cohort_opt.verification.violation import Violation
from tests.builders import company, course, day, demand, make_instance, offering

JUDGE = importlib.import_module("cohort_opt.verification.verify")
ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "new-rule.md").read_text(encoding="utf-8")
REGISTRY_OF = {
    "SHEETS": "cohort_opt.problem.sheets.layout",
    "TRADE_CHECKS": "cohort_opt.problem.trade_checks",
    "RULES": "cohort_opt.verification.rules",
    "RULE_SENTENCES": "cohort_opt.report.wording",
    "RUN_RULES": "cohort_opt.problem.run_rules",
    "LINE_RULES": "cohort_opt.problem.line_rules",
    "RUN_ROWS": "cohort_opt.problem.shared_rows",
    "ARC_ROWS": "cohort_opt.problem.shared_rows",
    "LIMITS": "cohort_opt.problem.couplings",
    "COUPLINGS": "cohort_opt.problem.couplings",
    "CONSTRAINTS": "cohort_opt.model.constraints",
    "RULE_HOME": "cohort_opt.model.constraints",
    "SENTENCES": "cohort_opt.explanation.reasons.no_run",
    "REASONS": "cohort_opt.explanation.reasons",
    "TRADE_SWITCHES": "tests.properties.trade_switches",
    "COUPLING_SWITCHES": "tests.properties.coupling_switches",
    "KINDS": "tests.cohort_opt.verification.mutations.corrupted_plans",
    "SWITCHES": "cohort_opt.generate.switches",
}
NO_REGISTRY = {"RULE", "EFFECT", "RESTRICTS", "EXTENDS"}
"""Words of a single file."""


def test_every_path_that_the_page_names_exists():
    paths = {found for found in re.findall(r"`([\w./<>-]+)`", PAGE) if "/" in found}
    assert len(paths) > 20
    assert sorted(path for path in paths if not (ROOT / path.replace("<rule>", "unbroken")).exists()) == []


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`([A-Z_]{4,})`", PAGE)) - NO_REGISTRY))
def test_every_registry_that_the_page_names_is_there(name):
    assert len(getattr(importlib.import_module(REGISTRY_OF[name]), name)) > 0


def test_every_line_of_a_registry_is_told_of():
    assert set(REGISTRY_OF) == set(re.findall(r"`([A-Z_]{4,})`", PAGE)) - NO_REGISTRY


# A toy rule by the recipe: no class of a winter course starts before the second week. Its field would be one of the course;
# here the course's name stands in for it.

RULE = "no_early_winter"
SECOND_WEEK = day(1)


def applies(instance):
    return any("winter" in course.name for course in instance.courses)


def clash(side, run, pattern):
    """The file of `run_rules`."""
    winter = {course.id for course in side.instance.courses if "winter" in course.name}
    return {"start": run.start.isoformat()} if run.course in winter and run.start < SECOND_WEEK else None


def check(case):
    """The file of the judge."""
    for planned in case.solution.classes:
        winter = "winter" in case.given.courses[planned.course].name
        if winter and planned.dates[0] < SECOND_WEEK:
            yield Violation(RULE, planned.id, f"Class[{planned.id}]: starts on {planned.dates[0]}, in the first week")
        else:
            yield None


@pytest.fixture
def early(monkeypatch):
    """Register the toy rule, one line per registry; return a plan made before there was the rule."""
    plan = plan_of(propose(region(day(2))))
    in_search = SimpleNamespace(RULE=RULE, applies=applies, clash=clash)
    in_judge = SimpleNamespace(RULE=RULE, applies=applies, check=check)
    monkeypatch.setattr(run_rules, "RUN_RULES", MappingProxyType({**run_rules.RUN_RULES, RULE: in_search}))
    monkeypatch.setattr(JUDGE, "RULES", MappingProxyType({**JUDGE.RULES, RULE: in_judge}))
    monkeypatch.setitem(no_run.SENTENCES, RULE, "In the first week, such as {start}: {runs} starts.")
    return plan


def region(last: dt.date):
    """Return eight trainees of one company, and a winter course that may start weekly up to a day."""
    return make_instance(
        courses=[course("drilling", name="winter drilling")], companies=[company("acme")], demands=[demand(count=8)],
        offerings=[offering(first_start=day(0), last_start=last)], distances=[],
    )  # fmt: skip


def test_a_rule_by_the_recipe_is_kept_and_judged(early):
    proposal = propose(region(day(2)))
    assert proposal.verified
    assert min(planned.dates[0] for planned in proposal.classes) >= SECOND_WEEK
    found = [v for verdict in JUDGE.verify(region(day(2)), early).verdicts for v in verdict.violations]
    assert [violation.rule for violation in found] == [RULE]


def test_a_rule_by_the_recipe_explains_who_waits(early):
    proposal = propose(region(day(0)))
    said = [reason.sentence for row in proposal.unplaced for reason in row.reasons]
    assert f"In the first week, such as {shown('start', day(0).isoformat())}: 1 starts." in said
