"""Lists, files and statements to take away: typed, without formulas, and in the words of the price rule."""

import io

import openpyxl
import pytest

from tests.service.views.test_tenants import ask, tokens, walled, world  # noqa: F401  fixtures

OWN = "/api/v1/rounds/spring/companies/acme"


@pytest.fixture
def base(base):
    return {**base, "courses": [{**base["courses"][0], "name": "=1+1"}]}


def test_a_csv_is_that_of_a_dutch_excel_and_runs_nothing(ask, world):  # noqa: F811
    text = ask("acme", "GET", f"{OWN}/offers.csv").get_data()
    assert text.startswith(b"\xef\xbb\xbfcourse;site;")
    assert b"\r\n'=1+1;" in text


def test_a_workbook_has_dates_and_euros_and_no_formula(ask, world):  # noqa: F811
    book = openpyxl.load_workbook(io.BytesIO(ask("acme", "GET", f"{OWN}/offers.xlsx").get_data()))
    row = next(book["Offers"].iter_rows(min_row=2))
    assert (row[0].value, row[0].data_type, row[3].is_date, row[6].value) == ("'=1+1", "s", True, 5)


def test_class_days_are_a_calendar_and_rows_are_json(ask, world):  # noqa: F811
    assert ask("acme", "GET", f"{OWN}/offers.ics").get_data().startswith(b"BEGIN:VCALENDAR")
    assert [row["seats"] for row in ask("acme", "GET", f"{OWN}/offers.json").json["rows"]] == [5]


def test_a_statement_sets_alone_against_together_and_says_the_rule(ask, world):  # noqa: F811
    found = ask("acme", "GET", f"{OWN}/statement").json
    (row,) = found["rows"]
    # Two companies in the class: the exact share would tell bolt's count, so that a range is told, journeys on top.
    assert row["seats"]["share_cents"] is None
    assert row["together_least_cents"] == row["seats"]["share_least_cents"] + row["seats"]["journeys_cents"]
    assert row["together_most_cents"] > row["together_least_cents"]
    assert len(found["price_rule"]) == 5


def test_a_statement_is_a_pdf_too(ask, world):  # noqa: F811
    answer = ask("acme", "GET", f"{OWN}/statement.pdf")
    assert (answer.status_code, answer.mimetype, answer.get_data()[:5]) == (200, "application/pdf", b"%PDF-")


def test_before_publication_a_company_sees_a_night_only_where_that_is_allowed(make_app, base, counts):
    from service.actors import Actor, Role
    from service.problems import Refusal
    from service.services import nights

    acme = Actor(Role.COMPANY, "company:acme", "acme")
    for allowed in (True, False):
        app = make_app(preview_nights=allowed)
        client = app.test_client()
        client.put("/api/v1/rounds/spring", json={"name": "S", "base": base}, headers={"If-Match": "*"})
        client.put("/api/v1/rounds/spring/demands/acme", json=counts("acme"), headers={"If-Match": "*"})
        client.post("/api/v1/rounds/spring/proposals", json={"date": "2026-11-24"}, headers={"Idempotency-Key": f"{allowed}"})
        context = app.extensions["cohort_opt"]
        if allowed:
            assert nights.company_proposal(context, acme, "spring", "latest", "acme").seats == 5
        else:
            with pytest.raises(Refusal) as refused:
                nights.company_proposal(context, acme, "spring", "latest", "acme")
            assert refused.value.code == "not-found"
