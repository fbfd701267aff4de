import re

import pytest

from cohort_opt.explanation import class_for_company, explain_class, explain_classes, explain_unplaced, unplaced_for_company
from cohort_opt.explanation.sentence import say, shown
from cohort_opt.problem.records import DatePeriod, OutsideOptions
from tests.builders import (
    RUN,
    company,
    course,
    day,
    demand,
    gap_number,
    make_instance,
    offering,
    prices,
    room,
    too_few_for_a_class,
    two_classes_one_bay,
)

RUN_2 = "drilling-academy/2027-03-08/block5"


@pytest.fixture
def reasons(make_case):
    """Return the reasons of every waiting line, by line and rule; every fact must stand in its sentence."""

    def explain(instance, opened):
        case = make_case(instance, opened)
        found = explain_unplaced(case.instance, case.candidates, case.solution)
        for reason in (r for line in found.values() for r in line):
            assert all(shown(name, value) in reason.sentence for name, value in reason.facts.items()), reason
        return {line: {reason.rule: reason for reason in line_reasons} for line, line_reasons in found.items()}

    return explain


def test_fourteen_trainees_are_a_gap_number_for_classes_of_eight_to_twelve(reasons):
    # One class holds 8 to 12, two hold 16 to 24: of 14, two must wait, or two more must come.
    found = reasons(gap_number(), {RUN: [[("acme-drilling", 9), ("bolt-drilling", 3)]]})
    gap = found["bolt-drilling"]["gap_number"]
    assert gap.facts == {
        "total": 14, "course": "Drilling", "min_seats": 8, "max_seats": 12, "fits": 12, "next_fit": 16, "over": 2, "missing": 2,
    }  # fmt: skip
    assert "hold 12 or 16 but nothing between" in gap.sentence


def test_sixteen_trainees_are_no_gap_number(reasons):
    # Two classes of 8.
    instance = make_instance(
        demands=[demand("acme-drilling", count=12), demand("bolt-drilling", count=4)],
        offerings=[offering(last_start=day(weeks=1))],
    )
    assert "gap_number" not in reasons(instance, {RUN: [[("acme-drilling", 12)]]})["bolt-drilling"]


def test_lines_that_never_meet_are_not_counted_into_one_gap_number(reasons):
    # 9 + 5 = 14, but bolt comes only from week 1 on and acme only in week 0: bolt's 5 are too few for the run of week 1.
    instance = make_instance(
        demands=[
            demand("acme-drilling", count=9, latest_start=day()),
            demand("bolt-drilling", count=5, earliest_start=day(weeks=1)),
        ],
        offerings=[offering(last_start=day(weeks=1))],
    )
    found = reasons(instance, {RUN: [[("acme-drilling", 9)]]})["bolt-drilling"]
    assert set(found) == {"too_few"}
    assert found["too_few"].facts == {"can_attend": 5, "course": "Drilling", "min_seats": 8}


def test_seven_trainees_are_too_few_for_a_class_of_eight(reasons):
    found = reasons(too_few_for_a_class(), {})
    assert found["acme-drilling"]["too_few"].facts == {"can_attend": 7, "course": "Drilling", "min_seats": 8}


def test_a_line_that_no_run_suits_is_told_which_rules_close_how_many_runs(reasons):
    # Two runs, Monday of week 0 and of week 1. bolt is 20 km away and travels 5; it may start in week 1 only; it is closed on
    # Tuesday of week 0. So travel closes 2, the window 1, the closed day 1.
    instance = make_instance(
        companies=[
            company("acme"),
            company("bolt", closed=(DatePeriod(first=day(days=1), last=day(days=1), name="stocktaking"),)),
        ],
        demands=[
            demand("acme-drilling", count=8),
            demand("bolt-drilling", count=4, max_travel_km=5, earliest_start=day(weeks=1)),
        ],
        offerings=[offering(last_start=day(weeks=1))],
    )
    found = reasons(instance, {RUN: [[("acme-drilling", 8)]]})["bolt-drilling"]
    assert found["no_run"].facts["rules"] == "travel_limit 2, company_closed_days 1, start_window 1"
    assert found["travel_limit"].facts == {"runs": 2, "travel_km": 20, "limit_km": 5, "site": "academy"}
    assert found["company_closed_days"].facts == {"runs": 1, "date": "2027-03-02", "closure": "stocktaking"}
    assert set(found) == {"no_run", "travel_limit", "company_closed_days", "start_window"}


def test_the_window_speaks_of_the_nearest_start(reasons):
    # Starts on 1 and 8 March; bolt may start from 15 March on: 8 March is the nearer.
    instance = make_instance(
        demands=[demand("acme-drilling", count=8), demand("bolt-drilling", count=4, earliest_start=day(weeks=2))],
        offerings=[offering(last_start=day(weeks=1))],
    )
    assert reasons(instance, {})["bolt-drilling"]["start_window"].facts["start"] == "2027-03-08"


def test_a_start_that_the_calendar_refuses_is_a_reason_too(reasons):
    # The only start, 1 March, is a closed day: no run is offered at all.
    calendar = make_instance().calendar.model_copy(update={"closed": (DatePeriod(first=day(), last=day(), name="feast"),)})
    found = reasons(make_instance(calendar=calendar), {})["acme-drilling"]
    assert found["no_run"].facts["runs"] == 0
    assert found["calendar"].facts == {"runs": 1, "run": RUN}


def test_a_price_cap_that_no_full_class_satisfies_is_told_with_the_price(reasons):
    # A full class of 12 costs 1,172,000 / 12 = 97,666.67 a seat, rounded up 97,667.
    instance = make_instance(
        demands=[demand("acme-drilling", count=8), demand("bolt-drilling", count=4, max_seat_price_cents=90_000)]
    )
    found = reasons(instance, {RUN: [[("acme-drilling", 8)]]})["bolt-drilling"]
    assert found["price_cap"].facts == {"runs": 1, "max_seats": 12, "price_of_a_full_class_cents": 97_667, "cap_cents": 90_000}
    assert "EUR 900.00" in found["price_cap"].sentence


def test_a_price_cap_that_the_demand_cannot_reach_is_told_with_the_size_it_needs(reasons):
    # At most 100,000 a seat: 950,000 / (100,000 - 18,500) = 11.66, so 12; only 8 + 3 = 11 could attend.
    instance = make_instance(
        demands=[demand("acme-drilling", count=8), demand("bolt-drilling", count=3, max_seat_price_cents=100_000)]
    )
    found = reasons(instance, {RUN: [[("acme-drilling", 8)]]})["bolt-drilling"]
    assert found["price_cap"].facts == {"cap_cents": 100_000, "least_size": 12, "can_attend": 11}


def test_a_price_cap_keeps_the_line_out_of_a_class_that_is_not_full_enough(reasons):
    # cito's 3 waited elsewhere, so 8 + 3 = 11 sit together although 12 are needed and 14 could come.
    instance = make_instance(
        companies=[company(c) for c in ("acme", "bolt", "cito")],
        distances=[],
        demands=[
            demand("acme-drilling", count=8),
            demand("bolt-drilling", count=3, max_seat_price_cents=100_000),
            demand("cito-drilling", count=3),
        ],
    )
    found = reasons(instance, {RUN: [[("acme-drilling", 8)]]})["bolt-drilling"]
    assert found["price_cap"].facts == {"cap_cents": 100_000, "class_id": RUN + "#1", "least_size": 12, "size": 8, "count": 3}


def test_a_line_that_goes_together_finds_too_few_free_seats(reasons):
    # 12 - 9 = 3 free seats, 4 go together.
    instance = make_instance(demands=[demand("acme-drilling", count=9), demand("bolt-drilling", count=4, together=True)])
    found = reasons(instance, {RUN: [[("acme-drilling", 9)]]})["bolt-drilling"]
    assert found["parts"].facts == {"smallest_part": 4, "class_id": RUN + "#1", "free_seats": 3}


def test_a_full_class_is_a_reason(reasons):
    instance = make_instance(demands=[demand("acme-drilling", count=12), demand("bolt-drilling", count=8)])
    found = reasons(instance, {RUN: [[("acme-drilling", 12)]]})["bolt-drilling"]
    assert found["class_full"].facts == {"classes": 1, "course": "Drilling", "class_id": RUN + "#1", "size": 12}


def test_a_bay_that_is_in_use_on_the_only_days_is_a_reason(reasons):
    # Sawing may start on 1 March only; the one bay and the one instructor serve drilling that week.
    instance = make_instance(
        courses=[course("drilling"), course("sawing")],
        offerings=[offering(), offering("sawing-academy", course="sawing")],
        demands=[demand("acme-drilling", count=8), demand("bolt-sawing", course_id="sawing", count=8)],
    )
    found = reasons(instance, {RUN: [[("acme-drilling", 8)]]})["bolt-sawing"]
    assert found["resource_full"].facts == {"runs": 1, "course": "Sawing", "pool": "bay", "date": "2027-03-01", "capacity": 1}


def test_a_second_bay_takes_the_reason_away_and_the_instructor_gives_it_back(reasons):
    instance = make_instance(
        courses=[course("drilling"), course("sawing")],
        rooms=[room(count=2)],
        offerings=[offering(), offering("sawing-academy", course="sawing")],
        demands=[demand("acme-drilling", count=8), demand("bolt-sawing", course_id="sawing", count=8)],
    )
    assert reasons(instance, {RUN: [[("acme-drilling", 8)]]})["bolt-sawing"]["resource_full"].facts["pool"] == "crew"


def test_a_company_that_lets_no_more_go_on_that_day_is_a_reason(reasons):
    # 6 of acme's 9 may be away on one day and 6 sit in the class; the class of 6 + 4 has 2 seats free.
    instance = make_instance(companies=[company("acme", max_away_per_day=6), company("bolt")],
                             demands=[demand("acme-drilling", count=9), demand("bolt-drilling", count=4)])  # fmt: skip
    found = reasons(instance, {RUN: [[("acme-drilling", 6), ("bolt-drilling", 4)]]})["acme-drilling"]
    assert found["company_absence"].facts == {"max_away_per_day": 6, "date": "2027-03-01"}


def test_a_class_that_costs_more_than_leaving_is_not_worth_it(reasons):
    # 9 trainees: 950,000 + 9 x 18,500 = 1,116,500 + journeys 10,000 + 16,000 = 1,142,500 against 9 x 100,000 = 900,000.
    # With the least size 8, one of bolt's (4,000 journey + 18,500 seat = 22,500, saves 77,500) stays away: dearer. So all 9.
    instance = make_instance(prices=prices(unplaced_cents=100_000))
    found = reasons(instance, {})["acme-drilling"]
    assert found["not_worth_it"].facts == {
        "course": "Drilling", "size": 9, "run": RUN, "cost_cents": 1_142_500, "unplaced_cents": 900_000,
    }  # fmt: skip


def test_a_free_seat_that_costs_more_than_leaving_is_not_worth_it(reasons):
    # A seat 18,500 + journey 20 km x 2 x 5 x 20 = 4,000: 22,500 against 20,000.
    instance = make_instance(demands=[demand("acme-drilling", count=8), demand("bolt-drilling", count=4, unplaced_cents=20_000)])
    found = reasons(instance, {RUN: [[("acme-drilling", 8)]]})["bolt-drilling"]
    assert found["not_worth_it"].facts == {"class_id": RUN + "#1", "seat_cents": 22_500, "unplaced_cents": 20_000}


def test_where_no_rule_speaks_the_rest_of_the_plan_does(reasons):
    # A free seat, cheaper than leaving: only a search that ended early leaves bolt out.
    found = reasons(make_instance(demands=[demand("acme-drilling", count=8), demand("bolt-drilling", count=4)], offerings=[
        offering(max_parallel=1)]), {RUN: [[("acme-drilling", 8)]]})["bolt-drilling"]  # fmt: skip
    assert set(found) == {"rest_of_plan"}


def test_a_class_says_why_it_opens_and_what_the_next_best_is(make_case):
    # 12 x 18,500 + 950,000 = 1,172,000, 97,667 a seat; free journeys; against 12 x 1,000,000. The week after is as cheap.
    case = make_case(gap_number(), {RUN: [[("acme-drilling", 9), ("bolt-drilling", 3)]]})
    opened, next_best, *rest = explain_class(case.instance, case.candidates, case.solution, case.solution.classes[0])
    assert (opened.rule, opened.facts) == (
        "opened",
        {
            "size": 12,
            "min_seats": 8,
            "max_seats": 12,
            "seat_price_cents": 97_667,
            "cost_cents": 1_172_000,
            "unplaced_cents": 12_000_000,
        },
    )
    assert next_best.facts == {"size": 12, "run": RUN_2, "state": "free"}
    assert explain_classes(case.instance, case.candidates, case.solution) == {RUN + "#1": (opened, next_best, *rest)}


def test_a_class_dearer_than_leaving_does_not_claim_to_be_cheaper(make_case):
    case = make_case(make_instance(prices=prices(unplaced_cents=100_000)), {RUN: [[("acme-drilling", 5), ("bolt-drilling", 4)]]})
    opened, alone = explain_class(case.instance, case.candidates, case.solution, case.solution.classes[0])
    assert opened.rule == "opened_dear"
    assert alone.sentence == "No other run suits all 9 trainees of this class."


def test_a_sentence_that_keeps_a_fact_back_is_refused():
    with pytest.raises(ValueError, match="the sentence uses"):
        say("gap_number", "{total} trainees", total=14, over=2)


def test_cents_are_read_as_euros():
    assert [shown("cap_cents", c) for c in (0, 5, 123_456_789, -150)] == ["EUR 0.00", "EUR 0.05", "EUR 1,234,567.89", "EUR -1.50"]


OTHERS = make_instance(
    name="a line of each fate",
    companies=[company(c) for c in ("acme", "bolt", "cito")],
    distances=[],
    demands=[
        demand("acme-drilling", count=9),
        demand("bolt-drilling", count=4, together=True, outside=OutsideOptions(list_price_cents=90_000)),
        demand("cito-drilling", count=1, max_seat_price_cents=99_000),
    ],
)


def test_a_company_reads_no_figure_of_another(make_case):
    # The class holds acme's 9; 3 seats are free. Of bolt's reasons none is for bolt; what stays names its own 4 and the course.
    case = make_case(OTHERS, {RUN: [[("acme-drilling", 9)]]})
    reasons = explain_unplaced(case.instance, case.candidates, case.solution)
    (told,) = unplaced_for_company(reasons["bolt-drilling"], "Drilling", 4)
    assert told.rule == "no_place"
    assert re.findall(r"\d+", told.sentence) == ["4"]


def test_the_planner_only_causes_read_alike_for_a_company(make_case):
    full = make_case(gap_number(), {RUN: [[("acme-drilling", 9), ("bolt-drilling", 3)]]})
    few = make_case(too_few_for_a_class(), {})
    told = [
        unplaced_for_company(explain_unplaced(c.instance, c.candidates, c.solution)["bolt-drilling"], "Drilling", 2)
        for c in (full, few)
    ]
    assert told[0] == told[1]


def test_a_company_reads_that_its_own_window_keeps_it_out(make_case):
    instance = make_instance(demands=[demand("acme-drilling", count=8), demand("bolt-drilling", count=4, max_travel_km=5)])
    case = make_case(instance, {RUN: [[("acme-drilling", 8)]]})
    told = unplaced_for_company(explain_unplaced(instance, case.candidates, case.solution)["bolt-drilling"], "Drilling", 4)
    assert [reason.rule for reason in told] == ["no_run", "travel_limit"]


def test_a_member_reads_that_its_class_opens_without_its_size(make_case):
    case = make_case(gap_number(), {RUN: [[("acme-drilling", 9), ("bolt-drilling", 3)]]})
    (told,) = class_for_company(explain_classes(case.instance, case.candidates, case.solution)[RUN + "#1"])
    assert told.facts == {}
    assert not re.search(r"\d", told.sentence)


def test_a_cheaper_run_that_the_plan_could_not_have_is_called_cheaper(make_case):
    # Both classes want the one bay in week 0; the one that starts in week 1 pays 8 x 1,000 cents of waiting more.
    later = "sawing-academy/2027-03-08/block5"
    case = make_case(two_classes_one_bay(), {RUN: [[("acme-drilling", 8)]], later: [[("bolt-sawing", 8)]]})
    found = explain_classes(case.instance, case.candidates, case.solution)[later + "#1"]
    sentence = next(reason.sentence for reason in found if reason.rule == "next_best")
    assert "sawing-academy/2027-03-01/block5 would be EUR 80.00 cheaper; its room and instructor are in use" in sentence


def test_a_full_class_says_whom_it_keeps_out(make_case):
    # 12 of 14 sit in it; the two who wait could attend it too, at 2 times the price of no seat.
    case = make_case(gap_number(), {RUN: [[("acme-drilling", 9), ("bolt-drilling", 3)]]})
    found = explain_classes(case.instance, case.candidates, case.solution)[RUN + "#1"]
    facts = next(reason.facts for reason in found if reason.rule == "kept_out")
    assert facts == {"size": 12, "waiting": 2, "unplaced_cents": 2 * case.instance.prices.unplaced_cents}
    roomy = make_case(gap_number(), {RUN: [[("acme-drilling", 9)]]})
    assert not any(r.rule == "kept_out" for r in explain_classes(roomy.instance, roomy.candidates, roomy.solution)[RUN + "#1"])
