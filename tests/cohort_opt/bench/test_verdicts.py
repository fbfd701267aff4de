"""A row of a public family is proven, open or a failure: nothing may claim more than the literature knows to be possible."""

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from cohort_opt.bench.engines import Terms
from cohort_opt.bench.families import read_index
from cohort_opt.bench.measure import Measured
from cohort_opt.bench.verdicts import run_families, verdict_of

ROWS = read_index(Path("tests/data/families/index.csv"))[0]
TO_MINIMISE = next(row for row in ROWS if row.family == "holmberg")  # optimum 29
TO_MAXIMISE = next(row for row in ROWS if row.family == "bincover")  # optimum 20 classes


def verdict(row, objective, bound, violations=(), failure=""):
    """Return the verdict on figures in the sense of the row."""
    sign = -1 if row.maximise else 1
    ours = [None if figure is None else sign * figure for figure in (objective, bound)]
    run = Measured("x", 1, *ours, violations, failure, 1.0, 1.0)
    return verdict_of(row, run, *(None if figure is None else Fraction(figure) for figure in (objective, bound)))[0]


@pytest.mark.parametrize(
    ("row", "objective", "bound", "expected"),
    [
        (TO_MINIMISE, 29, 29, "proven"),
        (TO_MINIMISE, 31, 28, "within"),
        (TO_MINIMISE, 28, 28, "below a known optimum"),
        (TO_MINIMISE, 31, 30, "bound above a known plan"),
        (TO_MINIMISE, None, 20, "no plan"),
        (TO_MAXIMISE, 20, 20, "proven"),
        (TO_MAXIMISE, 19, 20, "within"),
        (TO_MAXIMISE, 21, 21, "below a known optimum"),
        (TO_MAXIMISE, 18, 19, "bound above a known plan"),
    ],
)
def test_plan_and_bound_are_compared_with_the_known_value(row, objective, bound, expected):
    assert verdict(row, objective, bound) == expected


def test_a_plan_that_breaks_a_rule_and_a_run_without_an_answer_are_failures():
    assert verdict(TO_MINIMISE, 29, 29, violations=("r0#1: 7 trainees",)) == "violated"
    assert verdict(TO_MINIMISE, None, None, failure="killed") == "no answer"


def test_a_best_known_value_may_be_improved_but_a_bound_above_it_is_still_wrong(tmp_path):
    index = tmp_path / "index.csv"
    index.write_text("file,family,format,variant,value,status\nx,yang,sscflp-pairs,split=no,29,best-known\n", encoding="utf-8")
    row = read_index(index)[0][0]
    assert verdict(row, 28, 28) == "proven"
    assert verdict(row, 28, 27) == "within"
    assert verdict(row, 30, 30) == "bound above a known plan"


def test_every_tiny_row_is_proven_and_written_down(tmp_path):
    told = []
    findings = run_families(ROWS, ["cohort-opt"], [Terms(20.0)], tmp_path / "families.csv", told.append)
    assert [finding.verdict for finding in findings] == ["proven"] * len(findings), told
    with (tmp_path / "families.csv").open(encoding="utf-8") as file:
        written = list(csv.DictReader(file))
    assert [(line["file"], line["objective"], line["verdict"]) for line in written] == [
        ("tiny-cap.txt", "245", "proven"),
        ("tiny-cap.txt", "225", "proven"),
        ("tiny-cap.txt", "400", "proven"),
        ("tiny-pairs.txt", "29", "proven"),
        ("toy.dzn", "6757", "proven"),
        ("diaz-p1.txt", "2014", "proven"),
        ("t60_00.txt", "20", "proven"),
    ]
    assert "| diaz-p1.txt |" in (tmp_path / "families.md").read_text(encoding="utf-8")
