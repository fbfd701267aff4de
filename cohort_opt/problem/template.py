"""A workbook that a planner can fill in: every sheet with explained headers, drop-down lists and rows of an example."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.sheets.grid import letters
from cohort_opt.problem.sheets.layout import README_SHEET, SHEETS, Column, Kind
from cohort_opt.problem.sheets.tables import tables
from cohort_opt.problem.sheets.workbook_writer import fill_sheet, new_workbook, put, workbook_bytes

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

ROWS_WITH_LISTS = 1_000
"""So many rows of each sheet have drop-down lists; more rows may be filled in without."""

_INTRODUCTION = (
    "Cohort Opt: the input of one planning period",
    "",
    "Fill in one sheet after the other, from left to right; overwrite the example rows.",
    "Each header carries a note with meaning, unit and range. Leave a cell empty where its note allows it.",
    "Give numbers as numbers and dates as dates; formulas, merged cells and hidden rows are refused with their address.",
    "Only settings, companies, courses, sites, rooms, instructors, offerings and demands must be there; others may go.",
    "Rows may stand in any order. This sheet is not read.",
    "Check the file with: cohort-opt validate FILE",
    "",
)


def write_template(path: str | Path) -> None:
    """Write the template workbook; what it holds is itself a valid instance.

    Raises
    ------
    InstanceError
        With `missing-extra` without openpyxl.
    """
    book = new_workbook()
    _write_readme(book.create_sheet(README_SHEET))
    for sheet, rows in tables(example()):
        target = book.create_sheet(sheet.name)
        fill_sheet(target, sheet, rows)
        for number, column in enumerate(sheet.columns, start=1):
            _explain(target, number, column)
            for validation in _validations(column):
                cells = f"{letters(number)}2:{letters(number)}{ROWS_WITH_LISTS + 1}"
                validation.add(cells)
                target.add_data_validation(validation)
    Path(path).write_bytes(workbook_bytes(book))


@cache
def example() -> Instance:
    """Return the small valid instance that the template starts with: three companies, two courses, one academy."""
    place = {"municipality": "Rotterdam", "latitude": 51.9225, "longitude": 4.4792}
    return Instance.model_validate(
        {
            "name": "Spring 2027 (example)",
            "calendar": {
                "start": "2027-03-01",
                "end": "2027-06-30",
                "closed": [{"first": "2027-03-29", "last": "2027-03-29", "name": "Easter Monday"}],
            },
            "prices": {"unplaced_cents": 500_000, "travel_cents_per_km": 23, "waiting_cents_per_week": 2_500},
            "companies": [
                {"id": "acme", "name": "Acme Concrete", **place, "max_away_per_day": 6},
                {"id": "cito", "name": "Cito Concrete", **place},
                {"id": "bolt", "name": "Bolt Builders", "municipality": "Schiedam", "latitude": 51.9194, "longitude": 4.3886,
                 "closed": [{"first": "2027-03-08", "last": "2027-03-12", "name": "stocktaking"}]},
            ],
            "courses": [{"id": "drilling", "name": "Diamond drilling", "trade": "concrete", "min_seats": 8, "max_seats": 12,
                         "patterns": [{"kind": "block", "days": 5}, {"kind": "day_release", "weeks": 5}]},
                        {"id": "sawing", "name": "Wall sawing", "trade": "concrete", "min_seats": 6, "max_seats": 10,
                         "patterns": [{"kind": "block", "days": 5}]}],
            "sites": [{"id": "academy", "name": "Harbour Academy", **place},
                      {"id": "hall", "name": "Hall for hire", "municipality": "Schiedam", "latitude": 51.92, "longitude": 4.4}],
            "areas": [{"id": "3011", "latitude": 51.9153, "longitude": 4.4807}],
            "rooms": [{"id": "bay", "name": "Practice bay", "site": "academy", "count": 2, "seats": 12,
                       "absences": [{"first": "2027-04-05", "last": "2027-04-09", "name": "repairs"}]}],
            "instructors": [{"id": "drillers", "name": "Drilling instructors", "count": 2,
                             "absences": [{"first": "2027-05-03", "last": "2027-05-07", "name": "leave"}]}],
            "offerings": [{"id": "drilling-academy", "course": "drilling", "site": "academy", "room": "bay",
                           "instructor": "drillers", "first_start": "2027-03-01", "last_start": "2027-05-31",
                           "fixed_cents": 950_000, "seat_cents": 18_500,
                           "combines": [{"course": "sawing", "max_seats": 3}],
                           "reserved": [{"company": "acme", "seats": 2, "until": "2027-02-01"}]}],
            "demands": [
                {"id": "acme-drilling", "company": "acme", "course": "drilling", "count": 5, "earliest_start": "2027-03-01",
                 "latest_start": "2027-05-31", "max_travel_km": 60, "together": True,
                 "outside": {"own_course_fixed_cents": 950_000, "own_course_seat_cents": 18_500}},
                {"id": "bolt-drilling", "company": "bolt", "course": "drilling", "count": 4, "earliest_start": "2027-03-01",
                 "latest_start": "2027-05-31", "max_travel_km": 60, "max_seat_price_cents": 160_000,
                 "outside": {"list_price_cents": 195_000, "travel_cents": 12_000}},
                {"id": "cito-sawing", "company": "cito", "course": "sawing", "count": 2, "earliest_start": "2027-03-01",
                 "latest_start": "2027-05-31", "max_travel_km": 60, "certainty": "likely", "probability_percent": 70},
            ],
            "distances": [{"company": "bolt", "site": "academy", "km": 8}],
            "site_distances": [{"first": "academy", "second": "hall", "km": 7, "minutes": 15}],
            "pins": [{"demand": "acme-drilling", "run": "drilling-academy/2027-03-15/block5", "count": 1}],
            "bans": [{"run": "drilling-academy/2027-03-01/block5"}],
            "planning_date": "2027-01-11",
            "commitments": [{"demand": "bolt-drilling", "run": "drilling-academy/2027-03-15/block5", "start": "2027-03-15",
                             "count": 4, "state": "published"}],
            "apart": [{"first": "bolt", "second": "cito", "of": "companies"}],
            "side_by_side": [{"first": "acme-drilling", "second": "bolt-drilling"}],
            "grants": [{"id": "g1", "demand": "acme-drilling", "run": "drilling-academy/2027-03-15/block5", "first_size": 8,
                        "cents": 25_000, "pot": "region-2027"}],
            "grant_pots": [{"id": "region-2027", "budget_cents": 500_000}],
            "seat_quotas": [{"id": "mentors", "kind": "mentors", "limit": 6,
                             "uses": [{"block": "acme", "demands": ["acme-drilling"]},
                                      {"block": "bolt", "demands": ["bolt-drilling"]}],
                             "allowances": [{"block": "acme", "free": 2}]}],
            "starter_tests": [{"id": "school", "name": "Three years of drilling", "min_starters": 8, "years": 3,
                               "first": "2027-03-01", "courses": ["drilling"],
                               "promised": [{"year": 2, "count": 9}, {"year": 3, "count": 8}]}],
        }
    )  # fmt: skip


def _write_readme(target: Worksheet) -> None:
    lines = [(text, "", "", "") for text in _INTRODUCTION] + [("Sheet", "Column", "Needed", "Meaning"), *_explanations()]
    for number, texts in enumerate(lines, start=1):
        for column, text in enumerate(texts, start=1):
            if text:
                put(target.cell(number, column), text)
    for letter, width in (("A", 22), ("B", 30), ("C", 9), ("D", 90)):
        target.column_dimensions[letter].width = width


def _explanations() -> Iterator[tuple[str, str, str, str]]:
    for sheet in SHEETS:
        yield sheet.name, "", "", sheet.note
        yield from (("", column.header, "yes" if column.required else "", column.note) for column in sheet.columns)


def _explain(target: Worksheet, number: int, column: Column) -> None:
    from openpyxl.comments import Comment

    note = Comment(f"{column.note}.\n({column.kind.value}{'' if column.required else '; may be empty'})", "cohort-opt")
    note.width, note.height = 320, 110
    target.cell(1, number).comment = note


def _validations(column: Column) -> Iterator[DataValidation]:
    """Yield what the spreadsheet itself should check or offer while a column is filled in."""
    from openpyxl.worksheet.datavalidation import DataValidation

    if column.choices and column.choices[0].endswith("!"):
        ids = f"{column.choices[0]}$A$2:$A${ROWS_WITH_LISTS + 1}"
        yield DataValidation(type="list", formula1=ids, allow_blank=True, showErrorMessage=False)
    elif column.choices and not any("," in choice for choice in column.choices):
        only_these = column.kind is Kind.TRUTH  # lists of words may be combined in other ways than those offered
        yield DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True,
                             showErrorMessage=only_these)  # fmt: skip
    elif column.choices:
        single = [choice for choice in column.choices if "," not in choice]
        yield DataValidation(type="list", formula1=f'"{",".join(single)}"', allow_blank=True, showErrorMessage=False)
    elif column.kind is Kind.WHOLE:
        yield _refusing(DataValidation(type="whole", operator="between", formula1="0", formula2="100000", allow_blank=True),
                        "a whole number")  # fmt: skip
    elif column.kind is Kind.EUROS:
        yield _refusing(DataValidation(type="decimal", operator="between", formula1="0", formula2="10000000", allow_blank=True),
                        "an amount in euros")  # fmt: skip
    elif column.kind is Kind.DATE:
        first, last = (str((day - dt.date(1899, 12, 30)).days) for day in (dt.date(2000, 1, 1), dt.date(2100, 12, 31)))
        yield _refusing(
            DataValidation(type="date", operator="between", formula1=first, formula2=last, allow_blank=True), "a date"
        )


def _refusing(validation: DataValidation, what: str) -> DataValidation:
    validation.showErrorMessage = True
    validation.error = f"This column holds {what}; see the note on its header."
    return validation
