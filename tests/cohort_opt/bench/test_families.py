"""Public families become compact problems exactly as their formats say; the tiny ones here have values worked out by hand."""

from fractions import Fraction
from pathlib import Path

import pytest

from cohort_opt.bench.families import read_index, read_problem
from cohort_opt.bench.judge import judge
from cohort_opt.solution import SolveStatus
from cohort_opt.solver.params import SolveParams
from cohort_opt.solver.solve import solve

INDEX = Path("tests/data/families/index.csv")


def rows():
    """Return the rows of the tiny index."""
    return read_index(INDEX)[0]


def row_of(label):
    """Return the row with this label."""
    return next(row for row in rows() if row.label == label)


def test_the_family_with_weights_per_class_is_left_out_and_counted():
    covered, left_out = read_index(INDEX)
    assert left_out == 1
    assert "gap" not in {row.family for row in covered}


@pytest.mark.parametrize("row", rows()[:5], ids=lambda row: row.label)
def test_a_tiny_row_has_the_value_worked_out_by_hand(row):
    # tiny-cap: 12 trainees, classes of 10 (fixed 100) and 8 (fixed 50); a seat costs 10/20, 10/5 and 10/10 for groups of 4, 5, 3.
    #   all placed:      both open: 150 + 4*10 + 5*5 + 3*10 = 245
    #   one room, 30:    class of 8: 50 + 5*5 + 3*10 + 4*30 = 225; class of 10: 100 + 10*10 + 2*30 = 260; nobody: 360
    #   at least 10 / 8 trainees, 100 each: both open would need 18. Groups of 4 and 3 stay together, the group of 5 may split:
    #                    class of 10: 100 + 10*10 + 2*100 = 400 (two of the five wait); class of 8 leaves four at 100: over 400
    # tiny-pairs: groups 4, 4, 2 whole in two classes of 6 at 10 each: 20 + 3 + 1 + 5 = 29
    given = read_problem(row)
    result = solve(given.problem, SolveParams(deterministic_limit=20, time_limit_seconds=60))
    assert result.status is SolveStatus.OPTIMAL
    assert Fraction(result.objective, given.factor) == row.value
    ruling = judge(given.problem, result.classes, result.unplaced)
    assert ruling.violations == ()
    assert ruling.objective == result.objective


def test_costs_of_a_whole_group_are_divided_only_where_the_group_may_split():
    given = read_problem(row_of("tiny-cap.txt split=even;minfrac=0.95;unplaced=100"))
    problem = given.problem
    # Groups 0 and 2 stay together and pay once; group 1 of five trainees pays 50 / 5 and 25 / 5 per trainee.
    assert problem.group_min_part.tolist() == [4, 1, 3]
    assert problem.arc_group_cents.tolist() == [40, 0, 30, 80, 0, 30]
    assert problem.arc_cents.tolist() == [0, 10, 0, 0, 5, 0]
    assert problem.run_min.tolist() == [10, 8]


def test_items_of_a_bin_are_sorted_so_that_the_answer_cannot_be_read_off_the_file():
    problem = read_problem(row_of("t60_00.txt split=no;min=1000;max=1000")).problem
    weights = problem.group_count.tolist()
    assert weights == sorted(weights, reverse=True)
    assert sum(weights) == 20 * 1000
    assert problem.run_cap.tolist() == [20]


def test_a_format_that_nobody_knows_is_refused(tmp_path):
    index = tmp_path / "index.csv"
    index.write_text("file,family,format,variant,value,status\nx.txt,new,strange,split=yes,1,optimal\n", encoding="utf-8")
    with pytest.raises(ValueError, match="format strange is unknown; known are mess-dzn"):
        read_problem(read_index(index)[0][0])
