import pytest

from cohort_opt.cost_sharing.lexicographic import Form, Hard, Listed, ProofError, minimise_in_order
from cohort_opt.cost_sharing.protocols import LinearAnswer

SUM = ((1, 1, 1), 12)


def test_the_largest_form_is_least_then_the_second(glop):
    # x + y + z = 12 with x <= 2: the other two share 10: 2, 5, 5.
    forms = Listed((Form((1, 0, 0)), Form((0, 1, 0)), Form((0, 0, 1))))
    hard = Hard(Listed((Form((1, 0, 0), -2),)))
    found = minimise_in_order(glop.linear_program, forms, SUM, hard)
    assert found.point == (2, 5, 5)
    # First level 5 (y and z), second 2 (x): proven by x <= 2, then by the sum.
    assert [level.value for level in found.levels][:1] == [5]


def test_hard_conditions_that_leave_no_point_are_refused(glop):
    forms = Listed((Form((1, 0, 0)), Form((0, 1, 0)), Form((0, 0, 1))))
    hard = Hard(Listed((Form((1, 1, 1), -11),)))
    with pytest.raises(ProofError):
        minimise_in_order(glop.linear_program, forms, SUM, hard)


class LiesAbout:
    """A linear program that answers with somebody else's multipliers."""

    def __init__(self, program, row):
        self.program = program
        self.row = row

    def minimise(self, costs, rows):
        answer = self.program.minimise(costs, rows)
        duals = tuple(float(i == self.row) for i in range(len(rows)))
        return LinearAnswer(answer.values, duals)


def test_an_engine_that_lies_about_its_proof_is_not_believed(glop):
    # Multipliers on one form alone do not balance the sum: no combination of it with the equation is zero.
    forms = Listed((Form((1, 0, 0)), Form((0, 1, 0)), Form((0, 0, 1))))
    with pytest.raises(ProofError, match="multipliers"):
        minimise_in_order(LiesAbout(glop.linear_program, 1), forms, SUM)
