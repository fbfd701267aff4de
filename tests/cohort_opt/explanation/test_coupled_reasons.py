"""Whoever waits because of a rule between trainees or between classes is told so, by the name of the rule."""

import pytest

from cohort_opt.planning import propose
from cohort_opt.problem.fields import Weekday
from cohort_opt.problem.records import Apart, CombinedCourse, Commitment, OutsideOptions, Reservation, SideBySide
from tests.builders import MONDAY, RUN, company, course, day, demand, make_instance, offering, room, site


def told(instance, line):
    """Return the reasons of a line without a seat, by rule."""
    proposal = propose(instance)
    (entry,) = [found for found in proposal.unplaced if found.demand == line]
    return {reason.rule: reason for reason in entry.reasons}


def lines(bolt=4, **changes):
    return [demand("acme-drilling", count=8), demand("bolt-drilling", count=bolt, **changes)]


OUTSIDE = OutsideOptions(list_price_cents=1)


@pytest.mark.parametrize(
    ("rule", "changes", "facts"),
    [
        (
            "combination",
            {
                "courses": [course("drilling"), course("sawing")],
                "offerings": [offering(combines=(CombinedCourse(course="sawing", max_seats=3),))],
                "demands": [demand("acme-drilling", count=8), demand("bolt-drilling", course_id="sawing", count=4)],
            },
            {"course": "Sawing", "max_seats": 3},
        ),
        (
            "reservation",
            {
                "companies": [company("acme"), company("bolt"), company("cito")],
                "offerings": [offering(reserved=(Reservation(company="cito", seats=2, until=MONDAY),))],
                "demands": lines(),
            },
            {"seats": 2},
        ),
        (
            "apart",
            {"demands": lines(), "apart": [Apart(first="acme", second="bolt", of="companies")]},
            {"other": "acme-drilling"},
        ),
        (
            "side_by_side",
            {
                "demands": [*lines(), demand("bolt-far", company_id="bolt", count=1, weekdays=(Weekday.TUE,))],
                "side_by_side": [SideBySide(first="bolt-drilling", second="bolt-far")],
            },
            {"partner": "bolt-far"},
        ),
        (
            "module_order",
            {
                "courses": [course("drilling"), course("sawing")],
                "demands": [
                    demand("acme-drilling", count=8),
                    demand("bolt-first", company_id="bolt", course_id="sawing", count=4),
                    demand("bolt-drilling", count=4, after="bolt-first"),
                ],
                "offerings": [offering(), offering("sawing-academy", course="sawing")],
            },
            {"first": "bolt-first", "seated": 0},
        ),
        (
            "site_load",
            {
                "sites": [site(), site("farm", min_seats_per_year=9)],
                "rooms": [room(), room("barn", site="farm")],
                "courses": [course("drilling"), course("sawing")],
                "offerings": [
                    offering(),
                    offering("sawing-farm", course="sawing", site="farm", room="barn", first_start=day(1), last_start=day(1)),
                ],
                "demands": [demand("acme-drilling", count=8), demand("bolt-drilling", course_id="sawing", count=8)],
                "distances": [],
            },
            {"site": "farm", "year": 2027, "min_seats_per_year": 9},
        ),
        (
            # Eight of acme pay 950,000 / 8 = 118,750 and the seat; eight of bolt would pay 500,000 / 8 = 62,500 in another week.
            "price_spread",
            {
                "courses": [course("drilling", max_price_spread_cents=56_249)],
                "offerings": [offering(), offering("cheap", first_start=day(1), last_start=day(1), fixed_cents=500_000)],
                "demands": [
                    demand("acme-drilling", count=8, latest_start=MONDAY, unplaced_cents=9_000_000),
                    demand("bolt-drilling", count=8, earliest_start=day(1)),
                ],
            },
            {"size": 8, "apart_cents": 56_250, "limit_cents": 56_249},
        ),
        (
            "commitments",
            {
                "planning_date": MONDAY,
                "demands": [demand("acme-drilling", count=12), demand("bolt-drilling", count=4)],
                "commitments": [Commitment(demand="acme-drilling", run=RUN, start=MONDAY, count=12, state="started")],
            },
            {"seats": 12, "class_id": f"{RUN}#1"},
        ),
        ("budget", {"demands": lines(), "companies": [company("acme"), company("bolt", budget_cents=9)]}, {"budget_cents": 9}),
        ("stand_alone_price", {"demands": lines(not_above_alone=True, outside=OUTSIDE)}, {"size": 9, "needed": 13}),
    ],
)
def test_the_rule_that_keeps_a_line_out_of_a_class_with_free_seats_is_named(rule, changes, facts):
    reasons = told(make_instance(**changes), "bolt-drilling")
    assert rule in reasons
    assert {name: reasons[rule].facts[name] for name in facts} == facts


def test_too_few_firm_trainees_are_told_to_everybody_who_waits():
    unsure = demand("bolt-drilling", count=4, certainty="likely", probability_percent=60)
    instance = make_instance(demands=[demand("acme-drilling"), unsure])
    for line in ("acme-drilling", "bolt-drilling"):
        facts = told(instance, line)["firm_minimum"].facts
        assert (facts["firm"], facts["min_seats"]) == (5, 8)


def test_none_of_them_is_told_where_no_such_rule_stands():
    reasons = told(make_instance(demands=lines(bolt=9)), "bolt-drilling")
    assert set(reasons).isdisjoint({"combination", "reservation", "firm_minimum", "apart", "side_by_side", "module_order",
                                    "budget", "stand_alone_price"})  # fmt: skip


def test_a_promised_price_that_keeps_a_second_class_closed_is_named():
    # Twelve were promised a seat at (950,000 + 12 x 18,500) / 12 = 97,666.7. Four more ask; two classes of
    # eight would be cheaper than four who wait, and would break the promise.
    from cohort_opt.problem.records import Commitment
    from tests.builders import RUN, instructor

    held = [Commitment(demand="acme-drilling", run=RUN, start=MONDAY, count=12, seat_price_cents=97_667)]
    fields = {
        "demands": [demand("acme-drilling", count=12), demand("bolt-drilling", count=4)],
        "rooms": [room(count=2)],
        "instructors": [instructor(count=2)],
        "offerings": [offering(max_parallel=2)],
    }
    free = propose(make_instance(**fields))
    assert sorted(entry.size for entry in free.classes) == [8, 8]
    promised = make_instance(**fields, commitments=held)
    assert [entry.size for entry in propose(promised).classes] == [12]
    facts = told(promised, "bolt-drilling")["agreed_price"].facts
    assert (facts["waiting"], facts["needed"], facts["least_size"]) == (4, 16, 12)
