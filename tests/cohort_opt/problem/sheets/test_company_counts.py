"""A company's workbook: what is written is read back, in three languages, and every error has its cell."""

import io

import openpyxl
import pytest

from cohort_opt.errors import InstanceError
from cohort_opt.problem.sheets.company_counts import LANGUAGES, read_company_counts, write_company_counts

COURSES = {"drilling": "Diamond drilling", "sawing": "Wall sawing"}
FULL = {
    "course": "drilling", "count": 5, "earliest_start": "2027-03-01", "latest_start": "2027-04-01", "max_travel_km": 40,
    "weekdays": ["mon", "tue"], "patterns": ["block", "day_release"], "together": True, "max_seat_price_cents": 120_050,
    "line": "first",
}  # fmt: skip
SHORT = {"course": "sawing", "count": 2, "earliest_start": "2027-03-01", "latest_start": "2027-04-01", "max_travel_km": 30}


def changed(**cells):
    """Return the English workbook of both lines with other values in some cells."""
    book = openpyxl.load_workbook(io.BytesIO(write_company_counts(COURSES, [FULL, SHORT], "en")))
    for place, value in cells.items():
        book["trainees"][place] = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def places_of(data):
    with pytest.raises(InstanceError) as refused:
        read_company_counts(data, COURSES)
    return {(problem.pointer, problem.code) for problem in refused.value.problems}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_written_is_read_back_whatever_the_language(language):
    found = read_company_counts(write_company_counts(COURSES, [FULL, SHORT], language), COURSES)
    assert found.lines == (FULL, SHORT)


def test_a_course_is_offered_by_its_name():
    book = openpyxl.load_workbook(io.BytesIO(write_company_counts(COURSES, [], "nl")))
    lists = [validation.formula1 for validation in book["deelnemers"].data_validations.dataValidation]
    assert '"Diamond drilling,Wall sawing"' in lists
    assert '"ja,nee"' in lists


def test_a_course_may_be_given_by_name_or_id_in_any_case():
    found = read_company_counts(changed(A2="DIAMOND DRILLING", A3="sawing"), COURSES)
    assert [line["course"] for line in found.lines] == ["drilling", "sawing"]


def test_every_field_knows_its_cell():
    found = read_company_counts(changed(), COURSES)
    assert found.places["/lines/1/count"] == "trainees!B3"
    assert found.places["/lines/0/line"] == "trainees!J2"


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ("I2", "cheap", ("trainees!I2", "wrong-type")),
        ("H3", "perhaps", ("trainees!H3", "wrong-type")),
        ("B2", "=1+1", ("trainees!B2", "formula-cell")),
        ("K2", "a remark", ("trainees!K2", "bad-layout")),
        ("B1", "how many", ("trainees!B1", "unknown-field")),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(cell, value, expected):
    found = places_of(changed(**{cell: value}))
    assert expected in found, found


def test_a_workbook_of_something_else_is_refused_with_the_way_out():
    book = openpyxl.Workbook()
    target = io.BytesIO()
    book.save(target)
    with pytest.raises(InstanceError, match="deelnemers, trainees, Teilnehmer"):
        read_company_counts(target.getvalue(), COURSES)


def test_a_name_that_looks_like_a_formula_stays_text():
    data = write_company_counts({"x": "=1+1"}, [{**SHORT, "course": "x"}], "en")
    assert read_company_counts(data, {"x": "=1+1"}).lines[0]["course"] == "x"
