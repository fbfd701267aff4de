"""Bad workbooks and the right answer: rows 55 to 63 of `reliability.md`, section 4, at the endpoint; nothing is ever stored."""

import io
import re
import zipfile

import openpyxl
import pytest

from service.views.workbooks import WORKBOOK
from tests.service.views.test_bad_input import is_problem, pointers

PATH = "/api/v1/rounds/spring/demands/acme"
HEADERS = {"Content-Type": WORKBOOK, "If-Match": "*"}
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def taken(client, round_with_base):
    """Return acme's own workbook, with six trainees filled in."""
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{PATH}/workbook", headers={"Accept-Language": "en"}).data))
    book["trainees"]["B2"] = 6
    return book


@pytest.fixture
def put(client, round_with_base):
    """Return a function that sends bytes as a workbook, to look at and to store; what is refused is not stored."""

    def send(data):
        seen = client.post(f"{PATH}/workbook/preview", data=data, headers=HEADERS)
        answer = client.put(f"{PATH}/workbook", data=data, headers=HEADERS)
        if answer.status_code >= 400:
            assert (seen.status_code, seen.json["errors"]) == (answer.status_code, answer.json["errors"])
            assert client.get(PATH).json["version"] == 0
        return answer

    return send


def saved(book):
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def repacked(data, changes):
    """Return a workbook with parts replaced, added or (None) left out."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            content = changes.get(name, source.read(name))
            if content is not None:
                copy.writestr(name, content)
        for name in changes.keys() - set(source.namelist()):
            copy.writestr(name, changes[name])
    return target.getvalue()


def sheet_of(data):
    return zipfile.ZipFile(io.BytesIO(data)).read(SHEET).decode()


def test_a_workbook_as_it_should_be_is_looked_at_and_stored(client, taken, put):
    seen = client.post(f"{PATH}/workbook/preview", data=saved(taken), headers=HEADERS)
    assert (seen.status_code, seen.json["lines"][0]["count"], seen.json["places"]["/lines/0/count"]) == (200, 6, "trainees!B2")
    assert client.get(PATH).json["version"] == 0
    stored = put(saved(taken))
    assert (stored.status_code, stored.json["lines"][0]["count"], stored.headers["ETag"]) == (201, 6, '"1"')


@pytest.mark.row(55)
@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        lambda data: repacked(data, {"xl/vbaProject.bin": b"x"}),
        lambda data: b"<html><body><table><tr><td>1</td></tr></table></body></html>",
        lambda data: b"PK\x05\x06" + b"\0" * 18,
        lambda data: data[:-40],
    ],
    ids=["xls or encrypted", "macros", "HTML", "empty zip", "cut off"],
)
def test_what_is_no_workbook_is_unsupported(taken, put, spoil):
    is_problem(put(spoil(saved(taken))), 415, "unsupported-workbook")


@pytest.mark.row(55)
def test_another_media_type_is_refused_before_the_file_is_looked_at(client, taken):
    for kind in ("application/vnd.ms-excel", "application/octet-stream", "text/html"):
        answer = client.put(f"{PATH}/workbook", data=saved(taken), headers={**HEADERS, "Content-Type": kind})
        is_problem(answer, 415, "unsupported-media-type")


@pytest.mark.row(56)
@pytest.mark.parametrize("formula", ["=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("https://evil.example","6")'])
@pytest.mark.parametrize("cached", [False, True])
def test_a_formula_is_no_count_whatever_it_last_said(taken, put, formula, cached):
    taken["trainees"]["B2"] = formula
    data = saved(taken)
    if cached:
        data = repacked(data, {SHEET: re.sub(r"(</f>)<v\s*/>|(</f>)<v></v>", r"</f><v>6</v>", sheet_of(data))})
    answer = put(data)
    is_problem(answer, 422, "formula-cell")
    assert pointers(answer) == ["trainees!B2"]


@pytest.mark.row(57)
@pytest.mark.parametrize("name", ["=1+1", "+31", "-2 days", "@home", "\u00a0=x"])
def test_a_name_that_looks_like_a_formula_is_stored_and_exported_as_text(client, round_with_base, base, name):
    course = {**base["courses"][0], "name": name}
    changed = client.put(
        "/api/v1/rounds/spring", json={"name": "S", "base": {**base, "courses": [course]}}, headers={"If-Match": "*"}
    )
    assert changed.status_code == 200
    answer = client.get(f"{PATH}/workbook", headers={"Accept-Language": "en"})
    cell = openpyxl.load_workbook(io.BytesIO(answer.data))["trainees"]["A2"]
    assert cell.data_type == "s"
    assert "<f>" not in sheet_of(answer.data)


@pytest.mark.row(58)
@pytest.mark.parametrize(
    "changes",
    [
        {"xl/media/ratio.bin": b"\0" * 15_000_000},
        {"xl/media/big.bin": b"\0" * (20 * 1024 * 1024 + 1)},
        {f"xl/media/{i}.bin": b"x" for i in range(200)},
    ],
    ids=["ratio above 100", "above 20 MiB unpacked", "above 200 entries"],
)
def test_a_workbook_that_could_grow_without_limit_is_too_large_before_it_is_unpacked(taken, put, changes):
    is_problem(put(repacked(saved(taken), changes)), 413, "workbook-too-large")


@pytest.mark.row(58)
def test_a_sheet_that_claims_to_be_as_large_as_can_be_is_too_large(taken, put):
    data = saved(taken)
    claimed = re.sub('<dimension ref="[^"]+"', '<dimension ref="A1:XFD1048576"', sheet_of(data))
    assert "XFD1048576" in claimed
    is_problem(put(repacked(data, {SHEET: claimed})), 413, "workbook-too-large")


@pytest.mark.row(59)
@pytest.mark.parametrize(
    "change",
    [
        lambda sheet: {SHEET: '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'},
        lambda sheet: {SHEET: '<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>'},
        lambda sheet: {"xl/externalLinks/externalLink1.xml": "<x/>"},
        lambda sheet: {"../../x.xml": "<x/>"},
    ],
    ids=["entities", "DTD", "links to other files", "path outside"],
)
def test_a_workbook_that_reaches_outside_is_unsafe(taken, put, change):
    data = saved(taken)
    is_problem(put(repacked(data, change(sheet_of(data)))), 422, "unsafe-workbook")


def many_rows(book):
    for number in range(3, 5_003):
        book["trainees"].cell(number, 1, "Drilling")


def hidden_row(book):
    book["trainees"].row_dimensions[2].hidden = True


def hidden_sheet(book):
    book.create_sheet("front")
    book.active = len(book.sheetnames) - 1
    book["trainees"].sheet_state = "hidden"


def second_header(book):
    for number, cell in enumerate(book["trainees"][1], start=1):
        book["trainees"].cell(3, number, cell.value)


@pytest.mark.row(60)
@pytest.mark.parametrize(
    ("edit", "place"),
    [
        (many_rows, "trainees!A5002"),
        (hidden_row, "trainees!A2"),
        (hidden_sheet, "trainees"),
        (lambda book: book["trainees"].merge_cells("E2:F2"), "trainees!E2:F2"),
        (second_header, "trainees!A3"),
    ],
    ids=["5,001 rows", "hidden row", "hidden sheet", "merged cells", "second header"],
)
def test_a_layout_that_hides_or_doubles_something_is_told_by_its_address(taken, put, edit, place):
    edit(taken)
    answer = put(saved(taken))
    assert answer.status_code == 422
    assert ("bad-layout", place) in {(flaw["code"], flaw["pointer"]) for flaw in answer.json["errors"]}


@pytest.mark.row(61)
@pytest.mark.parametrize("value", ["3,0", "1.000", "6", "zes"])
def test_a_number_that_is_text_is_refused_in_its_cell(taken, put, value):
    taken["trainees"]["B2"] = value
    answer = put(saved(taken))
    is_problem(answer, 422, "wrong-type")
    assert pointers(answer) == ["trainees!B2"]


@pytest.mark.row(61)
def test_dates_counted_from_1904_are_refused_in_their_cells(taken, put):
    taken.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    answer = put(saved(taken))
    assert answer.status_code == 422
    assert ("wrong-type", "trainees!C2") in {(flaw["code"], flaw["pointer"]) for flaw in answer.json["errors"]}


@pytest.mark.row(62)
def test_one_bad_row_among_300_stores_nothing(client, taken, put):
    first = [cell.value for cell in taken["trainees"][2]]
    for number in range(3, 302):
        for column, value in enumerate(first, start=1):
            taken["trainees"].cell(number, column, value)
        taken["trainees"].cell(number, 10, f"line{number}")
    taken["trainees"]["B150"] = -1
    answer = put(saved(taken))
    assert answer.status_code == 422
    assert pointers(answer) == ["trainees!B150"]
    taken["trainees"]["B150"] = 1
    assert len(put(saved(taken)).json["lines"]) == 300


@pytest.mark.row(62)
def test_at_most_a_hundred_errors_are_told(taken, put):
    for number in range(2, 202):
        taken["trainees"].cell(number, 1, "Weaving")
        taken["trainees"].cell(number, 2, "x")
    answer = put(saved(taken))
    assert answer.status_code == 422
    assert 50 <= len(answer.json["errors"]) <= 101


@pytest.mark.row(63)
@pytest.mark.parametrize("name", ["../../x.xlsx", "a\r\nX-Evil: 1.xlsx", "/etc/passwd", "\u202ex.xlsx"])
def test_the_name_of_a_file_is_never_used(client, taken, name, settings):
    data = {"workbook": (io.BytesIO(saved(taken)), name)}
    before = sorted(path.name for path in settings.database.parent.iterdir())
    answer = client.post("/rounds/spring/companies/acme/counts.xlsx", data=data, headers={"Accept-Language": "en"})
    assert answer.status_code in (200, 422)  # a line end in the name leaves no file at all in the form
    assert "X-Evil" not in answer.headers
    assert "passwd" not in answer.get_data(as_text=True)
    assert sorted(path.name for path in settings.database.parent.iterdir()) == before


@pytest.mark.row(36)
@pytest.mark.parametrize(
    ("cell", "value"), [("J2", "123456782"), ("J2", 123456782), ("A2", "anna@firm.example"), ("F2", "06-12345678")]
)
def test_a_cell_about_a_person_is_refused_and_never_repeated(taken, put, cell, value):
    taken["trainees"][cell] = value
    answer = put(saved(taken))
    assert answer.status_code == 422
    assert ("personal-data-refused", f"trainees!{cell}") in {(flaw["code"], flaw["pointer"]) for flaw in answer.json["errors"]}
    assert str(value) not in answer.get_data(as_text=True)


def test_the_file_comes_back_with_its_errors_marked(client, taken):
    taken["trainees"]["B2"] = -1
    taken["trainees"]["A3"], taken["trainees"]["B3"] = "Weaving", 2
    answer = client.post(f"{PATH}/workbook/marked", data=saved(taken), headers=HEADERS)
    assert answer.status_code == 200, answer.json
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data))["trainees"]
    assert sheet["B2"].comment.text
    assert sheet["B2"].value == -1
    assert sheet["C2"].comment is None


def test_a_file_that_is_no_workbook_cannot_be_marked(client, round_with_base):
    is_problem(client.post(f"{PATH}/workbook/marked", data=b"x", headers=HEADERS), 415, "unsupported-workbook")


def test_a_workbook_without_counts_withdraws_what_was_sent(client, taken, put):
    put(saved(taken))
    taken["trainees"]["B2"] = None
    answer = client.put(f"{PATH}/workbook", data=saved(taken), headers=HEADERS)
    assert (answer.status_code, answer.json["lines"], answer.json["version"]) == (200, [], 2)
