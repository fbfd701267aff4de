"""The diff in words: what opened, closed, moved, and the price; nothing changed is a sentence too."""

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
