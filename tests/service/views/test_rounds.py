"""A round over HTTP: the planner's base, the companies' counts, one proposal per night, and who sees what."""

import json
import secrets

import pytest

from tests.service.fakes import DyingSolver, FakeSolver, RefusingSolver

NIGHT = {"date": "2026-11-24"}
ANY = {"If-Match": "*"}


def new_key():
    return {"Idempotency-Key": secrets.token_hex(8)}


@pytest.fixture
def with_counts(client, round_with_base, counts):
    for company in ("acme", "bolt"):
        assert client.put(f"/api/v1/rounds/spring/demands/{company}", json=counts(company)).status_code == 201
    return client


def test_a_round_gets_a_new_version_with_every_change(client, round_with_base, base):
    again = client.put("/api/v1/rounds/spring", json={"name": "Spring 2027", "base": base}, headers=ANY)
    assert (again.status_code, again.json["version"], again.json["name"]) == (200, 2, "Spring 2027")
    assert [row["id"] for row in client.get("/api/v1/rounds").json["rounds"]] == ["spring"]


def test_the_base_of_a_round_holds_no_demand_lines(client, instance):
    answer = client.put("/api/v1/rounds/spring", json={"name": "Spring", "base": instance})
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/base/demands")


def test_counts_are_stored_and_read_back(client, round_with_base, counts):
    stored = client.put("/api/v1/rounds/spring/demands/acme", json=counts("acme"))
    assert (stored.status_code, stored.json["version"], stored.json["lines"][0]["count"]) == (201, 1, 5)
    read = client.get("/api/v1/rounds/spring/demands/acme").json
    assert {**read, "warnings": [], "read_by": "2026-11-24"} == stored.json


def test_new_counts_replace_the_old_ones(client, round_with_base, counts):
    client.put("/api/v1/rounds/spring/demands/acme", json=counts("acme"))
    again = client.put("/api/v1/rounds/spring/demands/acme", json=counts("acme", count=7), headers=ANY)
    assert (again.json["version"], [line["count"] for line in again.json["lines"]]) == (2, [7])


def test_a_count_of_3_point_0_is_three(client, round_with_base, counts):
    answer = client.put("/api/v1/rounds/spring/demands/acme", json=counts("acme", count=3.0))
    assert (answer.status_code, answer.json["lines"][0]["count"]) == (201, 3)


def test_counts_that_were_never_sent_are_version_nought(client, round_with_base):
    assert client.get("/api/v1/rounds/spring/demands/acme").json["version"] == 0


def test_withdrawing_twice_answers_the_same(with_counts):
    first = with_counts.delete("/api/v1/rounds/spring/demands/acme")
    second = with_counts.delete("/api/v1/rounds/spring/demands/acme")
    assert (first.status_code, first.json["version"], first.json["lines"]) == (200, 2, [])
    assert second.data == first.data


def test_counts_after_the_closing_time_are_refused(client, base, counts, clock):
    body = {"name": "Spring", "base": base, "closes_at": "2026-11-24T12:00:00+01:00"}
    client.put("/api/v1/rounds/spring", json=body)
    assert client.put("/api/v1/rounds/spring/demands/acme", json=counts("acme")).status_code == 201
    clock.move(hours=10)  # 02:30 + 10 h = 12:30 in Amsterdam
    answer = client.put("/api/v1/rounds/spring/demands/acme", json=counts("acme"))
    assert (answer.status_code, answer.json["code"]) == (409, "round-closed")


def test_a_closing_time_without_offset_is_ambiguous(client, base):
    body = {"name": "Spring", "base": base, "closes_at": "2026-10-25T02:30:00"}
    answer = client.put("/api/v1/rounds/spring", json=body)
    assert (answer.status_code, answer.json["code"]) == (422, "ambiguous-time")


@pytest.mark.parametrize("company", ["nobody", "carve", "' OR 1=1--", "%2e%2e", "%00"])
def test_an_unknown_company_is_not_found_whatever_it_looks_like(client, round_with_base, company):
    answer = client.get(f"/api/v1/rounds/spring/demands/{company}")
    assert (answer.status_code, answer.json["code"]) == (404, "not-found")


def without_request_id(answer):
    return {name: value for name, value in answer.json.items() if name != "request_id"}


def test_an_absent_round_and_an_absent_company_answer_with_the_same_bytes(client, round_with_base):
    one = client.get("/api/v1/rounds/spring/demands/nobody")
    other = client.get("/api/v1/rounds/autumn/demands/acme")
    assert without_request_id(one) == without_request_id(other)


def test_the_company_is_never_taken_from_the_body(client, round_with_base, counts):
    answer = client.put("/api/v1/rounds/spring/demands/acme", json=counts("acme", company="bolt"))
    assert (answer.status_code, answer.json["code"]) == (422, "unknown-field")
    assert answer.json["errors"][0]["pointer"] == "/lines/0/company"


def test_the_same_line_twice_names_both_places(client, round_with_base, counts):
    lines = counts("acme")["lines"] * 2
    answer = client.put("/api/v1/rounds/spring/demands/acme", json={"lines": lines})
    assert answer.json["code"] == "duplicate-line"
    assert [flaw["pointer"] for flaw in answer.json["errors"]] == ["/lines/0", "/lines/1"]


def test_a_course_that_the_round_does_not_have_is_named_at_its_line(client, round_with_base, counts):
    lines = [*counts("acme")["lines"], {**counts("acme")["lines"][0], "course": "knitting"}]
    answer = client.put("/api/v1/rounds/spring/demands/acme", json={"lines": lines})
    assert answer.status_code == 422
    assert [(flaw["pointer"], flaw["code"]) for flaw in answer.json["errors"]] == [("/lines/1/course", "unknown-trade")]


def test_a_night_is_proposed_over_the_stored_counts(with_counts):
    answer = with_counts.post("/api/v1/rounds/spring/proposals", json=NIGHT, headers=new_key())
    assert answer.status_code == 202
    night = with_counts.get("/api/v1/rounds/spring/proposals/2026-11-24").json
    assert (night["job"]["state"], night["job"]["seats"], night["current"]) == ("done", 9, True)


def test_the_same_night_twice_is_one_proposal(make_app, base, counts):
    solver = FakeSolver()
    client = make_app(solver).test_client()
    client.put("/api/v1/rounds/spring", json={"name": "Spring", "base": base})
    client.put("/api/v1/rounds/spring/demands/acme", json=counts("acme"))
    first = client.post("/api/v1/rounds/spring/proposals", json=NIGHT, headers=new_key())
    client.put("/api/v1/rounds/spring/demands/acme", json=counts("acme", count=8), headers=ANY)
    second = client.post("/api/v1/rounds/spring/proposals", json=NIGHT, headers=new_key())
    assert (first.status_code, second.status_code) == (202, 200)
    assert first.json["job"]["id"] == second.json["job"]["id"]
    assert len(solver.asked) == 1


def test_tonight_is_the_local_date(client, round_with_base, clock):
    clock.move(hours=22)  # 23:30 UTC on the 24th is 00:30 on the 25th in Amsterdam
    assert client.post("/api/v1/rounds/spring/proposals", json={}, headers=new_key()).json["date"] == "2026-11-25"


def test_a_round_without_counts_gives_an_empty_proposal(client, round_with_base):
    client.post("/api/v1/rounds/spring/proposals", json=NIGHT, headers=new_key())
    assert client.get("/api/v1/rounds/spring/proposals/2026-11-24").json["job"]["status"] == "empty"


def test_a_failed_night_is_stored_as_failed_and_the_last_good_one_stays(make_app, base, counts):
    client = make_app().test_client()
    client.put("/api/v1/rounds/spring", json={"name": "Spring", "base": base})
    client.put("/api/v1/rounds/spring/demands/acme", json=counts("acme", count=8), headers=ANY)
    client.post("/api/v1/rounds/spring/proposals", json=NIGHT, headers=new_key())
    broken = make_app(RefusingSolver()).test_client()
    broken.post("/api/v1/rounds/spring/proposals", json={"date": "2026-11-25"}, headers=new_key())
    nights = broken.get("/api/v1/rounds/spring/proposals").json["nights"]
    assert [(night["date"], night["job"]["state"], night["current"]) for night in nights] == [
        ("2026-11-25", "failed", False), ("2026-11-24", "done", True)]  # fmt: skip
    assert broken.get("/api/v1/rounds/spring/proposals/latest/companies/acme").json["date"] == "2026-11-24"


def test_a_death_of_the_solver_does_not_make_a_second_night(make_app, base):
    client = make_app(DyingSolver(2)).test_client()
    client.put("/api/v1/rounds/spring", json={"name": "Spring", "base": base})
    client.post("/api/v1/rounds/spring/proposals", json=NIGHT, headers=new_key())
    nights = client.get("/api/v1/rounds/spring/proposals").json["nights"]
    assert [(night["attempt"], night["job"]["attempt"], night["job"]["state"]) for night in nights] == [(1, 3, "done")]


def test_a_company_sees_its_own_seats_dates_and_share(with_counts):
    with_counts.post("/api/v1/rounds/spring/proposals", json=NIGHT, headers=new_key())
    own = with_counts.get("/api/v1/rounds/spring/proposals/latest/companies/acme").json
    assert (own["asked"], own["seats"], own["unplaced"]) == (5, 5, [])
    assert own["classes"][0]["dates"] == [f"2027-03-0{n}" for n in range(1, 6)]


def test_nothing_of_another_company_is_in_the_view(with_counts):
    with_counts.post("/api/v1/rounds/spring/proposals", json=NIGHT, headers=new_key())
    text = with_counts.get("/api/v1/rounds/spring/proposals/latest/companies/acme").get_data(as_text=True)
    assert "bolt" not in text.lower()
    own = json.loads(text)["classes"][0]
    # With two companies an exact share would tell bolt's count: 5/9 of the cost. Told is only the range of the rules:
    # 5 x 18,500 + 5/12 x 950,000 = 488,333 at 12 seats and 5 x 18,500 + 5/8 x 950,000 = 686,250 at 8.
    assert (own["share_cents"], own["share_least_cents"], own["share_most_cents"]) == (None, 488_333, 686_250)
    assert own["fill"] == "not_told"


@pytest.mark.parametrize("night", ["2026-11-23", "latest", "yesterday", "2026-02-30"])
def test_a_night_that_was_not_is_not_found(client, round_with_base, night):
    answer = client.get(f"/api/v1/rounds/spring/proposals/{night}/companies/acme")
    assert (answer.status_code, answer.json["code"]) == (404, "not-found")
