"""Registries against each other and against the files of their rooms: no rule without a judge, no file without a line."""

import ast
import importlib
import pkgutil
from types import ModuleType

import pytest

from cohort_opt.cost_sharing.methods import METHODS
from cohort_opt.explanation.reasons import CLASS_REASONS, LAST_REASON, REASONS
from cohort_opt.model import constraints, objective
from cohort_opt.model.constraints import CONSTRAINTS, RULE_HOME
from cohort_opt.model.objective import OBJECTIVE_TERMS
from cohort_opt.proposal import ObjectiveTerms
from cohort_opt.verification import rules
from cohort_opt.verification.rules import RULES
from tests.architecture.source import ROOT, is_within, modules

PROMISED_RULES = {
    "one_seat_per_trainee", "class_size", "travel_limit", "start_window", "weekdays", "release_pattern", "company_closed_days",
    "calendar", "room_capacity", "instructor_capacity", "parts", "company_absence", "price_cap", "pins", "bans", "offering",
}  # fmt: skip
"""The rules of the format; the same words in model, judge, reasons and documents."""

NO_RULE_OF_THE_TRADE = {"class_order", "must_place"}
"""Constraints that no record asks for: an order among twins, and a field that the compact problem holds ready."""

LEAVING_OUT = ("arcs", "blockers", "runs", "candidates", "run_rules", "line_rules")
"""Where runs and arcs are left out, each with the name of the rule that closes it."""

ADDS_UP = {"attendance": {"seats", "travel", "boarding", "waiting"}, "once_per_class": {"support"}}
"""Which figures of the judge a term of the model adds up to, where not the one of its own name."""


def files_of(room: ModuleType) -> set[str]:
    """Return the names of the modules of a room."""
    return {info.name for info in pkgutil.iter_modules(room.__path__)}


def test_the_judge_has_every_promised_rule():
    assert set(RULES) >= PROMISED_RULES


def test_every_rule_of_the_judge_has_a_home_in_the_model_or_among_the_candidates():
    assert set(RULE_HOME) == set(RULES)
    names = {concern.name for concern in CONSTRAINTS}
    assert {home for home in RULE_HOME.values() if home} <= names


def test_every_constraint_serves_a_rule_or_says_why_not():
    homes = {home for home in RULE_HOME.values() if home}
    assert {concern.name for concern in CONSTRAINTS} - homes <= NO_RULE_OF_THE_TRADE


def test_a_rule_kept_by_leaving_out_runs_or_arcs_is_named_where_they_are_left_out():
    texts = {
        node.value
        for module in modules()
        if is_within(module.name, *(f"cohort_opt.problem.{home}" for home in LEAVING_OUT))
        or module.name.startswith(("cohort_opt.problem.run_rules", "cohort_opt.problem.line_rules"))
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    # `offering` and `release_pattern` also hold because runs are only made from offerings and patterns; an instance with an
    # unqualified instructor or a room without equipment is refused (`trade_checks`).
    refused = {"instructor_qualification", "room_equipment"}
    filters = {rule for rule, home in RULE_HOME.items() if not home} - {"offering"} - refused
    assert filters
    assert filters <= texts


def test_each_constraint_is_one_file_and_one_line():
    names = [concern.name for concern in CONSTRAINTS]
    assert len(names) == len(set(names))
    assert files_of(constraints) == set(names)
    for concern in CONSTRAINTS:
        home = importlib.import_module(f"cohort_opt.model.constraints.{concern.name}")
        assert (concern.effect, concern.applies, concern.add) == (home.EFFECT, home.applies, home.add)
        assert len((home.__doc__ or "").strip().splitlines()) >= 3, f"{concern.name} shows its formula"


def test_each_rule_of_the_judge_is_one_file_and_one_line():
    assert files_of(rules) == {*RULES, "plan_form"}
    for name, rule in RULES.items():
        assert (rule.RULE, rule.__name__) == (name, f"cohort_opt.verification.rules.{name}")
        assert rule.__doc__


def test_each_objective_term_is_one_file_and_the_judge_counts_the_same():
    names = {term.name for term in OBJECTIVE_TERMS}
    assert files_of(objective) == names
    assert set().union(*(ADDS_UP.get(name, {name}) for name in names)) == set(ObjectiveTerms.model_fields)


def test_each_method_of_sharing_is_one_file_and_one_line():
    room = importlib.import_module("cohort_opt.cost_sharing.methods")
    assert set(METHODS) <= files_of(room)
    for name, split in METHODS.items():
        assert split.__module__ == f"cohort_opt.cost_sharing.methods.{name}"


def test_reasons_about_a_rule_use_the_words_of_the_rule():
    kinds = {*REASONS, *CLASS_REASONS}
    assert kinds.isdisjoint({"travel", "closed", "blackout", "together", "cap", "pinned"}), "say it with the name of the rule"
    room = importlib.import_module("cohort_opt.explanation.reasons")
    assert {*REASONS, *CLASS_REASONS} <= files_of(room)
    assert LAST_REASON not in REASONS.values()


@pytest.mark.parametrize("name", sorted(RULES))
def test_each_rule_of_the_judge_has_tests_of_its_own(name):
    assert (ROOT / "tests" / "cohort_opt" / "verification" / "rules" / f"test_{name}.py").is_file()


@pytest.mark.parametrize("name", [concern.name for concern in CONSTRAINTS])
def test_each_constraint_has_tests_of_its_own(name):
    assert (ROOT / "tests" / "cohort_opt" / "model" / "constraints" / f"test_{name}.py").is_file()


def test_every_campaign_is_marked_so_that_one_command_runs_them_all():
    # A test that asks for the fixture is marked by itself (`tests/conftest.py`); one that reads the figure says it.
    unmarked = []
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        reads = any(isinstance(node, ast.ImportFrom) and any(a.name == "CAMPAIGN" for a in node.names) for node in ast.walk(tree))
        if reads and "mark.campaign" not in path.read_text(encoding="utf-8"):
            unmarked.append(path.name)
    assert unmarked == []
