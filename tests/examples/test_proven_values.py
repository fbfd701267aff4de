"""The best values on record are those that the proof finds, and those that a proposal reaches."""

import json

import pytest

from cohort_opt import propose
from tests.architecture.source import ROOT
from tests.examples.exact import prove
from tests.examples.folders import read_example

VALUES = json.loads((ROOT / "tests" / "data" / "proven_values.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("example", sorted(VALUES))
def test_the_value_on_record_is_proven_and_reached(example):
    instance = read_example(example)
    assert prove(instance).cents == VALUES[example]
    assert propose(instance).objective_cents == VALUES[example]


def test_the_small_values_are_those_worked_out_by_hand():
    # 9,500 + 12 x 185 euros for the class, 2 x 6,000 for those who wait; no journeys, no weeks.
    assert VALUES["gap_number"] == 950_000 + 12 * 18_500 + 2 * 600_000
    # 9,500 + 10 x 185 euros.
    assert VALUES["price_cap"] == 950_000 + 10 * 18_500
