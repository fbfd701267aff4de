import pytest

from cohort_opt.cost_sharing.protocols import Row
from cohort_opt.errors import SolverError
from cohort_opt.solver.linear_program import GlopProgram


def test_the_optimum_is_a_vertex_with_its_multipliers():
    # minimise x + 2 y with x + y = 3 and x <= 1: x = 1, y = 2, value 5. One unit more on the right of the sum costs 2, one more
    # of x <= 1 saves 1.
    answer = GlopProgram().minimise([1, 2], [Row(((0, 1), (1, 1)), least=3, most=3), Row(((0, 1),), most=1)])
    assert answer.values == pytest.approx((1, 2))
    assert answer.duals == pytest.approx((2, -1))


def test_rows_that_contradict_each_other_have_no_answer():
    assert GlopProgram().minimise([1], [Row(((0, 1),), least=2), Row(((0, 1),), most=1)]) is None
    assert GlopProgram().minimise([1], [Row(((0, 1),), least=2, most=1)]) is None


def test_an_unbounded_program_is_an_error():
    with pytest.raises(SolverError, match="unbounded or too hard"):
        GlopProgram().minimise([1], [Row(((0, 1),), most=1)])
