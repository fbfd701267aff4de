"""Unplaced rows: a row repeats its line."""

import pytest

from cohort_opt.verification.claims import unplaced_rows
from tests.cohort_opt.verification.proposals import complaints, refused, rows


@pytest.mark.parametrize(("name", "value"), [("company", "acme"), ("course", "sawing"), ("asked", 3), ("asked", 5)])
def test_a_field_that_is_not_that_of_the_line_is_refused(name, value):
    assert refused(**rows("unplaced", 0, **{name: value})) == ("unplaced_rows",)


def test_the_message_names_line_and_values():
    assert complaints(**rows("unplaced", 0, asked=5)) == ["Demand[cito-drilling] without a seat: asked 5, the line has 4"]


def test_it_needs_a_plan():
    assert unplaced_rows.needs_plan()
