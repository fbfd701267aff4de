"""The template: valid as it is, explained in every header, with lists to choose from; and filled in as a planner would."""

import openpyxl
import pytest

from cohort_opt.problem.read import read_instance
from cohort_opt.problem.sheets.layout import README_SHEET, SHEETS
from cohort_opt.problem.template import example, write_template


@pytest.fixture
def path(tmp_path):
    """Return a fresh template."""
    write_template(tmp_path / "template.xlsx")
    return tmp_path / "template.xlsx"


def test_the_template_is_a_valid_instance_as_it_is(path):
    assert read_instance(path) == example()


def test_the_template_has_every_sheet_with_an_example_row_and_every_header_is_explained(path):
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [README_SHEET, *(sheet.name for sheet in SHEETS)]
    for sheet in SHEETS:
        headers = book[sheet.name][1]
        assert [cell.value for cell in headers] == [column.header for column in sheet.columns]
        assert all(column.note in cell.comment.text for cell, column in zip(headers, sheet.columns, strict=True))
        assert book[sheet.name].max_row >= 2


def test_the_read_me_names_every_column(path):
    cells = [cell.value for row in openpyxl.load_workbook(path)[README_SHEET].iter_rows() for cell in row]
    for sheet in SHEETS:
        assert sheet.name in cells
        assert all(column.header in cells and column.note in cells for column in sheet.columns)


def test_ids_weekdays_patterns_and_truths_are_chosen_from_lists(path):
    book = openpyxl.load_workbook(path)
    lists = {
        (sheet.title, str(v.sqref)): v.formula1
        for sheet in book.worksheets for v in sheet.data_validations.dataValidation if v.type == "list"
    }  # fmt: skip
    assert lists["demands", "B2:B1001"] == "companies!$A$2:$A$1001"
    assert lists["demands", "J2:J1001"] == '"yes,no"'
    assert lists["demands", "I2:I1001"] == '"block,day_release,block day_release"'
    assert "mon" in lists["offerings", "J2:J1001"]
    assert "block 5" in lists["courses", "F2:F1001"]
    assert all(len(formula) <= 255 for formula in lists.values())  # the longest that spreadsheets accept


def test_the_template_is_the_same_bytes_each_time(path, tmp_path):
    write_template(tmp_path / "again.xlsx")
    assert path.read_bytes() == (tmp_path / "again.xlsx").read_bytes()


def test_a_planner_adds_a_company_and_its_demand_by_hand(path):
    book = openpyxl.load_workbook(path)
    for column, value in enumerate(["cito", "Cito Roofs", "Delft", 52.0116, 4.3571], start=1):
        book["companies"].cell(4, column, value)
    demand = ["cito-drilling", "cito", "drilling", 3, "2027-03-08", "2027-05-31", 40, "mon tue wed thu fri", None, "yes"]
    for column, value in enumerate(demand, start=1):
        book["demands"].cell(4, column, value)
    book.save(path)
    found = next(d for d in read_instance(path).demands if d.id == "cito-drilling")
    assert (found.count, found.together, found.patterns, found.unplaced_cents) == (3, True, ("block", "day_release"), None)
