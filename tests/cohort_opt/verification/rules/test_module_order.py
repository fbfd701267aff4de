"""Module order: each seat in the following module follows a seat in the first one, at the right distance."""

import pytest

from cohort_opt.planning import propose
from cohort_opt.verification.rules import module_order
from tests.builders import company, course, day, demand, instructor, make_instance, offering, room
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("module_order",)


def _two_modules(least_gap=1, most_gap=None, first=8, second=8):
    """Return acme's drillers who saw afterwards; drilling starts in week 0, 1 or 2, sawing in week 1, 2 or 3."""
    follows = {"after": "acme-drilling", "min_gap_days": least_gap, "max_gap_days": most_gap}
    return make_instance(
        companies=[make_instance().companies[0]],
        rooms=[room(count=2)],
        instructors=[instructor(count=2)],
        courses=[course("drilling", min_seats=4), course("sawing", min_seats=4)],
        offerings=[
            offering(last_start=day(weeks=2)),
            offering("sawing-academy", course="sawing", first_start=day(weeks=1), last_start=day(weeks=3)),
        ],
        demands=[demand("acme-drilling", count=first), demand("acme-sawing", course_id="sawing", count=second, **follows)],
        distances=make_instance().distances[:1],
    )


def _drilling(week, count):
    return planned({"acme-drilling": count}, start=day(weeks=week))


def _sawing(week, count):
    return planned({"acme-sawing": count}, offering="sawing-academy", course="sawing", start=day(weeks=week))


# Drilling of week 0 ends on Friday; sawing of week 1 starts three days later, on Monday.
@pytest.mark.parametrize(("least", "most", "expected"), [(3, None, ()), (4, None, RULE), (1, 3, ()), (1, 2, RULE)])
def test_the_gap_runs_from_the_last_day_to_the_first(least, most, expected):
    assert broken(_two_modules(least, most), _drilling(0, 8), _sawing(1, 8)) == expected


def test_the_following_module_needs_the_first_one():
    assert broken(_two_modules(), _sawing(1, 8), without={"acme-drilling": 8}) == RULE
    assert broken(_two_modules(), _drilling(0, 8), without={"acme-sawing": 8}) == ()


def test_no_more_follow_than_sat_in_the_first_module():
    assert broken(_two_modules(), _drilling(0, 7), _sawing(1, 8), without={"acme-drilling": 1}) == RULE
    assert broken(_two_modules(), _drilling(0, 7), _sawing(1, 7), without={"acme-drilling": 1, "acme-sawing": 1}) == ()


def test_a_seat_gives_way_to_one_that_has_no_other():
    # Sawing in week 2 may follow both drillings, sawing in week 1 only the first: it takes that one.
    classes = (_drilling(0, 4), _drilling(1, 4), _sawing(1, 4), _sawing(2, 4))
    assert broken(_two_modules(), *classes) == ()
    # Within nine days the second sawing may follow only the second drilling, and both still fit.
    assert broken(_two_modules(most_gap=9), *classes) == ()
    assert broken(_two_modules(least_gap=4), *classes) == RULE


def test_a_plan_keeps_the_order():
    # Drilling in week 0: 950,000 + 8 x 18,500 + 8 x 2,000. Sawing three weeks after it waits three weeks: 8 x 3 x 1,000 more.
    one = 950_000 + 8 * 18_500 + 8 * 2_000
    assert propose(_two_modules(15)).objective_cents == 2 * one + 24_000
    assert propose(_two_modules()).objective_cents == 2 * one + 8_000


def test_the_message_names_both_lines_and_the_gap():
    assert message(_two_modules(4, 9), _drilling(0, 8), _sawing(1, 8)) == (
        "Demand[acme-sawing]: of its 8 seats only 0 follow a seat of Demand[acme-drilling] by 4 to 9 days"
    )


def test_it_applies_where_a_line_follows():
    assert module_order.applies(_two_modules())
    assert not module_order.applies(make_instance())
    assert checked("module_order", _two_modules(), _drilling(0, 8), _sawing(1, 8)) == 1


def test_those_with_weak_basics_sit_in_the_bridging_module_first():
    # Of acme's eight two need the bridging module in the first week; the main course starts in the first and in the fourth week.
    main = {"course": "drilling", "first_start": day(), "last_start": day(3), "every_weeks": 3}
    lines = [
        demand("acme-basics", course_id="basics", count=2),
        demand("acme-drilling", count=6),
        demand("acme-weak", company_id="acme", count=2, after="acme-basics", min_gap_days=3),
    ]  # fmt: skip
    region = {
        "companies": [company("acme")], "distances": [], "rooms": [room(count=2)], "instructors": [instructor(count=2)],
        "courses": [course("basics", min_seats=2), course("drilling")],
        "offerings": [offering(**main), offering("basics-academy", course="basics", fixed_cents=1_000)],
    }  # fmt: skip
    starts = {entry.course: entry.start for entry in propose(make_instance(demands=lines, **region)).classes}
    assert starts == {"basics": day(), "drilling": day(3)}
    # Without the bridging module the main course need not wait.
    free = [line.model_copy(update={"after": None}) for line in lines]
    starts = {entry.course: entry.start for entry in propose(make_instance(demands=free, **region)).classes}
    assert starts == {"basics": day(), "drilling": day()}
