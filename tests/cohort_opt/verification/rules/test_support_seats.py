"""Support seats: trainees and support together find a seat."""

from cohort_opt.planning import propose
from cohort_opt.verification.rules import support_seats
from tests.builders import course, demand, make_instance
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("support_seats",)


def _lines(acme=8, bolt=4, **support):
    return make_instance(demands=[demand("acme-drilling", count=acme), demand("bolt-drilling", count=bolt, **support)])


def test_an_interpreter_takes_the_last_seat_and_not_one_more():
    # 8 + 3 + 1 = 12 of 12; 8 + 4 + 1 = 13.
    seats = {"acme-drilling": 8, "bolt-drilling": 3}
    assert broken(_lines(support_seats=1), planned(seats), without={"bolt-drilling": 1}) == ()
    assert broken(_lines(support_seats=1), planned({"acme-drilling": 8, "bolt-drilling": 4})) == RULE


def test_support_stays_away_with_its_line():
    assert broken(_lines(acme=12, support_seats=3), planned({"acme-drilling": 12}), without={"bolt-drilling": 4}) == ()


def test_one_of_twelve_waits_where_an_interpreter_comes_along():
    proposal = propose(_lines(support_seats=1))
    assert [entry.size for entry in proposal.classes] == [11]
    assert sum(row.count for row in proposal.unplaced) == 1


def test_support_costs_once_per_class_and_per_day():
    # Five days at 400 and 1,000 once: 3,000 more than without; nobody's seat is dearer for it.
    dear, plain = propose(_lines(support_cents_per_day=400, support_cents_once=1_000)), propose(_lines())
    assert dear.objective_terms.support == 3_000
    assert dear.objective_cents == plain.objective_cents + 3_000
    assert [entry.cost_cents for entry in dear.classes] == [entry.cost_cents for entry in plain.classes]


def test_who_waits_is_told_that_support_takes_the_seats():
    (entry,) = propose(_lines(support_seats=1)).unplaced
    assert "support_seats" in {reason.rule for reason in entry.reasons}


def test_the_message_names_both_figures():
    assert message(_lines(support_seats=2), planned({"acme-drilling": 8, "bolt-drilling": 4})).endswith(
        "trainees and support take 14 seats, there are 12"
    )


def test_it_applies_where_support_takes_a_seat():
    assert support_seats.applies(_lines(support_seats=1))
    assert not support_seats.applies(_lines(support_cents_once=1))
    assert checked("support_seats", _lines(), planned({"acme-drilling": 8, "bolt-drilling": 4})) == 0


def test_support_counts_like_trainees_where_more_are_seated_than_there_are_seats():
    # Four of five come: 12 seats take 15 at the start; 14 and one for support are 15, 15 and one are 16.
    def course_of(lines):
        return make_instance(courses=[course(show_percent=80)], demands=lines)

    lines = [demand("acme-drilling", count=11), demand("bolt-drilling", count=4, support_seats=1)]
    seats = {"acme-drilling": 10, "bolt-drilling": 4}
    assert broken(course_of(lines), planned(seats), without={"acme-drilling": 1}) == ()
    assert broken(course_of(lines), planned({**seats, "acme-drilling": 11})) == RULE
