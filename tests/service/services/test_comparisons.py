"""Plans side by side: the night and its what-ifs, the figures, who sits elsewhere, and why."""

import pytest

from cohort_opt import Move
from service.problems import Refusal
from service.services import comparisons, moves, what_ifs
from tests.service.services.planned import LATER, NIGHT, RUN, plan_a_night, work
from tests.service.services.test_moves import LATER_ALL
from tests.service.services.test_offers import ACME, PLANNER


@pytest.fixture
def planned(context, base, counts):
    return plan_a_night(context, base, counts)


@pytest.fixture
def asked(planned):
    """Return two what-ifs: everybody a week later, and only acme."""
    found = [
        moves.ask(planned, PLANNER, "spring", NIGHT, wanted, name, keep_others=True)
        for name, wanted in (("All later", LATER_ALL), ("Acme later", [Move("acme.drilling", RUN, LATER, 5)]))
    ]
    work(planned)
    work(planned)
    return found


def beside(planned, jobs):
    return comparisons.what_ifs_beside(planned, PLANNER, "spring", NIGHT, jobs)


def values(found, figure):
    return next(row.values for row in found.rows if row.figure == figure)


def test_the_figures_of_every_plan_stand_beside_each_other(planned, asked):
    found = beside(planned, asked)
    assert [plan.name for plan in found.plans] == [NIGHT, "All later", "Acme later"]
    assert values(found, "classes") == (1, 1, 2)
    # 950,000 a class and 18,500 a seat; the third plan opens two.
    assert values(found, "cost") == (1_116_500, 1_116_500, 2_066_500)
    # Nine start a week later at 1,000 cents a week each.
    objective = values(found, "objective")
    assert objective[1] - objective[0] == 9_000


def test_who_sits_elsewhere_is_shown_with_the_number_of_seats(planned, asked):
    found = beside(planned, asked)
    assert found.moved == (0, 9, 5)
    assert [(line.company, line.moved) for line in found.lines] == [
        ("Acme", (False, True, True)), ("Bolt", (False, True, False)),
    ]  # fmt: skip
    assert [(one.count, one.start) for one in found.lines[0].places[1]] == [(5, "2027-03-08")]


def test_a_class_that_opens_carries_the_reason_of_the_plan(planned, asked):
    found = beside(planned, asked)
    opened = next(change for change in found.changes[1] if change.kind == "opened")
    assert {reason["rule"] for reason in opened.reasons} >= {"opened"}


def test_who_waited_is_told_why_when_a_seat_is_found(context, base, counts):
    """Two and one are too few for a class of four and wait; a class of three takes them."""
    planned = plan_a_night(context, base, lambda company: counts(company, count=2 if company == "acme" else 1))
    change = {"kind": "set_class_size", "course": "drilling", "min_seats": 3}
    scenario = {"format": "cohort-opt-scenario/1", "name": "Classes of 3", "changes": [change]}
    job = what_ifs.ask(planned, PLANNER, "spring", NIGHT, scenario)
    work(planned)
    placed = [change for change in beside(planned, [job]).changes[1] if change.kind == "placed"]
    assert [(change.facts["company"], change.facts["count"]) for change in placed] == [("Acme", 2), ("Bolt", 1)]
    assert all(reason["sentence"] for change in placed for reason in change.reasons)
    assert all(change.reasons for change in placed)


def test_at_most_four_stand_beside_the_night(planned, asked):
    assert len(beside(planned, asked * 4).plans) == 3
    with pytest.raises(Refusal) as refused:
        beside(planned, [])
    assert refused.value.code == "missing-field"


def test_a_what_if_of_another_night_is_not_found(planned, asked):
    with pytest.raises(Refusal) as refused:
        comparisons.what_ifs_beside(planned, PLANNER, "spring", "2026-11-25", asked)
    assert refused.value.code == "not-found"


def test_a_what_if_that_is_not_solved_yet_is_a_column_without_figures(planned):
    job = moves.ask(planned, PLANNER, "spring", NIGHT, LATER_ALL, "Later", keep_others=True)
    found = beside(planned, [job])
    assert (found.plans[1].proposal, values(found, "cost")) == (None, (1_116_500, None))
    assert found.moved == (0, None)


def test_companies_compare_no_plans(planned, asked):
    with pytest.raises(Refusal) as refused:
        comparisons.what_ifs_beside(planned, ACME, "spring", NIGHT, asked)
    assert refused.value.status == 403
