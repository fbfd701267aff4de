"""A company's counts by workbook: take it, fill it in, look, store; all of it or nothing."""

import io

import openpyxl
import pytest

PAGE = "/rounds/spring/companies/acme"
ENGLISH = {"Accept-Language": "en"}


def taken(client, company="acme"):
    answer = client.get(f"/rounds/spring/companies/{company}/counts.xlsx", headers=ENGLISH)
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.data))


def sent(client, book):
    target = io.BytesIO()
    book.save(target)
    data = {"workbook": (io.BytesIO(target.getvalue()), "counts.xlsx")}
    return client.post(f"{PAGE}/counts.xlsx", data=data, headers=ENGLISH)


def test_the_file_holds_the_companys_own_rows_only(client, round_with_base, counts):
    client.put("/api/v1/rounds/spring/demands/acme", json=counts("acme"))
    client.put("/api/v1/rounds/spring/demands/bolt", json=counts("bolt", count=77))
    rows = list(taken(client)["trainees"].values)
    assert [row[1] for row in rows[1:]] == [5]
    assert "77" not in str(rows)


def test_without_counts_there_is_a_row_for_each_course(client, round_with_base):
    rows = list(taken(client)["trainees"].values)
    assert [(row[0], row[1]) for row in rows[1:]] == [("Drilling", None)]


def test_a_filled_in_file_is_shown_and_not_stored(client, round_with_base):
    book = taken(client)
    book["trainees"]["B2"] = 6
    answer = sent(client, book)
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    assert "1 line was read from your file" in page
    assert 'name="0-count" inputmode="numeric" value="6"' in page
    assert client.get("/api/v1/rounds/spring/demands/acme").json["version"] == 0


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("B2", 2.5, "trainees!B2"),
        ("B2", -1, "trainees!B2"),
        ("A2", "Weaving", "trainees!A2"),
        ("D2", "2026-01-01", "trainees!"),
        ("C2", "soon", "trainees!C2"),
    ],
)
def test_an_error_is_told_by_its_cell_and_nothing_is_stored(client, round_with_base, cell, value, said):
    book = taken(client)
    book["trainees"]["B2"] = 6
    book["trainees"][cell] = value
    answer = sent(client, book)
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)
    assert client.get("/api/v1/rounds/spring/demands/acme").json["version"] == 0


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04nothing", b"name;count\nx;1\n", b"\x00" * 2_000])
def test_a_file_that_is_no_workbook_is_refused_on_the_page(client, round_with_base, data):
    answer = client.post(f"{PAGE}/counts.xlsx", data={"workbook": (io.BytesIO(data), "x.xlsx")}, headers=ENGLISH)
    assert answer.status_code in (413, 415, 422)
    assert "Nothing was stored" in answer.get_data(as_text=True)


def test_somebody_elses_workbook_does_not_exist(client, round_with_base):
    assert client.get("/rounds/spring/companies/absent/counts.xlsx").status_code == 404


def test_a_parser_that_takes_too_long_is_ended(client, round_with_base, monkeypatch):
    import subprocess

    def slow(command, **options):
        raise subprocess.TimeoutExpired(command, options["timeout"])

    monkeypatch.setattr("service.children.subprocess.run", slow)
    answer = sent(client, openpyxl.Workbook())
    assert answer.status_code == 415
