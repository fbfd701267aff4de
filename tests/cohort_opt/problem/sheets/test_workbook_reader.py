"""Cells of a workbook: what is refused, each with its address, and what is read."""

import builtins
import datetime as dt

import openpyxl.utils.datetime
import pytest

from cohort_opt.problem.sheets.layout import MAX_ROWS
from tests.builders import everything_switched_on
from tests.cohort_opt.problem.sheets.workbooks import (
    SHEET,
    VALID,
    codes_and_cells,
    edited,
    part,
    problems,
    read,
    repacked,
    with_cell,
)

# Columns of demands: A id, B company, C course, D count, E earliest_start, F latest_start, G max_travel_km, H weekdays,
# I patterns, J together, K min_part, L max_seat_price_eur. Row 4 is bolt-drilling.

HALF_PAST_NINE = dt.datetime(2027, 3, 1, 9, 30)  # noqa: DTZ001  a spreadsheet knows no zone


def test_a_workbook_gives_the_instance_that_it_was_written_from():
    assert read(VALID) == everything_switched_on()


@pytest.mark.parametrize(
    ("row", "cell", "value", "code"),
    [
        (1, "D4", 0, "out-of-range"),
        (1, "D4", 501, "out-of-range"),
        (3, "D4", 2.5, "not-an-integer"),
        (5, "D4", "6", "wrong-type"),
        (5, "D4", True, "wrong-type"),
        (6, "D4", None, "missing-field"),
        (61, "D4", "3,0", "wrong-type"),
        (61, "D4", "1.000", "wrong-type"),
        (61, "D4", dt.date(2027, 3, 1), "wrong-type"),
        (56, "D4", "=1+1", "formula-cell"),
        (56, "A4", '=HYPERLINK("file:///x","bolt-drilling")', "formula-cell"),
        (56, "D4", "=cmd|' /C calc'!A0", "formula-cell"),
        (16, "C4", "welding", "unknown-trade"),
        (16, "B4", "nobody", "unknown-reference"),
        (18, "A4", "acme-drilling", "duplicate-line"),
        (19, "E4", dt.date(2027, 5, 30), "start-after-end"),
        (21, "E4", "30-02-2027", "invalid-date"),
        (21, "E4", 46_447, "invalid-date"),
        (21, "E4", HALF_PAST_NINE, "invalid-date"),
        (21, "E4", dt.time(9, 30), "invalid-date"),
        (22, "E4", dt.date(1999, 12, 31), "outside-horizon"),
        (61, "L4", "12,50", "wrong-type"),
        (61, "L4", 12.505, "not-an-integer"),
        (61, "L4", -1, "out-of-range"),
        (61, "L4", True, "wrong-type"),
        (5, "J4", "maybe", "wrong-type"),
        (5, "J4", 1, "wrong-type"),
        (5, "H4", "mon sat", "unknown-value"),
        (5, "H4", 1, "wrong-type"),
        (5, "A4", 7, "wrong-type"),
        (33, "A4", "bolt drilling", "bad-text"),
        (5, "D4", "#N/A", "wrong-type"),
    ],
)
def test_a_cell_that_breaks_its_rule_is_told_with_its_address(row, cell, value, code):
    data = with_cell("demands", cell, value)
    found = codes_and_cells(data)
    if value == "acme-drilling":
        assert found == [(code, "demands!A2")]
        assert problems(data)[0].also == ("demands!A4",)
        return
    if cell == "E4" and code == "start-after-end":
        assert found == [(code, "demands!F4")]
        return
    assert found[0] == (code, f"demands!{cell}")
    assert len(found) == 1


def test_a_problem_of_a_cell_names_the_row_as_people_know_it():
    (problem,) = problems(with_cell("demands", "L4", 12.505))
    assert str(problem) == (
        "Demand[bolt-drilling] at demands!L4: 12.505: must be a whole number of cents; write at most two decimals "
        "[not-an-integer]"
    )


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "code"),
    [
        ("courses", "F2", "block five", "unknown-value"),
        ("courses", "F2", "block 5 and more", "unknown-value"),
        ("courses", "F2", "block 61", "out-of-range"),
        ("courses", "F2", 5, "wrong-type"),
        ("closed_days", "B3", dt.date(2027, 3, 20), "start-after-end"),
        ("closed_days", "A3", "nobody", "unknown-reference"),
        ("closed_days", "A3", None, "missing-field"),
        ("closed_days", "A3", "=A2", "formula-cell"),
        ("room_absences", "D2", 0, "out-of-range"),
        ("settings", "D2", -1, "out-of-range"),
        ("settings", "E2", "0.20", "wrong-type"),
        ("settings", "A2", None, "missing-field"),
        ("pins", "B2", "sawing-academy/2027-03-16/block5", "unknown-run"),
    ],
)
def test_errors_of_the_other_sheets_have_their_addresses_too(sheet, cell, value, code):
    (found,) = codes_and_cells(with_cell(sheet, cell, value))
    place = f"{sheet}!A3" if code == "start-after-end" else f"{sheet}!{cell}"
    assert found == (code, place)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("D4", 6.0),
        ("E4", "2027-03-01"),
        ("E4", HALF_PAST_NINE.replace(hour=0, minute=0)),
        ("H4", "Mon, TUE,wed"),
        ("J4", False),
        ("J4", "NO"),
        ("J4", None),
        ("A9", "  "),
    ],
)
def test_the_same_value_may_be_written_in_more_than_one_way(cell, value):
    assert read(with_cell("demands", cell, value)) == everything_switched_on()


def test_amounts_become_exact_cents():
    # 0.07 is 0.070000000000000007 as a float, 1234567.89 is 1234567.8899999999; 0.1 + 0.2 shows as 0.3 in a spreadsheet.
    for euros, cents in ((0.07, 7), (1_234_567.89, 123_456_789), (0.1 + 0.2, 30), (10_000_000, 10**9), (0, 0)):
        instance = read(with_cell("demands", "L4", euros))
        assert next(d for d in instance.demands if d.id == "bolt-drilling").max_seat_price_cents == cents


@pytest.mark.parametrize("text", ["=1+1", "+31", "-x", "@home", "_x0041_", "#N/A", "1", "true", "a & b < c > d", "'quoted'"])
def test_a_name_stays_the_text_that_it_is(text):
    instance = everything_switched_on().model_copy(update={"name": text})
    data = edited(lambda book: _put_text(book["settings"]["A2"], text.replace("_x", "_x005F_x")))
    assert read(data) == instance


def _put_text(cell, text):
    cell.value = text
    cell.data_type = "s"


def test_dates_counted_from_1904_are_refused_cell_by_cell():
    def edit(book):
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    found = codes_and_cells(edited(edit))
    assert {code for code, _ in found} == {"wrong-type"}
    assert ("wrong-type", "demands!E4") in found
    assert ("wrong-type", "settings!B2") in found


def test_merged_hidden_and_doubled_parts_are_refused_with_their_addresses():
    def edit(book):
        book["companies"].merge_cells("B2:C2")
        book["rooms"].row_dimensions[2].hidden = True
        book["rooms"].row_dimensions[9].hidden = True  # hidden without data: harmless
        book["sites"].column_dimensions["C"].hidden = True
        book["bans"].sheet_state = "hidden"
        book["pins"].cell(1, 4, "count")

    found = {(p.code, p.pointer): p.rule for p in problems(edited(edit))}
    assert found.pop(("missing-field", "companies!C2"))  # unmerged cells lose what they hid
    assert found == {
        ("bad-layout", "companies!B2:C2"): "has merged cells",
        ("bad-layout", "rooms!A2"): "has a hidden row with data",
        ("bad-layout", "sites!C1"): "has a hidden column with data",
        ("bad-layout", "bans"): "has a hidden sheet with data",
        ("bad-layout", "pins!D1"): "the header stands twice, first in pins!C1",
    }


def test_a_second_header_row_is_refused():
    def edit(book):
        for number, cell in enumerate(book["distances"][1], start=1):
            book["distances"].cell(5, number, cell.value)

    assert codes_and_cells(edited(edit))[0] == ("bad-layout", "distances!A5")


def test_more_than_five_thousand_rows_are_refused_by_counting_them():
    def edit(rows):
        def fill(book):
            for number in range(3, rows + 2):
                book["bans"].cell(number, 1, f"sawing-academy/2027-04-12/block{number}")

        return fill

    # The runs do not exist, which is told for each; only the layout counts here.
    assert not [p for p in problems(edited(edit(MAX_ROWS))) if p.code == "bad-layout"]
    (found,) = [p for p in problems(edited(edit(MAX_ROWS + 1))) if p.code == "bad-layout"]
    assert found.pointer == f"bans!A{MAX_ROWS + 2}"


def test_a_sheet_that_claims_too_little_is_read_to_its_end():
    claim = part(SHEET.format(9))
    assert '<dimension ref="A1:' in claim
    small = claim.replace('<dimension ref="A1:', '<dimension ref="A1:A1" was="', 1)
    assert read(repacked({SHEET.format(9): small})) == everything_switched_on()


def test_unknown_sheets_and_columns_are_refused_with_the_nearest_name():
    def edit(book):
        book.create_sheet("demand").cell(1, 1, "x")
        book["rooms"]["H1"] = "Seats"
        book["sites"]["J2"] = 5

    found = [(p.code, p.pointer, p.remedy) for p in problems(edited(edit))]
    assert found == [
        ("unknown-field", "demand", "did you mean demands? Otherwise remove it"),
        ("bad-layout", "sites!J2", "add a header or clear the cell"),
        ("unknown-field", "rooms!H1", "did you mean seats? Otherwise remove it"),
    ]


def test_a_missing_sheet_is_told_once_and_optional_sheets_may_be_missing():
    def drop(*names):
        return edited(lambda book: [book.remove(book[name]) for name in names])

    assert codes_and_cells(drop("companies", "closed_days")) == [("missing-field", "companies")]
    assert codes_and_cells(drop("settings")) == [("missing-field", "settings")]
    optional = drop("closed_days", "room_absences", "instructor_absences", "distances", "pins", "bans")
    assert read(optional).pins == ()


def test_a_missing_column_is_told_once():
    assert codes_and_cells(edited(lambda book: book["demands"].delete_cols(4))) == [("missing-field", "demands!A1")]
    assert codes_and_cells(edited(lambda book: book["closed_days"].delete_cols(3))) == [("missing-field", "closed_days!A1")]
    assert codes_and_cells(edited(lambda book: book["settings"].delete_cols(2))) == [("missing-field", "settings!A1")]


def test_settings_have_exactly_one_row():
    assert codes_and_cells(edited(lambda book: book["settings"].cell(3, 1, "second"))) == [("bad-layout", "settings!A3")]
    found = codes_and_cells(edited(lambda book: book["settings"].delete_rows(2)))
    assert found[0] == ("bad-layout", "settings!A2")


def test_the_sheet_for_people_is_not_read():
    assert read(edited(lambda book: book.create_sheet("read me").cell(1, 1, "=1+1"))) == everything_switched_on()


def test_texts_that_are_shared_and_come_in_pieces_are_read():
    own = '<c r="A2" s="2" t="inlineStr"><is><t>everything switched on</t></is></c>'
    pieces = "<si><r><t>everything </t></r><r><rPr><b/></rPr><t>switched on</t></r><rPh><t>x</t></rPh></si>"
    table = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>_x0041_</t></si>{pieces}</sst>'
    sheet = part(SHEET.format(1))
    assert own in sheet

    def shared(index):
        cell = f'<c r="A2" t="s"><v>{index}</v></c>'
        return repacked({SHEET.format(1): sheet.replace(own, cell), "xl/sharedStrings.xml": table})

    assert read(shared(1)) == everything_switched_on()
    assert read(shared(0)).name == "A"
    assert codes_and_cells(shared(2)) == [("wrong-type", "settings!A2")]
    assert codes_and_cells(shared("x")) == [("wrong-type", "settings!A2")]


def test_damaged_and_endless_numbers_are_refused():
    sheet = part(SHEET.format(1))
    for text, code in (("1_30", "wrong-type"), ("nan", "wrong-type"), ("1e999", "out-of-range"), ("1" * 2_000, "wrong-type")):
        data = repacked({SHEET.format(1): sheet.replace("<v>130</v>", f"<v>{text}</v>")})
        assert codes_and_cells(data) == [(code, "settings!G2")]


def test_cells_without_an_address_stand_beside_each_other():
    sheet = part(SHEET.format(1))
    for letter in "ABCDEFGH":
        sheet = sheet.replace(f'r="{letter}2"', "")
    assert read(repacked({SHEET.format(1): sheet})) == everything_switched_on()


def test_without_the_packages_for_workbooks_the_extra_is_named(monkeypatch):
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name.startswith(("openpyxl", "defusedxml")):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    (problem,) = problems(VALID)
    assert problem.code == "missing-extra"
    assert "cohort-opt[files]" in problem.remedy
