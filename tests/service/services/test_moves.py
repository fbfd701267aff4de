"""The board of a night, and moves by hand as what-ifs."""

import pytest

from cohort_opt import Move
from service.problems import Refusal
from service.services import moves, what_ifs
from tests.service.services.planned import LATER, NIGHT, RUN, plan_a_night, work
from tests.service.services.test_offers import ACME, PLANNER

LATER_ALL = [Move("acme.drilling", RUN, LATER, 5), Move("bolt.drilling", RUN, LATER, 4)]


@pytest.fixture
def planned(context, base, counts):
    return plan_a_night(context, base, counts)


def test_the_board_shows_who_sits_where_and_where_they_could_sit(planned):
    (course,) = moves.board(planned, PLANNER, "spring", NIGHT)
    assert [(slot.run, slot.size) for slot in course.slots] == [(RUN, 9), (LATER, 0)]
    assert [(one.company, one.count, one.may) for one in course.slots[0].seated] == [
        ("Acme", 5, (RUN, LATER)), ("Bolt", 4, (RUN, LATER)),
    ]  # fmt: skip
    assert course.waiting == ()


def test_a_class_that_was_moved_is_a_plan_that_can_be_adopted(planned):
    job = moves.ask(planned, PLANNER, "spring", NIGHT, LATER_ALL, "A week later", keep_others=True)
    work(planned)
    shown = what_ifs.what_if(planned, PLANNER, job)
    assert [(entry["run"], entry["size"]) for entry in shown.after["classes"]] == [(LATER, 9)]
    assert not shown.asks_companies
    what_ifs.adopt(planned, PLANNER, job)
    assert [slot.size for slot in moves.board(planned, PLANNER, "spring", NIGHT)[0].slots] == [0, 9]


def test_a_move_that_no_plan_can_keep_ends_without_a_plan(planned):
    """Two of bolt alone are fewer than the minimum of four; acme and the rest of bolt are held where they are."""
    wanted = [Move("bolt.drilling", RUN, LATER, 2)]
    job = moves.ask(planned, PLANNER, "spring", NIGHT, wanted, "Two later", keep_others=True)
    work(planned)
    shown = what_ifs.what_if(planned, PLANNER, job)
    assert (shown.after, shown.job.status) == (None, "infeasible")


def test_more_than_are_there_are_refused_with_the_move(planned):
    with pytest.raises(Refusal) as refused:
        moves.ask(planned, PLANNER, "spring", NIGHT, [Move("acme.drilling", RUN, LATER, 6)], "Six", keep_others=True)
    assert refused.value.flaws[0].pointer == "/moves/0"


def test_nothing_moved_is_no_question(planned):
    with pytest.raises(Refusal, match="between 1 and"):
        moves.ask(planned, PLANNER, "spring", NIGHT, [], "Nothing", keep_others=True)


def test_companies_see_no_board(planned):
    with pytest.raises(Refusal) as refused:
        moves.board(planned, ACME, "spring", NIGHT)
    assert refused.value.status == 403
