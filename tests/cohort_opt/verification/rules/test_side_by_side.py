"""Side by side: a class holds both lines of a pair or neither."""

from cohort_opt.planning import propose
from cohort_opt.problem.records import SideBySide
from cohort_opt.verification.rules import side_by_side
from tests.builders import demand, make_instance
from tests.cohort_opt.verification.plans import broken, checked, message, planned

RULE = ("side_by_side",)
PAIR = [SideBySide(first="acme-drilling", second="bolt-drilling")]


def _pair(acme=8, bolt=4, **changes):
    lines = [demand("acme-drilling", count=acme), demand("bolt-drilling", count=bolt, **changes)]
    return make_instance(demands=lines, side_by_side=PAIR)


def test_both_sit_there_or_neither():
    assert broken(_pair(), planned({"acme-drilling": 8, "bolt-drilling": 4})) == ()
    assert broken(_pair(), without={"acme-drilling": 8, "bolt-drilling": 4}) == ()


def test_one_of_the_other_is_enough():
    assert broken(_pair(), planned({"acme-drilling": 8, "bolt-drilling": 1}), without={"bolt-drilling": 3}) == ()


def test_one_line_without_the_other_breaks_it():
    assert broken(_pair(), planned({"acme-drilling": 8}), without={"bolt-drilling": 4}) == RULE


def test_who_cannot_bring_the_other_waits():
    # Bolt may not travel there: acme's eight, who fill a class, wait with bolt's four: 12 x 1,000,000.
    assert propose(_pair(max_travel_km=5)).objective_cents == 12_000_000


def test_the_message_names_who_is_missing():
    assert message(_pair(), planned({"acme-drilling": 8}), without={"bolt-drilling": 4}).endswith(
        "Demand[acme-drilling] sits there without Demand[bolt-drilling] at its side"
    )


def test_it_applies_to_pairs():
    assert side_by_side.applies(_pair())
    assert not side_by_side.applies(make_instance())
    assert checked("side_by_side", _pair(), planned({"acme-drilling": 8, "bolt-drilling": 4})) == 1
