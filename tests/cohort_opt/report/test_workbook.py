import datetime as dt
import io
import re
import zipfile
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from cohort_opt.report.view import view
from cohort_opt.report.workbook import to_workbook


@pytest.fixture(scope="module")
def workbook(plan):
    return load_workbook(io.BytesIO(to_workbook(plan)))


def rows(sheet):
    header, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in body]


def cents(value):
    return int(Decimal(str(value)) * 100)


def test_there_are_five_sheets_with_frozen_headers(workbook):
    assert workbook.sheetnames == ["Classes", "Members", "Without a seat", "Cost per company", "Summary"]
    assert {sheet.freeze_panes for sheet in workbook} == {"A2"}
    assert all(sheet["A1"].font.bold and sheet.column_dimensions["A"].width >= 8 for sheet in workbook)


def test_figures_read_back_equal(workbook, plan):
    classes = rows(workbook["Classes"])
    assert [cents(row["cost_eur"]) for row in classes] == [item.entry.cost_cents for item in plan.classes]
    companies = {row["company"]: row for row in rows(workbook["Cost per company"])}
    for entry in plan.proposal.pooling:
        row = companies[entry.company]
        assert (cents(row["together_eur"]), cents(row["gain_eur"])) == (entry.together_cents, entry.gain_cents)
    assert sum(cents(row["share_eur"]) for row in rows(workbook["Members"])) == 4_614_000
    (waiting,) = rows(workbook["Without a seat"])
    assert (waiting["company"], waiting["without_a_seat"]) == ("ruff", 2)
    assert "one class holds 12, two need 16" in waiting["reasons"]
    summary = {row["item"]: row["value"] for row in rows(workbook["Summary"])}
    assert cents(summary["objective"]) == plan.proposal.objective_cents
    assert summary["fingerprint of the input"] == plan.proposal.instance_fingerprint


def test_dates_are_dates_and_euros_have_a_number_format(workbook):
    header = [cell.value for cell in workbook["Classes"][1]]
    day = workbook["Classes"].cell(2, header.index("first_day") + 1)
    assert day.value.date() == dt.date(2027, 3, 8)
    assert day.is_date
    assert day.number_format == "yyyy-mm-dd"
    price = workbook["Classes"].cell(2, header.index("seat_price_eur") + 1)
    assert (price.data_type, price.value) == ("n", 1048.64)
    assert "€" in price.number_format


def test_hostile_names_are_text_never_a_formula(hostile):
    book = load_workbook(io.BytesIO(to_workbook(view(*hostile))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert "'=1+1" in {cell.value for cell in cells}
    assert not [cell.value for cell in cells if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@"))]


def test_no_clock_is_in_the_file(plan):
    with zipfile.ZipFile(io.BytesIO(to_workbook(plan))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        properties = archive.read("docProps/core.xml").decode()
    assert re.findall(r"\d{4}-\d{2}-\d{2}T", properties) == ["1980-01-01T", "1980-01-01T"]
