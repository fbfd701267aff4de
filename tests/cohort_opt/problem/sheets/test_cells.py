"""One cell, one value, exactly; and back."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohort_opt.problem.sheets.cells import CellError, from_text, from_workbook, to_cell
from cohort_opt.problem.sheets.grid import address, letters
from cohort_opt.problem.sheets.layout import SHEETS, Kind


@pytest.mark.parametrize(
    ("text", "patterns"),
    [
        ("block 5", [{"kind": "block", "days": 5}]),
        ("Block 5", [{"kind": "block", "days": 5}]),
        ("block5 day_release10", [{"kind": "block", "days": 5}, {"kind": "day_release", "weeks": 10}]),
        ("block 5, day_release 10", [{"kind": "block", "days": 5}, {"kind": "day_release", "weeks": 10}]),
        (" block  5 ;day_release 10,", [{"kind": "block", "days": 5}, {"kind": "day_release", "weeks": 10}]),
    ],
)
def test_patterns_are_written_with_spaces_or_commas(text, patterns):
    assert from_text(Kind.PATTERNS, text) == patterns
    assert from_workbook(Kind.PATTERNS, text) == patterns


@pytest.mark.parametrize(
    "text", ["", ",", "5", "block", "block -5", "block 5 6", "blocks 5", "block 5.5", "xblock 5", "block 12345"]
)
def test_what_is_no_list_of_patterns_is_refused(text):
    with pytest.raises(CellError) as caught:
        from_text(Kind.PATTERNS, text)
    assert caught.value.code == "unknown-value"


@given(st.integers(0, 10**9))
def test_every_amount_of_cents_survives_a_workbook_and_a_csv_file(cents):
    euros = to_cell(Kind.EUROS, cents)
    assert isinstance(euros, Decimal)
    assert from_workbook(Kind.EUROS, float(euros)) == cents
    assert from_text(Kind.EUROS, f"{euros:.2f}") == cents
    assert from_text(Kind.EUROS, f"{euros:.2f}".replace(".", ",")) == cents


@pytest.mark.parametrize("value", [0.001, 1 / 3, 99.999, 1e-9, -0.015])
def test_amounts_with_parts_of_a_cent_are_refused(value):
    with pytest.raises(CellError) as caught:
        from_workbook(Kind.EUROS, value)
    assert caught.value.code == "not-an-integer"


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_an_amount_that_is_no_number_is_refused(value):
    with pytest.raises(CellError):
        from_workbook(Kind.EUROS, value)


@given(st.sampled_from(list(Kind)), st.text(max_size=20))
def test_no_text_ends_in_another_error(kind, text):
    for convert in (from_text, from_workbook):
        try:
            convert(kind, text)
        except CellError as error:
            assert error.rule  # noqa: PT017
            assert error.remedy  # noqa: PT017


def test_a_truth_is_yes_or_no_and_a_date_is_a_date():
    assert [to_cell(Kind.TRUTH, value) for value in (True, False, None)] == ["yes", "no", None]
    assert to_cell(Kind.DATE, "2027-03-01") == dt.date(2027, 3, 1)


def test_columns_have_the_letters_of_a_spreadsheet():
    assert [letters(number) for number in (1, 26, 27, 52, 53, 702, 703, 16_384)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"
    ]  # fmt: skip
    assert address("demands", 3, 7) == "demands!C7"


def test_the_layout_feeds_every_field_of_the_format_exactly_once():
    from cohort_opt.problem.records import InstanceRecords
    from cohort_opt.problem.shape import models_in

    def leaves(model, prefix=""):
        for name, field in model.model_fields.items():
            inner = models_in(field.annotation)
            listed = "tuple" in str(field.annotation)
            if len(inner) == 1 and not listed:
                yield from leaves(inner[0], f"{prefix}{name}/")
            elif len(inner) == 1 and prefix == "" and listed:
                yield from leaves(inner[0], f"{name}:")
            elif len(inner) == 1:
                yield from leaves(inner[0], f"{prefix}{name}:")
            else:
                yield f"{prefix}{name}"

    fed = []
    for sheet in SHEETS:
        base = "" if not sheet.section else f"{sheet.section}:" + (f"{sheet.within}:" if sheet.within else "")
        fed += [base + column.path for column in sheet.columns if column.path]
        if sheet.name == "closed_days":
            fed += [f"calendar/{sheet.within}:{column.path}" for column in sheet.columns if column.path]
    assert sorted(fed) == sorted(leaves(InstanceRecords))
