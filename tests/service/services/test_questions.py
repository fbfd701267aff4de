"""Questions about the plan of a night: each is answered in a child, with the figures of the library."""

import pytest

from cohort_opt.analysis import GROUPINGS
from service.problems import Refusal
from service.question_child import QUESTIONS
from service.services import questions
from tests.service.services.planned import NIGHT, plan_a_night
from tests.service.services.test_offers import ACME, PLANNER


@pytest.fixture
def planned(context, base, counts):
    return plan_a_night(context, base, counts)


@pytest.mark.parametrize("question", questions.QUESTIONS)
def test_every_question_has_an_answer(planned, question):
    found = questions.ask(planned, PLANNER, "spring", NIGHT, question)
    assert isinstance(found["rows"], list)


def test_a_class_of_nine_keeps_four_when_everybody_stays(planned):
    found = questions.ask(planned, PLANNER, "spring", NIGHT, "robustness")
    assert (found["all_percent"], [(row["size"], row["percent"]) for row in found["rows"]]) == (100, [(9, 100)])


def test_drop_out_makes_a_class_less_sure(planned):
    (row,) = questions.ask(planned, PLANNER, "spring", NIGHT, "robustness", survival=50)["rows"]
    # Binomial, 9 times one half, 4 or more: 1 - (1 + 9 + 36 + 84) / 512 = 0.746.
    assert row["percent"] == pytest.approx(74.6, abs=2)


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"question": "colour"}, "/question"),
        ({"by": "colour"}, "/by"),
        ({"survival": 0}, "/survival"),
        ({"survival": "all"}, "/survival"),
    ],
)
def test_an_option_that_is_none_is_refused(planned, given, pointer):
    with pytest.raises(Refusal) as refused:
        questions.ask(planned, PLANNER, "spring", NIGHT, **{"question": "pooling", **given})
    assert (refused.value.status, refused.value.flaws[0].pointer) == (422, pointer)


def test_the_page_knows_every_question_and_grouping():
    assert (set(questions.QUESTIONS), set(questions.GROUPINGS)) == (set(QUESTIONS), set(GROUPINGS))


def test_companies_ask_nothing_about_the_whole_plan(planned):
    with pytest.raises(Refusal) as refused:
        questions.ask(planned, ACME, "spring", NIGHT, "pooling")
    assert refused.value.status == 403
