"""A figure through a range over the plan of a night: a point for each value, and a picture of them."""

import pytest

from cohort_opt.analysis import SWEEPS
from service.problems import Refusal
from service.services import desk, sweeps
from service.services.sweeps import Range
from tests.service.services.planned import NIGHT, plan_a_night
from tests.service.services.test_offers import ACME, PLANNER


@pytest.fixture
def planned(context, base, counts):
    return plan_a_night(context, base, counts)


def test_each_value_is_planned(planned):
    points = sweeps.sweep_night(planned, PLANNER, "spring", NIGHT, Range("min-seats", 8, 10, 1))
    # Nine trainees fill a class of at least 8 or 9, not of 10.
    assert [(point["value"], point["placed"], point["classes"]) for point in points] == [(8, 9, 1), (9, 9, 1), (10, 0, 0)]


@pytest.mark.parametrize(
    ("wanted", "pointer"),
    [
        (Range("colour", 1, 2, 1), "/figure"),
        (Range("min-seats", "eight", 10, 1), "/first"),
        (Range("min-seats", 10, 8, 1), "/step"),
        (Range("travel-km", 0, 1_000, 1), "/step"),
    ],
)
def test_a_range_that_is_none_is_refused_with_its_field(planned, wanted, pointer):
    with pytest.raises(Refusal) as refused:
        sweeps.sweep_night(planned, PLANNER, "spring", NIGHT, wanted)
    assert (refused.value.status, refused.value.flaws[0].pointer) == (422, pointer)


def test_the_form_knows_every_figure_of_the_library():
    assert set(sweeps.RANGES) == set(SWEEPS)


def test_companies_sweep_nothing(planned):
    with pytest.raises(Refusal) as refused:
        sweeps.sweep_night(planned, ACME, "spring", NIGHT, Range("min-seats", 8, 10, 1))
    assert refused.value.status == 403


def test_a_third_question_at_once_is_told_to_wait():
    for _ in range(desk.MOST_AT_ONCE):
        assert desk._asking.acquire(blocking=False)
    try:
        with pytest.raises(Refusal) as refused:
            desk.answer("service.sweep_child", {})
    finally:
        for _ in range(desk.MOST_AT_ONCE):
            desk._asking.release()
    assert (refused.value.code, refused.value.headers["Retry-After"]) == ("busy", "60")
