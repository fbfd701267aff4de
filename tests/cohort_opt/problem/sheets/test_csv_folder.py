"""A folder of CSV sheets: either separator, exact figures, errors by cell; text that looks like a formula stays text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohort_opt.errors import InstanceError
from cohort_opt.problem.read import read_instance
from cohort_opt.problem.sheets.csv_folder import parse_csv
from cohort_opt.problem.write import write_sheets
from tests.builders import everything_switched_on


@pytest.fixture
def folder(tmp_path):
    """Return a folder with the sheets of `everything_switched_on`."""
    write_sheets(everything_switched_on(), tmp_path / "plan")
    return tmp_path / "plan"


def replace(folder, name, old, new, encoding="utf-8-sig"):
    path = folder / f"{name}.csv"
    text = path.read_bytes().decode("utf-8-sig")
    assert old in text
    path.write_bytes(text.replace(old, new).encode(encoding))


def codes_and_cells(folder):
    with pytest.raises(InstanceError) as caught:
        read_instance(folder)
    return [(problem.code, problem.pointer) for problem in caught.value.problems]


def test_a_folder_gives_the_instance_that_it_was_written_from(folder):
    assert read_instance(folder) == everything_switched_on()


def test_the_separator_is_that_of_the_header(folder):
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8-sig")
        # Lists hold commas themselves, so spaces separate them here.
        path.write_text(text.replace(",", "").replace(";", ","), encoding="utf-8")
    assert read_instance(folder) == everything_switched_on()


def test_cells_with_separators_stand_in_quotes(folder):
    replace(folder, "companies", "acme;Acme;", 'acme;"Acme; Sons, ""Ltd""";')
    assert read_instance(folder).companies[0].name == 'Acme; Sons, "Ltd"'


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_line_end_and_blank_lines_are_read(folder, line_end):
    replace(folder, "rooms", "\r\n", line_end * 2)
    assert read_instance(folder) == everything_switched_on()


@pytest.mark.parametrize(
    ("row", "old", "new", "code"),
    [
        (1, ";6;", ";0;", "out-of-range"),
        (1, ";6;", f";{10**30};", "out-of-range"),
        (3, ";6;", ";2.5;", "not-an-integer"),
        (3, ";6;", ";2,5;", "not-an-integer"),
        (5, ";6;", "; 6;", "wrong-type"),
        (5, ";6;", ";1_0;", "wrong-type"),
        (5, ";6;", ";٣;", "wrong-type"),
        (5, ";6;", ";six;", "wrong-type"),
        (5, ";6;", ";+6;", "wrong-type"),
        (6, ";6;", ";;", "missing-field"),
        (61, ";6;", ";6,0;", "wrong-type"),
        (61, ";6;", ";1.000;", "wrong-type"),
        (2, ";6;", ";" + "9" * 5_000 + ";", "wrong-type"),
        (2, ";6;", ";NaN;", "wrong-type"),
        (56, ";6;", ";=1+5;", "wrong-type"),
    ],
)
def test_a_count_is_written_in_plain_digits(folder, row, old, new, code):
    replace(folder, "demands", f"bolt;drilling{old}", f"bolt;drilling{new}")
    assert codes_and_cells(folder) == [(code, "demands!D4")]


@pytest.mark.parametrize(
    ("text", "cents"),
    [("1234", 123_400), ("1234,5", 123_450), ("1234.56", 123_456), ("0,07", 7), ("1.000", None), ("1.234,56", None),
     ("1 234", None), ("12,345", None), ("-0,01", "out-of-range"), ("1e3", None), ("€ 5", None)],
)  # fmt: skip
def test_an_amount_has_a_comma_or_a_point_and_at_most_two_decimals(folder, text, cents):
    replace(folder, "offerings", ";9500.00;", f";{text};")
    if isinstance(cents, int):
        assert read_instance(folder).offerings[0].fixed_cents == cents
    else:
        assert (cents or "wrong-type", "offerings!H2") in codes_and_cells(folder)


@pytest.mark.parametrize(
    ("sheet", "old", "new", "code", "cell"),
    [
        ("companies", "51.92", "51.92 N", "wrong-type", "companies!D2"),
        ("companies", "51.92", "91", "out-of-range", "companies!D2"),
        ("demands", "2027-03-01", "1-3-2027", "invalid-date", "demands!E2"),
        ("demands", ";yes;", ";ja;", "wrong-type", "demands!J2"),
        ("courses", "block 5, day_release 5", "block", "unknown-value", "courses!F2"),
        ("rooms", "id;name", "id;naam", "unknown-field", "rooms!B1"),
        ("rooms", "bay;Bay;academy;2;12", "bay;Bay;academy;2;12;;;;5", "bad-layout", "rooms!I2"),
        ("settings", "2027-06-30", "2026-06-30", "start-after-end", "settings!C2"),
    ],
)
def test_an_error_has_sheet_and_cell(folder, sheet, old, new, code, cell):
    replace(folder, sheet, old, new)
    assert codes_and_cells(folder)[0] == (code, cell)


def test_decimal_commas_of_places_are_read(folder):
    replace(folder, "companies", "51.92", "51,92")
    assert read_instance(folder) == everything_switched_on()


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"id;name\nacme;caf\xe9\n", "bad-encoding"), ("id;name\n".encode("utf-16"), "bad-encoding"),
     (b'id;name\n"acme;x\n', "bad-layout"), (b"id;name\nac\0me;x\n", "bad-text"), (b"id;" + b"x" * 200_000, "bad-layout")],
)  # fmt: skip
def test_a_file_that_is_no_csv_in_utf8_is_refused(folder, content, code):
    (folder / "companies.csv").write_bytes(content)
    assert code in [found for found, _ in codes_and_cells(folder)]


def test_all_files_that_cannot_be_read_are_told_at_once(folder):
    for name in ("companies", "sites"):
        (folder / f"{name}.csv").write_bytes(b"\xff")
    assert codes_and_cells(folder) == [("bad-encoding", "companies"), ("bad-encoding", "sites")]


def test_an_empty_file_is_a_missing_sheet(folder):
    (folder / "rooms.csv").write_bytes(b"")
    (folder / "pins.csv").write_bytes(b"\r\n")
    assert codes_and_cells(folder) == [("missing-field", "rooms")]


def test_other_files_in_the_folder_are_left_alone_and_other_sheets_are_refused(folder):
    (folder / "notes.txt").write_text("for me", encoding="utf-8")
    (folder / "sub.csv").mkdir()
    assert read_instance(folder) == everything_switched_on()
    (folder / "demand.csv").write_text("id\n", encoding="utf-8")
    assert codes_and_cells(folder) == [("unknown-field", "demand")]


def test_optional_sheets_may_be_missing(folder):
    for name in ("closed_days", "room_absences", "instructor_absences", "distances", "pins", "bans"):
        (folder / f"{name}.csv").unlink()
    assert read_instance(folder).bans == ()


@pytest.mark.parametrize("name", ["=1+1", "+31 6", "-x", "@home", "'=1", "''@x", "'t Hof", "';'"])
def test_a_name_that_looks_like_a_formula_is_written_with_a_quote_and_read_without(tmp_path, name):
    instance = everything_switched_on().model_copy(update={"name": name})
    write_sheets(instance, tmp_path)
    first = (tmp_path / "settings.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    assert first.lstrip('"')[0] not in "=+-@"
    assert read_instance(tmp_path).name == name


def test_writing_twice_gives_the_same_bytes(folder, tmp_path):
    write_sheets(everything_switched_on(), tmp_path / "again")
    for path in sorted(folder.iterdir()):
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_bytes_end_in_another_error(data):
    try:
        grid = parse_csv("demands", data)
    except InstanceError as error:
        assert [problem.code for problem in error.problems] in (["bad-encoding"], ["bad-layout"])  # noqa: PT017
    else:
        assert all(row.cells for row in grid.rows)
