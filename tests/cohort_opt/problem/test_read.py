"""Reading: all problems at once, at the places where they were read; files of every kind and of none."""

import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohort_opt.errors import InstanceError
from cohort_opt.problem.read import MAX_SHOWN, instance_from_dict, instance_schema, read_instance
from tests.builders import everything_switched_on
from tests.cohort_opt.problem.documents import changed, codes_and_places, document, problems_of


def test_a_document_gives_the_instance_that_it_describes():
    assert instance_from_dict(document()) == everything_switched_on()


def test_reading_does_not_change_the_document():
    source = document()
    instance_from_dict(source)
    assert source == document()


def test_problems_of_fields_and_between_rows_come_together():
    source = document()
    source["demands"][0]["count"] = 0
    source["demands"][2]["company"] = "nobody"
    source["companies"][1]["latitude"] = "north"
    source["offerings"][1]["room"] = "attic"
    assert codes_and_places(source) == [
        ("wrong-type", "/companies/1/latitude"),
        ("out-of-range", "/demands/0/count"),
        ("unknown-reference", "/offerings/1/room"),
        ("unknown-reference", "/demands/2/company"),
    ]


def test_no_problem_follows_from_another():
    # A company, a course and the calendar that cannot be read: what refers to them is not told as unknown.
    source = document()
    source["companies"][0]["name"] = 5
    source["courses"][0]["min_seats"] = "8"
    source["calendar"]["end"] = "soon"
    source["prices"] = None
    del source["sites"]
    assert codes_and_places(source) == [
        ("invalid-date", "/calendar/end"),
        ("missing-field", "/prices"),
        ("wrong-type", "/companies/0/name"),
        ("wrong-type", "/courses/0/min_seats"),
        ("missing-field", "/sites"),
    ]


def test_a_row_without_a_readable_id_is_named_by_its_kind():
    (problem,) = problems_of(changed("demands/5/id", 7))
    assert problem.subject == "Demand"
    (problem,) = problems_of(changed("pins/0/count", 0))
    assert problem.subject == "Pin[acme-sawing, sawing-academy/2027-03-15/block5]"


def test_at_most_a_hundred_problems_are_shown_and_the_rest_is_counted():
    source = document(pins=[], bans=[])
    source["demands"] = [{**source["demands"][2], "id": f"d{i}", "count": 0} for i in range(MAX_SHOWN)]
    assert len(problems_of(source)) == MAX_SHOWN
    source["demands"] += [{**source["demands"][2], "id": f"e{i}", "company": "nobody"} for i in range(3)]
    *shown, last = problems_of(source)
    assert len(shown) == MAX_SHOWN
    assert (last.code, last.value) == ("more-problems", "3 more")


def test_one_bad_row_in_three_hundred_refuses_all():
    source = document(pins=[], bans=[])
    source["demands"] = [{**source["demands"][2], "id": f"d{i}"} for i in range(300)]
    assert problems_of(source) == ()
    source["demands"][177]["count"] = 501
    assert codes_and_places(source) == [("out-of-range", "/demands/177/count")]


def test_a_json_file_is_read(tmp_path):
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(document()), encoding="utf-8")
    assert read_instance(path) == everything_switched_on()
    assert read_instance(str(path)) == everything_switched_on()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("absent.json", "no-such-file"),
        ("plan.txt", "unknown-file-kind"),
        ("plan", "unknown-file-kind"),
        ("plan.xls", "unsupported-workbook"),
        ("plan.xlsm", "unsupported-workbook"),
        ("plan.ods", "unsupported-workbook"),
        ("empty folder", "no-sheets"),
        ("pipe.json", "unknown-file-kind"),
    ],
)
def test_a_path_that_holds_no_instance_is_answered_with_what_is_wanted(tmp_path, name, code):
    for other in ("plan.txt", "plan", "plan.xls", "plan.xlsm", "plan.ods"):
        (tmp_path / other).write_text("x", encoding="utf-8")
    (tmp_path / "empty folder").mkdir()
    os.mkfifo(tmp_path / "pipe.json")
    with pytest.raises(InstanceError) as caught:
        read_instance(tmp_path / name)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert problem.value == name
    assert problem.remedy
    assert str(tmp_path) not in str(problem)


def test_the_schema_says_bounds_meanings_and_what_is_needed():
    schema = instance_schema()
    demand = schema["$defs"]["Demand"]
    count = demand["properties"]["count"]
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert (count["type"], count["minimum"], count["maximum"]) == ("integer", 1, 500)
    assert demand["properties"]["earliest_start"]["format"] == "date"
    assert demand["additionalProperties"] is False
    assert "max_travel_km" in demand["required"]
    assert schema["$defs"]["Company"]["properties"]["max_away_per_day"]["anyOf"][0]["maximum"] == 500


def test_every_field_of_the_schema_has_a_description():
    schema = instance_schema()
    records = {"Instance": schema, **schema["$defs"]}
    fields = [(name, field, body) for name, record in records.items() for field, body in record.get("properties", {}).items()]
    assert len(fields) > 80
    assert [(name, field) for name, field, body in fields if not body.get("description")] == []


_ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=10)
    | st.sampled_from(["mon", "block", "acme", "*"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5) | st.sampled_from(["id", "kind"]), inner),
    max_leaves=8,
)


@given(st.data())
def test_whatever_stands_at_any_place_of_a_document_ends_in_problems_or_in_an_instance(data):
    source = document()
    target, steps = source, data.draw(st.integers(1, 5))
    for step in range(steps):
        keys = sorted(target) if isinstance(target, dict) else range(len(target))
        if not keys:
            break
        key = data.draw(st.sampled_from(list(keys)))
        if step == steps - 1 or not isinstance(target[key], dict | list):
            target[key] = data.draw(_ANY)
            break
        target = target[key]
    for problem in problems_of(source):
        assert problem.code
        assert problem.rule
        assert problem.remedy
        str(problem).encode()
