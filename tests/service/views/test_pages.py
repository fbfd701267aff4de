"""The pages for people, without a browser: what they show, what they store, what they never show."""

import pytest

from tests.service.fakes import LazyExecutor

LINE = {
    "row": "0", "0-course": "drilling", "0-count": "3", "0-earliest_start": "2027-03-01", "0-latest_start": "2027-03-31",
    "0-max_travel_km": "40",
}  # fmt: skip
PAGE = "/rounds/spring/companies/acme"


def text(answer):
    return answer.get_data(as_text=True)


ENGLISH = {"Accept-Language": "en"}


@pytest.mark.parametrize(
    ("language", "words"), [("en", "this machine only"), ("nl", "alleen voor deze machine"), ("de", "nur für diesen rechner")]
)
def test_the_first_page_says_that_it_is_for_this_machine_only(client, language, words):
    assert words.lower() in text(client.get("/", headers={"Accept-Language": language})).lower()


def test_health_answers_while_the_database_does(client):
    assert client.get("/healthz").json == {"status": "ok"}


def test_the_demo_is_submitted_once_however_often_the_button_is_pressed(client):
    first, second = client.post("/try", data={"form": "a"}), client.post("/try", data={"form": "a"})
    assert (first.status_code, first.headers["Location"]) == (303, second.headers["Location"])


def test_a_running_job_asks_again_and_an_ended_one_does_not(make_app):
    executor = LazyExecutor()
    client = make_app(executor=executor).test_client()
    location = client.post("/try", data={"form": "a"}).headers["Location"]
    assert "every 1s" in text(client.get(f"{location}/progress"))
    client.post(f"{location}/cancel")
    assert "every 1s" not in text(client.get(f"{location}/progress"))


def test_the_form_stores_what_the_endpoint_would(client, round_with_base):
    answer = client.post(PAGE, data={**LINE, "0-max_seat_price": "1200", "0-weekdays": ["mon", "tue"], "0-together": "1"})
    assert answer.status_code == 303
    line = client.get("/api/v1/rounds/spring/demands/acme").json["lines"][0]
    assert (line["count"], line["weekdays"], line["max_seat_price_cents"], line["together"]) == (3, ["mon", "tue"], 120_000, True)


def test_a_form_with_an_error_stores_nothing_and_keeps_what_was_typed(client, round_with_base):
    answer = client.post(PAGE, data={**LINE, "0-count": "three", "0-max_travel_km": "77"}, headers=ENGLISH)
    assert answer.status_code == 422
    assert "Nothing was stored" in text(answer)
    assert 'value="three"' in text(answer)
    assert 'value="77"' in text(answer)
    assert client.get("/api/v1/rounds/spring/demands/acme").json["version"] == 0


def test_a_rule_between_fields_is_said_beside_the_line(client, round_with_base):
    answer = client.post(PAGE, data={**LINE, "0-earliest_start": "2027-05-01"})
    assert answer.status_code == 422
    assert "earliest_start" in text(answer)


def test_the_form_tells_of_credited_parts_eligibility_and_closed_days(client, round_with_base):
    told = {
        "0-credited": "1", "0-support_seats": "1", "0-accepts_boarding": "1", "closed-first": ["2027-03-08", ""],
        "closed-last": ["", ""], "0-rule": ["Subsidy of the region", ""], "0-on": ["2027-03-01", ""], "0-yes": ["2", ""],
        "0-no": ["", ""], "0-ask": ["1", ""],
    }  # fmt: skip
    assert client.post(PAGE, data={**LINE, **told}).status_code == 303
    counts = client.get("/api/v1/rounds/spring/demands/acme").json
    line = counts["lines"][0]
    assert (line["credited"], line["support_seats"], line["accepts_boarding"]) == (1, 1, True)
    assert line["eligibility"] == [{"rule": "Subsidy of the region", "on": "2027-03-01", "yes": 2, "no": 0, "ask": 1}]
    assert counts["closed"] == [{"first": "2027-03-08", "last": "2027-03-08"}]
    # A form without these fields, as a program may send it, keeps what was stored.
    client.post(PAGE, data=LINE)
    kept = client.get("/api/v1/rounds/spring/demands/acme").json
    assert (kept["closed"], kept["lines"][0]["credited"]) == (counts["closed"], 1)


def test_a_form_without_a_line_withdraws(client, round_with_base):
    client.post(PAGE, data=LINE)
    client.post(PAGE, data={"row": "0", "0-count": ""})
    assert client.get("/api/v1/rounds/spring/demands/acme").json["lines"] == []


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "{{7*7}}", "${x}", "=1+1"])
def test_a_name_is_shown_as_text_whatever_it_is(client, base, name):
    base["companies"][0]["name"] = name
    client.put("/api/v1/rounds/spring", json={"name": name, "base": base})
    for path in ("/", "/rounds", "/rounds/spring", f"/rounds/spring/companies/{base['companies'][0]['id']}"):
        page = text(client.get(path))
        assert "<script>alert" not in page
        assert ">49<" not in page  # a random id may hold 49; a template that was evaluated would stand alone


def test_the_report_of_a_done_job_stands_in_a_sandbox(client, submit, instance):
    answer = client.get(f"/jobs/{submit(instance).json['id']}/report")
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_problem_type_has_a_page(client):
    assert "too-large" in text(client.get("/problems/too-large"))
    assert "<script>" not in text(client.get("/problems/<script>"))


def test_pages_hold_no_inline_script_and_no_inline_style(client, round_with_base):
    for path in ("/", "/rounds", "/rounds/spring", PAGE, "/api/docs"):
        page = text(client.get(path))
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page
        assert "<script>" not in page
