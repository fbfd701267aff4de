from cohort_opt.packs.thresholds import thresholds
from tests.builders import two_companies_one_class


def found(pack, scheme, facts, planned, conditions, members, amount, **fields):
    instance = two_companies_one_class()
    rules = pack([scheme("grant", conditions, [amount])])
    stated = facts({"acme-drilling": {}}, **fields)
    return thresholds(instance, [rules], stated, [planned(instance, members)])


def test_a_threshold_that_holds_shows_what_would_be_lost_below(pack, scheme, facts, planned, money):
    grant = {"kind": "participant", "cents": money(100)}
    members = {"acme-drilling": 5, "bolt-drilling": 4}
    (line,) = found(pack, scheme, facts, planned, [{"kind": "min_class_size", "seats": 9}], members, grant)
    assert (line.answer, line.actual, line.cash.expected) == ("yes", 9, 50_000)
    assert line.sentences() == (
        "drilling-academy/2027-03-01/block5#1: at least 9 participants at the start of the class holds (9); "
        "below it €500 (sample) of Grant is lost.",
    )


def test_a_threshold_that_fails_shows_what_is_lost_now(pack, scheme, facts, planned, money):
    grant = {"kind": "participant", "cents": money(100)}
    members = {"acme-drilling": 5, "bolt-drilling": 3}
    (line,) = found(pack, scheme, facts, planned, [{"kind": "min_class_size", "seats": 9}], members, grant)
    assert (line.answer, line.actual, line.cash.expected) == ("no", 8, 50_000)
    assert "does not hold (8); €500 (sample) of Grant is lost" in line.sentences()[0]


def test_two_failing_thresholds_leave_nothing_to_gain_from_one(pack, scheme, facts, planned, money):
    both = [{"kind": "min_class_size", "seats": 10}, {"kind": "min_weeks", "weeks": 2}]
    members = {"acme-drilling": 5, "bolt-drilling": 4}
    lines = found(pack, scheme, facts, planned, both, members, {"kind": "participant", "cents": money(100)})
    assert [(line.answer, line.cash.high) for line in lines] == [("no", 0), ("no", 0)]


def test_hours_that_nobody_stated_are_asked(pack, scheme, facts, planned, money):
    hours = [{"kind": "min_hours", "of": "taught", "hours": 200}]
    members = {"acme-drilling": 5, "bolt-drilling": 4}
    (line,) = found(pack, scheme, facts, planned, hours, members, {"kind": "participant", "cents": money(100)})
    assert (line.answer, line.actual, line.cash.low) == ("ask", None, 50_000)
    assert "is not known; €500 (sample)" in line.sentences()[0]


def test_attendance_is_known_later_and_its_loss_now(pack, scheme, facts, planned):
    at_cost = {"kind": "social_return_at_cost"}
    members = {"acme-drilling": 5, "bolt-drilling": 4}
    (line,) = found(pack, scheme, facts, planned, [{"kind": "attendance", "percent": 80}], members, at_cost)
    assert (line.later, line.cash.high, line.social_return.high) == (True, 0, 5 * 124_055)
