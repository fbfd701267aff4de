"""The diff in words: what opened, closed, moved, and the price; nothing changed is a sentence too."""

from dataclasses import replace

import pytest

from service.diff import changes

NAMES = {
    "courses": [{"id": "drilling", "name": "Drilling"}],
    "sites": [{"id": "academy", "name": "Academy"}],
    "companies": [{"id": "acme", "name": "Acme"}, {"id": "bolt", "name": "Bolt"}],
}


def plan(*classes):
    return {
        "classes": [
            {
                "id": f"r{start}#1", "run": f"r{start}", "course": "drilling", "site": "academy", "start": start,
                "size": sum(seats.values()), "seat_price_cents": price,
                "members": [{"company": name, "demand": f"{name}.drilling", "count": count} for name, count in seats.items()],
            }
            for start, price, seats in classes
        ]
    }  # fmt: skip


def words(before, after, language="en"):
    return [change.sentence(language) for change in changes(before, after, NAMES)]


def test_the_same_plan_is_nothing_changed():
    same = plan(("2027-03-01", 100_000, {"acme": 5, "bolt": 4}))
    assert words(same, same) == ["Nothing changed."]


def test_a_class_that_moves_opens_closes_and_takes_its_people_along():
    before, after = plan(("2027-03-01", 100_000, {"acme": 8})), plan(("2027-03-08", 100_000, {"acme": 8}))
    assert words(before, after) == [
        "Drilling at Academy opens on 8 Mar 2027 with 8 trainees.",
        "Drilling at Academy on 1 Mar 2027 does not open any more (it had 8 trainees).",
        "Acme: 8 in Drilling move from 1 Mar 2027 to 8 Mar 2027.",
    ]


def test_a_company_that_joins_changes_size_and_price():
    before, after = plan(("2027-03-01", 120_000, {"acme": 8})), plan(("2027-03-01", 110_000, {"acme": 8, "bolt": 2}))
    assert words(before, after) == [
        "Drilling at Academy on 1 Mar 2027 grows from 8 to 10 trainees.",
        "Drilling at Academy on 1 Mar 2027: the price per seat goes from €1,200.00 to €1,100.00.",
        "Bolt: 2 more have a seat in Drilling.",
    ]


def test_who_loses_a_seat_is_named():
    before, after = plan(("2027-03-01", 100_000, {"acme": 8, "bolt": 2})), plan(("2027-03-01", 100_000, {"acme": 8}))
    assert words(before, after)[-1] == "Bolt: 2 lose their seat in Drilling."


def test_some_stay_and_some_move():
    before = plan(("2027-03-01", 1, {"acme": 8}))
    after = plan(("2027-03-01", 1, {"acme": 5}), ("2027-03-08", 1, {"acme": 3}))
    assert "Acme: 3 in Drilling move from 1 Mar 2027 to 8 Mar 2027." in words(before, after)


@pytest.mark.parametrize(("language", "sentence"), [("nl", "Er is niets veranderd."), ("de", "Es hat sich nichts geändert.")])
def test_it_is_said_in_the_language_of_the_reader(language, sentence):
    assert words(plan(), plan(), language) == [sentence]


# ---- why -------------------------------------------------------------------------------------------------------------------

OFFER = {
    "id": "drilling.academy",
    "course": "drilling",
    "site": "academy",
    "room": "r",
    "instructor": "i",
    "fixed_cents": 700_000,
}


def given(acme=8, bolt=2, **changes):
    """Return the input of a night: what the two ask for, and what the academy offers."""
    lines = [("acme", acme), ("bolt", bolt)]
    demands = [{"id": f"{who}.drilling", "company": who, "course": "drilling", "count": count, "max_travel_km": 30}
               for who, count in lines if count]  # fmt: skip
    return {**NAMES, "demands": demands, "offerings": [OFFER], "rooms": [], "instructors": [], "calendar": {}} | changes


FULL = {**plan(("2027-03-01", 100_000, {"acme": 8, "bolt": 2})), "objective_cents": 1_000_000}
ALONE = {**plan(("2027-03-01", 120_000, {"acme": 8})), "objective_cents": 960_000}


def reasons(before, after, earlier, later, language="en"):
    """Return the last sentence of each change."""
    found = changes(before, after, later, earlier)
    return [change.sentence(language).removeprefix(replace(change, because=None).sentence(language)).strip() for change in found]


def test_a_company_that_asks_for_less_is_the_cause():
    assert reasons(FULL, ALONE, given(), given(bolt=0)) == [
        "In all, 8 are asked for in this course instead of 10.",  # the class shrinks
        "The costs of the class are shared by 8 instead of 10.",  # the price
        "It asks for 0 instead of 2.",  # bolt loses its seats
    ]


def test_a_company_that_moves_its_dates_is_the_cause():
    later = given()
    later["demands"][1]["latest_start"] = "2027-02-01"
    assert reasons(FULL, ALONE, given(), later)[-1] == "It has changed its dates, its distance or its conditions."
    assert reasons(FULL, ALONE, given(), later)[0] == (
        "A company has changed its dates, its distance or its conditions in this course."
    )


def test_what_the_academy_offers_is_the_cause():
    dearer = given(offerings=[{**OFFER, "fixed_cents": 800_000}])
    assert set(reasons(FULL, ALONE, given(), dearer)) == {
        "The academy has changed what it offers for this course.", "The costs of the class are shared by 8 instead of 10.",
    }  # fmt: skip
    same_size = plan(("2027-03-01", 110_000, {"acme": 8, "bolt": 2}))
    assert reasons(FULL, same_size, given(), dearer) == ["The rates of the class have changed."]


def test_closed_days_of_a_company_are_the_cause():
    closed = [{**row, "closed": ["2027-03-01"]} if row["id"] == "bolt" else row for row in NAMES["companies"]]
    assert reasons(FULL, ALONE, given(), given(companies=closed))[-1] == "Its closed days have changed."


def test_where_nothing_of_a_course_has_changed_the_whole_plan_is_the_cause():
    assert reasons(FULL, ALONE, given(), given())[0] == (
        "Nothing was changed in this course; the plan as a whole costs €9,600.00 instead of €10,000.00."
    )


def test_without_the_earlier_input_no_cause_is_guessed():
    assert all(change.because is None for change in changes(FULL, ALONE, given()))


@pytest.mark.parametrize(
    ("language", "sentence"), [("nl", "Het vraagt nu 0 in plaats van 2."), ("de", "Es fragt jetzt nach 0 statt nach 2.")]
)
def test_the_cause_speaks_the_language_of_the_reader(language, sentence):
    assert reasons(FULL, ALONE, given(), given(bolt=0), language)[-1] == sentence
