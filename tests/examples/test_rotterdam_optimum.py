"""The lead example: its best value proven without a solver, and met by the proposal to the cent."""

from collections import Counter

import pytest

from cohort_opt.planning import propose
from tests.examples.exact import prove
from tests.examples.folders import read_example

ASKED = {"drilling": 21, "sawing": 14, "fire-stopping": 11}


@pytest.fixture(scope="module")
def rotterdam():
    return read_example("rotterdam")


@pytest.fixture(scope="module")
def proposal(rotterdam):
    return propose(rotterdam)


def test_the_example_is_the_reference_scenario(rotterdam):
    asked = Counter()
    for demand in rotterdam.demands:
        asked[demand.course] += demand.count
    assert (len(rotterdam.companies), dict(asked)) == (20, ASKED)
    assert {(c.min_seats, c.max_seats) for c in rotterdam.courses} == {(8, 12)}
    assert {(o.fixed_cents, o.seat_cents) for o in rotterdam.offerings} == {(950_000, 18_500)}
    assert [(room.count, room.seats) for room in rotterdam.rooms] == [(2, 12)]
    assert [pool.count for pool in rotterdam.instructors] == [2]
    assert {kind.kind for course in rotterdam.courses for kind in course.patterns} == {"block", "day_release"}
    # No company fills a class alone.
    alone = Counter()
    for demand in rotterdam.demands:
        alone[demand.company, demand.course] += demand.count
    assert max(alone.values()) < 8


def test_every_rule_of_the_format_is_in_use(rotterdam):
    demands = rotterdam.demands
    assert any(d.together for d in demands)
    assert any(d.min_part > 1 for d in demands)
    assert any(d.max_seat_price_cents is not None for d in demands)
    assert any(len(d.weekdays) < 5 for d in demands)
    assert any(len(d.patterns) == 1 for d in demands)
    assert any(c.max_away_per_day for c in rotterdam.companies)
    assert any(c.closed for c in rotterdam.companies)
    assert rotterdam.calendar.closed
    assert rotterdam.rooms[0].absences
    assert rotterdam.instructors[0].absences
    assert rotterdam.pins
    assert {ban.demand is None for ban in rotterdam.bans} == {True, False}
    assert all(d.outside.own_course_fixed_cents == 950_000 for d in demands)


def test_the_proposal_costs_exactly_the_proven_minimum(rotterdam, proposal):
    proof = prove(rotterdam)
    assert proof.cents is not None
    assert proposal.status == "optimal"
    assert (proposal.objective_cents, proposal.bound_cents) == (proof.cents, proof.cents)
    assert proposal.verified


def test_twenty_one_make_two_classes_eleven_make_one_and_two_of_fourteen_wait(proposal):
    sizes: dict[str, list[int]] = {}
    for entry in proposal.classes:
        sizes.setdefault(entry.course, []).append(entry.size)
    assert sorted(sizes) == ["drilling", "fire-stopping", "sawing"]
    assert len(sizes["drilling"]) == 2
    assert sum(sizes["drilling"]) == 21
    assert sizes["fire-stopping"] == [11]
    # 14 is a gap number: one class holds at most 12, two need at least 16.
    assert sizes["sawing"] == [12]
    assert [(entry.course, entry.count) for entry in proposal.unplaced] == [("sawing", 2)]


@pytest.mark.parametrize(
    ("forget", "rule"),
    [
        (lambda given: given.model_copy(update={"pins": ()}), "the pin"),
        (lambda given: given.model_copy(update={"bans": ()}), "the ban"),
        (lambda given: given.model_copy(
            update={"companies": tuple(c.model_copy(update={"closed": ()}) for c in given.companies)}),
         "closed days of companies"),
        (lambda given: given.model_copy(update={"rooms": tuple(r.model_copy(update={"count": 9}) for r in given.rooms)}),
         "two bays"),
        (lambda given: given.model_copy(
            update={"demands": tuple(d.model_copy(update={"max_seat_price_cents": None}) for d in given.demands)}),
         "price caps"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_the_best_plan_would_be_cheaper_without_the_rule(rotterdam, forget, rule):
    assert prove(forget(rotterdam)).cents < prove(rotterdam).cents, rule
