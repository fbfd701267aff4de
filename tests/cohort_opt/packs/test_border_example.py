"""The story of examples/border, figure by figure."""

from pathlib import Path

import pytest

from cohort_opt import propose, read_instance
from cohort_opt.packs import (
    border_report,
    classes_of,
    evaluate,
    harmonisation,
    load_packs,
    read_facts,
    setting_of_class,
    uncovered_risk,
)

FOLDER = Path(__file__).parents[3] / "examples" / "border"


@pytest.fixture(scope="module")
def region():
    instance = read_instance(FOLDER / "instance.json")
    return instance, load_packs([FOLDER / "packs"]), read_facts((FOLDER / "facts.json").read_bytes(), instance)


def sizes(evaluation):
    return sorted((planned.course, planned.size) for planned in classes_of(evaluation.proposal))


def test_eight_municipalities_and_three_packs(region):
    instance, packs, _ = region
    towns = {company.municipality for company in instance.companies}
    covered = [town for pack in packs for town in pack.jurisdiction.municipalities]
    assert (len(towns), len(packs)) == (8, 3)
    assert sorted(covered) == sorted(towns)
    assert {pack.status for pack in packs} == {"sample"}


def test_today_one_of_three_classes_opens(region):
    # Drilling has 2 + 2 of the river and 2 of the east = 6, sawing 3 + 2 + 2 + 2 = 9, fire stopping 3 + 3 = 6 without the east.
    today = evaluate(*region, propose)
    assert sizes(today) == [("sawing", 9)]
    assert (today.proposal.status, today.places, today.waiting) == ("optimal", 9, 23)


def test_without_packs_all_three_open(region):
    instance, _, _ = region
    assert sorted(entry.size for entry in propose(instance).classes) == [9, 10, 12]


@pytest.mark.parametrize(
    ("pack", "after", "gained"),
    [
        ("river-2027", [("drilling", 10), ("fire-stopping", 9), ("sawing", 12)], (2, 22)),
        ("north-2027", [("drilling", 10), ("sawing", 12)], (1, 13)),
        ("east-2027", [("drilling", 10), ("sawing", 12)], (1, 13)),
    ],
)
def test_agreeing_on_one_pack_opens_what_the_border_closed(region, pack, after, gained):
    result = harmonisation(*region, pack, propose)
    assert sizes(result.after) == after
    assert (result.classes_gained, result.places_gained) == gained


def test_the_gain_of_the_river_pack_in_euros(region):
    # Three classes: 3 * 950,000 + 31 * 18,500 = 3,423,500; today 950,000 + 9 * 18,500 = 1,116,500.
    result = harmonisation(*region, "river-2027", propose)
    assert result.cost_added_cents == 3_423_500 - 1_116_500
    # Grants today: 5 of the river at 200, 250, 300. For all: 31 * 200 = 6,200 and more, cut to the pot of 5,000.
    today, then = result.before.subsidies.total("cash"), result.after.subsidies.total("cash")
    assert (today.low, today.expected, today.high) == (100_000, 125_000, 150_000)
    assert (then.low, then.expected, then.high) == (500_000,) * 3
    assert result.after.subsidies.pots[0].is_short
    assert result.after.subsidies.pots[0].claimed.low == 620_000


def test_three_sawyers_are_worth_something_else_in_each_pack(region):
    instance, packs, facts = region
    (planned,) = classes_of(evaluate(*region, propose).proposal)
    setting = setting_of_class(instance, planned)
    report = border_report(instance, packs, facts, "alder-sawing", setting, ("Rotterdam", "Delft", "Gouda"), seats=3)
    expected = {row.scheme: [cell.cents.expected // 100 for cell in row.cells] for row in report.rows}
    # Grant: 3 * 250; Delft: venue outside and 9 < 10; Gouda: 9 < 10. Bonus: one of three is 55 on the first benefit day,
    # 15,000; one on the first course day, 10,000 * 2 years; two are 50 at the start of the employment, 2 * 5,000.
    assert expected == {"course_grant": [750, 0, 0], "older_bonus": [15_000, 20_000, 10_000]}


def test_two_sawyers_without_confirmed_insurance_are_the_uncovered_risk(region):
    instance, packs, facts = region
    (line,) = uncovered_risk(instance, packs, facts, classes_of(evaluate(*region, propose).proposal))
    # A seat of nine costs 1,116,500 / 9 = 124,056 rounded up; claw-back of one week, 250 to 350 each.
    assert (line.demand, line.what, line.seats.high, line.cost.high) == ("birch-sawing", "insured", 2, 2 * 124_056)
    assert (line.clawback.low, line.clawback.high) == (50_000, 70_000)


def test_refusing_uncovered_seats_leaves_seven_sawyers_and_no_class(region):
    # 9 - 2 = 7 are below the minimum of 8: the price of refusing is the whole class.
    refused = evaluate(*region, propose, "refuse")
    assert (refused.classes, refused.waiting) == (0, 32)
