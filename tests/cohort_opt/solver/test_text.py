"""Values travel as text: the same value gives the same text, and a text can make nothing but what its reader expects."""

import json

import numpy as np
import pytest

from cohort_opt.errors import SolverError
from cohort_opt.model.plan import Plan
from cohort_opt.solver.params import Mode, SolveParams
from cohort_opt.solver.part_task import KINDS, PartTask
from cohort_opt.solver.text import from_text, to_text
from tests.cohort_opt.solver.test_part_task import three_regions

PLAN = Plan.of_classes([(1, ((0, 4), (1, 5)))])


@pytest.mark.parametrize(
    "value", [None, True, 0, -(2**62), 0.1, 1e-300, "Ü\n", (), (1, ("a", 2.0)), {"cp-sat": 915, "columns": 900}, Mode.FAST]
)
def test_a_value_comes_back_as_it_went(value):
    found = from_text(to_text(value), KINDS)
    assert found == value
    assert type(found) is type(value)


def test_arrays_come_back_with_shape_type_and_every_figure():
    for array in (np.zeros((0, 2), dtype=np.int64), np.arange(6).reshape(2, 3), np.array([True, False]), np.array([0.1])):
        found = from_text(to_text(array), KINDS)
        assert (found.shape, found.dtype, found.tolist()) == (array.shape, array.dtype, array.tolist())


def test_a_whole_task_comes_back_and_gives_the_same_text():
    text = to_text(PartTask(three_regions(), SolveParams(), 6.0, PLAN))
    assert to_text(from_text(text, KINDS)) == text


def test_the_order_of_names_in_a_table_makes_no_other_text():
    assert to_text({"a": 1, "b": 2}) == to_text({"b": 2, "a": 1})


@pytest.mark.parametrize(
    "text",
    [
        "", "{}}", "[]", '["os.system","true"]', '["Plan",1]', '["array","|O8",[1],"AAAAAAAAAAA="]', '["array","<i8",[9],"AAAA"]',
        '["Verdict","no such end"]', '["dict",[["array","<i8",[0],""],1]]', "[" * 5_000 + "]" * 5_000,
    ],
)  # fmt: skip
def test_a_text_of_anything_else_is_refused(text):
    with pytest.raises(SolverError, match="the text is none of"):
        from_text(text, KINDS)


def test_what_has_no_text_is_refused():
    with pytest.raises(SolverError, match="object has no text"):
        to_text(object())


def test_a_text_is_plain_json():
    assert json.loads(to_text(PLAN))[0] == "Plan"
