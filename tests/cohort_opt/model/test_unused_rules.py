"""Rules that an instance does not use cost nothing: no variable, no constraint, no row and no column."""

import pytest

from cohort_opt.model.build import build
from cohort_opt.model.constraints import CONSTRAINTS
from cohort_opt.model.objective import OBJECTIVE_TERMS
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.problem.couplings import COUPLINGS, LIMITS
from cohort_opt.problem.line_rules import LINE_RULES
from cohort_opt.problem.run_rules import RUN_RULES
from cohort_opt.problem.shared_rows import ARC_ROWS, RUN_ROWS
from cohort_opt.solver.matrix import exact_matrix
from cohort_opt.verification.rules import RULES
from tests.builders import two_companies_one_class

PLAIN = two_companies_one_class()
PROBLEM = find_candidates(PLAIN).problem
ALWAYS = {"one_seat_per_trainee", "class_size"}
"""What every plan needs; one class and one room clash with nothing."""


def test_a_plain_instance_needs_two_constraints():
    assert {concern.name for concern in CONSTRAINTS if concern.applies(PROBLEM)} == ALWAYS


def test_a_plain_instance_pays_for_classes_seats_and_waiting_only():
    assert {term.name for term in OBJECTIVE_TERMS if term.applies(PROBLEM)} == {"class_fixed", "attendance", "unplaced"}


def test_the_model_of_a_plain_instance_has_nothing_else():
    # One run, two lines that may attend it: one number of classes, two of seats, two of those without one.
    built = build(PROBLEM).model.proto
    assert len(built.variables) == 1 + 2 + 2
    # Each line is placed or waits (2); the class holds its minimum and its maximum (2); at most as many of a line as it has sit
    # in an open class (2, implied).
    assert len(built.constraints) == 2 + 2 + 2


def test_the_matrix_of_a_plain_instance_has_nothing_else():
    matrix = exact_matrix(PROBLEM)
    assert (matrix.num_columns, len(matrix.row_lower)) == (5, 6)


@pytest.mark.parametrize(
    "registry", [RUN_RULES, LINE_RULES, RUN_ROWS, ARC_ROWS, LIMITS, COUPLINGS], ids=lambda rules: "-".join(rules)
)
def test_no_further_rule_applies_to_a_plain_instance(registry):
    assert [name for name, rule in registry.items() if rule.applies(PLAIN)] == []


def test_the_judge_looks_at_no_further_rule():
    always = {
        "one_seat_per_trainee", "class_size", "travel_limit", "start_window", "release_pattern", "calendar",
        "room_capacity", "instructor_capacity", "offering",
    }  # fmt: skip
    assert {name for name, rule in RULES.items() if rule.applies(PLAIN)} == always
